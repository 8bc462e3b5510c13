#!/usr/bin/env bash
# 50 calls by SIPp, which knows one address; kill -9 of one full node, later of the other. With BUSY=1 another program eats a core.
source "$(dirname "$0")/lib.sh"
up
if [ -n "${BUSY:-}" ]; then
  name=02b-kill-twice-busy
  (while :; do :; done) &
  started+=($!)
fi
read -r caller callee audio < <(free_ports 3)
register 1000 50 "$caller" "$n2_sip"
register 1100 50 "$callee" "$n2_sip"
sipp_start callee uas "" -p "$callee" -mp "$audio" -rtp_echo -m 50
callers_csv 1000 1100 50 "$tmp/callers.inf"
talk=${TALK_SECONDS:-100}
sipp_start caller uac "$n2_sip" -inf "$tmp/callers.inf" -m 50 -l 50 -r 10 -d $((talk * 1000)) -p "$caller"
begin=$SECONDS
sleep 10
[ "$(svx calls --dir "$W" --json | json 'len(d)')" -eq 50 ] || red "not all 50 calls are up" "$(svx calls --dir "$W" | tail -3)"
kill_node n2
sleep 2
until_true 75 "n2 serves again" serving n2
sleep 3
[ $((SECONDS - begin)) -lt $((talk - 8)) ] || red "n2 took until second $((SECONDS - begin)) to come back: too late for the second kill"
kill_node n1
sipp_good caller 50
sipp_good callee 50
bad=$("$root/checks/trace.py" no-status 481,482,500,503 "$tmp/caller.msg" "$tmp/callee.msg") || red "refusals" "$bad"
green "50 calls, 0 failed, n2 and then n1 killed"
