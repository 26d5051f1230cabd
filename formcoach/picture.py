"""A drawn picture of an exercise: a posed figure in its start and its work position, or at each station.

Bones and bands are drawn as over a camera's picture (`formcoach.overlay`), so that people know them again.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from formcoach.errors import FormcoachError
from formcoach.events import Coaching
from formcoach.files import write_bytes
from formcoach.frame import Image
from formcoach.landmarks import INDEX, LANDMARK_COUNT, PoseSample
from formcoach.overlay.angles import find_angles
from formcoach.overlay.back_edge import BackEdge, draw_edge, state_of_back
from formcoach.overlay.drawing import Mask, Sheet, letters, paste, printable
from formcoach.overlay.figure import Figure as Skeleton
from formcoach.overlay.flesh import OUTLINE, THICK, draw_body
from formcoach.overlay.palette import INK, PLATE, Colour
from formcoach.overlay.view import View
from formcoach.posing import Figure, is_judged, pose_figures, poses_drawn
from formcoach.spec import Check, Spec
from formcoach.spec_lint.measures import reach, unit_of

WIDTH, HIGHEST = 440, 360
"""Of one pose, pixels; what lies on the floor needs less height."""

_UNIT = 0.62  # of the overlay's design
_MARGIN, _CAPTION = 34, 44
_LARGEST = 230.0  # pixels a metre
_BEHIND = (0.035, 0.025)  # metres that the far limbs are drawn ahead and above, to be seen at all
_BODY: Colour = (142, 122, 104)
_FAR_BODY: Colour = (92, 77, 64)
_FLOOR: Colour = (58, 45, 35)
_COLOURS = 64
_WIDEST = 75.0  # degrees of a band that is drawn


def draw_exercise(spec: Spec) -> Image | None:
    """The poses of an exercise side by side, or None where no figure can be brought into them.

    Returns:
        `(height, WIDTH * poses, 3)` uint8, blue-green-red.
    """
    figures = pose_figures(spec)
    if figures is None:
        return None
    scale = min(_scale(figure) for figure in figures.values())
    height = math.ceil(max(scale * _height(figure) for figure in figures.values())) + _MARGIN + _CAPTION
    return np.hstack([_draw(spec, pose, figure, scale, height) for pose, figure in figures.items()])


def save_picture(image: Image, path: Path) -> None:
    """Write a picture as a small PNG with a palette.

    Raises:
        FormcoachError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormcoachError(f"{path} cannot be written ({error.strerror}); name another file.") from None
    write_bytes(path, _png(image))


def _height(figure: Figure) -> float:
    return float(figure.points[:, 1].max()) + 0.1 - figure.floor


def _scale(figure: Figure) -> float:
    """Pixels a metre at which the figure fits."""
    wide = np.ptp(figure.points[:, 0]) + 0.15
    return min((WIDTH - _MARGIN) / wide, (HIGHEST - _MARGIN - _CAPTION) / _height(figure), _LARGEST)


