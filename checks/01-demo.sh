#!/usr/bin/env bash
# The demonstration: 50 calls, the busiest node killed, none lost, and nothing left running.
source "$(dirname "$0")/lib.sh"
svx --version >/dev/null
code=0
timeout 420 "$root/sempervox" demo --json "$tmp/demo.json" --dir "$W" >"$tmp/demo.out" 2>&1 || code=$?
[ "$code" -eq 0 ] || red "demo ended with $code" "$(tail -20 "$tmp/demo.out")"
verdicts=$(json "'|'.join([
  'calls lost: %s' % d['lost'] if d['lost'] != 0 else '',
  'records: %s of %s' % (d['cdrFound'], d['cdrExpected']) if d['cdrFound'] != d['cdrExpected'] or not d['cdrFound'] else '',
  'only %s calls on the killed node' % d['killed']['callsOnIt'] if d['killed']['callsOnIt'] < 12 else '',
]).strip('|')" <"$tmp/demo.json")
[ -z "$verdicts" ] || red "$verdicts" "$(cat "$tmp/demo.json")"
left=
for process in /proc/[0-9]*; do
  pid=${process#/proc/}
  if ours "$pid"; then left+=" $pid"; fi
done
[ -z "$left" ] || red "processes left:$left"
green "$(json "'%s calls, %s lost, %s on the killed node, %s records' % (d['calls'], d['lost'], d['killed']['callsOnIt'], d['cdrFound'])" <"$tmp/demo.json")"
