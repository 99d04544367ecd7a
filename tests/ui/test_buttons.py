"""Buttons by the keyboard: Return presses what has the focus, and the focus can be seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_return_and_space_press_the_button_that_has_the_focus(key: Qt.Key, look: Look, qtbot: QtBot) -> None:
    button, pressed = Button(look, "Send request", "primary"), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    button.setFocus()
    QTest.keyClick(button, key)
    assert len(pressed) == 1


def test_that_a_chord_with_return_is_left_to_the_screen(look: Look, qtbot: QtBot) -> None:
    button, pressed = Button(look, "Cancel", "quiet"), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pressed


def test_that_the_ring_of_a_filled_button_stands_off_its_fill(look: Look, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    button = Button(look, "", "primary")
    button.setParent(ground)
    button.setFixedSize(120, 40)
    ground.show()
    ground.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    down = [image.pixelColor(QPoint(60, y)).name().upper() for y in (0, 3, 8)]
    assert down == [look.hex("focus"), look.hex("surface"), look.hex("accent")]


def test_that_a_button_at_work_says_so_keeps_the_focus_and_takes_no_press(look: Look, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    button, pressed = Button(look, "Close account", "danger"), []
    button.setParent(ground)
    button.clicked.connect(lambda: pressed.append(True))
    ground.show()
    ground.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.set_busy("Closing…")
    button.set_busy("Closing…")
    assert (button.text(), button.accessibleName()) == ("Closing…", "Closing…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(button, key)
    assert not pressed
    assert button.hasFocus()
    button.set_busy()
    assert (button.text(), button.accessibleName()) == ("Close account", "Close account")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
