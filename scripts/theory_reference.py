"""Exact results for queues and populations, from their formulas; and the tables printed in
docs/validation.md, as numbers, which the formulas must give again. For theory.py.

Nothing here knows the program. `python3 scripts/theory_reference.py` holds the tables against the
formulas.
"""

import math
import statistics

# -- waiting and refusal: M/M/c, M/G/c/c --------------------------------------------------------------


def erlang_b(load, places):
    """Share refused: by recursion over the places."""
    share = 1.0
    for c in range(1, places + 1):
        share = load * share / (c + load * share)
    return share


def erlang_c(load, places):
    """Share that must wait."""
    refused = erlang_b(load, places)
    busy = load / places
    return refused / (1 - busy * (1 - refused))


def mean_wait(load, places):
    """In units of the mean stay, over all arrivals."""
    return erlang_c(load, places) / (places - load)


def places_needed(share_of, load, at_most):
    """The smallest number of places at which share_of(load, places) is at most so much."""
    places, refused = 0, 1.0
    while True:
        places += 1
        refused = load * refused / (places + load * refused)  # Erlang B goes along: one pass
        if share_of is erlang_b:
            share = refused
        else:
            share = 1.0 if places <= load else refused / (1 - load / places * (1 - refused))
        if share <= at_most:
            return places


def priority_waits(places, rates, mean):
    """Mean waits of classes, first served first, without pre-emption; one exponential stay for all.
    Kella and Yechiali (1985): W0 / ((1 - s(k-1)) (1 - s(k))), s(k) the load of classes 1 to k per
    place, W0 the wait for the next departure when all places are taken."""
    load = sum(rates) * mean
    first = erlang_c(load, places) * mean / places
    waits, before = [], 0.0
    for rate in rates:
        upto = before + rate * mean / places
        waits.append(first / ((1 - before) * (1 - upto)))
        before = upto
    return waits


# -- the tandem with blocking: a Markov chain ---------------------------------------------------------


def stationary(rates):
    """The stationary distribution of a chain: rates[i] is {j: rate}. States are censored one by one
    from the last on (Grassmann, Taksar and Heyman 1985): no subtraction, so no loss of digits."""
    rates = [dict(row) for row in rates]
    into = [set() for _ in rates]
    for i, row in enumerate(rates):
        for j in row:
            into[j].add(i)
    total = [0.0] * len(rates)
    for n in range(len(rates) - 1, 0, -1):
        down = {j: rate for j, rate in rates[n].items() if j < n}
        total[n] = sum(down.values())
        for i in into[n]:
            if i >= n:
                continue
            share = rates[i][n] / total[n]
            for j, rate in down.items():
                if j != i:
                    rates[i][j] = rates[i].get(j, 0.0) + share * rate
                    into[j].add(i)
    weight = [1.0]
    for n in range(1, len(rates)):
        weight.append(sum(weight[i] * rates[i][n] for i in into[n] if i < n) / total[n])
    whole = sum(weight)
    return [w / whole for w in weight]


def tandem(rate, remand_mean, share_on, prison_mean, remand_places, prison_places):
    """States (sentenced: in prison and blocked, active in remand). Returns a dictionary."""
    index = {}
    for sentenced in range(remand_places + prison_places + 1):
        blocked = max(0, sentenced - prison_places)
        for active in range(remand_places - blocked + 1):
            index[sentenced, active] = len(index)
    rates = []
    for sentenced, active in index:
        blocked, held = max(0, sentenced - prison_places), min(sentenced, prison_places)
        row = {}
        if active + blocked < remand_places:
            row[index[sentenced, active + 1]] = rate
        if active:
            row[index[sentenced, active - 1]] = active / remand_mean * (1 - share_on)
            row[index[sentenced + 1, active - 1]] = active / remand_mean * share_on
        if held:
            row[index[sentenced - 1, active]] = held / prison_mean
        rates.append(row)
    result = dict.fromkeys(("refused", "active", "blocked", "prison", "full", "full_at_transfer"), 0.0)
    for (sentenced, active), p in zip(index, stationary(rates)):
        blocked = max(0, sentenced - prison_places)
        result["refused"] += p * (active + blocked == remand_places)
        result["active"] += p * active
        result["blocked"] += p * blocked
        result["prison"] += p * min(sentenced, prison_places)
        result["full"] += p * (sentenced >= prison_places)
        result["full_at_transfer"] += p * active * (sentenced >= prison_places)
    result["full_at_transfer"] /= result["active"]
    result["block_days"] = result["blocked"] / (result["active"] / remand_mean * share_on)
    return result


