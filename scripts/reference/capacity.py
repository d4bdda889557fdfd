"""The places of units over time, and what happens when one shrinks: rules 6 and 8."""

import math

from reference.dates import DAY
from reference.person import CAPACITY
from reference.scenario import find_unit


def turn_to_move(person):
    """Those placed last move first; ties by key."""
    return -person.entered, person.key


class Capacity:
    def change_places(self):
        """At 00:00 of each day."""
        self.set_places()
        self.at(self.now + DAY, CAPACITY, self.change_places)

    def set_places(self):
        """Who is there at the start fills all that is usable then: this comes after it."""
        day = self.scenario.start + self.now // DAY
        for unit in self.scenario.units:
            usable = unit.dated.usable_on(day)
            moves = unit.dated.on_shrink == "transfer" or unit.dated.is_struck_on(day)
            if usable < unit.planned and moves:
                unit.to_move = math.inf
            unit.planned, unit.lowest = usable, unit.dated.lowest_from(day)
            unit.set_sharing(day, unit.dated.drain)
            unit.close_late(unit.dated.is_struck_on(day))

    def review_transfers(self):
        """True when somebody was moved. He who must move has a place, and waits for another one."""
        chosen = []
        for unit in self.scenario.units:
            if unit.dated.on_shrink != "transfer" and not unit.dated.shocks:
                continue
            if unit.has_shrunk() and unit.dated.on_shrink == "transfer":
                unit.to_move = math.inf
            unit.to_move = min(unit.to_move, max(0, len(unit.people) - unit.usable))
            moving = sorted((person for person in unit.people if person.must_move()), key=turn_to_move)
            while len(moving) > unit.to_move:
                self.let_stay(moving.pop())
            if unit.to_move > len(moving):
                chosen += sorted(self.able_to_move(unit), key=turn_to_move)[:unit.to_move - len(moving)]
        moved = [self.move_or_wait(person) for person in sorted(chosen, key=turn_to_move)]
        return any(moved)

    def able_to_move(self, unit):
        return [person for person in unit.people if person.is_placed and not person.waits and
                self.scenario.rule_of(person.status, person.profile) is not None]

    def let_stay(self, person):
        self.leave_lists(person)
        person.waits = False
        self.trace(person, "stays")
        self.wait_for_better(person, self.scenario.rule_of(person.status, person.profile))
        self.stand_before_release(person, self.now)
        self.replan(person)

    def move_or_wait(self, person):
        """He moves before all others where a place is free for him, else he waits as they do."""
        rule = self.scenario.rule_of(person.status, person.profile)
        row = self.scenario.row(rule, person.status, person.profile)
        if not self.scenario.is_out_of_category(rule, person.unit):
            person.since = self.now
        if any(pool.is_free() for pool in row) and self.can_come(person.status):
            self.leave_lists(person)  # he gets a place by his own rule
            self.placed_in_round(person, find_unit(row))
            return True
        self.leave_lists(person)
        person.waits = True
        self.trace(person, "waits")
        self.join(person, rule, row)
        return False
