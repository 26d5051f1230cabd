"""What `formcoach spec new` does: a demonstration becomes the draft of an exercise file."""

from __future__ import annotations

import argparse
from pathlib import Path

from formcoach import commands
from formcoach.errors import FormcoachError
from formcoach.files import write_text
from formcoach.landmarks import PoseSample
from formcoach.spec_file import parse_spec


def spec(options: argparse.Namespace) -> int:
    """Write a draft, and tell what was made out and what was not."""
    from formcoach.draft_text import draft_text, in_words
    from formcoach.drafting import draft

    path: Path = options.out or Path(f"{options.name}.toml")
    commands.check_writable(path)
    if path.exists() and not options.replace:
        raise FormcoachError(f"{path} is there already; name another file with --out, or add --replace.")
    made = draft([_samples(file) for file in options.recordings], path.stem)
    text = draft_text(made, [file.name for file in options.recordings])
    parse_spec(text, path.name)
    write_text(path, text)
    for file, shown in zip(options.recordings, made.shown, strict=True):
        print(f"{file.name}: {in_words(shown)}")
    print("Look at:")
    for sentence in made.unsure:
        print(f"- {sentence}")
    print(f"Draft: {path}\nTry it: formcoach replay {options.recordings[0]} --spec {path}")
    return 0


def _samples(file: Path) -> list[PoseSample]:
    from formcoach.recording import SUFFIX, read_recording

    if file.suffix != SUFFIX:
        raise FormcoachError(
            f"{file} is no recording (.fcr); record the demonstration first: formcoach live ID --record."
        )
    return [item for item in read_recording(file).stream() if isinstance(item, PoseSample)]
