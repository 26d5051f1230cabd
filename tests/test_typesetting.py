from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from formcoach.overlay.drawing import printable, text_width
from formcoach.overlay.typesetting import ELLIPSIS, fit

WEIGHT = 650


def test_a_short_text_is_set_as_wished() -> None:
    fitted = fit("Heel up", 600, 40, WEIGHT, most=2)
    assert fitted.lines == ("Heel up",) and fitted.size == 40


def test_a_little_too_long_stays_on_one_line() -> None:
    width = text_width("Heel up to hip height", 36, WEIGHT)
    fitted = fit("Heel up to hip height", width, 40, WEIGHT, most=2)
    assert fitted.lines == ("Heel up to hip height",)
    assert 34 <= fitted.size <= 36


def test_longer_breaks_into_lines_of_about_the_same_length() -> None:
    fitted = fit("Lower the leg a little, keep your back flat", 560, 40, WEIGHT, most=2)
    assert fitted.lines == ("Lower the leg a little,", "keep your back flat")
    assert fitted.size == 40


def test_one_line_shrinks_instead() -> None:
    fitted = fit("Get into position", 200, 48, WEIGHT)
    assert fitted.lines == ("Get into position",) and fitted.size < 48


def test_what_cannot_shrink_enough_is_cut() -> None:
    fitted = fit("Lower " * 60, 300, 40, WEIGHT, most=2)
    assert len(fitted.lines) == 2 and fitted.lines[-1].endswith(ELLIPSIS)
    assert fitted.size == 18


def test_a_text_without_gaps_is_cut_too() -> None:
    fitted = fit("腰" * 60, 300, 40, WEIGHT, most=2)
    assert len(fitted.lines) == 2 and fitted.lines[1] == fitted.lines[1].rstrip()
    assert fitted.lines[1].endswith(ELLIPSIS)


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(max_size=120).map(printable),
    width=st.integers(60, 900),
    size=st.integers(6, 90),
    most=st.integers(1, 3),
)
def test_lines_always_fit_and_keep_the_words_in_order(text: str, width: int, size: int, most: int) -> None:
    fitted = fit(text, width, size, WEIGHT, most=most)
    assert 1 <= len(fitted.lines) <= most or text == ""
    assert fitted.size <= size
    for line in fitted.lines:
        assert text_width(line, fitted.size, WEIGHT) <= width
    together = "".join(fitted.lines).replace(" ", "")
    whole = text.replace(" ", "")
    assert together == whole or whole.startswith(together.removesuffix(ELLIPSIS))
