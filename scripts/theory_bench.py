"""Runs of the program for the theory tests, and rows that compare a quantity with its exact value."""

import collections
import csv
import datetime
import math
import os
import statistics
import subprocess
import tempfile
import zlib

import theory_reference as exact

SEED = 20261124  # changes only by a decision record
Z_AT_MOST = 4
FEW = 100  # counts below are Poisson
SE_QUICK, SE_FULL, SE_ROUGH = 0.03, 0.01, 0.03
CHUNK = 100  # replications at a time: bounds the memory
SCENARIOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "scenarios", "theory")
NORMAL = statistics.NormalDist()


class Row:
    """A comparison. `lead`: the row of its run that counts for the sum of z^2. `se_at_most`: share of
    the value that the standard error may be; None: no demand."""

    def __init__(self, case, quantity, expected, got, se, se_at_most, lead=False):
        self.case, self.quantity, self.expected, self.got, self.se = case, quantity, expected, got, se
        self.lead, self.faults = lead, []
        self.shares = se > 0 and not isinstance(self, FewRow)  # the standard error as a share says something
        gap = got - expected
        self.z = gap / se if se > 0 else 0.0 if gap == 0 else math.copysign(math.inf, gap)
        if se_at_most and se > se_at_most * abs(expected):
            self.faults.append(f"se over {100 * se_at_most:.0f} %")
        self.judge()

    def judge(self):
        if not abs(self.z) <= Z_AT_MOST:
            self.faults.append("z")

    def text(self):
        share = f"{100 * self.se / abs(self.expected):.2f}" if self.shares else "-"
        return (f"  {self.case:<26} {self.quantity:<22} {self.expected:>13.6g} {self.got:>13.6g} "
                f"{self.se:>10.3g} {share:>6} {self.z:>6.2f}{'*' if self.lead else ' '}"
                f" {', '.join(self.faults)}")


class FewRow(Row):
    """A count of rare events over all replications, or of a stock of which few are left."""

    def __init__(self, case, quantity, expected, got):
        super().__init__(case, quantity, expected, got, math.sqrt(expected), None)

    def judge(self):
        below = exact.poisson_below(self.expected, round(self.got) - 1)
        middle = (below + exact.poisson_below(self.expected, round(self.got))) / 2
        self.z = NORMAL.inv_cdf(min(max(middle, 1e-15), 1 - 1e-15))
        super().judge()


def exact_row(case, quantity, expected, got):
    return Row(case, quantity, expected, got, 0.0, None)


def population_row(case, quantity, share, persons, stats, key, se_at_most, lead=False):
    """A stock as it is on average; as a count over all replications when few are left."""
    n, mean, sd = stats[key]
    expected = share * persons
    if expected * n < FEW:
        return FewRow(case, quantity + " (all runs)", expected * n, mean * n)
    rare = share < 1e-3  # 1 % would take far more people than a system has
    return Row(case, quantity, expected, mean, sd / math.sqrt(n), None if rare else se_at_most, lead)


def pool(parts):
    """(n, mean, sd) of several samples taken together."""
    n = sum(part[0] for part in parts)
    mean = sum(part[0] * part[1] for part in parts) / n
    squares = sum((part[0] - 1) * part[2] ** 2 + part[0] * (part[1] - mean) ** 2 for part in parts)
    return n, mean, math.sqrt(squares / (n - 1))


class Bench:
    def __init__(self, program, full, folder, threads):
        self.program, self.full, self.folder, self.threads = program, full, folder, threads
        self.se = SE_FULL if full else SE_QUICK

    def seed(self, name):
        """Each run its own, or runs would meet the same arrivals and their rows hang together."""
        return (SEED << 32) + zlib.crc32(name.encode())

    def run_into(self, folder, scenario, seed, replications, sets):
        command = [self.program, "run", os.path.join(SCENARIOS, scenario + ".yaml"), "--out", folder,
                   "--quiet", "--seed", str(seed), "--replications", str(replications),
                   "--threads", str(self.threads)]
        for assignment in sets:
            command += ["--set", assignment]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}")

    def run(self, name, scenario, replications, sets, dates=()):
        """{(when, indicator, group): (n, mean, sd)}: of summary.csv the whole period, of series.csv
        these dates."""
        parts = collections.defaultdict(list)
        for first in range(0, replications, CHUNK):
            count = min(CHUNK, replications - first)
            with tempfile.TemporaryDirectory(dir=self.folder) as work:
                out = os.path.join(work, "result")
                self.run_into(out, scenario, self.seed(f"{name}/{first}"), count, sets)
                rows = read(os.path.join(out, "summary.csv"), ("all",))
                if dates:
                    rows += read(os.path.join(out, "series.csv"), dates)
            for row in rows:
                if row[3]:
                    parts[tuple(row[:3])].append((count, float(row[3]), float(row[4])))
        return {key: pool(value) for key, value in parts.items()}


def read(path, first):
    """The rows whose first field is one of these; a large file is searched as text."""
    wanted = set(first)
    with open(path, encoding="utf-8") as file:
        return list(csv.reader(line for line in file if line[:line.index(",")] in wanted))


def mean_and_se(stats, indicator, group="total", when="all", scale=1.0):
    n, mean, sd = stats[when, indicator, group]
    return mean * scale, sd * scale / math.sqrt(n)


def date_at(start, days):
    """The row that holds the stock after so many days."""
    return (start + datetime.timedelta(days - 1)).isoformat()


STEP_START = datetime.date(2025, 1, 1)
