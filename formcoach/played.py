"""A session that is over, ready to be shown at any of its moments: coached once, each answer kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from formcoach.actions import Action
from formcoach.body import BACK_LASTS_S
from formcoach.events import FaultEvent, HoldEvent, RepEvent, RoundEvent
from formcoach.landmarks import PoseSample
from formcoach.player import Mark
from formcoach.report import SessionReport
from formcoach.routine_report import RoutineReport
from formcoach.showing import Reported, Scene, take


@dataclass(frozen=True, slots=True)
class Moment:
    """What there was to show at one sample.

    Attributes:
        scene: the person and the coach's answer.
        paused, hurt: of the session, then.
    """

    scene: Scene
    paused: bool
    hurt: bool


@dataclass(frozen=True, slots=True)
class Played:
    """A session from its first sample to its last.

    Attributes:
        moments: one for each sample, in order.
        attempts: its repetitions, holds and rounds, by their beginning.
        faults: its faults, likewise.
    """

    moments: tuple[Moment, ...]
    attempts: tuple[Mark, ...]
    faults: tuple[Mark, ...]

    @property
    def times(self) -> list[float]:
        """Seconds of each sample."""
        return [moment.scene.t for moment in self.moments]


def play_through(
    session: Reported[SessionReport] | Reported[RoutineReport],
    stream: Iterable[PoseSample | Action],
    progress: Callable[[float], None] | None = None,
) -> Played:
    """Coach a whole stream, and keep what there was to show at each of its samples.

    Args:
        session: not begun yet.
        stream: of samples and actions.
        progress: is told the seconds so far.
    """
    moments: list[Moment] = []
    for item in stream:
        if isinstance(item, Action):
            session.act(item)
            continue
        moments.append(Moment(take(session, item), session.paused, session.hurt))
        if progress is not None:
            progress(item.t)
    report = session.finish()
    sets = (
        [report] if isinstance(report, SessionReport) else [one for step in report.steps for one in step.sets]
    )
    return Played(
        tuple(_with_backs(moments)),
        _ordered(_attempt(one) for done in sets for one in (*done.attempts, *done.holds)),
        _ordered(_fault(done, one) for done in sets for one in done.faults),
    )


def _with_backs(moments: Iterable[Moment]) -> Iterator[Moment]:
    """Each with the outline read last: only some samples have one, and any may be the first that is shown."""
    back, read_at = None, -BACK_LASTS_S
    for moment in moments:
        scene = moment.scene
        sample = scene.sample
        if sample.back is not None or not sample.someone:
            back, read_at = sample.back, sample.t
        if back is None or sample.back is not None or sample.t - read_at > BACK_LASTS_S:
            yield moment
        else:
            yield replace(moment, scene=replace(scene, sample=replace(sample, back=back)))


def _attempt(one: RepEvent | RoundEvent | HoldEvent) -> Mark:
    at = (one.start + one.end) / 2
    if isinstance(one, RepEvent) and one.turn == one.turn:
        at = one.turn
    counted = one.in_form_s > 0 if isinstance(one, HoldEvent) else one.performed
    return Mark(one.start, one.end, at, "counted" if counted else "not counted")


def _fault(done: SessionReport, one: FaultEvent) -> Mark:
    return Mark(one.start, one.end, (one.start + one.end) / 2, done.spec.checks[one.check].severity)


def _ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: mark.start))
