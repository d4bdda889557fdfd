"""The scenarios of configs but the Dutch one itself, which stands in results: supply, policy, measures, plans, systems."""

import collections
import os
import pathlib
import re

import yaml

from program.claims import NETHERLANDS, ROOT, call, claim, holds, rows_of, run, same
from program.results import numbers_without_source

CONFIGS = sorted((ROOT / "configs").glob("*/*.yaml"))
CERTAIN = ("period.", "run.")  # the question, not the world


@claim
def every_scenario_has_no_errors_and_a_source_for_every_number():
    holds(len(CONFIGS) >= 20, f"{len(CONFIGS)} scenarios")
    for path in CONFIGS:
        done = call("check", path)
        same((done.returncode, done.stderr), (0, ""), path.name)
        for warning in (f"measures.{path.stem}", ": it places nobody", "are one group, in which"):
            holds(warning not in done.stdout, f"{path.name}: a warning")
        with open(path, encoding="utf-8") as file:
            same([found for found in numbers_without_source(yaml.safe_load(file))
                  if not found[0].startswith(CERTAIN) and not (".next." in found[0] and found[1] == 1)], [], path.name)


@claim
def the_docs_of_results_name_every_column_and_the_example_of_writing_runs():
    """An analyst finds each indicator of each file in docs/results.md; classes of waits by their first."""
    told = set(re.findall(r"`([a-z0-9_.]+)`", (ROOT / "docs/results.md").read_text(encoding="utf-8")))
    told |= {f"shortage{kind}{end[2:]}" for kind in ("", "_normal", "_catching_up") for end in told if end.startswith("..")}
    for name in ("netherlands", "supply/costs", "supply/unit_lost", "supply/cells_for_two", "supply/staff_2024",
                 "policy/forensic", "policy/returns", "policy/early_release", "plans/combination"):
        path = ROOT / f"configs/{name}.yaml"
        run(path, "--replications", 1, "--set", "period.end=2026-12-31", "--out", "r")
        stated = yaml.safe_load(path.read_text(encoding="utf-8")).get("costs", {}).get("compare", {})
        for table in ("r/series.csv", "r/summary.csv", "r/costs.csv", "r/measures.csv"):
            found = {row[1] for row in rows_of(table)[1:]} if os.path.exists(table) else set()
            same({indicator for indicator in found - told - set(stated) if not indicator.startswith("wait_from_")}, set(), path.name)
    example = (ROOT / "docs/writing.md").read_text(encoding="utf-8").split("```")[1]
    pathlib.Path("three_days.yaml").write_text(example.replace("configs/", f"{ROOT}/configs/"))
    call("compare", NETHERLANDS, "three_days.yaml", "--quiet", "--replications", 2, "--set", "period.end=2028-12-31", "--out", "c")
    less = {(row[0], row[1], row[2]): float(row[7] or "nan") for row in rows_of("c/compare.csv")[1:]}
    holds(-215 < less["2028", "need_normal", "total"] < -185, "three days of everybody")


@claim
def more_clinic_places_free_places_in_prison_one_for_one():
    """People who wait in prison for a clinic are fewer by the places more, and need by normal execution with them."""
    call("compare", ROOT / "configs/netherlands.yaml", ROOT / "configs/measures/clinic_places.yaml", "--quiet",
         "--replications", 3, "--set", "period.end=2030-12-31", "--out", "c")
    less = {(row[0], row[1], row[2]): float(row[7] or "nan") for row in rows_of("c/compare.csv")[1:]}
    same(less["2027", "need_normal", "total"], 0.0, "before the places are there")
    waiting, normal = (less["2030", name, group] for name, group in (("waiting_mean", "status.tbs"), ("need_normal", "total")))
    holds(-205 < waiting < -195 and abs(normal - waiting) < 2, f"{waiting} {normal}")
    holds(less["2030", "shortage", "total"] < waiting, "the shortage falls by more")


def places_of(events, status):
    """Where people of a status are put: {unit: how often}."""
    return collections.Counter(row[6] for row in events if row[4:6] == ["placed", status])


