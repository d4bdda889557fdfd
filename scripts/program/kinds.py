"""Every kind of measure that `celsim fields` lists, by one table: what touches nobody leaves the same bytes, the order in
the file means nothing, more of it touches the same people and others. A kind without a row fails, and so does one with a
share whose people are not a superset."""

import pathlib
import random
import re

from program.claims import call, claim, contents, holds, rows_of, run, same, same_result
from program.laws import NOWHERE, history, scenario, table

FAILS = "fails: {share: 1, after: 9 days, as: arrested}"
NOBODY = "who: {area: nowhere}"
NO_SENTENCE = "who: {sentence: {at_most: 0 minutes}}"
SOME = "{exponential: {mean: 60 days}}"
STARTS = "starts: 2026-02-01"
# Staff that is short, projects that stand in a queue, people who come back.
SUPPLY = ("regimes.house.staff_per_place=1", "staff={alpha: {fte: 12, leave_per_year: 0.3, hire_per_year: 0.2}}",
          "works={budget_per_year: 6, places_out_at_most: 20, projects: {roof: {units: {alpha.house: 8}, start: {planned: "
          "2026-02-10}, takes: {planned: 90 days}, cost_per_year: 6}, wall: {units: {alpha.prison: 6}, start: {planned: "
          "2026-03-01}, takes: {planned: 60 days, slip: {exponential: {mean: 20 days}}}, cost_per_year: 5}}}")
# What quotas change; the scenario of the laws has both.
GATES = ("transport={per_day: 4, days: [mon, tue, wed, thu, fri]}",
         "regimes.house.intake={hours: [8, 18], days: [mon, tue, wed, thu, fri], per_day: 3}")
AGAIN = ("returns={chance: 0.5, delay: {exponential: {mean: 60 days}}, flow_share: 0.2}",)

