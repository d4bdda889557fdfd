"""Random returns for a random scenario (random_plan.py): `maker` is its Maker, with all but returns made."""


def factors(maker, names):
    return {name: maker.one(0, 0.5, 1.5, 3) for name in maker.some(names, 1, 2)}


def make_returns(maker):
    node = {"chance": maker.varying(maker.one(0.1, 0.5, 0.95), maker.one("1/3", 0.8)),
            "delay": maker.shape(maker.random.randint(1, 60)),
            "flow_share": maker.varying(maker.one(0, 0.3, 0.9), maker.one(0.5, 1))}
    if maker.chance(0.4):
        node["status"] = factors(maker, maker.names)
    if maker.chance(0.4):
        node["held_in"] = factors(maker, list(maker.regimes))
    if maker.chance(0.4):
        node["left_by"] = factors(maker, ["planned", "early", "replaced", "unserved"])
    if maker.chance(0.4):
        node["as"] = maker.one(*maker.names) if maker.chance(0.5) else \
            {name: maker.one(*maker.names) for name in maker.some(maker.names, 1, 2)}
    if maker.attributes and maker.chance(0.4):
        node["drawn_anew"] = maker.some(list(maker.attributes), 1, 2)
    return node


def returns_measure(maker):
    node = {"kind": "returns", "starts": maker.date(-20, -5), "factor": maker.one(0, 0.5, 2)}
    if maker.chance(0.5):
        node["who"] = maker.who(maker.some(maker.names, 1, 2))
    if maker.chance(0.4):
        node["ramp"] = f"{maker.random.randint(1, 60)} days"
    return node
