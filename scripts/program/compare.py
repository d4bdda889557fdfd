"""celsim compare: pairs of replications, held against what run gives of each scenario alone."""

import math
import os
import pathlib
import re
import signal
import subprocess
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np

from program.claims import (
    BROKEN, builds, call, claim, contents, fails, holds, manifest_of, rows_of, run, same, same_result, takes)
from program.in_place import small_files
from program.terminal import on_a_terminal, screen

BASE = """\
title: Base
period: {start: 2026-01-01, end: 2027-03-31, warm_up: 30 days}
run: {replications: 40, seed: 5}
attributes: {sex: {man: 0.9, woman: rest}}
regimes: {house: {cost_per_day: {built: 100, occupied: 300}}, police_cell: {places: unlimited, emergency: true}}
units:
  house_a: {regime: house, places: 50, admits: {sex: man}}
  house_w: {regime: house, places: 6}
statuses:
  remand:
    clock: arrival
    stay: {exponential: {mean: 10 days}}
    waits: {in: police_cell, limit: 5 days, at_limit: [over_capacity]}
flows: {town: {status: remand, per_day: 5}}
placement: {all: {to: [house]}}
"""
FEWER = "extends: base.yaml\nflows: {town: {per_day: 4}}\n"
DAYS = 425  # that are recorded: 2026 without 30 days, and 90 of 2027
HEADER = ("when indicator group scenario pairs base_mean mean difference sd standard_error low high "
          "p05 p25 p50 p75 p95 variance_reduction").split()


def write(**files):
    for name, text in files.items():
        pathlib.Path(f"{name}.yaml").write_text(text)


def compare(*words, build=None):
    """A comparison that must succeed in silence; its rows by (when, indicator, group, scenario)."""
    done = call("compare", *words, "--quiet", build=build)
    same((done.returncode, done.stderr, done.stdout), (0, "", ""), f"compare {words}")
    return compared(words[words.index("--out") + 1])


def compared(folder):
    header, *rows = rows_of(f"{folder}/compare.csv")
    same(header, HEADER)
    table = {tuple(row[:4]): dict(zip(HEADER[4:], row[4:])) for row in rows}
    same(len(table), len(rows), "no row twice")
    return table


def means_of(folder):
    """{(when, indicator, group): text of the mean} of what a comparison pairs."""
    rows = rows_of(f"{folder}/summary.csv")[1:]
    rows += [row for row in rows_of(f"{folder}/series.csv")[1:] if row[2] == "total"]
    if os.path.exists(f"{folder}/costs.csv"):
        rows += [[row[0], f"costs.{row[1]}", *row[2:]] for row in rows_of(f"{folder}/costs.csv")[1:]]
    return {tuple(row[:3]): row[3] for row in rows}


def decimals(text):
    return len(text.partition(".")[2])


def rounded(value, places):
    """Half up, as text."""
    scaled = math.floor(value * 10**places + Fraction(1, 2))
    return str(Decimal(scaled).scaleb(-places).quantize(Decimal(1).scaleb(-places)))


