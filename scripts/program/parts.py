"""Parts of a run and merge; parts of a scenario that reads files."""

import os
import pathlib
import re
import shutil

from program.claims import (
    NETHERLANDS, ROOT, TIES, TINY, UNCERTAIN, UNITS, builds, call, claim, fails, holds, manifest_of, run,
    same, same_result)


@claim
def parts_that_do_not_fit_are_refused():
    for name, words in {"a": ["0..1"], "b": ["2..4"], "c": ["5..6"], "wide": ["1..5"],
                        "seed": ["2..4", "--seed", 5], "other": ["2..4", "--set", "flows.remand.per_day=99"],
                        "b_again": ["2..4"]}.items():
        run(TIES, "--replications", *words, "--out", name)
    digest = {name: manifest_of(name)["digest"] for name in ("a", "other")}
    for parts, message in {
        ("a", "c"): "c/part.nc: replications 2..4 are missing before it\n",
        ("b", "c"): "b/part.nc: replications 0..1 are missing before it\n",
        ("a", "b", "b"): "b/part.nc: replications 2..4 are in another part as well\n",
        ("b_again", "a", "b"): "b/part.nc: replications 2..4 are in another part as well\n",
        ("a", "wide"): "wide/part.nc: replications 1..1 are in another part as well\n",
        ("a", "wide", "b"): "wide/part.nc: replications 1..1 are in another part as well\n"
                            "b/part.nc: replications 2..4 are in another part as well\n",
        ("a", "seed"): "seed/part.nc: has seed 5, but a/part.nc has 11\n",
        ("a", "other"): f"other/part.nc: is of another scenario than a/part.nc (digest {digest['other']}, "
                        f"not {digest['a']}): flows.remand.per_day is 99, not 120\n",
    }.items():
        fails(["merge", "--out", "m", *parts], 1, message)
    holds(not os.path.exists("m") and not os.path.exists("m.part"), "nothing is left")


@claim
def without_the_netcdf_library_only_parts_fail():
    run(TINY, "--replications", "0..1", "--out", "part")
    names = set(re.findall(rb"libnetcdf\.so[.0-9]*", pathlib.Path(builds[0]).read_bytes()))
    same(len(names), 1, names)
    library = pathlib.Path(names.pop().decode())
    library.write_text("no library")  # found first, and it cannot be loaded
    without = {**os.environ, "LD_LIBRARY_PATH": os.getcwd()}
    for words, part in (
        (("run", TINY, "--replications", "0..1", "--quiet", "--out", "r"), "r.part/part.nc"),
        (("merge", "--quiet", "--out", "m", "part"), "part/part.nc"),
    ):
        fails(words, 3, f"{part}: parts need the netCDF library: {library.resolve()}: file too short\n", env=without)
    same(sorted(os.listdir(".")), [library.name, "part"], "nothing is left")
    run(TINY, "--replications", 2, "--out", "r", env=without)
    run(TINY, "--replications", 2, "--out", "with")
    same_result("r", "with")


