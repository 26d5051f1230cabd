"""The studio's page as HTML: the frame that is opened once, and the recording that is looked at in it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from formcoach import __version__
from formcoach.page_template import environment, hash_of, text
from formcoach.page_view import Section

_SCRIPTS = (
    "players.js",
    "curves.js",
    "session.js",
    "page.js",
    "studio_server.js",
    "studio_bounds.js",
    "studio_result.js",
    "studio_labels.js",
    "studio.js",
)
_STYLES = ("page.css", "studio.css")


def render_studio(facts: Mapping[str, object]) -> tuple[str, str]:
    """The frame.

    Args:
        facts: the exercise's name, its file, where it will be saved, and the page's own name.

    Returns:
        The HTML; and the policy to send with it: its own script and style, and no address but this one.
    """
    style = "\n".join(map(text, _STYLES))
    script = "\n" + "\n".join(map(text, _SCRIPTS))
    policy = (
        f"default-src 'none'; script-src {hash_of(script)}; style-src {hash_of(style)}; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    page = environment().get_template("studio.html")
    html = page.render(facts=facts, style=Markup(style), script=Markup(script), version=__version__)
    return html, policy


def render_look(section: Section) -> str:
    """One recording, with its player, its timeline and its plots."""
    return environment().get_template("studio_look.html").render(section=section)
