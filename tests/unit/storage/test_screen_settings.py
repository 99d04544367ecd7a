"""What a home remembers of its screens."""

from pathlib import Path

import pytest

from app.domain.display import Display
from app.storage.screen_settings import (
    SETTINGS_NAME,
    remember_display,
    remember_language,
    remembered_display,
    remembered_language,
)


def test_that_the_language_is_remembered_in_a_file_of_the_owners_alone(tmp_path: Path) -> None:
    for language in ("id", "en"):
        remember_language(tmp_path, language)
        assert remembered_language(tmp_path) == language
    file = tmp_path / SETTINGS_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_NAME]


def test_that_a_new_home_remembers_nothing(tmp_path: Path) -> None:
    assert remembered_language(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "language = 'nl'", "language = 3", "language = [", "language = 'id'\n" + "#" * 2000, "\x00"]
)
def test_that_a_broken_file_counts_as_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / SETTINGS_NAME
    file.write_text(text)
    file.chmod(0o600)
    assert remembered_language(tmp_path) is None


def test_that_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text("language = 'id'")
    (tmp_path / SETTINGS_NAME).symlink_to(elsewhere)
    assert remembered_language(tmp_path) is None


def test_that_an_unknown_language_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="en or id"):
        remember_language(tmp_path, "nl")


def test_that_the_look_is_remembered_beside_the_language(tmp_path: Path) -> None:
    chosen = Display("dark", "comfortable", 150, "still")
    remember_language(tmp_path, "id")
    remember_display(tmp_path, chosen)
    assert (remembered_language(tmp_path), remembered_display(tmp_path)) == ("id", chosen)
    remember_language(tmp_path, "en")
    assert remembered_display(tmp_path) == chosen, "another language changes nothing of the look"


def test_that_a_home_without_a_look_remembers_none(tmp_path: Path) -> None:
    assert remembered_display(tmp_path) is None
    remember_language(tmp_path, "id")
    assert remembered_display(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("display = 3", None),
        ("[display]", Display()),
        ("[display]\ntheme = 'pink'\ntext = 400\ndensity = 1\nmotion = []", Display()),
        ("[display]\ntheme = 'dark'\ntext = true", Display("dark")),
    ],
)
def test_that_what_is_not_on_offer_counts_as_not_said(tmp_path: Path, text: str, read: Display | None) -> None:
    file = tmp_path / SETTINGS_NAME
    file.write_text(text)
    file.chmod(0o600)
    assert remembered_display(tmp_path) == read
