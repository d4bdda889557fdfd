#!/usr/bin/env python3
"""Runs the program on tests/scenarios/theory and holds what comes out against exact results.

A row is a quantity with its exact value, the mean over replications, the standard error of that mean
and z. It fails when |z| is above 4, or when the standard error is above 3 % of the value (1 % with
--full): then the comparison would say little. Counts with fewer than 100 expected are judged by the
chance that a Poisson variable lies so far off. For each table the sum of z^2 over its runs must lie
within its 99.9 % range; a run gives that sum one row, since rows of one run hang together.

What is left out: P(prison full) of the tandem has no output, so the share of transfers that find the
prison full stands for it (the chain gives both); the inflow can have no sine, so `season` takes
month factors and compares the first harmonic; loads of 2,500 and more. Waits that are under way at
the end of a period are not counted: a note says how much that can be.

usage: theory.py PROGRAM [--full] [--only TABLE ...] [--mutant fresh_stay|fresh_profile]
A mutant is the program built with a known fault: then the tables that must catch it must fail, and
those that cannot must pass.
"""

import argparse
import collections
import concurrent.futures
import csv
import datetime
import filecmp
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

import theory_reference as exact

SEED = 20261124  # changes only by a decision record
Z_AT_MOST = 4
SUM_RANGE = 0.999
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


# -- the program --------------------------------------------------------------------------------------


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


def stay_of(places):
    """Mean stay in days. Within a minute departures come before arrivals, which takes about
    places / (2 mean) from a chance to be refused or to wait, the mean in minutes: under 0.3 %."""
    return max(30, round(0.12 * places))


# -- tables: each gives jobs, functions that give rows ------------------------------------------------

def queue_sets(load, places, shape, persons):
    mean = stay_of(places)
    return [f"units.ward_a.places={places}", f"flows.patients.per_day={load / mean:.9f}",
            f"statuses.patient.stay={shape % mean}", f"start.present.patients.persons={persons}"]


def run_erlang_c(bench, load, places, replications):
    return bench.run(f"erlang_c/{load}/{places}", "erlang_c", replications,
                     queue_sets(load, places, exact.SHAPES[0][2], round(load)))


def erlang_c(bench):
    # replications of 90 years: quick (0: only in full), full
    sizes = {(8, 10): (90, 720), (45, 50): (60, 420), (90, 100): (95, 760), (95, 100): (75, 580),
             (190, 200): (0, 460), (475, 500): (0, 1280), (950, 1000): (0, 1450)}

    def job(load, places, replications):
        stats = run_erlang_c(bench, load, places, replications)
        case, mean = f"load {load}, {places} places", stay_of(places)
        rough = SE_ROUGH if places >= 1000 else bench.se  # 1 % on the wait takes 670 million arrivals
        share = mean_and_se(stats, "waited_share", "status.patient")
        wait = mean_and_se(stats, "wait_days", "status.patient", scale=1 / mean)
        return [Row(case, "share that waits", exact.erlang_c(load, places), *share, bench.se, True),
                Row(case, "wait / mean stay", exact.mean_wait(load, places), *wait, rough),
                Row(case, "present", load, *mean_and_se(stats, "present_mean"), bench.se)]

    yield from sized(bench, sizes, job)


def erlang_b(bench):
    sizes = {(8, 10): (40, 55), (45, 50): (40, 50), (90, 100): (40, 90), (95, 100): (40, 45),
             (190, 200): (0, 60), (475, 500): (0, 180), (950, 1000): (0, 420)}
    more = (1, 2, 4, 1)  # the longer the tail, the longer chance lasts

    def job_of(shape):
        def job(load, places, replications):
            refused = exact.erlang_b(load, places)
            stats = run_erlang_b(bench, load, places, shape, replications)
            case = f"{load} on {places}, {shape[0]}"
            share = refused_share(stats, load, places)
            return [Row(case, "refused", refused, *share, bench.se, True),
                    Row(case, "present", load * (1 - refused), *mean_and_se(stats, "present_mean"), bench.se)]
        return job

    for shape, factor in zip(exact.SHAPES, more):
        of_shape = {case: (quick, full * factor) for case, (quick, full) in sizes.items()}
        yield from sized(bench, of_shape, job_of(shape))


