"""Measures: rules 3, 5 and 14. Those that change lengths: lengths.py."""

from fractions import Fraction
import math

from reference.chance import is_below
from reference.dates import DAY
from reference.values import Who, day_number, members, minutes, plain


DATED = ("conditional_release", "early_release", "suspension", "last_part_outside")


class Measure:
    def __init__(self, name, node, everything):
        self.name, self.kind = name, plain(node["kind"])
        self.starts = day_number(node["starts"])
        self.last = day_number(node["ends"]) if "ends" in node else math.inf
        self.ramp = minutes(node["ramp"]) // DAY if "ramp" in node else 0
        who = dict(members(node.get("who")))
        sentence = who.pop("sentence", {})
        self.at_least = minutes(sentence["at_least"]) if "at_least" in sentence else 0
        self.at_most = minutes(sentence["at_most"]) if "at_most" in sentence else math.inf
        self.who = Who(who, everything)
        self.factor = float(Fraction(plain(node.get("factor", "1"))))
        self.share = Fraction(plain(node.get("share", "1")))
        self.regime, self.fails = node.get("in"), node.get("fails")
        self.node, self.chance, self.is_law = node, Fraction(plain(node.get("chance", "1"))), True
        self.adds, self.lag, self.levels = int(plain(node.get("adds", "0"))), None, {}

    def open(self, scenario, chance):
        """In a replication a bill is law or not; of its flow it asks such a share of the people."""
        self.is_law = is_below(chance.number(f"measures.{self.name}", 0, 0), self.chance)
        if "lag" in self.node:
            self.lag = scenario.shape(f"measures.{self.name}.lag", self.node["lag"], {})
        if self.adds:
            flow = next(flow for flow in scenario.flows if self.who.is_of_flow(flow.name, flow.status))
            taken = sum(share for profile, share in scenario.profiles()
                        if self.who.matches(scenario.statuses[flow.status], dict(profile, flow=flow.name)))
            days = sum(self.upstream(day) for day in range(self.last - self.starts + 1))
            self.per_day = self.adds / (days * taken) if taken else 0

    def goes_by_arrival(self):
        return self.kind in DATED and plain(self.node.get("applies_to", "entrants")) == "entrants"

    def starts_for_present(self, kinds, day):
        """For who is there, on its first day."""
        return self.kind in kinds and self.starts == day and self.is_law and \
            plain(self.node.get("applies_to", "entrants")) == "present"

    def upstream(self, days):
        return min(days + 1, self.ramp + 1) / (self.ramp + 1) if 0 <= days <= self.last - self.starts else 0

    def part_on(self, day):
        """What has come of it: of each change upstream the share that arrived so many days later."""
        days = day - self.starts
        if self.lag is None:
            return self.upstream(days)
        if days not in self.levels:
            turns = {s: self.upstream(s) - self.upstream(s - 1)
                     for s in [*range(self.ramp + 1), self.last - self.starts + 1] if s <= days}
            self.levels[days] = sum(rise * self.lag.position((days - s) * DAY)[0] for s, rise in turns.items() if rise)
        return self.levels[days]

    def added_on(self, day):
        return self.per_day * self.part_on(day) if self.adds and self.is_law else 0

    def level(self, day):
        """How much of it is in force: parts and whole."""
        if not (self.is_law and self.starts <= day <= self.last):
            return 0, 1
        return min(day - self.starts, self.ramp) + 1, self.ramp + 1

    def factor_on(self, day):
        if self.lag:
            return 1 + (self.factor - 1) * self.part_on(day) if self.is_law else 1
        part, whole = self.level(day)
        return self.factor if part == whole else 1 + (self.factor - 1) * part / whole


