"""Laws of supply, tested on the scenario of laws.py with works, staff, shocks, cells for two and costs on top.

Where nothing is asked of it nothing changes; what is built adds up; the order of keys, threads and parts change no byte."""

import collections
import datetime
import random
import shutil

from program.claims import call, claim, contents, holds, rows_of, run, same, same_result
from program.laws import FEATURES, SHORT, history, scenario, table

NORMS = {"regimes.house.staff_per_place": "0.5", "regimes.prison.staff_per_place": "0.4", "regimes.prison.staff_per_ward": "1.5",
         "institutions.beta.units.prison.ward": "3"}
RESERVE = {"institutions.beta.units.house.out_of_use": "4", "institutions.beta.units.house.why": "reserve"}
COSTS = {"regimes.house.cost_per_day": "{built: 100, occupied: {2026: 40.5}}", "regimes.low.cost_per_day": "{occupied: 7}"}
PROJECTS = {
    "roof": "{units: [alpha.house], start: {planned: 2026-03-10, slip: {exponential: {mean: 20 days}}}, takes: {planned: 40 days}, "
            "decants_to: {beta.house: 2}, moves_before: 5 days, cost_per_year: 6, one_off: 1000}",
    "wall": "{units: {alpha.prison: 4}, start: {planned: 2026-03-01}, takes: {planned: 20 days, slip: {exponential: {mean: 9 days}}}, "
            "after: [roof], cost_per_year: 6, lost_without: 2026-04-20}",
    "dock": "{adds: {boat: {units: {low: {regime: prison, places: 6, for_two: 2, on_shrink: hold}}}, alpha: {units: {annex: {regime: "
            "house, places: 3}}}}, start: {planned: 2026-05-01}, stays: 150 days, cost_per_year: 3}",
    "ark": "{adds: {boat: {units: {high: {regime: prison, places: 4, tags: [quiet]}}}}, start: {planned: 2026-05-01}, takes: "
           "{planned: 9 days}}",
    "change": "{converts: {open_house: {places: 3, to: {regime: prison}}, shed: {places: 1, to: {regime: low}}}, "
              "start: {planned: 2026-06-01}, takes: {planned: 30 days}}",
    "key": "{opens: {beta.house: 2}, notice: 60 days, places_after: {beta.prison: 5}}"}
SHOCKS = {"fire": "{on: 2026-07-01, units: {alpha.house: 9, boat.low: 3}, lasts: 40 days}",
          "flood": "{on: 2026-09-01, units: [beta.prison]}",
          "riot": "{on: 2026-08-01, persons: 25, flow: arrested, over: 36 hours}",
          "bands": "{on: 2026-08-01, persons: 9, flow: remand, units: {alpha.prison: 2}, lasts: 9 days}"}
STAFF = {"default": "{leave_per_year: 0.5, hire_per_year: 0.1, hire_takes: 2 months}",
         "alpha": "{fte: 14, sick_share: 0.06, agency_fte: 1, covered_share: 0.3}", "beta": "{fte_per_place_at_start: 0.45}",
         "cost_per_fte": "80000", "closes_first": "[low, prison]"}


def words_of(sets):
    return [word for path, text in sets.items() for word in ("--set", f"{path}={text}")]


def mapping(items, more=""):
    return "{" + more + ", ".join(f"{name}: {text}" for name, text in items) + "}"


def supply(order=list):
    """All of it; `order` puts the names of a section in an order."""
    return {**NORMS, **RESERVE, **COSTS, "shocks": mapping(order(SHOCKS.items())), "staff": mapping(order(STAFF.items())),
            "works": "{" + f"budget_per_year: 10, places_out_at_most: 30, projects: {mapping(order(PROJECTS.items()))}" + "}"}


def all_of_it(order=list):
    return [scenario(), *FEATURES, *SHORT, *words_of(supply(order))]


