"""The speed benchmarks run and report. How fast anything is, is no business of the tests."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from formcoach.errors import FormcoachError
from formcoach.mouth import Mouth, MuteError, Setting
from formcoach.transcript import Line
from formcoach.utterance import Urgency, Utterance
from formcoach.video_out import VideoWriter
from puppet import perform

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
OF_THE_BACK = ("back", "back_cost", "back_people", "back_plots", "back_truth")
SCRIPTS = (
    *(
        "measuring",
        "folder",
        "replay",
        "coaching",
        "samples",
        "whatif",
        "report",
        "startup",
        "cold_start",
        "live",
        "voice",
        "run_all",
        "pages",
    ),
    *OF_THE_BACK,
)
SPEEDS = ("replay", "coaching", "samples", "whatif", "report", "startup", "cold_start", "live")
WITH_MORE = ("studio", "voice")
"""These ask for a browser and for a voice, too."""


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch):
    """Imports a script of `benchmarks`, which is no package."""
    monkeypatch.syspath_prepend(str(FOLDER))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield load
    for name in SCRIPTS:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of somebody in a plank: a busy machine drops the first of them, while the model loads."""
    from puppet.drawing import frames

    path = tmp_path_factory.mktemp("clips") / "a_plank.mp4"
    pictures = list(islice(frames(perform("plank", fps=10), 180), 30))
    height, width = pictures[0].image.shape[:2]
    with VideoWriter(path, width, height, rate=10) as writer:
        for picture in pictures:
            writer.write(picture.image, picture.t)
    return path


def table_in(text: str) -> list[list[str]]:
    """The cells of the one table in a text, the headings first, without the rule under them."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(line) for line in lines}) == 1
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return [rows[0], *rows[2:]]


def ran(module: ModuleType, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run a benchmark: its output, and its figures."""
    kept = tmp_path / "figures.json"
    assert module.main([*arguments, "--json", str(kept)]) == 0
    text = capsys.readouterr().out
    data = json.loads(kept.read_text("utf-8"))
    assert text.startswith(f"{'PASS' if data['passed'] else 'BEHIND'}: {data['target']}\n")
    assert data["measured_on"]["cores"] >= 1
    assert all(
        isinstance(figure, float) and figure >= 0
        for key, figure in data["figures"].items()
        if key != "added_share"
    )
    assert table_in(text) == data["table"]
    return data


def test_report(load, tmp_path, capsys):
    arguments = ["--samples", "300", "--rounds", "1", "--exercises", "plank"]
    data = ran(load("report"), arguments, tmp_path, capsys)
    assert [row[0] for row in data["table"][1:]] == ["plank"]
    assert data["figures"]["plank_report_s"] > 0


def test_moving_a_bound(load, tmp_path, capsys):
    data = ran(load("whatif"), ["--samples", "300", "--rounds", "1"], tmp_path, capsys)
    assert {row[0] for row in data["table"][1:]} == {"hip-hinge", "bird-dog", "superman", "plank"}
    assert all(seconds > 0 for seconds in data["figures"].values())


def test_samples(load, tmp_path, capsys):
    data = ran(load("samples"), ["--samples", "40", "--rounds", "1"], tmp_path, capsys)
    assert [row[0] for row in data["table"][1:]] == sorted(row[0] for row in data["table"][1:])
    assert "bird-dog_per_s" in data["figures"]


@pytest.mark.model
def test_many_clips_and_what_is_made_of_them(load, video, model_path, tmp_path, monkeypatch, capsys):
    folder = load("folder")
    page = tmp_path / "page.md"
    page.write_text("<!-- many clips: written -->\nold\n<!-- end of many clips -->\n", "utf-8")
    monkeypatch.setattr(folder, "PAGE", page)
    little = ["--count", "2", "--rounds", "1", "--model", str(model_path)]
    assert folder.main([str(video), *little, "--update"]) == 0
    text = capsys.readouterr().out
    rows = table_of_numbers(text)
    assert {"one by one", "the folder, 1 worker", "the folder, 2 workers", *folder.OUTPUTS} <= rows.keys()
    assert text.strip() in page.read_text("utf-8")


