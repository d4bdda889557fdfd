"""Returns, against sums that need no simulation."""

import math
import tempfile
from collections import Counter

from .claims import claim, holds, rows_of, run, same

MEAN, CV, DAYS = 150, 1, 900
# Places without limit, so that nobody hangs on others.
TEXT = """period: {start: 2026-01-01, end: 2028-06-18}
attributes: {offence: {theft: 0.4, other: rest}}
regimes: {ward: {places: unlimited}}
statuses:
  remand: {clock: arrival, stay: {exponential: {mean: 12 days}}, next: {convict: 0.5, release: rest}}
  convict: {sentence: {exponential: {mean: 40 days}}}
flows: {remand: {status: remand, per_day: 2}}
placement: {all: {to: [ward]}}
start: {present: {convict: {persons: 40, elapsed: equilibrium}, remand: {persons: 24, elapsed: equilibrium}}}
"""
RETURNS = "returns: {chance: %s, delay: {lognormal: {mean: 150 days, cv: 1}}, flow_share: %s, as: remand}\n"


def scenario(more, name="s.yaml"):
    with open(name, "w", encoding="utf-8") as file:
        file.write(TEXT + more)
    return name


def events(more, replication=0):
    with tempfile.TemporaryDirectory(dir=".") as folder:
        run(scenario(more), "--replications", replication + 1, "--events", replication, "--out", f"{folder}/out")
        return rows_of(f"{folder}/out/events.csv")[1:]


def histories(rows):
    found = {}
    for row in rows:
        if row[4] != "waits":  # for no minute, told only when others seek a place in it
            found.setdefault((*row[1:4], *row[7:8]), []).append((row[0], *row[4:7]))
    return found


def share_back(minutes):
    """Of the delays, from the closed form of the lognormal."""
    spread = math.sqrt(math.log(1 + CV * CV))
    middle = math.log(MEAN * 1440) - spread * spread / 2
    return 0.5 * (1 + math.erf((math.log(minutes) - middle) / spread / math.sqrt(2))) if minutes > 0 else 0


@claim
def by_a_chance_of_0_all_is_as_without_returns():
    run(scenario(""), "--replications", 3, "--events", 0, "--out", "without")
    run(scenario(RETURNS % (0, 0.5)), "--replications", 3, "--events", 0, "--out", "with")
    for name in ("series.csv", "summary.csv"):
        found = [row for row in rows_of(f"with/{name}") if "returns" not in row]
        same(len(rows_of(f"with/{name}")) - len(found) > 0, True, "there is a column")
        holds(found == rows_of(f"without/{name}"), name)
    holds([row[:7] for row in rows_of("with/events.csv")] == rows_of("without/events.csv"), "events.csv")


@claim
def returns_change_nobody_who_came_before():
    """Without flow_share everybody is as he was; with it some do not come, and the others are as they were."""
    alone = histories(events(""))
    beside = histories(events(RETURNS % (0.6, 0)))
    firsts = {who[:3]: rows for who, rows in beside.items() if who[3] == "0"}
    other = [who for who in alone.keys() | firsts.keys() if alone.get(who) != firsts.get(who)]
    same(other, [], "who is not the same the first time")
    lowered = {who[:3]: rows for who, rows in histories(events(RETURNS % (0.6, 0.5))).items() if who[3] == "0"}
    holds(len(lowered) < 0.8 * len(alone), f"{len(lowered)} of {len(alone)} still come by the flow")
    holds(all(alone[who] == rows for who, rows in lowered.items()), "those who come are as they were")
    chains = Counter(who[3] for who in beside)
    holds(chains["1"] > 9 * chains["3"] > 0 or chains["3"] > 9, f"some come again and again: {chains}")


@claim
def a_larger_chance_takes_in_the_same_people_and_more():
    before = set()
    for chance in (0.1, 0.4, 0.8):
        now = {who for who in histories(events(RETURNS % (chance, 0))) if who[3] == "1"}
        holds(before < now, f"{len(before)} were, {len(now)} are")
        before = now


@claim
def as_many_return_as_the_releases_say():
    """Of each who is released on minute t the chance is p x F(end - t), whoever comes back: within 4 standard errors."""
    chance, wanted, variance, found = 0.6, 0.0, 0.0, 0
    for replication in range(12):
        rows = events(RETURNS % (chance, 0.2), replication)
        for row in rows:
            if row[4] == "released":
                back = chance * share_back(DAYS * 1440 - int(row[0]))
                wanted, variance = wanted + back, variance + back * (1 - back)
            found += row[4] == "arrived" and row[7] != "0"
    holds(wanted > 5000 and abs(found - wanted) < 4 * math.sqrt(variance), f"{found} came back, {wanted:.1f} were to")


@claim
def with_a_fitting_share_as_many_come_as_the_flows_state():
    """In all 2 a day from the first day on, year by year, and so 2 x (12 + 0.5 x 40) = 64 are held: within 4 standard
    errors."""
    replications = 200
    run(scenario(RETURNS % (0.42, 0.42)), "--replications", replications, "--out", "out")
    table = {tuple(row[:3]): row for row in rows_of("out/summary.csv")[1:]}
    for year, days in (("2026", 365), ("2027", 365), ("2028", 170)):
        come = sum(float(table[year, what, "total"][3]) for what in ("arrivals", "returns"))
        holds(abs(come - 2 * days) < 4 * math.sqrt(2 * days / replications), f"{year}: {come:.2f} come, {2 * days} are to")
        held = table[year, "present_mean", "total"]
        holds(abs(float(held[3]) - 64) < 4 * float(held[4]) / math.sqrt(replications), f"{year}: {held[3]} are held")


@claim
def measures_act_on_who_comes_back():
    """Of nobody, or by a factor of 1, none; and those of a measure are who came back without it and do not with it."""
    text = RETURNS % (0.6, 0)
    without = histories(events(text))
    for measure in ("factor: 1", "factor: 0.2, who: {offence: theft, sentence: {at_least: 30 years}}", "factor: 0.2, chance: 0"):
        got = histories(events(f"{text}measures: {{m: {{kind: returns, starts: 2026-03-01, {measure}}}}}\n"))
        holds(got == without, measure)
    less = histories(events(f"{text}measures: {{m: {{kind: returns, starts: 2027-01-01, who: {{offence: theft}}, factor: 0.5}}}}\n"))
    holds(less.keys() < without.keys() and all(without[who] == rows for who, rows in less.items()), "some fewer, no others")
    # who left before comes back as he would; of the others half of two in five
    soon = [who for who, rows in without.items() if int(rows[0][0]) < 365 * 1440]
    holds(all(who in less for who in soon), "nothing changes before it starts")
