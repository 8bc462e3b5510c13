#!/usr/bin/env bash
# Runs all checks, or those whose names begin with the arguments: one line each, then the sum. Exit 1 if any failed.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/../sempervox" --version >/dev/null || exit 1
passed=0 failed=0
for check in "$here"/[0-9]*.sh; do
  name=$(basename "$check" .sh)
  if [ $# -gt 0 ]; then
    wanted=
    for one in "$@"; do [[ $name == "$one"* ]] && wanted=yes; done
    [ -n "$wanted" ] || continue
  fi
  begin=$SECONDS
  output=$(timeout -k 90 "${CHECK_SECONDS:-480}" "$check" 2>&1)
  code=$?
  if [ $code -eq 0 ]; then
    passed=$((passed + 1))
    printf 'ok    %-24s %4d s  %s\n' "$name" $((SECONDS - begin)) "$(tail -1 <<<"$output" | sed 's/^[^:]*: //')"
  else
    failed=$((failed + 1))
    printf 'FAIL  %-24s %4d s  exit %d\n%s\n' "$name" $((SECONDS - begin)) $code "$(sed 's/^/      /' <<<"$output")"
  fi
done
printf '%d passed, %d failed\n' $passed $failed
[ $failed -eq 0 ] && [ $passed -gt 0 ]
