"""The watermark: who, where, when; over what is open and only then; clear to the mouse, no node for readers (A24)."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.application import TiraiApplication, dress
from app.ui.widgets import watermark
from app.ui.widgets.watermark import Watermark
from tests.ui.conftest import Signed
from tests.ui.fake_people import person
from tests.ui.test_clipboard import copying_desk, opened

Make = Callable[..., Signed]


class Written(QPainter):
    """A painter that writes down what it is told to write."""

    words: list[str] = []  # noqa: RUF012

    def drawText(self, at: object, text: str) -> None:  # type: ignore[override]  # noqa: N802
        Written.words.append(text)
        super().drawText(at, text)  # type: ignore[call-overload]


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    Written.words = []
    monkeypatch.setattr(watermark, "QPainter", Written)
    return Written.words  # type: ignore[return-value]


def nodes(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    for at in range(root.childCount()):
        child = root.child(at)
        if child is not None:
            yield from nodes(child)


def test_that_it_says_who_where_and_when(qtbot: QtBot, words: list[str], qapp: TiraiApplication) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(700, 600)
    mark = Watermark(dress(qapp, "light"), person(), parent)
    parent.show()
    mark.cover(True)
    parent.grab()
    assert len(words) > 6, "all over the panel"
    for part in ("Ratna Dewanti", "ratna.dewanti", "SBY-0417"):
        assert all(part in text for text in words), part
    assert all(re.search(r"   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", text) for text in words)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_that_it_is_seen_and_leaves_the_text_legible(qtbot: QtBot, qapp: TiraiApplication, theme: str) -> None:
    """Faint strokes are there in each theme: some points of an empty ground change, and none by more than a fifth."""
    look = dress(qapp, theme)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(600, 400)
    parent.setStyleSheet(f"background: {look.colour('surface').name()}")
    mark = Watermark(look, person(), parent)
    parent.show()
    before = parent.grab().toImage()
    mark.cover(True)
    after = parent.grab().toImage()
    points = [(x, y) for x in range(0, 600, 2) for y in range(0, 400, 2)]
    moved = [abs(before.pixelColor(x, y).lightness() - after.pixelColor(x, y).lightness()) for x, y in points]
    share = sum(1 for step in moved if step > 2) / len(points)
    assert 0.005 < share < 0.2
    assert max(moved) <= 255 * look.tokens.watermark_alpha + 6
    dress(qapp, "light")


@pytest.mark.attack("A24")
def test_that_it_lies_over_the_card_while_a_field_is_open_and_goes_with_it(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = signed.window.console
    assert screen is not None
    assert not screen.card.watermark.isVisible()
    screen, _row = opened(qtbot, signed)
    mark = screen.card.watermark
    assert mark.isVisible()
    assert mark.geometry() == screen.card.rect()
    signed.window.resize(1500, 900)
    qtbot.waitUntil(lambda: mark.geometry() == screen.card.rect())
    assert screen.card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1] is mark, "on top"
    screen.closing.close_all()
    assert not mark.isVisible()


def test_that_open_notes_lie_under_one_too(qtbot: QtBot, console: Make) -> None:
    screen = console().window.console
    assert screen is not None
    mark = screen.desk_panel.watermark
    screen.desk_panel.history._on_button_clicked()
    qtbot.waitUntil(lambda: screen.desk_panel.history.is_open)
    assert mark.isVisible()
    assert mark.geometry() == screen.desk_panel.rect()
    screen.closing.close_all()
    assert not mark.isVisible()


def test_that_the_mouse_and_the_keys_go_through_it(qtbot: QtBot, console: Make) -> None:
    screen, row = opened(qtbot, console(copying_desk()))
    window = screen.window()
    at = row.button.mapTo(window, row.button.rect().center())
    assert window.childAt(at) is row.button
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    qtbot.waitUntil(lambda: not row.curtain.is_open)
    assert screen.card.watermark.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.attack("A24")
def test_that_readers_find_no_node_of_it(qtbot: QtBot, console: Make) -> None:
    screen, _row = opened(qtbot, console())
    assert screen.card.watermark.isVisible()
    root = QAccessible.queryAccessibleInterface(screen.window())
    found = [node.object() for node in nodes(root)]
    assert screen.card in found, "the control: the card has a node"
    assert not [thing for thing in found if isinstance(thing, Watermark)]
