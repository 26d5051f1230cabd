"""How long `formcoach --help` takes, and that it loads nothing heavy.

python benchmarks/startup.py
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from measuring import Result, median, ms, parser, quantile, run

MOST_S = 0.3
HEAVY = ("av", "cv2", "mediapipe", "msgpack", "numpy", "tqdm")

HELP = ("-m", "formcoach", "--help")
LOADED = """
import sys
from formcoach.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
print("\\n".join(sys.modules), file=sys.stderr)
"""


def start(*arguments: str) -> tuple[float, str]:
    """Seconds that one Python took, and what it said on stderr."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, done.stderr


def measure(options: argparse.Namespace) -> Result:
    shown: list[float] = []
    bare: list[float] = []
    start(*HELP)  # once unmeasured: the first writes the compiled modules
    for _ in range(options.rounds):
        shown.append(start(*HELP)[0])
        bare.append(start("-c", "pass")[0])
    modules = start("-c", LOADED)[1].split()
    heavy = [name for name in HEAVY if name in modules]
    rows = [["", "median", "p95"]]
    for name, values in (("formcoach --help", shown), ("an empty Python", bare)):
        rows.append([name, ms(median(values)), ms(quantile(values, 0.95))])
    return Result(
        "startup",
        f"`formcoach --help` answers within {MOST_S} s and loads none of {', '.join(HEAVY)}",
        median(shown) <= MOST_S and not heavy,
        rows,
        {"help_s": median(shown), "empty_s": median(bare), "modules": float(len(modules))},
        f"{len(modules)} modules loaded, heavy ones: {', '.join(heavy) or 'none'}; "
        f"{options.rounds} rounds in turns.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time formcoach --help.", video=False)
    made.add_argument("--rounds", type=int, default=15, help="default: 15")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
