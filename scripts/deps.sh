#!/bin/sh
# Installs the Debian packages that are missing, by group. Exit code 3 when it cannot.
# usage: scripts/deps.sh GROUP ...        groups: build check bench coverage plot
set -eu

# group, package, what for
packages='
build     build-essential   compiler, linker, make
build     libyaml-dev       reading scenarios
build     libgsl-dev        quantiles of gamma and PERT
build     libnetcdf-dev     the ensemble of all replications
build     zlib1g-dev        checksums of the ensemble
check     libcriterion-dev  the test runner
check     clang             second compiler, fuzzer
check     clang-format      layout
check     cppcheck          static checks
check     python3           oracles
check     python3-numpy     random numbers to compare with
check     python3-yaml      results to compare with
bench     python3           timing
bench     python3-simpy3    the same queue in SimPy
coverage  lcov              lines that the tests reach
plot      gnuplot-nox       pictures of results
plot      python3-netcdf4   results of each replication
plot      python3-numpy     and their statistics
'

fail() {
    echo "deps: $1" >&2
    exit 3
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

wanted=$(for group in "$@"; do echo "$packages" | awk -v g="$group" '$1 == g { print $2 }'; done | sort -u)
[ -n "$wanted" ] || fail "no such group: $*"

if ! command -v dpkg-query >/dev/null; then
    fail "this is not Debian. Install what these packages hold, then use make all: $(echo $wanted)."
fi

missing=
for package in $wanted; do
    installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "deps: installing$missing"

root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "not root and no sudo; as root: apt-get install$missing"
    root=sudo
fi
apt() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# A failed update may still leave lists to install from, so only the install decides.
apt update || true
apt install -y --no-install-recommends $missing ||
    fail "could not install$missing. This step needs the network (or the packages in apt's cache)
and the rights of root; building and testing need neither once the packages are there."
