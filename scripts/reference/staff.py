"""Wards that close because staff is short: worked out before anybody comes. In whole millionths of an fte."""

from fractions import Fraction
import datetime
import math

from reference.values import date_of, members, minutes, plain

MILLION = 10**6
MONTH = 30 * 1440


def millionths(node):
    return math.floor(Fraction(plain(node)) * MILLION)


def part(value, share):
    return value * share // MILLION


class ByYear:
    def __init__(self, node):
        if isinstance(node, dict) and "value" not in node:
            self.values = {int(year): millionths(value) for year, value in members(node).items()}
        else:
            self.values = {1: millionths(node)}

    def on(self, year):
        return self.values[max((y for y in self.values if y <= year), default=min(self.values))]


def part_of_month(measure, value, day):
    """Of a measure on a day on which it is in force: a ramp is that of the first of the month, or of its first day."""
    part, whole = measure.level(max(measure.starts, day - date_of(day).day + 1))
    return math.trunc(Fraction(value * part, whole))


class Staffing:
    def __init__(self, node, units, order, measures):
        self.measures = measures
        number = lambda key: millionths(node.get(key, "0"))
        self.fte, self.per_place = node.get("fte"), node.get("fte_per_place_at_start")
        self.leave, self.hire = ByYear(node.get("leave_per_year", "0")), ByYear(node.get("hire_per_year", "0"))
        self.takes = minutes(node.get("hire_takes", "0 days")) // MONTH
        self.sick, self.covered, self.agency = number("sick_share"), number("covered_share"), number("agency_fte")
        self.units = sorted(units, key=lambda unit: (order.index(unit.regime.name), unit.name))

    def norm(self, unit, day):
        norm = unit.regime.per_place
        for measure in self.measures:
            if measure.level(day)[0] and unit.regime.name in measure.node.get("regimes", [unit.regime.name]):
                change = millionths(measure.node.get("factor", "1")) - MILLION
                norm = part(norm, MILLION + part_of_month(measure, change, day))
        return norm

    def added(self, day, begun):
        added, institution = 0, self.units[0].institution if self.units else None
        for measure in self.measures if begun is not None else ():
            if measure.level(day)[0]:
                own = millionths(members(measure.node.get("fte")).get(institution, "0"))
                share = part(begun, millionths(measure.node.get("fte_share", "0")))
                added += part_of_month(measure, own + share, day)
        return added

    def need(self, day):
        return sum(unit_need(unit, unit.dated.usable_on(day), self.norm(unit, day)) for unit in self.units)

    def posts(self, day):
        """As many employed as all open places ask for, the sick among them."""
        wanted, well = self.need(day) - self.agency, MILLION - self.sick
        return -(-wanted * MILLION // well) if wanted > 0 and well else 0

    def first(self, day):
        if self.fte is not None:
            return millionths(self.fte)
        if self.per_place is not None:
            return millionths(self.per_place) * sum(unit.dated.usable_on(day) for unit in self.units)
        return self.posts(day)

    def run(self, start, end):
        """Who is there by day, and so what is closed: {day: {unit: places}}."""
        found, begun = {}, None
        for day in range(start, end):
            date = date_of(day)
            if begun is None:
                employed = 0
                if self.fte is not None or any(unit.dated.usable_on(day) for unit in self.units):
                    begun = employed = self.first(day)
            elif date.day == 1:
                employed = self.after_month(day, date, employed, begun)
            there = employed + self.added(day, begun)
            available = there - part(there, self.sick) + self.agency
            gap = max(0, self.need(day) - available)
            found[day] = self.close(day, gap - part(gap, self.covered))
        return found

    def after_month(self, day, date, employed, begun):
        leave = self.leave.on((date - datetime.timedelta(days=1)).year)
        hire = self.hire.on((date.year * 12 + date.month - 1 - 1 - self.takes) // 12)
        stay = employed - part(employed, leave) // 12
        return stay + max(0, min(part(begun, hire) // 12, self.posts(day) - self.added(day, begun) - stay))

    def close(self, day, uncovered):
        closed = {}
        for unit in self.units:
            left = unit.dated.usable_on(day)
            while left > 0:
                ward = left % unit.ward or unit.ward
                norm = self.norm(unit, day)
                freed = unit_need(unit, left, norm) - unit_need(unit, left - ward, norm)
                if freed == 0 or 2 * uncovered < freed:
                    break
                uncovered, left = uncovered - freed, left - ward
            closed[unit] = unit.dated.usable_on(day) - left
        return closed


def unit_need(unit, places, norm):
    return places * norm + math.ceil(places / unit.ward) * unit.regime.per_ward


def close_wards(root, scenario):
    node = members(root.get("staff"))
    first = [plain(name) for name in node.get("closes_first", [])]
    order = first + [name for name in scenario.regimes if name not in first]
    for institution in dict.fromkeys(unit.institution for unit in scenario.units if unit.institution):
        if institution not in node and "default" not in node:
            continue
        units = [unit for unit in scenario.units if unit.institution == institution and
                 not (unit.regime.emergency or unit.regime.outside)]
        stated = {**node.get("default", {}), **node.get(institution, {})}
        for one, other in (("fte", "fte_per_place_at_start"), ("fte_per_place_at_start", "fte")):
            if one in node.get(institution, {}):
                stated.pop(other, None)
        found = Staffing(stated, units, order, scenario.measures.staffing).run(scenario.start, scenario.start + scenario.days)
        shock_days = [shock.on for shock in scenario.shocks
                      if any(unit.institution == institution and unit.name in shock.units for unit in scenario.units)]
        for unit in units:
            unit.dated.shock_days = shock_days
            unit.dated.closed = {day: closed[unit] for day, closed in found.items()}
        for unit in units:
            unit.dated.forget()
