"""The starting population: rule 10."""

from reference.chance import DRAWS_A_PERSON, ELAPSED, IN_PROGRESS, PROFILE, SINCE, uniform
from reference.dates import RELEASED
from reference.person import Person
from reference.scenario import find_unit


class Starters:
    def put_starters(self):
        for group in self.scenario.groups:
            weights = [(profile, self.weight(group, profile) * share)
                       for profile, share in self.scenario.profiles()]
            for i in range(group.persons):
                self.put_starter(group, weights, i)

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

    def put_starter(self, group, weights, i):
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
        if person.status.name in self.scenario.cyclic:
            person.visits = 1
        pools = self.row_of_group(group, person.profile)
        if pools:
            self.move(person, find_unit(pools))
        if group.waiting:
            self.start_waiting(person, group, fixed(SINCE))
        else:
            self.start_present(person, group, fixed(IN_PROGRESS), fixed(ELAPSED))

    def start_present(self, person, group, which, over):
        status, elapsed = person.status, 0.0
        person.route, person.is_placed = self.draw_route(person), True
        if status.length_node is not None:
            shape = self.scenario.length(status, person.profile)
            if group.elapsed == "equilibrium":
                whole = shape.in_progress(which)
                elapsed = over[0] * whole
            else:
                path = f"{group.path}.elapsed"
                elapsed = self.scenario.shape(path, group.elapsed, person.profile).quantile(over)
                whole = shape.given_elapsed(elapsed, which)
            person.ends = max(1, int(whole - elapsed + 0.5))
            person.length = int(elapsed) + person.ends
            if person.route == RELEASED:
                person.ends = self.before_weekend(status, person.ends)
        if status.served or status.clock == "custody":
            person.counts_from = -int(elapsed)
        self.wait_for_better(person, self.scenario.rule_of(status, person.profile))
        person.entered = -int(elapsed)
        self.trace(person, "placed")
        self.replan(person)

    def start_waiting(self, person, group, u):
        status, rule = person.status, self.scenario.rule_of(person.status, person.profile)
        if group.since is not None:
            shape = self.scenario.shape(f"{group.path}.since", group.since, person.profile)
            person.since = -int(shape.quantile(u) + 0.5)
        person.length, person.waits = self.length_of_waiting(person, group), True
        self.trace(person, "waits")
        stand = self.queue if status.called_up else self.join
        stand(person, rule, self.scenario.row(rule, status, person.profile))
        if status.limit is not None:
            person.limit = max(0, person.since + status.limit)
        if (status.served or status.clock == "custody") and person.is_held():
            person.counts_from = person.since
        if status.clock == "arrival" or (status.clock == "custody" and person.is_held()):
            self.start_clock(person, person.since)
        self.replan(person)

    def length_of_waiting(self, person, group):
        """A clock that runs while he waits has not run out yet."""
        status = person.status
        if status.length_node is None or status.length == "sentence" or status.clock != "arrival" or person.since == 0:
            return self.draw_length(person)
        which = uniform(self.chance.number(group.name, 0, person.offset + IN_PROGRESS))
        whole = self.scenario.length(status, person.profile).given_elapsed(-person.since, which)
        return max(int(whole + 0.5), -person.since + 1)
