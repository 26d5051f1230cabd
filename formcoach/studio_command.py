"""What `formcoach studio` does: a page on this machine to tune an exercise by hand on recordings."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from formcoach import commands
from formcoach.errors import FormcoachError, SpecError
from formcoach.spec_file import find_spec, list_specs, read_spec


def studio(options: argparse.Namespace) -> int:
    """Open the studio, and serve it until Ctrl-C."""
    try:
        from formcoach.studio_server import Served
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise FormcoachError(
            "The studio needs two more packages; install them with: pip install 'formcoach[studio]'"
        ) from None
    from formcoach.recording import recordings_folder
    from formcoach.studio import Studio
    from formcoach.studio_bench import Bench
    from formcoach.studio_shelf import stock_shelf

    shelf = stock_shelf(options.places or [recordings_folder()])
    path = _spec(options, shelf.exercises)
    bench = Bench()
    try:
        choices = {} if options.spec else _choices(shelf.exercises)
        served = Served(Studio(shelf, path, bench, choices), options.port)
        print(f"The studio is open at {served.address}", flush=True)
        print("The address works once, in one browser of this machine. Ctrl-C ends the studio.", flush=True)
        served.run(browser=options.browser)
    finally:
        bench.close()
    return 0


def _choices(exercises: list[str]) -> dict[str, str]:
    """The names of the exercises of some recordings, by id; those that are not known here are left out."""
    found = {}
    for path in list_specs():
        if path.stem in exercises:
            with suppress(SpecError):
                found[path.stem] = read_spec(path).name
    return found


def _spec(options: argparse.Namespace, exercises: list[str]) -> Path:
    """The file of the exercise that was named, else that of the newest recording."""
    if options.spec is not None or options.exercise:
        return commands.spec_path(options)
    if not exercises:
        raise FormcoachError("The recordings do not say which exercise they show; name it with --exercise.")
    return find_spec(exercises[0])
