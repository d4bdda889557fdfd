"""Laws that hold in each scenario, tested on one that has every feature.

What touches nobody changes no history; more arrivals change nobody who came anyway; a place is empty only for its
turnover; whatever is wrong in a scenario is told with its place."""

import collections
import csv
import datetime
import io
import pathlib
import re
import shutil

from program.claims import BROKEN, ROOT, call, claim, contents, holds, manifest_of, rows_of, run, same, same_result

TEXT = (ROOT / "tests/scenarios/keys.yaml").read_text(encoding="utf-8")
# Every feature on top of a little of everything.
FEATURES = [word for path in (
    "regimes.house.intake={hours: [8, 18], days: [mon, tue, wed, thu, fri], per_day: 3}",
    "institutions.alpha.units.house.changes=[{from: 2026-03-01, to: 2026-06-30, places: -8, why: works}]",
    "institutions.alpha.units.house.on_shrink=transfer",
    "institutions.alpha.units.prison.changes=[{from: 2026-05-01, places: 6}, {from: 2026-10-01, places: -9, why: staff}]",
    "institutions.alpha.units.prison.on_shrink=hold",
    "units.open_house.changes=[{from: 2026-08-01, to: 2026-08-01, places: -12, why: damage}]",
    "units.open_house.drain=14 days",
    "regimes.house.two_in_a_cell={who: {area: north}, from: 2026-02-01}",
    "institutions.alpha.units.house.for_two=8",
    "statuses.reporter.waits={in: outside, leaves: {lapsed: {per_year: 0.5, next: release}, caught: {per_year: 1, next: "
    "arrested}}}",
    "statuses.sentenced.further_titles={chance: 0.2, draws_from: reporter}",
    "statuses.remand.waits.at_limit=[out_of_category, sent_home]",
    "placement.sentenced.near=area",
    "placement.late={who: {status: remand}, to: [prison], after: 4 days}",
    "placement.early={who: {status: sentenced}, to: [low], at: 20 days before release}",
    "transport={per_day: 4, days: [mon, tue, wed, thu, fri]}",
    "run.replications=10",
    "output.month_end=[institution, unit]",
    "output.daily_mean=[total]",
    "output.code_black={occupancy: {at_least: 0.9}, police_cells: {at_least: 1}}",
    "output.shortages={normal: true, catching_up: 60 days}",
    "uncertainty={per_draw: 10, inputs: {statuses.reporter.sentence: {scale: {uniform: {from: 0.8, to: 1.2}}}}}",
) for word in ("--set", path)]
SHORT = ["--set", "period.end=2026-12-31"]
NOBODY = "{sex: woman, area: nowhere}"  # with areas={.., nowhere: 0}


def scenario(name="full.yaml", *changes):
    """The scenario with texts replaced."""
    text = TEXT
    for old, new in changes:
        same(text.count(old), 1, f"{old!r} stands there once")
        text = text.replace(old, new)
    pathlib.Path(name).write_text(text, encoding="utf-8")
    return name


def history(name, *sets, replication=0, replications=10):
    """events.csv of a replication, and the results."""
    out = f"{name}.out"
    shutil.rmtree(out, ignore_errors=True)
    run(name, *FEATURES, *SHORT, *sets, "--replications", replications, "--events", replication, "--out", out)
    return contents(out)


def table(data):
    return {tuple(row[:3]): row[3:] for row in csv.reader(io.StringIO(data.decode()))}


# -- what touches nobody ----------------------------------------------------------------------------

GHOST = ("statuses:\n", "statuses:\n  ghost: {stay: 5 days}\n")
NOWHERE = ("area: {north: 0.5, south: rest}", "area: {north: 0.5, nowhere: 0, south: rest}")


@claim
def the_scenario_of_the_laws_has_every_feature_at_work():
    result = table(history(scenario())["summary.csv"])
    for indicator in ("swapped", "transferred", "placements_across_regions", "left_queue", "called", "no_show", "sent_home",
                      "over_capacity", "late", "unpaired", "placements", "code_black", "shortage"):
        found = [key for key in result if key[0] == "all" and key[1] == indicator and key[2] == "total"]
        holds(found and float(result[found[0]][0]) > 0, f"{indicator}: {[result[key][:1] for key in found]}")


