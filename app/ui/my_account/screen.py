"""The own account's screen: cards below each other; nothing typed or shown outlives it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.session.my_account import OwnFactors, OwnSession, OwnSignIn
from app.ui.my_account.authenticator_card import AuthenticatorCard
from app.ui.my_account.password_card import PasswordCard
from app.ui.my_account.posture_card import PostureCard
from app.ui.my_account.recovery_card import RecoveryCard
from app.ui.my_account.session_cards import SessionsCard, SignInsCard, centred
from app.ui.my_account.use_cases import MyAccountUseCases
from app.ui.posture.use_cases import PostureUseCases
from app.ui.tasks import Tasks
from app.ui.theme.fonts import TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import text_label
from app.ui.workspace import Workspace

WIDTH, SHOWN = 720, 20


class MyAccountScreen(Workspace, QScrollArea):
    """Password, authenticator, recovery codes, this workstation, sessions, sign-ins.

    Signals:
        left: back to the work.
        failed: an exception of looking.
    """

    left = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, account: MyAccountUseCases, tasks: Tasks, posture: PostureUseCases) -> None:
        super().__init__()
        self._account, self._tasks = account, tasks
        self.setObjectName("my_account")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body, middle = QWidget(), QWidget()
        body.setProperty("ground", "bg")
        outer = QVBoxLayout(body)
        outer.setContentsMargins(24, 20, 24, 24)
        outer.addLayout(centred(middle, WIDTH))
        outer.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = text_label(look, self.tr("My account"), size=TITLE, weight=Weight.SEMIBOLD)
        head.addWidget(self._title, 1)
        head.addWidget(key_cap(look, "Esc"))
        self.back = Button(look, self.tr("Back to work"), "secondary", icon="arrow-left", name="leave_account")
        self.back.clicked.connect(self.left)
        head.addWidget(self.back)
        column.addLayout(head)
        self.password = PasswordCard(look, account, tasks)
        self.authenticator = AuthenticatorCard(look, account, tasks)
        self.recovery = RecoveryCard(look, account, tasks)
        self.posture = PostureCard(look, posture, tasks)
        self.sessions = SessionsCard(look, account, tasks)
        self.sign_ins = SignInsCard(look)
        self.password.changed.connect(self.look_again)
        self.authenticator.changed.connect(self.look_again)
        for card in (
            self.password,
            self.authenticator,
            self.recovery,
            self.posture,
            self.sessions,
            self.sign_ins,
        ):
            column.addWidget(card)
        self.setWidget(body)

    def come(self) -> None:
        """Ask the office for what stands; put the focus where it does nothing."""
        self.look_again()
        self.posture.come()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)

    def look_again(self) -> None:
        """Ask again."""
        self._tasks.run(self._look, self._on_looked, self.failed.emit, owner=self)

    def _look(self) -> tuple[OwnFactors, list[OwnSession], list[OwnSignIn]]:
        return self._account.factors(), self._account.sessions(), self._account.sign_ins(SHOWN)

    def _on_looked(self, looked: tuple[OwnFactors, list[OwnSession], list[OwnSignIn]]) -> None:
        factors, sessions, sign_ins = looked
        for card in (self.password, self.authenticator, self.recovery):
            card.show_factors(factors)
        self.sessions.show_sessions(sessions)
        self.sign_ins.show_sign_ins(sign_ins)

    def close_innermost(self) -> bool:
        """Esc: the card that is unfolded; whether there was one. One that is sending, or shows new codes, stays."""
        for card in (self.password, self.authenticator, self.recovery):
            if card.is_unfolded:
                card.close_if_idle()
                return True
        return False

    def stop(self) -> None:
        """The session ends."""
        self.forget()

    def forget(self) -> None:
        """Leave nothing that was typed, no secret, no code."""
        for card in (self.password, self.authenticator, self.recovery):
            card.forget()
            card.fold()