def run_erlang_b(bench, load, places, shape, replications):
    persons = round(load * (1 - exact.erlang_b(load, places)))
    return bench.run(f"erlang_b/{load}/{places}/{shape[0]}", "erlang_b", replications,
                     queue_sets(load, places, shape[2], persons))


def refused_share(stats, load, places):
    """Of the arrivals that the rate says: their own number adds nothing but noise."""
    first, last = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
    arrivals = load / stay_of(places) * ((last - first).days + 1 - 3650)
    return mean_and_se(stats, "refused", scale=1 / arrivals)


def sized(bench, sizes, job):
    for case, (quick, full) in sizes.items():
        replications = full if bench.full else quick
        if replications:
            yield lambda case=case, n=replications: job(*case, n)


def places(bench):
    """At the places that the table says, and at one place less."""
    # load: replications for refused <= 1 %, waits <= 5 %, waits <= 1 %
    sizes, shape = {50: (60, 70), 100: (50, 50)}, exact.SHAPES[0]
    if bench.full:
        shape = exact.SHAPES[2]
        sizes = {50: (125, 70, 170), 100: (70, 50, 190), 250: (65, 65, 165), 500: (75, 85, 240),
                 1000: (110, 190, 520)}

    def job(load, share_of, limit, count, replications):
        rows = []
        for places in (count, count - 1):
            case = f"load {load}, {places} places"
            if share_of is exact.erlang_b:
                stats = run_erlang_b(bench, load, places, shape, replications)
                share = refused_share(stats, load, places)
            else:
                stats = run_erlang_c(bench, load, places, replications)
                share = mean_and_se(stats, "waited_share", "status.patient")
            word = "refused" if share_of is exact.erlang_b else "waits"
            sign = "<=" if places == count else ">"
            rows.append(Row(case, f"{word} {sign} {100 * limit:.0f} %", share_of(load, places), *share,
                            SE_ROUGH, True))
        return rows

    for row in exact.PLACES:
        for (share_of, limit), count, n in zip(exact.CRITERIA, row[1:], sizes.get(row[0], ())):
            yield lambda case=(row[0], share_of, limit, count, n): job(*case)


def date_at(start, days):
    """The row that holds the stock after so many days."""
    return (start + datetime.timedelta(days - 1)).isoformat()


STEP_START = datetime.date(2025, 1, 1)


def step(bench):
    days = [day for day in exact.STEP if bench.full or day <= 730]
    dates = {day: date_at(STEP_START, day) for day in days}
    end = f"period.end={dates[days[-1]]}"

    def job(shape):
        name, min_of, text = shape
        stats = bench.run(f"step/{name}", "step", 200 if bench.full else 40,
                          [end, f"statuses.patient.stay={text % 100}"], set(dates.values()))
        return [Row(name, f"people at {day} d",
                    8000 * exact.still_there(min_of, day, 100) + 88 * min_of(day, 100),
                    *mean_and_se(stats, "present", when=dates[day]), bench.se, day == 90)
                for day in days]

    for shape in exact.SHAPES:
        yield lambda shape=shape: job(shape)


OLD_STOCK = 80000


def old_stock(bench):
    days = [day for day in exact.STEP if bench.full or day <= 1825]
    dates = {day: date_at(STEP_START, day) for day in days}
    end = f"period.end={dates[days[-1]]}"

    def job(shape):
        name, min_of, text = shape
        stats = bench.run(f"old_stock/{name}", "old_stock", 600 if bench.full else 40,
                          [end, f"statuses.patient.stay={text % 100}",
                           f"start.present.patients.persons={OLD_STOCK}"], set(dates.values()))
        return [population_row(name, f"old stock at {day} d", exact.still_there(min_of, day, 100),
                               OLD_STOCK, stats, (dates[day], "present", "total"), bench.se, day == 90)
                for day in days]

    for shape in exact.SHAPES:
        yield lambda shape=shape: job(shape)


