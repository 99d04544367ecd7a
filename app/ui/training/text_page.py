"""A lesson, or the rules of conduct: how one stands with it, the text, and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown_training import LessonStanding, ShownLesson, ShownText, ShownTraining
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.training.reader import Reader
from app.ui.training.words import facts_words, standing_words, tries_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.words import day_and_time, number, workspace_name


class TextPage(QWidget):
    """The text in front. Its buttons are connected by the screen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("lesson")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(4)
        self.title = text_label(look, "", size=TITLE, weight=Weight.SEMIBOLD, wrap=True)
        self.title.setObjectName("lesson_title")
        self.standing = text_label(look, "", weight=Weight.MEDIUM, features=FIGURES, wrap=True)
        self.standing.setObjectName("lesson_standing")
        self.facts = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(4)
        for label in (self.title, self.standing, self.facts):
            words.addWidget(label)
        head.addLayout(words, 1)
        self.lead = Button(look, "", "secondary", icon="arrow-right", name="lesson_screen")
        self.lead.hide()  # until a lesson has one
        head.addWidget(self.lead, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addSpacing(6)
        self.reader = Reader(look, "lesson_text")
        column.addWidget(self.reader, 1)
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.tries = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        self.paper = Button(
            look, self.tr("Certificate as PDF"), "secondary", icon="file-text", name="save_certificate_page"
        )
        self.save = Button(look, self.tr("For checking (JSON)"), "secondary", icon="download", name="save_certificate")
        self.begin = Button(look, self.tr("Take the test"), "primary", name="begin_test")
        self.accept = Button(look, self.tr("I have read them and accept"), "primary", icon="check", name="accept_rules")
        foot.addWidget(self.tries, 1)
        for button in (self.paper, self.save, self.begin, self.accept):
            foot.addWidget(button)
        column.addLayout(foot)

    def show_lesson(self, lesson: ShownLesson, *, has_screen: bool) -> None:
        """Tell how the person stands with a lesson; its text comes later.

        Args:
            lesson: which.
            has_screen: whether the person has the screen that it is about.
        """
        self.lead.setVisible(has_screen)
        if has_screen:
            self.lead.set_words(self.tr("Show: {screen}").format(screen=workspace_name(lesson.screen)))
        self.title.setText(lesson.title)
        self.standing.setText(standing_words(lesson))
        self.facts.setText(facts_words(lesson))
        self.tries.setText(tries_words(lesson.tries_left, lesson.next_try_at))
        has_passed = lesson.standing in (LessonStanding.PASSED, LessonStanding.ENDS_SOON)
        self.paper.setVisible(has_passed)
        self.save.setVisible(has_passed)
        self.begin.setVisible(True)
        self.begin.setEnabled(lesson.tries_left > 0)
        self.accept.hide()

    def show_rules(self, training: ShownTraining) -> None:
        """The same for the rules of conduct."""
        self.lead.hide()
        self.title.setText(self.tr("Rules of conduct"))
        due = self.tr("Version {n}. Until you accept them, reveals rest; everything else goes on.")
        done = self.tr("Version {n}, accepted on {day}.")
        words = due if training.rules_due else done
        if not training.rules_due and not training.rules_accepted_at:
            words = self.tr("Version {n}.")
        day = day_and_time(training.rules_accepted_at)
        self.standing.setText(words.format(n=number(training.rules_version), day=day))
        self.facts.setText("")
        self.tries.setText("")
        self.paper.hide()
        self.save.hide()
        self.begin.hide()
        self.accept.setVisible(training.rules_due)

    def show_text(self, text: ShownText) -> None:
        """The text has come."""
        self.reader.show_text(words_of(self.title), text.text)

    def focus_text(self) -> None:
        """Put the focus where reading starts."""
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)
