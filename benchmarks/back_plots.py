"""The plots of `docs/back.md`: numbers only, no picture of anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot as plt

_BLUE, _RED, _GREY, _INK = "#0072B2", "#D55E00", "#7A7A7A", "#222222"
COLOURS = {"good": _BLUE, "not labelled": _GREY, "rounded": _RED}


def good_and_rounded(
    bent: Mapping[tuple[str, str], Sequence[float]], bounds: tuple[float, float], path: Path
) -> None:
    """Every reading of a back bent forward, clip by clip."""
    figure, axes = plt.subplots(figsize=(7.2, 3.6), dpi=110)
    rng = np.random.default_rng(0)
    for row, ((_, label), bows) in enumerate(bent.items()):
        read = np.array([bow for bow in bows if bow == bow])
        height = row + rng.uniform(-0.24, 0.24, len(read))
        axes.scatter(read, height, s=11, color=COLOURS[label], alpha=0.55, linewidths=0, zorder=3)
        axes.plot(
            [np.median(read)] * 2, [row - 0.36, row + 0.36], color=COLOURS[label], linewidth=2.2, zorder=4
        )
    low, high = sorted(bounds)
    axes.axvspan(low, high, color=_INK, alpha=0.16, linewidth=0)
    axes.text(high + 0.003, -0.78, "a cue from here", color=_INK, fontsize=8, va="center")
    axes.axvline(0.0, color=_INK, linewidth=0.6, alpha=0.4)
    axes.set_yticks(range(len(bent)), [f"{clip}\n{label}" for clip, label in bent], fontsize=7)
    for tick, (_, label) in zip(axes.get_yticklabels(), bent, strict=True):
        tick.set_color(COLOURS[label])
    axes.set_ylim(len(bent) - 0.4, -1.1)
    axes.set_xlabel("bow of the back, trunk lengths  (− arched, + rounded)", fontsize=8)
    _finish(figure, axes, path)


def cat_cow(
    trace: Sequence[tuple[float, float]], turns: Sequence[float], ends: tuple[float, float], path: Path
) -> None:
    """The bow over time, with the labelled turns and where a repetition starts and is at work."""
    figure, axes = plt.subplots(figsize=(7.2, 2.6), dpi=110)
    t, bow = np.array(trace).T
    start, work = ends
    axes.axhspan(-0.12, start, color=_BLUE, alpha=0.10, linewidth=0)
    axes.axhspan(work, 0.2, color=_RED, alpha=0.10, linewidth=0)
    axes.plot(t, bow, color=_INK, linewidth=1.1, marker="o", markersize=2.2)
    for number, turn in enumerate(turns):
        axes.axvline(turn, color=_GREY, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
        if not number:
            axes.text(turn + 0.12, 0.185, "labelled turn", color=_GREY, fontsize=8, va="top")
    axes.text(t[-1] + 0.2, start - 0.012, "cow", color=_BLUE, fontsize=8, va="top")
    axes.text(t[-1] + 0.2, work + 0.012, "cat", color=_RED, fontsize=8, va="bottom")
    axes.set_xlim(0, t[-1] + 1.2)
    axes.set_ylim(-0.1, 0.2)
    axes.set_xlabel("seconds", fontsize=8)
    axes.set_ylabel("bow, trunk lengths", fontsize=8)
    _finish(figure, axes, path)


def _finish(figure: plt.Figure, axes: plt.Axes, path: Path) -> None:
    axes.tick_params(axis="x", labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", linewidth=0.4, alpha=0.5)
    axes.set_axisbelow(True)
    figure.tight_layout()
    figure.savefig(path, pil_kwargs={"optimize": True})
    plt.close(figure)
