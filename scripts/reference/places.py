"""The places of a unit by date: rule 8."""

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
        self.drain = minutes(node.get("drain", "0 days")) // DAY

    def forget(self):
        """When changes were added."""
        self.known.clear()

    def usable_on(self, day, known=None):
        """As it is known on that day, or a day before."""
        known = day if known is None or not self.shocks else known
        if (day, known) not in self.known:
            self.known[day, known] = self.find_usable(day, known)
        return self.known[day, known]

    def strike(self, first, last, places):
        """Nobody knew of it before; all that is built, or so many."""
        built = self.built + sum(n for one, other, n, why in self.changes if why is None and one <= first <= other)
        self.shocks.append((first, last, -(built if places is None else places), "damage"))
        self.forget()

    def is_struck_on(self, day):
        return any(first == day for first, *_ in self.shocks)

    def find_usable(self, day, known):
        changes = self.changes + [shock for shock in self.shocks if shock[0] <= known]
        today = [(places, why) for first, last, places, why in changes if first <= day <= last]
        left = self.built + sum(places for places, why in today if why is None)
        for cause in CAUSES:
            left -= min(left, -sum(places for places, why in today if why == cause))
        return left

    def lowest_from(self, day):
        """Of today and the drain days."""
        return min(self.usable_on(day + i, day) for i in range(self.drain + 1))
