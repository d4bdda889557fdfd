"""Random measures for a random scenario (random_plan.py): `maker` is its Maker, with all but measures made."""

WITH_COST = ("replace_sentence", "instead_of_remand", "hearings", "early_release", "suspension", "last_part_outside",
             "places")


def sentence_bounds(maker):
    least = maker.random.randint(0, 8)
    return maker.one({"at_most": f"{least + 4} days"}, {"at_least": f"{least} days"},
                     {"at_least": f"{least} days", "at_most": f"{least + 15} days"})


def replace(maker, statuses):
    node = {"kind": "replace_sentence", "share": maker.one(0.3, "2/3", 0.9, 1)}
    who = maker.who(maker.chance(0.7) and maker.some(statuses, 1, 2) or None)
    if maker.chance(0.5):
        who["sentence"] = sentence_bounds(maker)
    node.update({"who": who} if who else {})
    node.update({"in": "tag"} if maker.chance(0.4) else {"by": "work"})
    if maker.chance(0.6):
        node["fails"] = {"share": maker.one(0.3, 1), "after": maker.bare_shape(maker.random.randint(1, 12)),
                         "as": maker.one(*maker.names)}
    return node


def remand(maker, stays):
    node = {"kind": "instead_of_remand", "share": maker.one(0.3, "2/3", 0.9, 1), "in": "tag"}
    who = maker.who(maker.chance(0.7) and maker.some(stays, 1, 2) or None)
    node.update({"who": who} if who else {})
    if maker.chance(0.6):
        node["fails"] = {"share": maker.one(0.3, 1), "after": maker.bare_shape(maker.random.randint(1, 12)),
                         "as": maker.one(*maker.names)}
    if maker.chance(0.5):
        node["applies_to"] = "present"
    return node


def release(maker, sentenced):
    node = {"kind": "conditional_release",
            "conditional": [{"up_to": "5 days", "remits": 0},
                            {"remits": maker.one("1/3", 0.5), "of_part_above": maker.one("2 days", "0 days"),
                             "at_most": "12 days"}]}
    who = maker.who(maker.chance(0.5) and maker.some(sentenced, 1, 2) or None)
    node.update({"who": who} if who else {})
    if maker.chance(0.5):
        node["granted"] = maker.one(0.3, "2/3")
    if maker.chance(0.4):
        node["share"] = maker.one(0.3, "2/3")
    if maker.chance(0.6):
        node["applies_to"] = "present"
        node.update({"lengthens": True} if maker.chance(0.4) else {})
    return node


def length(maker, sentenced):
    """Of sentences; of stays where there are none."""
    kind = "sentence_length" if sentenced and maker.chance(0.6) else "hearings"
    node = {"kind": kind, "factor": maker.one(0.5, "4/3", 1.17, 2)}
    who = maker.who(maker.chance(0.5) and kind == "sentence_length" and maker.some(sentenced, 1, 2) or None)
    if maker.chance(0.4):
        who["sentence"] = sentence_bounds(maker)
    node.update({"who": who} if who else {})
    if maker.chance(0.5):
        node.update({"minimum": "9 days"} if kind == "sentence_length" else {"earlier": "50 hours", "not_before": "3 days"})
    if maker.chance(0.4):
        node["share"] = maker.one(0.3, "2/3")
    if kind == "hearings" and maker.chance(0.5):
        node["applies_to"] = "present"
    return node


def ways(maker):
    """By status, those that its `next` names, where there are several."""
    nodes = {name: node["next"] for name, node in maker.statuses.items() if "next" in node}
    rows = {name: [row for key, row in node.items() if key != "by"] if "by" in node else [node]
            for name, node in nodes.items()}
    named = {name: list(dict.fromkeys(way for row in its for way in row)) for name, its in rows.items()}
    return {name: its for name, its in named.items() if len(its) > 1}


def route(maker, several):
    name = maker.one(*several)
    start, end = maker.some(several[name], 2, 2)
    who = maker.who(maker.chance(0.5) and [name] or None)
    node = {"kind": "routes", "from": start, "to": end, "share": maker.one(0.3, "2/3", 1)}
    node.update({"who": who} if who else {})
    return node


def hearing_chance(maker, stepped):
    """Of stays by steps another chance to end at each."""
    node = {"kind": "hearings", "chance_factor": maker.one(0, 0.5, 1.4, 3), "who": maker.who([maker.one(*stepped)])}
    if maker.chance(0.3):
        node["factor"] = maker.one(0.5, "4/3")
    if maker.chance(0.4):
        node["share"] = maker.one(0.3, "2/3")
    return node