@claim
def what_is_no_part_is_refused():
    run(TINY, "--replications", 2, "--out", "whole")
    fails(["merge", "--out", "m", "whole"], 1,
          "whole: holds no part.nc; celsim run --replications A..B writes the parts of a run\n")
    run(TINY, "--replications", "0..1", "--out", "a")
    part = pathlib.Path("a/part.nc").read_bytes()
    flipped = bytearray(part)
    flipped[len(part) // 2] ^= 1
    for data in (part[:-1], part[:len(part) // 2], part[:10], b"", bytes(flipped), TINY.read_bytes()):
        pathlib.Path("cut.nc").write_bytes(data)
        fails(["merge", "--out", "m", "cut.nc"], 3,
              "cut.nc: is not a part of a run, or was cut short or damaged\n")
    same(sorted(os.listdir(".")), ["a", "cut.nc", "whole"])


@claim
def a_last_part_that_is_missing_is_told():
    fewer = "title: Fewer\nextends: " + str(TINY) + "\nrun: {replications: 4}\n"
    pathlib.Path("s.yaml").write_text(fewer)
    for part in ("0..1", "2..2", "3..3"):
        run("s.yaml", "--replications", part, "--out", part)
    joined = call("merge", "2..2", "0..1", "--out", "m")
    same((joined.returncode, joined.stdout),
         (0, "Fewer\n3 replications joined; results in m\n"
             "Warning: the scenario asks for 4; a last part may be missing\n"))
    whole = call("merge", "2..2", "3..3", "0..1", "--out", "m")
    same((whole.returncode, whole.stdout), (0, "Fewer\n4 replications joined; results in m\n"))


@claim
def merge_may_write_over_one_of_its_parts():
    run(TINY, "--replications", 4, "--out", "whole")
    run(TINY, "--replications", "0..1", "--out", "a")
    run(TINY, "--replications", "2..3", "--out", "b")
    same(call("merge", "--quiet", "--out", "a", "a", "b").returncode, 0)
    same_result("whole", "a")


# -- parts of a scenario that reads files -----------------------------------------------------------


def parts_elsewhere(scenario, cuts, *words):
    """Runs the scenario whole and in parts that end before the cuts, takes the parts to another folder, removes what the
    scenario read, and merges there: the same bytes as the whole run."""
    home, starts = os.getcwd(), [0, *cuts[:-1]]
    run(scenario, "--replications", cuts[-1], *words, "--out", "whole")
    os.makedirs("elsewhere/in")
    for first, end in zip(starts, cuts):
        run(scenario, "--replications", f"{first}..{end - 1}", *words, "--out", f"elsewhere/in/{first}")
    os.rename("data", "gone")
    os.chdir("elsewhere")
    done = call("merge", "--quiet", "--out", "m", *(f"in/{first}" for first in starts))
    same((done.returncode, done.stderr), (0, ""))
    os.chdir(home)
    os.rename("gone", "data")
    same_result("whole", "elsewhere/m")
    shutil.rmtree("elsewhere")


def dutch_files():
    shutil.copy(NETHERLANDS, "nl.yaml")
    shutil.copytree(ROOT / "configs/data", "data")


@claim
def parts_are_merged_far_from_the_files_that_they_read():
    dutch_files()
    short = ["--set", "period.end=2027-12-31"]
    uncertain = ["--set", "uncertainty={per_draw: 2, inputs: {flows.remand.per_year: {scale: {pert: {low: 0.9, "
                 "likely: 1, high: 1.1}}}}}"]
    parts_elsewhere("nl.yaml", [1, 4], *short)
    parts_elsewhere("nl.yaml", [1, 4], *short, *uncertain)


@claim
def parts_that_read_files_may_be_cut_within_a_draw():
    os.mkdir("data")
    text = UNCERTAIN.read_text().replace("units: {ward_a", "institutions: {csv: data/units.csv}\nunits: {ward_a")
    pathlib.Path("units.yaml").write_text(text)
    pathlib.Path("data/units.csv").write_text(UNITS)
    for cut in (7, 13):
        parts_elsewhere("units.yaml", [cut, 20], "--set", "uncertainty.per_draw=10")


@claim
def a_file_that_was_changed_makes_another_scenario():
    dutch_files()
    words = ["nl.yaml", "--set", "period.end=2026-12-31", "--replications"]
    run(*words, "0..0", "--out", "a")
    file = pathlib.Path("data/institutions.csv")
    before = file.read_bytes()
    file.write_bytes(before.replace(b"\n", b"\r\n"))  # to the byte
    run(*words, "1..1", "--out", "b")
    digest = {name: manifest_of(name)["digest"] for name in "ab"}
    fails(["merge", "--out", "m", "a", "b"], 1,
          f"b/part.nc: is of another scenario than a/part.nc (digest {digest['b']}, not {digest['a']}): the contents of "
          "data/institutions.csv differ\n")
    file.write_bytes(before)
    run(*words, "1..1", "--out", "b")
    same(call("merge", "--quiet", "--out", "m", "a", "b").returncode, 0)


@claim
def a_scenario_is_run_again_from_its_manifest():
    """Beside the same file it gives the same bytes; beside another, or none, an error that says where."""
    dutch_files()
    run("nl.yaml", "--set", "period.end=2026-12-31", "--replications", 1, "--out", "r")
    (listed,) = manifest_of("r")["scenario"]["files"]
    same((listed["name"], sorted(listed)), ("data/institutions.csv", ["digest", "name"]))
    _, text = pathlib.Path("r/run.yaml").read_text(encoding="utf-8").split("\nscenario:\n")
    lines = [line[2:] for line in text.splitlines()]
    pathlib.Path("again.yaml").write_text("\n".join(lines), encoding="utf-8")
    run("again.yaml", "--replications", 1, "--out", "again")
    same_result("r", "again")
    with open("data/institutions.csv", "a", encoding="utf-8") as file:
        file.write("\n")
    done = call("run", "again.yaml", "--out", "m")
    row = next(i for i, line in enumerate(lines, 1) if listed["digest"] in line)
    message = (rf"again\.yaml:{row}:13: data/institutions\.csv is another file than is stated here: its digest is "
               rf"[0-9a-f]{{32}}, not {listed['digest']}; put the file back, or take the digest out\n")
    holds(done.returncode == 1 and re.match(message, done.stderr), done.stderr)
    os.remove("data/institutions.csv")
    row = lines.index("  csv: data/institutions.csv") + 1
    message = f"again.yaml:{row}:8: csv names 'data/institutions.csv', which cannot be read: No such file or directory\n"
    done = call("run", "again.yaml", "--out", "m")
    holds(done.returncode == 1 and done.stderr.startswith(message), done.stderr)
