"""Checks without theory: days, years and warm-ups that are counted by hand."""

import os
import tempfile

from theory_bench import Row, SEED, exact_row, mean_and_se


def leap_day(bench):
    """600 people, 100 of them until noon of 29 February, 200 until its end, 300 until noon after."""
    expected = {"2028-02-28": (600, 600, 0), "2028-02-29": (500, 550, 100),
                "2028-03-01": (0, 150, 500), "2028-03-02": (0, 0, 0)}

    def job():
        stats = bench.run("leap_day", "leap_day", 4, [], set(expected))
        return [exact_row(date, what.replace("_", " "), value, stats[date, what, "total"][1])
                for date, row in expected.items()
                for what, value in zip(("present", "present_mean", "released"), row)]

    def year():
        """A number a year is spread over 366 days; the year of a summary has them all."""
        stats = bench.run("leap_year", "step", 150 if bench.full else 40, [
            "period={start: 2028-01-01, end: 2028-12-31}", "flows.patients={status: patient, per_year: 36600}",
            "start.present.patients.persons=0", "statuses.patient.stay=500 days"], ("2028-02-29",))
        mean = sum(100 * (366 - day - 0.5) for day in range(366)) / 366
        return [Row("36,600 in 2028", "arrivals", 36600, *mean_and_se(stats, "arrivals"), bench.se),
                Row("36,600 in 2028", "on 29 February", 100,
                    *mean_and_se(stats, "arrivals", when="2028-02-29"), bench.se),
                Row("36,600 in 2028", "mean present", mean, *mean_and_se(stats, "present_mean"), bench.se)]

    yield job
    yield year


def one_day(bench):
    def job():
        stats = bench.run("one_day", "one_day", 300 if bench.full else 100, [], ("2026-06-01",))
        arrivals, waiting = stats["all", "arrivals", "total"], stats["2026-06-01", "waiting", "total"]
        return [Row("one day", "arrivals", 40, *mean_and_se(stats, "arrivals"), bench.se),
                exact_row("one day", "present at its end", 100, stats["2026-06-01", "present", "total"][1]),
                exact_row("one day", "placed", 10, stats["all", "placements", "total"][1]),
                exact_row("one day", "waits ended", 10, stats["all", "waits_ended", "status.patient"][1]),
                exact_row("one day", "arrivals - waiting", 10, round(arrivals[1] - waiting[1], 6))]

    yield job


def warm_up(bench):
    """Same seed: with warm_up, without, and with an earlier end."""
    def job():
        with tempfile.TemporaryDirectory(dir=bench.folder) as work:
            sets = {"whole": [], "warm": ["period.warm_up=731 days"], "short": ["period.end=2029-12-31"]}
            for name, assignments in sets.items():
                bench.run_into(os.path.join(work, name), "warm_up", SEED, 20, assignments)

            def lines(name, file, keep):
                with open(os.path.join(work, name, file), encoding="utf-8") as text:
                    return [line for line in list(text)[1:] if keep(line)]

            later = lambda line: "2029" <= line[:4] <= "2030"
            case = "warm-up of two years"
            rows = [same(case, "days after it", lines("warm", "series.csv", lambda _: True),
                         lines("whole", "series.csv", later)),
                    same(case, "years after it", lines("warm", "summary.csv", later),
                         lines("whole", "summary.csv", later)),
                    same(case, "other years", lines("warm", "summary.csv", lambda line: line[:4] < "2029"), [])]
            whole = sum(float(line.split(",")[3]) for line in lines("whole", "summary.csv", later)
                        if ",waits_ended,status.patient," in line)
            warm = [float(line.split(",")[3]) for line in lines("warm", "summary.csv", lambda _: True)
                    if line.startswith("all,waits_ended,status.patient,")]
            rows.append(exact_row(case, "waits of the period", round(whole, 3), *warm))
            rows.append(same("end a year earlier", "days until then", lines("short", "series.csv", lambda _: True),
                             lines("whole", "series.csv", lambda line: line[:4] < "2030")))
            return rows

    yield job


def same(case, quantity, lines, expected):
    """Lines that must be the same bytes, as the number that are."""
    equal = sum(a == b for a, b in zip(lines, expected)) - abs(len(lines) - len(expected))
    return exact_row(case, quantity + ", lines", len(expected), equal)
