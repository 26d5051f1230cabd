"""The report page: one HTML file that holds all that it shows and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from formcoach import __version__
from formcoach.errors import FormcoachError
from formcoach.page_view import Clip, Document
from formcoach.plotting import HEIGHT
from formcoach.report_text import clock

SUFFIXES = (".html", ".htm")

LARGEST = 24_000_000
"""Bytes of video that a page holds at most: as text they grow to 32 MB, the most that Firefox plays so."""

_FOLDER = "templates"
_SCRIPTS = ("players.js", "curves.js", "session.js", "page.js")
_SEVERITIES = {"stop": "The back first", "fix": "Worth correcting", "polish": "A finishing touch"}
_STATES = {"good": "Good", "partly": "Done, not all as asked", "missed": "Not counted"}


def render(page: Document) -> str:
    """The page as HTML.

    Whatever comes from files is escaped; and were something to slip through, the page's policy runs no
    script but its own and fetches nothing.
    """
    environment = _environment()
    style = _text("page.css")
    script = "\n" + "\n".join(_text(name) for name in _SCRIPTS)
    clips = [section.clip for part in page.parts for section in part.sections if section.clip is not None]
    policy = (
        f"default-src 'none'; img-src data:; media-src {_media(clips)}; script-src {_hash(script)}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    return environment.get_template("page.html").render(
        page=page, policy=policy, style=Markup(style), script=Markup(script), version=__version__
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


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("formcoach", _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    environment.globals.update(
        clock=clock, height=HEIGHT, share=_share, severity_words=_SEVERITIES, state_words=_STATES
    )
    return environment


def _text(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    # Browsers take every end of a line for this one before they compare it with its hash.
    return loader.get_source(_environment(), name)[0].replace("\r\n", "\n")


def _media(clips: list[Clip]) -> str:
    """Where videos may come from: the page itself, and its own folder where one lies beside it."""
    return "data:" if all(clip.inside for clip in clips) else "data: 'self'"


def _hash(text: str) -> str:
    """What allows just this script or style, as browsers compare it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


def _share(x: int, width: int) -> str:
    """A place along the axis of time as a share of its width."""
    return f"{100 * x / width:.3f}%"
