"""Analytics exports: propose one, approve somebody else's, make it into a file, and see what each came to."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.analytics.export_state import ExportState
from app.domain.analytics.report import Report
from app.session.privacy.exporting import ShownExport
from app.ui.accounts.acting import Acting
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import DeskPage
from app.ui.privacy.exporting.form import ExportForm
from app.ui.privacy.exporting.use_cases import ExportUseCases
from app.ui.privacy.exporting.words import (
    busy_words,
    held_words,
    in_a_row,
    linkage,
    measures,
    state_name,
    what_comes,
    what_is_in,
    why_refused,
)
from app.ui.privacy.listing import Listing
from app.ui.privacy.page_head import PageHead
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.words import day_and_time, number, two_decimals


class ExportsPage(DeskPage):
    """The page.

    Args:
        look: colours.
        exporting: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a file is to lie.
        today: the day in a file's name.

    Signals:
        counted: how many orders wait for this person.
        failed: an exception of looking.
    """

    counted = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        exporting: ExportUseCases,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("privacy_exports", ask, today)
        self._exporting, self._tasks = exporting, tasks
        self._exports: dict[str, ShownExport] = {}
        self._chosen, self._looks = "", False
        self._stopping = threading.Event()
        self.making = ProgressStrip(look, "export", self.tr("Making the export"), self.tr("Stop making the export"))
        self.making.stopped.connect(self.stop_making)
        self.acting = Acting(look, exporting, tasks, self, why_refused, busy_words)
        about = self.tr("Coarse values without names, for statistics. One person proposes, another approves.")
        self.head = PageHead(look, self.tr("Analytics exports"), about, "exports")
        self.form = ExportForm(look, exporting.columns())
        if not exporting.may_propose():
            self.form.hide()  # shown before it has a place, it would be a window of its own
        headings = (self.tr("Proposed"), self.tr("Known, and protected"), self.tr("State"), "k", "l", "t",
                    self.tr("Found again"))  # fmt: skip
        widths = {0: 170, 2: 160, 3: 64, 4: 56, 5: 64, 6: 150}
        self.table = PolicyTable(look, "analytics_exports", self.tr("Exports"), headings, widths, wraps=True, rest=330)
        none = self.tr("No export so far. Choose above what outsiders know already and what is protected.")
        self.listing = Listing(look, self.table, none)
        self._make_foot(look)
        self._place()
        self.form.sent.connect(self._propose)
        self.table.chosen.connect(lambda key, _column: self._choose(key))
        self._show_chosen()

    def _make_foot(self, look: Look) -> None:
        self.title = text_label(look, weight=Weight.SEMIBOLD, wrap=True)
        self.about = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.about.setObjectName("export_about")
        self.held = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.held.setObjectName("export_held")
        self.attack = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.attack.setObjectName("export_attack")
        self.approve = Button(look, self.tr("Approve"), "primary", icon="check", name="approve_export")
        self.make = Button(look, self.tr("Make the file"), "primary", icon="download", name="make_export")
        self.drop = Button(look, self.tr("Refuse"), "secondary", name="drop_export")
        self.approve.clicked.connect(self._approve)
        self.make.clicked.connect(self._on_file_wanted)
        self.drop.clicked.connect(self._drop)

    def _place(self) -> None:
        column = self.column
        for part in (self.head, self.making, self.form):
            column.addWidget(part)
        column.addWidget(self.listing, 1)
        column.addWidget(line())
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(5)
        for label in (self.title, self.about, self.held, self.attack):
            foot.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.approve, self.make, self.drop):
            row.addWidget(button)
        row.addStretch(1)
        foot.addLayout(row)
        column.addLayout(foot)

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Ask for the orders: some may wait for this person."""
        self.look_again()

    def look_again(self) -> None:
        """Ask for the orders, unless that is on its way."""
        if self._looks:
            return
        self._looks = True
        self._tasks.run(self._exporting.listing, self._on_exports, self._on_failed, owner=self)

    def forget(self) -> None:
        """Another page comes to the front; a file that is being made goes on."""
        self.acting.stop()
        self.form.clear()
        super().forget()

    def stop(self) -> None:
        """The session ends, and what is being made with it."""
        self.stop_making()
        self.making.end()
        super().stop()

    def focus_first(self) -> None:
        """Put the focus where an order begins, or into the table for whoever only approves."""
        first = self.form.known[0] if self._exporting.may_propose() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: Stop, then the sentence about what was done."""
        if not self.making.isHidden():
            self.stop_making()
            return True
        return super().close_innermost()

    def retranslate(self) -> None:
        """The other language."""
        self._show()

    # orders --------------------------------------------------------------------------------------------------------
    def _on_failed(self, error: Exception) -> None:
        self._looks = False
        self.head.tell(why_refused(error), "danger")
        self.failed.emit(error)

    def _on_exports(self, exports: tuple[ShownExport, ...]) -> None:
        self._looks = False
        self._exports = {export.id: export for export in exports}
        self.counted.emit(sum(export.may_approve for export in exports))
        self._show()

    def _show(self) -> None:
        self.listing.show_lines(tuple(map(_line, self._exports.values())))
        self._show_chosen()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show_chosen()

    def _show_chosen(self) -> None:
        export = self._exports.get(self._chosen)
        for label in (self.title, self.about, self.held, self.attack):
            label.setVisible(export is not None)
        self.approve.setVisible(export is not None and export.may_approve)
        self.make.setVisible(export is not None and export.may_make)
        self.drop.setVisible(export is not None and export.may_drop)
        if export is None:
            return
        is_made = export.state is ExportState.DONE
        self.title.setText(what_is_in(export))
        self.about.setText(measures(export) if is_made else what_comes(export))
        self.attack.setText(linkage(export) if is_made else "")
        self.about.setVisible(bool(self.about.text()))
        self.held.setText(held_words(export) if is_made else "")
        self.held.setVisible(is_made)
        self.attack.setVisible(is_made)
        self.drop.setText(self.tr("Take back") if export.is_own else self.tr("Refuse"))

    def _propose(self) -> None:
        least, known, sensitive = self.form.least(), self.form.chosen_known(), self.form.chosen_sensitive()
        self.form.refuse("")
        if not known or not sensitive:
            self.form.refuse(self.tr("Choose what outsiders may know, and what is to be protected."))
            return

        def proposed(_none: None) -> None:
            self.form.clear()
            self.head.tell(self.tr("The export waits for somebody else’s approval."))
            self.look_again()

        self.acting.do(
            self.form.button,
            lambda: self._exporting.propose(least, known, sensitive),
            proposed,
            self.form.refuse,
        )

    def _approve(self) -> None:
        key = self._chosen
        words = self.tr("Approved. Whoever proposed it makes it.")
        self._do(self.approve, lambda: self._exporting.approve(key), words)

    def _drop(self) -> None:
        key, export = self._chosen, self._exports.get(self._chosen)
        words = self.tr("Taken back.") if export is not None and export.is_own else self.tr("Refused.")
        self._do(self.drop, lambda: self._exporting.drop(key), words)

    def _do(self, button: Button, work: Callable[[], None], words: str) -> None:
        def done(_none: None) -> None:
            self.head.tell(words)
            self.look_again()

        self.acting.do(button, work, done, self._on_refused)

    def _on_refused(self, sentence: str) -> None:
        self.head.tell(sentence, "danger")
        self.look_again()

    # the file ------------------------------------------------------------------------------------------------------
    def _on_file_wanted(self) -> None:
        key = self._chosen
        if key not in self._exports or self.acting.is_busy:
            return
        name = f"analytics-{key[:8]}-{self._today().isoformat()}.csv"
        self._ask_where(name, lambda path: self._make(key, path))

    def _make(self, key: str, path: Path) -> None:
        self.head.tell("")
        self._stopping = stopping = threading.Event()
        tell = self._tasks.on_gui(lambda rows: self._on_rows(stopping, rows), self)

        def made(_report: Report) -> None:
            self._end_making()
            text = self.tr("Saved as {path}, and its report beside it. It stays there: no wipe removes it.")
            self.head.tell(text.format(path=path))
            self.look_again()

        def refused(sentence: str) -> None:
            self._end_making()
            self.head.tell(sentence, "ok" if stopping.is_set() else "danger")
            self.look_again()

        self.acting.do(self.make, lambda: self._exporting.make(key, path, tell, stopping.is_set), made, refused)

    def _on_rows(self, stopping: threading.Event, rows: int) -> None:
        if self.acting.is_busy and not stopping.is_set():
            self.making.show_far(self.tr("{n} customers are read.").format(n=number(rows)), 0, 0)

    def stop_making(self) -> None:
        """The person does not want the file any more: nothing of it is left, and it can be made again."""
        self._stopping.set()
        self.making.show_stopping()

    def _end_making(self) -> None:
        """Nothing is being made; the focus does not stay behind on Stop."""
        if self.making.end():
            self.make.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(export: ShownExport) -> Line:
    is_made = export.state is ExportState.DONE
    numbers = (number(export.k), number(export.l), two_decimals(export.t), number(export.found)) if is_made else None
    who = f"{day_and_time(export.at)}\n{export.proposed_by}"
    return Line(export.id, (who, in_a_row(export), state_name(export.state), *(numbers or ("–",) * 4)))
