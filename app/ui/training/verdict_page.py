"""What came of a test: passed or not, and for each wrong answer why it is wrong."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.training.lesson import SCREENS
from app.session.shown_training import ShownQuiz, ShownVerdict
from app.ui.saying import joined
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.training.reader import MOST_WIDTH
from app.ui.training.words import tries_words
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label
from app.ui.words import number, workspace_name


class VerdictPage(QWidget):
    """The verdict.

    Signals:
        left: back to the lesson.
        again: another test.
        went_on: to what is due next, or back to work.
    """

    left = Signal()
    again = Signal()
    went_on = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("verdict")
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(8)
        self.title = text_label(look, "", size=TITLE, weight=Weight.SEMIBOLD, wrap=True)
        self.title.setObjectName("verdict_title")
        self.sentence = text_label(look, "", ink="ink2", wrap=True)
        self.sentence.setObjectName("verdict_sentence")
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setObjectName("verdict_answers")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.read = Button(look, self.tr("Back to the lesson"), "secondary", icon="arrow-left", name="verdict_read")
        self.retry = Button(look, self.tr("Another test"), "secondary", name="verdict_again")
        self.go_on = Button(look, self.tr("Go on"), "primary", name="verdict_go_on")
        foot.addWidget(self.read)
        foot.addStretch(1)
        foot.addWidget(self.retry)
        foot.addWidget(self.go_on)
        column.addLayout(foot)
        self.read.clicked.connect(self.left)
        self.retry.clicked.connect(self.again)
        self.go_on.clicked.connect(self.went_on)

    def show_verdict(self, quiz: ShownQuiz, verdict: ShownVerdict) -> None:
        """Tell it."""
        passed = self.tr("Passed") if verdict.is_passed else self.tr("Not passed")
        self.title.setText(passed)
        words = self.tr("{right} of {all} right; {needed} pass.")
        counts = words.format(
            right=number(verdict.right), all=number(len(quiz.questions)), needed=number(verdict.needed)
        )
        tries = tries_words(verdict.tries_left, verdict.next_try_at)
        self.sentence.setText(counts if verdict.is_passed else joined(" ", counts, tries))
        self._scroll.setWidget(self._answers(quiz, verdict))
        self._scroll.setAccessibleName(self.tr("Answers, one by one"))
        self.go_on.setVisible(verdict.is_passed)
        self.retry.setVisible(not verdict.is_passed)
        self.retry.setEnabled(verdict.tries_left > 0)
        main = self.go_on if verdict.is_passed else self.read
        main.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words_of(self.title))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Page up and down go through the answers."""
        bar, key = self._scroll.verticalScrollBar(), event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            page = bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()
            bar.setValue(bar.value() + page)
        else:
            super().keyPressEvent(event)

    def _answers(self, quiz: ShownQuiz, verdict: ShownVerdict) -> QWidget:
        page = QWidget()
        page.setProperty("ground", "none")
        page.setMaximumWidth(self._look.px(MOST_WIDTH))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 12, 6)
        column.setSpacing(10)
        for question, answer in zip(quiz.questions, verdict.answers, strict=True):
            row = QHBoxLayout()
            row.setSpacing(10)
            icon, ink = ("circle-check", "ok") if answer.is_right else ("circle-alert", "danger")
            sign = icon_label(self._look, icon, ink)
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(text_label(self._look, question.text, weight=Weight.MEDIUM, wrap=True))
            state = self.tr("Right") if answer.is_right else self.tr("Wrong")
            words.addWidget(text_label(self._look, state, ink=ink, size=SMALL, weight=Weight.MEDIUM))
            if answer.why:
                words.addWidget(text_label(self._look, answer.why, ink="ink2", wrap=True))
            if question.screen in SCREENS and not answer.is_right:
                place = self.tr("You meet it in: {screen}").format(screen=workspace_name(question.screen))
                words.addWidget(text_label(self._look, place, ink="ink2", size=SMALL, wrap=True))
            row.addLayout(words, 1)
            holder = QFrame()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            column.addWidget(holder)
        column.addStretch(1)
        return page
