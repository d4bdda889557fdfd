"""Measures on dates before a release: the places that they free, against sums by hand."""

import itertools
import math
import pathlib

from program.claims import claim, contents, holds, rows_of, run
from program.laws import NOWHERE, history, scenario, table
from program.measures import replaced

# Room for all: stays are exponential with a mean of 40 days, 3 people a day.
ROOM = """\
period: {start: 2026-01-01, end: 2028-12-31, warm_up: 500 days}
run: {replications: 40, seed: 5}
regimes: {ward: {}, ankle: {places: unlimited, outside: true}}
units: {w: {regime: ward, places: 900}}
statuses:
  held: {sentence: {exponential: {mean: 40 days}}}
  jail: {stay: {exponential: {mean: 10 days}}}
flows: {theft: {status: held, per_day: 3}, charged: {status: jail, per_day: 2}}
placement: {all: {to: [ward]}}
"""
EARLY = "kind: early_release, starts: 2020-01-01, earlier: 10 days, who: {status: held}"
LAST = "kind: last_part_outside, starts: 2020-01-01, last: 10 days, in: ankle, who: {status: held}"
HOME = "kind: instead_of_remand, starts: 2020-01-01, in: ankle, share: 0.5"
BREAK = "kind: suspension, starts: 2020-01-01, after: [{part: 3/4}]"
FREED = {  # places: people a day x the mean of the days that are not served in one
    EARLY: 3 * 40 * (1 - math.exp(-10 / 40)),  # E[min(S, 10)]
    LAST: 3 * 40 * (1 - math.exp(-10 / 40)),
    HOME: 2 * 10 * 0.5,
    BREAK: 3 * 40 / 4,
}


def held(folder, *words):
    """Mean and standard error of the people in the ward over 2026 to 2028."""
    run("room.yaml", "--out", folder, *words)
    row = next(row for row in rows_of(f"{folder}/summary.csv") if row[:3] == ["all", "present_mean", "total"])
    return float(row[3]), float(row[4]) / math.sqrt(40)


def setting(text):
    return "--set", f"measures={{m: {{{text}}}}}"


@claim
def measures_on_dates_free_as_many_places_as_the_sum_by_hand_says():
    pathlib.Path("room.yaml").write_text(ROOM)
    before, error = held("freed_none")
    for number, (text, places) in enumerate(FREED.items()):
        mean, other_error = held(f"freed_{number}", *setting(text))
        error_of_both = math.hypot(error, other_error)
        holds(abs(before - mean - places) < 4 * error_of_both, f"{text}: {before - mean} places, by hand {places}")
        holds(places > 8 * error_of_both, f"{text}: an error of {error_of_both} would show nothing")


OUT = "kind: last_part_outside, starts: 2026-02-01, in: ankle, last: 5 days"
SOON = "kind: early_release, starts: 2026-02-01, earlier: 5 days"
GONE = "kind: suspension, starts: 2026-02-01, after: [{up_to: 9 days, part: 1/2}, {part: 2/3}]"
HERE = "kind: instead_of_remand, starts: 2026-02-01, in: ankle"
RULE = "kind: conditional_release, starts: 2026-02-01, conditional: [{remits: 1/10}]"
PRESENT = "applies_to: present"
FAILS = "fails: {share: 0.5, after: 2 days, as: arrested}"


def measures(text):
    return "--set", f"measures={{{text}}}"


@claim
def a_measure_on_dates_that_touches_nobody_leaves_the_same_bytes():
    before = history(scenario("nowhere.yaml", NOWHERE))
    for measure in (f"{OUT}, share: 0, {FAILS}", f"{OUT}, {PRESENT}, share: 0", f"{OUT}, who: {{area: nowhere}}",
                    f"{OUT}, chance: 0", f"{OUT}, {PRESENT}, chance: 0", OUT.replace("last: 5 days", "part: 0"),
                    OUT.replace("2026", "2030"), f"{OUT.replace('2026', '2020')}, ends: 2025-01-01",
                    f"{SOON}, share: 0", f"{SOON}, {PRESENT}, share: 0", SOON.replace("5 days", "0 days"),
                    f"{SOON}, who: {{sentence: {{at_most: 0 minutes}}}}", f"{SOON}, {PRESENT}, chance: 0",
                    f"{GONE}, share: 0", f"{GONE}, who: {{area: nowhere}}", GONE.replace("2/3", "1").replace("1/2", "1"),
                    f"{HERE}, share: 0, {FAILS}", f"{HERE}, share: 1, who: {{area: nowhere}}",
                    f"{HERE}, share: 1, chance: 0", f"{RULE}, share: 0", f"{RULE}, who: {{area: nowhere}}",
                    f"{RULE}, chance: 0", RULE.replace("2026", "2030")):
        after = history("nowhere.yaml", *measures(f"m: {{{measure}}}"))
        for name in ("events.csv", "series.csv", "summary.csv"):
            holds(before[name] == after[name], f"{measure}: other bytes in {name}")


@claim
def the_order_of_measures_on_dates_means_nothing():
    several = {"c": f"{OUT}, share: 0.5, {FAILS}", "a": f"{OUT.replace('5', '7')}, {PRESENT}, share: 0.5",
               "e": f"{SOON}, share: 0.5", "b": f"{SOON.replace('5', '3')}, {PRESENT}, share: 0.6",
               "d": f"{GONE}, share: 0.4", "f": f"{HERE}, share: 0.4, {FAILS}", "h": RULE,
               "g": f"{RULE.replace('02-01', '03-01')}, granted: 0.3"}
    wanted = None
    for order in itertools.islice(itertools.permutations(several), 0, None, 8009):
        got = history(scenario(), *measures(", ".join(f"{name}: {{{several[name]}}}" for name in order)))
        got = {name: got[name] for name in ("events.csv", "series.csv", "summary.csv", "measures.csv")}
        wanted = wanted or got
        holds(got == wanted, f"in the order {order}")
    people = {key[2]: float(row[0]) for key, row in table(wanted["measures.csv"]).items() if key[:2] == ("all", "people")}
    holds(len(people) == len(several) and all(count > 1 for count in people.values()), f"they touch {people}")


@claim
def a_larger_share_of_a_last_part_touches_a_superset():
    """Of those who come from outside, in room for all: what happens to them before does not hang on others."""
    pathlib.Path("room.yaml").write_text(ROOM)
    before = set()
    for share in (0.1, 0.3, 0.9, 1):
        run("room.yaml", "--replications", "1", "--events", "0", "--out", "more", *setting(f"{LAST}, share: {share}"))
        now = replaced(contents("more"))
        holds(before < now, f"share {share}: {len(before)} were, {len(now)} are")
        before = now
