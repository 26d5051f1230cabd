"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from formcoach.errors import FormcoachError

settings.register_profile("formcoach", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("formcoach")


@pytest.fixture(autouse=True)
def history_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test writes into the history of whoever runs it."""
    monkeypatch.setenv("FORMCOACH_HISTORY", str(tmp_path / "history.sqlite"))
    return tmp_path / "history.sqlite"


@pytest.fixture(autouse=True)
def camera_choice_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test changes which camera whoever runs it has chosen."""
    monkeypatch.setenv("FORMCOACH_CAMERA_FILE", str(tmp_path / "camera"))


@pytest.fixture(autouse=True)
def nothing_personal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is coached by what is known of whoever runs it."""
    monkeypatch.setenv("FORMCOACH_PERSONAL", str(tmp_path / "personal.toml"))


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
