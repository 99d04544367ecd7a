"""Letting somebody who was erased come back: one person names them with a reason, another one names them again.

The office keeps nobody's name: the page cannot show whom a proposal is about, and the second person is not told either.
Both look at the person's papers.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from app.domain.erasure.readmission import BackBecause, NamedBy
from app.session.privacy.readmitting import ShownReadmission
from app.ui.accounts.acting import Acting
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import HeadedPage
from app.ui.privacy.keeping.form_row import FormRow
from app.ui.privacy.keeping.words import state_name
from app.ui.privacy.listing import Listing
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.readmitting.use_cases import ReadmittingUseCases
from app.ui.privacy.readmitting.words import busy_words, named_by_name, progress, reason_name, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.words import day_and_time, number


class ReadmissionsPage(HeadedPage):
    """The page.

    Args:
        look: colours.
        readmitting: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        counted: how many proposals wait for this person.
        failed: an exception of looking.
    """

    topics = frozenset({"erasures"})
    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, look: Look, readmitting: ReadmittingUseCases, tasks: Tasks) -> None:
        super().__init__("privacy_readmissions")
        self._readmitting, self._tasks = readmitting, tasks
        self._known: dict[str, ShownReadmission] = {}
        self._chosen = ""
        self.acting = Acting(look, readmitting, tasks, self, why_refused, busy_words)
        about = self.tr("Who was erased stays out, also of imports, until two people name them, one a privacy officer.")
        self.head = PageHead(look, self.tr("Letting somebody back in"), about, "readmissions")
        self.form = FormRow(look, "readmission", self.tr("Propose"), "propose_readmission")
        self.by = self._named_by(self.form)
        reasons = [(reason_name(one), one.value) for one in BackBecause]
        self.reason = self.form.add_choice("reason", self.tr("Why they may come back"), reasons)
        self.form.finish(self.tr("Contract, request or case"))
        headings = (self.tr("Proposal"), self.tr("Why"), self.tr("Reference"), self.tr("Proposed by"), self.tr("State"))
        widths = {0: 180, 2: 150, 3: 170, 4: 190}
        self.table = PolicyTable(look, "readmissions", self.tr("Proposals"), headings, widths, wraps=True, rest=220)
        self.about = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.about.setObjectName("readmission_about")
        self.again = FormRow(look, "readmission_again", self.tr("Let them come back"), "approve_readmission")
        self.by_again = self._named_by(self.again)
        self.again.finish_without_reference()
        self.drop = Button(look, self.tr("Refuse"), "secondary", name="drop_readmission")
        nobody = self.tr("Nobody is proposed. Who was erased and comes back is named above.")
        self.listing = Listing(look, self.table, nobody)
        self._place()
        self.form.sent.connect(self._propose)
        self.again.sent.connect(self._approve)
        self.drop.clicked.connect(self._drop)
        self.table.chosen.connect(lambda key, _column: self._choose(key))
        self._choose("")

    def _named_by(self, form: FormRow) -> "Callable[[], NamedBy]":
        """A choice by what somebody is named; the field hides what was typed once the keys are elsewhere."""
        kinds = [(named_by_name(one), one.value) for one in NamedBy]
        picker = form.add_choice("by", self.tr("By what they are named"), kinds)
        words = self.tr("Their number")
        form.number.setAccessibleName(words)
        form.number.setPlaceholderText(words)
        form.number.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        return lambda: NamedBy(picker.currentData())

    def _place(self) -> None:
        column = self.column
        for part in (self.head, self.form):
            column.addWidget(part)
        column.addWidget(self.listing, 1)
        column.addWidget(line())
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 12, 0, 14)
        foot.setSpacing(8)
        told = QHBoxLayout()
        told.setContentsMargins(20, 0, 20, 0)
        told.addWidget(self.about, 1)
        foot.addLayout(told)
        foot.addWidget(self.again)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self.drop)
        row.addStretch(1)
        foot.addLayout(row)
        column.addLayout(foot)

    # the workspace -------------------------------------------------------------------------------------------------
    def look_again(self) -> None:
        """Ask for the proposals."""
        self._tasks.run(self._readmitting.listing, self._on_known, self._on_failed, owner=self)

    def forget(self) -> None:
        """Another page comes to the front: nothing of anybody stays typed."""
        self.acting.stop()
        self.form.clear()
        self.again.clear()
        super().forget()

    def focus_first(self) -> None:
        """Put the focus into the number."""
        self.form.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The other language."""
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self.head.tell(why_refused(error), "danger")
        self.failed.emit(error)

    def _on_known(self, known: tuple[ShownReadmission, ...]) -> None:
        self._known = {one.id: one for one in known}
        self.counted.emit(sum(one.may_decide and not one.is_own for one in known))
        self._show()

    def _show(self) -> None:
        self.listing.show_lines(tuple(map(_line, self._known.values())))
        self._show_chosen()

    # one proposal ----------------------------------------------------------------------------------------------------
    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self.again.clear()
        self._chosen = key
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self._known.get(self._chosen)
        self.about.setText(progress(one) if one is not None else "")
        self.about.setVisible(one is not None)
        self.again.setVisible(one is not None and one.may_decide and not one.is_own)
        self.drop.setVisible(one is not None and one.may_decide)
        self.drop.setText(self.tr("Take back") if one is not None and one.is_own else self.tr("Refuse"))

    def _propose(self) -> None:
        value, reference = self.form.number.text().strip(), self.form.reference.text().strip()
        if not value:
            self.focus_first()
            return
        by, reason = self.by(), BackBecause(self.reason.currentData())

        def proposed(of: int) -> None:
            self.form.clear()
            self.head.tell(self.tr("Proposal {n} waits: somebody else names the same person.").format(n=number(of)))
            self.look_again()

        def work() -> int:
            return self._readmitting.propose(by, value, reason, reference)

        self.acting.do(self.form.button, work, proposed, self.form.refuse)

    def _approve(self) -> None:
        key, value, by = self._chosen, self.again.number.text().strip(), self.by_again()
        if not value:
            self.again.number.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def approved(_none: None) -> None:
            self.again.clear()
            self.head.tell(self.tr("They may come back: imports and people who type them in are no longer refused."))
            self.look_again()

        self.acting.do(
            self.again.button, lambda: self._readmitting.approve(key, by, value), approved, self.again.refuse
        )

    def _drop(self) -> None:
        key = self._chosen

        def dropped(_none: None) -> None:
            self.head.tell(self.tr("They stay out."))
            self.look_again()

        self.acting.do(
            self.drop,
            lambda: self._readmitting.drop(key),
            dropped,
            lambda sentence: self.head.tell(sentence, "danger"),
        )


def _line(one: ShownReadmission) -> Line:
    at = f"{number(one.number)}\n{day_and_time(one.at)}"
    return Line(one.id, (at, reason_name(one.reason), one.reference, one.proposed_by, state_name(one.state)))
