"""Measures: rules 3, 5, 14 and 15."""

from fractions import Fraction
import math

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
