"""Training seen from the work: rules that wait are laid before a person who signs in, once; a strip says what is due.

Nobody who has a customer or a call before them is led away: the strip waits, and reveals rest until then.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.training.rule import RULES
from app.session.shown_training import ShownTraining
from app.ui.saying import joined
from app.ui.tasks import Tasks
from app.ui.training.use_cases import TrainingUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import number, one_or_many


class TrainingWatch(QObject):
    """Looks at sign-in, and after each lesson.

    Args:
        training: the use cases.
        tasks: the door off the GUI thread.
        notice: says what is due.
        is_free: whether nobody is on the card or on the line.
        parent: whose console.

    Signals:
        wanted: a lesson, or `RULES`, should come to the front.
    """

    wanted = Signal(str)

    def __init__(
        self, training: TrainingUseCases, tasks: Tasks, notice: Strip, is_free: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._training, self._tasks, self._notice, self._is_free = training, tasks, notice, is_free
        self._is_shown = False
        self._begun = False
        self._first = ""
        words = self.tr("To the training")
        notice.action.setText(words)
        notice.action.setAccessibleName(words)
        notice.action.clicked.disconnect()
        notice.action.clicked.connect(lambda: self.wanted.emit(self._first))
        notice.let_close(self.tr("Close"))

    def begin(self) -> None:
        """Look from now on, where policy asks for anything."""
        self._begun = True
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._begun = False

    def look(self) -> None:
        """Look now."""
        if self._begun and self._training.is_anything_asked:
            self._tasks.run(self._training.state, self._on_state, lambda _error: None, owner=self)

    def _on_state(self, training: ShownTraining) -> None:
        if not self._begun:
            return
        due = [lesson for lesson in training.lessons if lesson.is_due]
        self._first = RULES if training.rules_due else next((lesson.code for lesson in due), "")
        sentences = []
        if training.rules_due:
            sentences.append(self.tr("New rules of conduct wait for you; until you accept them, reveals rest."))
        if due:
            one = self.tr("{n} lesson is due; what it opens rests until then.")
            many = self.tr("{n} lessons are due; what they open rests until then.")
            sentences.append(one_or_many(len(due), one, many).format(n=number(len(due))))
        self._notice.say(joined(" ", *sentences) if sentences else "")
        if training.rules_due and not self._is_shown and self._is_free():
            self._is_shown = True
            self.wanted.emit(RULES)
        elif sentences and not self._is_shown:
            self._is_shown = True
            announce(self._notice, self._notice.label.text())
