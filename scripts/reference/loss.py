"""Loss from a queue, and further titles: rule 9."""

from fractions import Fraction
import tempfile

from reference.chance import is_below, uniform
from reference.dates import RELEASED, YEAR
from reference.shapes import Shape
from reference.values import plain, varying


def exponential_year(celsim, run):
    """The program's table of the exponential with a mean of a year."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(f"stay: {{exponential: {{mean: {YEAR} minutes}}}}\n")
        file.flush()
        return Shape(iter(run([celsim, "fields", "--table", "stay", file.name]).splitlines()))


class Loss:
    def loss(self, person):
        """When he leaves the queue, and why; None: never."""
        dates = []
        for reason, node in person.status.leaves.items() if person.waits and not person.must_move() else ():
            hazard = float(plain(varying(node["per_year"], person.profile)))
            if hazard > 0:
                visit = person.visits - 1 if person.status.name in self.scenario.cyclic else 0
                n = self.draw(person, f"leaves.{reason}", person.status.name, visit + person.homes)
                after = self.scenario.exponential_year().value_at(uniform(n)) / hazard
                due = self.after_stops(self.stopping(person, reason), max(0, person.since), int(max(after, 1.0) + 0.5))
                dates += [(due, reason)] if due is not None else []
        return min(dates, key=lambda date: date[0], default=None)

    def lose(self, person):
        _, reason = self.loss(person)
        self.trace(person, "left_queue")
        following = plain(person.status.leaves[reason]["next"])
        if following == RELEASED:
            self.will_return(person, "unserved")
            self.leave(person)
        else:
            self.change_status(person, following)
            self.follow(person)

    # - further titles

    def seeks_title(self, person):
        further = person.status.further
        if further is None or person.unit is None or not (person.is_placed or person.holds_place()):
            return False
        chance = Fraction(plain(varying(further[1], person.profile)))
        if not is_below(self.draw_status(person, "further_titles"), chance):
            return False
        self.title_seekers[person] = None
        return True

    def find_title(self, person):
        """The longest waiting of that status with the same attributes."""
        status = self.scenario.statuses[person.status.further[0]]
        if not person.unit.admits.matches(status, person.profile):
            return None
        stock = self.queued if status.called_up else self.listed
        open_titles = [other for other in stock if other.status is status and other.waits
                       and not (other.must_move() or other.is_at_gate) and other.profile == person.profile]
        return min(open_titles, key=lambda other: (other.since, other.key), default=None)

    def settle_titles(self):
        seekers, self.title_seekers = sorted(self.title_seekers, key=lambda person: person.key), {}
        for person in seekers:
            holder = self.find_title(person)
            if holder is None:
                self.trace(person, "released")
                self.will_return(person, self.left_by(person))
                self.leave(person)
            else:
                self.serve_on(person, holder)

    def serve_on(self, person, holder):
        """The two are one human being: the title leaves the queue, he stays where he is."""
        unit, length = person.unit, holder.length
        self.trace(holder, "left_queue")
        self.leave(holder)
        self.leave_lists(person)
        self.seeking.pop(person, None)
        person.served = person.counts_from = None
        person.begin()
        person.status, person.length = self.scenario.statuses[person.status.further[0]], length
        if person.status.name in self.scenario.cyclic:
            person.visits = min(person.visits + 1, 255)
        self.keep_crisis(person)
        self.trace(person, "status")
        self.start_clock(person, self.now)
        self.placed_in_round(person, unit)
