#!/usr/bin/env bash
# The simulation finds nothing in the product, and finds each defect that is put in on purpose.
source "$(dirname "$0")/lib.sh"
svx --version >/dev/null
timeout 300 "$root/sempervox" simulate --crash-everywhere --seed 1 >"$tmp/good.out" 2>&1 || red "simulate ended with $?" "$(tail -5 "$tmp/good.out")"
grep -Eq '(^|[^0-9])0 runs violated|violations:? 0' "$tmp/good.out" || red "no line says that there are 0 violations" "$(tail -5 "$tmp/good.out")"
# Lines "broken NAME (INVARIANT)".
svx simulate --list | sed -n 's/^broken \([^ ]*\) (\(.*\))$/\1|\2/p' >"$tmp/kinds"
[ -n "${ALL_KINDS:-}" ] || sed -i -n '/^\(forget-caller-200\|new-branch\|forget-bye\|double-record\)|/p' "$tmp/kinds"
grep -q '^forget-caller-200|' "$tmp/kinds" || red "no broken build named forget-caller-200" "$(cat "$tmp/kinds")"
while IFS='|' read -r kind invariant; do
  code=0
  timeout 240 "$root/sempervox" simulate --crash-everywhere --seed 1 --broken "$kind" >"$tmp/$kind.out" 2>&1 || code=$?
  [ "$code" -eq 1 ] || red "--broken $kind ended with $code, expected 1" "$(tail -5 "$tmp/$kind.out")"
  grep -qF "$invariant" "$tmp/$kind.out" || red "--broken $kind does not name \"$invariant\"" "$(head -20 "$tmp/$kind.out")"
done <"$tmp/kinds"
green "$(grep -Eo '[0-9]+ runs, [0-9]+ steps' "$tmp/good.out" | tail -1), 0 violations; $(wc -l <"$tmp/kinds") broken builds found"
