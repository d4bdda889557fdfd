#!/usr/bin/python3
"""Times celsim on the queue of tests/bench/queue.yaml against the yardstick and SimPy, and on the
Dutch scenario against the yardstick with six dated steps a stay.

The programs run in turn, so that a slow minute of the machine hits all of them; what counts is the
median of the pairwise ratios of processor time per model event (arrivals + departures). Targets and
what they mean: docs/performance.md.

usage: bench.py [--rounds N] [--only P1,P2,P3,P5,...] [--product PATH ...] [--keep FOLDER]
P2 and P3 are by-products of P1 and want it.
"""

import argparse
import csv
import filecmp
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "bench"
QUEUE = ROOT / "tests" / "bench" / "queue.yaml"
NATIONAL = ROOT / "configs" / "netherlands.yaml"
MEASURES = ROOT / "tests" / "bench" / "measures.yaml"  # the same with twenty measures
SUPPLY = ROOT / "tests" / "bench" / "supply.yaml"  # the same with works, wards, staff, cells for two, costs and shocks
ONE_SHORTAGE = ("--set", "output.shortages=remove")  # need by the measures in force alone
STEPS = 6  # dated steps of a stay of the yardstick, for P4
PLACES, DAYS, START = 12000, 3650, date(2026, 1, 1)
MEAN_STAY_DAYS = 70.5
SHARES = {"remand": 0.60, "arrested": 0.25, "self_reporter": 0.15}
MEAN_DAYS = {"remand": 90, "arrested": 30, "self_reporter": 60}

# Processor time of other programs over the yardstick's, measured once (docs/performance.md).
PEERS = {
    "Cimba, plain events": (10.3, "P2", 5, 7),
    "Cimba, a process per cell": (65, "P2", 32, 45),
    "simcpp20": (38, "P3", 19, 27),
    "simmer, table": (477, "P3", 240, 340),
    "simmer, natural": (600, "P3", 300, 420),
}


class Failed(Exception):
    """A command that was to be timed ended badly."""


class Cost:
    """What a command cost, by tests/bench/meter.c."""

    def __init__(self, command):
        with tempfile.NamedTemporaryFile("r") as file:
            done = subprocess.run(
                [TOOLS / "meter", file.name, *map(str, command)],
                stdout=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                text=True,
            )
            text = file.read()
        told = json.loads(text) if text else {"status": done.returncode}
        if told["status"] != 0:
            raise Failed(f"exit code {told['status']} of: {' '.join(map(str, command))}")
        self.processor_s, self.wall_s = told["processor_s"], told["wall_s"]
        self.peak_mib = told["peak_kib"] / 1024
        self.output = done.stdout


def yardstick(places, days, replications, threads=1, draws="vector", steps=0):
    cost = Cost([TOOLS / "yardstick", places, days, replications, threads, steps, draws])
    cost.answer = json.loads(cost.output)
    cost.ns_per_event = 1e9 * cost.processor_s / cost.answer["events"]
    return cost


def simpy(places, days, seed):
    script = ROOT / "tests" / "bench" / "prison_simpy.py"
    cost = Cost([sys.executable, script, places, days, seed])
    cost.answer = json.loads(cost.output)
    cost.ns_per_event = 1e9 * cost.processor_s / cost.answer["events"]
    return cost


def settings(places, days):
    """The --set arguments that make queue.yaml another size."""
    if places == PLACES and days == DAYS:
        return []
    paths = {
        "period.end": START + timedelta(days - 1),
        "units.ward_a.places": places,
    }
    left = places
    for name, share in SHARES.items():
        paths[f"flows.{name}.per_day"] = f"{0.98 * places / MEAN_STAY_DAYS * share:.7f}"
        persons = round(places * share * MEAN_DAYS[name] / MEAN_STAY_DAYS)
        persons = left if name == "self_reporter" else persons
        left -= persons
        paths[f"start.present.{name}.persons"] = persons
    return [word for path, value in paths.items() for word in ("--set", f"{path}={value}")]


class Product:
    def __init__(self, path, folder):
        self.path, self.name = Path(path), str(path)
        self.folder = folder

    def run(self, scenario, replications, threads=1, sets=(), out="out"):
        where = self.folder / out
        shutil.rmtree(where, ignore_errors=True)
        command = [self.path, "run", scenario, "--replications", replications]
        command += ["--threads", threads, "--out", where, "--quiet", "--seed", 1, *sets]
        cost = Cost(command)
        cost.folder = where
        return cost

    def queue(self, replications, threads=1, places=PLACES, days=DAYS, out="out"):
        cost = self.run(QUEUE, replications, threads, settings(places, days), out)
        cost.events = model_events(cost.folder / "run.yaml", places, days, replications)
        cost.ns_per_event = 1e9 * cost.processor_s / cost.events
        return cost


