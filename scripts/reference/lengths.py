"""Measures that change the length of a sentence or a stay, and what follows it: rule 14."""

from fractions import Fraction
import math

from reference.chance import is_below, uniform
from reference.dates import LONGEST, RELEASED
from reference.measures import Measure
from reference.values import minutes, plain, varying


class Lengths:
    """Of the world: how long it is for who comes into a status, and where he goes then."""

    def draw_judged_route(self, person):
        route = self.draw_route(person)
        for measure in self.scenario.measures.routes:
            start, end = plain(measure.node["from"]), plain(measure.node["to"])
            if route == start and end in person.status.routes and self.takes(measure, person):
                return end
        return route

    def release_measure(self, person, day):
        """By which another conditional release holds: the one that started last, then the last by name. For who was
        there before it the milder of it and the one before, unless it may lengthen."""
        found = None
        for measure in reversed(self.scenario.measures.releases if person.status.length == "sentence" else []):
            if not self.takes(measure, person, day):
                continue
            serve = self.serve_by(measure, person)
            if found is None or serve <= found[0]:
                found = serve, measure
            if measure.goes_by_arrival() or plain(measure.node.get("lengthens")) == "true" or \
                    self.day_of_arrival(person) >= measure.starts:
                return found[1]
        return found[1] if found and found[0] < self.serve_by(None, person) else None

    def serve_by(self, measure, person):
        status, rows, node = person.status, person.status.conditional, person.status.granted
        if measure:
            rows, node = measure.node["conditional"], measure.node.get("granted", node)
        granted = Fraction(plain(varying(node, person.profile)))
        is_granted = not rows or is_below(self.granted_number(person), granted)
        return status.to_serve(person.length, is_granted, rows)

    def granted_number(self, person):
        """His draw; of who is known from the start moved evenly to the side of the share where he is."""
        n, status = self.draw_status(person, "granted"), person.status
        if not status.conditional or status.name not in person.granted_in or person.visits > 1:
            return n
        below = math.ceil(Fraction(plain(varying(status.granted, person.profile))) * 2**52 - Fraction(1, 2))
        return n * below >> 52 if person.granted_in[status.name] else below + (n * (2**52 - below) >> 52)

    def to_serve(self, person, day=None):
        day = self.today() if day is None else day
        return self.serve_by(self.release_measure(person, day), person)

    def open_laws(self, day):
        """On its first day another conditional release for who is present looks at all whose clock runs."""
        if any(measure.starts_for_present(["conditional_release"], day) for measure in self.scenario.measures.releases):
            for person in list(self.everybody):
                if person.route is not None and person.length is not None:
                    self.add_to_end(person, self.to_serve(person, day) - self.to_serve(person, day - 1))
        starting = [measure for measure in self.scenario.measures.lengths if measure.starts_for_present(["hearings"], day)]
        for person in list(self.everybody) if starting else []:
            acting = [measure for measure in starting if self.is_of_kind(measure, person) and self.takes(measure, person)]
            if acting and not self.ends_now(person):
                before, person.length = person.length, self.length_by(acting, person.length)
                self.add_to_end(person, person.length - before)

    def add_to_end(self, person, added):
        """Of who is there when a measure starts; at home it stands still."""
        if added and person.is_home and person.rest is not None:
            person.unmoved += added
            person.rest = max(person.home_from, person.unmoved)
        elif added and person.ends is not None and person.ends > self.now:
            person.unmoved += added
            self.move_end(person)

    def move_end(self, person):
        """Who gave him a date counts it from there; open valves for everybody and measures decide again."""
        planned = max(self.now + 1, person.unmoved)
        if person.route == RELEASED:
            planned = max(self.now + 1, self.before_weekend(person.status, planned))
        if planned == self.planned(person):
            return
        owner, person.owner, person.ends = person.owner, None, planned
        if owner:
            earlier = self.how_early(owner, person) if isinstance(owner, Measure) else owner.earlier
            self.leave_so_early(person, owner, earlier)
        if self.is_planned(person):
            self.leave_early(person, [v for v in self.scenario.valves if v.is_open and not v.chooses()], self.now + 1)
            self.leave_by_measures(person)
        self.stand_anew(person)
        self.set_failure(person)
        if person.due != self.now:  # what is due now comes first
            self.replan(person)

    def draw_judged_length(self, person):
        person.length = self.draw_length(person)
        acting = [measure for measure in self.scenario.measures.lengths if self.is_of_kind(measure, person)
                  and self.takes(measure, person)]
        return self.length_by(acting, self.draw_by_chances(person, acting))

    @staticmethod
    def length_by(acting, length):
        for measure in acting:
            factor = Fraction(plain(measure.node.get("factor", "1")))
            length = min(math.floor(length * factor + Fraction(1, 2)), LONGEST)
        for measure in acting:
            not_before = minutes(measure.node["not_before"]) if "not_before" in measure.node else 0
            earlier = minutes(measure.node["earlier"]) if "earlier" in measure.node else 0
            length = max(length - earlier, min(length, not_before))
        for measure in acting:
            length = max(length, minutes(measure.node["minimum"]) if "minimum" in measure.node else 0)
        return max(length, 1) if acting else length

    def draw_by_chances(self, person, acting):
        """Of stays by steps: the same uniform with so many times each chance, by the first measure that has them."""
        factor = next((float(plain(m.node["chance_factor"])) for m in acting if "chance_factor" in m.node), None)
        if factor is None:
            return person.length
        shape = self.scenario.length(person.status, person.profile)
        u, before, below, left = uniform(self.draw_status(person, "stay"))[0], 0.0, 0.0, 1.0
        for share, value in zip(shape.share[:-1], shape.value):
            chance = min((share - before) / (1 - before) * factor, 1) if before < 1 else 1
            before, below, left = share, below + left * chance, left * (1 - chance)
            if u < below:
                return max(1, int(value + 0.5))
        return max(1, int(shape.value[-1] + 0.5))

    @staticmethod
    def is_of_kind(measure, person):
        return person.length is not None and \
            (measure.kind == "sentence_length") == (person.status.length == "sentence")
