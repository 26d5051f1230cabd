"""How soon the studio tells new counts while a band is dragged, in a browser, over hours of recordings.

    python benchmarks/studio.py

The tests' puppet performs an exercise into recordings of five minutes: sets of ten repetitions, with walking
in, rests and walking off. Chromium opens the studio with them, and the mouse drags an edge, a step at a time.
What is timed is what a hand would see: from the page's being told that the mouse has moved to its having
drawn the counts of all recordings anew.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Result, median, ms, parser, quantile, run
from playwright.sync_api import Page, sync_playwright
from samples import record
from whatif import performed

from formcoach.errors import FormcoachError
from formcoach.spec_file import find_spec

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from studio_open import opened

SOON_S = 0.3
EACH_S = 300
RATE = 30

DRAGS = (
    ("a pose that counts", "leg", "Work position", "low"),
    ("a check", "knee", "Knee straight", "low"),
)
"""What is dragged in the bird-dog: in words, the measure, the bound, and its end."""

WATCH = """() => {
  window.waits = [];
  let moved = null;
  // Not on the way to what is dragged, before it is held.
  const move = ({ buttons }) => { if (buttons) moved ??= performance.now(); };
  document.addEventListener("pointermove", move, true);
  new MutationObserver(() => {
    const wait = document.querySelector(".wait");
    if (moved === null || wait?.textContent.includes("counted")) return;
    window.waits.push((performance.now() - moved) / 1000);
    moved = null;
  }).observe(document.querySelector(".told"), { childList: true });
}"""
JUDGED = "!document.querySelector('.told').textContent.includes('…') && !document.querySelector('.wait')"


def waits(page: Page, measure: str, bound: str, end: str, steps: int) -> list[float]:
    """Seconds from each move of the mouse until the new counts stand there."""
    plot = page.locator(f'.plot[data-measure="{measure}"]')
    plot.locator(".chip", has_text=bound).first.click()
    plot.scroll_into_view_if_needed()
    grip = plot.locator(f".edge.{end} .grip").bounding_box()
    if grip is None:
        raise FormcoachError(f"The edge of {measure} cannot be seen.")
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    found = []
    for step in range(1, steps + 1):
        page.evaluate("window.waits.length = 0")
        page.mouse.move(x, y - 4 * step)
        while not (told := page.evaluate("window.waits")):
            page.wait_for_timeout(5)
        found.append(told[0])
    page.mouse.up()
    return found


def measure(options: argparse.Namespace) -> Result:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise FormcoachError("Chromium is not installed; it is what looks at the studio.")
    count = max(1, round(60 * options.minutes / EACH_S))
    rows = [["dragged", "median", "p95", "slowest"]]
    figures: dict[str, float] = {}
    with TemporaryDirectory() as kept, sync_playwright() as driver:
        samples = performed("bird-dog", round(60 * options.minutes * RATE / count))
        one = record(find_spec("bird-dog"), samples, Path(kept))
        for number in range(1, count):
            shutil.copy(one, one.with_name(f"{number}.fcr"))
        with opened([Path(kept)], find_spec("bird-dog"), pairs=0) as served:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(600_000)
            page.goto(served.address)
            page.wait_for_selector(".stage .plot .edge")
            while page.locator(".recordings .counts").count() < count or not page.evaluate(JUDGED):
                page.wait_for_timeout(200)
            page.evaluate(WATCH)
            for words, name, bound, end in DRAGS:
                took = waits(page, name, bound, end, options.steps)
                rows.append([words, ms(median(took)), ms(quantile(took, 0.95)), ms(max(took))])
                key = bound.replace(" ", "_").lower()
                figures |= {f"{key}_s": median(took), f"{key}_slowest_s": max(took)}
            browser.close()
    return Result(
        "studio",
        f"new counts of all recordings stand in the studio {SOON_S} s after the mouse has moved",
        all(seconds <= SOON_S for seconds in figures.values()),
        rows,
        figures,
        f"{count} recordings, {options.minutes:g} minutes in all; {options.steps} steps of each drag.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time the studio while a band is dragged.", video=False)
    made.add_argument("--minutes", type=float, default=60.0, help="of recordings (default: 60)")
    made.add_argument("--steps", type=int, default=12, help="of each drag (default: 12)")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
