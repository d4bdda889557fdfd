"""What the files of a result say: complete, well formed, and the same as the events."""

import collections
import csv
import datetime
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

from program.claims import (
    HEADER, NETHERLANDS, ROOT, SCENARIOS, TIES, TINY, WORKS, call, claim, contents, holds, loads, manifest_of, rows_of, run, same,
    same_result, skips, without_scenario)

# Nobody waits for anybody, so that each person's history is his own.
NO_LIMITS = """\
title: Room for all
period: {start: 2026-01-01, end: 2026-03-31}
attributes: {sex: {man: 0.9, woman: rest}}
regimes: {ward: {places: unlimited}, clinic: {places: unlimited}}
statuses:
  patient:
    clock: arrival
    stay: {by: sex, man: {lognormal: {mean: 9 days, cv: 2}}, woman: {exponential: {mean: 12 days}}}
    next: {cured: 0.3, release: rest}
  cured: {stay: {uniform: {from: 1 day, to: 9 days}}}
flows:
  town: {status: patient, per_day: 20, weekday: [1, 1, 1, 1, 1, 0.5, 0.5]}
  country: {status: patient, per_day: 3}
placement:
  ill: {who: {status: patient}, to: [ward]}
  well: {who: {status: cured}, to: [clinic]}
"""


def check_numbers(row, place):
    for name, cell in zip(HEADER[2:], row[2:]):
        if name in ("sd_chance", "sd_inputs"):
            same(cell, "", f"{place}: {name}")
        else:
            holds(re.fullmatch(r"\d+\.\d+", cell), f"{place}: {name} is {cell!r}")
    quantiles = [float(cell) for cell in row[6:]]
    holds(quantiles == sorted(quantiles), f"{place}: quantiles fall")


def groups_of(rows, indicator):
    return {row[2] for row in rows if row[1] == indicator}


@claim
def what_has_no_effect_is_told_after_a_run_and_a_comparison():
    """Also where nobody ran check; ten lines at most, and nothing with --quiet."""
    lines = pathlib.Path(TINY).read_text()
    pathlib.Path("base.yaml").write_text(lines)
    pathlib.Path("idle.yaml").write_text(
        "extends: base.yaml\nunits: {spare: {regime: spare, places: 4}}\nregimes: {spare: {}}\n"
        "measures: {late: {kind: inflow, starts: 2199-01-01, factor: 2}}\n")
    told = ("Warning: unit spare: no rule lets anybody in\n"
            "Warning: measures.late: it is not in force within the period\n")
    done = call("run", "idle.yaml", "--replications", 1, "--out", "r")
    holds(told + "1 replications in" in done.stdout, done.stdout)
    holds("Warning" not in call("run", "base.yaml", "--replications", 1, "--out", "r").stdout, "nothing is wrong")
    done = call("compare", "base.yaml", "idle.yaml", "--replications", 1, "--out", "r")
    holds(told.replace("Warning", "Warning, in idle") + "2 scenarios of" in done.stdout, done.stdout)
    pathlib.Path("mended.yaml").write_text("extends: idle.yaml\nmeasures: {late: {starts: 2027-01-01}}\n")
    pathlib.Path("late.yaml").write_text("extends: mended.yaml\nmeasures: {late: {starts: 2199-01-01}, then: {"
                                         "kind: inflow, starts: 2198-01-01, factor: 2}}\n")
    spare, late, then = ("unit spare: no rule lets anybody in", "measures.late: it is not in force within the period",
                         "measures.then: it is not in force within the period")
    for files, wanted in (
            ("idle mended late", f"everywhere: {spare}|everywhere but in mended: {late}|in late: {then}"),
            ("mended idle base late", f"everywhere but in base: {spare}|in idle, late: {late}|in late: {then}"),
            ("late base", f"in the base: {spare}|in the base: {late}|in the base: {then}")):
        done = call("compare", *(f"{name}.yaml" for name in files.split()), "--replications", 1, "--out", "r")
        same(re.findall("Warning, (.*)", done.stdout), wanted.split("|"), files)
    for name, factor in (("more", 1.1), ("less", 0.9)):
        pathlib.Path(f"{name}.yaml").write_text(
            f"extends: base.yaml\nmeasures: {{a: {{kind: inflow, starts: 2027-01-01, factor: {factor}}}}}\n")
    pathlib.Path("both.yaml").write_text("extends: [more.yaml, less.yaml]\n")
    pathlib.Path("later.yaml").write_text("extends: more.yaml\nmeasures: {a: {starts: 2028-01-01}}\n")
    told = ("measures.a: more.yaml and less.yaml both say its kind, so that it is one measure, the second over the first; "
            "two need two names\n")
    holds(told in call("check", "both.yaml").stdout, "two measures of one name")
    holds("two names" not in call("check", "later.yaml").stdout, "one measure from another day on")
    holds("two names" not in call("check", "more.yaml", "--set", "measures.a.kind=inflow").stdout, "one of the command line")
    for name in "abcdef":
        pathlib.Path(f"{name}.yaml").write_text("extends: idle.yaml\nmeasures: {late: {starts: 2027-01-01}}\n")
    done = call("compare", *(f"{name}.yaml" for name in ["idle", *"abcdef"]), "--replications", 1, "--out", "r")
    holds(f"Warning, in the base: {late}\n" in done.stdout, done.stdout)
    names = "abcdefghijkl"
    pathlib.Path("many.yaml").write_text("extends: idle.yaml\nunits:\n" + "".join(
        f"  {name}: {{regime: spare, places: 4}}\n" for name in names))
    done = call("run", "many.yaml", "--replications", 1, "--out", "r")
    both = call("compare", "base.yaml", "many.yaml", "--replications", 1, "--out", "r").stdout
    same((both.count("Warning, in many: unit"), both.count("Warning: and 4 more that many has\n")), (10, 1))
    pathlib.Path("unpaid.yaml").write_text(
        "extends: base.yaml\nworks: {budget_per_year: 8, projects: {roof: {units: [ward_a], takes: {planned: 9 days}, "
        "start: {planned: 2026-02-01}, cost_per_year: 9}}}\n")
    told = "works roof: it costs more a year than any budget and never starts, nor do those behind it\n"
    holds(f"\n{told}" in call("check", "unpaid.yaml").stdout, "never paid, before a run")
    holds(f"Warning: {told}" in call("run", "unpaid.yaml", "--replications", 1, "--out", "r").stdout, "and after it")
    same((done.stdout.count("Warning: unit"), done.stdout.count("Warning: and 4 more\n")), (10, 1))