class Measures:
    """Of the scenario: by name, and those that replace sentences by their start."""

    def __init__(self, node, everything):
        self.all = [Measure(name, each, everything) for name, each in sorted(members(node).items())]
        self.lengths = [measure for measure in self.all if measure.kind in ("sentence_length", "hearings")]
        self.routes = sorted((measure for measure in self.all if measure.kind == "routes"),
                             key=lambda measure: measure.starts)
        self.staffing = [measure for measure in self.all if measure.kind == "staffing"]
        self.budgets = sorted((measure for measure in self.all if measure.kind == "works_budget"),
                              key=lambda measure: measure.starts)
        self.call_up = sorted((measure for measure in self.all if measure.kind == "call_up"),
                              key=lambda measure: measure.starts)
        self.quotas = sorted((measure for measure in self.all if measure.kind == "quotas"),
                             key=lambda measure: measure.starts)
        self.returns = [measure for measure in self.all if measure.kind == "returns"]
        self.early, self.last_parts = (
            sorted((measure for measure in self.all if measure.kind in kinds), key=lambda measure: measure.starts)
            for kinds in (("early_release", "suspension"), ("last_part_outside",)))
        self.releases = sorted((measure for measure in self.all if measure.kind == "conditional_release"),
                               key=lambda measure: measure.starts)
        self.inflow = [measure for measure in self.all if measure.kind == "inflow"]
        self.diversions = sorted((measure for measure in self.all if measure.kind in ("replace_sentence", "instead_of_remand")),
                                 key=lambda measure: measure.starts)

    def open(self, scenario, chance):
        self.rate_factor = lambda day, profile: scenario.returns.rate_factor(scenario, day, profile)
        self.highest_factor = lambda day: scenario.returns.highest_factor(scenario, day)
        for measure in self.all:
            measure.open(scenario, chance)

    def set_places(self, scenario):
        """What is stated of the units, and what measures that are law add: day by day, until they are whole."""
        changes = {unit.name: [] for unit in scenario.units}
        for measure in (m for m in self.all if m.kind == "places" and m.is_law):
            for name, node in members(measure.node["units"]).items():
                places, before = int(plain(node)), 0
                for day in range(measure.ramp + 1):
                    now = math.trunc(Fraction(places * (day + 1), measure.ramp + 1))
                    why = plain(measure.node["why"]) if places < 0 else None
                    if measure.starts + day <= measure.last:
                        changes[name].append((measure.starts + day, measure.last, now - before, why))
                    before = now
        for measure in (m for m in self.all if m.kind == "convert" and m.is_law):
            for name, node in members(measure.node["converts"]).items():
                for unit, change in self.converted(scenario, measure, name, node):
                    changes[unit].append(change)
        for unit in scenario.units:
            unit.with_measures = unit.stated.and_changes(changes[unit.name])

    @staticmethod
    def converted(scenario, measure, name, node):
        """Of the places that go over on each day: out, then not built here but there, and out again on the way back."""
        unit = scenario.works.unit(name)
        takes = minutes(measure.node["takes"]) // DAY if "takes" in measure.node else 0
        first = max(measure.starts, scenario.start)
        places, gone = int(plain(node["places"])) if "places" in node else unit.stated.built_on(first), 0
        for day in range(measure.ramp + 1):
            begin = measure.starts + day
            done = begin + takes
            if done > measure.last:
                return
            more, gone = places * (day + 1) // (measure.ramp + 1) - gone, places * (day + 1) // (measure.ramp + 1)
            yield name, (begin, done - 1, -more, "works")
            yield name, (done, measure.last, -more, None)
            yield f"{name}_as_{measure.name}", (done, measure.last, more, None)
            yield name, (measure.last + 1, measure.last + takes, -more, "works")

    def ceiling(self, flow, day):
        """No rate is higher, whoever comes."""
        return flow.rate(day) * self.highest_factor(day) * math.prod(max(1, m.factor_on(day)) for m in self.inflow) + \
            sum(m.added_on(day) for m in self.inflow)

    def rate(self, flow, day, status, profile):
        """The rate for people like this one."""
        fitting = [measure for measure in self.inflow if measure.who.matches(status, dict(profile, flow=flow.name))]
        return flow.rate(day) * self.rate_factor(day, profile) * math.prod(measure.factor_on(day) for measure in fitting) + \
            sum(measure.added_on(day) for measure in fitting)