@claim
def where_supply_has_nothing_to_do_nothing_changes():
    norms = words_of(NORMS)
    before = history(scenario(), *norms)
    for name, sets in (("works", {"works": "{projects: {}}"}), ("shocks", {"shocks": "{}"}),
                       ("staff that is always enough", {"staff": "{default: {fte: 1000}}"}),
                       ("works elsewhere", {"works": "{projects: {aaa: {start: {planned: 2027-01-01}, units: [alpha.house]}}}"}),
                       ("what is reckoned", {**COSTS, "costs": "{price_year: 2026}"}),
                       ("all", {"works": "{projects: {}}", "shocks": "{}", "staff": "{default: {agency_fte: 900}}", **COSTS})):
        after = history(scenario(), *norms, *words_of(sets))
        for file in ("events.csv", "series.csv", "summary.csv"):
            if sets.keys() <= {"works", "shocks"} and "elsewhere" not in name or file == "events.csv":
                holds(before[file] == after[file], f"{name}: {file}")
                continue
            old, new = table(before[file]), table(after[file])
            same([key for key in old if old[key] != new.get(key)][:3], [], f"{name}: {file}")
            added = {key[1] for key in new if key not in old}
            holds(all(what in ("built", "unpaired") or what.startswith(("out_", "staff_", "cost", "fte")) for what in added),
                  f"{name}: {file}: {added}")


@claim
def what_is_built_is_usable_or_out_for_a_cause_at_each_midnight_and_month_end():
    rows = table(history(scenario(), *words_of(supply()))["series.csv"])
    indicators = ("usable", *(f"out_{cause}" for cause in ("lost", "works", "damage", "reserve", "staff")), "unpaired")
    seen, groups = dict.fromkeys(indicators, 0), set()
    for (date, what, group), row in rows.items():
        if what != "built":
            continue
        parts = {name: float(rows[date, name, group][0]) for name in indicators}
        same(round(sum(parts.values()), 3), float(row[0]), f"{date}, {group}: {parts}")
        groups.add(group)
        for name, number in parts.items():
            seen[name] += number > 0
    holds(min(seen.values()) > 20, f"how often each is there: {seen}")
    holds({"total", "regime.house", "regime.prison", "regime.low", "institution.alpha", "institution.beta", "institution.boat"}
          <= groups, f"groups: {groups}")


@claim
def costs_are_the_places_and_people_of_the_series_after_the_warm_up():
    """Of house 100 a place built and 40.5 a person, of low 7 a person; all other regimes cost nothing."""
    run(*all_of_it(), "--set", "output.daily_mean=[total, regime]", "--set", "period.warm_up=40 days", "--out", "r")
    sums = collections.Counter()
    for _, indicator, group, mean, *_ in rows_of("r/series.csv")[1:]:
        sums[indicator, group] += float(mean)
    costs = {(year, item, group): float(mean) for year, item, group, mean, *_ in rows_of("r/costs.csv")[1:]}
    wanted = {"built": 100 * sums["built", "regime.house"],
              "occupied": 40.5 * sums["present_mean", "regime.house"] + 7 * sums["present_mean", "regime.low"]}
    for item, euros in wanted.items():
        holds(euros > 100000 and abs(costs["all", item, "total"] - euros) < 1, f"{item}: {costs['all', item, 'total']}, {euros}")
    same(costs["all", "one_off", "total"], 1000.0)
    by_group = collections.Counter()
    for (year, item, group), euros in costs.items():
        if year == "all" and group != "total" and item != "total":
            by_group[item] += euros
    for item, euros in by_group.items():
        holds(abs(euros - costs["all", item, "total"]) <= 3, f"{item}: {euros} by group")


@claim
def the_order_of_keys_changes_no_byte():
    run(*all_of_it(), "--out", "plain")
    plain = contents("plain")
    for seed in range(3):
        def shuffled(items, seed=seed):
            items = list(items)
            random.Random(seed).shuffle(items)
            return items
        shutil.rmtree("other", ignore_errors=True)
        run(*all_of_it(shuffled), "--out", "other")
        other = contents("other")
        same(sorted(other), sorted(plain))
        for name in other:
            if name == "run.yaml":
                continue
            in_order = [sorted(data.splitlines()) if name == "works.csv" else data for data in (plain[name], other[name])]
            holds(in_order[0] == in_order[1], f"order {seed}: {name}")


