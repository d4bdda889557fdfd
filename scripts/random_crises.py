"""Random crises for a random scenario (random_plan.py): `maker` is its Maker, with statuses and rules made."""


def crisis(maker):
    often = maker.one(3, 20, 60)
    return {"per_year": maker.varying(maker.one(often, 0), often), "lasts": maker.shape(maker.random.randint(1, 9))}


def crisis_rule(maker, statuses, places):
    node = {"during": "crisis", "to": places, "who": maker.who(statuses, 0.1) if statuses else None}
    if maker.chance(0.3):
        node["out_of_category"] = maker.some(maker.places, 1, 2)
    if maker.chance(0.2):
        node["order"] = "longest_waiting"
    return {key: value for key, value in node.items() if value}


def add_crises(maker):
    """Into the statuses and the rules; the last rule is for everybody, so that few scenarios are refused."""
    names = maker.some([name for name in maker.names if name != maker.free], 1, 3)
    for name in names:
        maker.statuses[name]["crisis"] = crisis(maker)
    rules = list(maker.rules.items())
    if maker.chance(0.6):
        rule = crisis_rule(maker, maker.some(names, 1, 2), maker.some(maker.places, 1, 2))
        rules.insert(maker.random.randint(0, len(rules)), ("c0", rule))
    places = [*maker.some(maker.places, 1, 1), *(maker.places if maker.chance(0.4) else [])]
    rule = crisis_rule(maker, None, list(dict.fromkeys(places)))
    rules.insert(maker.random.randint(0, len(rules)), ("c1", rule))
    maker.rules = dict(rules)
