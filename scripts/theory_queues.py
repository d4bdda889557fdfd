"""Queues with known answers: the formulas of Erlang, a tandem, priorities."""

import datetime

import theory_reference as exact
from theory_bench import Row, SE_ROUGH, mean_and_se


def stay_of(places):
    """Mean stay in days. Within a minute departures come before arrivals, which takes about
    places / (2 mean) from a chance to be refused or to wait, the mean in minutes: under 0.3 %."""
    return max(30, round(0.12 * places))


def queue_sets(load, places, shape, persons):
    mean = stay_of(places)
    return [f"units.ward_a.places={places}", f"flows.patients.per_day={load / mean:.9f}",
            f"statuses.patient.stay={shape % mean}", f"start.present.patients.persons={persons}"]


def run_erlang_c(bench, load, places, replications):
    return bench.run(f"erlang_c/{load}/{places}", "erlang_c", replications,
                     queue_sets(load, places, exact.SHAPES[0][2], round(load)))


def erlang_c(bench):
    # replications of 90 years: quick (0: only in full), full
    sizes = {(8, 10): (90, 720), (45, 50): (60, 420), (90, 100): (95, 760), (95, 100): (75, 580),
             (190, 200): (0, 460), (475, 500): (0, 1280), (950, 1000): (0, 1450)}

    def job(load, places, replications):
        stats = run_erlang_c(bench, load, places, replications)
        case, mean = f"load {load}, {places} places", stay_of(places)
        rough = SE_ROUGH if places >= 1000 else bench.se  # 1 % on the wait takes 670 million arrivals
        share = mean_and_se(stats, "waited_share", "status.patient")
        wait = mean_and_se(stats, "wait_days", "status.patient", scale=1 / mean)
        return [Row(case, "share that waits", exact.erlang_c(load, places), *share, bench.se, True),
                Row(case, "wait / mean stay", exact.mean_wait(load, places), *wait, rough),
                Row(case, "present", load, *mean_and_se(stats, "present_mean"), bench.se)]

    yield from sized(bench, sizes, job)


def erlang_b(bench):
    sizes = {(8, 10): (40, 55), (45, 50): (40, 50), (90, 100): (40, 90), (95, 100): (40, 45),
             (190, 200): (0, 60), (475, 500): (0, 180), (950, 1000): (0, 420)}
    more = (1, 2, 4, 1)  # the longer the tail, the longer chance lasts

    def job_of(shape):
        def job(load, places, replications):
            refused = exact.erlang_b(load, places)
            stats = run_erlang_b(bench, load, places, shape, replications)
            case = f"{load} on {places}, {shape[0]}"
            share = refused_share(stats, load, places)
            return [Row(case, "refused", refused, *share, bench.se, True),
                    Row(case, "present", load * (1 - refused), *mean_and_se(stats, "present_mean"), bench.se)]
        return job

    for shape, factor in zip(exact.SHAPES, more):
        of_shape = {case: (quick, full * factor) for case, (quick, full) in sizes.items()}
        yield from sized(bench, of_shape, job_of(shape))


def run_erlang_b(bench, load, places, shape, replications):
    persons = round(load * (1 - exact.erlang_b(load, places)))
    return bench.run(f"erlang_b/{load}/{places}/{shape[0]}", "erlang_b", replications,
                     queue_sets(load, places, shape[2], persons))


def refused_share(stats, load, places):
    """Of the arrivals that the rate says: their own number adds nothing but noise."""
    first, last = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
    arrivals = load / stay_of(places) * ((last - first).days + 1 - 3650)
    return mean_and_se(stats, "refused", scale=1 / arrivals)


def sized(bench, sizes, job):
    for case, (quick, full) in sizes.items():
        replications = full if bench.full else quick
        if replications:
            yield lambda case=case, n=replications: job(*case, n)


