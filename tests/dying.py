"""Work that ends its own worker process, for tests that need one to die."""

from __future__ import annotations

import os
import signal

from formcoach.batch import Row, Task, replay_one


def die_of_the_bad_one(task: Task) -> Row:
    """Replay, but for a file called `bad`: that takes the whole process with it, every time."""
    if task.name.startswith("bad"):
        os.kill(os.getpid(), signal.SIGKILL)
    return replay_one(task)


def die_once(task: Task) -> Row:
    """Replay, but for a file called `bad`: that takes the whole process with it, the first time."""
    mark = task.out / "died"
    if task.name.startswith("bad") and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return replay_one(task)
