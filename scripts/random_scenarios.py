#!/usr/bin/python3
"""Random small scenarios that combine what can be combined (random_plan.py), some with uncertain inputs
(random_inputs.py), each run by a test build, which works out its invariants again at each midnight, and by the
reference model. A finding is a crash, a failed invariant, a run that does not end, an error that does not say
where, other bytes with two threads and shuffled ties, or a person whose history, or an uncertain input whose
value, differs; it is printed with its seed and its scenario. What the loader refuses is counted. Fails too when
an event or a count never occurs in the whole batch, since then the scenarios are too tame to find anything.

usage: random_scenarios.py [options] CELSIM       CELSIM: a debug or asan build
options: --seeds A..B        default 1..40; both included
         --shrink            leaves out of the scenario of each finding what is not needed for it
         --keep FOLDER       where the scenarios of findings are written; default: nowhere
"""

import argparse
import contextlib
import copy
import csv
import filecmp
import io
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import yaml

from random_inputs import add_inputs
from random_plan import plan_of
import reference_model
from reference.scenario import Scenario

REPLICATIONS = 2  # where nothing is uncertain
LIMIT_SECONDS = 60
EVENTS = ["arrived", "status", "moved", "placed", "waits", "called", "no_show", "sent_home", "refused",
          "released", "left_queue", "stays", "replaced", "crisis", "crisis_over"]
# Of a year, and derived or too rare in a small scenario.
NO_COUNTS = re.compile(r"wait_|waits_|waited_|shortage_first_day|code_black")
PLACES = re.compile(r"built$|usable$|out_(lost|works|damage|reserve|staff)$|unpaired$")
REFUSED_AT_MOST = 0.6


class NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def text_of(plan):
    return yaml.dump(plan, Dumper=NoAliases, default_flow_style=None, sort_keys=False, width=200)


def replications_of(plan):
    return plan.get("run", {}).get("replications", REPLICATIONS)


