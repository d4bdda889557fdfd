#!/usr/bin/python3
"""Random small scenarios (random_plan.py) with places for all: nobody waits, so each day's need of the world must be the
need by normal execution, and that by catching up, which are worked out person by person beside the world. And with few
places, valves, transport and all the rest, need by normal execution must be what it is with places for all, where nobody
is there at the start, who might be in another place.

usage: random_demand.py [--seeds A..B] CELSIM       default 1..40; both included
"""

import argparse
import copy
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from random_plan import plan_of
from random_scenarios import text_of

MANY = 3000
NEEDS = ("need", "need_normal", "need_catching_up")
# Of a unit, a regime, a status: what makes people wait, or moves them.
OF_UNIT = ("changes", "out_of_use", "drain", "on_shrink", "for_two", "intake")
OF_REGIME = ("apart", "intake", "two_in_a_cell", "turnover")
AT_LEAST = 1 / 3  # of the scenarios must load


def units_of(plan):
    yield from (plan.get("units") or {}).values()
    for institution in (plan.get("institutions") or {}).values():
        yield from (institution.get("units") or {}).values()


def leave_out(node, keys):
    for key in keys:
        node.pop(key, None)


def has_crises(plan):
    return any("during" in rule for rule in plan["placement"].values())


def ordinary(plan):
    """Without what has another meaning in the walk: lists that begin in an outside regime, a cell or out of category (but
    for those of a crisis), rules by date or by a measure, further titles; and nobody stored at the start."""
    for status in plan["statuses"].values():
        leave_out(status, ["further_titles"])
    for name, rule in list(plan["placement"].items()):
        leave_out(rule, ["near"] if "during" in rule else ["out_of_category", "near"])
        rule["to"] = [one for one in rule["to"] if one not in ("tag", "cells", "cell")]
        if not rule["to"] or "after" in rule or "at" in rule:  # one for a crisis is known there
            del plan["placement"][name]
    plan["start"] = {"present": plan.get("start", {}).get("present") or {}}
    for regime in plan["regimes"].values():
        leave_out(regime, ["apart"])
    for status in plan["statuses"].values():
        waits = status.get("waits") or {}
        if "at_limit" in waits:
            waits["at_limit"] = [rung for rung in waits["at_limit"] if rung != "out_of_category"]
    leave_out(plan, ["returns"])  # who returns follows the world, also by normal execution
    for project in (plan.get("works") or {}).get("projects", {}).values():
        leave_out(project, ["adds", "stays", "converts"])  # units that are not there without works
    measures = plan.get("measures") or {}
    leave_out(measures, ["r", *(name for name, node in measures.items() if node["kind"] in ("convert", "placement"))])
    for measure in measures.values():
        leave_out(measure, ["emergency"])  # of which normal execution knows nothing
    plan["output"] = {"daily": ["total"], "shortages": {"normal": True, "catching_up": "9 days"}}
    if has_crises(plan):  # then each regime is a need of its own: who is in a crisis goes from one to another
        plan["output"]["stand_in"] = [[name] for name in plan["regimes"] if name not in ("tag", "cell")]
    return plan


def with_room_by_measures(measures):
    """Without those that take places away, or call or take in fewer people; of call-up the notice, which holds for all."""
    kept = {name: node for name, node in measures.items()
            if node["kind"] not in ("places", "staffing", "works_budget", "quotas")}
    for node in kept.values():
        if node["kind"] == "call_up":
            leave_out(node, ["fill_to", "at_most"])
    return {name: node for name, node in kept.items() if node["kind"] != "call_up" or "notice" in node}


def with_room(plan):
    plan = copy.deepcopy(plan)
    leave_out(plan, ["valves", "transport", "works", "staff"])
    plan["measures"] = with_room_by_measures(plan.get("measures") or {})
    plan["shocks"] = {name: shock for name, shock in (plan.get("shocks") or {}).items() if "units" not in shock}
    for regime in plan["regimes"].values():
        leave_out(regime, OF_REGIME)
    for unit in units_of(plan):
        leave_out(unit, OF_UNIT)
        if unit.get("places", "unlimited") != "unlimited":
            unit["places"] = MANY
    for status in plan["statuses"].values():
        if "called_up" in status:
            leave_out(status["called_up"], ["at_most"])
            status["called_up"]["fill_to"] = 1
    return plan


def needs(celsim, plan, files, folder):
    """By indicator, (date, group) and mean; None: the scenario does not load."""
    folder = Path(folder)
    for name, text in {**files, "random.yaml": text_of(plan)}.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run([celsim, "run", folder / "random.yaml", "--quiet", "--replications", "2", "--out", folder / "out"],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        if ".yaml:" not in done.stderr and ".csv:" not in done.stderr:
            sys.exit(f"random_demand: {done.stderr}\n{text_of(plan)}")
        return None
    with open(folder / "out/series.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: {(row["date"], row["group"]): row["mean"] for row in rows if row["indicator"] == name} for name in NEEDS}


def without_start(plan):
    """And the same arrivals and groups as with_room: units lost overnight go with the arrests of their shock."""
    plan = {key: value for key, value in plan.items() if key != "start"}
    plan["shocks"] = with_room(plan)["shocks"]
    for regime in plan["regimes"].values():
        leave_out(regime, ["intake"])
    return plan


def other(what, first, second):
    """Where two series differ; "": nowhere."""
    days = [key for key in first if key in second and first[key] != second[key]]
    return f"{what}: {first[days[0]]} and {second[days[0]]} on {days[0]}, {len(days)} such rows" if days else ""


def finding(celsim, seed):
    """What is wrong; "": nothing; None: not loaded."""
    plan, files = plan_of(seed)
    plan = ordinary(plan)
    empty = without_start(copy.deepcopy(plan))
    found = []
    for one in (with_room(plan), with_room(empty), empty):
        with tempfile.TemporaryDirectory() as folder:
            found.append(needs(celsim, one, files, folder))
    if None in found:
        return None
    return (other("need and need_normal", found[0]["need"], found[0]["need_normal"]) or
            other("need and need_catching_up", found[0]["need"], found[0]["need_catching_up"]) or
            other("need_normal with few places and with many", found[2]["need_normal"], found[1]["need_normal"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("celsim")
    parser.add_argument("--seeds", default="1..40")
    arguments = parser.parse_args()
    first, last = map(int, arguments.seeds.split(".."))
    found = {seed: finding(arguments.celsim, seed) for seed in range(first, last + 1)}
    wrong = {seed: text for seed, text in found.items() if text}
    loaded = sum(text is not None for text in found.values())
    for seed, text in wrong.items():
        print(f"seed {seed}: {text}")
    print(f"random demand: {loaded} scenarios with room for all, {len(found) - loaded} refused, {len(wrong)} findings")
    if wrong or loaded < AT_LEAST * len(found):
        sys.exit(1)


if __name__ == "__main__":
    main()
