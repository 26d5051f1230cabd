"""What the commands about exercises, routines and this machine do, and what all commands share."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from formcoach import __version__
from formcoach.errors import FormcoachError, SpecError
from formcoach.files import write_json
from formcoach.personal import lay_over
from formcoach.personal_file import as_plain, read_personal
from formcoach.report import SessionReport
from formcoach.report_text import summarise
from formcoach.routine_report import RoutineReport
from formcoach.routine_report_text import summarise_routine
from formcoach.spec import Spec
from formcoach.spec_file import check_spec, find_spec, list_specs, read_spec, text_of, texts_of

if TYPE_CHECKING:
    from formcoach.routine import Plan, Routine
    from formcoach.scoring import Truth

FAULTY = 2
"""Exit code where a file has faults, as for anything that a person can mend."""

_BAR = "{desc} {percentage:3.0f}% |{bar}| {n:.0f}/{total:.0f} s, {remaining} left"

T = TypeVar("T")


def specs(options: argparse.Namespace) -> int:
    """List the exercises, show one, check files, or print the schema for editors."""
    from formcoach.browsing import schema_text, show_exercise
    from formcoach.spec_text import table

    if options.check is not None:
        return _check_specs(options.check or list_specs())
    if options.schema:
        sys.stdout.write(schema_text())
    elif options.exercise:
        _check_picture(options.picture)
        show_exercise(spec_or_file(options.exercise), options.picture)
    elif options.picture is not None:
        raise FormcoachError("Say of which exercise, for example: formcoach specs bird-dog --picture FILE.")
    else:
        return _list(list_specs(), read_spec, table)
    return 0


def _check_picture(path: Path | None) -> None:
    if path is not None and path.suffix.lower() != ".png":
        raise FormcoachError(f"A picture cannot be written to {path}; give it a name that ends in .png.")
    check_writable(path)


def _list(paths: list[Path], read: Callable[[Path], T], table: Callable[[list[T]], str]) -> int:
    """All that can be read; a faulty file of the person's own does not hide the rest."""
    sound: list[T] = []
    faults: list[str] = []
    for path in paths:
        try:
            sound.append(read(path))
        except SpecError as error:
            faults += error.faults
    print(table(sound))
    for fault in faults:
        print(fault, file=sys.stderr)
    return FAULTY if faults else 0


def _check_specs(paths: list[Path]) -> int:
    return _tell_check([fault for path in paths for fault in check_spec(path)], len(paths), "spec")


def _tell_check(faults: list[str], count: int, what: str) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return FAULTY
    print(f"{count} {what}{'' if count == 1 else 's'} checked, no faults.")
    return 0


def routine(options: argparse.Namespace) -> int:
    """List the routines, show one, or check files."""
    from formcoach.routine_file import check_routine, find_routine, list_routines
    from formcoach.routine_text import describe_routine, routine_table

    if options.check is not None:
        paths = options.check or list_routines()
        return _tell_check([fault for path in paths for fault in check_routine(path)], len(paths), "routine")
    if options.routine:
        print(describe_routine(read_plan(find_routine(options.routine))))
        return 0
    return _list(list_routines(), read_plan, routine_table)


def read_plan(path: Path) -> Plan:
    """A routine with the exercises that are installed, at the doses of today."""
    from formcoach.routine import plan
    from formcoach.routine_file import read_routine, specs_of

    routine, known = read_routine(path), read_personal()
    specs = {name: lay_over(spec, known.get(name)) for name, spec in specs_of(routine).items()}
    return plan(routine, specs, doses_today(routine))


def doses_today(routine: Routine) -> list[float | None]:
    """For each step of a routine the dose of today; a history is not made for asking."""
    from formcoach.history import History, history_file

    if not any(step.growth for step in routine.steps) or not history_file().exists():
        return [None if step.growth is None else step.growth.start for step in routine.steps]
    with History() as kept:
        return kept.doses(routine, date.today())


def evaluate(options: argparse.Namespace) -> int:
    """Score clips against ground truth."""
    from tqdm import tqdm

    from formcoach import evaluating

    check_writable(options.json)
    truths, tolerance_s = evaluating.read_truth(options.truth)
    known = {path.stem: read_spec(path) for path in list_specs()}
    for name in [*(options.exercise or ()), *(options.disguise or ())]:
        if name not in known:
            find_spec(name)
    chosen = [one for one in truths if not options.exercise or one.exercise in options.exercise]
    clips = [one for one in chosen if one.exercise is None or one.exercise in known]
    model = find_model(options)
    with tqdm(total=len(clips), unit="clip", file=sys.stderr, disable=None) as bar:

        def started(truth: Truth) -> None:
            bar.update(clips.index(truth) - bar.n)
            bar.set_postfix_str(truth.file)

        scores = evaluating.evaluate(
            clips,
            options.truth.parent,
            model,
            known,
            tolerance_s=tolerance_s,
            disguise=options.disguise or (),
            started=started,
        )
    print(evaluating.table(scores))
    left_out = sorted({one.exercise for one in chosen if one.exercise is not None} - set(known))
    if left_out:
        print(f"Left out, for want of a spec: {', '.join(left_out)}.")
    if options.json is not None:
        write_json(options.json, evaluating.as_dict(scores))
    return 0


