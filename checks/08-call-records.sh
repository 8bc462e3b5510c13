#!/usr/bin/env bash
# One record for each call, also after a kill: duration as the caller's own, and who hung up.
source "$(dirname "$0")/lib.sh"
up
read -r caller1 caller2 callee1 callee2 audio1 _ audio2 < <(free_ports 7)
register 1000 20 "$caller1" "$n2_sip"
register 1100 10 "$callee1" "$n2_sip"
register 1110 10 "$callee2" "$n2_sip"
sipp_start callee1 uas "" -p "$callee1" -mp "$audio1" -rtp_echo -m 10
sipp_start callee2 uas-bye "" -p "$callee2" -mp "$audio2" -rtp_echo -m 10 -d 14000
callers_csv 1000 1100 10 "$tmp/callers1.inf"
callers_csv 1010 1110 10 "$tmp/callers2.inf"
sipp_start caller1 uac "$n2_sip" -inf "$tmp/callers1.inf" -m 10 -d 11000 -p "$caller1"
sipp_start caller2 uac-waits "$n2_sip" -inf "$tmp/callers2.inf" -m 10 -p "$caller2"
sleep 5
kill_node n2
for label in caller1 caller2 callee1 callee2; do sipp_good $label 10; done
sleep 2
svx cdr --dir "$W" --json "$tmp/cdr.json" >/dev/null
bad=$("$root/checks/trace.py" records "$tmp/cdr.json" "$tmp/caller1.msg" "$tmp/caller2.msg") || red "records are wrong" "$bad"
green "20 calls, 20 true records"
