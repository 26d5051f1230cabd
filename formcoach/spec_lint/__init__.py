"""The linter of specs: everything that is wrong in one, at once, in words for the person who wrote it.

`examine` takes a parsed file, `faults_of` a `Spec` that already is one. Each rule is a small function
that yields faults; the rules stand in `measures`, `poses`, `stations` and `checks`,
and those about texts and numbers of the whole here. A rule that meets a stand-in for something
unreadable is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from formcoach.legible import is_unseen
from formcoach.spec import Spec
from formcoach.spec_lint import checks, measures, poses, stations
from formcoach.spec_lint.shape import newer_format, shape
from formcoach.spec_lint.table import Fault, short
from formcoach.spec_lint.variant import lay_over

Rule = Callable[[Spec], Iterator[Fault]]

CUE_WORDS = 8
"""As many words can be taken in while moving."""

MOST_MEASURES = 200
"""More are no exercise, and looking through all that they combine would take minutes."""

_NAMED = {"\n": "a line break", "\t": "a tab"}
_DEEPEST = 4  # levels of a spec file: checks, its name, field


def examine(
    mapping: Mapping[str, object], spec_id: str, base: Mapping[str, object] | None = None
) -> tuple[Spec, list[str]]:
    """Read a parsed spec file and find its faults.

    Args:
        mapping: the file as `tomllib` gives it.
        spec_id: the exercise's id.
        base: the file of the spec that it is based on, where it is a variant.

    Returns:
        The spec, sound only if there are no faults; and the faults in the order of the file, each a
        line with its address: `checks.leg_level.good: low 10 is above high -8`.
    """
    unfit: list[Fault] = []
    if base is not None and not newer_format(mapping):
        mapping, unfit = lay_over(base, mapping)
    spec, unshapely = shape(mapping, spec_id)
    unshapely += unfit
    if hopeless := [*newer_format(mapping), *too_many_measures(spec)]:
        return spec, [str(fault) for fault in hopeless]
    rules = RULES if unshapely else (*RULES, *RULES_OF_THE_WHOLE)
    follows = _following({fault.address for fault in unshapely})
    senseless = [fault for fault in _run(rules, spec) if not follows(fault.address)]
    place = _places(mapping)
    found = sorted({*unshapely, *senseless}, key=lambda fault: (place(fault.address), fault))
    return spec, [str(fault) for fault in found]


def too_many_measures(spec: Spec) -> list[Fault]:
    """Whether this is anything but an exercise."""
    count = len(spec.measures)
    if count <= MOST_MEASURES:
        return []
    return [Fault("measures", f"{count} are more than an exercise needs; {MOST_MEASURES} is the most")]


def faults_of(spec: Spec) -> list[str]:
    """The faults of a spec that did not come from a file, or was changed since; none for a sound one."""
    return [str(fault) for fault in _run((*RULES, *RULES_OF_THE_WHOLE), spec)]


def _run(rules: tuple[Rule, ...], spec: Spec) -> list[Fault]:
    return [fault for rule in rules for fault in rule(spec)]


def _following(broken: set[str]) -> Callable[[str], bool]:
    """A test whether something at an address, above it or below it could not even be read."""
    above_broken = {above for address in broken for above in _lineage(address)}
    return lambda address: address in above_broken or not broken.isdisjoint(_lineage(address))


def _lineage(address: str) -> list[str]:
    """The address and all above it: `checks.leg`, `checks`."""
    parts = address.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _places(mapping: Mapping[str, object]) -> Callable[[str], int]:
    """Where in the file an address stands; of something missing, where its table stands."""
    order: dict[str, int] = {}

    def number(table: Mapping[str, object], above: str, depth: int) -> None:
        for name, value in table.items():
            address = f"{above}{name}"
            order[address] = len(order)
            if isinstance(value, dict) and depth < _DEEPEST:
                number(value, f"{address}.", depth + 1)

    number(mapping, "", 1)

    def place(address: str) -> int:
        while address and address not in order:
            address = address.rpartition(".")[0]
        return order.get(address, len(order))

    return place


def _cues(spec: Spec) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that is said aloud, by address."""
    if spec.missed:
        yield "poses.missed", (spec.missed,)
    for station in spec.stations.values():
        yield f"stations.{station.name}.say", (station.say,)
        yield f"stations.{station.name}.missed", (station.missed,)
    for wrong in spec.wrong.values():
        yield f"wrong.{wrong.name}.cue", (wrong.cue,)
    for check in spec.checks.values():
        yield f"checks.{check.name}.low", check.low
        yield f"checks.{check.name}.high", check.high


