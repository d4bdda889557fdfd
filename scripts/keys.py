#!/usr/bin/python3
"""Every key that `celsim fields` lists moves a number: each is changed in a scenario that has something for it to
change, and the results before and after must differ; what is only a word for the reader must change none.

usage: scripts/keys.py BINARY

A key without a row here fails, and so does a row without a key. Prints `N keys move a number, M are words` and exits 1
on failure.
"""

import concurrent.futures
import functools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from keys_measures import LESS, MEASURES, MORE, NORM, in_sections, returns, within, works

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASE = ROOT / "tests/scenarios/keys.yaml"

HOUSE = "institutions.alpha.units.house"
OPEN = "units.open_house"
REMAND, SENTENCED, REPORTER = "statuses.remand", "statuses.sentenced", "statuses.reporter"
ROW = "{up_to: 30 days, remits: 0}"


def conditional(row):
    return f"{SENTENCED}.release.conditional=[{ROW}, {row}]"


def stay(text):
    return f"{REMAND}.stay={text}"


def shape(family, *pairs):
    """Rows of a family: each parameter before and after, the others beside it."""
    rows = {("Shapes", family): ([], [stay("{%s: {%s}}" % (family, pairs[0][1]))])}
    for key, before, after in pairs:
        rows[f"Shapes {family}", key] = tuple([stay("{%s: {%s}}" % (family, text))] for text in (before, after))
    return rows


def by_mean(family, *own):
    return shape(family, ("mean", "mean: 20 days, cv: 0.5", "mean: 22 days, cv: 0.5"),
                 ("median", "median: 20 days, cv: 0.5", "median: 22 days, cv: 0.5"),
                 ("cv", "mean: 20 days, cv: 0.5", "mean: 20 days, cv: 0.9"), *own,
                 ("at_least", "mean: 20 days, cv: 0.5", "mean: 20 days, cv: 0.5, at_least: 15 days"),
                 ("at_most", "mean: 20 days, cv: 0.5", "mean: 20 days, cv: 0.5, at_most: 25 days"))


# Nobody shares a cell, so that only first places count.
SHARE = ["regimes.house.two_in_a_cell={who: {status: ankle}}", "regimes.low.two_in_a_cell={who: {status: ankle}}"]


# A unit's keys, written in an institution or alone.
def unit(path):
    def closed(text, *more):
        return [f"{path}.changes=[{{{text}}}]", *more]

    out = "from: 2026-03-01, to: 2026-06-30, places: -8, why: works"
    keys = {"regime": [f"{path}.regime=other"], "places": [f"{path}.places=14"],
            "out_of_use": [f"{path}.out_of_use=4"], "tags": [f"{path}.tags=[old]", "placement.remand.to=[house, old]"],
            "admits": [f"{path}.admits={{area: south}}"], "changes": closed(out),
            "ward": ([*NORM, "staff={alpha: {fte: 20}, beta: {fte: 12}}"], [*NORM, "staff={alpha: {fte: 20}, beta: {fte: 12}}", f"{path}.ward=7"]), "why": ([f"{path}.out_of_use=3"], [f"{path}.out_of_use=3", f"{path}.why=staff"]),
            "for_two": (SHARE, [*SHARE, f"{path}.for_two=6"]),
            "on_shrink": (closed(out), closed(out, f"{path}.on_shrink=transfer")),
            "drain": (closed(out), closed(out, f"{path}.drain=30 days"))}
    inner = {"from": (closed(out), closed(out.replace("03-01", "04-01"))),
             "to": (closed(out), closed(out.replace("06-30", "07-31"))),
             "places": (closed(out), closed(out.replace("-8", "-9"))),
             "why": (closed(out), closed(out.replace("works", "damage")))}
    return keys, inner


FIRE = "on: 2026-03-01, units: {alpha.house: 9}, lasts: 40 days"
RIOT = "on: 2026-03-01, persons: 30, flow: remand"
DUE = "per_month: [300, 420], rises_every: 4 days"


def staffing():
    """Keys of staff: what is stated beside, before and after."""
    pairs = {"fte": ("fte: 20", "fte: 24"), "fte_per_place_at_start": ("fte: 34", "fte_per_place_at_start: 0.8"),
             "leave_per_year": ("fte: 34", "fte: 34, leave_per_year: 0.5"),
             "hire_per_year": ("fte: 20", "fte: 20, hire_per_year: 0.5"),
             "hire_takes": ("fte: 20, hire_per_year: {2026: 0, 2027: 1}",
                            "fte: 20, hire_per_year: {2026: 0, 2027: 1}, hire_takes: 2 months"),
             "sick_share": ("fte: 34", "fte: 34, sick_share: 0.3"), "agency_fte": ("fte: 20", "fte: 20, agency_fte: 4"),
             "covered_share": ("fte: 20", "fte: 20, covered_share: 0.5")}
    return {key: tuple([*NORM, "staff={alpha: {%s}}" % text] for text in texts) for key, texts in pairs.items()}