@claim
def juveniles_adults_and_aliens_share_places_both_ways():
    """A year with few youth places: young adults in adult wards, adults who go on to youth detention, minors who go on to
    a prison, arrested convicts and aliens in one ward. Adults never take a youth place."""
    run(ROOT / "configs/systems/together.yaml", "--set", "period.end=2026-12-31", "--set",
        "institutions.youth_institutions.units.all.places=330", "--events", 0, "--replications", 1, "--out", "r")
    events = rows_of("r/events.csv")[1:]
    young = places_of(events, "young_adult_remand")
    holds(young["youth_institutions.all"] > 100 and sum(young.values()) > young["youth_institutions.all"] + 20, young)
    same(set(places_of(events, "youth_remand")), {"youth_institutions.all"})
    histories = collections.defaultdict(list)
    for row in events:
        histories[tuple(row[1:4])].append(row[5])
    passed = collections.Counter()
    for history in histories.values():
        for before, after in (("remand", "youth_detention"), ("youth_remand", "sentenced_under_1y")):
            passed[after] += before in history and after in history
    holds(passed["youth_detention"] > 10 and passed["sentenced_under_1y"] > 2, passed)
    for status in ("alien", "fine_default"):
        holds(places_of(events, status)["detention_centre_rotterdam.shared_ward"] > 0, status)
    late, since = 0, {}  # aliens go first in their ward: few wait there longer than transport takes over a weekend
    for row in (row for row in events if row[5] == "alien"):
        late += row[4] == "placed" and int(row[0]) - since.get(tuple(row[1:4]), int(row[0])) > 3 * 1440
        since[tuple(row[1:4])] = int(row[0])
    holds(late < 40, f"{late} aliens wait more than three days")
    for status in ("remand", "sentenced_1_3y", "arrested_under_1y"):
        same([unit for unit in places_of(events, status) if unit.startswith(("youth", "harreveld"))], [], status)


@claim
def faster_treatment_frees_places_in_prison():
    """Of the same people in 12 replications: fewer wait in prison for a clinic and so fewer are held, with all else as it was."""
    call("compare", ROOT / "configs/netherlands.yaml", ROOT / "configs/measures/faster_forensic_flow.yaml", "--quiet",
         "--replications", 12, "--set", "period.end=2030-12-31", "--out", "c")
    rows = {(row[0], row[1], row[2]): row for row in rows_of("c/compare.csv")[1:]}
    for year in ("2027", "2030"):
        waiting, overdue, normal = (rows[year, name, group] for name, group in (
            ("waiting_mean", "status.tbs"), ("overdue_mean", "status.tbs"), ("need_normal", "total")))
        for row in (waiting, overdue, normal):
            holds(float(row[11]) < 0, f"{year} {row[1]}: the whole interval lies below 0, not {row[10:12]}")
        holds(abs(float(normal[7]) - float(waiting[7])) < 3, f"one for one: {waiting[7]} {normal[7]}")


def waits_for_a_clinic(path):
    """Of each wait of a tbs patient: from, until (None: goes on)."""
    under_way = {}
    for row in rows_of(path)[1:]:
        who, minute = tuple(row[1:4]), int(row[0])
        if row[5] == "tbs" and row[4] == "waits":
            under_way[who] = minute
        elif who in under_way and row[4] in ("placed", "released"):
            yield under_way.pop(who), minute
    yield from ((since, None) for since in under_way.values())


@claim
def what_is_overdue_follows_from_the_events():
    """People, time and money past 120 days of waiting, reckoned again day by day from each person's own history; who waits
    at the start does so from the first day on. Who waits is in no clinic, so in the wrong regime, just as long."""
    year, day, end = 365 * 1440, 1440, 2 * 365 * 1440
    run(ROOT / "configs/netherlands.yaml", "--set", "period.end=2027-12-31", "--set", "start.waiting.tbs.since=0 days", "--set",
        "statuses.tbs.waits.overdue={after: 120 days, compensation: {per_month: [300, 450, 600], rises_every: 60 days}}", "--set",
        "output.wrong_regime={passanten: {who: {status: tbs}, should_be_in: clinic}}",
        "--events", 0, "--replications", 1, "--out", "r")
    wanted = collections.Counter()
    for since, until in waits_for_a_clinic("r/events.csv"):
        bound, until = since + 120 * day, end if until is None else until
        for start in range(since, until, day):
            stop = min(start + day, until)
            midnight = min(-(-start // day) * day, stop)
            for a, b in ((start, midnight), (midnight, stop)):  # of one year, and on one side of the bound
                wanted["wrong", a // year] += b - a
                if a >= bound:
                    wanted["over", a // year] += b - a
                    wanted["euros", a // year] += (300, 450, 600)[min(2, (start - bound) // (60 * day))] / 43200 * (b - a)
        if bound < until:
            wanted["people", bound // year] += 1
    got = {(row[0], row[1]): float(row[3] or "nan") for row in rows_of("r/summary.csv")[1:] if row[2] in ("status.tbs", "who.passanten")}
    for number, name in enumerate(("2026", "2027")):
        holds(wanted["people", number] > 100, "enough of them")
        same(got[name, "overdue"], float(wanted["people", number]), name)
        for indicator, key in (("overdue_mean", "over"), ("wrong_regime_mean", "wrong")):
            holds(abs(got[name, indicator] * year - wanted[key, number]) < 3, f"{name} {indicator}: {wanted[key, number] / year}")
        holds(abs(got[name, "compensation"] - wanted["euros", number]) < 6, f"{name}: {wanted['euros', number]} euros")
