"""Laws of measures, on the scenario that has every feature: what touches nobody changes nothing, the order in the file
means nothing, more of a measure touches more people and the same ones."""

import csv
import io
import itertools

from program.claims import ROOT, call, claim, contents, holds, rows_of, run, same, same_result
from program.laws import NOWHERE, history, scenario, table

WORK = "kind: replace_sentence, by: work, starts: 2026-02-01"
FAILS = "fails: {share: 1, after: 9 days, as: arrested}"
TAG = "kind: replace_sentence, in: ankle, starts: 2026-02-01"
MORE = "kind: inflow, starts: 2026-02-01"
LONGER = "kind: sentence_length, starts: 2026-02-01"
SOONER = "kind: hearings, starts: 2026-02-01"
OTHER = "kind: routes, starts: 2026-02-01, from: sentenced, to: release"
TURN = "kind: placement, rule: arrested, before: remand, also: [house]"


def sets(*paths):
    return [word for path in paths for word in ("--set", path)]


@claim
def a_measure_that_touches_nobody_leaves_the_same_bytes():
    before = history(scenario("nowhere.yaml", NOWHERE))
    holds("measures.csv" not in before, "there is no file without measures")
    for measure in (f"{WORK}, share: 0", f"{WORK}, share: 0, {FAILS}", f"{TAG}, share: 0, {FAILS}",
                    f"{WORK}, share: 1, who: {{area: nowhere}}, {FAILS}",
                    f"{TAG}, share: 1, who: {{status: reporter, area: nowhere}}",
                    f"{WORK}, share: 1, who: {{sentence: {{at_most: 0 minutes}}}}",
                    f"{WORK}, share: 0, fails: {{share: 1, after: 9 days, as: sentenced}}, who: {{status: reporter}}",
                    "kind: replace_sentence, by: work, starts: 2030-01-01, share: 1",
                    "kind: replace_sentence, by: work, starts: 2020-01-01, ends: 2025-12-31, share: 1",
                    f"{MORE}, factor: 1", f"{MORE}, factor: 9, who: {{area: nowhere}}",
                    f"{MORE}, factor: 0, who: {{area: nowhere}}", f"{MORE}, factor: 5, who: {{status: ankle}}",
                    "kind: inflow, factor: 0.5, starts: 2029-01-01",
                    f"{WORK}, share: 1, {FAILS}, chance: 0", f"{MORE}, factor: 3, chance: 0",
                    f"{WORK}, share: 1, offence_delay: 9 years", f"{MORE}, factor: 1, lag: 9 days",
                    f"{MORE}, factor: 3, lag: 9 years", f"{MORE}, ends: 2026-03-01, adds: 0, who: {{flow: remand}}",
                    f"{MORE}, ends: 2026-03-01, adds: 90, who: {{flow: remand, area: nowhere}}",
                    f"{MORE}, ends: 2026-03-01, adds: 90, who: {{flow: remand}}, chance: 0",
                    f"{LONGER}, factor: 1", f"{LONGER}, factor: 2, share: 0", f"{LONGER}, factor: 2, chance: 0",
                    f"{LONGER}, factor: 2, who: {{area: nowhere}}", f"{LONGER}, factor: 2, offence_delay: 9 years",
                    f"{LONGER}, minimum: 1 minute", f"{LONGER}, factor: 2, who: {{sentence: {{at_most: 0 minutes}}}}",
                    f"{SOONER}, factor: 1", f"{SOONER}, earlier: 0 days", f"{SOONER}, earlier: 9 days, share: 0",
                    f"{SOONER}, earlier: 9 days, not_before: 90 years", f"{SOONER}, factor: 2, who: {{area: nowhere}}",
                    f"{OTHER}, share: 0", f"{OTHER}, share: 1, who: {{area: nowhere}}", f"{OTHER}, share: 1, chance: 0",
                    f"{OTHER}, share: 1, offence_delay: 9 years",
                    f"{TURN}, starts: 2029-01-01", f"{TURN}, starts: 2026-02-01, chance: 0",
                    f"{SOONER}, factor: 2, chance: 0", "kind: hearings, factor: 2, starts: 2029-01-01"):
        after = history("nowhere.yaml", *sets(f"measures.m={{{measure}}}"))
        for name in ("events.csv", "series.csv", "summary.csv"):
            holds(before[name] == after[name], f"{measure}: other bytes in {name}")
        found = {row[0] for key, row in table(after["measures.csv"]).items() if key[0] != "year"}
        holds(found and all(float(mean) == 0 for mean in found), f"{measure}: {found}")


