"""Where the pose model comes from. A server on this machine stands in for Google."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from formcoach import model_file
from formcoach.errors import FormcoachError
from formcoach.model_bundle import pack
from formcoach.model_file import PUBLISHED, cache_path, cached_model, find_model, google_answers, hash_of
from formcoach.model_wheel import NoWheelError
from small_models import SMALL_DETECTOR, SMALL_LANDMARKER, network, use_small_networks

OFFICIAL = pack(network("Google's detector"), network("Google's landmarker"))


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Small models, an empty cache, and nothing to be reached."""
    use_small_networks(monkeypatch)
    for size, model in PUBLISHED.items():
        official = replace(model, sha256=(hashlib.sha256(OFFICIAL).hexdigest(),))
        monkeypatch.setitem(PUBLISHED, size, official)
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("FORMCOACH_MODEL", raising=False)
    monkeypatch.setattr(model_file.urllib.request, "urlopen", refuse)
    monkeypatch.setattr(model_file, "fetch_bundle", no_wheel)
    return tmp_path / "cache"


def refuse(*_args, **_settings):
    raise OSError("the network is unreachable")


def no_wheel(_say):
    raise NoWheelError


def wheel(_say):
    return pack(SMALL_DETECTOR, SMALL_LANDMARKER)


class Google:
    """Answers every request with the same thing, and counts them."""

    def __init__(self, status, body):
        self.asked = asked = []

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def do_HEAD(self):
                self.do_GET()

            def log_message(self, *_args):
                """Keep quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def google(monkeypatch):
    """`google(status, body)` lets Google's address answer so."""
    opened = []
    real = urllib.request.OpenerDirector.open

    def answer(status=200, body=OFFICIAL):
        server = Google(status, body)
        opened.append(server)

        def urlopen(what, timeout):
            address = what if isinstance(what, str) else what.full_url
            local = f"http://127.0.0.1:{server.server.server_port}/{address.rsplit('/', 1)[1]}"
            method = "GET" if isinstance(what, str) else what.get_method()
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            return real(opener, urllib.request.Request(local, method=method), timeout=timeout)

        monkeypatch.setattr(model_file.urllib.request, "urlopen", urlopen)
        return server

    yield answer
    for server in opened:
        server.close()


# ---- a file that the person gives -----------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.task"
    path.write_bytes(pack(network("my detector"), network("my landmarker")))
    return path


def test_a_given_file_is_taken_as_it_is(own, cache):
    assert find_model(given=own) == own
    assert not cache.exists()


def test_the_environment_may_name_the_file(own, monkeypatch):
    monkeypatch.setenv("FORMCOACH_MODEL", str(own))
    assert find_model("heavy") == own


def test_a_given_file_comes_before_the_environments(own, monkeypatch, tmp_path):
    monkeypatch.setenv("FORMCOACH_MODEL", str(tmp_path / "nothing.task"))
    assert find_model(given=own) == own


@pytest.mark.parametrize(
    ("contents", "fault"),
    [
        (None, "There is no pose model at"),
        (b"", "is not a pose model, or not a whole one"),
        (b"<html>Please log in</html>", "is not a pose model, or not a whole one"),
        (pack(b"no network....", network("one")), "is not a pose model, or not a whole one"),
        (OFFICIAL[:-30], "is not a pose model, or not a whole one"),
        (OFFICIAL.replace(b"landmarker", b"lendmarker"), "is not a pose model, or not a whole one"),
    ],
)
def test_a_given_file_that_is_no_model_is_refused_in_one_sentence(tmp_path, contents, fault):
    path = tmp_path / "own.task"
    if contents is not None:
        path.write_bytes(contents)
    with pytest.raises(FormcoachError) as raised:
        find_model(given=path)
    assert fault in str(raised.value)
    assert str(path) in str(raised.value)
    assert PUBLISHED["full"].address in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_given_folder_is_refused(tmp_path):
    with pytest.raises(FormcoachError, match="cannot be read"):
        find_model(given=tmp_path)


# ---- fetching ------------------------------------------------------------------------------------


def test_googles_copy_is_fetched_once(google, cache):
    server = google()
    said = []
    found = find_model(progress=said.append)
    assert found == cache / "pose_landmarker_full.task" == cache_path("full")
    assert found.read_bytes() == OFFICIAL
    assert server.asked == ["/pose_landmarker_full.task"]
    assert said == ["Fetching the full pose model (9 MB) from Google …"]
    assert find_model(progress=said.append) == found
    assert (len(server.asked), len(said)) == (1, 1)


