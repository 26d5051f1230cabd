"""The templates of the pages: what they are made with, and what lets a browser run just their own script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from formcoach.legible import legible
from formcoach.report_text import clock

_FOLDER = "templates"
_SEVERITIES = {"stop": "The back first", "fix": "Worth correcting", "polish": "A finishing touch"}
_STATES = {"good": "Good", "partly": "Done, not all as asked", "missed": "Not counted"}


@cache
def environment() -> Environment:
    """What renders them: everything that comes from files is escaped."""
    made = Environment(
        loader=PackageLoader("formcoach", _FOLDER),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    made.globals.update(clock=clock, share=_share, severity_words=_SEVERITIES, state_words=_STATES)
    return made


def text(name: str) -> str:
    """A script or a style as it is."""
    loader = environment().loader
    assert loader is not None
    # Browsers take every end of a line for this one before they compare it with its hash.
    return loader.get_source(environment(), name)[0].replace("\r\n", "\n")


def hash_of(source: str) -> str:
    """What allows just this script or style, as browsers compare it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode('ascii')}'"


def _seen(value: object) -> object:
    """A text with everything unseen in it as an escape; what is markup already stays as it is."""
    return legible(value) if type(value) is str else value


def _share(x: int, width: int) -> str:
    """A place along the axis of time as a share of its width."""
    return f"{100 * x / width:.3f}%"