def cameras(_options: argparse.Namespace) -> int:
    """List the cameras of this machine, and mark the one that is taken where none is named."""
    from formcoach.camera_names import list_cameras, remembered

    found = list_cameras()
    if not found:
        print("The system tells of no camera; 'formcoach doctor' tries the first numbers.")
    kept = remembered()
    for one in found:
        mark = "  (used last)" if kept in (str(one.number), one.name) else ""
        print(f"{one.number}  {one.name}{mark}")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Say what works on this machine."""
    from formcoach.doctor import Finding, examine, render

    faults = [fault for path in list_specs() for fault in check_spec(path)]
    specs_found = Finding(
        "Exercise specs",
        "missing" if faults else "ok",
        f"{len(list_specs())} found" + (f", {len(faults)} faults" if faults else ""),
        "Run 'formcoach specs --check' to see what is wrong." if faults else "",
    )
    print(render(examine(options.model_size, options.model, [specs_found])))
    return 0


# ---- what the commands share -------------------------------------------------------------------


def spec_or_file(named: str) -> Path:
    """An exercise by its id, or by its file's name while it is still being written."""
    return Path(named) if named.endswith(".toml") else find_spec(named)


def spec_path(options: argparse.Namespace) -> Path:
    """The file of the exercise that was named."""
    if options.spec is not None:
        return Path(options.spec)
    if not options.exercise:
        raise FormcoachError("Say which exercise, for example bird-dog; 'formcoach specs' lists them.")
    return find_spec(options.exercise)


def require_exercise(options: argparse.Namespace, video: Path) -> None:
    """A video does not say what it shows: somebody must. Of one that is not there, that comes first."""
    if not options.exercise and not options.spec:
        if video.is_dir():
            raise FormcoachError(f"{video} is a folder; name a video in it.")
        if not video.exists():
            raise FormcoachError(f"There is no video {video}; check the name.")
        raise FormcoachError(
            f"Say which exercise {video} shows, for example --exercise plank; 'formcoach specs' lists them."
        )


def find_model(options: argparse.Namespace) -> Path:
    """The pose model's file, obtained where it is not there yet."""
    from formcoach.model_file import find_model

    return find_model(options.model_size, options.model, progress=lambda text: print(text, file=sys.stderr))


def read_own(path: Path) -> Spec:
    """An exercise as it is for this person: with what is known of them laid over it."""
    spec = read_spec(path)
    return lay_over(spec, read_personal().get(spec.id))


def _own(exercises: Iterable[str]) -> dict[str, object]:
    """What is known of the person in some exercises, as a recording keeps it."""
    known = read_personal()
    return {name: as_plain(known[name]) for name in exercises if name in known}


def header(spec: Spec, path: Path, camera: str, model: Path) -> dict[str, object]:
    """What the recording of an exercise says of itself."""
    return {
        **_origin(camera, model),
        "exercise": spec.id,
        "spec_toml": path.read_text("utf-8"),
        "base_toml": text_of(find_spec(spec.based_on)) if spec.based_on else "",
        "personal": _own([spec.id]),
    }


def routine_header(chosen: Plan, doses: list[float | None], camera: str, model: Path) -> dict[str, object]:
    """What the recording of a routine says of itself: all that its replay needs."""
    from formcoach.routine_file import find_routine

    specs: dict[str, str] = {}
    for step in chosen.steps:
        specs |= {} if step.spec is None else texts_of(step.spec.id)
    return {
        **_origin(camera, model),
        "routine": chosen.routine.id,
        "routine_toml": find_routine(chosen.routine.id).read_text("utf-8"),
        "specs": specs,
        "doses": doses,
        "personal": _own(specs),
    }


def _origin(camera: str, model: Path) -> dict[str, object]:
    """When, by which version, and with which camera and pose model it was recorded."""
    from formcoach.model_file import hash_of

    return {
        "created": datetime.now().astimezone().isoformat(timespec="seconds"),
        "formcoach": __version__,
        "camera": camera,
        "model": {"file": model.name, "sha256": hash_of(model)},
    }


def video_keeper(path: Path):  # type: ignore[no-untyped-def]
    """Makes the file that keeps the camera's pictures, once their size is known."""
    from formcoach.video_out import VideoWriter

    return lambda width, height: VideoWriter(path, width, height, rate=None)


def tell(report: SessionReport | RoutineReport, json_file: Path | None) -> None:
    """Print a report in words, and write it where it was asked for."""
    print(summarise(report) if isinstance(report, SessionReport) else summarise_routine(report))
    if json_file is not None:
        write_json(json_file, report.as_dict())


def make_folder(folder: Path, remedy: str) -> None:
    """Make a folder where it is missing, or say why not and what to do."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormcoachError(f"The folder {folder} cannot be made ({error.strerror}); {remedy}.") from None


def check_writable(path: Path | None) -> None:
    """Find out before the work, not after it, that its result could not be written."""
    if path is not None and not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise FormcoachError(f"{path} cannot be written: {path.parent} is no folder one may write to.")


@contextmanager
def progress_bar(name: str, seconds: float | None) -> Iterator[Callable[[float], None]]:
    """A bar of video seconds on a terminal; nothing where nobody watches."""
    from tqdm import tqdm

    total = round(seconds, 1) if seconds else None
    with tqdm(total=total, desc=name, unit="s", file=sys.stderr, disable=None, bar_format=_BAR) as bar:

        def at(t: float) -> None:
            bar.update(max(0.0, min(t, total or t) - bar.n))

        yield at