# text: something that it does, without a share. nobody: ways to touch nobody beside those that all kinds have
# (nobody_of). more: lists of ways that touch more and more people; of kinds with a share that is the share. several: two
# at once, for the order.
KINDS = {
    "inflow": {
        "text": "factor: 3",
        "more": [["factor: 1.3, who: {flow: remand}", "factor: 1.3", "factor: 2", "factor: 4"],
                 ["factor: 0.8, lag: 20 days", "factor: 0.8", "factor: 0.5", "factor: 0"]],
        "nobody": ["factor: 1", "factor: 0, who: {area: nowhere}", "factor: 5, who: {status: ankle}",
                   "factor: 1, lag: 9 days", "factor: 3, lag: 9 years",
                   "ends: 2026-03-01, adds: 0, who: {flow: remand}",
                   "ends: 2026-03-01, adds: 90, who: {flow: remand, area: nowhere}",
                   "ends: 2026-03-01, adds: 90, who: {flow: remand}, chance: 0"],
        "several": ["ramp: 90 days, who: {area: north}, factor: 1.5", "factor: 0.8, chance: 0.5"]},
    "replace_sentence": {
        "text": f"by: work, {FAILS}",
        "nobody": [f"in: ankle, share: 0, {FAILS}", f"by: work, share: 1, {NO_SENTENCE}",
                   "by: work, share: 1, offence_delay: 9 years",
                   "starts: 2020-01-01, ends: 2025-12-31, by: work, share: 1",
                   "by: work, share: 0, fails: {share: 1, after: 9 days, as: sentenced}, who: {status: reporter}"],
        "several": [f"by: work, share: 0.4, who: {{status: reporter}}, {FAILS}", "in: ankle, share: 0.5, who: {sex: man}"]},
    "sentence_length": {
        "text": "factor: 2",
        "nobody": ["factor: 1", "factor: 2, offence_delay: 9 years", "minimum: 1 minute", f"factor: 2, {NO_SENTENCE}"],
        "several": [f"factor: 1.3, offence_delay: {SOME}", "minimum: 25 days, share: 0.6, who: {sex: man}"]},
    "hearings": {
        "text": "earlier: 9 days",
        "nobody": ["factor: 1", "earlier: 0 days", "earlier: 9 days, not_before: 90 years"],
        "several": ["earlier: 5 days, applies_to: present, share: 0.7", "factor: 0.7, share: 0.5, chance: 0.5"]},
    "routes": {
        "text": "from: sentenced, to: release",
        "nobody": ["from: sentenced, to: release, share: 1, offence_delay: 9 years"],
        "several": ["from: sentenced, to: release, share: 0.5, who: {sex: man}",
                    "from: sentenced, to: release, share: 0.5, ramp: 90 days"]},
    "places": {
        "text": "units: {shed: 9}",
        "nobody": ["units: {shed: 0}"],
        "several": ["units: {shed: 4, alpha.house: 3}, ramp: 50 days",
                    "units: {alpha.house: -4}, why: reserve, chance: 0.5"]},
    "convert": {
        "text": "converts: {beta.house: {places: 4, to: {regime: prison}}}, takes: 9 days",
        "nobody": [],
        "several": ["converts: {alpha.house: {places: 5, to: {regime: low}}}, takes: 5 days, ends: 2026-09-30",
                    "starts: 2026-05-01, converts: {shed: {to: {regime: prison}}}"]},
    "quotas": {
        "text": "transport_per_day: 1",
        "nobody": ["transport_per_day: 4", "intake_per_day: {house: 3}"],
        "several": ["intake_per_day: {house: 1}, chance: 0.5", "starts: 2026-05-01, transport_per_day: 9"]},
    "placement": {
        "text": "rule: arrested, before: remand, also: [house]",
        "nobody": [],
        "several": ["rule: arrested, before: remand, also: [house]",
                    "starts: 2026-05-01, rule: remand, without: [other]"]},
    "call_up": {
        "text": "at_most: 0",
        "nobody": ["fill_to: 0.9, at_most: 6, notice: 12 days"],
        "several": ["at_most: 3", "starts: 2026-05-01, at_most: 9, notice: 4 days"]},
    "works_budget": {
        "text": "budget_per_year: 0",
        "nobody": ["budget_per_year: 6", "places_out_at_most: 20",
                   "starts: 2020-01-01, ends: 2025-12-31, budget_per_year: 0"],
        "several": ["budget_per_year: 11, ends: 2026-10-31", "places_out_at_most: 7, chance: 0.5"]},
    "staffing": {
        "text": "factor: 0.5",
        "nobody": ["factor: 1", "fte_share: 0", "fte: {alpha: 0}", "fte: {beta: 9}", "factor: 9, regimes: [low]"],
        "several": ["factor: 0.8, ramp: 90 days", "fte: {alpha: 2}, factor: 5/6, chance: 0.5"]},
    "early_release": {
        "text": "earlier: 5 days",
        "nobody": ["earlier: 0 days", f"earlier: 5 days, {NO_SENTENCE}", "part: 0"],
        "several": ["earlier: 5 days, share: 0.5", "earlier: 3 days, share: 0.6, applies_to: present"]},
    "suspension": {
        "text": "after: [{up_to: 9 days, part: 1/2}, {part: 2/5}]",
        "nobody": ["after: [{part: 1}]"],
        "several": ["after: [{part: 2/3}], share: 0.4", "after: [{part: 1/2}], share: 0.3, applies_to: present"]},
    "last_part_outside": {
        "text": f"in: ankle, last: 5 days, {FAILS}",
        "nobody": ["in: ankle, part: 0", "starts: 2020-01-01, ends: 2025-01-01, in: ankle, last: 5 days"],
        "several": [f"in: ankle, last: 5 days, share: 0.5, {FAILS}",
                    "in: ankle, last: 7 days, share: 0.5, applies_to: present"]},
    "instead_of_remand": {
        "text": f"in: ankle, {FAILS}",
        "nobody": [f"in: ankle, share: 1, {NO_SENTENCE}"],
        "several": [f"in: ankle, share: 0.4, {FAILS}",
                    "starts: 2026-05-01, in: ankle, share: 0.2, applies_to: present"]},
    "conditional_release": {
        "text": "conditional: [{remits: 1/2}]",
        "nobody": [f"conditional: [{{remits: 1/2}}], {NO_SENTENCE}",
                   f"conditional: [{{remits: 0}}], applies_to: present, lengthens: true, {NOBODY}"],
        "several": ["conditional: [{remits: 1/10}], granted: 0.3, starts: 2026-03-01",
                    "conditional: [{remits: 1/2}], applies_to: present, share: 0.6"]},
    "returns": {
        "text": "factor: 0",
        "more": [["factor: 0.9, who: {sex: man}", "factor: 0.9", "factor: 0.5", "factor: 0"],
                 ["factor: 1.1", "factor: 2"]],
        "nobody": ["factor: 1", f"factor: 0, {NO_SENTENCE}"],
        "several": ["factor: 0.8", "factor: 0.5, chance: 0.5, who: {sex: man}"]},
}
# Kinds that do not act on persons one by one: more of them is no matter of who.
NOT_OF_PERSONS = {"places", "convert", "quotas", "placement", "call_up", "works_budget", "staffing"}


