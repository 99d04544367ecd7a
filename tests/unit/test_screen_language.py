"""Which language the windows of a home speak."""

from pathlib import Path

import pytest

from app.bootstrap.program import Program
from app.bootstrap.screens import remember_screen_language, screen_language
from app.storage.places import Places


def program_at(folder: Path, language: str | None = None) -> Program:
    places = Places(folder / "home", folder / "cache", folder / "run").prepare()
    return Program(places, language=language)


def test_that_what_the_home_remembers_comes_first(tmp_path: Path) -> None:
    remember_screen_language(program_at(tmp_path), "id")
    assert screen_language(program_at(tmp_path)) == "id"
    assert screen_language(program_at(tmp_path, "en")) == "id", "the switch at the door came after the command line"


def test_that_a_named_language_counts_where_nothing_is_remembered(tmp_path: Path) -> None:
    assert screen_language(program_at(tmp_path, "id")) == "id"


def test_that_a_choice_that_cannot_be_kept_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    program = program_at(tmp_path)
    monkeypatch.setattr("app.storage.screen_settings.remember_language", full)
    remember_screen_language(program, "id")
    assert not list((tmp_path / "home").iterdir())
