"""Crises of people who are held, and where they are meanwhile: rule 15."""

from reference.chance import uniform
from reference.dates import YEAR
from reference.scenario import find_unit
from reference.values import plain, varying


class Crises:
    def crises_per_year(self, person):
        node = person.status.crisis
        return float(plain(varying(node["per_year"], person.profile))) if node else 0.0

    def crisis_rule(self, person):
        """The first rule for who is in a crisis that is for him; None: he never is."""
        scenario = self.scenario
        if self.crises_per_year(person) <= 0 or scenario.rule_of(person.status, person.profile) is None:
            return None
        return next((rule for rule in scenario.rules if rule.in_crisis and
                     scenario.row_if_for(rule, person.status, person.profile)), None)

    def crisis_row(self, person):
        rule = self.crisis_rule(person)
        return self.scenario.row(rule, person.status, person.profile) if rule else []

    # - when

    def draw_crisis(self, person):
        """The next one, from now on; its length is the draw of the same number."""
        clock = person.crisis
        n = self.draw(person, "crisis_begins", person.status.name, clock.draws)
        clock.draws += 1
        after = self.scenario.exponential_year().value_at(uniform(n)) / self.crises_per_year(person)
        clock.next = clock.since + int(max(after, 1.0) + 0.5)

    def length_of_crisis(self, person):
        return self.scenario.shape(f"{person.status.path}.crisis.lasts", person.status.crisis["lasts"], person.profile)

    def start_crises(self, person, from_minute):
        person.crisis.runs, person.crisis.is_on, person.crisis.since = True, False, from_minute
        self.draw_crisis(person)

    def next_crisis(self, person):
        clock = person.crisis
        clock.since, clock.is_on = clock.next, not clock.is_on
        if clock.is_on:
            n = self.draw(person, "crisis_lasts", person.status.name, clock.draws - 1)
            clock.next = clock.since + self.length_of_crisis(person).draw(n)
        else:
            self.draw_crisis(person)

    def turn_crisis(self, person):
        clock = person.crisis
        if clock.runs and clock.next <= self.now:
            self.next_crisis(person)
            self.trace(person, "crisis" if clock.is_on else "crisis_over")
        elif not clock.runs and person.is_placed and person.is_held() and self.crisis_rule(person):
            self.start_crises(person, self.now)

    def keep_crisis(self, person):
        """In another status one goes on that is not over, where its people can have one."""
        clock = person.crisis
        if not (clock.is_on and clock.next > self.now and self.crisis_rule(person)):
            clock.stop()

    # - where

    def is_in_crisis_place(self, person):
        return any(person.unit in pool.units for pool in self.crisis_row(person))

    def keeps_crisis_place(self, person):
        return person.crisis.is_on and self.is_in_crisis_place(person)

    def own_row(self, person):
        return self.scenario.row(self.scenario.rule_of(person.status, person.profile), person.status, person.profile)

    def comes_back(self, person):
        """Out of a crisis: from its place, or from its list."""
        if not self.crisis_rule(person):
            return False
        rule = self.scenario.rule_of(person.status, person.profile)
        is_home = (any(person.unit in pool.units for pool in self.own_row(person))
                   and not self.scenario.is_out_of_category(rule, person.unit))
        is_away = self.is_in_crisis_place(person) and not is_home
        return is_away or (person in self.listed and person.rule.in_crisis)

    def goes_back(self, person):
        """He stands on the list of his rule for a place like that which he had before the crisis."""
        return (self.has_own_place(person) and not person.crisis.is_on and self.comes_back(person)
                and not self.scenario.is_out_of_category(person.rule, person.unit))

    def has_own_place(self, person):
        return person.is_placed and not person.must_move() and person.unit is not None and \
            self.scenario.rule_of(person.status, person.profile) is not None

    # - at the start

    def put_in_crisis(self, person, is_told, elapsed):
        rule, clock = self.crisis_rule(person), person.crisis
        if rule is None or not person.is_held():
            return
        if is_told:
            self.meet_crisis(person)
            return
        self.start_crises(person, -elapsed if person.status.length_node is not None else -100 * YEAR)
        while clock.next <= 0:
            self.next_crisis(person)
        row = self.crisis_row(person)
        if clock.is_on and not self.is_in_crisis_place(person):
            person.unit.occupied -= 1  # his place is free at once: he never was there
            person.unit.people.remove(person)
            unit = find_unit(row) if any(pool.is_free() for pool in row) else person.unit
            unit.occupied += 1
            unit.people.add(person)
            person.unit = unit

    def meet_crisis(self, person):
        """Where the start says where he is, that says whether he is in a crisis."""
        clock = person.crisis
        if not self.is_in_crisis_place(person) or any(person.unit in pool.units for pool in self.own_row(person)):
            self.start_crises(person, 0)
            return
        over = uniform(self.draw(person, "crisis_begins", person.status.name, 0))[0]
        which = uniform(self.draw(person, "crisis_lasts", person.status.name, 0))
        clock.runs, clock.is_on, clock.since, clock.draws = True, True, 0, 1
        clock.next = int(max(1.0, self.length_of_crisis(person).in_progress(which) * (1 - over)) + 0.5)
