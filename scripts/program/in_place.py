"""Results are put in place whole or not at all, whatever is in the way, full or interrupted."""

import os
import pathlib
import re
import resource
import signal

from program.claims import (
    TINY, call, claim, contents, fails, holds, manifest_of, run, same, same_result, skips, start_long_run)


@claim
def an_existing_result_is_replaced_whole():
    run(TINY, "--replications", 2, "--out", "new")
    run(TINY, "--replications", 3, "--events", 0, "--out", "r")
    pathlib.Path("r/note.txt").write_text("of the older one")
    run(TINY, "--replications", 2, "--out", "r")
    same_result("new", "r")
    same(sorted(os.listdir(".")), ["new", "r"])
    os.mkdir("empty")
    run(TINY, "--replications", 2, "--out", "empty")
    same_result("new", "empty")


@claim
def a_link_to_a_result_stays_a_link():
    run(TINY, "--replications", 2, "--out", "disk/r")
    os.symlink("disk/r", "r")
    run(TINY, "--replications", 3, "--out", "r")
    holds(os.path.islink("r"), "r is still a link")
    same(manifest_of("disk/r")["replications"], 3)
    same((sorted(os.listdir(".")), os.listdir("disk")), (["disk", "r"], ["r"]))


@claim
def what_is_no_result_is_never_touched():
    os.mkdir("photos")
    pathlib.Path("photos/one.jpg").write_text("x")
    pathlib.Path("file").write_text("x")
    for name in ("photos", "photos/", "file"):
        plain = name.rstrip("/")
        fails(["run", TINY, "--replications", 1, "--out", name], 3,
              f"{plain}: exists and is no result of celsim (it holds no run.yaml); name another folder\n")
    same((os.listdir("photos"), sorted(os.listdir("."))), (["one.jpg"], ["file", "photos"]))


@claim
def a_folder_called_part_is_cleaned_only_when_it_was_left_behind():
    run(TINY, "--replications", "0..1", "--out", "r.part")  # a result with an unlucky name
    fails(["run", TINY, "--replications", 1, "--out", "r"], 3,
          "r.part: is in the way: results are made there, and it is not what an interrupted run left "
          "behind; name another folder\n")
    same(sorted(os.listdir(".")), ["r.part"])
    holds(os.path.exists("r.part/part.nc"), "it is whole")


@claim
def a_place_that_cannot_be_written_exits_with_3_and_leaves_nothing():
    pathlib.Path("file").write_text("x")
    fails(["run", TINY, "--out", "file/r"], 3, "file/r.part: cannot make this folder: Not a directory\n")
    fails(["run", TINY, "--out", "file/a/b"], 3, "file/a/b.part: cannot make this folder: Not a directory\n")
    same(os.listdir("."), ["file"])
    if os.getuid() == 0:
        skips.append("a folder without the right to write: root may write anywhere")
        return
    os.mkdir("closed", 0o500)
    fails(["run", TINY, "--out", "closed/r"], 3, "closed/r.part: cannot make this folder: Permission denied\n")


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))


@claim
def a_disk_that_is_full_exits_with_3_and_keeps_the_older_result():
    run(TINY, "--replications", 1, "--out", "r")
    before = contents("r")
    for words, file in (((3,), "series.csv"), (("0..2",), "part.nc"), ((3, "--events", 0), "events.csv")):
        done = call("run", TINY, "--replications", *words, "--out", "r", preexec_fn=small_files)
        same((done.returncode, done.stdout), (3, ""))
        holds(re.fullmatch(rf"r\.part/{re.escape(file)}: cannot be written: File too large\n", done.stderr), done.stderr)
        same((os.listdir("."), contents("r") == before), (["r"], True))


@claim
def an_interrupted_run_leaves_nothing():
    for end in (signal.SIGINT, signal.SIGTERM):
        process = start_long_run("r")
        process.send_signal(end)
        out, errors = process.communicate(timeout=20)
        same((process.returncode, out, errors), (130, "", "interrupted; no result was written\n"))
        same(os.listdir("."), [])


@claim
def an_interrupted_rerun_keeps_the_older_result():
    run(TINY, "--replications", 2, "--out", "r")
    before = contents("r")
    process = start_long_run("r")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    same((process.returncode, os.listdir("."), contents("r") == before), (130, ["r"], True))


@claim
def what_a_killed_run_left_is_cleaned_by_the_next():
    process = start_long_run("r")
    process.kill()
    process.communicate(timeout=20)
    same(os.listdir("."), ["r.part"])
    pathlib.Path("r.part/series.csv.part").write_text("half a file")
    run(TINY, "--replications", 2, "--out", "r")
    same((os.listdir("."), len(os.listdir("r"))), (["r"], 4))


@claim
def two_runs_never_write_into_one_folder():
    first = start_long_run("r")
    fails(["run", TINY, "--replications", 2, "--out", "r"], 3,
          "r.part: another run is writing its results there; wait for it, or name another folder\n")
    run(TINY, "--replications", 2, "--out", "beside")
    same(sorted(os.listdir(".")), ["beside", "r.part"])
    first.send_signal(signal.SIGINT)
    same((first.communicate(timeout=20), first.returncode), (("", "interrupted; no result was written\n"), 130))
    run(TINY, "--replications", 2, "--out", "r")
    same_result("r", "beside")
