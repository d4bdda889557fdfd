#!/usr/bin/python3
"""Writes docs/validation-netherlands.md, and the tables of docs/model.md, from fresh runs of the Dutch scenarios: the
targets D1 to D16, what the model gives, its standard error, the difference, and why a target is missed. Targets and
reasons are typed here; no figure of the model is.

A figure is the mean over replications, its standard error that mean's. A row is hit when the figure lies within the
range that the published number stands for (its rounding, or the range that was published).

usage: dutch_page.py PROGRAM [--replications N] [--folder DIR]     DIR keeps the runs, for a plot
"""

import argparse
import csv
import datetime
import math
import os
import re
import subprocess
import sys
import tempfile

import netCDF4
import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PAGE = os.path.join(ROOT, "docs", "validation-netherlands.md")
MODEL = os.path.join(ROOT, "docs", "model.md")
SENTENCED = {
    "under 1 year": ["sentenced_under_1y", "arrested_under_1y", "fine_default", "recalled", "self_reporter_called",
                     "self_reporter"],
    "1-3 years": ["sentenced_1_3y", "arrested_1_3y", "isd"],
    "3 years and more": ["sentenced_3y_plus", "sentenced_3y_plus_old", "arrested_3y_plus", "lifer"],
}
# What the shortage hangs on: the scenario of now with one thing changed.
EARLY = "early release of 14 days"
NOW, POLICY = "configs/netherlands.yaml", {EARLY: "configs/policy/early_release.yaml"}
CHANGES = {
    "as it is": [],
    "clinic places for all who wait": ["institutions.clinics.units.all.places=2500"],
    "remand flat": ["flows.remand.after.trend_per_year=0"],
    "both": ["institutions.clinics.units.all.places=2500", "flows.remand.after.trend_per_year=0"],
    EARLY: [],
}
FLAT = ["--set", "flows.remand.after.trend_per_year=0"]
NO_CAP = ["--set", "statuses.sentenced_3y_plus.release.conditional[0].at_most=100 years"]
FEW = 20  # replications of these
# Two years of catching up in which nobody leaves the queue otherwise.
NO_LOSS = ["--set", "period.end=2027-12-31", *(word for status in ("self_reporter", "self_reporter_long")
                                               for word in ("--set", f"statuses.{status}.waits.leaves=remove"))]
# A part keeps by day what series.csv shows by day.
BY_DAY = ["--set", "output.daily=[total, sex, status, regime]", "--set", "output.month_end=[institution, unit]"]
QUEUES = ["self_reporter", "self_reporter_long"]


# -- runs -------------------------------------------------------------------------------------------------------------


class Run:
    """Every replication of a run, from its part file."""

    def __init__(self, program, scenario, replications, folder, *options):
        path = os.path.join(ROOT, scenario)
        by_day = BY_DAY if scenario.startswith("configs/") else []
        command = [program, "run", path, "--replications", f"0..{replications - 1}", "--out", folder, *by_day, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"dutch_page: {' '.join(command)}: {done.stderr}")
        self.folder = folder
        with netCDF4.Dataset(os.path.join(folder, "part.nc")) as file:
            self.daily, self.yearly = np.array(file["daily"]), np.array(file["yearly"])
            self.day = {name: i for i, name in enumerate(file["daily_series"][:])}
            self.year = {name: i for i, name in enumerate(file["yearly_series"][:])}
            self.first = datetime.date(1970, 1, 1) + datetime.timedelta(days=int(file["day"][0]))
            self.years = [int(year) for year in file["year"][:]]

    def on(self, name, date):
        return self.daily[:, self.day[name], (datetime.date.fromisoformat(date) - self.first).days].astype(float)

    def of(self, indicator, statuses, date):
        return sum(self.on(f"{indicator} status.{s}", date) for s in statuses)

    def in_year(self, name, year):
        return self.yearly[:, self.year[name], self.years.index(year)].astype(float)

    def days_in(self, year):
        """Recorded days of a year."""
        dates = [self.first + datetime.timedelta(days=d) for d in range(self.daily.shape[2])]
        return sum(date.year == year for date in dates)

    def mean_days(self, name, keep):
        """Of a daily column, over the days that `keep` takes."""
        days = [d for d in range(self.daily.shape[2]) if keep(self.first + datetime.timedelta(days=d))]
        return self.daily[:, self.day[name], days].mean(axis=1)


