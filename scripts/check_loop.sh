#!/bin/sh
# Fails when an object file of the event loop calls anything but the loop, the arena, the generator,
# must() and the moving of bytes. So no libm (its last digits differ between machines), no heap, no
# files, no strings: the loop is + - x / and integers.
# usage: scripts/check_loop.sh build/VARIANT
set -eu

build=$1
loop='
sim/shape.o
sim/events.o
models/arrivals.o
models/custody.o
models/placement.o
models/prison.o
models/daily.o
'
callees='
sim/arena.o
sim/rng.o
sim/error.o
'
c_library='memcpy|memmove|memset|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail'

cd "$build"
for object in $loop $callees; do
    [ -e "$object" ] || { echo "check_loop: no $build/$object; adapt the list in $0" >&2; exit 1; }
done
# shellcheck disable=SC2086 # the lists are words
nm -A --defined-only $loop $callees | awk '$(NF - 1) ~ /^[TDRBV]$/ { print $NF }' | sort -u >loop.defined
nm -A -u $loop | awk '{ sub(/:.*/, "", $1); print $NF, $1 }' | sort -u |
    grep -vE "^($c_library) " | awk '
        FILENAME == "loop.defined" { known[$1] = 1; next }
        !($1 in known) { print $2 ": calls " $1 ", which is not for the event loop"; bad = 1 }
        END { exit bad }' loop.defined -