def arrest_stops():
    """Keys of stop_arrests: of reporters, some of whom are found, others gone."""
    def stop(text):
        return [f"{REPORTER}.waits.leaves={{found: {{per_year: 2, next: arrested}}, gone: {{per_year: 1, next: release}}}}",
                "valves={v: {does: {stop_calling: reporter%s}}}" % text]

    def pair(one, other):
        return tuple(stop(", stop_arrests: {leaves: %s}" % text) for text in (one, other))

    return {("does", "stop_arrests"): (stop(""), stop(", stop_arrests: {leaves: found}")),
            ("does.stop_arrests", "leaves"): pair("found", "gone"),
            ("does.stop_arrests", "who"): pair("found", "found, who: {sex: woman}"),
            ("does.stop_arrests", "sentence"): pair("found", "found, sentence: {at_most: 15 days}"),
            ("does.stop_arrests", "share"): pair("found", "found, share: 0.4"),
            **in_sections("does.stop_arrests.sentence",
                          {key: pair(*("found, sentence: {%s: %s}" % (key, days) for days in ("9 days", "20 days")))
                           for key in ("at_least", "at_most")})}


def valves():
    """Keys of valves: each with what is stated beside, before and after."""
    def pair(one, other):
        return tuple(["valves={v: {%s}}" % text] for text in (one, other))

    full = "opens: {occupancy: {at_least: 0.8}}, closes: {occupancy: {below: 0.7}}, "
    cells = "opens: {police_cells: {at_least: 5}}, closes: {police_cells: {below: 2}}, "
    waits = "opens: {waiting: {at_least: 15}}, closes: {waiting: {below: 9}}, "
    early, some = "does: {release_early: 9 days}", "does: {release_early: 30 days, at_most: 2}"
    rows = {("valves.<name>", key): pair(*texts) for key, texts in {
        "opens": (early, full + early), "closes": (full + early, full.replace("0.7", "0.79") + early),
        "of": (full + early, full + "of: {sex: woman}, " + early),
        "regimes": (full + early, full + "regimes: low, " + early),
        "mean_over": (full + early, full + "mean_over: 60 days, " + early),
        "review": (some, "review: monthly, " + some), "from": (early, "from: 2026-05-01, " + early),
        "to": (early, "to: 2026-09-30, " + early), "does": (early, some)}.items()}
    for section, mark in (("opens", "at_least"), ("closes", "below")):
        for gauge, text, old, new in (("occupancy", full, "0.8", "0.85"), ("waiting", waits, "15", "40"),
                                      ("police_cells", cells, "5", "30")):
            low = {"occupancy": ("0.7", "0.79"), "waiting": (" 9", " 14"), "police_cells": (" 2", " 4")}[gauge]
            old, new = (old, new) if section == "opens" else low
            changed = pair(text + early, text.replace(old, new) + early)
            rows[section, gauge] = pair(text + early, early)
            rows[f"{section}.{gauge}", mark] = changed
    rows |= in_sections("does", {key: pair(*("does: {%s}" % text for text in texts)) for key, texts in {
        "release_early": ("release_early: 9 days", "release_early: 10 days"),
        "who": ("release_early: 9 days", "release_early: 9 days, who: {sex: man}"),
        "sentence": ("release_early: 9 days", "release_early: 9 days, sentence: {at_most: 60 days}"),
        "share": ("release_early: 9 days", "release_early: 9 days, share: 0.5"),
        "as_needed": ("release_early: 9 days", "release_early: 9 days, as_needed: true"),
        "at_most": ("release_early: 9 days", "release_early: 9 days, at_most: 2"),
        "stop_calling": ("release_early: 9 days", "release_early: 9 days, stop_calling: reporter"),
        "call_longest_sentence": ("stop_calling: reporter", "call_longest_sentence: reporter"),
        "out_of_category": ("stop_calling: reporter", "stop_calling: reporter, out_of_category: remand"),
        "call_longest_waiting": ("call_longest_sentence: reporter", "call_longest_waiting: reporter")}.items()})
    rows |= arrest_stops()
    rows["does", "double_use"] = tuple(["regimes.house.two_in_a_cell={}", "valves={v: {to: 2026-06-30, does: {%s}}}" % text]
                                       for text in ("stop_calling: reporter", "stop_calling: reporter, double_use: house"))
    rows |= in_sections("does.sentence", {key: pair("does: {release_early: 9 days, sentence: {%s: 30 days}}" % key,
                                              "does: {release_early: 9 days, sentence: {%s: 60 days}}" % key)
                                    for key in ("at_least", "at_most")})
    return rows


NEAR = "placement.sentenced.near=area"
CRISES = ["placement.calm={who: {status: arrested}, during: crisis, to: [shed]}",
          "statuses.arrested.crisis={per_year: 6, lasts: 9 days}"]
LAPSE = "{lapsed: {per_year: 2, next: release}}"
LATE = "{who: {status: arrested}, to: [prison], after: 3 days}"
EARLY = "{who: {status: sentenced}, to: [low], at: 20 days before release}"
BLACK = "occupancy: {at_least: 0.8}, police_cells: {at_least: 2}, of: {sex: man}"
SCALE = "inputs: {flows.remand.per_day: {scale: {uniform: {from: 0.5, to: 1.5}}}}"

# Rates of a file that stands in the scenario.
ROWS = "flows.remand.per_day={csv: rows.csv}"


def stated(*names_and_rates):
    return "files=[%s]" % ", ".join(f'{{name: {name}.csv, text: "date,rate\\n2026-01-01,{rate}"}}'
                                    for name, rate in zip(names_and_rates[::2], names_and_rates[1::2]))


def project(text, *more):
    return [f"works={{projects: {{one: {{{text}}}}}}}", *more]


