#!/usr/bin/python3
"""Writes docs/validation-supply.md from fresh runs of configs/supply: how many places there are, when, why not, and at what
cost. Targets and headings are typed here; no figure of the model is.

A figure is the mean over replications; in brackets p05-p95. se is the standard error of a mean.

usage: supply_page.py PROGRAM [--replications N] [--folder DIR]     DIR keeps the runs
"""

import argparse
import csv
import math
import os
import subprocess
import sys
import tempfile

import yaml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PAGE = os.path.join(ROOT, "docs", "validation-supply.md")
BUDGETS = ["none", "agreement", "dji", "expand"]
CAUSES = ["lost", "works", "damage", "reserve", "staff"]
INDICATORS = {"built", "usable", "present", "shortage", "unpaired", "back_to_normal", "days_to_normal",
              *(f"out_{cause}" for cause in CAUSES)}
YEARS = range(2026, 2036)
SLACK = [0, 150, 300, 450]  # places more than there are, for the shocks
SHOCKS_END = "period.end=2027-12-31"
FIT = ["0.9", "0.8", "0.7", "0.5"]
ROOM = [400, 600, 800]


# -- runs -------------------------------------------------------------------------------------------------------------


class Row:
    """A row of a CSV result."""

    __slots__ = ("mean", "sd", "low", "high")

    def __init__(self, cells):
        self.mean, self.sd, self.low, self.high = (float(cells[name] or "nan") for name in ("mean", "sd", "p05", "p95"))

    def band(self):
        mean = f"{self.mean:,.0f}"
        return mean if round(self.low) == round(self.high) else f"{mean} ({self.low:,.0f}-{self.high:,.0f})"


class Run:
    """The results of a scenario of configs/supply, or of configs."""

    def __init__(self, runs, scenario, *sets):
        self.folder = os.path.join(runs.folder, f"{len(runs.done)}-{os.path.basename(scenario)[:-5]}")
        self.replications = runs.replications
        command = [runs.program, "run", os.path.join(ROOT, "configs", scenario), "--replications", str(runs.replications),
                   "--out", self.folder, "--quiet", *(word for one in sets for word in ("--set", one))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"supply_page: {' '.join(command)}: {done.stderr}")
        self.series = self.read("series.csv", "date")
        self.summary = self.read("summary.csv", "year")

    def read(self, name, when):
        """The rows that tables are made of."""
        kept = {}
        with open(os.path.join(self.folder, name), newline="", encoding="utf-8") as file:
            for cells in csv.DictReader(file):
                if cells["indicator"] in INDICATORS and cells["group"].split(".")[0] in ("total", "sex", "shock"):
                    kept[cells["indicator"], cells["group"], cells[when]] = Row(cells)
        return kept

    def on(self, indicator, date, group="total"):
        return self.series[indicator, group, date]

    def end_of(self, indicator, year, group="total"):
        return self.on(indicator, f"{year}-12-31", group)

    def ends(self, indicator, years, group="total"):
        """Cells of a table."""
        return [self.end_of(indicator, year, group).band() for year in years]

    def days(self, indicator, group="total"):
        return {date: row.mean for (name, of, date), row in self.series.items() if (name, of) == (indicator, group)}

    def month_mean(self, indicator, month):
        values = [value for date, value in self.days(indicator).items() if date.startswith(month)]
        return sum(values) / len(values)

    def se(self, row):
        return row.sd / math.sqrt(self.replications)

    def works(self):
        with open(os.path.join(self.folder, "works.csv"), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def costs(self):
        """Euros by year, item and group."""
        with open(os.path.join(self.folder, "costs.csv"), newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return {(cells["year"], cells["indicator"], cells["group"]): float(cells["mean"]) for cells in rows}


class Runs:
    def __init__(self, program, replications, folder):
        self.program, self.replications, self.folder, self.done = program, replications, folder, {}

    def of(self, scenario, *sets):
        """Each scenario is run once, however many tables need it."""
        if (scenario, sets) not in self.done:
            self.done[scenario, sets] = Run(self, scenario, *sets)
        return self.done[scenario, sets]


def scenario_text(name):
    with open(os.path.join(ROOT, "configs", "supply", name), encoding="utf-8") as file:
        return yaml.safe_load(file)


# -- tables -----------------------------------------------------------------------------------------------------------


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in cells) + " |" for cells in rows])


def verdict(value, low, high):
    return "hit" if low <= value <= high else "**missed**"