SEVERAL = {"b": f"{WORK}, share: 0.4, who: {{status: reporter}}, {FAILS}", "a": f"{TAG}, share: 0.5, who: {{sex: man}}",
           "d": f"{MORE}, ramp: 90 days, who: {{area: north}}, factor: 1.5", "c": f"{MORE}, factor: 0.8, chance: 0.5"}
# Those that change lengths, and bills.
FURTHER = {"g": f"{LONGER}, factor: 1.3, offence_delay: {{exponential: {{mean: 60 days}}}}",
           "f": f"{LONGER}, minimum: 25 days, share: 0.6, who: {{sex: man}}", "h": f"{SOONER}, earlier: 5 days",
           "i": f"{OTHER}, share: 0.5, who: {{sex: man}}", "a": f"{OTHER}, share: 0.5, ramp: 90 days",
           "e": f"{SOONER}, factor: 0.7, share: 0.5, chance: 0.5",
           "b": f"{WORK}, share: 0.4, who: {{sentence: {{at_most: 30 days}}}}"}


@claim
def the_order_of_measures_in_the_file_means_nothing():
    wanted = None
    for order in itertools.islice(itertools.permutations(SEVERAL), 0, None, 5):
        text = ", ".join(f"{name}: {{{SEVERAL[name]}}}" for name in order)
        got = history(scenario(), *sets(f"measures={{{text}}}"))
        got = {name: got[name] for name in ("events.csv", "series.csv", "summary.csv", "measures.csv")}
        wanted = wanted or got
        holds(got == wanted, f"in the order {order}")
    indicators = {key[1:] for key in table(wanted["measures.csv"]) if key[0] == "all"}
    same(indicators, {("people", f"measure.{name}") for name in SEVERAL} |
         {(what, f"measure.{name}") for name in "ab" for what in ("failed", "days_saved", "cost")} |
         {("in_force", "measure.c")}, "rows")


@claim
def the_order_of_measures_on_lengths_means_nothing():
    wanted = None
    for order in itertools.islice(itertools.permutations(FURTHER), 0, None, 919):
        text = ", ".join(f"{name}: {{{FURTHER[name]}}}" for name in order)
        got = history(scenario(), *sets(f"measures={{{text}}}"))
        got = {name: got[name] for name in ("events.csv", "series.csv", "summary.csv", "measures.csv")}
        wanted = wanted or got
        holds(got == wanted, f"in the order {order}")
    people = {key[2]: float(row[0]) for key, row in table(wanted["measures.csv"]).items() if key[:2] == ("all", "people")}
    holds(all(people[f"measure.{name}"] > 9 for name in "abfghi"), f"they touch {people}")


def replaced(result):
    rows = csv.reader(io.StringIO(result["events.csv"].decode()))
    return {tuple(row[1:4]) for row in rows if row[4] == "replaced"}


@claim
def a_larger_share_and_a_further_ramp_touch_a_superset():
    """Of those who come from outside: what happens to them before does not hang on others."""
    before = set()
    for share, ramp in ((0.1, 90), (0.3, 90), (0.3, 20), (0.3, 0), (0.9, 0)):
        measure = f"{WORK}, share: {share}, ramp: {ramp} days, who: {{status: reporter}}"
        now = replaced(history(scenario(), *sets(f"measures.m={{{measure}}}")))
        holds(before < now, f"share {share}, ramp {ramp}: {len(before)} were, {len(now)} are")
        before = now


