"""Valves and early release: rules 11 and 13."""

from fractions import Fraction
import math

from reference.chance import is_below
from reference.dates import DAY, RELEASED
from reference.person import VALVE
from reference.values import Who, date_of, day_number, minutes, plain


def names(node):
    return node if isinstance(node, list) else [] if node is None else [plain(node)]


def has_such_sentence(person, bounds):
    if bounds is None:
        return True
    least, most = (minutes(bounds[k]) if k in bounds else default
                   for k, default in (("at_least", 0), ("at_most", math.inf)))
    return person.length is not None and least <= person.length <= most


class Valve:
    def __init__(self, name, node, everything):
        self.name, self.regimes = name, names(node.get("regimes"))
        self.gauge = next(iter(node["opens"]), None) if "opens" in node else None
        if self.gauge:
            self.opens = Fraction(plain(node["opens"][self.gauge]["at_least"]))
            self.closes = Fraction(plain(node["closes"][self.gauge]["below"]))
        self.of = Who(node.get("of"), everything)
        self.days = minutes(node.get("mean_over", "1 day")) // DAY
        self.review = plain(node.get("review", "weekly"))
        self.first = day_number(node["from"]) if "from" in node else -math.inf
        self.last = day_number(node["to"]) if "to" in node else math.inf
        does = node["does"]
        self.earlier = minutes(does["release_early"]) if "release_early" in does else None
        self.who, self.sentence = Who(does.get("who"), everything), does.get("sentence")
        self.share = Fraction(plain(does.get("share", "1")))
        self.as_needed = plain(does.get("as_needed")) == "true"
        self.at_most = int(plain(does["at_most"])) if "at_most" in does else math.inf
        self.stops = names(does.get("stop_calling"))
        self.by_sentence, self.by_waiting = (names(does.get(f"call_longest_{key}")) for key in ("sentence", "waiting"))
        self.rules = names(does.get("out_of_category"))
        self.doubles = names(does.get("double_use"))
        self.arrests = does.get("stop_arrests")
        if self.arrests:
            self.unsought = Who(self.arrests.get("who"), everything)

    def set_first(self, start):
        self.first = max(self.first, start)

    def begin(self):
        self.is_open, self.seen, self.open_days = False, [], set()

    def chooses(self):
        return self.as_needed or self.at_most < math.inf

    def is_in_force(self, day):
        return self.first <= day <= self.last

    def is_review(self, day):
        if self.review == "monthly":
            return date_of(day).day == 1
        if self.review == "weekly":
            return date_of(day).weekday() == 0
        return (day - self.first) % (minutes(self.review) // DAY) == 0

    def next_review(self, day):
        day += 1
        while self.is_in_force(day) and not self.is_review(day):
            day += 1
        return day

    def decide(self, day):
        """Whether it is open from now on."""
        if not self.is_in_force(day):
            return False
        if self.gauge is None:
            return True
        people, places = (sum(column) for column in zip((0, 0), *self.seen[-self.days:]))
        if not self.is_review(day) or places == 0:
            return self.is_open
        return people >= places * (self.closes if self.is_open else self.opens)


class Valves:
    """Of the world."""

    def open_valves(self):
        for valve in self.scenario.valves:
            valve.begin()
        for rule in self.scenario.rules:
            rule.is_open = False
        self.scenario.turn_rules(self.scenario.start)
        if self.scenario.valves or self.scenario.measures.diversions or any(rule.changes for rule in self.scenario.rules):
            self.at(0, VALVE, self.review_valves)

    def held_people(self):
        return [person for unit in self.scenario.units for person in unit.people]

    def who_wait(self, statuses):
        """For a place, of these statuses; none named: those that are not called up."""
        names_of = statuses or [name for name, s in self.scenario.statuses.items() if not s.called_up]
        everybody = set(self.listed) | set(self.queued) | set(self.on_their_way)
        return sum(person.waits and person.status.name in names_of for person in everybody)

    def read(self, valve):
        if valve.gauge == "waiting":
            return self.who_wait(valve.of.any_of.get("status")), 1
        units = self.scenario.units
        if valve.gauge == "police_cells":
            return sum(unit.occupied for unit in units if unit.regime.emergency), 1
        seen = [unit for unit in units if self.scenario.is_seen(valve, unit)]
        for unit in seen:
            unit.close_late()
        return sum(unit.occupied for unit in seen), sum(unit.seen for unit in seen)

    def review_valves(self):
        day, valves = self.scenario.start + self.now // DAY, self.scenario.valves
        opened, closed = [], []
        for valve in valves:
            if self.now:
                valve.seen.append(self.read(valve))
            before, valve.is_open = valve.is_open, valve.decide(day)
            if before != valve.is_open:
                (opened if valve.is_open else closed).append(valve)
            if valve.is_open:
                valve.open_days.add(self.now // DAY)
        self.divert_present(day)
        if any(valve.arrests for valve in opened + closed):
            for person in [*self.listed, *self.queued, *self.on_their_way]:
                if person.waits and not person.must_move() and person.due != self.now:  # that comes first
                    self.replan(person)
        self.open_rules(valves, day)
        self.open_cells(valves, day)
        for person in [*self.held_people(), *self.outside_people()]:
            if person.owner in closed:  # a measure has no end for whom it set free
                person.owner, person.ends = None, person.planned
                self.leave_early(person, [v for v in valves if v.is_open and not v.chooses()], self.now)
                self.leave_by_measures(person)
                self.date_moved(person)
        for valve in valves:
            if not valve.is_open or valve.earlier is None:
                continue
            if valve.chooses() and (valve in opened or valve.is_review(day)):
                self.choose(valve, day)
            elif not valve.chooses() and valve in opened:
                for person in self.held_people():
                    if self.leave_early(person, [valve], self.now):
                        self.date_moved(person)
        self.at(self.now + DAY, VALVE, self.review_valves)

    def choose(self, valve, day):
        until = (valve.next_review(day) - self.scenario.start) * DAY
        most = valve.at_most
        if valve.as_needed:
            statuses = valve.of.any_of.get("status") if valve.gauge == "waiting" else None
            most = min(most, self.who_wait(statuses))
        able = [person for person in self.held_people() if self.may_leave(valve, person)
                and self.early_date(valve, person, self.now) < min(until, person.ends)]
        able.sort(key=lambda person: (self.planned(person), person.key))
        chosen = able[:int(min(most, len(able)))]
        valve.left = valve.at_most - len(chosen)
        for person in chosen:
            self.leave_early(person, [valve], self.now)
            self.date_moved(person)

    def asks_valve(self, person):
        """At his limit, once: a valve that chooses lets somebody out, who makes room for him in the next minute."""
        if person.asked_valve or "valve" not in person.status.ladder:
            return False
        person.asked_valve = True
        units = [unit for pool in person.row for unit in pool.units]
        for valve in self.scenario.valves:
            if not (valve.is_open and valve.chooses() and valve.earlier):
                continue
            able = [other for other in self.held_people() if other.unit in units and self.may_leave(valve, other)
                    and (other.is_placed or other.since < self.now)  # else his release is planned later in this minute
                    and other.unit.is_open and other.unit.room() >= 0 and other.ends > self.now + 1
                    and self.early_date(valve, other, self.now + 1) == self.now + 1]
            if able and valve.left > 0:
                valve.left -= 1
                one = min(able, key=lambda other: (self.planned(other), other.key))
                self.leave_early(one, [valve], self.now + 1)
                self.date_moved(one)
                return True
        return False

    def may_leave(self, valve, person):
        """He holds a place, will leave the system from it, and is among those for whom it is."""
        if not (person.holds_place() and person.route == RELEASED
                and person.ends is not None and person.ends > self.now and valve.earlier is not None):
            return False
        if not valve.who.matches(person.status, person.profile):
            return False
        if not has_such_sentence(person, valve.sentence):
            return False
        return is_below(self.draw(person, "valve", valve.name), valve.share)

    @staticmethod
    def planned(person):
        return person.ends if person.owner is None else person.planned

    def early_date(self, valve, person, first):
        date = max(first, self.planned(person) - valve.earlier)
        return max(first, self.before_weekend(person.status, date))

    def leave_early(self, person, valves, first):
        """The earliest date wins; of equal ones the one that was there, or of the first by name."""
        before = person.ends
        for valve in valves:
            if self.may_leave(valve, person):
                date = self.early_date(valve, person, first)
                if date < person.ends:
                    person.planned, person.ends, person.owner = self.planned(person), date, valve
        return person.ends != before

    def plan_early(self, person):
        """His release was planned in this minute: he leaves in the next at the earliest."""
        if person.owner is None:
            valves = [v for v in self.scenario.valves if v.is_open and not v.chooses()]
            moved = self.leave_early(person, valves, self.now + 1)
            if self.leave_by_measures(person) or moved:
                self.stand_anew(person)

    def stand_anew(self, person):
        """On the list of the `at` that has come; not on that of one that will come later now."""
        if person.must_move():
            return
        rules = self.dated_rules(person, "at_before")
        come = [rule for rule in rules if person.ends - rule.at_before <= self.now]
        if person in self.listed and person.rule in rules and person.rule is not (come or [None])[-1]:
            self.leave_lists(person)
            self.wait_for_better(person, self.scenario.rule_of(person.status, person.profile))
        self.stand_before_release(person, self.now)

    def date_moved(self, person):
        self.set_failure(person)
        self.stand_anew(person)
        self.replan(person)

    def open_cells(self, valves, day):
        """People share cells there while one of the valves for the regime is open."""
        for unit in self.scenario.units:
            mine = [valve for valve in valves if unit.regime.name in valve.doubles]
            if mine and unit.is_closed_to_pairs == any(valve.is_open for valve in mine):
                unit.is_closed_to_pairs = not unit.is_closed_to_pairs
                unit.set_sharing(day, unit.dated.drain)
                unit.close_late()

    def call_turn(self, person):
        """His turn in the queue for call-up: by the first open valve that says so, else by his rule."""
        for valve in self.scenario.valves:
            if valve.is_open and person.status.name in valve.by_sentence + valve.by_waiting:
                return -person.length if person.status.name in valve.by_sentence else person.since, person.key
        return self.turn(person)

    def stopping(self, person, reason):
        """The valves that stop his arrest while they are open."""
        return [valve for valve in self.scenario.valves
                if valve.arrests and plain(valve.arrests["leaves"]) == reason
                and valve.unsought.matches(person.status, person.profile)
                and has_such_sentence(person, valve.arrests.get("sentence"))
                and is_below(self.draw(person, "valve.stop_arrests", valve.name),
                             Fraction(plain(valve.arrests.get("share", "1"))))]

    def after_stops(self, valves, start, left):
        """Day by day: when so many minutes have passed since the start on days without a stop; None: not as it is."""
        while True:
            day, end = start // DAY, (start // DAY + 1) * DAY
            if day > self.now // DAY:
                return None if any(valve.is_open for valve in valves) else start + left
            if not any(day in valve.open_days for valve in valves):
                if start + left <= end:
                    return start + left
                left -= end - start
            start = end

    def is_call_stopped(self, status):
        return any(valve.is_open and status.name in valve.stops for valve in self.scenario.valves)