def lines_to_read_it(who):
    """What docs/results.md tells to type in a language."""
    block = (ROOT / "docs/results.md").read_text().partition("## Reading it")[2].split("```")[1]
    told, now = [], None
    for line in block.strip().split("\n"):
        now = line[:9].strip(" :") or now
        if now == who:
            told.append(line[9:])
    holds(told, f"there are lines of {who}")
    return told


@claim
def what_the_documents_say_of_reading_a_result_reads_it():
    pathlib.Path("base.yaml").write_text(NO_LIMITS + "output: {shortages: {normal: true}}\n")
    run("base.yaml", "--replications", 2, "--out", "r")
    call("compare", "base.yaml", "base.yaml", "--replications", 2, "--out", "c")
    pathlib.Path("r/compare.csv").write_bytes(pathlib.Path("c/compare.csv").read_bytes())
    rows = {tuple(row[:3]): row[3] for row in rows_of("r/summary.csv")}
    wanted = f"{float(rows['2026', 'need_normal', 'total']):.5f}\n"
    usable = len([row for row in rows_of("r/series.csv") if row[1:3] == ["usable", "total"]])
    holds(usable == 90, f"a row a day: {usable}")
    scripts = {
        "python3": ([sys.executable, "-c"], 'print(f"{float(rows[0][\'mean\']):.5f}")'),
        "pandas": ([sys.executable, "-c"], "print(f'{table.pivot(index=\"year\", columns=\"indicator\", values=\"mean\")"
                                           f".loc[\"2026\", \"need_normal\"]:.5f}}' if len(days) == {usable} else days)"),
        "R": (["Rscript", "-e"], 'cat(sprintf("%.5f\\n", table$mean[table$year == "2026"]))')}
    for who, (command, ask) in scripts.items():
        if who == "pandas" and not importlib.util.find_spec("pandas") or not shutil.which(command[0]):
            skips.append(f"reading a result with {who}: it is not here")
            continue
        text = "\n".join([*lines_to_read_it(who), ask])
        done = subprocess.run([*command, text], capture_output=True, text=True, cwd="r", timeout=300)
        same((done.returncode, done.stdout[-len(wanted):]), (0, wanted), f"{who}: {done.stderr}")


