#!/bin/sh
# Feeds a fuzzer from seed folders for some seconds; what it finds new is kept beside it for the next
# time. A crash, a leak and ten seconds over one input are failures: the input lies in
# PROGRAM.crash-* (leak-*, timeout-*); give it to PROGRAM to repeat.
# usage: scripts/fuzz.sh PROGRAM SECONDS [FOLDER ...]
set -eu

program=$1 seconds=$2
shift 2
words=$(dirname "$0")/../tests/fuzz/keys.dict
mkdir -p "$program.corpus"
status=0
"$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=16384 \
    -dict="$words" -detect_leaks=1 -reload=0 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="$program." "$program.corpus" "$@" >"$program.log" 2>&1 || status=$?
if [ "$status" -ne 0 ]; then
    tail -n 60 "$program.log"
    echo "fuzz: $program failed; the input lies in $program.*-*" >&2
    exit 1
fi
inputs=$(sed -n 's/stat::number_of_executed_units: *//p' "$program.log")
[ "${inputs:-0}" -gt 0 ] || { echo "fuzz: $program ran nothing" >&2; exit 1; }
echo "fuzz: $program took $inputs inputs"
