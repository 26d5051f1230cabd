"""Real inputs for the readers of `fuzz_inside`, as the structures from which `fuzz_recipes` makes files."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import msgpack
from fuzz_recipes import archive, take_history, take_recording
from fuzz_seeds import ROOT, SPECS

SAMPLES, SHOWN = 8, 10
"""Of a recording, and of one from which a draft is made; each costs time."""


def recordings(samples: int = SAMPLES) -> list[bytes]:
    """Sessions of a drawn person, with few of their samples."""
    paths = sorted((ROOT / "recordings").glob("demo-*.fcr"))
    return [_thinned(take_recording(path), samples) for path in paths]


def demonstrations() -> list[bytes]:
    """The same, with enough of them for a draft."""
    return recordings(SHOWN)


def _thinned(recipe: dict[str, Any], samples: int) -> bytes:
    """A recording with few of its samples."""
    columns = recipe["items"][0][1]
    rows = len(columns["t"])
    chosen = [number * rows // samples for number in range(samples)]
    for name, values in columns.items():
        if isinstance(values, bytes):
            size = len(values) // rows
            columns[name] = b"".join(values[size * row : size * (row + 1)] for row in chosen)
        else:
            columns[name] = [values[row] for row in chosen]
    thinned: bytes = msgpack.packb(recipe)
    return thinned


def headers() -> list[bytes]:
    specs = {name: (SPECS / f"{name}.toml").read_text("utf-8") for name in ("cat-cow", "plank")}
    routine = 'format = 1\nname = "Two"\nabout = "Two things."\nsource = "mine"\nwhen = "now"\n'
    steps = "".join(f'\n[[steps]]\nexercise = "{name}"\nsets = 2\n' for name in specs)
    personal = {"plank": {"date": "2026-03-10", "neutral": {"hips": -2.0}, "reach": {}}}
    one = {"exercise": "plank", "spec_toml": specs["plank"], "base_toml": "", "personal": personal}
    two = {"routine": "two", "routine_toml": routine + steps, "specs": specs, "doses": [None, None]}
    return [msgpack.packb({"header": header, "items": []}) for header in (one, two)]


def histories() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history.sqlite")
        _write_history(path)
        return [path.read_bytes()]


def histories_taken() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history.sqlite")
        _write_history(path)
        return [msgpack.packb(take_history(path))]


def _write_history(path: Path) -> None:
    from formcoach.history import History

    rows = {
        "sessions": {
            "day": "2026-03-10",
            "began": "2026-03-10T18:00:00+01:00",
            "routine": "daily-15",
            "state": "ended",
            "recording": "",
        },
        "sets": {
            "session": 1,
            "number": 1,
            "exercise": "plank",
            "name": "Plank",
            "timed": 1,
            "duration_s": 30.5,
            "good": 1,
        },
        "repetitions": {
            "set": 1,
            "side": "left",
            "start_s": 1.0,
            "turn_s": 2.0,
            "end_s": 3.0,
            "performed": 1,
            "to_dose": 1,
            "held_s": 5.0,
            "kind": "",
            "why_not": "",
        },
        "holds": {
            "set": 1,
            "side": "",
            "start_s": 0.0,
            "end_s": 30.5,
            "in_form_s": 20.0,
            "to_dose": 1,
            "why_not": "",
        },
        "faults": {"set": 1, "kind": "sag", "side": "", "start_s": 1.0, "end_s": 2.0, "worst": -12.5},
        "cues": {"set": 1, "t_s": 1.5, "severity": "fix", "text": "Lift your hips"},
    }
    with History(path) as kept:
        kept.write_note(date(2026, 3, 10))
        kept.write_pain(date(2026, 3, 10), True)
        kept.write_step(date(2026, 3, 10), "daily-15", "plank", good=True)
        for table, row in rows.items():
            columns = ", ".join(f'"{name}"' for name in row)
            kept.write(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", *row.values())
        kept.write("VACUUM")
        kept.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def models() -> list[bytes]:
    network = bytes.fromhex("1c00000054464c33") + bytes(80)
    places = ("pose_detector.tflite", "pose_landmarks_detector.tflite")
    inside = ("mediapipe/modules/pose_detection/pose_detection.tflite", "mediapipe-0.10.21.dist-info/RECORD")
    bundle = [[name, network, False] for name in places]
    wheel = [[name, network, True] for name in inside]
    return [msgpack.packb(bundle), msgpack.packb(wheel), archive(bundle)]
