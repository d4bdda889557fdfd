#!/usr/bin/python3
"""Tests of the program as a whole, run as a user would run it.

usage: scripts/test_program.py BINARY [OTHER BUILD ...]

The other builds (debug, address sanitizer, clang, native) must write the same bytes as BINARY.
Each claim is a function in a folder of its own; they stand in scripts/program by subject.
Prints `N passed, M failed` and exits 1 on failure.
"""

import importlib

from program import claims

# Each file adds its claims to the list as it is read.
for subject in ("same_bytes", "command_line", "in_place", "results", "parts", "uncertain", "fields", "terminal", "compare",
                "laws", "laws_supply", "configs", "kinds", "measures", "dates", "valves", "returns"):
    importlib.import_module(f"program.{subject}")

if __name__ == "__main__":
    claims.main(__doc__)
