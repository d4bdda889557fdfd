#!/bin/sh
# Fails when a source file includes a project header that does not stand above it in
# scripts/layers.txt, when a source file misses from that list, or when the list names no file.
set -eu
cd "$(dirname "$0")/.."
find sim models studies *.[ch] -name '*.[ch]' 2>/dev/null | sort | awk '
    FILENAME == "scripts/layers.txt" { if ($0 !~ /^#/ && NF) rank[$1] = ++listed; next }
    { files[++count] = $1; exists[$1] = 1 }
    END {
        for (f in rank)
            if (!(f in exists)) { printf "scripts/layers.txt: no file %s\n", f; bad = 1 }
        for (i = 1; i <= count; i++) {
            f = files[i]
            if (!(f in rank)) { printf "%s: not in scripts/layers.txt\n", f; bad = 1; continue }
            line = 0
            while ((getline text < f) > 0) {
                line++
                if (text !~ /^[ \t]*#[ \t]*include[ \t]*"/) continue
                split(text, part, "\""); h = part[2]
                if (!(h in rank)) {
                    printf "%s:%d: %s is not in scripts/layers.txt\n", f, line, h; bad = 1
                } else if (rank[h] >= rank[f]) {
                    printf "%s:%d: %s stands below %s\n", f, line, h, f; bad = 1
                }
            }
            close(f)
        }
        exit bad
    }' scripts/layers.txt -
