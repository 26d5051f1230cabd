"""The figures of accuracy: what they are, which of them fell behind, and how they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HOLD_SLACK_S = 0.15
"""How much further off a hold may be than it was: half of what the labels themselves may be off."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one clip beside what is labelled; seconds.

    Attributes:
        exercise: what it was coached as; None = it shows none of them and was coached as each in turn.
        looped: how often one take is repeated in it.
        clean: form is vouched for throughout, so that every fault reported is a false alarm.
        faults_else: faults reported that no label accounts for.
    """

    file: str
    exercise: str | None
    looped: int
    clean: bool
    repetitions_true: int
    repetitions: int
    hold_s_true: float | None
    hold_s: float
    faults_true: int
    faults_found: int
    faults_else: int
    unseen_s: float

    @property
    def miscounted(self) -> int:
        return abs(self.repetitions - self.repetitions_true)

    @property
    def hold_error_s(self) -> float:
        return 0.0 if self.hold_s_true is None else abs(self.hold_s - self.hold_s_true)

    @property
    def missed(self) -> int:
        return self.faults_true - self.faults_found

    @property
    def false_alarms(self) -> int:
        return self.faults_else if self.clean else 0


@dataclass(frozen=True, slots=True)
class Measured:
    """A run over a set of clips: when, with which formcoach, and how many clips the set has in all."""

    date: str
    formcoach: str
    clips_in_set: int
    clips: tuple[Figures, ...]


def fell_behind(before: Sequence[Figures], now: Sequence[Figures]) -> list[str]:
    """Each figure that is worse than it was, a line each; a clip that is new has nothing to fall behind."""
    latest = {one.file: one for one in now}
    lines = []
    for was in before:
        one = latest.get(was.file)
        if one is None:
            lines.append(f"{was.file}: was scored, and is not any more")
        else:
            lines += [f"{was.file}: {why}" for why in _worse(was, one)]
    return lines


def _worse(was: Figures, one: Figures) -> list[str]:
    lines = []
    if one.miscounted > was.miscounted:
        lines.append(
            f"{one.repetitions} repetitions counted of {one.repetitions_true}, was {was.repetitions}"
        )
    if one.hold_error_s > was.hold_error_s + HOLD_SLACK_S:
        lines.append(f"{one.hold_s:.2f} s held of {one.hold_s_true:.2f} s, was {was.hold_s:.2f} s")
    if one.missed > was.missed:
        lines.append(f"{one.faults_found} faults found of {one.faults_true}, was {was.faults_found}")
    if one.false_alarms > was.false_alarms:
        lines.append(f"{one.false_alarms} false alarms on a clean clip, was {was.false_alarms}")
    return lines


def render(measured: Measured) -> str:
    """The figures as Markdown: the sums, then one row a clip."""
    return "\n".join([*_sums(measured), "", *_table(measured.clips)])


def _sums(measured: Measured) -> list[str]:
    clips = measured.clips
    shown = [one for one in clips if one.exercise is not None]
    none = [one for one in clips if one.exercise is None]
    clean = [one for one in clips if one.clean]
    held = [one for one in shown if one.hold_s_true]
    exercises = sorted({one.exercise for one in shown if one.exercise})
    performed = sum(one.repetitions_true for one in shown)
    once = sum(one.repetitions_true // one.looped for one in shown)
    exact = sum(one.miscounted == 0 for one in shown)
    error = sum(one.miscounted for one in shown) / max(len(shown), 1)
    seconds = sum(one.hold_s_true or 0.0 for one in held)
    seconds_once = sum((one.hold_s_true or 0.0) / one.looped for one in held)
    worst = max((one.hold_error_s for one in held), default=0.0)
    faults = sum(one.faults_true for one in clips)
    # a fault that lasts through all the loops is labelled once
    faults_once = sum(max(one.faults_true // one.looped, 1) for one in clips if one.faults_true)
    return [
        f"Measured on {measured.date} with formcoach {measured.formcoach}: {len(clips)} of the "
        f"{measured.clips_in_set} clips. {len(shown)} of them show {len(exercises)} exercises "
        f"({', '.join(exercises)}), {len(none)} show none.",
        "",
        f"- **Repetitions:** counted exactly in {exact} of {len(shown)} clips, mean error {error:.2f}; "
        f"{performed} were performed, {once} when a looped take is counted once.",
        f"- **Holds:** {seconds:.0f} s in {len(held)} clips, {seconds_once:.0f} s when a looped take is "
        f"counted once; the largest error is {worst:.2f} s.",
        f"- **Faults:** {sum(one.faults_found for one in clips)} of {faults} labelled faults found; "
        f"{faults_once} when a looped take is counted once.",
        f"- **False alarms:** {sum(one.false_alarms for one in clips)} on the {len(clean)} clips in which "
        "form is good throughout.",
        f"- **Nothing to count:** {sum(one.repetitions for one in none)} repetitions counted in the "
        f"{len(none)} clips that show none of the exercises, each coached as every one of them.",
    ]


HEADINGS = ("clip", "coached as", "repetitions", "hold, s", "faults found", "other faults", "unseen, s")


def _table(clips: Sequence[Figures]) -> list[str]:
    rows = [HEADINGS, ("---", "---", *["---:"] * (len(HEADINGS) - 2)), *map(_row, clips)]
    return [f"| {' | '.join(row)} |" for row in rows]


def _row(one: Figures) -> tuple[str, ...]:
    loop = f" (one take, {one.looped} times)" if one.looped > 1 else ""
    held = "–" if one.hold_s_true is None else f"{one.hold_s:.1f} of {one.hold_s_true:.1f}"
    return (
        f"{one.file.removesuffix('.mp4')}{loop}",
        one.exercise or "each in turn: it shows none",
        f"{one.repetitions} of {one.repetitions_true}",
        held,
        f"{one.faults_found} of {one.faults_true}",
        f"{one.faults_else}{' (clean clip)' if one.clean else ''}",
        f"{one.unseen_s:.1f}",
    )
