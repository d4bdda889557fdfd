"""`celsim fields` and `celsim check`."""

import os
import pathlib
import re

from program.claims import TINY, UNCERTAIN, call, claim, fails, holds, same


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
def fields_prints_the_table_of_an_uncertain_input():
    """Of a number as it is, of a duration in minutes, of a factor that which stands at `scale`."""
    def ends(path, *sets):
        done = call("fields", "--table", f"uncertainty.inputs.{path}", UNCERTAIN, *sets)
        same((done.returncode, done.stderr), (0, ""))
        return [float.fromhex(line.split()[1]) for line in done.stdout.splitlines()[1:]]

    same(ends("flows.sentenced.per_day"), [0.2, 0.5])
    same(ends("statuses.remand.waits.limit"), [4 * 1440, 12 * 1440])
    same(ends("units.ward_b.places"), [0.5, 1])
    again = "uncertainty.inputs={flows.remand.weekday.6: {uniform: {from: 1, to: 3}}}"
    same(ends("flows.remand.weekday.6", "--set", again), [1, 3])
    fails(["fields", "--table", "uncertainty.inputs.flows.sentenced", UNCERTAIN], 1,
          f"{UNCERTAIN}:34:5: uncertainty.inputs has no flows; names like it are flows.remand.per_year, "
          "flows.sentenced.per_day\n")


@claim
def fields_refuses_paths_without_a_shape():
    fails(["fields", "--table", "statuses.patien.stay", TINY], 1,
          f"{TINY}:12:3: statuses has no patien; did you mean 'patient'?\n")
    fails(["fields", "--table", "flows.patients.per_day", TINY], 1,
          f"{TINY}:18:40: flows.patients.per_day is no shape; shapes stand at stay, sentence, back_after, "
          "elapsed, since, slip, lag, offence_delay, delay, after (of fails), lasts (of crisis) and in inputs\n")
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
