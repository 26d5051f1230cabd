"""Bounds of a spec from labelled recordings: proposals with their evidence, and what they change.

First the poses that count are fitted, to what true repetitions and holds reached; then, coached by these, the
checks, to what good pieces and faulty ones measured. Nothing here knows a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from formcoach.comparing import Comparison, compare
from formcoach.evidence import DIRECTIONS, of_checks
from formcoach.fitting import Evidence, Fit, Tally, cross_check, fit, judge_pieces
from formcoach.pieces import Judged, Take
from formcoach.pose_evidence import of_poses
from formcoach.report import SessionReport
from formcoach.scoring import Score, score, truth_of
from formcoach.single import Confusion, Single, confusion, of_singles
from formcoach.spec import Range, Spec
from formcoach.spec_lint import faults_of
from formcoach.whatif import judge

HOLD_OFF_S = 1.0
"""Seconds: what is held is measured wrong where it is off by more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to tune.

    Attributes:
        hold_out: people, sessions or recordings that nothing is fitted to; they only judge.
        only: the checks, or addresses of bounds, to tune; all where it is empty.
        tighten: make bounds of checks of which only good pieces are known as tight as these allow.
    """

    hold_out: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    tighten: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """One bound: what there is, what is proposed, and how well both judge.

    Attributes:
        evidence: what it was fitted to.
        fit: what is proposed, or why it stays.
        now, then: of these pieces, how many are judged right by either.
        crossed: how many are by bounds fitted without their person, session or recording; None where all
            are of one.
        held_out: how many of those that were held out are judged right by what is proposed; None where
            nothing was.
    """

    evidence: Evidence
    fit: Fit
    now: Tally
    then: Tally
    crossed: Tally | None
    held_out: Tally | None

    @property
    def changes(self) -> bool:
        """Whether another bound is proposed."""
        return not self.fit.why


@dataclass(frozen=True, slots=True)
class Effect:
    """What the proposals change in one recording.

    Attributes:
        held_out: whether nothing was fitted to it.
        before, after: its scores by either spec; None where it is not labelled.
    """

    name: str
    held_out: bool
    comparison: Comparison
    before: Score | None
    after: Score | None


@dataclass(frozen=True, slots=True)
class Tuning:
    """What came of it.

    Attributes:
        spec, tuned: before and after.
        proposals: for each bound, poses first.
        effects: for each recording.
        confusions: how single pictures are judged by what is proposed, by check.
    """

    spec: Spec
    tuned: Spec
    proposals: tuple[Proposal, ...]
    effects: tuple[Effect, ...]
    confusions: tuple[Confusion, ...] = ()

    @property
    def changes(self) -> dict[str, Range]:
        """Each range that is new, by its address."""
        addresses = {one.evidence.address for one in self.proposals if one.changes}
        return {address: range_at(self.tuned, address) for address in sorted(addresses)}

    @property
    def errors(self) -> tuple[int, int]:
        """In all labelled recordings, what is counted or timed wrong, missed or found in vain: both ways."""
        scores = [(one.before, one.after) for one in self.effects if one.before and one.after]
        return sum(_errors(one) for one, _ in scores), sum(_errors(one) for _, one in scores)

    @property
    def is_worse(self) -> bool:
        """Whether the proposals judge the labelled recordings worse than what there is."""
        before, after = self.errors
        return after > before


def tune(spec: Spec, takes: Sequence[Take], singles: Sequence[Single] = (), wish: Wish = Wish()) -> Tuning:
    """Fit the bounds of a spec to recordings and single pictures.

    Args:
        spec: as it is.
        takes: recordings, read by it.
        singles: pictures without a time.
        wish: how.
    """
    before = [Judged(take, judge(take.readings, spec)) for take in takes]
    # What counts is wide, whoever it is that was filmed: only what judges is made tight.
    poses = _propose(
        of_poses(spec, _tuned_by(before, wish)),
        of_poses(spec, _held_out(before, wish)),
        replace(wish, tighten=False),
    )
    posed = with_ranges(spec, poses)
    evidence = _together(of_checks(posed, takes), of_singles(posed, singles))
    checks = _propose(
        [one.without(wish.hold_out) for one in evidence],
        [one.only(wish.hold_out) for one in evidence],
        wish,
    )
    proposals = _sound(spec, [*poses, *checks])
    tuned = with_ranges(spec, proposals)
    return Tuning(
        spec,
        tuned,
        tuple(proposals),
        effects(before, tuned, wish),
        tuple(_confusions(tuned, singles, wish)),
    )


def range_at(spec: Spec, address: str) -> Range:
    """The range at an address of a spec, such as `checks.leg_level.good` or `poses.work.leg`."""
    kind, name, last = address.split(".")
    return spec.checks[name].good if kind == "checks" else spec.poses[name][last]


def with_ranges(spec: Spec, proposals: Iterable[Proposal]) -> Spec:
    """The spec with each bound that is proposed anew."""
    for one in proposals:
        if one.changes:
            bounds = range_at(spec, one.evidence.address)._replace(**{one.evidence.direction: one.fit.bound})
            spec = with_range(spec, one.evidence.address, bounds)
    return spec


def with_range(spec: Spec, address: str, bounds: Range) -> Spec:
    """The spec with one range another."""
    kind, name, last = address.split(".")
    if kind == "checks":
        return replace(spec, checks={**spec.checks, name: replace(spec.checks[name], good=bounds)})
    poses: Mapping[str, Mapping[str, Range]] = spec.poses
    return replace(spec, poses={**poses, name: {**poses[name], last: bounds}})


def _tuned_by(judged: Sequence[Judged], wish: Wish) -> list[Judged]:
    return [one for one in judged if one.take.group not in wish.hold_out]


def _held_out(judged: Sequence[Judged], wish: Wish) -> list[Judged]:
    return [one for one in judged if one.take.group in wish.hold_out]


def _together(of_recordings: Sequence[Evidence], of_pictures: Sequence[Evidence]) -> list[Evidence]:
    """What recordings and pictures say of the same bounds."""
    if not of_pictures:
        return list(of_recordings)
    return [
        replace(one, inside=one.inside + other.inside, outside=one.outside + other.outside)
        for one, other in zip(of_recordings, of_pictures, strict=True)
    ]


def _propose(evidence: Sequence[Evidence], held_out: Sequence[Evidence], wish: Wish) -> list[Proposal]:
    return [
        _proposal(one, other, wish)
        for one, other in zip(evidence, held_out, strict=True)
        if _is_wanted(one.address, wish)
    ]


def _is_wanted(address: str, wish: Wish) -> bool:
    return not wish.only or any(one == address or one in address.split(".") for one in wish.only)


def _proposal(evidence: Evidence, held_out: Evidence, wish: Wish) -> Proposal:
    found = fit(evidence, tighten=wish.tighten)
    return Proposal(
        evidence,
        found,
        judge_pieces(evidence, evidence.bound),
        judge_pieces(evidence, found.bound),
        cross_check(evidence, tighten=wish.tighten),
        judge_pieces(held_out, found.bound) if wish.hold_out else None,
    )


def _sound(spec: Spec, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals without those that the linter refuses; none where that is not enough."""
    sound = _without(proposals, faults_of(with_ranges(spec, proposals)))
    return _without(sound, [""]) if faults_of(with_ranges(spec, sound)) else sound


