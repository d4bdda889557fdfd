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
The tables stand in theory_queues.py, theory_stays.py and theory_days.py, the exact results in
theory_reference.py. A mutant is the program built with a known fault: then the tables that must catch it must fail, and
those that cannot must pass.
"""

import argparse
import concurrent.futures
import os
import sys
import tempfile
import time

import theory_reference as exact
from theory_bench import Bench, FewRow
from theory_days import leap_day, one_day, warm_up
from theory_queues import erlang_b, erlang_c, not_counted, places, priority, tandem
from theory_stays import crises, derived, kinds, old_stock, season, step

SUM_RANGE = 0.999

TABLES = {"erlang_c": erlang_c, "erlang_b": erlang_b, "places": places, "step": step,
          "old_stock": old_stock, "kinds": kinds, "derived": derived, "crises": crises, "season": season, "tandem": tandem,
          "priority": priority, "leap_day": leap_day, "one_day": one_day, "warm_up": warm_up}

# A fault that is built in: the tables that are run, and which of their cases must fail.
MUTANTS = {"fresh_stay": {"step": ("lognormal", "gamma"), "old_stock": ("lognormal", "gamma"), "kinds": (),
                          "derived": ("sentence less remand",)},
           "fresh_profile": {"step": (), "kinds": ("long", "short"), "derived": ("patients",)}}


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
