#!/usr/bin/python3
"""The core of the model a second time, in short plain Python: a check on the program, and an
explanation that runs. It was written from the rules (docs/semantics.md), not from the C: persons
are objects, lists are searched when they are looked at, numpy repeats every draw. Only the quantile
tables of the shapes come from the program (`celsim fields --table`), so that both agree to the minute.

usage: reference_model.py [options] SCENARIO              prints the events of one replication
       reference_model.py [options] --compare SCENARIO..  compares with `celsim run --events`;
                                                          exit code 1 when a person differs
options: --celsim PATH       the program; default build/release/celsim
         --replication R     which to print; default 0
         --replications N    how many to compare, from 0; default 2

Not here: what is counted, and measures. Scenarios for it are in tests/scenarios/reference; those in its
folder `differs` show where the two disagree on purpose, each with the rule in its comment.
"""

import argparse
import csv
import datetime
import heapq
import itertools
import math
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import yaml
from numpy import uint64
from numpy.random import PCG64DXSM, SeedSequence

DAY = 1440  # minutes
MONTH, YEAR = 30 * DAY, 365 * DAY
UNITS_OF_TIME = {"minute": 1, "hour": 60, "day": DAY, "week": 7 * DAY, "month": MONTH, "year": YEAR}
LONGEST = 200 * YEAR
NOTES = ("source", "confidence")  # may stand in any mapping
RELEASED = "release"

# Kinds of event in their order within a minute; placement is the round at the end of the minute.
RECORD, CAPACITY, RELEASE, STATUS, LIMIT, ARRIVAL = range(6)


# -- chance: rule 4 --------------------------------------------------------------------------------

GENERATOR = PCG64DXSM()
FAR = 2**61 + 1  # from one visit to the next after the eighth
DRAWS_A_PERSON = 67
MINUTE, HEIGHT, PROFILE, IN_PROGRESS, ELAPSED, SINCE = 0, 1, 2, 3, 4, 5


def words(entropy, key=(), count=2):
    return [int(word) for word in SeedSequence(entropy, spawn_key=key).generate_state(count, uint64)]


def hash_of(text):
    return words(list(text.encode()))[0]


def wide(pair):
    return pair[0] << 64 | pair[1]


def purpose_number(purpose, name, visit):
    if visit > 7:
        return purpose_number(purpose, name, 7) + (visit - 7) * FAR
    return 2**40 + (hash_of(f"{purpose}/{name}/{visit}") >> 4 | 1)


class Chance:
    """All draws of one replication, as integers n of 52 bits: u = (n + 1/2) / 2^52."""

    def __init__(self, seed, replication):
        self.seed, self.replication = seed, replication
        self.increments, self.states, self.purposes = {}, {}, {}

    def number(self, stream, day, offset):
        """The draw at `offset` from the state with which the stream's day begins."""
        if stream not in self.increments:
            key = (self.replication, hash_of(stream))
            self.increments[stream] = (2 * wide(words(self.seed, key)) + 1) % 2**128
        if (stream, day) not in self.states:
            key = (self.replication, hash_of(stream), day)
            self.states[stream, day] = wide(words(self.seed, key))
        held = GENERATOR.state
        held["state"] = {"state": self.states[stream, day], "inc": self.increments[stream]}
        GENERATOR.state = held
        GENERATOR.advance(offset)
        return int(GENERATOR.random_raw()) >> 12

    def purpose(self, purpose, name, visit):
        if (purpose, name, visit) not in self.purposes:
            self.purposes[purpose, name, visit] = purpose_number(purpose, name, visit)
        return self.purposes[purpose, name, visit]


def uniform(n):
    """u and 1 - u, both exact."""
    return (n + 0.5) * 2.0**-52, (2**52 - 1 - n + 0.5) * 2.0**-52


def is_below(n, share):
    """Whether u < share, exactly (rule 5)."""
    return Fraction(2 * n + 1, 2**53) < share


def poisson4():
    """P(count <= j) of a slab, j = 0 to 28: there are never more than 29 points."""
    exp_minus_4 = sum(Fraction((-4) ** k, math.factorial(k)) for k in range(80))
    terms = [exp_minus_4 * Fraction(4**j, math.factorial(j)) for j in range(29)]
    return list(itertools.accumulate(terms))


POISSON4 = poisson4()


# -- shapes, from the program's tables: the format stands in sim/shape.h --------------------------------

EDGE = 2.0**-41