def kinds(bench):
    means, persons, days = {"short": 20, "long": 200}, 8000, (1, 10, 30, 100, 300)
    dates = {day: date_at(STEP_START, day) for day in days}

    def job():
        stats = bench.run("kinds", "kinds", 1000 if bench.full else 200, [], set(dates.values()))
        return [population_row(f"{kind} stays", f"people at {day} d",
                               mean / sum(means.values()) * math.exp(-day / mean), persons, stats,
                               (dates[day], "present", f"kind.{kind}"), bench.se,
                               (kind, day) == ("long", 100))
                for kind, mean in means.items() for day in days]

    yield job


def derived(bench):
    """Stays that follow from what was before, and attributes after a known time."""
    days, people = (1, 30, 90, 365, 1095), "start.present.people"
    dates = {day: date_at(STEP_START, day) for day in days}
    cases = {"sentence less remand": ([], lambda day: exact.derived_shares(day, None)),
             "the same, since 100 d": ([f"{people}.elapsed=100 days"], lambda day: exact.derived_shares(day, 100)),
             "patients, since 100 d": ([f"{people}.status=patient", f"{people}.elapsed=100 days"],
                                       lambda day: exact.patient_shares(day, 100))}

    def job(case, sets, shares_on):
        stats = bench.run(f"derived/{case}", "derived", 400 if bench.full else 40, sets, set(dates.values()))
        return [population_row(case, f"{kind} at {day} d", share, 40000, stats,
                               (dates[day], "present", f"kind.{kind}"), bench.se, (kind, day) == ("heavy", 30))
                for day in days for kind, share in shares_on(day).items() if share > 1e-6]

    for case, (sets, shares_on) in cases.items():
        yield lambda case=case, sets=sets, shares_on=shares_on: job(case, sets, shares_on)


def season(bench):
    """The first harmonic of the third year over that of the rates, as amplitude and days late."""
    months = (1.13, 1.35, 1.48, 1.48, 1.35, 1.13, 0.87, 0.65, 0.52, 0.52, 0.65, 0.87)
    start, rate, year, mean = datetime.date(2029, 1, 1), 80, 365, 100
    dates = [start + datetime.timedelta(day) for day in range(3 * year)]
    rates = [rate * months[date.month - 1] for date in dates]
    w = 2 * math.pi / year
    wave_in = harmonic_of_year(rates[2 * year:], 2 * year + 0.5)

    def job(name, min_of, text, amplitude, late):
        n = 400 if bench.full else 60
        stats = bench.run(f"season/{name}", "season", n, [f"statuses.patient.stay={text}"],
                          {date.isoformat() for date in dates[2 * year:]})
        got = harmonic_of_year([stats[date.isoformat(), "present", "total"][1]
                                for date in dates[2 * year:]], 2 * year + 1) / wave_in / mean
        ideal = harmonic_of_year([exact.season_population(rates, rate * mean, min_of, mean, day)
                                  for day in range(2 * year, 3 * year)], 2 * year + 1) / wave_in / mean
        assert abs(abs(ideal) - amplitude) < 0.003 and abs(-phase_days(ideal, w) - late) < 0.3
        # The noise of the population has the spectrum 2 rate m^2 x for exponential stays and
        # rate m^2 x for fixed ones, x the square of the amplitude.
        spectrum = (2 if name == "exponential" else 1) * rate * (mean * amplitude) ** 2
        se = math.sqrt(2 * spectrum / year / n) / abs(wave_in) / mean
        return [Row(name, "amplitude", abs(ideal), abs(got), se, bench.se, True),
                Row(name, "days late", -phase_days(ideal, w), -phase_days(got, w),
                    se / amplitude / w, bench.se, True)]

    for case in exact.SEASON:
        yield lambda case=case: job(*case)


