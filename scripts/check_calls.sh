#!/bin/sh
# Fails when an object file calls what only another may call, or holds data that can change.
# What an object calls are its undefined symbols, so macros and inline functions cannot hide a call.
# usage: scripts/check_calls.sh build/VARIANT
set -eu

build=$1
bad=0
objects=
for source in $(find sim models studies *.c -name '*.c' 2>/dev/null | sort); do
    objects="$objects $build/${source%.c}.o"
done

only() { # pattern of symbols, their owners, advice
    for object in $objects; do
        case " $2 " in *" ${object#"$build"/} "*) continue ;; esac
        for call in $(nm -u "$object" | awk '{ sub(/@.*/, "", $NF); print $NF }' | grep -xE "$1"); do
            echo "$object: $call; $3"
            bad=1
        done
    done
}

only '(m|c|re)alloc|reallocarray|aligned_alloc|posix_memalign|str(n?)dup|v?asprintf|getline|getdelim|mmap|munmap' \
    'sim/arena.o' 'memory comes from an arena'
# Two that hand over memory of their own: netCDF when it closes a file in memory, open_memstream.
only 'free|open_memstream' 'sim/part.o models/scenario.o' 'nothing is freed alone'
only 'yaml_.*' 'sim/tree.o' 'only sim/tree.c speaks to libyaml'
# Which netCDF functions sim/netcdf.c hands out, only sim/part.c can reach.
only 'nc_.*' '' 'netCDF is loaded by sim/netcdf.c, not linked'
only 'dl(open|sym|close|mopen|vsym)' 'sim/netcdf.o' 'only sim/netcdf.c loads a library'
only 'netcdf_load' 'sim/part.o' 'only sim/part.c speaks to netCDF'
only 'gsl_.*' 'sim/shape_make.o models/paths_make.o' 'only sim/shape_make.c and models/paths_make.c speak to GSL'

# A function that is handed a FILE may write to it. Only main.c knows which files are the user's
# screen; must() is the exception, and stops the program.
only 'stdout|stderr|(__)?v?printf(_chk)?|(__)?v?dprintf(_chk)?|puts|putchar|putchar_unlocked|perror|psignal' \
    'main.o sim/error.o' 'nothing below main.c prints'
only 'abort|exit|_exit|_Exit|quick_exit' 'main.o sim/error.o' 'only main.c and must() end the program'
only '(s?rand|rand_r|s?random|[dlm]rand48|arc4random.*|getrandom|getentropy)' '' 'chance comes from sim/rng.h'
only 'setlocale|newlocale|uselocale' '' 'numbers are written with a point, whatever the locale'

# No globals: the label of must() and the flag that a signal sets are the two exceptions.
for object in $objects; do
    case ${object#"$build"/} in sim/error.o | main.o) continue ;; esac
    for name in $(objdump -t "$object" | awk '
        NF > 4 && $(NF - 2) ~ /^\.(data|bss|tdata|tbss|data\.rel|data\.rel\.local)$|^\*COM\*$/ && $NF !~ /^\./ { print $NF }'); do
        echo "$object: $name is a variable; only const tables may be static"
        bad=1
    done
done

exit $bad
