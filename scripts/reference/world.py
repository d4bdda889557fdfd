"""The world: persons, events, arrivals (rules 1 to 3)."""

import heapq
import itertools
import math

from reference.callup import CallUp
from reference.capacity import Capacity
from reference.chance import Chance, DRAWS_A_PERSON, HEIGHT, MINUTE, POISSON4, is_below, uniform
from reference.crises import Crises
from reference.custody import Custody
from reference.dated import Dated
from reference.dates import DAY, RELEASED
from reference.gate import Gates
from reference.lengths import Lengths
from reference.last_part import LastPart
from reference.loss import Loss
from reference.measures import Replacing
from reference.person import ARRIVAL, CAPACITY, LIMIT, Person, RECORD, RELEASE, STATUS
from reference.placement import Placement
from reference.returns import Returning
from reference.rings import Rings
from reference.shocks import Shocks
from reference.starters import Starters
from reference.turns import Turns
from reference.values import pick
from reference.valves import Valves


class World(Placement, Custody, Loss, CallUp, Gates, Capacity, Starters, Dated, Rings, Shocks, Replacing, Lengths, Valves, Turns, LastPart, Returning, Crises):
    def __init__(self, scenario, replication):
        self.scenario, self.chance = scenario, Chance(scenario.seed, replication)
        self.now, self.events, self.serial = 0, [], itertools.count()
        self.rows = []
        self.seeking = {}  # persons to settle at the end of this minute
        self.listed = {}  # persons on the lists of the rules
        self.queued = {}  # persons who wait to be called up
        self.on_their_way = {}
        self.swaps = []  # the number of pools of each
        self.everybody = {}  # persons in the system
        self.title_seekers = {}  # persons whose status ended in this minute, with a further title

    # - draws

    def draw(self, person, purpose, name, visit=0):
        number = person.offset + self.chance.purpose(purpose, name, visit)
        return self.chance.number(person.stream, person.day, number)

    def draw_status(self, person, purpose):
        name = person.status.name
        return self.draw(person, purpose, name, person.visits - 1 if name in self.scenario.cyclic else 0)

    def draw_profile(self, person):
        for name in self.scenario.attributes:
            person.profile[name] = self.draw_attribute(person, name)

    def draw_attribute(self, person, name):
        lots = self.scenario.lots(f"attributes.{name}", self.scenario.values[name], self.scenario.attributes[name], person.profile)
        return pick(self.draw(person, "attribute", name), lots)

    def draw_length(self, person):
        if person.status.length_node is None:
            return None
        return self.scenario.length(person.status, person.profile).draw(self.draw_status(person, "stay"))

    # - events

    def at(self, minute, kind, what):
        heapq.heappush(self.events, (minute, kind, next(self.serial), what))

    def replan(self, person):
        """His next event is the earliest that is planned; an end comes before a limit."""
        if person.is_placed or person not in self.seeking:  # else it is not known yet where he waits
            self.plan_early(person)
            self.plan_last_part(person)
        kind = RELEASE if person.route == RELEASED else STATUS
        loss = self.loss(person)
        plans = [(person.ends, kind, self.follow), (self.starts_outside(person), LIMIT, self.go_on_outside),
                 (person.limit, LIMIT, self.reach_limit), (loss[0] if loss else None, STATUS, self.lose),
                 (person.comes, ARRIVAL, self.come), (self.next_date(person), LIMIT, self.reach_date)]
        minute, kind, act = min((plan for plan in plans if plan[0] is not None),
                                key=lambda plan: plan[:2], default=(None, None, None))
        person.plan, person.due = next(self.serial), minute
        plan = person.plan
        if minute is not None:
            self.at(minute, kind, lambda: act(person) if person.plan == plan else None)

    def trace(self, person, event):
        unit = person.unit.name if person.unit else ""
        self.rows.append((self.now, person.key, len(self.rows), person.stream, person.day, person.point,
                          event, person.status.name, unit, person.generation))

    def run(self):
        self.scenario.measures.open(self.scenario, self.chance)
        self.scenario.set_places(self.chance)
        for unit in self.scenario.units:
            unit.open(self.scenario.start)
        self.open_gates()
        self.open_valves()
        self.put_starters()
        self.put_arrested()
        self.at(0, RECORD, self.open_day)
        self.at(0, CAPACITY, self.change_places)
        if any(status.called_up for status in self.scenario.statuses.values()):
            self.at(-(self.scenario.start + 3) % 7 * DAY, CAPACITY, self.call_up)  # day 0 was a Thursday
        end = self.scenario.days * DAY
        while self.events and self.events[0][0] < end:
            minute, _, _, act = heapq.heappop(self.events)
            self.now = minute
            act()
            if not self.events or self.events[0][0] > minute:
                self.round()
        return sorted(self.rows)

    # - arrivals: rule 3

    def open_day(self):
        day = self.scenario.start + self.now // DAY
        for flow in self.scenario.flows:
            for slab in range(math.ceil(self.scenario.measures.ceiling(flow, day) / 4)):
                self.open_slab(flow, day, slab)
        self.open_laws(day)
        self.open_measures(day)
        self.at(self.now + DAY, RECORD, self.open_day)

    def open_slab(self, flow, day, slab):
        def number(i, k):
            return self.chance.number(flow.name, day, (slab * 32 + i) * DRAWS_A_PERSON + k)

        u = number(0, 0)
        for i in range(1, 1 + next((i for i, up_to in enumerate(POISSON4) if is_below(u, up_to)), len(POISSON4))):
            point = slab * 32 + i
            key = (self.scenario.rank[flow.name], day, point)
            person = Person(flow.name, key, day, point * DRAWS_A_PERSON, point)
            self.draw_profile(person)
            rate = self.scenario.measures.rate(flow, day, self.scenario.statuses[flow.status], person.profile)
            if slab * 4 + 4 * uniform(number(i, HEIGHT))[0] >= rate:
                continue
            minute = self.now + number(i, MINUTE) * DAY // 2**52
            self.at(minute, ARRIVAL, lambda person=person: self.arrive(person, flow.status))

    def arrive(self, person, status):
        self.draw_profile(person)
        person.first = status
        self.arrive_as(person, status)

    def arrive_as(self, person, status):
        person.status = self.scenario.statuses[status]
        self.everybody[person] = None
        self.trace(person, "arrived")
        self.enter_status(person)
        self.follow(person)