def expected_events(places, days):
    """Arrivals and, as the start is the equilibrium, as many departures."""
    return 2 * 0.98 * places / MEAN_STAY_DAYS * days


def model_events(path, places, days, replications):
    """`events` of run.yaml, of all replications together. When that is far from the arrivals and
    departures that the scenario makes, those are taken, with a note: inner events do not count."""
    told = int(re.search(r"^events: *([0-9]+)", path.read_text(), re.M)[1])
    expected = expected_events(places, days) * replications
    if days < 100 or abs(told / expected - 1) < 0.05:
        return told
    print(f"  note: {path.name} counts {told} events; divided by {expected:.0f} model events")
    return expected


class Table:
    def __init__(self):
        self.missed = 0

    def row(self, number, what, value, unit, must, aim, more_is_better=False, note=""):
        good = (lambda a, b: a >= b) if more_is_better else (lambda a, b: a <= b)
        verdict = "aim" if good(value, aim) else "must" if good(value, must) else "MISSED"
        self.missed += verdict == "MISSED"
        sign = ">=" if more_is_better else "<="
        print(
            f"{number:4} {what:44} {value:10.3g} {unit:4} must {sign} {must:g}, aim {sign} {aim:g}: "
            f"{verdict}  {note}",
            flush=True,
        )


def spread(values, form="{:.3g}"):
    return f"({form.format(min(values))} to {form.format(max(values))}, {len(values)} rounds)"


def time_queue(products, rounds, table, wanted):
    """P1, and by division P2 and P3."""
    ns = {name: [] for name in ["yardstick", "ziggurat", "SimPy", *[p.name for p in products]]}
    for turn in range(rounds):
        ns["yardstick"].append(yardstick(PLACES, DAYS, 20).ns_per_event)
        for product in products:
            ns[product.name].append(product.queue(20).ns_per_event)
        ns["ziggurat"].append(yardstick(PLACES, DAYS, 20, draws="ziggurat").ns_per_event)
        if "P3" in wanted and turn < 3:
            ns["SimPy"].append(simpy(PLACES, DAYS, turn).ns_per_event)
    print(f"ns of processor time per event, {PLACES} places, {DAYS} days, median")
    for name, values in ns.items():
        if values:
            print(f"     {name:44} {statistics.median(values):10.4g} ns   {spread(values)}")

    def ratio(above, below):
        return [a / b for a, b in zip(ns[above], ns[below])]

    if ns["SimPy"]:
        simpy_ratio = statistics.median(ratio("SimPy", "yardstick"))
        print(f"     {'SimPy over the yardstick':44} {simpy_ratio:10.4g} x")
    for product in products:
        name, over = product.name, ratio(product.name, "yardstick")
        median = statistics.median(over)
        table.row("P1", f"{name} / yardstick", median, "x", 2.0, 1.4, note=spread(over))
        if ns["SimPy"]:
            over = ratio("SimPy", name)
            value = statistics.median(over)
            table.row("P3", f"SimPy / {name}", value, "x", 165, 235, True, spread(over))
        for peer, (peer_ratio, number, must, aim) in PEERS.items():
            if number in wanted:
                label = f"{peer} / {name}"
                table.row(number, label, peer_ratio / median, "x", must, aim, True, "by division")


def time_stays(product, scenario, replications, sets=()):
    """(ns per stay, ns per event of the event set, a note). A stay is half of those who came and half of those who left,
    so that stays cut by the ends of the period count alike in the program and in the yardstick."""
    cost = product.run(scenario, replications, sets=sets)
    text = (cost.folder / "run.yaml").read_text()
    told = {key: int(re.search(rf"^ *{key}: *([0-9]+)", text, re.M)[1]) for key in ("events", "arrivals", "left")}
    stays, ns = (told["arrivals"] + told["left"]) / 2, 1e9 * cost.processor_s
    return ns / stays, ns / told["events"], \
        f"{told['events'] / stays:.3g} events a stay, {1e3 * cost.processor_s / replications:.0f} ms a replication"


