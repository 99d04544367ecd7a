"""The walk over the screens finds what it looks for: planted faults."""

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, text_label
from tests.ui.walk import cut_texts, nameless, painted_cuts

LONG = "Membacakan untuk memastikan pengiriman"


def shown(qtbot: QtBot, *widgets: QWidget, width: int) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    window.setFixedWidth(width)
    qtbot.addWidget(window)
    window.show()
    return window


def test_that_a_label_and_a_button_with_too_little_room_are_found(qtbot: QtBot, look: Look) -> None:
    label, button = text_label(look, LONG), Button(look, LONG)
    label.setFixedWidth(90)
    button.setFixedWidth(90)
    assert len(cut_texts(shown(qtbot, label, button, width=400))) == 2


def test_that_nothing_is_found_where_there_is_room(qtbot: QtBot, look: Look) -> None:
    window = shown(qtbot, text_label(look, LONG), Button(look, LONG), text_label(look, LONG, wrap=True), width=400)
    assert cut_texts(window) == []


def test_that_a_label_that_a_parent_cuts_off_is_found(qtbot: QtBot, look: Look) -> None:
    box = QWidget()
    row = QHBoxLayout(box)
    row.addWidget(text_label(look, LONG))
    inner = QWidget(box)
    text_label(look, "x").setParent(inner)
    label = text_label(look, LONG)
    label.setParent(box)
    label.adjustSize()
    label.move(60, 0)
    box.setFixedWidth(label.width())
    window = shown(qtbot, box, width=400)
    label.show()
    assert any("QLabel" in found for found in cut_texts(window))


def test_that_a_painted_ellipsis_is_found(qtbot: QtBot, look: Look) -> None:
    label = ElidedLabel(look, LONG)
    label.setFixedWidth(60)
    window = shown(qtbot, label, width=400)
    cuts: list[str] = []
    with painted_cuts(cuts):
        window.grab()
    assert cuts == [f"painted: {LONG}"]


def test_that_a_focusable_widget_without_a_name_is_found(qtbot: QtBot, look: Look) -> None:
    named = QPlainTextEdit()
    named.setAccessibleName("Catatan")
    window = shown(qtbot, QPlainTextEdit(), named, Button(look, "Buka"), width=400)
    assert len(nameless(window)) == 1