@claim
def series_are_complete_and_well_formed():
    run(TIES, "--out", "r", "--set", "period.warm_up=10 days")
    header, *rows = rows_of("r/series.csv")
    same(header, ["date", *HEADER])
    for number, row in enumerate(rows, 2):
        same(len(row), len(header), f"line {number}")
        check_numbers(row[1:], f"series.csv:{number}")
    first, last = datetime.date(2026, 3, 12), datetime.date(2026, 4, 12)
    dates = [(first + datetime.timedelta(days=d)).isoformat() for d in range((last - first).days + 1)]
    kinds = [(row[1], row[2]) for row in rows if row[0] == dates[0]]
    same(len(set(kinds)), len(kinds), "each once")
    same([tuple(row[:3]) for row in rows], [(date, *kind) for date in dates for kind in kinds])
    status = {f"status.{name}" for name in ("remand", "again", "sentenced", "called", "short")}
    offence = {f"offence.{name}" for name in ("violence", "property", "other")}
    regime = {f"regime.{name}" for name in ("house", "prison", "small", "open")}
    people = {"total"} | status | offence
    same(groups_of(rows, "present"), people | regime | {"regime.police_cell"})
    same(groups_of(rows, "waiting_mean"), people)
    same(groups_of(rows, "usable"), {"total"} | regime)
    for indicator in ("outside", "over_limit_mean", "placements"):
        same(groups_of(rows, indicator), {"total"})
    header, *rows = rows_of("r/summary.csv")
    same(groups_of(rows, "placements"), {"total"} | status)


@claim
def rows_of_month_ends_stand_on_month_ends():
    """tiny from 15 March to 14 May: 31 March and 30 April end a month."""
    run(TINY, "--replications", 2, "--out", "r", "--set", "output.month_end=[unit, regime]", "--set",
        "period.warm_up=0 days", "--set", "period.start=2026-03-15", "--set", "period.end=2026-05-14")
    _, *rows = rows_of("r/series.csv")
    same(sorted({row[0] for row in rows if row[2].startswith(("unit.", "regime."))}), ["2026-03-31", "2026-04-30"])
    same(len({row[0] for row in rows}), 61)


@claim
def merged_month_ends_code_black_and_shortages_are_the_bytes_of_one_run():
    options = ["--set", "output.daily=[status]", "--set", "output.daily_mean=[total]", "--set",
               "output.month_end=[institution, unit, regime]", "--set",
               "output.code_black={occupancy: {at_least: 0.9}, police_cells: {at_least: 1}}", "--set",
               "output.shortages={normal: true, catching_up: 60 days}"]
    run(TIES, "--replications", 4, "--out", "whole", *options)
    run(TIES, "--replications", "0..2", "--out", "a", *options)
    run(TIES, "--replications", "3..3", "--out", "b", *options)
    call("merge", "a", "b", "--out", "merged")
    same_result("whole", "merged")
    black = [row for row in rows_of("whole/summary.csv") if row[:2] == ["all", "code_black"]]
    holds(0 < float(black[0][3]), "no day of code black")


@claim
def shortages_that_are_asked_for_leave_all_other_rows_as_they_are():
    asked = ["--set", "output.shortages={normal: true, catching_up: 60 days}"]
    for name, options in (("without", []), ("with", asked)):
        run(WORKS, "--replications", 4, "--out", name, *options)
    for file in ("series.csv", "summary.csv"):
        rows = rows_of(f"with/{file}")
        more = [row for row in rows if re.match("(need|shortage)_(normal|catching_up)", row[1])]
        same([row for row in rows if row not in more], rows_of(f"without/{file}"))
        same({row[2] for row in more if row[1] == "shortage_normal"}, {row[2] for row in rows if row[1] == "shortage"})
    same({row[1] for row in more if row[0] == "all"},
         {f"{what}_{of}{tail}" for of in ("normal", "catching_up") for what, tail in
          (("need", ""), ("shortage", ""), ("shortage", "_chance"), ("shortage", "_days"), ("shortage", "_begins"),
           ("shortage", "_first_day"))})


