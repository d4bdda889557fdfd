"""Who has left and comes back: rule 16."""

from fractions import Fraction
import math

from reference.chance import uniform
from reference.dates import DAY
from reference.person import ARRIVAL, Person
from reference.values import members, plain, varying


class ReturnPlan:
    """The section `returns`; without it nobody comes back."""

    def __init__(self, node):
        self.node = node
        if node is None:
            return
        self.chance, self.delay = node["chance"], node["delay"]
        self.flow_share = node["flow_share"]
        self.factors = {key: {name: float(plain(factor)) for name, factor in members(node.get(key)).items()}
                        for key in ("status", "held_in", "left_by")}
        self.anew = node.get("drawn_anew", [])

    def comes_as(self, first):
        entry = plain(self.node.get("as", {}))
        return entry if isinstance(entry, str) else entry.get(first, first)

    def chance_of(self, profile):
        return float(Fraction(plain(varying(self.chance, profile))))

    def flow_share_of(self, profile):
        return float(Fraction(plain(varying(self.flow_share, profile))))

    def somebody_returns(self, scenario):
        return scenario.once("returns", lambda: any(share * self.chance_of(profile)
                                                    for profile, share in scenario.profiles()))

    def share_over(self, scenario, day, profile):
        """The share of his delays that are over in the middle of a day; none where nobody returns by the stated chance."""
        minute = (day - scenario.start + 0.5) * DAY
        return scenario.shape("returns.delay", self.delay, profile).position(minute)[0] \
            if self.somebody_returns(scenario) else 0

    def rate_factor(self, scenario, day, profile):
        """Of a flow: what does not come by returns."""
        if self.node is None:
            return 1
        return scenario.once(("returns", day, *profile.items()),
                             lambda: 1 - self.flow_share_of(profile) * self.share_over(scenario, day, profile))

    def highest_factor(self, scenario, day):
        if self.node is None:
            return 1
        return scenario.once(("returns", day), lambda: max(self.rate_factor(scenario, day, profile)
                                                           for profile, _ in scenario.profiles()))


class Returning:
    """Of the world."""

    def will_return(self, person, left_by):
        """He leaves now; one day he is back."""
        plan = self.scenario.returns
        if plan.node is None or not self.is_to_return(person, left_by):
            return
        delay = self.scenario.shape("returns.delay", plan.delay, person.profile)
        minute = self.now + delay.draw(self.draw(person, "return", "delay"))
        generation = person.generation + 1
        offset = person.offset + self.chance.purpose("return", "person", generation)
        one = Person(person.stream, (*person.key[:3], generation), person.day, offset, person.point)
        one.generation, one.first = generation, person.first
        one.profile = {name: value for name, value in person.profile.items() if name not in plan.anew}
        self.at(minute, ARRIVAL, lambda: self.come_again(one))

    def is_to_return(self, person, left_by):
        plan = self.scenario.returns
        chance = plan.chance_of(person.profile) * plan.factors["status"].get(person.status.name, 1.0)
        if person.unit is not None:
            chance *= plan.factors["held_in"].get(person.unit.regime.name, 1.0)
        chance *= plan.factors["left_by"].get(left_by, 1.0)
        factor = math.prod(measure.factor_on(self.scenario.start + self.now // DAY)
                           for measure in self.scenario.measures.returns if self.is_for(measure, person))
        return uniform(self.draw(person, "return", "chance"))[0] < chance * factor

    @staticmethod
    def is_for(measure, person):
        length = math.inf if person.length is None else person.length
        return measure.who.matches(person.status, person.profile) and \
            measure.at_least <= length <= measure.at_most

    def come_again(self, person):
        """What is drawn anew is drawn by his new base, in the order of the attributes."""
        kept, person.profile = person.profile, {}
        for name in self.scenario.attributes:
            person.profile[name] = kept[name] if name in kept else self.draw_attribute(person, name)
        person.returned = self.scenario.start + self.now // DAY
        self.arrive_as(person, self.scenario.returns.comes_as(person.first))

    def left_by(self, person):
        if person.measure is not None:
            return "replaced"
        return "early" if person.owner is not None else "planned"