@claim
def what_touches_nobody_changes_no_history():
    # Titles are taken by people of the same attributes, so that one more attribute does touch them.
    untitled = "statuses.sentenced.further_titles=remove"
    plain, alone = history(scenario())["events.csv"], history(scenario(), "--set", untitled)["events.csv"]
    holds(plain.count(b"\n") > 2000, "there is something to change")
    first = "placement:\n"
    for what, changes, sets in (
            ("a rule before all others", [GHOST, (first, first + "  aaa: {who: {status: ghost}, to: [house, low]}\n")], []),
            ("a rule with a date", [GHOST], ["placement.aaa={who: {status: ghost}, to: [low], after: 1 day}"]),
            ("a rule before release", [GHOST], ["placement.aaa={who: {status: ghost}, to: [low], at: 9 days before release}"]),
            ("a flow without people", [], ["flows.aaa={status: remand, per_day: 0}"]),
            ("a flow of people who need nothing", [], ["statuses.ghost={clock: arrival, stay: 5 days}",
                                                       "flows.aaa={status: ghost, per_day: 3}",
                                                       "placement.reporter.who={status: reporter}"]),
            ("a start group of nobody", [], ["start.present.aaa={status: remand, persons: 0}"]),
            ("an attribute", [], ["attributes.aaa={small: 0.5, large: rest}", untitled]),
            ("a regime", [], ["regimes.aaa={}"]),
            ("cells for two where nobody asks who shares", [], ["institutions.beta.units.prison.for_two=3"]),
            ("sharing where no cell is for two", [], ["regimes.other.two_in_a_cell={}"]),
            ("sharing without cells for two where they are elsewhere", [], ["regimes.prison.two_in_a_cell={}",
                                                                            "units.shed.for_two=1"]),
            ("a unit without places", [], ["units.aaa={regime: prison, places: 0}"]),
            ("a unit that admits nobody", [NOWHERE], [f"units.aaa={{regime: prison, places: 9, admits: {NOBODY}}}"]),
            ("a reason to leave that is none", [], ["statuses.reporter.waits.leaves.aaa={per_year: 0, next: release}"]),
            ("a change of places after the end", [], ["units.shed.changes=[{from: 2029-01-01, places: -1, why: works}]"])):
        got = history(scenario("other.yaml", *changes), *[word for path in sets for word in ("--set", path)])["events.csv"]
        if what == "a flow of people who need nothing":
            got = b"".join(line for line in got.splitlines(True) if b",aaa," not in line)
        wanted = alone if untitled in sets else plain
        if got != wanted:
            a, b = wanted.splitlines(), got.splitlines()
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            raise AssertionError(f"{what}: line {at + 1}: {a[at:at + 1]}, now {b[at:at + 1]}")


@claim
def a_unit_that_nobody_may_use_changes_no_other_number():
    """Byte by byte, but for its own rows and the places that are built and usable."""
    own = {"usable", "built", "unpaired"}
    for what, changes, sets in (
            ("it admits nobody who comes", [NOWHERE], [f"units.aaa={{regime: prison, places: 50, admits: {NOBODY}}}"]),
            ("it has cells for two, as no other", [NOWHERE],
             ["regimes.prison.two_in_a_cell={}", f"units.aaa={{regime: prison, places: 50, for_two: 20, admits: {NOBODY}}}"]),
            ("no rule leads to its regime", [], ["regimes.aaa={}", "units.aaa={regime: aaa, places: 50}"]),
            ("it admits a status with other places", [], ["units.aaa={regime: low, places: 50, admits: {status: remand}}"])):
        before = history(scenario(changes and "nowhere.yaml" or "plain.yaml", *changes))
        after = history(scenario("other.yaml", *changes), *[word for path in sets for word in ("--set", path)])
        for name in ("events.csv", "series.csv", "summary.csv"):
            if name == "events.csv":
                holds(before[name] == after[name], f"{what}: {name}")
                continue
            old, new = table(before[name]), table(after[name])
            wrong = [key for key in old if key[1] not in own and old[key] != new.get(key)]
            same([(key, old[key], new.get(key)) for key in wrong[:3]], [], f"{what}: {name}, {len(wrong)} rows")
            added = [key for key in new if key not in old and key[1] not in own and "aaa" not in key[2]]
            same(added[:3], [], f"{what}: {name}, rows that are new")