RESERVE = [f"{HOUSE}.out_of_use=8", f"{HOUSE}.why=reserve"]
DECANT = "units: [alpha.prison], start: {planned: 2026-04-01}, takes: {planned: 90 days}, decants_to: {alpha.house: 6}"
BOAT = "adds: {boat: {units: {deck: {regime: house, places: 9}}}}"
CONVERT = "converts: {beta.house: {places: 6, to: {regime: prison}}}"
LOST = "units: {alpha.house: 9}, start: {planned: 2026-06-01}, takes: {planned: 30 days}, lost_without: 2026-03-01"

# (section, key): what is set; or what is set before, and after. Sections as `celsim fields` heads them.
CHANGES = {
    ("The scenario", "files"): ([ROWS, stated("rows", 1)], [ROWS, stated("rows", 2)]),
    ("files", "name"): ([ROWS, stated("rows", 1, "else", 2)], [ROWS, stated("else", 1, "rows", 2)]),
    ("files", "text"): ([ROWS, stated("rows", 1)], [ROWS, stated("rows", 2)]),
    ("The scenario", "period"): ["period={start: 2026-01-01, end: 2026-12-31}"],
    ("The scenario", "run"): ["run={replications: 3, seed: 8}"],
    ("The scenario", "attributes"): ["attributes.sex={man: 0.7, woman: rest}"],
    ("The scenario", "regimes"): ["regimes.house={turnover: 1 day}"],
    ("The scenario", "institutions"): [f"{HOUSE}.places=14"],
    ("The scenario", "units"): [f"{OPEN}.places=14"],
    ("The scenario", "statuses"): [stay("9 days")],
    ("The scenario", "flows"): ["flows.remand.per_day=1.3"],
    ("The scenario", "placement"): ["placement.remand.to=[house, low]"],
    **returns(),
    ("The scenario", "shocks"): ["shocks={fire: {on: 2026-03-01, units: [alpha.house]}}"],
    **in_sections("shocks.<name>", within(
        "shocks.x", on=(FIRE, FIRE.replace("03-01", "04-01")), units=(FIRE, FIRE.replace("house: 9", "house: 15")),
        lasts=(FIRE, FIRE.replace("40", "70")), persons=(RIOT, RIOT.replace("30", "50")),
        flow=(RIOT, RIOT.replace("remand", "reporter")), over=(RIOT, RIOT + ", over: 9 days"))),
    ("The scenario", "valves"): ["valves={v: {does: {release_early: 5 days}}}"],
    **valves(),
    ("The scenario", "measures"): [f"measures={{x: {{{MORE}}}}}"],
    **MEASURES,
    ("The scenario", "staff"): [*NORM, "staff={alpha: {fte: 20}}"],
    ("regimes.<name>", "staff_per_place"): ([*NORM, "staff={alpha: {fte: 20}}"], ["regimes.prison.staff_per_place=1.5", "staff={alpha: {fte: 20}}"]),
    ("regimes.<name>", "staff_per_ward"): ([*NORM, "staff={alpha: {fte: 20}}"], [*NORM, "regimes.prison.staff_per_ward=2", "staff={alpha: {fte: 20}}"]),
    ("regimes.<name>", "two_in_a_cell"): SHARE,
    **in_sections("two_in_a_cell", within("regimes.house.two_in_a_cell", **{
        "who": ("", "who: {area: north}"), "from": ("", "from: 2026-06-01"), "to": ("", "to: 2026-06-01")})),
    ("staff", "default"): [*NORM, "staff={default: {fte: 9}}"],
    ("staff", "closes_first"): ([*NORM, "staff={alpha: {fte: 20}}"], [*NORM, "staff={alpha: {fte: 20}, closes_first: [prison]}"]),
    **in_sections("default", staffing()),
    ("staff", "cost_per_fte"): [*NORM, "staff={alpha: {fte: 34}, cost_per_fte: 85000}"],
    ("staff", "agency_cost_per_fte"): ([*NORM, "staff={alpha: {agency_fte: 4}, cost_per_fte: 1}"],
                                       [*NORM, "staff={alpha: {agency_fte: 4}, cost_per_fte: 1, agency_cost_per_fte: 9}"]),
    ("regimes.<name>", "cost_per_day"): ["regimes.prison.cost_per_day={built: 140}"],
    **in_sections("cost_per_day", within("regimes.prison.cost_per_day", built=("built: 140", "built: 150"),
                                         occupied=("occupied: 140", "occupied: 150"))),
    ("The scenario", "costs"): (["regimes.prison.cost_per_day.built=9"],
                                ["regimes.prison.cost_per_day.built=9", "costs={compare: {promise: 1000000}}"]),
    ("costs", "compare"): (["regimes.prison.cost_per_day.built=9", "costs={compare: {promise: 1000000}}"],
                           ["regimes.prison.cost_per_day.built=9", "costs={compare: {promise: 2000000}}"]),
    ("The scenario", "start"): ["start.present.remand.persons=12"],
    ("The scenario", "output"): ["output={daily: [total]}"],
    ("period", "start"): ["period.start=2026-01-08"],
    ("period", "end"): ["period.end=2027-03-31"],
    ("period", "warm_up"): ["period.warm_up=30 days"],
    ("run", "replications"): ["run.replications=3"],
    ("run", "seed"): ["run.seed=8"],
    ("regimes.<name>", "places"): ["regimes.yard.places=unlimited", "placement.arrested.to=[quiet, yard]"],
    ("regimes.<name>", "emergency"): ["regimes.cell.emergency=false"],
    ("regimes.<name>", "outside"): ["regimes.ankle.outside=false"],
    ("regimes.<name>", "turnover"): ["regimes.house.turnover=3 days"],
    ("institutions.<name>", "tags"): ["institutions.beta.tags=[old]", "placement.arrested.to=[old]"],
    ("institutions.<name>", "admits"): ["institutions.alpha.admits={area: south}"],
    ("institutions.<name>", "units"): [f"{HOUSE}.places=14"],
    ("institutions.<name>", "region"): ([NEAR], [NEAR, "institutions.beta.region=north"]),
    **{("institutions.<name> units", key): sets for key, sets in unit(HOUSE)[0].items()},
    **{("units.changes", key): sets for key, sets in unit(HOUSE)[1].items()},
    ("institutions.<name> units", "region"): ([NEAR], [NEAR, "institutions.alpha.units.prison.region=south"]),
    **{("units.<name>", key): sets for key, sets in unit(OPEN)[0].items()},
    **{("changes", key): sets for key, sets in unit(OPEN)[1].items()},
    ("units.<name>", "region"): (["placement.arrested.near=area"],
                                 ["placement.arrested.near=area", f"{OPEN}.region=south"]),
    ("statuses.<name>", "clock"): [f"{REMAND}.clock=placement"],
    ("statuses.<name>", "served"): [f"{REMAND}.served=false"],
    ("statuses.<name>", "stay"): [stay("9 days")],
    ("statuses.<name>", "sentence"): [f"{SENTENCED}.sentence=90 days"],
    ("statuses.<name>", "release"): [f"{SENTENCED}.release={{weekend: friday}}"],
    ("statuses.<name>", "waits"): [f"{REPORTER}.waits={{in: outside}}", f"{REMAND}.waits={{in: nowhere}}"],
    ("statuses.<name>", "sent_home"): [f"{REMAND}.sent_home={{back_after: 2 days}}"],
    ("statuses.<name>", "called_up"): [f"{REPORTER}.called_up={{}}"],
    ("statuses.<name>", "next"): [f"{REMAND}.next={{sentenced: 0.3, release: rest}}"],
    ("release", "conditional"): [conditional("{remits: 0}")],
    ("release", "granted"): [f"{SENTENCED}.release.granted=0.2"],
    ("release", "weekend"): [f"{SENTENCED}.release.weekend=as_planned"],
    ("release.conditional", "up_to"): [f"{SENTENCED}.release.conditional=[{{up_to: 60 days, remits: 0}}, {{remits: 1/3}}]"],
    ("release.conditional", "remits"): [conditional("{remits: 1/2, of_part_above: 20 days, at_most: 60 days}")],
    ("release.conditional", "of_part_above"): [conditional("{remits: 1/3, of_part_above: 30 days, at_most: 60 days}")],
    ("release.conditional", "at_most"): [conditional("{remits: 1/3, of_part_above: 20 days, at_most: 10 days}")],
    ("waits", "in"): [f"{SENTENCED}.waits.in=cell"],
    ("waits", "limit"): [f"{REMAND}.waits.limit=9 days"],
    ("waits", "at_limit"): [f"{REMAND}.waits.at_limit=[out_of_category, stay]"],
    ("sent_home", "back_after"): [f"{REMAND}.sent_home.back_after=2 days"],
    ("sent_home", "as"): [f"{REMAND}.sent_home.as=arrested"],
    ("called_up", "fill_to"): [f"{REPORTER}.called_up.fill_to=0.5"],
    ("called_up", "notice"): [f"{REPORTER}.called_up.notice=30 days"],
    ("called_up", "at_most"): [f"{REPORTER}.called_up.at_most=1"],
    ("called_up", "no_show"): [f"{REPORTER}.called_up.no_show=0.6"],
    ("called_up", "then"): [f"{REPORTER}.called_up.then=remand"],
    ("flows.<name>", "status"): ["flows.arrested.status=remand"],
    ("flows.<name>", "per_day"): ["flows.remand.per_day=1.3"],
    ("flows.<name>", "per_month"): ["flows.arrested.per_month=45"],
    ("flows.<name>", "per_quarter"): ["flows.extra={status: arrested, per_quarter: 9}"],
    ("flows.<name>", "per_year"): ["flows.reporter.per_year={2026: 300}"],
    ("flows.<name>", "month"): ["flows.arrested.month=[2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"],
    ("flows.<name>", "weekday"): ["flows.remand.weekday=[1, 1, 1, 1, 1, 0, 0]"],
    ("flows.<name>", "after"): ["flows.reporter.after={trend_per_year: 0}"],
    ("flows.<name>", "spread"): ["flows.remand.spread={cv_per_year: 0.5}"],
    ("after", "trend_per_year"): ["flows.reporter.after.trend_per_year=-0.3"],
    ("spread", "cv_per_year"): ["flows.remand.spread.cv_per_year=0.5"],
    ("placement.<name>", "who"): ["placement.arrested.who={status: [arrested, reporter]}"],
    ("placement.<name>", "to"): ["placement.arrested.to=[low]"],
    ("placement.<name>", "out_of_category"): [f"{REMAND}.waits.at_limit=[out_of_category, sent_home]",
                                              "placement.remand.out_of_category=[low]"],
    ("placement.<name>", "order"): ["placement.arrested.order=longest_waiting"],
    ("start.present.<name>", "status"): ["start.present.remand.status=arrested"],
    ("start.present.<name>", "persons"): ["start.present.remand.persons=12"],
    ("start.present.<name>", "elapsed"): ["start.present.remand.elapsed=3 days"],
    ("start.present.<name>", "in"): ["start.present.remand.in=[prison]"],
    ("start.waiting.<name>", "status"): ["start.waiting.reporter.status=arrested"],
    ("start.waiting.<name>", "persons"): ["start.waiting.reporter.persons=12"],
    ("start.waiting.<name>", "since"): ["placement.arrested.order=longest_waiting",
                                        "start.waiting.reporter.since=0 days"],
    ("start.waiting.<name>", "in"): ["start.waiting.tired.in=[open_house]"],
    ("output", "daily"): ["output.daily=[total, status]"],
    ("The scenario", "transport"): ["transport={per_day: 1}"],
    ("The scenario", "uncertainty"): [f"uncertainty={{per_draw: 1, {SCALE}}}"],
    ("regimes.<name>", "apart"): ["regimes.low.apart=true"],
    ("regimes.<name>", "intake"): ["regimes.house.intake={per_day: 1}"],
    **in_sections("intake", within("regimes.house.intake", hours=("hours: [8, 18]", "hours: [8, 10]"),
                                   days=("days: [mon, wed]", "days: [mon, thu]"), per_day=("per_day: 1", "per_day: 2"))),
    ("statuses.<name>", "further_titles"): [f"{SENTENCED}.further_titles={{chance: 0.5, draws_from: reporter}}"],
    **in_sections("further_titles", within(
        f"{SENTENCED}.further_titles", chance=("chance: 0.5, draws_from: reporter", "chance: 0.9, draws_from: reporter"),
        draws_from=("chance: 0.5, draws_from: reporter", "chance: 0.5, draws_from: ankle"))),
    ("waits", "leaves"): [f"{REPORTER}.waits.leaves={LAPSE}"],
    ("statuses.<name>", "crisis"): CRISES,
    ("placement.<name>", "during"): CRISES,
    ("crisis", "per_year"): (CRISES, [*CRISES, "statuses.arrested.crisis.per_year=7"]),
    ("crisis", "lasts"): (CRISES, [*CRISES, "statuses.arrested.crisis.lasts=12 days"]),
    ("waits", "overdue"): [f"{REPORTER}.waits.overdue={{after: 5 days}}"],
    **in_sections("waits.overdue", within(f"{REPORTER}.waits.overdue", after=("after: 5 days", "after: 9 days"),
                                          compensation=("after: 5 days", f"after: 5 days, compensation: {{{DUE}}}"))),
    **in_sections("waits.overdue.compensation", {
        key: tuple([f"{REPORTER}.waits.overdue={{after: 2 days, compensation: {{{text}}}}}"] for text in texts)
        for key, texts in {"per_month": (DUE, DUE.replace("300", "310")),
                           "rises_every": (DUE, DUE.replace("4 days", "6 days"))}.items()}),
    **in_sections("waits.leaves", within(
        f"{REPORTER}.waits.leaves.lapsed", per_year=("per_year: 2, next: release", "per_year: 6, next: release"),
        next=("per_year: 2, next: release", "per_year: 2, next: arrested"))),
    ("placement.<name>", "near"): [NEAR],
    ("placement.<name>", "after"): ([f"placement.late={LATE}"], [f"placement.late={LATE.replace('3 days', '1 day')}"]),
    ("placement.<name>", "at"): ([f"placement.early={EARLY}"], [f"placement.early={EARLY.replace('20', '5')}"]),
    **in_sections("transport", within("transport", per_day=("per_day: 2", "per_day: 1"),
                                      days=("days: [mon, wed]", "days: [mon, thu]"))),
    ("The scenario", "works"): works(""),
    ("works", "budget_per_year"): (works(""), works("", "budget_per_year: {2026: 6, 2027: 9}, ")),
    ("works", "places_out_at_most"): (works(""), works("", "places_out_at_most: 20, ")),
    ("works", "projects"): works(""),
    **in_sections("works.projects.<name>", {
        "units": (project("takes: {planned: 90 days}"), project("units: [alpha.house], takes: {planned: 90 days}")),
        "priority": (works(", start: {planned: 2026-02-01}", "budget_per_year: 6, "),
                     works(", start: {planned: 2026-02-01}", "budget_per_year: 6, ", ", priority: 3")),
        "start": (works(""), works(", start: {planned: 2026-03-01}")),
        "takes": (project("units: [alpha.house]"), project("units: [alpha.house], takes: {planned: 90 days}")),
        "cost_per_year": (project("units: [alpha.house], takes: {planned: 90 days}, cost_per_year: 6", "works.budget_per_year=8"),
                          project("units: [alpha.house], takes: {planned: 90 days}, cost_per_year: 9", "works.budget_per_year=8")),
        "after": (works(""), works("", "", ", after: [roof]")),
        "one_off": (project("start: {planned: 2026-03-01}, units: [alpha.house], one_off: 5"),
                    project("start: {planned: 2026-03-01}, units: [alpha.house], one_off: 6")),
        "places_after": (project("units: [alpha.house]"), project("units: [alpha.house], places_after: {alpha.house: 25}")),
        "decants_to": (project(DECANT.split(", decants_to")[0], *RESERVE), project(DECANT, *RESERVE)),
        "moves_before": (project(DECANT, *RESERVE), project(f"{DECANT}, moves_before: 30 days", *RESERVE)),
        "lost_without": (project(LOST), project(LOST.replace("03-01", "04-01"))),
        "lost_places": (project(LOST), project(f"{LOST}, lost_places: {{alpha.house: 12}}")),
        "adds": project(BOAT),
        "stays": (project(BOAT), project(f"{BOAT}, stays: 90 days")),
        "opens": ([*RESERVE], project("opens: {alpha.house: 6}", *RESERVE)),
        "notice": (project("opens: {alpha.house: 6}", *RESERVE),
                   project("opens: {alpha.house: 6}, notice: 90 days", *RESERVE)),
        "converts": project(CONVERT)}),
    **in_sections("start", {
        "planned": (works(""), works(", start: {planned: 2026-03-01}")),
        "slip": (works(""), works(", start: {slip: {exponential: {mean: 60 days}}}"))}),
    **in_sections("takes", {
        "planned": (project("units: [alpha.house], takes: {planned: 90 days}"),
                    project("units: [alpha.house], takes: {planned: 60 days}")),
        "slip": (project("units: [alpha.house], takes: {planned: 90 days}"),
                 project("units: [alpha.house], takes: {planned: 90 days, slip: {exponential: {mean: 60 days}}}"))}),
    **in_sections("converts", {
        "places": (project(CONVERT), project(CONVERT.replace("6", "7"))),
        "to": (project(CONVERT), project(CONVERT.replace("regime: prison", "regime: house, admits: {sex: man}")))}),
    **in_sections("converts.to", {
        "regime": (project(CONVERT), project(CONVERT.replace("prison", "other"))),
        "admits": (project(CONVERT), project(CONVERT.replace("regime: prison", "regime: prison, admits: {sex: man}")))}),
    ("output", "daily_mean"): ["output.daily_mean=[total]"],
    ("output", "month_end"): ["output.month_end=[unit]"],
    ("output", "stand_in"): ["output.stand_in=[[house, prison], [low]]"],
    ("output", "code_black"): [f"output.code_black={{{BLACK}}}"],
    **in_sections("code_black", within(
        "output.code_black", occupancy=(BLACK, BLACK.replace("0.8", "0.95")),
        police_cells=(BLACK, BLACK.replace("police_cells: {at_least: 2}, ", "")), of=(BLACK, BLACK.replace("man", "woman")))),
    **in_sections("code_black.occupancy", within("output.code_black", at_least=(BLACK, BLACK.replace("0.8", "0.95")))),
    **in_sections("code_black.police_cells", within("output.code_black", at_least=(BLACK, BLACK.replace("2", "9")))),
    ("output", "shortages"): ["output.shortages={normal: true}"],
    **in_sections("shortages", within("output.shortages", normal=("normal: false", "normal: true"),
                                      catching_up=("catching_up: 60 days", "catching_up: 90 days"))),
    ("output", "wrong_regime"): ["output.wrong_regime={out: {should_be_in: prison}}"],
    **in_sections("wrong_regime", within(
        "output.wrong_regime.out", should_be_in=("should_be_in: prison", "should_be_in: [prison, house]"),
        who=("should_be_in: prison", "should_be_in: prison, who: {sex: man}"))),
    ("uncertainty", "per_draw"): ([f"uncertainty={{per_draw: 1, {SCALE}}}"], [f"uncertainty={{per_draw: 2, {SCALE}}}"]),
    ("uncertainty", "inputs"): ([f"uncertainty={{per_draw: 1, {SCALE}}}"],
                                [f"uncertainty={{per_draw: 1, {SCALE.replace('1.5', '2')}}}"]),
    ("Shapes", "scale"): [stay("{lognormal: {mean: 20 days, cv: 1}, scale: 1.1}")],
    ("Shapes", "fixed"): [stay("{fixed: 9 days}")],
    ("Shapes", "bands"): [stay("{bands: [[0.5, 1 day, 10 days], [rest, 20 days, 40 days]]}")],
    ("Shapes", "mixture"): [stay("{mixture: [[0.5, 10 days], [rest, {exponential: {mean: 30 days}}]]}")],
    ("Shapes", "steps"): [stay("{steps: [[5 days, 0.3], {every: 10 days, chance: 0.4}]}")],
    ("Shapes steps", "every"): ([stay("{steps: [[5 days, 0.3], {every: 10 days, chance: 0.4}]}")],
                                [stay("{steps: [[5 days, 0.3], {every: 20 days, chance: 0.4}]}")]),
    ("Shapes steps", "chance"): ([stay("{steps: [[5 days, 0.3], {every: 10 days, chance: 0.4}]}")],
                                 [stay("{steps: [[5 days, 0.3], {every: 10 days, chance: 0.8}]}")]),
    **shape("uniform", ("from", "from: 5 days, to: 30 days", "from: 8 days, to: 30 days"),
            ("to", "from: 5 days, to: 30 days", "from: 5 days, to: 40 days"),
            ("at_least", "from: 5 days, to: 30 days", "from: 5 days, to: 30 days, at_least: 9 days"),
            ("at_most", "from: 5 days, to: 30 days", "from: 5 days, to: 30 days, at_most: 20 days")),
    **shape("exponential", ("mean", "mean: 20 days", "mean: 22 days"),
            ("at_least", "mean: 20 days", "mean: 20 days, at_least: 9 days"),
            ("at_most", "mean: 20 days", "mean: 20 days, at_most: 20 days")),
    **by_mean("gamma", ("shape", "shape: 2, scale: 9 days", "shape: 3, scale: 9 days"),
              ("scale", "shape: 2, scale: 9 days", "shape: 2, scale: 12 days")),
    **by_mean("lognormal", ("mu", "mu: 3, sigma: 0.5", "mu: 3.2, sigma: 0.5"),
              ("sigma", "mu: 3, sigma: 0.5", "mu: 3, sigma: 0.9")),
    **by_mean("weibull", ("shape", "shape: 2, scale: 9 days", "shape: 3, scale: 9 days"),
              ("scale", "shape: 2, scale: 9 days", "shape: 2, scale: 12 days")),
    **shape("pert", ("low", "low: 5 days, likely: 10 days, high: 30 days", "low: 8 days, likely: 10 days, high: 30 days"),
            ("likely", "low: 5 days, likely: 10 days, high: 30 days", "low: 5 days, likely: 20 days, high: 30 days"),
            ("high", "low: 5 days, likely: 10 days, high: 30 days", "low: 5 days, likely: 10 days, high: 50 days"),
            ("at_least", "low: 5 days, likely: 10 days, high: 30 days",
             "low: 5 days, likely: 10 days, high: 30 days, at_least: 9 days"),
            ("at_most", "low: 5 days, likely: 10 days, high: 30 days",
             "low: 5 days, likely: 10 days, high: 30 days, at_most: 20 days")),
}

