"""What `formcoach replay --against` does: a recording by two specs, and what differs."""

from __future__ import annotations

import argparse
from pathlib import Path

from formcoach import commands
from formcoach.comparing import compare, describe_comparison
from formcoach.errors import FormcoachError
from formcoach.files import write_json
from formcoach.recorded import spec_of, stream_for
from formcoach.recording import SUFFIX, Recording, read_recording
from formcoach.session import coach_through
from formcoach.spec import Spec
from formcoach.spec_file import read_spec, stock_spec


def rescore(options: argparse.Namespace) -> int:
    """Coach a recording by two specs, and tell what differs."""
    if len(options.files) > 1:
        raise FormcoachError("--against compares two specs on one recording; name one file.")
    (path,) = options.files
    if path.suffix != SUFFIX or options.video or options.report:
        raise FormcoachError("--against compares two specs on a recording (.fcr), without a video or a page.")
    recording = read_recording(path)
    named = options.exercise or options.spec
    after = read_spec(commands.spec_path(options)) if named else spec_of(recording.header, path)
    before = _spec_against(options.against, after, recording, path)
    stream = list(stream_for(recording, path, after))
    found = compare(coach_through(before, stream), coach_through(after, stream))
    names = options.against, str(options.spec or options.exercise or "recorded")
    print(describe_comparison(found, names))
    if options.json is not None:
        write_json(options.json, found.as_dict())
    return 0


def _spec_against(named: str, after: Spec, recording: Recording, path: Path) -> Spec:
    if named == "recorded":
        return spec_of(recording.header, path)
    if named == "stock":
        return read_spec(stock_spec(str(recording.header.get("exercise", after.id))))
    return read_spec(commands.spec_or_file(named))
