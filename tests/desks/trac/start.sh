#!/bin/bash
# Trac on SQLite, an issue tracker that serves as a desk.  usage: start.sh [PORT=8704] [DIR=tests/.run/trac]
# Tickets and comments enter through Trac's own ticket model, dated. SEED=file.json takes other conversations.
HERE=$(cd "$(dirname "$0")" && pwd); . "$HERE/../lib.sh"
PORT=${1:-8704}; DIR=${2:-${DIR:-$DESKS/../.run/trac}}
SEED=$(realpath "${SEED:-$DESKS/seed/conversations.json}"); URL=http://127.0.0.1:$PORT
mkdir -p "$DIR/log"; DIR=$(cd "$DIR" && pwd -P); cd "$DIR"
told() { echo "URL=$URL/desk/  TICKET=$URL/desk/ticket/1  USER=agent  PASSWORD=agent-pw  PID=$(cat pid)  PIDFILE=$DIR/pid"; }
if alive pid && answers "$URL/desk/report"; then told; exit; fi
"$DESKS/stop.sh" "$DIR"; port_free "$PORT"
command -v curl >/dev/null || apt_need curl
VENV=$(venv_for trac "$HERE/requirements.txt")
if [ ! -f .seeded ]; then
  rm -rf desk
  { "$VENV/bin/trac-admin" "$DIR/desk" initenv "Customer care" sqlite:db/trac.db &&
    "$VENV/bin/trac-admin" "$DIR/desk" permission add agent TRAC_ADMIN &&
    "$VENV/bin/python" "$HERE/seed.py" "$SEED" "$DIR/desk"; } >log/seed.log 2>&1 || die "set-up failed: $(tail -n1 log/seed.log)"
  printf 'agent:desk:%s\n' "$(printf 'agent:desk:agent-pw' | md5sum | cut -d' ' -f1)" >digest
  touch .seeded
fi
serve pid log/server.log "$VENV/bin/tracd" -s --hostname 127.0.0.1 --port "$PORT" --base-path /desk --auth "desk,$DIR/digest,desk" "$DIR/desk"
wait_for pid log/server.log 60 answers "$URL/desk/report"
told