def root(value):
    """Of a fraction, to 40 digits."""
    return Fraction(math.isqrt(value.numerator * 10**80 // value.denominator), 10**40)


@claim
def differences_are_those_of_the_means_of_two_runs():
    write(base=BASE, fewer=FEWER)
    table = compare("base.yaml", "fewer.yaml", "--out", "c")
    run("base.yaml", "--out", "a")
    run("fewer.yaml", "--out", "b")
    base, other = means_of("a"), means_of("b")
    holds(len(base) > DAYS * 15, "there are rows")
    costs = {key for key in table if key[1].startswith("costs.")}  # with zeros, which costs.csv leaves out
    # What costs.csv leaves out is nothing.
    unspent = {key for key in costs if key[:3] not in base}
    holds(0 < len(unspent) < len(costs), f"there are costs: {costs}")
    same({table[key][name] for key in unspent for name in ("base_mean", "mean", "difference")}, {"0"})
    same({key[:3] for key in set(table) - costs}, {key for key in base if not key[1].startswith("costs.")}, "all rows")
    differ = 0
    for key in base.keys() & other.keys():
        row = table[*key, "fewer"]
        if row["pairs"] != "40":
            continue
        same((row["base_mean"], row["mean"]), (base[key], other[key]), key)
        difference = Decimal(other[key]) - Decimal(base[key])
        # Means of 40 counts are whole fortieths, so three decimals are exact; others are rounded.
        exact = decimals(row["mean"]) == 3
        slack = Decimal(0) if exact else Decimal(1).scaleb(-decimals(row["mean"]))
        holds(abs(Decimal(row["difference"]) - difference) <= slack, f"{key}: {row}, {difference}")
        differ += difference != 0
    holds(differ > DAYS * 5, f"many differ: {differ}")


@claim
def every_number_follows_from_the_values_of_the_replications():
    write(base=BASE, fewer=FEWER)
    n = 5
    table = compare("base.yaml", "fewer.yaml", "--replications", n, "--out", "c")
    sums = {}  # of counts over the first 0, 1, .. replications, which the rounded means give exactly
    for name in ("base", "fewer"):
        for count in range(1, n + 1):
            run(f"{name}.yaml", "--replications", count, "--out", "r")
            for key, mean in means_of("r").items():
                if decimals(mean) == 3 and ("-" not in key[0] or key[0].endswith("-15")):
                    sums.setdefault((name, key), [0]).append(round(Fraction(mean) * count))
    checked = varied = 0
    for key, row in table.items():
        is_left = "-" in key[0] and not key[0].endswith("-15")  # of the days a thirtieth
        if is_left or decimals(row["mean"]) != 3 or row["pairs"] != str(n):
            continue
        a, b = ([last - first for first, last in zip(sums[name, key[:3]], sums[name, key[:3]][1:])]
                for name in ("base", "fewer"))
        d = [y - x for x, y in zip(a, b)]
        mean = Fraction(sum(d), n)

        def variance(values):
            return sum((v - Fraction(sum(values), n)) ** 2 for v in values) / (n - 1)

        error = root(variance(d) / n)
        half = Fraction("1.959964") * error
        wanted = {"base_mean": Fraction(sum(a), n), "mean": Fraction(sum(b), n), "difference": mean,
                  "sd": root(variance(d)), "standard_error": error}
        same({name: row[name] for name in wanted}, {name: rounded(v, 3) for name, v in wanted.items()}, key)
        for name, end in (("low", mean - half), ("high", mean + half)):
            # The mean is rounded to a millionth before, and the error.
            holds(abs(Fraction(row[name]) - end) <= Fraction("0.000502"), f"{key} {name}: {row[name]}, {float(end)}")
        for percent in (5, 25, 50, 75, 95):
            place = Fraction((n - 1) * percent, 100)
            low, values = math.floor(place), sorted(d)
            value = values[low] + (place - low) * (values[min(low + 1, n - 1)] - values[low])
            same(row[f"p{percent:02}"], rounded(value, 1), f"{key} p{percent}")
        reduction = rounded((variance(a) + variance(b)) / variance(d), 3) if variance(d) else ""
        same(row["variance_reduction"], reduction, key)
        checked += 1
        varied += variance(d) > 0
    holds(checked > 14 * 15 and varied > 14 * 4, f"{checked} rows, {varied} of them vary")


@claim
def a_scenario_against_itself_differs_nowhere():
    write(base=BASE)
    table = compare("base.yaml", "base.yaml", "--replications", 9, "--out", "c")
    some = 0
    for key, row in table.items():
        if row["pairs"] == "0":
            same(set(list(row.values())[1:]), {""}, key)
            continue
        same(row["base_mean"], row["mean"], key)
        zeros = [name for name in HEADER[7:-1] if Decimal(row[name] or 1) != 0]
        # Of one pair no error is known.
        same(zeros, ["sd", "standard_error", "low", "high"] if row["pairs"] == "1" else [], key)
        same(row["variance_reduction"], "", "nothing varies, so there is nothing to reduce")
        some += 1
    holds(some > DAYS * 15, "rows")
    for variant in manifest_of("c")["scenarios"][1:]:
        same((variant["only_base"], variant["only_here"]), ([], []))


@claim
def thinned_arrivals_differ_by_a_poisson_number():
    """Of 5 a day, those who come at 4 a day too are four in five of the same people, so the difference is Poisson of
    1 a day: mean and variance DAYS, and the variances (5 + 4) DAYS by it are 9."""
    write(base=BASE, fewer=FEWER)
    n = 1000
    row = compare("base.yaml", "fewer.yaml", "--replications", n, "--out", "c")["all", "arrivals", "total", "fewer"]
    holds(abs(float(row["difference"]) + DAYS) < 4 * math.sqrt(DAYS / n), row)
    holds(abs(float(row["sd"]) ** 2 / DAYS - 1) < 4 * math.sqrt(2 / n), row)
    # The relative error of each of the two variances is at most sqrt(2 / n).
    holds(abs(float(row["variance_reduction"]) / 9 - 1) < 4 * math.sqrt(4 / n), row)


@claim
def pairs_of_the_same_people_vary_less_than_pairs_of_others():
    write(base=BASE, fewer=FEWER)
    n = 60

    def values(name, seed):
        """Of one replication: the mean number of people present."""
        run(f"{name}.yaml", "--replications", 1, "--seed", seed, "--out", "r")
        return float(next(row[3] for row in rows_of("r/summary.csv") if row[:3] == ["all", "present_mean", "total"]))

    a = np.array([values("base", seed) for seed in range(n)])
    b = np.array([values("fewer", seed) for seed in range(n)])
    others = np.array([values("fewer", seed + 1000) for seed in range(n)])

    def reduction(b):
        return (a.var(ddof=1) + b.var(ddof=1)) / (b - a).var(ddof=1)

    # Unpaired it is 1, with a relative error of some sqrt(4 / n).
    holds(reduction(b) > 4 and abs(reduction(others) - 1) < 4 * math.sqrt(4 / n), f"{reduction(b)}, {reduction(others)}")
    row = compare("base.yaml", "fewer.yaml", "--replications", 400, "--out", "c")["all", "present_mean", "total", "fewer"]
    holds(float(row["variance_reduction"]) > 4, row)


@claim
def threads_ties_builds_and_company_do_not_change_a_byte():
    write(base=BASE, fewer=FEWER, more=FEWER.replace("4", "6"))
    words = ["base.yaml", "fewer.yaml", "more.yaml", "--replications", 7]
    table = compare(*words, "--threads", 1, "--out", "1")
    same(sorted(os.listdir("1")), ["compare.csv", "run.yaml", "timing.yaml"])
    for threads in (2, 3):
        compare(*words, "--threads", threads, "--out", str(threads))
        same_result("1", str(threads), f"{threads} threads")
    for build in builds[1:]:
        compare(*words, "--out", "other", build=build)
        same_result("1", "other", build)
        if takes(build, "--shuffle-ties"):
            compare(*words, "--shuffle-ties", 9, "--out", "shuffled", build=build)
            same_result("1", "shuffled", f"{build}, shuffled")
    alone = compare("base.yaml", "more.yaml", "--replications", 7, "--out", "alone")
    same(alone, {key: row for key, row in table.items() if key[3] == "more"}, "each is compared with the base alone")
    same(list(dict.fromkeys(key[3] for key in table)), ["fewer", "more"])


@claim
def seed_replications_and_values_hold_for_all_scenarios():
    write(base=BASE, fewer=FEWER + "run: {replications: 3, seed: 9}\n")
    same({row["pairs"] for key, row in compare("base.yaml", "fewer.yaml", "--out", "c").items() if key[1] == "need"},
         {"40"}, "those of the base, not the 3 of the other")
    words = ["--set", "units.house_a.places=30", "--seed", 8, "--replications", 5]
    table = compare("base.yaml", "fewer.yaml", *words, "--out", "c")
    for name, column in (("base", "base_mean"), ("fewer", "mean")):
        run(f"{name}.yaml", *words, "--out", "r")
        for key in [("all", "arrivals", "total"), ("all", "shortage", "total"), ("2026-08-15", "present", "total")]:
            same(table[*key, "fewer"][column], means_of("r")[key], f"{name} {key}")
    manifest = manifest_of("c")
    same((manifest["seed"], manifest["replications"]), (8, 5))
    for variant, name in zip(manifest["scenarios"], ("base", "fewer")):
        run(f"{name}.yaml", *words, "--out", "r")
        alone = manifest_of("r")
        same((variant["name"], variant["digest"], variant["scenario"]), (name, alone["digest"], alone["scenario"]))


@claim
def columns_that_only_one_has_are_left_out_and_named():
    write(base=BASE, other=BASE.replace("  remand:", "  other: {stay: 1 day, waits: {in: outside}}\n  remand:")
          + "shocks: {fire: {on: 2026-09-01, units: [house_w], lasts: 10 days}}\n")
    for here, there in (("base", "other"), ("other", "base")):
        table = compare(f"{here}.yaml", f"{there}.yaml", "--replications", 3, "--out", "c")
        run(f"{here}.yaml", "--replications", 3, "--out", "a")
        run(f"{there}.yaml", "--replications", 3, "--out", "b")
        a, b = means_of("a").keys(), means_of("b").keys()
        same({key[:3] for key in table if not key[1].startswith("costs.")},
             {key for key in a & b if not key[1].startswith("costs.")})
        variant = manifest_of("c")["scenarios"][1]
        for named, only in (("only_base", a - b), ("only_here", b - a)):
            same(sorted(variant[named]), sorted({f"{key[1]} {key[2]}" for key in only}), f"{here} {there} {named}")
        holds("waits_ended status.other" in variant["only_here" if there == "other" else "only_base"], variant)
        holds("back_to_normal shock.fire" in variant["only_here" if there == "other" else "only_base"], variant)
        out = call("compare", f"{here}.yaml", f"{there}.yaml", "--replications", 3, "--out", "c").stdout
        count = len({key[1:3] for key in a ^ b})
        holds(f"  {count} columns that only one of the two has are left out; run.yaml names them\n" in out, out)


@claim
def measures_and_money_that_one_lacks_are_nothing_there():
    """Rows of measures.csv of either, with 0 for the other; nothing of them is left out. An item of costs.csv likewise,
    where both reckon money."""
    write(base=BASE, other="extends: base.yaml\nmeasures: {fewer: {kind: inflow, starts: 2026-05-01, factor: 0.5}}\n"
          "institutions: {camp: {units: {tents: {regime: house, places: 4}}}}\n")
    run("other.yaml", "--replications", 3, "--out", "o")
    counted = {(row[0], f"measures.{row[1]}", row[2]): row[3] for row in rows_of("o/measures.csv")[1:]}
    holds(len(counted) == 3 and float(counted["all", "measures.people", "measure.fewer"]) > 100, counted)
    for here, there, column in (("base", "other", "mean"), ("other", "base", "base_mean")):
        table = compare(f"{here}.yaml", f"{there}.yaml", "--replications", 3, "--out", "c")
        variant = manifest_of("c")["scenarios"][1]
        holds(not any("measure" in name or name.startswith("costs") for name in
                      variant["only_base"] + variant["only_here"]), variant)
        sign = 1 if here == "base" else -1
        for key, mean in counted.items():
            row = table[(*key, there)]
            same(row[column], mean, key)
            same(Decimal(row["difference"]), sign * Decimal(mean), key)
        camp = table["all", "costs.total", "institution.camp", there]
        same(Decimal(camp["difference"]), sign * Decimal(camp[column]), camp)
        holds(Decimal(camp[column]) > 0, camp)


@claim
def each_member_alone_and_all_together():
    shocks = {"fire": "{on: 2026-09-01, units: [house_w], lasts: 30 days}",
              "riot": "{on: 2026-11-01, persons: 30, flow: town}"}
    plain = BASE.replace("title: Base", "title: Each")
    write(whole=plain + "shocks:\n" + "".join(f"  {name}: {text}\n" for name, text in shocks.items()), none=plain,
          **{name: plain + f"shocks: {{{name}: {text}}}\n" for name, text in shocks.items()})
    each = compare("whole.yaml", "--each", "shocks", "--replications", 5, "--out", "each")
    files = compare("none.yaml", "fire.yaml", "riot.yaml", "whole.yaml", "--replications", 5, "--out", "files")
    names = {"fire": "shocks.fire", "riot": "shocks.riot", "whole": "all"}
    same(each, {(*key[:3], names[key[3]]): row for key, row in files.items()})
    holds(any(Decimal(row["difference"] or 0) for key, row in each.items() if key[3] == "shocks.fire"), "it does something")
    same([variant["name"] for variant in manifest_of("each")["scenarios"]], ["none", "shocks.fire", "shocks.riot", "all"])
    out = call("compare", "whole.yaml", "--each", "shocks", "--replications", 2, "--out", "each").stdout
    holds(re.match(r"Differences from whole\.yaml without these, over all years, .*\nshocks\.fire\n", out), out)
    # One member alone is all together.
    same({key[3] for key in compare("fire.yaml", "--each", "shocks", "--replications", 2, "--out", "one")}, {"shocks.fire"})
    fails(["compare", "none.yaml", "--each", "shocks"], 1,
          "--each: shocks is no mapping of none.yaml with members, such as shocks\n")
    fails(["compare", "fire.yaml", "--each", "period.start", "--each", "units.house_a.x"], 1,
          "--each: period.start is no mapping of fire.yaml with members, such as shocks\n"
          "--each: units.house_a.x is no mapping of fire.yaml with members, such as shocks\n")
    fails(["compare", "fire.yaml", "--each", "statuses"], 1,  # it cannot do without
          "fire.yaml:14:24: status is remand; no status has this name, and no other is known\n")


@claim
def each_project_alone_does_not_wait_for_those_that_it_comes_after():
    first = "{units: [house_w], start: {planned: 2026-03-01}, takes: {planned: 30 days}}"
    second = "units: {house_a: 5}, start: {planned: 2026-02-01}, takes: {planned: 30 days}"
    plain = BASE.replace("title: Base", "title: Projects")
    projects = "works:\n  projects:\n"
    write(none=plain, first=plain + f"{projects}    first: {first}\n",
          second=plain + f"{projects}    second: {{{second}}}\n",
          both=plain + f"{projects}    first: {first}\n    second: {{{second}, after: [first]}}\n")
    each = compare("both.yaml", "--each", "works.projects", "--replications", 3, "--out", "projects")
    files = compare("none.yaml", "first.yaml", "second.yaml", "both.yaml", "--replications", 3, "--out", "files")
    names = {"first": "works.projects.first", "second": "works.projects.second", "both": "all"}
    same(each, {(*key[:3], names[key[3]]): row for key, row in files.items()})
    holds(any(Decimal(row["difference"] or 0) for key, row in each.items() if key[3] == "works.projects.second"), "it does")


@claim
def each_member_takes_what_is_uncertain_of_it_along():
    shocks = ("  riot: {on: 2026-11-01, persons: 30, flow: town}\n"
              "  fire: {on: 2026-09-01, units: [house_w], lasts: 30 days}\n")
    of_riot = "shocks.riot.persons: {uniform: {from: 10, to: 50}}"
    inputs = f"{{{of_riot}, flows.town.per_day: {{scale: {{uniform: {{from: 0.9, to: 1.1}}}}}}}}"
    only_riot = f"{{{of_riot}}}"
    write(both=f"{BASE}shocks:\n{shocks}uncertainty: {{per_draw: 5, inputs: {inputs}}}\n",
          riot=f"{BASE}shocks:\n{shocks}uncertainty: {{per_draw: 5, inputs: {only_riot}}}\n")
    for name, without in (("both", ["flows.town.per_day"]), ("riot", [])):
        table = compare(f"{name}.yaml", "--each", "shocks", "--replications", 20, "--out", "c")
        same(list(dict.fromkeys(key[3] for key in table)), ["shocks.riot", "shocks.fire", "all"])
        none, riot, fire, _ = (variant["scenario"].get("uncertainty", {}).get("inputs", {})
                               for variant in manifest_of("c")["scenarios"])
        same([list(none), list(riot), list(fire)], [without, ["shocks.riot.persons", *without], without], name)
        row = table["all", "arrivals", "total", "shocks.riot"]
        holds(10 <= float(row["p05"]) < float(row["p95"]) <= 50, f"the same others come, and so many more: {row}")


@claim
def what_is_wrong_with_any_scenario_is_told_before_the_first_run():
    write(base=BASE, later=BASE.replace("2027-03-31", "2027-04-30"), bad=FEWER.replace("4}", "x}"),
          worse="extends: base.yaml\nflows: {town: {per_dya: 4}}\n")
    fails(["compare", "base.yaml", "later.yaml", "bad.yaml", "worse.yaml"], 1,
          "later.yaml:2:9: 2026-01-31 to 2027-04-30 is recorded, but 2026-01-31 to 2027-03-31 of base.yaml; what is "
          "compared has the same days\n"
          "bad.yaml:2:25: per_day is x; it must be a number such as 0.95 or 2/3\n"
          "worse.yaml:2:16: per_dya is not a known key; did you mean 'per_day'?\n")
    bad = "bad.yaml:2:25: per_day is x; it must be a number such as 0.95 or 2/3\n"
    write(again="extends: bad.yaml\n")
    fails(["compare", "bad.yaml", "again.yaml", "later.yaml"], 1, bad)  # told once
    broken = BROKEN / "hundred_and_fifty.yaml"
    same(call("compare", broken, "base.yaml").stderr, call("check", broken).stderr, "a hundred, and 50 more are counted")
    fails(["compare", "base.yaml", "nothing.yaml"], 3, "nothing.yaml: cannot be read: No such file or directory\n")
    fails(["compare", "nothing.yaml", "base.yaml"], 3, "nothing.yaml: cannot be read: No such file or directory\n")
    same(sorted(os.listdir(".")), ["again.yaml", "bad.yaml", "base.yaml", "later.yaml", "worse.yaml"],
         "nothing is left")


@claim
def euros_of_two_price_years_are_not_compared():
    priced = "extends: base.yaml\ncosts: {{price_year: {}}}\n"
    write(base=BASE, now=priced.format(2026), then=priced.format(2016), few=FEWER)
    fails(["compare", "now.yaml", "few.yaml", "then.yaml", "--replications", 2], 1,
          "then.yaml:2:21: price_year is 2016, but 2026 in now.yaml; what is compared has the same prices\n")
    for base, told in (("now", "years together, in prices of 2026."), ("base", "years together.")):
        done = call("compare", f"{base}.yaml", "few.yaml", "--replications", 2, "--out", "c")
        same((done.returncode, done.stderr), (0, ""))
        holds(f"costs.total: millions of euros, all {told}\n" in done.stdout, done.stdout)
    for name, told in (("now", "in prices of 2026"),
                       ("base", "of which year the prices are is not said (costs: price_year)")):
        holds(f"\nCosts: {told}; nothing is indexed or discounted\n" in call("check", f"{name}.yaml").stdout, name)


@claim
def pairs_are_of_one_draw_of_the_inputs():
    uncertain = ("uncertainty: {{per_draw: {}, inputs: "
                 "{{flows.town.per_day: {{scale: {{uniform: {{from: 0.8, to: 1.2}}}}}}}}}}\n")
    write(base=BASE, five=BASE + uncertain.format(5), four=BASE + uncertain.format(4),
          fewer=BASE.replace("per_day: 5", "per_day: 4") + uncertain.format(5))
    fails(["compare", "five.yaml", "four.yaml"], 1,
          "four.yaml:16:25: per_draw is 4, but 5 in five.yaml; pairs are of the same draw\n")
    fails(["compare", "base.yaml", "four.yaml", "--replications", 10], 1,
          "four.yaml:16:25: per_draw is 4; the 10 replications of base.yaml are no multiple of it\n")
    fails(["compare", "five.yaml", "fewer.yaml", "--replications", 12], 1,
          "--replications: 12 is no multiple of per_draw, 5; a part, A..B, need not be one\n")
    table = compare("five.yaml", "fewer.yaml", "--replications", 200, "--out", "c")
    row = table["all", "arrivals", "total", "fewer"]
    # Of 40 draws: a fifth less of what is drawn, so the difference varies with the draw, more than chance alone gives.
    naive = float(row["sd"]) / math.sqrt(200)
    holds(float(row["standard_error"]) > 1.3 * naive, f"{row}, {naive}")
    # uniform from 0.8 to 1.2 has mean 1: DAYS fewer
    holds(abs(float(row["difference"]) + DAYS) < 4 * float(row["standard_error"]), row)
    # Where some replications have no value draws are not whole: no error.
    gaps = [row for row in table.values() if 1 < int(row["pairs"]) < 200]
    holds(gaps, "the first day of a shortage is not known in all")
    same({(row["standard_error"], row["low"], row["high"], row["sd"] != "") for row in gaps}, {("", "", "", True)})
    row = compare("five.yaml", "fewer.yaml", "--replications", 5, "--out", "c")["all", "arrivals", "total", "fewer"]
    same((row["standard_error"], row["low"], row["high"]), ("", "", ""), "one draw tells nothing of the inputs")
    holds(row["sd"], "the sd is that of the replications")
    for threads in (1, 3):
        compare("base.yaml", "five.yaml", "--replications", 10, "--threads", threads, "--out", f"t{threads}")
    same_result("t1", "t3")


@claim
def names_are_those_of_the_files_or_their_paths():
    os.makedirs("x")
    write(base=BASE, fewer=FEWER)
    pathlib.Path("x/fewer.yaml").write_text(FEWER.replace("base.yaml", "../base.yaml").replace("4", "3"))
    table = compare("base.yaml", "fewer.yaml", "x/fewer.yaml", "--replications", 2, "--out", "c")
    same(list(dict.fromkeys(key[3] for key in table)), ["fewer.yaml", "x/fewer.yaml"])
    fails(["compare", "base.yaml", "fewer.yaml", "fewer.yaml"], 2, "fewer.yaml: is to be compared twice\n")


def peak_of(*words):
    """KiB of memory that the program had at most."""
    process = subprocess.Popen([builds[0], "compare", *words, "--quiet"])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    same(process.returncode, 0)
    return used.ru_maxrss


@claim
def records_of_two_scenarios_are_in_memory_at_a_time():
    write(base=BASE.replace("2027-03-31", "2035-12-31"))
    for name in "abcde":
        write(**{name: FEWER})
    words = ["--replications", "40", "--out", "c", "--threads", "1"]
    two, six = peak_of("base.yaml", "a.yaml", *words), peak_of("base.yaml", *(f"{name}.yaml" for name in "abcde"), *words)
    records = 40 * 3600 * 35 * 4 // 1024  # KiB of the days of one scenario
    holds(two > 2 * records and six < two + records / 2, f"{two} KiB, {six} KiB, records of {records} KiB")


@claim
def a_comparison_is_put_in_place_whole_or_not_at_all():
    write(base=BASE, fewer=FEWER)
    words = ["compare", "base.yaml", "fewer.yaml", "--replications"]
    os.mkdir("photos")
    pathlib.Path("photos/one.jpg").write_text("x")
    fails([*words, 1, "--out", "photos"], 3,
          "photos: exists and is no result of celsim (it holds no run.yaml); name another folder\n")
    same(call(*words, 2, "--out", "r").returncode, 0)
    before = contents("r")
    done = call(*words, 3, "--out", "r", preexec_fn=small_files)
    same((done.returncode, done.stdout, done.stderr),
         (3, "", "r.part/compare.csv: cannot be written: File too large\n"))
    for end in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen([builds[0], *map(str, words), "5000", "--out", "r"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 20
        while not os.path.exists("r.part/.unfinished"):
            holds(time.monotonic() < until and process.poll() is None, "it began")
            time.sleep(0.002)
        time.sleep(0.1)
        process.send_signal(end)
        out, errors = process.communicate(timeout=20)
        same((process.returncode, out, errors), (130, "", "interrupted; no result was written\n"))
    same((contents("r") == before, sorted(os.listdir("."))), (True, ["base.yaml", "fewer.yaml", "photos", "r"]))
    same(call(*words, 3).returncode, 0)
    same(os.listdir("results"), ["compared"])


@claim
def the_screen_shows_what_compare_csv_has():
    """Of all years each indicator, costs in millions; by year the shortage by normal execution, where it is counted."""
    asked = "output: {shortages: {normal: true}}\n"
    write(base=BASE + asked, fewer=FEWER, plain=BASE, less=FEWER.replace("base", "plain"))
    for base, other, wanted in (("base", "fewer", "shortage_normal"), ("plain", "less", "shortage")):
        shown = call("compare", f"{base}.yaml", f"{other}.yaml", "--replications", 5, "--out", base).stdout
        rows = {tuple(row[:3]): row for row in rows_of(f"{base}/compare.csv")[1:]}
        for indicator, mean, low, high in re.findall(r"^  ([\w.]+) +(\S+)  \((\S+) to (\S+)\)$", shown, re.MULTILINE):
            row = rows["all", indicator, "total"]
            per = 1e6 if indicator == "costs.total" else 1
            for text, value in ((mean, row[7]), (low, row[10]), (high, row[11])):
                holds(abs(float(text) - float(value) / per) < 0.051, f"{indicator} {text} {value}")
        holds(f"  {wanted} " in shown and "costs.total" in shown, shown)
        holds(not re.search(r"-0(\.0)?[ )\n]", shown), f"a zero below 0: {shown}")
        years, values = re.search(rf"^{wanted} +(.*)\n{other} +(.*)$", shown, re.MULTILINE).groups()
        same(years.split(), ["2026", "2027"])
        for year, value in zip(years.split(), values.split()):
            holds(abs(float(value) - float(rows[year, wanted, "total"][7])) < 0.501, f"{year} {value}")
    long_name = "fewer_places_by_a_name_that_is_long"
    pathlib.Path(f"{long_name}.yaml").write_text(FEWER)
    shown = call("compare", "base.yaml", "less.yaml", f"{long_name}.yaml", "--replications", 2,
                 "--set", "period.end=2037-12-31", "--out", "r").stdout
    holds(re.search(rf"^shortage_normal {{{len(long_name) - 15}}}(    20(2[6-9]|3[0-5])){{10}}  later years: compare.csv\n"
                    rf"less *\n{long_name}( +-?\d+){{10}}$", shown, re.MULTILINE), shown)


@claim
def the_bar_runs_over_all_scenarios():
    write(base=BASE, fewer=FEWER)
    words = ["compare", "base.yaml", "fewer.yaml", "--out", "r", "--replications", 900]
    shown, code, out = on_a_terminal(words)
    same((code, screen(shown)), (0, []), "nothing of it stays")
    done = [int(number) for number in re.findall(r"\] (\d+) of 1800 replications, \d+ s left", shown)]
    holds(done == sorted(done) and done and done[-1] > 900, repr(shown))
    holds(re.fullmatch(r"Differences from base\.yaml, over all years, .*\nfewer\n"
                       r"(  [\w.]+ +-?\d+\.\d  \(-?\d+\.\d to -?\d+\.\d\)\n)+"
                       r"shortage +2026 +2027\nfewer +-?\d+ +-?\d+\n"
                       r"costs\.total: millions of euros, all years together\.\n"
                       r"2 scenarios of 900 replications in \d+\.\d\d s; results in r\n", out), out)
    same(on_a_terminal([*words[:-1], 9, "--quiet"]), ("", 0, ""))