def targets(runs):
    none = runs.of("supply/upkeep_none.yaml")
    lost = none.end_of("out_lost", 2029)
    rows = [["D14", "places lost without money, end of 2029", "3,000-4,100", lost.band(), f"{none.se(lost):.1f}",
             verdict(lost.mean, 3000, 4100) + "; the deadlines are chosen for it: what is tested is that they fall"]]
    exact = no_slip(runs)
    rows.append(["-", "usable places by day, works as projects without slip, less the same by date: largest difference",
                 "0", f"{exact:.0f}", "", verdict(exact, 0, 0) + "; exact"])
    by_place = runs.of("supply/staff_2024.yaml", *wards_of_one()).on("out_staff", "2026-01-01").mean
    in_wards = runs.of("supply/staff_2024.yaml").on("out_staff", "2026-01-01").mean
    rows.append(["-", "places closed by 1,000 vacancies, by the place", "330", f"{by_place:.0f}", "",
                 verdict(by_place, 315, 345) + "; `covered_share` is calibrated on it"])
    rows.append(["-", "the same in wards of 24", "330", f"{in_wards:.0f}", "",
                 verdict(in_wards, 315, 345) + "; each institution rounds to whole wards"])
    share, _ = second_places(runs.of("supply/cells_for_two.yaml"))
    rows.append(["-", "second places that count in 2026", "85-95 %", f"{share:.1%}", "",
                 verdict(share, 0.85, 0.95) + "; who may share is calibrated on it"])
    last = [runs.of(f"supply/upkeep_{name}.yaml").end_of("usable", 2035).mean for name in BUDGETS]
    rises = all(more > less for less, more in zip(last, last[1:]))
    rows.append(["-", "usable places at the end of 2035, by budget", "rise", ", ".join(f"{value:,.0f}" for value in last),
                 "", "hit" if rises else "**missed**"])
    return table(["", "quantity", "target", "model", "se", "verdict"], rows)


def no_slip(runs):
    """works.yaml with every slip taken out against the dates of netherlands.yaml."""
    projects = scenario_text("works.yaml")["works"]["projects"]
    sets = [f"works.projects.{name}.{key}.slip=remove" for name, project in projects.items()
            for key in ("start", "takes") if "slip" in project.get(key, {})]
    planned, dated = runs.of("supply/works.yaml", *sets).days("usable"), runs.of("netherlands.yaml").days("usable")
    return max(abs(planned[date] - dated[date]) for date in dated)


def written_units(name):
    """Institutions of a scenario with the units that are written out there."""
    houses = scenario_text(name)["institutions"]
    return [(institution, house["units"]) for institution, house in houses.items() if isinstance(house, dict)]


def wards_of_one():
    return tuple(f"institutions.{name}.units.{unit}.ward=1"
                 for name, units in written_units("wards.yaml") for unit in units)


def autumn(runs):
    """D13: what there is in the months in which the shortage begins."""
    run = runs.of("supply/works.yaml")
    months = ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]
    days = {"08": 31, "09": 30, "10": 31, "11": 30, "12": 31, "01": 31, "02": 28, "03": 31}
    rows = [["built", *(run.on("built", f"{month}-{days[month[5:]]}").band() for month in months)]]
    rows += [[f"out: {cause}", *(run.on(f"out_{cause}", f"{month}-{days[month[5:]]}").band() for month in months)]
             for cause in CAUSES]
    rows.append(["usable", *(run.on("usable", f"{month}-{days[month[5:]]}").band() for month in months)])
    rows.append(["held", *(f"{run.month_mean('present', month):,.0f}" for month in months)])
    rows.append(["shortage, mean of the month", *(f"{run.month_mean('shortage', month):,.0f}" for month in months)])
    return table(["last day of", *months], rows)


def as_slipping(runs):
    rows, years = [], [2026, 2027, 2028, 2029, 2030, 2031, 2033, 2035]
    for what in ("usable", "shortage"):
        for label, scenario in (("by date", "netherlands.yaml"), ("works", "supply/works.yaml"),
                                ("with options", "supply/options.yaml")):
            rows.append([what, label, *runs.of(scenario).ends(what, years)])
    return table(["31 December", "", *map(str, years)], rows)


def calendar(runs):
    by_project = {}
    for row in runs.of("supply/options.yaml").works():
        by_project.setdefault(row["project"], {})[row["what"]] = row
    rows = []
    for name, what in by_project.items():
        cells = [name]
        for kind in ("start", "end"):
            row = what[kind]
            cells += [row["planned"], " / ".join(row[q] or "later" for q in ("p05", "p50", "p95"))]
        rows.append(cells)
    return table(["project", "start planned", "start: p05 / median / p95", "end planned", "end: p05 / median / p95"], rows)


