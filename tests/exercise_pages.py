"""What docs/exercises.md says of each exercise, from its spec; run as a script it writes and draws it."""

from __future__ import annotations

import re

from formcoach.dose_text import dose_in_words
from formcoach.picture import draw_exercise, save_picture
from formcoach.spec import SEVERITIES, Severity, Spec
from formcoach.spec_file import read_spec, stock_folder
from formcoach.spec_text import CAMERA, POSITION
from pages import ROOT, page

BLOCK = re.compile(r"(<!-- exercise ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
WEIGHT: dict[Severity, str] = {
    "stop": "Your back first",
    "fix": "Worth correcting",
    "polish": "Finishing touches",
}


def block(spec: Spec) -> str:
    """How it is done, what is said, and the names of its faults."""
    facts = {
        "Do it": f"`formcoach live {spec.id}`",
        "Position": POSITION[spec.position].capitalize() + ".",
        "Camera": CAMERA[spec.camera],
        "Dose": dose_in_words(spec),
        "From": spec.source,
    }
    parts = [
        [spec.about],
        [f"![{_drawn(spec)}](exercises/{spec.id}.png)"],
        [f"**{caution}**" for caution in spec.cautions],
        ["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in facts.items())],
        ["It says:"],
        _said(spec),
        [f"Faults in reports: {', '.join(f'`{kind}`' for kind in _kinds(spec))}."],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _drawn(spec: Spec) -> str:
    """The picture in words."""
    poses = {
        "repetitions": "at the start and at the furthest point",
        "hold": "held",
        "sequence": "at each station",
    }[spec.kind]
    return f"{spec.name}: a drawn figure {poses}"


def _said(spec: Spec) -> list[str]:
    lines = []
    for severity in reversed(SEVERITIES):
        checks = [check for check in spec.checks.values() if check.severity == severity]
        cues = [words[0] for check in checks for words in (check.low, check.high) if words]
        if cues:
            lines.append(f"- **{WEIGHT[severity]}:** {' · '.join(dict.fromkeys(cues))}")
    if spec.stations:
        lines.insert(0, f"- **One after the other:** {' · '.join(one.say for one in spec.stations.values())}")
    spoilt = [one.missed for one in spec.stations.values()]
    spoilt += [*(wrong.cue for wrong in spec.wrong.values()), *([spec.missed] if spec.missed else [])]
    return [*lines, f"- **Not counted:** {' · '.join(spoilt)}"] if spoilt else lines


def _kinds(spec: Spec) -> list[str]:
    kinds = [wrong.kind or wrong.name for wrong in spec.wrong.values()]
    for check in spec.checks.values():
        kinds += [check.fault_kind("low")] * bool(check.low) + [check.fault_kind("high")] * bool(check.high)
    return list(dict.fromkeys(kinds))


def with_blocks(text: str) -> str:
    """The page with every block written anew."""
    specs = {path.stem: read_spec(path) for path in stock_folder().glob("*.toml")}
    return BLOCK.sub(lambda found: found[1] + block(specs[found[2]]) + found[4], text)


def draw_pictures() -> None:
    """Every exercise's picture."""
    for path in stock_folder().glob("*.toml"):
        image = draw_exercise(read_spec(path))
        assert image is not None, f"no figure can be drawn of {path.stem}"
        save_picture(image, ROOT / "docs" / "exercises" / f"{path.stem}.png")


if __name__ == "__main__":
    draw_pictures()
    exercises = page("docs/exercises.md")
    exercises.path.write_text(with_blocks(exercises.text), "utf-8", newline="\n")
