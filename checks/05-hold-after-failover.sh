#!/usr/bin/env bash
# After a kill all calls are held and resumed, then half are ended by the callers, half by the callees.
source "$(dirname "$0")/lib.sh"
up
read -r caller1 caller2 callee1 callee2 audio1 _ audio2 < <(free_ports 7)
register 1000 20 "$caller1" "$n2_sip"
register 1100 10 "$callee1" "$n2_sip"
register 1110 10 "$callee2" "$n2_sip"
sipp_start callee1 uas-hold "" -p "$callee1" -mp "$audio1" -rtp_echo -m 10
sipp_start callee2 uas-hold-bye "" -p "$callee2" -mp "$audio2" -rtp_echo -m 10
callers_csv 1000 1100 10 "$tmp/callers1.inf"
callers_csv 1010 1110 10 "$tmp/callers2.inf"
sipp_start caller1 uac-hold "$n2_sip" -inf "$tmp/callers1.inf" -m 10 -d 15000 -p "$caller1"
sipp_start caller2 uac-hold-waits "$n2_sip" -inf "$tmp/callers2.inf" -m 10 -d 15000 -p "$caller2"
sleep 6
kill_node n2
for label in caller1 caller2 callee1 callee2; do sipp_good $label 10; done
bad=$("$root/checks/trace.py" no-status 481,500 "$tmp"/c*.msg) || red "refused in the dialog" "$bad"
bad=$("$root/checks/trace.py" rising "$tmp"/callee?.msg "$tmp/caller2.msg") || red "CSeq of ours did not rise" "$bad"
green "20 calls held, resumed and ended from both sides; CSeq strictly rising"
