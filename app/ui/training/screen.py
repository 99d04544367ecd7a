"""Training: the lessons at the left; at the right a text, a test, or what came of it. Esc goes one step back."""

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.training.rule import RULES
from app.session.shown_training import ShownQuiz, ShownText, ShownTraining, ShownVerdict
from app.session.shown_who_saw import Language
from app.ui.faults import fault_of
from app.ui.language import spoken
from app.ui.tasks import Tasks
from app.ui.theme.fonts import TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.training.lesson_list import LessonList
from app.ui.training.quiz_page import QuizPage
from app.ui.training.text_page import TextPage
from app.ui.training.use_cases import TrainingUseCases
from app.ui.training.verdict_page import VerdictPage
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Strip
from app.ui.workspace import Workspace

LIST = 300


class TrainingScreen(Workspace, QWidget):
    """The workspace.

    Args:
        look: colours.
        training: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a certificate is to lie.
        today: the day in a file's name.
        screens: the workspaces that this person has.

    Signals:
        left: back to the work.
        screen_wanted: the workspace that a lesson is about.
        counted: how many things are due.
        learnt: something opens now that rested before.
        failed: an exception that is no refusal.
    """

    left = Signal()
    screen_wanted = Signal(str)
    counted = Signal(int)
    learnt = Signal()
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        training: TrainingUseCases,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
        screens: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("training")
        self._training, self._tasks, self._ask, self._today = training, tasks, ask, today
        self._screens = frozenset(screens)
        self._turn = 0
        self._wanted = ""
        self._text: ShownText | None = None
        self._dialog: QFileDialog | None = None
        self.list, self.text = LessonList(look), TextPage(look)
        self.quiz, self.verdict = QuizPage(look), VerdictPage(look)
        self.said = Strip(look, "", "ok", flat=True, name="training_said")
        self.stack = QStackedWidget()
        self._place(look)
        self.said.hide()
        self.list.chosen.connect(self._on_chosen)
        self.text.begin.clicked.connect(self.begin_test)
        self.text.accept.clicked.connect(self.accept_rules)
        self.text.save.clicked.connect(self.save_certificate)
        self.text.paper.clicked.connect(self.save_certificate_page)
        self.text.lead.clicked.connect(self._on_screen_clicked)
        self.quiz.handed_in.connect(self._on_handed_in)
        self.quiz.left.connect(self._back_to_text)
        self.verdict.left.connect(self._back_to_text)
        self.verdict.again.connect(self.begin_test)
        self.verdict.went_on.connect(self._go_on)

    def _place(self, look: Look) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = QFrame()
        side.setProperty("ground", "bg")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(10, 14, 10, 10)
        column.setSpacing(10)
        title = text_label(look, self.tr("Training"), size=TITLE, weight=Weight.SEMIBOLD)
        title.setContentsMargins(8, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        self.back = Button(look, self.tr("Back to work"), "secondary", icon="arrow-left", name="leave_training")
        self.back.clicked.connect(self.left)
        column.addWidget(self.back)
        fix_panel(side, look, LIST)
        row.addWidget(side)
        row.addWidget(line(vertical=True))
        front = QFrame()
        front.setProperty("ground", "surface")
        front.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(front)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.said)
        for page in (self.text, self.quiz, self.verdict):
            self.stack.addWidget(page)
        inner.addWidget(self.stack, 1)
        row.addWidget(front, 1)

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Ask how the person stands."""
        self._look()

    def look_again(self) -> None:
        """The policy may want something else now."""
        self._look()

    def come(self) -> None:
        """Into the lesson that is due."""
        self._look()
        self.focus_first()

    def forget(self) -> None:
        """Another workspace comes to the front; an open test stays open at the office."""
        self._turn += 1
        self.said.say("")
        self._close_dialog()

    def stop(self) -> None:
        """The session ends."""
        self.forget()

    def focus_first(self) -> None:
        """Put the focus where one goes on."""
        if self.stack.currentWidget() is self.quiz and self.quiz.rows:
            self.quiz.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: a sentence, then the test or its verdict; whether there was something."""
        if not self.said.isHidden():
            self.said.say("")
            return True
        if self.stack.currentWidget() is not self.text:
            self._back_to_text()
            return True
        return False

    def retranslate(self) -> None:
        """The other language: texts come anew with the next sign-in; how one stands is said again."""
        if self.list.lessons.training is not None:
            self._tell_standing()

    # how one stands ------------------------------------------------------------------------------------------------
    def show_lesson(self, key: str) -> None:
        """Bring a lesson, or the rules (`RULES`), to the front; it may not have been asked for yet."""
        self._wanted = key
        if self.list.lessons.training is not None:
            self._take_wanted()

    def _look(self) -> None:
        self._tasks.run(self._training.state, self._on_state, self._on_failed, owner=self)

    def _on_state(self, training: ShownTraining) -> None:
        self.list.lessons.take(training)
        self.counted.emit(training.due)
        if not self._wanted and not self.list.current:
            due = [lesson.code for lesson in training.lessons if lesson.is_due]
            self._wanted = RULES if training.rules_due else next(iter([*due, training.lessons[0].code]), RULES)
        self._take_wanted()
        self._tell_standing()

    def _take_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted and wanted != self.list.current:
            self.list.show_key(wanted)

    def _on_chosen(self, key: str) -> None:
        self._turn += 1
        turn = self._turn
        self._text = None
        self.quiz.forget()
        self.stack.setCurrentWidget(self.text)
        self._tell_standing()
        self.text.reader.show_text("", "")
        if key == RULES:
            self._tasks.run(self._training.rules, lambda text: self._on_text(turn, text), self._on_failed, owner=self)
        else:
            self._tasks.run(
                lambda: self._training.lesson(key), lambda text: self._on_text(turn, text), self._on_failed, owner=self
            )

    def _on_text(self, turn: int, text: ShownText) -> None:
        if turn == self._turn:
            self._text = text
            self.text.show_text(text)

    def _tell_standing(self) -> None:
        training, key = self.list.lessons.training, self.list.current
        if training is None or not key:
            return
        if key == RULES:
            self.text.show_rules(training)
        else:
            lesson = next(lesson for lesson in training.lessons if lesson.code == key)
            self.text.show_lesson(lesson, has_screen=lesson.screen in self._screens)

    def _on_screen_clicked(self) -> None:
        training, key = self.list.lessons.training, self.list.current
        lesson = next((one for one in training.lessons if one.code == key), None) if training is not None else None
        if lesson is not None and lesson.screen in self._screens:
            self.screen_wanted.emit(lesson.screen)

    # the rules -----------------------------------------------------------------------------------------------------
    def accept_rules(self) -> None:
        """Accept the rules that stand there."""
        text = self._text
        if text is None or self.text.accept.is_busy:
            return
        version = text.version
        self.text.accept.set_busy(self.tr("Accepting…"))
        self._tasks.run(
            lambda: self._training.accept(version), lambda _done: self._on_accepted(), self._on_not_done, owner=self
        )

    def _on_accepted(self) -> None:
        self.text.accept.set_busy()
        self._tell(self.tr("Accepted. It is written down with your name."))
        self.learnt.emit()
        self._wanted = self._next_due()
        self._look()

    # the test ------------------------------------------------------------------------------------------------------
    def begin_test(self) -> None:
        """Have a test drawn; the open one comes again."""
        key = self.list.current
        if not key or key == RULES or self.text.begin.is_busy:
            return
        turn = self._turn
        self.said.say("")
        self.text.begin.set_busy(self.tr("Drawing questions…"))
        self._tasks.run(
            lambda: self._training.begin(key), lambda quiz: self._on_quiz(turn, quiz), self._on_not_done, owner=self
        )

    def _on_quiz(self, turn: int, quiz: ShownQuiz) -> None:
        self.text.begin.set_busy()
        if turn != self._turn:
            return
        self.stack.setCurrentWidget(self.quiz)
        self.quiz.show_quiz(self._title(), quiz)

    def _title(self) -> str:
        training, key = self.list.lessons.training, self.list.current
        found = [lesson.title for lesson in training.lessons if lesson.code == key] if training else []
        return next(iter(found), "")

    def _on_handed_in(self, answers: list[int]) -> None:
        quiz = self.quiz.quiz
        if quiz is None or self.quiz.hand_in.is_busy:
            return
        self.quiz.hand_in.set_busy(self.tr("Judging…"))
        self._tasks.run(
            lambda: self._training.answer(quiz.id, answers),
            lambda verdict: self._on_verdict(quiz, verdict),
            self._on_not_done,
            owner=self,
        )

    def _on_verdict(self, quiz: ShownQuiz, verdict: ShownVerdict) -> None:
        self.quiz.hand_in.set_busy()
        self.quiz.forget()
        self.stack.setCurrentWidget(self.verdict)
        self.verdict.show_verdict(quiz, verdict)
        if verdict.is_passed:
            self.learnt.emit()
        self._look()

    def _back_to_text(self) -> None:
        self.quiz.forget()
        self.stack.setCurrentWidget(self.text)
        self.text.focus_text()

    def _next_due(self) -> str:
        """The next lesson that is due, beside the one in front; empty where nothing is."""
        training = self.list.lessons.training
        due = [one.code for one in training.lessons if one.is_due] if training is not None else []
        return next((code for code in due if code != self.list.current), "")

    def _go_on(self) -> None:
        """To the next lesson that is due, or back to work."""
        following = self._next_due()
        self._back_to_text()
        if following:
            self.show_lesson(following)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    # the certificate -----------------------------------------------------------------------------------------------
    def save_certificate(self) -> None:
        """Ask where the certificate of this lesson is to lie, as a file that can be checked."""
        self._ask_where("json", self._save)

    def save_certificate_page(self) -> None:
        """Ask the same for a page to keep."""
        self._ask_where("pdf", self._save_page)

    def _ask_where(self, kind: str, save: Callable[[str, Path], None]) -> None:
        key = self.list.current
        if key and key != RULES:
            self._close_dialog()
            name = f"tirai-training-{key}-{self._today().isoformat()}.{kind}"
            self._dialog = self._ask(self, name, lambda path: save(key, path))

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None

    def _save_page(self, key: str, path: Path) -> None:
        self._dialog = None
        text = self.tr("Saved as {path}. It stays there: no wipe removes it.").format(path=path)
        language: Language = "id" if spoken().value == "id" else "en"
        self.text.paper.set_busy(self.tr("Making the PDF…"))
        self._tasks.run(
            lambda: self._training.save_certificate_page(key, language, path),
            lambda _done: self._on_page_saved(text),
            self._on_not_done,
            owner=self,
        )

    def _on_page_saved(self, text: str) -> None:
        self.text.paper.set_busy()
        self._tell(text)

    def _save(self, key: str, path: Path) -> None:
        self._dialog = None
        text = self.tr("Saved as {path}. To check it: tirai training verify {path}").format(path=path)
        self._tasks.run(
            lambda: self._training.save_certificate(key, path),
            lambda _done: self._tell(text),
            self._on_not_done,
            owner=self,
        )

    # what was told -------------------------------------------------------------------------------------------------
    def _tell(self, sentence: str, tone: str = "ok") -> None:
        self.said.say(sentence, tone)
        announce(self.said, sentence, now=tone == "danger")

    def _on_not_done(self, error: Exception) -> None:
        for button in (self.text.begin, self.text.accept, self.text.paper, self.quiz.hand_in):
            button.set_busy()
        if isinstance(error, NotAllowedError | InputRefusedError) and error.code == "quiz_over":
            self._back_to_text()
        self._tell(fault_of(error).sentence, "danger")
        if not isinstance(error, NotAllowedError | InputRefusedError):
            self.failed.emit(error)
        self._look()

    def _on_failed(self, error: Exception) -> None:
        self._tell(fault_of(error).sentence, "danger")
        self.failed.emit(error)
