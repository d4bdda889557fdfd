#!/bin/sh
# Fails when an object file of the event loop calls anything but the loop, the arena, the generator,
# must() and the moving of bytes. So no libm (its last digits differ between machines), no heap, no
# files, no strings: the loop is + - x / and integers.
# usage: scripts/check_loop.sh build/VARIANT
set -eu

build=$1
loop='
sim/date.o
sim/shape.o
sim/events.o
models/prison.o
models/prison_check.o
models/waiting.o
models/alike.o
models/pools.o
models/custody.o
models/custody_limits.o
models/custody_start.o
models/step.o
models/stay.o
models/crisis.o
models/term.o
models/granted.o
models/policy.o
models/policy_call_up.o
models/policy_quotas.o
models/lengths.o
models/routes.o
models/ring.o
models/loss.o
models/arrests.o
models/category.o
models/choice.o
models/valve_review.o
models/early.o
models/titles.o
models/replace.o
models/last_part.o
models/sleepers.o
models/gate.o
models/placement.o
models/capacity.o
models/transfer.o
models/turnover.o
models/pairs.o
models/arrivals.o
models/callup.o
models/paths.o
models/listed.o
models/population.o
models/daily.o
models/spending.o
models/overdue.o
models/shortage.o
models/ends.o
models/release_law.o
models/demand_tables.o
models/demand_crisis.o
models/demand_laws.o
models/demand.o
models/model.o
'
# What the loop may call besides; these also hold code for loading.
callees='
sim/arena.o
sim/error.o
sim/rng.o
models/attribute.o
models/intake.o
models/columns.o
models/places.o
models/month_end.o
models/status.o
models/survivors.o
models/supply.o
models/by_year.o
models/measure.o
models/measure_hearings.o
models/measure_replace.o
models/measure_suspension.o
models/measure_last_part_outside.o
models/measure_instead_of_remand.o
'
# Moving of bytes, and division of 128-bit integers.
library='memcpy|memmove|memset|__u?divti3|__u?modti3|__u?divmodti4'
library="$library|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail"

cd "$build"
for object in $loop $callees; do
    [ -e "$object" ] || { echo "check_loop: no $build/$object; adapt the list in $0" >&2; exit 1; }
done
# shellcheck disable=SC2086 # the lists are words
nm -A --defined-only $loop $callees | awk '$(NF - 1) ~ /^[TDRBV]$/ { print $NF }' | sort -u >loop.defined
nm -A -u $loop | awk '{ sub(/:.*/, "", $1); print $NF, $1 }' | sort -u |
    grep -vE "^($library) " | awk '
        FILENAME == "loop.defined" { known[$1] = 1; next }
        !($1 in known) { print $2 ": calls " $1 ", which is not for the event loop"; bad = 1 }
        END { exit bad }' loop.defined -
