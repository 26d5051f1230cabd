"""What each command of the command line does."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach import __version__
from formcoach.errors import FormcoachError, SpecError
from formcoach.report import SessionReport
from formcoach.report_text import summarise
from formcoach.routine_report import RoutineReport
from formcoach.routine_report_text import summarise_routine
from formcoach.spec import Spec
from formcoach.spec_file import check_spec, find_spec, list_specs, read_spec, stock_folder, text_of

if TYPE_CHECKING:
    from formcoach.replaying import Progress, Replayed, RoutineReplayed, Watch
    from formcoach.routine import Plan
    from formcoach.scoring import Truth

DEMO_PREFIX = "demo-"

FAULTY = 2
"""Exit code where a file has faults, as for anything that a person can mend."""


def replay(options: argparse.Namespace) -> int:
    """Coach a video or a recorded session."""
    from formcoach.recording import SUFFIX

    check_writable(options.json)
    kind = _replay_recording if options.file.suffix == SUFFIX else _replay_video
    result: Replayed | RoutineReplayed = kind(options)
    tell(result.report, options.json)
    if options.video is not None:
        print(f"Annotated video: {options.video}")
    if result.damaged:
        print(f"Note: {result.damaged}", file=sys.stderr)
    return 0


def _replay_recording(options: argparse.Namespace) -> Replayed | RoutineReplayed:
    from formcoach.replaying import is_routine, replay_recording, replay_routine

    if not options.exercise and not options.spec and is_routine(options.file):
        return replay_routine(options.file, video=options.video)
    spec = read_spec(spec_path(options)) if options.exercise or options.spec else None
    return replay_recording(options.file, spec, video=options.video)


def _replay_video(options: argparse.Namespace) -> Replayed:
    if not options.exercise and not options.spec:
        raise FormcoachError(
            f"Say which exercise {options.file} shows, for example --exercise plank; "
            "'formcoach specs' lists them."
        )
    return _run_video(options, options.file, read_spec(spec_path(options)), video=options.video)


def _run_video(
    options: argparse.Namespace, path: Path, spec: Spec, *, video: Path | None, watch: Watch | None = None
) -> Replayed:
    from formcoach.replaying import replay_video
    from formcoach.video_file import VideoFile

    # Whether it is a video at all is known at once; obtaining the model may take a while.
    with VideoFile(path) as source:
        seconds = source.duration_s
    model = find_model(options)
    with _progress(path.name, seconds) as progress:
        return replay_video(path, spec, model, video=video, watch=watch, progress=progress)


def specs(options: argparse.Namespace) -> int:
    """List the exercises, show one, check files, or print the schema for editors."""
    from formcoach.browsing import schema_text, show_exercise

    if options.check is not None:
        return _check_specs(options.check or list_specs())
    if options.schema:
        sys.stdout.write(schema_text())
    elif options.exercise:
        show_exercise(_spec_or_file(options.exercise), options.picture)
    elif options.picture is not None:
        raise FormcoachError("Say of which exercise, for example: formcoach specs bird-dog --picture FILE.")
    else:
        return _list_specs(list_specs())
    return 0


def _list_specs(paths: list[Path]) -> int:
    """All that can be read; a faulty file of the person's own does not hide the rest."""
    from formcoach.spec_text import table

    sound: list[Spec] = []
    faults: list[str] = []
    for path in paths:
        try:
            sound.append(read_spec(path))
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
    from formcoach.routine_text import describe_routine

    if options.check is not None:
        paths = options.check or list_routines()
        return _tell_check([fault for path in paths for fault in check_routine(path)], len(paths), "routine")
    if options.routine:
        print(describe_routine(read_plan(find_routine(options.routine))))
        return 0
    return _list_routines(list_routines())


def _list_routines(paths: list[Path]) -> int:
    from formcoach.routine_text import routine_table

    sound: list[Plan] = []
    faults: list[str] = []
    for path in paths:
        try:
            sound.append(read_plan(path))
        except SpecError as error:
            faults += error.faults
    print(routine_table(sound))
    for fault in faults:
        print(fault, file=sys.stderr)
    return FAULTY if faults else 0