@claim
def institutions_in_the_summary_are_the_mean_of_their_month_ends():
    run(WORKS, "--set", "output.month_end=[institution, unit]", "--out", "out")
    ends = collections.defaultdict(list)
    for date, indicator, group, mean, *_ in rows_of("out/series.csv")[1:]:
        if group.split(".")[0] in ("institution", "unit"):
            ends[date[:4], indicator, group].append(float(mean))
    means = {tuple(row[:3]): float(row[3]) for row in rows_of("out/summary.csv")[1:] if row[3]}
    holds(len(ends) > 20, "rows by institution")
    for key, values in ends.items():
        holds(abs(means[key] - sum(values) / len(values)) < 0.001, f"{key}")


@claim
def works_are_merged_to_the_bytes_of_one_run():
    for name, options in (("whole", []), ("two", ["--threads", 2]), ("a", ["--replications", "0..4"]),
                          ("b", ["--replications", "5..7"])):
        run(WORKS, *options, "--out", name)
    call("merge", "a", "b", "--out", "merged")
    same_result("whole", "merged")
    same_result("whole", "two")
    holds(len(rows_of("whole/works.csv")) > 20, "works.csv")


@claim
def a_programme_without_projects_gives_the_same_bytes():
    run(TIES, "--replications", 3, "--out", "without")
    run(TIES, "--replications", 3, "--set", "works={budget_per_year: 75000000, projects: {}}", "--out", "empty")
    for file in ("series.csv", "summary.csv"):
        same(contents("without")[file], contents("empty")[file])
    holds("works.csv" not in contents("empty"), "no works.csv")


def numbers_without_source(node, path=(), has_source=False):
    """Paths of the numbers above which no mapping states a source."""
    if isinstance(node, dict):
        has_source = has_source or "source" in node
        for key, value in node.items():
            yield from numbers_without_source(value, (*path, str(key)), has_source)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from numbers_without_source(value, (*path, str(index)), has_source)
    elif not has_source and (isinstance(node, (int, float)) and not isinstance(node, bool)
                             or isinstance(node, str) and re.match(r"\d", node)):
        yield ".".join(path), node


