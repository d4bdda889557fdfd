"""Cells for two: rule 8."""

from reference.values import Who, day_number


class Sharing:
    """Who may share a cell in a regime, and when."""

    def __init__(self, node, all_values):
        self.who = Who(node.get("who"), all_values)
        self.first = day_number(node["from"]) if "from" in node else None
        self.last = day_number(node["to"]) if "to" in node else None

    def goes_on(self, day, days):
        """Whether it is allowed on the day and on so many that follow."""
        has_begun = self.first is None or day >= self.first
        return has_begun and (self.last is None or day + days <= self.last)


class Pairs:
    """What of a unit's places counts: for a Unit with regime, dated, people and for_two."""

    def open_pairs(self, day):
        """Who is there at the start fills all that is usable then."""
        self.is_closed_to_pairs = False  # by valves
        self.planned = self.lowest = self.dated.usable_on(day)
        self.set_sharing(day, 0)
        self.counted = 0  # at the last review
        self.seen = self.usable

    def set_sharing(self, day, days):
        sharing = self.regime.sharing if self.for_two else None
        self.is_shared = sharing is not None and not self.is_closed_to_pairs and sharing.goes_on(day, 0)
        self.stays_shared = self.is_shared and sharing.goes_on(day, days)

    def pairs(self):
        return sum(self.regime.sharing.who.matches(p.status, p.profile) for p in self.people) // 2

    def count(self, places, is_shared):
        """Of so many places the first in each cell, and a second for each pair."""
        if self.regime.sharing is None or self.for_two == 0:
            return places
        second = min(self.for_two, self.for_two * places // self.size)
        return places - second + (min(second, self.pairs()) if is_shared else 0)

    @property
    def usable(self):
        return self.count(self.planned, self.is_shared)

    def close_late(self, is_struck=False):
        """Usable, with the places that are late: somebody holds them still (on_shrink: hold)."""
        holds = self.dated.on_shrink == "hold" and not is_struck
        self.seen = max(self.usable, min(self.seen, self.occupied)) if holds else self.usable

    @property
    def entries(self):
        """At most so many may be in it when somebody has come in."""
        return self.count(self.lowest, self.stays_shared)

    def has_shrunk(self):
        """Since the last review."""
        before, self.counted = self.counted, self.usable
        return self.counted < before
