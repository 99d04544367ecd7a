"""A23: what may be copied, how it lies in the clipboard, and that it goes: by time, lock, end, and only ours."""

import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.console import _after_first_paint
from app.domain.errors import NotAllowedError
from app.ui.application import clear_left_copies
from app.ui.clipboard.hints import KDE_HINT, MAC_TYPES, WINDOWS_FORMATS, conceal, hint_formats
from app.ui.clipboard.keeper import MARK_FORMAT, ClipboardKeeper, clear_left_copy
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.screen import ConsoleScreen
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_people import CANARY

Make = Callable[..., Signed]


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    board = QGuiApplication.clipboard()
    board.setText("somebody’s own text")
    yield board
    board.clear()


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def copying_desk() -> FakeDesk:
    desk = FakeDesk(count=300)
    desk.copies = True
    return desk


def opened(qtbot: QtBot, signed: Signed) -> tuple[ConsoleScreen, FieldRow]:
    """The console with one open field."""
    screen = signed.window.console
    assert screen is not None
    row = screen.card.row("mobile_phone")
    assert row is not None
    row.take(Offer.REVEAL)
    qtbot.waitUntil(lambda: screen.field_actions._popover is not None)
    popover = screen.field_actions._popover
    assert popover is not None
    QTest.keyClick(popover, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: row.curtain.is_open)
    row.setFocus()
    return screen, row


def copied(qtbot: QtBot, signed: Signed) -> tuple[ConsoleScreen, FieldRow]:
    screen, row = opened(qtbot, signed)
    QTest.keyClick(row, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: screen.clipboard.seconds_left() > 0)
    return screen, row


# what may be copied


def test_that_nothing_offers_a_copy_where_policy_says_nothing(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    signed = console()
    _screen, row = opened(qtbot, signed)
    assert not row.copy.isVisible()
    QTest.keyClick(row, Qt.Key.Key_C)
    row.copy.click()
    qtbot.wait(50)
    assert clipboard.text() == "somebody’s own text"
    assert signed.desk.copied_fields == []


@pytest.mark.attack("A23")
@pytest.mark.parametrize("copies", [False, True])
def test_that_no_other_way_leads_out(qtbot: QtBot, console: Make, clipboard: QClipboard, copies: bool) -> None:
    """Ctrl+C, Ctrl+A, Ctrl+Insert, double click, a drag over the value, the context menu, the middle button."""
    desk = FakeDesk(count=300)
    desk.copies = copies
    screen, row = opened(qtbot, console(desk))
    curtain = row.curtain
    for target in (row, curtain, screen, screen.card):
        for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Insert):
            QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseDClick(curtain, Qt.MouseButton.LeftButton, pos=QPoint(60, 14))
    QTest.mousePress(curtain, Qt.MouseButton.LeftButton, pos=QPoint(40, 14))
    QTest.mouseMove(curtain, QPoint(220, 14))
    QTest.mouseRelease(curtain, Qt.MouseButton.LeftButton, pos=QPoint(220, 14))
    QTest.mouseClick(curtain, Qt.MouseButton.RightButton, pos=QPoint(60, 14))
    QTest.mouseClick(curtain, Qt.MouseButton.MiddleButton, pos=QPoint(60, 14))
    assert QApplication.activePopupWidget() is None, "no context menu"
    assert row.curtain.is_open, "the control: it was open all the time"
    assert clipboard.text() == "somebody’s own text"
    assert clipboard.text(QClipboard.Mode.Selection) == ""
    assert desk.copied_fields == []


