"""Measures that change the length of a sentence or a stay, and what follows it: rule 14."""

from fractions import Fraction
import math

from reference.chance import uniform
from reference.dates import LONGEST
from reference.values import minutes, plain


class Lengths:
    """Of the world: how long it is for who comes into a status, and where he goes then."""

    def draw_judged_route(self, person):
        route = self.draw_route(person)
        for measure in self.scenario.measures.routes:
            start, end = plain(measure.node["from"]), plain(measure.node["to"])
            if route == start and end in person.status.routes and self.takes(measure, person):
                return end
        return route

    def release_measure(self, person):
        """By which another conditional release holds: the one that started last, then the last by name."""
        for measure in reversed(self.scenario.measures.releases if person.status.length == "sentence" else []):
            if self.takes(measure, person):
                return measure
        return None

    def draw_judged_length(self, person):
        person.length = self.draw_length(person)
        acting = [measure for measure in self.scenario.measures.lengths if self.is_of_kind(measure, person)
                  and self.takes(measure, person)]
        length = self.draw_by_chances(person, acting)
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
