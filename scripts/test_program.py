#!/usr/bin/python3
"""Tests of the program as a whole, run as a user would run it.

usage: scripts/test_program.py BINARY [OTHER BUILD ...]

The other builds (debug, address sanitizer, clang, native) must write the same bytes as BINARY.
Each claim is a function in a folder of its own. Prints `N passed, M failed` and exits 1 on failure.
"""

import collections
import csv
import datetime
import itertools
import math
import os
import pathlib
import pty
import re
import resource
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from fractions import Fraction

import numpy as np
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
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
HEADER = "indicator group mean sd sd_chance sd_inputs p05 p25 p50 p75 p95".split()

# Nobody waits for anybody, so that each person's history is his own.
NO_LIMITS = """\
title: Room for all
period: {start: 2026-01-01, end: 2026-03-31}
attributes: {sex: {man: 0.9, woman: rest}}
regimes: {ward: {places: unlimited}, clinic: {places: unlimited}}
statuses:
  patient:
    clock: arrival
    stay: {by: sex, man: {lognormal: {mean: 9 days, cv: 2}}, woman: {exponential: {mean: 12 days}}}
    next: {cured: 0.3, release: rest}
  cured: {stay: {uniform: {from: 1 day, to: 9 days}}}
flows:
  town: {status: patient, per_day: 20, weekday: [1, 1, 1, 1, 1, 0.5, 0.5]}
  country: {status: patient, per_day: 3}
placement:
  ill: {who: {status: patient}, to: [ward]}
  well: {who: {status: cured}, to: [clinic]}
"""

# People who come on the first day and stay.
STILL = """\
period: {start: 2026-01-01, end: 2026-01-31}
run: {replications: 20, seed: 3}
regimes: {ward: {places: unlimited}}
statuses: {patient: {stay: 10 years, waits: {in: outside}}}
placement: {all: {to: [ward]}}
start: {present: {old: {status: patient, persons: 100, elapsed: 1 day}}}
uncertainty: {per_draw: 2, inputs: {start.present.old.persons: {mixture: [[0.5, 100], [rest, 140]]}}}
"""

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


# -- the same bytes ---------------------------------------------------------------------------------


@claim
def threads_do_not_change_a_byte():
    for scenario in (TINY, TIES):
        for threads in "123":
            run(scenario, "--replications", 7, "--threads", threads, "--events", 5, "--out", threads)
            same_result("1", threads, f"{scenario.name}, {threads} threads")
        same(sorted(contents("1")), ["events.csv", "run.yaml", "series.csv", "summary.csv"])


@claim
def merged_parts_are_the_bytes_of_one_run():
    for size in (7, 13):
        run(TIES, "--replications", 2 * size, "--out", "whole")
        for part in range(2):
            run(TIES, "--replications", f"{part * size}..{part * size + size - 1}", "--out", f"p{part}")
        same(sorted(contents("p1")), ["part.nc", "run.yaml"])
        for order in (["p0", "p1"], ["p1", "p0/part.nc"]):
            done = call("merge", "--out", "m", *order)
            same((done.returncode, done.stderr), (0, ""))
            same(done.stdout, f"Ties in every minute\n{2 * size} replications joined; results in m\n")
            same_result("whole", "m", f"parts of {size}, {order}")


@claim
def one_part_and_many_parts_merge_alike():
    run(TIES, "--replications", 5, "--out", "whole")
    run(TIES, "--replications", "0..4", "--out", "one")
    for r in range(5):
        run(TIES, "--replications", f"{r}..{r}", "--out", f"r{r}")
    for parts in (["one"], ["r3", "r1", "r4", "r0", "r2"]):
        same(call("merge", "--quiet", "--out", "m", *parts).returncode, 0)
        same_result("whole", "m", parts)


@claim
def builds_write_the_same_bytes():
    if len(builds) == 1:
        skips.append("other builds: none was named")
        return
    for scenario in filter(loads, SCENARIOS):
        run(scenario, "--replications", 2, "--events", 1, "--out", "first")
        manifest = manifest_of("first")
        person_days = manifest["checks"]["person_minutes_counted"] // 1440  # all checked in some builds
        rows = contents("first")["series.csv"].count(b"\n")
        if manifest["events"] + person_days + rows > 1000000:
            skips.append(f"other builds with {scenario.name}: too large")
            continue
        for build in builds[1:]:
            run(scenario, "--replications", 2, "--events", 1, "--out", "other", build=build)
            same_result("first", "other", f"{scenario.name} with {build}")


@claim
def the_order_of_ties_does_not_matter():
    checking = [build for build in builds if takes(build, "--shuffle-ties")]
    if not checking:
        skips.append("shuffled ties: no build has --shuffle-ties")
    for scenario in (TIES, TIES_OF_RULES, GATES):
        run(scenario, "--events", 0, "--out", "plain")
        for build, salt in itertools.product(checking, (1, 2, 3, 18446744073709551615)):
            run(scenario, "--events", 0, "--shuffle-ties", salt, "--out", "shuffled", build=build)
            same_result("plain", "shuffled", f"{scenario.name}, salt {salt} with {build}")


@claim
def the_ties_scenario_has_ties_by_the_thousand():
    run(TIES, "--events", 0, "--out", "r")
    minutes = collections.Counter((row[4], row[0]) for row in rows_of("r/events.csv")[1:])
    ties = collections.Counter(event for (event, _), count in minutes.items() if count > 1)
    for event in ("placed", "waits", "status"):
        holds(ties[event] >= 1000, f"only {ties[event]} minutes have two or more of {event}")
    for event in ("arrived", "moved", "released", "refused", "sent_home", "called", "no_show"):
        holds(ties[event] > 0, f"no minute has two of {event}")


@claim
def the_ties_of_rules_have_swaps_and_moves_across_regions():
    run(TIES_OF_RULES, "--events", 0, "--out", "r")
    for indicator in ("swapped", "placements_across_regions", "out_of_category"):
        mean = next(float(row[3]) for row in rows_of("r/summary.csv") if row[1:3] == [indicator, "total"])
        holds(mean >= 100, f"{indicator} is {mean} only")


@claim
def the_locale_does_not_change_a_byte():
    run(TIES, "--out", "plain")
    there = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.lower()
    for name in ("nl_NL", "de_DE"):
        env = {**os.environ, "LC_ALL": f"{name}.UTF-8"}
        if f"{name.lower()}.utf" not in there:
            made = shutil.which("localedef") and subprocess.run(
                ["localedef", "-i", name, "-f", "UTF-8", f"./{name}.UTF-8"], capture_output=True)
            if not made or made.returncode != 0:
                skips.append(f"locale {name}: not here, and localedef cannot make it")
                continue
            env["LOCPATH"] = os.getcwd()
        comma = subprocess.run([sys.executable, "-c", "import locale; locale.setlocale("
                                "locale.LC_ALL, ''); print(locale.str(1.5))"],
                               capture_output=True, text=True, env=env).stdout
        same(comma, "1,5\n", f"{name} is in force")
        run(TIES, "--out", "r", env=env)
        same_result("plain", "r", name)


# -- the command line -------------------------------------------------------------------------------

NUMBER = "a whole number from 0 to 18446744073709551615"
REPLICATIONS = "a number from 1 to 1000000, or a range A..B that counts from 0"
COMMANDS = {
    "run": ["out", "set", "replications", "seed", "threads", "events", "quiet", "help", "version"],
    "check": ["set", "help", "version"],
    "fields": ["set", "table", "help", "version"],
    "merge": ["out", "quiet", "help", "version"],
}


