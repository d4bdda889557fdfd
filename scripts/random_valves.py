"""Random valves of a random scenario (random_plan.py)."""


def make_valve(maker, called, reasons, rules, shared):
    node, does = {}, {}
    gauge = maker.one(None, "occupancy", "waiting", "police_cells")
    if gauge == "occupancy":
        low, high = sorted(maker.random.sample([0.3, 0.5, 0.7, 0.8, 0.9, 1], 2))
        if maker.chance(0.2):
            node["of"] = {"status": maker.some(maker.names, 1, 2)}
    else:
        low, high = sorted(maker.random.sample(range(8), 2))
        if gauge == "waiting" and maker.chance(0.5):
            node["of"] = {"status": maker.some(maker.names, 1, 3)}
    if gauge:
        node["opens"], node["closes"] = {gauge: {"at_least": high}}, {gauge: {"below": low}}
        if maker.chance(0.5):
            node["mean_over"] = f"{maker.random.randint(1, 9)} days"
    node["review"] = maker.one("weekly", "monthly", *(f"{n} days" for n in (1, 2, 5, 11)))
    dates = sorted([maker.date(), maker.date()])
    for key, date in zip(("from", "to"), dates):
        if maker.chance(0.4):
            node[key] = date
    if called and maker.chance(0.4):
        does["stop_calling"] = maker.some(called, 1, 2)
    if called and maker.chance(0.3):
        does[maker.one("call_longest_sentence", "call_longest_waiting")] = called
    if shared and maker.chance(0.4):
        does["double_use"] = maker.some(shared, 1, 2)
    if rules and maker.chance(0.4):
        does["out_of_category"] = maker.some(rules, 1, 3)
    if reasons and maker.chance(0.4):
        does["stop_arrests"] = make_arrest_stop(maker, reasons)
    if not does or maker.chance(0.8):
        does |= make_early(maker)
    return {**node, "does": does}


def make_early(maker):
    does = {"release_early": f"{maker.random.randint(1, 20)} days"}
    if maker.chance(0.4):
        does["who"] = maker.who(maker.some(maker.names, 1, 2)) if maker.chance(0.5) else maker.who()
    if maker.chance(0.2):
        does["sentence"] = {maker.one("at_least", "at_most"): maker.duration(1, 20)}
    if maker.chance(0.4):
        does["share"] = maker.one(0.2, 0.7, "1/3")
    if maker.chance(0.5):
        does["as_needed"] = True
    if maker.chance(0.3):
        does["at_most"] = maker.random.randint(0, 6)
    return does


def make_arrest_stop(maker, reasons):
    stop = {"leaves": maker.one(*reasons)}
    if maker.chance(0.3):
        stop["sentence"] = {maker.one("at_least", "at_most"): maker.duration(1, 20)}
    if maker.chance(0.4):
        stop["share"] = maker.one(0.2, 0.7, "1/3")
    return stop


def make_valves(maker, placement):
    called = [name for name, node in maker.statuses.items() if "called_up" in node]
    reasons = sorted({reason for node in maker.statuses.values() for reason in node.get("waits", {}).get("leaves", {})})
    rules = [name for name, node in placement.items()
             if set(node.get("out_of_category", [])) - set(node["to"]) and not {"after", "at"} & set(node)]
    units = [*maker.units.values(), *(unit for node in maker.institutions.values() for unit in node["units"].values())]
    shared = sorted({unit["regime"] for unit in units if "for_two" in unit and "two_in_a_cell" in maker.regimes[unit["regime"]]})
    return {f"v{i}": make_valve(maker, called, reasons, rules, shared) for i in maker.some(range(5), 1, 4)}
