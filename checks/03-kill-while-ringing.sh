#!/usr/bin/env bash
# The callee answers after 8 s, its node dies after 3 s: all calls connect, and no phone is rung twice.
source "$(dirname "$0")/lib.sh"
up
read -r caller callee audio < <(free_ports 3)
register 1000 10 "$caller" "$n2_sip"
register 1100 10 "$callee" "$n2_sip"
sipp_start callee uas-slow "" -p "$callee" -mp "$audio" -rtp_echo -m 10 -d 8000
callers_csv 1000 1100 10 "$tmp/callers.inf"
sipp_start caller uac "$n2_sip" -inf "$tmp/callers.inf" -m 10 -r 20 -d 3000 -p "$caller"
sleep "${KILL_AFTER:-3}"
kill_node n2
sipp_good caller 10
sipp_good callee 10
bad=$("$root/checks/trace.py" one-invite "$tmp/callee.msg" 10) || red "more than one branch or CSeq for an INVITE" "$bad"
bad=$("$root/checks/trace.py" no-status 482 "$tmp/caller.msg" "$tmp/callee.msg") || red "merged request" "$bad"
green "10 calls connected, one branch and CSeq each"
