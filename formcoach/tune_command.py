"""What `formcoach tune` does: bounds from labelled recordings, told with their evidence, written if asked."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from formcoach import commands, kept_readings
from formcoach.calibrate_command import tell
from formcoach.errors import FormcoachError
from formcoach.files import write_json
from formcoach.label_file import TOLERANCE_S, LabelFile, labels_beside, read_labels
from formcoach.label_view import fault_kinds
from formcoach.labels import ANY_FAULT, Labels
from formcoach.landmark_table import is_table, read_table
from formcoach.personal import lay_over
from formcoach.personal_file import personal_file, read_personal, write_personal
from formcoach.pieces import Judged, Take
from formcoach.recording import SUFFIX
from formcoach.single import Single, read_single
from formcoach.spec import Spec
from formcoach.spec_edit import edit_text, own_path, undo, write_spec
from formcoach.spec_file import parse_spec, stock_folder, text_of
from formcoach.spec_lint.table import nearest, quoted
from formcoach.tuning import Tuning, Wish, effects, tune
from formcoach.tuning_personal import personal_of_takes
from formcoach.tuning_text import as_dict, describe, describe_effects
from formcoach.whatif import Readings, judge, readings_of


def tuning(options: argparse.Namespace) -> int:
    """Fit bounds, tell them, and write them where that was asked for."""
    path = commands.spec_or_file(options.exercise)
    if options.undo:
        return _undo(path)
    if not options.files:
        raise FormcoachError("Name the recordings to tune by: formcoach tune hip-hinge anna.fcr ben.fcr.")
    commands.check_writable(options.json)
    text = text_of(path)
    spec = parse_spec(text, path.name)
    wish = Wish(tuple(options.hold_out or ()), tuple(options.only or ()), options.tighten)
    takes, singles = _takes(options, spec), _singles(options, spec)
    if options.personal:
        return _personal(options, spec, takes)
    groups = sorted({one.group for one in takes} | {one.group for one in singles})
    if unknown := [name for name in wish.hold_out if name not in groups]:
        raise FormcoachError(
            f"Nothing is of {unknown[0]}, so it cannot be held out; there is {', '.join(groups)}."
        )
    found = tune(spec, takes, singles, wish)
    _check(found, wish)
    print(describe(found))
    if options.json is not None:
        write_json(options.json, as_dict(found))
    if options.write:
        _write(found, path, text)
    elif found.changes:
        print("\nNothing is written; with --write these bounds are.")
    return 0


def _takes(options: argparse.Namespace, spec: Spec) -> list[Take]:
    given = [read_labels(path) for path in options.labels or ()]
    return [_take(options, path, spec, given) for path in options.files if not is_table(path)]


def _take(options: argparse.Namespace, path: Path, spec: Spec, given: Sequence[LabelFile]) -> Take:
    """One recording or video, read, with its labels; those that lie beside it, if no file names it."""
    file = next((one for one in given if one.of(path)), None) or labels_beside(path)
    labels = (file.of(path) or replace(file.labels[0], file=path.name)) if file else Labels(path.name)
    if options.good:
        labels = replace(labels, clean=True)
    if labels.exercise not in ("", None, spec.id, spec.based_on):
        raise FormcoachError(
            f"{path} is labelled as {labels.exercise}, not {spec.id}; leave it out, or mend its labels."
        )
    _tell_unknown_faults(labels, spec)
    if path.name in (options.hold_out or ()):
        labels = replace(labels, person="", session="")  # then it is a group of its own
    readings = _readings(options, path, spec)
    return Take(path.name, readings, labels, file.tolerance_s if file else TOLERANCE_S)


def _tell_unknown_faults(labels: Labels, spec: Spec) -> None:
    """A fault that the exercise does not look for may well be labelled; a misspelt one looks the same."""
    known = fault_kinds(spec)
    for kind in sorted({fault.kind for fault in labels.all_faults} - {ANY_FAULT, *known}):
        print(
            f"{labels.file}: {spec.id} knows no fault {quoted(kind)}, so no bound is tuned by it"
            f"{nearest(kind, known)}",
            file=sys.stderr,
        )


def _readings(options: argparse.Namespace, path: Path, spec: Spec) -> Readings:
    if path.suffix == SUFFIX:
        read = kept_readings.read(path, spec)
        if read.damaged:
            print(read.damaged, file=sys.stderr)
        return read.readings
    from formcoach.replaying import samples_of

    print(f"Looking at {path}", file=sys.stderr)
    return readings_of(samples_of(path, commands.find_model(options), back=spec.wants_back), spec)


def _singles(options: argparse.Namespace, spec: Spec) -> list[Single]:
    tables = [path for path in options.files if is_table(path)]
    if tables and options.aspect is None:
        raise FormcoachError(
            f"{tables[0]} does not say how wide its pictures are; add --aspect 16:9 or what they were."
        )
    names = dict(options.label or ())
    return [
        read_single(spec, row.sample, row.label, row.group)
        for path in tables
        for row in read_table(path, options.aspect, names)
    ]


def _check(found: Tuning, wish: Wish) -> None:
    """Refuse what nothing can be told about."""
    if wish.only and not found.proposals:
        raise FormcoachError(f"{found.spec.id} has no bound {', '.join(wish.only)} that could be tuned.")
    if not any(one.evidence.inside or one.evidence.outside for one in found.proposals):
        raise FormcoachError(
            "No label says anything about a bound; say with --good that these are good, or label them."
        )


def _write(found: Tuning, path: Path, text: str) -> None:
    if not found.changes:
        print("\nNothing to write: no bound changes.")
        return
    if found.is_worse:
        before, after = found.errors
        raise FormcoachError(
            f"These bounds judge the labelled recordings worse ({before} → {after} errors), so they are not "
            "written; take single ones with --only."
        )
    own = own_path(path.stem) if path.parent == stock_folder() else path
    kept = write_spec(own, edit_text(text, path.name, found.changes), text)
    print(f"\nWritten: {own}\nAs it was: {kept}; 'formcoach tune {_named(own)} --undo' takes it back.")


def _named(path: Path) -> str:
    return path.stem if path == own_path(path.stem) else str(path)


def _personal(options: argparse.Namespace, spec: Spec, takes: Sequence[Take]) -> int:
    """Find out one person's own range or neutral, and keep it where that was asked for."""
    people = sorted({take.labels.person for take in takes if take.labels.person})
    if len(people) > 1:
        raise FormcoachError(f"--personal is for one person; these recordings are of {', '.join(people)}.")
    found = personal_of_takes(spec, takes, date.today().isoformat())
    if found is None:
        raise FormcoachError(f"Too little of {spec.name} is labelled to go by; nothing was changed.")
    tell(spec, found)
    before = [Judged(take, judge(take.readings, spec)) for take in takes]
    print("\n".join(("", *describe_effects(effects(before, lay_over(spec, found))))))
    if options.write:
        write_personal({**read_personal(), spec.id: found})
        print(f"\nKept in {personal_file()}")
    else:
        print("\nNothing is written; with --write it is kept in your own file.")
    return 0


def _undo(path: Path) -> int:
    if undo(path):
        print(f"{path} is as it was before.")
    else:
        print(f"There is nothing to take back in {path}.")
    return 0
