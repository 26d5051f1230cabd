"""Does a whole routine in front of a fed camera, without a key; compares what is reported with what was done.

    python benchmarks/whole_routine.py [--update]
    python benchmarks/whole_routine.py --clips ../shared/clips/ground_truth.json [--clip NAME ...]

A drawn person (`tests/stories.py`) walks in, does four exercises, and walks out again; or labelled clips of
real people come one after the other, with an empty room between. The film stands for the camera of `formcoach
live`, at its own pace, with the voice on; a script stands for what plays the sound. Printed are counts and
holds beside the truth, and the transcript. `--update` keeps the drawn one's in `docs/voice.md`. On Linux, and
where there is no display, it needs xvfb-run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from clip_sequence import read_sequence  # noqa: E402
from measuring import align, keep  # noqa: E402
from voice import a_player  # noqa: E402

from formcoach.errors import FormcoachError  # noqa: E402
from formcoach.frame import Frame  # noqa: E402
from formcoach.video_out import VideoWriter  # noqa: E402
from stories import Done, long_story  # noqa: E402

HELD_WITHIN_S = 0.5
HEIGHT = 480
EMPTY_S = 5.0
"""An empty room before the drawn film: somebody puts the keyboard away, and the pose model is loaded."""

PAGE = ROOT / "docs" / "voice.md"
SAID = "\nWhat was said:\n"


def write(frames: Iterator[Frame], film: Path) -> None:
    """Make a film of pictures."""
    first = next(frames)
    height, width = first.image.shape[:2]
    with VideoWriter(film, width, height, rate=None) as writer:
        for frame in chain([first], frames):
            writer.write(frame.image, frame.t)


def go_through(film: Path, toml: str, folder: Path) -> tuple[Mapping[str, Any], str]:
    """Run `formcoach live` on a film: its report, and what was said."""
    (folder / "specs" / "routines").mkdir(parents=True)
    (folder / "specs" / "routines" / "whole.toml").write_text(toml, "utf-8")
    report = folder / "report.json"
    command = ["live", "--routine", "whole", "--camera", str(film), "--voice", "all", "--window"]
    command += ["--record", "--transcript", "--json", str(report)]
    own = {
        "FORMCOACH_SPECS": "specs",
        "FORMCOACH_RECORDINGS": "recordings",
        "FORMCOACH_HISTORY": "history.sqlite",
        "FORMCOACH_PERSONAL": "personal.toml",
        "FORMCOACH_CAMERA_FILE": "camera",
    }
    with a_player():
        done = subprocess.run(
            [*_display(), sys.executable, "-m", "formcoach", *command],
            env=os.environ | {name: str(folder / where) for name, where in own.items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise FormcoachError(f"formcoach live ended with {done.returncode}; it has said above why.")
    said = done.stdout.partition(SAID)[2].partition("\nRecorded: ")[0]
    return json.loads(report.read_text("utf-8")), said


def _display() -> list[str]:
    return [] if sys.platform != "linux" or os.environ.get("DISPLAY") else ["xvfb-run", "-a"]


def compare(report: Mapping[str, Any], done: Sequence[Done]) -> tuple[list[list[str]], bool]:
    """A table of what is reported beside what was done, and whether it is the same."""
    rows = [["step", "outcome", "repetitions", "of", "held", "of"]]
    same = True
    for step, truth in zip(report["steps"], done, strict=True):
        sides = [side for one in step["sets"] for side in one["sides"].items()]
        counted = {name.replace("both", ""): side["performed"] for name, side in sides}
        held_s, true_s = sum(side["held_s"] for _, side in sides), sum(truth.holds_s)
        same &= step["outcome"] == "done"
        same &= not true_s or abs(held_s - true_s) <= HELD_WITHIN_S * len(truth.holds_s)
        same &= all(counted.get(name, 0) == number for name, number in truth.reps.items())
        rows.append(
            [
                *(truth.exercise, step["outcome"], _counts(counted), _counts(truth.reps)),
                *((f"{held_s:.1f} s", f"{true_s:.1f} s") if true_s else ("–", "–")),
            ]
        )
    return rows, same


def _counts(by_side: Mapping[str, int]) -> str:
    return " + ".join(str(number) for number in by_side.values() if number) or "–"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Do a whole routine in front of a fed camera.")
    parser.add_argument("--clips", type=Path, metavar="TRUTH.json", help="labelled clips; they lie beside it")
    parser.add_argument("--clip", action="append", metavar="NAME", help="one whose name begins so, in order")
    parser.add_argument("--update", action="store_true", help="keep the transcript in docs/voice.md")
    parser.add_argument("--folder", type=Path, help="keep film, recording and report here")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.folder or Path(temporary)
            film = folder / "film.mp4"
            if options.clips:
                sequence = read_sequence(options.clips, options.clip)
                toml, done = sequence.toml, sequence.done
                write(sequence.frames(), film)
            else:
                story = long_story(facing="left")
                toml, done = story.toml, story.done
                write(story.frames(HEIGHT, EMPTY_S), film)
            report, said = go_through(film, toml, folder)
    except FormcoachError as error:
        print(f"whole_routine: {error}", file=sys.stderr)
        return 2
    table, same = compare(report, done)
    print(
        f"{'PASS' if same else 'BEHIND'}: counts as performed, each hold within {HELD_WITHIN_S} s, no key\n"
    )
    print(f"{align(table)}\n\n{said}")
    if options.update:
        keep(PAGE, "transcript", f"```text\n{said.strip()}\n```")
    return 0


if __name__ == "__main__":
    sys.exit(main())
