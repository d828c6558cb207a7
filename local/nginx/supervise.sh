#!/bin/sh
# supervise.sh COMMAND...   Runs a server that must not outlive the process that started this script.
#
# Standard input is the lifeline: it stays open as long as the parent lives, and closes however the parent ends,
# SIGKILL included. Then the server is stopped, by force if it does not go. The first line printed is the server's
# pid; standard output is a pipe, since nginx opens /dev/stdout by name and a socket, which Node gives its
# children, cannot be opened that way. Start this script in a process group of its own.
exec 3<&0 </dev/null
{
  "$@" 3<&- &
  server=$!
  echo "pid $server"
  {
    read -r _ <&3
    kill -TERM "$server"
    sleep 2
    kill -KILL 0
  } 2>/dev/null &
  watch=$!
  exec 3<&-
  wait "$server"
  status=$?
  echo "exit $status"
  kill "$watch" 2>/dev/null
  # A killed nginx leaves its workers behind, still listening.
  if [ "$status" -gt 128 ]; then
    sleep 0.1
    kill -KILL 0
  fi
} 2>&1 | cat
