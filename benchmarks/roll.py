"""Turns labelled clips by some degrees, as a leaning camera would film them, and coaches what it then sees.

    python benchmarks/roll.py ../shared/clips/ground_truth.json --clip bridge_05 --clip situp_01
    python benchmarks/roll.py [--update]

A picture that is turned has corners that were not filmed, and borders that tell how far it was turned. The
room is therefore read from the part without either, which is less than a real camera would show. Nothing is
written: the turned pictures exist in memory only. Without clips, drawn people are looked at; `--update` keeps
their table in `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
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

from formcoach.errors import FormcoachError  # noqa: E402
from formcoach.evaluating import read_truth  # noqa: E402
from formcoach.frame import Frame, Image  # noqa: E402
from formcoach.landmarks import FloatArray, PoseSample  # noqa: E402
from formcoach.model_file import find_model  # noqa: E402
from formcoach.pose import PoseReader  # noqa: E402
from formcoach.report import SessionReport  # noqa: E402
from formcoach.room import EVERY_S, read_room, shrink  # noqa: E402
from formcoach.session import Session  # noqa: E402
from formcoach.spec import Spec  # noqa: E402
from formcoach.spec_file import find_spec, read_spec  # noqa: E402
from formcoach.video_file import VideoFile  # noqa: E402

PAGE = ROOT / "docs" / "accuracy.md"
TURNS = (0, -10, -5, 5, 10)


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


def measure(options: argparse.Namespace) -> list[list[str]]:
    truths, _ = read_truth(options.truth)
    model = find_model()
    rows = [["clip", *(f"{degrees:+d}°" for degrees in TURNS)]]
    for truth in truths:
        if truth.exercise is None or not any(truth.file.startswith(name) for name in options.clip or ("",)):
            continue
        spec, row = read_spec(find_spec(truth.exercise)), [Path(truth.file).stem]
        for degrees in TURNS:
            print(f"{truth.file} {degrees:+d}", file=sys.stderr, flush=True)
            report = coach(options.truth.parent / truth.file, spec, model, degrees)
            counted = sum(report.performed(side) for side in report.sides)
            row.append(f"{report.camera_roll:.1f}, {counted} of {truth.repetitions}, {report.hold_s:.1f} s")
        rows.append(row)
    return rows


def drawn(*, update: bool) -> None:
    """Look at drawn people."""
    table = roll_drawn.measure(TURNS)
    print(table)
    if update:
        keep(PAGE, "lean", table)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Coach labelled clips as a leaning camera would film them.")
    parser.add_argument("truth", type=Path, nargs="?", metavar="TRUTH.json", help="the clips lie beside it")
    parser.add_argument("--clip", action="append", metavar="NAME", help="only clips whose name begins so")
    parser.add_argument("--update", action="store_true", help="keep the drawn people's table in the document")
    options = parser.parse_args(arguments)
    try:
        if options.truth is None:
            drawn(update=options.update)
        else:
            print(align(measure(options)))
    except FormcoachError as error:
        print(f"roll: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
