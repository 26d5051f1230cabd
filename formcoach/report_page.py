"""The report page: one HTML file that holds all that it shows and asks the network for nothing."""

from __future__ import annotations

import base64
from pathlib import Path

from markupsafe import Markup

from formcoach import __version__
from formcoach.errors import FormcoachError
from formcoach.page_template import environment, hash_of, text
from formcoach.page_view import Clip, Document

SUFFIXES = (".html", ".htm")

LARGEST = 24_000_000
"""Bytes of video that a page holds at most: as text they grow to 32 MB, the most that Firefox plays so."""

_SCRIPTS = ("players.js", "curves.js", "session.js", "page.js")


def render(page: Document) -> str:
    """The page as HTML.

    Whatever comes from files is escaped; and were something to slip through, the page's policy runs no
    script but its own and fetches nothing.
    """
    style = text("page.css")
    script = "\n" + "\n".join(text(name) for name in _SCRIPTS)
    clips = [section.clip for part in page.parts for section in part.sections if section.clip is not None]
    policy = (
        f"default-src 'none'; img-src data:; media-src {_media(clips)}; script-src {hash_of(script)}; "
        f"style-src {hash_of(style)}; base-uri 'none'; form-action 'none'"
    )
    return (
        environment()
        .get_template("page.html")
        .render(page=page, policy=policy, style=Markup(style), script=Markup(script), version=__version__)
    )


def check_page(path: Path) -> None:
    """Find out before the work, not after it, that a page cannot be called so.

    Raises:
        FormcoachError: its name does not end like a page's.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise FormcoachError(f"A report page cannot be written to {path}; give it a name that ends in .html.")


def data_url(kind: str, data: bytes) -> str:
    """Data as an address that holds it: of a picture or a video in the page itself."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _media(clips: list[Clip]) -> str:
    """Where videos may come from: the page itself, and its own folder where one lies beside it."""
    return "data:" if all(clip.inside for clip in clips) else "data: 'self'"
