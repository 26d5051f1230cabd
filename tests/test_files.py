"""A file is there whole or not at all; what is no file is written to; what kills left does not pile up."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from formcoach.errors import FormcoachError
from formcoach.files import STALE_S, write_text

posix = pytest.mark.skipif(os.name == "nt", reason="links, modes and pipes are other ones there")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = tmp_path / "a.toml"
    write_text(path, "old")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)  # where a disk's faults come out at the latest
    with pytest.raises(FormcoachError) as told:
        write_text(path, "new")
    assert str(told.value) == f"{path} cannot be written ({os.strerror(code)}); name another file."
    assert (path.read_text("utf-8"), names(tmp_path)) == ("old", ["a.toml"])


def test_a_folder_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FormcoachError, match="cannot be written"):
        write_text(tmp_path / "file" / "a.toml", "new")


def test_an_interrupt_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text(tmp_path / "a.toml", "new")
    assert names(tmp_path) == []


def test_what_kills_left_is_swept_up_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a[1].toml"
    write_text(path, "old")
    now = path.stat().st_mtime
    for name, age_s in {
        "a[1].toml.17.part": 2 * STALE_S,
        "a[1].toml.18.part": STALE_S / 2,
        "a[1].toml.part": 2 * STALE_S,  # a video's, which has no number
        "another.toml.17.part": 2 * STALE_S,
        "a[1].toml.bak": 2 * STALE_S,
    }.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age_s, now - age_s))
    write_text(path, "new")
    assert names(tmp_path) == [
        "a[1].toml",
        "a[1].toml.18.part",
        "a[1].toml.bak",
        "a[1].toml.part",
        "another.toml.17.part",
    ]


@posix
def test_who_may_read_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "personal.toml"
    write_text(path, "old")
    path.chmod(0o600)
    write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.toml").touch()
    link = tmp_path / "a.toml"
    link.symlink_to(tmp_path / "own" / "a.toml")
    write_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "own" / "a.toml").read_text("utf-8") == "new"
    assert names(tmp_path / "own") == ["a.toml"]


@posix
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text("utf-8")))
    reader.start()
    write_text(pipe, "new")
    reader.join()
    assert (heard, stat.S_ISFIFO(pipe.stat().st_mode)) == (["new"], True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_device_is_written_to_and_stays_one() -> None:
    with pytest.raises(FormcoachError, match=r"^/dev/full cannot be written \(No space left on device\)"):
        write_text(Path("/dev/full"), "new")
    assert Path("/dev/full").is_char_device()
