"""Chance: rule 4. The generator and its seeding are numpy's."""

from fractions import Fraction
import functools
import itertools
import math

from numpy import uint64
from numpy.random import PCG64DXSM, SeedSequence

GENERATOR = PCG64DXSM()
HELD = GENERATOR.state
FAR = 2**61 + 1  # from one visit to the next after the eighth
DRAWS_A_PERSON = 67
MINUTE, HEIGHT, PROFILE, IN_PROGRESS, ELAPSED, SINCE = 0, 1, 2, 3, 4, 5


def words(entropy, key=(), count=2):
    return [int(word) for word in SeedSequence(entropy, spawn_key=key).generate_state(count, uint64)]


@functools.cache
def hash_of(text):
    return words(list(text.encode()))[0]


def wide(pair):
    return pair[0] << 64 | pair[1]


def purpose_number(purpose, name, visit):
    if visit > 7:
        return purpose_number(purpose, name, 7) + (visit - 7) * FAR
    return 2**40 + (hash_of(f"{purpose}/{name}/{visit}") >> 4 | 1)


def first_number(seed, key):
    """The first draw of a state that is used for nothing else: its increment does not matter."""
    HELD["state"] = {"state": wide(words(seed, key)), "inc": 1}
    GENERATOR.state = HELD
    return int(GENERATOR.random_raw()) >> 12


class Chance:
    """All draws of one replication, as integers n of 52 bits: u = (n + 1/2) / 2^52."""

    def __init__(self, seed, replication):
        self.seed, self.replication = seed, replication
        self.increments, self.states, self.purposes = {}, {}, {}

    def number(self, stream, day, offset):
        """The draw at `offset` from the state with which the stream's day begins."""
        if stream not in self.increments:
            key = (self.replication, hash_of(stream))
            self.increments[stream] = (2 * wide(words(self.seed, key)) + 1) % 2**128
        if (stream, day) not in self.states:
            key = (self.replication, hash_of(stream), day)
            self.states[stream, day] = wide(words(self.seed, key))
        HELD["state"] = {"state": self.states[stream, day], "inc": self.increments[stream]}
        GENERATOR.state = HELD
        GENERATOR.advance(offset)
        return int(GENERATOR.random_raw()) >> 12

    def purpose(self, purpose, name, visit):
        if (purpose, name, visit) not in self.purposes:
            self.purposes[purpose, name, visit] = purpose_number(purpose, name, visit)
        return self.purposes[purpose, name, visit]


def uniform(n):
    """u and 1 - u, both exact."""
    return (n + 0.5) * 2.0**-52, (2**52 - 1 - n + 0.5) * 2.0**-52


def is_below(n, share):
    """Whether u < share, exactly (rule 5)."""
    return (2 * n + 1) * share.denominator < share.numerator * 2**53


def poisson4():
    """P(count <= j) of a slab, j = 0 to 28: there are never more than 29 points."""
    exp_minus_4 = sum(Fraction((-4) ** k, math.factorial(k)) for k in range(80))
    terms = [exp_minus_4 * Fraction(4**j, math.factorial(j)) for j in range(29)]
    return list(itertools.accumulate(terms))


POISSON4 = poisson4()
