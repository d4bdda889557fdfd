"""The places of a unit by date: rule 8."""

import copy
import math

from reference.dates import DAY
from reference.values import day_number, minutes, plain

CAUSES = ("lost", "works", "damage", "reserve", "staff")


class DatedPlaces:
    def __init__(self, node):
        self.built = math.inf if node is None else int(plain(node["places"]))
        node = node or {}
        why = plain(node.get("why", "works")).replace(",", " ").split()[0]
        self.changes = [(-math.inf, math.inf, -int(plain(node.get("out_of_use", "0"))), why)]
        for change in node.get("changes", []):
            last = day_number(change["to"]) if "to" in change else math.inf
            self.changes.append((day_number(change["from"]), last, int(plain(change["places"])),
                                 change.get("why")))
        self.on_shrink = plain(node.get("on_shrink", "drain"))
        self.known, self.shocks = {}, []
        self.closed, self.shock_days = {}, []  # for want of staff, by day; of the whole institution
        self.drain = minutes(node.get("drain", "0 days")) // DAY

    def and_changes(self, changes):
        """The same with more changes: (first day, last day, places, cause)."""
        other = copy.copy(self)
        other.changes, other.known, other.shocks = self.changes + changes, {}, list(self.shocks)
        return other

    def built_on(self, day):
        return max(0, self.built + sum(n for first, last, n, why in self.changes if first <= day <= last and why is None))

    def forget(self):
        """When changes were added."""
        self.known.clear()

    def usable_on(self, day, known=None):
        """As it is known on that day, or a day before."""
        known = day if known is None or not (self.shocks or self.shock_days) else known
        if (day, known) not in self.known:
            self.known[day, known] = self.find_usable(day, known)
        return self.known[day, known]

    def strike(self, first, last, places):
        """Nobody knew of it before; all that is built, or so many."""
        self.shocks.append((first, last, -(self.built_on(first) if places is None else places), "damage"))
        self.forget()

    def is_struck_on(self, day):
        return any(first == day for first, *_ in self.shocks)

    def find_usable(self, day, known):
        changes = self.changes + [shock for shock in self.shocks if shock[0] <= known]
        changes.append((day, day, -self.closed_as_known(day, known), "staff"))
        today = [(places, why) for first, last, places, why in changes if first <= day <= last]
        left = self.built_on(day)
        for cause in CAUSES:
            left -= min(left, max(0, -sum(places for places, why in today if why == cause)))
        return left

    def closed_as_known(self, day, known):
        """Before a shock what is closed for want of staff is thought to stay so."""
        day = min([day] + [shock - 1 for shock in self.shock_days if known < shock <= day])
        return self.closed.get(min(day, max(self.closed, default=day)), 0)

    def lowest_from(self, day):
        """Of today and the drain days."""
        return min(self.usable_on(day + i, day) for i in range(self.drain + 1))
