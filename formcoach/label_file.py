"""Label files: the ground truth of many videos in one file, or the labels of one beside it.

    >>> found = labels_beside(Path("session.fcr"))

Beside `session.fcr` lies `session.labels.json`, or as a table `session.labels.csv`; `docs/evaluation.md`
tells all three forms.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formcoach.errors import FormcoachError, SpecError
from formcoach.files import write_json
from formcoach.labels import Labels, Table, as_plain, labels_of

FORMAT = 1

TOLERANCE_S = 0.3
"""Seconds by which times noted by eye may be off, where a file does not say."""

LARGEST = 10_000_000
"""Bytes; a recording's labels have some thousand."""

SUFFIX = ".labels.json"
TABLE_SUFFIX = ".labels.csv"

COLUMNS = ("start", "turn", "end", "what", "kind")
"""Of a table of labels."""

_SPANS = {"hold": "holds", "fault": "faults", "good": "good"}
_SAYS = ("exercise", "person", "session")


@dataclass(frozen=True, slots=True)
class LabelFile:
    """What a file of labels holds.

    Attributes:
        labels: of each recording or video.
        tolerance_s: how far its times may be off, seconds.
    """

    labels: tuple[Labels, ...]
    tolerance_s: float = TOLERANCE_S

    def of(self, path: Path) -> Labels | None:
        """The labels of a recording or video, by its file's name; None where there are none.

        A session has the same labels as recording and as video: `session.mp4` also stands for `session.fcr`.
        """
        same = [one for one in self.labels if Path(one.file).stem == path.stem]
        return next((one for one in same if one.file == path.name), same[0] if same else None)


def label_path(recording: Path) -> Path:
    """Where the labels of a recording or video lie: beside it."""
    return recording.with_name(recording.stem + SUFFIX)


def labels_beside(recording: Path) -> LabelFile | None:
    """The labels that lie beside a recording or video, or None.

    Raises:
        FormcoachError: they are there and cannot be read.
    """
    for path in (label_path(recording), recording.with_name(recording.stem + TABLE_SUFFIX)):
        if path.is_file():
            return read_labels(path, recording.name)
    return None


def write_labels(path: Path, labels: Labels) -> None:
    """Write the labels of one recording, whole or not at all.

    Raises:
        FormcoachError: they cannot be written.
    """
    write_json(path, {"format": FORMAT, **as_plain(labels)})


def read_labels(path: Path, file: str = "", needed: Sequence[str] = ()) -> LabelFile:
    """Read a file of labels, of whichever form.

    Args:
        path: of the file.
        file: the recording or video that it is of, where it does not say; for those that lie beside one.
        needed: fields that each recording's labels must have.

    Raises:
        FormcoachError: it cannot be read, or is something else.
        SpecError: it has faults; all of them at once.
    """
    text = _text_of(path)
    faults: list[str] = []
    if path.suffix == ".csv":
        try:
            found = LabelFile((_of_table(text, file or _file_beside(path), faults),))
        except csv.Error as error:
            raise FormcoachError(f"{path} cannot be read as labels: {error}.") from None
    else:
        found = _of_json(text, path, file, needed, faults)
    if faults:
        raise SpecError([f"{path}: {fault}" for fault in faults])
    return found


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise FormcoachError(f"{path} cannot be read as labels: it is over 10 MB.")
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise FormcoachError(f"There is no file {path}; name a ground-truth JSON file.") from None
    except OSError as error:
        raise FormcoachError(f"{path} cannot be read as labels: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise FormcoachError(f"{path} cannot be read as labels: it is not UTF-8.") from None


def _of_json(text: str, path: Path, file: str, needed: Sequence[str], faults: list[str]) -> LabelFile:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormcoachError(f"{path} cannot be read as JSON: {error}.") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not _holds_labels(data):
        raise FormcoachError(f'{path} is no ground truth: it needs "format": {FORMAT} and a list "clips".')
    table = Table(data, "", faults)
    tolerance = table.number("time_tolerance_s", needed=False)
    if tolerance is not None and tolerance < 0:
        table.fault("time_tolerance_s", f"{tolerance:g} is below 0")
    if "clips" in data:
        clips = enumerate(data["clips"])
        labels = tuple(labels_of(one, f"clips[{at}]", faults, file, needed) for at, one in clips)
    else:
        labels = (labels_of(data, "", faults, file or _file_beside(path), needed),)
    return LabelFile(labels, TOLERANCE_S if tolerance is None else tolerance)


def _holds_labels(data: dict[str, object]) -> bool:
    """Whether it is a list of clips, or the labels of one recording."""
    own = {"file", "repetitions", "holds", "faults", "good", "clean"}
    return isinstance(data["clips"], list) if "clips" in data else not own.isdisjoint(data)


def _file_beside(path: Path) -> str:
    """What labels are of that do not say it: whatever has their name, in front of `.labels`."""
    return path.name.partition(".labels.")[0]


# ---- a table -----------------------------------------------------------------------------------


def _of_table(text: str, file: str, faults: list[str]) -> Labels:
    """The labels of a table, a row each: `start,turn,end,what,kind`."""
    rows = csv.DictReader(io.StringIO(text), restval="")
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        faults.append(f"line 1: the columns are {', '.join(COLUMNS)}; {missing[0]} is missing")
        return Labels(file)
    data: dict[str, object] = {"file": file}
    lists: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        what, kind = row["what"].strip(), row["kind"].strip()
        if what == "clean":
            data["clean"] = True
        elif what in _SAYS:
            data[what] = kind
        elif what == "repetition" or what in _SPANS:
            of_it, address = _row(row, what, kind), f"line {rows.line_num}"
            # Read on its own first, so that a fault is told by its line.
            found: list[str] = []
            labels_of({"file": file, _list_of(what): [of_it]}, "", found)
            faults += [f"{address}: {fault.partition('].')[2]}" for fault in found]
            lists.setdefault(_list_of(what), []).append(of_it)
        else:
            known = ", ".join(("repetition", *_SPANS, "clean", *_SAYS))
            faults.append(f"line {rows.line_num}: {what!r} is nothing that happens; write one of {known}")
    return Labels(file) if faults else labels_of({**data, **lists}, "", faults)


def _list_of(what: str) -> str:
    return _SPANS.get(what, "repetitions")


def _row(row: dict[str, str], what: str, kind: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("start", "turn", "end"):
        if cell := row[name].strip():
            found[name] = _number(cell)
    if what == "fault":
        found["kind"] = kind
    elif what == "repetition" and kind == "good":
        found["good"] = True
    elif what == "repetition" and kind:
        found |= {"good": False, "faults": kind.split()}
    return found


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell
