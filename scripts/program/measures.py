"""What measures count, and what a bill and a regime for limited risk come to. Laws of all kinds: kinds.py."""

from program.claims import ROOT, claim, contents, holds, rows_of, run, same
from program.laws import scenario, table

WORK = "kind: replace_sentence, by: work, starts: 2026-02-01"
FAILS = "fails: {share: 1, after: 9 days, as: arrested}"
MORE = "kind: inflow, starts: 2026-02-01"


def sets(*paths):
    return [word for path in paths for word in ("--set", path)]


@claim
def measures_are_counted_as_the_events_tell():
    """Of one replication: who is replaced, on which day, and who of them comes into another status later."""
    changes = sets(f"measures.m={{{WORK}, share: 0.5, who: {{status: [reporter, arrested]}}, {FAILS}, "
                   "cost: {per_person: 900}}", "period.warm_up=0 days")
    name = scenario()
    run(name, *changes, "--replications", 1, "--events", 0, "--out", "one")
    rows = rows_of("one/events.csv")[1:]
    people = [tuple(row[1:4]) for row in rows if row[4] == "replaced"]
    back = {who for who in people if [row[4] for row in rows if tuple(row[1:4]) == who][-1] != "replaced"}
    counted = {key: float(row[0]) for key, row in table(contents("one")["measures.csv"]).items() if key[0] != "year"}
    holds(len(back) > 20, f"{len(back)} come back")
    same(counted["all", "people", "measure.m"], len(people), "people")
    same(counted["all", "failed", "measure.m"], len(back), "failed")
    same(counted["all", "cost", "measure.m"], 900 * len(people), "cost")
    costs = table(contents("one")["costs.csv"])
    for key in (("all", "measures", "measure.m"), ("all", "measures", "total"), ("all", "total", "total")):
        same(float(costs[key][0]), counted["all", "cost", "measure.m"], f"costs.csv: {key}")
    for what in ("people", "failed", "days_saved", "cost"):
        years = [value for key, value in counted.items() if key[0] != "all" and key[1] == what]
        same((len(years), round(sum(years), 3)), (2, round(counted["all", what, "measure.m"], 3)), f"{what} by year")


@claim
def a_larger_chance_is_law_in_more_replications():
    """Where it is law, all is as if it were certain; where it is not, as if it were not there."""
    name, before = scenario(), 0
    for chance in (0.2, 0.5, 0.8):
        run(name, *sets(f"measures.m={{{MORE}, factor: 2, chance: {chance}}}"), "--replications", 12, "--out", "bill")
        now = float(table(contents("bill")["measures.csv"])["all", "in_force", "measure.m"][0])
        holds(before < now < 1, f"chance {chance}: {before} before, {now} now")
        before = now


@claim
def a_regime_for_limited_risk_stands_partly_empty_where_too_few_may_come():
    """Ten times its places, and only men near the end of long sentences: most of them are free for nobody else."""
    run(ROOT / "configs/measures/limited_risk.yaml", *sets("measures.limited_risk.units={limited_risk.ward: 3000}"),
        "--replications", 2, "--out", "wide")
    found = table(contents("wide")["summary.csv"])
    places, people, queue = (float(found["2030", what, group][0]) for what, group in (
        ("usable", "regime.limited_risk"), ("present_mean", "regime.limited_risk"), ("waiting_mean", "total")))
    same(places, 3000, "its places")
    holds(300 < people < 2000, f"{people} are there")
    holds(queue > 1000, f"{queue} wait")
