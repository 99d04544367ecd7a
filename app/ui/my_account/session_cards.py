"""One's running sessions, with a way to end the others; and the last sign-ins and failed tries."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.my_account import OwnSession, OwnSignIn
from app.ui.accounts.facts import empty
from app.ui.my_account.cards import Card
from app.ui.my_account.use_cases import MyAccountUseCases
from app.ui.my_account.words import session_words, sign_in_words, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.fonts import FIGURES, SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.widgets.strips import Message
from app.ui.words import day_and_time

AT_WIDTH, SEAT_WIDTH = 110, 130


def _row(look: Look, sign: tuple[str, str], at: float, seat: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon_label(look, *sign, 14))
    when = text_label(look, day_and_time(at), size=SMALL, features=FIGURES)
    when.setFixedWidth(look.px(AT_WIDTH))
    row.addWidget(when)
    place = ElidedLabel(look, seat, ink="ink2", size=SMALL)
    place.setFixedWidth(look.px(SEAT_WIDTH))
    row.addWidget(place)
    row.addWidget(text_label(look, words, ink="ink2", size=SMALL, wrap=True), 1)
    return row


class SessionsCard(Card):
    """What runs in one's name."""

    def __init__(self, look: Look, account: MyAccountUseCases, tasks: Tasks) -> None:
        super().__init__(look, "own_sessions", "monitor", self.tr("Running sessions"), self.tr("End the others"))
        self._look, self._account, self._tasks = look, account, tasks
        self._rows = QVBoxLayout(self.body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.error = Message(look, "danger", "own_sessions_error")
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.error)
        self.button.clicked.connect(self._on_end_clicked)
        self.body.show()

    def show_sessions(self, sessions: list[OwnSession]) -> None:
        """List them."""
        empty(self._rows)
        for one in sessions:
            sign = ("circle-check", "ok") if one.this else ("monitor", "ink2")
            self._rows.addLayout(_row(self._look, sign, one.started_at, one.workstation, session_words(one)))
        others = sum(not one.this for one in sessions)
        self.button.setVisible(others > 0)
        self.state.setText(
            self.tr("{n} beside this one").format(n=others) if others else self.tr("Only this one runs.")
        )

    def _on_end_clicked(self) -> None:
        if self.button.is_busy:
            return
        self.error.say("")
        self.done.say("")
        self.button.set_busy(self.tr("Ending…"))
        self._tasks.run(self._end, self._on_ended, self._on_refused, owner=self)

    def _end(self) -> tuple[int, list[OwnSession]]:
        return self._account.end_others(), self._account.sessions()

    def _on_ended(self, ended: tuple[int, list[OwnSession]]) -> None:
        self.button.set_busy()
        self.show_sessions(ended[1])
        self.done.say(self.tr("Sessions ended: {n}.").format(n=ended[0]))

    def _on_refused(self, error: Exception) -> None:
        self.button.set_busy()
        self.error.say(why_refused(error))


class SignInsCard(Card):
    """The last sign-ins and failed tries."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "own_sign_ins", "history", self.tr("Last sign-ins"))
        self._look = look
        self.state.setText(self.tr("A try that was not you? Tell your supervisor, and change your password."))
        self._rows = QVBoxLayout(self.body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.body.show()

    def show_sign_ins(self, sign_ins: list[OwnSignIn]) -> None:
        """List them, the newest first."""
        empty(self._rows)
        for one in sign_ins:
            sign = ("circle-check", "ok") if one.ok else ("circle-x", "danger")
            self._rows.addLayout(_row(self._look, sign, one.at, one.workstation, sign_in_words(one)))


def centred(widget: QWidget, width: int) -> QHBoxLayout:
    """A widget of at most this width in the middle."""
    row = QHBoxLayout()
    row.addStretch(1)
    widget.setMaximumWidth(width)
    row.addWidget(widget, 100)
    row.addStretch(1)
    row.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
    return row
