"""Rules of placement that measures change: rule 14, placement."""

from reference.values import plain


class Turning:
    """Of a rule: as it is in the file, and as the measures of a day have it."""

    def set_changes(self, measures, first, last):
        """Those that may be in force within the period. `ever`: all places that it may have."""
        self.changes = [m for m in measures if m.kind == "placement" and m.node["rule"] == self.name
                        and m.starts <= last and m.last >= first and m.chance > 0]
        self.changes.sort(key=lambda m: m.starts)  # of the same day by name
        self.ever = self.to + [place for m in self.changes for place in m.node.get("also", [])]
        self.stated = self.to, self.place, self.by_sentence

    def turn_on(self, day, places):
        """True when it is another than before."""
        before = self.to, self.place, self.by_sentence
        self.to, self.place, self.by_sentence = self.stated
        for node in (m.node for m in self.changes if m.level(day)[0]):
            if "before" in node:
                self.place = places[node["before"]]
            if "order" in node:
                self.by_sentence = plain(node["order"]) == "longest_sentence"
            without = node.get("without", [])
            self.to = [place for place in self.to if place not in without]
            self.to = list(dict.fromkeys(self.to + node.get("also", [])))
        return before != (self.to, self.place, self.by_sentence)


class Turns:
    """Of the world."""

    def open_rules(self, valves, day):
        """Who waits by a rule that changes stands in its other row; who has a place keeps it."""
        scenario = self.scenario
        named = {name for valve in valves if valve.is_open for name in valve.rules}
        opened = [rule for rule in scenario.rules if rule.is_open != (rule.name in named)]
        turned = scenario.turn_rules(day)
        for rule in opened:
            rule.is_open = rule.name in named
        for person in [*self.listed, *self.queued, *self.on_their_way] if opened or turned else []:
            if person.rule not in opened + turned:
                continue
            wider = person.is_past_limit and "out_of_category" in person.status.ladder
            row = scenario.row(person.rule, person.status, person.profile, wider=wider)
            if not person.waits:  # he has a place
                person.row = row if self.goes_back(person) else self.better_row(person, person.rule)
                if not person.row:
                    self.leave_lists(person)
                continue
            before = person.row
            person.row = row
            new = [pool for pool in person.row if pool not in before and person.unit in pool.units]
            if new and person.rule in turned and not person.must_move():
                self.placed_in_round(person, person.unit)
        for person in list(self.held_people()) if turned else []:
            if person not in self.listed and self.has_own_place(person) and self.comes_back(person):
                self.stand_in_place(person, self.now)
