"""Call-up: rule 12."""

from fractions import Fraction
import math

from reference.chance import is_below
from reference.dates import DAY
from reference.person import CAPACITY
from reference.values import minutes, plain


class CallUp:
    def queue(self, person, rule, row):
        person.rule, person.row = rule, row
        self.queued[person] = None

    def call_up(self):
        """For each list the first in turn, as long as places will be free and the week's quota lasts."""
        self.set_places()  # those of today, if that has not happened yet
        left = {status: 0 if self.is_call_stopped(status) else self.called_by(status)["at_most"]
                for status in self.scenario.statuses.values()}
        for rule, row in self.scenario.lists:
            queue = [person for person in self.queued if person.rule is rule and person.row == row]
            for person in sorted(queue, key=self.call_turn):
                if left[person.status] == 0 or self.places_to_fill(person.status, rule, row) <= 0:
                    break
                left[person.status] -= 1
                self.call(person, row)
        self.at(self.now + 7 * DAY, CAPACITY, self.call_up)

    def called_by(self, status):
        """As the status has it; of each key that measures in force state, by start, then name, the last holds."""
        found = {"fill_to": status.fill_to, "at_most": status.at_most, "notice": status.notice}
        kinds = {"fill_to": lambda text: Fraction(plain(text)), "at_most": lambda text: int(plain(text)), "notice": minutes}
        for measure in self.scenario.measures.call_up:
            named = measure.node.get("statuses", [status.name])
            if measure.level(self.scenario.start + self.now // DAY)[0] and status.name in named:
                found.update({key: read(measure.node[key]) for key, read in kinds.items() if key in measure.node})
        return found

    def places_to_fill(self, status, rule, row):
        units = [unit for pool in row for unit in pool.units]
        called = sum(person.rule is rule and person.row == row for person in self.on_their_way)
        places = sum(unit.entries for unit in units)
        filled = places if places == math.inf else math.floor(self.called_by(status)["fill_to"] * places)
        return filled - sum(unit.occupied for unit in units) - called

    def call(self, person, row):
        del self.queued[person]
        self.on_their_way[person] = None
        person.is_called, person.comes = True, self.when_open(row, self.now + self.called_by(person.status)["notice"])
        self.trace(person, "called")
        self.replan(person)

    def come_to_gate(self, person):
        rule, row = person.rule, person.row
        self.leave_lists(person)
        person.is_called = False
        if is_below(self.draw_status(person, "no_show"), person.status.no_show):
            self.trace(person, "no_show")
            self.change_status(person, person.status.then)
            self.follow(person)
            return
        person.is_at_gate = True
        self.join(person, rule, row)
        self.seeking[person] = None
        self.replan(person)
