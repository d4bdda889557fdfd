"""The command line: what is wrong is told, all at once, with exact messages and exit codes; --set."""

import os
import pathlib
import re
import shlex
import subprocess

from program.claims import (
    BROKEN, ROOT, TIES, TINY, builds, call, claim, contents, fails, holds, rows_of, run, same, same_result,
    without_scenario)

NUMBER = "a whole number from 0 to 18446744073709551615"
REPLICATIONS = "a number from 1 to 1000000, or a range A..B that counts from 0"
COMMANDS = {
    "run": ["out", "set", "replications", "seed", "threads", "events", "quiet", "help", "version"],
    "check": ["set", "help", "version"],
    "fields": ["set", "table", "help", "version"],
    "merge": ["out", "quiet", "help", "version"],
    "compare": ["out", "set", "each", "replications", "seed", "threads", "quiet", "help", "version"],
}


@claim
def the_commands_of_the_readme_can_be_typed_as_they_stand():
    """In their order, with the scenarios that stand there under their names; four years, for time."""
    prose, commands = "", []
    for place, text in enumerate((ROOT / "README.md").read_text().split("```")):
        if place % 2 == 0:
            prose = text
        elif text.startswith("yaml\n"):
            pathlib.Path(re.findall(r"`(\w+\.yaml)`", prose)[-1]).write_text(
                text.removeprefix("yaml\n").replace("2035-12-31", "2029-12-31"))
        else:
            commands += [line for line in text.split("\n") if line.startswith("celsim ")]
    holds(len(commands) >= 10, commands)
    once = None
    for command in commands:
        words = shlex.split(command, comments=True)[1:]
        done = call(*words)
        same((done.returncode, done.stderr, "Warning: " in done.stdout), (0, "", False), command)
        if words[0] == "merge":
            same(contents(words[-1]), once, "the same bytes as one run")
        once = contents("results/my") if words[-1] == "results/my" else once
    told = [row[:2] + row[3:4] for row in rows_of("results/compared/compare.csv") if row[:3] == ["all", "usable", "total"]]
    same([row[2] for row in told], ["shocks.flood", "shocks.arrests", "all"], "each shock alone, and together")


@claim
def wrong_values_are_told_with_what_is_wanted():
    wrong = {
        "replications": (REPLICATIONS, ["0", "x", "", "1000001", "-1", "5..", "..5", "5..4", "1.5",
                                        "1e3", "1...3", "0..1000000", "1..2..3", " 1"]),
        "seed": (NUMBER, ["x", "", "-1", "18446744073709551616", "0x1", "1 ", "99999999999999999999"]),
        "threads": ("a number from 1 to 1024", ["0", "1025", "two", "", "-3"]),
        "events": ("the number of a replication; they count from 0", ["x", "", "-1", "1000000"]),
        "out": ("the name of a folder, not . or .. or /", ["", ".", "r/..", "/"]),
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
    fails(["rum"], 2, "rum: is no command of celsim; did you mean run? there are run, check, fields, merge and compare\n")
    fails(["simulate"], 2, "simulate: is no command of celsim; there are run, check, fields, merge and compare\n")
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
    run(TINY, "--replications", 3, "--out", "printed", "--set", "flows.patients.per_day=9.500",
        "--set", "units.ward_a.places=12")
    same_result("file", "printed")  # a program that prints three decimals means no thousands; parts are read again
    for part in ("0..1", "2..2"):
        run(TINY, "--replications", part, "--out", f"part{part}", "--set", "flows.patients.per_day=9.500",
            "--set", "units.ward_a.places=12")
    same(call("merge", "part0..1", "part2..2", "--quiet", "--out", "merged").stderr, "")
    same_result("file", "merged")
    pathlib.Path("thousands.yaml").write_text(text.replace("per_day: 9.5", "per_day: 9.500"))
    fails(["check", "thousands.yaml"], 1, "thousands.yaml:18:40: per_day is 9.500; write 9500 or 9.5, as is meant\n")
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
