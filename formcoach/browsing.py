"""What `formcoach specs` shows beside words: an exercise's picture, and the schema for editors."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from formcoach import __version__
from formcoach.errors import FormcoachError
from formcoach.files import cache_folder
from formcoach.spec import Spec
from formcoach.spec_file import find_spec, read_spec, variants_of
from formcoach.spec_schema import spec_schema
from formcoach.spec_text import describe


def schema_text() -> str:
    """The JSON Schema of spec files, as it lies beside the specs."""
    return json.dumps(spec_schema(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def show_exercise(path: Path, picture: Path | None) -> None:
    """Print an exercise in words, and where its picture is.

    Args:
        path: the spec file.
        picture: where to write the picture; None for the cache.

    Raises:
        FormcoachError: `picture` cannot be drawn or written. The cache's is left out with a word instead.
    """
    spec = read_spec(path)
    print(describe(spec, variants_of(spec.id)), end="\n\n", flush=True)
    if picture is not None:
        if not _draw(spec, picture):
            raise FormcoachError(f"{picture} is not written: no figure could be drawn in its poses.")
        print(f"Picture: {picture}")
        return
    kept = _cached(spec, path)
    try:
        there = kept.is_file() or _draw(spec, kept)
    except FormcoachError as error:
        print(f"Picture: none ({error})", file=sys.stderr)
    else:
        print(f"Picture: {kept}" if there else "Picture: none; no figure could be drawn in its poses.")


def _draw(spec: Spec, path: Path) -> bool:
    from formcoach.picture import draw_exercise, save_picture

    image = draw_exercise(spec)
    if image is not None:
        save_picture(image, path)
    return image is not None


def _cached(spec: Spec, path: Path) -> Path:
    """Where the picture of just this spec is kept, drawn by just this version."""
    texts = path.read_bytes() + (find_spec(spec.based_on).read_bytes() if spec.based_on else b"")
    mark = hashlib.sha256(__version__.encode() + texts).hexdigest()[:8]
    return cache_folder() / "pictures" / f"{spec.id}-{mark}.png"