@pytest.mark.attack("A23")
def test_that_open_notes_give_nothing_either(qtbot: QtBot, console: Make, clipboard: QClipboard) -> None:
    screen = console(copying_desk()).window.console
    assert screen is not None
    history = screen.desk_panel.history
    history._on_button_clicked()
    qtbot.waitUntil(lambda: history.is_open)
    for text in history._texts:
        for target in (text, history):
            QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(target, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        QTest.mouseDClick(text, Qt.MouseButton.LeftButton)
        QTest.mouseClick(text, Qt.MouseButton.RightButton)
    assert history.is_open, "the control"
    assert QApplication.activePopupWidget() is None
    assert clipboard.text() == "somebody’s own text"


def test_that_a_copy_is_written_down_first_and_refused_without(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    desk = copying_desk()
    desk.refuse_copy = NotAllowedError("no", code="clipboard")
    screen, row = opened(qtbot, console(desk))
    assert row.copy.isVisible()
    QTest.keyClick(row, Qt.Key.Key_C)
    qtbot.waitUntil(screen.card.fault.isVisible)
    assert clipboard.text() == "somebody’s own text"
    desk.refuse_copy = None
    QTest.keyClick(row, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: clipboard.text() == CANARY)
    assert desk.copied_fields == ["mobile_phone"]


def test_that_what_was_shut_meanwhile_is_not_copied(qtbot: QtBot, console: Make, clipboard: QClipboard) -> None:
    desk = copying_desk()
    screen, row = opened(qtbot, console(desk))
    QTest.keyClick(row, Qt.Key.Key_C)
    screen.field_actions.close()
    qtbot.waitUntil(lambda: desk.copied_fields == ["mobile_phone"])
    qtbot.wait(50)
    assert clipboard.text() == "somebody’s own text"


def test_that_one_s_own_words_move_in_a_note_and_go_at_a_lock(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    """Cut and paste work while one writes; the copy is hinted and marked, and leaves with the person."""
    screen = console().window.console
    assert screen is not None
    edit = screen.desk_panel.note.edit
    edit.setPlainText("the caller disputes the charge")
    edit.selectAll()
    edit.cut()
    gc.collect()
    assert bytes(clipboard.mimeData().data(KDE_HINT).data()) == b"secret"
    edit.paste()
    edit.paste()
    assert edit.toPlainText() == "the caller disputes the charge" * 2
    screen.leaving.lock_by_hand()
    assert clipboard.text() == ""


# how it lies there


def test_that_a_copy_carries_the_hints_and_a_mark_without_meaning(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    copied(qtbot, console(copying_desk()))
    data = clipboard.mimeData()
    assert data.text() == CANARY
    assert bytes(data.data(KDE_HINT).data()) == b"secret"
    assert len(bytes(data.data(MARK_FORMAT).data())) == 16
    assert not data.hasHtml()


def test_that_each_system_gets_its_own_hints() -> None:
    assert hint_formats("win32") == WINDOWS_FORMATS
    assert WINDOWS_FORMATS["CanIncludeInClipboardHistory"] == WINDOWS_FORMATS["CanUploadToCloudClipboard"] == bytes(4)
    assert hint_formats("darwin") == {}
    assert hint_formats("linux") == {KDE_HINT: b"secret"}


class Recorded:
    """An Objective-C runtime that writes down what it is told."""

    def __init__(self) -> None:
        self.sent: list[tuple[object, str, tuple[object, ...]]] = []
        self.names: dict[int, str] = {}

    def class_named(self, name: str) -> int:
        self.names[len(self.names) + 1] = name
        return len(self.names)

    def send(self, receiver: int, selector: str, *arguments: int | bytes) -> int:
        told = tuple(self.names.get(a, a) if isinstance(a, int) else a.decode() for a in arguments)
        self.sent.append((self.names[receiver], selector, told))
        self.names[len(self.names) + 1] = f"{selector}{','.join(map(str, told))}"
        return len(self.names)


def test_that_macos_is_told_that_the_copy_is_concealed_and_passing() -> None:
    """Not run on a Mac; what would be sent."""
    runtime = Recorded()
    conceal(runtime)
    marked = [told[1] for _who, selector, told in runtime.sent if selector == "setString:forType:"]
    assert marked == [f"stringWithUTF8String:{name}" for name in MAC_TYPES]
    assert [told[1] for _who, selector, told in runtime.sent if selector == "addTypes:owner:"] == [0, 0]


# that it goes


@pytest.mark.attack("A23")
def test_that_it_is_cleared_after_its_time(qapp: QApplication, clipboard: QClipboard) -> None:
    clock, left = Clock(), list[int]()
    keeper = ClipboardKeeper(clipboard, clock=clock)
    keeper.moved.connect(left.append)
    keeper.put(CANARY, 20)
    clock.now += 19.4
    keeper.tick()
    assert clipboard.text() == CANARY
    clock.now += 0.6
    keeper.tick()
    assert clipboard.text() == ""
    assert (left, keeper.outcome) == ([20, 1, 0], "removed")


def test_that_a_second_copy_begins_its_own_time(qapp: QApplication, clipboard: QClipboard) -> None:
    clock = Clock()
    keeper = ClipboardKeeper(clipboard, clock=clock)
    keeper.put("one", 20)
    clock.now += 15
    keeper.put("two", 20)
    clock.now += 15
    keeper.tick()
    assert clipboard.text() == "two"


@pytest.mark.parametrize("how", ["time", "clear"])
def test_that_what_somebody_copied_since_stays(qapp: QApplication, clipboard: QClipboard, how: str) -> None:
    clock = Clock()
    keeper = ClipboardKeeper(clipboard, clock=clock)
    keeper.put(CANARY, 20)
    clipboard.setText("an address from a mail")
    if how == "time":
        clock.now += 21
        keeper.tick()
    else:
        keeper.clear()
    assert clipboard.text() == "an address from a mail"
    assert keeper.outcome == "left_alone"
    assert keeper.seconds_left() == 0


def test_that_the_same_text_copied_elsewhere_is_not_ours(qapp: QApplication, clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard)
    keeper.put(CANARY, 20)
    clipboard.setText(CANARY)
    assert keeper.clear() == "left_alone"
    assert clipboard.text() == CANARY


@pytest.mark.attack("A23")
@pytest.mark.parametrize("leaving", ["lock", "sign_out", "window"])
def test_that_a_lock_and_each_end_clear_it(qtbot: QtBot, console: Make, clipboard: QClipboard, leaving: str) -> None:
    signed = console(copying_desk())
    screen, _row = copied(qtbot, signed)
    assert clipboard.text() == CANARY
    {"lock": screen.leaving.lock_by_hand, "sign_out": lambda: screen.end("signed_out"), "window": signed.window.close}[
        leaving
    ]()
    assert clipboard.text() == "", "at once, before the office has answered"
    if leaving != "lock":
        qtbot.waitUntil(lambda: bool(signed.receipts))
        assert [line.outcome for line in signed.receipts[0].lines if line.what == "clipboard"] == ["removed"]


def test_that_without_a_copy_the_receipt_says_that_it_was_left_alone(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    signed = console()
    screen = signed.window.console
    assert screen is not None
    screen.end("signed_out")
    qtbot.waitUntil(lambda: bool(signed.receipts))
    assert clipboard.text() == "somebody’s own text"
    assert [line.outcome for line in signed.receipts[0].lines if line.what == "clipboard"] == ["left_alone"]


def test_that_a_fresh_console_clears_what_a_dead_one_left_and_nothing_else(
    qapp: QApplication, clipboard: QClipboard
) -> None:
    """As a clipboard manager that outlives its clients keeps it: all formats, without the process."""
    clear_left_copies()
    assert clipboard.text() == "somebody’s own text"
    left = QMimeData()
    left.setText(CANARY)
    left.setData(MARK_FORMAT, b"m" * 16)
    clipboard.setMimeData(left)
    clear_left_copies()
    assert clipboard.text() == ""


def test_that_each_console_begins_with_that_once_its_window_stands(qapp: QApplication, clipboard: QClipboard) -> None:
    left, painted = QMimeData(), threading.Event()
    left.setText(CANARY)
    left.setData(MARK_FORMAT, b"m" * 16)
    clipboard.setMimeData(left)
    _after_first_paint(painted)
    assert painted.is_set()
    assert clipboard.text() == ""


class Held:
    """A clipboard that another program has open: it takes no clearing at first."""

    def __init__(self, refusals: int) -> None:
        self.data: QMimeData | None = QMimeData()
        self.data.setData(MARK_FORMAT, b"m" * 16)
        self.refusals = refusals

    def mimeData(self) -> QMimeData | None:  # noqa: N802
        return self.data

    def clear(self) -> None:
        self.refusals -= 1
        if self.refusals < 0:
            self.data = None


@pytest.mark.parametrize(("refusals", "outcome"), [(0, "removed"), (2, "removed"), (9, "failed")])
def test_that_a_refused_clearing_is_tried_again_and_then_said(refusals: int, outcome: str) -> None:
    assert clear_left_copy(Held(refusals)) == outcome  # type: ignore[arg-type]


# what a person sees and hears


def test_that_the_time_of_a_copy_is_shown_and_the_row_tells_its_key(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    signed = console(copying_desk())
    screen, row = opened(qtbot, signed)
    assert "C copies it" in row.accessibleDescription()
    assert CANARY not in row.copy.accessibleName() + row.accessibleName() + row.accessibleDescription()
    row.copy.click()
    qtbot.waitUntil(lambda: screen.clipboard.seconds_left() > 0)
    said = named(signed.window, "clipboard_state")
    assert "cleared in 20 s" in said.text()  # type: ignore[attr-defined]
    screen.clipboard.clear()
    assert not said.isVisible()


def test_that_the_copy_goes_with_the_value_and_leaves_no_button(
    qtbot: QtBot, console: Make, clipboard: QClipboard
) -> None:
    screen, row = opened(qtbot, console(copying_desk()))
    screen.closing.close_all()
    qtbot.waitUntil(lambda: not row.is_busy)
    assert not row.copy.isVisible()
    assert not row.curtain.copy_to(lambda _text: pytest.fail("there is nothing to copy"))
    assert isinstance(row.copy, QWidget)


COPIES_AND_ENDS = """
from PySide6.QtWidgets import QApplication
from app.ui.clipboard.note_edit import NoteEdit
application = QApplication(["tirai", "-platform", "offscreen"])
edit = NoteEdit("a note")
edit.selectAll()
edit.copy()
print(QApplication.clipboard().text())
"""


def test_that_a_process_ends_in_peace_with_a_copy_in_the_clipboard() -> None:
    """Qt let go of the copy after the interpreter had gone: a segmentation fault."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", COPIES_AND_ENDS], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "a note"
    assert (done.returncode, done.stderr) == (0, "")
