"""Makes the bundled demo clips in `recordings/`: a drawn person, so nobody's picture is published.

Run from anywhere: `python benchmarks/make_demo.py [clip ...]`. Each clip comes in or gets into
position, performs good repetitions, and shows one fault.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from puppet import perform  # noqa: E402
from puppet.drawing import draw  # noqa: E402

FPS = 25.0
DEMOS: dict[str, tuple[str, dict[str, object]]] = {
    "demo-bird-dog": (
        "bird-dog",
        {"reps": [("left", 1), ("right", 1)], "fault": ("knee_bent", 2, 2), "hold_s": 8.2, "rest_s": 0.8},
    ),
    "demo-hip-hinge": ("hip-hinge", {"reps": 4, "fault": ("knee_bent", 3, 3), "rest_s": 0.8, "hold_s": 0.6}),
    "demo-plank": ("plank", {"hold_s": 18.0, "fault": ("sag", 8.0, 11.5)}),
}
"""Clip: the exercise and how it is performed."""


def make(name: str) -> Path:
    """Draws one clip and returns its path."""
    exercise, how = DEMOS[name]
    performance = perform(exercise, fps=FPS, facing="left", walk_in=True, **how)
    return draw(performance, ROOT / "recordings" / f"{name}.mp4", crf=23)


def main() -> None:
    for name in sys.argv[1:] or DEMOS:
        path = make(name)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
