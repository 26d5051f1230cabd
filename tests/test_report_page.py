"""The page as a file: whole or not there, safe from what is in it, and asking the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coached import stock
from formcoach import reporting
from formcoach.errors import FormcoachError
from formcoach.page_view import Clip, document
from formcoach.replaying import Replayed, Wanted
from formcoach.report_page import LARGEST, data_url, render
from formcoach.reporting import in_megabytes, page_maker
from formcoach.tracing import Trace
from formcoach.video_file import VideoFile
from little_videos import make_video
from puppet import perform
from small_pages import KnownPoses, drawn, known_poses, seen
from test_cli import record

assert known_poses  # a fixture

EVIL = """<img src=x onerror=alert(1)>"'</script><script>bad()</script>{{ 7 * 7 }}"""


@pytest.fixture(scope="module")
def page() -> str:
    return render(document([seen("bird-dog", reps=1, hold_s=2, fault="knee_bent", fps=15)]))


def policy_of(text: str) -> dict[str, list[str]]:
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
    parts = [part.split() for part in content.replace("&#39;", "'").split(";")]
    return {name: values for name, *values in parts}


def test_the_policy_lets_nothing_in_but_the_pages_own_script_and_style(page: str) -> None:
    policy = policy_of(page)
    assert policy["default-src"] == ["'none'"]
    assert policy["media-src"] == policy["img-src"] == ["data:"]
    for name, tag in (
        ("script-src", r"<script type=\"module\">(.*?)</script>"),
        ("style-src", r"<style>(.*?)</style>"),
    ):
        (text,) = re.findall(tag, page, re.DOTALL)
        hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert policy[name] == [f"'sha256-{hashed}'"]


def test_nothing_in_it_leads_elsewhere(page: str) -> None:
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {
        "http://www.w3.org/2000/svg"
    }  # a name, no address
    assert all(one.startswith("#") for one in re.findall(r'href="([^"]*)"', page))
    assert not re.findall(r'\bsrc="(?!data:)', page)
    assert not re.findall(r"\son\w+=", page.partition("<script")[0])
    assert " style=" not in page


def test_what_comes_from_files_is_text_and_nothing_else() -> None:
    plank = stock("plank")
    checks = {name: replace(check, low=(EVIL,), high=(EVIL,)) for name, check in plank.checks.items()}
    spec = replace(plank, name=EVIL, about=EVIL, guided=EVIL, checks=checks)
    one = seen("plank", name=EVIL, by=spec, hold_s=8, fault="sag", fps=15)
    text = render(document([replace(one, created=EVIL, damaged=EVIL)]))
    assert "<img" not in text
    assert "bad()</script>" not in text
    assert "onerror=alert" in text  # it is shown, as text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    (data,) = re.findall(r'<script type="application/json" class="data">(.*?)</script>', text, re.DOTALL)
    assert json.loads(data)["cues"][0][1] == EVIL


def test_the_same_session_is_the_same_page(page: str) -> None:
    again = render(document([seen("bird-dog", reps=1, hold_s=2, fault="knee_bent", fps=15)]))
    assert again == page


def test_a_video_beside_the_page_may_be_played() -> None:
    one = replace(
        seen("plank", hold_s=2, fps=10), clip=Clip("a%20b.html.1.mp4", inside=False, size="30.0 MB")
    )
    text = render(document([one]))
    assert policy_of(text)["media-src"] == ["data:", "'self'"]
    assert 'src="a%20b.html.1.mp4"' in text
    assert "keep it beside this page" in text


# ---- making it ---------------------------------------------------------------------------------


def replayed(one: Path) -> Replayed:
    sight = seen("plank", hold_s=3, fps=10)
    return Replayed(sight.report, "", Trace(sight.charts, sight.track), "2026-03-04T18:05:00+01:00")


def made(path: Path, place: reporting.Place, video: Path | None) -> list[str]:
    """A page of one replay, whose clip is a copy of a video; gives what was said."""
    with page_maker(path, place) as page:
        wanted = page.wanted(is_video=video is not None)
        if wanted.clip is not None and video is not None:
            wanted.clip.write_bytes(video.read_bytes())
        page.add(Path("a.mp4"), replayed(path), wanted)
        assert page.write()
        return page.said


