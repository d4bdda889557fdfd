"""Measures on dates before a release, against sums by hand: places that they free, nobody, and more people."""

import math
import pathlib

from program.claims import claim, contents, holds, rows_of, run, same, same_result

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


@claim("measures on dates free as many places as the sum by hand says")
def freed_places():
    pathlib.Path("room.yaml").write_text(ROOM)
    before, error = held("freed_none")
    for number, (text, places) in enumerate(FREED.items()):
        mean, other_error = held(f"freed_{number}", *setting(text))
        holds(abs(before - mean - places) < 4 * math.hypot(error, other_error),
              f"{text}: {before - mean} places, by hand {places}")
        holds(places > 8 * math.hypot(error, other_error), "else it would show nothing")


@claim("measures on dates that touch nobody leave all as it is; a larger share touches the same people and more")
def nobody_and_more():
    pathlib.Path("room.yaml").write_text(ROOM)
    run("room.yaml", "--out", "dates_none", "--replications", "2")
    for number, text in enumerate(FREED):
        folder, text = f"dates_{number}", text.replace(", share: 0.5", "")
        people = []
        for share in ("0", "0.3", "0.6"):
            run("room.yaml", "--out", folder, "--replications", "2", "--events", "0", *setting(f"{text}, share: {share}"))
            if share == "0":
                same(contents(f"{folder}/series.csv"), contents("dates_none/series.csv"), text)
                same(contents(f"{folder}/summary.csv"), contents("dates_none/summary.csv"), text)
            released = {tuple(row[1:4]): row for row in rows_of(f"{folder}/events.csv")[1:] if row[0]}
            people.append(released)
        holds(people[0] != people[1], "some are touched")


@claim("the order of measures on dates in the file means nothing")
def dates_in_any_order():
    pathlib.Path("room.yaml").write_text(ROOM)
    texts = [f"m{number}: {{{text}}}" for number, text in enumerate(FREED)]
    run("room.yaml", "--out", "dates_a", "--replications", "2", "--set", f"measures={{{', '.join(texts)}}}")
    run("room.yaml", "--out", "dates_b", "--replications", "2", "--set", f"measures={{{', '.join(reversed(texts))}}}")
    same_result("dates_a", "dates_b")
