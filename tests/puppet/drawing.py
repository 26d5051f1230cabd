"""Showing a performance as pictures of a room, and as an H.264 video."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from formcoach.frame import Frame
from formcoach.landmarks import INDEX, SKELETON
from puppet.painting import Canvas, Outfit, paint_person
from puppet.performance import Actor, Performance

_WALL_TOP, _WALL_FOOT = (206, 214, 220), (218, 226, 231)
_SKIRTING = (236, 240, 242)
_FLOOR_FAR, _FLOOR_NEAR = (132, 160, 184), (120, 148, 174)
_MAT, _MAT_EDGE = (150, 128, 96), (130, 110, 82)
_WALL_BEHIND = 1.5
"""Metres from the person to the wall."""
_CLOCK = 90_000
_SECOND = Outfit(shirt=(70, 70, 160), trousers=(96, 96, 100), hair=(60, 90, 120))
_BONES = [(INDEX[a], INDEX[b]) for a, b in SKELETON]


def frames(performance: Performance, height: int = 720) -> Iterator[Frame]:
    """Paints every moment of a performance, `height` pixels high."""
    room = _paint_room(performance, height)
    for i in range(len(performance.times)):
        yield _paint_moment(performance, room, i)


def frame(performance: Performance, i: int, height: int = 720) -> Frame:
    """Paints one moment of a performance."""
    return _paint_moment(performance, _paint_room(performance, height), i)


def _paint_moment(performance: Performance, room: np.ndarray, i: int) -> Frame:
    canvas = Canvas(room.copy(), performance.camera, performance.width)
    there = [actor for actor in reversed(performance.actors) if actor.there[i]]
    for actor in there:
        _paint_shadow(canvas, actor, i)
    for actor in there:
        outfit = Outfit() if actor is performance.actors[0] else _SECOND
        paint_person(canvas, actor.points[i], float(actor.bow[i]), outfit, actor.dumbbells, actor.build)
    return Frame(float(performance.times[i]), canvas.image)


def draw(
    performance: Performance, path: str | Path, height: int = 720, crf: int = 28, preset: str = "slow"
) -> Path:
    """Writes a performance to an H.264 video that browsers play.

    Args:
        performance: what to show.
        path: of the `.mp4` file.
        height: pixels; the width follows from the camera's aspect.
        crf: 0 = perfect and large, 51 = bad and small.
        preset: of the encoder, such as `veryfast`, for a file that nobody keeps.
    """
    path = Path(path)
    options = {"crf": str(crf), "preset": preset}
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=Fraction(performance.fps).limit_denominator(1001))
        stream.options = options
        stream.pix_fmt = "yuv420p"
        stream.height = height
        stream.width = 2 * round(performance.camera.aspect * height / 2)
        stream.codec_context.time_base = Fraction(1, _CLOCK)
        for moment in frames(performance, height):
            picture = av.VideoFrame.from_ndarray(moment.image, format="bgr24")
            picture.pts = round(moment.t * _CLOCK)
            picture.time_base = Fraction(1, _CLOCK)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def _paint_room(performance: Performance, height: int) -> np.ndarray:
    """A wall, a floor and a mat."""
    wide = 2 * round(performance.camera.aspect * height / 2)
    canvas = Canvas(np.zeros((height, wide, 3), np.uint8), performance.camera, performance.width)
    canvas.image[:] = _gradient(_WALL_TOP, _WALL_FOOT, height)

    def place(*corners: tuple[float, float, float]) -> np.ndarray:
        return canvas.pixels(performance.camera.tilt(np.array(corners)))

    far, near, side = _WALL_BEHIND, -0.9 * performance.camera.distance, 9.0
    floor = place((-side, 0.0, far), (side, 0.0, far), (side, 0.0, near), (-side, 0.0, near))
    mask = np.zeros((height, wide), np.uint8)
    cv2.fillPoly(mask, [np.round(floor * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    share = (mask / 255.0)[..., None]
    boards = _gradient(_FLOOR_FAR, _FLOOR_NEAR, height)
    canvas.image[:] = np.round(canvas.image * (1 - share) + boards * share)
    canvas.fill(
        place((-side, -0.09, far), (side, -0.09, far), (side, 0.0, far), (-side, 0.0, far)), _SKIRTING
    )
    half = performance.width / 2 + 0.02
    mat = np.array([[-half, 0, -0.42], [half, 0, -0.42], [half, 0, 0.42], [-half, 0, 0.42]])
    canvas.fill(canvas.pixels(performance.camera.turn(mat - np.array([0, 0.012, 0]))), _MAT_EDGE)
    canvas.fill(canvas.pixels(performance.camera.turn(mat)), _MAT)
    return canvas.image


def _gradient(top: tuple[int, ...], bottom: tuple[int, ...], height: int) -> np.ndarray:
    share = np.linspace(0.0, 1.0, height)[:, None, None]
    return np.array(top) * (1 - share) + np.array(bottom) * share


def _paint_shadow(canvas: Canvas, actor: Actor, i: int) -> None:
    """A soft shadow on the floor: the bones seen from above, painted small, blurred and enlarged."""
    height, wide = canvas.image.shape[:2]
    up = canvas.camera.tilt(np.array([0.0, -1.0, 0.0]))
    above = actor.points[i] @ up
    flat = actor.points[i] - above[:, None] * up
    small = 4
    spots = canvas.pixels(flat) / small
    dark = np.zeros((height // small, wide // small), np.uint8)
    for a, b in _BONES:
        strength = 95.0 * float(np.exp(-1.6 * max(0.0, min(above[a], above[b]))))
        (ax, ay), (bx, by) = spots[a], spots[b]
        line = np.zeros_like(dark)
        cv2.line(
            line, (round(ax), round(ay)), (round(bx), round(by)), strength, max(2, height // small // 40)
        )
        np.maximum(dark, line, out=dark)
    dark = cv2.GaussianBlur(dark, (0, 0), height / 220)
    share = cv2.resize(dark, (wide, height), interpolation=cv2.INTER_LINEAR)
    canvas.image -= (canvas.image * (share[..., None] / 255.0)).astype(np.uint8)
