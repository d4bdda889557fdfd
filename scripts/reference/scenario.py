"""The plan: the scenario read and worked out."""

from fractions import Fraction
import datetime
import itertools
import math
import subprocess

import yaml

from reference.dates import DAY, RELEASED
from reference.gate import Hours
from reference.inputs import Drawn, per_draw_of
from reference.loss import exponential_year
from reference.measures import Measures
from reference.pairs import Pairs, Sharing
from reference.places import DatedPlaces
from reference.returns import ReturnPlan
from reference.shapes import Shape
from reference.shocks import Shock
from reference.staff import close_wards, millionths
from reference.turns import Turning
from reference.values import Who, date_of, day_number, fraction, lots, members, minutes, plain, rows_of, shares, varying
from reference.valves import Valve
from reference.works import Works


class Regime:
    def __init__(self, name, node, everything):
        self.name = name
        self.sharing = Sharing(node["two_in_a_cell"], everything) if "two_in_a_cell" in node else None
        self.outside = plain(node.get("outside")) == "true"
        self.unlimited = plain(node.get("places")) == "unlimited"
        self.turnover = minutes(node["turnover"]) if "turnover" in node else 0
        self.emergency = plain(node.get("emergency")) == "true"
        self.intake = Hours(node["intake"]) if "intake" in node else None
        self.per_place = millionths(node.get("staff_per_place", "0"))
        self.per_ward = millionths(node.get("staff_per_ward", "0"))


class Unit(Pairs):
    def __init__(self, name, regime, dated, admits, institution=None, region=None, tags=(), ward=1, for_two=0):
        self.name, self.regime, self.dated, self.stated, self.ward = name, regime, dated, dated, ward
        self.for_two, self.size = for_two, dated.built
        self.admits, self.institution, self.region, self.tags = admits, institution, region, tags

    def open(self, day):
        """Empty, on the first day. So many must move."""
        self.occupied = self.turnover = self.to_move = 0
        self.is_open = True  # takes people in now
        self.people = set()
        self.open_pairs(day)

    def free(self):
        return max(0, self.room()) if self.is_open else 0

    def room(self):
        """Free places; below 0 when over capacity."""
        return self.entries - self.occupied - self.turnover

    def is_part_of(self, place):
        return place in (self.name, self.institution, self.regime.name, *self.tags)


class Pool:
    """Units that no rule and no person can tell apart."""

    def __init__(self, units):
        self.units = sorted(units, key=lambda unit: unit.name)

    def is_free(self):
        return any(unit.free() > 0 for unit in self.units)

    def best(self):
        """Most free places, or least over where places are usable at all; ties by name."""
        return max(self.units, key=Unit.free if self.is_free() else lambda unit: (unit.planned > 0, unit.room()))


def find_unit(pools):
    """Where a place would be given: in the first pool with one; none free: in the first pool."""
    return next((pool for pool in pools if pool.is_free()), pools[0]).best()


class Status:
    def __init__(self, name, node, values):
        self.name, self.path = name, f"statuses.{name}"
        self.clock = plain(node.get("clock", "placement"))
        self.served = plain(node.get("served")) == "true"
        self.length = next((key for key in ("sentence", "stay") if key in node), None)
        self.length_node = node.get(self.length)
        release = node.get("release", {})
        self.conditional, self.granted = release.get("conditional", []), release.get("granted", "1")
        self.weekend = plain(release.get("weekend", "as_planned"))
        waits = node.get("waits", {"in": "outside"})
        self.waits_in, self.ladder = plain(waits["in"]), waits.get("at_limit", [])
        self.limit = minutes(waits["limit"]) if "limit" in waits else None
        self.leaves, self.crisis = members(waits.get("leaves")), node.get("crisis")
        further = node.get("further_titles")
        self.further = further and (plain(further["draws_from"]), further["chance"])
        home = node.get("sent_home", {})
        self.back_after, self.back_as = home.get("back_after"), home.get("as", name)
        self.read_call_up(node.get("called_up"))
        self.next = node.get("next", {RELEASED: "1"})
        rows = rows_of(self.next, values)
        self.routes = list(dict.fromkeys(name for row in rows for name in members(row)))

    def read_call_up(self, node):
        self.called_up = node is not None
        node = node or {}
        self.fill_to = Fraction(plain(node.get("fill_to", "1")))
        self.no_show = Fraction(plain(node.get("no_show", "0")))
        self.notice = minutes(node["notice"]) if "notice" in node else 0
        self.at_most = int(plain(node["at_most"])) if "at_most" in node else math.inf
        self.then = node.get("then") if self.no_show > 0 else None

    def ways(self):
        """The statuses that can follow it in any way."""
        home = [self.back_as] if "sent_home" in self.ladder else []
        home += [plain(node["next"]) for node in self.leaves.values()]
        home += [self.further[0]] if self.further else []
        return set(self.routes + home + ([self.then] if self.then else [])) - {RELEASED}

    def to_serve(self, sentence, granted, rows=None):
        """Conditional release: the remitted part is rounded down to whole days."""
        for row in (self.conditional if rows is None else rows) if granted else []:
            if "up_to" in row and sentence > minutes(row["up_to"]):
                continue
            above = sentence - (minutes(row["of_part_above"]) if "of_part_above" in row else 0)
            remitted = max(0, math.floor(above * fraction(row["remits"])))
            if "at_most" in row:
                remitted = min(remitted, minutes(row["at_most"]))
            return sentence - remitted // DAY * DAY
        return sentence