def keys_by_kind():
    """What the program itself says of its kinds."""
    sections = call("fields").stdout.split("\n## measures.<name>, kind: ")[1:]
    found = {section.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` ", section.split("\n## ")[0], re.M)
             for section in sections}
    holds(len(found) > 10 and all(found.values()), f"kinds and their keys: {found}")
    return found


def measure(kind, text):
    return f"{{kind: {kind}, {'' if 'starts:' in text else STARTS + ', '}{text}}}"


def sets(*paths):
    return [word for path in paths for word in ("--set", path)]


def fitting(keys, text):
    """The text for entrants, and for who is present, where the kind asks it; with a share where it must have one."""
    texts = [text]
    if "applies_to" in keys and "applies_to" not in text:
        texts.append(f"{text}, applies_to: present")
    return texts


def whole(keys, text):
    return f"{text}, share: 1" if "share" in keys else text


def nobody_of(keys, row):
    """The ways to touch nobody that its keys allow, and those of its row."""
    for text in fitting(keys, row["text"]):
        yield f"{whole(keys, text)}, chance: 0"
        if "share" in keys:
            yield f"{text}, share: 0"
        if "who" in keys:
            yield f"{whole(keys, text)}, {NOBODY}"
    yield f"{whole(keys, row['text'])}, starts: 2030-01-01"
    yield from row["nobody"]


@claim
def each_kind_of_measure_has_a_row_in_the_table_of_kinds():
    same(sorted(KINDS), sorted(keys_by_kind()), "kinds")


def without_new_units(data):
    """A conversion adds a unit, which has rows of its own where units have rows."""
    return b"".join(line for line in data.splitlines(True) if b"_as_m," not in line)


@claim
def a_measure_of_any_kind_that_touches_nobody_leaves_the_same_bytes():
    name, more = scenario("nowhere.yaml", NOWHERE), sets(*SUPPLY, *AGAIN)
    before = history(name, *more)
    holds("measures.csv" not in before, "there is no file without measures")
    for kind, keys in keys_by_kind().items():
        changes = history(name, *more, *sets(f"measures.m={measure(kind, whole(keys, KINDS[kind]['text']))}"))
        holds(changes["summary.csv"] != before["summary.csv"], f"{kind}: what its row says changes nothing")
        for text in nobody_of(keys, KINDS[kind]):
            after = history(name, *more, *sets(f"measures.m={measure(kind, text)}"))
            for file in ("events.csv", "series.csv", "summary.csv"):
                holds(before[file] == without_new_units(after[file]), f"{kind}, {text}: other bytes in {file}")
            counts_all = kind in ("call_up", "quotas")  # who comes on its days, by it or not
            counted = {row[0] for key, row in table(after["measures.csv"]).items()
                       if key[0] != "year" and not (counts_all and key[1] == "people")}
            holds(counts_all or counted, f"{kind}, {text}: nothing is told")
            holds(all(float(mean) == 0 for mean in counted), f"{kind}, {text}: {counted}")


def all_kinds():
    """Two of each kind by name; the names are in another order than the kinds."""
    texts = [measure(kind, text) for kind, row in KINDS.items() for text in row["several"]]
    return {f"m{(7 * i) % len(texts):02}": text for i, text in enumerate(texts)}


def section(order, measures):
    return sets("measures={" + ", ".join(f"{name}: {measures[name]}" for name in order) + "}")


@claim
def the_order_of_measures_of_all_kinds_means_nothing():
    measures, wanted = all_kinds(), None
    same(len(measures), 2 * len(KINDS), "names")
    shuffled = [sorted(measures), sorted(measures, reverse=True)]
    shuffled += [random.Random(seed).sample(sorted(measures), len(measures)) for seed in range(4)]
    for order in shuffled:
        got = history(scenario(), *sets(*SUPPLY, *AGAIN), *section(order, measures))
        got = {name: got[name] for name in ("events.csv", "series.csv", "summary.csv", "measures.csv")}
        wanted = wanted or got
        holds(got == wanted, f"in the order {order}")
    found = {}
    for key, row in table(wanted["measures.csv"]).items():
        if key[0] == "all" and key[1] != "in_force":
            found.setdefault(key[2].split(".")[1], []).append(float(row[0]))
    same([measures[name] for name in measures if not any(found[name])], [], "measures that do nothing")


@claim
def measures_of_all_kinds_come_whole_from_parts():
    name, changes = scenario(), [*sets(*SUPPLY, *GATES, *AGAIN), *section(all_kinds(), all_kinds())]
    for replications, threads, out in ((4, 1, "whole"), ("0..0", 1, "p0"), ("1..3", 2, "p1")):
        run(name, *changes, "--replications", replications, "--threads", threads, "--out", out)
    same(call("merge", "--quiet", "--out", "merged", "p1", "p0").returncode, 0, "merge")
    holds("measures.csv" in contents("whole"), "the file is there")
    same_result("whole", "merged")


# Nobody is in another's way, so that a person's history follows from his own draws and from what touches him.
ROOM = """\
period: {start: 2026-01-01, end: 2026-10-31}
run: {replications: 1, seed: 5}
attributes: {sex: {man: 0.8, woman: rest}, area: {north: 0.5, south: rest}}
regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}
statuses:
  remand: {clock: arrival, served: true, stay: {lognormal: {mean: 20 days, cv: 1}}, next: {sentenced: 0.6, release: rest}}
  sentenced:
    clock: custody
    sentence: {exponential: {mean: 60 days}}
    release: {conditional: [{up_to: 30 days, remits: 0}, {remits: 1/3, of_part_above: 20 days}], granted: 0.8}
    next: {ankle: 0.2, release: rest}
  ankle: {stay: 10 days}
  reporter: {sentence: {exponential: {mean: 25 days}}}
  arrested: {sentence: {exponential: {mean: 15 days}}}
flows:
  remand: {status: remand, per_day: 2}
  reporter: {status: reporter, per_day: 1}
  arrested: {status: arrested, per_day: 0.5}
placement: {ankle: {who: {status: ankle}, to: [ankle]}, all: {to: [ward]}}
start: {present: {sentenced: {persons: 40}, remand: {persons: 30}}}
returns: {chance: 0.5, delay: {exponential: {mean: 60 days}}, flow_share: 0.2}
"""


def histories(*words):
    """By person and stay; a wait for no minute is told only when others seek a place in it."""
    run("room.yaml", *words, "--events", 0, "--out", "room")
    found = {}
    for minute, stream, day, point, event, status, unit, stay in rows_of("room/events.csv")[1:]:
        if event != "waits":
            found.setdefault((stream, day, point, stay), []).append((minute, event, status, unit))
    return found


def more_of(keys, row):
    """Lists of texts, each of which touches more people than the one before."""
    if "share" not in keys:
        yield from row["more"]
        return
    for text in fitting(keys, row["text"]):
        steps = [("0.1", 200), ("0.3", 200), ("0.3", 60), ("0.3", 0), ("0.9", 0), ("1", 0)]
        yield [f"{text}, share: {share}" + (f", ramp: {ramp} days" if ramp else "")
               for share, ramp in steps if not (ramp and "applies_to" in text)]


@claim
def more_of_a_measure_of_any_kind_touches_a_superset_of_people():
    pathlib.Path("room.yaml").write_text(ROOM)
    plain = histories()
    holds(len(plain) > 500, "there are people")
    for kind, keys in keys_by_kind().items():
        if kind in NOT_OF_PERSONS:
            holds("share" not in keys, f"{kind} has a share")
            continue
        for steps in more_of(keys, KINDS[kind]):
            before = set()
            for text in steps:
                after = histories(*sets(f"measures.m={measure(kind, text)}"))
                now = {who for who in plain.keys() | after.keys() if plain.get(who) != after.get(who)}
                holds(before < now, f"{kind}, {text}: {len(before)}, {len(now)}, not {sorted(before - now)[:3]}")
                before = now
