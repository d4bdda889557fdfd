"""Rules that hold from a date of the person on: `after` and `at` of rules 6 and 15."""

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
        return (person.is_placed and not person.must_move() and person.route == RELEASED and person.ends is not None
                and person.ends > self.now)

    def stand_before_release(self, person, from_minute):
        """Who has a place goes on to the list of the last `at` that has come."""
        rules = self.dated_rules(person, "at_before") if self.will_be_released(person) else []
        come = [rule for rule in rules if person.ends - rule.at_before <= self.now]
        if not come or (person in self.listed and person.rule is come[-1]):
            return
        rule = come[-1]
        self.leave_lists(person)
        row = self.scenario.row(rule, person.status, person.profile)
        if any(person.unit in pool.units for pool in row):
            row = self.better_row(person, rule)
        if row:
            person.since = max(from_minute, person.ends - rule.at_before)
            self.join(person, rule, row)

    def next_date(self, person):
        """When the next rule begins to hold, after now."""
        dates = []
        if person.waits and not (person.is_called or person.is_placed):
            dates = [person.since + rule.after for rule in self.dated_rules(person, "after")]
        elif self.will_be_released(person):
            dates = [person.ends - rule.at_before for rule in self.dated_rules(person, "at_before")]
        return min((date for date in dates if date > self.now), default=None)

    def reach_date(self, person):
        if person.must_move():
            pass  # until he has moved, or stays
        elif person.waits:
            self.stand_in_wait(person)
        else:
            self.stand_before_release(person, self.now)
        self.replan(person)