def by_budget(runs):
    rows, years = [], [2027, 2028, 2029, 2031, 2033, 2035]
    for label, indicator in (("usable places", "usable"), ("lost", "out_lost"), ("out by works", "out_works"),
                             ("shortage", "shortage")):
        for name in BUDGETS:
            run = runs.of(f"supply/upkeep_{name}.yaml")
            rows.append([label, name, *run.ends(indicator, years)])
    return table(["31 December", "budget", *map(str, years)], rows)


def money_spent(runs):
    rows = []
    for name in BUDGETS:
        stated = scenario_text(f"upkeep_{name}.yaml")["works"]["budget_per_year"]
        stated = sorted((year, euros) for year, euros in stated.items() if isinstance(year, int))
        budget = {year: [euros for at, euros in stated if at <= year][-1] for year in YEARS}
        costs = runs.of(f"supply/upkeep_{name}.yaml").costs()
        spent = {year: costs.get((str(year), "works", "total"), 0) for year in YEARS}
        rows.append([name, *(f"{spent[year] / 1e6:,.0f} of {budget[year] / 1e6:,.0f}" for year in YEARS)])
    return table(["millions of euros", *(str(year) for year in YEARS)], rows)


def room(runs):
    rows, years = [], [2028, 2029, 2031, 2035]
    for places in ROOM:
        run = runs.of("supply/upkeep_dji.yaml", f"works.places_out_at_most={places}")
        most = max(run.days("out_works").values())
        rows.append([places, *run.ends("out_lost", years), f"{most:,.0f}", *run.ends("usable", [2035])])
    return table(["at most out", *(f"lost, end of {year}" for year in years), "most out by works, on the mean",
                  "usable, end of 2035"], rows)


def staff(runs):
    rows, years = [], [2026, 2028, 2030, 2032, 2035]
    for label, scenario in (("vacancies of 2024", "staff_2024.yaml"), ("hiring that does not keep up", "staff_slow.yaml")):
        run = runs.of(f"supply/{scenario}")
        for what, indicator in (("closed for staff", "out_staff"), ("usable", "usable"), ("shortage", "shortage")):
            rows.append([f"{label}: {what}", *run.ends(indicator, years)])
    rows.append(["without: shortage", *runs.of("netherlands.yaml").ends("shortage", years)])
    return table(["31 December", *map(str, years)], rows)


def second_places(run):
    """The share of them that count, and how many do not: means of 2026."""
    there = sum(unit["for_two"] for _, units in written_units("cells_for_two.yaml") for unit in units.values())
    unpaired = run.summary["unpaired", "total", "2026"].mean
    return 1 - unpaired / there, unpaired


def pairs(runs):
    rows = []
    for fit in FIT:
        run = runs.of("supply/cells_for_two.yaml", f"attributes.shares_cell.fit={fit}")
        share, unpaired = second_places(run)
        rows.append([f"{float(fit):.0%}", f"{share:.1%}", f"{unpaired:,.0f}",
                     *run.ends("usable", [2026]), *run.ends("shortage", [2026])])
    return table(["people who may share", "second places that count", "and do not, mean of 2026",
                  "usable, end of 2026", "shortage, end of 2026"], rows)


def shocks(runs):
    rows = []
    for label, scenario, shock in (("wing of 96 lost for 180 days", "supply/unit_lost.yaml", "wing_lost"),
                                   ("150 arrested in a weekend", "supply/mass_arrest.yaml", "weekend")):
        for more in SLACK:
            run = runs.of(scenario, SHOCKS_END, f"institutions.zaanstad.units.two_in_a_cell.places={100 + more}")
            share = run.summary["back_to_normal", f"shock.{shock}", "all"].mean
            days = run.summary["days_to_normal", f"shock.{shock}", "all"]
            rows.append([label, f"{more}", f"{share:.0%}", "none" if math.isnan(days.mean) else days.band()])
    return table(["shock on 6 June 2026", "more places than there are", "back to normal by the end of 2027",
                  "days, of these"], rows)


def after_shocks(runs):
    dates = ["2026-05-31", "2026-06-30", "2026-09-30", "2026-12-31", "2027-06-30", "2027-12-31"]
    as_it_is = f"institutions.zaanstad.units.two_in_a_cell.places={100 + SLACK[0]}"
    rows = []
    for label, run in (("without", runs.of("netherlands.yaml")),
                       ("wing of 96 lost for 180 days", runs.of("supply/unit_lost.yaml", SHOCKS_END, as_it_is)),
                       ("150 arrested in a weekend", runs.of("supply/mass_arrest.yaml", SHOCKS_END, as_it_is))):
        rows.append([label, *(run.on("shortage", date).band() for date in dates)])
    return table(["shortage", *dates], rows)


