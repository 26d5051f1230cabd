"""What every exercise of the catalogue is put through, and what came of it.

The puppet performs it at every frame rate, facing both ways, in every build, with the noise of the real
model: clean, and with the fault of every check.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from coached import Outcome, coached, stock
from formcoach.spec import SEVERITIES, Direction, Spec
from formcoach.spec_file import stock_folder
from performed import LONG_ENOUGH, PERFORMED, RELATED
from puppet import Figure

STOCK = sorted(path.stem for path in stock_folder().glob("*.toml"))
FPS = (10.0, 15.0, 30.0)
FACINGS = ("left", "right")
BODIES = {
    "usual": Figure(),
    "short-limbed and stout": Figure(
        trunk=0.47,
        neck=0.20,
        thigh=0.36,
        shank=0.34,
        upper_arm=0.24,
        forearm=0.21,
        hand=0.15,
        shoulders=0.16,
        build=1.2,
    ),
    "long-limbed and slim": Figure(
        trunk=0.52,
        neck=0.23,
        thigh=0.48,
        shank=0.46,
        upper_arm=0.31,
        forearm=0.28,
        hand=0.19,
        shoulders=0.18,
        build=0.92,
    ),
}
"""Against the trunk, the limbs of the others are a tenth shorter and a tenth longer."""
NOISE = 1.0
"""As the real model's: `puppet.trouble` has the figures, and from where."""
HOLD_SLACK_S = 1.0
"""A hold is timed while it is in form, which takes in the last of the way into it and the first of the way
out of it: up to half a second of each."""
HOLD_SHORT_S = 0.4
"""It is never timed shorter than it was kept still, but for this: what a label is off, too."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One way of filming one person; `seed` is that of the noise."""

    fps: float
    facing: str
    body: str
    seed: int

    @property
    def how(self) -> dict[str, Any]:
        """As options of `puppet.perform`."""
        figure = BODIES[self.body]
        return {"fps": self.fps, "facing": self.facing, "figure": figure, "noise": NOISE, "seed": self.seed}


CONDITIONS = [Condition(*how, seed) for seed, how in enumerate(product(FPS, FACINGS, BODIES))]
"""For clean performances: every combination."""
FAULT_CONDITIONS = [
    one
    for one in CONDITIONS
    if (FPS.index(one.fps) + FACINGS.index(one.facing) + list(BODIES).index(one.body)) % 2 == 0
]
"""For those with a fault: half of them, in which every two settings still meet; there are so many faults."""


@dataclass(frozen=True, slots=True)
class Row:
    """How an exercise did.

    Attributes:
        amount: what was performed, in words.
        exact, silent: of the clean performances those counted or timed exactly, and those without a word.
        off_s: by how much a hold was timed longer than it was kept still, at most.
        faults: how many faults there are: one for each direction of each check.
        alone: of the performances with a fault those in which it was found, told, and nothing else found.
        beside: what some faults cannot but show as well.
        problems: a sentence for whatever was not as it should be.
    """

    exercise: str
    amount: str
    exact: int
    silent: int
    off_s: float
    faults: int
    alone: int
    beside: tuple[str, ...]
    problems: tuple[str, ...]


def amount(exercise: str) -> dict[str, Any]:
    """How much of an exercise is performed, as options of `puppet.perform`."""
    return LONG_ENOUGH.get(exercise, {"hold_s": 8})


def directions(spec: Spec) -> set[tuple[str, Direction]]:
    """Every way in which a check can find fault."""
    ways: tuple[Direction, ...] = ("low", "high")
    return {(check.name, way) for check in spec.checks.values() for way in ways if check.cue(way)}


def first_fault(exercise: str) -> tuple[tuple[str, Direction], str]:
    """The most pressing check, as the coach orders them, and the puppet's fault that shows it."""
    checks = stock(exercise).checks
    order = list(checks)
    return min(
        PERFORMED[exercise].items(),
        key=lambda item: (-SEVERITIES.index(checks[item[0][0]].severity), order.index(item[0][0])),
    )


