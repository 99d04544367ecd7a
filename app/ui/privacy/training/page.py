"""The report of training: who is due, who failed where, and which questions are missed most. It changes nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.training.report import Learner
from app.session.privacy.training_report import ShownReport
from app.ui.faults import fault_of
from app.ui.policy.policy_table import PolicyTable
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.training.words import detail_words, is_due, learner_line, missed_line, summary_words
from app.ui.privacy.use_cases import TrainingReportUseCases
from app.ui.saying import now
from app.ui.tasks import Tasks
from app.ui.theme.fonts import BODY, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.workspace import Workspace

DUE, EVERYBODY, FAILED, MISSED = range(4)


class TrainingPage(Workspace, QWidget):
    """The page.

    Args:
        look: colours.
        reports: the use case.
        tasks: the door off the GUI thread.

    Signals:
        failed: an exception that is no refusal.
    """

    failed = Signal(object)

    def __init__(self, look: Look, reports: TrainingReportUseCases, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("privacy_training")
        self._reports, self._tasks = reports, tasks
        self.report: ShownReport | None = None
        self._is_reading = False
        about = self.tr("Tests of the last twelve months. Which question one person missed is not shown.")
        self.head = PageHead(look, self.tr("Training report"), about, "training_report")
        self.summary = text_label(look, "", weight=Weight.MEDIUM, wrap=True)
        self.summary.setObjectName("training_summary")
        headings = (self.tr("Person"), self.tr("State"), self.tr("Due"), self.tr("Tests failed"), self.tr("Next end"))
        self.people = PolicyTable(
            look, "training_people", self.tr("People"), headings, {0: 190, 1: 120, 3: 230, 4: 160}, wraps=True, rest=290
        )
        of_questions = (self.tr("Lesson"), self.tr("Question"), self.tr("Asked"), self.tr("Wrong"), self.tr("Share"))
        self.questions = PolicyTable(
            look, "training_questions", self.tr("Questions that are missed"), of_questions,
            {0: 180, 2: 100, 3: 100, 4: 100}, wraps=True,
        )  # fmt: skip
        self.detail = text_label(look, "", size=BODY, wrap=True)
        self.detail.setObjectName("training_detail")
        self._place(look)
        self.people.chosen.connect(lambda key, _column: self._on_person_chosen(key))
        self.questions.chosen.connect(lambda key, _column: self._on_question_chosen(key))

    def _place(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        upper = QVBoxLayout()
        upper.setContentsMargins(20, 2, 20, 8)
        upper.setSpacing(10)
        upper.addWidget(self.summary)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.sections = QButtonGroup(self)
        parts = (
            (self.tr("Due"), "training_due"),
            (self.tr("Everybody"), "training_everybody"),
            (self.tr("Failed a test"), "training_failed_ones"),
            (self.tr("Questions missed"), "training_missed"),
        )
        for at, (words, name) in enumerate(parts):
            button = Button(look, words, "segment", name=name)
            button.setCheckable(True)
            self.sections.addButton(button, at)
            row.addWidget(button)
        self.sections.button(DUE).setChecked(True)
        row.addStretch(1)
        upper.addLayout(row)
        column.addLayout(upper)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.people)
        self.stack.addWidget(self.questions)
        column.addWidget(self.stack, 1)
        lower = QVBoxLayout()
        lower.setContentsMargins(20, 8, 20, 12)
        lower.addWidget(self.detail)
        column.addLayout(lower)
        self.sections.idToggled.connect(lambda _at, on: self._fill() if on else None)

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Nothing is read before somebody looks: each certificate of each person is checked for it."""

    def come(self) -> None:
        """Look at the people as they stand now."""
        self.look_again()
        self.focus_first()

    def look_again(self) -> None:
        """Look anew, unless a look is under way."""
        if self._is_reading:
            return
        self._is_reading = True
        self._tasks.run(self._reports.report, self._on_read, self._on_not_read, owner=self)

    def forget(self) -> None:
        """Nothing is said any more."""
        self.head.tell("")

    def stop(self) -> None:
        """The session ends."""
        self.forget()

    def retranslate(self) -> None:
        """The other language."""
        self._fill()

    def focus_first(self) -> None:
        """Put the focus into the table in front."""
        table = self.questions if self.sections.checkedId() == MISSED else self.people
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: the sentence of why nothing could be read."""
        if self.head.said.isHidden():
            return False
        self.head.tell("")
        return True

    # the report ----------------------------------------------------------------------------------------------------
    def _on_read(self, report: ShownReport) -> None:
        self._is_reading = False
        self.head.tell("")
        self.report = report
        self._fill()

    def _on_not_read(self, error: Exception) -> None:
        self._is_reading = False
        self.head.tell(fault_of(error).sentence, "danger")

    def _fill(self) -> None:
        report, section = self.report, self.sections.checkedId()
        if report is None:
            return
        self.stack.setCurrentIndex(1 if section == MISSED else 0)
        self.summary.setText(summary_words(report.learners, report.now_ms))
        shown = tuple(one for one in report.learners if _is_shown(one, section, report.now_ms))
        self.people.show_lines(tuple(learner_line(one, report.now_ms) for one in shown))
        self.questions.show_lines(tuple(missed_line(at, one) for at, one in enumerate(report.missed)))
        table = self.questions if section == MISSED else self.people
        current = table.currentIndex()
        key = table.lines.lines[current.row()].key if current.isValid() else ""
        if section == MISSED:
            self._on_question_chosen(key)
        else:
            self._on_person_chosen(key)

    def _on_person_chosen(self, key: str) -> None:
        report = self.report
        learner = next((one for one in report.learners if one.account == key), None) if report is not None else None
        self.detail.setText(detail_words(learner, report.now_ms) if report is not None and learner is not None else "")

    def _on_question_chosen(self, key: str) -> None:
        missed = self.report.missed if self.report is not None else ()
        self.detail.setText(now(missed[int(key)].text) if key.isdigit() and int(key) < len(missed) else "")


def _is_shown(learner: Learner, section: int, now_ms: int) -> bool:
    if section == DUE:
        return is_due(learner, now_ms)
    return section != FAILED or bool(learner.failed)
