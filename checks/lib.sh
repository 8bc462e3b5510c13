# Common to all checks; sourced. Each check owns a work folder, and ends what it started, by process id.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scenarios=$root/checks/scenarios
name=$(basename "$0" .sh)
tmp=$(mktemp -d "${TMPDIR:-/tmp}/sempervox-check.XXXXXX")
W=$tmp/cluster
realm=sempervox.local
started=()
verdict=red

say() { printf '%s\n' "$*" >&2; }

# Closes the check as failed: what was expected, and the evidence.
red() {
  say "$name: $1"
  shift
  local line
  for line in "$@"; do say "    $line"; done
  exit 1
}

green() {
  verdict=green
  printf '%s: %s\n' "$name" "$*"
}

at_exit() {
  local code=$? pid file
  trap - EXIT
  for pid in "${started[@]}"; do kill -CONT "$pid" 2>/dev/null || true; kill "$pid" 2>/dev/null || true; done
  if [ -f "$W/launcher.pid" ]; then
    kill -CONT "$(cat "$W/launcher.pid")" 2>/dev/null || true
    timeout 60 "$root/sempervox" down --dir "$W" >/dev/null 2>&1 || true
    for file in "$W"/*.pid; do
      [ -f "$file" ] && pid=$(cat "$file") && ours "$pid" && kill -9 "$pid" 2>/dev/null || true
    done
  fi
  if [ "$verdict" = green ] && [ "$code" -eq 0 ] && [ -z "${KEEP:-}" ]; then
    rm -rf "$tmp"
  else
    say "$name: left for a look: $tmp"
  fi
  [ "$verdict" = green ] || [ "$code" -ne 0 ] || code=1
  exit "$code"
}
trap at_exit EXIT
trap 'exit 130' INT TERM

# Is that process one of this check's cluster?
ours() { tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF "$W"; }

need() { command -v "$1" >/dev/null || red "$1 is not installed ($2)"; }
need sipp "Debian: sip-tester"
need python3 "Debian: python3"

# N UDP ports of 127.0.0.1 that nobody has now.
free_ports() {
  python3 - "$1" <<'P'
import socket, sys
held = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(int(sys.argv[1]))]
for one in held: one.bind(("", 0))
print(*[one.getsockname()[1] for one in held])
P
}

# One value out of JSON on stdin, as a Python expression over d.
json() { python3 -c "import json,sys; d=json.load(sys.stdin); print($1)"; }

svx() { "$root/sempervox" "$@"; }

# Extensions 1000-1999 with the password pw<number>.
pbx_file() {
  printf 'tenants.default.extensions = [ { range = "1000-1999", password = "pw{number}" } ]\n' >"$tmp/pbx.conf"
}

# Starts an office: two full nodes and a witness, on the store that STORE names (h2). Sets n1_sip and n2_sip.
up() {
  local port
  port=$(free_ports 1)
  # Addresses of its own: clusters on the same address would share its RTP ports.
  net=127.$((1 + $$ % 200)).$((RANDOM % 250))
  n1_sip=$net.11:$port
  n2_sip=$net.12:$port
  pbx_file
  timeout 600 "$root/sempervox" --version >/dev/null 2>"$tmp/up.out" || red "it cannot be built" "$(tail -5 "$tmp/up.out")"
  timeout 150 "$root/sempervox" up --detach --dir "$W" --store "${STORE:-h2}" --config "$tmp/pbx.conf" --sip "$n1_sip,$n2_sip" \
    >"$tmp/up.out" 2>&1 || red "the cluster did not start" "$(tail -5 "$tmp/up.out")"
}

alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

# until_true SECONDS WHAT COMMAND…
until_true() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt "$deadline" ] || red "waited in vain until $what"
    sleep 0.5
  done
}

serving() {
  svx status --dir "$W" --json 2>/dev/null \
    | json "'yes' if [n for n in d['nodes'] if n['name']=='$1' and n['state']=='serving'] else exit(1)"
}

kill_node() {
  local pid
  pid=$(cat "$W/$1.pid")
  ours "$pid" || red "$1 has no process"
  kill -9 "$pid"
}

# callers_csv FIRST_CALLER FIRST_CALLEE COUNT FILE
callers_csv() {
  local i
  {
    echo SEQUENTIAL
    for ((i = 0; i < $3; i++)); do
      echo "$(($1 + i));$(($2 + i));[authentication username=$(($1 + i)) password=pw$(($1 + i))];"
    done
  } >"$4"
}

# A second of a tone in G.711 µ-law: tone.raw, as the scenarios call it.
tone() {
  [ -f "$tmp/tone.raw" ] || python3 -c "
import math, sys
def ulaw(s):
    sign = 0x80 if s < 0 else 0
    s = min(abs(s), 32635) + 132
    e = max(s.bit_length() - 8, 0)
    return ~(sign | e << 4 | (s >> (e + 3)) & 15) & 255
sys.stdout.buffer.write(bytes(ulaw(int(8000 * math.sin(2 * math.pi * 400 * i / 8000))) for i in range(8000)))" >"$tmp/tone.raw"
}

# sipp_start LABEL SCENARIO TARGET ARGUMENTS… : a SIPp in the background; its files are $tmp/LABEL.*
sipp_start() {
  local label=$1 scenario=$2 target=$3
  shift 3
  tone
  (cd "$tmp" && exec sipp -sf "$scenarios/$scenario.xml" -i 127.0.0.1 -nostdin -timeout_error -timeout 240s \
    -trace_err -error_file "$tmp/$label.err" -trace_msg -message_file "$tmp/$label.msg" \
    -trace_stat -stf "$tmp/$label.csv" -fd 1 "$@" ${target:+"$target"}) >"$tmp/$label.out" 2>&1 &
  started+=($!)
  printf '%s' $! >"$tmp/$label.pid"
}

# Calls that a SIPp counted: successful failed
sipp_counts() {
  python3 - "$tmp/$1.csv" <<'P'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1]), delimiter=';'))
last = rows[-1] if rows else {}
print(last.get("SuccessfulCall(C)", 0), last.get("FailedCall(C)", 0))
P
}

# sipp_good LABEL CALLS : waits for it; all calls must have been good
sipp_good() {
  local code=0 good bad
  wait "$(cat "$tmp/$1.pid")" || code=$?
  read -r good bad < <(sipp_counts "$1") || true
  [ "$code" -eq 0 ] && [ "${good:-0}" -eq "$2" ] && [ "${bad:-1}" -eq 0 ] && return
  red "SIPp $1: exit $code, ${good:-?} good and ${bad:-?} failed calls, expected $2 and 0" \
    "$(head -c 1500 "$tmp/$1.err" 2>/dev/null)"
}

# register FIRST COUNT CONTACT_PORT TARGET
register() {
  local i label=register-$1
  {
    echo SEQUENTIAL
    for ((i = 0; i < $2; i++)); do
      echo "$(($1 + i));[authentication username=$(($1 + i)) password=pw$(($1 + i))];"
    done
  } >"$tmp/$label.inf"
  sipp_start "$label" register "$4" -inf "$tmp/$label.inf" -m "$2" -r 20 -p "$(free_ports 1)" -key contact_port "$3"
  sipp_good "$label" "$2"
}