# -- populations without a limit: M/G/infinity --------------------------------------------------------


def normal_below(x):
    return math.erfc(-x / math.sqrt(2)) / 2


def min_exponential(t, mean):
    """E[min(S, t)]."""
    return -mean * math.expm1(-t / mean)


def min_lognormal(t, mean, cv):
    if t <= 0:
        return 0.0
    variance = math.log(1 + cv * cv)
    sigma, mu = math.sqrt(variance), math.log(mean) - variance / 2
    z = (math.log(t) - mu) / sigma
    return mean * normal_below(z - sigma) + t * normal_below(-z)


def min_gamma(t, mean, cv):
    """For a whole 1/cv^2: sums of Poisson terms."""
    shape = round(1 / (cv * cv))
    x = t * shape / mean
    terms = [math.exp(-x)]
    for k in range(1, shape + 1):
        terms.append(terms[-1] * x / k)
    return mean * (1 - sum(terms)) + t * sum(terms[:shape])


def min_fixed(t, mean):
    return min(t, mean)


# Four stays with a mean of 1, as (name, E[min(S, t)] by t and mean, as a scenario writes it).
SHAPES = (
    ("exponential", min_exponential, "{exponential: {mean: %g days}}"),
    ("lognormal cv 2", lambda t, m: min_lognormal(t, m, 2), "{lognormal: {mean: %g days, cv: 2}}"),
    ("lognormal cv 3", lambda t, m: min_lognormal(t, m, 3), "{lognormal: {mean: %g days, cv: 3}}"),
    ("gamma cv 0.5", lambda t, m: min_gamma(t, m, 0.5), "{gamma: {mean: %g days, cv: 0.5}}"),
)


LONGEST = 200 * 365  # days: the program ends longer stays there, 5 in 100,000 person-days at cv 3


def still_there(min_of, t, mean):
    """The share of a stock in equilibrium that is still there after t days."""
    return 1 - min_of(t, mean) / min_of(LONGEST, mean)


# -- sentences less remand: tests/scenarios/theory/derived.yaml

REMAND_MEAN = 90
DERIVED_KINDS = {"light": 0.7 * 0.3, "heavy": 0.3 * 0.8}  # of those who are sentenced
PATIENT_KINDS = {"light": (0.7, 40), "heavy": (0.3, 200)}  # share, mean


def days_served(kind, parts=20000):
    """The part of the sentence that is served, each with the same chance: half have conditional release."""
    sigma = math.sqrt(math.log(2))
    normal = statistics.NormalDist(math.log(400) - sigma**2 / 2, sigma)
    for i in range(parts):
        u = (i + 0.5) / parts
        sentence = 30 + 150 * u if kind == "light" else math.exp(normal.inv_cdf(u))
        yield sentence
        yield sentence - math.floor(max(0.0, sentence - 365) / 3)


def derived_left(kind, day):
    """The integral from `day` on of P(S > s), S = (served - R)+, R exponential: for each length x that is served
    (x - t) - m (1 - exp(-(x - t) / m)) while x > t."""
    m, served = REMAND_MEAN, [x - day for x in days_served(kind) if x > day]
    return sum(x - m * (1 - math.exp(-x / m)) for x in served) / 40000


def derived_longer(kind, day):
    """P(S > day)."""
    return sum(1 - math.exp(-(x - day) / REMAND_MEAN) for x in days_served(kind) if x > day) / 40000


def derived_shares(day, elapsed):
    """By kind, of a stock in equilibrium (elapsed None) or there since so many days, who is there on a day."""
    if elapsed is None:
        whole = sum(share * derived_left(kind, 0) for kind, share in DERIVED_KINDS.items())
        return {kind: share * derived_left(kind, day) / whole for kind, share in DERIVED_KINDS.items()}
    whole = sum(share * derived_longer(kind, elapsed) for kind, share in DERIVED_KINDS.items())
    return {kind: share * derived_longer(kind, elapsed + day) / whole for kind, share in DERIVED_KINDS.items()}


def patient_shares(day, elapsed):
    """Of people there since so many days, exponential stays by kind, who is there on a day."""
    whole = sum(share * math.exp(-elapsed / mean) for share, mean in PATIENT_KINDS.values())
    return {kind: share * math.exp(-(elapsed + day) / mean) / whole for kind, (share, mean) in PATIENT_KINDS.items()}


