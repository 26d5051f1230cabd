"""The readers that `fuzz.py` feeds with files of true sizes and checksums, and what they do with them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import fuzz_inside_seeds as seeds
from fuzz_files import Reader, Take
from fuzz_recipes import archive, fill_history, recording, unpacked
from fuzz_twists import twist_packed

SELDOM = 50
"""One in so many inputs also becomes a page or a picture, which costs a hundred times as much."""

SELDOM_SOUND = 0.05
"""A draft of a sound demonstration costs more than anything else."""

LONG = 65_536
"""Bytes of a recording as it is changed."""

_DAY = date(2026, 3, 12)


# ---- recordings --------------------------------------------------------------------------------


def _header(folder: Path) -> Take:
    from formcoach.recording import read_recording
    from formcoach.replaying import session_of

    path = folder / "input.fcr"

    def take(data: bytes) -> None:
        path.write_bytes(recording(unpacked(data)))
        session_of(read_recording(path).header, path, None)

    return take


def _samples(folder: Path) -> Take:
    from formcoach.calibration import calibrate
    from formcoach.files import write_json
    from formcoach.motion_files import joint_angles, landmark_columns, mot, table, trc
    from formcoach.recording import read_recording
    from formcoach.report_text import summarise
    from formcoach.session import coach_through
    from formcoach.spec_file import find_spec, read_spec

    path, number = folder / "input.fcr", count()
    specs = [read_spec(find_spec(name)) for name in ("plank", "bird-dog", "hip-hinge")]

    def take(data: bytes) -> str:
        path.write_bytes(recording(unpacked(data)))
        found = read_recording(path)
        at = next(number)
        spec = specs[at % len(specs)]
        report = coach_through(spec, found.stream())
        write_json(folder / "report.json", report.as_dict())
        if at % 4 == 0 and len(found.t):
            angles = joint_angles(found.xy)
            mot("a", found.t, angles)
            table({"t": found.t, **angles, **landmark_columns(found.xy, found.visibility, found.world)})
            if found.world is not None:
                trc("a", found.t, found.world)
        if at % 4 == 1:
            calibrate(spec, found.stream(), "2026-03-12")
        return summarise(report)

    return take


def _shown(folder: Path) -> Take:
    import numpy as np

    from formcoach.page_view import Seen, document
    from formcoach.played import play_through
    from formcoach.recording import read_recording
    from formcoach.replaying import Wanted, empty_canvas, replay_recording
    from formcoach.report_page import render
    from formcoach.session import Session
    from formcoach.showing import Showing
    from formcoach.spec_file import find_spec, read_spec

    path, number = folder / "input.fcr", count()
    spec = read_spec(find_spec("bird-dog"))

    def take(data: bytes) -> None:
        path.write_bytes(recording(unpacked(data)))
        found = read_recording(path)
        at = next(number)
        if at % SELDOM == 0:
            replayed = replay_recording(path, spec, Wanted(trace=True))
            assert replayed.trace is not None
            seen = Seen(
                path.name, replayed.report, replayed.trace.charts, replayed.trace.track, "", "", None, {}
            )
            render(document([seen]))
            return
        played = play_through(Session(spec), found.stream())
        if at % SELDOM == 1:
            empty_canvas(found)
        if played.moments:
            showing = Showing(mirror=False, all_angles=True, began=played.times[0])
            small = np.zeros((90, 160, 3), np.uint8)
            showing.draw(small, played.moments[-1].scene, paused=False, hurt=False)

    return take


def _draft(folder: Path) -> Take:
    from formcoach.draft_text import draft_text
    from formcoach.drafting import draft
    from formcoach.landmarks import PoseSample
    from formcoach.recording import read_recording
    from formcoach.spec_file import parse_spec

    path = folder / "input.fcr"

    def take(data: bytes) -> None:
        path.write_bytes(recording(unpacked(data)))
        shown = [item for item in read_recording(path).stream() if isinstance(item, PoseSample)]
        parse_spec(draft_text(draft([shown], "mine"), [path.name]), "mine.toml")

    return take


# ---- histories and models ----------------------------------------------------------------------


def _history(folder: Path) -> Take:
    tell = _telling()

    def take(data: bytes) -> str:
        _clear(folder, "input.sqlite")
        place = folder / "input.sqlite"
        place.write_bytes(data)
        return tell(place)

    return take


def _days(folder: Path) -> Take:
    tell = _telling()
    empty = folder / "empty.sqlite"
    _empty_history(empty)

    def take(data: bytes) -> str:
        _clear(folder, "input.sqlite")
        place = folder / "input.sqlite"
        shutil.copyfile(empty, place)
        fill_history(place, unpacked(data))
        return tell(place)

    return take


def _telling() -> Callable[[Path], str]:
    from formcoach.history import History
    from formcoach.history_command import _as_csv, _as_data, _days
    from formcoach.history_page import history_page
    from formcoach.history_read import pain_days, sets_done
    from formcoach.history_text import describe_history
    from formcoach.routine_file import find_routine, read_routine

    number = count()
    routine = read_routine(find_routine("daily-15"))

    def tell(path: Path) -> str:
        with History(path) as kept:
            sets = sets_done(kept)
            pains = [(day.toordinal(), exercise) for day, exercise in pain_days(kept)]
            kept.doses(routine, _DAY)
        json.dumps([_as_data(one) for one in sets], allow_nan=False)
        _as_csv(sets)
        if next(number) % SELDOM == 0:
            history_page(sets, pains, {routine.id: routine}, _DAY)
        return describe_history(sets, pains, {routine.id: routine}, _days(sets, pains, _DAY))

    return tell


def _clear(folder: Path, name: str) -> None:
    for left in folder.glob(f"{name}-*"):
        left.unlink()


def _empty_history(path: Path) -> None:
    from formcoach.history import History

    with History(path) as kept:
        kept.write("VACUUM")
        kept.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _model(folder: Path) -> Take:
    from formcoach.model_bundle import DETECTOR, is_packed
    from formcoach.model_file import find_model
    from formcoach.model_trim import without_silhouette
    from formcoach.model_wheel import NoWheelError, _read

    wheel = folder / "mediapipe.whl"

    def take(data: bytes) -> None:
        recipe = unpacked(data)
        wheel.write_bytes(data if recipe is None else archive(recipe))
        bundle = wheel.read_bytes()
        is_packed(bundle)
        without_silhouette(bundle)
        try:
            _read(folder, DETECTOR)
        except NoWheelError:
            find_model(given=wheel)

    return take


READERS: Sequence[Reader] = (
    Reader("header", "what a recording says of itself", seeds.headers, _header, twist_packed),
    Reader("samples", "a recording that is coached", seeds.recordings, _samples, twist_packed, LONG),
    Reader("shown", "a recording that is shown", seeds.recordings, _shown, twist_packed, LONG),
    Reader("draft", "a demonstration", seeds.demonstrations, _draft, twist_packed, LONG, SELDOM_SOUND),
    Reader("history", "a history, byte by byte", seeds.histories, _history, None, 200_000),
    Reader("days", "the rows of a history", seeds.histories_taken, _days, twist_packed),
    Reader("model", "a pose model or a wheel", seeds.models, _model, twist_packed),
)
