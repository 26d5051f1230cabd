"""The pictures of `docs/confusion.md`: a square for each pair, the darker the more was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

from confusing import Cell

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

_BLUE, _RED, _INK, _LINE = "#0072B2", "#D55E00", "#222222", "#E4E4E4"
_SHADES = LinearSegmentedColormap.from_list("counted", ["#FFFFFF", "#F6C9A8", _RED])
_SQUARE_IN = 0.17


def picture(shown: Mapping[str, str], by: Sequence[str], cells: Iterable[Cell], path: Path) -> None:
    """Rows = what was performed, columns = what it was coached as; blue = the same exercise."""
    rows = {name: row for row, name in enumerate(shown)}
    columns = {name: column for column, name in enumerate(by)}
    share = np.zeros((len(rows), len(columns)))
    for cell in cells:
        if cell.by != shown[cell.shown]:
            share[rows[cell.shown], columns[cell.by]] = cell.share
    size = (2.6 + _SQUARE_IN * len(columns), 2.2 + _SQUARE_IN * len(rows))
    figure, axes = plt.subplots(figsize=size, dpi=100, layout="constrained")
    axes.imshow(share, cmap=_SHADES, vmin=0.0, vmax=1.0)
    for name, own in shown.items():
        if own in columns:
            axes.add_patch(plt.Rectangle((columns[own] - 0.5, rows[name] - 0.5), 1, 1, color=_BLUE, lw=0))
    axes.set_xticks(range(len(columns)), list(columns), rotation=90, fontsize=7, color=_INK)
    axes.set_yticks(range(len(rows)), list(rows), fontsize=7, color=_INK)
    axes.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=_LINE, linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.set_xlabel("coached as", fontsize=8, color=_INK)
    axes.set_ylabel("performed", fontsize=8, color=_INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)
