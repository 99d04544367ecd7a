"""The note: sealed and kept 600 ms after the last key, one save at a time, without a button."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain import patience
from app.domain.kept_find import KeptFind
from app.session.lock_place import NoteInHand
from app.session.shown import NoteKept
from app.ui.clipboard.note_edit import NoteEdit
from app.ui.console.note_finds import NoteFinds
from app.ui.tasks import Tasks
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.head_line import HeadLine
from app.ui.widgets.labels import icon_label, set_ink, text_label
from app.ui.widgets.strips import Strip
from app.ui.words import saved_ago

SAVE_AFTER_MS, EDITOR_HEIGHT, LONGEST = 600, 134, 8000
AGAIN_MS, LONGEST_PAUSE_MS = 5_000, 60_000
"""After a save that failed: twice as long with each, so that what is never taken does not come between all the time."""
SAY_SAVED_S = 60.0
"""A reader hears once a minute at most that a note was saved (ui.md section 8)."""


class NoteKeeper(QObject):
    """Keeps the text of one record's note. A record change makes a new keeper; the old one ends its last save.

    Invariant: the note's id is made before the first try and stays, because a save that was not answered may have been
    kept all the same.

    Signals:
        saved: the office holds what was last handed over.
        waits: it is in the outbox, and why the office did not take it.
        failed: an exception of a save; the text stays and is tried again.
    """

    saved = Signal()
    waits = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: DeskUseCases, tasks: Tasks, record: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self.record = desk, tasks, record
        self._id, self._is_held = desk.new_note(), False
        self._text = self._kept = ""
        self._keeps: tuple[KeptFind, ...] = ()
        self._saving = self._is_waiting = False
        self._again_ms = AGAIN_MS
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.save)

    @property
    def note(self) -> str | None:
        """The id of this note, once the office surely holds it."""
        return self._id if self._is_held else None

    @property
    def is_kept(self) -> bool:
        """Whether office or outbox hold the last text."""
        nothing = not self._is_held and not self._text.strip()
        return not self._saving and (nothing or self._text == self._kept)

    @property
    def is_waiting(self) -> bool:
        """Whether the outbox holds it, and the office does not yet."""
        return self._is_waiting

    @property
    def in_hand(self) -> NoteInHand:
        """The note as it is now, for a lock."""
        return NoteInHand(self._id, self._text, self._kept, self._is_held, self._keeps)

    def go_on(self, note: NoteInHand) -> None:
        """Go on with a note that was in hand before a lock; what the office lacks is saved."""
        self._id, self._text, self._kept, self._is_held = note.id, note.text, note.kept, note.is_held
        self._keeps = note.keeps
        if note.text != note.kept:
            self._pause.start(SAVE_AFTER_MS)

    def write(self, text: str) -> None:
        """Take a text; it is saved after a pause."""
        self._text = text
        self._pause.start(SAVE_AFTER_MS)

    def keep(self, keeps: tuple[KeptFind, ...]) -> None:
        """Other finds stay as typed: the text is saved once more, with them."""
        self._keeps, self._kept = keeps, ""
        self._pause.start(SAVE_AFTER_MS)

    def save(self) -> None:
        """Save now what is not kept yet."""
        self._pause.stop()
        if self._saving or self._text == self._kept or (not self._is_held and not self._text.strip()):
            return
        self._saving = True
        text, keeps, note, record = self._text, self._keeps, self._id, self.record
        self._tasks.run(
            lambda: self._desk.save_note(record, note, text, keeps),
            lambda kept: self._on_kept(text if keeps == self._keeps else "", kept),
            self._on_failed,
            owner=self,
        )

    def _on_kept(self, text: str, kept: NoteKept) -> None:
        self._saving, self._kept, self._is_waiting = False, text, kept.why is not None
        self._is_held = self._is_held or not self._is_waiting
        self._again_ms = AGAIN_MS
        if self._text != self._kept:
            self.save()
        elif self._is_waiting:
            self.waits.emit(kept.why)
        else:
            self.saved.emit()

    def on_settled(self, is_taken: bool) -> None:
        """Nothing waits in the outbox any more; if not all of it was taken, the office is asked itself."""
        if self._is_waiting and not is_taken:
            self._is_waiting, self._kept = False, ""
            self.save()
        elif self._is_waiting and self._text == self._kept:
            self._is_waiting, self._is_held = False, True
            self.saved.emit()

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        self._pause.start(self._again_ms)
        self._again_ms = min(2 * self._again_ms, LONGEST_PAUSE_MS)
        self.failed.emit(error)


class NoteEditor(QWidget):
    """The editor with its state.

    Signals:
        failed: an exception of a save.
        waits: the note is in the outbox, and why.
        saved: the office holds the note.
    """

    failed = Signal(object)
    waits = Signal(object)
    saved = Signal()

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks) -> None:
        super().__init__()
        self._look, self._desk, self._tasks = look, desk, tasks
        self._keeper: NoteKeeper | None = None
        self._saved_at: float | None = None
        self._said_at = float("-inf")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = HeadLine(ends=True)
        head.first.addWidget(icon_label(look, "notebook-pen", "ink2"))
        head.first.addWidget(text_label(look, self.tr("Note"), size=BODY, weight=Weight.SEMIBOLD))
        self._sign = icon_label(look, "check", "ok", 14)
        self._sign.hide()
        head.second.addWidget(self._sign)
        self._state = text_label(look, "", ink="ink2", size=SMALL, features=("tnum",))
        self._state.setObjectName("note_state")
        head.second.addWidget(self._state)
        column.addWidget(head)
        self.edit = NoteEdit()
        self.edit.setObjectName("note")
        self.edit.setFont(look.font(BODY))
        self.edit.setFixedHeight(look.px(EDITOR_HEIGHT))
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(self.tr("Note about this customer"))
        self.edit.textChanged.connect(self._on_text_changed)
        column.addWidget(self.edit)
        self.found = Strip(look, "", "warn", name="note_finds")
        self.found.hide()
        column.addWidget(self.found)
        self.finds = NoteFinds(look, self.edit, desk, tasks, self.found, lambda: self.is_kept)
        self.finds.keeps_changed.connect(self._on_keeps_changed)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._show_state)
        self.set_record(None)

    def set_record(self, record: str | None) -> None:
        """Begin a note for another record; what was typed for the last one is saved first."""
        if self._keeper is not None:
            self._keeper.save()
            self._keeper.saved.disconnect(self._on_saved)
            self._keeper.waits.disconnect(self._on_waits)
            self._keeper.waits.connect(self.waits)
            self._keeper.failed.disconnect(self._on_failed)
            self._keeper.failed.connect(self.failed)
        self._keeper = NoteKeeper(self._desk, self._tasks, record, self) if record is not None else None
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.blockSignals(False)
        self.edit.setEnabled(record is not None)
        nobody = self.tr("Open a customer to write a note.")
        self.edit.setPlaceholderText(
            self.tr("What was said and done. Sealed as you type.") if record is not None else nobody
        )
        self.finds.clear()
        self._saved_at = None
        self._second.stop()
        if self._keeper is not None:
            self._keeper.saved.connect(self._on_saved)
            self._keeper.waits.connect(self._on_waits)
            self._keeper.failed.connect(self._on_failed)
        self._say("", "ink2", kept=False)

    def in_hand(self) -> str | None:
        """The id of the note that is being written, once the office holds it."""
        return self._keeper.note if self._keeper is not None else None

    @property
    def has_text(self) -> bool:
        """Whether a note is in hand."""
        return bool(self.edit.toPlainText().strip())

    @property
    def is_kept(self) -> bool:
        """Whether office or outbox hold all of it."""
        return self._keeper is None or self._keeper.is_kept

    @property
    def is_waiting(self) -> bool:
        """Whether the outbox holds it, and the office does not yet."""
        return self._keeper is not None and self._keeper.is_waiting

    def save_now(self) -> None:
        """Hand over what is typed (before the session ends)."""
        if self._keeper is not None:
            self._keeper.save()

    def for_a_lock(self) -> NoteInHand | None:
        """The note in hand as it is now."""
        return self._keeper.in_hand if self._keeper is not None else None

    def go_on(self, note: NoteInHand) -> None:
        """Show and keep the note that was in hand before a lock."""
        if self._keeper is None:
            return
        self.edit.blockSignals(True)
        self.edit.setPlainText(note.text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.blockSignals(False)
        self.finds.clear(note.keeps)
        self._keeper.go_on(note)

    def when_kept(self, then: Callable[[], None], patience_s: float | None = None) -> None:
        """Call `then` once office or outbox hold the note; at once if they do, after a while in any case.

        Args:
            then: called once.
            patience_s: after how long; `patience.LAST_NOTE_S` if none is given.
        """
        keeper = self._keeper
        if keeper is None or keeper.is_kept:
            then()
            return
        waiting = QTimer(self, singleShot=True)
        called: list[bool] = []

        def once(_error: object = None) -> None:
            if not called:
                called.append(True)
                waiting.stop()
                then()

        keeper.saved.connect(once)
        keeper.waits.connect(once)
        keeper.failed.connect(once)
        waiting.timeout.connect(once)
        waiting.start(round((patience.LAST_NOTE_S if patience_s is None else patience_s) * 1000))
        keeper.save()

    def focus_note(self) -> None:
        """Put the focus into the editor."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_text_changed(self) -> None:
        text = self.edit.toPlainText()
        if len(text) > LONGEST:
            self.edit.undo()
            return
        if self._keeper is not None:
            self._keeper.write(text)
            self._saved_at = None
            self._say(self.tr("Typing…"), "ink3", kept=False)

    def _on_keeps_changed(self) -> None:
        if self._keeper is not None:
            self._keeper.keep(self.finds.keeps)

    def _on_saved(self) -> None:
        self._saved_at = time.monotonic()
        if self._saved_at - self._said_at >= SAY_SAVED_S:
            self._said_at = self._saved_at
            announce(self.edit, self.tr("Note saved"))
        self._second.start()
        self._show_state()
        self.finds.on_saved()
        self.saved.emit()

    def _on_waits(self, why: object) -> None:
        self._say(self.tr("Waits for the back office"), "ink2", kept=False)
        self.waits.emit(why)

    def on_settled(self, is_taken: bool) -> None:
        """Nothing waits in the outbox any more; whether the office took all of it."""
        if self._keeper is not None:
            self._keeper.on_settled(is_taken)

    def _on_failed(self, error: Exception) -> None:
        self._say(self.tr("Not kept yet"), "warn", kept=False)
        self.failed.emit(error)

    def _show_state(self) -> None:
        if self._saved_at is None:
            self._second.stop()
            return
        self._say(saved_ago(time.monotonic() - self._saved_at), "ink2", kept=True)

    def _say(self, text: str, ink: str, *, kept: bool) -> None:
        self._state.setText(text)
        set_ink(self._state, ink)
        self._sign.setVisible(kept)
