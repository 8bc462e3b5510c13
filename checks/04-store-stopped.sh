#!/usr/bin/env bash
# While the store stands still nothing is promised: no 1xx to an INVITE. When it goes on: 180, 200.
source "$(dirname "$0")/lib.sh"
up
read -r caller callee audio < <(free_ports 3)
register 1000 2 "$caller" "$n1_sip"
register 1100 2 "$callee" "$n1_sip"
sipp_start callee uas "" -p "$callee" -mp "$audio" -rtp_echo -m 2
callers_csv 1000 1100 1 "$tmp/first.inf"
sipp_start first uac "$n1_sip" -inf "$tmp/first.inf" -m 1 -d 500 -p "$caller"
sipp_good first 1
store=$(cat "$W/launcher.pid")
kill -STOP "$store"
callers_csv 1001 1101 1 "$tmp/second.inf"
sipp_start second uac "$n1_sip" -inf "$tmp/second.inf" -m 1 -d 500 -p "$caller"
sleep "${STOP_SECONDS:-1.8}"
resumed=$(date '+%F %T.%6N')
kill -CONT "$store"
sipp_good second 1
sipp_good callee 2
bad=$("$root/checks/trace.py" provisional "$tmp/second.msg" "$resumed") || red "answered while the store stood still (until $resumed)" "$bad"
grep -q '^SIP/2.0 180' "$tmp/second.msg" || red "no 180 afterwards"
green "no answer while the store stood still, then 180 and 200"
