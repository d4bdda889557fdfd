"""Intake hours and transport: rule 12."""

import math

from reference.dates import DAY
from reference.person import CAPACITY
from reference.values import date_of, members, plain

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Hours:
    """When a gate is open, and for how many a day."""

    def __init__(self, node):
        node = node or {}
        self.begins, self.ends = (60 * int(plain(hour)) for hour in node.get("hours", ["0", "24"]))
        self.days = {WEEK.index(plain(day)) for day in node.get("days", WEEK)}
        self.per_day = int(plain(node["per_day"])) if "per_day" in node else None

    def is_open(self, weekday, minute):
        return weekday in self.days and self.begins <= minute < self.ends


class Gates:
    def open_gates(self):
        """Rounds at each midnight, and whenever hours begin or end."""
        self.moves = {}  # by day
        self.taken = {}  # by unit and day
        regimes = self.scenario.regimes.values()
        if self.scenario.transport is None and all(regime.intake is None for regime in regimes):
            return
        turns = {0} | {minute for regime in regimes if regime.intake is not None
                       for minute in (regime.intake.begins, regime.intake.ends)}
        for day in range(self.scenario.days):
            for minute in turns:
                self.at(day * DAY + minute, CAPACITY, lambda: None)

    def weekday(self, minute):
        return date_of(self.scenario.start + minute // DAY).weekday()

    def takes_in(self, unit):
        hours = unit.regime.intake
        if hours is None:
            return True
        per_day = self.per_day(hours, lambda node: members(node.get("intake_per_day")).get(unit.regime.name))
        full = self.taken.get((unit, self.now // DAY), 0) >= per_day
        return hours.is_open(self.weekday(self.now), self.now % DAY) and not full

    def set_gates(self):
        for unit in self.scenario.units:
            unit.is_open = self.takes_in(unit)

    def is_brought(self, status):
        """Who waits in custody does not come on his own feet."""
        if self.scenario.transport is None:
            return False
        regime = self.scenario.regimes.get(status.waits_in)
        return status.waits_in == "present_place" or (regime is not None and not regime.outside)

    def can_come(self, status):
        if not self.is_brought(status):
            return True
        hours = self.scenario.transport
        used = self.moves.get(self.now // DAY, 0)
        per_day = self.per_day(hours, lambda node: node.get("transport_per_day"))
        return self.weekday(self.now) in hours.days and used < per_day

    def per_day(self, hours, stated):
        """Of the measures in force the last one by start, then name, that states it."""
        found = math.inf if hours.per_day is None else hours.per_day
        for measure in self.scenario.measures.quotas:
            number = stated(measure.node)
            if measure.level(self.scenario.start + self.now // DAY)[0] and number is not None:
                found = float(plain(number).replace("unlimited", "inf"))
        return found

    def count_move(self, person, unit):
        """Before he is placed in another unit than the one that he is in."""
        day, old = self.now // DAY, person.unit
        self.taken[unit, day] = self.taken.get((unit, day), 0) + 1
        inside = old is not None and old.institution is not None and old.institution == unit.institution
        if self.is_brought(person.status) and not inside:
            self.moves[day] = self.moves.get(day, 0) + 1
        unit.is_open = self.takes_in(unit)

    def when_open(self, row, minute):
        """The first minute from this one on in which a unit of these pools is open, quotas aside."""
        hours = [pool.units[0].regime.intake for pool in row]
        while all(h is not None and not h.is_open(self.weekday(minute), minute % DAY) for h in hours):
            minute += 1
        return minute
