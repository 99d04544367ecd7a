"""What a person reads and a reader speaks: lines for what is not kept, times, the door's warning, a retyped code."""

import logging
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMessageLogContext, QPoint, QSize, Qt, QtMsgType
from PySide6.QtGui import QImage, QRegion, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.mask import Mask
from app.session.shown import Office, Revealed, Secret
from app.ui.application import NO_WINDOW_MANAGER, _on_qt_message
from app.ui.console.field_row import FieldRow
from app.ui.sign_in.form import SignInForm
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.tokens import ThemeName
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.curtain import Curtain
from app.ui.widgets.sealed_text import SealedText
from app.ui.wiped.screen import WipedScreen
from app.ui.words import clock_time_seconds, saved_ago
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk, receipt

Make = Callable[..., Signed]


def test_that_a_seventh_digit_begins_another_code(qtbot: QtBot, look: Look) -> None:
    boxes = CodeBoxes(look)
    qtbot.addWidget(boxes)
    QTest.keyClicks(boxes, "1234567")
    assert boxes.text() == "7"
    QTest.keyClicks(boxes, "89012")
    QTest.keyClick(boxes, Qt.Key.Key_Backspace)
    assert boxes.text() == "78901"


@pytest.mark.parametrize(("home", "warned"), [("one-user", True), ("service", False)])
def test_that_the_door_says_what_a_one_user_office_is(qtbot: QtBot, look: Look, home: str, warned: bool) -> None:
    form = SignInForm(look)
    qtbot.addWidget(form)
    form.show_office(Office("Nusantara Care", "SBY-0417", home))
    line = form.findChild(QLabel, "one_user")
    assert isinstance(line, QLabel)
    assert line.isHidden() is not warned
    assert "any valid password" in line.text()


def test_that_empty_fields_take_one_line_a_section_and_no_row(console: Make) -> None:
    desk = FakeDesk(count=30)
    desk.sparse = {0}
    signed = console(desk)
    assert signed.window.console is not None
    rows = [row.field.name for row in signed.window.console.card.rows()]
    assert rows == ["mobile_phone", "nik", "card_number"]
    lines = [label.text() for label in signed.window.findChildren(QLabel, "not_kept")]
    assert lines == [
        "Not kept: email, address",
        "Not kept: date of birth, NPWP",
        "Not kept: bank account",
        "Not kept: health note",
    ]


def test_that_a_curtain_tells_when_ten_and_five_seconds_are_left(qtbot: QtBot, look: Look) -> None:
    now, told = [0.0], list[int]()
    curtain = Curtain(look, Mask("+62", "47", 10), clock=lambda: now[0])
    qtbot.addWidget(curtain)
    curtain.few_left.connect(told.append)
    curtain.opened(Revealed(Secret("value"), 30, "Call back"))
    for at in (1.0, 19.0, 20.0, 20.5, 24.0, 25.0, 29.0):
        now[0] = at
        curtain.tick()
    assert told == [10, 5]


def test_that_an_open_row_speaks_its_time_and_the_reason_chosen(qtbot: QtBot, console: Make) -> None:
    signed = console()
    assert signed.window.console is not None
    row = signed.window.console.card.row("mobile_phone")
    assert isinstance(row, FieldRow)
    row.show_open(Revealed(Secret("value"), 30, "Call back"))
    assert row.accessibleName() == "Mobile phone, contact, open, 30 seconds left"
    assert row.accessibleDescription() == "Call back; S says it aloud"
    row.show_open(Revealed(Secret("value"), 10, "", "Hendra Kusuma"))
    assert row.accessibleName().endswith("10 seconds left")
    assert "Opened for you by Hendra Kusuma, once" in row.accessibleDescription()


def test_that_the_note_in_hand_is_no_earlier_note(qtbot: QtBot, console: Make) -> None:
    signed = console()
    count = named(signed.window, "note_count")
    assert isinstance(count, QLabel)
    QTest.keyClicks(named(signed.window, "note"), "Called back.")
    qtbot.waitUntil(lambda: len(signed.desk.saved) == 1 and count.text() == "2 notes")
    assert signed.window.console is not None
    history = signed.window.console.desk_panel.history
    qtbot.waitUntil(lambda: signed.window.console.desk_panel.note.in_hand() is not None)  # type: ignore[union-attr]
    QTest.mouseClick(named(signed.window, "show_notes"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: history.is_open)
    assert len(history._texts) == 2


def test_that_a_note_saved_a_moment_ago_is_saved_just_now(qapp: object) -> None:
    assert [saved_ago(s) for s in (0, 4.9, 5, 61)] == [
        "Saved just now",
        "Saved just now",
        "Saved 5 s ago",
        "Saved 1 min ago",
    ]


def test_that_the_receipt_says_when_it_was_written_down(qtbot: QtBot, look: Look) -> None:
    screen = WipedScreen(look, receipt())
    qtbot.addWidget(screen)
    texts = [label.text() for label in screen.findChildren(QLabel)]
    assert f"Recorded as entry 88,214 of the audit log, {clock_time_seconds(receipt().at)}" in texts


def test_that_only_the_word_of_a_missing_window_manager_is_left_out(
    qapp: QWidget, caplog: pytest.LogCaptureFixture
) -> None:
    context = QMessageLogContext()
    with caplog.at_level(logging.DEBUG, "tirai.ui"):
        _on_qt_message(QtMsgType.QtWarningMsg, context, NO_WINDOW_MANAGER)
        _on_qt_message(QtMsgType.QtWarningMsg, context, "something else")
    assert "something else" in caplog.text
    assert "propagateSizeHints" not in caplog.text


@pytest.mark.parametrize("theme", list(ThemeName))
def test_that_an_open_note_can_be_read_on_its_lit_ground(qtbot: QtBot, theme: ThemeName) -> None:
    look = Look.of(theme)
    text = SealedText(look, Secret("Asked about the late fee; solved."))
    qtbot.addWidget(text)
    text.resize(260, 40)
    image = QImage(260, 40, QImage.Format.Format_RGB32)
    ground = look.colour("stage")
    image.fill(ground)
    text.render(image, QPoint(), QRegion(), QWidget.RenderFlag.IgnoreMask & ~QWidget.RenderFlag.DrawWindowBackground)
    furthest = max(abs(image.pixelColor(x, y).lightness() - ground.lightness()) for x in range(260) for y in range(20))
    assert furthest > 120


def test_that_a_window_without_room_for_a_frame_takes_the_whole_screen(
    look: Look, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a laptop with a task bar; on a screen below the smallest size it keeps its own, or buttons would be cut."""
    for size, is_maximized in (((1366, 728), True), ((1180, 640), True), ((1920, 1080), False), ((800, 800), False)):
        window = Signed(look, tasks, FakeDesk()).window
        qtbot.addWidget(window)
        monkeypatch.setattr(QScreen, "availableSize", lambda _screen, size=size: QSize(*size))
        window.place()
        assert window.isMaximized() == is_maximized, size
        window.hide()
