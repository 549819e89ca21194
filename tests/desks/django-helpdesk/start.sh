#!/bin/bash
# django-helpdesk on SQLite.  usage: start.sh [PORT=8701] [DIR=tests/.run/django-helpdesk]
# Customer messages enter through its own e-mail gateway (manage.py get_email on a
# "local" mailbox folder), agent messages through its REST API (/api/followups/).
# SEED=file.json takes other conversations; FRESH=1 seeds anew instead of unpacking the kept state.
HERE=$(cd "$(dirname "$0")" && pwd); . "$HERE/../lib.sh"
PORT=${1:-8701}; DIR=${2:-${DIR:-$DESKS/../.run/django-helpdesk}}
SEED=$(realpath "${SEED:-$DESKS/seed/conversations.json}"); URL=http://127.0.0.1:$PORT
mkdir -p "$DIR"/{mail,log}; DIR=$(cd "$DIR" && pwd -P); cd "$DIR"
told() { echo "URL=$URL/  TICKET=$URL/tickets/1/  USER=agent  PASSWORD=agent-pw  PID=$(cat pid)  PIDFILE=$DIR/pid"; }
if alive pid && answers "$URL/login/"; then told; exit; fi
"$DESKS/stop.sh" "$DIR"; port_free "$PORT"
command -v curl >/dev/null || apt_need curl
VENV=$(venv_for django-helpdesk "$HERE/requirements.txt")
cp "$HERE/site_settings.py" "$HERE/site_urls.py" "$HERE/seed.py" .
export DJANGO_SETTINGS_MODULE=site_settings PYTHONPATH=$DIR PYTHONWARNINGS=ignore
SNAPSHOT=django-helpdesk-$(snapshot_key "$SEED" "$HERE"/*)
SEEDING=
if [ ! -f .seeded ]; then
  rm -f db.sqlite3
  if use_snapshot "$SNAPSHOT"; then touch .seeded; else
    "$VENV/bin/django-admin" migrate -v0 >log/setup.log 2>&1 &&
    "$VENV/bin/django-admin" loaddata -v0 emailtemplate.json >>log/setup.log 2>&1 &&
    "$VENV/bin/django-admin" collectstatic --noinput -v0 >>log/setup.log 2>&1 || die "set-up failed: $(tail -n1 log/setup.log)"
    SEEDING=1
  fi
fi
serve pid log/server.log "$VENV/bin/waitress-serve" --listen="127.0.0.1:$PORT" --threads=4 --call django.core.wsgi:get_wsgi_application
wait_for pid log/server.log 60 answers "$URL/login/"
if [ -n "$SEEDING" ]; then
  "$VENV/bin/python" seed.py "$SEED" "$PORT" >log/seed.log 2>&1 || die "seeding failed: $(tail -n1 log/seed.log)"
  keep_snapshot "$SNAPSHOT" db.sqlite3 static log/seed.log; touch .seeded
fi
told
