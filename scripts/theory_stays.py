"""Populations with known answers: steps, the stock of the start, stays that follow from what was before, seasons."""

import datetime
import math

import theory_reference as exact
from theory_bench import Row, STEP_START, date_at, mean_and_se, population_row


def step(bench):
    days = [day for day in exact.STEP if bench.full or day <= 730]
    dates = {day: date_at(STEP_START, day) for day in days}
    end = f"period.end={dates[days[-1]]}"

    def job(shape):
        name, min_of, text = shape
        stats = bench.run(f"step/{name}", "step", 200 if bench.full else 40,
                          [end, f"statuses.patient.stay={text % 100}"], set(dates.values()))
        return [Row(name, f"people at {day} d",
                    8000 * exact.still_there(min_of, day, 100) + 88 * min_of(day, 100),
                    *mean_and_se(stats, "present", when=dates[day]), bench.se, day == 90)
                for day in days]

    for shape in exact.SHAPES:
        yield lambda shape=shape: job(shape)


OLD_STOCK = 80000


def old_stock(bench):
    days = [day for day in exact.STEP if bench.full or day <= 1825]
    dates = {day: date_at(STEP_START, day) for day in days}
    end = f"period.end={dates[days[-1]]}"

    def job(shape):
        name, min_of, text = shape
        stats = bench.run(f"old_stock/{name}", "old_stock", 600 if bench.full else 40,
                          [end, f"statuses.patient.stay={text % 100}",
                           f"start.present.patients.persons={OLD_STOCK}"], set(dates.values()))
        return [population_row(name, f"old stock at {day} d", exact.still_there(min_of, day, 100),
                               OLD_STOCK, stats, (dates[day], "present", "total"), bench.se, day == 90)
                for day in days]

    for shape in exact.SHAPES:
        yield lambda shape=shape: job(shape)


def kinds(bench):
    means, persons, days = {"short": 20, "long": 200}, 8000, (1, 10, 30, 100, 300)
    dates = {day: date_at(STEP_START, day) for day in days}

    def job():
        stats = bench.run("kinds", "kinds", 1000 if bench.full else 200, [], set(dates.values()))
        return [population_row(f"{kind} stays", f"people at {day} d",
                               mean / sum(means.values()) * math.exp(-day / mean), persons, stats,
                               (dates[day], "present", f"kind.{kind}"), bench.se,
                               (kind, day) == ("long", 100))
                for kind, mean in means.items() for day in days]

    yield job


def derived(bench):
    """Stays that follow from what was before, and attributes after a known time."""
    days, people = (1, 30, 90, 365, 1095), "start.present.people"
    dates = {day: date_at(STEP_START, day) for day in days}
    cases = {"sentence less remand": ([], lambda day: exact.derived_shares(day, None)),
             "the same, since 100 d": ([f"{people}.elapsed=100 days"], lambda day: exact.derived_shares(day, 100)),
             "patients, since 100 d": ([f"{people}.status=patient", f"{people}.elapsed=100 days"],
                                       lambda day: exact.patient_shares(day, 100))}

    def job(case, sets, shares_on):
        stats = bench.run(f"derived/{case}", "derived", 400 if bench.full else 40, sets, set(dates.values()))
        return [population_row(case, f"{kind} at {day} d", share, 40000, stats,
                               (dates[day], "present", f"kind.{kind}"), bench.se, (kind, day) == ("heavy", 30))
                for day in days for kind, share in shares_on(day).items() if share > 1e-6]

    for case, (sets, shares_on) in cases.items():
        yield lambda case=case, sets=sets, shares_on=shares_on: job(case, sets, shares_on)


def crises(bench):
    """As many are in a crisis on the first day as on any other, and as the balance of beginnings and ends says."""
    dates = {day: date_at(STEP_START, day) for day in (1, 40, 364)}
    populations = {"exponential stays": ("a", 2000, 4, exact.in_crisis_exponential(4, 20, 100)),
                   "remand, then prison": ("b", 2000, 6, exact.in_crisis_fixed(6, 15, 200)),
                   "for good": ("c", 2000, 5, exact.in_crisis_renewal(5, 12))}

    def job():
        stats = bench.run("crises", "crises", 400 if bench.full else 20, [], set(dates.values()))
        rows = []
        for case, (letter, people, _, share) in populations.items():
            group = f"regime.crisis_{letter}"
            rows += [Row(case, f"in a crisis at {day} d", people * share,
                         *mean_and_se(stats, "present", group, when=date), bench.se, day == 40)
                     for day, date in dates.items()]
            rows.append(Row(case, "mean in a crisis", people * share, *mean_and_se(stats, "present_mean", group), bench.se))
        begun = sum(people * rate * (1 - share) for _, people, rate, share in populations.values())
        rows.append(Row("all", "crises begun", begun, *mean_and_se(stats, "crises"), bench.se))
        rows.append(Row("all", "waiting for a place", 0, *mean_and_se(stats, "crisis_waiting_mean"), None))
        return rows

    yield job


def season(bench):
    """The first harmonic of the third year over that of the rates, as amplitude and days late."""
    months = (1.13, 1.35, 1.48, 1.48, 1.35, 1.13, 0.87, 0.65, 0.52, 0.52, 0.65, 0.87)
    start, rate, year, mean = datetime.date(2029, 1, 1), 80, 365, 100
    dates = [start + datetime.timedelta(day) for day in range(3 * year)]
    rates = [rate * months[date.month - 1] for date in dates]
    w = 2 * math.pi / year
    wave_in = harmonic_of_year(rates[2 * year:], 2 * year + 0.5)

    def job(name, min_of, text, amplitude, late):
        n = 400 if bench.full else 60
        stats = bench.run(f"season/{name}", "season", n, [f"statuses.patient.stay={text}"],
                          {date.isoformat() for date in dates[2 * year:]})
        got = harmonic_of_year([stats[date.isoformat(), "present", "total"][1]
                                for date in dates[2 * year:]], 2 * year + 1) / wave_in / mean
        ideal = harmonic_of_year([exact.season_population(rates, rate * mean, min_of, mean, day)
                                  for day in range(2 * year, 3 * year)], 2 * year + 1) / wave_in / mean
        assert abs(abs(ideal) - amplitude) < 0.003 and abs(-phase_days(ideal, w) - late) < 0.3
        # The noise of the population has the spectrum 2 rate m^2 x for exponential stays and
        # rate m^2 x for fixed ones, x the square of the amplitude.
        spectrum = (2 if name == "exponential" else 1) * rate * (mean * amplitude) ** 2
        se = math.sqrt(2 * spectrum / year / n) / abs(wave_in) / mean
        return [Row(name, "amplitude", abs(ideal), abs(got), se, bench.se, True),
                Row(name, "days late", -phase_days(ideal, w), -phase_days(got, w),
                    se / amplitude / w, bench.se, True)]

    for case in exact.SEASON:
        yield lambda case=case: job(*case)


def harmonic_of_year(values, first):
    return exact.harmonic(values, [first + i for i in range(len(values))], len(values))


def phase_days(wave, w):
    return math.atan2(wave.imag, wave.real) / w
