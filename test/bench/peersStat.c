/* The least that looking at every file can cost: getdents64 and statx, no names kept. Prints how many files there were. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct entry {
  unsigned long long inode;
  long long offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

static long look(int parent, const char *name) {
  char buffer[65536];
  long count = 0, length;
  int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (folder < 0) return 0;
  while ((length = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < length;) {
      struct entry *found = (struct entry *)(buffer + at);
      at += found->length;
      if (!strcmp(found->name, ".") || !strcmp(found->name, "..")) continue;
      if (found->type == DT_DIR) count += look(folder, found->name);
      else {
        struct statx status;
        if (statx(folder, found->name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &status) == 0) count++;
      }
    }
  }
  close(folder);
  return count;
}

int main(int count, char **arguments) {
  printf("%ld\n", look(AT_FDCWD, count > 1 ? arguments[1] : "."));
  return 0;
}
