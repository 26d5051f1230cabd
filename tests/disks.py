"""Disks with faults, for tests: one that is small, one that is read-only, and files that may not grow."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from formcoach.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""The command line, where no file may grow beyond so many bytes: what a quota leaves of a file is there."""


class FullDisk:
    """Stands before a file: takes `left` bytes, then there is no room."""

    def __init__(self, file: object, left: int) -> None:
        self.file, self.left = file, left

    def write(self, data: memoryview) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, "No space left on device")
        part = data[: self.left]
        self.left -= len(part)
        return self.file.write(part)  # type: ignore[attr-defined,no-any-return]

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A folder on a disk of its own with room for so many bytes; skips who may not mount one."""
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nothing may be written, by nobody; skips where that cannot be had."""
    if os.name == "nt":
        pytest.skip("folders there are read-only in another way")
    if os.geteuid():
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    _mount("--bind", str(folder), str(folder))  # who may do everything is kept out by the mount alone
    try:
        _mount("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def limited(size: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run formcoach with files of so many bytes at most."""
    pytest.importorskip("resource")
    command = [sys.executable, "-c", LIMITED, str(size), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _mount(*how: str) -> None:
    try:
        subprocess.run(["mount", *how], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a disk")
