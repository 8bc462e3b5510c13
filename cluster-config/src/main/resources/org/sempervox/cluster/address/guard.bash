# Takes the service addresses of a node off a network device when the node is dead or frozen.
# Arguments: device, label of the addresses, seconds without a sign of life after which the node counts as frozen.
# Standard input: a line is a sign of life, answered by a line; its end is the node's end.
trap '' INT TERM HUP QUIT PIPE
while read -r key value; do
  # CAP_NET_ADMIN is bit 12; children have what this shell has
  if [ "$key" = CapEff: ] && [ $(( 0x$value >> 12 & 1 )) = 0 ]; then
    echo "no rights"
    exit 1
  fi
done < /proc/self/status
# a busy machine must not keep it waiting; without the right to that it works as well
renice -n -19 -p $$ > /dev/null 2>&1
command -v ip > /dev/null || { echo "no program ip"; exit 1; }
echo ready
while read -r -t "$3" _; do
  echo alive
done
for _ in 1 2 3; do
  ip -4 address flush dev "$1" label "$2" > /dev/null 2>&1 && break
done
