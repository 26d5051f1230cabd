"""In which position somebody is, told from how steep trunk and limbs are."""

from __future__ import annotations

from collections.abc import Mapping

from formcoach.spec import Position, View

UPRIGHT = 50.0
"""Degrees of the trunk's slope from which somebody stands, kneels or sits."""

HANGING = -50.0
"""Slope, degrees, down to which a thigh, a shank or an arm counts as pointing to the floor."""

LEVEL = -35.0
"""Slope, degrees, from which a shank lies along the floor, or a thigh along a seat."""


def position_of(middle: Mapping[str, tuple[float, float]], face: float, view: View) -> Position:
    """The position that these values belong to.

    Args:
        middle: the usual value of `trunk`, `thigh`, `shank` and `arm`, of the near side and of the far one,
            as in `formcoach.survey`; NaN where not seen.
        face: how far the nose is above the ears.
        view: from where it was filmed.
    """
    trunk = middle["trunk"][0]
    legs = list(zip(middle["thigh"], middle["shank"], strict=True))
    standing = any(thigh <= HANGING and shank <= HANGING for thigh, shank in legs)
    if trunk >= UPRIGHT:
        if standing:
            return "standing"
        kneeling = any(thigh <= HANGING and shank >= LEVEL for thigh, shank in legs)
        return "kneeling" if kneeling else "sitting"
    if standing:
        return "standing"  # bent over
    if view == "front":
        return "side-lying"
    kneeling = any(thigh <= HANGING and abs(shank) <= -LEVEL for thigh, shank in legs)
    if kneeling and any(arm <= HANGING for arm in middle["arm"]):
        return "quadruped"
    return "supine" if face > 0 else "prone"