def solve(rising, target):
    """t in 0..1 where a rising function reaches the target, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return low


def first_above(sums, u):
    return next((i for i, up_to in enumerate(sums) if u < up_to), len(sums) - 1)


def within(u, low, high):
    """u rescaled within low .. high, both tails as exact as they are."""
    below = (1 - low) - u[1] if low > 0.5 else u[0] - low
    above = u[1] - (1 - high) if high > 0.5 else high - u[0]
    return below / (high - low), above / (high - low)


class Piece:
    """A cubic over the tail probabilities start .. start + width, from the edge inward."""

    def __init__(self, start, width, c):
        self.start, self.width, self.c = start, width, c

    def value(self, t):
        c = self.c
        return c[0] + t * (c[1] + t * (c[2] + t * c[3]))

    def area(self, t=1.0):
        c = self.c
        return self.width * t * (c[0] + t * (c[1] / 2 + t * (c[2] / 3 + t * c[3] / 4)))


class Half:
    """The table on one side of the median."""

    def __init__(self, rows):  # octave 0 (the innermost) first, 8 pieces each
        self.pieces = []
        for octave in reversed(range(40)):
            for i in range(8):
                width = 2.0 ** -(octave + 2) / 8
                self.pieces.append(Piece((8 + i) * width, width, rows[8 * octave + i]))
        areas = [EDGE * self.pieces[0].c[0]] + [piece.area() for piece in self.pieces]
        self.sums = list(itertools.accumulate(areas))

    def at(self, tail):
        mantissa, exponent = math.frexp(min(max(tail, EDGE), math.nextafter(0.5, 0)))
        x = (2 * mantissa - 1) * 8
        return self.pieces[8 * (40 + exponent) + int(x)].value(x - int(x))

    def tail_of(self, value, sign):  # sign -1: values fall with the tail
        started = [p for p in self.pieces if sign * p.c[0] <= sign * value]
        if not started:
            return 0.0
        piece = started[-1]
        return piece.start + piece.width * solve(lambda t: sign * piece.value(t), sign * value)

    def value_at_area(self, target):
        i = first_above(self.sums[1:], target)
        piece, before = self.pieces[i], self.sums[i]
        return piece.value(solve(lambda t: before + piece.area(t), target))


class Shape:
    """A distribution of minutes. `quantile` draws; the rest is for the starting population (rule 10)."""

    def __init__(self, lines):
        _, self.kind, count = next(lines).split()
        if self.kind == "mixture":
            self.share, self.part = [], []
            for _ in range(int(count)):
                self.share.append(float.fromhex(next(lines).split()[1]))
                self.part.append(Shape(lines))
        else:
            rows = [tuple(map(float.fromhex, next(lines).split())) for _ in range(int(count))]
            self.read_rows(rows)
        self.mean = self.mean_of()

    def read_rows(self, rows):
        if self.kind == "fixed":
            self.fixed = rows[0][0]
        elif self.kind == "table":
            self.lower, self.upper = Half(rows[:320]), Half(rows[320:])
        else:
            self.share, self.value = [row[0] for row in rows], [row[1] for row in rows]

    def weights(self):
        return [b - a for a, b in zip([0.0] + self.share, self.share)]

    def lengths(self):
        """The person-time of each segment, point or part."""
        if self.kind == "knots":
            knots = list(zip(self.share, self.value))
            return [(u1 - u0) * (v0 + v1) / 2 for (u0, v0), (u1, v1) in zip(knots, knots[1:])]
        values = self.value if self.kind == "steps" else [part.mean for part in self.part]
        return [w * v for w, v in zip(self.weights(), values)]

    def mean_of(self):
        if self.kind == "fixed":
            return self.fixed
        return self.lower.sums[-1] + self.upper.sums[-1] if self.kind == "table" else sum(self.lengths())

    def value_at(self, u):
        if self.kind == "fixed":
            return self.fixed
        if self.kind == "table":
            return self.upper.at(u[1]) if u[1] < u[0] else self.lower.at(u[0])
        if self.kind == "steps":
            return self.value[first_above(self.share, u[0])]
        if self.kind == "knots":
            i = first_above(self.share[1:], u[0])
            (u0, u1), (v0, v1) = self.share[i:i + 2], self.value[i:i + 2]
            return v0 + (u[0] - u0) / (u1 - u0) * (v1 - v0)
        i = first_above(self.share, u[0])
        return self.part[i].value_at(within(u, self.share[i - 1] if i else 0.0, self.share[i]))

    def quantile(self, u):
        return min(max(self.value_at(u), 0.0), LONGEST)

    def draw(self, n):
        """A stay: whole minutes, the nearest, at least 1."""
        return int(min(max(self.value_at(uniform(n)), 1.0), LONGEST) + 0.5)

    def in_progress(self, v):
        """The stay whose share of person-time below it is v: long stays are met more often."""
        if self.kind == "fixed":
            return self.fixed
        if self.kind == "table":
            target = v[0] * self.mean
            if target <= self.lower.sums[-1]:
                return self.lower.value_at_area(target)
            return self.upper.value_at_area(v[1] * self.mean)
        sums = list(itertools.accumulate(self.lengths()))
        i, before = first_above(sums, v[0] * sums[-1]), 0.0
        if i > 0:
            before = sums[i - 1]
        if self.kind == "steps":
            return self.value[i]
        if self.kind == "mixture":
            return self.part[i].in_progress(within(v, before / sums[-1], sums[i] / sums[-1]))
        (u0, u1), (v0, v1) = self.share[i:i + 2], self.value[i:i + 2]
        width, rise = u1 - u0, v1 - v0
        t = solve(lambda t: before + width * t * (v0 + rise * t / 2), v[0] * sums[-1])
        return v0 + rise * t

    def position(self, value):
        """The share of draws at or below the value, and above it."""
        if self.kind == "mixture":
            parts = [(w, *part.position(value)) for w, part in zip(self.weights(), self.part)]
            return sum(w * below for w, below, _ in parts), sum(w * above for w, _, above in parts)
        if self.kind == "table":
            if value > self.lower.pieces[-1].value(1.0):
                tail = self.upper.tail_of(value, -1)
                return 1 - tail, tail
            tail = self.lower.tail_of(value, 1)
            return tail, 1 - tail
        if self.kind == "fixed":
            below = 0.0 if value < self.fixed else 1.0
        elif self.kind == "steps":
            below = max([0.0] + [u for u, v in zip(self.share, self.value) if v <= value])
        elif value < self.value[0]:
            below = 0.0
        elif value >= self.value[-1]:
            below = 1.0
        else:
            i = first_above(self.value[1:], value)
            done = (value - self.value[i]) / (self.value[i + 1] - self.value[i])
            below = self.share[i] + done * (self.share[i + 1] - self.share[i])
        return below, 1 - below

    def given_elapsed(self, elapsed, u):
        """The stay of who has been there so long: Q(F(a) + u (1 - F(a)))."""
        below, above = self.position(elapsed)
        if above <= 0:
            return elapsed
        if self.kind != "mixture":
            return max(self.quantile((below + above * u[0], above * u[1])), elapsed)
        left = [w * part.position(elapsed)[1] / above for w, part in zip(self.weights(), self.part)]
        sums = list(itertools.accumulate(left))
        possible = [i for i in range(len(left)) if left[i] > 0]
        i = next((i for i in possible if u[0] < sums[i]), possible[-1])
        return self.part[i].given_elapsed(elapsed, within(u, sums[i] - left[i], sums[i]))


# -- the scenario --------------------------------------------------------------------------------------


def plain(node):
    """{value: X, source: ..} is X."""
    return node["value"] if isinstance(node, dict) and "value" in node else node


def members(node):
    return {k: v for k, v in (node or {}).items() if k not in NOTES}


def minutes(text):
    number, unit = plain(text).split()
    return int(Fraction(number) * UNITS_OF_TIME[unit.rstrip("s")])


def day_number(text):
    return (datetime.date.fromisoformat(plain(text)) - datetime.date(1970, 1, 1)).days


def date_of(day):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=day)


def varying(node, profile):
    """What holds for a person where a value is {by: attribute, value: X, .., else: X}."""
    if not isinstance(node, dict) or "by" not in node:
        return node
    return node.get(profile[node["by"]], node.get("else"))


def rows_of(node, values):
    """The node itself, or what holds for each value of the attribute on which it depends, in their order."""
    by = node.get("by")
    return [varying(node, {by: value}) for value in values[by]] if by else [node]


def shares(row):
    """Shares by name as exact fractions; one may be `rest`."""
    given = {k: Fraction(plain(v)) for k, v in members(row).items() if plain(v) != "rest"}
    rest = 1 - sum(given.values())
    return {k: given.get(k, rest) for k in members(row)}


def pick(n, names, share_of):
    """The name in whose part of 0..1 the draw lies, in the order of the names."""
    total = Fraction(0)
    for name in names:
        total += share_of.get(name, 0)
        if is_below(n, total):
            return name
    raise ValueError("shares below 1")


class Who:
    """A question about a person: for each key the values that fit, None: any."""

    def __init__(self, node, all_values):
        self.any_of = {}
        for key, wanted in members(node).items():
            negated = isinstance(wanted, dict)
            wanted = wanted["not"] if negated else wanted
            named = {wanted} if isinstance(wanted, str) else set(wanted)
            self.any_of[key] = frozenset(set(all_values[key]) - named if negated else named)

    def matches(self, status, profile):
        asked = dict(profile, status=status.name)
        return all(asked[key] in values for key, values in self.any_of.items())

    def and_also(self, other):
        for key, values in other.any_of.items():
            self.any_of[key] = self.any_of.get(key, values) & values
        return self

    def signature(self):
        return frozenset(self.any_of.items())


class Regime:
    def __init__(self, name, node):
        self.name = name
        self.outside = plain(node.get("outside")) == "true"
        self.unlimited = plain(node.get("places")) == "unlimited"
        self.turnover = minutes(node["turnover"]) if "turnover" in node else 0


class Unit:
    def __init__(self, name, regime, places, admits, institution=None):
        self.name, self.regime, self.places = name, regime, places
        self.admits, self.institution = admits, institution
        self.occupied = self.turnover = 0

    def room(self):
        """Free places; below 0 when over capacity."""
        return self.places - self.occupied - self.turnover

    def is_part_of(self, place):
        return place in (self.name, self.institution, self.regime.name)


class Pool:
    """Units that no rule and no person can tell apart."""

    def __init__(self, units):
        self.units = sorted(units, key=lambda unit: unit.name)

    def is_free(self):
        return any(unit.room() > 0 for unit in self.units)

    def best(self):
        """Most free places, or least over; ties by name."""
        return max(self.units, key=Unit.room)


def find_unit(pools):
    """Where a place would be given: in the first pool with one; none free: in the first pool."""
    return next((pool for pool in pools if pool.is_free()), pools[0]).best()


class Status:
    def __init__(self, name, node, values):
        self.name, self.path = name, f"statuses.{name}"
        self.clock = plain(node.get("clock", "placement"))
        self.served = plain(node.get("served")) == "true"
        self.length = "sentence" if "sentence" in node else "stay"
        self.length_node = node.get(self.length)
        release = node.get("release", {})
        self.conditional, self.granted = release.get("conditional", []), release.get("granted", "1")
        self.weekend = plain(release.get("weekend", "as_planned"))
        waits = node.get("waits", {"in": "outside"})
        self.waits_in, self.ladder = plain(waits["in"]), waits.get("at_limit", [])
        self.limit = minutes(waits["limit"]) if "limit" in waits else None
        home = node.get("sent_home", {})
        self.back_after, self.back_as = home.get("back_after"), home.get("as", name)
        self.read_call_up(node.get("called_up"))
        self.next = node.get("next", {RELEASED: "1"})
        rows = rows_of(self.next, values)
        self.routes = list(dict.fromkeys(name for row in rows for name in members(row)))

    def read_call_up(self, node):
        self.called_up = node is not None
        node = node or {}
        self.fill_to = Fraction(plain(node.get("fill_to", "1")))
        self.no_show = Fraction(plain(node.get("no_show", "0")))
        self.notice = minutes(node["notice"]) if "notice" in node else 0
        self.at_most = int(plain(node["at_most"])) if "at_most" in node else math.inf
        self.then = node.get("then") if self.no_show > 0 else None

    def ways(self):
        """The statuses that can follow it in any way."""
        home = [self.back_as] if "sent_home" in self.ladder else []
        return set(self.routes + home + ([self.then] if self.then else [])) - {RELEASED}

    def to_serve(self, sentence, granted):
        """Conditional release: the remitted part is rounded down to whole days."""
        for row in self.conditional if granted else []:
            if "up_to" in row and sentence > minutes(row["up_to"]):
                continue
            above = sentence - (minutes(row["of_part_above"]) if "of_part_above" in row else 0)
            remitted = max(0, math.floor(above * Fraction(plain(row["remits"]))))
            if "at_most" in row:
                remitted = min(remitted, minutes(row["at_most"]))
            return sentence - remitted // DAY * DAY
        return sentence


class Rule:
    def __init__(self, index, node, all_values):
        self.index = index
        self.who = Who(node.get("who"), all_values)
        self.to, self.out_of_category = node["to"], node.get("out_of_category", [])
        self.by_sentence = plain(node.get("order")) == "longest_sentence"

    def pools_of(self, scenario, place, status, profile):
        return [pool for pool in scenario.pools if pool.units[0].is_part_of(place) and
                pool.units[0].admits.matches(status, profile)]


class Flow:
    def __init__(self, name, node):
        self.name, self.status = name, node["status"]
        self.per = next(key for key in ("per_day", "per_month", "per_year") if key in node)
        rate = plain(node[self.per])
        rates = members(rate) if isinstance(rate, dict) else {"0": rate}
        self.rates = [(int(year), float(Fraction(plain(number)))) for year, number in rates.items()]
        self.month, self.weekday = self.factors(node, "month", 12), self.factors(node, "weekday", 7)
        self.trend = float(plain(node["after"]["trend_per_year"])) if "after" in node else 0.0

    @staticmethod
    def factors(node, key, count):
        """Scaled to a mean of 1."""
        numbers = [float(Fraction(plain(f))) for f in node.get(key, ["1"] * count)]
        return [f * count / sum(numbers) for f in numbers]

    def rate(self, day):
        """Persons a day."""
        date = date_of(day)
        new_year = datetime.date(date.year, 1, 1)
        days_of_year = (datetime.date(date.year + 1, 1, 1) - new_year).days
        first_of_next = datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)
        spread = {"per_day": 1, "per_year": days_of_year,
                  "per_month": (first_of_next - date.replace(day=1)).days}[self.per]
        stated = [rate for year, rate in self.rates if year <= date.year] or [self.rates[0][1]]
        rate = stated[-1] / spread
        for year in range(self.rates[-1][0] + 1, date.year + 1) if self.trend else ():
            part = (date - new_year).days / days_of_year if year == date.year else 1
            rate *= 1 + self.trend * part
        return rate * self.month[date.month - 1] * self.weekday[date.weekday()]


class Group:
    """A start group."""

    def __init__(self, name, node, waiting):
        self.waiting, self.path = waiting, f"start.{'waiting' if waiting else 'present'}.{name}"
        self.name = f"{'waiting' if waiting else 'present'}/{name}"
        self.status, self.persons = node.get("status", name), int(plain(node["persons"]))
        self.elapsed = node.get("elapsed", "equilibrium")
        self.since, self.places = node.get("since"), node.get("in")


class Scenario:
    def __init__(self, path, celsim):
        self.path, self.celsim, self.tables = path, celsim, {}
        with open(path, encoding="utf-8") as file:
            root = yaml.load(file, Loader=yaml.BaseLoader)  # every scalar stays text
        self.start = day_number(root["period"]["start"])
        self.days = day_number(root["period"]["end"]) - self.start + 1
        self.seed = int(plain(root.get("run", {}).get("seed", "1")))
        self.attributes = members(root.get("attributes"))
        self.values = {}
        for name, node in self.attributes.items():
            self.values[name] = list(members(rows_of(node, self.values)[0]))
        self.statuses = {n: Status(n, s, self.values) for n, s in members(root["statuses"]).items()}
        self.read_estate(root)
        self.flows = [Flow(name, flow) for name, flow in members(root.get("flows")).items()]
        everything = dict(self.values, status=list(self.statuses))
        rules = members(root.get("placement")).values()
        self.rules = [Rule(i, node, everything) for i, node in enumerate(rules)]
        self.pools = self.make_pools()
        self.lists = self.make_lists()
        self.groups = [Group(name, node, kind == "waiting") for kind in ("present", "waiting")
                       for name, node in members(root.get("start", {}).get(kind)).items()]
        ordered = sorted([flow.name for flow in self.flows] + [group.name for group in self.groups])
        self.rank = {name: rank for rank, name in enumerate(ordered)}
        self.cyclic = {name for name in self.statuses if self.comes_back(name)}

    def read_estate(self, root):
        everything = dict(self.values, status=list(self.statuses))
        regimes = members(root.get("regimes"))
        self.regimes = {name: Regime(name, node or {}) for name, node in regimes.items()}
        self.units = []

        def add(name, node, institution=None, gate=None):
            admits = Who(node.get("admits"), everything).and_also(Who(gate, everything))
            regime, places = self.regimes[node["regime"]], int(plain(node["places"]))
            self.units.append(Unit(name, regime, places, admits, institution))

        for name, node in members(root.get("units")).items():
            add(name, node)
        for inst, node in members(root.get("institutions")).items():
            for name, inner in members(node["units"]).items():
                add(f"{inst}.{name}", inner, inst, node.get("admits"))
        for regime in self.regimes.values():
            if regime.unlimited:
                self.units.append(Unit(regime.name, regime, math.inf, Who(None, everything)))

    def make_pools(self):
        """In order of the first unit of each."""
        entries = [entry for rule in self.rules for entry in rule.to + rule.out_of_category]
        kinds = {}
        for unit in self.units:
            named = tuple(unit.is_part_of(entry) for entry in entries)
            kinds.setdefault((unit.regime, unit.admits.signature(), named), []).append(unit)
        return [Pool(units) for units in kinds.values()]

    def make_lists(self):
        """One for each rule and row of pools, in the order of rules, statuses and profiles."""
        profiles, lists = [profile for profile, _ in self.profiles()], []
        for rule, status, profile in itertools.product(self.rules, self.statuses.values(), profiles):
            entry = (rule, self.row(rule, status, profile))
            if self.rule_of(status, profile) is rule and entry not in lists:
                lists.append(entry)
        return lists

    def comes_back(self, name):
        seen, found = set(), self.statuses[name].ways()
        while found - seen:
            status = (found - seen).pop()
            seen.add(status)
            found |= self.statuses[status].ways()
        return name in found

    def shape(self, path, node, profile):
        """The shape at a path; where it varies, the one of this profile."""
        if isinstance(node, dict) and "by" in node:
            path = f"{path}.{profile[node['by']]}"
        if path not in self.tables:
            command = [self.celsim, "fields", "--table", path, self.path]
            text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            self.tables[path] = Shape(iter(text.splitlines()))
        return self.tables[path]

    def length(self, status, profile):
        return self.shape(f"{status.path}.{status.length}", status.length_node, profile)

    def rule_of(self, status, profile):
        """The first that matches; None: he needs no place."""
        rule = next((rule for rule in self.rules if rule.who.matches(status, profile)), None)
        return rule if rule and self.row(rule, status, profile) else None

    def row(self, rule, status, profile, wider=False):
        """His pools in order of preference; at the limit also those out of category."""
        entries = rule.to + (rule.out_of_category if wider else [])
        pools = [pool for entry in entries for pool in rule.pools_of(self, entry, status, profile)]
        return list(dict.fromkeys(pools))

    def is_out_of_category(self, rule, unit):
        return any(unit.is_part_of(place) for place in rule.out_of_category)

    def profiles(self):
        """All combinations of values, with their shares of all who arrive; the first attribute turns fastest."""
        for combination in itertools.product(*reversed(self.values.values())):
            profile = dict(zip(self.values, reversed(combination)))
            share = Fraction(1)
            for name, node in self.attributes.items():
                share *= shares(varying(node, profile))[profile[name]]
            yield profile, float(share)


# -- a person ------------------------------------------------------------------------------------------


class Person:
    def __init__(self, stream, key, day, offset, point):
        self.stream, self.key, self.day, self.offset, self.point = stream, key, day, offset, point
        self.profile, self.status, self.unit = {}, None, None
        self.since = 0
        self.length = None  # of the stay, or of the sentence imposed, in this status
        self.ends = self.limit = self.comes = None  # minutes of what is planned
        self.route = None  # what follows the status; None: its clock has not started
        self.served, self.counts_from = None, None  # custody that counts: minutes before, and since when
        self.visits = self.homes = 0
        self.plan = 0  # the number of his last planned event: earlier ones are void
        self.begin()

    def begin(self):
        """Nothing known about his place in the present status."""
        self.rule, self.row = None, None  # the list on which he stands
        self.waits = self.is_at_limit = self.is_at_gate = self.is_called = False
        self.is_placed = self.is_home = False

    def is_held(self):
        return self.unit is not None and not self.unit.regime.outside


# -- the world -----------------------------------------------------------------------------------------


class World:
    def __init__(self, scenario, replication):
        self.scenario, self.chance = scenario, Chance(scenario.seed, replication)
        self.now, self.events, self.serial = 0, [], itertools.count()
        self.rows = []
        self.seeking = {}  # persons to settle at the end of this minute
        self.listed = {}  # persons on the lists of the rules
        self.queued = {}  # persons who wait to be called up
        self.on_their_way = {}

    # - draws

    def draw(self, person, purpose, name, visit=0):
        number = person.offset + self.chance.purpose(purpose, name, visit)
        return self.chance.number(person.stream, person.day, number)

    def draw_status(self, person, purpose):
        name = person.status.name
        return self.draw(person, purpose, name, person.visits - 1 if name in self.scenario.cyclic else 0)

    def draw_profile(self, person):
        for name, node in self.scenario.attributes.items():
            n, row = self.draw(person, "attribute", name), shares(varying(node, person.profile))
            person.profile[name] = pick(n, self.scenario.values[name], row)

    def draw_length(self, person):
        if person.status.length_node is None:
            return None
        return self.scenario.length(person.status, person.profile).draw(self.draw_status(person, "stay"))

    # - events

    def at(self, minute, kind, what):
        heapq.heappush(self.events, (minute, kind, next(self.serial), what))

    def replan(self, person):
        """His next event is the earliest that is planned; an end comes before a limit."""
        kind = RELEASE if person.route == RELEASED else STATUS
        plans = [(person.ends, kind, self.follow), (person.limit, LIMIT, self.reach_limit),
                 (person.comes, ARRIVAL, self.come)]
        minute, kind, act = min((plan for plan in plans if plan[0] is not None),
                                key=lambda plan: plan[:2], default=(None, None, None))
        person.plan = plan = next(self.serial)
        if minute is not None:
            self.at(minute, kind, lambda: act(person) if person.plan == plan else None)

    def trace(self, person, event):
        unit = person.unit.name if person.unit else ""
        self.rows.append((self.now, person.key, len(self.rows), person.stream, person.day, person.point,
                          event, person.status.name, unit))

    def run(self):
        self.put_starters()
        self.at(0, RECORD, self.open_day)
        if any(status.called_up for status in self.scenario.statuses.values()):
            self.at(-(self.scenario.start + 3) % 7 * DAY, CAPACITY, self.call_up)  # day 0 was a Thursday
        end = self.scenario.days * DAY
        while self.events and self.events[0][0] < end:
            minute, _, _, act = heapq.heappop(self.events)
            self.now = minute
            act()
            if not self.events or self.events[0][0] > minute:
                self.round()
        return sorted(self.rows)

    # - arrivals: rule 3

    def open_day(self):
        day = self.scenario.start + self.now // DAY
        for flow in self.scenario.flows:
            rate = flow.rate(day)
            for slab in range(math.ceil(rate / 4)):
                self.open_slab(flow, day, slab, rate)
        self.at(self.now + DAY, RECORD, self.open_day)

    def open_slab(self, flow, day, slab, rate):
        def number(i, k):
            return self.chance.number(flow.name, day, (slab * 32 + i) * DRAWS_A_PERSON + k)

        u = Fraction(2 * number(0, 0) + 1, 2**53)
        for i in range(1, 1 + sum(u >= up_to for up_to in POISSON4)):
            if slab * 4 + 4 * uniform(number(i, HEIGHT))[0] >= rate:
                continue
            point = slab * 32 + i
            key = (self.scenario.rank[flow.name], day, point)
            person = Person(flow.name, key, day, point * DRAWS_A_PERSON, point)
            minute = self.now + number(i, MINUTE) * DAY // 2**52
            self.at(minute, ARRIVAL, lambda person=person: self.arrive(person, flow.status))

    def arrive(self, person, status):
        self.draw_profile(person)
        person.status = self.scenario.statuses[status]
        self.trace(person, "arrived")
        self.enter_status(person)
        self.follow(person)

    # - places: rule 6

    def move(self, person, unit):
        old, person.unit = person.unit, unit
        if old is not None:
            old.occupied -= 1
            if old.regime.turnover:
                old.turnover += 1
                self.at(self.now + old.regime.turnover, CAPACITY, lambda: self.end_turnover(old))
        if unit is not None:
            unit.occupied += 1

    def go_outside(self, person):
        """That breaks the custody that would count towards a sentence."""
        if person.unit is not None:
            self.move(person, None)
            person.served = person.counts_from = None

    @staticmethod
    def end_turnover(unit):
        unit.turnover -= 1

    def join(self, person, rule, row):
        person.rule, person.row = rule, row
        self.listed[person] = None

    def leave_lists(self, person):
        person.row = None
        for people in (self.listed, self.queued, self.on_their_way):
            people.pop(person, None)

    def turn(self, person):
        """The order of those who wait: rule, the rule's own order, the person's key."""
        first = -person.length if person.rule.by_sentence else person.since
        return person.rule.index, first, person.key

    def place_waiting(self):
        placed = False
        while True:
            free = {pool for pool in self.scenario.pools if pool.is_free()}
            able = [person for person in self.listed if not free.isdisjoint(person.row)]
            if not able:
                return placed
            first = min(able, key=self.turn)
            self.placed_in_round(first, find_unit(first.row))
            placed = True

    def round(self):
        """Until nothing changes: who seeks stands on his list, places are given, the rest is settled."""
        while True:
            for person in self.seeking:
                if not (person.waits or person.is_placed):
                    self.begin_to_wait(person)
            placed, unsettled = self.place_waiting(), sorted(self.seeking, key=lambda person: person.key)
            self.seeking = {}
            for person in unsettled:
                if person.waits:
                    self.settle(person)
            if not placed and not unsettled:
                return

    def placed_in_round(self, person, unit):
        """This minute's releases are over: what ends now leaves in the next."""
        self.placed(person, unit)
        if person.ends is not None and person.ends <= self.now:
            person.ends = self.now + 1
            self.replan(person)

    def placed(self, person, unit):
        """He has a place by his rule; out of category he goes on waiting for a better one."""
        scenario, status = self.scenario, person.status
        rule = scenario.rule_of(status, person.profile)
        self.leave_lists(person)
        person.begin()
        person.is_placed, person.limit = True, None
        if unit is not person.unit:
            self.move(person, unit)
        self.wait_for_better(person, rule)
        self.trace(person, "placed")
        self.start_clock_if_due(person)
        self.replan(person)

    def wait_for_better(self, person, rule):
        is_out = self.scenario.is_out_of_category
        if rule is None or person.unit is None or not is_out(rule, person.unit):
            return
        row = self.scenario.row(rule, person.status, person.profile)
        better = [pool for pool in row if not is_out(rule, pool.units[0])]
        if better:
            self.join(person, rule, better)

    # - seeking and waiting: rule 9

    def seek(self, person):
        """Keeps the place that he has if his rule allows it, else the end of the minute decides."""
        status = person.status
        rule = self.scenario.rule_of(status, person.profile)
        person.since = self.now
        if rule is None:
            self.go_outside(person)
            person.is_placed = True
            return
        row = self.scenario.row(rule, status, person.profile)
        if any(person.unit in pool.units for pool in row):
            self.placed(person, person.unit)
            return
        if status.called_up:
            self.go_outside(person)
            person.waits = True
            self.trace(person, "waits")
            self.queue(person, rule, row)
        else:
            self.seeking[person] = None

    def begin_to_wait(self, person):
        rule = self.scenario.rule_of(person.status, person.profile)
        person.waits = True
        self.trace(person, "waits")
        self.join(person, rule, self.scenario.row(rule, person.status, person.profile))

    def settle(self, person):
        """He still waits at the end of the minute."""
        if person.is_at_limit:
            self.give_way(person)
        elif person.is_at_gate:
            rule, row = person.rule, person.row
            self.leave_lists(person)
            person.is_at_gate = False
            self.trace(person, "sent_home")
            self.queue(person, rule, row)
        elif person.status.waits_in == "nowhere":
            self.trace(person, "refused")
            self.leave(person)
        elif person.status.waits_in in self.scenario.regimes:
            self.go_to_cell(person)
        elif person.status.waits_in == "outside":
            self.go_outside(person)

    def cells(self, status, profile):
        """Where he waits when he waits in a regime."""
        return [pool for pool in self.scenario.pools if pool.units[0].regime.name == status.waits_in and
                pool.units[0].admits.matches(status, profile)]

    def go_to_cell(self, person):
        unit = find_unit(self.cells(person.status, person.profile))
        if unit is not person.unit:
            self.move(person, unit)
        self.trace(person, "moved")
        if person.status.limit is not None:
            person.limit = self.now + person.status.limit
        self.start_clock_if_due(person)
        self.replan(person)

    def reach_limit(self, person):
        person.limit, person.is_at_limit = None, True
        if "out_of_category" in person.status.ladder:
            rule = person.rule
            self.join(person, rule, self.scenario.row(rule, person.status, person.profile, wider=True))
        self.seeking[person] = None
        self.replan(person)

    def give_way(self, person):
        person.is_at_limit = False
        last = person.status.ladder[-1]
        if last == "over_capacity":
            row = self.scenario.row(person.rule, person.status, person.profile)
            self.placed_in_round(person, find_unit(row))
        elif last == "sent_home":
            self.send_home(person)
        # else he stays on, over the limit

    def send_home(self, person):
        n = self.draw(person, "back", person.status.name, person.homes)
        path, node = f"{person.status.path}.sent_home.back_after", person.status.back_after
        self.leave_lists(person)
        person.begin()
        self.stop_counting(person)
        self.move(person, None)
        self.trace(person, "sent_home")
        person.homes += 1
        person.is_home, person.home_from, person.rest = True, self.now, person.ends
        person.ends = person.limit = None
        person.comes = self.now + self.scenario.shape(path, node, person.profile).draw(n)
        self.replan(person)

    def come_back(self, person):
        """Time at home counts for nothing: what was left to serve is left still."""
        old, route, rest = person.status, person.route, person.rest
        person.begin()
        person.status = self.scenario.statuses[old.back_as]
        if route is not None and rest is not None:
            person.ends = rest + self.now - person.home_from
            if route == RELEASED:
                person.ends = self.before_weekend(person.status, person.ends)
        if person.status is old:
            self.seek(person)
            self.start_clock_if_due(person)
        else:
            self.enter_status(person)
        self.follow(person)

    def come(self, person):
        person.comes = None
        if person.is_home:
            self.come_back(person)
        else:
            self.come_to_gate(person)

    # - call-up: rule 12

    def queue(self, person, rule, row):
        person.rule, person.row = rule, row
        self.queued[person] = None

    def call_up(self):
        """For each list the first in turn, as long as places will be free and the week's quota lasts."""
        left = {status: status.at_most for status in self.scenario.statuses.values()}
        for rule, row in self.scenario.lists:
            queue = [person for person in self.queued if person.rule is rule and person.row == row]
            for person in sorted(queue, key=self.turn):
                if left[person.status] == 0 or self.places_to_fill(person.status, rule, row) <= 0:
                    break
                left[person.status] -= 1
                self.call(person)
        self.at(self.now + 7 * DAY, CAPACITY, self.call_up)

    def places_to_fill(self, status, rule, row):
        units = [unit for pool in row for unit in pool.units]
        called = sum(person.rule is rule and person.row == row for person in self.on_their_way)
        filled = math.floor(status.fill_to * sum(unit.places for unit in units))
        return filled - sum(unit.occupied for unit in units) - called

    def call(self, person):
        del self.queued[person]
        self.on_their_way[person] = None
        person.is_called, person.comes = True, self.now + person.status.notice
        self.trace(person, "called")
        self.replan(person)

    def come_to_gate(self, person):
        rule, row = person.rule, person.row
        self.leave_lists(person)
        person.is_called = False
        if is_below(self.draw_status(person, "no_show"), person.status.no_show):
            self.trace(person, "no_show")
            self.change_status(person, person.status.then)
            self.follow(person)
            return
        person.is_at_gate = True
        self.join(person, rule, row)
        self.seeking[person] = None
        self.replan(person)

    # - the path of a person: rules 10 and 11

    def enter_status(self, person):
        if person.status.name in self.scenario.cyclic:
            person.visits = person.visits % 255 + 1  # then draws repeat
        person.length = self.draw_length(person)
        self.trace(person, "status")
        self.seek(person)
        self.start_clock_if_due(person)
        is_seeking = not (person.is_placed or person.waits)
        if (is_seeking and person.status.clock == "custody" and person.status.waits_in == "outside"
                and person.ends is not None and person.ends > self.now):
            person.ends = person.route = None  # custody goes on only if he gets a place in this minute

    def change_status(self, person, name):
        self.leave_lists(person)
        self.seeking.pop(person, None)
        self.stop_counting(person)
        if not person.status.served:
            person.served = None  # the custody that counts is broken
        person.begin()
        person.ends = person.limit = person.comes = person.route = None
        person.status = self.scenario.statuses[name]
        self.enter_status(person)

    def follow(self, person):
        """What is over now is over; then to the next that is planned."""
        while person.ends is not None and person.ends <= self.now:
            if person.route == RELEASED:
                self.trace(person, "released")
                self.leave(person)
                return
            self.change_status(person, person.route)
        self.replan(person)

    def leave(self, person):
        self.leave_lists(person)
        self.seeking.pop(person, None)
        self.move(person, None)
        person.begin()
        person.ends = person.limit = person.comes = None
        self.replan(person)

    def count_custody(self, person):
        """Time held in a status that is served counts, and in one whose clock is custody."""
        counts = person.status.served or person.status.clock == "custody"
        if person.counts_from is None and counts and person.is_held():
            person.counts_from = self.now

    def stop_counting(self, person):
        if person.counts_from is not None and person.status.served:
            person.served = (person.served or 0) + self.now - person.counts_from
        person.counts_from = None

    def start_clock_if_due(self, person):
        self.count_custody(person)
        if person.route is not None:
            return
        is_due = {"arrival": True, "placement": person.is_placed,
                  "custody": person.served is not None or person.counts_from is not None}
        if is_due[person.status.clock]:
            served = person.served or 0 if person.status.clock == "custody" else 0
            self.start_clock(person, self.now - served)

    def start_clock(self, person, from_minute):
        status = person.status
        person.route = self.draw_route(person)
        if person.length is None:
            return
        granted = Fraction(plain(varying(status.granted, person.profile)))
        is_granted = not status.conditional or is_below(self.draw_status(person, "granted"), granted)
        person.ends = max(self.now, from_minute + status.to_serve(person.length, is_granted))
        if person.route == RELEASED:
            person.ends = self.before_weekend(status, person.ends)

    def draw_route(self, person):
        routes = person.status.routes
        if len(routes) == 1:
            return routes[0]
        row = shares(varying(person.status.next, person.profile))
        return pick(self.draw_status(person, "route"), routes, row)

    def before_weekend(self, status, minute):
        """A release at the weekend moves to the Friday before, not before now."""
        moves = {"as_planned": {}, "friday": {5: 1, 6: 2}, "friday_for_monday": {5: 1, 6: 2, 0: 3}}
        days = moves[status.weekend]
        weekday = date_of(self.scenario.start + minute // DAY).weekday()
        return max(self.now, minute - days[weekday] * DAY) if weekday in days else minute

    # - the starting population: rule 10

    def put_starters(self):
        for group in self.scenario.groups:
            weights = [(profile, self.weight(group, profile) * share)
                       for profile, share in self.scenario.profiles()]
            for i in range(group.persons):
                self.put_starter(group, weights, i)

    def row_of_group(self, group, profile):
        """Where people of the group can be: as it says, or by their rule; None: nowhere, []: outside."""
        status = self.scenario.statuses[group.status]
        rule = self.scenario.rule_of(status, profile)
        if group.waiting and rule is None:
            return None
        if group.places:
            pools = [pool for pool in self.scenario.pools
                     if any(pool.units[0].is_part_of(place) for place in group.places)
                     and pool.units[0].admits.matches(status, profile)]
            return pools or None
        if group.waiting:
            return self.cells(status, profile)
        return self.scenario.row(rule, status, profile) if rule else []

    def weight(self, group, profile):
        """Who stays longer is met more often."""
        status = self.scenario.statuses[group.status]
        if self.row_of_group(group, profile) is None:
            return 0.0
        if group.waiting or group.elapsed != "equilibrium":
            return 1.0
        return self.scenario.length(status, profile).mean

    def put_starter(self, group, weights, i):
        person = Person(group.name, (self.scenario.rank[group.name], 0, i), 0, i * DRAWS_A_PERSON, i)

        def fixed(k):
            return uniform(self.chance.number(group.name, 0, person.offset + k))

        target, total = fixed(PROFILE)[0] * sum(weight for _, weight in weights), 0.0
        for profile, weight in weights:
            total += weight
            if weight > 0:
                person.profile = profile
            if target < total:
                break
        person.status = self.scenario.statuses[group.status]
        if person.status.name in self.scenario.cyclic:
            person.visits = 1
        pools = self.row_of_group(group, person.profile)
        if pools:
            self.move(person, find_unit(pools))
        if group.waiting:
            self.start_waiting(person, group, fixed(SINCE))
        else:
            self.start_present(person, group, fixed(IN_PROGRESS), fixed(ELAPSED))

    def start_present(self, person, group, which, over):
        status, elapsed = person.status, 0.0
        person.route, person.is_placed = self.draw_route(person), True
        if status.length_node is not None:
            shape = self.scenario.length(status, person.profile)
            if group.elapsed == "equilibrium":
                whole = shape.in_progress(which)
                elapsed = over[0] * whole
            else:
                path = f"{group.path}.elapsed"
                elapsed = self.scenario.shape(path, group.elapsed, person.profile).quantile(over)
                whole = shape.given_elapsed(elapsed, which)
            person.ends = max(1, int(whole - elapsed + 0.5))
            person.length = int(elapsed) + person.ends
            if person.route == RELEASED:
                person.ends = self.before_weekend(status, person.ends)
        if status.served or status.clock == "custody":
            person.counts_from = -int(elapsed)
        self.wait_for_better(person, self.scenario.rule_of(status, person.profile))
        self.trace(person, "placed")
        self.replan(person)

    def start_waiting(self, person, group, u):
        status, rule = person.status, self.scenario.rule_of(person.status, person.profile)
        if group.since is not None:
            shape = self.scenario.shape(f"{group.path}.since", group.since, person.profile)
            person.since = -int(shape.quantile(u) + 0.5)
        person.length, person.waits = self.length_of_waiting(person, group), True
        self.trace(person, "waits")
        stand = self.queue if status.called_up else self.join
        stand(person, rule, self.scenario.row(rule, status, person.profile))
        if status.limit is not None:
            person.limit = max(0, person.since + status.limit)
        if (status.served or status.clock == "custody") and person.is_held():
            person.counts_from = person.since
        if status.clock == "arrival" or (status.clock == "custody" and person.is_held()):
            self.start_clock(person, person.since)
        self.replan(person)

    def length_of_waiting(self, person, group):
        """A clock that runs while he waits has not run out yet."""
        status = person.status
        if status.length_node is None or status.length == "sentence" or status.clock != "arrival" or person.since == 0:
            return self.draw_length(person)
        which = uniform(self.chance.number(group.name, 0, person.offset + IN_PROGRESS))
        whole = self.scenario.length(status, person.profile).given_elapsed(-person.since, which)
        return max(int(whole + 0.5), -person.since + 1)


# -- printing and comparing ----------------------------------------------------------------------------

HEADER = ["minute", "stream", "day", "point", "event", "status", "unit"]


def reference_rows(scenario, replication):
    for unit in scenario.units:
        unit.occupied = unit.turnover = 0
    return [(row[0],) + row[3:] for row in World(scenario, replication).run()]


def program_rows(scenario, replication):
    with tempfile.TemporaryDirectory() as folder:
        command = [scenario.celsim, "run", scenario.path, "--quiet", "--events", str(replication),
                   "--replications", str(replication + 1), "--out", f"{folder}/out"]
        subprocess.run(command, check=True, timeout=60)
        with open(f"{folder}/out/events.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
    if rows[0] != HEADER:
        sys.exit(f"events.csv has other columns: {','.join(rows[0])}")
    return [(int(r[0]), r[1], int(r[2]), int(r[3]), r[4], r[5], r[6]) for r in rows[1:]]


def by_person(rows):
    """Each person's rows in order. To wait no minute is not to wait: who gets a place in the minute in
    which he lines up has no row `waits`, whether or not he stood on a list within that minute."""
    persons = {}
    for row in rows:
        history = persons.setdefault(row[1:4], [])
        if history and row[4] == "placed" and history[-1][:2] == (row[0], "waits"):
            history.pop()
        history.append((row[0], *row[4:]))
    return persons


def say(rows, i):
    if i >= len(rows):
        return "nothing more"
    minute, event, status, unit = rows[i]
    return f"minute {minute} (day {minute // DAY}): {event}, status {status}, {unit or 'outside'}"


def compare(scenario, replication):
    """True when every person has the same history; else says where the first ones part."""
    name, parted = f"{scenario.path}, replication {replication}", []
    try:
        theirs = by_person(program_rows(scenario, replication))
    except subprocess.SubprocessError as error:
        print(f"{name}: the program failed: {error}")
        return False
    ours = by_person(reference_rows(scenario, replication))
    for who in ours.keys() | theirs.keys():
        one, other = ours.get(who, []), theirs.get(who, [])
        if one != other:
            same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other))
            i = sum(1 for _ in same)
            parted.append((min(rows[i][0] for rows in (one, other) if i < len(rows)), who, i))
    if not parted:
        print(f"{name}: the same history for {len(ours)} persons, {sum(map(len, ours.values()))} rows")
        return True
    print(f"{name}: {len(parted)} of {len(ours.keys() | theirs.keys())} persons differ; the first:")
    for _, who, i in sorted(parted)[:3]:
        one, other = ours.get(who, []), theirs.get(who, [])
        print(f"  {who[0]}, day {who[1]}, point {who[2]}")
        for k in range(max(0, i - 3), i):
            print(f"    both:          {say(one, k)}")
        print(f"    the program:   {say(other, i)}\n    the reference: {say(one, i)}")
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="+", type=Path)
    parser.add_argument("--celsim", default="build/release/celsim")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--replication", type=int, default=0)
    parser.add_argument("--replications", type=int, default=2)
    arguments = parser.parse_args()
    scenarios = [Scenario(path, arguments.celsim) for path in arguments.scenario]
    if arguments.compare:
        results = [compare(s, r) for s in scenarios for r in range(arguments.replications)]
        return 0 if all(results) else 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADER)
    for scenario in scenarios[:1]:
        writer.writerows(reference_rows(scenario, arguments.replication))
    return 0


if __name__ == "__main__":
    sys.exit(main())
