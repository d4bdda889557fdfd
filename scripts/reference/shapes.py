"""Shapes, from the program's quantile tables: the format stands in sim/shape.h."""

import bisect
import itertools
import math

from reference.chance import uniform
from reference.dates import LONGEST


EDGE = 2.0**-41


def solve(rising, target):
    """t in 0..1 where a rising function reaches the target, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return low


def first_above(sums, u):
    """The first of rising sums that is above u; none: the last."""
    return min(bisect.bisect_right(sums, u), len(sums) - 1)


def within(u, low, high):
    """u rescaled within low .. high, both tails as exact as they are."""
    below = (1 - low) - u[1] if low > 0.5 else u[0] - low
    above = u[1] - (1 - high) if high > 0.5 else high - u[0]
    return below / (high - low), above / (high - low)


class Piece:
    """A cubic over the tail probabilities start .. start + width, from the edge inward."""

    def __init__(self, start, width, c):
        self.start, self.width, self.c = start, width, c

    def value(self, t):
        c = self.c
        return c[0] + t * (c[1] + t * (c[2] + t * c[3]))

    def area(self, t=1.0):
        c = self.c
        return self.width * t * (c[0] + t * (c[1] / 2 + t * (c[2] / 3 + t * c[3] / 4)))


class Half:
    """The table on one side of the median."""

    def __init__(self, rows):  # octave 0 (the innermost) first, 8 pieces each
        self.pieces = []
        for octave in reversed(range(40)):
            for i in range(8):
                width = 2.0 ** -(octave + 2) / 8
                self.pieces.append(Piece((8 + i) * width, width, rows[8 * octave + i]))
        areas = [EDGE * self.pieces[0].c[0]] + [piece.area() for piece in self.pieces]
        self.sums = list(itertools.accumulate(areas))
        self.ends = self.sums[1:]  # of each piece

    def at(self, tail):
        mantissa, exponent = math.frexp(min(max(tail, EDGE), math.nextafter(0.5, 0)))
        x = (2 * mantissa - 1) * 8
        return self.pieces[8 * (40 + exponent) + int(x)].value(x - int(x))

    def tail_of(self, value, sign):  # sign -1: values fall with the tail
        started = [p for p in self.pieces if sign * p.c[0] <= sign * value]
        if not started:
            return 0.0
        piece = started[-1]
        return piece.start + piece.width * solve(lambda t: sign * piece.value(t), sign * value)

    def value_at_area(self, target):
        i = first_above(self.ends, target)
        piece, before = self.pieces[i], self.sums[i]
        return piece.value(solve(piece.area, target - before))


class Shape:
    """A distribution of minutes. `quantile` draws; the rest is for the starting population (rule 10)."""

    def __init__(self, lines):
        _, self.kind, count = next(lines).split()
        if self.kind == "mixture":
            self.share, self.part = [], []
            for _ in range(int(count)):
                self.share.append(float.fromhex(next(lines).split()[1]))
                self.part.append(Shape(lines))
        else:
            rows = [tuple(map(float.fromhex, next(lines).split())) for _ in range(int(count))]
            self.read_rows(rows)
        self.mean = self.mean_of()

    def read_rows(self, rows):
        if self.kind == "fixed":
            self.fixed = rows[0][0]
        elif self.kind == "table":
            self.lower, self.upper = Half(rows[:320]), Half(rows[320:])
        else:
            self.share, self.value = [row[0] for row in rows], [row[1] for row in rows]

    def weights(self):
        return [b - a for a, b in zip([0.0] + self.share, self.share)]

    def lengths(self):
        """The person-time of each segment, point or part."""
        if self.kind == "knots":
            knots = list(zip(self.share, self.value))
            return [(u1 - u0) * (v0 + v1) / 2 for (u0, v0), (u1, v1) in zip(knots, knots[1:])]
        values = self.value if self.kind == "steps" else [part.mean for part in self.part]
        return [w * v for w, v in zip(self.weights(), values)]

    def mean_of(self):
        if self.kind == "fixed":
            return self.fixed
        return self.lower.sums[-1] + self.upper.sums[-1] if self.kind == "table" else sum(self.lengths())

    def value_at(self, u):
        if self.kind == "fixed":
            return self.fixed
        if self.kind == "table":
            return self.upper.at(u[1]) if u[1] < u[0] else self.lower.at(u[0])
        if self.kind == "steps":
            return self.value[first_above(self.share, u[0])]
        if self.kind == "knots":
            i = first_above(self.share[1:], u[0])
            (u0, u1), (v0, v1) = self.share[i:i + 2], self.value[i:i + 2]
            return v0 + (u[0] - u0) / (u1 - u0) * (v1 - v0)
        i = first_above(self.share, u[0])
        return self.part[i].value_at(within(u, self.share[i - 1] if i else 0.0, self.share[i]))

    def quantile(self, u):
        return min(max(self.value_at(u), 0.0), LONGEST)

    def draw(self, n):
        """A stay: whole minutes, the nearest, at least 1."""
        return int(min(max(self.value_at(uniform(n)), 1.0), LONGEST) + 0.5)

    def in_progress(self, v):
        """The stay whose share of person-time below it is v: long stays are met more often."""
        if self.kind == "fixed":
            return self.fixed
        if self.kind == "table":
            target = v[0] * self.mean
            if target <= self.lower.sums[-1]:
                return self.lower.value_at_area(target)
            return self.upper.value_at_area(v[1] * self.mean)
        sums = list(itertools.accumulate(self.lengths()))
        i, before = first_above(sums, v[0] * sums[-1]), 0.0
        if i > 0:
            before = sums[i - 1]
        if self.kind == "steps":
            return self.value[i]
        if self.kind == "mixture":
            return self.part[i].in_progress(within(v, before / sums[-1], sums[i] / sums[-1]))
        (u0, u1), (v0, v1) = self.share[i:i + 2], self.value[i:i + 2]
        width, rise = u1 - u0, v1 - v0
        t = solve(lambda t: before + width * t * (v0 + rise * t / 2), v[0] * sums[-1])
        return v0 + rise * t

    def position(self, value):
        """The share of draws at or below the value, and above it."""
        if self.kind == "mixture":
            parts = [(w, *part.position(value)) for w, part in zip(self.weights(), self.part)]
            return sum(w * below for w, below, _ in parts), sum(w * above for w, _, above in parts)
        if self.kind == "table":
            if value > self.lower.pieces[-1].value(1.0):
                tail = self.upper.tail_of(value, -1)
                return 1 - tail, tail
            tail = self.lower.tail_of(value, 1)
            return tail, 1 - tail
        if self.kind == "fixed":
            below = 0.0 if value < self.fixed else 1.0
        elif self.kind == "steps":
            below = max([0.0] + [u for u, v in zip(self.share, self.value) if v <= value])
        elif value < self.value[0]:
            below = 0.0
        elif value >= self.value[-1]:
            below = 1.0
        else:
            i = first_above(self.value[1:], value)
            done = (value - self.value[i]) / (self.value[i + 1] - self.value[i])
            below = self.share[i] + done * (self.share[i + 1] - self.share[i])
        return below, 1 - below

    def given_elapsed(self, elapsed, u):
        """The stay of who has been there so long: Q(F(a) + u (1 - F(a)))."""
        below, above = self.position(elapsed)
        if above <= 0:
            return elapsed
        if self.kind != "mixture":
            return max(self.quantile((below + above * u[0], above * u[1])), elapsed)
        left = [w * part.position(elapsed)[1] / above for w, part in zip(self.weights(), self.part)]
        sums = list(itertools.accumulate(left))
        possible = [i for i in range(len(left)) if left[i] > 0]
        i = next((i for i in possible if u[0] < sums[i]), possible[-1])
        return self.part[i].given_elapsed(elapsed, within(u, sums[i] - left[i], sums[i]))
