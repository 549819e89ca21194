#!/bin/bash
# What the tests need on a bare Debian machine. usage: install.sh [--browsers]
# --browsers: only browsers, fonts and npm packages, not the helpdesks (those install themselves when they start, too).
HERE=$(cd "$(dirname "$0")" && pwd); . "$HERE/desks/lib.sh"
have() { local name; for name in "$@"; do [ -x "$name" ] || command -v "$name" >/dev/null && return; done; return 1; }
need=()
have "${CHROMIUM:-}" chromium chromium-browser google-chrome || need+=(chromium)
have "${FIREFOX:-}" firefox-esr firefox || need+=(firefox-esr)
have curl || need+=(curl)
fc-list 2>/dev/null | grep -qi cjk || need+=(fonts-noto-cjk)
[ ${#need[@]} -eq 0 ] || apt_need "${need[@]}"
node_ready
for folder in "$HERE" "$HERE/eyes"; do
  [ -f "$folder/package-lock.json" ] || continue
  cd "$folder"
  stamp=node_modules/.installed-$(cat package.json package-lock.json | sha256sum | cut -c1-16)
  [ ! -f "$stamp" ] || continue
  say "installing npm packages of $(basename "$folder")"
  npm ci --no-audit --no-fund --ignore-scripts >"$CACHE/npm-ci.log" 2>&1 ||
    die "npm ci failed: $(grep -m1 'npm error' "$CACHE/npm-ci.log" || tail -n1 "$CACHE/npm-ci.log")"
  touch "$stamp"
done
cd "$HERE"
[ "${1:-}" = --browsers ] && exit 0
apt_need request-tracker5 rt5-db-sqlite starman rt5-clients prosody python3
venv_for django-helpdesk "$HERE/desks/django-helpdesk/requirements.txt" >/dev/null
venv_for livechat "$HERE/desks/livechat/requirements.txt" >/dev/null