def read_plan(path: Path) -> Plan:
    """A routine with the exercises that are installed, at the doses of today."""
    from formcoach.diary import open_diary
    from formcoach.routine import plan
    from formcoach.routine_file import read_routine, specs_of

    routine = read_routine(path)
    return plan(routine, specs_of(routine), open_diary().doses(routine, date.today()))


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
        _write_json(options.json, evaluating.as_dict(scores))
    return 0


def demo(options: argparse.Namespace) -> int:
    """Replay a bundled clip through the real model, and show it where there is a display."""
    clip = _demo_clip(options.exercise)
    spec = read_spec(find_spec(options.exercise))
    make_folder(options.out, "name another one with --out")
    video, report = options.out / f"{spec.id}.mp4", options.out / f"{spec.id}.json"
    with ExitStack() as stack:
        watch = None
        if options.window and _has_display():
            watch = stack.enter_context(_watching(f"formcoach - {spec.name}"))
        result = _run_video(options, clip, spec, video=video, watch=watch)
    tell(result.report, report)
    print(f"Annotated video: {video}\nReport: {report}")
    return 0


def _demo_clip(exercise: str) -> Path:
    folder = stock_folder().parent / "recordings"
    clip = folder / f"{DEMO_PREFIX}{exercise}.mp4"
    if not clip.exists():
        there = sorted(path.stem.removeprefix(DEMO_PREFIX) for path in folder.glob(f"{DEMO_PREFIX}*.mp4"))
        raise FormcoachError(f"There is no demo of '{exercise}'; there are: {', '.join(there)}.")
    return clip


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


def _spec_or_file(named: str) -> Path:
    """An exercise by its id, or by its file's name while it is still being written."""
    return Path(named) if named.endswith(".toml") else find_spec(named)


def spec_path(options: argparse.Namespace) -> Path:
    """The file of the exercise that was named."""
    if options.spec is not None:
        return Path(options.spec)
    if not options.exercise:
        raise FormcoachError("Say which exercise, for example bird-dog; 'formcoach specs' lists them.")
    return find_spec(options.exercise)


def find_model(options: argparse.Namespace) -> Path:
    """The pose model's file, obtained where it is not there yet."""
    from formcoach.model_file import find_model

    return find_model(options.model_size, options.model, progress=lambda text: print(text, file=sys.stderr))


def header(spec: Spec, path: Path, camera: str, model: Path) -> dict[str, object]:
    """What a recording says of itself."""
    from formcoach.model_file import hash_of

    return {
        "created": datetime.now().astimezone().isoformat(timespec="seconds"),
        "formcoach": __version__,
        "exercise": spec.id,
        "spec_toml": path.read_text("utf-8"),
        "base_toml": text_of(find_spec(spec.based_on)) if spec.based_on else "",
        "camera": camera,
        "model": {"file": model.name, "sha256": hash_of(model)},
    }


def video_keeper(path: Path):  # type: ignore[no-untyped-def]
    """Makes the file that keeps the camera's pictures, once their size is known."""
    from formcoach.video_out import VideoWriter

    return lambda width, height: VideoWriter(path, width, height, rate=None)


def tell(report: SessionReport | RoutineReport, json_file: Path | None) -> None:
    """Print a report in words, and write it where it was asked for."""
    if json_file is not None:
        _write_json(json_file, report.as_dict())
    print(summarise(report) if isinstance(report, SessionReport) else summarise_routine(report))


def _write_json(path: Path, data: object) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as error:
        raise FormcoachError(f"{path} cannot be written ({error.strerror}); name another file.") from None


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


def _has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def _progress(name: str, seconds: float | None) -> Iterator[Progress]:
    """A bar of video seconds on a terminal; nothing where nobody watches."""
    from tqdm import tqdm

    total = round(seconds, 1) if seconds else None
    with tqdm(total=total, desc=name, unit="s", file=sys.stderr, disable=None, bar_format=_BAR) as bar:

        def at(t: float) -> None:
            bar.update(max(0.0, min(t, total or t) - bar.n))

        yield at


_BAR = "{desc} {percentage:3.0f}% |{bar}| {n:.0f}/{total:.0f} s, {remaining} left"


@contextmanager
def _watching(title: str) -> Iterator[Watch]:
    from formcoach.window import Window

    with Window(title) as window:

        def watch(frame: object, _sample: object, _coaching: object) -> bool:
            window.show(frame.image)  # type: ignore[attr-defined]
            return window.key() != "end"

        yield watch
