"""Stays that follow from what was before: a set of simulated arrivals a status (rule 10, decision 0016)."""

import bisect
import ctypes
import ctypes.util
import itertools

from reference.dates import LONGEST, RELEASED
from reference.shapes import first_above
from reference.values import fraction, shares, varying

POINTS = 32768
STEPS = 18  # statuses back
COORDINATES = 4 + 2 * STEPS  # profile, way, length, granted, then length and granted of each step back


def sobol_points():
    """GSL's sequence with the origin in front, each point in the middle of its stratum."""
    ctypes.CDLL(ctypes.util.find_library("gslcblas"), mode=ctypes.RTLD_GLOBAL)
    gsl = ctypes.CDLL(ctypes.util.find_library("gsl"))
    gsl.gsl_qrng_alloc.restype = ctypes.c_void_p
    gsl.gsl_qrng_alloc.argtypes = [ctypes.c_void_p, ctypes.c_uint]
    gsl.gsl_qrng_get.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_double)]
    gsl.gsl_qrng_free.argtypes = [ctypes.c_void_p]
    sequence = gsl.gsl_qrng_alloc(ctypes.c_void_p.in_dll(gsl, "gsl_qrng_sobol"), COORDINATES)
    point = (ctypes.c_double * COORDINATES)()
    for i in range(POINTS):
        if i > 0:
            gsl.gsl_qrng_get(sequence, point)
        yield [x + 0.5 / POINTS for x in point]
    gsl.gsl_qrng_free(sequence)


class Path:
    """Of a person of the p-th profile."""

    def __init__(self, weight, before, length, stay, p, profile, granted):
        self.weight, self.before, self.length, self.stay = weight, before, length, stay
        self.p, self.profile, self.granted = p, profile, granted


class Choice:
    """The paths of those who can be in a group; in equilibrium each counts by the days in the status."""

    def __init__(self, paths, in_equilibrium, fitting):
        weights = [(path.weight * (path.stay if in_equilibrium else 1), path) for path in paths if path.p in fitting]
        self.paths = [path for weight, path in weights if weight > 0]
        self.up_to = list(itertools.accumulate(weight for weight, _ in weights if weight > 0))
        self.stays = [path.stay for path in self.paths]

    def in_progress(self, u):
        return self.paths[min(bisect.bisect_right(self.up_to, u[0] * self.up_to[-1]), len(self.paths) - 1)]

    def given_elapsed(self, elapsed, u):
        first = bisect.bisect_right(self.stays, elapsed)
        before = self.up_to[first - 1] if first > 0 else 0.0
        if first == len(self.paths):
            return None
        target = before + u[0] * (self.up_to[-1] - before)
        return self.paths[max(first, min(bisect.bisect_right(self.up_to, target), len(self.paths) - 1))]


