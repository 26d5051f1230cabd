"""Performances with their labels, as somebody would have noted them: what tuning learns from in the tests."""

from __future__ import annotations

from collections.abc import Sequence

from coached import stock
from formcoach.labels import Labels, Span, TrueFault, TrueRepetition
from formcoach.landmarks import PoseSample
from formcoach.pieces import Take
from formcoach.spec import Spec
from formcoach.whatif import readings_of
from puppet import Figure, Truth, perform

Fault = str | tuple[str, float, float]
"""A fault throughout, or from and until a second of a hold; empty = none."""

PEOPLE = {
    "Anna": {"figure": Figure(trunk=0.46, thigh=0.44), "seed": 1, "bias": {"left_hip": (0.02, -0.02)}},
    "Ben": {"figure": Figure(trunk=0.54, shank=0.43, build=1.2), "seed": 2},
    "Cleo": {"figure": Figure(trunk=0.48, upper_arm=0.29), "seed": 3, "bias": {"right_hip": (-0.02, 0.03)}},
    "Dan": {"figure": Figure(trunk=0.52, thigh=0.39), "seed": 4, "bias": {"right_knee": (0.02, 0.0)}},
}
"""Four people of different build; the model puts some of their joints a little askew."""


def samples_and_labels(
    exercise: str, person: str, fault: Fault = "", **how: object
) -> tuple[list[PoseSample], Labels]:
    """One person performing an exercise at 10 pictures a second, and what is true of it."""
    options = {"fps": 10, "noise": 1, **PEOPLE[person], **({"fault": fault} if fault else {}), **how}
    performance = perform(exercise, back=stock(exercise).wants_back, **options)  # type: ignore[arg-type]
    name = f"{exercise}-{person}-{(fault if isinstance(fault, str) else fault[0]) or 'good'}.fcr"
    return performance.samples, labels_of_truth(performance.truth, exercise, person, name, clean=not fault)


def labels_of_truth(truth: Truth, exercise: str, person: str, name: str, *, clean: bool) -> Labels:
    """The truth of a performance as labels."""
    reps = tuple(
        TrueRepetition(rep.start, rep.end, rep.turn, not rep.faults, rep.faults)
        for rep in truth.reps
        if rep.performed
    )
    in_reps = {fault for rep in reps for fault in rep.faults}
    faults = tuple(TrueFault(*one) for one in truth.faults if one.kind not in in_reps)
    holds = tuple(Span(*one) for one in truth.holds)
    counted = () if stock(exercise).kind == "hold" else reps
    return Labels(name, exercise, counted, holds or None, faults, clean=clean, person=person)


def take(spec: Spec, exercise: str, person: str, fault: Fault = "", **how: object) -> Take:
    """The same as a take to learn from."""
    samples, labels = samples_and_labels(exercise, person, fault, **how)
    return Take(labels.file, readings_of(samples, spec), labels, 0.3)


def takes(
    spec: Spec, exercise: str, people: Sequence[str], faults: Sequence[Fault], **how: object
) -> list[Take]:
    """Each of these people, once well and once with each fault."""
    return [take(spec, exercise, one, fault, **how) for one in people for fault in ("", *faults)]