def harmonic_of_year(values, first):
    return exact.harmonic(values, [first + i for i in range(len(values))], len(values))


def phase_days(wave, w):
    return math.atan2(wave.imag, wave.real) / w


def tandem(bench):
    sizes = {"T1": (45, 300), "T2": (140, 1180), "T3": (45, 310), "T4": (0, 740)}

    def job(name, case, printed, replications):
        rate, remand_mean, share_on, prison_mean, remand_places, prison_places = case
        solved = exact.tandem(*case)
        stats = bench.run(f"tandem/{name}", "tandem", replications, [
            f"flows.remand.per_day={rate}", f"units.remand_a.places={remand_places}",
            f"units.prison_a.places={prison_places}",
            f"statuses.remand.stay={{exponential: {{mean: {remand_mean} days}}}}",
            f"statuses.remand.next={{sentenced: {share_on}, release: {1 - share_on:.9g}}}",
            f"statuses.sentenced.stay={{exponential: {{mean: {prison_mean} days}}}}",
            f"start.present.remand.persons={round(printed[1])}",
            f"start.present.sentenced.persons={round(printed[3])}"])
        days = (datetime.date(2099, 12, 31) - datetime.date(2000, 1, 1)).days + 1 - 3650
        got = {"refused": mean_and_se(stats, "refused", scale=1 / (rate * days)),
               "active": mean_and_se(stats, "present_mean", "status.remand"),
               "blocked": mean_and_se(stats, "waiting_mean", "status.sentenced"),
               "prison": mean_and_se(stats, "present_mean", "regime.prison"),
               "full_at_transfer": mean_and_se(stats, "waited_share", "status.sentenced"),
               "block_days": mean_and_se(stats, "wait_days", "status.sentenced")}
        return [Row(name, key.replace("_", " "), solved[key], *value, bench.se, key == "refused")
                for key, value in got.items()]

    for name, case, printed in exact.TANDEM:
        n = sizes[name][bench.full]
        if n:
            yield lambda row=(name, case, printed, n): job(*row)


def priority(bench):
    sizes = {50: (45, 540), 100: (65, 620)}
    status = ("arrested", "self_reporter")

    def job(places, rates, replications):
        mean = exact.PRIORITY_MEAN
        solved = exact.priority_waits(places, rates, mean)
        sets = [f"units.ward_a.places={places}"]
        for name, rate in zip(status, rates):
            sets += [f"flows.{name}.per_day={rate}", f"start.present.{name}.persons={round(rate * mean)}"]
        stats = bench.run(f"priority/{places}", "priority", replications, sets)
        rows = []
        for k, name in enumerate(status):
            case, group = f"{places} places, class {k + 1}", f"status.{name}"
            rows += [Row(case, "wait, days", solved[k], *mean_and_se(stats, "wait_days", group),
                         bench.se, k == 1),
                     Row(case, "queue", rates[k] * solved[k], *mean_and_se(stats, "waiting_mean", group),
                         bench.se)]
        return rows

    for case in exact.PRIORITY:
        yield lambda case=(case[0], case[1], sizes[case[0]][bench.full]): job(*case)


# -- checks without theory ----------------------------------------------------------------------------


def leap_day(bench):
    """600 people, 100 of them until noon of 29 February, 200 until its end, 300 until noon after."""
    expected = {"2028-02-28": (600, 600, 0), "2028-02-29": (500, 550, 100),
                "2028-03-01": (0, 150, 500), "2028-03-02": (0, 0, 0)}

    def job():
        stats = bench.run("leap_day", "leap_day", 4, [], set(expected))
        return [exact_row(date, what.replace("_", " "), value, stats[date, what, "total"][1])
                for date, row in expected.items()
                for what, value in zip(("present", "present_mean", "released"), row)]

    def year():
        """A number a year is spread over 366 days; the year of a summary has them all."""
        stats = bench.run("leap_year", "step", 150 if bench.full else 40, [
            "period={start: 2028-01-01, end: 2028-12-31}", "flows.patients={status: patient, per_year: 36600}",
            "start.present.patients.persons=0", "statuses.patient.stay=500 days"], ("2028-02-29",))
        mean = sum(100 * (366 - day - 0.5) for day in range(366)) / 366
        return [Row("36,600 in 2028", "arrivals", 36600, *mean_and_se(stats, "arrivals"), bench.se),
                Row("36,600 in 2028", "on 29 February", 100,
                    *mean_and_se(stats, "arrivals", when="2028-02-29"), bench.se),
                Row("36,600 in 2028", "mean present", mean, *mean_and_se(stats, "present_mean"), bench.se)]

    yield job
    yield year


