"""Who saw my data: a customer's number and some days, the accesses by day, and their document for the customer.

Asking stands in the log with the person's name, so nothing asks by itself, and another language is only said anew.
"""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.errors import DocumentStopped
from app.session.shown_who_saw import Days, FoundAccesses, Language, SavedPdf
from app.ui.commands.command import Command, Nearness
from app.ui.faults import fault_of
from app.ui.saying import joined
from app.ui.shortcuts import cap_for
from app.ui.tasks import Tasks
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.who_saw.access_table import AccessTable
from app.ui.who_saw.asking_line import LANGUAGES, AskingLine
from app.ui.who_saw.making_strip import MakingStrip
from app.ui.who_saw.save_dialog import AskPath, ask_path, file_name
from app.ui.who_saw.use_cases import WhoSawUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Strip
from app.ui.words import number
from app.ui.workspace import Workspace


class WhoSawScreen(Workspace, QWidget):
    """One customer's list.

    Args:
        look: colours.
        who_saw: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a document is to lie.
        today: the last day of a period.

    Signals:
        left: back to the work.
        failed: an exception that is no refusal, for the console to tell.
    """

    left = Signal()
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        who_saw: WhoSawUseCases,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self._who_saw, self._tasks, self._ask, self._today = who_saw, tasks, ask, today
        self._found: FoundAccesses | None = None
        self._days = Days()
        self._record = ""
        self._turn = 0
        self._dialog: QFileDialog | None = None
        self.setObjectName("who_saw")
        self.line, self.table = AskingLine(look, today), AccessTable(look)
        self.said = Strip(look, "", "ok", flat=True, name="who_saw_said")
        self.said.hide()
        self.making = MakingStrip(look)
        self.making.stopped.connect(self.stop_making)
        self._stopping = threading.Event()
        self.pdfs: dict[Language, Button] = {}
        self._place(look)
        self.line.wanted.connect(self.look_at)
        self.line.language_changed.connect(self._show_found)

    def commands(self) -> tuple[Command, ...]:
        """The list as a document."""
        export = Command("export", lambda: self._on_pdf_wanted(self.line.language), self._needs_list, hint="PDF",
                         nearness=Nearness.SCREEN)  # fmt: skip
        return (export,)

    def _needs_list(self) -> str:
        if not self._who_saw.may_save:
            return self.tr("Your role does not take this list out of Tirai.")
        return "" if self._found is not None else self.tr("There is no list to export yet.")

    # placing -------------------------------------------------------------------------------------------------------
    def _place(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame()
        head.setProperty("ground", "bg")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        above = QVBoxLayout(head)
        above.setContentsMargins(20, 14, 20, 12)
        above.setSpacing(10)
        above.addLayout(self._make_title(look))
        above.addWidget(self.line)
        column.addWidget(head)
        column.addWidget(self.said)
        column.addWidget(self.making)
        faces = QFrame()
        faces.setProperty("ground", "surface")
        faces.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._faces = QStackedLayout(faces)
        self._hint = text_label(look, "", ink="ink3", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setObjectName("who_saw_hint")
        self._hint.setContentsMargins(40, 0, 40, 0)
        self._faces.addWidget(self._hint)
        self._faces.addWidget(self._make_list(look))
        column.addWidget(faces, 1)
        self._say_hint()

    def _make_title(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(text_label(look, self.tr("Who saw my data"), size=TITLE, weight=Weight.SEMIBOLD))
        words = text_label(look, self.tr("every access that the log knows, for one customer"), ink="ink2", size=SMALL)
        words.setContentsMargins(2, 5, 0, 0)
        words.setWordWrap(True)
        row.addWidget(words, 1)
        row.addWidget(key_cap(look, cap_for("close")))
        self.back = Button(look, self.tr("Back to work"), "secondary", icon="arrow-left", name="leave_who_saw")
        self.back.clicked.connect(self.left)
        row.addWidget(self.back)
        return row

    def _make_list(self, look: Look) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 10)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.summary = text_label(look, "", size=TITLE, weight=Weight.MEDIUM, features=FIGURES)
        self.summary.setObjectName("who_saw_summary")
        self.remarks = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        self.remarks.setObjectName("who_saw_remarks")
        words.addWidget(self.summary)
        words.addWidget(self.remarks)
        row.addLayout(words, 1)
        names = {"en": self.tr("PDF in English"), "id": self.tr("PDF in Indonesian")}
        for language in LANGUAGES:
            button = Button(look, names[language], "secondary", icon="file-text", name=f"who_saw_pdf_{language}")
            button.clicked.connect(lambda _checked=False, one=language: self._on_pdf_wanted(one))
            self.pdfs[language] = button
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            if not self._who_saw.may_save:  # never shown before it has a place: it would be a window of its own
                button.hide()
        column.addLayout(row)
        around = QHBoxLayout()
        around.setContentsMargins(8, 0, 8, 0)
        around.addWidget(self.table)
        column.addLayout(around, 1)
        return page

    def _say_hint(self) -> None:
        self._hint.setText(
            self.tr(
                "Type a customer’s number, or open this from a customer’s card. "
                "Asking is an access, too: it is written down with your name."
            )
        )

    # the workspace -------------------------------------------------------------------------------------------------
    def come(self) -> None:
        """Into the number, or into the list that stands."""
        self.focus_first()

    def forget(self) -> None:
        """Another workspace comes to the front: the list stays no longer than it is looked at, nor is one made on."""
        self._turn += 1
        self.stop_making()
        self.making.end()
        self._drop()
        self._close_dialog()
        self.line.show_list.set_busy()
        self.line.forget()
        self.said.say("")

    def stop(self) -> None:
        """The session ends."""
        self.forget()

    def focus_first(self) -> None:
        """Put the focus where one goes on."""
        if self._found is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.line.focus_number()

    def close_innermost(self) -> bool:
        """Esc: a document that is being made, or the sentence about one; whether there was either."""
        if not self.making.isHidden():
            self.stop_making()
            return True
        if not self.said.isHidden():
            self.said.say("")
            return True
        return False

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None

    def _drop(self) -> None:
        self._found, self._record = None, ""
        self.table.show_list(None)
        self._faces.setCurrentIndex(0)

    # looking -------------------------------------------------------------------------------------------------------
    def show_customer(self, record: str, customer_number: str) -> None:
        """Ask for a customer whose card was open.

        Args:
            record: hex.
            customer_number: shown in the line.
        """
        self.line.set_number(customer_number)
        self._look(lambda days: self._who_saw.of_record(record, days))

    def look_at(self) -> None:
        """Ask for the customer whose number stands in the line."""
        typed = self.line.number
        if not typed:
            self.line.refuse_number(self.tr("Type a customer’s number."))
            return
        self._look(lambda days: self._who_saw.of_number(typed, days))

    def _look(self, ask: Callable[[Days], FoundAccesses]) -> None:
        days = self.line.days()
        if days is None or self.line.show_list.is_busy:
            return
        self._turn += 1
        turn = self._turn
        self._drop()
        self.said.say("")
        self.line.show_list.set_busy(self.tr("Looking…"))
        self._hint.setText(self.tr("Looking…"))
        self._tasks.run(
            lambda: ask(days),
            lambda found: self._on_found(turn, days, found),
            lambda error: self._on_refused(turn, error),
            owner=self,
        )

    def _on_found(self, turn: int, days: Days, found: FoundAccesses) -> None:
        if turn != self._turn:
            return
        self.line.show_list.set_busy()
        self._say_hint()
        self._found, self._days, self._record = found, days, found.record
        self.line.set_number(found.accesses.customer_number)
        self._show_found()
        announce(self, self.summary.text())
        self.focus_first()

    def _on_refused(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self.line.show_list.set_busy()
        self._say_hint()
        sentence = fault_of(error).sentence
        if isinstance(error, NotAllowedError) and error.code == "no_customer":
            self.line.refuse_number(sentence)
        elif isinstance(error, NotAllowedError | InputRefusedError):
            self.line.say_wrong(sentence, None)
        else:
            self.line.say_wrong(sentence, None)
            self.failed.emit(error)

    def _show_found(self) -> None:
        if self._found is None:
            return
        shown = self._who_saw.shown(self._found, self.line.language)
        self.summary.setText(shown.summary)
        remarks = list(shown.remarks)
        if shown.total > shown.times:
            cut = self.tr("Only the newest {n} of {total} are shown; choose fewer days for the others.")
            remarks.append(cut.format(n=number(shown.times), total=number(shown.total)))
        if not self._who_saw.may_save:
            remarks.append(self.tr("A privacy officer saves this as a document for the customer."))
        self.remarks.setText(joined("  ", *remarks))
        self.table.show_list(shown)
        self._faces.setCurrentIndex(1)

    # the document --------------------------------------------------------------------------------------------------
    def _on_pdf_wanted(self, language: Language) -> None:
        found = self._found
        if found is None or not self._who_saw.may_save or any(button.is_busy for button in self.pdfs.values()):
            return
        self._close_dialog()
        name = file_name(found.accesses.customer_number, language, self._today())
        self._dialog = self._ask(self, name, lambda path: self._save(language, path))

    def _save(self, language: Language, path: Path) -> None:
        self._dialog = None
        record, days, turn = self._record, self._days, self._turn
        if not record:
            return
        self.said.say("")
        button = self.pdfs[language]
        button.set_busy(self.tr("Making the PDF…"))
        self._stopping = stopping = threading.Event()
        tell = self._tasks.on_gui(lambda done, total: self._on_progress(turn, button, done, total), self)
        self._tasks.run(
            lambda: self._who_saw.save_pdf(record, days, language, path, tell, stopping.is_set),
            lambda saved: self._on_saved(turn, button, saved),
            lambda error: self._on_not_saved(turn, button, error),
            owner=self,
        )

    def _on_progress(self, turn: int, button: Button, done: int, total: int) -> None:
        if turn == self._turn and button.is_busy:
            self.making.show_progress(done, total)

    def stop_making(self) -> None:
        """The person does not wait for a document any more: none is written."""
        self._stopping.set()
        self.making.show_stopping()

    def _end_making(self, button: Button) -> None:
        """Nothing is being made; the focus does not stay behind on Stop."""
        had_focus = self.making.end()
        button.set_busy()
        if had_focus:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, turn: int, button: Button, saved: SavedPdf) -> None:
        self._end_making(button)
        if turn == self._turn:
            text = self.tr("Saved as {path}. It stays there: no wipe removes it. Audit entry {n}.")
            self._tell(text.format(path=saved.path, n=number(saved.entry)), "ok")

    def _on_not_saved(self, turn: int, button: Button, error: Exception) -> None:
        self._end_making(button)
        if turn != self._turn:
            return
        if not isinstance(error, DocumentStopped):
            self._tell(fault_of(error).sentence, "danger")
        elif error.entry:
            text = self.tr("Stopped, and nothing was saved. The log has it as made, in entry {n}.")
            self._tell(text.format(n=number(error.entry)), "info")
        else:
            self._tell(self.tr("Stopped, and nothing was saved."), "info")

    def _tell(self, sentence: str, tone: str) -> None:
        self.said.say(sentence, tone)
        announce(self.said, sentence, now=tone == "danger")