def time_national(products, rounds, table, replications=100):
    """P4: the Dutch scenario against the yardstick with six dated steps, per stay from arrival to release, as the target
    is read (decision 28), and per event of the event set; so many replications that loading and writing, which are P8
    and P9, weigh little. Then the same with twenty measures and more, with all of supply, and what three shortages add."""
    cases = {"": (NATIONAL, ONE_SHORTAGE), " with measures": (MEASURES, ONE_SHORTAGE), " with supply": (SUPPLY, ONE_SHORTAGE),
             " with three shortages": (NATIONAL, ())}
    stay, event, notes = {}, {}, {}
    for _ in range(rounds):
        cost = yardstick(PLACES, DAYS, replications, steps=STEPS)
        for product in products:
            for case, (scenario, sets) in cases.items():
                name = product.name + case
                of_stay, of_event, notes[name] = time_stays(product, scenario, replications, sets)
                stay.setdefault(name, []).append(of_stay / (cost.ns_per_event * (STEPS + 2)))
                event.setdefault(name, []).append(of_event / cost.ns_per_event)
    for name, ratios in stay.items():
        note = f"{spread(ratios)} {notes[name]}; per event {statistics.median(event[name]):.3g}"
        if name.endswith("shortages"):
            print(f"     {name + ', per stay':44} {statistics.median(ratios):10.3g} x    {note}")
        else:
            table.row("P4", f"{name} / yardstick, per stay", statistics.median(ratios), "x", 3, 2, note=note)


def same_files(a, b):
    names = sorted(p.relative_to(a) for p in a.rglob("*") if p.is_file())
    if names != sorted(p.relative_to(b) for p in b.rglob("*") if p.is_file()):
        return False
    names = [n for n in names if n.name != "timing.yaml"]
    return len(filecmp.cmpfiles(a, b, names, shallow=False)[0]) == len(names)


def time_threads(products, rounds, table):
    """P5: wall time of 100 replications by one and two threads; the yardstick shares nothing, so its
    figure is what the machine can give at the moment."""
    ratios = {name: [] for name in ["yardstick", *[p.name for p in products]]}
    same = {p.name: True for p in products}
    for _ in range(rounds):
        one, two = yardstick(PLACES, DAYS, 100), yardstick(PLACES, DAYS, 100, threads=2)
        ratios["yardstick"].append(one.wall_s / two.wall_s)
        for product in products:
            one = product.queue(100, 1, out="one")
            two = product.queue(100, 2, out="two")
            ratios[product.name].append(one.wall_s / two.wall_s)
            same[product.name] &= same_files(one.folder, two.folder)
    text = spread(ratios["yardstick"])
    print(f"     {'yardstick, 2 threads':44} {statistics.median(ratios['yardstick']):10.3g} x    {text}")
    for product in products:
        values = ratios[product.name]
        note = ("same bytes " if same[product.name] else "OTHER BYTES ") + spread(values)
        label = f"{product.name}, 2 threads"
        table.row("P5", label, statistics.median(values), "x", 1.8, 1.95, True, note)
        table.missed += not same[product.name]


