"""The works programme: rule 8b. Day by day, not from one start to the next as the program does it."""

import math

from reference.dates import DAY
from reference.values import Who, date_of, day_number, members, minutes, plain

EVER = 10**9
ALL = 10**9  # places: whatever is built


def days(node):
    return minutes(node) // DAY


def by_year(node):
    """What holds in a year: the last that is stated holds on, the first holds before."""
    node = plain(node)
    if not isinstance(node, dict):
        return lambda year: float(node)
    stated = {int(year): float(plain(number)) for year, number in members(node).items()}
    return lambda year: stated[max((y for y in stated if y <= year), default=min(stated))]


class Project:
    def __init__(self, name, node, first_day):
        self.name, self.node = name, node
        self.priority = int(plain(node.get("priority", "100")))
        start, takes = node.get("start", {}), node.get("takes", {})
        self.planned = day_number(start["planned"]) if "planned" in start else first_day
        self.takes = days(takes["planned"]) if "planned" in takes else 0
        self.slips = {key: part["slip"] for key, part in (("start", start), ("takes", takes)) if "slip" in part}
        self.cost = float(plain(node.get("cost_per_year", "0")))
        self.after = node.get("after", [])
        self.notice, self.moves = days(node.get("notice", "0 days")), days(node.get("moves_before", "0 days"))
        self.stays = days(node["stays"]) if "stays" in node else EVER
        self.deadline = day_number(node["lost_without"]) if "lost_without" in node else EVER

    def places(self, key):
        named = self.node.get(key, {})
        return {u: ALL for u in named} if isinstance(named, list) else {u: int(plain(n)) for u, n in members(named).items()}


class Works:
    def __init__(self, scenario, node, add_institutions, everything):
        node = node or {}
        self.scenario = scenario
        self.budget = by_year(node["budget_per_year"]) if "budget_per_year" in node else lambda year: math.inf
        self.most_out = float(plain(node.get("places_out_at_most", "inf")))
        self.projects = {n: Project(n, p or {}, scenario.start) for n, p in members(node.get("projects")).items()}
        self.add_units(add_institutions, everything)
        for project in self.projects.values():
            project.out = sum(self.places_out(project).values())

    def unit(self, name):
        return next(unit for unit in self.scenario.units if unit.name == name)

    def add_units(self, add_institutions, everything):
        """They are there from the start on, without a place; in the order of the names of the projects."""
        units = self.scenario.units
        for _, project in sorted(self.projects.items()):
            known, project.added = len(units), {}
            add_institutions(members(project.node.get("adds")))
            for unit in units[known:]:
                project.added[unit.name], unit.dated.built = unit.dated.built, 0
            for name, node in members(project.node.get("converts")).items():
                units.append(self.converted(self.unit(name), node["to"], project.name, everything))

    def converted(self, unit, to, by, everything):
        regime = self.scenario.regimes[to["regime"]] if "regime" in to else unit.regime
        admits = Who(to["admits"], everything).and_also(unit.gate) if "admits" in to else unit.admits
        other = type(unit)(f"{unit.name}_as_{by}", regime, unit.dated.and_changes([]), admits,
                           unit.institution, unit.region, unit.tags)
        other.dated.built, other.dated.changes = 0, []
        return other

    def places_out(self, project):
        first = max(project.planned, self.scenario.start)
        added = {name: n for other in self.projects.values() for name, n in other.added.items()}
        return {name: max(self.unit(name).dated.built_on(first), added.get(name, 0)) if n == ALL else n
                for name, n in project.places("units").items()}

    # - dates

    def slip(self, chance, project, part, offset):
        if part not in project.slips:
            return 0
        shape = self.scenario.shape(f"works.projects.{project.name}.{part}.slip", project.slips[part], {})
        return shape.draw(chance.number(f"works.{project.name}", 0, offset)) // DAY

    def limits(self, day):
        """Of a day; of the measures in force the last one by start, then name, that says other."""
        budget, most_out = self.budget(date_of(day).year), self.most_out
        for measure in self.scenario.measures.budgets:
            if measure.level(day)[0] and "budget_per_year" in measure.node:
                budget = by_year(measure.node["budget_per_year"])(date_of(day).year)
            if measure.level(day)[0] and "places_out_at_most" in measure.node:
                most_out = int(plain(measure.node["places_out_at_most"]))
        return budget, most_out

    def dates(self, chance):
        """Start and first day after it, of those that start."""
        first, last = self.scenario.start, self.scenario.start + self.scenario.days - 1
        earliest, long, dates, ready = {}, {}, {}, {}
        for p in self.projects.values():
            earliest[p] = max(p.planned + self.slip(chance, p, "start", 0), first)
            long[p] = max(p.takes + self.slip(chance, p, "takes", 1), p.notice)

        def fits(p, start):
            for day in range(start, start + long[p]):
                beside = [q for q in dates if dates[q][0] <= day < dates[q][1]] + [p]
                budget, most_out = self.limits(day)
                if sum(q.cost for q in beside) > budget or sum(q.out for q in beside) > most_out:
                    return False
            return True

        def next_to_start(day):
            for p in self.projects.values():
                ends = [dates[q][1] if q in dates else math.inf for q in map(self.projects.get, p.after)]
                ready[p] = max([earliest[p], *ends])
            here = [p for p in self.projects.values() if ready[p] <= day and p not in dates]
            free = [p for p in here if p.cost == p.out == 0]
            first_of = sorted(here, key=lambda p: (ready[p], p.priority, p.name))[:1]
            return (free + [p for p in first_of if not free and fits(p, day)])[:1]

        for day in range(first, last + 1):
            while found := next_to_start(day):
                dates[found[0]] = (day, day + long[found[0]])
        return dates

    # - places

    def set_places(self, chance):
        """The places of all units in this replication."""
        dates, changes = self.dates(chance), {unit.name: [] for unit in self.scenario.units}
        for p in self.projects.values():
            for name, change in self.changes_of(p, *dates.get(p, (EVER, EVER))):
                if change[0] <= change[1]:
                    changes[name].append(change)
        for p in sorted(dates, key=lambda p: (dates[p][1], p.name)):
            for name, places in p.places("places_after").items():
                end = dates[p][1]
                more = places - self.unit(name).with_measures.and_changes(changes[name]).built_on(end)
                changes[name].append((end, EVER, more, None))
        for unit in self.scenario.units:
            unit.dated = unit.with_measures.and_changes(changes[unit.name])

    @staticmethod
    def changes_of(p, start, end):
        if start > p.deadline:
            becomes = {name: int(plain(node["places"])) for name, node in members(p.node.get("converts")).items()}
            for name, n in (p.places("lost_places") or p.places("units")).items():
                taken = p.places("units").get(name, 0) + becomes.get(name, 0)
                yield name, (p.deadline, start - 1, -n, "lost")
                yield name, (start, end - 1, -max(0, n - taken), "lost")
        if start == EVER:
            return
        for name, n in p.places("units").items():
            yield name, (start, end - 1, -n, "works")
        for name, n in p.places("decants_to").items():
            yield name, (start - p.moves, end - 1, n, "reserve")
        for name, n in p.places("opens").items():
            yield name, (end, EVER, n, "reserve")
        for name, n in p.added.items():
            yield name, (end, end + p.stays - 1, n, None)
        for name, node in members(p.node.get("converts")).items():
            yield name, (start, EVER, -int(plain(node["places"])), None)
            yield f"{name}_as_{p.name}", (end, EVER, int(plain(node["places"])), None)