def stays_under(folder, days):
    """The share of those who came into custody early enough to be followed and left within so many days."""
    came, left = {}, {}
    with open(os.path.join(folder, "events.csv"), newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            who = (row["stream"], row["day"], row["point"])
            if row["stream"].startswith(("present/", "waiting/")) or row["stream"] in QUEUES:
                continue
            if row["event"] == "arrived":
                came[who] = int(row["minute"])
            elif row["event"] == "released":
                left[who] = int(row["minute"])
    last = (366 - days) * 1440
    followed = [who for who, minute in came.items() if minute < last]
    under = [who in left and left[who] - came[who] < days * 1440 for who in followed]
    share = sum(under) / len(under)
    return share, math.sqrt(share * (1 - share) / len(under))


def cell_nights(program, folder, replications, keep):
    """Mean people in police cells at the midnights of 2024 that `keep` takes, first nights left out: by replication."""
    means = []
    kept = [day for day in range(1, 367) if keep(datetime.date(2024, 1, 1) + datetime.timedelta(days=day - 1))]
    for number in range(replications):
        out = os.path.join(folder, "nights")
        subprocess.run([program, "run", os.path.join(ROOT, "configs/netherlands-2024.yaml"), "--replications",
                        f"{number}..{number}", "--events", str(number), "--out", out],
                       check=True, capture_output=True)
        since, nights = {}, np.zeros(500)
        with open(os.path.join(out, "events.csv"), newline="", encoding="utf-8") as file:
            for event in csv.DictReader(file):
                who, day = (event["stream"], event["day"], event["point"]), int(event["minute"]) // 1440
                inside = event["unit"] == "police_cell" and event["event"] not in ("released", "left_queue", "sent_home")
                if inside:
                    since.setdefault(who, day)
                elif who in since:
                    nights[min(since.pop(who) + 2, day + 1):day + 1] += 1  # the midnight that ends day d has number d + 1
        for day in since.values():
            nights[day + 2:] += 1
        means.append(nights[kept].mean())
    return np.array(means)


# -- rows -------------------------------------------------------------------------------------------------------------


class Row:
    """A figure beside its target. low, high: what counts as hit; None: the target is no number."""

    def __init__(self, label, quantity, target, value, se, low, high, why, unit="", decimals=0):
        self.label, self.quantity, self.target, self.value, self.se = label, quantity, target, value, se
        self.low, self.high, self.why, self.unit, self.decimals = low, high, why, unit, decimals

    def number(self, value, extra=0):
        return f"{value:,.{self.decimals + extra}f}{self.unit}"

    def cells(self):
        if self.low is None:
            return [self.label, self.quantity, self.target, self.number(self.value), self.number(self.se, 1), "", self.why]
        gap = self.value - self.low if self.value < self.low else max(0.0, self.value - self.high)
        verdict = "hit" if gap == 0 else "**missed**"
        middle = self.value - (self.low + self.high) / 2
        return [self.label, self.quantity, self.target, self.number(self.value), self.number(self.se, 1),
                f"{middle:+,.{self.decimals}f}{self.unit}", f"{verdict}; {self.why}"]


def row(label, quantity, target, values, low, high, why, unit="", decimals=0, factor=1):
    values = np.asarray(values) * factor
    se = values.std(ddof=1) / math.sqrt(len(values)) if len(values) > 1 else 0
    return Row(label, quantity, target, values.mean(), se, low, high, why, unit, decimals)


def not_given(label, quantity, target, why):
    return [label, quantity, target, "not given", "", "", why]


def rows_of_2024(run, program, folder):
    date = "2024-09-30"
    held = run.on("present total", date)
    remand = run.on("present status.remand", date)
    sentenced = {name: run.of("present", statuses, date) for name, statuses in SENTENCED.items()}
    men, women, cells = run.on("present sex.man", date), run.on("present sex.woman", date), run.on("cell total", date)
    yield row("D1", "held, 30 Sept. 2024", "9,800", held, 9750, 9850, "calibrated")
    yield row("D1", "of them remand", "47 %", remand / held, 46.5, 47.5,
              "calibrated to 4,575 of 9,800 held, which is 46.7 %", " %", 1, 100)
    yield row("D1", "of them sentenced", "49 %", sum(sentenced.values()) / held, 48.5, 49.5, "calibrated", " %", 1, 100)
    for (name, target), why in zip((("under 1 year", 1500), ("1-3 years", 1500), ("3 years and more", 1800)),
                                   ("calibrated; fine default and recalled are in it", "calibrated; ISD is in it",
                                    "calibrated")):
        yield row("D2", f"held, {name}", f"{target:,}", sentenced[name], target - 50, target + 50, why)
    yield row("D3", "men held", "9,400", men, 9350, 9450, "calibrated")
    yield row("D3", "usable places of men", "9,447", run.on("usable sex.man", date), 9446.5, 9447.5,
              "input, by share of built places")
    yield row("D3", "men in places, of usable", "99.5 %", (men - cells) / run.on("usable sex.man", date), 99.3, 99.7,
              "a Monday; places stand empty for half a day after each departure, and ISD places for want of people; at weekends "
              "fewer, since releases are on Fridays; all in police cells counted as men", " %", 1, 100)
    yield row("D4", "women held", "400", women, 390, 410, "calibrated")
    with open(os.path.join(ROOT, "configs", "data", "institutions.csv"), newline="", encoding="utf-8") as file:
        built = [int(unit["places"]) for unit in csv.DictReader(file) if unit["sex"] == "woman"]
    yield row("D4", "places of women as built", "560", [sum(built)], 559.5, 560.5, "input")
    yield row("D4", "usable places of women", "520", run.on("usable sex.woman", date), 519.5, 520.5, "input")
    days = run.days_in(2024)
    entries = sum(run.in_year(name, 2024) for name in run.year if name.startswith("arrivals status.")
                  and name.split("status.")[1] not in QUEUES)
    entries += sum(run.in_year(f"left_queue status.{queue}.arrested", 2024) for queue in QUEUES)
    yield row("D5", "entries in 2024", "24,500", entries, 24250, 24750, "by construction")
    stay = run.in_year("present_mean total", 2024) / 1440 / entries
    yield row("D5", "mean stay, days", "146", stay, 145, 147, f"by construction; people x {days} days by entries", "", 1)
    for months, limit, low, high, target in ((6, 182, 82, 86, "82-86 %"), (3, 91, 55, 57, "about 56 %")):
        share, se = stays_under(run.folder, limit)
        yield Row("D5", f"entries that stay under {months} months", target, 100 * share, 100 * se, low, high,
                  "from arrival to release, one replication", " %", 1)
    remands = run.in_year("arrivals status.remand", 2024)
    yield row("D6", "entries into remand", "13,500", remands, 13450, 13550, "input")
    yield row("D6", "mean remand, days", "124",
              (run.in_year("present_mean status.remand", 2024)) / 1440 / remands, 123, 125,
              "fitted; people x days by entries", "", 1)
    inside = sum(run.in_year(f"entries status.{s}", 2024)
                 for s in ("sentenced_under_1y", "sentenced_1_3y", "sentenced_3y_plus", "isd"))
    yield row("D6", "share that goes on inside", "0.50", inside / (inside + run.in_year("released status.remand", 2024)),
              0.485, 0.515, "fitted", "", 3)
    yield row("D7", "ISD held", "about 460", run.on("present status.isd", date), 450, 470, "calibrated")
    yield row("D7", "fine default held", "430-470", run.on("present status.fine_default", date), 430, 470, "calibrated")
    for day, target, text in (("2024-03-15", 2000, "2,000"), ("2024-09-01", 3445, "3,445"), ("2025-01-15", 4109, "4,109"),
                              ("2025-03-24", 4000, "about 4,000")):
        yield row("D8", f"self-reporters waiting, {day}", text, run.of("waiting", QUEUES, day), target * 0.98, target * 1.02,
                  "one inflow and one loss for five counts, which no such curve meets; some count men only")
    yield not_given("D8", "the same, 6 December 2023; years to serve", "1,100; 587",
                    "the start; years to serve are an input (mean and number), no output of the queue")
    yield row("D9", "tbs patients waiting in prison, mean of 2024", "174",
              run.in_year("waiting_mean status.tbs", 2024) / days / 1440, 169, 179, "start chosen for it")
    yield row("D9", "the same, 31 December", "about 180", run.of("waiting", ["tbs"], "2024-12-31"), 175, 185,
              "grows by 75 a year as from 2024 to 2025; published growth was uneven")
    late = lambda day: datetime.date(2024, 7, 1) <= day < datetime.date(2025, 1, 1)  # noqa: E731
    yield row("D10", "police cells at midnight, second half of 2024, without the first night", "20-60",
              cell_nights(program, folder, FEW, late), 20, 60, f"{FEW} replications; of remand, nights to Monday are most")
    for name, number in (("all", None), ("Fridays", 4), ("Sundays", 6)):
        yield row("D10", f"the same with the first night, {name}", "peak at the weekend",
                  run.mean_days("cell total", lambda day, n=number: late(day) and n in (None, day.weekday())), None, None,
                  "no transport at weekends")
    yield row("-", "need by normal execution less need, second half of 2024", "457", hidden(run, "normal", "need", late), 430, 485,
              "3,200 a year x 52.2 days; here 5,500 come a year, a fifth of whom are not there when called and are arrested, less "
              "those who are arrested from the queue now")
    black = run.in_year("code_black total", 2024)
    yield row("-", "days of code black in 2024", "the year's end", black, None, None, "threshold calibrated on D3")


def hidden(run, meaning, less, keep):
    """Need by a meaning of demand less another, mean of the days."""
    return run.mean_days(f"need_{meaning} total", keep) - run.mean_days(f"{less} total", keep)


def rows_of_now(run, unlimited, capped, uncapped, early, no_loss):
    year = unlimited.years[0]
    minutes = unlimited.in_year("present_mean total", year)
    placements = unlimited.in_year("placements total", year)
    usable = unlimited.in_year("usable total", year)
    at_most = 1 - 0.5 * placements / usable
    yield row("D11", "occupancy at unlimited demand, less 1 - turnover x placements / places", "0",
              minutes / 1440 / usable - at_most, -0.0005, 0.0005,
              f"exact but for the two ends of the year; occupancy {minutes.sum() / 1440 / usable.sum():.4f}", "", 5)
    yield row("D12", "early release of up to 14 days: days saved in 2026, as places", "about 60 (60-200)",
              early.in_year("days_saved valve.early_release_14", 2026) / 1440 / 365, 60, 200,
              f"share eligible 0.12, calibrated; {FEW} replications", "", 1)
    first = first_days(run)
    with_it = [day for day in first if day is not None]
    in_december = lambda day: (day.year, day.month) == (2026, 12)  # noqa: E731
    december = run.mean_days("shortage total", in_december)
    yield row("D13", "shortage, mean of December 2026", "about 265", december, 240, 290,
              "without the early release that the letter has in force; when works begin is calibrated on October; the places "
              "behind it: `validation-supply.md`")
    yield row("D13", "the same with early release of 14 days", "about 265",
              early.mean_days("shortage total", in_december), 240, 290, f"{FEW} replications")
    for label, name in (("by normal execution", "normal"), ("catching up in two years", "catching_up")):
        yield row("D13", f"the same, {label}", "about 265", run.mean_days(f"shortage_{name} total", in_december), None, None,
                  "another meaning of demand: self-reporters are called, nobody is sent home")
    in_2027 = lambda day: day.year == 2027  # noqa: E731
    yield row("-", "catching up in two years: on top of normal execution, mean of 2027, nobody lost", "295",
              hidden(no_loss, "catching_up", "need_normal", in_2027), 265, 325,
              f"587 years in two; here 4,000 people, not 4,109; the first come in 2026 and the long stay on; {FEW} replications")
    yield row("-", "the same with the losses of the queue", "295", hidden(run, "catching_up", "need_normal", in_2027), None, None,
              "most leave the queue before their turn, and who is arrested from it is in both")
    middle = sorted(with_it)[len(with_it) // 2].isoformat() if with_it else "never"
    share = len(with_it) / len(first)
    yield ["D13", "first day of a shortage that lasts a week, median", "October 2026", middle, "",
           f"in {100 * share:.0f} % of the replications",
           "hit" if middle.startswith("2026-10") else "**missed**; as above"]
    yield not_given("D14", "places lost without money for upkeep", "3,000-4,100 by 2029",
                    "given by `configs/supply/upkeep_none.yaml`: `validation-supply.md`")
    yield not_given("D15", "held on 30 September 2015-2024", "8,980 to 9,800",
                    "needs inflow by year from 2015; the scenarios start in 2024")
    long = ["sentenced_3y_plus", "sentenced_3y_plus_old"]
    then, start = capped.of("present", long, "2032-12-31"), capped.of("present", long, "2026-01-01")
    yield row("D16", "3 years and more held, remand flat: rise from 2026 to the end of 2032", "100-250", then - start, 100, 250,
              "sentences and their number as in 2024; the rule of before July 2021 for 368 starters")
    yield row("D16", "the same stock at the end of 2032, with the cap on v.i. less without", "shown",
              then - uncapped.of("present", long, "2032-12-31"), None, None, "the size of the cap by then")


def first_days(run):
    """By replication: the first of seven days in a row with a shortage, or None."""
    shortage = run.daily[:, run.day["shortage total"], :] > 0
    found = []
    for days in shortage:
        row_of = np.convolve(days, np.ones(7, int), "valid") == 7
        found.append(run.first + datetime.timedelta(days=int(row_of.argmax())) if row_of.any() else None)
    return found


# -- tables -----------------------------------------------------------------------------------------------------------


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in rows])