class Replacing:
    """Of the world: who serves a sentence otherwise."""

    def find_measure(self, person, among):
        """The first that takes him, each by a uniform of its own."""
        kind = {"sentence": "replace_sentence", "stay": "instead_of_remand"}.get(person.status.length)
        for measure in among:
            if measure.kind == kind and self.takes(measure, person):
                return measure
        return None

    def divert_present(self, day):
        """Who is in a status when remand outside for who is present starts, and not at home, goes there for the rest."""
        starting = [measure for measure in self.scenario.measures.diversions
                    if measure.starts_for_present(["instead_of_remand"], day)]
        for person in list(self.everybody) if starting else []:
            if self.ends_now(person) or person.is_home or person.measure:
                continue
            measure = self.find_measure(person, starting)
            if measure:
                self.serve_otherwise(person, measure)

    def ends_now(self, person):
        """His status, or his wait by a reason to leave the queue."""
        loss = self.loss(person)
        return self.now in (person.ends, loss and loss[0])

    def today(self):
        return self.scenario.start + self.now // DAY

    def takes(self, measure, person, day=None):
        """By his status, attributes, length, and the share of the day by which the law is asked for him."""
        part, whole = measure.level(self.day_of_law(measure, person, self.today() if day is None else day))
        length = math.inf if person.length is None else person.length
        return measure.who.matches(person.status, person.profile) and \
            measure.at_least <= length <= measure.at_most and \
            is_below(self.draw_measure(person, "measure", measure), measure.share * part / whole)

    def day_of_arrival(self, person):
        return person.returned or person.day or self.scenario.start - 1  # who was there at the start has none

    def day_of_law(self, measure, person, today):
        """That of the offence, so long before he arrived; without offence_delay it is today."""
        if measure.goes_by_arrival():
            return self.day_of_arrival(person)
        if "offence_delay" not in measure.node:
            return today
        shape = self.scenario.shape(f"measures.{measure.name}.offence_delay", measure.node["offence_delay"], {})
        return self.day_of_arrival(person) - shape.draw(self.draw(person, "offence", "delay")) // DAY

    def draw_measure(self, person, purpose, measure):
        visit = person.visits - 1 if person.status.name in self.scenario.cyclic else 0
        return self.draw(person, purpose, measure.name, visit)

    def is_replaced(self, person):
        """He has come into his status, and a measure takes him: he leaves, or is to fail, or serves in its regime."""
        measure = self.find_measure(person, self.scenario.measures.diversions)
        if measure is None:
            return False
        self.trace(person, "status")
        self.serve_otherwise(person, measure)
        return True

    def serve_otherwise(self, person, measure):
        fails = None
        if measure.fails and is_below(self.draw_measure(person, "measure_fails", measure),
                                      Fraction(plain(measure.fails["share"]))):
            after = self.scenario.shape(f"measures.{measure.name}.fails.after", measure.fails["after"], person.profile)
            fails = self.now + max(1, after.draw(self.draw_measure(person, "measure_after", measure)))
        if measure.regime:
            self.serve_in(person, measure)
        else:
            self.trace(person, "replaced")
            if fails is None:
                self.will_return(person, "replaced")
                self.leave(person)
                return
            self.move(person, None)
        person.measure, person.fails = measure, fails
        person.comes = fails if person.ends is None or fails is not None and fails < person.ends else None
        self.replan(person)

    @staticmethod
    def set_failure(person):
        """Who has served it all before does not fail."""
        if person.fails is not None:
            person.comes = person.fails if person.fails < person.ends else None

    def serve_in(self, person, measure):
        """What he serves there counts as custody; his clock goes on, or starts."""
        self.leave_lists(person)
        person.begin()
        person.limit = None
        self.move(person, next(unit for unit in self.scenario.units if unit.regime.name == measure.regime))
        self.trace(person, "replaced")
        if person.counts_from is None:
            person.counts_from = self.now
        if person.route is None:
            self.start_clock(person, self.now - (person.served or 0) if person.status.clock == "custody" else self.now)

    def fail(self, person):
        """He serves it after all, in another status, and is not judged again."""
        measure, length = person.measure, person.length
        if measure.kind != "replace_sentence":
            self.serve_rest(person)
            return
        if person.counts_from is not None:
            person.served = (person.served or 0) + self.now - person.counts_from
            person.counts_from = None
        person.begin()
        person.ends = person.route = None
        if measure.regime:
            self.move(person, None)
        person.status = self.scenario.statuses[measure.fails["as"]]
        self.count_visit(person)
        person.length = length if person.status.length == "sentence" else self.draw_judged_length(person)
        self.begin_status(person)
        self.follow(person)