@claim
def measures_are_counted_as_the_events_tell():
    """Of one replication: who is replaced, on which day, and who of them comes into another status later."""
    changes = sets(f"measures.m={{{WORK}, share: 0.5, who: {{status: [reporter, arrested]}}, {FAILS}, "
                   "cost: {per_person: 900}}", "period.warm_up=0 days")
    name = scenario()
    run(name, *changes, "--replications", 1, "--events", 0, "--out", "one")
    rows = rows_of("one/events.csv")[1:]
    people = [tuple(row[1:4]) for row in rows if row[4] == "replaced"]
    back = {who for who in people if [row[4] for row in rows if tuple(row[1:4]) == who][-1] != "replaced"}
    counted = {key: float(row[0]) for key, row in table(contents("one")["measures.csv"]).items() if key[0] != "year"}
    holds(len(back) > 20, f"{len(back)} come back")
    same(counted["all", "people", "measure.m"], len(people), "people")
    same(counted["all", "failed", "measure.m"], len(back), "failed")
    same(counted["all", "cost", "measure.m"], 900 * len(people), "cost")
    costs = table(contents("one")["costs.csv"])
    for key in (("all", "measures", "measure.m"), ("all", "measures", "total"), ("all", "total", "total")):
        same(float(costs[key][0]), counted["all", "cost", "measure.m"], f"costs.csv: {key}")
    for what in ("people", "failed", "days_saved", "cost"):
        years = [value for key, value in counted.items() if key[0] != "all" and key[1] == what]
        same((len(years), round(sum(years), 3)), (2, round(counted["all", what, "measure.m"], 3)), f"{what} by year")


@claim
def a_larger_chance_is_law_in_more_replications():
    """Where it is law, all is as if it were certain; where it is not, as if it were not there."""
    name, before = scenario(), 0
    for chance in (0.2, 0.5, 0.8):
        run(name, *sets(f"measures.m={{{MORE}, factor: 2, chance: {chance}}}"), "--replications", 12, "--out", "bill")
        now = float(table(contents("bill")["measures.csv"])["all", "in_force", "measure.m"][0])
        holds(before < now < 1, f"chance {chance}: {before} before, {now} now")
        before = now


# Staff that is short, and projects that stand in a queue.
SUPPLY = sets("regimes.house.staff_per_place=1", "staff={alpha: {fte: 12, leave_per_year: 0.3, hire_per_year: 0.2}}",
              "works={budget_per_year: 6, places_out_at_most: 20, projects: {roof: {units: {alpha.house: 8}, start: {planned: "
              "2026-02-10}, takes: {planned: 90 days}, cost_per_year: 6}, wall: {units: {alpha.prison: 6}, start: {planned: "
              "2026-03-01}, takes: {planned: 60 days, slip: {exponential: {mean: 20 days}}}, cost_per_year: 5}}}")
STAFFING, BUDGET, CALLS, PLACES = (f"kind: {kind}, starts: 2026-02-01" for kind in
                                   ("staffing", "works_budget", "call_up", "places"))


@claim
def a_measure_on_supply_that_changes_nothing_leaves_the_same_bytes():
    name = scenario()
    before = history(name, *SUPPLY)
    for measure in (f"{STAFFING}, factor: 1", f"{STAFFING}, factor: 0.5, chance: 0", f"{STAFFING}, fte_share: 0",
                    f"{STAFFING}, fte: {{alpha: 0}}", f"{STAFFING}, fte: {{beta: 9}}", f"{STAFFING}, factor: 9, regimes: [low]",
                    "kind: staffing, starts: 2029-01-01, factor: 0", f"{BUDGET}, budget_per_year: 6",
                    f"{BUDGET}, places_out_at_most: 20", f"{BUDGET}, budget_per_year: 0, chance: 0",
                    "kind: works_budget, starts: 2020-01-01, ends: 2025-12-31, budget_per_year: 0",
                    f"{CALLS}, fill_to: 0.9, at_most: 6, notice: 12 days", f"{CALLS}, at_most: 0, chance: 0",
                    "kind: call_up, starts: 2029-01-01, at_most: 0", f"{PLACES}, units: {{shed: 0}}",
                    f"{PLACES}, units: {{shed: 9}}, chance: 0", "kind: places, starts: 2029-01-01, units: {shed: 9}"):
        after = history(name, *SUPPLY, *sets(f"measures.m={{{measure}}}"))
        for file in ("events.csv", "series.csv", "summary.csv"):
            holds(before[file] == after[file], f"{measure}: other bytes in {file}")
        found = {row[0] for key, row in table(after["measures.csv"]).items() if key[0] != "year" and key[1] != "people"}
        holds(all(float(mean) == 0 for mean in found), f"{measure}: {found}")


