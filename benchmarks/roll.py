"""Turns labelled clips by some degrees, as a leaning camera would film them, and coaches what it then sees.

    python benchmarks/roll.py ../shared/clips/ground_truth.json [--update]
    python benchmarks/roll.py [--update]

A picture that is turned has corners that were not filmed, and borders that tell how far it was turned. The
room is therefore read from the part without either, which is less than a real camera would show. Nothing is
written: the turned pictures exist in memory only. Without clips, drawn people are looked at; `--update` keeps
the table of either in `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import cv2  # noqa: E402
import numpy as np  # noqa: E402
import roll_drawn  # noqa: E402
from measuring import align, keep  # noqa: E402
from roll_drawn import Seen  # noqa: E402

from formcoach.errors import FormcoachError  # noqa: E402
from formcoach.evaluating import read_truth  # noqa: E402
from formcoach.frame import Frame, Image  # noqa: E402
from formcoach.landmarks import FloatArray, PoseSample  # noqa: E402
from formcoach.level import LEAST  # noqa: E402
from formcoach.model_file import find_model  # noqa: E402
from formcoach.pose import PoseReader  # noqa: E402
from formcoach.report import SessionReport  # noqa: E402
from formcoach.room import EVERY_S, read_room, shrink  # noqa: E402
from formcoach.scoring import Truth  # noqa: E402
from formcoach.session import Session  # noqa: E402
from formcoach.spec import Spec  # noqa: E402
from formcoach.spec_file import find_spec, read_spec  # noqa: E402
from formcoach.video_file import VideoFile  # noqa: E402

PAGE = ROOT / "docs" / "accuracy.md"
TURNS = (0, -10, -5, 5, 10)
ROOMS = (
    *("plank_03", "hinge_08", "hinge_12", "hinge_13", "hinge_15", "hinge_19", "bridge_05", "situp_01"),
    *("squat_08", "wallsquat_03", "birddog_06"),
)
"""The clips that show a room, in which a lean can be seen; the others are filmed before a plain wall."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A picture turned clockwise, and the part of it that was filmed.

    Attributes:
        whole: as large as the picture was, with black corners.
        part: the largest part of the same shape without corners.
        share: height of that part over the height of the whole.
    """

    whole: Image
    part: Image
    share: float


def turn(image: Image, degrees: float) -> Turned:
    """Turn a picture about its middle."""
    if not degrees:
        return Turned(image, image, 1.0)
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    whole = cv2.warpAffine(image, matrix, (width, height))
    angle = abs(np.radians(degrees))
    sin, cos = np.sin(angle), np.cos(angle)
    share = min(width / (width * cos + height * sin), height / (width * sin + height * cos))
    wide, high = int(width * share) - 4, int(height * share) - 4
    left, top = (width - wide) // 2, (height - high) // 2
    part = np.ascontiguousarray(whole[top : top + high, left : left + wide])
    return Turned(whole, part, high / height)


def coach(path: Path, spec: Spec, model: Path, degrees: float) -> SessionReport:
    """Coach a clip that is turned."""
    session, looked, room = Session(spec), -EVERY_S, None
    with VideoFile(path) as video, PoseReader(model, back=spec.wants_back) as pose:
        for frame in video:
            turned = turn(frame.image, degrees)
            sample = replace(pose.read(Frame(frame.t, turned.whole)), room=room)
            room = None
            if frame.t - looked >= EVERY_S:
                looked, room = frame.t, read_room(shrink(turned.part), _within(sample, turned.share))
            session.take(sample)
    return session.finish()


def _within(sample: PoseSample, share: float) -> FloatArray | None:
    """The landmarks in the part of a picture that was filmed."""
    if not sample.someone:
        return None
    centre = np.array([sample.aspect / 2, 0.5], np.float32)
    return ((sample.xy - centre) / np.float32(share) + centre).astype(np.float32)


def look(path: Path, truth: Truth, spec: Spec, model: Path, degrees: float, leans: float) -> Seen:
    """What is seen in a clip that is turned, of a camera that leans by itself; a small lean is told as 0."""
    report = coach(path, spec, model, degrees)
    told = report.camera_roll or not degrees or abs(degrees + leans) < LEAST
    return Seen(
        report.camera_roll if told else math.nan,
        sum(report.performed(side) for side in report.sides),
        truth.repetitions or 0,
        report.hold_s,
        frozenset(fault.kind for fault in report.faults),
    )


def measure(options: argparse.Namespace) -> str:
    """A verdict and a table of the clips that were chosen."""
    truths, _ = read_truth(options.truth)
    model = find_model()
    seen: dict[str, list[Seen]] = {}
    for truth in truths:
        if truth.exercise is None or not truth.file.startswith(tuple(options.clip or ROOMS)):
            continue
        spec, row = read_spec(find_spec(truth.exercise)), seen.setdefault(Path(truth.file).stem, [])
        for degrees in TURNS:
            print(f"{truth.file} {degrees:+d}", file=sys.stderr, flush=True)
            leans = row[0].roll if row else 0.0
            row.append(look(options.truth.parent / truth.file, truth, spec, model, degrees, leans))
    if not seen:
        raise FormcoachError(
            f"None of the clips that show a room is in {options.truth}; name some with --clip."
        )
    return render(seen)


def render(seen: dict[str, list[Seen]]) -> str:
    """How much was told and counted, in a sentence and a table."""
    turned = [
        (row[0], degrees, one) for row in seen.values() for degrees, one in zip(TURNS, row, strict=True)
    ]
    turned = [one for one in turned if one[1]]
    told = [(level, degrees, one) for level, degrees, one in turned if not math.isnan(one.roll)]
    small = [abs(level.roll + degrees) < LEAST for level, degrees, _ in told]
    off = [
        abs(one.roll - level.roll - degrees)
        for (level, degrees, one), left in zip(told, small, strict=True)
        if not left
    ]
    changed = sum(
        (one.counted, one.performed) != (level.counted, level.performed) for level, _, one in turned
    )
    counts = f"The count changed in {changed}" if changed else "No count changed"
    rows = [["clip", "as filmed", *(f"{degrees:+d}°" for degrees in TURNS[1:])]]
    rows += [[name, *map(str, row)] for name, row in seen.items()]
    return (
        f"{counts}. Of the {len(turned)} turned clips {len(told)} told their lean; it was off by "
        f"{max(off, default=0.0):.1f} degrees at most, beside what the camera itself leaned.\n\n{align(rows)}"
    )


def drawn(*, update: bool) -> None:
    """Look at drawn people."""
    table = roll_drawn.measure(TURNS)
    print(table)
    if update:
        keep(PAGE, "lean", table)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Coach labelled clips as a leaning camera would film them.")
    parser.add_argument("truth", type=Path, nargs="?", metavar="TRUTH.json", help="the clips lie beside it")
    parser.add_argument(
        "--clip", action="append", metavar="NAME", help="whose name begins so (default: those of a room)"
    )
    parser.add_argument("--update", action="store_true", help="keep the table in docs/accuracy.md")
    options = parser.parse_args(arguments)
    try:
        if options.truth is None:
            drawn(update=options.update)
        else:
            table = measure(options)
            print(table)
            if options.update:
                keep(PAGE, "turned", table)
    except FormcoachError as error:
        print(f"roll: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
