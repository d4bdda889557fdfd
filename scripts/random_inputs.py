"""Random uncertain inputs of a random scenario (random_plan.py). Their chance is of its own, so that a seed is the same
scenario with them and without."""

import random
import re

from reference.inputs import DURATION, FAMILIES, is_count, path_of
from reference.values import minutes

SHARE_OF_SEEDS = 0.35
CERTAIN = {"title", "period", "run", "output", "price_year"}  # of the year nearly any other value is refused
FRACTION = re.compile(r"\d+/\d+")


def is_number(node):
    return isinstance(node, (int, float)) and not isinstance(node, bool) or \
        isinstance(node, str) and bool(FRACTION.fullmatch(node) or DURATION.fullmatch(node))


def can_scale(node):
    """A number, a shape, or those by year or attribute."""
    if not isinstance(node, dict):
        return is_number(node)
    rows = [row for key, row in node.items() if key != "by"]
    by = "by" in node or all(re.fullmatch(r"\d{4}", str(key)) for key in node)
    return bool(FAMILIES & set(node)) and "csv" not in node or bool(rows) and by and all(map(can_scale, rows))


def below(node, steps=()):
    """Whatever can be uncertain, with the steps to it."""
    if steps and can_scale(node):
        yield steps, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inner:
        key = str(key) if isinstance(node, dict) else key
        if key not in CERTAIN:
            yield from below(child, (*steps, key))


def around(chance, low, likely, high, is_bounded=True):
    """A shape from low to high."""
    kind = chance.randrange(6)
    if kind == 0:
        return likely
    if kind == 1:
        return {"pert": {"low": low, "likely": likely, "high": high}}
    if kind == 2:
        return {"mixture": [[0.5, likely], ["rest", {"uniform": {"from": low, "to": high}}]]}
    if kind == 3 and is_bounded:
        return {"lognormal": {"median": likely, "cv": 0.3, "at_least": low, "at_most": high}}
    if kind == 4:
        return {"bands": [[0.4, low, likely], ["rest", likely, high]]}
    return {"uniform": {"from": low, "to": high}}


def factor(chance):
    """Shares are scaled down, as most that stand there leave no room."""
    return {"scale": around(chance, *chance.choice([(0.5, 0.8, 1), (0.7, 1, 1.4), (0.9, 1, 1.05)]))}


def in_place_of(chance, steps, node):
    if isinstance(node, str) and DURATION.fullmatch(node):
        stated = minutes(node)
        return around(chance, *(f"{part * stated // 4} minutes" for part in (2, 4, 7)), stated > 0)
    if isinstance(node, str):
        return around(chance, 0.1, 0.2, 0.5)
    if is_count(steps):
        return around(chance, max(min(node, 1), node // 2), node, 2 * node + 1, node > 0)
    high = min(1, 1.5 * node) if node <= 1 else 1.5 * node
    return around(chance, round(0.5 * node, 6), node, round(max(node, high), 6), node > 0)


def input_of(chance, steps, node):
    is_single = not isinstance(node, dict) and not (isinstance(node, (int, float)) and node < 0)
    return in_place_of(chance, steps, node) if is_single and chance.random() < 0.5 else factor(chance)


def add_inputs(plan, seed):
    """Into some of the plans: a few inputs, none within another, and two draws of them."""
    chance = random.Random(f"inputs of {seed}")
    found = list(below(plan))
    if chance.random() > SHARE_OF_SEEDS or not found:
        return
    inputs = {}
    sections = sorted({steps[0] for steps, _ in found})
    for _ in range(chance.randint(1, 5)):
        section = chance.choice(sections)  # else nearly all would be of statuses
        steps, node = chance.choice([entry for entry in found if entry[0][0] == section])
        if not any(steps[:len(other)] == other[:len(steps)] for other in inputs):
            inputs[steps] = input_of(chance, steps, node)
    per_draw = chance.choice([1, 2, 4])
    plan["run"]["replications"] = 2 * per_draw
    plan["uncertainty"] = {"per_draw": per_draw, "inputs": {path_of(steps): node for steps, node in inputs.items()}}