def test_the_video_goes_into_the_page(tmp_path: Path) -> None:
    video = make_video(tmp_path / "in.mp4", range(0, 4000, 40))
    assert made(tmp_path / "a.html", "inside", video) == []
    text = (tmp_path / "a.html").read_text("utf-8")
    (inside,) = re.findall(r'<video src="data:video/mp4;base64,([^"]+)"', text)
    assert base64.b64decode(inside) == video.read_bytes()
    assert f"The video is in this page ({in_megabytes(video.stat().st_size)})." in text
    (still, *_) = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', text)
    assert base64.b64decode(still).startswith(b"\xff\xd8")
    assert "4 March 2026, 18:05" in text
    assert {one.name for one in tmp_path.iterdir()} == {"in.mp4", "a.html"}


def test_too_large_a_video_goes_beside_it_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = make_video(tmp_path / "in.mp4")
    monkeypatch.setattr(reporting, "LARGEST", video.stat().st_size - 1)
    (said,) = made(tmp_path / "a b.html", "inside", video)
    assert said.startswith(
        "The annotated video of a.mp4 (0.1 MB) is too large to go into the page; it lies beside"
    )
    assert (tmp_path / "a b.html.1.mp4").read_bytes() == video.read_bytes()
    assert 'src="a%20b.html.1.mp4"' in (tmp_path / "a b.html").read_text("utf-8")
    assert LARGEST == 24_000_000


def test_all_videos_of_a_page_share_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = make_video(tmp_path / "in.mp4")
    monkeypatch.setattr(reporting, "LARGEST", video.stat().st_size * 3 // 2)
    with page_maker(tmp_path / "a.html", "inside") as page:
        for name in ("a.mp4", "b.mp4"):
            wanted = page.wanted(is_video=True)
            assert wanted.clip is not None
            wanted.clip.write_bytes(video.read_bytes())
            page.add(Path(name), replayed(tmp_path), wanted)
        page.write()
        assert len(page.said) == 1
    assert (tmp_path / "a.html.2.mp4").exists()
    assert not (tmp_path / "a.html.1.mp4").exists()


def test_beside_is_as_asked_for_and_needs_no_word(tmp_path: Path) -> None:
    assert made(tmp_path / "a.html", "beside", make_video(tmp_path / "in.mp4")) == []
    assert (tmp_path / "a.html.1.mp4").exists()


def test_none_leaves_the_picture_out(tmp_path: Path) -> None:
    assert made(tmp_path / "a.html", "none", make_video(tmp_path / "in.mp4")) == []
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "<video" not in text and "<img" not in text
    assert "The moving figure" in text


def test_a_page_is_called_like_one(tmp_path: Path) -> None:
    with (
        pytest.raises(FormcoachError, match=r"a name that ends in \.html\.$"),
        page_maker(tmp_path / "a.pdf", "none"),
    ):
        pass


def test_without_anything_to_show_nothing_is_written(tmp_path: Path) -> None:
    with page_maker(tmp_path / "a.html", "inside") as page:
        assert not page.write()
    assert list(tmp_path.iterdir()) == []


def test_data_urls() -> None:
    assert data_url("image/jpeg", b"abc") == "data:image/jpeg;base64,YWJj"


KILLED = """
import os, signal, sys
from pathlib import Path
from formcoach.cli import main
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(["replay", sys.argv[1], "--report", sys.argv[2]])
"""


def test_a_kill_at_the_last_moment_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    recording, page = record(tmp_path / "a.fcr", reps=1), tmp_path / "out" / "a.html"
    page.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(recording), str(page)], check=False, capture_output=True
    )
    assert done.returncode == -9
    assert not page.exists()
    assert [one.suffix for one in page.parent.iterdir()] == [".part"]


def test_a_video_is_replayed_to_its_clip_and_trace(tmp_path: Path, known_poses: type[KnownPoses]) -> None:
    from formcoach.replaying import replay_video

    clip = drawn(tmp_path, known_poses, "hip-hinge", reps=1, rest_s=0.5, move_s=0.8, hold_s=0.3)
    wanted = Wanted(tmp_path / "full.mp4", tmp_path / "small.mp4", trace=True)
    found = replay_video(clip, stock("hip-hinge"), tmp_path, wanted)
    assert found.trace is not None
    samples = perform("hip-hinge", fps=10, reps=1, rest_s=0.5, move_s=0.8, hold_s=0.3).samples
    assert found.trace.charts[0, 0].t.tolist() == [sample.t for sample in samples]
    for name in ("full.mp4", "small.mp4"):
        with VideoFile(tmp_path / name) as video:
            assert [frame.t for frame in video] == pytest.approx([sample.t for sample in samples], abs=0.001)
    assert replay_video(clip, stock("hip-hinge"), tmp_path).trace is None
