"""Laws of valves, on the scenario that has every feature: what never opens or has nobody changes nothing, the order in
the file means nothing, a larger share has more people, all builds of the same run have the same measures.csv."""

import itertools

from program.claims import claim, holds, same
from program.laws import NOWHERE, history, scenario, table

EARLY = "does: {release_early: 9 days}"


def sets(valves):
    text = ", ".join(f"{name}: {{{valve}}}" for name, valve in valves.items())
    return ["--set", f"valves={{{text}}}"]


@claim
def a_valve_that_never_opens_or_has_nobody_leaves_the_same_bytes():
    """Those that are open were so before the outputs began."""
    before = history(scenario("nowhere.yaml", NOWHERE))
    for valve, opens in (
            (f"opens: {{police_cells: {{at_least: 9999}}}}, closes: {{police_cells: {{below: 9998}}}}, {EARLY}", False),
            (f"opens: {{waiting: {{at_least: 9999}}}}, closes: {{waiting: {{below: 0}}}}, mean_over: 9 days, {EARLY}", False),
            (f"from: 2030-01-01, {EARLY}", False), (f"to: 2025-12-31, {EARLY}", False),
            ("to: 2025-12-31, does: {stop_calling: reporter}", False),
            ("from: 2030-01-01, does: {stop_arrests: {leaves: caught}}", False),
            ("does: {stop_arrests: {leaves: caught, share: 0}}", True),
            ("does: {stop_arrests: {leaves: caught, who: {area: nowhere}}}", True),
            ("does: {stop_arrests: {leaves: caught, sentence: {at_most: 0 minutes}}}", True),
            ("from: 2030-01-01, does: {out_of_category: remand}", False),
            ("from: 2030-01-01, does: {call_longest_sentence: reporter}", False),
            ("does: {release_early: 9 days, share: 0}", True), ("does: {release_early: 9 days, at_most: 0}", True),
            ("does: {release_early: 9 days, who: {area: nowhere}}", True),
            ("does: {release_early: 9 days, sentence: {at_most: 0 minutes}, as_needed: true}", True)):
        after = history("nowhere.yaml", *sets({"v": valve}))
        for name in ("events.csv", "series.csv", "summary.csv"):
            holds(before[name] == after[name], f"{valve}: other bytes in {name}")
        found = {key[1]: float(row[0]) for key, row in table(after["measures.csv"]).items() if key[0] == "all"}
        same({name: value > 0 for name, value in found.items()},
             {"openings": False, "days_open": opens, "people": False, "days_saved": False}, valve)


@claim
def what_holds_without_a_valve_too_changes_nothing_while_it_is_open():
    """Cells for two that may be shared anyway, and the order that the queue has already; both have people."""
    before = history(scenario())
    for valve in ("does: {double_use: house}", "does: {call_longest_waiting: reporter}"):
        after = history(scenario(), *sets({"v": valve}))
        for name in ("events.csv", "series.csv", "summary.csv"):
            holds(before[name] == after[name], f"{valve}: other bytes in {name}")
        holds(float(table(after["measures.csv"])["all", "people", "valve.v"][0]) > 0, f"{valve}: nobody")


SEVERAL = {"b": "review: 9 days, does: {release_early: 20 days, as_needed: true}",
           "a": "opens: {waiting: {at_least: 9}}, closes: {waiting: {below: 6}}, does: {release_early: 5 days, share: 0.6, "
                "stop_calling: reporter}",
           "d": "from: 2026-03-01, to: 2026-09-30, does: {release_early: 9 days, who: {sex: man}}",
           "c": "does: {release_early: 30 days, at_most: 1}",
           "e": "from: 2026-04-01, to: 2026-08-31, does: {out_of_category: remand, double_use: house}",
           "f": "to: 2026-03-31, does: {call_longest_waiting: reporter, stop_arrests: {leaves: caught, share: 0.5}}",
           "g": "does: {call_longest_sentence: reporter}"}


@claim
def the_order_of_valves_in_the_file_means_nothing():
    wanted = None
    for order in itertools.islice(itertools.permutations(SEVERAL), 0, None, 900):
        got = history(scenario(), *sets({name: SEVERAL[name] for name in order}))
        got = {name: got[name] for name in ("events.csv", "series.csv", "summary.csv", "measures.csv")}
        wanted = wanted or got
        holds(got == wanted, f"in the order {order}")
    people = {key[2]: float(row[0]) for key, row in table(wanted["measures.csv"]).items() if key[:2] == ("all", "people")}
    same({name: number > 0 for name, number in people.items()}, {f"valve.{name}": True for name in SEVERAL}, "people")


@claim
def a_larger_share_leaves_earlier_and_nobody_later():
    def people(share):
        result = history(scenario(), *sets({"v": f"does: {{release_early: 9 days, share: {share}}}"}))
        return float(table(result["measures.csv"])["all", "people", "valve.v"][0])

    numbers = [people(share) for share in ("0", "0.2", "0.5", "1")]
    holds(numbers[0] == 0 and numbers == sorted(set(numbers)), f"people by share: {numbers}")
