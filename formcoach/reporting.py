"""Makes the report page of one or several replays: with their videos in it, beside it, or left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args
from urllib.parse import quote

from formcoach.errors import FormcoachError
from formcoach.files import write_text
from formcoach.legible import printable
from formcoach.page_view import Clip, Seen, document, moments
from formcoach.replaying import Replayed, Wanted
from formcoach.report_page import LARGEST, check_page, data_url, render
from formcoach.stills import stills
from formcoach.tracing import Trace

Place = Literal["inside", "beside", "none"]
"""Where the annotated videos of a page go."""

PLACES: tuple[Place, ...] = get_args(Place)


class PageMaker:
    """Collects what replays saw, and writes it as one page.

    Attributes:
        path: of the page.
        said: sentences about what was done otherwise than asked for.
    """

    def __init__(self, path: Path, place: Place, folder: Path) -> None:
        self.path = path
        self.said: list[str] = []
        self._place = place
        self._folder = folder
        self._room = LARGEST if place == "inside" else 0
        self._files: list[Seen] = []

    def wanted(self, *, is_video: bool, video: Path | None = None) -> Wanted:
        """What the next replay has to make for the page; and the annotated video that was asked for."""
        clip = self._folder / f"{len(self._files) + 1}.mp4" if is_video and self._place != "none" else None
        return Wanted(video, clip, trace=True)

    def add(self, source: Path, replayed: Replayed, wanted: Wanted) -> None:
        """Take in what a replay saw."""
        assert replayed.trace is not None
        self._files.append(
            Seen(
                printable(source.name),
                replayed.report,
                replayed.trace.charts,
                replayed.trace.track,
                _day(replayed.created),
                replayed.damaged,
                *self._shown(source, replayed, replayed.trace, wanted.clip),
            )
        )

    def write(self) -> bool:
        """Write the page, and say whether there was anything to write."""
        if self._files:
            write_text(self.path, render(document(self._files)))
        return bool(self._files)

    def _shown(
        self, source: Path, replayed: Replayed, trace: Trace, clip: Path | None
    ) -> tuple[Clip | None, dict[float, str]]:
        """The clip, and stills of it."""
        if clip is None or not clip.exists():
            return None, {}
        pictures = stills(clip, moments(replayed.report, trace.charts))
        urls = {t: data_url("image/jpeg", picture) for t, picture in pictures.items()}
        return self._placed(source, clip), urls

    def _placed(self, source: Path, clip: Path) -> Clip:
        size = clip.stat().st_size
        if size <= self._room:
            self._room -= size
            return Clip(data_url("video/mp4", clip.read_bytes()), inside=True, size=in_megabytes(size))
        beside = self.path.with_name(f"{self.path.name}.{clip.name}")
        _copy(clip, beside)
        if self._place == "inside":
            self.said.append(
                f"The annotated video of {source.name} ({in_megabytes(size)}) is too large to go into the "
                f"page; it lies beside it as {beside.name}: keep the two together."
            )
        return Clip(quote(beside.name), inside=False, size=in_megabytes(size))


@contextmanager
def page_maker(path: Path, place: Place) -> Iterator[PageMaker]:
    """A maker of a page, with a folder for its videos until it is written.

    Raises:
        FormcoachError: no page can be called so.
    """
    check_page(path)
    with TemporaryDirectory(prefix="formcoach-") as folder:
        yield PageMaker(path, place, Path(folder))


def in_megabytes(size: int) -> str:
    """So many bytes in words."""
    return f"{max(0.1, size / 1e6):.1f} MB"


def _copy(clip: Path, beside: Path) -> None:
    part = beside.with_name(f"{beside.name}.part")
    try:
        shutil.copyfile(clip, part)
        part.replace(beside)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FormcoachError(f"The video {beside} cannot be written ({error.strerror}).") from None


def _day(created: str) -> str:
    """When something was recorded, in words; as it stands where it is no date."""
    try:
        when = datetime.fromisoformat(created)
    except ValueError:
        return printable(created)
    return f"{when.day} {when:%B %Y, %H:%M}"
