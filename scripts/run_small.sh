#!/bin/sh
# Runs small scenarios with a build and three threads. Fails when a run fails, when a sanitizer
# reports anything, or when a file differs from what the release build writes with one thread
# (timing.yaml apart).
# usage: scripts/run_small.sh VARIANT SCENARIO ...
set -eu

fail() {
    echo "run_small: $1" >&2
    exit 1
}

run() { # variant, threads, scenario, folder
    log=$(dirname "$4")/sanitizer
    rm -rf "$4" "$log".*
    mkdir -p "$(dirname "$4")"
    status=0
    ASAN_OPTIONS="detect_leaks=1:log_path=$log" \
    UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1:log_path=$log" \
    TSAN_OPTIONS="halt_on_error=1:log_path=$log" \
        "build/$1/celsim" run "$3" --replications 20 --threads "$2" --seed 1 --out "$4" --quiet ||
        status=$?
    cat "$log".* 2>/dev/null && fail "a sanitizer reported the above for $3"
    [ "$status" -eq 0 ] || fail "$3 with build/$1 ended with $status"
}

variant=$1
shift
[ $# -gt 0 ] || fail 'no scenario'
for scenario in "$@"; do
    name=$(basename "$scenario" .yaml)
    one=build/$variant/small/$name.1 three=build/$variant/small/$name.3
    run release 1 "$scenario" "$one"
    run "$variant" 3 "$scenario" "$three"
    [ -s "$one/run.yaml" ] || fail "$scenario: no run.yaml"
    diff -r -x timing.yaml "$one" "$three" >"build/$variant/small/diff" || {
        head -n 20 "build/$variant/small/diff"
        fail "$scenario: other bytes with build/$variant than with build/release"
    }
done
echo "run_small: $# scenarios, the same bytes with build/$variant"