def backlog(maker):
    """So many people more, in one flow."""
    node = {"kind": "inflow", "adds": maker.random.randint(0, 80), "who": {**maker.who(), "flow": maker.one(*maker.flows)}}
    if maker.chance(0.4):
        node["lag"] = maker.bare_shape(maker.random.randint(1, 30))
    if maker.chance(0.2):
        node["factor"] = maker.one(0.5, 1.5)
    return node


def inflow(maker):
    if maker.chance(0.3):
        return backlog(maker)
    node = {"kind": "inflow", "factor": maker.one(0, 0.5, 0.9, 1.1, 1.5, 2.5)}
    if maker.chance(0.3):
        node["lag"] = maker.bare_shape(maker.random.randint(1, 30))
    who = maker.who(maker.chance(0.3) and maker.some(maker.names, 1, 2) or None)
    if maker.chance(0.3):
        flows = maker.some(list(maker.flows), 1, 2)
        who["flow"] = maker.one(flows[0], flows, {"not": flows[0]})
    node.update({"who": who} if who else {})
    return node


def places(maker):
    """Of some units more or fewer, sometimes than there are."""
    units = maker.some(list(maker.places_of_units()), 1, 3)
    node = {"kind": "places", "units": {unit: maker.random.randint(-6, 6) for unit in units}}
    if min(node["units"].values()) < 0:
        node["why"] = maker.one("lost", "works", "damage", "reserve", "staff")
    return node