SUPPLIERS = {"b": f"{STAFFING}, factor: 0.8, ramp: 90 days", "a": f"{STAFFING}, fte: {{alpha: 2}}, factor: 5/6, chance: 0.5",
             "e": f"{BUDGET}, budget_per_year: 11, ends: 2026-10-31", "c": f"{BUDGET}, places_out_at_most: 7, chance: 0.5",
             "h": f"{CALLS}, at_most: 3", "g": f"{CALLS}, at_most: 9, notice: 4 days",
             "k": f"{PLACES}, units: {{shed: 4, alpha.house: 3}}, ramp: 50 days",
             "d": f"{PLACES}, units: {{alpha.house: -4}}, why: reserve, chance: 0.5"}


@claim
def the_order_of_measures_on_supply_means_nothing():
    wanted = None
    for order in itertools.islice(itertools.permutations(SUPPLIERS), 0, None, 5741):
        text = ", ".join(f"{name}: {{{SUPPLIERS[name]}}}" for name in order)
        got = history(scenario(), *SUPPLY, *sets(f"measures={{{text}}}"))
        got = {name: got[name] for name in ("events.csv", "series.csv", "summary.csv", "measures.csv")}
        wanted = wanted or got
        holds(got == wanted, f"in the order {order}")
    all_years = {key[1:]: float(row[0]) for key, row in table(wanted["measures.csv"]).items() if key[0] == "all"}
    for row in (("fte_days", "a"), ("fte_days_saved", "a"), ("fte_days_saved", "b"), ("projects", "c"), ("projects", "e"),
                ("people", "g"), ("people", "h"), ("place_days", "k")):
        holds(all_years[row[0], f"measure.{row[1]}"] > 0, f"{row}: {all_years}")


@claim
def a_regime_for_limited_risk_stands_partly_empty_where_too_few_may_come():
    """Ten times its places, and only men near the end of long sentences: most of them are free for nobody else."""
    run(ROOT / "configs/measures/limited_risk.yaml", *sets("measures.limited_risk.units={limited_risk.ward: 3000}"),
        "--replications", 2, "--out", "wide")
    found = table(contents("wide")["summary.csv"])
    places, people, queue = (float(found["2030", what, group][0]) for what, group in (
        ("usable", "regime.limited_risk"), ("present_mean", "regime.limited_risk"), ("waiting_mean", "total")))
    same(places, 3000, "its places")
    holds(300 < people < 2000, f"{people} are there")
    holds(queue > 1000, f"{queue} wait")


@claim
def measures_come_whole_from_parts():
    text = ", ".join(f"{name}: {{{measure}}}" for name, measure in {**FURTHER, **SEVERAL}.items())
    name, changes = scenario(), sets(f"measures={{{text}}}")
    for replications, threads, out in ((4, 1, "whole"), ("0..0", 1, "p0"), ("1..3", 2, "p1")):
        run(name, *changes, "--replications", replications, "--threads", threads, "--out", out)
    same(call("merge", "--quiet", "--out", "merged", "p1", "p0").returncode, 0, "merge")
    holds("measures.csv" in contents("whole"), "the file is there")
    same_result("whole", "merged")