def _texts(spec: Spec) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that a person reads or hears, by address."""
    yield from (("name", (spec.name,)), ("about", (spec.about,)), ("source", (spec.source,)))
    yield "cautions", spec.cautions
    if spec.guided:
        yield "guided", (spec.guided,)
    yield from _cues(spec)


def _words(spec: Spec) -> Iterator[tuple[str, str]]:
    """The common names of faults that a spec gives, by address."""
    for wrong in spec.wrong.values():
        yield f"wrong.{wrong.name}.is", wrong.kind
    for check in spec.checks.values():
        yield f"checks.{check.name}.low_is", check.low_is
        yield f"checks.{check.name}.high_is", check.high_is


def empty_text(spec: Spec) -> Iterator[Fault]:
    """A text without a word in it."""
    for address, texts in _texts(spec):
        if any(not text.strip() for text in texts):
            yield Fault(address, "is empty; write something or delete it")


def invisible_characters(spec: Spec) -> Iterator[Fault]:
    """Control and direction characters: they garble a terminal, and turn what is read around."""
    for address, texts in _texts(spec):
        for char in sorted({char for text in texts for char in text if is_unseen(char)}):
            what = _NAMED.get(char, f"the invisible character U+{ord(char):04X}")
            yield Fault(address, f"has {what} in it; delete it")


def long_cue(spec: Spec) -> Iterator[Fault]:
    """A cue that cannot be taken in while moving."""
    for address, cues in _cues(spec):
        for cue in cues:
            count = sum(any(char.isalnum() for char in word) for word in cue.split())
            if count > CUE_WORDS:
                yield Fault(address, f"has {count} words; a cue has at most {CUE_WORDS}")


def fault_word(spec: Spec) -> Iterator[Fault]:
    """A common name that is not one word."""
    for address, word in _words(spec):
        if word and not (word.isascii() and word.replace("_", "").isalnum() and word == word.lower()):
            yield Fault(address, "must be one word in small letters, such as knee_bent")


def dose_makes_sense(spec: Spec) -> Iterator[Fault]:
    """Doses above nothing, and a goal no smaller than what is enough."""
    for name, pair in (("hold_s", spec.dose.hold_s), ("reps", spec.dose.reps)):
        if pair is None:
            continue
        enough, goal = pair
        if min(pair) <= 0:
            yield Fault(f"dose.{name}", f"{short(min(pair))} must be above 0")
        elif enough > goal:
            yield Fault(f"dose.{name}", f"enough {short(enough)} is above the goal {short(goal)}")
    if spec.dose.sets <= 0:
        yield Fault("dose.sets", f"{spec.dose.sets} must be above 0")


def times_not_negative(spec: Spec) -> Iterator[Fault]:
    """Time does not run backwards."""
    timing = spec.timing
    for name in ("settle_s", "bridge_s", "leave_s", "timeout_s"):
        seconds: float = getattr(timing, name)
        if seconds < 0:
            yield Fault(f"timing.{name}", f"{short(seconds)} must not be below 0")


def some_hysteresis(spec: Spec) -> Iterator[Fault]:
    """Without a margin a limb resting at a bound goes in and out of a pose all the time."""
    if spec.hysteresis <= 0:
        yield Fault("hysteresis", f"{short(spec.hysteresis)} must be above 0")


RULES: tuple[Rule, ...] = (
    empty_text,
    invisible_characters,
    long_cue,
    fault_word,
    dose_makes_sense,
    times_not_negative,
    some_hysteresis,
    *measures.RULES,
    *poses.RULES,
    *stations.RULES,
    *checks.RULES,
)
"""Rules that hold for whatever part of a spec could be read."""

RULES_OF_THE_WHOLE: tuple[Rule, ...] = (
    *measures.RULES_OF_THE_WHOLE,
    *poses.RULES_OF_THE_WHOLE,
    *stations.RULES_OF_THE_WHOLE,
)
"""Rules that conclude from something not being there: only for a spec that could be read in full."""