class Trial:
    """One scenario, run and compared. `finding`: what is wrong, or None; `refused`: the loader's error."""

    def __init__(self, celsim, plan, files, folder, replication):
        self.celsim, self.folder, self.replication = celsim, Path(folder), replication
        self.replications = replications_of(plan)
        self.finding = self.refused = None
        self.events, self.counts, self.columns, self.swaps = Counter(), Counter(), set(), Counter()
        self.path = self.folder / "random.yaml"
        self.path.write_text(text_of(plan), encoding="utf-8")
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        if self.load() and self.run("one", 1) and self.run("two", 2, "--shuffle-ties", "12345"):
            self.compare_bytes()
            self.check_places()
            self.check_wrong_regimes(plan.get("output", {}))
            self.count()
            if not self.finding:
                self.compare_persons()

    def call(self, *arguments):
        """The exit code and what it said; None: it did not end in time."""
        try:
            done = subprocess.run([self.celsim, *arguments], capture_output=True, text=True,
                                  timeout=LIMIT_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return None, f"{arguments[0]} does not end within {LIMIT_SECONDS} s"
        return done.returncode, done.stderr

    def load(self):
        code, said = self.call("check", str(self.path))
        if code == 1 and re.search(r"\.(yaml|csv):\d+:\d+: ", said):
            self.refused = re.sub(r"^.*?:\d+:\d+: ", "", said.splitlines()[0])
        elif code != 0:
            self.finding = f"check ended with {code}: {said.strip()}"
        return code == 0

    def run(self, name, threads, *more):
        code, said = self.call("run", str(self.path), "--quiet", "--events", str(self.replication),
                               "--replications", str(self.replications), "--threads", str(threads),
                               "--out", str(self.folder / name), *more)
        if code != 0:
            self.finding = f"run {' '.join(more)} ended with {code}: {said.strip()}"
        return code == 0

    def compare_bytes(self):
        one, two = self.folder / "one", self.folder / "two"
        names = sorted(path.name for path in one.iterdir() if path.name != "timing.yaml")
        _, other, missing = filecmp.cmpfiles(one, two, names, shallow=False)
        if other or missing:
            self.finding = f"other bytes with shuffled ties and two threads: {', '.join(other + missing)}"

    def check_places(self):
        """Built = usable + what is out + unpaired in each row that has them: means of 2, 4 or 8 replications are exact."""
        sums = defaultdict(dict)
        with open(self.folder / "one/series.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if PLACES.match(row["indicator"]):
                    sums[row["date"], row["group"]][row["indicator"]] = float(row["mean"])
        for key, row in sums.items():
            built = row.pop("built", None)
            if built is not None and built != sum(row.values()):
                self.finding = f"built is {built} of {key}, but usable, out of use and unpaired are {row}"

    def check_wrong_regimes(self, output):
        """Where it asks for everybody: all who are present but those in the regimes that it names."""
        asked = {f"who.{name}": node["should_be_in"] for name, node in output.get("wrong_regime", {}).items()
                 if "who" not in node}
        if not asked or "regime" not in output["daily"]:
            return
        present, wrong = defaultdict(dict), {}
        with open(self.folder / "one/series.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["indicator"] == "present":
                    present[row["date"]][row["group"]] = float(row["mean"])
                elif row["indicator"] == "wrong_regime" and row["group"] in asked:
                    wrong[row["date"], row["group"]] = float(row["mean"])
        for (date, group), people in wrong.items():
            total, own = present[date]["total"], sum(present[date].get(f"regime.{name}", 0) for name in asked[group])
            if people != total - own:
                self.finding = f"wrong_regime is {people} of {group} on {date}, but {own} of {total} are in theirs"

    def count(self):
        with open(self.folder / "one/events.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        self.events.update(row[4] for row in rows)
        self.rows = [(int(r[0]), r[1], int(r[2]), int(r[3]), r[4], r[5], r[6], int((r[7:] or ["0"])[0])) for r in rows]
        with open(self.folder / "one/summary.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if not NO_COUNTS.match(row["indicator"]):
                    self.columns.add(row["indicator"])
                    self.counts[row["indicator"]] += bool(row["mean"]) and float(row["mean"]) > 0
        self.columns.add("draws of inputs")
        self.counts["draws of inputs"] += (self.folder / "one/inputs.csv").exists()
        self.counts = Counter({name: 1 for name, times in self.counts.items() if times})

    def compare_persons(self):
        scenario = Scenario(self.path, self.celsim, self.replication)
        ours = reference_model.reference_rows(scenario, self.replication)
        self.swaps = scenario.swaps
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            inputs = reference_model.inputs_in(self.folder / "one", scenario.draw)
            same = reference_model.have_same_inputs("random", inputs, scenario.inputs) and \
                reference_model.say_where("random", self.rows, ours)
        if not same:
            self.finding = said.getvalue()


def try_out(celsim, plan, files, replication):
    with tempfile.TemporaryDirectory() as folder:
        try:
            return Trial(celsim, plan, files, folder, replication)
        except Exception as error:  # of the reference model: a finding like any other
            if isinstance(error, KeyboardInterrupt):
                raise
            trial = Trial.__new__(Trial)
            trial.finding, trial.refused = f"the reference model fails: {error!r}", None
            trial.events, trial.counts, trial.columns, trial.swaps = Counter(), Counter(), set(), Counter()
            return trial


def kind_of(finding):
    return re.sub(r"\d+", "", finding)[:24]


def ways_to_shrink(node, path=()):
    """Paths of what may be left out, the large parts first."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    paths = [path + (key,) for key, _ in inner]
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        paths += ways_to_shrink(child, path + (key,))
    return sorted(paths, key=len)


def without(plan, path):
    less = copy.deepcopy(plan)
    node = less
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return less


def shrink(celsim, plan, files, replication, finding):
    """Leaves out one part after the other as long as the same kind of finding stays."""
    goes_on = True
    while goes_on:
        goes_on = False
        for path in ways_to_shrink(plan):
            try:
                less = without(plan, path)
            except (KeyError, IndexError):
                continue  # went with a larger part
            trial = try_out(celsim, less, files, replication)
            if trial.finding and kind_of(trial.finding) == kind_of(finding):
                plan, goes_on, finding = less, True, trial.finding
    return plan, finding


def print_table(events, counts, columns, swaps, trials):
    print(f"{'event':>26} {'rows':>8}")
    for name in EVENTS:
        print(f"{name:>26} {events[name]:>8}")
    print(f"{'column':>26} {'scenarios with it':>8}")
    for name in sorted(columns):
        print(f"{name:>26} {counts[name]:>8}")
    rings = ", ".join(f"{times} of {size}" for size, times in sorted(swaps.items()))
    print(f"swaps by pools: {rings or 'none'}")
    never = [name for name in EVENTS if not events[name]] + sorted(n for n in columns if not counts[n])
    return never + [name for name in events if name not in EVENTS] + ([] if trials else ["a scenario"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("celsim")
    parser.add_argument("--seeds", default="1..40")
    parser.add_argument("--shrink", action="store_true")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    first, last = map(int, arguments.seeds.split(".."))
    events, counts, columns, swaps, refused, findings = Counter(), Counter(), set(), Counter(), Counter(), 0
    for seed in range(first, last + 1):
        plan, files = plan_of(seed)
        add_inputs(plan, seed)
        replication = seed % replications_of(plan)
        trial = try_out(arguments.celsim, plan, files, replication)
        if trial.refused:
            refused[re.sub(r"\b[a-z]*\d[\w.]*", "#", trial.refused)[:90]] += 1
        if trial.finding:
            findings += 1
            finding = trial.finding
            if arguments.shrink:
                plan, finding = shrink(arguments.celsim, plan, files, replication, finding)
            report(arguments.keep, seed, replication, plan, files, finding)
        events += trial.events
        counts += trial.counts
        columns |= trial.columns
        swaps += trial.swaps
    return conclude(last + 1 - first, events, counts, columns, swaps, refused, findings)


def report(keep, seed, replication, plan, files, finding):
    print(f"seed {seed}, replication {replication}: {finding}\n{text_of(plan)}", flush=True)
    for name, text in files.items():
        print(f"{name}:\n{text}", flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (keep / f"{seed}_{name}").write_text(text, encoding="utf-8")
        (keep / f"{seed}.yaml").write_text(f"# {finding.splitlines()[0]}\n{text_of(plan)}", encoding="utf-8")


def conclude(tried, events, counts, columns, swaps, refused, findings):
    compared = tried - refused.total()
    never = print_table(events, counts, columns, swaps, compared)
    for why, times in refused.most_common(8):
        print(f"refused {times:4}: {why}")
    print(f"random: {tried} scenarios, {refused.total()} refused, {findings} findings, "
          f"{sum(events.values())} events compared")
    if never:
        print(f"never in the whole batch, or unknown: {', '.join(never)}")
    if refused.total() > REFUSED_AT_MOST * tried:
        print("too many scenarios are refused")
    return 1 if findings or never or refused.total() > REFUSED_AT_MOST * tried else 0


if __name__ == "__main__":
    sys.exit(main())