def _without(proposals: Sequence[Proposal], faults: Sequence[str]) -> list[Proposal]:
    """The proposals without those that a fault is about: `poses.work: ...` is about all of that pose."""
    about = [fault.partition(":")[0] for fault in faults]
    return [
        replace(one, fit=Fit(one.evidence.bound, "the linter refuses it"), then=one.now)
        if one.changes and any(one.evidence.address.startswith(address) for address in about)
        else one
        for one in proposals
    ]


def effects(before: Iterable[Judged], after: Spec, wish: Wish = Wish()) -> tuple[Effect, ...]:
    """What it changes in each recording to be coached by another spec."""
    return tuple(_effect(one.take, one.report, judge(one.take.readings, after), wish) for one in before)


def _effect(take: Take, before: SessionReport, after: SessionReport, wish: Wish) -> Effect:
    truth = truth_of(take.labels)
    known = take.labels.repetitions is not None or take.labels.holds is not None
    scores = [score(truth, [report], take.tolerance_s, 0.0) if known else None for report in (before, after)]
    return Effect(take.name, take.group in wish.hold_out, compare(before, after), *scores)


def _errors(one: Score) -> int:
    miscounted = abs(one.repetitions - one.repetitions_true)
    miscounted += one.hold_error_s is not None and abs(one.hold_error_s) > HOLD_OFF_S
    return miscounted + one.faults_true - one.faults_found + (one.faults_false if one.clean else 0)


def _confusions(tuned: Spec, singles: Sequence[Single], wish: Wish) -> Iterable[Confusion]:
    faults = {one.label for one in singles}
    shown = [
        check for check in tuned.checks.values() if faults & {check.fault_kind(way) for way in DIRECTIONS}
    ]
    for part, chosen in (
        ("tuned by", [one for one in singles if one.group not in wish.hold_out]),
        ("held out", [one for one in singles if one.group in wish.hold_out]),
    ):
        for check in shown:
            found = confusion(check, chosen, part)
            if found is not None:
                yield found