@claim
def a_drain_of_no_days_is_none():
    changes = "institutions.beta.units.house.changes=[{from: 2026-04-01, to: 2026-05-31, places: -6, why: works}]"
    none = history(scenario(), "--set", changes)
    zero = history(scenario(), "--set", changes, "--set", "institutions.beta.units.house.drain=0 days")
    some = history(scenario(), "--set", changes, "--set", "institutions.beta.units.house.drain=30 days")
    for name in ("events.csv", "series.csv", "summary.csv"):
        holds(none[name] == zero[name], f"{name}: a drain of 0 days changes it")
    holds(none["series.csv"] != some["series.csv"], "one of 30 days does")


# -- cells for two ----------------------------------------------------------------------------------

ALPHA, BETA = "institutions.alpha.units.prison", "institutions.beta.units.prison"


def series(result, *indicators):
    """Means by day, of all."""
    rows = table(result["series.csv"])
    return {(day, what): float(row[0]) for (day, what, group), row in rows.items() if group == "total" and what in indicators}


@claim
def where_everybody_may_share_the_same_people_come_and_go_as_without_the_key():
    """As long as fewer places are second than first. What counts is what is usable without the key, less second places
    for which there are not enough people."""
    two = ["--set", f"{ALPHA}.for_two=7", "--set", f"{BETA}.for_two=2"]
    before = history(scenario(), *two)
    after = history(scenario(), *two, "--set", "regimes.prison.two_in_a_cell={}")
    holds(before["events.csv"].count(b"alpha.prison") > 100, "the unit is used")
    holds(before["events.csv"] == after["events.csv"], "events.csv")
    usable, counted = (series(result, "usable", "unpaired", "late") for result in (before, after))
    days = [day for day, what in usable if what == "late" and usable[day, what] == counted[day, what] == 0]
    holds(len(days) > 200, f"{len(days)} days without late places")
    for day in days:
        together = [round(rows[day, "usable"] + rows[day, "unpaired"], 3) for rows in (usable, counted)]
        same(together[1], together[0], day)
    equal = sum(usable[day, "usable"] == counted[day, "usable"] for day in days)
    holds(50 < equal < len(days), f"all places count on {equal} of {len(days)} days")


@claim
def where_nobody_may_share_there_are_only_first_places():
    nobody = ["--set", "regimes.prison.two_in_a_cell={who: {status: ankle}}", "--set", f"{BETA}.for_two=2"]
    two, four = history(scenario(), *nobody), history(scenario(), "--set", f"{BETA}.places=4")
    holds(two["events.csv"] == four["events.csv"], "events.csv")
    one, other = table(two["series.csv"]), table(four["series.csv"])
    same([key for key in other if one[key] != other[key] and key[1] not in ("built", "unpaired")][:3], [], "series.csv")
    holds(history(scenario())["events.csv"] != four["events.csv"], "the two places are used otherwise")


# -- more people ------------------------------------------------------------------------------------