def season_population(rate_of_day, stock, min_of, mean, day):
    """Mean population at the end of day `day` (from 0): a stock in equilibrium and a rate by day."""
    left = stock * (1 - min_of(day + 1, mean) / mean)
    return left + sum(rate_of_day[d] * (min_of(day + 1 - d, mean) - min_of(day - d, mean))
                      for d in range(day + 1))


def harmonic(values, times, period):
    """The first harmonic of values at times over whole periods, as a complex number."""
    n = len(values)
    return sum(complex(math.cos(2 * math.pi * t / period), -math.sin(2 * math.pi * t / period)) * v
               for v, t in zip(values, times)) * 2 / n


# -- chances ------------------------------------------------------------------------------------------


def poisson_below(mean, count):
    """P(N <= count)."""
    if count < 0:
        return 0.0
    term, total = math.exp(-mean), 0.0
    for k in range(count + 1):
        total += term
        term *= mean / (k + 1)
    return min(1.0, total)


def chi_square_below(x, degrees):
    """P(X <= x): the series of the incomplete gamma function."""
    if x <= 0:
        return 0.0
    a, half = degrees / 2, x / 2
    term = total = 1 / a
    k = a
    while term > total * 1e-16:
        k += 1
        term *= half / k
        total += term
    return min(1.0, total * math.exp(a * math.log(half) - half - math.lgamma(a)))


def chi_square_range(degrees, share):
    """The middle range that holds so much of the chance."""
    bounds = []
    for at in ((1 - share) / 2, (1 + share) / 2):
        low, high = 0.0, 10.0 * degrees + 100
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if chi_square_below(middle, degrees) < at else (low, middle)
        bounds.append(low)
    return bounds


# -- the tables as printed ----------------------------------------------------------------------------

# load, places, refused, must wait, mean wait / mean stay
ERLANG = (
    (8, 10, 0.121661, 0.409180, 0.204590),
    (45, 50, 0.054104, 0.363864, 0.072773),
    (90, 100, 0.026957, 0.216940, 0.021694),
    (95, 100, 0.048804, 0.506457, 0.101291),
    (190, 200, 0.027968, 0.365264, 0.036526),
    (475, 500, 0.010636, 0.176964, 0.007079),
    (950, 1000, 0.003649, 0.068253, 0.001365),
)

# load; places for refused <= 1 %, must wait <= 5 %, must wait <= 1 %
PLACES = (
    (50, 64, 64, 68),
    (100, 117, 119, 125),
    (250, 273, 279, 289),
    (500, 527, 540, 555),
    (1000, 1029, 1056, 1077),
    (2500, 2526, 2588, 2620),
    (5000, 5010, 5124, 5170),
    (10000, 9970, 10175, 10239),
)
CRITERIA = ((erlang_b, 0.01), (erlang_c, 0.05), (erlang_c, 0.01))

# days: (population, old stock) for the four SHAPES; 8,000 people, mean 100 days, 88 a day
STEP = {
    30: ((8207.3, 5926.5), (8195.0, 6050.2), (8171.6, 6284.3), (8238.1, 5619.1)),
    90: ((8474.7, 3252.6), (8398.6, 4014.2), (8339.7, 4603.3), (8605.8, 1942.0)),
    180: ((8667.8, 1322.4), (8541.8, 2582.1), (8465.4, 3345.8), (8779.1, 208.5)),
    365: ((8779.2, 207.9), (8663.3, 1367.2), (8586.3, 2137.0), (8799.9, 0.7)),
    730: ((8799.5, 5.4), (8740.5, 594.7), (8680.1, 1199.4), (8800.0, 0.0)),
    1825: ((8800.0, 0.0), (8786.1, 139.1), (8755.7, 442.6), (8800.0, 0.0)),
    3650: ((8800.0, 0.0), (8796.5, 34.9), (8782.8, 172.1), (8800.0, 0.0)),
}

# (rate, remand mean, share on, prison mean, remand places, prison places),
# (refused, active, blocked, prison, prison full)
TANDEM = (
    ("T1", (0.25, 60, 0.6, 90, 20, 15), (0.072074, 13.91889, 1.02399, 12.52700, 0.371121)),
    ("T2", (0.25, 60, 0.6, 90, 20, 18), (0.049763, 14.25356, 0.19244, 12.82820, 0.108645)),
    ("T3", (0.10, 30, 0.5, 120, 5, 6), (0.197511, 2.40747, 0.67815, 4.81493, 0.478373)),
    ("T4", (0.30, 60, 0.6, 90, 25, 20), (0.032760, 17.41033, 0.50410, 15.66929, 0.200828)),
)

