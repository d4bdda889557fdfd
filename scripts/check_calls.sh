#!/bin/sh
# Fails when an object file calls what only another may call, or holds data that can change.
# What an object calls are its undefined symbols, so macros and inline functions cannot hide a call.
# usage: scripts/check_calls.sh build/VARIANT
set -eu

build=$1
objects=
for source in $(find sim models studies *.c -name '*.c' 2>/dev/null | sort); do
    objects="$objects ${source%.c}.o"
done

# pattern of symbols; their owners; advice
rules='
(m|c|re)alloc|reallocarray|aligned_alloc|posix_memalign|str(n?)dup|v?asprintf|getline|getdelim|mmap|munmap; sim/arena.o; memory comes from an arena
# Two that hand over memory of their own: netCDF when it closes a file in memory, open_memstream.
free|open_memstream; sim/part.o models/scenario.o; nothing is freed alone
yaml_.*; sim/tree.o; only sim/tree.c speaks to libyaml
# Which netCDF functions sim/netcdf.c hands out, only sim/part.c can reach.
nc_.*; ; netCDF is loaded by sim/netcdf.c, not linked
dl(open|sym|close|mopen|vsym); sim/netcdf.o; only sim/netcdf.c loads a library
netcdf_load; sim/part.o; only sim/part.c speaks to netCDF
gsl_.*; sim/shape_make.o models/paths_make.o; only sim/shape_make.c and models/paths_make.c speak to GSL
# A function that is handed a FILE may write to it. Only main.c knows which files are the screen of
# the user; must() is the exception, and stops the program.
stdout|stderr|(__)?v?printf(_chk)?|(__)?v?dprintf(_chk)?|puts|putchar|putchar_unlocked|perror|psignal; main.o sim/error.o; nothing below main.c prints
abort|exit|_exit|_Exit|quick_exit; main.o sim/error.o; only main.c and must() end the program
(s?rand|rand_r|s?random|[dlm]rand48|arc4random.*|getrandom|getentropy); ; chance comes from sim/rng.h
setlocale|newlocale|uselocale; ; numbers are written with a point, whatever the locale
'
cd "$build"
bad=0
# shellcheck disable=SC2086 # the list is words
nm -A -u $objects | RULES=$rules awk '
    BEGIN {
        count = split(ENVIRON["RULES"], lines, "\n")
        for (i = 1; i <= count; i++) {
            if (lines[i] == "" || lines[i] ~ /^#/) continue
            split(lines[i], part, "; ")
            pattern[++known] = "^(" part[1] ")$"; owners[known] = " " part[2] " "; advice[known] = part[3]
        }
    }
    {
        object = $1; sub(/:.*/, "", object); call = $NF; sub(/@.*/, "", call)
        for (i = 1; i <= known; i++)
            if (call ~ pattern[i] && index(owners[i], " " object " ") == 0) {
                print object ": " call "; " advice[i]; bad = 1
            }
    }
    END { exit bad }' || bad=1

# No globals: the label of must() and the flag that a signal sets are the two exceptions.
# shellcheck disable=SC2086
objdump -t $objects | awk '
    / file format / { object = $1; sub(/:$/, "", object); next }
    object == "sim/error.o" || object == "main.o" { next }
    NF > 4 && $(NF - 2) ~ /^\.(data|bss|tdata|tbss|data\.rel|data\.rel\.local)$|^\*COM\*$/ && $NF !~ /^\./ {
        print object ": " $NF " is a variable; only const tables may be static"; bad = 1
    }
    END { exit bad }' || bad=1

exit $bad