# Nobody waits for anybody: units far larger than the people, gates that know hours and days and no number.
ROOM = """\
title: Room for all, by all rules
period: {start: 2027-12-15, end: 2028-06-30}
run: {replications: 2, seed: 11}
attributes: {sex: {man: 0.9, woman: rest}, area: {north: 0.4, south: rest}}
regimes:
  house: {intake: {hours: [8, 18], days: [mon, tue, wed, thu, fri]}, turnover: 10 hours}
  prison: {}
  low: {turnover: 1 day}
  cell: {places: unlimited, emergency: true}
units:
  house_n: {regime: house, places: 9000, region: north, changes: [{from: 2028-02-29, to: 2028-02-29, places: -900, why: works}]}
  house_s: {regime: house, places: 9000, region: south}
  prison_n: {regime: prison, places: 9000, region: north, on_shrink: hold, changes: [{from: 2028-03-01, places: -900, why: staff}]}
  prison_s: {regime: prison, places: 9000, region: south, drain: 20 days, changes: [{from: 2028-03-01, places: -90, why: lost}]}
  low_a: {regime: low, places: 9000}
statuses:
  remand:
    clock: arrival
    served: true
    stay: {by: sex, man: {lognormal: {mean: 20 days, cv: 1}}, woman: {exponential: {mean: 12 days}}}
    waits: {in: cell, limit: 1 day, at_limit: [out_of_category, sent_home], leaves: {freed: {per_year: 60, next: release}}}
    sent_home: {back_after: {uniform: {from: 1 day, to: 20 days}}}
    next: {by: sex, man: {sentenced: 0.6, release: rest}, woman: {sentenced: 0.2, release: rest}}
  sentenced:
    clock: custody
    sentence: {gamma: {mean: 60 days, cv: 1}}
    release: {conditional: [{up_to: 30 days, remits: 0}, {remits: 1/3, of_part_above: 20 days}], granted: 0.7, weekend: friday}
    waits: {in: present_place}
flows:
  town: {status: remand, per_day: 6, weekday: [1, 1, 1, 1, 1, 0.5, 0.5], spread: {cv_per_year: 0.2}}
  country: {status: remand, per_year: {2027: 300, 2028: 500}}
placement:
  remand: {who: {status: remand}, to: [house], out_of_category: [low], near: area}
  sentenced: {who: {status: sentenced}, to: [prison], near: area}
  early: {who: {status: sentenced, sex: man}, to: [low], at: 15 days before release}
transport: {days: [mon, tue, thu, fri, sun]}
start: {present: {remand: {persons: 40}, sentenced: {persons: 30}}}
uncertainty: {per_draw: 1, inputs: {flows.country.per_year: {scale: {uniform: {from: 0.7, to: 1.3}}}}}
"""


def lives(name, *words):
    """The history of each person by key."""
    run(name, "--events", 1, "--out", "r", *words)
    found = collections.defaultdict(list)
    for row in rows_of("r/events.csv")[1:]:
        if row[4] != "waits":  # who waited for no minute is told only when others sought a place in that minute
            found[tuple(row[1:4])].append((row[0], *row[4:]))
    return found


@claim
def more_arrivals_leave_whole_lives_as_they_were_where_nothing_is_scarce():
    """A unit with most free places depends on others: so units are told by their regime."""
    pathlib.Path("room.yaml").write_text(ROOM, encoding="utf-8")
    people = [lives("room.yaml", "--set", f"flows.town.per_day={rate}") for rate in (6, 9.5, 31)]
    for few, many in zip(people, people[1:]):
        holds(1000 < len(few) < len(many), f"{len(few)} people and {len(many)}")
        for who, life in few.items():
            same(many[who], life, f"{who} has another history")
    seen = collections.Counter(event[1] for life in people[0].values() for event in life)
    for event in ("arrived", "placed", "status", "moved", "released", "sent_home"):
        holds(seen[event] > 0, f"nobody has {event}: {seen}")


@claim
def more_arrivals_leave_the_arrivals_as_they_were_where_all_is_scarce():
    def arrivals(*words):
        rows = csv.reader(io.StringIO(history(scenario(), *words, replication=7)["events.csv"].decode()))
        return {tuple(row[1:4]): (row[0], row[5]) for row in rows if row[4] == "arrived"}

    few, many = arrivals(), arrivals("--set", "flows.remand.per_day=2.9")
    holds(700 < len(few) < len(many), f"{len(few)} people and {len(many)}")
    same({who: many.get(who) for who in few}, few)


# -- places that are always asked for ---------------------------------------------------------------

CROWD = """\
title: More people than will ever fit
period: {start: 2027-12-31, end: 2028-12-30}
run: {replications: 1, seed: 5}
regimes: {ward: {turnover: 10 hours}}
units: {ward: {regime: ward, places: 20}}
statuses: {patient: {stay: {exponential: {mean: 9 days}}, waits: {in: outside}}}
placement: {all: {to: [ward]}}
start: {present: {patient: {persons: 20}}, waiting: {crowd: {status: patient, persons: 3000}}}
"""


