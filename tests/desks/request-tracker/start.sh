#!/bin/bash
# Request Tracker 5 (Debian) on its own SQLite file.  usage: start.sh [PORT=8702] [DIR=tests/.run/request-tracker]
# Nothing in /etc/request-tracker5 or the packaged database is touched.
# Customer messages enter through rt-mailgate-5 (RT's e-mail gateway), agent messages through REST 2.0.
# SEED=file.json takes other conversations; FRESH=1 seeds anew; RICHTEXT=0 gives a plain reply box.
HERE=$(cd "$(dirname "$0")" && pwd); . "$HERE/../lib.sh"
PORT=${1:-8702}; DIR=${2:-${DIR:-$DESKS/../.run/request-tracker}}
SEED=$(realpath "${SEED:-$DESKS/seed/conversations.json}"); URL=http://127.0.0.1:$PORT
mkdir -p "$DIR"/{log,mason,session,emptyconf}; DIR=$(cd "$DIR" && pwd -P); cd "$DIR"
told() { echo "URL=$URL/  TICKET=$URL/Ticket/Display.html?id=1  REPLY=$URL/Ticket/Update.html?id=1&Action=Respond  USER=agent  PASSWORD=agent-pw  PID=$(cat pid)  PIDFILE=$DIR/pid"; }
if alive pid && answers "$URL/"; then told; exit; fi
"$DESKS/stop.sh" "$DIR"; port_free "$PORT"
apt_need request-tracker5 rt5-db-sqlite starman rt5-clients curl python3
cat >RT_SiteConfig.pm <<CONF
Set(\$rtname, 'desk.test');
Set(\$Organization, 'desk.test');
Set(\$CorrespondAddress, 'care\@desk.invalid');
Set(\$CommentAddress, 'care-comment\@desk.invalid');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $PORT);
Set(\$WebPath, '');
Set(\$WebBaseURL, '$URL');
Set(\$DatabaseType, 'SQLite');
Set(\$DatabaseName, '$DIR/rt.sqlite');
Set(\$MailCommand, 'testfile');
Set(\$LogToSyslog, undef);
Set(\$LogToSTDERR, 'warning');
Set(\$WebFallbackToRTLogin, 1);
Set(\$ParseNewMessageForTicketCcs, 0);
Set(\$MessageBoxRichText, ${RICHTEXT:-1});
Set(\$RestrictReferrer, 1);
Set(\$MasonDataDir, '$DIR/mason');
Set(\$MasonSessionDir, '$DIR/session');
1;
CONF
export RT_SITE_CONFIG="$DIR/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR="$DIR/emptyconf" TMPDIR="$DIR"
SNAPSHOT=request-tracker-$(snapshot_key "$SEED" "$HERE"/*)
SEEDING=
if [ ! -f .seeded ]; then
  rm -f rt.sqlite
  if use_snapshot "$SNAPSHOT"; then touch .seeded; else
    SETUP=(/usr/sbin/rt-setup-database-5 --action init --dba none --dba-password none)
    "${SETUP[@]}" --skip-create >log/setup.log 2>&1 || "${SETUP[@]}" >>log/setup.log 2>&1 ||
      die "rt-setup-database-5 failed: $(tail -n1 log/setup.log)"
    perl -I/usr/share/request-tracker5/lib "$HERE/seed-admin.pl" >log/seed-admin.log 2>&1 ||
      die "seed-admin.pl failed: $(tail -n1 log/seed-admin.log)"
    SEEDING=1
  fi
fi
serve pid log/server.log /usr/share/request-tracker5/libexec/rt-server --server Starman --workers 3 --host 127.0.0.1 --port "$PORT"
wait_for pid log/server.log 120 answers "$URL/"
if [ -n "$SEEDING" ]; then
  python3 "$HERE/seed.py" "$SEED" "$PORT" >log/seed.log 2>&1 || die "seeding failed: $(tail -n1 log/seed.log)"
  keep_snapshot "$SNAPSHOT" rt.sqlite log/seed.log; touch .seeded
fi
told
