"""What every picture needs: a window on an office in memory, and somebody signed in."""

import gc
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication
from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
from app.ui.widgets.popover import Popover
from tests.ui import fake_desk, fake_door
from tests.ui.fake_outside import FakeReports

LEVELS = 6
"""So many times what is asked of a parent goes on to the next."""


def wait(ms: int) -> None:
    """Let the event loop run. Not QTest.qWait: it keeps the GIL, so that no answer of a task could come.

    On a busy machine the time is over before the widgets have their places, which each level asks its parent for.
    """
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
    for _ in range(LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def let_go() -> None:
    """Have the windows that nobody holds go now: each that stays is translated and polished with every later one."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Studio:
    """Takes the pictures of one theme in one language."""

    def __init__(self, app: TiraiApplication, theme: str, language: Language, out: Path) -> None:
        self.app, self.theme, self.language, self.out, self.look = app, theme, language, out, app.look
        self.tasks = Tasks()

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        widget.grab().save(str(self.out / f"{name}-{self.theme}-{self.language}.png"))

    def window(self, desk: fake_desk.FakeDesk | None = None, **options: object) -> MainWindow:
        door = fake_door.FakeSignIn(desk)
        options.setdefault("reports", FakeReports())
        window = MainWindow(
            door,
            look=self.look,
            tasks=self.tasks,
            on_signed_in=lambda _desk: None,
            on_ended=lambda _receipt: None,
            on_approval_wanted=lambda: None,
            **options,  # type: ignore[arg-type]
        )
        window.itself = window  # type: ignore[attr-defined]  # it goes with the collector, not while its events wait
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        wait(80)
        return window

    def signed_in(self, window: MainWindow, desk: fake_desk.FakeDesk) -> ConsoleScreen:
        """Put somebody behind the door."""
        window._on_signed_in(desk)
        wait(300)
        console = window.console
        assert console is not None
        return console

    def console(self, desk: fake_desk.FakeDesk) -> tuple[MainWindow, ConsoleScreen]:
        """A console with the first customer's card open."""
        window = self.window(desk)
        window._on_signed_in(desk)
        console = window.console
        assert console is not None
        for _ in range(1200):  # without a customer in the list there is none to open
            wait(50)
            if console.model.rowCount():
                break
        wait(150)
        console.find_panel.enter()
        for _ in range(200):  # a note that is written before the card is there is nobody's, and is gone when it comes
            if console.card.row("mobile_phone") is not None:
                break
            wait(50)
        wait(150)
        return window, console


def field_row(console: ConsoleScreen, field: str) -> FieldRow:
    """The row of a field of the card that is open or opens."""
    for at in range(1200):  # a busy machine takes longer than the pictures' own waits
        row = console.card.row(field)
        if row is not None:
            break
        if at % 20 == 19:  # the list came after somebody had pressed Return
            console.find_panel.enter()
        wait(50)
    assert row is not None
    return row


def until_popover(console: ConsoleScreen) -> Popover:
    """The popover that a task brings."""
    for _ in range(500):
        popover = console.field_actions._popover
        if popover is not None and shiboken6.isValid(popover) and popover.isVisible():
            return popover
        wait(20)
    raise AssertionError("no popover came")


def press(console: ConsoleScreen, key: Qt.Key) -> None:
    """A key in the popover that a task brings."""
    QTest.keyClick(until_popover(console), key)
