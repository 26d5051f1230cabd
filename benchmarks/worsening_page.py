"""The curves of `worsening.py`: what they are, which of them got worse, and how they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from worsened import DISTURBANCES, Verdict

HOW = {
    Verdict.TOLD: "missed, said",
    Verdict.MISSED: "missed, unsaid",
    Verdict.WARNED: "wrong, said",
    Verdict.WRONG: "**wrong, unsaid**",
}
"""How it fails, and whether the coach says that it does not see."""
HEADINGS = (
    *("exercise", "exact up to", "fails from", "how", "what fails there"),
    *("what the coach says there", "wrong, unsaid at"),
)
MOST_WORDS = 2
"""Of what is said at a level so many are shown."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One exercise as one disturbance grows.

    Attributes:
        verdicts: of each level, see `worsened.Verdict`.
        why: at the first level that is not exact: what was missed or wrong.
        told: at that level: what the coach says of not seeing.
    """

    exercise: str
    disturbance: str
    verdicts: tuple[int, ...]
    why: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def exact(self) -> int:
        """How many levels from the least on are exact."""
        return next((i for i, one in enumerate(self.verdicts) if one), len(self.verdicts))

    @property
    def unsaid(self) -> frozenset[int]:
        """The numbers of the levels that are wrong, and nothing is said of not seeing."""
        return frozenset(i for i, one in enumerate(self.verdicts) if one == Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class Curves:
    """A run: when, with which formcoach, how often each was performed, the levels, and the curves."""

    date: str
    formcoach: str
    conditions: int
    levels: Mapping[str, tuple[float, ...]]
    curves: tuple[Curve, ...]

    def updated(self, now: Curves) -> Curves:
        """With those that have been measured anew, of the same levels."""
        latest = {(one.exercise, one.disturbance): one for one in now.curves}
        kept = tuple(latest.get((one.exercise, one.disturbance), one) for one in self.curves)
        return replace(now, levels=self.levels, curves=kept)

    def of(self, disturbance: str) -> list[Curve]:
        """Those of one disturbance."""
        return [one for one in self.curves if one.disturbance == disturbance]


def worse(before: Curves, now: Curves) -> list[str]:
    """Each curve that fails a level sooner than it did, or is wrong unsaid where it was not, a line each."""
    known = {(one.exercise, one.disturbance): one for one in before.curves}
    lines = []
    for one in now.curves:
        was = known.get((one.exercise, one.disturbance))
        levels, where = now.levels[one.disturbance], f"{one.exercise}, {DISTURBANCES[one.disturbance].title}"
        if was is None or before.levels[one.disturbance] != levels:
            continue
        if one.exact < was.exact:
            lines.append(f"{where}: fails at {levels[one.exact]:g}, was exact ({', '.join(one.why)})")
        lines += [f"{where}: wrong unsaid at {levels[i]:g}" for i in sorted(one.unsaid - was.unsaid)]
    return lines


def summary(curves: Curves) -> str:
    """A row a disturbance: from which level on the first exercise fails, and how."""
    total = len({one.exercise for one in curves.curves})
    head = ["disturbance", "level", "all exact up to", "half exact up to"]
    head += [f"first {HOW[verdict].strip('*')}" for verdict in HOW]
    rows = [head, ["---", "---", *["---:"] * (len(head) - 2)]]
    for name in curves.levels:
        rows.append(_summary_row(curves, name, total))
    lines = [f"| {' | '.join(row)} |" for row in rows]
    wrong = sum(bool(one.unsaid) for one in curves.curves)
    return "\n".join(
        [
            f"Measured on {curves.date} with formcoach {curves.formcoach}: {total} exercises, "
            f"{len(curves.curves)} curves. In {wrong} of them something is wrong and nothing is said of not "
            "seeing, at one level or more.",
            "",
            *lines,
        ]
    )


def _summary_row(curves: Curves, name: str, total: int) -> list[str]:
    levels, own, disturbance = curves.levels[name], curves.of(name), DISTURBANCES[name]
    exact = [sum(one.verdicts[i] == Verdict.EXACT for one in own) for i in range(len(levels))]
    cells = [_last(levels, [count == total for count in exact])]
    cells.append(_last(levels, [2 * count >= total for count in exact]))
    for verdict in HOW:
        counts = [sum(one.verdicts[i] == verdict for one in own) for i in range(len(levels))]
        first = next((i for i, count in enumerate(counts) if count), None)
        cells.append("–" if first is None else f"{levels[first]:g} ({counts[first]})")
    return [disturbance.title, disturbance.unit, *cells]


def _last(levels: Sequence[float], good: Sequence[bool]) -> str:
    """The last level up to which all are good."""
    count = next((i for i, one in enumerate(good) if not one), len(good))
    return f"{levels[count - 1]:g}" if count else "none"


def details(curves: Curves) -> str:
    """A table a disturbance: a row an exercise."""
    return "\n\n".join("\n".join(_detail(curves, name)) for name in curves.levels)


def _detail(curves: Curves, name: str) -> Iterator[str]:
    disturbance, levels = DISTURBANCES[name], curves.levels[name]
    yield f"## {disturbance.title[0].upper()}{disturbance.title[1:]}"
    yield ""
    shown = ", ".join(f"{level:g}" for level in levels)
    yield f"{disturbance.unit[0].upper()}{disturbance.unit[1:]}: {shown}."
    yield ""
    exact = [one.exercise for one in curves.of(name) if one.exact == len(levels)]
    if exact:
        yield f"Exact at every level: {', '.join(exact)}."
        yield ""
    failing = [one for one in curves.of(name) if one.exact < len(levels)]
    if not failing:
        return
    yield f"| {' | '.join(HEADINGS)} |"
    yield "| --- | ---: | ---: | --- | --- | --- | --- |"
    for one in failing:
        yield f"| {' | '.join(_row(one, levels))} |"


def _row(one: Curve, levels: Sequence[float]) -> tuple[str, ...]:
    return (
        one.exercise,
        f"{levels[one.exact - 1]:g}" if one.exact else "none",
        f"{levels[one.exact]:g}",
        HOW[Verdict(one.verdicts[one.exact])],
        _few(one.why),
        _few(one.told),
        ", ".join(f"{levels[i]:g}" for i in sorted(one.unsaid)) or "–",
    )


def _few(words: Sequence[str]) -> str:
    """The first few of them."""
    shown = words[:MOST_WORDS]
    more = len(words) - len(shown)
    return "; ".join(shown) + (f" and {more} more" if more else "") if shown else "–"
