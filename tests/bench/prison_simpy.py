"""The queue of tests/bench/queue.yaml in SimPy, written as fast as SimPy allows: a process for each
person, but the places and the waiting lists kept by hand (SimPy's own priority resource searches a
list of all users at each release). Prints one line of JSON.

usage: prison_simpy.py PLACES DAYS SEED
"""

import json
import math
import random
import sys
from collections import deque

import simpy

SHARES = (0.60, 0.25, 0.15)
MEAN_DAYS = (90.0, 30.0, 60.0)
MEAN_STAY_DAYS = sum(s * m for s, m in zip(SHARES, MEAN_DAYS))
SIGMA = 1.0
MU = [math.log(m) - SIGMA**2 / 2 for m in MEAN_DAYS]


class Prison:
    def __init__(self, places, seed):
        self.places = places
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.lists = tuple(deque() for _ in SHARES)
        self.occupied = self.waiting = 0
        self.arrivals = self.departures = 0
        self.occupied_days = self.waiting_days = self.counted_to = 0.0
        self.placed = [0] * len(SHARES)
        self.wait_days = [0.0] * len(SHARES)
        self.occupied_at_midnight = []

    def count(self):
        """Brings the integrals up to now; called before every change."""
        days = self.env.now - self.counted_to
        self.occupied_days += self.occupied * days
        self.waiting_days += self.waiting * days
        self.counted_to = self.env.now

    def person(self, kind, stay_days):
        arrived = self.env.now
        if self.occupied < self.places:
            self.occupied += 1
        else:
            self.waiting += 1
            called = self.env.event()
            self.lists[kind].append(called)
            yield called
            self.waiting -= 1
        self.placed[kind] += 1
        self.wait_days[kind] += self.env.now - arrived
        yield from self.held(stay_days)

    def held(self, stay_days):
        yield self.env.timeout(stay_days)
        self.count()
        self.departures += 1
        for waiting in self.lists:
            if waiting:
                waiting.popleft().succeed()
                return
        self.occupied -= 1

    def source(self):
        per_day = 0.98 * self.places / MEAN_STAY_DAYS
        expovariate, lognormvariate = self.random.expovariate, self.random.lognormvariate
        while True:
            yield self.env.timeout(expovariate(per_day))
            self.count()
            self.arrivals += 1
            u = self.random.random()
            kind = 0 if u < 0.60 else 1 if u < 0.85 else 2
            self.env.process(self.person(kind, lognormvariate(MU[kind], SIGMA)))

    def midnights(self):
        while True:
            yield self.env.timeout(1)
            self.occupied_at_midnight.append(self.occupied)

    def fill(self):
        """All places taken: a class by share x mean, the residual of a length-biased stay."""
        weights = [s * m for s, m in zip(SHARES, MEAN_DAYS)]
        for kind in self.random.choices(range(len(SHARES)), weights, k=self.places):
            in_progress = self.random.lognormvariate(MU[kind] + SIGMA**2, SIGMA)
            self.env.process(self.held(self.random.random() * in_progress))
        self.occupied = self.places

    def run(self, days):
        self.fill()
        self.env.process(self.source())
        self.env.process(self.midnights())
        self.env.run(until=days)
        self.count()


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    places, days, seed = map(int, sys.argv[1:])
    prison = Prison(places, seed)
    prison.run(days)
    waits = [w / max(n, 1) for w, n in zip(prison.wait_days, prison.placed)]
    print(
        json.dumps(
            {
                "occupied": prison.occupied_days / days,
                "waiting": prison.waiting_days / days,
                "wait_days": waits,
                "events": prison.arrivals + prison.departures,
            }
        )
    )


if __name__ == "__main__":
    main()
