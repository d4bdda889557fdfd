"""Rules that hold from a date of the person on: `after` and `at` of rules 6 and 15."""

import math

from reference.dates import RELEASED


class Dated:
    def dated_rules(self, person, kind):
        """Those that are for him, in the order in which they come; of the same date the first holds."""
        scenario, found = self.scenario, {}
        if scenario.rule_of(person.status, person.profile) is None:
            return []
        for rule in scenario.rules:
            date = getattr(rule, kind)
            if date is not None and scenario.row_if_for(rule, person.status, person.profile):
                found.setdefault(date, rule)
        return [found[date] for date in sorted(found, reverse=kind == "at_before")]

    def rule_in_wait(self, person):
        come = [rule for rule in self.dated_rules(person, "after") if person.since + rule.after <= self.now]
        return come[-1] if come else self.scenario.rule_of(person.status, person.profile)

    def stand_in_wait(self, person):
        """On the list on which one stands who has waited so long."""
        rule = self.rule_in_wait(person)
        wider = person.is_past_limit and "out_of_category" in person.status.ladder
        self.join(person, rule, self.scenario.row(rule, person.status, person.profile, wider=wider))

    def will_be_released(self, person):
        return (person.is_placed and person.unit is not None and not person.must_move() and person.route == RELEASED
                and person.ends is not None and person.ends > self.now)

    def where_to_stand(self, person):
        """Of who has a place: the rule by which he stands on a list, his row there (empty: he is where he should be),
        and since when it holds; None: by none."""
        scenario, has_place = self.scenario, self.has_own_place(person)
        if has_place and person.crisis.is_on:
            rule = self.crisis_rule(person)
            return rule, self.row_to_join(person, rule), person.crisis.since
        rules = self.dated_rules(person, "at_before") if self.will_be_released(person) else []
        come = [rule for rule in rules if person.ends - rule.at_before <= self.now]
        if come:
            return come[-1], self.row_to_join(person, come[-1]), person.ends - come[-1].at_before
        if has_place and self.comes_back(person):
            rule = scenario.rule_of(person.status, person.profile)
            is_out = scenario.is_out_of_category(rule, person.unit)
            return rule, self.better_row(person, rule) if is_out else self.row_to_join(person, rule), -math.inf
        return None

    def row_to_join(self, person, rule):
        row = self.scenario.row(rule, person.status, person.profile)
        return self.better_row(person, rule) if any(person.unit in pool.units for pool in row) else row

    def stand_before_release(self, person, from_minute):
        """Who has a place goes on to the list of the crisis that he is in, or of the last `at` that has come."""
        self.turn_crisis(person)
        self.stand_in_place(person, from_minute)

    def stand_in_place(self, person, from_minute):
        found = self.where_to_stand(person)
        if found is None or (person in self.listed and person.rule is found[0]):
            return
        self.leave_lists(person)
        rule, row, since = found
        if row:
            person.since = max(from_minute, since)
            self.join(person, rule, row)

    def next_date(self, person):
        """When the next rule begins to hold, after now."""
        dates = [] if person.crisis.next is None else [person.crisis.next]
        if person.waits and not (person.is_called or person.is_placed):
            dates += [date for rule in self.dated_rules(person, "after") if (date := person.since + rule.after) > self.now]
        elif self.will_be_released(person):
            dates += [date for rule in self.dated_rules(person, "at_before") if (date := person.ends - rule.at_before) > self.now]
        return min(dates, default=None)

    def reach_date(self, person):
        self.turn_crisis(person)
        if person.must_move():
            pass  # until he has moved, or stays
        elif person.waits:
            self.stand_in_wait(person)
        else:
            self.stand_before_release(person, self.now)
        self.replan(person)
