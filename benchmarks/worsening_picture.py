"""The picture of `docs/accuracy.md` for `worsening.py`: a panel a disturbance, a bar a level."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
from worsening_page import Curves

from worsened import DISTURBANCES, Verdict

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Patch

_INK, _LINE = "#222222", "#E4E4E4"
_SHADES = {
    Verdict.EXACT: ("#0072B2", "exact"),
    Verdict.TOLD: ("#9CCBE8", "missed, and said that it does not see"),
    Verdict.MISSED: ("#F0D68A", "missed, and nothing said"),
    Verdict.WARNED: ("#E8935C", "wrong, beside saying that it does not see"),
    Verdict.WRONG: ("#A61E1E", "wrong, and nothing said"),
}
_COLUMNS = 3
_PANEL_IN = (3.3, 2.1)


def picture(curves: Curves, path: Path) -> None:
    """How many of the exercises do how well, as each disturbance grows."""
    names = list(curves.levels)
    rows = -(-(len(names) + 1) // _COLUMNS)  # one more for the legend
    size = (_PANEL_IN[0] * _COLUMNS, _PANEL_IN[1] * rows)
    figure, panels = plt.subplots(rows, _COLUMNS, figsize=size, dpi=100, layout="constrained")
    for axes, name in zip(panels.flat, names, strict=False):
        _panel(axes, curves, name)
    for axes in panels.flat[len(names) :]:
        axes.axis("off")
    handles = [Patch(color=colour, label=label) for colour, label in _SHADES.values()]
    panels.flat[len(names)].legend(
        handles=handles, loc="center left", fontsize=9, frameon=False, labelcolor=_INK
    )
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


def _panel(axes: Axes, curves: Curves, name: str) -> None:
    verdicts = np.array([one.verdicts for one in curves.of(name)])
    levels = curves.levels[name]
    below = np.zeros(len(levels), int)
    for verdict, (colour, _) in _SHADES.items():
        counts = (verdicts == verdict).sum(axis=0)
        axes.bar(range(len(levels)), counts, bottom=below, color=colour, width=0.86)
        below += counts
    axes.set_title(DISTURBANCES[name].title, fontsize=9, color=_INK, loc="left")
    axes.set_xticks(range(len(levels)), [f"{level:g}" for level in levels], fontsize=8, color=_INK)
    axes.set_xlabel(DISTURBANCES[name].unit, fontsize=8, color=_INK)
    axes.set_ylim(0, len(verdicts))
    axes.tick_params(length=0, labelsize=8, labelcolor=_INK)
    for spine in axes.spines.values():
        spine.set_color(_LINE)
