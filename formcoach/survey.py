"""All that can be measured of a demonstration, before it is known which of it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import SIDES, PoseSample
from formcoach.reading import Reading, SampleReader
from formcoach.spec import Dose, Measure, Spec, View

Series = npt.NDArray[np.float64]

CANDIDATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "trunk": ("slope", ("near.hip", "near.shoulder")),
    "thigh": ("slope", ("side.hip", "side.knee")),
    "leg": ("slope", ("side.hip", "side.ankle")),
    "shank": ("slope", ("side.knee", "side.ankle")),
    "hip": ("angle", ("side.shoulder", "side.hip", "side.knee")),
    "knee": ("angle", ("side.hip", "side.knee", "side.ankle")),
    "ankle": ("angle", ("side.knee", "side.ankle", "side.foot_index")),
    "heel": ("slope", ("side.foot_index", "side.heel")),
    "arm": ("slope", ("side.shoulder", "side.wrist")),
    "shoulder": ("angle", ("side.hip", "side.shoulder", "side.elbow")),
    "elbow": ("angle", ("side.shoulder", "side.elbow", "side.wrist")),
    "turn": ("turn", ("left.shoulder", "right.shoulder")),
}
"""What a draft may be made of: kind and points of each measure."""

PARTS: Mapping[str, str] = {
    **dict.fromkeys(("trunk", "turn"), "trunk"),
    **dict.fromkeys(("thigh", "leg", "shank", "hip", "knee", "ankle", "heel"), "leg"),
    **dict.fromkeys(("arm", "shoulder", "elbow"), "arm"),
}
"""The part of the body that each is about."""

CENTRAL = tuple(name for name, (_, points) in CANDIDATES.items() if not any("side." in one for one in points))
"""Those that are the same for both sides."""

_FACE = Measure("face", "above", (("near.ear",), ("nose",)))
"""Not for drafts: whether the face looks up tells lying on the back from lying on the front."""

_GAP_S = 0.7
_SMOOTH_S = 0.2

VIEWS: Mapping[str, View] = {"side": "side", "front": "front"}


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """One demonstration, measured.

    Attributes:
        t: `(n,)` seconds.
        seen: `(n,)` whether somebody is seen.
        near: the side that was nearer to the camera, most of the time.
        view: from where it was filmed, most of the time.
        values: each candidate, `(2, n)`: of the left side and of the right; NaN where not seen.
        face: `(n,)` how far the nose is above the ears, trunk lengths.
        place: `(n,)` where the ankles are across the picture, trunk lengths.
    """

    t: Series
    seen: npt.NDArray[np.bool_]
    near: str
    view: View
    values: Mapping[str, Series]
    face: Series
    place: Series

    def of(self, name: str, side: str) -> Series:
        """One candidate on one side, `(n,)`."""
        return np.asarray(self.values[name][SIDES.index(side)])

    def between(self, start: float, end: float) -> slice:
        """The samples from one moment to another."""
        return slice(int(np.searchsorted(self.t, start)), int(np.searchsorted(self.t, end, "right")))


def take_survey(samples: Iterable[PoseSample]) -> Survey:
    """Measure everything in a demonstration; none of it depends on which way the person faces."""
    reader = SampleReader(_wide_spec())
    readings = [reader.read(sample) for sample in samples]
    t = np.array([reading.t for reading in readings])
    seen = [reading for reading in readings if reading.someone]
    views = Counter(reading.view for reading in seen if reading.view)
    return Survey(
        t,
        np.array([reading.someone for reading in readings], np.bool_),
        _commonest(Counter(reading.near for reading in seen if reading.near), "left"),
        VIEWS.get(_commonest(views, "side"), "any"),
        {name: np.stack([_series(readings, t, name, side) for side in (0, 1)]) for name in CANDIDATES},
        _series(readings, t, "face", 0),
        _mended(np.array([r.places[0] / r.span if r.someone and r.span else np.nan for r in readings]), t),
    )


def _wide_spec() -> Spec:
    measures = {
        name: Measure(name, kind, tuple((point,) for point in points))
        for name, (kind, points) in CANDIDATES.items()
    }
    return Spec(
        id="survey",
        name="Survey",
        about="",
        source="",
        camera="any",
        position="standing",
        kind="repetitions",
        dose=Dose(),
        measures={**measures, "face": _FACE},
        poses={"start": {}, "work": {}},
        checks={},
        sides=SIDES,
        anchor="mid.ankle",
    )


def _commonest(found: Counter[str], otherwise: str) -> str:
    return found.most_common(1)[0][0] if found else otherwise


def _series(readings: Sequence[Reading], t: Series, name: str, side: int) -> Series:
    return _mended(np.array([reading.raw[side].get(name, np.nan) for reading in readings]), t)


def _mended(values: Series, t: Series) -> Series:
    """With short gaps closed and the trembling taken out; what was not seen for longer stays NaN."""
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < 2:
        return np.full(len(values), np.nan)
    closed = np.interp(t, t[known], values[known])
    after = np.searchsorted(known, np.arange(len(values)))
    left, right = known[np.maximum(after - 1, 0)], known[np.minimum(after, len(known) - 1)]
    closed[~np.isfinite(values) & ((t[right] - t[left] > _GAP_S) | (left >= right))] = np.nan
    return _smoothed(closed, t)


def _smoothed(values: Series, t: Series) -> Series:
    """The mean of what is known around each moment."""
    reach = max(1, round(_SMOOTH_S / 2 / max(float(np.median(np.diff(t))), 1e-3)))
    known = np.isfinite(values)
    window = np.ones(2 * reach + 1)
    padded = np.pad(np.where(known, values, 0.0), reach, mode="edge")
    counts = np.convolve(np.pad(known.astype(float), reach, mode="edge"), window, "valid")
    sums = np.convolve(np.where(np.pad(known, reach, mode="edge"), padded, 0.0), window, "valid")
    return np.where(known, sums / np.maximum(counts, 1.0), np.nan)
