"""Tables of landmarks that other programs made: single pictures, a row each, with a label.

The columns are `label`, one of `person`, `session` or `part`, and for each landmark `NAME_x`, `NAME_y` and,
where they are known, `NAME_z` and `NAME_v` (or `NAME_visibility`), as MediaPipe gives them: x divided by the
picture's width, y by its height. A name that ends in `.gz` is unpacked on the way.
"""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import numpy as np

from formcoach.errors import FormcoachError
from formcoach.landmarks import INDEX, LANDMARK_COUNT, FloatArray, PoseSample

SUFFIXES = (".csv", ".csv.gz")

GROUPS = ("person", "session", "part")
"""Columns that say whose a picture is, the best first."""

NEEDED = tuple(f"{side}_{part}" for side in ("left", "right") for part in ("shoulder", "hip"))

LONGEST_LINE = 100_000
"""Characters; all landmarks with all digits take 4000."""

SPARE_CHARACTERS, DENSEST = 1_000_000, 30
"""A table unpacks to so many characters and so many times its size at most: numbers are packed to a third."""

SPARE_LINES, SHORTEST = 10_000, 20
"""It has so many lines and one for so many bytes at most."""

TRUNK_M = 0.5
"""A table has no metres: depth is scaled as if the trunk were so long."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One picture of a table."""

    sample: PoseSample
    label: str
    group: str


def is_table(path: Path) -> bool:
    """Whether a file is a table by its name."""
    return path.name.endswith(SUFFIXES)


def read_table(path: Path, aspect: float, names: Mapping[str, str]) -> list[Row]:
    """Read a table of landmarks.

    Args:
        path: of the table.
        aspect: width of the pictures divided by their height; without it every angle would be wrong.
        names: what the labels mean, where they are no fault's name and not `good`.

    Raises:
        FormcoachError: it cannot be read, or lacks a column or a number.
    """
    try:
        return list(_rows(path, aspect, names))
    except FileNotFoundError:
        raise FormcoachError(f"There is no file {path}; check the name.") from None
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise FormcoachError(f"{path} cannot be read as a table: {error}.") from None


def _rows(path: Path, aspect: float, names: Mapping[str, str]) -> Iterator[Row]:
    unpack = gzip.open if path.name.endswith(".gz") else open
    with unpack(path, "rt", encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(_lines_of(cast(TextIO, file), path))
        header = next(lines, [])
        at = {name: number for number, name in enumerate(header)}
        coordinates = (f"{one}_{axis}" for one in NEEDED for axis in "xy")
        if missing := [name for name in ("label", *coordinates) if name not in at]:
            raise FormcoachError(
                f"{path} has no column {missing[0]}; docs/tuning.md tells which there must be."
            )
        group = next((at[name] for name in GROUPS if name in at), None)
        columns = _columns(header)
        for line in lines:
            try:
                values = [
                    [math.nan if cell is None else float(line[cell]) for cell in one] for one in columns
                ]
                label, whose = line[at["label"]], "" if group is None else line[group]
            except (ValueError, IndexError):
                raise FormcoachError(
                    f"{path}: line {lines.line_num} lacks a number; mend it or delete the line."
                ) from None
            yield Row(
                _sample(np.array(values, np.float32), aspect), names.get(label, label), whose or path.name
            )


def _lines_of(file: TextIO, path: Path) -> Iterator[str]:
    """The lines of a table: no more and no longer ones than a file of its size can hold."""
    size = path.stat().st_size
    characters, lines = SPARE_CHARACTERS + DENSEST * size, SPARE_LINES + size // SHORTEST
    while line := file.readline(LONGEST_LINE + 1):
        characters -= len(line)
        lines -= 1
        if len(line) > LONGEST_LINE or characters < 0 or lines < 0:
            raise FormcoachError(f"{path} unpacks to more than a table of its size holds; it was not read.")
        yield line


def _columns(header: Sequence[str]) -> list[tuple[int | None, ...]]:
    """For each landmark where its x, y, z and visibility are."""
    at = {name: number for number, name in enumerate(header)}
    return [
        (
            at.get(f"{name}_x"),
            at.get(f"{name}_y"),
            at.get(f"{name}_z"),
            at.get(f"{name}_v", at.get(f"{name}_visibility")),
        )
        for name in INDEX
    ]


def _sample(values: FloatArray, aspect: float) -> PoseSample:
    """One picture: `(33, 4)` x, y, z and visibility."""
    xy = values[:, :2] * np.array([aspect, 1.0], np.float32)
    there = np.isfinite(xy).all(axis=1)
    visibility = np.where(there & np.isnan(values[:, 3]), 1.0, np.nan_to_num(values[:, 3]))
    return PoseSample(
        0.0, xy, visibility.astype(np.float32), _world(xy, values[:, 2] * aspect), aspect=aspect
    )


def _world(xy: FloatArray, z: FloatArray) -> FloatArray | None:
    """`(33, 3)` from the picture and the depth beside it, in about metres; None without depth."""
    hips = [INDEX["left_hip"], INDEX["right_hip"]]
    shoulders = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
    trunk = float(np.hypot(*(xy[hips].mean(axis=0) - xy[shoulders].mean(axis=0))))
    if not (np.isfinite(z[hips + shoulders]).all() and trunk > 0.0):
        return None
    world = np.full((LANDMARK_COUNT, 3), np.nan, np.float32)
    world[:, :2], world[:, 2] = xy - xy[hips].mean(axis=0), z
    return np.asarray(world * (TRUNK_M / trunk), np.float32)
