"""What is shown on a terminal."""

import os
import pty
import re
import select
import signal
import subprocess
import time

from program.claims import TINY, builds, claim, holds, same, start_long_run


def on_a_terminal(words, interrupt=False):
    """What appears on a terminal at stderr; exit code and stdout, which is a pipe."""
    ours, theirs = pty.openpty()
    if interrupt:
        process = start_long_run("r", stderr=theirs)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
    else:
        process = subprocess.Popen([builds[0], *map(str, words)], stdout=subprocess.PIPE, stderr=theirs, text=True)
    shown = b""
    while process.poll() is None or select.select([ours], [], [], 0.05)[0]:
        if select.select([ours], [], [], 0.05)[0]:
            shown += os.read(ours, 65536)
    out = process.stdout.read()
    os.close(ours)
    os.close(theirs)
    return shown.decode(), process.returncode, out


def screen(shown):
    """The lines that are left when the bar was written over."""
    lines = []
    for line in shown.replace("\r\n", "\n").split("\n"):
        cells = ""
        for part in line.split("\r"):
            cells = part + cells[len(part):]
        lines.append(cells.rstrip())
    return [line for line in lines if line]


@claim
def a_terminal_shows_a_bar_and_wipes_it():
    shown, code, out = on_a_terminal(["run", TINY, "--replications", 60, "--out", "r"])
    same(code, 0)
    bars = re.findall(r"\[(#*) *\] (\d+) of 60 replications, (\d+) s left", shown)
    holds(bars, repr(shown))
    for full, done, _ in bars:
        same(len(full), 30 * int(done) // 60)
    same(screen(shown), [], "nothing of it stays")
    holds("[" not in out, "nothing of it in the pipe")
    same(on_a_terminal(["run", TINY, "--replications", 60, "--out", "r", "--quiet"]), ("", 0, ""))


@claim
def an_interrupt_wipes_the_bar_first():
    shown, code, _ = on_a_terminal([], interrupt=True)
    holds("of 2000 replications" in shown, repr(shown))
    same((code, screen(shown)), (130, ["interrupted; no result was written"]))
