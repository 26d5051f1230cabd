"""The studio as a small server on this machine: each request of its page, and the answer as JSON or HTML."""

from __future__ import annotations

import json
import socket
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from formcoach.bounds import Value
from formcoach.errors import FormcoachError
from formcoach.studio import Studio
from formcoach.studio_guard import MOST_SENT, Guard
from formcoach.studio_page import render_look, render_studio

_OLD = "This page was opened again elsewhere, and what was not saved in it is gone: reload it, or close it."

Body = dict[str, Any]


class Served:
    """A studio and its door on a port of this machine.

    Args:
        studio: what is served.
        port: 0 for one that is free.

    Raises:
        FormcoachError: the port is taken.
    """

    def __init__(self, studio: Studio, port: int) -> None:
        self._socket = _listen(port)
        number: int = self._socket.getsockname()[1]
        self._guard = Guard(_app(studio), number)
        config = uvicorn.Config(
            self._guard,
            ws="none",
            http="h11",
            loop="asyncio",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
        )
        self._server = uvicorn.Server(config)

    @property
    def address(self) -> str:
        """Where a browser opens it, once."""
        return self._guard.address

    def run(self, browser: bool) -> None:
        """Serve until it is stopped.

        Args:
            browser: whether to open it in the person's browser.
        """
        if browser:
            webbrowser.open(self.address)
        self._server.run(sockets=[self._socket])

    @property
    def ready(self) -> bool:
        """Whether it answers already."""
        return self._server.started

    def stop(self) -> None:
        """End it, from wherever."""
        self._server.should_exit = True


def _listen(port: int) -> socket.socket:
    made = socket.socket()
    try:
        made.bind(("127.0.0.1", port))
        made.listen()  # a browser that is quicker than the server waits
    except OSError as error:
        made.close()
        raise FormcoachError(
            f"The studio cannot use port {port} ({error.strerror}); leave --port out, or name another."
        ) from None
    return made


def _app(studio: Studio) -> Starlette:
    doors = _Doors(studio)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        studio.close()

    routes = [
        Route("/", doors.page),
        Route("/state", doors.state),
        Route("/look", doors.look),
        *(Route(f"/{name}", doors.does(act), methods=["POST"]) for name, act in doors.acts.items()),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


class _Doors:
    """What each address of the server does."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.acts: dict[str, Callable[[Body], Awaitable[object]]] = {
            "try": self._try,
            "move": self._move,
            "undo": self._undo,
            "redo": self._redo,
            "back": self._back,
            "open": self._open,
            "label": self._label,
            "save": self._save,
        }

    async def page(self, request: Request) -> Response:
        """The page itself; it begins from what is saved."""
        try:
            self._studio.begin(request.query_params.get("exercise", ""))
        except FormcoachError as error:
            return Response(str(error), 422, media_type="text/plain")
        html, policy = render_studio(self._studio.facts())
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def state(self, request: Request) -> Response:
        """What is going on."""
        if refused := self._refuse_old(request.query_params.get("page")):
            return refused
        return JSONResponse(await self._studio.state())

    async def look(self, request: Request) -> Response:
        """One recording."""
        if refused := self._refuse_old(request.query_params.get("page")):
            return refused
        try:
            looked = await self._studio.look(request.query_params.get("name", ""))
        except FormcoachError as error:
            return _sorry(error)
        html = render_look(looked.section)
        return JSONResponse({"html": html, "bounds": looked.bounds, "labelling": looked.labelling})

    def does(self, act: Callable[[Body], Awaitable[object]]) -> Callable[[Request], Awaitable[Response]]:
        """An address that does something."""

        async def door(request: Request) -> Response:
            body = await _body(request)
            if body is None:
                return _sorry("This request is none of the studio's page; reload the page.")
            if refused := self._refuse_old(body.get("page")):
                return refused
            try:
                return JSONResponse(await act(body))
            except FormcoachError as error:
                return _sorry(error)
            except (KeyError, TypeError, ValueError):
                return _sorry("This request is none of the studio's page; reload the page.")

        return door

    def _refuse_old(self, page: object) -> Response | None:
        return None if page == self._studio.page else JSONResponse({"sorry": _OLD, "old": True}, 409)

    # ---- what there is to do -------------------------------------------------------------------

    async def _try(self, body: Body) -> object:
        faults, outcome = await self._studio.attempt(self._values(body))
        return {"faults": faults, "outcome": outcome}

    async def _move(self, body: Body) -> object:
        self._studio.desk.move(self._values(body), str(body["about"])[:200])
        return await self._studio.state()

    async def _undo(self, _: Body) -> object:
        self._studio.desk.undo()
        return await self._studio.state()

    async def _redo(self, _: Body) -> object:
        self._studio.desk.redo()
        return await self._studio.state()

    async def _back(self, _: Body) -> object:
        self._studio.desk.back_to_saved()
        return await self._studio.state()

    async def _open(self, body: Body) -> object:
        await self._studio.open(str(body["name"]))
        return await self._studio.state()

    async def _label(self, body: Body) -> object:
        self._studio.label(str(body["name"]), body["labels"], str(body["about"])[:200])
        return await self._studio.state()

    async def _save(self, _: Body) -> object:
        said = self._studio.save()
        return {**await self._studio.state(), "said": said}

    def _values(self, body: Body) -> dict[str, Value]:
        low, high, tolerance = (_number(body.get(name)) for name in ("low", "high", "tolerance"))
        return self._studio.desk.values_for(str(body["address"]), low, high, tolerance)


async def _body(request: Request) -> Body | None:
    """What the page sent; None where it is something else, or too much."""
    if request.headers.get("content-type") != "application/json":
        return None
    if not request.headers.get("content-length", "").isdecimal():
        return None
    if int(request.headers["content-length"]) > MOST_SENT:
        return None
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e6:
        raise ValueError
    return float(value)


def _sorry(error: object) -> Response:
    return JSONResponse({"sorry": str(error)}, 422)
