"""Makes the bundled demos in `recordings/`: a drawn person, so nobody's picture is published.

Run from anywhere: `python benchmarks/make_demo.py [draw|record|picture|page ...] [clip ...]`; without a step
all are done, without a clip all. Each clip comes in or gets into position, performs good repetitions, and
shows one fault. `draw` makes the `.mp4`; `record` looks at it with the real pose model and keeps what it saw
as a `.fcr`; `picture` keeps a moment of its fault for the documents, and `page` its report page as Chromium
shows it. After recording, look over what the golden tests make of it: `tests/test_golden.py`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

FPS = 25.0
CREATED = "2026-01-01T00:00:00+00:00"
"""What a recording says of when it was made: always the same, so that the same samples are the same file."""

DEMOS: dict[str, tuple[str, dict[str, object]]] = {
    "demo-bird-dog": (
        "bird-dog",
        {"reps": [("left", 1), ("right", 1)], "fault": ("knee_bent", 2, 2), "hold_s": 8.2, "rest_s": 0.8},
    ),
    "demo-hip-hinge": ("hip-hinge", {"reps": 4, "fault": ("knee_bent", 3, 3), "rest_s": 0.8, "hold_s": 0.6}),
    "demo-plank": ("plank", {"hold_s": 18.0, "fault": ("sag", 8.0, 11.5)}),
}
"""Clip: the exercise and how it is performed."""

MOMENTS = {"demo-bird-dog": 24.0, "demo-hip-hinge": 18.0, "demo-plank": 20.0}
"""Second of each clip in which its fault is pictured."""

PICTURE_HEIGHT = 540


def draw_clip(name: str) -> Path:
    """Draws one clip and returns its path."""
    from puppet import perform
    from puppet.drawing import draw

    exercise, how = DEMOS[name]
    performance = perform(exercise, fps=FPS, facing="left", walk_in=True, **how)
    return draw(performance, ROOT / "recordings" / f"{name}.mp4", crf=23)


def record_clip(name: str) -> Path:
    """Records what the pose model sees in a drawn clip, as a live session would, and returns the path."""
    from formcoach.commands import header
    from formcoach.model_file import find_model
    from formcoach.recording import SUFFIX, RecordingWriter
    from formcoach.replaying import samples_of
    from formcoach.spec_file import read_spec, stock_folder

    spec_path = stock_folder() / f"{DEMOS[name][0]}.toml"
    spec, clip, model = read_spec(spec_path), ROOT / "recordings" / f"{name}.mp4", find_model()
    kept_header = header(spec, spec_path, clip.name, model) | {"created": CREATED}
    # All samples first: written at leisure, the recording would be cut into parts by the clock.
    samples = list(samples_of(clip, model, back=spec.wants_back))
    kept = clip.with_suffix(SUFFIX)
    part = kept.with_name(f"{kept.name}.part")
    part.unlink(missing_ok=True)
    with RecordingWriter(part, kept_header) as recorder:
        for sample in samples:
            recorder.add(sample)
        recorder.close({"dropped_frames": 0})
    return part.replace(kept)


def picture_clip(name: str) -> Path:
    """Keeps what the coach shows at one moment of a clip, and for the bird-dog of its recording."""
    import tempfile

    from formcoach.model_file import find_model
    from formcoach.replaying import Wanted, replay_recording, replay_video
    from formcoach.spec_file import read_spec, stock_folder

    exercise = DEMOS[name][0]
    clip = ROOT / "recordings" / f"{name}.mp4"
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder, "film.mp4")
        if name == "demo-bird-dog":
            replay_recording(clip.with_suffix(".fcr"), None, Wanted(video=film))
            _keep_moment(film, MOMENTS[name], ROOT / "docs" / "recording.jpg")
        replay_video(clip, read_spec(stock_folder() / f"{exercise}.toml"), find_model(), Wanted(video=film))
        return _keep_moment(film, MOMENTS[name], ROOT / "docs" / f"{exercise}.jpg")


def picture_page(name: str) -> Path:
    """Keeps the report page of a recording as a browser shows it; the documents have that of the bird-dog."""
    import shutil
    import tempfile

    import cv2
    from playwright.sync_api import sync_playwright

    from formcoach.cli import main

    kept = ROOT / "docs" / "report.jpg"
    if name != "demo-bird-dog":
        return kept
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page, picture = Path(folder, "page.html"), str(Path(folder, "page.png"))
        main(["replay", str(ROOT / "recordings" / f"{name}.fcr"), "--report", str(page)])
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1360, "height": 1430}, color_scheme="light")
        tab.goto(page.as_uri())
        tab.locator(".row").last.click()
        tab.locator(".zoom-out").click()
        tab.screenshot(path=picture)
        browser.close()
        image = cv2.resize(cv2.imread(picture), None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(kept), image, [cv2.IMWRITE_JPEG_QUALITY, 82])
    return kept


def _keep_moment(film: Path, t: float, kept: Path) -> Path:
    import cv2

    from formcoach.video_file import VideoFile

    with VideoFile(film) as video:
        image = next(frame.image for frame in video if frame.t >= t)
    size = (round(image.shape[1] * PICTURE_HEIGHT / image.shape[0]), PICTURE_HEIGHT)
    cv2.imwrite(
        str(kept), cv2.resize(image, size, interpolation=cv2.INTER_AREA), [cv2.IMWRITE_JPEG_QUALITY, 88]
    )
    return kept


STEPS = {"draw": draw_clip, "record": record_clip, "picture": picture_clip, "page": picture_page}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="*", choices=[*STEPS, *DEMOS], metavar="step or clip")
    what = parser.parse_args().what
    for name in [one for one in what if one in DEMOS] or DEMOS:
        for step in [one for one in STEPS if one in what] or STEPS:
            path = STEPS[step](name)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
