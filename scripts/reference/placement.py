"""Who gets which place: rule 6."""

from reference.person import CAPACITY
from reference.scenario import find_unit


class Placement:
    def move(self, person, unit):
        old, person.unit = person.unit, unit
        if old is not None:
            old.occupied -= 1
            old.people.remove(person)
            old.to_move = max(0, old.to_move - 1)
            old.close_late()
            if old.regime.turnover:
                old.turnover += 1
                self.at(self.now + old.regime.turnover, CAPACITY, lambda: self.end_turnover(old))
        if unit is not None:
            unit.occupied += 1
            unit.people.add(person)
            person.entered = self.now
        if not person.is_held():
            person.crisis.stop()

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
        return person.rule.place, person.rule.index, first, person.key

    def place_waiting(self):
        placed = False
        while True:
            free = {pool for pool in self.scenario.pools if pool.is_free()}
            able = [person for person in self.listed
                    if not free.isdisjoint(person.row) and self.can_come(person.status)]
            if not able:
                return placed
            first = min(able, key=self.turn)
            self.placed_in_round(first, find_unit(first.row))
            self.review_transfers()
            placed = True

    def round(self):
        """Until nothing changes: who seeks stands on his list, places are given, the rest is settled."""
        self.set_gates()
        self.settle_titles()
        while True:
            moved = self.review_transfers()
            for person in self.seeking:
                if not (person.waits or person.is_placed):
                    self.begin_to_wait(person)
            placed, unsettled = self.place_waiting(), sorted(self.seeking, key=lambda person: person.key)
            self.seeking = {}
            for person in unsettled:
                if person.waits:
                    self.settle(person)
            if not moved and not placed and not unsettled and not self.swap():
                return

    def placed_in_round(self, person, unit):
        """This minute's releases are over: what ends now leaves in the next."""
        self.placed(person, unit)
        if person.ends is not None and person.ends <= self.now:
            person.ends = self.now + 1
            self.replan(person)

    def placed(self, person, unit):
        """He has a place by his rule; out of category he goes on waiting for a better one."""
        rule = person.rule if person in self.listed else self.scenario.rule_of(person.status, person.profile)
        self.leave_lists(person)
        person.begin()
        person.is_placed, person.limit = True, None
        if unit is not person.unit:
            self.count_move(person, unit)
            self.move(person, unit)
        self.wait_for_better(person, rule)
        self.trace(person, "placed")
        self.start_clock_if_due(person)
        self.stand_before_release(person, self.now)
        self.replan(person)

    def wait_for_better(self, person, rule):
        better = self.better_row(person, rule) if rule is not None and person.unit is not None else []
        if better:
            self.join(person, rule, better)

    def better_row(self, person, rule):
        """For what he waits who is out of category by the rule; empty: he is not."""
        is_out = self.scenario.is_out_of_category
        if not is_out(rule, person.unit):
            return []
        row = self.scenario.row(rule, person.status, person.profile)
        return [pool for pool in row if not is_out(rule, pool.units[0])]
