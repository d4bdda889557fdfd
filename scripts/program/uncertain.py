"""Uncertain inputs: their draws, and the split of the deviation."""

import math
import os
import pathlib
import re
import statistics
import subprocess
import time
from fractions import Fraction

import numpy as np

from program.claims import (
    UNCERTAIN, UNITS, builds, call, claim, contents, fails, holds, manifest_of, rows_of, run, same, same_result)
from reference.inputs import kind_of

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
    units = {"factor", "number", "count", "minutes", "days"}
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
            words = f"{value} {unit}" if unit in ("minutes", "days") else value
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
        "measures.police.ramp": lambda f: ["--set", f"measures.police.ramp={int(40 * f + 0.5)} days"],
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
        takes = "works.projects.roof.takes.planned"
        same(values[takes], ("days", str(drawn(takes, 20, 100, 1))))
        persons = "start.present.remand.persons"
        v = u[persons]
        same(values[persons], ("count", str(math.floor((20 + 10 * v if v < 0.5 else 25 + 6 * (v - 0.5)) + 0.5))))
        factor = math.exp(-sigma**2 / 2 + sigma * statistics.NormalDist().inv_cdf(u["statuses.remand.stay"]))
        holds(abs(float(values["statuses.remand.stay"][1]) / factor - 1) < 1e-6, f"{values}, not {factor}")
    same(sorted(inputs_of("out")), list(range(10)))
    run(UNCERTAIN, "--seed", 2**40 + 3, "--replications", "7..12", "--out", "part")
    same(inputs_of("part"), {g: inputs_of("out")[g] for g in (3, 4, 5, 6)}, "a part has its draws")


@claim
def only_the_replications_that_are_run_must_be_whole_draws():
    odd = [UNCERTAIN, "--set", "run.replications=19", "--set", "uncertainty.per_draw=5"]
    fails(["run", *odd], 1, "--set:1:18: replications is 19; it must be a multiple of per_draw, 5\n")
    run(*odd, "--replications", 10, "--out", "whole")
    run(*odd, "--replications", "0..6", "--out", "a")
    run(*odd, "--replications", "7..9", "--out", "b")
    same(call("merge", "--quiet", "--out", "m", "a", "b").returncode, 0)
    same_result("whole", "m", "parts of 7 and 3")
    fails(["run", *odd, "--replications", 12], 1,
          "--replications: 12 is no multiple of per_draw, 5; a part, A..B, need not be one\n")


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


@claim
def the_reference_model_knows_each_key_of_whole_things():
    """What the reference cuts to whole persons, places and days is what `celsim fields` says of each key."""
    section, keys = (), {"count": 0, "days": 0}
    for line in call("fields").stdout.splitlines():
        if line.startswith("#"):
            level, names = re.match(r"(#+) ([^,]*)", line).groups()
            section = (*(section[:1] if level == "###" else ()), *names.split("."))
        row = re.match(r"\| `(\w+)` \| (count(?!.*, by regime)|duration, whole days)", line)
        if row and not {"period", "run", "uncertainty"} & set(section):
            kind, text = ("count", "3") if row[2] == "count" else ("days", "3 days")
            same(kind_of((*section, row[1]), text), kind, f"{section} {row[1]}")
            keys[kind] += 1
    holds(keys["count"] > 20 and keys["days"] > 8, keys)
