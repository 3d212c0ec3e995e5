"""Does the time grow in step with the text, whatever the text? Adversarial shapes at doubling sizes.

    python tests/bench/hostile.py [--max CHARACTERS] [--shape NAME …]

For each shape: CPU seconds of ``analyse(text).values`` at each size, and the exponent of growth between the two
largest (1.0 is linear; noise makes it 0.9 to 1.2). Exit code 1 if one exceeds ``LIMIT``.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
from collections.abc import Callable
from itertools import count, takewhile
from time import process_time

import framing

LIMIT = 1.35  # a doubling may cost 2 ** 1.35 = 2.55 times as much: double and 30 % of noise
FIRST = 20_000
SENTENCE = "The regime’s officials said on Monday that critics may have slammed the reckless plan. "


def _repeat(piece: str) -> Callable[[int], str]:
    return lambda n: (piece * (n // len(piece) + 1))[:n]


def _nested(n: int) -> str:
    return "(" * (n // 2) + ")" * (n // 2)


def _nested_quotes(n: int) -> str:
    return "“he said ‘" * (n // 20) + "’ he said” " * (n // 20)


SHAPES: dict[str, Callable[[int], str]] = {
    "plain prose": _repeat(SENTENCE),
    "prose in paragraphs": _repeat(SENTENCE * 3 + "\n\n"),
    "opening quotes": _repeat("“"),
    "closing quotes": _repeat("”"),
    "straight quotes": _repeat('"'),
    "apostrophes": _repeat("'"),
    "quotes and words": _repeat("“a ”b "),
    "alternating quotes": _repeat("“‘\"'”’«»„"),
    "opened in every paragraph": _repeat("“It is so.\n\n"),
    "never closed": lambda n: "“" + _repeat("he said that she said it and ")(n),
    "nested brackets": _nested,
    "nested quotations": _nested_quotes,
    "brackets and words": _repeat("(he said [they said "),
    "one word": _repeat("a"),
    "one word of hyphens": _repeat("so-"),
    "one number": _repeat("1,000."),
    "one sentence": _repeat("and the brutal regime may say that officials "),
    "only newlines": _repeat("\n"),
    "only spaces": lambda n: "a" + " " * (n - 2) + "b",
    "only colons": _repeat(":"),
    "only commas": _repeat("Ann, "),
    "only full stops": _repeat("."),
    "full stops and a letter": lambda n: "a" + "." * (n - 2) + "b",
    "question marks": _repeat("Who knows? "),
    "dashes": _repeat("— he said — "),
    "initials": _repeat("J. K. "),
    "abbreviations": _repeat("U.S. Gen. St. Mr. "),
    "combining marks": lambda n: "e" + "\u0301" * (n - 1),
    "combining words": _repeat("e\u0301a\u0308\u0323 "),
    "bidirectional": _repeat("\u202eabc\u202c \u2067שלום\u2069 "),
    "zero width": _repeat("r\u200be\u200bg\u200bi\u200bm\u200be "),
    "only zero width": _repeat("\u200b"),
    "long s and dotted I": _repeat("ſaid İSTANBUL ﬁnal ŉ "),
    "emoji sequences": _repeat("👩‍👩‍👧‍👦🏳️‍🌈 said 👍🏽 "),
    "null bytes": _repeat("he\x00 said\x00\x00 "),
    "lone surrogates": _repeat("he \ud800 said "),
    "said said said": _repeat("said "),
    "that that that": _repeat("that "),
    "said that": _repeat("he said that "),
    "according to": _repeat("according to "),
    "who said": _repeat("who said, who told, "),
    "capitals": _repeat("Ann Bob Carl Dora "),
    "capital run": _repeat("Of The Ministry "),
    "speakers": lambda n: " ".join(f"“Yes,” said Minister Ann{chr(97 + k % 26)}{k}." for k in range(n // 30)),
    "surnames": lambda n: " ".join(f"Ann Smith{k} said so. Smith{k} said it." for k in range(n // 38)),
    "labels": _repeat("Moderator: yes.\n"),
    "transcript": lambda n: "\n".join(f"SPEAKER {k}: We may go." for k in range(n // 24)),
    "hedges": _repeat("perhaps maybe possibly "),
    "so-called": _repeat("so-called "),
    "loaded words": _repeat("brutal regime thugs "),
    "guards that read the sentence": _repeat("toxic meltdown, they crucify and whip up "),
    "not": _repeat("not very not "),
    "headline only": lambda n: "Rulers meet " * (n // 12) + "\n\nThey met.",
    "title case lines": _repeat("Rulers Meet Again\n"),
    "html": _repeat("<b><script>alert('x')</script>&amp;"),
    "links": _repeat("https://example.org/a?b=c "),
}


def sizes(most: int) -> list[int]:
    return list(takewhile(lambda n: n <= most, (FIRST << k for k in count())))


def seconds(text: str) -> float:
    """CPU seconds of one full analysis."""
    gc.collect()
    began = process_time()
    framing.analyse(text).values
    return process_time() - began


def growth(times: list[tuple[int, float]]) -> float:
    """Exponent of growth over the last two doublings (one, if there are no two)."""
    (n, t), (m, u) = times[max(0, len(times) - 3)], times[-1]
    return math.log(u / t) / math.log(m / n) if len(times) > 1 and t > 0.02 else float("nan")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--max", type=int, default=10_240_000, help="largest text in characters")
    parser.add_argument(
        "--budget", type=float, default=60, help="CPU seconds per shape; sizes that would not fit are left out"
    )
    parser.add_argument("--shape", nargs="*", choices=SHAPES, help="only these")
    args = parser.parse_args()
    framing.analyse(SENTENCE * 200).values  # word lists and model are loaded before the clock runs
    bad = []
    print(f"{'shape':<26} {'growth':>6} {'k chars/s':>10}   CPU seconds at doubling sizes from {FIRST:,} characters")
    for name in args.shape or SHAPES:
        times: list[tuple[int, float]] = []
        for n in sizes(args.max):
            if times and sum(t for _, t in times) + 2 * times[-1][1] > args.budget:
                break
            text = SHAPES[name](n)
            times.append((len(text), seconds(text)))
        slope = growth(times)
        speed = times[-1][0] / max(times[-1][1], 1e-9) / 1000
        print(f"{name:<26} {slope:6.2f} {speed:10,.0f}   {' '.join(f'{t:.2f}' for _, t in times)}", flush=True)
        if slope > LIMIT:
            bad.append(name)
    print(
        f"{len(bad)} shape(s) grow faster than in step: {', '.join(bad)}" if bad else "all grow in step with the text"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