# Words for the reader, and the only word that is allowed: no number moves.
WORDS = {
    ("measures.<name>, kind: replace_sentence", "by"): ([f"measures.x={{{LESS}}}"], [f"measures.x={{{LESS.replace('work', 'care')}}}"]),
    ("files", "digest"): ([ROWS, stated("rows", 1)],
                          [ROWS, stated("rows", 1).replace("text:", "digest: 96405cf22458163348321b3dd9e779c0, text:")]),
    ("The scenario", "title"): ["title=Another"],
    ("regimes.<name>", "dutch"): ["regimes.prison.dutch=gevangenis"],
    ("institutions.<name>", "dutch"): ["institutions.alpha.dutch=Alpha"],
    ("institutions.<name>", "label"): ["institutions.alpha.label=PI Alpha"],
    ("units.<name>", "ward"): [f"{OPEN}.ward=4"],
    ("costs", "price_year"): ["costs={price_year: 2026}"],
    ("statuses.<name>", "dutch"): [f"{REMAND}.dutch=voorarrest"],
    ("called_up", "every"): [f"{REPORTER}.called_up.every=week"],
}

# Files beside the scenario: (section, key): (name, text before, text after, what is set to read it).
UNITS = ("institution,regime,places,ward,out_of_use,why,tags,for_two,label,region,sex,on_shrink,drain\n"
         "Gamma,low,6,1,1,works,spare,0,PI Gamma,north,man,drain,0 days\n")
