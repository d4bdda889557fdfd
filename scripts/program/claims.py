"""What tests of the whole program are made of: a claim is a function that runs in a folder of its own, and fails by an
exception. The first build is the program; all that a claim needs of it stands here."""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
TINY = ROOT / "examples/tiny.yaml"
TIES = ROOT / "tests/scenarios/ties.yaml"
WORKS = ROOT / "tests/scenarios/works.yaml"
UNCERTAIN = ROOT / "tests/scenarios/uncertain.yaml"
TIES_OF_RULES = ROOT / "tests/scenarios/ties_of_rules.yaml"
GATES = ROOT / "tests/scenarios/gates.yaml"
NETHERLANDS = ROOT / "configs/netherlands.yaml"
BROKEN = ROOT / "tests/scenarios/broken"
SCENARIOS = sorted([*(ROOT / "examples").glob("*.yaml"), *(ROOT / "tests/scenarios").rglob("*.yaml")])
SCENARIOS = [path for path in SCENARIOS if path.parent.name != "differs"]  # known to go wrong
# A CSV file of units, with the institution North.
UNITS = "institution,label,region,regime,sex,places,for_two,out_of_use,why\nNorth,PI North,Noord,ward,man,9,,0,\n"
HEADER = "indicator group mean sd sd_chance sd_inputs p05 p25 p50 p75 p95".split()


builds = []
claims = []
skips = []


def claim(function):
    claims.append(function)
    return function


def same(got, wanted, what=""):
    if got != wanted:
        raise AssertionError(f"{what}\n  got:    {got!r}\n  wanted: {wanted!r}")


def holds(condition, what):
    if not condition:
        raise AssertionError(what)


def call(*words, build=None, **options):
    """Runs the program; text in `stdout` and `stderr`."""
    return subprocess.run([build or builds[0], *map(str, words)], capture_output=True, text=True,
                          timeout=300, **options)


def run(*words, build=None, **options):
    """A run that must succeed in silence."""
    done = call("run", *words, "--quiet", build=build, **options)
    same((done.returncode, done.stderr, done.stdout), (0, "", ""), f"run {words}")


def fails(words, code, message, **options):
    """The exit code, the exact message on stderr, nothing on stdout."""
    done = call(*words, **options)
    same((done.returncode, done.stderr, done.stdout), (code, message, ""), f"celsim {words}")


def contents(folder):
    """All files of a result by name, but the one that differs between equal runs."""
    files = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
    files.pop("timing.yaml", None)
    return files


def same_result(a, b, what=""):
    a, b = contents(a), contents(b)
    same(sorted(a), sorted(b), f"{what}: other files")
    for name in a:
        holds(a[name] == b[name], f"{what}: other bytes in {name}")


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def manifest_of(folder):
    with open(f"{folder}/run.yaml", encoding="utf-8") as file:
        return yaml.safe_load(file)


def loads(scenario):
    return call("check", scenario).returncode == 0


def takes(build, option):
    return option in call("run", "--help", build=build).stdout


def without_scenario(folder):
    return {name: data for name, data in contents(folder).items() if name != "run.yaml"}


def start_long_run(out, stderr=subprocess.PIPE):
    """A run of half a minute, once it has begun to simulate."""
    process = subprocess.Popen([builds[0], "run", TINY, "--replications", "2000", "--out", out],
                               stdout=subprocess.PIPE, stderr=stderr, text=True)
    until = time.monotonic() + 20
    while not os.path.exists(f"{out}.part/.unfinished"):
        holds(time.monotonic() < until and process.poll() is None, "it began")
        time.sleep(0.002)
    time.sleep(0.1)
    return process


def passes(function):
    started = time.monotonic()
    home = os.getcwd()
    with tempfile.TemporaryDirectory(prefix="celsim-test-") as folder:
        os.chdir(folder)
        try:
            function()
            problem = None
        except Exception:
            problem = traceback.format_exc(limit=-2)
        finally:
            os.chdir(home)
    seconds = time.monotonic() - started
    print(f"{'failed' if problem else 'passed'} {seconds:5.1f} s  {function.__name__.replace('_', ' ')}")
    if problem:
        print(problem)
    sys.stdout.flush()
    return not problem


def main(usage):
    """Runs all claims that were imported on the builds that the command line names."""
    if len(sys.argv) < 2:
        sys.exit(usage)
    builds.extend(str(pathlib.Path(word).resolve()) for word in sys.argv[1:])
    for build in builds:
        if not os.access(build, os.X_OK):
            sys.exit(f"test_program: {build} is no program")
    passed = sum([passes(function) for function in claims])
    for skip in skips:
        print(f"skipped: {skip}")
    failed = len(claims) - passed
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)
