#!/usr/bin/env bash
# The launcher is not in the way of a call: no UDP socket, and it listens for nothing but the store.
source "$(dirname "$0")/lib.sh"
up
for address in "$n1_sip" "$n2_sip"; do
  sipp_start "options-${address%:*}" options "$address" -m 1 -p "$(free_ports 1)"
  sipp_good "options-${address%:*}" 1
done
cat >"$tmp/sockets.py" <<'P'
import os, sys
pid = sys.argv[1]
inodes = set()
for fd in os.listdir(f"/proc/{pid}/fd"):
    try: target = os.readlink(f"/proc/{pid}/fd/{fd}")
    except OSError: continue
    if target.startswith("socket:["): inodes.add(target[8:-1])
for table in ("udp", "udp6", "tcp", "tcp6"):
    for line in list(open(f"/proc/{pid}/net/{table}"))[1:]:
        field = line.split()
        if field[9] in inodes and (table.startswith("udp") or field[3] == "0A"):
            print(table[:3], int(field[1].rsplit(":", 1)[1], 16))
P
python3 "$tmp/sockets.py" "$(cat "$W/launcher.pid")" | sort -u >"$tmp/launcher"
python3 "$tmp/sockets.py" "$(cat "$W/${PROBE:-n1}.pid")" | sort -u >"$tmp/node"
grep -q "udp ${n1_sip#*:}" "$tmp/node" || red "this check is blind: it does not see n1's SIP socket" "$(cat "$tmp/node")"
store=$(tr -d '\n' <"$W/cluster.conf" | sed -n 's/.*store *{[^}]*port=\([0-9]*\).*/\1/p')
[ -n "$store" ] || red "no store port in cluster.conf"
others=$(grep -vx "tcp $store" "$tmp/launcher" || true)
[ -z "$others" ] || red "the launcher has sockets beside the store's ($store)" "$others"
green "the launcher listens for its store only"
