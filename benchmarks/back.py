"""How well the bow of a back is read from the silhouette: the figures and plots of `docs/back.md`.

    python benchmarks/back.py truth
    python benchmarks/back.py people CLIPS
    python benchmarks/back.py cost CLIP [CLIP ...]

`truth` draws people whose backs bow by known amounts and shows them to the real pose model. `people` reads
the clips of real people in a folder: how still a back is that keeps still, and how good and rounded backs
differ. `cost` replays clips with and without the back. With `--update` the figures go into the page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import back_cost  # noqa: E402
import back_people  # noqa: E402
import back_truth  # noqa: E402
from measuring import keep  # noqa: E402

from formcoach.errors import FormcoachError  # noqa: E402
from formcoach.model_file import find_model  # noqa: E402

PAGE = ROOT / "docs" / "back.md"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("truth", "people", "cost"))
    parser.add_argument("clips", nargs="*", type=Path, help="a folder of clips, or for `cost` clips")
    parser.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    parser.add_argument("--update", action="store_true", help="write figures and plots into docs")
    options = parser.parse_args(arguments)
    if options.what == "people" and len(options.clips) != 1:
        parser.error("name the folder with the clips")
    try:
        model = find_model("full", options.model)
        if options.what == "truth":
            text = back_truth.measure(model)
        elif options.what == "people":
            text = back_people.measure(model, options.clips[0], PAGE.parent if options.update else None)
        else:
            text = back_cost.measure(model, options.clips)
        print(text)
        if options.update:
            keep(PAGE, options.what, text)
    except FormcoachError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