def test_a_video_that_cannot_be_replayed_is_said(load, tmp_path, capsys):
    (tmp_path / "a_plank.mp4").write_bytes(b"no video")
    assert load("folder").main([str(tmp_path / "a_plank.mp4"), "--count", "1"]) == 2
    assert "is not a video" in capsys.readouterr().err


def test_startup(load, tmp_path, capsys):
    data = ran(load("startup"), ["--rounds", "1"], tmp_path, capsys)
    assert "heavy ones: none" in data["note"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("replay", ["plain loop", "formcoach replay", "without the back"]),
        (
            "coaching",
            [
                "replay: coaching",
                "replay: from picture to picture",
                "live: coaching",
                "live: drawing",
                "live: from picture to picture",
            ],
        ),
        (
            "live",
            ["handed over till drawn", "of that, the model", "taken by the camera till pose found"],
        ),
    ],
)
def test_on_a_video(load, name, rows, video, model_path, tmp_path, capsys):
    data = ran(load(name), [str(video), "--model", str(model_path), "--rounds", "1"], tmp_path, capsys)
    assert [row[0] for row in data["table"][1:]] == rows


@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="it would speak aloud")
def test_the_voice(load, video, model_path, tmp_path, capsys):
    with load("voice").a_player():
        try:
            Mouth(Setting(("en",), 165, str(tmp_path)))
        except MuteError as why:
            pytest.skip(f"no speech here: {why}")
    data = ran(load("voice"), [str(video), "--model", str(model_path), "--rounds", "1"], tmp_path, capsys)
    assert [row[0] for row in data["table"][1:]] == [
        "decided till it sounds",
        "handed over till drawn, speaking",
        "handed over till drawn, silent",
    ]


@pytest.fixture
def a_display() -> None:
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")


@pytest.mark.model
@pytest.mark.display
@pytest.mark.usefixtures("a_display")
def test_a_cold_start(load, video, model_path, tmp_path, capsys):
    cold_start = load("cold_start")
    data = ran(cold_start, [str(video), "--model", str(model_path), "--rounds", "1"], tmp_path, capsys)
    assert [row[0] for row in data["table"][1:]] == [*cold_start.STAGES.values()]
    at = {stage: data["figures"][f"{stage}_s"] for stage in cold_start.STAGES}
    beside = {stage: at.pop(stage) for stage in ("pose",)}
    assert [*at.values()] == sorted(at.values())
    assert at["model"] < beside["pose"] < at["judged"]


@pytest.mark.model
@pytest.mark.display
@pytest.mark.usefixtures("a_display")
def test_a_session_that_does_not_start_is_said(load, video, tmp_path, model_path, capsys):
    (tmp_path / "a_plank.mp4").write_bytes(b"no video")
    assert load("cold_start").main([str(tmp_path / "a_plank.mp4"), "--model", str(model_path)]) == 2
    assert "did not start" in capsys.readouterr().err