@pytest.mark.parametrize("size", ["lite", "heavy"])
def test_the_other_sizes_come_from_google_too(google, size):
    google()
    assert find_model(size).name == f"pose_landmarker_{size}.task"


def test_without_google_the_wheel_serves(monkeypatch, cache):
    monkeypatch.setattr(model_file, "fetch_bundle", wheel)
    said = []
    found = find_model(progress=said.append)
    assert found.read_bytes() == wheel(None)
    assert said[-1] == "Google's copy of the pose model cannot be reached."
    monkeypatch.setattr(model_file, "fetch_bundle", no_wheel)
    assert find_model() == found


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"<html>Please log in</html>"), (404, b"nothing here"), (200, OFFICIAL[:-1]), (200, b"")],
)
def test_what_is_not_the_published_model_is_not_kept(google, monkeypatch, status, body):
    google(status, body)
    monkeypatch.setattr(model_file, "fetch_bundle", wheel)
    assert find_model().read_bytes() == wheel(None)


def test_out_of_reach_says_what_to_do():
    with pytest.raises(FormcoachError) as raised:
        find_model()
    said = str(raised.value)
    assert PUBLISHED["full"].address in said
    for word in ("--model", "FORMCOACH_MODEL", "pip", "uv"):
        assert word in said
    assert "\n" not in said


def test_out_of_reach_the_small_and_the_large_point_to_the_full_one(monkeypatch):
    monkeypatch.setattr(model_file, "fetch_bundle", wheel)
    with pytest.raises(FormcoachError, match=r"could only come from Google.*or use the full model"):
        find_model("lite")


def test_there_are_three_sizes():
    with pytest.raises(FormcoachError, match="choose one of lite, full, heavy"):
        find_model("huge")


def test_without_progress_nothing_is_printed(google, capfd):
    google()
    find_model()
    assert capfd.readouterr() == ("", "")


# ---- the cache -----------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [b"", b"x", OFFICIAL[:-1], OFFICIAL + b"x"])
def test_a_damaged_copy_is_fetched_again(google, damage):
    google()
    found = find_model()
    found.write_bytes(damage)
    assert cached_model() is None
    said = []
    assert find_model(progress=said.append).read_bytes() == OFFICIAL
    assert said[0] == f"The pose model in {found} is damaged: fetching it again."
    assert cached_model() == found


def test_the_wheels_networks_are_no_other_size(monkeypatch):
    cache_path("lite").parent.mkdir()
    cache_path("lite").write_bytes(wheel(None))
    assert cached_model("lite") is None


def test_many_at_once_do_not_disturb_each_other(monkeypatch, cache):
    together = threading.Barrier(4)

    def slow_wheel(say):
        together.wait(10)
        return wheel(say)

    monkeypatch.setattr(model_file, "fetch_bundle", slow_wheel)
    with ThreadPoolExecutor(4) as pool:
        found = {future.result() for future in [pool.submit(find_model) for _ in range(4)]}
    assert found == {cache / "pose_landmarker_full.task"}
    assert [path.read_bytes() for path in cache.iterdir()] == [wheel(None)]


def test_a_cache_that_cannot_be_written_says_so(google, monkeypatch, tmp_path):
    google()
    (tmp_path / "a file").write_text("in the way")
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path / "a file" / "cache"))
    with pytest.raises(FormcoachError, match=r"cannot be kept in .*: set FORMCOACH_CACHE to a folder"):
        find_model()


def test_another_process_that_was_first_is_fine(google, monkeypatch, cache):
    google()

    def in_the_way(self, target):
        target.write_bytes(OFFICIAL)
        raise PermissionError(13, "in use")

    monkeypatch.setattr(model_file.Path, "replace", in_the_way)
    assert find_model().read_bytes() == OFFICIAL
    assert [path.name for path in cache.iterdir()] == ["pose_landmarker_full.task"]


# ---- facts ---------------------------------------------------------------------------------------


def test_whether_google_answers(google):
    assert not google_answers()
    google(404)
    assert not google_answers()
    google(200)
    assert google_answers()


def test_the_hash_of_a_file(own):
    assert hash_of(own) == hashlib.sha256(own.read_bytes()).hexdigest()


def test_looking_for_the_model_does_not_load_mediapipe():
    code = "import sys, formcoach.model_file; sys.exit('mediapipe' in sys.modules or 'cv2' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
