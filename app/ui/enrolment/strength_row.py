"""How easily a new password is guessed, asked a moment after the last letter, off the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from app.ui.enrolment.password_page import PasswordPair
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.strength_bar import Strength, StrengthBar

TYPING_PAUSE_MS = 150


class StrengthRow(StrengthBar):
    """The bar under a pair of fields.

    Args:
        look: colours.
        pair: the fields; the first one is judged.
        tasks: the door off the GUI thread.
        ask: what to call with the password, off the GUI thread; read on the GUI thread, None while nobody can judge.
    """

    def __init__(
        self, look: Look, pair: PasswordPair, tasks: Tasks, ask: Callable[[], Callable[[str], Strength] | None]
    ) -> None:
        super().__init__(look)
        self._pair, self._tasks, self._ask = pair, tasks, ask
        self._pause = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._on_paused)
        pair.first.edit.textChanged.connect(self._on_typed)

    def _on_typed(self, text: str) -> None:
        if text:
            self._pause.start()
        else:
            self.forget()

    def _on_paused(self) -> None:
        password, judge = self._pair.first.text(), self._ask()
        if password and judge is not None:
            self._tasks.run(lambda: judge(password), self._on_judged, lambda _error: None, owner=self)

    def _on_judged(self, strength: Strength) -> None:
        self.show_strength(strength if self._pair.first.text() else None)

    def forget(self) -> None:
        """Show no judgement; none comes any more."""
        self._pause.stop()
        self.show_strength(None)
