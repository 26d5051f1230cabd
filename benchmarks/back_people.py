"""Backs of real people: how still they are read, and how good and rounded ones differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import back_plots
import numpy as np

from formcoach.back import Back, read_back
from formcoach.errors import FormcoachError
from formcoach.follower import Follower
from formcoach.geometry import slope
from formcoach.landmarks import INDEX, PoseSample
from formcoach.measures import BACK_SMOOTHING_S
from formcoach.replaying import samples_of
from formcoach.spec_file import find_spec, read_spec

Span = tuple[float, float]

STILL: dict[str, Span] = {
    "plank_03_lowlight_side": (0.4, 6.92),
    "plank_07_loop_side": (0.4, 8.0),
    "birddog_06_static_high_leg": (0.4, 6.47),
    "plank_01_wahoo_side": (5.0, 13.0),
}
"""Clips of people holding still, and when, seconds."""

BENT: tuple[tuple[str, str, Span], ...] = (
    ("hinge_12_deadlift_halfrep_good", "good", (0.0, 99.0)),
    ("hinge_19_deadlift_good_a", "good", (0.0, 99.0)),
    ("hinge_08_kettlebell_deadlift", "not labelled", (0.0, 99.0)),
    ("hinge_22_rdl_plus_press", "not labelled", (0.0, 99.0)),
    ("hinge_05_rdl_dumbbell_white", "not labelled", (0.0, 99.0)),
    ("hinge_13_deadlift_halfrep_rounded", "rounded", (0.0, 0.6)),
    ("hinge_15_deadlift_bad_a", "rounded", (1.5, 3.0)),
)
"""Deadlifts and hinges, what their back is labelled, and when: judged are the moments bent forward."""

BENT_BELOW = 60.0
"""Degrees of the trunk's slope below which somebody is bent forward."""

CAT_COW, CAT_COW_TURNS = "catcow_02_man_close", (3.0, 9.17, 15.35)
"""The clip, and its labelled turns at the most rounded moment."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the back: when, what, and how far the trunk was bent, degrees."""

    t: float
    back: Back
    trunk: float


def readings(folder: Path, clip: str, model: Path) -> list[Reading]:
    """All the readings of a clip."""
    path = folder / f"{clip}.mp4"
    if not path.exists():
        raise FormcoachError(f"There is no clip {path}.")
    samples = samples_of(path, model, back=True)
    return [Reading(s.t, read_back(s.back), _trunk(s)) for s in samples if s.back is not None]


def _trunk(sample: PoseSample) -> float:
    hips, shoulders = (
        sample.xy[[INDEX[f"left_{part}"], INDEX[f"right_{part}"]]].mean(axis=0).tolist()
        for part in ("hip", "shoulder")
    )
    return slope((hips[0], hips[1]), (shoulders[0], shoulders[1]))


def measure(model: Path, folder: Path, plots: Path | None) -> str:
    bound = _cue_from("hip-hinge", "back_straight"), _cue_from("deadlift", "back_straight")
    still = [_still(clip, span, readings(folder, clip, model)) for clip, span in STILL.items()]
    bent = {
        (clip, label): [
            one.back.bow
            for one in readings(folder, clip, model)
            if span[0] <= one.t <= span[1] and one.trunk < BENT_BELOW
        ]
        for clip, label, span in BENT
    }
    cat_cow = readings(folder, CAT_COW, model)
    if plots is not None:
        back_plots.good_and_rounded(bent, bound, plots / "back-good-rounded.png")
        pose = read_spec(find_spec("cat-cow")).poses
        ends = pose["start"]["back"].high, pose["work"]["back"].low
        trace = [(one.t, one.back.bow) for one in cat_cow]
        back_plots.cat_cow(trace, CAT_COW_TURNS, ends, plots / "back-cat-cow.png")
    return "\n\n".join(["\n".join([*_STILL_HEAD, *still]), _bent_table(bent, bound), _separation(bent)])


_STILL_HEAD = (
    "| keeping still | readings | bow, median | standard deviation | smoothed, as the coach sees it |",
    "| --- | ---: | ---: | ---: | ---: |",
)


def _still(clip: str, span: Span, found: list[Reading]) -> str:
    held = [one for one in found if span[0] <= one.t <= span[1]]
    bows = np.array([one.back.bow for one in held])
    follower = Follower(BACK_SMOOTHING_S)
    smooth = np.array([follower.step(one.t, one.back.bow) for one in held])[3:]
    return (
        f"| {clip} | {len(bows)} | {np.nanmedian(bows):+.3f} | {np.nanstd(bows):.4f} | {smooth.std():.4f} |"
    )


def _bent_table(bent: dict[tuple[str, str], list[float]], bound: tuple[float, float]) -> str:
    hinge, deadlift = bound
    rows = [
        f"| bent forward | label | readings | unreadable | 5 % | median | 95 % | above {hinge:.3f} | "
        f"above {deadlift:.3f} |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (clip, label), bows in bent.items():
        read = np.array([bow for bow in bows if bow == bow])
        low, middle, high = np.percentile(read, [5, 50, 95])
        above = " | ".join(f"{100 * (read > limit).mean():.0f} %" for limit in bound)
        rows.append(
            f"| {clip} | {label} | {len(bows)} | {len(bows) - len(read)} | {low:+.3f} | {middle:+.3f} | "
            f"{high:+.3f} | {above} |"
        )
    return "\n".join(rows)


def _separation(bent: dict[tuple[str, str], list[float]]) -> str:
    groups = {
        label: np.array([b for (_, is_), bows in bent.items() if is_ == label for b in bows if b == b])
        for label in ("good", "not labelled", "rounded")
    }
    rounded = groups["rounded"]

    def chance(others: np.ndarray) -> float:
        return float((rounded[:, None] > others).mean() + 0.5 * (rounded[:, None] == others).mean())

    rest = np.concatenate([groups["good"], groups["not labelled"]])
    return (
        f"A rounded reading is higher than a good one in {100 * chance(groups['good']):.1f} % of all pairs, "
        f"and than any that is not rounded in {100 * chance(rest):.1f} %."
    )


def _cue_from(exercise: str, check: str) -> float:
    """From where the spec finds a back rounded."""
    found = read_spec(find_spec(exercise)).checks[check]
    return found.good.high + found.tolerance
