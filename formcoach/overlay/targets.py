"""Which one angle matters now: that of the correction shown, else the bound that one is moving to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from formcoach.events import Coaching
from formcoach.overlay.angles import Aim, Angle, Dots, aim_of, angle_of, is_drawn
from formcoach.poses import ways
from formcoach.spec import Pose, Spec

_POSE: Mapping[str, str] = {"start": "work", "going": "work", "work": "held", "returning": "start"}
"""The pose to aim for in each phase of a repetition."""


SHORTER = 0.8
"""The share of the limb that the arc goes by: halfway along a whole leg it would lie on the knee."""


class Targets:
    """Picks the angle to draw for one exercise."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._moved = [name for name, *_ in ways(spec) if is_drawn(spec.measures[name])]

    def now(self, dots: Dots, coaching: Coaching, lean: float = 0.0) -> Angle | None:
        """The angle that matters now, or None where none can be drawn.

        The correction that is shown comes first, then what is at fault, then the pose that one is on the
        way to, by the measure that moves most; in a hold, the first check that is judged.

        Args:
            dots: where the landmarks are on the screen.
            coaching: the coach's answer.
            lean: degrees that the floor leans clockwise on the screen.
        """
        for aim in self._aims(coaching):
            angle = angle_of(self._spec, dots, coaching, aim, lean)
            if angle is not None:
                return replace(angle, reach=SHORTER * angle.reach)
        return None

    def _aims(self, coaching: Coaching) -> Iterator[Aim]:
        checks = self._spec.checks
        faulty = [fault.check for fault in coaching.faults if fault.check in checks]
        cued = coaching.cue.about.partition(":")[0] if coaching.cue is not None else ""
        if cued in checks and cued not in coaching.unseen:
            yield aim_of(checks[cued], checks[cued].severity if cued in faulty else None)
        for name in faulty:
            yield aim_of(checks[name], checks[name].severity)
        judged = [
            check
            for name, check in checks.items()
            if coaching.phase in check.during and name not in coaching.unseen
        ]
        pose = self._pose(coaching.phase)
        doubtful = {checks[name].measure for name in coaching.unseen if name in checks}
        for name in self._moved:
            # Where both a check and the pose bound it, the check's is the narrower one, to be aimed for.
            yield from (aim_of(check, None) for check in judged if check.measure == name)
            if name in pose and name not in doubtful:
                yield Aim(name, name, pose[name])
        yield from (aim_of(check, None) for check in judged)

    def _pose(self, phase: str) -> Pose:
        """What a repetition aims for in this phase; empty where there is none."""
        poses = self._spec.poses
        name = _POSE.get(phase, "")
        return poses.get("work" if name == "held" and name not in poses else name, {})
