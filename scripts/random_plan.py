"""A random small scenario of a seed: all that can be combined, at a load at which things happen.
`plan_of(seed)` is the scenario as mappings and lists, and its CSV files by name."""

import datetime
import random

from random_crises import add_crises
from random_measures import make_measures
from random_returns import make_returns, returns_measure
from random_supply import make_shocks, make_staff, make_transport, make_works, WEEK
from random_valves import make_valves

CAUSES = ["lost", "works", "damage", "reserve", "staff"]
REGIONS = ["north", "south", "east"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.start = datetime.date(2026, 1, 1) + datetime.timedelta(self.random.randrange(700))
        self.days = self.random.randint(60, 130)
        self.files = {}

    def chance(self, share):
        return self.random.random() < share

    def one(self, *things):
        return self.random.choice(things)

    def some(self, things, least, most):
        """So many of them, in any order."""
        return self.random.sample(things, min(len(things), self.random.randint(least, most)))

    def duration(self, least_days, most_days):
        if self.chance(0.25):
            return f"{self.random.randint(max(1, 24 * least_days), 24 * most_days)} hours"
        return f"{self.random.randint(least_days, most_days)} days"

    def date(self, first=-10, last=10):
        day = self.random.randint(first, self.days + last)
        return (self.start + datetime.timedelta(day)).isoformat()

    def later(self, date, days):
        return (datetime.date.fromisoformat(date) + datetime.timedelta(days)).isoformat()

    # - shapes

    def bare_shape(self, mean):
        days = f"{mean} days"
        kind = self.random.randrange(12)
        if kind in (0, 9):
            return days
        if kind == 1:
            return {"uniform": {"from": "1 hour", "to": f"{2 * mean} days"}}
        if kind == 2:
            return {"lognormal": {"mean": days, "cv": self.one(0.5, 1, 2)}}
        if kind == 3:
            return {"bands": [[0.3, "0 days", days], ["rest", days, f"{2 * mean} days"]]}
        if kind == 4:
            return {"mixture": [[0.4, days], ["rest", {"exponential": {"mean": days, "at_most": f"{5 * mean} days"}}]]}
        if kind == 5:  # many are equal
            return {"steps": [[f"{max(1, mean // 2)} days", 0.4], [days, 0.3],
                              {"every": days, "chance": 0.6}]}
        if kind == 10:
            return {"pert": {"low": "1 hour", "likely": days, "high": f"{3 * mean} days"}}
        if kind == 11:
            return {self.one("gamma", "weibull"): {"mean": days, "cv": self.one(0.5, 1.5)}}
        return {"exponential": {"mean": days}}

    def shape(self, mean):
        if self.attributes and self.chance(0.2):
            name = self.one(*self.attributes)
            first = self.values[name][0]
            return {"by": name, first: self.bare_shape(mean), "else": self.bare_shape(mean + 2)}
        return self.bare_shape(mean)

    def varying(self, first, other):
        """A number, or one by the first attribute."""
        if self.attributes and self.chance(0.2):
            name = self.one(*self.attributes)
            return {"by": name, self.values[name][0]: first, "else": other}
        return first

    # - people

    def make_attributes(self):
        self.attributes, self.values = {}, {}
        if self.chance(0.7):
            self.attributes["sex"] = {"man": 0.7, "woman": "rest"}
        if self.chance(0.7):
            self.attributes["home"] = self.one({"north": 0.5, "south": "rest"},
                                               {"north": 0.4, "south": "1/3", "island": "rest"})
        if "sex" in self.attributes and self.chance(0.4):
            self.attributes["risk"] = {"by": "sex", "man": {"low": 0.5, "high": 0.5},
                                       "woman": {"low": 0.8, "high": 0.2}}
        for name, node in self.attributes.items():
            self.values[name] = list(node["man"] if "by" in node else node)

    def who(self, statuses=None, share=0.3):
        asked = {"status": statuses[0] if len(statuses) == 1 else statuses} if statuses else {}
        for name, values in self.values.items():
            if self.chance(share):
                value = self.one(*values)
                asked[name] = value if self.chance(0.7) else {"not": value}
        return asked

    # - places

    def make_regimes(self):
        self.places = [f"r{i}" for i in range(self.random.randint(3, 5))]
        self.regimes = {"cell": {"emergency": True}, "tag": {"places": "unlimited", "outside": True}}
        self.cells_are_limited = self.chance(0.25)
        if not self.cells_are_limited:
            self.regimes["cell"]["places"] = "unlimited"
        for name in self.places:
            self.regimes[name] = node = {}
            if self.chance(0.3):
                node["turnover"] = self.duration(0, 2)
            if self.has_gates and self.chance(0.4):
                node["intake"] = self.intake()
            if self.chance(0.1):
                node["apart"] = True
            if self.chance(self.share_of_sharing):
                node["two_in_a_cell"] = self.two_in_a_cell()
            if self.has_staff:
                self.norm(node)
            if self.has_costs:
                node["cost_per_day"] = {key: self.one(140, 99.99, {self.start.year: 10, self.start.year + 1: 12.5})
                                        for key in self.some(["built", "occupied"], 1, 2)}
        self.regimes[self.places[0]].pop("apart", None)

    def norm(self, node):
        if self.chance(0.85):
            node["staff_per_place"] = self.one(0.3, 0.58, 1)
        if self.chance(0.4) or "staff_per_place" not in node:
            node["staff_per_ward"] = self.one(0.5, 1.3, 2)

    def two_in_a_cell(self):
        node = {"who": self.who(self.chance(0.5) and self.some(self.names, 1, 2) or None, 0.5)}
        if not node["who"]:
            del node["who"]
        if self.chance(0.4):
            node["from"] = self.date()
        if self.chance(0.4):
            node["to"] = self.later(node.get("from", self.start.isoformat()), self.random.randint(0, 60))
        return node

    def intake(self):
        node = {}
        if self.chance(0.5):
            first = self.random.randrange(0, 23)
            node["hours"] = [first, self.random.randint(first + 1, 24)]
        if self.chance(0.5):
            node["days"] = self.some(WEEK, 3, 7)
        if self.chance(0.5) or not node:
            node["per_day"] = self.random.randint(1, 3)
        return node

    def unit(self, regime):
        places = self.random.randint(2, 9)
        node = {"regime": regime, "places": places}
        if self.chance(0.15):
            node["out_of_use"] = self.random.randint(1, places)
            node["why"] = self.one(*CAUSES)
        if self.has_staff and self.chance(0.5):
            node["ward"] = self.random.randint(2, 4)
            node["on_shrink"] = self.one("drain", "transfer", "hold")
        if self.chance(self.share_of_sharing):
            node["for_two"] = self.random.randint(1, places // 2)
            node["on_shrink"] = self.one("drain", "transfer", "transfer", "hold")
            if self.chance(0.3):
                node["drain"] = f"{self.random.randint(1, 20)} days"
        if self.chance(0.5):
            node["region"] = self.one(*REGIONS)
        if self.chance(0.2):
            node["tags"] = self.some(["long_stay", "quiet"], 1, 2)
        if self.chance(0.2):
            admits = self.who(self.chance(0.3) and self.some(self.names, 2, 4) or None)
            if admits:
                node["admits"] = admits
        if self.chance(self.share_of_changes):
            self.change(node, places)
        return node

    def change(self, node, places):
        node["changes"] = changes = []
        for _ in range(self.random.randint(1, 4)):
            change = {"from": self.date(), "places": -self.random.randint(1, places + 1)}
            if self.chance(0.2):
                change["places"] = self.random.randint(1, 4)
            if change["places"] < 0 or self.chance(0.1):
                change["why"] = self.one(*CAUSES)
            if self.chance(0.6):
                change["to"] = self.later(change["from"], self.random.randint(0, 30))
            if change["places"] > 0:
                change.pop("why", None)
            changes.append(change)
        node["on_shrink"] = self.one("drain", "transfer", "transfer", "hold")
        if self.chance(0.4):
            node["drain"] = f"{self.random.randint(1, 20)} days"

    def make_estate(self):
        self.units = {f"u{i}": self.unit(regime) for i, regime in enumerate(self.places)}
        if self.cells_are_limited:
            self.units["cells"] = {"regime": "cell", "places": self.random.randint(1, 6)}
        self.institutions = {}
        for name in self.some(["west", "mid", "far"], 1 if self.has_gates else 0, 3):
            node = {"units": {f"w{i}": self.unit(self.one(*self.places)) for i in range(self.random.randint(1, 4))}}
            if self.chance(0.7):
                node["region"] = self.one(*REGIONS)
            if self.chance(0.2):
                node["tags"] = [self.one("long_stay", "quiet")]
            if self.chance(0.1) and "sex" in self.attributes:
                node["admits"] = {"sex": self.one("man", "woman")}
            self.institutions[name] = node
        self.tags, self.unit_names = set(), list(self.units)
        for node in [*self.units.values(), *self.institutions.values()]:
            self.tags.update(node.get("tags", []))
        for name, node in self.institutions.items():
            for inner, unit in node["units"].items():
                self.unit_names.append(f"{name}.{inner}")
                self.tags.update(unit.get("tags", []))

    # - statuses

    def make_statuses(self):
        self.statuses, self.waits = {}, {}
        for i, name in enumerate(self.names):
            ways = ["outside", "cell", "cell", "outside"] if i == 0 else \
                   ["outside", "cell", "cell", "present_place", "present_place", "present_place", "nowhere", self.places[0]]
            self.waits[name] = self.one(*ways)
        self.free = self.names[-1] if len(self.names) > 2 and self.chance(0.15) else None
        if self.free:
            self.waits[self.free] = "nowhere"
        self.queues = [name for name in self.names if self.waits[name] == "outside"]
        for i, name in enumerate(self.names):
            self.statuses[name] = self.status(i, name)
        if self.free:  # at liberty: needs no place
            self.statuses[self.free] = {"clock": "arrival", "stay": self.shape(5),
                                        "next": {self.names[0]: 0.5, "release": "rest"}}

    def others(self, name):
        return [other for other in self.names if other != name]

    def status(self, i, name):
        node = {"clock": self.one("placement", "placement", "arrival", "custody")}
        way = {"in": self.waits[name]}
        is_called = way["in"] == "outside" and self.chance(0.5)
        if is_called:
            node["clock"] = "placement"
            node["called_up"] = self.called_up(name)
        elif self.chance(0.35):
            node["served"] = True
        self.means[name] = mean = self.random.randint(2, 14)
        length = self.one("stay", "sentence")
        node[length] = self.shape(mean)
        if way["in"] in self.regimes and self.chance(0.7):
            self.limit(node, way, name)
        if way["in"] != "nowhere" and self.chance(0.3):
            way["leaves"] = self.leaves(name)
        if way["in"] != "nowhere" and self.chance(0.2):
            way["overdue"] = self.overdue()
        node["waits"] = way
        if self.queues and self.chance(0.3):
            node["further_titles"] = {"chance": self.varying(self.one(0.3, 0.7, 1), 0.5),
                                      "draws_from": self.one(*self.queues)}
        node["release"] = self.release(length)
        if not node["release"]:
            del node["release"]
        if self.others(name) and self.chance(0.65):
            node["next"] = self.routes(i, name, may_go_back=node["clock"] == "placement")
        return node

    def called_up(self, name):
        notice = self.one(f"{self.random.randint(0, 9)} days", f"{self.random.randint(0, 240)} hours")
        node = {"fill_to": self.one(0.8, 0.95, 1), "notice": notice}
        if self.chance(0.6):
            node["at_most"] = self.random.randint(1, 8)
        if self.others(name) and self.chance(0.6):
            node["no_show"], node["then"] = self.one(0.1, 0.3), self.one(*self.others(name))
        return node

    def limit(self, node, way, name):
        way["limit"] = self.duration(1, 6)
        last = self.one("over_capacity", "sent_home", "stay")
        first = self.some(["valve", "out_of_category"], 0, 2)
        way["at_limit"] = first + [last]
        if last == "sent_home":
            node["sent_home"] = {"back_after": self.bare_shape(self.random.randint(2, 8))}
            if self.chance(0.3):
                node["sent_home"]["as"] = self.one(*self.names)

    def leaves(self, name):
        reasons = self.some(["paid", "lapsed", "arrested"], 1, 3)
        following = ["release"] * 2 + self.others(name)
        return {reason: {"per_year": self.varying(self.one(0, 1, 6, 25.5), 3), "next": self.one(*following)}
                for reason in reasons}

    def overdue(self):
        """It is counted; nothing follows from it."""
        node = {"after": self.duration(1, 6)}
        if self.chance(0.5):
            node["compensation"] = self.one({"per_month": 300},
                                            {"per_month": [300, 450.5], "rises_every": self.duration(1, 9)})
        return node

    def release(self, length):
        node = {}
        if length == "sentence" and self.chance(0.4):
            rows = [{"up_to": "5 days", "remits": 0}] if self.chance(0.5) else []
            last = {"remits": self.one("1/3", 0.5)}
            if self.chance(0.5):
                last["of_part_above"] = "3 days"
            if self.chance(0.5):
                last["at_most"] = "10 days"
            node["conditional"] = rows + [last]
            if self.chance(0.5):
                node["granted"] = self.varying(0.6, 0.9)
        if self.chance(0.4):
            node["weekend"] = self.one("friday", "friday_for_monday")
        return node

    def routes(self, i, name, may_go_back):
        """Mostly on, now and then back."""
        later = self.names[i + 1:]
        on = self.some(later, 1, 2) if later else []
        if i and may_go_back and self.chance(0.5):
            on.append(self.one(*self.names[:i]))
        if not on:
            return {"release": 1}
        share = round(self.one(0.5, 0.8) / len(on), 2)
        node = {other: share for other in on}
        node["release"] = "rest"
        if self.attributes and self.chance(0.2):
            attribute = self.one(*self.attributes)
            return {"by": attribute, self.values[attribute][0]: node, "else": {**node, on[0]: round(share / 2, 2)}}
        return node

    # - who goes where

    def place(self):
        kinds = [self.places] * 5 + [self.unit_names] + [list(self.institutions) or self.places]
        kinds += [sorted(self.tags) or self.places]
        return self.one(*self.one(*kinds))

    def rule(self, statuses, dated=None):
        to = list(dict.fromkeys(self.place() for _ in range(self.random.randint(1, 3))))
        if self.chance(0.05):
            to.append("tag")
        node = {"to": to}
        asked = self.who(statuses, 0.4 if dated else 0.15)
        if asked:
            node["who"] = asked
        if self.chance(0.5):
            own = self.some(to, 0, len(to) - 1)
            node["out_of_category"] = list(dict.fromkeys(own + self.some(self.places, 0 if own else 1, 1)))
        if self.has_region(to) and self.chance(0.5):
            node["near"] = "home"
        if dated:
            node.update(dated)
        if all("sentence" in self.statuses[name] for name in statuses or self.names) and self.chance(0.5):
            node["order"] = "longest_sentence"
        return node

    def has_region(self, to):
        """Whether some place of these lies in a region that is a home."""
        units = [(name, None, {}, unit) for name, unit in self.units.items()]
        units += [(f"{name}.{inner}", name, node, unit) for name, node in self.institutions.items()
                  for inner, unit in node["units"].items()]
        return any({name, institution, unit["regime"], *unit.get("tags", []), *node.get("tags", [])} & set(to) and
                   unit.get("region", node.get("region")) in self.values.get("home", [])
                   for name, institution, node, unit in units)

    def make_rules(self):
        rules, placed = [], [name for name in self.names if name != self.free]
        for name in placed:
            rules.append(self.rule([name] if self.chance(0.8) else sorted({name, self.one(*placed)})))
            if "called_up" not in self.statuses[name]:
                for _ in range(self.random.choice([0, 0, 1, 2])):
                    rules.append(self.rule([name], {"after": self.duration(1, 8)}))
            for _ in range(self.random.choice([0, 0, 1, 2])):
                rules.append(self.rule([name], {"at": f"{self.duration(1, 10)} before release"}))
        self.random.shuffle(rules)
        if self.chance(0.8):
            rules.append({"to": self.some(self.places, 1, 2), "who": {"status": placed}})
        self.rules = {f"p{i}": rule for i, rule in enumerate(rules)}

    # - flows and starters

    def make_flows(self):
        """At the load at which some wait."""
        places = sum(u["places"] for u in self.units.values())
        places += sum(u["places"] for node in self.institutions.values() for u in node["units"].values())
        entered = list(dict.fromkeys(self.names[:1] + self.some(self.names, 0, 2)))
        path = 1.6 * sum(self.means[name] for name in self.names) / len(self.names)
        rate = self.one(0.7, 1, 1.3) * places / path / len(entered)
        self.flows = {}
        for name in entered:
            per, factor = self.one(("per_day", 1), ("per_month", 30), ("per_year", 365))
            node = {"status": name, per: round(rate * factor, 2)}
            if self.chance(0.2):
                node["weekday"] = [1, 1.5, 1, 1, 1, 0.5, 0]
            if self.chance(0.1):
                node["month"] = [1, 2] * 6
            if self.chance(0.1):
                year = self.start.year - 1
                node[per], node["after"] = {year: node[per]}, {"trend_per_year": self.one(-0.3, 0.4)}
            self.flows[f"f_{name}"] = node

    def make_start(self):
        present, waiting = {}, {}
        derived = self.chance(0.1)  # a set of paths costs the reference model seconds
        plain = [name for name, node in self.statuses.items() if "conditional" not in node.get("release", {}) and
                 "served" not in node and node["clock"] != "custody"]
        for name in self.some(self.names if derived else plain, 0, 3):
            node = {"status": name, "persons": self.random.randint(0, 12)}
            if self.chance(0.5):
                node["elapsed"] = self.one(self.duration(0, 5), {"uniform": {"from": "0 days", "to": "9 days"}})
            if self.chance(0.15):
                node["in"] = self.some(self.places, 1, 2)
            present[f"here_{name}"] = node
        able = [name for name, node in self.statuses.items() if self.waits[name] != "nowhere" and
                (derived or name in plain or self.waits[name] == "outside" and node["clock"] == "placement")]
        for name in self.some(able, 0, 3):
            node = {"status": name, "persons": self.random.randint(0, 10)}
            if self.chance(0.7):
                node["since"] = self.one(self.duration(0, 5), {"exponential": {"mean": "8 days"}})
            if self.waits[name] == "present_place":
                node["in"] = self.some(self.places, 1, 2)
            waiting[f"queue_{name}"] = node
        if self.chance(0.15):
            present["listed"] = {"status": self.names[0], "csv": self.persons(self.names[:1], "present")}
        if self.chance(0.15) and self.queues:
            waiting["listed"] = {"status": self.queues[0], "csv": self.persons(self.queues, "waiting")}
        return {key: value for key, value in (("present", present), ("waiting", waiting)) if value}

    def persons(self, names, kind):
        has_units, has_lengths = self.chance(0.5), self.chance(0.5)
        lines = [",".join(["status", "since", "unit", "sentence", "stay", *self.attributes])]
        for _ in range(self.random.randint(1, 12)):
            name = self.one(*names)
            since = self.start - datetime.timedelta(self.random.randint(0, 12))
            unit = self.one(*self.unit_names, "") if has_units and kind == "present" else ""
            length = self.duration(1, 30) if has_lengths and self.chance(0.5) else ""
            lengths = [length if key in self.statuses[name] else "" for key in ("sentence", "stay")]
            values = [self.one(*self.values[attribute], *[""] * (not unit)) for attribute in self.attributes]
            if "risk" in self.attributes and not values[list(self.attributes).index("sex")]:
                values[-1] = ""  # it depends on the sex
            lines.append(",".join([name, since.isoformat(), unit, *lengths, *values]))
        self.files[f"{kind}.csv"] = "\n".join(lines) + "\n"
        return f"{kind}.csv"

    def output(self):
        """What is counted must not change what happens."""
        node = {"daily": ["total", *self.some(["status", "regime", *self.attributes], 0, 3)],
                "month_end": self.some(["institution", "unit"], 1, 2)}
        if self.chance(0.5):
            node["stand_in"] = [[name] for name in self.some(self.places, 1, 2)]
        if self.chance(0.6):
            node["wrong_regime"] = {f"w{i}": self.wrong_regime() for i in range(self.random.randint(1, 2))}
        if self.chance(0.3):
            node["code_black"] = {"occupancy": {"at_least": self.one(0.5, "9/10", 1)}}
            if self.chance(0.5):
                node["code_black"]["police_cells"] = {"at_least": self.random.randint(0, 3)}
        if self.chance(0.3):
            node["daily_mean"] = node["daily"][:1]
        if len(node["daily"]) > 1:
            node["shortages"] = {"normal": True, "catching_up": f"{7 * len(node['daily'])} days"}
        return node

    def wrong_regime(self):
        node = {"should_be_in": self.some(list(self.regimes), 1, 2)}
        who = self.chance(0.6) and self.who(self.chance(0.5) and self.some(self.names, 1, 2) or None)
        return {"who": who, **node} if who else node

    # - the whole

    def places_of_units(self):
        units = dict(self.units)
        for name, node in self.institutions.items():
            units.update({f"{name}.{inner}": unit for inner, unit in node["units"].items()})
        return units

    def plan(self):
        self.names, self.means = [f"s{i}" for i in range(self.random.randint(2, 5))], {}
        self.has_gates, self.share_of_changes = self.chance(0.4), self.one(0, 0.4, 0.8)
        self.share_of_sharing = self.one(0, 0, 0.6)
        self.has_staff, self.has_costs = self.chance(0.4), self.chance(0.3)
        self.make_attributes()
        self.make_regimes()
        self.make_estate()
        self.make_statuses()
        self.make_rules()
        self.make_flows()
        end = self.start + datetime.timedelta(self.days - 1)
        plan = {"title": "Random", "period": {"start": self.start.isoformat(), "end": end.isoformat()},
                "run": {"seed": self.random.randint(1, 99999)}, "attributes": self.attributes,
                "regimes": self.regimes, "units": self.units, "institutions": self.institutions,
                "statuses": self.statuses, "flows": self.flows, "placement": self.rules,
                "start": self.make_start()}
        self.brought = self.has_gates and self.chance(0.8)
        if self.brought:
            plan["transport"] = make_transport(self)
        if self.chance(0.3):
            plan["output"] = self.output()
        if self.chance(0.2):
            plan["period"]["warm_up"] = f"{self.random.randint(1, 30)} days"
        if self.chance(0.4):
            plan["works"] = make_works(self)
        if self.has_staff and self.institutions:
            plan["staff"] = make_staff(self)
        if self.has_costs and self.chance(0.5):
            plan["costs"] = {"price_year": 2024, "compare": {"promised": self.one(5, {self.start.year: 7})}}
        if self.chance(0.35):
            plan["shocks"] = make_shocks(self)
        if self.chance(0.6):
            plan["valves"] = make_valves(self, self.rules)
        if self.chance(0.5):
            plan["measures"] = make_measures(self)
        if self.chance(0.35):
            plan["returns"] = make_returns(self)
            if self.chance(0.5):
                plan.setdefault("measures", {})["r"] = returns_measure(self)
        if self.chance(0.35):
            add_crises(self)
            plan["placement"] = self.rules
        return {key: value for key, value in plan.items() if value}


def plan_of(seed):
    maker = Maker(seed)
    return maker.plan(), maker.files