def places(bench):
    """At the places that the table says, and at one place less."""
    # load: replications for refused <= 1 %, waits <= 5 %, waits <= 1 %
    sizes, shape = {50: (60, 70), 100: (50, 50)}, exact.SHAPES[0]
    if bench.full:
        shape = exact.SHAPES[2]
        sizes = {50: (125, 70, 170), 100: (70, 50, 190), 250: (65, 65, 165), 500: (75, 85, 240),
                 1000: (110, 190, 520)}

    def job(load, share_of, limit, count, replications):
        rows = []
        for places in (count, count - 1):
            case = f"load {load}, {places} places"
            if share_of is exact.erlang_b:
                stats = run_erlang_b(bench, load, places, shape, replications)
                share = refused_share(stats, load, places)
            else:
                stats = run_erlang_c(bench, load, places, replications)
                share = mean_and_se(stats, "waited_share", "status.patient")
            word = "refused" if share_of is exact.erlang_b else "waits"
            sign = "<=" if places == count else ">"
            rows.append(Row(case, f"{word} {sign} {100 * limit:.0f} %", share_of(load, places), *share,
                            SE_ROUGH, True))
        return rows

    for row in exact.PLACES:
        for (share_of, limit), count, n in zip(exact.CRITERIA, row[1:], sizes.get(row[0], ())):
            yield lambda case=(row[0], share_of, limit, count, n): job(*case)


def tandem(bench):
    sizes = {"T1": (45, 300), "T2": (140, 1180), "T3": (45, 310), "T4": (0, 740)}

    def job(name, case, printed, replications):
        rate, remand_mean, share_on, prison_mean, remand_places, prison_places = case
        solved = exact.tandem(*case)
        stats = bench.run(f"tandem/{name}", "tandem", replications, [
            f"flows.remand.per_day={rate}", f"units.remand_a.places={remand_places}",
            f"units.prison_a.places={prison_places}",
            f"statuses.remand.stay={{exponential: {{mean: {remand_mean} days}}}}",
            f"statuses.remand.next={{sentenced: {share_on}, release: {1 - share_on:.9g}}}",
            f"statuses.sentenced.stay={{exponential: {{mean: {prison_mean} days}}}}",
            f"start.present.remand.persons={round(printed[1])}",
            f"start.present.sentenced.persons={round(printed[3])}"])
        days = (datetime.date(2099, 12, 31) - datetime.date(2000, 1, 1)).days + 1 - 3650
        got = {"refused": mean_and_se(stats, "refused", scale=1 / (rate * days)),
               "active": mean_and_se(stats, "present_mean", "status.remand"),
               "blocked": mean_and_se(stats, "waiting_mean", "status.sentenced"),
               "prison": mean_and_se(stats, "present_mean", "regime.prison"),
               "full_at_transfer": mean_and_se(stats, "waited_share", "status.sentenced"),
               "block_days": mean_and_se(stats, "wait_days", "status.sentenced")}
        return [Row(name, key.replace("_", " "), solved[key], *value, bench.se, key == "refused")
                for key, value in got.items()]

    for name, case, printed in exact.TANDEM:
        n = sizes[name][bench.full]
        if n:
            yield lambda row=(name, case, printed, n): job(*row)


def priority(bench):
    sizes = {50: (45, 540), 100: (65, 620)}
    status = ("arrested", "self_reporter")

    def job(places, rates, replications):
        mean = exact.PRIORITY_MEAN
        solved = exact.priority_waits(places, rates, mean)
        sets = [f"units.ward_a.places={places}"]
        for name, rate in zip(status, rates):
            sets += [f"flows.{name}.per_day={rate}", f"start.present.{name}.persons={round(rate * mean)}"]
        stats = bench.run(f"priority/{places}", "priority", replications, sets)
        rows = []
        for k, name in enumerate(status):
            case, group = f"{places} places, class {k + 1}", f"status.{name}"
            rows += [Row(case, "wait, days", solved[k], *mean_and_se(stats, "wait_days", group),
                         bench.se, k == 1),
                     Row(case, "queue", rates[k] * solved[k], *mean_and_se(stats, "waiting_mean", group),
                         bench.se)]
        return rows

    for case in exact.PRIORITY:
        yield lambda case=(case[0], case[1], sizes[case[0]][bench.full]): job(*case)


def not_counted():
    """Waits under way at the end, as a share of the mean wait: E[W^2] / (E[W] x days). Who waits first
    come first served waits exponentially; class 2 nearly so."""
    days, longer = 32876, 47482  # of erlang_c.yaml and priority.yaml, after the warm-up
    first_come = max(2 * stay_of(places) / (places - load) / days for load, places, *_ in exact.ERLANG)
    second = max(2 * waits[1] / exact.erlang_c(sum(rates) * exact.PRIORITY_MEAN, places) / longer
                 for places, rates, waits, *_ in exact.PRIORITY)
    return {"erlang_c": first_come, "priority": second}
