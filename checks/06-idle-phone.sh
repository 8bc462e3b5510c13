#!/usr/bin/env bash
# A phone that registered and then was silent is called after its node died.
source "$(dirname "$0")/lib.sh"
up
read -r caller callee audio < <(free_ports 3)
register 1000 1 "$caller" "$n1_sip"
register 1100 1 "$callee" "$n2_sip"
kill_node n2
sleep "${WAIT_SECONDS:-2}"
sipp_start callee uas "" -p "$callee" -mp "$audio" -rtp_echo -m 1
callers_csv 1000 1100 1 "$tmp/callers.inf"
sipp_start caller uac "$n1_sip" -inf "$tmp/callers.inf" -m 1 -d 1000 -p "$caller"
sipp_good caller 1
sipp_good callee 1
grep -q '^REGISTER' "$tmp/callee.msg" && red "the phone registered again"
grep -q '^SIP/2.0 180' "$tmp/caller.msg" || red "it did not ring"
green "the idle phone rang and answered"