@claim
def the_dutch_scenario_has_90_units_for_both_sexes_and_a_source_for_every_number():
    with open(f"{ROOT}/configs/data/institutions.csv", newline="", encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    with open(NETHERLANDS, encoding="utf-8") as file:
        scenario = yaml.safe_load(file)
    written = [unit for name, house in scenario["institutions"].items() if name != "csv"
               for unit in house.get("units", {}).values()]
    holds(len(units) + len(written) >= 90, f"{len(units)} and {len(written)} units")
    for sex in ("man", "woman"):
        holds(sum(int(unit["places"]) for unit in units if unit["sex"] == sex) >= 500, f"places for {sex}")
    for unit in units:
        holds(unit["source"] and unit["confidence"], f"no source: {unit['institution']} {unit['regime']}")
    free = ("period.", "run.")  # the question, not the world; so is what happens for certain
    same([found for found in numbers_without_source(scenario)
          if not found[0].startswith(free) and not (".next." in found[0] and found[1] == 1)], [])


@claim
def a_summary_has_each_year_and_all():
    run(TINY, "--replications", 3, "--out", "r")
    header, *rows = rows_of("r/summary.csv")
    same(header, ["year", *HEADER])
    years = [*(str(year) for year in range(2027, 2036)), "all"]
    kinds = [(row[1], row[2]) for row in rows if row[0] == "all"]
    same([tuple(row[:3]) for row in rows], [(year, *kind) for year in years for kind in kinds])
    for number, row in enumerate(rows, 2):
        same(len(row), len(header), f"line {number}")
        if row[1] == "shortage_first_day":  # there is none
            same(row[3:], [""] * 9)
        else:
            check_numbers(row[1:], f"summary.csv:{number}")
    mean = {tuple(row[:3]): float(row[3]) for row in rows if row[3]}
    for indicator in ("arrivals", "placements", "waits_ended"):
        group = "status.patient"
        parts = sum(mean[year, indicator, group] for year in years[:-1])
        holds(abs(mean["all", indicator, group] - parts) < 0.01, f"{indicator}: the years add up to all")


@claim
def the_counts_of_a_day_and_of_a_year_are_those_of_the_events():
    for r in range(2):  # one replication each: its mean is its number
        run(TIES, "--replications", 1, "--seed", r, "--events", 0, "--out", "r")
        start = datetime.date(2026, 3, 2)
        events = collections.Counter()
        unit_of = collections.defaultdict(str)
        for minute, stream, date, point, event, status, unit in rows_of("r/events.csv")[1:]:
            day = (start + datetime.timedelta(days=int(minute) // 1440)).isoformat()
            # Who was there at the start is put in his place; he did not arrive, nor was he placed.
            at_start = int(minute) == 0 and "/" in stream and event in ("arrived", "placed")
            # Who may stay where he is gets a place of his own, but no other one.
            stays = event == "placed" and unit == unit_of[stream, date, point]
            unit_of[stream, date, point] = unit
            if not at_start and not stays:
                events[day, event, "total"] += 1
                events["2026", event, f"status.{status}"] += 1
        of = {"arrivals": "arrived", "placements": "placed", "refused": "refused", "released": "released",
              "called": "called", "no_show": "no_show", "sent_home": "sent_home"}
        compared = collections.Counter()
        by_status = [row for row in rows_of("r/summary.csv") if row[0] == "2026" and row[2] != "total"]
        for date, indicator, group, mean, *_ in rows_of("r/series.csv")[1:] + by_status:
            if indicator in of:
                same(float(mean), float(events[date, of[indicator], group]), f"{date} {indicator} {group}")
                compared[indicator] += float(mean) > 0
        for indicator in of:
            holds(compared[indicator] > 0, f"some {indicator}")


@claim
def need_and_shortage_are_those_of_the_events():
    """Counted again from who went where, for two groups of places of the scenario with every rung of the ladder."""
    run(ROOT / "tests/scenarios/reference/ladders.yaml", "--replications", 1, "--events", 0, "--out", "r", "--set",
        "output.stand_in=[[remand], [other]]")
    places = {"remand": 17, "other": 4}
    where, rows, counted, seen = {}, rows_of("r/events.csv")[1:], {}, collections.Counter()
    start = datetime.date(2026, 1, 1)
    for day in range(365):
        while rows and int(rows[0][0]) < (day + 1) * 1440:
            _, stream, date, point, event, _, unit = rows.pop(0)
            gone = event in ("released", "refused")
            where[stream, date, point] = None if gone else "home" if event == "sent_home" else unit
        now = collections.Counter(where.values())
        need = {"other": now["elsewhere"], "remand": now["house_a"] + now["house_b"] + now["cell"] + now["home"]}
        short = {group: max(0, need[group] - places[group]) for group in need}
        date = (start + datetime.timedelta(days=day)).isoformat()
        counted |= {(date, "cell", "total"): now["cell"], (date, "at_home", "total"): now["home"],
                    (date, "need", "total"): sum(need.values()), (date, "shortage", "total"): sum(short.values())}
        for group in need:
            counted |= {(date, "need", f"stand_in.{group}"): need[group],
                        (date, "shortage", f"stand_in.{group}"): short[group]}
    found = {tuple(row[:3]): float(row[3]) for row in rows_of("r/series.csv")[1:]}
    for place, value in counted.items():
        same(found[place], float(value), " ".join(place))
        seen[place[1:]] += value > 0
    for indicator, days in (("cell", 200), ("at_home", 100), ("shortage", 100)):
        holds(seen[indicator, "total"] > days, f"{indicator} on {seen[indicator, 'total']} days")


@claim
def the_manifest_runs_again_to_the_same_bytes():
    run(TIES, "--replications", 3, "--seed", 9, "--out", "a", "--set", "flows.remand.per_day=100")
    manifest = manifest_of("a")
    same((manifest["replications"], manifest["seed"], "celsim " + manifest["celsim"] + "\n"),
         (3, 9, call("--version").stdout))
    text = pathlib.Path("a/run.yaml").read_text().split("scenario:\n")[1]
    pathlib.Path("again.yaml").write_text(re.sub("^  ", "", text, flags=re.M))
    run("again.yaml", "--replications", 3, "--seed", 9, "--out", "b")
    same_result("a", "b", "the digest too")
    # As another program writes it: other order of lines within a value, quotes and braces.
    with open("dumped.yaml", "w") as file:
        yaml.safe_dump(manifest["scenario"], file, sort_keys=False)
    run("dumped.yaml", "--replications", 3, "--seed", 9, "--out", "c")
    same(without_scenario("a"), without_scenario("c"))
    timing = yaml.safe_load(open("a/timing.yaml"))
    same(timing["command"][1:], ["run", str(TIES), "--replications", "3", "--seed", "9", "--out", "a",
                                 "--set", "flows.remand.per_day=100", "--quiet"])


@claim
def other_scenarios_have_other_digests():
    digests = set()
    for words in ([], ["--set", "flows.patients.per_day=9"], ["--set", "title=Two"]):
        run(TINY, "--replications", 1, "--out", "r", *words)
        digests.add(manifest_of("r")["digest"])
    same(len(digests), 3)
    run(TINY, "--replications", 1, "--seed", 2, "--out", "r")
    holds(manifest_of("r")["digest"] in digests, "the seed of the command line is no part of it")


@claim
def nobody_is_lost():
    right = list(filter(loads, SCENARIOS))
    holds(len(right) >= 2, "some scenarios load")
    for scenario in right:
        run(scenario, "--replications", 2, "--out", "r")
        checks = manifest_of("r")["checks"]
        came = checks["start"] + checks["arrivals"] + checks.get("returns", 0)
        same(came, sum(checks[name] for name in ("held", "cell", "outside", "left")), scenario.name)
        same(checks["person_minutes_counted"], checks["person_minutes_of_stays"], scenario.name)
        holds(came > 0, f"{scenario.name}: somebody came")


@claim
def more_arrivals_leave_those_who_came_anyway_alone():
    pathlib.Path("s.yaml").write_text(NO_LIMITS)
    people = []
    for per_day in (20, 27.5, 90):
        run("s.yaml", "--events", 0, "--replications", 1, "--out", "r", "--set", f"flows.town.per_day={per_day}")
        histories = collections.defaultdict(list)
        for row in rows_of("r/events.csv")[1:]:
            # That he waited for no minute is told only when others sought a place in that minute too.
            if row[4] != "waits":
                histories[tuple(row[1:4])].append((row[0], *row[4:]))
        people.append(histories)
    for few, many in zip(people, people[1:]):
        holds(1500 < len(few) < len(many), "there are more")
        for who, history in few.items():
            same(many[who], history, f"{who} has another history")


SUPPLY = """
period: {start: 2026-01-01, end: 2027-03-31, warm_up: 31 days}
run: {replications: 6, seed: 3}
regimes:
  house: {staff_per_place: 0.6, cost_per_day: {built: 140, occupied: {2026: 200, 2027: 210.5}}}
  cell: {places: unlimited, emergency: true, cost_per_day: {occupied: 400}}
institutions:
  north: {units: {a: {regime: house, places: 20, on_shrink: transfer}, b: {regime: house, places: 20}}}
statuses:
  held: {clock: arrival, stay: {exponential: {mean: 20 days}}, waits: {in: cell, limit: 9 days, at_limit: [stay]}}
flows: {held: {status: held, per_day: 1.8}}
placement: {all: {to: [house]}}
start: {present: {held: {persons: 30}}}
works:
  budget_per_year: 500000
  projects:
    roof: {units: [north.a], start: {planned: 2026-05-01, slip: {exponential: {mean: 60 days}}}, takes: {planned: 90 days},
           cost_per_year: 500000, one_off: 1234.56}
staff: {default: {leave_per_year: 0.1}, cost_per_fte: 85000}
costs: {price_year: 2026, compare: {promise: {2026: 1000000, 2027: 2000000}}}
"""


@claim
def costs_add_up_and_are_the_bytes_of_one_run_when_merged():
    pathlib.Path("supply.yaml").write_text(SUPPLY, encoding="utf-8")
    run("supply.yaml", "--out", "whole")
    run("supply.yaml", "--replications", "0..3", "--out", "a")
    run("supply.yaml", "--replications", "4..5", "--out", "b", "--threads", "2")
    call("merge", "a", "b", "--out", "merged")
    same_result("whole", "merged")
    mean = {tuple(row[:3]): int(row[3]) for row in rows_of("whole/costs.csv")[1:]}
    for year in ("2026", "2027", "all"):
        items = [value for (when, item, group), value in mean.items()
                 if (when, group) == (year, "total") and item != "total"]
        holds(abs(sum(items) - mean[year, "total", "total"]) <= len(items), f"items of {year}")
        groups = [value for (when, item, group), value in mean.items()
                  if (when, item) == (year, "total") and group != "total"]
        holds(abs(sum(groups) - mean[year, "total", "total"]) <= len(groups), f"groups of {year}")
    same(mean["all", "promise", "compare"], 3000000, "both years")
    same(mean["2026", "built", "institution.north"], 40 * 140 * 334, "February to December")
    same(mean["2026", "one_off", "institution.north"], 1235, "1,234.56 euros in each replication")