def time_sizes(products, rounds, table):
    """P6: the cost of an event at ten and a hundred times the size, over shorter horizons."""
    sizes = [(12000, 3650, 4), (120000, 1095, 2), (1200000, 365, 1)]
    programs = {"yardstick": lambda c, d, n: yardstick(c, d, n).ns_per_event}
    for product in products:
        programs[product.name] = lambda c, d, n, p=product: p.queue(
            n, places=c, days=d
        ).ns_per_event
    ns = {(name, size): [] for name in programs for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            for name, measure in programs.items():
                ns[name, size].append(measure(*size))
    for name in programs:
        text = ", ".join(f"{statistics.median(ns[name, s]):.4g} at {s[0]:,}" for s in sizes)
        print(f"     {name}: ns per event {text}")
        for size, must, aim in ((sizes[1], 2, 1.5), (sizes[2], 6, 4)):
            values = [a / b for a, b in zip(ns[name, size], ns[name, sizes[0]])]
            label = f"{name}, {size[0]:,} / 12,000"
            if name == "yardstick":
                print(f"     {label:44} {statistics.median(values):10.3g} x    {spread(values)}")
            else:
                table.row("P6", label, statistics.median(values), "x", must, aim, note=spread(values))


def measure_memory(products, table):
    print(f"     {'yardstick, peak memory':44} {yardstick(PLACES, DAYS, 1).peak_mib:10.3g} MiB")
    for product in products:
        peak = product.queue(1).peak_mib
        table.row("P7", f"{product.name}, peak memory", peak, "MiB", 16, 8)


def measure_start(products, table):
    """P8: a run of one day, its output included, so a little more than the start."""
    scenarios = [s for s in (QUEUE, NATIONAL) if s.exists()]
    for product in products:
        for scenario in scenarios:
            sets = ["--set", f"period.end={START}"]
            ms = [1000 * product.run(scenario, 1, sets=sets).wall_s for _ in range(21)]
            label = f"{product.name}, one day of {scenario.stem}"
            table.row("P8", label, statistics.median(ms), "ms", 10, 3, note=spread(ms))


def measure_writing(products, table, replications=1000):
    """P9: from the seconds that the program itself tells in timing.yaml."""
    for product in products:
        cost = product.queue(replications, threads=2)
        text = (cost.folder / "timing.yaml").read_text()
        parts = ("load", "simulate", "write")
        found = [re.search(rf"\b{part}: *([0-9.e-]+)", text) for part in parts]
        if None in found:
            print(f"P9   {product.name}: timing.yaml does not tell {', '.join(parts)}")
            continue
        load, simulate, write = (float(f[1]) for f in found)
        note = f"{replications} replications, 2 threads, peak {cost.peak_mib:.0f} MiB"
        value = 100 * (load + write) / simulate
        table.row("P9", f"{product.name}, reading and writing", value, "%", 15, 8, note=note)


def mean_of(folder, indicator, group):
    """Of the whole period, from summary.csv."""
    with (folder / "summary.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if (row["year"], row["indicator"], row["group"]) == ("all", indicator, group):
                return float(row["mean"])
    raise Failed(f"summary.csv has no row all,{indicator},{group}")


def compare_answers(products):
    """Do they simulate the same queue? At 1,200 places waiting matters. Theory: 0.98 x 1,200."""
    places, replications = 1200, 400
    print(f"{places} places, {DAYS} days, {replications} replications (SimPy 10); theory: 1176.0 held")
    print(f"     {'':44} {'held':>8}   days waited: {', '.join(SHARES)}")

    def line(name, held, waits):
        text = [f"{value:.5g}" for value in (held, *waits)]
        print(f"     {name:44} {text[0]:>8}   {', '.join(text[1:])}", flush=True)

    for draws in ("vector", "ziggurat"):
        answer = yardstick(places, DAYS, replications, 2, draws).answer
        line(f"yardstick, {draws}", answer["occupied"], answer["wait_days"])
    answers = [simpy(places, DAYS, seed).answer for seed in range(10)]
    waits = [statistics.mean(a["wait_days"][k] for a in answers) for k in range(len(SHARES))]
    line("SimPy", statistics.mean(a["occupied"] for a in answers), waits)
    for product in products:
        folder = product.queue(replications, 2, places=places).folder
        held = mean_of(folder, "present_mean", "total")
        waits = [mean_of(folder, "wait_days", f"status.{status}") for status in SHARES]
        line(product.name, held, waits)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often the programs take turns")
    parser.add_argument("--only", default="P1,P2,P3,P4,P5,P6,P7,P8,P9,answers")
    parser.add_argument("--product", nargs="*", default=["build/release/celsim", "build/native/celsim"])
    parser.add_argument("--keep", help="a folder for the results of the runs; default: a temporary one")
    options = parser.parse_args()
    os.chdir(ROOT)
    wanted = set(options.only.split(","))
    absent = [p for p in options.product if not Path(p).exists()]
    if absent:
        print(f"bench: not built, left out: {', '.join(absent)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        products = [Product(p, folder) for p in options.product if p not in absent]
        table = Table()
        few = min(options.rounds, 3)
        parts = {
            "P1": lambda: time_queue(products, options.rounds, table, wanted),
            "P4": lambda: time_national(products[:1], few, table),
            "P5": lambda: time_threads(products, few, table),
            "P6": lambda: time_sizes(products, few, table),
            "P7": lambda: measure_memory(products, table),
            "P8": lambda: measure_start(products, table),
            "P9": lambda: measure_writing(products, table),
            "answers": lambda: compare_answers(products),
        }
        for name, part in parts.items():
            if name not in wanted:
                continue
            try:
                part()
            except Failed as failed:
                print(f"{name}: not measured: {failed}", flush=True)
                table.missed += 1
    print(f"{table.missed} targets missed" if products else "no product to judge")


if __name__ == "__main__":
    main()
