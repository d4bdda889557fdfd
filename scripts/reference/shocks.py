"""What happens overnight: places that are lost, many people at once."""

import math

from reference.chance import DRAWS_A_PERSON, MINUTE
from reference.dates import DAY
from reference.person import ARRIVAL, Person
from reference.values import day_number, members, minutes, plain


class Shock:
    def __init__(self, name, node):
        self.stream, self.on = f"shock.{name}", day_number(node["on"])
        self.persons, self.flow = int(plain(node.get("persons", "0"))), node.get("flow")
        self.over = minutes(node.get("over", "1 day"))
        self.last = self.on + minutes(node["lasts"]) // DAY - 1 if "lasts" in node else math.inf
        units = node.get("units", {})
        self.units = {k: int(plain(v)) for k, v in members(units).items()} if isinstance(units, dict) else \
            dict.fromkeys(units)

    def strike(self, units):
        for unit in units:
            if unit.name in self.units:
                unit.dated.strike(self.on, self.last, self.units[unit.name])


class Shocks:
    """Of the world: who is arrested."""

    def put_arrested(self):
        for shock in self.scenario.shocks:
            status = next((flow.status for flow in self.scenario.flows if flow.name == shock.flow), None)
            for i in range(shock.persons):
                key = (self.scenario.rank[shock.stream], shock.on, i)
                person = Person(shock.stream, key, shock.on, i * DRAWS_A_PERSON, i)
                draw = self.chance.number(shock.stream, shock.on, i * DRAWS_A_PERSON + MINUTE)
                minute = (shock.on - self.scenario.start) * DAY + draw * shock.over // 2**52
                self.at(minute, ARRIVAL, lambda person=person, status=status: self.arrive(person, status))
