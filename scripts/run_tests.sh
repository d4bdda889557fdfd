#!/bin/sh
# Runs the tests of a build. Fails when a test fails, when none ran (Criterion calls that a success),
# and when a sanitizer left a log (a leak alone does not fail a Criterion test).
# Leaves the number of tests that passed in BUILD/tests-passed. What tests write lies in a folder that
# is removed at the end (tests/own_folder.h).
# usage: scripts/run_tests.sh build/VARIANT [ARGUMENTS FOR CRITERION]
set -eu

build=$1
shift
log=$build/tests.log
rm -f "$build"/sanitizer.* "$build/tests-passed"
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' HUP INT TERM
# A test may expect SIGSEGV from a frozen arena, so the sanitizer must not take it. A library of Criterion
# searches the certificates of the system in each process, so strstr is watched by the fuzzers and on small
# scenarios only: a tenth of the time.
export ASAN_OPTIONS="handle_segv=0:detect_leaks=1:intercept_strstr=0:log_path=$build/sanitizer"
export UBSAN_OPTIONS="halt_on_error=1:abort_on_error=1:print_stacktrace=1:log_path=$build/sanitizer"

status=0
"$build/celsim-tests" "$@" >"$log" 2>&1 || status=$?
cat "$log"
for report in "$build"/sanitizer.*; do
    [ -e "$report" ] || continue
    cat "$report"
    echo "run_tests: a sanitizer reported the above ($report)"
    status=1
done

count() { # of the closing line: Tested, Passing, Failing, Crashing
    sed 's/\x1b\[[0-9;]*m//g' "$log" | sed -n "s/.*Synthesis:.*$1: *\([0-9]*\).*/\1/p" | tail -n 1
}
tested=$(count Tested)
if [ "${tested:-0}" -eq 0 ]; then
    echo 'run_tests: no test ran'
    status=1
elif [ "$status" -eq 0 ] && [ "$(count Passing)" != "$tested" ]; then
    echo 'run_tests: not every test passed'
    status=1
fi
[ "$status" -eq 0 ] && echo "$tested" >"$build/tests-passed"
exit "$status"
