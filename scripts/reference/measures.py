"""Measures: rules 3, 5, 14 and 15."""

from fractions import Fraction
import math

from reference.chance import is_below
from reference.dates import DAY
from reference.values import Who, day_number, members, minutes, plain


class Measure:
    def __init__(self, name, node, everything):
        self.name, self.kind = name, plain(node["kind"])
        self.starts = day_number(node["starts"])
        self.last = day_number(node["ends"]) if "ends" in node else math.inf
        self.ramp = minutes(node["ramp"]) // DAY if "ramp" in node else 0
        who = dict(members(node.get("who")))
        sentence = who.pop("sentence", {})
        self.at_least = minutes(sentence["at_least"]) if "at_least" in sentence else 0
        self.at_most = minutes(sentence["at_most"]) if "at_most" in sentence else math.inf
        self.who = Who(who, everything)
        self.factor = float(plain(node.get("factor", "1")))
        self.share = Fraction(plain(node.get("share", "0")))
        self.regime, self.fails = node.get("in"), node.get("fails")

    def level(self, day):
        """How much of it is in force: parts and whole."""
        if not self.starts <= day <= self.last:
            return 0, 1
        return min(day - self.starts, self.ramp) + 1, self.ramp + 1

    def factor_on(self, day):
        part, whole = self.level(day)
        return self.factor if part == whole else 1 + (self.factor - 1) * part / whole


class Measures:
    """Of the scenario: by name, and those that replace sentences by their start."""

    def __init__(self, node, everything):
        self.all = [Measure(name, each, everything) for name, each in sorted(members(node).items())]
        self.inflow = [measure for measure in self.all if measure.kind == "inflow"]
        self.diversions = sorted((measure for measure in self.all if measure.kind == "replace_sentence"),
                                 key=lambda measure: measure.starts)

    def ceiling(self, flow, day):
        """No rate is higher, whoever comes."""
        return flow.rate(day) * math.prod(max(1, m.factor_on(day)) for m in self.inflow)

    def rate(self, flow, day, status, profile):
        """The rate for people like this one."""
        rate = flow.rate(day)
        for measure in self.inflow:
            if measure.who.matches(status, dict(profile, flow=flow.name)):
                rate *= measure.factor_on(day)
        return rate


class Replacing:
    """Of the world: who serves a sentence otherwise."""

    def find_measure(self, person):
        """The first that takes him, each by a uniform of its own."""
        status, day = person.status, self.scenario.start + self.now // DAY
        for measure in self.scenario.measures.diversions if status.length == "sentence" else ():
            part, whole = measure.level(day)
            if measure.who.matches(status, person.profile) and measure.at_least <= person.length <= measure.at_most \
                    and is_below(self.draw_measure(person, "measure", measure), measure.share * part / whole):
                return measure
        return None

    def draw_measure(self, person, purpose, measure):
        visit = person.visits - 1 if person.status.name in self.scenario.cyclic else 0
        return self.draw(person, purpose, measure.name, visit)

    def is_replaced(self, person):
        """He has come into his status, and a measure takes him: he leaves, or is to fail, or serves in its regime."""
        measure = self.find_measure(person)
        if measure is None:
            return False
        self.trace(person, "status")
        fails = None
        if measure.fails and is_below(self.draw_measure(person, "measure_fails", measure),
                                      Fraction(plain(measure.fails["share"]))):
            after = self.scenario.shape(f"measures.{measure.name}.fails.after", measure.fails["after"], person.profile)
            fails = self.now + max(1, after.draw(self.draw_measure(person, "measure_after", measure)))
        if measure.regime:
            self.serve_in(person, measure)
        else:
            self.trace(person, "replaced")
            if fails is None:
                self.leave(person)
                return True
            self.move(person, None)
        person.measure = measure
        person.comes = fails if person.ends is None or fails is not None and fails < person.ends else None
        self.replan(person)
        return True

    def serve_in(self, person, measure):
        """What he serves there counts as custody."""
        self.move(person, next(unit for unit in self.scenario.units if unit.regime.name == measure.regime))
        self.trace(person, "replaced")
        person.counts_from = self.now
        self.start_clock(person, self.now - (person.served or 0) if person.status.clock == "custody" else self.now)

    def fail(self, person):
        """He serves it after all, in another status, and is not judged again."""
        measure, length = person.measure, person.length
        if person.counts_from is not None:
            person.served = (person.served or 0) + self.now - person.counts_from
            person.counts_from = None
        person.begin()
        person.ends = person.route = None
        if measure.regime:
            self.move(person, None)
        person.status = self.scenario.statuses[measure.fails["as"]]
        self.count_visit(person)
        person.length = length if person.status.length == "sentence" else self.draw_length(person)
        self.begin_status(person)
        self.follow(person)