READ_UNITS = ["institutions.csv=units.csv", "placement.reporter={to: [low, gamma, spare], near: area}"]
SHUT = "institutions.gamma.units.low.changes=[{from: 2026-03-01, to: 2026-09-30, places: -4, why: works}]"
PERSONS = ("since,status,unit,sentence,stay,sex,area\n2025-12-20,,alpha.house,,40 days,man,north\n"
           "2025-12-01,sentenced,alpha.prison,100 days,,man,north\n")
READ_PERSONS = ["output.daily=[total, area]", "start.present.listed={csv: persons.csv, status: remand}"]
WAIT = "since,status,unit,sex\n2025-12-01,,,woman\n"
RATES = "date,rate\n2026-01-01,1\n2026-09-01,2\n"
BANDS = "share,from_days,to_days\n0.5,1,10\n0.5,10,40\n"


def unit_row(old, new, *read):
    return ("units.csv", UNITS, UNITS.replace(old, new), [*READ_UNITS, *read])


def persons_row(old, new):
    return ("persons.csv", PERSONS, PERSONS.replace(old, new), READ_PERSONS)


def rates_row(old, new):
    return ("rates.csv", RATES, RATES.replace(old, new), ["flows.arrested={status: arrested, per_day: {csv: rates.csv}}"])


