"""The studio as people use it, in Chromium: a band is dragged, its effect is told, taken back, and saved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from formcoach.comparing import spec_changes
from formcoach.label_file import labels_beside
from formcoach.spec_file import find_spec, read_spec, stock_folder
from studio_open import opened, record

playwright = pytest.importorskip("playwright.sync_api", reason="the browser is driven by playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
DESKTOP, PHONE = (1440, 900), (390, 844)
LEVEL = "checks.leg_level.good"


@dataclass
class Tab:
    """One tab with the studio, and what it asked for and complained about."""

    page: Any
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, what: str) -> str:
        return " ".join(self.page.locator(what).inner_text().split())

    def wait(self, what: str, words: str) -> None:
        """Until something on the page says this."""
        playwright.expect(self.page.locator(what)).to_contain_text(words, timeout=30_000)

    def settled(self) -> None:
        """Until all recordings are open and judged, and one of them is looked at."""
        self.page.locator(".stage .plot .edge").first.wait_for(timeout=30_000)
        playwright.expect(self.page.locator(".recordings .counts")).to_have_count(
            self.page.locator(".recording").count(), timeout=30_000
        )

    @property
    def now(self) -> float:
        """The moment that is shown, as the page writes it."""
        minutes, seconds = self.page.locator(".player .now").inner_text().split(":")
        return 60 * int(minutes) + float(seconds)

    def edge(self, measure: str, end: str) -> Any:
        return self.page.locator(f'.plot[data-measure="{measure}"] .edge.{end}')

    def value(self, measure: str, end: str) -> float:
        return float(self.edge(measure, end).get_attribute("aria-valuenow"))

    def drag(self, measure: str, end: str, to: float) -> None:
        """Drag an edge to a value, and hold it there."""
        self.page.locator('.stage[aria-busy="false"]').wait_for()
        edge = self.edge(measure, end)
        edge.scroll_into_view_if_needed()
        grip = edge.locator(".grip").bounding_box()
        plot = self.page.locator(f'.plot[data-measure="{measure}"]')
        low, high = (float(plot.get_attribute(name)) for name in ("data-low", "data-high"))
        height = float(plot.locator(".track").get_attribute("height"))
        by = (self.value(measure, end) - to) / (high - low) * height
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x, y + by, steps=5)

    def drop(self) -> None:
        self.page.mouse.up()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three sessions of two exercises."""
    folder = tmp_path_factory.mktemp("recordings")
    few = {"reps": [("left", 1), ("right", 1)], "hold_s": 2, "rest_s": 0.6, "fps": 15}
    record(folder / "good.fcr", "bird-dog", "2026-11-20T18:00:00+01:00", **few)
    record(folder / "low.fcr", "bird-dog", "2026-11-19T18:00:00+01:00", **few, fault=("leg_low", 1, 2))
    record(folder / "plank.fcr", "plank", "2026-11-18T18:00:00+01:00", hold_s=3, fps=10)
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """The same, to write into."""
    return Path(shutil.copytree(kept, tmp_path / "recordings"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one's own exercises."""
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def studio(chromium: Any, folder: Path, own: Path) -> Iterator[Any]:
    """Opens the studio in a tab of a size, and checks at the end that nothing left the page or was amiss."""
    tabs: list[Tab] = []
    with opened([folder], find_spec("bird-dog")) as served:

        def open_it(size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Tab:
            context = chromium.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
            )
            tab = Tab(context.new_page())
            tab.page.on("request", lambda request: tab.asked.append(request.url))
            tab.page.on("console", lambda message: tab.complaints.append(message.text))
            tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
            tab.page.goto(served.address)
            tab.settled()
            tabs.append(tab)
            return tab

        yield open_it
        here = served.address.partition("/?")[0]
        for tab in tabs:
            assert [url for url in tab.asked if not url.startswith((here, "data:"))] == []
            assert tab.complaints == []
            tab.page.context.close()


def test_it_opens_with_the_recordings_of_the_exercise(studio) -> None:
    tab = studio()
    assert tab.text("h1") == "Bird-dog"
    assert tab.page.locator(".recording b").all_inner_texts() == ["good", "low"]
    assert tab.text(".saved") == "As formcoach brings it"
    assert "Counted 4" in tab.text(".result")
    assert tab.page.locator(".recording[aria-current]").inner_text().startswith("good")
    assert tab.page.locator(".acts button:disabled").count() == 4


def test_dragging_a_band_tells_what_changes_in_all_recordings(studio, own: Path) -> None:
    tab = studio()
    assert tab.value("leg", "low") == -10
    tab.drag("leg", "low", -40)
    tab.wait(".result", "limb_too_low")
    assert tab.page.locator(".acts .undo").is_disabled(), "while it is dragged, nothing is done yet"
    tab.drop()
    tab.wait(".saved", "Not saved yet")
    tab.wait(".edits", "Leg level, leg −10 to 10 → ")
    tab.wait(".recording:has-text('low') .badge", "change")
    assert tab.page.locator(".recording:has-text('good') .badge").count() == 0
    assert not own.exists(), "nothing is written until it is saved"


def test_a_change_leads_to_its_moment(studio) -> None:
    tab = studio()
    tab.drag("leg", "low", -40)
    tab.drop()
    tab.wait(".changes", "limb_too_low")
    tab.page.locator(".change").first.click()
    tab.wait(".recording[aria-current]", "low")
    moment = tab.text(".change .at >> nth=0")
    tab.wait(".now", moment)


def test_another_recording_can_be_asked_for_while_an_edit_is_under_way(studio) -> None:
    tab = studio()
    tab.drag("leg", "low", -40)
    tab.drop()
    tab.page.locator(".recording").nth(1).click()
    tab.wait(".recording[aria-current]", "low")
    tab.page.locator('.stage[aria-busy="false"]').wait_for()
    tab.wait(".edits", "−40 to 10")
    tab.wait(".recording[aria-current]", "low")


def test_undo_redo_and_back_to_saved(studio) -> None:
    tab = studio()
    for to in (-20, -40):
        tab.drag("leg", "low", to)
        tab.drop()
        playwright.expect(tab.edge("leg", "low")).to_have_attribute("aria-valuenow", str(to))
        tab.wait(".edits", f"−{-to} to 10")
    tab.page.locator(".undo").click()
    tab.wait(".edits", "−20 to 10")
    playwright.expect(tab.edge("leg", "low")).to_have_attribute("aria-valuenow", "-20")
    tab.page.keyboard.press("Control+z")
    tab.wait(".saved", "As formcoach brings it")
    tab.page.keyboard.press("Control+y")
    tab.wait(".edits", "−20 to 10")
    tab.page.locator(".redo").click()
    tab.wait(".edits", "−40 to 10")
    tab.page.locator(".back").click()
    tab.wait(".saved", "As formcoach brings it")
    playwright.expect(tab.edge("leg", "low")).to_have_attribute("aria-valuenow", "-10")


def test_saving_writes_ones_own_file_and_only_the_bounds(studio, own: Path) -> None:
    tab = studio()
    tab.drag("leg", "low", -40)
    tab.drop()
    tab.wait(".saved", "Not saved yet")
    tab.page.locator(".acts .save").click()
    assert str(own / "bird-dog.toml") in tab.text(".saving")
    assert "Leg level, leg −10 to 10 → −40 to 10" in tab.text(".saving")
    tab.page.locator(".not-now").click()
    assert not own.exists()
    tab.page.locator(".acts .save").click()
    tab.page.locator(".now-save").click()
    tab.wait(".said", "is saved")
    stock, saved = stock_folder() / "bird-dog.toml", own / "bird-dog.toml"
    assert [*spec_changes(read_spec(stock), read_spec(saved))] == [(LEVEL, "−10 to 10", "−40 to 10")]
    before, after = stock.read_text("utf-8").splitlines(), saved.read_text("utf-8").splitlines()
    assert [one for one, other in zip(before, after, strict=True) if one != other] == ["good = [-10, 10]"]
    tab.wait(".saved", str(saved))
    assert tab.page.locator(".acts .save").is_disabled()
    tab.page.reload()
    tab.settled()
    assert tab.value("leg", "low") == -40
    tab.wait(".saved", str(saved))


def test_a_reload_warns_and_keeps_nothing_that_is_not_saved(studio) -> None:
    tab = studio()
    asked: list[str] = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.drag("leg", "low", -40)
    tab.drop()
    tab.wait(".saved", "Not saved yet")
    tab.page.reload()
    tab.settled()
    assert asked == ["beforeunload"]
    assert tab.value("leg", "low") == -10
    assert tab.text(".saved") == "As formcoach brings it"


def test_a_fault_is_told_at_its_band(studio) -> None:
    tab = studio()
    low = tab.page.locator('.plot[data-measure="leg"] input.low')
    low.fill("20")
    plot = '.plot[data-measure="leg"]'
    tab.wait(f"{plot} .fault", "low 20 is above high 10")
    low.press("Enter")
    tab.wait(".result", "Nobody can be coached by these bounds")
    assert tab.page.locator(".acts .save").is_disabled()
    tab.page.locator(".undo").click()
    tab.wait(".saved", "As formcoach brings it")
    assert tab.page.locator(f"{plot} .fault").is_hidden()


def test_a_bound_moves_by_the_keys_as_well(studio) -> None:
    tab = studio()
    tab.edge("leg", "high").focus()
    for key in ("ArrowUp", "ArrowUp", "PageDown"):
        tab.page.keyboard.press(key)
    playwright.expect(tab.edge("leg", "high")).to_have_attribute("aria-valuenow", "7")
    tab.wait(".edits", "−10 to 7")
    playwright.expect(tab.edge("leg", "high")).to_be_focused()


def test_another_bound_of_the_same_measure_is_a_press_away(studio) -> None:
    tab = studio()
    plot = tab.page.locator('.plot[data-measure="leg"]')
    plot.locator(".chip", has_text="Work position").click()
    assert (tab.value("leg", "low"), tab.value("leg", "high")) == (-18, 60)
    tab.drag("leg", "low", 20)
    tab.wait(".sums .counted td", "4 → 0")
    tab.drop()
    tab.wait(".edits", "Work position, leg −18 to 60 → 20 to 60")
    assert plot.locator(".chip[aria-pressed=true]").inner_text() == "Work position"


def test_what_is_true_is_marked_and_kept_beside_the_recording(studio, folder: Path) -> None:
    tab = studio()
    beside = folder / "good.labels.json"
    tab.page.locator(".take-over").click()
    tab.wait(".recording[aria-current] .counts", "true 2")
    tab.page.locator(".marks select").first.select_option("knee_bent")
    tab.page.locator('.stage[aria-busy="false"]').wait_for()
    tab.page.locator(".marking .what").select_option("good")
    begun = tab.now
    tab.page.keyboard.press("Escape")
    tab.page.locator(".begins").click()
    tab.wait(".under-way", "from")
    tab.page.keyboard.press("ArrowRight")
    tab.wait(".player .now", "0:0")
    tab.page.locator(".ends").click()
    tab.wait(".marks", "Good form")
    assert not beside.exists(), "nothing is written until it is saved"
    tab.page.locator(".acts .save").click()
    assert str(beside) in tab.text(".saving")
    tab.page.locator(".now-save").click()
    tab.wait(".said", "good.labels.json is saved")
    kept = labels_beside(folder / "good.fcr").of(folder / "good.fcr")
    assert kept.exercise == "bird-dog" and len(kept.repetitions) == 2
    assert [rep.faults for rep in kept.repetitions] == [("knee_bent",), ()]
    (good,) = kept.good
    assert (good.start, good.end) == pytest.approx((begun, begun + 1), abs=0.11)
    tab.page.reload()
    tab.settled()
    tab.wait(".recording[aria-current] .counts", "true 2")
    assert tab.page.locator(".marks select").first.input_value() == "knee_bent"


def test_a_mark_is_taken_away_and_brought_back(studio) -> None:
    tab = studio()
    for key in "bte":
        tab.page.keyboard.press(key)
        tab.page.keyboard.press("ArrowRight")
    tab.wait(".marks", "Repetition")
    tab.page.locator(".marks .away").click()
    playwright.expect(tab.page.locator(".marks li")).to_have_count(0)
    tab.page.locator(".acts .undo").click()
    playwright.expect(tab.page.locator(".marks li")).to_have_count(1)
    tab.page.locator(".acts .undo").click()
    playwright.expect(tab.page.locator(".marks li")).to_have_count(0)
    tab.wait(".saved", "As formcoach brings it")


def test_labels_that_cannot_be_read_are_not_written_over(
    chromium: Any, folder: Path, own: Path, studio
) -> None:
    beside = folder / "good.labels.json"
    beside.write_text("{", "utf-8")
    tab = studio()
    tab.wait(".recordings", "cannot be read as JSON")
    tab.page.locator(".take-over").click()
    tab.wait(".sorry", "Mend that file before you label here")
    assert tab.complaints.pop().startswith("Failed to load resource")
    assert beside.read_text("utf-8") == "{"


def test_another_exercise_of_the_same_folder_is_chosen(studio) -> None:
    tab = studio()
    tab.page.locator("select.exercise").select_option("plank")
    tab.wait(".recordings", "plank")
    tab.settled()
    assert tab.text("h1") == "Plank"
    assert tab.page.locator(".recording b").all_inner_texts() == ["plank"]
    assert tab.page.locator('.plot[data-measure="hips"]').count() == 1
    tab.page.locator("select.exercise").select_option("bird-dog")
    tab.wait(".recordings", "low")
    tab.settled()
    assert tab.value("leg", "low") == -10
    tab.wait(".result", "Counted")


def test_a_second_window_takes_over(studio) -> None:
    first = studio()
    second = first.page.context.new_page()
    second.goto(first.page.url)
    second.locator(".stage .plot .edge").first.wait_for(timeout=30_000)
    first.page.locator(".recording").nth(1).click()
    first.wait(".sorry", "opened again elsewhere")
    assert first.complaints.pop().startswith("Failed to load resource")
    second.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_fits(studio, size: tuple[int, int], scheme: str) -> None:
    tab = studio(size, scheme)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    outside = tab.page.evaluate(
        """[...document.querySelectorAll('body *')].filter(one => {
          const box = one.getBoundingClientRect();
          const beyond = box.right > innerWidth + 1 || box.left < -1;
          return box.width && !one.closest('.zoom, .signs, .edge') && beyond;
        }).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert outside == []
