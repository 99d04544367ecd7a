"""A person at a window: looks, clicks, types, waits. Runs inside the process that the window belongs to.

A play is a generator. It yields what it waits for and is resumed by a timer, so the window's own loop never stops.
Clicks go to a place only if the thing meant is what lies there; keys go to what has the focus. (Not `qWait`: it
keeps the interpreter's lock, and no answer from another thread could come.)
"""

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from app.ui.widgets.labels import ElidedLabel

LOOK_EVERY_MS, PATIENCE_S = 20, 60.0


class NotSeenError(AssertionError):
    """What should have come did not come."""


@dataclass(frozen=True)
class Until:
    """Wait until it is so.

    Attributes:
        what: in words, for the report.
        so: looks.
        patience_s: how long at most.
    """

    what: str
    so: Callable[[], object]
    patience_s: float = PATIENCE_S


@dataclass(frozen=True)
class Pause:
    """Let the window's loop run for a moment."""

    seconds: float


Play = Generator[Until | Pause, None, None]


class Driver(QObject):
    """Runs one play."""

    def __init__(self, play: Play, parent: QObject) -> None:
        super().__init__(parent)
        self._play = play
        self._awaited: Until | Pause = Pause(0)
        self._since = time.monotonic()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        awaited, waited = self._awaited, time.monotonic() - self._since
        try:
            here = waited >= awaited.seconds if isinstance(awaited, Pause) else bool(awaited.so())
        except Exception as error:  # noqa: BLE001 -- the play tells it
            self._go_on(partial(self._play.throw, error))
            return
        if here:
            self._go_on(partial(next, self._play))
        elif isinstance(awaited, Until) and waited >= awaited.patience_s:
            late = NotSeenError(f"not seen in {awaited.patience_s:.0f} s: {awaited.what}")
            self._go_on(partial(self._play.throw, late))

    def _go_on(self, resume: Callable[[], Until | Pause]) -> None:
        try:
            self._awaited = resume()
            self._since = time.monotonic()
        except StopIteration:
            self._timer.stop()
        except BaseException:
            self._timer.stop()
            raise


# what a person does


def click(widget: QWidget) -> None:
    """Click into the middle of something that is really there."""
    click_at(widget, widget.rect().center())


def click_at(widget: QWidget, place: QPoint) -> None:
    """Click at a place of a widget.

    Raises:
        NotSeenError: it is hidden, covered or disabled.
    """
    name = widget.objectName() or widget.accessibleName() or type(widget).__name__
    if not widget.isVisible() or not widget.isEnabled():
        raise NotSeenError(f"{name} cannot be clicked: it is hidden or disabled")
    window = widget.window()
    there = window.childAt(widget.mapTo(window, place))
    if there is not widget and not (there is not None and widget.isAncestorOf(there)):
        raise NotSeenError(f"{name} cannot be clicked: something lies over it")
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def scroll_to(widget: QWidget) -> None:
    """Turn the wheel until something is in sight, as one does before one clicks at it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, 40)
        above = above.parentWidget()


def write(text: str) -> None:
    """Type into whatever has the focus."""
    QTest.keyClicks(_focus(), text)


def press(key: Qt.Key) -> None:
    """Press a key."""
    QTest.keyClick(_focus(), key)


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    if widget is None:
        raise NotSeenError("nothing has the focus, so no key arrives anywhere")
    return widget


def named(area: QWidget, name: str) -> QWidget:
    """The visible thing of that name.

    Raises:
        NotSeenError: there is none.
    """
    found = next((w for w in area.findChildren(QWidget, name) if w.isVisible()), None)
    if found is None:
        raise NotSeenError(f"there is no {name} on the screen")
    return found


def shows(area: QWidget, name: str) -> bool:
    """Whether a thing of that name is visible."""
    return any(w.isVisible() for w in area.findChildren(QWidget, name))


def identify(console: ConsoleScreen, answers: Mapping[str, str]) -> Play:
    """Type what a caller says into the identity check, until the caller counts as verified.

    Args:
        console: with a customer on the card.
        answers: by field, what the caller says.
    """
    check = console.card.check
    if check is None:
        raise NotSeenError("there is no identity check on the card")
    for at, (field, text) in enumerate(answers.items(), start=1):
        cell = check.cells[field]
        scroll_to(cell.edit)
        click(cell.edit)
        write(text)
        press(Qt.Key.Key_Return)
        yield Until(f"a match, no. {at}", lambda n=at: check.progress.property("done") == n)  # type: ignore[misc]
    yield Until("a verified caller", lambda: console.checking.is_identified)


# what a person sees


def seen(area: QWidget) -> list[str]:
    """The words on a part of the screen, line by line as they stand there."""
    found = sorted(_texts(area), key=lambda text: (text[0], text[1]))
    lines: list[tuple[int, list[tuple[int, str]]]] = []
    for y, x, text in found:
        if lines and y - lines[-1][0] <= 10:
            lines[-1][1].append((x, text))
        else:
            lines.append((y, [(x, text)]))
    return ["  ".join(text for _, text in sorted(line)) for _, line in lines]


def _texts(area: QWidget) -> Iterator[tuple[int, int, str]]:
    for widget in [area, *area.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        text = _text_of(widget).strip()
        if text:
            middle = widget.mapTo(area, widget.rect().center()) if widget is not area else widget.rect().center()
            left = widget.mapTo(area, QPoint(0, 0)) if widget is not area else QPoint(0, 0)
            yield middle.y(), left.x(), text


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.displayText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLabel | ElidedLabel | QAbstractButton):
        return widget.text()
    return ""


def row_words(row: FieldRow) -> str:
    """A row of the card, as a reader would speak it, with its one action."""
    action = row.button.text() if row.button.isVisible() else "no action"
    return f"{'; '.join(filter(None, (row.spoken(), row.spoken_why())))} [{action}]"


def keep_picture(window: QWidget, path: Path) -> None:
    """A picture of the window as it stands.

    Raises:
        NotSeenError: it could not be kept.
    """
    if not window.grab().save(str(path)):
        raise NotSeenError(f"no picture could be kept at {path.name}")