@claim
def threads_and_parts_are_the_bytes_of_one_run_with_all_of_supply():
    words = [*all_of_it(), "--replications"]
    run(*words, 10, "--threads", 1, "--out", "whole")
    run(*words, 10, "--threads", 2, "--out", "two")
    same_result("whole", "two", "two threads")
    holds({"works.csv", "costs.csv"} <= set(contents("whole")), "with the calendar of works and with costs")
    run(*words, "0..2", "--out", "a")
    run(*words, "3..9", "--threads", 2, "--out", "b")
    for order in (["a", "b"], ["b", "a"]):
        same(call("merge", "--quiet", "--out", "m", *order).returncode, 0)
        same_result("whole", "m", order)


# -- what may be uncertain --------------------------------------------------------------------------

HALF = "{scale: {uniform: {from: 0.5, to: 1.5}}}"
UNCERTAIN = (
    "works.budget_per_year", "works.places_out_at_most", "works.projects.roof.cost_per_year", "works.projects.roof.start.slip",
    "works.projects.wall.takes.slip", "works.projects.wall.units.alpha.prison", "works.projects.key.places_after.beta.prison",
    "works.projects.change.converts.open_house.places", "staff.alpha.fte", "staff.default.leave_per_year",
    "staff.default.hire_per_year", "staff.alpha.sick_share", "staff.alpha.covered_share", "staff.beta.fte_per_place_at_start",
    "staff.cost_per_fte", "staff.alpha.agency_fte", "regimes.house.staff_per_place", "regimes.prison.staff_per_ward",
    "regimes.house.cost_per_day.built", "regimes.house.cost_per_day.occupied", "shocks.riot.persons",
    "shocks.fire.units.alpha.house")


@claim
def numbers_of_supply_may_be_uncertain():
    words = [*all_of_it(), "--replications", 3, "--set", "output.month_end=remove", "--set"]
    for path in UNCERTAIN:
        run(*words, "uncertainty={per_draw: 1, inputs: {" + f"{path}: {HALF}" + "}}", "--out", "r")
        drawn = {row[3] for row in rows_of("r/inputs.csv")[1:] if row[1] == path}
        holds(len(drawn) > 1, f"{path}: {drawn}")
        shutil.rmtree("r")


@claim
def an_uncertain_slip_is_a_value_of_the_draw():
    """Roof starts on the days that inputs.csv says."""
    run(*all_of_it(), "--replications", 20, "--set", "works.projects.roof.start.slip=0 days", "--set", "uncertainty={per_draw: 10, inputs: {works.projects.roof.start.slip: "
        "{uniform: {from: 0 days, to: 60 days}}}}", "--set", "works.budget_per_year=remove", "--set", "works.places_out_at_most=99",
        "--out", "r")
    slips = sorted(int(row[3]) // 1440 for row in rows_of("r/inputs.csv")[1:])
    start = [row for row in rows_of("r/works.csv") if row[:2] == ["roof", "start"]][0]
    days = [(datetime.date(2026, 3, 10) + datetime.timedelta(days=slip)).isoformat() for slip in slips]
    same((start[6], start[10]), (days[0], days[1]), f"p05 and p95 of {slips}: {start}")


@claim
def what_no_draw_of_supply_may_be_is_told_at_load():
    for path, shape, message in (
            ("staff.alpha.sick_share", "{scale: {uniform: {from: 1, to: 20}}}",
             "the greatest factor that can be drawn, 20, is not allowed: sick_share is 1.2; it must lie between 0 and 1; narrow "
             "the shape or give it bounds, at_least and at_most"),):
        done = call("check", *all_of_it(), "--set", "uncertainty={per_draw: 10, inputs: {" + f"{path}: {shape}" + "}}")
        same((done.returncode, done.stderr.partition(": ")[2]), (1, message + "\n"), path)
