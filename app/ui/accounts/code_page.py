"""An activation code, shown once: for the person, on paper or by a way that is not this screen.

Invariant: `forget` leaves the code in no widget; the screen calls it whenever the page is left.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session.shown import Secret
from app.ui.accounts.facts import empty, heading
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Strip

GROUPS_PER_LINE = 5


class CodePage(QWidget):
    """The code, what it is for, and that it will not come again.

    Signals:
        left: it was noted.
    """

    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._secret: Secret | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        self._head = QVBoxLayout()
        column.addLayout(self._head)
        self.code = text_label(look, "", size=18, weight=Weight.MEDIUM, features=VALUES)
        self.code.setObjectName("activation_code")
        self.code.setProperty("ground", "card")
        self.code.setMargin(14)
        self.code.setAccessibleName(self.tr("Activation code, shown once"))
        self.code.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column.addWidget(self.code)
        self.warning = Strip(look, self.tr("It is shown this once. Make a new one if it is lost."), "warn")
        column.addWidget(self.warning)
        self._how = text_label(look, "", ink="ink2", size=SMALL, wrap=True)
        column.addWidget(self._how)
        self.noted = Button(look, self.tr("I have noted it"), "primary", name="code_noted")
        self.noted.clicked.connect(self._on_noted)
        column.addWidget(self.noted, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)

    def show_code(self, secret: Secret, name: str, *, waits: bool) -> None:
        """Show a code.

        Args:
            secret: the code.
            name: whose account.
            waits: whether it works only after a second person's confirmation.
        """
        self.forget()
        self._secret = secret
        empty(self._head)
        self._head.addLayout(heading(self._look, self.tr("Activation code"), name))
        self.code.setText(code_in_lines(secret.reveal()))
        how = (
            self.tr("It works once a second person has confirmed the reset, for 24 hours from then.")
            if waits
            else self.tr("It works once, within 24 hours, on a workstation of this office.")
        )
        self.warning.say(
            self.tr("It is shown this once. If it is lost, take the reset back and ask again.")
            if waits
            else self.tr("It is shown this once. Make a new one if it is lost.")
        )
        self._how.setText(how + " " + self.tr("Give it to the person yourself, after you have seen who it is."))
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)  # a Return too many loses no code

    def forget(self) -> None:
        """Leave the code nowhere."""
        self.code.setText("")
        if self._secret is not None:
            self._secret.forget()
            self._secret = None

    def _on_noted(self) -> None:
        self.forget()
        self.left.emit()


def code_in_lines(code: str) -> str:
    """A code of groups, five in a line."""
    groups = code.split("-")
    return "\n".join("-".join(groups[at : at + GROUPS_PER_LINE]) for at in range(0, len(groups), GROUPS_PER_LINE))
