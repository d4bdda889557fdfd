"""Returns, against sums that need no simulation."""

import math
import tempfile
from collections import Counter

from .claims import call, claim, holds, rows_of, run, same

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

# Two kinds of people, told apart by the status in which they are last; as many are there as follow from what comes.
KINDS = """period: {start: 2026-01-01, end: 2040-12-31}
attributes: {kind: {often: 0.3, seldom: rest}}
regimes: {ward: {places: unlimited}}
statuses:
  remand: {clock: arrival, stay: {exponential: {mean: 12 days}}, next: {by: kind, often: {often: 1}, seldom: {seldom: 1}}}
  often: {stay: {exponential: {mean: 30 days}}}
  seldom: {stay: {exponential: {mean: 30 days}}}
flows: {remand: {status: remand, per_day: 2}}
placement: {all: {to: [ward]}}
start:
  present:
    remand: {persons: 24, elapsed: equilibrium}
    often: {persons: 18, elapsed: equilibrium}
    seldom: {persons: 42, elapsed: equilibrium}
returns:
  chance: {by: kind, often: 0.6, seldom: 0.2}
  delay: {by: kind, often: {exponential: {mean: 150 days}}, seldom: {exponential: {mean: 400 days}}}
  as: remand
"""
SHARE, CHANCE, DELAY = ({"often": often, "seldom": seldom} for often, seldom in ((0.3, 0.7), (0.6, 0.2), (150, 400)))


def scenario(more, text=TEXT):
    with open("s.yaml", "w", encoding="utf-8") as file:
        file.write(text + more)
    return "s.yaml"


def events(more, replication=0, text=TEXT):
    with tempfile.TemporaryDirectory(dir=".") as folder:
        run(scenario(more, text), "--replications", replication + 1, "--events", replication, "--out", f"{folder}/out")
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


def entries_of(kind, lowered):
    """Entries into the last status by year: the rates of change of remand, of that status and of those outside who are to come
    back solved in steps of a quarter of a day (Runge and Kutta), from as many as there are in the end without returns."""
    rate, chance, delay = 2 * SHARE[kind], CHANCE[kind], DELAY[kind]

    def change(time, people):
        remand, last, outside, _ = people
        flow = rate * (1 - lowered * (1 - math.exp(-time / delay)))
        return (flow + outside / delay - remand / 12, remand / 12 - last / 30, chance * last / 30 - outside / delay, remand / 12)

    def moved(people, step, by):
        return [value + step * each for value, each in zip(people, by)]

    people, step, found = [12 * rate, 30 * rate, 0, 0], 0.25, []
    for year in range(2026, 2041):
        before = people[3]
        for n in range((365 + (year % 4 == 0)) * 4):
            time = sum(365 + (y % 4 == 0) for y in range(2026, year)) + n * step
            first = change(time, people)
            second = change(time + step / 2, moved(people, step / 2, first))
            third = change(time + step / 2, moved(people, step / 2, second))
            fourth = change(time + step, moved(people, step, third))
            people = [value + step / 6 * (a + 2 * b + 2 * c + d)
                      for value, a, b, c, d in zip(people, first, second, third, fourth)]
        found.append(people[3] - before)
    return found


def entries_differ(flow_share, lowered, wanted):
    """By how many standard errors at most, over kinds and years, from 100 replications."""
    run(scenario(f"  flow_share: {flow_share}\n", KINDS), "--replications", 100, "--out", "out")
    rows = {tuple(row[:3]): row for row in rows_of("out/summary.csv")[1:]}
    most = 0
    for kind in SHARE:
        for year, people in zip(range(2026, 2041), wanted(kind, lowered[kind])):
            _, _, _, mean, sd, *_ = rows[str(year), "entries", f"status.{kind}"]
            most = max(most, abs(float(mean) - people) / (float(sd) / 10))
    return most


@claim
def each_kind_of_people_comes_as_stated_by_its_own_share():
    """For fifteen years, where its share is its chance, whatever the other kind does."""
    def stated(kind, _):
        return [2 * SHARE[kind] * (365 + (year % 4 == 0)) for year in range(2026, 2041)]

    found = entries_differ("{by: kind, often: 0.6, seldom: 0.2}", CHANCE, stated)
    holds(found < 4, f"{found:.2f} standard errors from what the flow states")
    for kind in SHARE:  # and the formula says so
        holds(max(abs(a - b) for a, b in zip(stated(kind, 0), entries_of(kind, CHANCE[kind]))) < 1e-3, kind)


@claim
def kinds_of_people_drift_by_one_share_as_the_formula_says():
    """0.37 fits all of them together in the end; those who come often are then 1.575 times as many, the others 0.7875."""
    both = {kind: 0.37 for kind in SHARE}
    found = entries_differ(0.37, both, entries_of)
    holds(found < 4, f"{found:.2f} standard errors from the formula")
    ends = {kind: entries_of(kind, 0.37)[-1] / (2 * SHARE[kind] * 366) for kind in SHARE}
    holds(abs(ends["often"] - 1.575) < 0.01 and abs(ends["seldom"] - 0.7875) < 0.01, f"{ends}")


@claim
def only_those_are_fewer_whose_share_it_is():
    """By a share of 1 and a delay of 30 days the flow brings none of a kind from day 30 on, and all others as they were."""
    text = KINDS.replace("2040-12-31", "2027-12-31").split("returns:")[0]
    rest = "returns: {chance: {by: kind, often: 0.6, seldom: 0}, delay: 30 days, as: remand, flow_share: %s}\n"
    before, after = ({who[:3]: rows for who, rows in histories(events(rest % share, text=text)).items() if who[3] == "0"}
                     for share in (0, "{by: kind, often: 1, seldom: 0}"))

    def told(histories, kind):
        return {who: rows for who, rows in histories.items() if any(kind in row for row in rows)}

    same(told(after, "seldom"), told(before, "seldom"), "the others")
    holds({int(rows[0][0]) < 30 * 1440 for rows in told(after, "often").values()} == {True}, "none from day 30 on")
    late = [who for who, rows in told(before, "often").items() if int(rows[0][0]) >= 30 * 1440]
    holds(len(late) > 300 and len(told(after, "often")) + len(late) == len(told(before, "often")), "and all before")


@claim
def check_says_which_shares_are_in_balance():
    text = call("check", scenario("  flow_share: 0.37\n", KINDS)).stdout
    holds("in balance: flow_share: {by: kind, often: 0.6000, seldom: 0.2000}\n" in text, text)
    holds("\nreturns: by flow_share" in text, "it warns")
    copied = next(line for line in text.splitlines() if line.startswith("in balance: "))[len("in balance: "):]
    text = call("check", scenario(f"  {copied}\n", KINDS)).stdout
    holds("\nreturns: by flow_share" not in text and
          "2026  kind           seldom             0.2000      0.2000      1.0000      0.2000\n" in text, text)


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
