"""The door of the studio: it answers only the one browser that was given its address, and only its own page.

The address that is printed holds a token. Whoever brings it first is given a cookie, and from then on the
token opens nothing any more. Every request must name this machine and port as its host, so that no name made
to lead here by somebody else's server does; and what another page makes the browser send is refused, be it
for a page, for data or for a socket.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TOKEN = "token"
"""What the token is called in the address."""

MOST_SENT = 1_000_000
"""Bytes of a request at most; the page sends a few hundred."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_ELSEWHERE = "This studio is only for the page that it opened itself."
_NO_TOKEN = (
    "This address opens no studio, or has been used already. The studio's own window has it open; to open it "
    "elsewhere, start 'formcoach studio' again."
)


class Guard:
    """Lets through what the studio's own page asks for.

    Args:
        app: what is guarded.
        port: on which it is served, on this machine alone.
    """

    def __init__(self, app: App, port: int) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._cookie = f"formcoach-studio-{port}"  # a browser keeps the cookies of all ports together
        self._token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self.address = f"http://127.0.0.1:{port}/?{TOKEN}={self._token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no socket, so whoever does is not the page
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            refusal.headers.update(_HEADERS)
            await refusal(scope, receive, send)
            return

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                more = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """What to answer in place of the studio; None for its own page."""
        headers = Headers(scope=scope)
        if not self._is_own(headers, scope["method"]):
            return PlainTextResponse(_ELSEWHERE, 403)
        token = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN, [""])[0]
        if self._is_known(headers):
            return RedirectResponse("/", 303) if token else None
        if not self._takes(token) or scope["method"] != "GET":
            return PlainTextResponse(_NO_TOKEN, 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
        return answer

    def _is_own(self, headers: Headers, method: str) -> bool:
        """Whether it is the page itself that asks, or a person who typed the address."""
        host = headers.get("host", "")
        if host not in self._hosts or len(headers.getlist("host")) != 1:
            return False
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return method in ("GET", "HEAD")
        return origin == f"http://{host}"

    def _is_known(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        kept = cookies.get(self._cookie)
        return kept is not None and secrets.compare_digest(kept.value.encode(), self._session.encode())

    def _takes(self, token: str) -> bool:
        """Whether this is the token; it is so only once."""
        if self._token is None or not secrets.compare_digest(token.encode(), self._token.encode()):
            return False
        self._token = None
        return True