def band(values):
    low, high = np.quantile(values, [0.05, 0.95])
    mean = f"{values.mean():,.0f}"
    return mean if round(low) == round(high) else f"{mean} ({low:,.0f}-{high:,.0f})"


def outlook(run):
    dates = [f"{year}-12-31" for year in run.years if year % 2 == 0 or year == run.years[-1]]
    columns = [("held", "present total"), ("men", "present sex.man"), ("women", "present sex.woman"),
               ("usable places", "usable total"), ("need", "need total"), ("shortage", "shortage total"),
               ("need, normal execution", "need_normal total"), ("shortage, normal execution", "shortage_normal total"),
               ("need, catching up", "need_catching_up total"), ("shortage, catching up", "shortage_catching_up total"),
               ("police cells", "cell total"), ("over capacity", "over_capacity total"),
               ("sent home, to come back", "at_home total"), ("queue outside", "queue total"),
               ("tbs patients waiting in prison", "waiting status.tbs")]
    rows = [[label, *(band(run.on(name, date)) for date in dates)] for label, name in columns]
    rows.append(["days of code black in the year", *(band(run.in_year("code_black total", int(date[:4]))) for date in dates)])
    return table(["31 December", *(date[:4] for date in dates)], rows)


def changes(program, folder):
    """The table, and the runs by label."""
    rows, runs = [], {}
    for number, (label, sets) in enumerate(CHANGES.items()):
        options = [word for one in sets for word in ("--set", one)]
        run = Run(program, POLICY.get(label, NOW), FEW, os.path.join(folder, f"change-{number}"), *options)
        runs[label] = run
        cells = [band(run.on(name, f"{year}-12-31")) for year in (2026, 2035)
                 for name in ("cell total", "shortage total", "waiting status.tbs")]
        rows.append([label, *cells])
    header = [f"{what}, {year}" for year in (2026, 2035) for what in ("police cells", "shortage", "tbs patients waiting")]
    return table(["31 December", *header], rows), runs


