#!/bin/bash
# Live chat: prosody (Debian) as the server, converse.js (npm) as the agent's web client.
# usage: start.sh [PORT=8703] [DIR=tests/.run/livechat]     XMPP: PORT+1000 (c2s), PORT+1001 (HTTP: BOSH + WebSocket), all on 127.0.0.1
# SEED=file.json takes other conversations; FRESH=1 seeds anew instead of unpacking the kept state.
HERE=$(cd "$(dirname "$0")" && pwd); . "$HERE/../lib.sh"
PORT=${1:-8703}; DIR=${2:-${DIR:-$DESKS/../.run/livechat}}; C2S=$((PORT + 1000)); HTTP=$((PORT + 1001))
SEED=$(realpath "${SEED:-$DESKS/seed/conversations.json}"); URL=http://127.0.0.1:$PORT; CONVERSE=converse.js-14.0.0
mkdir -p "$DIR"/{data,log,www}; DIR=$(cd "$DIR" && pwd -P); cd "$DIR"
told() { echo "URL=$URL/  (signs in by itself as agent@desk.test / agent-pw)  SAY='$(venv_for livechat "$HERE/requirements.txt")/bin/python $HERE/say.py one $C2S marta.kowalska \"text\"'  PID=$(cat pid) XMPPPID=$(cat xmpp.pid)  PIDFILE=$DIR/pid,$DIR/xmpp.pid"; }
if alive pid && alive xmpp.pid && port_open "$C2S" && answers "$URL/"; then told; exit; fi
"$DESKS/stop.sh" "$DIR"; for port in "$PORT" "$C2S" "$HTTP"; do port_free "$port"; done
apt_need prosody curl python3
VENV=$(venv_for livechat "$HERE/requirements.txt")
if [ ! -f "$CACHE/$CONVERSE/.complete" ]; then
  # The published package holds the finished bundle: none of its dependencies are needed.
  node_ready
  mkdir -p "$CACHE/$CONVERSE"
  (cd "$CACHE" && npm pack --silent "converse.js@${CONVERSE#converse.js-}" >npm-pack.log 2>&1) || die "npm pack failed: $(tail -n1 "$CACHE/npm-pack.log")"
  (cd "$CACHE" && echo "$(cat "$HERE/converse.sha512")  $CONVERSE.tgz" | sha512sum --quiet -c -) || die "$CONVERSE.tgz is not the file this test was written for"
  tar -xzf "$CACHE/$CONVERSE.tgz" -C "$CACHE/$CONVERSE" --strip-components=1 package/dist
  rm "$CACHE/$CONVERSE.tgz"; touch "$CACHE/$CONVERSE/.complete"
fi
cat >prosody.cfg.lua <<CONF
daemonize = false
run_as_root = true
pidfile = "$DIR/prosody.pid"
data_path = "$DIR/data"
interfaces = { "127.0.0.1" }
c2s_ports = { $C2S }
c2s_interfaces = { "127.0.0.1" }
c2s_direct_tls_ports = {}
s2s_ports = {}
http_ports = { $HTTP }
http_interfaces = { "127.0.0.1" }
https_ports = {}
component_ports = {}
modules_enabled = { "roster", "saslauth", "disco", "carbons", "pep", "private", "blocklist", "vcard4", "vcard_legacy", "ping", "mam", "smacks", "bosh", "websocket" }
modules_disabled = { "s2s", "tls" }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
consider_websocket_secure = true
consider_bosh_secure = true
cross_domain_websocket = true
cross_domain_bosh = true
authentication = "internal_plain"
storage = "internal"
log = { info = "$DIR/log/prosody.log" }
VirtualHost "desk.test"
CONF
cat >www/index.html <<HTML
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Care chat</title><link rel="stylesheet" href="/dist/converse.min.css"><link rel="icon" href="data:,"></head>
<body class="converse-fullscreen"><div id="conversejs"></div><script type="module">
const m = await import("/dist/converse.min.js"); const converse = window.converse || m.converse || m.default;
converse.initialize({ authentication: 'login', auto_login: true, jid: 'agent@desk.test', password: 'agent-pw', websocket_url: 'ws://127.0.0.1:$HTTP/xmpp-websocket', bosh_service_url: 'http://127.0.0.1:$HTTP/http-bind',
 view_mode: 'fullscreen', assets_path: '/dist/', discover_connection_methods: false, allow_non_roster_messaging: true, auto_subscribe: true, message_archiving: 'always', play_sounds: false, omemo_default: false, i18n: 'en', theme: 'default', loglevel: 'error', persistent_store: 'sessionStorage', show_desktop_notifications: false });
</script></body></html>
HTML
ln -sfn "$CACHE/$CONVERSE/dist" www/dist; ln -sfn "$CACHE/$CONVERSE/dist/curve25519_compiled.wasm" www/curve25519_compiled.wasm
SNAPSHOT=livechat-$(snapshot_key "$SEED" "$HERE"/*)
SEEDING=
if [ ! -f .seeded ]; then
  rm -rf data; mkdir data
  if use_snapshot "$SNAPSHOT"; then touch .seeded; else python3 "$HERE/accounts.py" "$SEED" "$DIR/data"; SEEDING=1; fi
fi
PROSODY_CONFIG="$DIR/prosody.cfg.lua" serve xmpp.pid log/prosody.out prosody --config "$DIR/prosody.cfg.lua"
serve pid log/http.log python3 -m http.server "$PORT" --bind 127.0.0.1 --directory www
wait_for xmpp.pid log/prosody.out 60 port_open "$C2S"; wait_for xmpp.pid log/prosody.out 60 port_open "$HTTP"
wait_for pid log/http.log 60 answers "$URL/"
if [ -n "$SEEDING" ]; then
  "$VENV/bin/python" "$HERE/say.py" seed "$SEED" "$C2S" >log/seed.log 2>&1 || die "seeding failed: $(tail -n1 log/seed.log)"
  keep_snapshot "$SNAPSHOT" data log/seed.log; touch .seeded
fi
told
