"""One live session that ends once its first picture is on the screen, for `cold_start.py`.

python benchmarks/cold_start_one.py FILE SECONDS live bird-dog ...

Writes when each stage was reached to the file, in seconds after that time of the monotonic clock.
"""

import json
import sys
import time

BEGAN = float(sys.argv[2])
reached = {"python": time.monotonic() - BEGAN}

from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from formcoach import cli, commands, live_command, pose_ahead, window  # noqa: E402


def reach(stage: str) -> None:
    """The first time counts."""
    reached.setdefault(stage, time.monotonic() - BEGAN)


def watch(holder: Any, name: str, *, before: str = "", after: str = "") -> None:
    """Note when a function is called, and when it has done."""
    real = getattr(holder, name)

    def watched(*given: Any, **named: Any) -> Any:
        if before:
            reach(before)
        result = real(*given, **named)
        if after:
            reach(after)
        return result

    setattr(holder, name, watched)


def open_camera(named: str | None) -> Any:
    """As the command's own; only then is the session loaded, and can be watched."""
    camera = real_open_camera(named)
    reach("camera")
    from formcoach import live

    watch(live, "coach_live", before="loaded")
    watch(live, "take", after="judged")
    return camera


def key(self: window.Window) -> str:
    """The person ends the session once they see themselves judged."""
    pressed = real_key(self)
    if "judged" not in reached or "drawn" not in reached:
        return pressed
    reach("shown")
    return "end"


real_open_camera, live_command.open_camera = live_command.open_camera, open_camera
real_key, window.Window.key = window.Window.key, key  # type: ignore[method-assign]
watch(window.Window, "__init__", before="files", after="window")
watch(window.Window, "show", after="drawn")
watch(commands, "find_model", after="model")
watch(pose_ahead, "_open", after="pose")

if __name__ == "__main__":
    code = cli.main(sys.argv[3:])
    Path(sys.argv[1]).write_text(json.dumps(reached), "utf-8")
    sys.exit(code)