def one_day(bench):
    def job():
        stats = bench.run("one_day", "one_day", 300 if bench.full else 100, [], ("2026-06-01",))
        arrivals, waiting = stats["all", "arrivals", "total"], stats["2026-06-01", "waiting", "total"]
        return [Row("one day", "arrivals", 40, *mean_and_se(stats, "arrivals"), bench.se),
                exact_row("one day", "present at its end", 100, stats["2026-06-01", "present", "total"][1]),
                exact_row("one day", "placed", 10, stats["all", "placements", "total"][1]),
                exact_row("one day", "waits ended", 10, stats["all", "waits_ended", "status.patient"][1]),
                exact_row("one day", "arrivals - waiting", 10, round(arrivals[1] - waiting[1], 6))]

    yield job


def warm_up(bench):
    """Same seed: with warm_up, without, and with an earlier end."""
    def job():
        with tempfile.TemporaryDirectory(dir=bench.folder) as work:
            sets = {"whole": [], "warm": ["period.warm_up=731 days"], "short": ["period.end=2029-12-31"]}
            for name, assignments in sets.items():
                bench.run_into(os.path.join(work, name), "warm_up", SEED, 20, assignments)

            def lines(name, file, keep):
                with open(os.path.join(work, name, file), encoding="utf-8") as text:
                    return [line for line in list(text)[1:] if keep(line)]

            later = lambda line: "2029" <= line[:4] <= "2030"
            case = "warm-up of two years"
            rows = [same(case, "days after it", lines("warm", "series.csv", lambda _: True),
                         lines("whole", "series.csv", later)),
                    same(case, "years after it", lines("warm", "summary.csv", later),
                         lines("whole", "summary.csv", later)),
                    same(case, "other years", lines("warm", "summary.csv", lambda line: line[:4] < "2029"), [])]
            whole = sum(float(line.split(",")[3]) for line in lines("whole", "summary.csv", later)
                        if ",waits_ended,status.patient," in line)
            warm = [float(line.split(",")[3]) for line in lines("warm", "summary.csv", lambda _: True)
                    if line.startswith("all,waits_ended,status.patient,")]
            rows.append(exact_row(case, "waits of the period", round(whole, 3), *warm))
            rows.append(same("end a year earlier", "days until then", lines("short", "series.csv", lambda _: True),
                             lines("whole", "series.csv", lambda line: line[:4] < "2030")))
            return rows

    yield job


def same(case, quantity, lines, expected):
    """Lines that must be the same bytes, as the number that are."""
    equal = sum(a == b for a, b in zip(lines, expected)) - abs(len(lines) - len(expected))
    return exact_row(case, quantity + ", lines", len(expected), equal)


# -- all of it ----------------------------------------------------------------------------------------

TABLES = {"erlang_c": erlang_c, "erlang_b": erlang_b, "places": places, "step": step,
          "old_stock": old_stock, "kinds": kinds, "derived": derived, "season": season, "tandem": tandem,
          "priority": priority, "leap_day": leap_day, "one_day": one_day, "warm_up": warm_up}

# A fault that is built in: the tables that are run, and which of their cases must fail.
MUTANTS = {"fresh_stay": {"step": ("lognormal", "gamma"), "old_stock": ("lognormal", "gamma"), "kinds": (),
                          "derived": ("sentence less remand",)},
           "fresh_profile": {"step": (), "kinds": ("long", "short"), "derived": ("patients",)}}