class Rule(Turning):
    def __init__(self, name, index, node, all_values):
        self.name, self.index, self.place = name, index, index
        self.is_open = False  # by a valve: also to places out of category
        self.who = Who(node.get("who"), all_values)
        self.to, self.out_of_category = node["to"], node.get("out_of_category", [])
        self.by_sentence = plain(node.get("order")) == "longest_sentence"
        self.near = node.get("near")
        self.after = minutes(node["after"]) if "after" in node else None
        self.at_before = minutes(plain(node["at"]).removesuffix(" before release")) if "at" in node else None
        self.in_crisis = "during" in node

    def has_date(self):
        return self.after is not None or self.at_before is not None or self.in_crisis

    def pools_of(self, scenario, place, status, profile):
        """Those of his own region first, where the rule is near."""
        pools = [pool for pool in scenario.pools if pool.units[0].is_part_of(place) and
                 pool.units[0].admits.matches(status, profile)]
        return sorted(pools, key=lambda pool: pool.units[0].region != profile[self.near]) if self.near else pools

    def region_of(self, unit, values):
        """What the rule sees of the unit's region."""
        if self.near is None or not any(unit.is_part_of(place) for place in self.ever + self.out_of_category):
            return None
        return unit.region if unit.region in values[self.near] else None


class Flow:
    def __init__(self, name, node):
        self.name, self.status = name, node["status"]
        self.per = next(key for key in ("per_day", "per_month", "per_year") if key in node)
        rate = plain(node[self.per])
        rates = members(rate) if isinstance(rate, dict) else {"0": rate}
        self.rates = [(int(year), float(Fraction(plain(number)))) for year, number in rates.items()]
        self.month, self.weekday = self.factors(node, "month", 12), self.factors(node, "weekday", 7)
        self.trend = float(plain(node["after"]["trend_per_year"])) if "after" in node else 0.0

    @staticmethod
    def factors(node, key, count):
        """Scaled to a mean of 1."""
        numbers = [float(Fraction(plain(f))) for f in node.get(key, ["1"] * count)]
        return [f * count / sum(numbers) for f in numbers]

    def rate(self, day):
        """Persons a day."""
        date = date_of(day)
        new_year = datetime.date(date.year, 1, 1)
        days_of_year = (datetime.date(date.year + 1, 1, 1) - new_year).days
        first_of_next = datetime.date(date.year + date.month // 12, date.month % 12 + 1, 1)
        spread = {"per_day": 1, "per_year": days_of_year,
                  "per_month": (first_of_next - date.replace(day=1)).days}[self.per]
        stated = [rate for year, rate in self.rates if year <= date.year] or [self.rates[0][1]]
        rate = stated[-1] / spread
        for year in range(self.rates[-1][0] + 1, date.year + 1) if self.trend else ():
            part = (date - new_year).days / days_of_year if year == date.year else 1
            rate *= 1 + self.trend * part
        return rate * self.month[date.month - 1] * self.weekday[date.weekday()]


class Group:
    """A start group."""

    def __init__(self, name, node, waiting):
        self.waiting, self.path = waiting, f"start.{'waiting' if waiting else 'present'}.{name}"
        self.name = f"{'waiting' if waiting else 'present'}/{name}"
        self.status, self.csv = node.get("status", name), node.get("csv")
        self.persons = int(plain(node.get("persons", "0")))
        self.elapsed = node.get("elapsed", "equilibrium")
        self.since, self.places = node.get("since"), node.get("in")


class Scenario:
    """Of a draw of the uncertain inputs, where there are any."""

    def __init__(self, path, celsim, replication=0):
        self.path, self.celsim, self.tables, self.paths = path, celsim, {}, None
        self.known = {}
        root = self.root = self.read(replication)
        self.start = day_number(root["period"]["start"])
        self.days = day_number(root["period"]["end"]) - self.start + 1
        self.attributes = members(root.get("attributes"))
        self.values = {}
        for name, node in self.attributes.items():
            self.values[name] = list(members(rows_of(node, self.values)[0]))
        self.statuses = {n: Status(n, s, self.values) for n, s in members(root["statuses"]).items()}
        self.read_estate(root)
        self.transport = Hours(root["transport"]) if "transport" in root else None
        self.flows = [Flow(name, flow) for name, flow in members(root.get("flows")).items()]
        everything = dict(self.values, status=list(self.statuses))
        rules = members(root.get("placement"))
        self.rules = [Rule(name, i, rules[name], everything) for i, name in enumerate(rules)]
        flow_names = [flow.name for flow in self.flows]
        self.measures = Measures(root.get("measures"), dict(everything, flow=flow_names))
        for rule in self.rules:
            rule.set_changes(self.measures.all, self.start, self.start + self.days - 1)
        self.returns = ReturnPlan(root.get("returns"))
        self.shocks = [Shock(name, node) for name, node in members(root.get("shocks")).items()]
        valves = members(root.get("valves"))
        self.valves = [Valve(name, valves[name], everything) for name in sorted(valves)]
        for valve in self.valves:
            valve.set_first(self.start)
        self.pools = self.make_pools()
        self.pool_number = {unit: i for i, pool in enumerate(self.pools) for unit in pool.units}
        self.lists = self.make_lists()
        self.groups = [Group(name, node, kind == "waiting") for kind in ("present", "waiting")
                       for name, node in members(root.get("start", {}).get(kind)).items()]
        ordered = sorted([flow.name for flow in self.flows] + [group.name for group in self.groups] +
                         [shock.stream for shock in self.shocks if shock.persons])
        self.rank = {name: rank for rank, name in enumerate(ordered)}
        self.cyclic = {name for name in self.statuses if self.comes_back(name)}

    def read(self, replication):
        with open(self.path, encoding="utf-8") as file:
            root = yaml.load(file, Loader=yaml.BaseLoader)  # every scalar stays text
        self.seed = int(plain(root.get("run", {}).get("seed", "1")))
        self.per_draw, self.draw, self.sets, self.inputs = per_draw_of(root), None, [], []
        if not self.per_draw:
            return root
        self.draw = replication // self.per_draw
        drawn = Drawn(root, self.seed, self.draw, self.table)
        self.sets, self.inputs = [word for change in drawn.changes for word in ("--set", change)], drawn.values
        return drawn.root

    def is_of(self, replication):
        return self.draw == (replication // self.per_draw if self.per_draw else None)

    def read_estate(self, root):
        everything = dict(self.values, status=list(self.statuses))
        regimes = members(root.get("regimes"))
        self.regimes = {name: Regime(name, node or {}, everything) for name, node in regimes.items()}
        self.units = []

        def add(name, node, institution=None, gate=None, region=None, tags=()):
            admits = Who(node.get("admits"), everything).and_also(Who(gate, everything))
            regime = self.regimes[node["regime"]]
            self.units.append(Unit(name, regime, DatedPlaces(node), admits, institution,
                                   node.get("region", region), (*tags, *node.get("tags", ())),
                                   int(plain(node.get("ward", "1"))), int(plain(node.get("for_two", "0")))))
            self.units[-1].gate = Who(gate, everything)

        for name, node in members(root.get("units")).items():
            add(name, node)
        institutions = members(root.get("institutions"))

        def add_institutions(nodes):
            for inst, node in nodes.items():
                node = {**institutions.get(inst, {}), **node}
                for name, inner in members(node["units"]).items():
                    add(f"{inst}.{name}", inner, inst, node.get("admits"), node.get("region"), node.get("tags", ()))

        add_institutions(institutions)
        self.works = Works(self, root.get("works"), add_institutions, everything)
        for measure, node in sorted(members(root.get("measures")).items()):
            for name, inner in members(node["converts"] if plain(node["kind"]) == "convert" else None).items():
                self.units.append(self.works.converted(self.works.unit(name), inner["to"], measure, everything))
        for regime in self.regimes.values():
            if regime.unlimited:
                self.units.append(Unit(regime.name, regime, DatedPlaces(None), Who(None, everything)))

    def set_places(self, chance):
        """Of a replication, before its first event: measures, works, shocks, then staff, which needs the places that are left."""
        self.measures.set_places(self)
        self.works.set_places(chance)
        for shock in self.shocks:
            shock.strike(self.units)
        close_wards(self.root, self)

    def is_seen(self, valve, unit):
        """Whether the valve looks at its occupancy."""
        regime = unit.regime
        if regime.unlimited or regime.emergency or regime.outside or (valve.regimes and regime.name not in valve.regimes):
            return False
        return any(unit.admits.matches(status, profile) and valve.of.matches(status, profile)
                   for status in self.statuses.values() for profile, _ in self.profiles())

    def make_pools(self):
        """In order of the first unit of each."""
        entries = [entry for rule in self.rules for entry in rule.ever + rule.out_of_category]
        kinds = {}
        for unit in self.units:
            named = tuple(unit.is_part_of(entry) for entry in entries)
            named += tuple(rule.region_of(unit, self.values) for rule in self.rules)
            kinds.setdefault((unit.regime, unit.admits.signature(), named), []).append(unit)
        return [Pool(units) for units in kinds.values()]

    def make_lists(self):
        """One for each rule and row of pools, in the order of the turns of rules, of statuses and profiles."""
        profiles, lists = [profile for profile, _ in self.profiles()], []
        for rule, status, profile in itertools.product(self.turns(), self.statuses.values(), profiles):
            row = self.row(rule, status, profile)
            better = [pool for pool in row if not self.is_out_of_category(rule, pool.units[0])]
            for entry in ((rule, row), (rule, better), (rule, self.row(rule, status, profile, wider=True))):
                if self.rule_of(status, profile) is rule and entry not in lists:
                    lists.append(entry)
        return lists

    def turns(self):
        return sorted(self.rules, key=lambda rule: (rule.place, rule.index))

    def turn_rules(self, day):
        """As the measures of the day have them; those that are others than before. Just before a rule is half a step."""
        places = {rule.name: rule.index - 0.5 for rule in self.rules}
        turned = [rule for rule in self.rules if rule.turn_on(day, places)]
        if turned:
            self.lists = self.make_lists()
        return turned

    def comes_back(self, name):
        seen, found = set(), self.statuses[name].ways()
        while found - seen:
            status = (found - seen).pop()
            seen.add(status)
            found |= self.statuses[status].ways()
        return name in found

    def shape(self, path, node, profile):
        """The shape at a path; where it varies, the one of this profile."""
        if isinstance(node, dict) and "by" in node:
            path = f"{path}.{profile[node['by']]}"
        if path not in self.tables:
            self.tables[path] = Shape(iter(self.table(path).splitlines()))
        return self.tables[path]

    def table(self, path):
        return self.output_of([self.celsim, "fields", "--table", path, self.path, *self.sets])

    @staticmethod
    def output_of(command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def exponential_year(self):
        if "year" not in self.tables:
            self.tables["year"] = exponential_year(self.celsim, self.output_of)
        return self.tables["year"]

    def lots(self, path, names, node, profile):
        """Of the shares at a path; where they vary, of this profile."""
        by = node.get("by")
        return self.once((path, profile[by] if by else None), lambda: lots(names, shares(varying(node, profile))))

    def length(self, status, profile):
        return self.shape(f"{status.path}.{status.length}", status.length_node, profile)

    def once(self, question, work):
        """The plan does not change: what was worked out is kept."""
        if question not in self.known:
            self.known[question] = work()
        return self.known[question]

    def rule_of(self, status, profile):
        return self.once((status.name, *profile.values()), lambda: self.find_rule(status, profile))

    def find_rule(self, status, profile):
        """The first without a date that matches; None: he needs no place."""
        rule = next((rule for rule in self.rules if rule.who.matches(status, profile) and not rule.has_date()), None)
        return rule if rule and self.row(rule, status, profile) else None

    def row(self, rule, status, profile, wider=False):
        """His pools in order of preference; at the limit, or where the rule is open, also those out of category."""
        wider = wider or rule.is_open
        return self.once((rule.index, tuple(rule.to), wider, status.name, *profile.values()),
                         lambda: self.find_row(rule, status, profile, wider))

    def find_row(self, rule, status, profile, wider):
        entries = rule.to + (rule.out_of_category if wider else [])
        pools = [pool for entry in entries for pool in rule.pools_of(self, entry, status, profile)]
        return list(dict.fromkeys(pools))

    def row_if_for(self, rule, status, profile):
        return self.row(rule, status, profile) if rule.who.matches(status, profile) else []

    def is_out_of_category(self, rule, unit):
        return any(unit.is_part_of(place) for place in rule.out_of_category)

    def profiles(self):
        """All combinations of values, with their shares of all who arrive; the last attribute turns fastest."""
        for combination in itertools.product(*self.values.values()):
            profile = dict(zip(self.values, combination))
            share = Fraction(1)
            for name, node in self.attributes.items():
                share *= shares(varying(node, profile))[profile[name]]
            yield profile, float(share)
