"""Numbers of persons in the note: underlined as they are typed, masks in their place once the note is saved."""

import re
from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.domain.kept_find import KEEPABLE, MOST_KEPT, KeptFind
from app.session.shown import NoteFind
from app.ui.console.keep_popover import keep_popover
from app.ui.saying import joined, said
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.strips import Strip
from app.ui.words import find_name

SCAN_AFTER_MS = 250
_WIDE = re.compile("[\U00010000-\U0010ffff]")
"""Signs of two UTF-16 units."""


class NoteFinds(QObject):
    """Looks at the text of an editor a moment after the last key.

    A find becomes its mask when the note is saved and the cursor is not at it, or when the editor loses the focus. One
    step of undo brings it back, and the next save masks it again: what is kept never has it. A card number or card code
    is not brought back: once the note was saved with one, it and every step of undo before it are dropped as it goes,
    from the screen and from memory (PCI DSS 3.3.1). Nothing else ends the undo of a note before another is begun.

    Args:
        look: colours.
        edit: the editor.
        desk: scans.
        tasks: the door off the GUI thread.
        strip: says what was found; its action lets one find stay as typed, for a reason.
        is_kept: whether nothing is left to be saved.

    Attributes:
        finds: what becomes its mask.
        keeps: what stays as typed, and why.

    Signals:
        keeps_changed: another find stays.
    """

    keeps_changed = Signal()

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
        self.keeps: tuple[KeptFind, ...] = ()
        self._text, self._is_choosing = "", False
        self._was_saved_with_card = False
        self._pause = QTimer(self, interval=SCAN_AFTER_MS, singleShot=True)
        self._pause.timeout.connect(self._scan)
        edit.textChanged.connect(self._pause.start)
        edit.cursorPositionChanged.connect(self._show_action)
        strip.action.clicked.connect(self.choose_reason)
        edit.installEventFilter(self)

    def clear(self, keeps: tuple[KeptFind, ...] = ()) -> None:
        """Another note: nothing is found in it yet.

        Args:
            keeps: what stays in it as typed.
        """
        self._pause.stop()
        self._was_saved_with_card = False
        self.keeps = keeps
        self._show("", ())
        if self._edit.toPlainText():
            self._pause.start()

    def put_masks(self) -> None:
        """Put masks in the place of finds at which the cursor is not; all of them where the editor has no focus."""
        if self._is_choosing or self._text != self._edit.toPlainText():
            return
        at = _points(self._text, self._edit.textCursor().position()) if self._edit.hasFocus() else -1
        away = [find for find in self.finds if not find.start <= at <= find.end]
        if not away:
            return
        cursor, places = QTextCursor(self._edit.document()), _Places(self._text)
        cursor.beginEditBlock()
        for find in reversed(away):
            cursor.setPosition(places.units(find.start))
            cursor.setPosition(places.units(find.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(find.mask)
        cursor.endEditBlock()
        if any(_is_card(find) for find in away):
            self._forget_steps()

    def on_saved(self) -> None:
        """The note is saved: masks take their places."""
        self._was_saved_with_card = self._was_saved_with_card or any(_is_card(find) for find in self.finds)
        self.put_masks()

    def _forget_steps(self) -> None:
        """No undo of what was typed before, and no memory of it; a card at the cursor is still to go."""
        typed = self._edit.toPlainText()
        cards = [self._text[find.start : find.end] for find in self.finds if _is_card(find)]
        self._was_saved_with_card = any(card in typed for card in cards)
        self._edit.document().clearUndoRedoStacks()

    def why_not_keep(self) -> str:
        """Why no find can be kept as typed; empty where one can."""
        return "" if self._keepable() is not None else self.tr("No number in the note may stay as typed.")

    def choose_reason(self) -> None:
        """Ask why the find at the cursor, else the last one that may, stays as typed; nothing where none may."""
        find, text = self._keepable(), self._text
        if find is None or text != self._edit.toPlainText() or len(self.keeps) >= MOST_KEPT:
            return
        self._is_choosing = True
        popover = keep_popover(self._look, self._edit, find.what, self._desk.reasons_to_keep(find.what))
        popover.confirmed.connect(lambda reason, _words: self._keep(text[find.start : find.end], reason))
        popover.folded.connect(self._on_chosen)
        popover.focus_first()

    def _keep(self, typed: str, reason: str) -> None:
        self.keeps = (*(keep for keep in self.keeps if keep.text != typed), KeptFind(typed, reason))
        self.keeps_changed.emit()

    def _on_chosen(self) -> None:
        self._is_choosing = False
        self._pause.start()

    def _keepable(self) -> NoteFind | None:
        """The find that the action is for."""
        offered = [find for find in self.finds if self._desk.reasons_to_keep(find.what)]
        at = _points(self._text, self._edit.textCursor().position())
        return next((find for find in offered if find.start <= at <= find.end), offered[-1] if offered else None)

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
        if self._is_kept():
            self.on_saved()
        elif not self._edit.hasFocus():
            self.put_masks()

    def _show(self, text: str, finds: tuple[NoteFind, ...]) -> None:
        staying = {keep.text for keep in self.keeps}
        stays = tuple(find for find in finds if text[find.start : find.end] in staying)
        self._text = text
        self.finds = tuple(find for find in finds if text[find.start : find.end] not in staying)
        if self._was_saved_with_card and not any(_is_card(find) for find in self.finds):
            self._forget_steps()  # it was deleted by hand
        wave, dots = QTextCharFormat.UnderlineStyle.WaveUnderline, QTextCharFormat.UnderlineStyle.DotLine
        places = _Places(text)
        lines = self._underlined(places, self.finds, wave, "warn") + self._underlined(places, stays, dots, "ink3")
        self._edit.setExtraSelections(lines)
        masked, typed = _named(self.finds), _named(stays)
        sentences = [self.tr("Kept as a mask: {names}.").format(names=masked) if masked else ""]
        sentences.append(self.tr("Kept as typed: {names}.").format(names=typed) if typed else "")
        self._strip.say(joined(" ", *(sentence for sentence in sentences if sentence)), "warn" if masked else "info")
        self._show_action()

    def _show_action(self) -> None:
        find = self._keepable()
        words = self.tr("Keep as typed…") if find is not None else ""
        if self._strip.action.text() != words:
            self._strip.action.setText(words)
            self._strip.action.setVisible(bool(words))

    def _underlined(
        self, places: "_Places", finds: tuple[NoteFind, ...], line: QTextCharFormat.UnderlineStyle, ink: str
    ) -> list[QTextEdit.ExtraSelection]:
        form, document, selections = QTextCharFormat(), self._edit.document(), list[QTextEdit.ExtraSelection]()
        form.setUnderlineStyle(line)
        form.setUnderlineColor(self._look.colour(ink))
        for find in finds:
            selection, cursor = QTextEdit.ExtraSelection(), QTextCursor(document)
            cursor.setPosition(places.units(find.start))
            cursor.setPosition(places.units(find.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, form
            selections.append(selection)
        return selections


def _is_card(find: NoteFind) -> bool:
    """A card number or card code, which is never kept."""
    return find.what not in KEEPABLE


@said
def _named(finds: tuple[NoteFind, ...]) -> str:
    return ", ".join(dict.fromkeys(find_name(find.what) for find in finds))


class _Places:
    """Places in Qt's text, which counts UTF-16 units, from those in code points; the text is read once."""

    def __init__(self, text: str) -> None:
        self._wide = [found.start() for found in _WIDE.finditer(text)]

    def units(self, points: int) -> int:
        """The place in Qt's text."""
        return points + bisect_left(self._wide, points)


def _points(text: str, units: int) -> int:
    """A place in code points, from one in Qt's text."""
    seen = 0
    for at, sign in enumerate(text):
        if seen >= units:
            return at
        seen += 2 if sign > "\uffff" else 1
    return len(text)
