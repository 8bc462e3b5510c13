#!/usr/bin/env bash
# After calls and an orderly stop nothing is left behind.
source "$(dirname "$0")/lib.sh"
up
read -r caller callee audio < <(free_ports 3)
register 1000 5 "$caller" "$n1_sip"
register 1100 5 "$callee" "$n2_sip"
sipp_start callee uas "" -p "$callee" -mp "$audio" -rtp_echo -m 5
callers_csv 1000 1100 5 "$tmp/callers.inf"
sipp_start caller uac "$n1_sip" -inf "$tmp/callers.inf" -m 5 -d 1000 -p "$caller"
sipp_good caller 5
sipp_good callee 5
[ -n "${SKIP_DOWN:-}" ] || timeout 90 "$root/sempervox" down --dir "$W" >"$tmp/down.out" 2>&1 || red "down ended with $?" "$(cat "$tmp/down.out")"
code=0
svx audit --dir "$W" --json >"$tmp/audit.json" || code=$?
[ "$code" -eq 0 ] || red "audit ended with $code" "$(cat "$tmp/audit.json")"
bad=$(json "' '.join('%s=%s' % (k, d[k]) for k in 'entities owed timers mediaSessions ports processes files'.split() if d[k] != 0)" <"$tmp/audit.json")
[ -z "$bad" ] || red "left behind: $bad" "$(cat "$tmp/audit.json")"
for process in /proc/[0-9]*; do
  if ours "${process#/proc/}"; then red "process ${process#/proc/} is left" "$(tr '\0' ' ' <"$process/cmdline" | head -c 300)"; fi
done
green "nothing left"