def conversion(runs):
    rows, years = [], [2026, 2027, 2029, 2032, 2035]
    for label, scenario in (("as it is", "netherlands.yaml"), ("72 places of women for men", "supply/conversion.yaml")):
        run = runs.of(scenario)
        for sex, name in (("man", "men"), ("woman", "women")):
            for what in ("usable", "shortage"):
                rows.append([label, f"{what}, {name}", *run.ends(what, years, f"sex.{sex}")])
    return table(["31 December", "", *map(str, years)], rows)


def in_use(money, year):
    """Without works, one-off sums and police cells."""
    items = sum(money[str(year), item, "total"] for item in ("built", "occupied", "staff"))
    return items - money[str(year), "total", "unit.police_cell"]


def costs(runs):
    run = runs.of("supply/costs.yaml")
    money = run.costs()
    millions = lambda year, item, group="total": f"{money.get((str(year), item, group), 0) / 1e6:,.0f}"  # noqa: E731
    rows = [[label, *(millions(year, item) for year in YEARS)] for label, item in
            (("built", "built"), ("occupied", "occupied"), ("staff", "staff"), ("works", "works"), ("one-off", "one_off"),
             ("total", "total"))]
    rows.append(["of it police cells", *(millions(year, "total", "unit.police_cell") for year in YEARS)])
    whole = {year: money[str(year), "total", "total"] for year in YEARS}
    rows.append(["more than in 2026", *(f"{(whole[year] - whole[2026]) / 1e6:,.0f}" for year in YEARS)])
    used = {year: whole[year] - sum(money[str(year), item, "total"] for item in ("works", "one_off")) for year in YEARS}
    rows.append(["the same without works and one-off", *(f"{(used[year] - used[2026]) / 1e6:,.0f}" for year in YEARS)])
    rows.append(["coalition agreement", *(millions(year, "coalition_agreement", "compare") for year in YEARS)])
    rows.append(["turnover of DJI, all sectors", *(millions(year, "turnover_of_dji", "compare") for year in YEARS)])
    usable = run.days("usable")
    place_days = {year: sum(value for date, value in usable.items() if date[:4] == str(year)) for year in YEARS}
    rows.append(["euros a usable place-day, in use", *(f"{in_use(money, year) / place_days[year]:,.0f}" for year in YEARS)])
    return table(["millions of euros, prices of 2026", *(str(year) for year in YEARS)], rows)


def page(runs, version):
    return f"""# Supply: places, works, staff and money

Written by `make supply` from runs of {version}, {runs.replications} replications of each scenario of `configs/supply`; no
figure of the model is typed by hand. A figure is the mean over replications, in brackets p05-p95: chance of people and of
slips, not the doubt about the inputs. What is assumed and what to make of it: `model.md`, section Supply.

## Targets

{targets(runs)}

## Autumn of 2026 (D13, its supply side)

`works.yaml`. The letter of 6 March 2026 sees the first shortage in October and 265 places short in December.

{autumn(runs)}

Out by works holds all that is out already: the file of institutions does not tell works, staff and reserve apart.

## As dated and as slipping

{as_slipping(runs)}

## The works calendar

`options.yaml`: the works programme and what was only planned in March 2026. `later`: after 2035.

{calendar(runs)}

## Deferred upkeep, by budget

`upkeep_none.yaml` (no money), `upkeep_agreement.yaml` (that of the coalition agreement), `upkeep_dji.yaml` (what DJI asked
to keep what exists), `upkeep_expand.yaml` (and to expand). They differ in the budget alone.

{by_budget(runs)}

What of the budget is spent by the projects:

{money_spent(runs)}

With the money of `upkeep_dji.yaml`, when more or fewer places may be out at once:

{room(runs)}

## Staff

{staff(runs)}

## Cells for two

{pairs(runs)}

## Shocks

People without a place of their own, mean of seven midnights, back to what it was in the four weeks before. The more places
stand in for what other measures bring.

{shocks(runs)}

With the places that there are:

{after_shocks(runs)}

## Conversion

{conversion(runs)}

## Costs

`costs.yaml`: `options.yaml` with prices.

{costs(runs)}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--folder")
    arguments = parser.parse_args()
    version = subprocess.run([arguments.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or scratch
        os.makedirs(folder, exist_ok=True)
        text = page(Runs(arguments.program, arguments.replications, folder), version)
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
