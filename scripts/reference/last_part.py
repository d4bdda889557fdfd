"""Measures on dates before the planned release: early_release, suspension, last_part_outside; rules 11 and 14."""

from fractions import Fraction
import math

from reference.chance import is_below
from reference.dates import RELEASED
from reference.values import minutes, plain


class LastPart:
    def is_planned(self, person):
        """He holds a place, and leaves the system when his status ends."""
        return person.holds_place() and person.route == RELEASED and person.ends is not None and person.ends > self.now

    def so_early(self, measure, person):
        """How long before the planned release; None: the measure is not for him."""
        if person.length is None or not self.takes(measure, person):
            return None
        return self.how_early(measure, person)

    def how_early(self, measure, person):
        node, is_sentence = measure.node, person.status.length == "sentence"
        if measure.kind == "suspension":
            return self.before_suspension(node["after"], person) if is_sentence else None
        if "part" in node:
            cap = minutes(node["at_most"]) if "at_most" in node else math.inf
            return min(cap, math.floor(Fraction(plain(node["part"])) * person.length)) if is_sentence else None
        return minutes(node["earlier"] if measure.kind == "early_release" else node["last"])

    def before_suspension(self, rows, person):
        for row in rows:
            if "up_to" not in row or person.length <= minutes(row["up_to"]):
                return self.to_serve(person) - math.ceil(Fraction(plain(row["part"])) * person.length)
        return None

    def leave_by_measures(self, person):
        """In the next minute at the earliest; the earliest date wins, of equal ones the one that was there."""
        before = person.ends
        for measure in self.scenario.measures.early if self.is_planned(person) else ():
            earlier = self.so_early(measure, person)
            if earlier is None:
                continue
            self.leave_so_early(person, measure, earlier)
        return person.ends != before

    def leave_so_early(self, person, owner, earlier):
        date = max(self.now + 1, self.before_weekend(person.status, max(self.now + 1, self.planned(person) - earlier)))
        if date < person.ends:
            person.planned, person.ends, person.owner = self.planned(person), date, owner

    def plan_last_part(self, person):
        """When he goes outside, from the planned release: judged once for each plan."""
        if not self.is_planned(person) or person.has_failed:
            return
        plan = self.planned(person), person.status
        if person.last_part and person.last_part[:2] == plan and not (person.last_part[2] or math.inf) <= self.now:
            return  # what came while he had no place of that kind is due now
        found = None, None
        for measure in self.scenario.measures.last_parts:
            earlier = self.so_early(measure, person)
            if earlier is not None and earlier > 0 and (found[0] is None or plan[0] - earlier < found[0]):
                found = plan[0] - earlier, measure
        minute = None if found[0] is None else max(found[0], self.now + 1)
        person.last_part = *plan, minute, found[1]

    def plan_last_part_again(self, person):
        """A measure for who is present starts: the earlier date holds, of equal ones the one that was there."""
        before, plan = person.last_part, (self.planned(person), person.status)
        if before and before[:2] != plan:
            before = None
        person.last_part = None
        self.plan_last_part(person)
        if before and (before[2] or math.inf) <= (person.last_part and person.last_part[2] or math.inf):
            person.last_part = before

    def starts_outside(self, person):
        return person.last_part[2] if self.is_planned(person) and person.last_part and not person.has_failed else None

    def go_on_outside(self, person):
        if person.last_part is None or person.last_part[:2] != (self.planned(person), person.status):
            self.reach_date(person)  # his release has moved in this minute
            return
        measure = person.last_part[3]
        self.leave_lists(person)
        person.begin()
        self.move(person, next(unit for unit in self.scenario.units if unit.regime.name == measure.regime))
        self.trace(person, "replaced")
        person.measure = measure
        if measure.fails and is_below(self.draw_measure(person, "measure_fails", measure),
                                      Fraction(plain(measure.fails["share"]))):
            after = self.scenario.shape(f"measures.{measure.name}.fails.after", measure.fails["after"], person.profile)
            fails = self.now + max(1, after.draw(self.draw_measure(person, "measure_after", measure)))
            person.fails, person.comes = fails, fails if fails < person.ends else None
        self.replan(person)

    def serve_rest(self, person):
        """He has failed: inside, in another status, up to the end that was planned first."""
        left = self.planned(person), person.route
        measure, person.owner = person.measure, None
        person.has_failed = person.has_failed or measure.kind == "last_part_outside"
        if person.counts_from is not None:
            person.served = (person.served or 0) + self.now - person.counts_from
            person.counts_from = None
        person.begin()
        self.move(person, None)
        person.status = self.scenario.statuses[measure.fails["as"]]
        self.count_visit(person)
        person.ends, person.route = left
        self.begin_status(person)
        person.ends, person.route = left
        self.follow(person)

    def outside_people(self):
        return [person for unit in self.scenario.units if unit.regime.outside for person in unit.people]

    def open_measures(self, day):
        """On its first day a measure for who is present looks at all whose release is planned."""
        starting = {measure.kind for measure in self.scenario.measures.all
                    if measure.kind in ("early_release", "suspension", "last_part_outside")
                    and measure.starts == day and measure.is_law and not measure.goes_by_arrival()}
        if not starting or self.now == 0:
            return
        for person in [person for person in self.held_people() if self.is_planned(person)]:
            plan = self.planned(person), person.status
            goes_outside = person.last_part and person.last_part[:3] == (*plan, self.now) and not person.has_failed
            if starting - {"last_part_outside"}:
                self.leave_by_measures(person)
            if "last_part_outside" in starting:
                self.plan_last_part_again(person)
            if goes_outside:
                continue  # in this minute
            self.date_moved(person)  # a rule's date of this minute too
