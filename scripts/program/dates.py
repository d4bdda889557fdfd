"""Measures on dates before a release: the places that they free, against sums by hand."""

import math
import pathlib

from program.claims import call, claim, holds, rows_of, run, same

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


def normal(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def lognormal_up_to(days, mean, cv):
    """E[min(S, days)]."""
    spread = math.sqrt(math.log(1 + cv * cv))
    z = (math.log(days / mean) + spread * spread / 2) / spread
    return mean * normal(z - spread) + days * (1 - normal(z))


# The stay, and E[min(S, d)] in days.
STAYS = {
    "40 days": lambda d: min(40, d),
    "{exponential: {mean: 40 days}}": lambda d: 40 * (1 - math.exp(-d / 40)),
    "{lognormal: {mean: 40 days, cv: 1.5}}": lambda d: lognormal_up_to(d, 40, 1.5),
    "{uniform: {from: 0 days, to: 80 days}}": lambda d: d - d * d / 160,
    "{mixture: [[0.7, 5 days], [rest, 120 days]]}": lambda d: 0.7 * min(5, d) + 0.3 * min(120, d),
}


@claim
def early_release_of_everybody_frees_as_many_places_as_people_a_day_times_the_mean_of_the_shorter_of_stay_and_days():
    """In pairs of replications, in which the same people come: the error is that of their differences."""
    pathlib.Path("room.yaml").write_text(ROOM)
    for stay, mean_up_to in STAYS.items():
        for days in (3, 14, 60):
            measure = EARLY.replace("10 days", f"{days} days")
            pathlib.Path("early.yaml").write_text(f"extends: room.yaml\nmeasures: {{m: {{{measure}}}}}\n")
            done = call("compare", "room.yaml", "early.yaml", "--set", f"statuses.held={{stay: {stay}}}",
                        "--replications", 12, "--quiet", "--out", "pairs")
            same((done.returncode, done.stderr), (0, ""), "compare")
            header, *rows = rows_of("pairs/compare.csv")
            row = next(row for row in rows if {"all", "present_mean", "total"} <= set(row[:4]))
            freed, error = -float(row[header.index("difference")]), float(row[header.index("standard_error")])
            wanted = 3 * mean_up_to(days)
            holds(abs(freed - wanted) < 4 * error, f"{stay}, {days} days: {freed} places, {wanted} by the sum")
            holds(wanted > 40 * error, f"{stay}, {days} days: an error of {error} would show nothing")
