/**
 * The POSIX shell script around one attempt. It runs in a session and process group of its own, so that the command can
 * outlive the host, and reports into the attempt's folder:
 *
 * - It reads one line from its standard input first. Without the word `go` there it ends, and nothing has happened.
 * - `began` (its own pid) is in place before the command begins, `exit` (the exit code, 128 + n for signal n) when the
 *   command has ended. Both appear whole, by rename.
 * - Standard output goes to the file `stdout` and to the log, standard error to the log.
 * - It lives on for at most about two seconds after `exit`, until the last of the output is in `stdout`; a process that the
 *   command left behind and that keeps its output open is not waited for longer, and is not ended.
 *
 * Parameters: folder of the attempt, log, working folder, PATH of the command; then the command.
 */
// A caught signal is the default again in the command (an ignored one would stay ignored), and a shell that waits for a
// command in the foreground handles it after that command: so TERM to the group ends the command and not the report.
// The names have a prefix, because a shell hands on what it assigned to a variable that came with the environment.
// Where the folder's file system has no named pipes, the log gets the standard output after the command.
export const wrapper = `
unstuck_folder=$1 unstuck_log=$2 unstuck_place=$3 unstuck_path=$4
shift 4
IFS= read -r unstuck_word || exit 0
[ "$unstuck_word" = go ] || exit 0
exec </dev/null >/dev/null 2>/dev/null
: >>"$unstuck_log" || exit 125
trap : TERM INT HUP QUIT
unstuck_mask=$(umask)
umask 077
cd "$unstuck_folder" || exit 125
printf '%s\\n' "$$" >began.tmp && mv -f began.tmp began || exit 125
unstuck_tee=
if mkfifo pipe; then
  ( trap '' TERM INT HUP QUIT; exec tee -a "$unstuck_log" ) <pipe >stdout &
  unstuck_tee=$!
  exec 3>pipe
  rm -f pipe
else
  exec 3>stdout
fi
(
  cd "$unstuck_place" || exit 126
  umask "$unstuck_mask"
  PATH=$unstuck_path
  export PATH
  exec "$@"
) >&3 2>>"$unstuck_log" 3>&-
unstuck_code=$?
exec 3>&-
for unstuck_pause in 1 2 4 8 16; do
  printf '%s\\n' "$unstuck_code" >exit.tmp && mv -f exit.tmp exit && break
  sleep "$unstuck_pause"
done
if [ -n "$unstuck_tee" ]; then
  for unstuck_pause in 0.01 0.02 0.05 0.1 0.2 0.3 0.4 0.9; do
    kill -0 "$unstuck_tee" || break
    sleep "$unstuck_pause" || sleep 1
  done
else
  cat stdout >>"$unstuck_log"
fi
exit "$unstuck_code"
`