def put(text, name, generated):
    """Between the markers of this name."""
    pattern = re.compile(rf"(<!-- {name}: written by scripts/dutch_page.py -->\n).*?(<!-- {name}: end -->)", re.S)
    if not pattern.search(text):
        sys.exit(f"dutch_page: docs/model.md has no markers of {name}")
    return pattern.sub(lambda match: match.group(1) + generated + "\n" + match.group(2), text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or scratch
        os.makedirs(folder, exist_ok=True)
        past = Run(arguments.program, "configs/netherlands-2024.yaml", arguments.replications,
                   os.path.join(folder, "netherlands-2024"), "--events", "0")
        now = Run(arguments.program, "configs/netherlands.yaml", arguments.replications,
                  os.path.join(folder, "netherlands"))
        unlimited = Run(arguments.program, "tests/scenarios/unlimited.yaml", 20, os.path.join(folder, "unlimited"))
        capped, uncapped = (Run(arguments.program, "configs/netherlands.yaml", FEW, os.path.join(folder, f"cap-{i}"), *FLAT, *more)
                            for i, more in enumerate(([], NO_CAP)))
        no_loss = Run(arguments.program, NOW, FEW, os.path.join(folder, "no-loss"), *NO_LOSS)
        changed, runs = changes(arguments.program, folder)
        cells = [r.cells() if isinstance(r, Row) else r for r in [*rows_of_2024(past, arguments.program, folder),
                                                                    *rows_of_now(now, unlimited, capped, uncapped, runs[EARLY], no_loss)]]
    version = subprocess.run([arguments.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    head = ["", "quantity", "target", "model", "se", "difference", "verdict and reason"]
    missed = sum("**missed**" in c[-1] for c in cells)
    given = sum(c[-1].startswith(("hit", "**missed**")) for c in cells)
    absent = sum(c[3] == "not given" for c in cells)
    with open(PAGE, "w", encoding="utf-8") as page:
        page.write(f"""# The Dutch system: targets and what the model gives

Written by `make validation` from runs of {version}, {arguments.replications} replications of `configs/netherlands-2024.yaml`
(D1 to D10), `configs/netherlands.yaml` (D13) and `tests/scenarios/unlimited.yaml` (D11); no figure of the model is typed by hand.

A figure is the mean over replications, `se` the standard error of that mean: chance alone, not the doubt about the inputs.
`difference` is the figure less the target (the middle of a range). A row is hit when the figure lies within what the
published number stands for: its rounding, or the range that was published. *Calibrated*: an input was chosen so that it comes
out; the row tests the arithmetic, not the model. Of {given} rows with a number {given - missed} are hit and {missed} missed;
{absent} are not given at this stage.

{table(head, cells)}
""")
    with open(MODEL, encoding="utf-8") as file:
        text = file.read()
    text = put(text, "targets", table(head, cells))
    text = put(text, "outlook", outlook(now))
    text = put(text, "changes", changed)
    with open(MODEL, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
