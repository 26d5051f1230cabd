"""The reader that `fuzz.py` feeds with requests of a page: the studio's own server, door and all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgpack
from fuzz_files import Reader, Take
from fuzz_recipes import recording, unpacked
from fuzz_seeds import SPECS
from fuzz_twists import twist_packed

SMALL, BOUND = "back-extension-on-elbows", "checks.elbows_under_shoulders.good"
"""The exercise that the studio has open, and a bound of it."""

REQUESTS = 2
"""Of an input, one after the other."""


def _studio(folder: Path) -> Take:
    """Requests of the page, in any order, to a studio with one recording that cannot be opened."""
    from formcoach.spec_file import read_spec
    from formcoach.studio import Studio
    from formcoach.studio_bench import Bench
    from formcoach.studio_guard import Guard
    from formcoach.studio_server import _app
    from formcoach.studio_shelf import stock_shelf

    own = folder / f"{SMALL}.toml"
    stock = (SPECS / own.name).read_bytes()
    own.write_bytes(stock)
    (folder / "a.fcr").write_bytes(recording({"header": {"exercise": SMALL, "routine": "x"}, "items": []}))
    studio = Studio(stock_shelf([folder]), own, Bench(1), {SMALL: read_spec(own).name})
    guard = Guard(_app(studio), 80)
    cookie = f"{guard._cookie}={guard._session}"
    loop = asyncio.new_event_loop()

    async def ask(request: Any) -> None:
        if not isinstance(request, dict):
            return
        body = request.get("body")
        if isinstance(body, dict) and request.get("page") is True:
            body = {"page": studio.page, **body}
        query = str(request.get("query")).replace("PAGE", studio.page)
        await _ask(guard, {**request, "query": query}, json.dumps(body, default=str).encode(), cookie)

    def take(data: bytes) -> None:
        requests = unpacked(data)
        for request in requests[:REQUESTS] if isinstance(requests, list) else ():
            loop.run_until_complete(ask(request))
        for made in folder.glob(f"{own.name}?*"):
            made.unlink()
        names = {path.name for path in folder.iterdir()}
        assert names <= {own.name, "a.fcr", "a.labels.json"}, names
        own.write_bytes(stock)

    return take


async def _ask(app: Callable[..., Any], request: dict[Any, Any], body: bytes, cookie: str) -> None:
    """One request as a server hands it on; an answer of 500 or none at all is a finding."""
    path, query, method = (str(request.get(name, "")) for name in ("path", "query", "method"))
    headers = {"host": "localhost:80", "cookie": cookie, "content-type": "application/json"}
    headers |= {"content-length": str(len(body)), "origin": "http://localhost:80"}
    others = request.get("headers")
    headers |= {str(name): str(value) for name, value in (others if isinstance(others, dict) else {}).items()}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": query.encode("latin-1", "replace"),
        "headers": [
            (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
            for name, value in headers.items()
        ],
    }
    answers: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answers.append(message["status"])

    await app(scope, receive, send)
    assert answers and answers[0] < 500, answers


def _requests() -> list[bytes]:
    def post(door: str, **body: object) -> dict[str, object]:
        return {"method": "POST", "path": f"/{door}", "query": "", "headers": {}, "page": True, "body": body}

    def get(path: str, query: str) -> dict[str, object]:
        return {"method": "GET", "path": path, "query": query, "headers": {}, "page": False, "body": {}}

    bound = {"address": BOUND, "low": -0.5, "high": 0.5, "tolerance": 0.05, "about": "Moved"}
    labels = {"repetitions": [], "holds": [{"start": 1.0, "end": 9.0}], "faults": [], "clean": False}
    requests = (
        (post("try", **bound),),
        (post("move", **bound), post("save")),
        (post("undo"), post("redo")),
        (post("label", name="a.fcr", labels=labels, about="A hold"), post("save")),
        (post("back"), post("open", name="a.fcr")),
        (get("/look", "page=PAGE&name=a.fcr"), get("/state", "page=PAGE")),
        (get("/", f"exercise={SMALL}"), get("/", "token=x")),
    )
    return [msgpack.packb(one) for one in requests]


READER = Reader("studio", "requests to the studio", _requests, _studio, twist_packed)
