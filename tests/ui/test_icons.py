"""Icons of the program stand ready in a file of ours, so that no window reads the package's list of all."""

import json
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.ui.theme import icons
from tests.ui.icon_outlines import FILE, outlines


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    for kept in (icons.icon_pixmap, icons._outline, icons._known, icons._archive):
        kept.cache_clear()
    yield
    icons.icon_pixmap.cache_clear()


def test_that_the_file_says_what_the_package_does() -> None:
    """A name that is new in the program may still be missing: it comes from the package until the file is made anew."""
    ready, made = json.loads(FILE.read_text("utf-8")), json.loads(outlines())
    assert {name: made.get(name) for name in ready} == ready, "run: python -m tests.ui.icon_outlines"
    assert len(made) - len(ready) < 10, "run: python -m tests.ui.icon_outlines"


def test_that_an_icon_which_the_program_names_opens_no_package(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icons, "_archive", lambda: pytest.fail("the package was opened"))
    assert not icons.icon_pixmap("eye", "#102030", 16, 1.0).isNull()


def test_that_any_other_icon_comes_from_the_package(qtbot: QtBot) -> None:
    name = "zodiac-virgo"
    assert name not in icons._known()
    image = icons.icon_pixmap(name, "#102030", 16, 1.0).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))


def test_that_no_icon_is_of_no_name(qtbot: QtBot) -> None:
    with pytest.raises(KeyError):
        icons.icon_pixmap("no-such-icon", "#102030", 16, 1.0)
