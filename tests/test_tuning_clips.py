"""A forearm plank that was spoilt is brought back by clips of real people, and others are timed as before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from coached import stock
from formcoach.label_file import read_labels
from formcoach.pieces import Take
from formcoach.replaying import samples_of
from formcoach.spec import Range
from formcoach.tuning import tune, with_range
from formcoach.whatif import readings_of
from test_tuning import errors, scores

CLIPS = Path(__file__).resolve().parents[2] / "shared" / "clips"
PLANK, DARK, PIKE, LOOP = (
    "plank_01_wahoo_side.mp4",
    "plank_03_lowlight_side.mp4",
    "plank_06_pike.mp4",
    "plank_07_loop_side.mp4",
)

SPOILT = {
    "a check too tight": ("checks.elbow_right_angle.good", Range(100, 105), (PLANK, DARK)),
    "a check too wide": ("checks.hips_line.good", Range(-3, 90), (PLANK, PIKE)),
    "a check shifted": ("checks.hips_line.good", Range(-25, 0), (PLANK, PIKE)),
    "work too demanding": ("poses.work.hips", Range(14, 26), (PLANK, DARK)),
    "a position too narrow": ("poses.position.trunk", Range(-60, 2), (PLANK, PIKE)),
}
"""Address, what was made of it, and the clips it is tuned by; all others judge."""


@pytest.fixture(scope="module")
def take(model_path: Path) -> Callable[[str], Take]:
    """Looks at a clip once with the pose model."""
    if not CLIPS.is_dir():
        pytest.skip("the shared clips of real people are not there")
    truth = read_labels(CLIPS / "ground_truth.json")

    @cache
    def take(name: str) -> Take:
        labels = truth.of(CLIPS / name)
        assert labels is not None
        samples = samples_of(CLIPS / name, model_path, back=True)
        return Take(name, readings_of(samples, stock("forearm-plank")), labels, truth.tolerance_s)

    return take


@pytest.mark.clips
@pytest.mark.model
def test_what_was_spoilt_is_brought_back(take: Callable[[str], Take]) -> None:
    whole = stock("forearm-plank")
    for way, (address, spoilt, names) in SPOILT.items():  # one test: the pose model looks at each clip once
        broken = with_range(whole, address, spoilt)
        tuned_by = [take(name) for name in names]
        others = [take(name) for name in (PLANK, DARK, PIKE, LOOP) if name not in names]
        assert errors(broken, [*tuned_by, *others]) > errors(whole, [*tuned_by, *others]), way
        found = tune(broken, tuned_by)
        assert address in found.changes, way
        # Only one clip shows a pike: whether a wide bound is right again, itself must tell.
        judged = [*tuned_by, *others] if way == "a check too wide" else others
        assert scores(found.tuned, judged) == [
            replace(one, hold_s=pytest.approx(one.hold_s, abs=0.2)) for one in scores(whole, judged)
        ], way
