"""Numbers of persons in the note: underlined as they are typed, masks in their place once the note is saved."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.session.shown import NoteFind
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.strips import Strip
from app.ui.words import find_name

SCAN_AFTER_MS = 250


class NoteFinds(QObject):
    """Looks at the text of an editor a moment after the last key.

    A find becomes its mask when the note is saved and the cursor is not at it, or when the editor loses the focus. One
    step of undo brings it back, and the next save masks it again: what is kept never has it.

    Args:
        look: colours.
        edit: the editor.
        desk: scans.
        tasks: the door off the GUI thread.
        strip: says what was found.
        is_kept: whether nothing is left to be saved.
    """

    def __init__(
        self,
        look: Look,
        edit: QPlainTextEdit,
        desk: DeskUseCases,
        tasks: Tasks,
        strip: Strip,
        is_kept: Callable[[], bool],
    ) -> None:
        super().__init__(edit)
        self._is_kept = is_kept
        self._look, self._edit, self._desk, self._tasks, self._strip = look, edit, desk, tasks, strip
        self.finds: tuple[NoteFind, ...] = ()
        self._text = ""
        self._pause = QTimer(self, interval=SCAN_AFTER_MS, singleShot=True)
        self._pause.timeout.connect(self._scan)
        edit.textChanged.connect(self._pause.start)
        edit.installEventFilter(self)

    def clear(self) -> None:
        """Another note: nothing is found in it yet."""
        self._pause.stop()
        self._show("", ())
        if self._edit.toPlainText():
            self._pause.start()

    def put_masks(self) -> None:
        """Put masks in the place of finds at which the cursor is not; all of them where the editor has no focus."""
        if self._text != self._edit.toPlainText():
            return
        at = _points(self._text, self._edit.textCursor().position()) if self._edit.hasFocus() else -1
        away = [find for find in self.finds if not find.start <= at <= find.end]
        if not away:
            return
        cursor = QTextCursor(self._edit.document())
        cursor.beginEditBlock()
        for find in reversed(away):
            cursor.setPosition(_units(self._text, find.start))
            cursor.setPosition(_units(self._text, find.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(find.mask)
        cursor.endEditBlock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The editor loses the focus: nothing found stays in it."""
        if watched is self._edit and event.type() == QEvent.Type.FocusOut and self.finds:
            QTimer.singleShot(0, self, self.put_masks)
        return super().eventFilter(watched, event)

    def _scan(self) -> None:
        text = self._edit.toPlainText()
        if not any(sign.isdigit() or sign == "@" for sign in text):
            self._show(text, ())
            return
        self._tasks.run(
            lambda: self._desk.scan_note(text), lambda finds: self._on_found(text, finds), owner=self, lane="cache"
        )

    def _on_found(self, text: str, finds: tuple[NoteFind, ...]) -> None:
        if text != self._edit.toPlainText():
            return  # typed on: another look is due
        self._show(text, finds)
        if not self._edit.hasFocus() or self._is_kept():
            self.put_masks()

    def _show(self, text: str, finds: tuple[NoteFind, ...]) -> None:
        self._text, self.finds = text, finds
        underline = QTextCharFormat()
        underline.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        underline.setUnderlineColor(self._look.colour("warn"))
        selections = []
        for find in finds:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._edit.document())
            cursor.setPosition(_units(text, find.start))
            cursor.setPosition(_units(text, find.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, underline
            selections.append(selection)
        self._edit.setExtraSelections(selections)
        names = ", ".join(dict.fromkeys(find_name(find.what) for find in finds))
        self._strip.say(self.tr("Kept as a mask: {names}.").format(names=names) if finds else "")


def _units(text: str, points: int) -> int:
    """A place in Qt's text, which counts UTF-16 units, from one in code points."""
    return points + sum(sign > "\uffff" for sign in text[:points])


def _points(text: str, units: int) -> int:
    """The other way."""
    seen = 0
    for at, sign in enumerate(text):
        if seen >= units:
            return at
        seen += 2 if sign > "\uffff" else 1
    return len(text)
