"""Real inputs from which `fuzz.py` breeds: files of formcoach, and small ones made as it makes them."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "exercise_specs"


def texts(folder: Path, pattern: str, count: int = 8) -> Callable[[], list[bytes]]:
    """The smallest files of a folder: they are as good and quicker."""
    return lambda: sorted((path.read_bytes() for path in folder.glob(pattern)), key=len)[:count]


def recordings() -> list[bytes]:
    from formcoach.actions import Action
    from formcoach.landmarks import nobody
    from formcoach.recording import RecordingWriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.fcr")
        with RecordingWriter(path, {"exercise": "plank", "spec_toml": "format = 1"}) as writer:
            for number in range(5):
                writer.add(nobody(number / 10))
            writer.act(Action(0.5, "pause"))
            writer.close({"dropped_frames": 0})
        return [path.read_bytes()]


def readings() -> list[bytes]:
    import numpy as np

    from formcoach import kept_readings
    from formcoach.spec_file import find_spec, read_spec

    with tempfile.TemporaryDirectory() as folder:
        path, kept = Path(folder, "a.fcr"), Path(folder, "a.npz")
        path.write_bytes(recordings()[0])
        read = kept_readings.read(path, read_spec(find_spec("plank")))
        np.savez(kept, allow_pickle=False, path=np.array(str(path)), **kept_readings._packed(read))
        return [kept.read_bytes()]


def languages() -> list[bytes]:
    text = (ROOT / "languages" / "de.toml").read_bytes()
    return [text[: text.index(b"[texts]")], text[: text.index(b"[phrases]")] + b'[texts]\n"Go" = "Los"\n']


def personals() -> list[bytes]:
    lines = (
        "format = 1",
        "[bird-dog]",
        'date = "2026-03-10"',
        "neutral = { leg = 3.5 }",
        "reach = { leg = 9 }",
    )
    return ["\n".join((*lines, "[plank]", 'date = "2026-03-11"', "neutral = { hips = -2.0 }")).encode()]


_CLIP = {
    "file": "a.mp4",
    "exercise": "plank",
    "repetitions": [{"start": 1, "end": 2, "turn": 1.5, "good": True, "faults": ["sag"]}],
    "holds": [{"start": 0, "end": 9.5}],
    "faults": [{"kind": "sag", "start": 1, "end": 2}],
    "good": [{"start": 3, "end": 4}],
    "clean": False,
    "person": "Anna",
    "session": "evening",
}


def truths() -> list[bytes]:
    return [json.dumps({"format": 1, "time_tolerance_s": 0.3, "clips": [_CLIP]}).encode()]


def labels_of_one() -> list[bytes]:
    rows = ("start,turn,end,what,kind", "1,2,3,repetition,good", "4,,5,fault,sag", ",,,person,Anna")
    return ["\n".join(rows).encode(), json.dumps({"format": 1, **_CLIP}).encode()]


def tables() -> list[bytes]:
    names = [f"{side}_{part}" for side in ("left", "right") for part in ("shoulder", "hip")]
    header = ["part", "label", *(f"{name}_{end}" for name in names for end in "xyzv")]
    row = ["first", "good", *(["0.5", "0.5", "0.1", "1"] * len(names))]
    text = "\n".join((",".join(header), ",".join(row), ",".join(row))).encode()
    return [text, gzip.compress(text)]


def diaries() -> list[bytes]:
    lines = ['{"formcoach diary": 1}', '{"what": "pain", "day": "2026-03-10", "pain": true}']
    return ["\n".join(lines).encode()]


def rows() -> list[bytes]:
    row = {"file": "a.fcr", "name": "a", "exercise": "plank", "failed": "", "duration_s": 9.5, "cues": 3}
    return [json.dumps({"key": "THE KEY", "row": row}).encode()]


KINDS_OF_VIDEO = (("mp4", "libx264"), ("matroska", "mpeg4"), ("avi", "mjpeg"))


def videos() -> list[bytes]:
    return [video(kind, codec, 32, 16) for kind, codec in KINDS_OF_VIDEO]


def large_videos() -> list[bytes]:
    """The largest that are read, in 4K: what they take of memory the reader needs."""
    return [video(kind, codec, 4096, 2304) for kind, codec in KINDS_OF_VIDEO]


def video(kind: str, codec: str, width: int, height: int) -> bytes:
    """Three pictures."""
    import av
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/a"
        with av.open(path, "w", format=kind) as made:
            stream = made.add_stream(codec, rate=10)
            stream.width, stream.height = width, height
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            for number in range(3):
                image = np.full((height, width, 3), 80 * number, np.uint8)
                made.mux(stream.encode(av.VideoFrame.from_ndarray(image)))
            made.mux(stream.encode(None))
        return Path(path).read_bytes()
