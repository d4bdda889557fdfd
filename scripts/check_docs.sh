#!/bin/sh
# Fails when a document names a file or a folder of the project that does not exist. A name may stand
# for all that begin so, as `scripts/theory` does.
set -eu
cd "$(dirname "$0")/.."
bad=0
for page in *.md docs/*.md docs/decisions/*.md; do
    for path in $(grep -oE '\b(sim|models|studies|scripts|tests|configs|docs|examples)/[A-Za-z0-9_./-]*[A-Za-z0-9_]' "$page" |
            sort -u); do
        ls -d "$path"* >/dev/null 2>&1 || { echo "$page: there is no $path"; bad=1; }
    done
done
exit $bad