@claim
def wrong_values_are_told_with_what_is_wanted():
    wrong = {
        "replications": (REPLICATIONS, ["0", "x", "", "1000001", "-1", "5..", "..5", "5..4", "1.5",
                                        "1e3", "1...3", "0..1000000", "1..2..3", " 1"]),
        "seed": (NUMBER, ["x", "", "-1", "18446744073709551616", "0x1", "1 ", "99999999999999999999"]),
        "threads": ("a number from 1 to 1024", ["0", "1025", "two", "", "-3"]),
        "events": ("the number of a replication; they count from 0", ["x", "", "-1", "1000000"]),
        "out": ("the name of a folder", [""]),
    }
    for option, (wants, values) in wrong.items():
        for value in values:
            message = f"--{option}: is '{value}'; it wants {wants}\n"
            fails(["run", TINY, f"--{option}={value}"], 2, message)
            fails(["run", f"--{option}", value, TINY], 2, message)


@claim
def all_errors_of_a_command_line_are_told_at_once():
    fails(["run", "--threads", "0", "--sede", "3", "--seed", "x", "--set"], 2,
          "--threads: is '0'; it wants a number from 1 to 1024\n"
          "--sede: is no option; did you mean --seed? --help shows them all\n"
          f"--seed: is 'x'; it wants {NUMBER}\n"
          "--set: wants a value: --set PATH=VALUE\n")


@claim
def a_hundred_errors_of_a_scenario_are_told_and_the_others_counted():
    done = call("check", BROKEN / "hundred_and_fifty.yaml")
    same((done.returncode, done.stdout), (1, ""))
    lines = done.stderr.splitlines()
    same((len(lines), lines[-1]), (101, "and 50 more"))
    same(lines[99], f"{BROKEN}/hundred_and_fifty.yaml:104:32: places is none; it must be a whole number such as 12")


@claim
def missing_values_are_told():
    values = {"out": "DIR", "set": "PATH=VALUE", "replications": "N|A..B", "seed": "N",
              "threads": "N", "events": "R"}
    for option, value in values.items():
        message = f"--{option}: wants a value: --{option} {value}\n"
        fails(["run", TINY, f"--{option}"], 2, message)
        fails(["run", f"--{option}", "--quiet", TINY], 2, message)
    fails(["fields", TINY, "--table"], 2, "--table: wants a value: --table PATH\n")
    for option in ("quiet", "help", "version"):
        fails(["run", TINY, f"--{option}=yes"], 2, f"--{option}: takes no value\n")


@claim
def unknown_words_are_told_with_the_nearest():
    fails(["rum"], 2, "rum: is no command of celsim; did you mean run? there are run, check, fields and merge\n")
    fails(["simulate"], 2, "simulate: is no command of celsim; there are run, check, fields and merge\n")
    for word, near in {"--sead": "seed", "--thread": "threads", "--replication": "replications",
                       "-quiet": "quiet", "--Out=x": "out"}.items():
        fails(["run", TINY, word], 2,
              f"{word.split('=')[0]}: is no option; did you mean --{near}? --help shows them all\n")
    for word in ("--zzzzzz", "-x", "---"):
        fails(["run", TINY, word], 2, f"{word}: is no option; --help shows them all\n")
    # The nearest is one that the command has.
    fails(["check", TINY, "--outs"], 2, "--outs: is no option; --help shows them all\n")


@claim
def options_of_another_command_are_refused():
    every = sorted({option for options in COMMANDS.values() for option in options})
    for command, options in COMMANDS.items():
        for option in every:
            if option not in options:
                value = [] if option == "quiet" else ["1"]
                message = f"--{option}: is no option of {command}\n"
                fails([command, TINY, f"--{option}", *value], 2, message)


@claim
def missing_and_superfluous_operands_are_told():
    fails(["run"], 2, "run: wants a scenario file\n")
    fails(["check"], 2, "check: wants a scenario file\n")
    fails(["merge"], 2, "merge: wants the parts to join\n")
    fails(["fields", "--table", "statuses.a.stay"], 2, "fields: wants a scenario file\n")
    fails(["fields", TINY], 2, "fields: reads a scenario only for --table PATH\n")
    fails(["run", TINY, "more"], 2, "more: is one word too many for run\n")
    fails(["check", TINY, "more"], 2, "more: is one word too many for check\n")
    fails(["run", "--", "--quiet", "--seed"], 2, "--seed: is one word too many for run\n")


@claim
def files_that_cannot_be_read_exit_with_3():
    for command in ("run", "check"):
        fails([command, "nothing.yaml"], 3, "nothing.yaml: cannot be read: No such file or directory\n")
        fails([command, "."], 3, ".: is a folder; a file is needed here\n")
        fails([command, "--", "--quiet"], 3, "--quiet: cannot be read: No such file or directory\n")
    fails(["fields", "--table", "statuses.a.stay", "nothing.yaml"], 3,
          "nothing.yaml: cannot be read: No such file or directory\n")
    fails(["merge", "nothing"], 3, "nothing: cannot be opened: No such file or directory\n")
    same(os.listdir("."), [], "nothing is left")


@claim
def help_and_version_are_printed():
    version = call("--version")
    same((version.returncode, version.stderr), (0, ""))
    holds(re.fullmatch(r"celsim \d+\.\d+\.\d+\n", version.stdout), version.stdout)
    whole = call("--help").stdout
    same([call(word).stdout for word in ("help", "-h")], [whole, whole])
    same(call().stdout, whole, "without words")
    for command, options in COMMANDS.items():
        for word in ("--help", "-h"):
            done = call(command, word)
            same((done.returncode, done.stderr), (0, ""))
            named = re.findall(r"^  --([a-z-]+)", done.stdout, re.M)
            same([name for name in named if name != "shuffle-ties"], options, f"options of {command}")
            same(re.findall(r"^  celsim (\w+)", done.stdout, re.M), [command])
        same(call(command, "--version").stdout, version.stdout)
    same(re.findall(r"^  celsim (\w+)", whole, re.M), list(COMMANDS))


@claim
def in_a_pipe_stdout_has_the_result_and_stderr_nothing():
    done = call("run", TINY, "--replications", 3, "--out", "r")
    same((done.returncode, done.stderr), (0, ""))
    holds(re.fullmatch(r"Ten places, first come first served\n\nyear .*\n2027 .*\n3 replications in \d+\.\d\d s; "
                       r"results in r\n", done.stdout, re.DOTALL), done.stdout)
    run(TINY, "--replications", 3)
    same(sorted(os.listdir("results/tiny")), ["run.yaml", "series.csv", "summary.csv", "timing.yaml"])


@claim
def options_stand_in_any_order():
    run(TINY, "--replications", 3, "--seed", 18446744073709551615, "--out", "a")
    done = call("run", "--seed=18446744073709551615", "--quiet", "--out=b/", "--replications=3", "--", TINY)
    same((done.returncode, done.stderr), (0, ""))
    same_result("a", "b")


@claim
def a_full_standard_output_is_an_error():
    with open("/dev/full", "w") as full:
        done = subprocess.run([builds[0], "fields"], stdout=full, stderr=subprocess.PIPE, text=True)
    same((done.returncode, done.stderr), (3, "standard output: cannot be written: No space left on device\n"))


# -- --set ------------------------------------------------------------------------------------------


def without_scenario(folder):
    return {name: data for name, data in contents(folder).items() if name != "run.yaml"}


@claim
def set_is_as_if_the_file_said_so():
    text = TINY.read_text().replace("per_day: 8", "per_day: 9.5").replace("places: 10", "places: 12")
    holds("per_day: 9.5" in text and "places: 12" in text, "both were replaced")
    pathlib.Path("other.yaml").write_text(text)
    run("other.yaml", "--replications", 3, "--out", "file")
    run(TINY, "--replications", 3, "--out", "set", "--set", "flows.patients.per_day=9.5",
        "--set=units.ward_a.places=12")
    same_result("file", "set")
    run(TINY, "--replications", 3, "--out", "last", "--set", "flows.patients.per_day=1",
        "--set", "units.ward_a.places=12", "--set", "flows.patients.per_day=9.5")
    same(without_scenario("last"), without_scenario("file"), "the last one counts")
    run(TIES, "--out", "seeds", "--set", "run.seed=5", "--set", "run.replications=3")
    run(TIES, "--out", "options", "--seed", 5, "--replications", 3)
    same(without_scenario("seeds"), without_scenario("options"))