@pytest.mark.model
@pytest.mark.display
@pytest.mark.usefixtures("a_display")
def test_all_of_them_end_up_on_the_page(load, video, model_path, tmp_path, monkeypatch):
    run_all = load("run_all")

    def here(command, **_):  # for a process each, MediaPipe would be loaded three times
        return subprocess.CompletedProcess(command, load(Path(command[1]).stem).main(command[2:]))

    monkeypatch.setattr(run_all, "subprocess", SimpleNamespace(run=here, DEVNULL=None))
    page = tmp_path / "page.md"
    places = "\n".join(f"<!-- {one}: written -->\nof yesteryear\n<!-- end of {one} -->" for one in SPEEDS)
    page.write_text(f"Before.\n\n{places}\n\nAfter.\n", "utf-8")
    little = ["--rounds", "1", "--samples", "20", "--model", str(model_path), "--page", str(page)]
    assert run_all.main([str(video), *little, "--only", "startup", "samples"]) == 0
    assert page.read_text("utf-8").count("of yesteryear") == len(SPEEDS) - 2
    assert run_all.main([str(video), *little, "--only", *SPEEDS]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("Before.\n") and text.endswith("After.\n")
    assert "yesteryear" not in text and text.count("Measured on ") == len(SPEEDS)
    assert len([line for line in text.splitlines() if line.startswith(("PASS: ", "BEHIND: "))]) == len(SPEEDS)


# ---- the back ----------------------------------------------------------------------------------


@pytest.fixture
def back(load, monkeypatch, tmp_path):
    """The script, with a page of its own."""
    script = load("back")
    page = tmp_path / "back.md"
    marks = ("truth", "people", "cost")
    page.write_text("".join(f"<!-- {m}: written -->\nold\n<!-- end of {m} -->\n" for m in marks), "utf-8")
    monkeypatch.setattr(script, "PAGE", page)
    return script


@pytest.mark.model
def test_drawn_backs_are_compared_with_what_is_read(back, load, model_path, monkeypatch, capsys):
    truth = load("back_truth")
    monkeypatch.setattr(truth, "FPS", 5.0)
    for name, few in {"FACING": ("left",), "ZOOM": (1.0,), "BUILD": (1.0,), "YAW": (30.0,)}.items():
        monkeypatch.setattr(truth, name, few)
    monkeypatch.setattr(truth, "POSITIONS", {"quadruped": truth.POSITIONS["quadruped"]})
    assert back.main(["truth", "--model", str(model_path), "--update"]) == 0
    rows = table_of_numbers(capsys.readouterr().out)
    assert rows["all of them (1)"] == rows["facing left (1)"]
    assert 0.8 < float(rows["all of them (1)"][1]) < 1.2
    assert float(rows["turned 30 degrees from side-on (1)"][0]) > 50
    text = back.PAGE.read_text("utf-8")
    assert text.startswith("<!-- truth: written -->\n\n| films |")
    assert text.count("\nold\n") == 2


@pytest.mark.model
def test_backs_of_people_are_tabled_and_plotted(back, load, video, model_path, monkeypatch, capsys):
    people = load("back_people")
    clip, span = video.stem, (0.0, 9.0)
    monkeypatch.setattr(people, "STILL", {clip: span})
    labels = ("good", "not labelled", "rounded")
    monkeypatch.setattr(people, "BENT", tuple((clip, label, span) for label in labels))
    monkeypatch.setattr(people, "CAT_COW", clip)
    monkeypatch.setattr(people, "CAT_COW_TURNS", (0.5,))
    assert back.main(["people", str(video.parent), "--model", str(model_path), "--update"]) == 0
    text = capsys.readouterr().out
    assert "higher than a good one in 50.0 % of all pairs" in text
    assert text in back.PAGE.read_text("utf-8")
    assert {path.name for path in back.PAGE.parent.glob("*.png")} == {
        "back-good-rounded.png",
        "back-cat-cow.png",
    }


@pytest.mark.model
def test_what_the_back_costs(back, load, video, model_path, monkeypatch, capsys):
    cost = load("back_cost")
    for name, value in {"ROUNDS": 1, "STARTING": 2, "DRAWN": video}.items():
        monkeypatch.setattr(cost, name, value)
    assert back.main(["cost", "--model", str(model_path)]) == 0
    ((clip, row),) = table_of_numbers(capsys.readouterr().out).items()
    assert clip == video.stem
    assert all(float(figure) > 0 for figure in row)


def table_of_numbers(text: str) -> dict[str, list[str]]:
    """By the first cell of a row the others."""
    lines = [line for line in text.splitlines() if line.startswith("| ")][2:]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {row[0]: row[1:] for row in rows}


def test_the_page_about_the_back_has_its_marks(load):
    text = load("back").PAGE.read_text("utf-8")
    for name in ("truth", "people", "cost"):
        assert text.count(f"<!-- {name}: written") == text.count(f"<!-- end of {name} -->") == 1


@pytest.mark.model
def test_a_clip_of_a_back_that_is_not_there_is_missed_in_a_sentence(back, tmp_path, capsys, model_path):
    assert back.main(["people", str(tmp_path), "--model", str(model_path)]) == 2
    assert "There is no clip" in capsys.readouterr().err


# ---- a long session ----------------------------------------------------------------------------


def test_how_late_pictures_corrections_and_words_are(load):
    soak = load("soak")
    due = ["", "Hips up", "Hips up", "", "Knees straight", "Knees straight"]
    decided = soak.Moments((float(i), i + 0.5) for i in range(len(due)))
    shown = soak.Moments((float(i), i + 0.75) for i in (0, 1, 2, 3, 5))  # the fifth was left out
    watch = soak.Watch(decided, due, shown)
    lines = tuple(
        Line(began, end, Utterance(t, t + 9, "A word.", Urgency.CUE))
        for t, began, end in ((1.0, 1.1, 3.0), (2.0, 3.0, 4.0), (6.0, 6.25, 7.0))
    )
    one = soak.Soaked(None, watch, soak.Moments((float(i), i + 0.25) for i in range(6)), lines, [], 0.1)
    assert one.latencies == [0.5] * 4
    assert [*one.corrections()] == [(0, 0.25), (1, 1.25)]
    assert one.words() == pytest.approx([0.1, 0.25])
    assert (one.lags, one.drift) == ([0.0] * 4, 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at /proc")
def test_a_process_is_looked_at(load, monkeypatch):
    soak = load("soak")
    monkeypatch.setattr(soak, "LOOK_S", 0.001)
    with soak.Looker() as looker:
        while not looker.looks:
            pass
    assert looker.looks[0].memory_mb > 10
    assert looker.looks[0].threads > 1


# ---- a camera that leans -----------------------------------------------------------------------


def test_before_a_camera_that_leans_the_same_is_counted(load):
    roll = load("roll_drawn")
    level, leaning = (roll.look("hip-hinge", degrees) for degrees in (0.0, -10.0))
    assert leaning.is_as(level)
    assert leaning.roll == pytest.approx(-10.0, abs=roll.WITHIN)
    assert str(level) == "0.0, 5 of 5"


def test_what_turned_clips_told_is_summed_up(load):
    load("measuring")
    sys.modules.pop("roll", None)
    roll = load("roll")

    def seen(roll_degrees: float, counted: int = 4):
        return roll.Seen(roll_degrees, counted, 4, 0.0, frozenset())

    level = [seen(0.0), seen(-10.5), seen(float("nan")), seen(5.0), seen(9.0)]
    leaning = [seen(5.5), seen(-4.0), seen(0.0), seen(10.3), seen(16.7, counted=3)]
    text = roll.render({"one": level, "two": leaning})
    assert text.startswith("The count changed in 1. Of the 8 turned clips 7 told their lean; ")
    assert "off by 1.2 degrees at most" in text
    assert table_in(text)[1] == [
        *("one", "0.0, 4 of 4", "-10.5, 4 of 4", "nothing told, 4 of 4", "5.0, 4 of 4", "9.0, 4 of 4")
    ]


# ---- the page ----------------------------------------------------------------------------------


def test_the_page_of_the_repository_has_its_marks(load):
    run_all = load("run_all")
    text = run_all.PAGE.read_text("utf-8")
    assert (*SPEEDS, *WITH_MORE) == run_all.NAMES
    for name in ("many clips", "soak", *run_all.NAMES):
        assert text.count(f"<!-- {name}: written") == text.count(f"<!-- end of {name} -->") == 1


MARK = re.compile(r"<!-- ([\w ]+): written by benchmarks/(\w+\.py)")
WHOLE = ("accuracy.md", "performance.md")
"""Pages of which one command writes every figure."""


def test_one_command_writes_every_figure_of_the_pages(load):
    jobs = load("pages").JOBS
    for page in {job.page for job in jobs}:
        marked = dict(MARK.findall((FOLDER.parent / "docs" / page).read_text("utf-8")))
        written = {place: job.command[0] for job in jobs if job.page == page for place in job.places}
        assert written == marked if page in WHOLE else written.items() <= marked.items()
    assert len({job.name for job in jobs}) == len(jobs)
    assert all((FOLDER / job.command[0]).exists() for job in jobs)


def test_what_would_be_run_is_told_with_how_long_it_takes(load, capsys):
    pages = load("pages")
    assert pages.main(["--list"]) == 0
    out = capsys.readouterr().out
    assert [row[0] for row in table_in(out)[1:]] == [job.name for job in pages.JOBS]
    assert f"{sum(job.minutes for job in pages.JOBS):g} minutes in all" in out


def test_one_part_is_tried_on_a_copy(load, capfd):
    pages = load("pages")
    before = (FOLDER.parent / "docs" / "performance.md").read_bytes()
    assert pages.main(["--quick", "--only", "startup", "accuracy"]) == 0
    out = capfd.readouterr()
    assert "1 of 1: startup" in out.err and "1 of 1 parts written" in out.out
    assert "Left out: accuracy cannot be done in little." in out.err
    assert (FOLDER.parent / "docs" / "performance.md").read_bytes() == before


def test_what_fails_is_told_and_the_rest_goes_on(load, monkeypatch, capsys, tmp_path):
    pages = load("pages")
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, int("--only" in command and "live" in command))

    monkeypatch.setattr(pages, "subprocess", SimpleNamespace(run=run))
    assert pages.main(["--only", "live", "lean", "accuracy", "samples"]) == 1
    out = capsys.readouterr()
    assert "2 of 3 parts written: not live" in out.out
    assert "Left out: accuracy needs a ground truth and its clips." in out.err
    assert "1 of 3: lean, 3 min; all done at " in out.err
    truth = tmp_path / "truth.json"
    truth.write_text("{}")
    commands.clear()
    assert pages.main([str(truth), "--only", "accuracy", "back-people"]) == 0
    assert [command[-2:] for command in commands] == [["--update", str(truth)], [str(tmp_path), "--update"]]


def test_a_ground_truth_that_is_not_there_is_missed_in_a_sentence(load, tmp_path, capsys):
    with pytest.raises(SystemExit):
        load("pages").main([str(tmp_path / "none.json")])
    assert "there is no ground truth" in capsys.readouterr().err


def test_a_page_without_marks_is_left_alone(load, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("nothing\n", "utf-8")
    with pytest.raises(FormcoachError, match="has no place for"):
        load("measuring").keep(page, "live", "figures")
    assert page.read_text("utf-8") == "nothing\n"


def test_quantiles_and_how_they_are_written(load):
    measuring = load("measuring")
    assert measuring.median([3, 1, 2]) == 2
    assert measuring.median([4, 1]) == 2.5
    assert measuring.quantile(list(range(101)), 0.95) == pytest.approx(95)
    assert measuring.quantile([7.0], 0.95) == 7.0
    assert [measuring.ms(s) for s in (0.00012, 0.0123, 0.123)] == ["0.12 ms", "12.3 ms", "123 ms"]


def test_the_exercise_is_read_off_the_videos_name(load):
    measuring = load("measuring")
    for name, exercise in {
        "demo-bird-dog.mp4": "bird-dog",
        "birddog_01_alternating.mp4": "bird-dog",
        "forearm_plank.mov": "forearm-plank",
    }.items():
        assert measuring.exercise_in(Path(name)) == exercise
    with pytest.raises(FormcoachError, match="--exercise"):
        measuring.exercise_in(Path("holiday.mp4"))


def test_what_cannot_be_measured_is_said_in_a_sentence(load, tmp_path, capsys):
    assert load("live").main([str(tmp_path / "holiday.mp4")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