@claim
def with_people_at_the_door_a_place_is_empty_for_its_turnover_only():
    """Occupancy is 1 - turnover x placements / places: to the minute on each day, where a placement counts for the
    minutes of its turnover that lie in the day, and in all where it counts for 600 minutes."""
    pathlib.Path("crowd.yaml").write_text(CROWD, encoding="utf-8")
    run("crowd.yaml", "--events", 0, "--out", "r")
    rows = rows_of("r/events.csv")[1:]
    ends = [int(row[0]) for row in rows if row[4] == "placed" and int(row[0]) > 0]
    left = [int(row[0]) for row in rows if row[4] == "released"]
    same([at + 600 for at in left if at + 600 < 366 * 1440], ends, "who leaves is followed after 600 minutes")
    holds(600 < len(ends), f"{len(ends)} placements")
    found = {tuple(row[:3]): float(row[3]) for row in rows_of("r/series.csv")[1:]}
    start = datetime.date(2027, 12, 31)
    for day in range(366):
        date = (start + datetime.timedelta(days=day)).isoformat()
        empty = sum(max(0, min(at + 600, (day + 1) * 1440) - max(at, day * 1440)) for at in left)
        same(round(found[date, "present_mean", "total"] * 1440), 20 * 1440 - empty, date)
    whole = [float(row[3]) for row in rows_of("r/summary.csv") if row[:3] == ["all", "present_mean", "total"]]
    still = sum(366 * 1440 - at for at in left if at + 600 >= 366 * 1440)
    same(round(whole[0] * 366, 1), round(20 * 366 - (600 * len(ends) + still) / 1440, 1), "the whole period")


# -- days -------------------------------------------------------------------------------------------


@claim
def one_day_is_a_period():
    day = ["--set", "period={start: 2028-02-29, end: 2028-02-29}", "--set", "output.month_end=[institution, unit]",
           "--set", "output.stand_in=[[house, prison], [low]]"]
    words = [scenario(), *FEATURES, *day]
    done = call("check", *words)
    same((done.returncode, done.stderr), (0, ""))
    holds("2028-02-29 to 2028-02-29\n" in done.stdout, done.stdout)
    run(*words, "--replications", 20, "--events", 19, "--out", "whole")
    same({row[0] for row in rows_of("whole/series.csv")[1:]}, {"2028-02-29"})
    same([row[0] for row in rows_of("whole/summary.csv")[1:] if row[1:3] == ["present_mean", "total"]], ["2028", "all"])
    units = {row[2] for row in rows_of("whole/series.csv") if row[1] == "usable" and row[2].startswith("unit.")}
    holds({"unit.alpha.house", "unit.open_house"} <= units, f"29 February ends a month: {units}")
    holds(manifest_of("whole")["checks"]["arrivals"] > 0, "somebody came")
    run(*words, "--replications", "0..6", "--out", "a")
    run(*words, "--replications", "7..19", "--out", "b")
    same(call("merge", "--quiet", "b", "a", "--out", "m").returncode, 0)
    shutil.rmtree("whole")
    run(*words, "--replications", 20, "--out", "whole")
    same_result("whole", "m")


@claim
def the_29th_of_february_is_a_day_of_places_people_and_rates():
    """12 open places less 12 on that day; each arrival of a flow of 366 in 2028 is one a day on average."""
    run(scenario(), "--replications", 2, "--out", "r", "--set", "period={start: 2028-02-27, end: 2028-03-02}", "--set",
        "units.open_house.changes=[{from: 2028-02-29, to: 2028-02-29, places: -12, why: staff}]", "--set",
        "units.shed.changes=[{from: 2028-02-01, to: 2028-02-29, places: 3}]")
    rows = rows_of("r/series.csv")
    usable = {row[0]: float(row[3]) for row in rows if row[1:3] == ["usable", "regime.low"]}
    same(usable, {"2028-02-27": 11, "2028-02-28": 11, "2028-02-29": 0, "2028-03-01": 11, "2028-03-02": 11})
    usable = {row[0]: float(row[3]) for row in rows if row[1:3] == ["usable", "regime.other"]}
    same(usable, {"2028-02-27": 5, "2028-02-28": 5, "2028-02-29": 5, "2028-03-01": 2, "2028-03-02": 2})
    same(call("check", "full.yaml", "--set", "period.end=2027-02-29").returncode, 1)


# -- parts ------------------------------------------------------------------------------------------