@claim
def a_set_makes_the_section_that_a_file_leaves_out():
    holds("run:" not in TINY.read_text(encoding="utf-8"), "the example has no section run")
    run(TINY, "--replications", 3, "--out", "set", "--set", "run.seed=7")
    run(TINY, "--replications", 3, "--out", "seed", "--seed", 7)
    same(without_scenario("set"), without_scenario("seed"))


@claim
def wrong_sets_are_told_with_their_place():
    for words, message in {
        ("flows.patients.per_dya=3",): "--set:1:16: per_dya is not a known key; did you mean 'per_day'?\n",
        ("flows.patients.per_day=many",): "--set:1:24: per_day is many; it must be a number such as 0.95 or 2/3\n",
        ("run.seed",): "--set:1:1: a '=' misses; --set takes path=value, as in run.seed=7\n",
        ("units.ward_a.places=-1", "flows.patients.per_day=-1"): None,
        ("units.ward_a.places.more=3",): None,
        ("=3",): None,
        ("",): None,
    }.items():
        sets = [f"--set={word}" for word in words]
        for command in ("run", "check"):
            done = call(command, TINY, *sets)
            same((done.returncode, done.stdout), (1, ""), f"{command} {sets}")
            same([line for line in done.stderr.splitlines() if not re.match(r"--set:1:\d+: ", line)], [],
                 f"each error of {sets} names --set")
            same(len(done.stderr.splitlines()), len(words))
            if message:
                same(done.stderr, message)
    same(os.listdir("."), [])


# -- results in place -------------------------------------------------------------------------------


@claim
def an_existing_result_is_replaced_whole():
    run(TINY, "--replications", 2, "--out", "new")
    run(TINY, "--replications", 3, "--events", 0, "--out", "r")
    pathlib.Path("r/note.txt").write_text("of the older one")
    run(TINY, "--replications", 2, "--out", "r")
    same_result("new", "r")
    same(sorted(os.listdir(".")), ["new", "r"])
    os.mkdir("empty")
    run(TINY, "--replications", 2, "--out", "empty")
    same_result("new", "empty")


@claim
def a_link_to_a_result_stays_a_link():
    run(TINY, "--replications", 2, "--out", "disk/r")
    os.symlink("disk/r", "r")
    run(TINY, "--replications", 3, "--out", "r")
    holds(os.path.islink("r"), "r is still a link")
    same(manifest_of("disk/r")["replications"], 3)
    same((sorted(os.listdir(".")), os.listdir("disk")), (["disk", "r"], ["r"]))


@claim
def what_is_no_result_is_never_touched():
    os.mkdir("photos")
    pathlib.Path("photos/one.jpg").write_text("x")
    pathlib.Path("file").write_text("x")
    for name in ("photos", "photos/", "file"):
        plain = name.rstrip("/")
        fails(["run", TINY, "--replications", 1, "--out", name], 3,
              f"{plain}: exists and is no result of celsim (it holds no run.yaml); name another folder\n")
    same((os.listdir("photos"), sorted(os.listdir("."))), (["one.jpg"], ["file", "photos"]))


@claim
def a_folder_called_part_is_cleaned_only_when_it_was_left_behind():
    run(TINY, "--replications", "0..1", "--out", "r.part")  # a result with an unlucky name
    fails(["run", TINY, "--replications", 1, "--out", "r"], 3,
          "r.part: is in the way: results are made there, and it is not what an interrupted run left "
          "behind; name another folder\n")
    same(sorted(os.listdir(".")), ["r.part"])
    holds(os.path.exists("r.part/part.nc"), "it is whole")


@claim
def a_place_that_cannot_be_written_exits_with_3_and_leaves_nothing():
    pathlib.Path("file").write_text("x")
    fails(["run", TINY, "--out", "file/r"], 3, "file/r.part: cannot make this folder: Not a directory\n")
    fails(["run", TINY, "--out", "file/a/b"], 3, "file/a/b.part: cannot make this folder: Not a directory\n")
    same(os.listdir("."), ["file"])
    if os.getuid() == 0:
        skips.append("a folder without the right to write: root may write anywhere")
        return
    os.mkdir("closed", 0o500)
    fails(["run", TINY, "--out", "closed/r"], 3, "closed/r.part: cannot make this folder: Permission denied\n")


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))


@claim
def a_disk_that_is_full_exits_with_3_and_keeps_the_older_result():
    run(TINY, "--replications", 1, "--out", "r")
    before = contents("r")
    for words, file in (((3,), "series.csv"), (("0..2",), "part.nc"), ((3, "--events", 0), "events.csv")):
        # Python ignores SIGXFSZ, and so does the program then: writing fails with an error.
        done = call("run", TINY, "--replications", *words, "--out", "r", preexec_fn=small_files,
                    restore_signals=False)
        same((done.returncode, done.stdout), (3, ""))
        holds(re.fullmatch(rf"r\.part/{re.escape(file)}: cannot be written: File too large\n", done.stderr), done.stderr)
        same((os.listdir("."), contents("r") == before), (["r"], True))


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


@claim
def an_interrupted_run_leaves_nothing():
    for end in (signal.SIGINT, signal.SIGTERM):
        process = start_long_run("r")
        process.send_signal(end)
        out, errors = process.communicate(timeout=20)
        same((process.returncode, out, errors), (130, "", "interrupted; no result was written\n"))
        same(os.listdir("."), [])


@claim
def an_interrupted_rerun_keeps_the_older_result():
    run(TINY, "--replications", 2, "--out", "r")
    before = contents("r")
    process = start_long_run("r")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    same((process.returncode, os.listdir("."), contents("r") == before), (130, ["r"], True))


@claim
def what_a_killed_run_left_is_cleaned_by_the_next():
    process = start_long_run("r")
    process.kill()
    process.communicate(timeout=20)
    same(os.listdir("."), ["r.part"])
    pathlib.Path("r.part/series.csv.part").write_text("half a file")
    run(TINY, "--replications", 2, "--out", "r")
    same((os.listdir("."), len(os.listdir("r"))), (["r"], 4))


# -- what is written --------------------------------------------------------------------------------


def check_numbers(row, place):
    for name, cell in zip(HEADER[2:], row[2:]):
        if name in ("sd_chance", "sd_inputs"):
            same(cell, "", f"{place}: {name}")
        else:
            holds(re.fullmatch(r"\d+\.\d+", cell), f"{place}: {name} is {cell!r}")
    quantiles = [float(cell) for cell in row[6:]]
    holds(quantiles == sorted(quantiles), f"{place}: quantiles fall")


def groups_of(rows, indicator):
    return {row[2] for row in rows if row[1] == indicator}


