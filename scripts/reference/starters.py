"""The starting population: rule 10."""

import csv
from fractions import Fraction
import os

from reference.chance import DRAWS_A_PERSON, ELAPSED, IN_PROGRESS, PROFILE, SINCE, is_below, uniform
from reference.dates import DAY, LONGEST, RELEASED
from reference.paths import Choice, Paths, survivor
from reference.person import Person
from reference.scenario import find_unit
from reference.values import day_number, minutes, plain, varying


class Starters:
    def put_starters(self):
        self.paths = self.scenario.paths = self.scenario.paths or Paths(self.scenario)  # for all replications
        for group in self.scenario.groups:
            if group.csv:
                self.put_listed(group)
                continue
            people = self.people(group)
            weights = [(profile, self.weight(group, profile) * share) for profile, share in people]
            choice = self.scenario.once(group.path, lambda: self.choice(group)) if group.persons else None
            classes = self.classes(group, people) if choice is None else None
            for i in range(group.persons):
                self.put_starter(group, weights, choice, classes, i)

    def people(self, group):
        """By profile as they enter the status; where nobody of the group does, as they arrive."""
        entering = [(profile, entries[group.status])
                    for (profile, _), entries in zip(self.paths.profiles, self.paths.entries)]
        may = [people for profile, people in entering if self.row_of_group(group, profile) is not None]
        return entering if sum(may) > 0 else self.paths.profiles

    def choice(self, group):
        if not self.paths.are_for(group):
            return None
        in_equilibrium = not group.waiting and group.elapsed == "equilibrium"
        fitting = {p for p, (profile, _) in enumerate(self.paths.profiles) if self.row_of_group(group, profile) is not None}
        return Choice(self.paths.of(self.scenario.statuses[group.status]), in_equilibrium, fitting)

    def classes(self, group, people):
        """Profiles by stay, where the time that is known sets them apart; else None."""
        status = self.scenario.statuses[group.status]
        node, known = status.length_node, group.since if group.waiting else group.elapsed
        runs = status.clock == "arrival" and status.length == "stay" if group.waiting else known != "equilibrium"
        if not runs or known is None or not isinstance(node, dict) or "by" not in node:
            return None
        if not isinstance(plain(known), dict) and minutes(known) == 0:
            return None
        found = {}
        for profile, share in people:
            value = profile[node["by"]]
            key = value if value in node else "else"
            alike = found.setdefault(key, (self.scenario.length(status, profile), []))[1]
            alike.append((share if self.row_of_group(group, profile) is not None else 0.0, profile))
        return list(found.values()) if len(found) > 1 else None

    def elapsed_of(self, group, profile, over):
        return self.scenario.shape(f"{group.path}.elapsed", group.elapsed, profile).quantile(over)

    def waited_of(self, group, profile, u):
        if group.since is None:
            return 0
        return int(self.scenario.shape(f"{group.path}.since", group.since, profile).quantile(u) + 0.5)

    def row_of_group(self, group, profile):
        """Where people of the group can be: as it says, or by their rule; None: nowhere, []: outside."""
        status = self.scenario.statuses[group.status]
        rule = self.scenario.rule_of(status, profile)
        if group.waiting and rule is None:
            return None
        if group.places:
            pools = [pool for pool in self.scenario.pools
                     if any(pool.units[0].is_part_of(place) for place in group.places)
                     and pool.units[0].admits.matches(status, profile)]
            return pools or None
        if group.waiting:
            return self.cells(status, profile)
        return self.scenario.row(rule, status, profile) if rule else []

    def weight(self, group, profile):
        """Who stays longer is met more often."""
        status = self.scenario.statuses[group.status]
        if self.row_of_group(group, profile) is None:
            return 0.0
        if group.waiting or group.elapsed != "equilibrium":
            return 1.0
        return self.scenario.length(status, profile).mean

    def put_starter(self, group, weights, choice, classes, i):
        person = Person(group.name, (self.scenario.rank[group.name], 0, i), 0, i * DRAWS_A_PERSON, i)

        def fixed(k):
            return uniform(self.chance.number(group.name, 0, person.offset + k))

        target, total = fixed(PROFILE)[0] * sum(weight for _, weight in weights), 0.0
        for profile, weight in weights:
            total += weight
            if weight > 0:
                person.profile = profile
            if target < total:
                break
        person.status = self.scenario.statuses[group.status]
        person.first = group.status
        which, over = fixed(IN_PROGRESS), fixed(ELAPSED)
        path, waited, elapsed = None, 0, 0.0
        if group.waiting:
            waited = elapsed = self.waited_of(group, person.profile, fixed(SINCE))
        elif group.elapsed != "equilibrium":
            elapsed = self.elapsed_of(group, person.profile, over)
        if choice:
            if not group.waiting and group.elapsed == "equilibrium":
                path = choice.in_progress(which)
                elapsed = over[0] * path.stay
            else:
                runs = not group.waiting or person.status.clock != "placement"
                path = choice.given_elapsed(elapsed if runs else -1, which)
            person.profile = path.profile if path else person.profile
        elif classes:
            person.profile = survivor(classes, elapsed, fixed(PROFILE))
        self.stand(person, self.row_of_group(group, person.profile))
        if group.waiting:
            self.start_waiting(person, waited, path.before if path else 0)
            self.go_on_waiting(person, group, path, choice, which)
        else:
            self.start_present(person, group, path, choice, elapsed, which)

    def stand(self, person, pools):
        self.everybody[person] = None
        if person.status.name in self.scenario.cyclic:
            person.visits = 1
        if pools:
            self.move(person, find_unit(pools))

    def plan_end(self, person, left):
        """His clock runs; so much is left."""
        person.route = self.draw_route(person)
        person.ends = person.unmoved = max(1, int(left + 0.5))
        if person.route == RELEASED:
            person.ends = self.before_weekend(person.status, person.ends)

    def start_present(self, person, group, path, choice, elapsed, which):
        status = person.status
        if status.length_node is None:
            elapsed, person.route = 0.0, self.draw_route(person)
        elif choice:
            self.end_of_present(person, elapsed, path.stay if path else 0)
            person.length = path.length if path else person.length
            self.note_granted(person, path)
        else:
            shape = self.scenario.length(status, person.profile)
            if group.elapsed == "equilibrium":
                over = uniform(self.chance.number(group.name, 0, person.offset + ELAPSED))
                whole = shape.in_progress(which)
                elapsed = over[0] * whole
            else:
                whole = shape.given_elapsed(elapsed, which)
            self.end_of_present(person, elapsed, whole)
        self.be_present(person, int(elapsed), path.before if path else 0, bool(group.places))

    @staticmethod
    def note_granted(person, path):
        if path:
            person.granted_in[person.status.name] = path.granted

    def end_of_present(self, person, elapsed, whole):
        left = max(1, int(whole - elapsed + 0.5))
        person.length = int(elapsed) + left
        self.plan_end(person, left)

    def be_present(self, person, elapsed, before, is_told):
        status = person.status
        self.put_in_crisis(person, is_told, elapsed + before)
        person.is_placed = True
        if status.served or status.clock == "custody":
            person.counts_from = -elapsed - before
        self.wait_for_better(person, self.scenario.rule_of(status, person.profile))
        person.entered = -elapsed
        self.stand_before_release(person, -elapsed)
        self.trace(person, "placed")
        self.replan(person)

    def start_waiting(self, person, waited, before):
        status = person.status
        person.since, person.waits = -waited, True
        person.length = self.draw_length(person)
        self.trace(person, "waits")
        if status.limit is not None:
            person.limit = max(0, person.since + status.limit)
        if (status.served or status.clock == "custody") and person.is_held():
            person.counts_from = person.since - before

    def join_waiting(self, person):
        """When his sentence is known, by which some lists are ordered."""
        rule = self.scenario.rule_of(person.status, person.profile)
        if person.status.called_up:
            self.queue(person, rule, self.scenario.row(rule, person.status, person.profile))
        else:
            self.stand_in_wait(person)
        self.replan(person)

    def go_on_waiting(self, person, group, path, choice, which):
        status, waited = person.status, -person.since
        if choice and status.clock != "placement":
            person.length = path.length if path else waited + 1
            self.plan_end(person, path.stay - waited if path else 1)
            self.note_granted(person, path)
        else:
            self.length_of_waiting(person, which)
            if status.clock == "arrival" or (status.clock == "custody" and person.is_held()):
                self.start_clock(person, person.since)
        self.join_waiting(person)

    def length_of_waiting(self, person, which):
        """A clock that runs while he waits has not run out yet."""
        status = person.status
        if status.length_node is None or status.length == "sentence" or status.clock != "arrival" or person.since == 0:
            return
        whole = self.scenario.length(status, person.profile).given_elapsed(-person.since, which)
        person.length = max(int(whole + 0.5), -person.since + 1)

    # - persons from a file

    def put_listed(self, group):
        with open(os.path.join(os.path.dirname(self.scenario.path), group.csv), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for i, row in enumerate(rows):
            person = Person(group.name, (self.scenario.rank[group.name], 0, i), 0, i * DRAWS_A_PERSON, i)
            person.status = self.scenario.statuses[row.get("status") or group.status]
            person.first = person.status.name
            for name in self.scenario.attributes:
                person.profile[name] = row.get(name) or self.draw_attribute(person, name)
            self.put_row(group, person, row)

    def pools_of_row(self, group, person):
        rule = self.scenario.rule_of(person.status, person.profile)
        if group.waiting:
            return self.cells(person.status, person.profile)
        return self.scenario.row(rule, person.status, person.profile) if rule else []

    def put_row(self, group, person, row):
        status, elapsed = person.status, (self.scenario.start - day_number(row["since"])) * DAY
        unit = next((unit for unit in self.scenario.units if unit.name == row.get("unit")), None)
        self.stand(person, None if unit else self.pools_of_row(group, person))
        if unit:
            self.move(person, unit)
        length = minutes(row[status.length]) if row.get(status.length) else None
        if group.waiting:
            self.start_waiting(person, elapsed, 0)
            person.length = person.length if length is None else length
            if status.clock == "arrival" or (status.clock == "custody" and person.is_held()):
                self.end_of_listed(person, elapsed, length)
            self.join_waiting(person)
        else:
            self.end_of_listed(person, elapsed, length)
            self.be_present(person, elapsed, 0, unit is not None)

    def end_of_listed(self, person, elapsed, length):
        status = person.status
        if status.length_node is None:
            person.length, person.route = None, self.draw_route(person)
            return
        granted, which = bool(status.conditional), uniform(self.chance.number(person.stream, 0, person.offset + IN_PROGRESS))
        number = self.chance.number(person.stream, 0, person.offset + ELAPSED)
        share = Fraction(plain(varying(status.granted, person.profile))) if granted else Fraction(1)
        shape = self.scenario.length(status, person.profile)
        if length is not None:
            granted = granted and status.to_serve(length, True) > elapsed and is_below(number, share)
        else:
            least = float(elapsed)
            if granted:
                shortest = self.shortest(status, elapsed) - 1.0
                shortened = float(share) * (1 - shape.position(shortest)[0])
                whole = float(1 - share) * (1 - shape.position(elapsed)[0])
                granted = uniform(number)[0] * (shortened + whole) < shortened if shortened + whole > 0 else share > 0
                least = shortest if granted else least
            length = int(min(shape.given_elapsed(least, which), LONGEST) + 0.5)
        person.length = length
        self.plan_end(person, status.to_serve(length, granted) - elapsed)
        person.granted_in[status.name] = granted

    @staticmethod
    def shortest(status, elapsed):
        """The shortest sentence that leaves something to serve after so long, if some of it is remitted."""
        low, high = elapsed, LONGEST
        while low < high:
            middle = (low + high) // 2
            if status.to_serve(middle, True) > elapsed:
                high = middle
            else:
                low = middle + 1
        return low