@claim
def parts_that_cut_the_draws_of_the_inputs_are_the_bytes_of_one_run():
    """7 and 13 replications, of 10 a draw."""
    words = [scenario(), *FEATURES, *SHORT]
    run(*words, "--replications", 20, "--threads", 2, "--out", "whole")
    run(*words, "--replications", "0..6", "--threads", 3, "--out", "seven")
    run(*words, "--replications", "7..19", "--threads", 1, "--out", "thirteen")
    for order in (["seven", "thirteen"], ["thirteen", "seven"]):
        done = call("merge", "--quiet", "--out", "m", *order)
        same((done.returncode, done.stderr), (0, ""))
        same_result("whole", "m", order)
    holds("inputs.csv" in contents("m"), "with the draws of the inputs")


# -- what is wrong ----------------------------------------------------------------------------------

# What must be among the broken scenarios: what is wrong, the file, what is told of it.
MUST = {
    "unknown key": ("missing_key_misspelt", "is not a known key"), "wrong unit": ("regime_turnover", ""),
    "share over 1": ("share_over_1", "1.4|must be"), "impossible date": ("date_impossible", "date|day"),
    "missing name": ("next_unknown", "did you mean|no "), "cycle of extends": ("extends_circle", "extends"),
    "cycle of routes": ("timeless_cycle", "time"), "ladder that can fail": ("ladder_can_fail", "cannot fail|last"),
    "010": ("count_010", "010"), "1_000": ("count_1_000", "1_000"), "NO": ("name_no", "NO|no"),
    "Latin-1": ("latin_1", "UTF-8"), "alias": ("alias", "alias"), "depth": ("depth_100", "deep|depth|levels"),
    "second document": ("second_document", "document"), "empty file": ("empty_file", "empty"),
    "folder": ("extends_folder", "folder"), "bad row": ("csv_bad_row", "rows.csv|share|row"),
}


@claim
def broken_scenarios_are_told_with_their_places():
    count = 0
    for path in sorted(BROKEN.glob("*.yaml")):
        for command in (["check"], ["run", "--out", "r"]):
            done = call(command[0], path, *command[1:])
            if done.returncode == 0:
                holds(path.stem in ("sound", "fuzz") or "helper" in path.stem, f"{path.name} is not broken")
                shutil.rmtree("r", ignore_errors=True)
                continue
            count += command == ["check"]
            outside = re.search(": (cannot be read|is a folder)", done.stderr)
            same((done.returncode, done.stdout), (3 if outside and not re.search(r":\d+:\d+: ", done.stderr) else 1, ""),
                 f"{command[0]} {path.name}")
            for line in done.stderr.splitlines():
                holds(re.match(r"[^:]+(:\d+:\d+)?: \S", line) or re.fullmatch(r"and \d+ more", line), f"{path.name}: {line}")
        same(list(pathlib.Path().iterdir()), [], f"{path.name} leaves nothing")
    holds(count >= 60, f"only {count}")
    print(f"       {count} broken scenarios")


@claim
def each_kind_of_fault_is_told():
    for what, (name, words) in MUST.items():
        done = call("check", BROKEN / f"{name}.yaml")
        holds(done.returncode in (1, 3) and re.search(words, done.stderr), f"{what}: {name}: {done.stderr!r}")
    same(call("check", ROOT / "configs").returncode, 3, "a folder")


@claim
def eight_errors_in_eight_sections_are_all_told():
    done = call("check", BROKEN / "eight_sections.yaml")
    lines = [int(re.match(r".*eight_sections\.yaml:(\d+):\d+: ", line)[1]) for line in done.stderr.splitlines()]
    same((done.returncode, sorted(lines)), (1, list(range(2, 10))), done.stderr)
    done = call("check", BROKEN / "both_files.yaml")
    told = collections.Counter(re.match(r".*/(\w+\.yaml):\d+:\d+: ", line)[1] for line in done.stderr.splitlines())
    same((done.returncode, told), (1, {"both_files.yaml": 3, "both_files_below.yaml": 3}), done.stderr)


@claim
def the_page_of_keys_is_what_the_program_prints():
    holds((ROOT / "docs/scenario.md").read_text(encoding="utf-8") == call("fields").stdout, "make docs is due")