def bands_row(old, new):
    return ("bands.csv", BANDS, BANDS.replace(old, new), [stay("{csv: bands.csv}")])


OF_UNITS = "The columns of the CSV file of institutions"
OF_PERSONS = "The columns of the CSV file of persons"
OF_RATES, OF_BANDS = "CSV files of a flow", "CSV files of a shape"
ATTRIBUTE = "an attribute"
GAMMA = "institutions.gamma={units: {x: {regime: low, places: 0}}}"
FILES = {
    ("institutions", "csv"): unit_row(",6,", ",9,"),
    (OF_UNITS, "institution"): ("units.csv", UNITS, UNITS.replace("Gamma,", "Delta,"),
                                ["institutions.csv=units.csv", GAMMA, GAMMA.replace("gamma", "delta"),
                                 "placement.reporter.to=[gamma]"]),
    (OF_UNITS, "region"): unit_row("north", "south"),
    (OF_UNITS, "regime"): unit_row("low", "other"),
    (OF_UNITS, "places"): unit_row(",6,", ",9,"),
    (OF_UNITS, "for_two"): unit_row(",0,PI", ",2,PI", *SHARE),
    (OF_UNITS, "ward"): unit_row(",6,1,", ",6,5,", "regimes.low.staff_per_place=1", "staff={gamma: {fte: 3}}"),
    (OF_UNITS, "out_of_use"): unit_row(",1,works", ",3,works"),
    (OF_UNITS, "why"): unit_row("works", "staff", SHUT),
    (OF_UNITS, "on_shrink"): unit_row(",drain,", ",hold,", SHUT),
    (OF_UNITS, "drain"): unit_row("0 days", "30 days", SHUT),
    (OF_UNITS, "tags"): unit_row("spare", "spare quiet", "placement.remand.to=[house, quiet]"),
    (OF_UNITS, ATTRIBUTE): unit_row(",man,", ",woman,"),
    ("start.present.<name>", "csv"): persons_row("2025-12-20,,alpha.house,,40 days,man,north\n", ""),
    ("start.waiting.<name>", "csv"): ("persons.csv", WAIT, WAIT + "2025-12-01,,,man\n",
                                      ["start.waiting.listed={csv: persons.csv, status: reporter}"]),
    (OF_PERSONS, "since"): persons_row("12-20", "12-30"),
    (OF_PERSONS, "status"): persons_row("sentenced", "reporter"),
    (OF_PERSONS, "unit"): persons_row("alpha.house", "alpha.prison"),
    (OF_PERSONS, "sentence"): persons_row("100 days", "200 days"),
    (OF_PERSONS, "stay"): persons_row("40 days", "60 days"),
    (OF_PERSONS, ATTRIBUTE): persons_row("north", "south"),
    (OF_RATES, "date"): rates_row("09-01", "03-01"),
    (OF_RATES, "rate"): rates_row(",2", ",3"),
    ("Shapes", "csv"): bands_row("10,40", "10,50"),
    (OF_BANDS, "share"): ("bands.csv", BANDS, BANDS.replace("0.5,1,", "0.7,1,").replace("0.5,10", "0.3,10"),
                          [stay("{csv: bands.csv}")]),
    (OF_BANDS, "from_days"): bands_row(",1,", ",3,"),
    (OF_BANDS, "to_days"): bands_row(",40", ",50"),
}
FILE_WORDS = {
    (OF_UNITS, "label"): unit_row("PI Gamma", "PI G"),
}


