/**
 * The POSIX shell script around one attempt. It runs in a session and process group of its own, so that the command can
 * outlive the host, and reports into the attempt's folder:
 *
 * - It reads one line from its standard input first. Without the word `go` there it ends, and nothing has happened.
 * - `began` (its own pid) is in place before the command begins, `exit` (the exit code, 128 + n for signal n) when the
 *   command has ended. Each is whole once it has its line feed.
 * - The file `stdin` of the folder, where there is one, is the command's standard input.
 * - Standard output goes to the file `stdout` and to the log, standard error to the log. Neither grows beyond the limit:
 *   the log then says so, the command goes on, and what it writes is dropped. Where `stdout` is not all of the output,
 *   for this or because the disk is full, the file `cut` says so.
 * - It lives on for at most about two seconds after `exit`, until the last of the output is in its files; a process that
 *   the command left behind and that keeps its output open is not waited for longer, and is not ended.
 *
 * Parameters: folder of the attempt, log, working folder, PATH of the command, limit in blocks of 512 bytes; the command.
 */
// A caught signal is the default again in the command (an ignored one would stay ignored), and a shell that waits for a
// command in the foreground handles it after that command: so TERM to the group ends the command and not the report.
// The names have a prefix, because a shell hands on what it assigned to a variable that came with the environment.
// Each pipe is open at both ends before its name goes away: a redirection that came later would make a file of that name.
// Every program that is started here costs a millisecond or two: what the shell can do by itself, it does, and the pipes
// are made while the host makes the intent durable. A subshell that does nothing is the shortest pause, and
// in the locale C a program of the system starts in half the time.
// A file-size limit of the two processes that write is what keeps the files small: they learn of it by a failed write.
// Where the folder's file system has no named pipes, nothing is limited and the log gets the output after the command.
export const wrapper = `
unstuck_folder=$1 unstuck_log=$2 unstuck_place=$3 unstuck_path=$4 unstuck_limit=$5
shift 5
exec >/dev/null 2>/dev/null
cd "$unstuck_folder" || exit 125
unstuck_pipes=
LC_ALL=C mkfifo pipe lines && unstuck_pipes=made
if ! { IFS= read -r unstuck_word && [ "$unstuck_word" = go ]; }; then
  rm -f pipe lines
  exit 0
fi
exec </dev/null
( umask 077; : >>"$unstuck_log" ) || exit 125
trap : TERM INT HUP QUIT
printf '%s\\n' "$$" >began || exit 125
unstuck_tee= unstuck_cat=
if [ -n "$unstuck_pipes" ]; then
  (
    trap '' TERM INT HUP QUIT XFSZ
    umask 077
    ( ulimit -f "$unstuck_limit"; LC_ALL=C exec cat >>"$unstuck_log" ) && exit
    printf '\\n[unstuck] The log ends here: it has reached its limit, or the disk is full. The step goes on.\\n' >>"$unstuck_log"
    exec cat >/dev/null
  ) <lines &
  unstuck_cat=$!
  exec 4>lines
  (
    trap '' TERM INT HUP QUIT XFSZ
    umask 077
    ulimit -f "$unstuck_limit"
    LC_ALL=C exec tee stdout
  ) <pipe >&4 4>&- &
  unstuck_tee=$!
  exec 3>pipe
  LC_ALL=C rm -f pipe lines &
else
  exec 3>stdout 4>>"$unstuck_log"
fi
(
  if [ -e stdin ]; then exec <stdin; fi
  cd "$unstuck_place" || exit 126
  PATH=$unstuck_path
  export PATH
  exec "$@"
) >&3 2>&4 3>&- 4>&-
unstuck_code=$?
exec 3>&- 4>&-
for unstuck_pause in 1 2 4 8 16; do
  printf '%s\\n' "$unstuck_code" >exit && break
  sleep "$unstuck_pause"
done
if [ -n "$unstuck_tee" ]; then
  for unstuck_pause in : : : : : : : : : : 0.01 0.03 0.1 0.2 0.3 0.4 0.9; do
    kill -0 "$unstuck_tee" || kill -0 "$unstuck_cat" || break
    if [ "$unstuck_pause" = : ]; then ( : ); else LC_ALL=C sleep "$unstuck_pause" || sleep 1; fi
  done
  kill -0 "$unstuck_tee" || wait "$unstuck_tee" || : >cut
else
  cat stdout >>"$unstuck_log"
fi
exit "$unstuck_code"
`
