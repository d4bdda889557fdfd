"""Uncertain inputs: rule 17. Of which draw a replication is, what each input is in it, and the scenario that says so."""

import copy
import math
import re
from fractions import Fraction

from reference.chance import first_number, hash_of, uniform
from reference.dates import DAY, UNITS_OF_TIME
from reference.shapes import Shape
from reference.values import members, minutes, plain

BILLION = 10**9
DURATION = re.compile(rf"\S+ ({'|'.join(UNITS_OF_TIME)})s?")
FAMILIES = {"fixed", "uniform", "exponential", "gamma", "lognormal", "weibull", "pert", "bands", "csv", "mixture", "steps"}
# What is whole by its nature: persons, places, hours of a day; and durations in whole days.
COUNTS = {"places", "ward", "for_two", "out_of_use", "persons", "adds", "places_out_at_most", "price_year", "priority",
          "transport_per_day", "at_most"}  # a longest duration, too, is at_most: that has a unit
BY_UNIT = {"units", "places_after", "decants_to", "lost_places", "opens", "intake_per_day"}
OF_PEOPLE = {"waiting", "police_cells"}  # at_least and below: of a valve, and of code black
DAYS = {"drain", "ramp", "mean_over", "review", "release_early", "moves_before", "stays", "planned"}
DAYS_OF = {"works": {"notice"}, "measures": {"takes"}, "shocks": {"lasts"}}


def per_draw_of(root):
    """Replications of a draw; 0: nothing is uncertain, and all have the same plan."""
    return int(plain(root["uncertainty"].get("per_draw", "10"))) if "uncertainty" in root else 0


def round_half_up(value):
    return math.floor(value + 0.5)


def decimal(billionths):
    sign, size = "-" if billionths < 0 else "", abs(billionths)
    return f"{sign}{size // BILLION}.{size % BILLION:09}"


def steps_of(root, path):
    """The keys and places in lists by which a path goes; a key may have a dot, as a unit of an institution has."""
    node, steps = root, []
    while path:
        if isinstance(node, list):
            step, path = re.fullmatch(r"\[?(\d+)\]?(.*)", path).groups()
            step = int(step)
        else:
            step = max((key for key in node if re.match(rf"{re.escape(key)}([.[]|$)", path)), key=len)
            path = path[len(step):]
        path = path.removeprefix(".")
        node = node[step]
        steps.append(step)
    return tuple(steps)


def path_of(steps):
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)[1:]


def is_count(steps):
    key, parent = steps[-1], steps[-2]
    return key in COUNTS or parent in BY_UNIT or parent == "hours" or \
        key in ("at_least", "below") and parent in OF_PEOPLE or \
        key == "per_day" and (parent == "intake" or steps[0] == "transport")


def kind_of(steps, text):
    """Of a number that stands there: count, number, minutes or days."""
    if DURATION.fullmatch(text):
        return "days" if steps[-1] in DAYS | DAYS_OF.get(steps[0], set()) else "minutes"
    return "count" if is_count(steps) else "number"


def in_words(kind, value):
    """A number or minutes as a scenario says them, and the integer that is drawn or stands for them."""
    if kind in ("number", "factor"):
        size = math.copysign(round_half_up(abs(value) * BILLION), value)
        return decimal(int(size)), int(size)
    whole = round_half_up(value / DAY if kind == "days" else value)
    return str(whole) if kind == "count" else f"{whole} {kind}", whole


class Drawn:
    """The scenario in a draw. `changes`: the same as words of --set; `values`: (path, unit, value) as in inputs.csv."""

    def __init__(self, root, seed, draw, table_of):
        self.root, self.changes, self.values = copy.deepcopy(root), ["uncertainty=remove"], []
        inputs = members(self.root.pop("uncertainty")["inputs"])
        for stated, node in inputs.items():
            steps = steps_of(root, stated)
            n = first_number(seed, (draw, hash_of(path_of(steps))))
            value = Shape(iter(table_of(f"uncertainty.inputs.{stated}").splitlines())).quantile(uniform(n))
            self.put(steps, value, isinstance(node, dict) and list(members(node)) == ["scale"])

    def put(self, steps, value, is_factor):
        bare, text = self.bare(steps)
        kind = "factor" if is_factor else kind_of(steps, text)
        words, whole = in_words(kind, value)
        self.values.append((path_of(steps), kind, words.split()[0]))
        if not is_factor:
            self.write(bare, words)
        elif whole != BILLION:  # else it stays as it is written
            self.multiply(steps, whole / BILLION)

    def at(self, steps):
        node = self.root
        for step in steps:
            node = node[step]
        return node

    def bare(self, steps):
        """Where the number itself stands, which may be written {value: X, source: ..}, and what stands there."""
        node = self.at(steps)
        return (*steps, "value") if plain(node) is not node else steps, plain(node)

    def write(self, steps, words):
        self.at(steps[:-1])[steps[-1]] = words
        self.changes.append(f"{path_of(steps)}={words}")

    def multiply(self, steps, factor):
        """A number; a shape or a CSV file, by the `scale` beside it; or all there are by year or attribute."""
        bare, node = self.bare(steps)
        if not isinstance(node, dict):
            kind = kind_of(steps, node)
            stated = minutes(node) if kind in ("minutes", "days") else float(Fraction(node))
            self.write(bare, in_words(kind, stated * factor)[0])
        elif "scale" in node:
            self.multiply((*bare, "scale"), factor)
        elif FAMILIES & set(node):
            self.write((*bare, "scale"), in_words("number", factor)[0])
        else:
            for key in members(node):
                if key != "by" or "by" not in node:
                    self.multiply((*bare, key), factor)
