"""What `formcoach live` does: one exercise or a routine in front of the camera, and what is asked before."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcoach import __version__, commands
from formcoach.diary import Diary, open_diary
from formcoach.errors import FormcoachError
from formcoach.routine import Plan
from formcoach.routine_file import find_routine, list_routines, read_routine
from formcoach.spec_file import read_spec, texts_of

if TYPE_CHECKING:
    from formcoach.camera import LiveCamera
    from formcoach.live import LiveResult
    from formcoach.recording import RecordingWriter
    from formcoach.video_out import VideoWriter
    from formcoach.window import Window

NOTE = """Before you start: formcoach watches how you move. It is no doctor, and no substitute
for medical advice. If you have had an injury or an operation, are pregnant, or have
pain that is strong, new, or goes down your leg, ask a doctor first. Warm up, move
slowly, and never jerk.
Stop at once if it hurts: press H, and see a doctor if it stays."""
"""Shown once, before the first session."""

PAIN = "Any pain now? [y/N, or Enter to go on] "

GENTLE = "flare-up"
"""The routine offered where there is pain, unless another one calls itself gentle first."""


def live(options: argparse.Namespace) -> int:
    """Coach somebody in front of the camera, through an exercise or a routine."""
    today = date.today()
    if options.routine and (options.exercise or options.spec):
        raise FormcoachError("Name an exercise or a routine, not both; a routine has its own exercises.")
    # What is wrong with the files is said before anything is asked.
    chosen = _plan_of(options.routine) if options.routine else commands.spec_path(options)
    if isinstance(chosen, Path):
        read_spec(chosen)
    commands.check_writable(options.json)
    diary = open_diary()
    _show_note(diary, today)
    if isinstance(chosen, Plan):
        chosen = _plan_of(_without_pain(chosen, diary, today))
    return _Evening(options, diary, today).run(chosen)


class _Evening:
    """One window and one camera, for an exercise and for the gentle ones that may follow."""

    def __init__(self, options: argparse.Namespace, diary: Diary, today: date) -> None:
        self._options = options
        self._diary = diary
        self._today = today
        self._coached = False

    def run(self, chosen: Plan | Path) -> int:
        from formcoach.camera import LiveCamera
        from formcoach.window import Window

        with ExitStack() as stack:
            window = stack.enter_context(Window("formcoach"))
            model = commands.find_model(self._options)
            camera = stack.enter_context(LiveCamera(self._options.camera))
            result = self._coach(chosen, window, camera, model)
            if result.wants_gentle and not result.failure:
                result = self._coach(_plan_of(gentle_routine()), window, camera, model)
        if result.failure:
            raise FormcoachError(result.failure)
        return 0

    def _coach(self, chosen: Plan | Path, window: Window, camera: LiveCamera, model: Path) -> LiveResult[Any]:
        """Coach, record and tell; the recording is closed before anything is told."""
        json_file = self._options.json
        if json_file is not None and self._coached:  # the gentle ones have a report of their own
            json_file = json_file.with_stem(f"{json_file.stem}-gentle")
        self._coached = True
        from formcoach.live import coach_live
        from formcoach.routine_session import RoutineSession
        from formcoach.session import Session

        header = self._header(chosen, camera.name, model)
        with ExitStack() as stack:
            recorder, recording, keep_video = self._recorder(stack, chosen, header)
            session: Any
            if isinstance(chosen, Plan):
                session = RoutineSession(chosen, recorder)
            else:
                session = Session(read_spec(chosen), recorder)
            result: LiveResult[Any] = coach_live(
                session, camera, model, window, mirror=self._options.mirror, keep_video=keep_video
            )
            if recorder is not None:
                recorder.close({"dropped_frames": result.dropped})
        commands.tell(result.report, json_file)
        if recording is not None:
            print(f"Recorded: {recording}")
            if keep_video is not None:
                print(f"Camera picture: {recording.with_suffix('.mp4')}")
        self._remember(chosen, result.report)
        return result

    def _header(self, chosen: Plan | Path, camera: str, model: Path) -> dict[str, object]:
        if isinstance(chosen, Plan):
            return routine_header(chosen, self._doses(chosen), camera, model)
        return commands.header(read_spec(chosen), chosen, camera, model)

    def _doses(self, chosen: Plan) -> list[float | None]:
        return self._diary.doses(chosen.routine, self._today)

    def _recorder(
        self, stack: ExitStack, chosen: Plan | Path, header: dict[str, object]
    ) -> tuple[RecordingWriter | None, Path | None, Callable[[int, int], VideoWriter] | None]:
        if not (self._options.record or self._options.record_video):
            return None, None, None
        from formcoach.recording import RecordingWriter, new_recording_path

        name = chosen.routine.id if isinstance(chosen, Plan) else chosen.stem
        recording = new_recording_path(name, datetime.now())
        commands.make_folder(recording.parent, "say where with FORMCOACH_RECORDINGS")
        recorder = stack.enter_context(RecordingWriter(recording, header))
        keep_video = None
        if self._options.record_video:
            keep_video = commands.video_keeper(recording.with_suffix(".mp4"))
        return recorder, recording, keep_video

    def _remember(self, chosen: Plan | Path, report: Any) -> None:
        if isinstance(chosen, Plan):
            self._diary.write_routine(self._today, report)
        elif report.hurt_at is not None:
            self._diary.write_hurt(self._today, chosen.stem)
        if report.hurt_at is not None:
            print("Rest now. If it stays, or comes again, see a doctor.")
            print(f"When you feel like it, gently: formcoach live --routine {gentle_routine()}")


def routine_header(chosen: Plan, doses: list[float | None], camera: str, model: Path) -> dict[str, object]:
    """What the recording of a routine says of itself: all that its replay needs."""
    from formcoach.model_file import hash_of

    specs: dict[str, str] = {}
    for step in chosen.steps:
        specs |= {} if step.spec is None else texts_of(step.spec.id)
    return {
        "created": datetime.now().astimezone().isoformat(timespec="seconds"),
        "formcoach": __version__,
        "routine": chosen.routine.id,
        "routine_toml": find_routine(chosen.routine.id).read_text("utf-8"),
        "specs": specs,
        "doses": doses,
        "camera": camera,
        "model": {"file": model.name, "sha256": hash_of(model)},
    }


def gentle_routine() -> str:
    """The id of the routine for days with pain."""
    gentle = [path.stem for path in list_routines() if read_routine(path).gentle]
    return GENTLE if GENTLE in gentle or not gentle else gentle[0]


def _plan_of(routine_id: str) -> Plan:
    return commands.read_plan(find_routine(routine_id))


def _show_note(diary: Diary, today: date) -> None:
    if diary.note_read:
        return
    print(NOTE)
    _ask("Press Enter to go on. ")
    diary.write_note(today)


def _without_pain(chosen: Plan, diary: Diary, today: date) -> str:
    """The routine to do: on a day with pain the gentle one, unless the person wants the other."""
    pain = diary.pain_on(today)
    if pain is None:
        answer = _ask(PAIN)
        if answer is None or answer not in ("y", "yes", "n", "no"):
            return chosen.routine.id  # not answered: it is asked again next time
        pain = answer in ("y", "yes")
        diary.write_pain(today, pain)
    if not pain or chosen.routine.gentle:
        return chosen.routine.id
    gentle = gentle_routine()
    print(f"You have pain today: {chosen.routine.name} is for days without. Here are the gentle exercises.")
    answer = _ask(f"Do {gentle} in its place? [Y/n] ")
    return chosen.routine.id if answer in ("n", "no") else gentle


def _ask(question: str) -> str | None:
    """An answer from the terminal, in small letters; None where nobody can be asked."""
    if not sys.stdin or not sys.stdin.isatty():
        return None
    try:
        return input(question).strip().lower()
    except EOFError:
        return None
