"""Truth by construction: drawn backs of known bows through the real pose model."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from puppet import Figure
from puppet.backs import BOWS, POSITIONS, Agreement, bowing, bows, see

FPS = 15.0
FACING, ZOOM, BUILD, YAW = ("left", "right"), (1.0, 0.6), (0.85, 1.0, 1.3), (-30.0, -20.0, 20.0, 30.0)


@dataclass(frozen=True, slots=True)
class Take:
    """One film: how it was made, and the bows drawn and measured."""

    position: str
    facing: str
    zoom: float
    build: float
    yaw: float
    drawn: np.ndarray
    measured: np.ndarray


def films() -> Iterable[tuple[str, str, float, float, float]]:
    """Position, facing, zoom, build and yaw of every film."""
    yield from product(POSITIONS, FACING, ZOOM, BUILD, (0.0,))
    yield from product(POSITIONS, ("left",), (1.0,), (1.0,), YAW)


def take(model: Path, position: str, facing: str, zoom: float, build: float, yaw: float) -> Take:
    film = bowing(position, fps=FPS, facing=facing, zoom=zoom, yaw=yaw, figure=Figure(build=build))
    return Take(position, facing, zoom, build, yaw, *bows(film, see(film, model)))


def together(takes: Iterable[Take]) -> tuple[Agreement, float, float]:
    """Of all readings: agreement; RMS once each film's own mean is taken off; share read."""
    some = list(takes)
    drawn = np.concatenate([one.drawn for one in some])
    measured = np.concatenate([one.measured for one in some])
    rest = np.concatenate(
        [
            (off := one.measured - one.drawn) - np.nanmean(off)
            for one in some
            if (~np.isnan(one.measured)).any()
        ]
    )
    read = 1.0 - float(np.isnan(measured).mean())
    return Agreement.of(drawn, measured), float(np.sqrt(np.nanmean(rest**2))), read


def measure(model: Path) -> str:
    takes = []
    for number, film in enumerate(list(films()), 1):
        print(f"\r{number} films", end="", file=sys.stderr, flush=True)
        takes.append(take(model, *film))
    print(file=sys.stderr)
    side_on = [one for one in takes if not one.yaw]
    groups = [("all of them", side_on)]
    groups += [(name, [one for one in side_on if one.position == name]) for name in POSITIONS]
    groups += [(f"facing {way}", [one for one in side_on if one.facing == way]) for way in FACING]
    groups += [(f"size in the picture {z:g}", [one for one in side_on if one.zoom == z]) for z in ZOOM]
    groups += [(f"thickness of the trunk {b:g}", [one for one in side_on if one.build == b]) for b in BUILD]
    turned = sorted({abs(yaw) for yaw in YAW})
    groups += [
        (f"turned {y:g} degrees from side-on", [one for one in takes if abs(one.yaw) == y]) for y in turned
    ]
    rows = ["| films | readings | slope | r | RMS | mean | RMS about each film's mean |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, some in groups:
        all_, rest, _ = together(some)
        rows.append(
            f"| {name} ({len(some)}) | {all_.n} | {all_.slope:.2f} | {all_.r:.3f} | {all_.rms:.3f} | "
            f"{all_.bias:+.3f} | {rest:.4f} |"
        )
    each = [Agreement.of(one.drawn, one.measured) for one in side_on]
    _, _, read = together(side_on)
    worst = (
        f"Film by film: slope {min(a.slope for a in each):.2f} to {max(a.slope for a in each):.2f}, "
        f"r {min(a.r for a in each):.3f} to {max(a.r for a in each):.3f}, mean difference "
        f"{min(a.bias for a in each):+.3f} to {max(a.bias for a in each):+.3f}; "
        f"{100 * read:.1f} % of the readings could be read. "
        f"The spine's bow went from {min(BOWS):+.2f} to {max(BOWS):+.2f}."
    )
    return "\n".join(rows) + "\n\n" + worst
