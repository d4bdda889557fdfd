#!/usr/bin/python3
"""The core of the model a second time, in short plain Python: a check on the program, and an
explanation that runs. It was written from the rules (docs/semantics.md), not from the C: persons
are objects, lists are searched when they are looked at, numpy repeats every draw. Only the quantile
tables of the shapes come from the program (`celsim fields --table`), so that both agree to the minute.
Of uncertain inputs it finds out itself which draw a replication is of, their values in it (which must also be
those of inputs.csv), and the plan with them. The parts stand in scripts/reference/.

usage: reference_model.py [options] SCENARIO              prints the events of one replication
       reference_model.py [options] --compare SCENARIO..  compares with `celsim run --events`;
                                                          exit code 1 when a person differs
options: --celsim PATH       the program; default build/release/celsim
         --replication R     which to print; default 0
         --replications N    how many to compare, from 0; default 2, with uncertain inputs at least 3 draws

Not here: what is counted. Scenarios for it are in tests/scenarios/reference; those in its
folder `differs` show where the two disagree on purpose, each with the rule in its comment.
"""

import argparse
import csv
import gc
import itertools
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from reference.dates import DAY
from reference.scenario import Scenario
from reference.world import World

DRAWS = 3  # of uncertain inputs, at least
HEADER = ["minute", "stream", "day", "point", "event", "status", "unit", "generation"]


def reference_rows(scenario, replication):
    world = World(scenario, replication)
    rows = [(row[0],) + row[3:] for row in world.run()]
    scenario.swaps = Counter(world.swaps)
    return rows


def program_rows(scenario, replication):
    """The events of a replication, run after those before it, and what the inputs are in its draw."""
    with tempfile.TemporaryDirectory() as folder:
        command = [scenario.celsim, "run", scenario.path, "--quiet", "--events", str(replication), "--threads", "1",
                   "--replications", f"0..{replication}", "--out", f"{folder}/out"]
        subprocess.run(command, check=True, timeout=60)
        return events_in(f"{folder}/out"), inputs_in(f"{folder}/out", scenario.draw)


def inputs_in(folder, draw):
    if draw is None:
        return []
    with open(f"{folder}/inputs.csv", newline="", encoding="utf-8") as file:
        return [tuple(row[1:]) for row in csv.reader(file) if row[0] == str(draw)]


def events_in(folder):
    with open(f"{folder}/events.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    if rows[0] not in (HEADER, HEADER[:-1]):
        sys.exit(f"events.csv has other columns: {','.join(rows[0])}")
    return [(int(r[0]), r[1], int(r[2]), int(r[3]), r[4], r[5], r[6], int((r[7:] or ["0"])[0])) for r in rows[1:]]


def by_person(rows):
    """Each person's rows in order. To wait no minute is not to wait: who gets a place in the minute in
    which he lines up has no row `waits`, whether or not he stood on a list within that minute."""
    persons = {}
    for row in rows:
        history = persons.setdefault(row[1:4] + row[7:], [])
        if history and row[4] == "placed" and history[-1][:2] == (row[0], "waits"):
            history.pop()
        history.append((row[0], *row[4:7]))
    return persons


def say(rows, i):
    if i >= len(rows):
        return "nothing more"
    minute, event, status, unit = rows[i]
    return f"minute {minute} (day {minute // DAY}): {event}, status {status}, {unit or 'outside'}"


def compare(scenario, replication):
    name = f"{scenario.path}, replication {replication}"
    try:
        theirs, inputs = program_rows(scenario, replication)
    except subprocess.SubprocessError as error:
        print(f"{name}: the program failed: {error}")
        return False
    if not have_same_inputs(name, inputs, scenario.inputs):
        return False
    return say_where(name, theirs, reference_rows(scenario, replication), scenario.swaps)


def have_same_inputs(name, theirs, ours):
    for one, other in itertools.zip_longest(theirs, ours):
        if one != other:
            print(f"{name}: an uncertain input is {one} in the program, {other} in the reference")
            return False
    return True


def say_where(name, theirs, ours, swapped=None):
    """True when every person has the same history; else says where the first ones part."""
    ours, theirs, parted = by_person(ours), by_person(theirs), []
    for who in ours.keys() | theirs.keys():
        one, other = ours.get(who, []), theirs.get(who, [])
        if one != other:
            same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other))
            i = sum(1 for _ in same)
            parted.append((min(rows[i][0] for rows in (one, other) if i < len(rows)), who, i))
    if not parted:
        swaps = "".join(f", {times} swaps of {size}" for size, times in sorted((swapped or {}).items()))
        print(f"{name}: the same history for {len(ours)} persons, {sum(map(len, ours.values()))} rows{swaps}")
        return True
    print(f"{name}: {len(parted)} of {len(ours.keys() | theirs.keys())} persons differ; the first:")
    for _, who, i in sorted(parted)[:3]:
        one, other = ours.get(who, []), theirs.get(who, [])
        print(f"  {who[0]}, day {who[1]}, point {who[2]}, return {who[3]}")
        for k in range(max(0, i - 3), i):
            print(f"    both:          {say(one, k)}")
        print(f"    the program:   {say(other, i)}\n    the reference: {say(one, i)}")
    return False


def compare_all(path, arguments):
    """All replications of one scenario. What a world leaves is cleared away between scenarios only: to look for it among
    so many objects all the time takes a third as long as the model itself."""
    gc.disable()
    scenario, results = Scenario(path, arguments.celsim), []
    for replication in range(max(arguments.replications, DRAWS * scenario.per_draw)):
        if not scenario.is_of(replication):
            scenario = Scenario(path, arguments.celsim, replication)
        results.append(compare(scenario, replication))
    del scenario
    gc.collect()
    return all(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="+", type=Path)
    parser.add_argument("--celsim", default="build/release/celsim")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--replication", type=int, default=0)
    parser.add_argument("--replications", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.compare:
        results = [compare_all(path, arguments) for path in arguments.scenario]
        return 0 if all(results) else 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADER)
    scenario = Scenario(arguments.scenario[0], arguments.celsim, arguments.replication)
    writer.writerows(reference_rows(scenario, arguments.replication))
    return 0


if __name__ == "__main__":
    sys.exit(main())
