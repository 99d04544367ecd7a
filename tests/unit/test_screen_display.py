"""How the windows of a home look before somebody is known."""

from pathlib import Path

import pytest

from app.bootstrap.program import Program
from app.bootstrap.screens import remember_screen_display, screen_display
from app.domain.display import Display
from app.storage.places import Places


def program_at(folder: Path, theme: str = "system") -> Program:
    places = Places(folder / "home", folder / "cache", folder / "run").prepare()
    return Program(places, theme=theme)


def test_that_the_door_looks_as_this_home_looked_last(tmp_path: Path) -> None:
    assert screen_display(program_at(tmp_path)) == Display()
    remember_screen_display(program_at(tmp_path), Display("dark", text=150))
    assert screen_display(program_at(tmp_path)) == Display("dark", text=150)


def test_that_a_theme_by_name_comes_first(tmp_path: Path) -> None:
    remember_screen_display(program_at(tmp_path), Display("dark", text=150))
    assert screen_display(program_at(tmp_path, "contrast")) == Display("contrast", text=150)


def test_that_a_look_that_cannot_be_kept_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    program = program_at(tmp_path)
    monkeypatch.setattr("app.storage.screen_settings.remember_display", full)
    remember_screen_display(program, Display("dark"))
    assert not list((tmp_path / "home").iterdir())
