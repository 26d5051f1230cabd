"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from formcoach.errors import FormcoachError

settings.register_profile("formcoach", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("formcoach")


@pytest.fixture(autouse=True)
def diary_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test writes into the diary of whoever runs it."""
    monkeypatch.setenv("FORMCOACH_DIARY", str(tmp_path / "diary.jsonl"))
    return tmp_path / "diary.jsonl"


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The full pose model, from the cache or fetched as a session fetches it.

    Skips, with the sentence that a person is told, where there is none or MediaPipe cannot run.
    """
    from formcoach.model_file import find_model

    try:
        from formcoach.pose import load_library

        load_library()
        return find_model()
    except FormcoachError as problem:
        pytest.skip(str(problem))
