#!/usr/bin/python3
"""The random numbers that tests/test_rng.c expects, made by numpy and exact fractions.

usage: oracle_numpy.py                  prints the table (tests/numpy_table.h)
       oracle_numpy.py --compare FILE   exit code 1 when FILE is not what numpy gives today

Above each row stands how to make it by hand.
"""

import sys
from fractions import Fraction
from math import ceil

from numpy import uint64
from numpy.random import PCG64DXSM, SeedSequence

BIG = 0x0123456789ABCDEFFEDCBA9876543210
HEAD = """\
/* Made by scripts/oracle_numpy.py from numpy's SeedSequence and PCG64DXSM; `--compare` checks it.
 * U128(high, low) and the structs are those of test_rng.c. */
// clang-format off"""


def states(entropy, key, count=4):
    sequence = SeedSequence(entropy, spawn_key=key)
    return [int(word) for word in sequence.generate_state(count, uint64)]


def text_states(text, count=2):
    return states(list(text.encode()), (), count)


def two_words(entropy, key):
    high, low = states(entropy, key, 2)
    return high << 64 | low


def raws(state, increment, advance, count=4):
    generator = PCG64DXSM()
    held = generator.state
    held["state"] = {"state": state, "inc": increment}
    generator.state = held
    generator.advance(advance)
    return [int(raw) for raw in generator.random_raw(count)]


def purpose(purpose_name, name, visit):
    return 2**40 + (text_states(f"{purpose_name}/{name}/{visit}")[0] >> 4 | 1)


def threshold(num, den):
    """How many whole n have (n + 1/2) / 2^52 < num / den."""
    return ceil(Fraction(num, den) * 2**52 - Fraction(1, 2)) if num else 0


def u64(value):
    return f"0x{value:016x}u"


def u128(value):
    return f"U128({u64(value >> 64)}, {u64(value % 2**64)})"


def braces(items):
    return "{" + ", ".join(items) + "}"


def table(kind, name, rows):
    lines = [f"static const struct {kind} {name}[] = {{"]
    for comment, items in rows:
        lines += [f"    /* {comment} */", f"    {braces(items)},"]
    return lines + ["};"]


def seed_rows():
    cases = [
        (0, ()), (1, ()), (2026, ()), (2**32 - 1, ()), (2**32, ()), (2**64 - 1, ()),
        (0, (0,)), (1, (0,)), (1, (0, 0)), (1, (7, 2**32 - 1)), (1, (2**32,)),
        (2**40 + 5, (999, 0xDEADBEEFCAFEF00D)), (2**64 - 1, (2**64 - 1, 3, 2**33, 0)),
    ]
    for entropy, key in cases:
        comment = f"SeedSequence({entropy}, spawn_key={key}).generate_state(4, uint64)"
        yield comment, [
            u64(entropy), braces(map(u64, key or (0,))), str(len(key)),
            braces(map(u64, states(entropy, key))),
        ]


def text_rows():
    for text in ["", "a", "abcd", "remand", "self_reporter", "voorlopige hechtenis", "caf\u00e9"]:
        comment = f"SeedSequence(list({text.encode()!r})).generate_state(2, uint64)"
        shown = "".join(f"\\x{byte:02x}" for byte in text.encode())
        first, second = text_states(text)
        yield comment, [f'"{shown}"', u64(first), u64(second), f'"{first:016x}{second:016x}"']


def raw_rows():
    cases = [
        (0, 1, 0), (42, 109, 0), (BIG, 2 * BIG % 2**128 + 1, 0), (BIG, 3, 1), (BIG, 3, 67),
        (BIG, 2**127 + 5, 10**6), (BIG, 2**127 + 5, 2**99 + 123456789**3),
        (2**128 - 1, 2**128 - 1, 2**128 - 1),
    ]
    for state, increment, advance in cases:
        comment = f"state {state}, inc {increment}: advance({advance}), random_raw(4)"
        yield comment, [
            u128(state), u128(increment), u128(advance),
            braces(map(u64, raws(state, increment, advance))),
        ]


def flow_rows():
    cases = [
        (1, 0, "remand", 20454), (1, 1, "remand", 20454), (2**33 + 1, 999, "self_reporter", 0),
        (2**64 - 1, 2**32 - 1, "tbs", 23741),
    ]
    for seed, replication, flow, day in cases:
        name = text_states(flow)[0]
        increment = (2 * two_words(seed, (replication, name)) + 1) % 2**128
        state = two_words(seed, (replication, name, day))
        base = (3 * 32 + 5) * 67
        draw = raws(state, increment, base + purpose("stay", flow, 2))[0]
        comment = (
            f"spawn_key ({replication}, hash of {flow}[, {day}]); the draw of person (slab 3, "
            f"index 5) for stay/{flow}/2"
        )
        yield comment, [
            u64(seed), str(replication) + "u", f'"{flow}"', str(day), u128(increment),
            u128(state), u64(draw),
        ]


def purpose_rows():
    for case in [("stay", "remand", 0), ("stay", "remand", 7), ("route", "prison", 12)]:
        comment = "2**40 + (hash of %s/%s/%d >> 4 | 1)" % case
        yield comment, [f'"{case[0]}"', f'"{case[1]}"', str(case[2]), u128(purpose(*case))]


def threshold_rows():
    cases = [
        (0, 1), (0, 2**62), (1, 1), (2**62, 2**62), (1, 2), (1, 3), (2, 3), (7, 10), (1, 1000),
        (1, 2**62), (1, 2**53), (1, 2**53 - 1), (1, 2**52), (3, 2**53), (5, 2**54), (2**62 - 1, 2**62),
        (2**53 - 1, 2**53), (2**53 - 2, 2**53 - 1), (123456789012345678, 987654321098765432),
    ]
    for num, den in cases:
        comment = f"ceil(Fraction({num}, {den}) * 2**52 - Fraction(1, 2))"
        yield comment, [str(num), str(den), u64(threshold(num, den))]


def whole_table():
    lines = [HEAD]
    lines += table("seed_case", "seed_cases", seed_rows())
    lines += table("text_case", "text_cases", text_rows())
    lines += table("raw_case", "raw_cases", raw_rows())
    lines += table("flow_case", "flow_cases", flow_rows())
    lines += table("purpose_case", "purpose_cases", purpose_rows())
    lines += table("threshold_case", "threshold_cases", threshold_rows())
    return "\n".join(lines + ["// clang-format on", ""])


def main(arguments):
    if not arguments:
        sys.stdout.write(whole_table())
        return 0
    if len(arguments) != 2 or arguments[0] != "--compare":
        sys.stderr.write(__doc__)
        return 2
    with open(arguments[1], encoding="utf-8") as file:
        same = file.read() == whole_table()
    if not same:
        sys.stderr.write(f"{arguments[1]} differs from what numpy gives\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