def _draw(spec: Spec, pose: str, figure: Figure, scale: float, height: int) -> Image:
    image: Image = np.full((height, WIDTH, 3), PLATE, np.uint8)
    front = spec.camera == "front"
    ground = height - _CAPTION
    cv2.rectangle(image, (0, ground), (WIDTH, height), _FLOOR, -1)
    sample = _sample(figure, scale, height, front)
    shown, coaching = _judged(spec, pose, figure, front)
    skeleton = Skeleton(shown, View.whole(WIDTH, height), _UNIT)
    dots = skeleton.place(sample)
    body = [dot for dot in dots if dot is not None]
    draw_body(
        image,
        body,
        figure.bow,
        scale,
        front=front,
        near=_BODY,
        far=_FAR_BODY,
        depth=figure.points[:, 2].tolist(),
    )
    angles = find_angles(shown, dots, coaching)
    skeleton.draw_bands(image, angles)
    skeleton.draw_skeleton(image, dots, coaching)
    skeleton.draw_arcs(image, angles)
    if spec.wants_back and not front:
        edge = BackEdge(shown, False).step(sample, dots, coaching)
        state = state_of_back(shown, coaching)
        if edge is not None and state is not None:
            draw_edge(image, edge, state, _UNIT)
    _write(image, _caption(spec, pose), _MARGIN, height - _CAPTION // 2)
    return image


def _sample(figure: Figure, scale: float, height: int, front: bool) -> PoseSample:
    """The figure as a pose model would see it, in the middle of the picture and on its floor."""
    xy = np.empty((LANDMARK_COUNT, 2), np.float32)
    centre = (figure.points[:, 0].min() + figure.points[:, 0].max()) / 2
    xy[:, 0] = (WIDTH / 2 + scale * (figure.points[:, 0] - centre)) / height
    xy[:, 1] = (height - _CAPTION - scale * (figure.points[:, 1] - figure.floor)) / height
    if not front:
        for name, number in INDEX.items():
            if name.startswith("left_"):
                xy[number] += scale / height * np.array((_BEHIND[0], -_BEHIND[1]), np.float32)
    arch = 4.0 * OUTLINE * (1.0 - OUTLINE)
    back = None if front else (THICK + figure.bow * arch).astype(np.float32)
    world = np.zeros((LANDMARK_COUNT, 3), np.float32)
    for name, number in INDEX.items():
        world[number, 2] = 0.0 if front else 0.1 if name.startswith("left_") else -0.1
    return PoseSample(0.0, xy, np.ones(LANDMARK_COUNT, np.float32), world, back, WIDTH / height)


def _judged(spec: Spec, pose: str, figure: Figure, front: bool) -> tuple[Spec, Coaching]:
    """A spec whose checks are those of this pose and its own bounds; and the figure coached by it."""
    phase = pose if spec.kind == "repetitions" else "hold"
    judged = [check for check in spec.checks.values() if is_judged(spec, check, pose)]
    bounds = poses_drawn(spec)[pose].items()
    judged += [Check(f"{pose} {name}", name, (phase,), box, 0.0) for name, box in bounds]
    checks = {check.name: replace(check, during=(phase,)) for check in judged if _is_telling(spec, check)}
    coaching = Coaching(
        t=0.0,
        phase=phase,
        side=figure.side,
        near="right",
        view="front" if front else "side",
        someone=True,
        why="",
        held_s=0.0,
        in_form=True,
        reps={},
        holds_s={},
        values=figure.values,
        faults=(),
        unseen={},
        cue=None,
        events=(),
    )
    return replace(spec, checks=checks), coaching


def _is_telling(spec: Spec, check: Check) -> bool:
    """Whether its band points anywhere: half a circle would say little and hide much."""
    can = reach(spec, check.measure)
    if can is None or unit_of(spec, check.measure) != "degrees":
        return True
    return min(check.good.high, can.high) - max(check.good.low, can.low) <= _WIDEST


def _caption(spec: Spec, pose: str) -> str:
    if spec.kind == "sequence":
        station = spec.stations[pose]
        return f"{[*spec.stations].index(pose) + 1}. {station.title.capitalize()}, {station.hold_s:g} s"
    if spec.kind == "hold":
        return "Hold this"
    if pose == "start":
        return "Start, and come back"
    return "Go here and hold" if spec.dose.hold_s else "Go here"


def _write(image: Image, text: str, left: int, middle: int) -> None:
    mask: Mask
    mask, _ = letters(printable(text), 17, 500)
    sheet = Sheet(mask.shape[1], mask.shape[0])
    sheet.lay(mask, INK)
    paste(image, sheet.sprite(), left, middle - mask.shape[0] // 2)


def _png(image: Image) -> bytes:
    """A PNG with a palette; OpenCV writes none."""
    height, width, _ = image.shape
    coarse = (image // 8).astype(np.uint32) @ np.array([1, 32, 1024], np.uint32)
    shades, counts = np.unique(coarse, return_counts=True)
    kept = shades[np.argsort(-counts, kind="stable")[:_COLOURS]]
    colours = np.stack([kept // 1024, kept // 32 % 32, kept % 32], axis=1).astype(np.int64)
    every = np.stack([shades // 1024, shades // 32 % 32, shades % 32], axis=1).astype(np.int64)
    nearest = np.argmin(((every[:, None] - colours[None]) ** 2).sum(axis=2), axis=1).astype(np.uint8)
    pixels = nearest[np.searchsorted(shades, coarse)]
    rows = np.hstack([np.zeros((height, 1), np.uint8), pixels])
    palette = (colours * 8 + 4).astype(np.uint8)
    parts: Mapping[bytes, bytes] = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": palette.tobytes(),
        b"IDAT": zlib.compress(rows.tobytes(), 9),
        b"IEND": b"",
    }
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts.items()
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
