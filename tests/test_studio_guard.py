"""The door of the studio: only the browser that was given its address, and only the studio's own page."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from formcoach.spec_file import find_spec
from studio_open import opened, record


class Client:
    """Somebody who speaks with the studio, and need not be a browser."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.port = parts.port
        self.token = parts.query
        self.cookie = ""

    def ask(
        self, path: str, method: str = "GET", body: object = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """The status, the headers and the text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        sent = {"Host": f"127.0.0.1:{self.port}"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if body is not None:
            sent |= {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.port}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, None if body is None else json.dumps(body), sent)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode("utf-8")
        connection.close()
        return found

    def enter(self) -> None:
        """Bring the token, and keep the cookie that is given for it."""
        status, headers, _ = self.ask(f"/?{self.token}")
        assert status == 303 and headers["location"] == "/"
        self.cookie = headers["set-cookie"].partition(";")[0]

    def page(self) -> str:
        """The name of the page that is open, as it says itself."""
        status, _, text = self.ask("/")
        assert status == 200
        return str(json.loads(text.partition('class="facts">')[2].partition("</script>")[0])["page"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    record(folder / "own" / "a.fcr", "plank", hold_s=3, fps=10)
    record(folder / "elsewhere" / "secret.fcr", "plank", hold_s=3, fps=10)
    (folder / "own" / "link.fcr").symlink_to(folder / "elsewhere" / "secret.fcr")
    return folder


@pytest.fixture
def client(folder: Path) -> Iterator[Client]:
    with opened([folder / "own"], find_spec("plank")) as served:
        yield Client(served.address)


def test_the_token_opens_it_once(client: Client) -> None:
    other = Client(f"http://127.0.0.1:{client.port}/?{client.token}")
    assert client.ask("/")[0] == 403
    assert client.ask("/?token=wrong")[0] == 403
    assert client.ask("/?token=")[0] == 403
    client.enter()
    assert client.ask("/")[0] == 200
    assert client.ask(f"/?{client.token}")[0] == 303, "who is in already is let in again"
    status, _, words = other.ask(f"/?{client.token}")
    assert status == 403 and "has been used already" in words


def test_without_the_cookie_nothing_is_told_or_done(client: Client) -> None:
    client.enter()
    page = client.page()
    client.cookie = ""
    for path in ("/", f"/state?page={page}", f"/look?page={page}&name=a.fcr", "/nothing"):
        assert client.ask(path)[0] == 403
    for path in ("/move", "/save", "/undo"):
        assert client.ask(path, "POST", {"page": page})[0] == 403
    client.cookie = f"formcoach-studio-{client.port}=guessed"
    assert client.ask("/")[0] == 403


def test_the_cookie_is_for_this_page_alone(client: Client) -> None:
    _, headers, _ = client.ask(f"/?{client.token}")
    cookie = headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "domain" not in cookie


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "[::1]:{port}"]
)
def test_another_host_is_refused(client: Client, host: str) -> None:
    client.enter()
    assert client.ask("/", Host=host.format(port=client.port))[0] == 403


def test_a_token_is_not_spent_by_another_host(client: Client) -> None:
    assert client.ask(f"/?{client.token}", Host="evil.example")[0] == 403
    client.enter()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}"]
)
def test_another_origin_is_refused(client: Client, origin: str) -> None:
    client.enter()
    page = client.page()
    theirs = origin.format(port=client.port)
    assert client.ask("/undo", "POST", {"page": page})[0] == 200
    assert client.ask("/undo", "POST", {"page": page}, Origin=theirs)[0] == 403
    assert client.ask(f"/state?page={page}", Origin=theirs)[0] == 403
    assert client.ask(f"/state?page={page}", Sec_Fetch_Site="cross-site")[0] == 403
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Key": "eA==", "Origin": theirs}
    assert client.ask("/", **upgrade)[0] == 403


def test_what_is_done_needs_an_origin(client: Client) -> None:
    client.enter()
    page = client.page()
    body = json.dumps({"page": page})
    connection = http.client.HTTPConnection("127.0.0.1", client.port)
    connection.request("POST", "/undo", body, {"Content-Type": "application/json", "Cookie": client.cookie})
    assert connection.getresponse().status == 403
    connection.close()


def test_nothing_that_is_no_request_of_the_page_is_done(client: Client) -> None:
    client.enter()
    page = client.page()
    for body in (
        [],
        "x",
        {"page": page, "address": "checks.hips_line.good", "low": "1", "high": 2},
        {"page": page},
    ):
        status, _, words = client.ask("/try", "POST", body)
        assert status in (409, 422) and "sorry" in words
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert client.ask("/undo", "POST", {"page": page}, **form)[0] == 422
    assert client.ask("/undo", "POST", {"page": page, "much": "x" * 1_000_001})[0] == 422
    assert client.ask("/undo", "GET")[0] == 405


def test_a_page_that_was_opened_anew_takes_over(client: Client) -> None:
    client.enter()
    old = client.page()
    new = client.page()
    status, _, words = client.ask("/undo", "POST", {"page": old})
    assert status == 409 and "opened again elsewhere" in words
    assert client.ask("/undo", "POST", {"page": new})[0] == 200


@pytest.mark.parametrize(
    "name",
    [
        "../elsewhere/secret.fcr",
        "{folder}/elsewhere/secret.fcr",
        "link.fcr",
        "..%2felsewhere%2fsecret.fcr",
        "",
        "/",
    ],
)
def test_a_path_outside_the_chosen_folders_is_refused(client: Client, folder: Path, name: str) -> None:
    client.enter()
    page = client.page()
    named = name.format(folder=folder)
    status, _, words = client.ask("/open", "POST", {"page": page, "name": named})
    assert status == 422 and "is not among the recordings" in words
    status, _, words = client.ask(f"/look?page={page}&name={named}")
    assert status == 422 and "is not among the recordings" in words


def test_a_page_says_that_it_may_be_framed_by_none_and_fetch_from_none(client: Client) -> None:
    client.enter()
    _, headers, text = client.ask("/")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text
