"""The walk for people without a mouse or with little sight finds what it looks for: planted faults."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.access_walk import faults
from tests.ui.focus_walk import round_faults, unseen_focus

PLAIN = "QWidget { background: #ffffff; color: #111111 } QLineEdit:focus { border: 2px solid #0044cc }"


class Trap(QLineEdit):
    """Tab stays in it."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 (Qt's names)
        return True


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.setStyleSheet(PLAIN)
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for name in ("one", "two"):
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setMinimumHeight(30)
        column.addWidget(line)
    column.addWidget(QLabel("Plain words"))
    return window


def found(window: QWidget) -> set[str]:
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    kinds = {kind for kind, _place in faults(window, window.grab().toImage())}
    kinds |= {"round" for _fault in round_faults(window)}
    return kinds | {"unseen" for _place in unseen_focus(window)}


def planted(window: QWidget, fault: str) -> QWidget:
    widget: QWidget = QPushButton("Press")
    match fault:
        case "role":
            widget = QFrame()
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        case "twins":
            widget = QLineEdit()
            widget.setAccessibleName("one")
        case "small":
            widget.setStyleSheet("QPushButton { min-height: 10px; max-height: 12px; padding: 0; border: none }")
        case "mouse":
            widget = QListWidget()
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        case "faint":
            widget = QLabel("Faint words")
            widget.setStyleSheet("color: #cccccc")
        case "round":
            widget = Trap()
        case _:
            widget.setStyleSheet("QPushButton, QPushButton:focus { border: none; outline: none }")
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    return widget


def test_that_nothing_is_found_on_a_plain_screen(window: QWidget) -> None:
    assert found(window) == set()


@pytest.mark.parametrize("fault", ["role", "twins", "small", "mouse", "faint", "round", "unseen"])
def test_that_a_planted_fault_is_found(window: QWidget, fault: str) -> None:
    planted(window, fault)
    assert fault in found(window)
