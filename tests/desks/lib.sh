# Shared by every desk's start.sh: one-line errors, packages, Python environments, waiting, pid files.
# Knows nothing of any one desk. Source it first: `. "$HERE/../lib.sh"`.
set -euo pipefail
DESKS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# What is downloaded and built once and outlives a desk's own folder.
CACHE=${DESK_CACHE:-$DESKS/../.run/cache}
mkdir -p "$CACHE"; CACHE=$(cd "$CACHE" && pwd)

say() { printf 'desk: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# apt_need PACKAGE…: installs what is missing; waits for other apt runs.
apt_need() {
  local missing=() package try
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "needs ${missing[*]}, and this machine has no apt-get to install it with"
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "needs packages; run: sudo apt-get install ${missing[*]}"
    sudo=(sudo -n)
  fi
  say "installing ${missing[*]}"
  # RUNLEVEL=1: packages start no service of their own.
  local environment=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1)
  for try in 1 2 3 4 5 6; do
    { flock -w 900 9
      "${sudo[@]}" "${environment[@]}" apt-get -qq -o DPkg::Lock::Timeout=600 update &&
      "${sudo[@]}" "${environment[@]}" apt-get -qq -o DPkg::Lock::Timeout=600 -y --no-install-recommends install "${missing[@]}"
    } 9>"$CACHE/apt.lock" >"$CACHE/apt.log" 2>&1 </dev/null && return
    grep -q 'Could not get lock' "$CACHE/apt.log" || [ "$try" -lt 3 ] || break
    say "apt-get is busy or failed (try $try); trying again"; sleep 10
  done
  die "apt-get could not install ${missing[*]}: $(tail -n1 "$CACHE/apt.log") (whole log: $CACHE/apt.log)"
}

# venv_for NAME REQUIREMENTS: prints a Python environment that holds exactly those packages.
venv_for() {
  local name=$1 requirements=$2 python venv
  venv=$CACHE/venv-$name-$(sha256sum "$requirements" | cut -c1-12)
  [ -f "$venv/.complete" ] && { echo "$venv"; return; }
  exec 8>"$CACHE/venv-$name.lock"; flock -w 900 8 || die "another start.sh holds $CACHE/venv-$name.lock"
  if [ ! -f "$venv/.complete" ]; then
    for python in "${PY:-}" /usr/bin/python3 python3; do
      [ -n "$python" ] && "$python" -c 'import venv, ensurepip' 2>/dev/null && break
      python=
    done
    if [ -z "$python" ]; then apt_need python3 python3-venv; python=/usr/bin/python3; fi
    rm -rf "$venv"
    "$python" -m venv "$venv" >"$CACHE/venv-$name.log" 2>&1 || die "python3 -m venv failed: $(tail -n1 "$CACHE/venv-$name.log")"
    say "installing Python packages for $name"
    "$venv/bin/pip" -q install --disable-pip-version-check --retries 5 -r "$requirements" >>"$CACHE/venv-$name.log" 2>&1 </dev/null ||
      die "pip could not install $requirements: $(grep ERROR "$CACHE/venv-$name.log" | grep -v Ignored | head -n1 | grep . || tail -n1 "$CACHE/venv-$name.log")"
    touch "$venv/.complete"
  fi
  exec 8>&-
  echo "$venv"
}

# node_ready: Node.js 20 or newer with npm on the PATH. Debian 12 has 18, and hundreds of packages for its npm; PyPI has both as one.
node_ready() {
  new_enough() { command -v npm >/dev/null && command -v node >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; }
  if ! new_enough; then
    local venv; venv=$(venv_for node "$DESKS/node.txt")
    mkdir -p "$CACHE/node-bin"
    ln -sfn "$venv/bin/node" "$venv/bin/npm" "$CACHE/node-bin/"
    export PATH=$CACHE/node-bin:$PATH
    new_enough || die "needs Node.js 20 or newer with npm"
  fi
}

# ours PID DIR: was that process started from DIR? A number that the system gave to another process meanwhile is not ours.
ours() {
  case "$(readlink "/proc/$1/cwd" 2>/dev/null)/" in "$2"/*) return 0 ;; esac
  tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$2/"
}
# alive PIDFILE: does the process that it names still run?
alive() {
  local pid; pid=$(cat "$1" 2>/dev/null) || return 1
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && ours "$pid" "$(cd "$(dirname "$1")" && pwd -P)"
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
port_free() { ! port_open "$1" || die "port $1 is taken by another process; give another: start.sh PORT DIR"; }

# serve PIDFILE LOG COMMAND…: starts it apart from this shell's terminal, in the current folder.
serve() {
  local pidfile=$1 log=$2; shift 2
  setsid "$@" >"$log" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$pidfile"
}

# wait_for PIDFILE LOG SECONDS COMMAND…: until COMMAND succeeds; fails at once when the server has ended.
wait_for() {
  local pidfile=$1 log=$2 until=$((SECONDS + $3)); shift 3
  until "$@" >/dev/null 2>&1; do
    kill -0 "$(cat "$pidfile")" 2>/dev/null || die "the server ended while starting: $(tail -n1 "$log") (whole log: $log)"
    [ $SECONDS -lt $until ] || die "the server is not ready in time (log: $log)"
    sleep 0.2
  done
}
answers() { curl -sf -m 10 -o /dev/null "$1"; }

# snapshot_key FILE…: names a seeded state; other seeds or scripts make another.
snapshot_key() { cat "$@" | sha256sum | cut -c1-16; }
# keep_snapshot NAME FILE…, use_snapshot NAME: the seeded files of the current folder, packed.
keep_snapshot() {
  local name=$1; shift
  tar -cf "$CACHE/$name.tar.$$" "$@" && rm -f "$CACHE/${name%-*}"-*.tar && mv "$CACHE/$name.tar.$$" "$CACHE/$name.tar"
}
use_snapshot() { [ "${FRESH:-0}" = 0 ] && [ -s "$CACHE/$1.tar" ] && tar -xf "$CACHE/$1.tar"; }
