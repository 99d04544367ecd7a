"""The visits of the record in the open; and behind *Show notes* one logged read that opens their notes together.

Open notes are painted like an open field: on the lit ground, in no accessible text, dropped when the record
changes, the window loses the focus, or Esc is pressed.
"""

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.exposures.words import ClosedBy
from app.session.errors import SignInAnswerError
from app.session.shown import ShownNote
from app.session.shown_contacts import ShownContact, ShownContacts
from app.ui.console.code_popover import CodePopover
from app.ui.console.visit_row import VisitRow, visit_words
from app.ui.faults import fault_of
from app.ui.saying import filled
from app.ui.tasks import Tasks
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.buttons import Button
from app.ui.widgets.head_line import HeadLine
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.sealed_text import SealedText
from app.ui.words import day_and_time, number, one_or_many


class NoteHistory(QWidget):
    """Earlier visits and notes.

    Signals:
        failed: an exception of a call.
        opened: notes are open now.
        closed: no note is open.
    """

    failed = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks) -> None:
        super().__init__()
        self._look, self._desk, self._tasks = look, desk, tasks
        self._record: str | None = None
        self._turn = self._counting = 0
        self._is_away = False
        self._in_hand: Callable[[], str | None] = lambda: None
        self._popover: CodePopover | None = None
        self._texts: list[SealedText] = []
        self._visits: tuple[ShownContact, ...] = ()
        self._entry, self._open_since = 0, 0.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = HeadLine(ends=True)
        head.first.addWidget(icon_label(look, "history", "ink2"))
        head.first.addWidget(text_label(look, self.tr("History"), size=BODY, weight=Weight.SEMIBOLD))
        self._count = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._count.setObjectName("note_count")
        head.first.addWidget(self._count)
        self._button = Button(look, self.tr("Show notes"), "link", name="show_notes")
        self._button.clicked.connect(self._on_button_clicked)
        head.second.addWidget(self._button)
        column.addWidget(head)
        self._hint = text_label(look, "", ink="ink3", size=SMALL, wrap=True)
        column.addWidget(self._hint)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)
        self.set_record(None)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """It scrolls: what stands above it keeps its height."""
        return False

    @property
    def is_open(self) -> bool:
        """Whether notes are open."""
        return bool(self._texts)

    def leave_out(self, in_hand: Callable[[], str | None]) -> None:
        """Which note is being written, by its id: it is no earlier one."""
        self._in_hand = in_hand

    def set_record(self, record: str | None) -> None:
        """Another record: close, and count its notes."""
        self.close_notes(ClosedBy.ANOTHER)
        if self._popover is not None and shiboken6.isValid(self._popover):
            self._popover.dismiss()
        self._record = record
        self.show_contacts(ShownContacts())
        self._counting += 1
        self._count.setText("")
        self._hint.setText("")
        self._button.setEnabled(False)
        if self._is_away:
            self._shut_away()
        if record is not None:
            self.count_again()

    def show_contacts(self, found: ShownContacts) -> None:
        """Show the customer's finished visits; under open notes they come with the next opening."""
        self._visits = found.past
        if not self.is_open:
            self._show_visits()

    def _show_visits(self) -> None:
        sheet, column = self._make_sheet(2)
        for visit in self._visits:
            column.addWidget(VisitRow(self._look, visit))
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        self._scroll.setVisible(bool(self._visits))

    @staticmethod
    def _make_sheet(gap: int) -> tuple[QWidget, QVBoxLayout]:
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(gap)
        return sheet, column

    def show_away(self, away: bool) -> None:
        """The back office is away: no note is opened; what is open can be closed. Or it is back."""
        self._is_away = away
        if not away:
            self.count_again()
        elif not self.is_open:
            self._shut_away()

    def _shut_away(self) -> None:
        if self._button.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # never on to the next button
        self._button.setEnabled(False)
        self._hint.setText(self.tr("No notes are opened while offline.") if self._record is not None else "")

    def count_again(self) -> None:
        """Count the notes of the record."""
        record = self._record
        if record is None:
            return
        self._counting += 1
        turn, own = self._counting, int(self._in_hand() is not None)
        self._tasks.run(
            lambda: self._desk.note_count(record),
            lambda count: self._on_counted(turn, max(0, count - own)),
            self.failed.emit,
            owner=self,
        )

    def why_not(self) -> str:
        """Why no notes can be shown or hidden now."""
        return "" if self._button.isEnabled() else self.tr("There are no earlier notes to show now.")

    def press(self) -> None:
        """Show the notes, or hide them."""
        self._button.click()

    def close_notes(self, cause: ClosedBy = ClosedBy.PERSON) -> None:
        """Drop the texts; for how long they stood open goes into the exposure ledger."""
        self._turn += 1
        was_open = self.is_open
        entry, self._entry = self._entry, 0
        if entry:
            self._desk.view_closed(entry, time.monotonic() - self._open_since, cause)
        for text in self._texts:
            text.closed()
        self._texts = []
        self._show_visits()
        self._hint.show()
        self._button.set_words(self.tr("Show notes"))
        if was_open:
            self.closed.emit()
            if self._is_away:
                self._shut_away()

    def _on_counted(self, turn: int, count: int) -> None:
        if turn == self._counting:
            self._count.setText(one_or_many(count, self.tr("{n} note"), self.tr("{n} notes")).format(n=number(count)))
            one_read = self.tr("Opening them is one read, written down with your name.")
            self._hint.setText(one_read if count else self.tr("Nobody has left a note for this customer yet."))
            self._button.setEnabled(count > 0)
            if self._is_away and not self.is_open:
                self._shut_away()

    def _on_button_clicked(self) -> None:
        if self.is_open:
            self.close_notes()
            return
        self._read()

    def _read(self) -> None:
        record = self._record
        if record is None:
            return
        self._turn += 1
        turn = self._turn
        self._button.setEnabled(False)

        def read() -> list[ShownNote] | None:
            return None if self._desk.needs_code(DataClass.NOTE) else self._desk.notes(record)

        def show(notes: list[ShownNote] | None) -> None:
            if notes is None:
                self._button.setEnabled(True)
                self._ask_code()
            else:
                self._on_notes_read(turn, notes)

        self._tasks.run(read, show, self._on_read_failed, owner=self)

    def _on_read_failed(self, error: Exception) -> None:
        self._button.setEnabled(not self._is_away)
        if isinstance(error, NotAllowedError) and error.code in ("step_up", "off_hours_code"):
            self._ask_code()
        else:
            self.failed.emit(error)

    def _ask_code(self) -> None:
        sentence = self.tr("Notes open with a fresh code; it is written down with your name.")
        title, button = self.tr("Show earlier notes"), self.tr("Show notes")
        popover = CodePopover(self._look, self._button, title, sentence, button)
        popover.given.connect(lambda code: self._step_up(popover, code))
        self._popover = popover
        popover.focus_first()

    def _step_up(self, popover: CodePopover, code: str) -> None:
        def done(_none: None) -> None:
            popover.finish()
            self._read()

        def refused(error: Exception) -> None:
            if isinstance(error, SignInAnswerError):
                popover.refuse(fault_of(error).sentence)
            else:
                popover.dismiss()
                self.failed.emit(error)

        self._tasks.run(lambda: self._desk.step_up(code), done, refused, owner=popover)

    def _on_notes_read(self, turn: int, notes: list[ShownNote]) -> None:
        self._button.setEnabled(True)
        in_hand = self._in_hand()
        earlier = [note for note in notes if turn == self._turn and note.id != in_hand]
        for note in notes:
            if note not in earlier:
                note.text.forget()
        entry = notes[0].entry if notes else 0
        if turn != self._turn:
            if entry:
                self._desk.view_closed(entry, 0.0, ClosedBy.PERSON)
            return
        self._entry, self._open_since = entry, time.monotonic()
        self._button.set_words(self.tr("Close notes"))
        sheet, column = self._make_sheet(8)
        noted = {visit.note: visit for visit in self._visits if visit.note}
        shown = {note.id for note in earlier}
        rows: list[tuple[float, QWidget]] = [(n.at, self._make_note(n, noted.get(n.id))) for n in earlier]
        rows += [(v.ended_at, VisitRow(self._look, v)) for v in self._visits if v.note not in shown]
        for _at, row in sorted(rows, key=lambda pair: -pair[0]):
            column.addWidget(row)
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        self._scroll.show()
        self._hint.hide()
        self.opened.emit()

    def _make_note(self, note: ShownNote, visit: ShownContact | None) -> QFrame:
        """A note, with what became of its visit under its head."""
        frame = QFrame()
        frame.setProperty("kind", "lit")
        column = QVBoxLayout(frame)
        column.setContentsMargins(10, 7, 10, 8)
        column.setSpacing(2)
        head = filled("{}  ·  {}", day_and_time(note.at), note.author)
        column.addWidget(text_label(self._look, head, ink="stage_ink2", size=SMALL, features=FIGURES))
        if visit is not None:
            ended = "  ·  ".join(part for part in (visit.outcome, visit_words(visit)) if part)
            line = text_label(self._look, ended, ink="stage_ink2", size=SMALL, weight=Weight.MEDIUM, wrap=True)
            line.setObjectName("note_visit")
            column.addWidget(line)
        text = SealedText(self._look, note.text)
        self._texts.append(text)
        column.addWidget(text)
        return frame
