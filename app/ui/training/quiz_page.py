"""A test, one question at a time: digits choose, Return goes on, the last one hands it in. Nothing is judged here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown_training import ShownQuiz
from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.training.choice_row import ChoiceRow
from app.ui.training.reader import MOST_WIDTH
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.words import number


class QuizPage(QWidget):
    """The questions.

    Signals:
        handed_in: places of the chosen answers, -1 where none was.
        left: back to the lesson; the test stays open.
    """

    handed_in = Signal(list)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("quiz")
        self._look = look
        self.quiz: ShownQuiz | None = None
        self.answers: list[int] = []
        self.at = 0
        self.rows: list[ChoiceRow] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(8)
        self._title = text_label(look, "", size=TITLE, weight=Weight.SEMIBOLD, wrap=True)
        column.addWidget(self._title)
        self._where = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._where.setObjectName("quiz_where")
        column.addWidget(self._where)
        column.addSpacing(8)
        self.question = text_label(look, "", weight=Weight.SEMIBOLD, wrap=True)
        self.question.setObjectName("quiz_question")
        self.question.setMaximumWidth(look.px(MOST_WIDTH))
        column.addWidget(self.question)
        self._holder = QWidget()
        self._holder.setMaximumWidth(look.px(MOST_WIDTH))
        self._choices = QVBoxLayout(self._holder)
        self._choices.setContentsMargins(0, 4, 0, 0)
        self._choices.setSpacing(6)
        column.addWidget(self._holder)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.leave = Button(look, self.tr("Back to the lesson"), "secondary", icon="arrow-left", name="quiz_leave")
        self.back = Button(look, self.tr("Question before"), "secondary", name="quiz_back")
        self.next = Button(look, self.tr("Next question"), "primary", name="quiz_next")
        self.hand_in = Button(look, self.tr("Hand in"), "primary", icon="check", name="quiz_hand_in")
        foot.addWidget(self.leave)
        foot.addStretch(1)
        for button in (self.back, self.next, self.hand_in):
            foot.addWidget(button)
        column.addLayout(foot)
        self.leave.clicked.connect(self.left)
        self.back.clicked.connect(lambda: self._go(self.at - 1))
        self.next.clicked.connect(lambda: self._go(self.at + 1))
        self.hand_in.clicked.connect(lambda: self.handed_in.emit(list(self.answers)))

    def show_quiz(self, title: str, quiz: ShownQuiz) -> None:
        """Begin a test."""
        self.quiz, self.answers = quiz, [-1] * len(quiz.questions)
        self._title.setText(title)
        self.hand_in.set_busy()
        self._go(0)

    def forget(self) -> None:
        """It was judged, or is left."""
        self.quiz, self.answers = None, []

    def _go(self, at: int) -> None:
        quiz = self.quiz
        if quiz is None or not 0 <= at < len(quiz.questions):
            return
        self.at = at
        question, is_last = quiz.questions[at], at == len(quiz.questions) - 1
        where = self.tr("Question {n} of {all}. {needed} right answers pass.")
        self._where.setText(where.format(n=number(at + 1), all=number(len(quiz.questions)), needed=number(quiz.needed)))
        self.question.setText(question.text)
        for row in self.rows:
            self._group.removeButton(row)
            self._choices.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [ChoiceRow(self._look, text, digit) for digit, text in enumerate(question.choices, start=1)]
        for place, row in enumerate(self.rows):
            row.setChecked(self.answers[at] == place)
            row.toggled.connect(lambda on, place=place: self._on_chosen(place) if on else None)
            self._choices.addWidget(row)
            self._group.addButton(row)
        self._holder.setAccessibleName(filled("{}", question.text))
        self.back.setEnabled(at > 0)
        self.next.setVisible(not is_last)
        self.hand_in.setVisible(is_last)
        self.hand_in.setEnabled(-1 not in self.answers)
        chosen = max(self.answers[at], 0)
        self.rows[chosen].setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, question.text)

    def _on_chosen(self, place: int) -> None:
        self.answers[self.at] = place
        self.hand_in.setEnabled(-1 not in self.answers)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose; Return goes on; the arrows go through the answers."""
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= len(self.rows) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.rows[digit - 1].setChecked(True)
            self.rows[digit - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.quiz is not None:
            if self.answers[self.at] < 0:
                return
            if self.at + 1 < len(self.quiz.questions):
                self._go(self.at + 1)
            elif self.hand_in.isEnabled():
                self.hand_in.click()
        else:
            super().keyPressEvent(event)
