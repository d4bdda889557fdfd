"""Random works, staff, shocks and transport of a random scenario (random_plan.py): `maker` is its Maker, with places and
flows made."""

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def make_project(maker, units, earlier):
    """Takes the units that it takes out from those that are left, so that no two meet there."""
    node = {"start": {"planned": maker.date(0, 0)}, "takes": {"planned": f"{maker.random.randint(0, 30)} days"}}
    for key in ("start", "takes"):
        if maker.chance(0.5):
            node[key]["slip"] = maker.bare_shape(maker.random.randint(1, 15))
    if units and maker.chance(0.7):
        name = maker.one(*units)
        unit = units.pop(name)
        node["units"] = [name] if maker.chance(0.6) else {name: maker.random.randint(1, unit["places"])}
        if maker.chance(0.4):
            node["places_after"] = {name: maker.random.randint(0, unit["places"] + 3)}
        if maker.chance(0.5):
            node["lost_without"] = maker.date(0, 0)
            if maker.chance(0.4):
                node["lost_places"] = {name: maker.random.randint(1, unit["places"])}
    if units and maker.chance(0.3):
        name = maker.one(*units)
        reserve = units[name]["out_of_use"] = maker.random.randint(1, units[name]["places"])
        units.pop(name)["why"] = "reserve"
        node["decants_to" if maker.chance(0.6) else "opens"] = {name: maker.random.randint(1, reserve)}
        if "opens" in node and maker.chance(0.5):
            node["notice"] = f"{maker.random.randint(0, 40)} days"
        elif "decants_to" in node:
            node["moves_before"] = f"{maker.random.randint(0, 10)} days"
    if units and maker.chance(0.3):
        name = maker.one(*units)
        to = {"regime": maker.one(*maker.places)} if maker.chance(0.6) else {"admits": maker.who(None, 0.5) or {}}
        node["converts"] = {name: {"places": maker.random.randint(1, units.pop(name)["places"]), "to": to}}
    if maker.chance(0.6):
        node["cost_per_year"] = maker.one(3, 4.5, 7)
    if maker.has_costs and maker.chance(0.3):
        node["one_off"] = maker.one(1000, 0.01)
    if maker.chance(0.4):
        node["priority"] = maker.random.randint(1, 3)
    if earlier and maker.chance(0.3):
        node["after"] = maker.some(earlier, 1, 2)
    return node


def make_works(maker):
    units = {name: unit for name, unit in maker.places_of_units().items() if name != "cells"}
    node = {"projects": {}}
    for i in range(maker.random.randint(1, 6)):
        project = make_project(maker, units, list(node["projects"]))
        if maker.chance(0.25):
            added = maker.unit(maker.one(*maker.places))
            for key in ("out_of_use", "why", "changes"):
                added.pop(key, None)
            added["on_shrink"] = maker.one("drain", "transfer", "hold")
            name = maker.one(*maker.institutions) if maker.institutions and maker.chance(0.6) else f"new{i}"
            project["adds"] = {name: {"units": {f"deck{i}": added}}}
            if maker.chance(0.6):
                project["stays"] = f"{maker.random.randint(1, 40)} days"
        node["projects"][f"job{i}"] = project
    node["projects"] = dict(maker.some(list(node["projects"].items()), 9, 9))
    if maker.chance(0.6):
        node["budget_per_year"] = maker.one(7, 10, {maker.start.year: 4, maker.start.year + 1: 9})
    if maker.chance(0.3):
        node["places_out_at_most"] = maker.random.randint(5, 20)
    return node


def staffing(maker):
    node = {}
    if maker.chance(0.4):
        node["fte"] = maker.one(1, 3.3, 8)
    elif maker.chance(0.6):
        node["fte_per_place_at_start"] = maker.one(0.4, 0.6, 0.9)
    if maker.chance(0.6):
        node["leave_per_year"] = maker.one(0.2, 1, {maker.start.year: 0.9, maker.start.year + 1: 0.1})
    if maker.chance(0.5):
        node["hire_per_year"] = maker.one(0.1, 0.8, {maker.start.year: 0.2, maker.start.year + 1: 1})
    if maker.chance(0.4):
        node["hire_takes"] = f"{maker.random.randint(0, 3)} months"
    if maker.chance(0.4):
        node["sick_share"] = maker.one(0.07, 0.5)
    if maker.chance(0.2):
        node["agency_fte"] = maker.one(0.5, 2)
    if maker.chance(0.4):
        node["covered_share"] = maker.one(0.5, 0.81)
    return node


def make_staff(maker):
    node = {name: staffing(maker) for name in maker.institutions if maker.chance(0.4)}
    if maker.chance(0.7) or not node:
        node["default"] = staffing(maker)
    if maker.chance(0.4):
        node["closes_first"] = maker.some(maker.places, 1, 3)
    if maker.has_costs:
        node["cost_per_fte"] = maker.one(85000, {maker.start.year: 80000.5})
        if maker.chance(0.5):
            node["agency_cost_per_fte"] = 120000
    return node


def make_shocks(maker):
    units = {name: unit for name, unit in maker.places_of_units().items() if name != "cells"}
    shocks = {}
    for i in range(maker.random.randint(1, 3)):
        node = shocks[f"shock{i}"] = {"on": maker.date(0, -1)}
        if maker.chance(0.75):
            struck = maker.some(list(units), 1, 2)
            node["units"] = struck if maker.chance(0.6) else \
                {name: maker.random.randint(1, units[name]["places"] + 2) for name in struck}
            if maker.chance(0.7):
                node["lasts"] = f"{maker.random.randint(1, 40)} days"
        if "units" not in node or maker.chance(0.3):
            node["persons"], node["flow"] = maker.random.randint(1, 15), maker.one(*maker.flows)
            if maker.chance(0.6):
                node["over"] = maker.duration(1, 4)
    return shocks


def make_transport(maker):
    node = {}
    if maker.chance(0.8):
        node["per_day"] = maker.random.randint(1, 4)
    if maker.chance(0.4) or not node:
        node["days"] = maker.some(WEEK, 3, 6)
    return node