def prove(exercise: str) -> Row:
    """Put an exercise through everything."""
    problems: list[str] = []
    exact = silent = alone = 0
    off_s = 0.0
    for condition in CONDITIONS:
        outcome = coached(exercise, **condition.how, **amount(exercise))
        clean = [*miscounted(exercise, outcome)], [*said(outcome)]
        exact += not clean[0]
        silent += not clean[1]
        off_s = max(off_s, off_by(outcome))
        problems += [f"{condition}: {problem}" for part in clean for problem in part]
    for condition, (check, fault) in product(FAULT_CONDITIONS, PERFORMED[exercise].items()):
        outcome = coached(exercise, fault=fault, **condition.how, **amount(exercise))
        wrong = misjudged(exercise, check, fault, outcome)
        alone += not wrong
        problems += [f"{condition}: {problem}" for problem in wrong]
    return Row(
        exercise,
        in_words(coached(exercise, fps=FPS[0], **amount(exercise))),
        exact,
        silent,
        off_s,
        len(PERFORMED[exercise]),
        alone,
        beside(exercise),
        tuple(problems),
    )


def in_words(outcome: Outcome) -> str:
    """What was performed."""
    assert outcome.performance is not None
    truth = outcome.performance.truth
    if outcome.report.spec.kind == "hold":
        return f"{kept_s(outcome):.0f} s"
    return f"{len(truth.reps)} repetitions"


def kept_s(outcome: Outcome) -> float:
    """Seconds that the puppet really kept the position of a hold, in form."""
    assert outcome.performance is not None
    return sum(end - start for start, end in outcome.performance.truth.holds)


def off_by(outcome: Outcome) -> float:
    """How much longer a hold was timed, seconds; 0 for repetitions."""
    return outcome.held - kept_s(outcome) if outcome.report.spec.kind == "hold" else 0.0


def miscounted(exercise: str, outcome: Outcome) -> list[str]:
    """What is wrong with the count of a performance without faults, or with its time."""
    assert outcome.performance is not None
    truth = outcome.performance.truth
    if stock(exercise).kind == "hold":
        if -HOLD_SHORT_S <= off_by(outcome) <= HOLD_SLACK_S:
            return []
        return [f"held {outcome.held:.2f} s of {kept_s(outcome):.2f} s"]
    sides = {rep.side for rep in truth.reps} | outcome.counts.keys()
    off = {side for side in sides if outcome.counts.get(side, 0) != truth.count(side)}
    return [f"counted {outcome.counts.get(side, 0)} of {truth.count(side)} {side}".strip() for side in off]


def said(outcome: Outcome) -> list[str]:
    """What was found fault with, in a performance that has none."""
    return [*(f"found {kind}" for kind in sorted(outcome.fault_kinds)), *outcome.corrections]


def misjudged(exercise: str, own: tuple[str, Direction], fault: str, outcome: Outcome) -> list[str]:
    """What is wrong with the judgement of a performance that has one fault."""
    found = {(one.check, one.direction) for one in outcome.report.faults}
    others = {check for check, _ in found} - {own[0]} - RELATED.get((exercise, fault), set())
    if own not in found:
        return [f"{fault} was not found"]
    check = stock(exercise).checks[own[0]]
    wrong = [f"{fault} showed {other} too" for other in sorted(others)]
    if not set(check.cue(own[1])) & set(outcome.corrections):
        wrong.append(f"{fault} was not told")
    if check.spoils and any(rep.to_dose for rep in outcome.report.repetitions):
        wrong.append(f"{fault} was counted as good")
    return wrong


def beside(exercise: str) -> tuple[str, ...]:
    """The faults that cannot but show beside others, in words."""
    return tuple(
        f"`{fault}` shows {' and '.join(f'`{check}`' for check in sorted(checks))} too"
        for (name, fault), checks in sorted(RELATED.items())
        if name == exercise
    )
