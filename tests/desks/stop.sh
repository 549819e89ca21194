#!/bin/bash
# stop.sh DIR…: ends only the processes that the pid files in each DIR name, children first, and waits for them.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"; set +e
[ $# -gt 0 ] || { echo "desk: usage: stop.sh DIR…" >&2; exit 2; }
for dir in "$@"; do
  [ -d "$dir" ] || continue
  here=$(cd "$dir" && pwd -P)
  for file in "$here/pid" "$here/xmpp.pid"; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    if [ -n "$pid" ] && ours "$pid" "$here"; then
      children=$(ps -o pid= --ppid "$pid")
      kill $children "$pid" 2>/dev/null
      for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
      kill -0 "$pid" 2>/dev/null && kill -9 $children "$pid" 2>/dev/null
    fi
    rm -f "$file"
  done
done
exit 0
