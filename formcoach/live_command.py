"""What `formcoach live` does: one exercise or a routine in front of the camera, and what is asked before."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcoach import commands
from formcoach.errors import FormcoachError
from formcoach.files import write_json
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.language_file import read_language
from formcoach.pose_ahead import pose_ahead
from formcoach.routine import Plan
from formcoach.routine_file import find_routine, list_routines, read_routine
from formcoach.spec import Spec
from formcoach.spec_file import read_spec

if TYPE_CHECKING:
    from formcoach.language import Say
    from formcoach.live import LiveResult, MakeFilm
    from formcoach.pose import PoseReader
    from formcoach.showing import Showing
    from formcoach.steady_camera import SteadyCamera
    from formcoach.steady_keeping import SteadyRecorder, Unkept
    from formcoach.voice import Voice
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
    read_language(options.language)
    with History() as history:
        _show_note(history, today)
        if isinstance(chosen, Plan):
            chosen = _plan_of(_without_pain(chosen, history, today))
        return _Evening(options, history, today).run(chosen)


class _Evening:
    """One window and one camera, for an exercise and for the gentle ones that may follow."""

    def __init__(self, options: argparse.Namespace, history: History, today: date) -> None:
        self._options = options
        self._history = history
        self._today = today
        self._coached = False

    def run(self, chosen: Plan | Path) -> int:
        from formcoach.window import Window

        with ExitStack() as stack:
            window = stack.enter_context(Window("formcoach", full_screen=not self._options.window))
            model = commands.find_model(self._options)
            wants_back = (chosen if isinstance(chosen, Plan) else self._spec(chosen)).wants_back
            opened = stack.enter_context(pose_ahead(model, back=wants_back))
            camera = stack.enter_context(open_camera(self._options.camera))
            result = self._coach(chosen, window, camera, model, opened)
            if result.wants_gentle and not result.failure:
                result = self._coach(_plan_of(gentle_routine()), window, camera, model)
        if result.failure:
            raise FormcoachError(result.failure)
        return 0

    def _coach(
        self,
        chosen: Plan | Path,
        window: Window,
        camera: SteadyCamera,
        model: Path,
        opened: Callable[[], PoseReader] | None = None,
    ) -> LiveResult[Any]:
        """Coach, record and tell; the recording is closed before anything is told."""
        json_file = self._options.json
        if json_file is not None and self._coached:  # the gentle ones have a report of their own
            json_file = json_file.with_stem(f"{json_file.stem}-gentle")
        self._coached = True
        from formcoach.live import coach_live
        from formcoach.routine_session import RoutineSession
        from formcoach.session import Session
        from formcoach.showing import Showing
        from formcoach.steady_keeping import Unkept
        from formcoach.translated import Translator

        header = self._header(chosen, camera.name, model)
        with ExitStack() as stack:
            unkept = Unkept(lambda sentence: print(f"formcoach: {sentence}", file=sys.stderr, flush=True))
            recorder, recording, keep_video = self._recorder(stack, chosen, header, unkept)
            session: Any
            if isinstance(chosen, Plan):
                session = RoutineSession(chosen, recorder)
            else:
                session = Session(self._spec(chosen), recorder)
            log = self._log(chosen, recording, unkept)
            language = read_language(self._options.language)
            translate = Translator(language)
            showing = Showing(
                mirror=self._options.mirror,
                all_angles=self._options.angles,
                ghosts=True,
                say=language.of,
            )
            voice = stack.enter_context(voice_of(self._options))
            result: LiveResult[Any] = coach_live(
                session,
                camera,
                model,
                window,
                showing,
                keep_video=keep_video,
                listen=log.hear,
                voice=voice,
                shown_as=lambda scene: translate(unkept.shown(scene)),
                stats=self._options.stats,
                opened=opened,
            )
            if voice is not None and result.failure:
                voice.lose_camera()
            log.finish(result.report)
            if recorder is not None:
                recorder.close(
                    {
                        "dropped_frames": result.dropped,
                        "stages_ms": result.stages_ms,
                        "camera_gaps": camera.gaps,
                    }
                )
        commands.tell(result.report, None)
        if voice is not None and self._options.transcript:
            from formcoach.transcript import transcript

            print(f"\nWhat was said:\n{transcript(voice.lines())}")
        if recording is not None:
            print(f"Recorded: {recording}")
            if keep_video is not None:
                print(f"Camera picture: {recording.with_suffix('.mp4')}")
        if json_file is not None:
            write_json(json_file, result.report.as_dict())
        if result.report.hurt_at is not None:
            print("Rest now. If it stays, or comes again, see a doctor.")
            print(f"When you feel like it, gently: formcoach live --routine {gentle_routine()}")
        elif not (result.closed or result.failure):
            _show_end(window, showing, result.report, language.of)
        return result

    def _spec(self, path: Path) -> Spec:
        """The exercise as it is for this person; a file that is being written as it is."""
        return commands.read_own(path) if self._options.spec is None else read_spec(path)

    def _log(self, chosen: Plan | Path, recording: Path | None, unkept: Unkept) -> SessionLog:
        return SessionLog(
            self._history,
            datetime.now().astimezone(),
            routine=chosen.routine.id if isinstance(chosen, Plan) else "",
            recording="" if recording is None else str(recording),
            complain=unkept.tell,
        )

    def _header(self, chosen: Plan | Path, camera: str, model: Path) -> dict[str, object]:
        if isinstance(chosen, Plan):
            return commands.routine_header(chosen, self._doses(chosen), camera, model)
        return commands.header(read_spec(chosen), chosen, camera, model)

    def _doses(self, chosen: Plan) -> list[float | None]:
        return self._history.doses(chosen.routine, self._today)

    def _recorder(
        self, stack: ExitStack, chosen: Plan | Path, header: dict[str, object], unkept: Unkept
    ) -> tuple[SteadyRecorder | None, Path | None, MakeFilm | None]:
        if not (self._options.record or self._options.record_video):
            return None, None, None
        from formcoach.recording import begin_recording, recordings_folder
        from formcoach.steady_keeping import SteadyRecorder, SteadyVideo

        name = chosen.routine.id if isinstance(chosen, Plan) else chosen.stem
        commands.make_folder(recordings_folder(), "say where with FORMCOACH_RECORDINGS")
        recorder = stack.enter_context(begin_recording(name, datetime.now(), header))
        recording = recorder.path
        keep_video: MakeFilm | None = None
        if self._options.record_video:
            make = commands.video_keeper(recording.with_suffix(".mp4"))
            keep_video = lambda width, height: SteadyVideo(make(width, height), unkept)  # noqa: E731
        return SteadyRecorder(recorder, unkept), recording, keep_video


@contextmanager
def voice_of(options: argparse.Namespace) -> Iterator[Voice | None]:
    """The voice that was asked for; where there is none it says so in a sentence, and is silent."""
    if options.voice == "off":
        yield None
        return
    from formcoach.mouth_process import Mouths
    from formcoach.talker import Talker
    from formcoach.voice import Voice

    def complain(why: str) -> None:
        print(f"formcoach: No voice ({why}); 'formcoach doctor' says what to do.", file=sys.stderr)

    language = read_language(options.language)
    with (
        Mouths(language.voices, options.rate) as mouths,
        Voice(Talker(language, options.voice), mouths, complain) as voice,
    ):
        yield voice


def open_camera(named: str | None) -> SteadyCamera:
    """The camera that was named, which is remembered; else the one of the last time."""
    from formcoach.camera_names import FIRST, list_cameras, name_of, remember, remembered, source_of
    from formcoach.steady_camera import SteadyCamera

    cameras = list_cameras()
    if named is None:
        kept = remembered()
        named = source_of(kept, cameras)
        if named == kept and kept != FIRST and not _is_openable(kept):
            print(f"The camera of the last time, {kept}, is not here; taking the first one.", file=sys.stderr)
            named = FIRST
        return SteadyCamera(named)
    source = source_of(named, cameras)
    camera = SteadyCamera(source)
    if not camera.is_file:
        remember(name_of(source, cameras))
    return camera


def _is_openable(source: str) -> bool:
    """Whether it looks like a number, a path or an address; a name that no camera has is none of them."""
    return source.isdecimal() or "://" in source or Path(source).exists()


def _show_end(window: Window, showing: Showing, report: Any, say: Say) -> None:
    from formcoach.live import show_end
    from formcoach.praise import after_routine, after_set
    from formcoach.routine_report import RoutineReport

    after = after_routine if isinstance(report, RoutineReport) else after_set
    show_end(window, showing, after(report, say))


def gentle_routine() -> str:
    """The id of the routine for days with pain."""
    gentle = [path.stem for path in list_routines() if read_routine(path).gentle]
    return GENTLE if GENTLE in gentle or not gentle else gentle[0]


def _plan_of(routine_id: str) -> Plan:
    return commands.read_plan(find_routine(routine_id))


def _show_note(history: History, today: date) -> None:
    if history.note_read:
        return
    print(NOTE)
    _ask("Press Enter to go on. ")
    history.write_note(today)


def _without_pain(chosen: Plan, history: History, today: date) -> str:
    """The routine to do: on a day with pain the gentle one, unless the person wants the other."""
    pain = history.pain_on(today)
    if pain is None:
        answer = _ask(PAIN)
        if answer is None or answer not in ("y", "yes", "n", "no"):
            return chosen.routine.id  # not answered: it is asked again next time
        pain = answer in ("y", "yes")
        history.write_pain(today, pain)
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