def convert(maker):
    """To another regime, or to other people."""
    units = {name: unit for name, unit in maker.places_of_units().items() if name != "cells"}
    node = {"kind": "convert", "converts": {}}
    for name in maker.some(list(units), 1, 2):
        to = {"regime": maker.one(*maker.places)} if maker.chance(0.6) else {"admits": maker.who(None, 0.5) or {}}
        node["converts"][name] = {"to": to}
        if maker.chance(0.8):
            node["converts"][name]["places"] = maker.random.randint(1, max(1, units[name]["places"] // 2))
    if maker.chance(0.7):
        node["takes"] = f"{maker.random.randint(1, 25)} days"
    return node


def dated(maker, sentenced):
    """Of the dates before the planned release."""
    kind = maker.one("early_release", "last_part_outside", "last_part_outside", *["suspension"] * bool(sentenced))
    of_sentence = kind == "suspension" or sentenced and maker.chance(0.4)
    node = {"kind": kind}
    able = sentenced if of_sentence else [name for name, it in maker.statuses.items() if {"sentence", "stay"} & set(it)]
    who = maker.who(able and maker.chance(0.4) and maker.some(able, 1, 2) or None)
    if maker.chance(0.3):
        who["sentence"] = sentence_bounds(maker)
    node.update({"who": who} if who else {})
    if kind == "suspension":
        node["after"] = [{"up_to": "9 days", "part": "1/2"}, {"part": maker.one("2/3", "1/3")}]
    elif of_sentence:
        node["part"] = maker.one("1/6", 0.5, 1)
        node.update({"at_most": f"{maker.random.randint(1, 9)} days"} if maker.chance(0.5) else {})
    else:
        node["earlier" if kind == "early_release" else "last"] = f"{maker.random.randint(1, 300)} hours"
    if kind == "last_part_outside":
        node["in"] = "tag"
        if maker.chance(0.5):
            node["fails"] = {"share": maker.one(0.3, 1), "after": maker.bare_shape(maker.random.randint(1, 6)),
                             "as": maker.one(*maker.names)}
    if maker.chance(0.5):
        node["share"] = maker.one(0.3, "2/3", 0.9)
    if maker.chance(0.5):
        node["applies_to"] = "present"
    return node


def staffing(maker):
    node = {"kind": "staffing"}
    if maker.chance(0.6):
        node["factor"] = maker.one(0.6, "5/6", 1.3)
        if maker.chance(0.5):
            node["regimes"] = maker.some(list(maker.regimes), 1, 2)
    if maker.chance(0.4) and maker.institutions:
        node["fte"] = {name: maker.one(0.5, 3, 6.25) for name in maker.some(list(maker.institutions), 1, 2)}
    if maker.chance(0.3) or len(node) == 1:
        node["fte_share"] = maker.one(0.1, "1/3")
    return node


def works_budget(maker):
    node = {"kind": "works_budget"}
    if maker.chance(0.7):
        node["budget_per_year"] = maker.one(5, 9, 14, {maker.start.year: 12, maker.start.year + 1: 5})
    if maker.chance(0.4) or len(node) == 1:
        node["places_out_at_most"] = maker.random.randint(4, 30)
    return node


def call_up(maker, called):
    keys = {"fill_to": maker.one(0.5, "2/3", 1), "at_most": maker.random.randint(0, 6), "notice": maker.duration(1, 20)}
    node = {"kind": "call_up", **{key: keys[key] for key in maker.some(list(keys), 1, 3)}}
    if maker.chance(0.5):
        node["statuses"] = maker.some(called, 1, 2)
    return node


def is_stepped(node):
    """Whether it is a shape by steps, for some at least."""
    return isinstance(node, dict) and ("steps" in node or any(map(is_stepped, node.values())))


def cost(maker, kind):
    """Nothing of what happens depends on it."""
    if kind == "places":
        return {maker.one("per_year", "per_place_day"): maker.one(10, 33.33)}
    return {"per_person": maker.one(1, 250.75)}


def quotas(maker):
    """Of gates that there are; the transport comes with the plan."""
    gated = [name for name, node in maker.regimes.items() if "intake" in node]
    node = {"kind": "quotas"}
    if gated and maker.chance(0.8):
        node["intake_per_day"] = {name: maker.one(0, 1, 2, 4, "unlimited") for name in maker.some(gated, 1, 2)}
    if maker.brought and (maker.chance(0.5) or len(node) == 1):
        node["transport_per_day"] = maker.one(0, 1, 3, 6, "unlimited")
    return node if len(node) > 1 else None


def placement(maker):
    """Of a rule without a date; for the longest sentence first all its people must have one."""
    able = [name for name, rule in maker.rules.items() if not {"after", "at"} & set(rule)]
    name = maker.one(*able)
    rule, others = maker.rules[name], [other for other in maker.rules if other != name]
    node = {"kind": "placement", "rule": name}
    if others and maker.chance(0.6):
        node["before"] = maker.one(*others)
    if maker.chance(0.6):
        node["also"] = list(dict.fromkeys(maker.place() for _ in range(maker.random.randint(1, 2))))
    if len(rule["to"]) > 1 and maker.chance(0.5):
        node["without"] = maker.some(rule["to"], 1, len(rule["to"]) - 1)
    statuses = rule.get("who", {}).get("status", maker.names)
    named = [statuses] if isinstance(statuses, str) else statuses
    if all("sentence" in maker.statuses[status] for status in named) and maker.chance(0.6):
        node["order"] = maker.one("longest_sentence", "longest_waiting")
    return node if len(node) > 2 else {**node, "order": "longest_waiting"}


def make_measures(maker):
    sentenced = [name for name, node in maker.statuses.items() if "sentence" in node]
    measures = {}
    several = ways(maker)
    for i in range(maker.random.randint(1, 4)):
        node = replace(maker, sentenced) if sentenced and maker.chance(0.5) else \
            length(maker, sentenced) if maker.chance(0.5) else inflow(maker)
        if several and maker.chance(0.25):
            node = route(maker, several)
        stays = [name for name, it in maker.statuses.items() if "stay" in it]
        called = [name for name, status in maker.statuses.items() if "called_up" in status]
        if maker.chance(0.4):
            node = dated(maker, sentenced)
        elif sentenced and maker.chance(0.25):
            node = release(maker, sentenced)
        elif stays and maker.chance(0.3):
            node = remand(maker, stays)
        elif maker.chance(0.25):
            node = places(maker)
        elif maker.chance(0.25):
            node = convert(maker)
        elif maker.chance(0.3):
            node = maker.one(staffing, works_budget)(maker)
        if called and maker.chance(0.25):
            node = call_up(maker, called)
        stepped = [name for name in stays if is_stepped(maker.statuses[name]["stay"])]
        if stepped and maker.chance(0.3):
            node = hearing_chance(maker, stepped)
        if maker.chance(0.3):
            node = placement(maker)
        if maker.has_gates and maker.chance(0.35):
            node = quotas(maker) or node
        within = "conditional" in node or node["kind"] in ("hearings", "instead_of_remand") and "applies_to" in node
        node["starts"] = maker.date(0 if within else -20, -5)
        if "adds" in node:
            node["ends"] = maker.later(node["starts"], maker.random.randint(0, 60))
        elif maker.chance(0.3) and not ("conditional" in node and "applies_to" in node):
            node["ends"] = maker.date(maker.days, maker.days + 20)
        if maker.chance(0.4) and "applies_to" not in node and node["kind"] not in ("works_budget", "call_up", "quotas", "placement"):
            node["ramp"] = f"{maker.random.randint(1, 60)} days"
        if node["kind"] in ("replace_sentence", "sentence_length", "routes") and maker.chance(0.3):
            node["offence_delay"] = maker.bare_shape(maker.random.randint(1, 40))
        if maker.chance(0.3):
            node["chance"] = maker.one(0.3, "2/3")
        if node["kind"] in WITH_COST and maker.chance(0.3):
            node["cost"] = cost(maker, node["kind"])
        if maker.chance(0.1):
            node["emergency"] = True
        measures[maker.one("a", "k", "z") + str(i)] = node
    return measures
