#!/bin/sh
# command.sh COMMAND SECONDS   Runs a container's stand-in, which must not outlive the process that started this script.
#
# Standard input is the lifeline: it closes however the parent ends, SIGKILL included. Then everything of this process
# group gets SIGTERM, and SIGKILL after so many seconds. Start it in a process group of its own and end it by signals to
# that group: they reach what the command started too, whatever shells are between. The script itself and the `cat`
# stay until the last of them has closed its output, so that all that is printed is seen, and its end is the end of all.
# The line after RS (octal 036) is not the command's: its exit status.
exec 3<&0 </dev/null
# A handler, unlike being ignored, is not handed down to the command.
trap : TERM
(
  trap '' TERM
  read -r _ <&3
  kill -TERM 0
  sleep "$2"
  kill -KILL 0
) >/dev/null 2>&1 &
watch=$!
exec 3<&-
{
  trap : TERM
  sh -c "$1" &
  server=$!
  # A signal ends the wait, not the command. The wait comes first: of a command that ends at once, the
  # shell may know the status and no process.
  while :; do
    wait "$server"
    status=$?
    kill -0 "$server" 2>/dev/null || break
  done
  printf '\036exit %s\n' "$status"
} 2>&1 | (
  trap '' TERM
  exec cat
)
kill -KILL "$watch" 2>/dev/null
