"""Kills formcoach at random moments, again and again, and looks what it leaves.

    python benchmarks/kills.py --kills 200

In turns a live session that is recorded, a replay of a video to all its outputs, and the writing of a report
are killed as a power cut would do it (SIGKILL). Afterwards history and recording must open and lack no more
than the last second, and whatever has its final name must be whole. Needs a display; Xvfb will do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Result, quantile, run, spec_path
from measuring import parser as common_parser

from formcoach.errors import FormcoachError
from formcoach.history import History
from formcoach.history_read import sets_done
from formcoach.recording import Recording, read_recording
from formcoach.replaying import replay_recording
from formcoach.video_file import VideoFile

LOSS_S = 1.0
"""Seconds of a session that a kill may cost."""

TELLING = """
import sys
from formcoach import recording
from formcoach.cli import main

add = recording.RecordingWriter.add

def tell(self, sample):
    add(self, sample)
    print("sample", sample.t, flush=True)

recording.RecordingWriter.add = tell
sys.exit(main(sys.argv[1:]))
"""
"""The command line, which also tells the time of each sample that it has been given to keep."""


@dataclass(slots=True)
class Left:
    """What a kill left.

    Attributes:
        what: that was killed.
        killed: whether it was still running.
        lost_s: seconds of the session that are not in the recording; NaN where nothing is recorded.
        problems: sentences about what is not as it should be.
    """

    what: str
    killed: bool
    lost_s: float = float("nan")
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Site:
    """Where it happens: a folder with a clip, a recording, and a history of its own.

    Attributes:
        folder: for all that is written.
        clip: a video, which also stands for the camera.
        exercise: that it shows.
        recording: a recorded session.
        model: the pose model's file, or None for the one that formcoach finds.
        live_s, video_s, report_s: about how long each takes from beginning to end.
    """

    folder: Path
    clip: Path
    exercise: str
    recording: Path
    model: Path | None
    live_s: float
    video_s: float
    report_s: float

    @property
    def environment(self) -> dict[str, str]:
        """All that formcoach keeps goes into the folder."""
        own = {
            "FORMCOACH_HISTORY": str(self.folder / "history.sqlite"),
            "FORMCOACH_RECORDINGS": str(self.folder / "recordings"),
            "FORMCOACH_CAMERA_FILE": str(self.folder / "camera"),
            "FORMCOACH_PERSONAL": str(self.folder / "personal.toml"),
        }
        return {**os.environ, **own}

    @property
    def _model(self) -> list[str]:
        return [] if self.model is None else ["--model", str(self.model)]

    def live(self, _number: int) -> list[str]:
        """A session in front of the camera, recorded."""
        camera = ["--camera", str(self.clip), "--record", "--window", "--voice", "off"]
        return ["live", self.exercise, *camera, *self._model]

    def video(self, number: int) -> list[str]:
        """A replay of the clip to everything that a replay makes."""
        return ["replay", str(self.clip), "--exercise", self.exercise, *self._outputs(number), *self._model]

    def report(self, number: int) -> list[str]:
        """A replay of the recording to everything that a replay makes."""
        return ["replay", str(self.recording), *self._outputs(number)]

    def _outputs(self, number: int) -> list[str]:
        stem = self.folder / f"out-{number}"
        made = {"--json": ".json", "--report": ".html", "--video": ".mp4"}
        files = [word for option, suffix in made.items() for word in (option, f"{stem}{suffix}")]
        return [*files, "--report-video", "beside"]


def kill(site: Site, what: str, number: int, after_s: float) -> Left:
    """Start one of `live`, `video` and `report`, kill it, and look at what is left."""
    command = [sys.executable, "-c", TELLING, *getattr(site, what)(number)]
    before = set((site.folder / "recordings").glob("*.fcr"))
    with subprocess.Popen(
        command, env=site.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as one:
        try:
            out, errors = one.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            one.kill()
            out, errors = one.communicate()
    left = Left(what, one.returncode == -signal.SIGKILL)
    if one.returncode not in (0, -signal.SIGKILL):
        left.problems.append(f"it failed by itself: {errors.strip()[-300:]}")
    left.problems += broken_files(site.folder, f"out-{number}")
    if what == "live":
        times = [float(line.split()[1]) for line in out.splitlines() if line.startswith("sample ")]
        _look_at_session(site, left, set((site.folder / "recordings").glob("*.fcr")) - before, times)
    return left


def _look_at_session(site: Site, left: Left, made: set[Path], times: Sequence[float]) -> None:
    with History(site.folder / "history.sqlite") as history:
        if history.rows("PRAGMA integrity_check") != [("ok",)]:
            left.problems.append("the history is damaged")
        sets_done(history)
        if not made:
            if times:
                left.problems.append("there is no recording")
            return
        (path,) = made
        try:
            kept = read_recording(path)
        except FormcoachError as error:
            left.problems.append(str(error))
            return
        left.lost_s = max(0.0, times[-1] - kept.t[-1]) if len(kept.t) else _length(times)
        if not left.lost_s <= LOSS_S:
            left.problems.append(f"{left.lost_s:.2f} s are missing from the recording")
        left.problems += _missing_in(history, path, kept)


def _length(times: Sequence[float]) -> float:
    return times[-1] - times[0] if times else 0.0


def _missing_in(history: History, path: Path, kept: Recording) -> Iterator[str]:
    """Repetitions that the recording shows, a second or more before its end, and the history does not."""
    if not len(kept.t):
        return
    report = replay_recording(path, None).report
    due = sum(rep.end <= kept.t[-1] - LOSS_S for rep in report.repetitions)
    query = (
        'SELECT count(*) FROM repetitions JOIN sets ON sets.id = "set" '
        "JOIN sessions ON sessions.id = sets.session WHERE recording = ?"
    )
    ((there,),) = history.rows(query, str(path))
    if there < due:
        yield f"the history has {there} of {due} repetitions"


def broken_files(folder: Path, stem: str) -> Iterator[str]:
    """A sentence for each file under a final name that is not whole."""
    for path in sorted(folder.glob(f"{stem}*")):
        try:
            whole = _is_whole(path)
        except (FormcoachError, ValueError) as error:
            yield f"{path.name} is not whole: {error}"
        else:
            if not whole:
                yield f"{path.name} is not whole"


def _is_whole(path: Path) -> bool:
    if path.suffix == ".part":
        return True  # not its final name
    if path.suffix == ".json":
        return bool(json.loads(path.read_text("utf-8")))
    if path.suffix == ".html":
        return path.read_text("utf-8").rstrip().endswith("</html>")
    with VideoFile(path) as video:
        pictures = sum(1 for _ in video)
        return pictures > 0 and not video.damaged


def kills(site: Site, count: int, seed: int) -> Iterator[Left]:
    """Kill each of the three in turns, at moments spread over all of its time."""
    chance = random.Random(seed)
    for number in range(count):
        what = ("live", "video", "report")[number % 3]
        whole = getattr(site, f"{what}_s")
        # Half of the kills of a replay fall into its last third, where files get their names.
        low = 0.65 if what != "live" and number % 2 else 0.05
        left = kill(site, what, number, whole * chance.uniform(low, 1.05))
        for path in site.folder.glob(f"out-{number}*"):
            path.unlink()
        yield left


def site_for(
    folder: Path, clip: Path, exercise: str, recording: Path, model: Path | None, live_s: float
) -> Site:
    """A site, with how long a whole replay takes here now."""
    site = Site(folder, clip, exercise, recording, model, live_s, 0.0, 0.0)
    took = {}
    for what in ("video", "report"):
        began = time.perf_counter()
        command = [sys.executable, "-c", TELLING, *getattr(site, what)(0)]
        subprocess.run(command, env=site.environment, check=True, capture_output=True)
        took[f"{what}_s"] = time.perf_counter() - began
        broken = list(broken_files(folder, "out-0"))
        if broken:
            raise SystemExit(f"kills: {broken[0]}, and nothing has been killed yet")
    return Site(folder, clip, exercise, recording, model, live_s, **took)


def measure(options: argparse.Namespace) -> Result:
    with TemporaryDirectory() as folder:
        recording = options.video.with_suffix(".fcr")
        exercise = spec_path(options).stem
        site = site_for(Path(folder), options.video, exercise, recording, options.model, options.seconds)
        found = []
        for number, left in enumerate(kills(site, options.kills, options.seed), 1):
            found.append(left)
            print(
                f"{number}/{options.kills} {left.what}: {left.problems or 'well'}",
                file=sys.stderr,
                flush=True,
            )
    rows = [["killed", "times", "while it ran", "not as it should be", "lost, median", "lost, most"]]
    for what in ("live", "video", "report"):
        mine = [left for left in found if left.what == what]
        lost = [left.lost_s for left in mine if left.lost_s == left.lost_s]
        cells = [f"{quantile(lost, 0.5):.2f} s", f"{max(lost):.2f} s"] if lost else ["–", "–"]
        ran, broken = sum(left.killed for left in mine), sum(bool(left.problems) for left in mine)
        rows.append([what, str(len(mine)), str(ran), str(broken), *cells])
    broken = [left for left in found if left.problems]
    figures = {"kills": float(len(found)), "broken": float(len(broken))}
    note = "; ".join(f"{left.what}: {', '.join(left.problems)}" for left in broken)
    return Result(
        "kills",
        f"a kill costs at most {LOSS_S:.0f} s of a session, and leaves nothing half-written under its name",
        not broken,
        rows,
        figures,
        note,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = common_parser(
        "Kill formcoach at random moments and look what it leaves. The video has its recording beside it.",
        video=True,
    )
    made.add_argument("--kills", type=int, default=30, help="default: 30")
    made.add_argument("--seed", type=int, default=1, help="of the moments (default: 1)")
    made.add_argument("--seconds", type=float, default=12.0, help="of a live session at most (default: 12)")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
