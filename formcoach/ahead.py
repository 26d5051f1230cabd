"""A stream that a thread of its own makes, some items ahead of the one who uses them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")

_LOOK_S = 0.01


class Ahead(Generic[T]):
    """Iterates over other items beforehand; use it in a `with` block, or close it.

    Args:
        items: what to iterate over. Whatever it raises, `next` raises after the items before it.
        room: how many items may wait to be asked for.
        name: of the thread, which starts when the first item is asked for.
    """

    def __init__(self, items: Iterable[T], room: int, name: str) -> None:
        self._items = items
        self._waiting: queue.Queue[T | _End] = queue.Queue(room)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._started = self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        if self._ended:
            raise StopIteration
        if not self._started:
            self._started = True
            self._thread.start()
        item = self._waiting.get()
        if isinstance(item, _End):
            self.close()
            raise item.error or StopIteration
        return item

    def close(self) -> None:
        """End the thread, which may still finish the item it is at; what waits is dropped."""
        self._ended = True
        while self._started and self._thread.is_alive():
            while not self._waiting.empty():  # the thread may wait for room
                self._waiting.get()
            self._thread.join(_LOOK_S)

    def _run(self) -> None:
        """The thread."""
        error: Exception | None = None
        try:
            for item in self._items:
                if self._ended:
                    return
                self._waiting.put(item)
        except Exception as problem:  # noqa: BLE001 - the one who asks for items raises it
            error = problem
        finally:
            self._waiting.put(_End(error))


class _End:
    """There will be no more items, because of an error or because that was all."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
