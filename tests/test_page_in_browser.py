"""The report page as people use it, in Chromium: a click moves everything, and nothing leaves the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from coached import stock
from formcoach.page_view import document
from formcoach.replaying import replay_video
from formcoach.report_page import render
from formcoach.reporting import page_maker
from small_pages import KnownPoses, drawn, seen

playwright = pytest.importorskip("playwright.sync_api", reason="the browser is driven by playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = (1360, 900), (390, 844)
BENT = {"reps": [("left", 2), ("right", 1)], "hold_s": 2, "rest_s": 0.6, "fault": ("knee_bent", 2, 2)}


@dataclass
class Tab:
    """One tab of the browser, and what it asked for and complained about."""

    page: Any
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def do(self, script: str) -> Any:
        return self.page.evaluate(script)

    def wait(self, condition: str) -> None:
        """Until a condition holds; the page's policy lets no browser driver wait in the page itself."""
        for _ in range(1500):
            if self.do(condition):
                return
            self.page.wait_for_timeout(20)
        pytest.fail(f"it never came to be that {condition}")

    @property
    def t(self) -> float:
        """The moment that is shown, as the page writes it."""
        minutes, seconds = self.page.locator(".now").first.inner_text().split(":")
        return 60 * int(minutes) + float(seconds)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any) -> Iterator[Any]:
    """Opens a page of a size, light or dark, and checks at the end that nothing was amiss."""
    tabs: list[Tab] = []

    def look(path: Path, size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Tab:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        tab = Tab(context.new_page())
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        tab.page.on("console", lambda message: tab.complaints.append(message.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.goto(path.as_uri())
        tab.wait("document.querySelector('.row[aria-current]') || !document.querySelector('.row')")
        tabs.append(tab)
        return tab

    yield look
    for tab in tabs:
        assert [url for url in tab.asked if not url.startswith("data:")] == tab.asked[:1]
        assert tab.complaints == []
        tab.page.context.close()


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a recording."""
    path = tmp_path_factory.mktemp("page") / "figure.html"
    path.write_text(render(document([seen("bird-dog", fps=15, **BENT)])), "utf-8")
    return path


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The page of a video."""
    folder = tmp_path_factory.mktemp("video")
    with pytest.MonkeyPatch.context() as patch, page_maker(folder / "video.html", "inside") as page:
        patch.setattr("formcoach.replaying.PoseReader", KnownPoses)
        patch.setattr(KnownPoses, "samples", ())
        clip = drawn(folder, KnownPoses, "bird-dog", **BENT)
        wanted = page.wanted(is_video=True)
        page.add(clip, replay_video(clip, stock("bird-dog"), folder, wanted), wanted)
        page.write()
        yield page.path


def rows(tab: Tab) -> list[dict[str, float]]:
    return tab.do(
        """[...document.querySelectorAll('.row')].map(({dataset}) =>
          ({start: +dataset.start, at: +dataset.at, end: +dataset.end}))"""
    )


def view(tab: Tab) -> tuple[float, float]:
    """From when to when the plots show, seconds."""
    boxes = tab.do("[...document.querySelectorAll('.zoom')].map(one => one.getAttribute('viewBox'))")
    (box,) = {tuple(one.split()[::2]) for one in boxes}
    start = tab.do("JSON.parse(document.querySelector('.data').textContent).start")
    return start + float(box[0]) / 100, start + (float(box[0]) + float(box[1])) / 100


def cursor_t(tab: Tab) -> list[float]:
    """Where each cursor stands, as seconds."""
    first, last = view(tab)
    shares = tab.do(
        """[...document.querySelectorAll('.cursor:not([hidden])')].map(cursor => {
          const track = cursor.parentElement.querySelector('.track').getBoundingClientRect();
          return (cursor.getBoundingClientRect().left + 1 - track.left) / track.width;
        })"""
    )
    return [first + share * (last - first) for share in shares]


@pytest.mark.parametrize("which", ["figure", "video"])
def test_a_click_on_a_repetition_moves_everything_to_it(which, look, request) -> None:
    tab = look(request.getfixturevalue(which))
    found = rows(tab)
    assert len(found) == 3
    for number in (2, 0, 1):
        row = found[number]
        tab.page.locator(".row").nth(number).click()
        tab.wait(f"Math.abs({row['at']} - {TIME[which]}) < 0.06")
        tab.wait(f"document.querySelectorAll('.row')[{number}].getAttribute('aria-current') === 'true'")
        assert tab.t == pytest.approx(row["at"], abs=0.11)
        first, last = view(tab)
        assert row["start"] - 2 < first <= row["start"]
        assert row["end"] <= last < row["end"] + 2
        assert all(t == pytest.approx(row["at"], abs=0.06) for t in cursor_t(tab))
        assert len(cursor_t(tab)) > 5
        marked = tab.page.locator(".row[aria-current=true]")
        assert marked.count() == 1


TIME = {
    "video": "document.querySelector('video').currentTime",
    "figure": "+document.querySelector('.seek').value",
}


def test_the_figure_moves_with_the_moment_and_shows_the_fault(figure: Path, look) -> None:
    tab = look(figure)
    drawn_as = "document.querySelector('.screen .figure').innerHTML"
    before = tab.do(drawn_as)
    tab.page.locator(".row").nth(1).click()
    tab.wait(f"{drawn_as} !== {before!r}")
    assert tab.page.locator(".screen .faulty[visibility=visible]").count() == 1
    assert tab.page.locator(".screen line[visibility=visible]").count() > 10
    assert tab.page.locator(".cue").inner_text() == "Stretch the lifted leg long"


def test_playing_goes_on_and_ends(figure: Path, look) -> None:
    tab = look(figure)
    tab.page.keyboard.press("Space")
    before = tab.do(TIME["figure"])
    tab.wait(f"{TIME['figure']} > {before} + 0.2")
    assert tab.page.locator(".play").inner_text() == "Pause"
    tab.page.keyboard.press("Space")
    tab.wait("document.querySelector('.play').textContent === 'Play'")
    end = tab.do("+document.querySelector('.seek').max")
    tab.do(
        f"""(seek => {{ seek.value = {end} - 0.1; seek.dispatchEvent(new Event('input')); }})(
          document.querySelector('.seek'))"""
    )
    tab.page.locator(".play").click()
    tab.wait(f"{TIME['figure']} >= {end} - 0.011")
    tab.wait("document.querySelector('.play').textContent === 'Play'")


def test_a_video_plays_in_step_with_the_curves(video: Path, look) -> None:
    tab = look(video)
    tab.wait("document.querySelector('video').readyState >= 2")
    assert tab.do("document.querySelector('video').videoHeight") == 240
    tab.page.locator(".play").click()
    before = tab.do(TIME["video"])
    tab.wait(f"{TIME['video']} > {before} + 0.3")
    tab.page.locator(".play").click()
    tab.wait("document.querySelector('video').paused")
    tab.wait(f"Math.abs({TIME['video']} - document.querySelector('.now').textContent.split(':')[1]) < 0.06")
    at = tab.do(TIME["video"])
    assert all(t == pytest.approx(at, abs=0.06) for t in cursor_t(tab))


def test_keys(figure: Path, look) -> None:
    tab = look(figure)
    found = rows(tab)
    press = tab.page.keyboard.press
    before = tab.do(TIME["figure"])
    press("ArrowRight")
    tab.wait(f"Math.abs({TIME['figure']} - {before} - 1) < 0.02")
    press("ArrowLeft")
    tab.wait(f"Math.abs({TIME['figure']} - {before}) < 0.02")
    press(".")
    tab.wait(f"{TIME['figure']} > {before} + 0.02")
    tab.page.locator(".row").first.focus()
    press("ArrowDown")
    tab.wait(f"Math.abs({TIME['figure']} - {found[1]['at']}) < 0.02")
    assert tab.do("document.activeElement === document.querySelectorAll('.row')[1]")
    press("ArrowUp")
    tab.wait(f"Math.abs({TIME['figure']} - {found[0]['at']}) < 0.02")
    zoomed = view(tab)
    press("z")
    tab.wait("!document.querySelector('.session').classList.contains('zoomed')")
    assert view(tab)[1] > zoomed[1]
    press("z")
    tab.wait("document.querySelector('.session').classList.contains('zoomed')")
    assert view(tab) == zoomed
    tab.page.locator(".row").nth(2).focus()
    press("Space")
    tab.wait("document.querySelector('.play').textContent === 'Pause'")
    tab.wait(f"{TIME['figure']} >= {found[2]['start']}")


def test_a_press_on_a_plot_goes_there(figure: Path, look) -> None:
    tab = look(figure)
    plot = tab.page.locator(".plot .track").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    tab.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 20)
    first, last = view(tab)
    tab.wait(f"Math.abs({TIME['figure']} - {first + (last - first) / 4}) < 0.05")
    value = tab.page.locator(".plot .value").first.inner_text()
    assert value.endswith("°") or value == "not seen"


def test_a_still_leads_to_its_moment(figure: Path, look) -> None:
    tab = look(figure)
    still = tab.page.locator(".still").last
    at = float(still.get_attribute("data-at"))
    still.click()
    tab.wait(f"Math.abs({TIME['figure']} - {at}) < 0.02")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_fits_and_can_be_read(video: Path, look, size: tuple[int, int], scheme: str) -> None:
    tab = look(video, size, scheme)
    assert tab.do("document.documentElement.scrollWidth") <= size[0]
    outside = tab.do(
        """[...document.querySelectorAll('body *')].filter(one => {
          const box = one.getBoundingClientRect();
          return box.width && !one.closest('.zoom, .signs') && (box.right > innerWidth + 1 || box.left < -1);
        }).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert outside == []
    assert contrast(tab, "body", "body") >= 7
    for what, on in (
        (".facts", "body"),
        (".row .peaks", ".row"),
        (".plot figcaption span", ".plot"),
        (".legend", "body"),
    ):
        assert contrast(tab, what, on) >= 4.5, what


def contrast(tab: Tab, what: str, on: str) -> float:
    """The contrast of a text with its ground, as WCAG counts it."""
    style = "getComputedStyle(document.querySelector('{}'))"
    colours = tab.do(f"[{style.format(what)}.color, {style.format(on)}.backgroundColor]")
    one, other = sorted(map(luminance, colours), reverse=True)
    return (one + 0.05) / (other + 0.05)


def luminance(colour: str) -> float:
    """Of `rgb(1, 2, 3)` or `color(srgb 0.1 0.2 0.3)`."""
    values = [float(part) / (1 if "srgb" in colour else 255) for part in re.findall(r"[\d.]+", colour)[:3]]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_switch_turns_light_into_dark(figure: Path, look) -> None:
    tab = look(figure)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.do(ground)
    tab.page.locator(".theme").click()
    assert luminance(tab.do(ground)) < 0.05 < luminance(light)
    assert tab.page.locator(".theme").inner_text() == "Light"
    dark = look(figure, scheme="dark")
    assert dark.do(ground) == tab.do(ground)


@pytest.mark.parametrize("which", ["figure", "video"])
def test_it_prints_on_two_sheets(which, look, request) -> None:
    from pypdf import PdfReader

    tab = look(request.getfixturevalue(which), scheme="dark")
    tab.page.locator(".row").last.click()
    sheets = PdfReader(BytesIO(tab.page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 2
    first, second = (" ".join(sheet.extract_text().split()) for sheet in sheets)
    assert "To work on" in first and "One by one" in first
    assert "What was measured" in second and "Made by formcoach" in second
    assert "Zoom in" not in first


def test_without_scripts_all_is_there_to_be_read(figure: Path, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(figure.as_uri())
    assert page.locator(".row").count() == 3
    assert page.locator(".plot .curve").count() > 5
    assert page.locator(".controls").is_hidden()
    assert page.locator(".theme").is_hidden()
    context.close()


def test_hostile_names_do_nothing(tmp_path: Path, look) -> None:
    evil = '<img src=x onerror="window.hurt = 1"></script><script>window.hurt = 1</script>'
    plank = stock("plank")
    checks = {name: replace(check, low=(evil,), high=(evil,)) for name, check in plank.checks.items()}
    one = seen("plank", name=evil, by=replace(plank, name=evil, checks=checks), hold_s=6, fault="sag", fps=15)
    (tmp_path / "a.html").write_text(render(document([one])), "utf-8")
    tab = look(tmp_path / "a.html")
    tab.page.locator(".row").first.click()
    assert tab.page.locator("h1").inner_text() == evil
    assert tab.do("window.hurt") is None
    assert tab.page.locator("h1 img, .facts img, .corrections img").count() == 0


def test_several_sessions_play_each_for_themselves(tmp_path: Path, look) -> None:
    files = [seen("plank", hold_s=3, fps=10), seen("hip-hinge", reps=2, fps=10)]
    (tmp_path / "a.html").write_text(render(document(files)), "utf-8")
    tab = look(tmp_path / "a.html")
    moments = "[...document.querySelectorAll('.seek')].map(one => +one.value)"
    at_first = tab.do(moments)
    tab.page.locator(".session").nth(1).locator(".row").last.click()
    tab.wait(f"{moments}[1] > {at_first[1]}")
    before = tab.do(moments)
    tab.page.keyboard.press("ArrowLeft")
    tab.wait(f"{moments}[1] < {before[1]}")
    assert tab.do(moments)[0] == before[0]
    tab.page.locator(".index a").first.click()
    assert tab.page.url.endswith("#file-1")
