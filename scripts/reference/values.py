"""What a node of the scenario says: values that vary, durations, dates, shares, `who`."""

from fractions import Fraction
import datetime
import functools
import itertools

from reference.chance import is_below
from reference.dates import NOTES, UNITS_OF_TIME


def plain(node):
    """{value: X, source: ..} is X."""
    return node["value"] if isinstance(node, dict) and "value" in node else node


def members(node):
    return {k: v for k, v in (node or {}).items() if k not in NOTES}


@functools.cache
def fraction_of(text):
    return Fraction(text)


def fraction(node):
    return fraction_of(plain(node))


def minutes(text):
    return minutes_of(plain(text))


@functools.cache
def minutes_of(text):
    number, unit = text.split()
    return int(Fraction(number) * UNITS_OF_TIME[unit.rstrip("s")])


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


def lots(names, share_of):
    """Each name and where its part of 0..1 ends, in the order of the names."""
    return list(zip(names, itertools.accumulate(share_of.get(name, Fraction(0)) for name in names)))


def pick(n, parts):
    """The name in whose part of 0..1 the draw lies."""
    return next(name for name, up_to in parts if is_below(n, up_to))


def day_number(text):
    return (datetime.date.fromisoformat(plain(text)) - datetime.date(1970, 1, 1)).days


def date_of(day):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=day)


class Who:
    """A question about a person: for each key the values that fit, None: any."""

    def __init__(self, node, all_values):
        self.any_of = {}
        for key, wanted in members(node).items():
            negated = isinstance(wanted, dict)
            wanted = wanted["not"] if negated else wanted
            named = {wanted} if isinstance(wanted, str) else set(wanted)
            self.any_of[key] = frozenset(set(all_values[key]) - named if negated else named)

    def is_of_flow(self, flow, status):
        return all(value in self.any_of.get(key, {value}) for key, value in (("flow", flow), ("status", status)))

    def matches(self, status, profile):
        for key, values in self.any_of.items():
            if (status.name if key == "status" else profile[key]) not in values:
                return False
        return True

    def and_also(self, other):
        for key, values in other.any_of.items():
            self.any_of[key] = self.any_of.get(key, values) & values
        return self

    def signature(self):
        return frozenset(self.any_of.items())
