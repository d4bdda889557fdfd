#!/usr/bin/python3
"""Writes the tables of measures and plans in docs/model.md from fresh runs of `celsim compare`: what each of configs/measures
gives over the scenario that it extends (configs/netherlands.yaml, or one of configs/supply), alone, and what each of configs/plans gives over configs/plans/as_announced.yaml. No
figure is typed here.

Places that a measure gives: usable places more, and people less who need one under normal execution (need_normal), by pairs
of replications, with the 95 % interval of the mean.

usage: policy_page.py PROGRAM [--replications N] [--folder DIR] [--show]
    DIR keeps the comparisons. --show: only the plans, printed, nothing written to docs.
"""

import argparse
import csv
import glob
import os
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
MODEL = os.path.join(ROOT, "docs", "model.md")
CONFIGS = os.path.join(ROOT, "configs")
ANNOUNCED = os.path.join(CONFIGS, "plans", "as_announced.yaml")
YEARS = ["2027", "2028", "2030", "2035"]
MILLION = 1e6


# -- comparisons ------------------------------------------------------------------------------------------------------


class Comparison:
    """The rows of a compare.csv that tables are made of, by scenario."""

    WANTED = {"usable", "need", "need_normal", "shortage", "cell", "queue", "at_home", "costs.total"}

    def __init__(self, folder):
        self.rows, self.names = {}, []
        with open(os.path.join(folder, "compare.csv"), newline="", encoding="utf-8") as file:
            for cells in csv.DictReader(file):
                if cells["group"] == "total" and cells["indicator"] in self.WANTED and len(cells["when"]) == 4 \
                        and cells["pairs"] != "0":
                    self.rows[cells["scenario"], cells["indicator"], cells["when"]] = cells
                if cells["scenario"] not in self.names:
                    self.names.append(cells["scenario"])

    def difference(self, name, indicator, year):
        """Mean, and half the 95 % interval; both 0 where nothing differs."""
        cells = self.rows[name, indicator, year]
        mean = float(cells["difference"])
        return mean, (float(cells["high"]) - float(cells["low"])) / 2 if cells["high"] else 0.0

    def level(self, name, indicator, year):
        return float(self.rows[name, indicator, year]["mean"])

    def base_level(self, indicator, year):
        return float(self.rows[self.names[0], indicator, year]["base_mean"])

    def places(self, name, year):
        """The halves add up as if they went together: no less than the truth."""
        usable, usable_half = self.difference(name, "usable", year)
        need, need_half = self.difference(name, "need_normal", year)
        return usable - need, usable_half + need_half


def compare(program, base, others, replications, folder):
    command = [program, "compare", base, *others, "--replications", str(replications), "--out", folder, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"policy_page: {' '.join(command)}: {done.stderr}")
    return Comparison(folder)


# -- tables -----------------------------------------------------------------------------------------------------------


def title_of(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)["title"]


def base_of(path):
    """The scenario over which a measure lies."""
    with open(path, encoding="utf-8") as file:
        return os.path.normpath(os.path.join(os.path.dirname(path), yaml.safe_load(file)["extends"]))


def with_half(mean, half):
    if round(mean) == 0 and half < 0.5:
        return "0"
    return f"{mean:+,.0f}" if half < 0.5 else f"{mean:+,.0f} ±{half:,.0f}"


def table(header, rows):
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def table_of_measures(comparisons, files):
    header = ["measure", *(f"places, {year}" for year in YEARS), "shortage, 2030", "self-reporters waiting, 2030",
              "costs, million euros, 2030"]
    rows = []
    for path in files:
        name, comparison = os.path.basename(path)[:-5], comparisons[path]
        cost, half = comparison.difference(name, "costs.total", "2030")
        rows.append([f"`{name}`: {title_of(path)}", *(with_half(*comparison.places(name, year)) for year in YEARS),
                     with_half(*comparison.difference(name, "shortage", "2030")),
                     with_half(*comparison.difference(name, "queue", "2030")),
                     f"{cost / MILLION:+,.1f} ±{half / MILLION:,.1f}"])
    return table(header, rows)


def table_of_plans(comparison, files):
    """Levels, then what differs from the first."""
    header = ["plan", *(f"usable, {year}" for year in YEARS), *(f"shortage, {year}" for year in YEARS),
              *(f"places more, {year}" for year in YEARS[1:]), "costs 2026-2035, million euros"]
    base = [f"{comparison.base_level('usable', year):,.0f}" for year in YEARS]
    base += [f"{comparison.base_level('shortage', year):,.0f}" for year in YEARS]
    total = comparison.base_level("costs.total", "all") if (comparison.names[0], "costs.total", "all") in \
        comparison.rows else sum(comparison.base_level("costs.total", str(year)) for year in range(2026, 2036))
    rows = [[f"`as_announced`: {title_of(ANNOUNCED)}", *base, *[""] * (len(YEARS) - 1), f"{total / MILLION:,.0f}"]]
    for path in files:
        name = os.path.basename(path)[:-5]
        cost = sum(comparison.difference(name, "costs.total", str(year))[0] for year in range(2026, 2036))
        rows.append([f"`{name}`: {title_of(path)}",
                     *(f"{comparison.level(name, 'usable', year):,.0f}" for year in YEARS),
                     *(f"{comparison.level(name, 'shortage', year):,.0f}" for year in YEARS),
                     *(with_half(*comparison.places(name, year)) for year in YEARS[1:]),
                     f"{cost / MILLION:+,.0f}"])
    return table(header, rows)


def put(name, text):
    """Between its markers in docs/model.md."""
    with open(MODEL, encoding="utf-8") as file:
        page = file.read()
    pattern = re.compile(rf"(<!-- {name}: written by scripts/policy_page.py -->\n).*?(<!-- {name}: end -->)", re.S)
    if not pattern.search(page):
        sys.exit(f"policy_page: docs/model.md has no markers of {name}")
    with open(MODEL, "w", encoding="utf-8") as file:
        file.write(pattern.sub(lambda found: found[1] + text + "\n" + found[2], page))


# -- the whole --------------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--folder")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    plans = [path for path in sorted(glob.glob(os.path.join(CONFIGS, "plans", "*.yaml"))) if path != ANNOUNCED]
    measures = sorted(glob.glob(os.path.join(CONFIGS, "measures", "*.yaml")))

    comparison = compare(options.program, ANNOUNCED, plans, options.replications, os.path.join(folder, "plans"))
    text = table_of_plans(comparison, plans)
    if options.show:
        print(f"{text}\n\nThe differences by year and day are in {os.path.join(folder, 'plans', 'compare.csv')}.")
        return
    put("plans", text)
    comparisons = {}
    for base in sorted({base_of(path) for path in measures}):
        own = [path for path in measures if base_of(path) == base]
        name = f"measures-{os.path.basename(base)[:-5]}"
        comparisons.update(dict.fromkeys(own, compare(options.program, base, own, options.replications,
                                                      os.path.join(folder, name))))
    put("measures", table_of_measures(comparisons, measures))


if __name__ == "__main__":
    main()