def columns_in_words(text, keys):
    """Columns that the text tells beside the tables: the keys of a unit, attributes, and those of two small files."""
    told = {OF_UNITS: [key for section, key in keys if section == "institutions.<name> units"
                       and key not in ("admits", "changes", "region")] + [ATTRIBUTE], OF_PERSONS: [ATTRIBUTE]}
    if "Its columns are those below, the keys of a unit but `admits` and `changes`" not in text:
        del told[OF_UNITS]
    for section, words in ((OF_RATES, ("date", "rate")), (OF_BANDS, ("share", "from_days", "to_days"))):
        if re.search(f"columns {', '.join(words)}" if len(words) > 2 else f"columns {' and '.join(words)}", text):
            told[section] = words
    return [(section, key) for section, more in told.items() for key in more]


def listed_keys(binary):
    """(section, key) in the order of `celsim fields`; a section below another is told by both names where only that
    tells it apart."""
    keys, top = [], ""
    text = subprocess.run([binary, "fields"], capture_output=True, text=True, check=True).stdout
    for line in text.splitlines():
        if line.startswith("## "):
            top = section = line[3:]
        elif line.startswith("### "):
            section = line[4:]
            section = f"{top} {section}" if top == "Shapes" or section == "units" else section
        elif match := re.match(r"\| `(\w+)` ", line):
            keys.append((section, match[1]))
    return keys + columns_in_words(text, keys)