@claim
def series_are_complete_and_well_formed():
    run(TIES, "--out", "r", "--set", "period.warm_up=10 days")
    header, *rows = rows_of("r/series.csv")
    same(header, ["date", *HEADER])
    for number, row in enumerate(rows, 2):
        same(len(row), len(header), f"line {number}")
        check_numbers(row[1:], f"series.csv:{number}")
    first, last = datetime.date(2026, 3, 12), datetime.date(2026, 4, 12)
    dates = [(first + datetime.timedelta(days=d)).isoformat() for d in range((last - first).days + 1)]
    kinds = [(row[1], row[2]) for row in rows if row[0] == dates[0]]
    same(len(set(kinds)), len(kinds), "each once")
    same([tuple(row[:3]) for row in rows], [(date, *kind) for date in dates for kind in kinds])
    status = {f"status.{name}" for name in ("remand", "again", "sentenced", "called", "short")}
    offence = {f"offence.{name}" for name in ("violence", "property", "other")}
    regime = {f"regime.{name}" for name in ("house", "prison", "small", "open")}
    people = {"total"} | status | offence
    same(groups_of(rows, "present"), people | regime | {"regime.police_cell"})
    same(groups_of(rows, "waiting_mean"), people)
    same(groups_of(rows, "usable"), {"total"} | regime)
    for indicator in ("outside", "over_limit_mean", "placements"):
        same(groups_of(rows, indicator), {"total"})
    header, *rows = rows_of("r/summary.csv")
    same(groups_of(rows, "placements"), {"total"} | status)


@claim
def rows_of_month_ends_stand_on_month_ends():
    """tiny from 15 March to 14 May: 31 March and 30 April end a month."""
    run(TINY, "--replications", 2, "--out", "r", "--set", "output.month_end=[unit, regime]", "--set",
        "period.warm_up=0 days", "--set", "period.start=2026-03-15", "--set", "period.end=2026-05-14")
    _, *rows = rows_of("r/series.csv")
    same(sorted({row[0] for row in rows if row[2].startswith(("unit.", "regime."))}), ["2026-03-31", "2026-04-30"])
    same(len({row[0] for row in rows}), 61)


@claim
def merged_month_ends_and_code_black_are_the_bytes_of_one_run():
    options = ["--set", "output.month_end=[institution, unit]", "--set", "output.daily_mean=[total]", "--set",
               "output.code_black={occupancy: {at_least: 0.9}, police_cells: {at_least: 1}}"]
    run(TIES, "--replications", 4, "--out", "whole", *options)
    run(TIES, "--replications", "0..2", "--out", "a", *options)
    run(TIES, "--replications", "3..3", "--out", "b", *options)
    call("merge", "a", "b", "--out", "merged")
    same_result("whole", "merged")
    black = [row for row in rows_of("whole/summary.csv") if row[:2] == ["all", "code_black"]]
    holds(0 < float(black[0][3]), "no day of code black")


@claim
def works_are_merged_to_the_bytes_of_one_run():
    for name, options in (("whole", []), ("two", ["--threads", 2]), ("a", ["--replications", "0..4"]),
                          ("b", ["--replications", "5..7"])):
        run(WORKS, *options, "--out", name)
    call("merge", "a", "b", "--out", "merged")
    same_result("whole", "merged")
    same_result("whole", "two")
    holds(len(rows_of("whole/works.csv")) > 20, "works.csv")


@claim
def a_programme_without_projects_gives_the_same_bytes():
    run(TIES, "--replications", 3, "--out", "without")
    run(TIES, "--replications", 3, "--set", "works={budget_per_year: 75000000, projects: {}}", "--out", "empty")
    for file in ("series.csv", "summary.csv"):
        same(contents("without")[file], contents("empty")[file])
    holds("works.csv" not in contents("empty"), "no works.csv")


def numbers_without_source(node, path=(), has_source=False):
    """Paths of the numbers above which no mapping states a source."""
    if isinstance(node, dict):
        has_source = has_source or "source" in node
        for key, value in node.items():
            yield from numbers_without_source(value, (*path, str(key)), has_source)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from numbers_without_source(value, (*path, str(index)), has_source)
    elif not has_source and (isinstance(node, (int, float)) and not isinstance(node, bool)
                             or isinstance(node, str) and re.match(r"\d", node)):
        yield ".".join(path), node


