"""What came of tuning, in words and as data: each bound with its evidence, and what it changes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from formcoach.comparing import Comparison, change_in_words
from formcoach.fitting import Evidence, Seen, Tally
from formcoach.single import Confusion
from formcoach.tuning import Effect, Proposal, Tuning

HEADINGS = ("bound", "now", "proposed", "inside", "outside", "precision", "recall", "by")

LEGEND = (
    "inside, outside: the middle and where nine of ten pieces lie, × how many. Of a check those are the\n"
    "good and the faulty ones, of a pose what counts and what does not. Precision and recall are those of\n"
    "finding what lies outside, cross-checked. By: so many people, sessions or recordings"
)

WIDTH = 100
"""Letters in a line of sentences."""

SHOWN = 5
"""Changes of a recording that are told one by one; the data has all."""

FEW = 5
"""Fewer pieces than this on a side are little to go by."""


def describe(tuning: Tuning) -> str:
    """All of it for a terminal: a table, and sentences."""
    shown = [one for one in tuning.proposals if one.evidence.inside or one.evidence.outside]
    parts = [
        aligned([HEADINGS, *map(_row, shown)]),
        LEGEND,
        "\n".join(map(_wrapped, _sentences(tuning))),
        "\n".join(map(_wrapped, _kept(shown))),
        "\n\n".join(map(_table_of, tuning.confusions)),
        "\n".join(_effects(tuning)),
    ]
    return "\n\n".join(part for part in parts if part)


def _wrapped(sentence: str) -> str:
    return textwrap.fill(
        sentence, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def aligned(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Rows of cells as a table, the first columns to the left."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def number(value: float) -> str:
    """A number for people."""
    return "-" if value != value else f"{round(value, 3):g}".replace("-", "−")


def name_of(evidence: Evidence) -> str:
    """The bound by its address and its end."""
    return f"{evidence.address} {evidence.direction}"


def _row(one: Proposal) -> tuple[str, ...]:
    evidence, crossed = one.evidence, one.crossed
    return (
        name_of(evidence),
        number(evidence.bound),
        number(one.fit.bound) if one.changes else "",
        _spread(evidence.inside),
        _spread(evidence.outside),
        share(crossed.precision) if crossed and crossed.outside else "-",
        share(crossed.recall) if crossed else "-",
        str(len(evidence.groups)),
    )


def _spread(pieces: Sequence[Seen]) -> str:
    if not pieces:
        return "-"
    low, middle, high = np.percentile([one.value for one in pieces], (5, 50, 95))
    digits = 2 if max(abs(low), abs(high)) < 5 else 0
    text = f"{middle:.{digits}f} ({low:.{digits}f} … {high:.{digits}f}) ×{len(pieces)}"
    return text.replace("-", "−")


def share(value: float) -> str:
    """A share, three digits; - where there is none."""
    return "-" if value != value else f"{value:.3f}"


def _sentences(tuning: Tuning) -> Iterable[str]:
    changed = [one for one in tuning.proposals if one.changes]
    if not changed:
        yield "Nothing given here speaks for other bounds than there are."
    for one in changed:
        evidence = one.evidence
        yield (
            f"{name_of(evidence)}: {number(evidence.bound)} → {number(one.fit.bound)}. "
            f"{_right(one.now)} → {_right(one.then)} judged right"
            f"{_crossed(one)}{_held_out(one)}{_little(one)}."
        )


def _right(tally: Tally) -> str:
    return f"{tally.inside_right + tally.outside_right} of {tally.inside + tally.outside}"


def _crossed(one: Proposal) -> str:
    if one.crossed is None:
        return "; not cross-checked, as all are of one person"
    return f"; {_right(one.crossed)} by bounds fitted to the others alone"


def _held_out(one: Proposal) -> str:
    if one.held_out is None or not one.held_out.inside + one.held_out.outside:
        return ""
    return f"; {_right(one.held_out)} of those held out"


def _little(one: Proposal) -> str:
    evidence = one.evidence
    if not evidence.outside:
        return "; nothing that should lie outside was shown"
    fewest = min(len(evidence.inside), len(evidence.outside))
    return f"; {fewest} pieces are little to go by" if fewest < FEW else ""


def _kept(shown: Sequence[Proposal]) -> Iterable[str]:
    """What stays, by the reason; both ends of a range together."""
    why: dict[str, dict[str, list[str]]] = {}
    for one in shown:
        if not one.changes:
            ends = why.setdefault(one.fit.why, {}).setdefault(one.evidence.address, [])
            ends.append(one.evidence.direction)
    for reason, ranges in why.items():
        names = (f"{address} {' and '.join(ends)}" for address, ends in ranges.items())
        yield f"Kept, {reason}: {', '.join(names)}."


def _table_of(one: Confusion) -> str:
    rows = [
        (f"{one.check}, {one.part}", *(f"judged {kind}" for kind in one.kinds)),
        *((f"  {true}", *(str(one.counts.get((true, said), 0)) for said in one.kinds)) for true in one.kinds),
    ]
    unseen = f"; {one.unseen} not seen" if one.unseen else ""
    return f"{aligned(rows)}\n  right: {one.right:.4f} of {one.judged} pictures{unseen}"


def _effects(tuning: Tuning) -> Iterable[str]:
    yield from describe_effects(tuning.effects)
    before, after = tuning.errors
    if any(one.before for one in tuning.effects):
        yield (
            f"Miscounted, missed or found in vain in all labelled recordings: {before} → {after}."
            if before != after
            else f"Miscounted, missed or found in vain in all labelled recordings: {after}, as before."
        )


def describe_effects(effects: Sequence[Effect]) -> Iterable[str]:
    """What changes in each recording: a line, and the first of the changes."""
    if effects:
        yield "What it changes:"
    for one in effects:
        yield f"  {one.name}{' (held out)' if one.held_out else ''}: {_effect(one)}"
        changes = one.comparison.changes
        yield from (f"  {change_in_words(change)}" for change in changes[:SHOWN])
        if len(changes) > SHOWN:
            yield f"    and {len(changes) - SHOWN} more"


def _effect(one: Effect) -> str:
    found = one.comparison
    parts = []
    if any(found.counted) or (one.before and one.before.repetitions_true):
        parts.append(_from_to("counted", found.counted, str))
        if one.before and one.before.repetitions_true:
            parts[-1] += f" (true: {one.before.repetitions_true})"
    if any(found.held_s):
        parts.append(_from_to("held", found.held_s, lambda seconds: f"{seconds:.1f} s"))
    parts += _differences(found)
    return ", ".join(parts) or "nothing"


def _from_to(what: str, pair: tuple[float, float], shown: Callable[[float], str]) -> str:
    before, after = map(shown, pair)
    return f"{what} {before}" if before == after else f"{what} {before} → {after}"


def _differences(found: Comparison) -> Iterable[str]:
    """How many faults and cues are new, and how many are gone."""
    for what in ("fault", "cue"):
        new = sum(one.what == what and one.before == "nothing" for one in found.changes)
        gone = sum(one.what == what and one.after == "nothing" for one in found.changes)
        if new or gone:
            yield f"{what}s +{new} −{gone}"


# ---- as data -----------------------------------------------------------------------------------


def as_dict(tuning: Tuning) -> dict[str, object]:
    """The same as plain data, ready for JSON."""
    return {
        "format": 1,
        "exercise": tuning.spec.id,
        "bounds": [_plain(one) for one in tuning.proposals],
        "pictures": [_plain_confusion(one) for one in tuning.confusions],
        "recordings": [
            {
                "file": one.name,
                "held_out": one.held_out,
                "repetitions_true": one.before.repetitions_true if one.before else None,
                **one.comparison.as_dict(),
            }
            for one in tuning.effects
        ],
        "errors": list(tuning.errors),
    }


def _plain(one: Proposal) -> dict[str, object]:
    return {
        "address": one.evidence.address,
        "end": one.evidence.direction,
        "now": one.evidence.bound,
        "proposed": one.fit.bound,
        "why_kept": one.fit.why,
        "inside": len(one.evidence.inside),
        "outside": len(one.evidence.outside),
        "unseen": one.evidence.unseen,
        "groups": len(one.evidence.groups),
        "right_now": _plain_tally(one.now),
        "right_then": _plain_tally(one.then),
        "cross_checked": None if one.crossed is None else _plain_tally(one.crossed),
        "held_out": None if one.held_out is None else _plain_tally(one.held_out),
    }


def _plain_tally(tally: Tally) -> dict[str, object]:
    return {
        "inside": tally.inside,
        "inside_right": tally.inside_right,
        "outside": tally.outside,
        "outside_right": tally.outside_right,
        "precision": _plain_share(tally.precision),
        "recall": _plain_share(tally.recall),
    }


def _plain_share(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def _plain_confusion(one: Confusion) -> dict[str, object]:
    return {
        "check": one.check,
        "part": one.part,
        "right": round(one.right, 4),
        "judged": one.judged,
        "unseen": one.unseen,
        "counts": [
            {"true": true, "judged": said, "pictures": count}
            for (true, said), count in sorted(one.counts.items())
        ],
    }
