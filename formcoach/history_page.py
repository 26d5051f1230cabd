"""The history as one page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jinja2 import Environment, PackageLoader, StrictUndefined

from formcoach.history_text import advice, amount, overview
from formcoach.progress import Progress, SetDone, days_done, progress_of
from formcoach.routine import Routine

WEEKS = 12
"""So many weeks the calendar shows."""

WIDTH, HEIGHT = 560.0, 120.0
"""Size of a plot, in the units of its drawing."""

EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the calendar.

    Attributes:
        column, row: week from 0, the oldest first, and weekday from 0, Monday.
        title: the day in words, with what was done.
        done, pain: whether anything was done, and whether anything hurt.
    """

    column: int
    row: int
    title: str
    done: bool
    pain: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One day in a plot: where it lies, whether it was in good form, and what it says."""

    x: float
    y: float
    good: bool
    title: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One exercise over the days."""

    name: str
    first: str
    best: str
    now: str
    unit: str
    since: str
    until: str
    dots: tuple[Dot, ...]
    said: tuple[tuple[str, int], ...]

    @property
    def line(self) -> str:
        """The dots' places, as a polyline takes them."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def history_page(
    sets: Sequence[SetDone],
    pains: Sequence[tuple[int, str]],
    routines: Mapping[str, Routine],
    today: date,
) -> str:
    """The page, as HTML.

    Args:
        sets: all that was done.
        pains: days with pain, with the exercise in which it hurt, or empty.
        routines: those that are known, by id.
        today: the day on which it is looked at.
    """
    environment = Environment(
        loader=PackageLoader("formcoach"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    number = today.toordinal()
    return environment.get_template("history.html").render(
        today=f"{today.day} {today:%B %Y}",
        overview=overview(sets, number) if days_done(sets, number) else "Nothing done yet.",
        advice=advice(sets, routines, number),
        squares=_calendar(sets, pains, today),
        weeks=WEEKS,
        plots=[_plot(one, sets) for one in progress_of(sets, number)],
        pains=[(_day(day), exercise) for day, exercise in pains if day <= number],
        width=WIDTH,
        height=HEIGHT,
    )


def _calendar(sets: Sequence[SetDone], pains: Sequence[tuple[int, str]], today: date) -> list[Square]:
    monday = today - timedelta(today.weekday() + 7 * (WEEKS - 1))
    hurt = {day for day, _ in pains}
    names: dict[int, list[str]] = {}
    for one in sets:
        if one.counts and one.name not in names.setdefault(one.day, []):
            names[one.day].append(one.name)
    squares = []
    for day in range(monday.toordinal(), today.toordinal() + 1):
        done = names.get(day, [])
        said = [", ".join(done) or "nothing", *(["pain"] if day in hurt else [])]
        place = divmod(day - monday.toordinal(), 7)
        squares.append(Square(*place, f"{_day(day)}: {'; '.join(said)}", bool(done), day in hurt))
    return squares


def _plot(progress: Progress, sets: Sequence[SetDone]) -> Plot:
    days = progress.days
    said: dict[str, int] = {}
    for one in sets:
        if one.exercise == progress.exercise:
            for text, times in one.cues.items():
                said[text] = said.get(text, 0) + times
    most = sorted(said.items(), key=lambda found: -found[1])[:3]
    best = max(days, key=progress.amount)
    return Plot(
        name=progress.name,
        first=amount(progress, days[0]),
        best=amount(progress, best),
        now=amount(progress, days[-1]),
        unit="longest hold of a day, seconds" if progress.timed else "most repetitions in a set",
        since=_day(days[0].day),
        until=_day(days[-1].day),
        dots=_dots(progress),
        said=tuple(most),
    )


def _dots(progress: Progress) -> tuple[Dot, ...]:
    """Each day from left to right by its date, from 0 at the bottom to the best at the top."""
    days = progress.days
    span = max(1, days[-1].day - days[0].day)
    best = progress.best or 1.0
    alone = len(days) == 1
    return tuple(
        Dot(
            x=WIDTH / 2 if alone else EDGE + (WIDTH - 2 * EDGE) * (one.day - days[0].day) / span,
            y=EDGE + (HEIGHT - 2 * EDGE) * (1 - progress.amount(one) / best),
            good=one.good,
            title=f"{_day(one.day)}: {amount(progress, one)}{'' if one.good else ', not all in good form'}",
        )
        for one in days
    )


def _day(number: int) -> str:
    day = date.fromordinal(number)
    return f"{day.day} {day:%b %Y}"
