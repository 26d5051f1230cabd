"""Landmarks and angles of a recording as the files that other programs for movement read.

`.trc` holds marker places and `.mot` angles, both as OpenSim defines them; Sports2D and Pose2Sim read
and write the same. Both know only one rate for a whole file, so samples are brought to one by straight
lines between neighbours. What was not seen is NaN in them, and empty in a table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from formcoach.errors import FormcoachError
from formcoach.landmarks import INDEX, LANDMARKS, FloatArray

Array = npt.NDArray[np.float64]

LONGEST_GAP_S = 0.25
"""Between two samples further apart than this nothing is filled in."""

DIGITS = 6

FASTEST = 1000
"""Pictures a second of a file, at most."""

MOST_ROWS, SPARE_ROWS = 20, 10_000
"""For each sample a file has so many rows at most, and some for pauses."""

_JOINTS: Mapping[str, tuple[str, str, str]] = {
    "hip": ("shoulder", "hip", "knee"),
    "knee": ("hip", "knee", "ankle"),
    "ankle": ("knee", "ankle", "foot_index"),
    "shoulder": ("hip", "shoulder", "elbow"),
    "elbow": ("shoulder", "elbow", "wrist"),
}
"""The interior angles of `joint_angles`: each at its middle landmark."""


def joint_angles(xy: npt.ArrayLike) -> dict[str, Array]:
    """Interior angles as they look in the picture, of both sides, and the slope of the trunk.

    Args:
        xy: `(N, 33, 2)` picture heights, y down; NaN where nobody was found.

    Returns:
        `(N,)` degrees by name: `hip_left` … `elbow_right`, 180 = straight; `trunk_left`, `trunk_right`,
        0 = level, 90 = upright, whichever way the person faces.
    """
    places = np.asarray(xy, float)
    found: dict[str, Array] = {}
    for side in ("left", "right"):
        for name, parts in _JOINTS.items():
            found[f"{name}_{side}"] = _interior(*(places[:, INDEX[f"{side}_{part}"]] for part in parts))
        trunk = places[:, INDEX[f"{side}_shoulder"]] - places[:, INDEX[f"{side}_hip"]]
        found[f"trunk_{side}"] = np.degrees(np.arctan2(-trunk[:, 1], np.abs(trunk[:, 0])))
    return found


def trc(name: str, t: Array, world: npt.ArrayLike) -> str:
    """The landmarks as a `.trc` file.

    Args:
        name: the file's own name, which stands in it.
        t: `(N,)` seconds, rising.
        world: `(N, 33, 3)` metres from the middle of the hips, y down, z away from the camera; NaN where
            not seen.

    Returns:
        The file's text: metres, x to the right of the picture, y up, z towards the camera, time from 0.
    """
    rate, times, places = _at_one_rate(t, np.asarray(world, float) * (1.0, -1.0, -1.0))
    count = len(LANDMARKS)
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        "\t".join(map(str, (rate, rate, len(times), count, "m", rate, 1, len(times)))),
        "Frame#\tTime\t" + "\t\t\t".join(LANDMARKS),
        "\t\t" + "\t".join(f"{axis}{number}" for number in range(1, count + 1) for axis in "XYZ"),
        "",
    ]
    rows = places.reshape(len(times), 3 * count)
    for number, (time, row) in enumerate(zip(times, rows, strict=True), 1):
        lines.append("\t".join((str(number), _number(time), *map(_number, row))))
    return "\n".join(lines) + "\n"


def mot(name: str, t: Array, angles: Mapping[str, npt.ArrayLike]) -> str:
    """Angles as a `.mot` file.

    Args:
        name: the motion's own name, which stands in the file.
        t: `(N,)` seconds, rising.
        angles: `(N,)` degrees by name.
    """
    _, times, columns = _at_one_rate(t, np.column_stack([np.asarray(one, float) for one in angles.values()]))
    lines = [
        name,
        "version=1",
        f"nRows={len(times)}",
        f"nColumns={len(angles) + 1}",
        "inDegrees=yes",
        "endheader",
        "\t".join(("time", *angles)),
        *("\t".join((_number(time), *map(_number, row))) for time, row in zip(times, columns, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def table(columns: Mapping[str, Iterable[object]]) -> str:
    """Columns of one length as comma-separated values; empty where a number is NaN."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    return text.getvalue()


def landmark_columns(
    xy: FloatArray, visibility: FloatArray, world: FloatArray | None
) -> dict[str, FloatArray]:
    """A column for each number of each landmark: `left_hip_x`, `left_hip_visibility`, `left_hip_world_x` …

    Args:
        xy, visibility, world: as in `formcoach.recording.Recording`.
    """
    found: dict[str, FloatArray] = {}
    for number, name in enumerate(LANDMARKS):
        found[f"{name}_x"], found[f"{name}_y"] = xy[:, number, 0], xy[:, number, 1]
        found[f"{name}_visibility"] = visibility[:, number]
        if world is not None:
            for axis, letter in enumerate("xyz"):
                found[f"{name}_world_{letter}"] = world[:, number, axis]
    return found


def _interior(first: Array, middle: Array, last: Array) -> Array:
    a, b = first - middle, last - middle
    crossed, along = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], (a * b).sum(axis=1)
    angle = np.degrees(np.arctan2(np.abs(crossed), along))
    return np.where((crossed == 0) & (along == 0), np.nan, angle)  # two landmarks in one place


def _at_one_rate(t: Array, values: Array) -> tuple[int, Array, Array]:
    """Pictures a second, times from 0, and the values at them; NaN in gaps and where either neighbour is."""
    if len(t) < 2:
        return 30, np.zeros(len(t)), values
    steps = np.diff(t)
    usual = float(np.median(steps[steps > 0])) if (steps > 0).any() else 1.0 / 30
    rate = min(max(1, round(1.0 / usual)), FASTEST)
    if (t[-1] - t[0]) * rate > SPARE_ROWS + MOST_ROWS * len(t):
        raise FormcoachError(
            "Nothing was seen for so long in this recording that a file of one rate would be nearly empty; "
            "--csv writes its samples as they came."
        )
    times = np.arange(int((t[-1] - t[0]) * rate + 1e-6) + 1) / rate
    after = np.clip(np.searchsorted(t - t[0], times), 1, len(t) - 1)
    before = after - 1
    gap = t[after] - t[before]
    share = np.divide(times - (t[before] - t[0]), gap, out=np.zeros_like(times), where=gap > 0)
    share = share.reshape(-1, *[1] * (values.ndim - 1))
    between = values[before] * (1 - share) + values[after] * share
    between[gap > LONGEST_GAP_S] = np.nan
    # On a sample itself its neighbour does not matter, not even one that is not seen.
    mixed = np.where(share <= 1e-9, values[before], np.where(share >= 1 - 1e-9, values[after], between))
    return rate, times, mixed


def _number(value: float) -> str:
    return f"{value:.{DIGITS}f}" if value == value else "NaN"


def _cell(value: object) -> object:
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    return "" if number != number else round(number, DIGITS)
