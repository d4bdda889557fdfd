#!/bin/sh
# Writes docs/validation.md from a fresh run of scripts/theory.py, so that no figure in it is typed by hand.
# usage: scripts/validation_page.sh build/VARIANT [--full]
set -eu

build=$1
shift
python=${PYTHON:-/usr/bin/python3}
tables=$("$python" scripts/theory.py "$build/celsim" "$@" | sed -E 's/ \([0-9]+ s of a core\)//; /^[0-9]+ s$/d')
version=$("$build/celsim" --version)
cat >docs/validation.md <<PAGE
# What celsim reproduces

Written by \`make validation\` from a run of $version; no figure is typed by hand. The scenarios are in
\`tests/scenarios/theory/\`, run by the program itself; the expected values come from formulas in
\`scripts/theory_reference.py\`, which are held against printed tables as well.

A row is a quantity with its exact value, the mean over replications, the standard error of that mean (absolute and in per
cent of the value) and z, their difference in standard errors. A row fails above |z| = 4, a table when the sum of z^2 over
the rows marked * leaves its 99.9 % range. Mean stays are 30 days and more, since whole minutes bias short waits.

Besides: a program that gives the starting population fresh stays, or fresh attributes, fails these tables where it must
(\`make mutants\`); a second implementation of the rules in Python agrees person by person on the scenarios of
\`tests/scenarios/reference/\` (\`make reference\`); draws equal numpy's bit for bit (\`make oracle\`). The Dutch system is held
against published figures in \`validation-netherlands.md\`, its places, works, staff and money in \`validation-supply.md\`.

\`\`\`
$tables
\`\`\`
PAGE