def not_counted():
    """Waits under way at the end, as a share of the mean wait: E[W^2] / (E[W] x days). Who waits first
    come first served waits exponentially; class 2 nearly so."""
    days, longer = 32876, 47482  # of erlang_c.yaml and priority.yaml, after the warm-up
    first_come = max(2 * stay_of(places) / (places - load) / days for load, places, *_ in exact.ERLANG)
    second = max(2 * waits[1] / exact.erlang_c(sum(rates) * exact.PRIORITY_MEAN, places) / longer
                 for places, rates, waits, *_ in exact.PRIORITY)
    return {"erlang_c": first_come, "priority": second}


def sum_of_squares(rows):
    """The faults of the sum, and what to print; sums of exact rows say nothing."""
    lead = [row for row in rows if row.lead and not isinstance(row, FewRow)]
    if not lead:
        return [], ""
    total = sum(row.z ** 2 for row in lead)
    low, high = exact.chi_square_range(len(lead), SUM_RANGE)
    inside = low <= total <= high
    text = f"sum of z^2 over {len(lead)} rows (*): {total:.1f}, range {low:.2g} to {high:.1f}"
    return [] if inside else ["sum of z^2"], text + ("" if inside else "  FAILS")


def run_tables(bench, names, workers):
    """{table: (rows, seconds of all its runs)}, printed as they come."""
    with concurrent.futures.ThreadPoolExecutor(workers) as executor:
        jobs = {name: [executor.submit(timed, job) for job in TABLES[name](bench)] for name in names}
        for name in names:
            done = [job.result() for job in jobs[name]]
            rows = [row for part, _ in done for row in part]
            faults, text = sum_of_squares(rows)
            print(f"\n{name} ({sum(seconds for _, seconds in done):.0f} s of a core)\n"
                  f"  {'case':<26} {'quantity':<22} {'expected':>13} {'got':>13} {'se':>10} {'se %':>6} {'z':>6}")
            for row in rows:
                print(row.text())
            if text:
                print("  " + text)
            if name in not_counted():
                print(f"  waits under way at the end are not counted: {100 * not_counted()[name]:.2f} % "
                      "of the mean wait at most", flush=True)
            yield name, rows, faults


def timed(job):
    start = time.monotonic()
    rows = job()
    return rows, time.monotonic() - start


def mutant_faults(mutant, name, rows):
    """A case must fail when it stands in MUTANTS, else it must pass."""
    must_fail = MUTANTS[mutant][name]
    failed = {row.case for row in rows if "z" in row.faults}
    faults = []
    for case in sorted({row.case for row in rows}):
        caught = case in failed
        if caught != case.startswith(must_fail or ("-",)):
            faults.append(f"{name}, {case}: {'fails' if caught else 'passes'}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("--full", action="store_true", help="all rows, standard errors of 1 %%")
    parser.add_argument("--only", nargs="+", choices=TABLES, metavar="TABLE")
    parser.add_argument("--mutant", choices=MUTANTS)
    options = parser.parse_args()
    names = options.only or list(MUTANTS[options.mutant] if options.mutant else TABLES)
    wrong = [f"printed: {what} is {printed}, the formula says {value:.7g}"
             for what, printed, value in exact.misprints()]
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="celsim-theory-") as folder:
        bench = Bench(os.path.abspath(options.program), options.full, folder, threads=1)
        for name, rows, faults in run_tables(bench, names, os.cpu_count() or 1):
            if options.mutant:
                wrong += mutant_faults(options.mutant, name, rows)
            else:
                wrong += [f"{name}: {fault}" for fault in faults]
                wrong += [f"{name}, {row.case}, {row.quantity}: {', '.join(row.faults)}"
                          for row in rows if row.faults]
    print(f"\n{time.monotonic() - start:.0f} s")
    for line in wrong:
        print(f"theory: {line}")
    if not wrong:
        print("theory: " + (f"{options.mutant} is caught where it must be" if options.mutant else "all rows hold"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
