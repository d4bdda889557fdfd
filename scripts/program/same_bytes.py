"""Other threads, parts, builds, orders of ties and locales give the same bytes."""

import collections
import itertools
import os
import shutil
import subprocess
import sys

from program.claims import (
    GATES, SCENARIOS, TIES, TIES_OF_RULES, TINY, builds, call, claim, contents, holds, loads, manifest_of, rows_of, run,
    same, same_result, skips, takes)


@claim
def threads_do_not_change_a_byte():
    for scenario in (TINY, TIES):
        for threads in "123":
            run(scenario, "--replications", 7, "--threads", threads, "--events", 5, "--out", threads)
            same_result("1", threads, f"{scenario.name}, {threads} threads")
        same(sorted(contents("1")), ["events.csv", "run.yaml", "series.csv", "summary.csv"])


@claim
def merged_parts_are_the_bytes_of_one_run():
    for size in (7, 13):
        run(TIES, "--replications", 2 * size, "--out", "whole")
        for part in range(2):
            run(TIES, "--replications", f"{part * size}..{part * size + size - 1}", "--out", f"p{part}")
        same(sorted(contents("p1")), ["part.nc", "run.yaml"])
        for order in (["p0", "p1"], ["p1", "p0/part.nc"]):
            done = call("merge", "--out", "m", *order)
            same((done.returncode, done.stderr), (0, ""))
            same(done.stdout, f"Ties in every minute\n{2 * size} replications joined; results in m\n")
            same_result("whole", "m", f"parts of {size}, {order}")


@claim
def one_part_and_many_parts_merge_alike():
    run(TIES, "--replications", 5, "--out", "whole")
    run(TIES, "--replications", "0..4", "--out", "one")
    for r in range(5):
        run(TIES, "--replications", f"{r}..{r}", "--out", f"r{r}")
    for parts in (["one"], ["r3", "r1", "r4", "r0", "r2"]):
        same(call("merge", "--quiet", "--out", "m", *parts).returncode, 0)
        same_result("whole", "m", parts)


@claim
def builds_write_the_same_bytes():
    if len(builds) == 1:
        skips.append("other builds: none was named")
        return
    for scenario in filter(loads, SCENARIOS):
        run(scenario, "--replications", 2, "--events", 1, "--out", "first")
        manifest = manifest_of("first")
        person_days = manifest["checks"]["person_minutes_counted"] // 1440  # all checked in some builds
        rows = contents("first")["series.csv"].count(b"\n")
        if manifest["events"] + person_days + rows > 1000000:
            skips.append(f"other builds with {scenario.name}: too large")
            continue
        for build in builds[1:]:
            run(scenario, "--replications", 2, "--events", 1, "--out", "other", build=build)
            same_result("first", "other", f"{scenario.name} with {build}")


@claim
def the_order_of_ties_does_not_matter():
    checking = [build for build in builds if takes(build, "--shuffle-ties")]
    if not checking:
        skips.append("shuffled ties: no build has --shuffle-ties")
    for scenario in (TIES, TIES_OF_RULES, GATES):
        run(scenario, "--events", 0, "--out", "plain")
        for build, salt in itertools.product(checking, (1, 2, 3, 18446744073709551615)):
            run(scenario, "--events", 0, "--shuffle-ties", salt, "--out", "shuffled", build=build)
            same_result("plain", "shuffled", f"{scenario.name}, salt {salt} with {build}")


@claim
def the_ties_scenario_has_ties_by_the_thousand():
    run(TIES, "--events", 0, "--out", "r")
    minutes = collections.Counter((row[4], row[0]) for row in rows_of("r/events.csv")[1:])
    ties = collections.Counter(event for (event, _), count in minutes.items() if count > 1)
    for event in ("placed", "waits", "status"):
        holds(ties[event] >= 1000, f"only {ties[event]} minutes have two or more of {event}")
    for event in ("arrived", "moved", "released", "refused", "sent_home", "called", "no_show"):
        holds(ties[event] > 0, f"no minute has two of {event}")


@claim
def the_ties_of_rules_have_swaps_and_moves_across_regions():
    run(TIES_OF_RULES, "--events", 0, "--out", "r")
    for indicator in ("swapped", "placements_across_regions", "out_of_category"):
        mean = next(float(row[3]) for row in rows_of("r/summary.csv") if row[1:3] == [indicator, "total"])
        holds(mean >= 100, f"{indicator} is {mean} only")


@claim
def the_locale_does_not_change_a_byte():
    run(TIES, "--out", "plain")
    there = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.lower()
    for name in ("nl_NL", "de_DE"):
        env = {**os.environ, "LC_ALL": f"{name}.UTF-8"}
        if f"{name.lower()}.utf" not in there:
            made = shutil.which("localedef") and subprocess.run(
                ["localedef", "-i", name, "-f", "UTF-8", f"./{name}.UTF-8"], capture_output=True)
            if not made or made.returncode != 0:
                skips.append(f"locale {name}: not here, and localedef cannot make it")
                continue
            env["LOCPATH"] = os.getcwd()
        comma = subprocess.run([sys.executable, "-c", "import locale; locale.setlocale("
                                "locale.LC_ALL, ''); print(locale.str(1.5))"],
                               capture_output=True, text=True, env=env).stdout
        same(comma, "1,5\n", f"{name} is in force")
        run(TIES, "--out", "r", env=env)
        same_result("plain", "r", name)