# places, rates; waits of both classes, their queues, the wait if first come first served
PRIORITY = (
    (50, (1.0, 0.55), (0.76652, 10.95028), (0.76652, 6.02266), 4.38011),
    (100, (2.0, 1.20), (0.44046, 11.01152), (0.88092, 13.21383), 4.40461),
)
PRIORITY_MEAN = 30

# yearly wave of the population for a mean of 100 days: amplitude, days late
SEASON = (
    ("exponential", min_exponential, "{exponential: {mean: 100 days}}", 0.50231, 60.68),
    ("fixed", min_fixed, "100 days", 0.88102, 50.0),
)


def season_wave(name, mean, period=365):
    w = 2 * math.pi / period
    if name == "exponential":
        return 1 / math.sqrt(1 + (w * mean) ** 2), math.atan(w * mean) / w
    return math.sin(w * mean / 2) / (w * mean / 2), mean / 2


def printed_and_formula():
    """All printed numbers as (what, printed, formula, decimals)."""
    for load, places, refused, waits, wait in ERLANG:
        yield f"Erlang B {load} on {places}", refused, erlang_b(load, places), 6
        yield f"Erlang C {load} on {places}", waits, erlang_c(load, places), 6
        yield f"wait {load} on {places}", wait, mean_wait(load, places), 6
    for load, *row in PLACES:
        for (share_of, at_most), places in zip(CRITERIA, row):
            what = f"places for {share_of.__name__} <= {at_most} at {load}"
            yield what, places, places_needed(share_of, load, at_most), 0
    for day, row in STEP.items():
        for (name, min_of, _), (population, old) in zip(SHAPES, row):
            gone = min_of(day, 100) / 100
            yield f"{name} population at {day}", population, 8000 * (1 + 0.1 * gone), 1
            yield f"{name} old stock at {day}", old, 8000 * (1 - gone), 1
    for name, case, row in TANDEM:
        solved = tandem(*case)
        for key, value, decimals in zip(("refused", "active", "blocked", "prison", "full"), row,
                                        (6, 5, 5, 5, 6)):
            yield f"tandem {name} {key}", value, solved[key], decimals
    for places, rates, waits, queues, first_come in PRIORITY:
        solved = priority_waits(places, rates, PRIORITY_MEAN)
        for k in range(2):
            yield f"priority {places} wait {k + 1}", waits[k], solved[k], 5
            yield f"priority {places} queue {k + 1}", queues[k], rates[k] * solved[k], 5
        load = sum(rates) * PRIORITY_MEAN
        yield f"priority {places} first come", first_come, mean_wait(load, places) * PRIORITY_MEAN, 5
    for name, _, _, amplitude, late in SEASON:
        wave = season_wave(name, 100)
        yield f"season {name} amplitude", amplitude, wave[0], 5
        yield f"season {name} days late", late, wave[1], 2


def misprints():
    """Printed numbers that are not the formula's, rounded."""
    return [(what, printed, formula) for what, printed, formula, decimals in printed_and_formula()
            if abs(printed - formula) > 0.5001 * 10 ** -decimals]


if __name__ == "__main__":
    wrong = misprints()
    for what, printed, formula in wrong:
        print(f"{what}: printed {printed}, formula {formula:.7f}")
    print(f"{len(list(printed_and_formula()))} printed numbers, {len(wrong)} differ from the formulas")
    raise SystemExit(1 if wrong else 0)


# Crises: r a year begin for each who is in none, and last so many days. Of people who are held:

def in_crisis_renewal(per_year, days):
    """Who stay for good: the share of the time, whatever the shape."""
    return per_year * days / (365 + per_year * days)


def in_crisis_exponential(per_year, days, stay):
    """All exponential: r (1 - x) = (1/L + 1/S) x."""
    rate = per_year / 365
    return rate / (rate + 1 / days + 1 / stay)


def in_crisis_fixed(per_year, days, stay):
    """Crises of exponential length, all stay as long: the mean over the age of r / k (1 - exp(-k age)), k = r + 1/L."""
    rate = per_year / 365
    k = rate + 1 / days
    return rate / k * (1 + math.expm1(-k * stay) / (k * stay))
