from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from formcoach.ahead import Ahead


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


class Numbers:
    """Counts up, and tells how far it was asked to and by whom."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.made = 0
        self.threads: set[str] = set()
        self.reached = {number: threading.Event() for number in range(end + 1)}

    def __iter__(self) -> Iterator[int]:
        while self.made < self.end:
            self.threads.add(threading.current_thread().name)
            self.made += 1
            self.reached[self.made].set()
            yield self.made


@pytest.mark.parametrize("room", [1, 2, 50])
def test_every_item_comes_in_its_order(room: int) -> None:
    with Ahead(Numbers(20), room, "counting") as items:
        assert list(items) == list(range(1, 21))
        assert list(items) == []


def test_items_are_made_beforehand_in_a_thread_of_their_own() -> None:
    numbers = Numbers(20)
    with Ahead(numbers, 3, "counting") as items:
        assert next(items) == 1
        # One given out, three waiting, and one more in the hand.
        assert numbers.reached[5].wait(10)
        assert not numbers.reached[6].wait(0.05)
    assert numbers.threads == {"counting"}


def test_nothing_is_made_before_the_first_is_asked_for() -> None:
    numbers = Numbers(5)
    with Ahead(numbers, 3, "counting") as items:
        pass
    assert numbers.made == 0
    assert list(items) == []


def test_leaving_early_ends_the_thread() -> None:
    numbers = Numbers(1000)
    with Ahead(numbers, 2, "counting") as items:
        assert next(items) == 1
    assert numbers.made < 10
    assert list(items) == []
    items.close()


def test_an_error_comes_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("the end of the tape")

    got = []
    with Ahead(items(), 8, "counting") as ahead:
        with pytest.raises(OSError, match="end of the tape"):
            got.extend(iter(ahead))
        assert list(ahead) == []