@claim
def the_dutch_scenario_has_90_units_for_both_sexes_and_a_source_for_every_number():
    with open(f"{ROOT}/configs/data/institutions.csv", newline="", encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    with open(NETHERLANDS, encoding="utf-8") as file:
        scenario = yaml.safe_load(file)
    written = [unit for name, house in scenario["institutions"].items() if name != "csv"
               for unit in house.get("units", {}).values()]
    holds(len(units) + len(written) >= 90, f"{len(units)} and {len(written)} units")
    for sex in ("man", "woman"):
        holds(sum(int(unit["places"]) for unit in units if unit["sex"] == sex) >= 500, f"places for {sex}")
    for unit in units:
        holds(unit["source"] and unit["confidence"], f"no source: {unit['institution']} {unit['regime']}")
    free = ("period.", "run.")  # the question, not the world; so is what happens for certain
    same([found for found in numbers_without_source(scenario)
          if not found[0].startswith(free) and not (".next." in found[0] and found[1] == 1)], [])


@claim
def a_summary_has_each_year_and_all():
    run(TINY, "--replications", 3, "--out", "r")
    header, *rows = rows_of("r/summary.csv")
    same(header, ["year", *HEADER])
    years = [*(str(year) for year in range(2027, 2036)), "all"]
    kinds = [(row[1], row[2]) for row in rows if row[0] == "all"]
    same([tuple(row[:3]) for row in rows], [(year, *kind) for year in years for kind in kinds])
    for number, row in enumerate(rows, 2):
        same(len(row), len(header), f"line {number}")
        if row[1] == "shortage_first_day":  # there is none
            same(row[3:], [""] * 9)
        else:
            check_numbers(row[1:], f"summary.csv:{number}")
    mean = {tuple(row[:3]): float(row[3]) for row in rows if row[3]}
    for indicator in ("arrivals", "placements", "waits_ended"):
        group = "status.patient"
        parts = sum(mean[year, indicator, group] for year in years[:-1])
        holds(abs(mean["all", indicator, group] - parts) < 0.01, f"{indicator}: the years add up to all")


@claim
def the_counts_of_a_day_and_of_a_year_are_those_of_the_events():
    for r in range(2):  # one replication each: its mean is its number
        run(TIES, "--replications", 1, "--seed", r, "--events", 0, "--out", "r")
        start = datetime.date(2026, 3, 2)
        events = collections.Counter()
        unit_of = collections.defaultdict(str)
        for minute, stream, date, point, event, status, unit in rows_of("r/events.csv")[1:]:
            day = (start + datetime.timedelta(days=int(minute) // 1440)).isoformat()
            # Who was there at the start is put in his place; he did not arrive, nor was he placed.
            at_start = int(minute) == 0 and "/" in stream and event in ("arrived", "placed")
            # Who may stay where he is gets a place of his own, but no other one.
            stays = event == "placed" and unit == unit_of[stream, date, point]
            unit_of[stream, date, point] = unit
            if not at_start and not stays:
                events[day, event, "total"] += 1
                events["2026", event, f"status.{status}"] += 1
        of = {"arrivals": "arrived", "placements": "placed", "refused": "refused", "released": "released",
              "called": "called", "no_show": "no_show", "sent_home": "sent_home"}
        compared = collections.Counter()
        by_status = [row for row in rows_of("r/summary.csv") if row[0] == "2026" and row[2] != "total"]
        for date, indicator, group, mean, *_ in rows_of("r/series.csv")[1:] + by_status:
            if indicator in of:
                same(float(mean), float(events[date, of[indicator], group]), f"{date} {indicator} {group}")
                compared[indicator] += float(mean) > 0
        for indicator in of:
            holds(compared[indicator] > 0, f"some {indicator}")


@claim
def need_and_shortage_are_those_of_the_events():
    """Counted again from who went where, for two groups of places of the scenario with every rung of the ladder."""
    run(ROOT / "tests/scenarios/reference/ladders.yaml", "--replications", 1, "--events", 0, "--out", "r", "--set",
        "output.stand_in=[[remand], [other]]")
    places = {"remand": 17, "other": 4}
    where, rows, counted, seen = {}, rows_of("r/events.csv")[1:], {}, collections.Counter()
    start = datetime.date(2026, 1, 1)
    for day in range(365):
        while rows and int(rows[0][0]) < (day + 1) * 1440:
            _, stream, date, point, event, _, unit = rows.pop(0)
            gone = event in ("released", "refused")
            where[stream, date, point] = None if gone else "home" if event == "sent_home" else unit
        now = collections.Counter(where.values())
        need = {"other": now["elsewhere"], "remand": now["house_a"] + now["house_b"] + now["cell"] + now["home"]}
        short = {group: max(0, need[group] - places[group]) for group in need}
        date = (start + datetime.timedelta(days=day)).isoformat()
        counted |= {(date, "cell", "total"): now["cell"], (date, "at_home", "total"): now["home"],
                    (date, "need", "total"): sum(need.values()), (date, "shortage", "total"): sum(short.values())}
        for group in need:
            counted |= {(date, "need", f"stand_in.{group}"): need[group],
                        (date, "shortage", f"stand_in.{group}"): short[group]}
    found = {tuple(row[:3]): float(row[3]) for row in rows_of("r/series.csv")[1:]}
    for place, value in counted.items():
        same(found[place], float(value), " ".join(place))
        seen[place[1:]] += value > 0
    for indicator, days in (("cell", 200), ("at_home", 100), ("shortage", 100)):
        holds(seen[indicator, "total"] > days, f"{indicator} on {seen[indicator, 'total']} days")


@claim
def the_manifest_runs_again_to_the_same_bytes():
    run(TIES, "--replications", 3, "--seed", 9, "--out", "a", "--set", "flows.remand.per_day=100")
    manifest = manifest_of("a")
    same((manifest["replications"], manifest["seed"], "celsim " + manifest["celsim"] + "\n"),
         (3, 9, call("--version").stdout))
    text = pathlib.Path("a/run.yaml").read_text().split("scenario:\n")[1]
    pathlib.Path("again.yaml").write_text(re.sub("^  ", "", text, flags=re.M))
    run("again.yaml", "--replications", 3, "--seed", 9, "--out", "b")
    same_result("a", "b", "the digest too")
    # As another program writes it: other order of lines within a value, quotes and braces.
    with open("dumped.yaml", "w") as file:
        yaml.safe_dump(manifest["scenario"], file, sort_keys=False)
    run("dumped.yaml", "--replications", 3, "--seed", 9, "--out", "c")
    same(without_scenario("a"), without_scenario("c"))
    timing = yaml.safe_load(open("a/timing.yaml"))
    same(timing["command"][1:], ["run", str(TIES), "--replications", "3", "--seed", "9", "--out", "a",
                                 "--set", "flows.remand.per_day=100", "--quiet"])


@claim
def other_scenarios_have_other_digests():
    digests = set()
    for words in ([], ["--set", "flows.patients.per_day=9"], ["--set", "title=Two"]):
        run(TINY, "--replications", 1, "--out", "r", *words)
        digests.add(manifest_of("r")["digest"])
    same(len(digests), 3)
    run(TINY, "--replications", 1, "--seed", 2, "--out", "r")
    holds(manifest_of("r")["digest"] in digests, "the seed of the command line is no part of it")


@claim
def nobody_is_lost():
    right = list(filter(loads, SCENARIOS))
    holds(len(right) >= 2, "some scenarios load")
    for scenario in right:
        run(scenario, "--replications", 2, "--out", "r")
        checks = manifest_of("r")["checks"]
        came = checks["start"] + checks["arrivals"]
        same(came, sum(checks[name] for name in ("held", "cell", "outside", "left")), scenario.name)
        same(checks["person_minutes_counted"], checks["person_minutes_of_stays"], scenario.name)
        holds(came > 0, f"{scenario.name}: somebody came")


@claim
def more_arrivals_leave_those_who_came_anyway_alone():
    pathlib.Path("s.yaml").write_text(NO_LIMITS)
    people = []
    for per_day in (20, 27.5, 90):
        run("s.yaml", "--events", 0, "--replications", 1, "--out", "r", "--set", f"flows.town.per_day={per_day}")
        histories = collections.defaultdict(list)
        for row in rows_of("r/events.csv")[1:]:
            # That he waited for no minute is told only when others sought a place in that minute too.
            if row[4] != "waits":
                histories[tuple(row[1:4])].append((row[0], *row[4:]))
        people.append(histories)
    for few, many in zip(people, people[1:]):
        holds(1500 < len(few) < len(many), "there are more")
        for who, history in few.items():
            same(many[who], history, f"{who} has another history")


# -- merge ------------------------------------------------------------------------------------------


@claim
def parts_that_do_not_fit_are_refused():
    for name, words in {"a": ["0..1"], "b": ["2..4"], "c": ["5..6"], "wide": ["1..5"],
                        "seed": ["2..4", "--seed", 5], "other": ["2..4", "--set", "flows.remand.per_day=99"],
                        "b_again": ["2..4"]}.items():
        run(TIES, "--replications", *words, "--out", name)
    digest = {name: manifest_of(name)["digest"] for name in ("a", "other")}
    for parts, message in {
        ("a", "c"): "c/part.nc: replications 2..4 are missing before it\n",
        ("b", "c"): "b/part.nc: replications 0..1 are missing before it\n",
        ("a", "b", "b"): "b/part.nc: replications 2..4 are in another part as well\n",
        ("b_again", "a", "b"): "b/part.nc: replications 2..4 are in another part as well\n",
        ("a", "wide"): "wide/part.nc: replications 1..1 are in another part as well\n",
        ("a", "wide", "b"): "wide/part.nc: replications 1..1 are in another part as well\n"
                            "b/part.nc: replications 2..4 are in another part as well\n",
        ("a", "seed"): "seed/part.nc: has seed 5, but a/part.nc has 11\n",
        ("a", "other"): f"other/part.nc: is of another scenario than a/part.nc (digest {digest['other']}, "
                        f"not {digest['a']}): flows.remand.per_day is 99, not 120\n",
    }.items():
        fails(["merge", "--out", "m", *parts], 1, message)
    holds(not os.path.exists("m") and not os.path.exists("m.part"), "nothing is left")


@claim
def without_the_netcdf_library_only_parts_fail():
    run(TINY, "--replications", "0..1", "--out", "part")
    names = set(re.findall(rb"libnetcdf\.so[.0-9]*", pathlib.Path(builds[0]).read_bytes()))
    same(len(names), 1, names)
    library = pathlib.Path(names.pop().decode())
    library.write_text("no library")  # found first, and it cannot be loaded
    without = {**os.environ, "LD_LIBRARY_PATH": os.getcwd()}
    for words, part in (
        (("run", TINY, "--replications", "0..1", "--quiet", "--out", "r"), "r.part/part.nc"),
        (("merge", "--quiet", "--out", "m", "part"), "part/part.nc"),
    ):
        fails(words, 3, f"{part}: parts need the netCDF library: {library.resolve()}: file too short\n", env=without)
    same(sorted(os.listdir(".")), [library.name, "part"], "nothing is left")
    run(TINY, "--replications", 2, "--out", "r", env=without)
    run(TINY, "--replications", 2, "--out", "with")
    same_result("r", "with")


@claim
def what_is_no_part_is_refused():
    run(TINY, "--replications", 2, "--out", "whole")
    fails(["merge", "--out", "m", "whole"], 1,
          "whole: holds no part.nc; celsim run --replications A..B writes the parts of a run\n")
    run(TINY, "--replications", "0..1", "--out", "a")
    part = pathlib.Path("a/part.nc").read_bytes()
    flipped = bytearray(part)
    flipped[len(part) // 2] ^= 1
    for data in (part[:-1], part[:len(part) // 2], part[:10], b"", bytes(flipped), TINY.read_bytes()):
        pathlib.Path("cut.nc").write_bytes(data)
        fails(["merge", "--out", "m", "cut.nc"], 3,
              "cut.nc: is not a part of a run, or was cut short or damaged\n")
    same(sorted(os.listdir(".")), ["a", "cut.nc", "whole"])


@claim
def merge_may_write_over_one_of_its_parts():
    run(TINY, "--replications", 4, "--out", "whole")
    run(TINY, "--replications", "0..1", "--out", "a")
    run(TINY, "--replications", "2..3", "--out", "b")
    same(call("merge", "--quiet", "--out", "a", "a", "b").returncode, 0)
    same_result("whole", "a")


# -- parts of a scenario that reads files -----------------------------------------------------------

UNITS = "institution,label,region,regime,sex,places,for_two,out_of_use,why\nNorth,PI North,Noord,ward,man,9,,0,\n"


def parts_elsewhere(scenario, cuts, *words):
    """Runs the scenario whole and in parts that end before the cuts, takes the parts to another folder, removes what the
    scenario read, and merges there: the same bytes as the whole run."""
    home, starts = os.getcwd(), [0, *cuts[:-1]]
    run(scenario, "--replications", cuts[-1], *words, "--out", "whole")
    os.makedirs("elsewhere/in")
    for first, end in zip(starts, cuts):
        run(scenario, "--replications", f"{first}..{end - 1}", *words, "--out", f"elsewhere/in/{first}")
    os.rename("data", "gone")
    os.chdir("elsewhere")
    done = call("merge", "--quiet", "--out", "m", *(f"in/{first}" for first in starts))
    same((done.returncode, done.stderr), (0, ""))
    os.chdir(home)
    os.rename("gone", "data")
    same_result("whole", "elsewhere/m")
    shutil.rmtree("elsewhere")


def dutch_files():
    shutil.copy(NETHERLANDS, "nl.yaml")
    shutil.copytree(ROOT / "configs/data", "data")


@claim
def parts_are_merged_far_from_the_files_that_they_read():
    dutch_files()
    short = ["--set", "period.end=2027-12-31"]
    uncertain = ["--set", "uncertainty={per_draw: 2, inputs: {flows.remand.per_year: {scale: {pert: {low: 0.9, "
                 "likely: 1, high: 1.1}}}}}"]
    parts_elsewhere("nl.yaml", [1, 4], *short)
    parts_elsewhere("nl.yaml", [1, 4], *short, *uncertain)


@claim
def parts_that_read_files_may_be_cut_within_a_draw():
    os.mkdir("data")
    text = UNCERTAIN.read_text().replace("units: {ward_a", "institutions: {csv: data/units.csv}\nunits: {ward_a")
    pathlib.Path("units.yaml").write_text(text)
    pathlib.Path("data/units.csv").write_text(UNITS)
    for cut in (7, 13):
        parts_elsewhere("units.yaml", [cut, 20], "--set", "uncertainty.per_draw=10")


@claim
def a_file_that_was_changed_makes_another_scenario():
    dutch_files()
    words = ["nl.yaml", "--set", "period.end=2026-12-31", "--replications"]
    run(*words, "0..0", "--out", "a")
    file = pathlib.Path("data/institutions.csv")
    before = file.read_bytes()
    file.write_bytes(before.replace(b"\n", b"\r\n"))  # to the byte
    run(*words, "1..1", "--out", "b")
    digest = {name: manifest_of(name)["digest"] for name in "ab"}
    fails(["merge", "--out", "m", "a", "b"], 1,
          f"b/part.nc: is of another scenario than a/part.nc (digest {digest['b']}, not {digest['a']}): the contents of "
          "data/institutions.csv differ\n")
    file.write_bytes(before)
    run(*words, "1..1", "--out", "b")
    same(call("merge", "--quiet", "--out", "m", "a", "b").returncode, 0)


@claim
def a_scenario_is_run_again_from_its_manifest():
    """Beside the same file it gives the same bytes; beside another, or none, an error that says where."""
    dutch_files()
    run("nl.yaml", "--set", "period.end=2026-12-31", "--replications", 1, "--out", "r")
    (listed,) = manifest_of("r")["scenario"]["files"]
    same((listed["name"], sorted(listed)), ("data/institutions.csv", ["digest", "name"]))
    _, text = pathlib.Path("r/run.yaml").read_text(encoding="utf-8").split("\nscenario:\n")
    lines = [line[2:] for line in text.splitlines()]
    pathlib.Path("again.yaml").write_text("\n".join(lines), encoding="utf-8")
    run("again.yaml", "--replications", 1, "--out", "again")
    same_result("r", "again")
    with open("data/institutions.csv", "a", encoding="utf-8") as file:
        file.write("\n")
    done = call("run", "again.yaml", "--out", "m")
    row = next(i for i, line in enumerate(lines, 1) if listed["digest"] in line)
    message = (rf"again\.yaml:{row}:13: data/institutions\.csv is another file than is stated here: its digest is "
               rf"[0-9a-f]{{32}}, not {listed['digest']}; put the file back, or take the digest out\n")
    holds(done.returncode == 1 and re.match(message, done.stderr), done.stderr)
    os.remove("data/institutions.csv")
    row = lines.index("  csv: data/institutions.csv") + 1
    message = f"again.yaml:{row}:8: csv names 'data/institutions.csv', which cannot be read: No such file or directory\n"
    done = call("run", "again.yaml", "--out", "m")
    holds(done.returncode == 1 and done.stderr.startswith(message), done.stderr)


# -- uncertain inputs --------------------------------------------------------------------------------


def inputs_of(folder):
    """{draw: {path: (unit, text)}} of inputs.csv."""
    header, *rows = rows_of(f"{folder}/inputs.csv")
    same(header, ["draw", "path", "unit", "value"])
    drawn = {}
    for draw, path, unit, value in rows:
        drawn.setdefault(int(draw), {})[path] = (unit, value)
    return drawn


def without(rows, *columns):
    return [[cell for i, cell in enumerate(row) if i not in columns] for row in rows]


@claim
def threads_and_parts_do_not_change_a_byte_of_uncertain_inputs():
    words = [UNCERTAIN, "--set", "uncertainty.per_draw=10", "--replications"]
    run(*words, 20, "--threads", 1, "--events", 13, "--out", "whole")
    events = contents("whole")["events.csv"]
    for threads in "23":
        run(*words, 20, "--threads", threads, "--events", 13, "--out", threads)
        same_result("whole", threads, f"{threads} threads")
    run(*words, "0..19", "--events", 13, "--out", "part")
    holds(contents("part")["events.csv"] == events, "a part has the same history")
    os.remove("whole/events.csv")
    for first in (7, 13):
        run(*words, f"0..{first - 1}", "--out", "a")
        run(*words, f"{first}..19", "--out", "b")
        same(sorted(contents("a")), ["inputs.csv", "part.nc", "run.yaml"])
        same(sorted(inputs_of("a")), [0] if first == 7 else [0, 1], "draws of the part")
        for order in (["a", "b"], ["b", "a"]):
            same(call("merge", "--quiet", "--out", "m", *order).returncode, 0)
            same_result("whole", "m", f"parts of {first} and {20 - first}")
    manifest = manifest_of("m")
    same((manifest["per_draw"], manifest["inputs"]), (10, list(inputs_of("m")[0])))


@claim
def a_draw_of_the_inputs_is_a_set_and_the_split_of_its_sd_is_pythons():
    """Replication r alone is what a run of r + 1 has more than one of r, all with the values of its draw
    set by hand. From these the three deviations of a day's and a year's number are worked out again."""
    per_draw, draws = 4, 3
    base = [UNCERTAIN, "--set", f"uncertainty.per_draw={per_draw}", "--set", "period.end=2026-06-30",
            "--set", "run.replications=12"]
    run(*base, "--out", "whole")
    drawn = inputs_of("whole")
    units = {"factor", "number", "count", "minutes"}
    same({unit for values in drawn.values() for unit, _ in values.values()}, units, "all kinds are tried")
    rows = {tuple(row[:3]): row[3:] for name in ("series", "summary") for row in rows_of(f"whole/{name}.csv")[1:]}
    asked = [("2026-02-01", "present", "total"), ("2026-05-17", "present", "status.remand"),
             ("all", "entries", "status.sentenced"), ("2026", "wait_ended", "status.remand")]
    asked = [key for key in asked if key in rows]
    holds(len(asked) >= 3, f"{len(asked)} are there")

    def sums(draw, count):
        """Sums over the replications 0 .. count - 1 with the values of the draw, by what is asked."""
        if count == 0:
            return [0] * len(asked)
        sets = []
        for path, (unit, value) in drawn[draw].items():
            words = value + " minutes" if unit == "minutes" else value
            if unit == "factor":
                sets += scaled[path](float(value))
            else:
                sets += ["--set", f"{path}={words}"]
        run(*base, *sets, "--set", "uncertainty=remove", "--replications", count, "--out", "set")
        mean = {tuple(row[:3]): float(row[3]) for name in ("series", "summary")
                for row in rows_of(f"set/{name}.csv")[1:] if row[3]}
        return [round(mean[key] * count) for key in asked]

    scaled = {
        "flows.remand.per_year": lambda f: ["--set", f"flows.remand.per_year.2026={500 * f:.9f}",
                                            "--set", f"flows.remand.per_year.2027={540 * f:.9f}"],
        "statuses.remand.stay": lambda f: ["--set", f"statuses.remand.stay.man.scale={f:.9f}",
                                           "--set", f"statuses.remand.stay.woman.scale={f:.9f}"],
        "statuses.sentenced.stay": lambda f: ["--set", f"statuses.sentenced.stay.scale={f:.9f}"],
        "units.ward_b.places": lambda f: ["--set", f"units.ward_b.places={int(12 * f + 0.5)}"],
    }
    value = []  # [replication][what is asked]
    for draw in range(draws):
        up_to = [sums(draw, count) for count in range(draw * per_draw, (draw + 1) * per_draw + 1)]
        value += [[b - a for a, b in zip(low, high)] for low, high in zip(up_to, up_to[1:])]
    for key, of in zip(asked, zip(*value)):
        groups = [of[g * per_draw:(g + 1) * per_draw] for g in range(draws)]
        within = statistics.mean(map(statistics.variance, map(lambda g: list(map(Fraction, g)), groups)))
        between = statistics.variance([Fraction(sum(group), per_draw) for group in groups])
        wanted = [statistics.mean(of), statistics.stdev(of), math.sqrt(within),
                  math.sqrt(max(0, between - within / per_draw))]
        got = [float(cell) for cell in rows[key][:4]]
        holds(all(abs(a - b) <= 0.00051 for a, b in zip(got, wanted)), f"{key}: {got}, not {wanted}")


@claim
def without_chance_all_deviation_is_of_the_inputs():
    """100 or 140 people who stay: with k draws of 140 in ten, the means have variance 1600 k (10 - k) / 90,
    and within a draw nothing differs."""
    pathlib.Path("still.yaml").write_text(STILL)
    run("still.yaml", "--out", "out")
    many = sum(values["start.present.old.persons"] == ("count", "140") for values in inputs_of("out").values())
    holds(0 < many < 10, f"{many} draws of 140")
    for row in rows_of("out/series.csv")[1:]:
        if row[1:3] == ["present", "total"]:
            between, over = 1600 * many * (10 - many) / 90, 1600 * 2 * many * (20 - 2 * many) / 380
            same(row[3:7], [f"{100 + 4 * many:.3f}", f"{math.sqrt(over):.3f}", "0.000", f"{math.sqrt(between):.3f}"])
    run("still.yaml", "--replications", 2, "--out", "one")
    rows = rows_of("one/series.csv")
    same({tuple(row[5:7]) for row in rows[1:] if row[1] == "present"}, {("0.000", "")}, "one draw tells no sd_inputs")
    run("still.yaml", "--set", "uncertainty.per_draw=1", "--out", "single")
    rows = rows_of("single/series.csv")[1:] + rows_of("single/summary.csv")[1:]
    same({tuple(row[5:7]) for row in rows}, {("", "")}, "one replication a draw tells neither")
    same(len(inputs_of("single")), 20)


@claim
def inputs_that_are_certain_change_nothing_else():
    certain = ["--set", "uncertainty={per_draw: 10, inputs: {flows.remand.per_year: {scale: 1}, "
               "flows.sentenced.per_day: {scale: {uniform: {from: 1, to: 1}}}, statuses.remand.stay: "
               "{scale: {fixed: 1}}, statuses.sentenced.stay: {scale: 1}, units.ward_b.places: 12, "
               "statuses.remand.waits.limit: 10 days, statuses.remand.next.sentenced: {uniform: {from: 0.3, to: 0.3}}}}"]
    run(UNCERTAIN, *certain, "--out", "certain")
    run(UNCERTAIN, "--set", "uncertainty=remove", "--out", "plain")
    holds("inputs.csv" in contents("certain") and "inputs.csv" not in contents("plain"), "inputs.csv")
    for name in ("series.csv", "summary.csv"):
        rows, plain = rows_of(f"certain/{name}"), rows_of(f"plain/{name}")
        same(without(rows, 5, 6), without(plain, 5, 6), name)
        same({tuple(row[5:7]) for row in plain[1:]}, {("", "")}, "empty without uncertainty")
        holds(any(row[5] for row in rows[1:]), "sd_chance is there")


@claim
def numpy_repeats_the_draws_of_the_inputs():
    def number(text):
        return int(np.random.SeedSequence(list(text.encode())).generate_state(1, np.uint64)[0])

    def uniform(seed, draw, path):
        key = np.random.SeedSequence(seed, spawn_key=(draw, number(path)))
        high, low = map(int, key.generate_state(2, np.uint64))
        generator = np.random.PCG64DXSM()
        generator.state = {**generator.state, "state": {"state": high << 64 | low, "inc": 1}}
        return ((int(generator.random_raw()) >> 12) + 0.5) * 2**-52

    run(UNCERTAIN, "--seed", 2**40 + 3, "--out", "out")
    sigma = math.sqrt(math.log(1 + 0.1**2))
    for draw, values in inputs_of("out").items():
        u = {path: uniform(2**40 + 3, draw, path) for path in values}

        def drawn(path, low, high, scale):
            return math.floor((low + u[path] * (high - low)) * scale + 0.5)

        same(values["flows.sentenced.per_day"], ("number", f"{drawn('flows.sentenced.per_day', 0.2, 0.5, 1e9) / 1e9:.9f}"))
        same(values["units.ward_b.places"], ("factor", f"{drawn('units.ward_b.places', 0.5, 1, 1e9) / 1e9:.9f}"))
        limit = "statuses.remand.waits.limit"
        same(values[limit], ("minutes", str(drawn(limit, 4 * 1440, 12 * 1440, 1))))
        persons = "start.present.remand.persons"
        v = u[persons]
        same(values[persons], ("count", str(math.floor((20 + 10 * v if v < 0.5 else 25 + 6 * (v - 0.5)) + 0.5))))
        factor = math.exp(-sigma**2 / 2 + sigma * statistics.NormalDist().inv_cdf(u["statuses.remand.stay"]))
        holds(abs(float(values["statuses.remand.stay"][1]) / factor - 1) < 1e-6, f"{values}, not {factor}")
    same(sorted(inputs_of("out")), list(range(10)))
    run(UNCERTAIN, "--seed", 2**40 + 3, "--replications", "7..12", "--out", "part")
    same(inputs_of("part"), {g: inputs_of("out")[g] for g in (3, 4, 5, 6)}, "a part has its draws")


@claim
def what_cannot_be_drawn_is_told():
    fails(["run", UNCERTAIN, "--replications", 19], 1,
          "--replications: 19 is no multiple of per_draw, 2; a part, A..B, need not be one\n")
    run(UNCERTAIN, "--replications", "0..12", "--out", "a")
    fails(["merge", "--out", "m", "a"], 1,
          "a/part.nc: ends within a draw of the inputs: 13 replications are no multiple of per_draw, 2\n")
    # each alone leaves room for the other as stated, 0.3 and 0.3; in some draws both are too large
    shares = ["--set", "statuses.remand.next={remand: 0.3, sentenced: 0.3, release: rest}", "--set",
              "uncertainty.inputs={statuses.remand.next.remand: {uniform: {from: 0.2, to: 0.65}}, "
              "statuses.remand.next.sentenced: {uniform: {from: 0.2, to: 0.65}}}"]
    for command in ("run", "check"):
        done = call(command, UNCERTAIN, *shares)
        same((done.returncode, done.stdout), (1, ""))
        holds(re.fullmatch(r"--set:1:20: draw \d+ of the inputs makes no sound scenario: the shares of next add up "
                           r"to 1\d+/1000000000; they must add up to 1 with the rest \(statuses.remand.next.remand 0\.\d+, "
                           r"statuses.remand.next.sentenced 0\.\d+\)\n", done.stderr), done.stderr)
    same(sorted(os.listdir(".")), ["a"], "nothing is left")
    done = call("check", UNCERTAIN)
    same((done.returncode, done.stderr), (0, ""))
    holds("Uncertain inputs, 2 replications of each draw" in done.stdout, done.stdout)


@claim
def a_file_that_changes_during_a_run_of_uncertain_inputs_changes_nothing():
    """The plan of each draw is read again, but not the CSV file of its units."""
    text = UNCERTAIN.read_text().replace("units: {ward_a", "institutions: {csv: units.csv}\nunits: {ward_a")
    pathlib.Path("units.yaml").write_text(text.replace("per_draw: 2", "per_draw: 1"))
    pathlib.Path("units.csv").write_text(UNITS)
    words = ["run", "units.yaml", "--replications", "500", "--threads", "1", "--quiet"]
    process = subprocess.Popen([builds[0], *words, "--out", "out"], stderr=subprocess.PIPE, text=True)
    while not os.path.exists("out.part"):  # all draws were tried before
        holds(process.poll() is None, process.poll() is not None and process.stderr.read())
        time.sleep(0.001)
    os.remove("units.csv")
    holds(process.poll() is None, "it was removed during the run")
    same((process.communicate()[1], process.returncode), ("", 0))
    pathlib.Path("units.csv").write_text(UNITS)
    same(call(*words, "--out", "undisturbed").returncode, 0)
    same_result("out", "undisturbed")


# -- fields and check -------------------------------------------------------------------------------


@claim
def fields_prints_the_reference():
    done = call("fields")
    same((done.returncode, done.stderr), (0, ""))
    for key in ("period", "replications", "per_day", "at_limit", "fill_to", "out_of_category", "lognormal", "warm_up"):
        holds(f"| `{key}` |" in done.stdout, f"{key} has a row")
    rows = [line for line in done.stdout.splitlines() if line.startswith("| `")]
    same([row for row in rows if row.count(" | ") != 4], [], "rows of five cells")


@claim
def fields_prints_the_table_of_a_shape():
    done = call("fields", "--table", "statuses.patient.stay", TINY)
    same((done.returncode, done.stderr), (0, ""))
    first, *lines = done.stdout.splitlines()
    same(first, f"shape table {len(lines)}")
    for line in lines:
        for word in line.split():
            holds(re.fullmatch(r"-?0x[01](\.[0-9a-f]+)?p[+-]\d+", word), word)
    other = call("fields", "--table", "statuses.patient.stay", TINY, "--set",
                 "statuses.patient.stay.exponential.mean=2 days")
    holds(other.returncode == 0 and other.stdout != done.stdout, "--set counts")


@claim
def fields_refuses_paths_without_a_shape():
    fails(["fields", "--table", "statuses.patien.stay", TINY], 1,
          f"{TINY}:12:3: statuses has no patien; did you mean 'patient'?\n")
    fails(["fields", "--table", "flows.patients.per_day", TINY], 1,
          f"{TINY}:18:40: flows.patients.per_day is no shape; shapes stand at stay, sentence, back_after, "
          "elapsed, since and slip\n")
    for path in ("", ".", "statuses", "statuses.patient", "statuses.patient.stay.exponential"):
        done = call("fields", "--table", path, TINY)
        same((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), f"--table {path!r}")


@claim
def check_tells_whether_a_scenario_is_right():
    done = call("check", TINY)
    same((done.returncode, done.stderr), (0, ""))
    holds(done.stdout.startswith(f"{TINY}: no errors\n"), done.stdout)
    text = TINY.read_text().replace("places: 10", "places: ten").replace("to: [ward]", "to: [wrad]")
    pathlib.Path("wrong.yaml").write_text(text)
    for command in ("check", "run"):
        done = call(command, "wrong.yaml")
        same((done.returncode, done.stdout), (1, ""))
        places = [re.match(r"wrong\.yaml:(\d+):(\d+): ", line) for line in done.stderr.splitlines()]
        same([place and place.groups() for place in places], [("9", "34"), ("21", "19")], done.stderr)
    same(os.listdir("."), ["wrong.yaml"])


# -- a terminal -------------------------------------------------------------------------------------


def on_a_terminal(words, interrupt=False):
    """What appears on a terminal at stderr; exit code and stdout, which is a pipe."""
    ours, theirs = pty.openpty()
    if interrupt:
        process = start_long_run("r", stderr=theirs)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
    else:
        process = subprocess.Popen([builds[0], *map(str, words)], stdout=subprocess.PIPE, stderr=theirs, text=True)
    shown = b""
    while process.poll() is None or select.select([ours], [], [], 0.05)[0]:
        if select.select([ours], [], [], 0.05)[0]:
            shown += os.read(ours, 65536)
    out = process.stdout.read()
    os.close(ours)
    os.close(theirs)
    return shown.decode(), process.returncode, out


def screen(shown):
    """The lines that are left when the bar was written over."""
    lines = []
    for line in shown.replace("\r\n", "\n").split("\n"):
        cells = ""
        for part in line.split("\r"):
            cells = part + cells[len(part):]
        lines.append(cells.rstrip())
    return [line for line in lines if line]


@claim
def a_terminal_shows_a_bar_and_wipes_it():
    shown, code, out = on_a_terminal(["run", TINY, "--replications", 60, "--out", "r"])
    same(code, 0)
    bars = re.findall(r"\[(#*) *\] (\d+) of 60 replications, (\d+) s left", shown)
    holds(bars, repr(shown))
    for full, done, _ in bars:
        same(len(full), 30 * int(done) // 60)
    same(screen(shown), [], "nothing of it stays")
    holds("[" not in out, "nothing of it in the pipe")
    same(on_a_terminal(["run", TINY, "--replications", 60, "--out", "r", "--quiet"]), ("", 0, ""))


@claim
def an_interrupt_wipes_the_bar_first():
    shown, code, _ = on_a_terminal([], interrupt=True)
    holds("of 2000 replications" in shown, repr(shown))
    same((code, screen(shown)), (130, ["interrupted; no result was written"]))


# ---------------------------------------------------------------------------------------------------


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


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
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


if __name__ == "__main__":
    main()