class Paths:
    """All that the sets of a scenario share."""

    def __init__(self, scenario):
        self.scenario, self.sets = scenario, {}
        self.profiles = list(scenario.profiles())
        days = min(365, scenario.days)
        arrivals = {name: 0.0 for name in scenario.statuses}
        for flow in scenario.flows:
            arrivals[flow.status] += sum(flow.rate(scenario.start + day) for day in range(days)) / days
        self.entries = [self.find_entries(profile, share, arrivals) for profile, share in self.profiles]

    # - which statuses need paths

    def is_after_served(self, status):
        statuses = self.scenario.statuses.values()
        before, known = set(), None
        while before != known:
            known = set(before)
            before |= {other.name for other in statuses if other.ways() & (known | {status.name})}
        return any(other.served and other.name in before for other in statuses)

    def is_derived(self, status):
        return bool(status.conditional) or (status.clock == "custody" and self.is_after_served(status))

    def carries(self, status):
        counts = any(other.clock == "custody" for other in self.scenario.statuses.values())
        return counts and status.served and self.is_after_served(status)

    def are_for(self, group):
        status = self.scenario.statuses[group.status]
        if status.length_node is None:
            return False
        is_derived, carries = self.is_derived(status), self.carries(status)
        if not group.waiting:
            return is_derived or carries
        is_held = status.waits_in != "outside"
        return (status.clock == "arrival" and is_derived) or is_held and (
            carries or status.clock == "custody" and is_derived)

    # - entries a day, as if every place is there

    def go_on(self, profile, now):
        later = dict.fromkeys(now, 0.0)
        for name, people in now.items():
            status = self.scenario.statuses[name]
            coming = float(1 - status.no_show) if status.called_up else 1.0
            if status.length_node is not None:
                for route, share in shares(varying(status.next, profile)).items():
                    if route != RELEASED:
                        later[route] += people * coming * float(share)
            if coming < 1:
                later[status.then] += people * (1 - coming)
        return later

    def find_entries(self, profile, share, arrivals):
        now = {name: rate * share for name, rate in arrivals.items()}
        least, entries = 1e-9 * sum(now.values()), dict(now)
        for _ in range(10000):
            now = self.go_on(profile, now)
            for name, people in now.items():
                entries[name] += people
            if sum(now.values()) <= least:
                break
        return entries

    # - a path

    def is_held(self, status, profile):
        rule = self.scenario.rule_of(status, profile)
        return rule is not None and not self.scenario.row(rule, status, profile)[0].units[0].regime.outside

    def carried(self, entries, earlier, status, profile):
        if not earlier.served or earlier.length_node is None or not self.is_held(earlier, profile):
            return 0.0
        share = shares(varying(earlier.next, profile)).get(status.name, 0)
        coming = float(1 - earlier.no_show) if earlier.called_up else 1.0
        return entries[earlier.name] * coming * float(share)

    def sources(self, p, status):
        """The statuses from which custody comes, each with its share of those who enter."""
        profile, entries = self.profiles[p][0], self.entries[p]
        if status.called_up or not self.is_held(status, profile) or entries[status.name] == 0:
            return []
        flows = [(other, self.carried(entries, other, status, profile)) for other in self.scenario.statuses.values()]
        return [(other, flow / entries[status.name]) for other, flow in flows if flow > 0]

    def go_back(self, p, status, way, memo):
        steps = []
        while len(steps) < STEPS:
            if (p, status.name) not in memo:
                memo[p, status.name] = self.sources(p, status)
            up_to = 0.0
            for other, share in memo[p, status.name]:
                if up_to <= way < up_to + share:
                    way, status = (way - up_to) / share, other
                    steps.append(other)
                    break
                up_to += share
            else:
                return steps
        return steps

    def is_granted(self, status, profile, u):
        return not status.conditional or u < fraction(varying(status.granted, profile))

    @staticmethod
    def stay(status, length, is_granted, custody):
        served = status.to_serve(length, is_granted)
        return max(0, served - (custody if status.clock == "custody" else 0))

    def pair(self, p, status, x, memo):
        """One path by the length as people enter, one by a length met by its days."""
        profile, custody = self.profiles[p][0], 0
        steps = self.go_back(p, status, x[1], memo)
        for i, step in reversed(list(enumerate(steps))):
            u = x[4 + 2 * i]
            length = int(max(1.0, self.scenario.length(step, profile).quantile((u, 1 - u))) + 0.5)
            custody = min(LONGEST, custody + self.stay(step, length, self.is_granted(step, profile, x[5 + 2 * i]), custody))
        shape, u = self.scenario.length(status, profile), (x[2], 1 - x[2])
        is_granted = self.is_granted(status, profile, x[3])
        for value in (shape.quantile(u), shape.in_progress(u)):
            length = int(max(1.0, value) + 0.5)
            stay = self.stay(status, length, is_granted, custody)
            yield Path(2 / (1 + value / shape.mean), custody, length, stay, p, profile, is_granted)

    def of(self, status):
        if status.name not in self.sets:
            share = [entries[status.name] for entries in self.entries]
            up_to = list(itertools.accumulate(share if any(share) else [share for _, share in self.profiles]))
            memo, paths = {}, []
            for x in sobol_points():
                p = min(bisect.bisect_right(up_to, x[0] * up_to[-1]), len(up_to) - 1)
                paths += self.pair(p, status, x, memo)
            self.sets[status.name] = sorted(paths, key=lambda path: path.stay)  # stable
        return self.sets[status.name]


def survivor(classes, elapsed, u):
    """The profile of who is met after so long. `classes`: (shape, [(share, profile)]) by different stay."""
    longer = [1 - shape.position(elapsed)[0] for shape, _ in classes]
    weights = [sum(share for share, _ in people) * part for (_, people), part in zip(classes, longer)]
    if sum(weights) <= 0:
        people = [person for _, people in classes for person in people]
        return pick_by(people, u[0])
    up_to = list(itertools.accumulate(weights))
    possible = [i for i, weight in enumerate(weights) if weight > 0]
    target = u[0] * up_to[-1]
    i = next((i for i in possible if target < up_to[i]), possible[-1])
    return pick_by(classes[i][1], (target - (up_to[i] - weights[i])) / weights[i])


def pick_by(people, u):
    up_to = list(itertools.accumulate(share for share, _ in people))
    return people[first_above(up_to, u * up_to[-1])][1]