def results(binary, sets, name=None, text=None):
    """All numbers of a run, or why there are none."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = BASE
        if name:
            scenario = pathlib.Path(folder, BASE.name)
            scenario.write_bytes(BASE.read_bytes())
            pathlib.Path(folder, name).write_text(text, encoding="utf-8")
        command = [pathlib.Path(binary).resolve(), "run", scenario, "--quiet", "--threads", "1", "--out", f"{folder}/out"]
        done = subprocess.run(command + [word for one in sets for word in ("--set", one)],
                              capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            return done.stderr
        manifest = pathlib.Path(folder, "out/run.yaml").read_text(encoding="utf-8")
        tables = [file.read_bytes() for file in sorted(pathlib.Path(folder, "out").glob("*.csv"))]
        return (*tables, manifest[manifest.index("checks:"):manifest.index("scenario:")])


def judge(run, key, sets, moves):
    before, after = sets if isinstance(sets, tuple) and isinstance(sets[0], list) else ([], sets)
    if isinstance(sets, tuple) and len(sets) == 4:
        name, old, new, read = sets
        one, other = run(tuple(read), name, old), run(tuple(read), name, new)
    else:
        one, other = run(tuple(before)), run(tuple(after))
    for result in (one, other):
        if isinstance(result, str):
            return f"{' '.join(key)}: {result.strip()}"
    if (one != other) != moves:
        return f"{' '.join(key)}: {'no' if moves else 'a'} number moves"
    return None


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    run = functools.lru_cache(None)(functools.partial(results, sys.argv[1]))
    rows = {key: (sets, True) for key, sets in {**CHANGES, **FILES}.items()}
    rows |= {key: (sets, False) for key, sets in {**WORDS, **FILE_WORDS}.items()}
    keys = listed_keys(sys.argv[1])
    wrong = [f"{' '.join(key)}: no row in {pathlib.Path(__file__).name}" for key in keys if key not in rows]
    wrong += [f"{' '.join(key)}: celsim fields does not list it" for key in rows if key not in keys]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        judged = pool.map(lambda key: judge(run, key, *rows[key]), [key for key in rows if key in keys])
        wrong += [message for message in judged if message]
    print("\n".join(wrong) if wrong else f"{sum(m for _, m in rows.values())} keys move a number, "
          f"{sum(not m for _, m in rows.values())} are words")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
