#!/usr/bin/env bash
# The operators' tool: one full node killed under load, the same verdict from the files alone, and none from files with a hole.
source "$(dirname "$0")/lib.sh"
svx --version >/dev/null
code=0
timeout 300 "$root/sempervox" chaos run kill-one --seed 1 --dir "$tmp/run" >"$tmp/run.out" 2>&1 || code=$?
[ "$code" -eq 0 ] || red "chaos run kill-one ended with $code" "$(tail -40 "$tmp/run.out")"
[ -s "$tmp/run/report.html" ] || red "no report.html" "$(ls "$tmp/run")"
grep -qE '(src|href)="https?:' "$tmp/run/report.html" && red "the report wants the network" "$(grep -oE '(src|href)="https?:[^"]*' "$tmp/run/report.html" | head -3)"
mkdir "$tmp/copy"
cp "$tmp/run/history.jsonl" "$tmp/copy/"
svx chaos check "$tmp/copy" >"$tmp/check.out" || red "chaos check of a copy ended with $?" "$(tail -20 "$tmp/check.out")"
cmp -s "$tmp/run/verdict.json" "$tmp/copy/verdict.json" || red "the copy has another verdict" "$(diff "$tmp/run/verdict.json" "$tmp/copy/verdict.json" | head -10)"
sed -i 100d "$tmp/copy/history.jsonl"
code=0
svx chaos check "$tmp/copy" >"$tmp/hole.out" || code=$?
[ "$code" -eq 1 ] || red "chaos check of a history with a hole ended with $code" "$(tail -20 "$tmp/hole.out")"
green "$(grep -o 'established [0-9]*, lost [0-9]*' "$tmp/run.out" | tail -1); a history with a hole does not pass"
