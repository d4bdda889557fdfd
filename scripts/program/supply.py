"""The scenarios of configs/supply: works, upkeep, staff, cells for two, shocks, conversion and costs."""

import yaml

from program.claims import ROOT, call, claim, holds, same
from program.results import numbers_without_source

SUPPLY = sorted((ROOT / "configs/supply").glob("*.yaml"))


@claim
def supply_scenarios_have_no_errors_and_a_source_for_every_number():
    holds(len(SUPPLY) >= 14, f"{len(SUPPLY)} scenarios")
    for path in SUPPLY:
        done = call("check", path)
        same((done.returncode, done.stderr), (0, ""), path.name)
        with open(path, encoding="utf-8") as file:
            same(list(numbers_without_source(yaml.safe_load(file))), [], path.name)
