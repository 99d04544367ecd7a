"""The form of the door: account, password, code; an error line beside the code; the seat's state at the foot.

It never says which factor failed: the sentences come from `faults`. The form works for the console and for the
approval at the desk; what signs in is handed to it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.sign_in.outside import ReportOffer
from app.ui.sign_in.password_edit import PasswordEdit
from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.buttons import Button
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.head_line import HeadLine
from app.ui.widgets.labels import icon_label, line, repolish, set_ink, text_label
from app.ui.widgets.language_switch import language_switch
from app.ui.widgets.strips import Message

if TYPE_CHECKING:
    from app.session.shown import Office

CARD_WIDTH, PADDING = 408, 28


class SignInForm(QFrame):
    """The card with the form.

    Signals:
        submitted: account, password, code; the form is busy until `refuse` or `set_busy(False)`.
        language_wanted: the other language, as its code.
        activation_wanted: somebody has an activation code.
        lost_wanted: somebody has lost an authenticator.
    """

    submitted = Signal(str, str, str)
    language_wanted = Signal(str)
    activation_wanted = Signal()
    lost_wanted = Signal()

    def __init__(self, look: Look, *, title: str = "Tirai", button: str = "", may_enrol: bool = False) -> None:
        super().__init__()
        self._look = look
        self._button_words = button or self.tr("Sign in")
        self.setProperty("ground", "sheet")
        fix_panel(self, look, CARD_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(PADDING, 26, PADDING, 20)
        self._column.setSpacing(0)
        self._add_head(title)
        self._add_account()
        self._add_password()
        self._add_code()
        self._add_foot(may_enrol)
        for first, second in ((self.account, self.password.edit), (self.password.edit, self.code)):
            self.setTabOrder(first, second)
        self.setTabOrder(self.code, self.button)
        self.setTabOrder(self.button, self.password.show_button)
        self.setTabOrder(self.password.show_button, self.activation)
        self.setTabOrder(self.activation, self.lost)
        self.setTabOrder(self.lost, self.report.button)
        self.setTabOrder(self.report.button, self.language)

    # parts ---------------------------------------------------------------------------------------------------------
    def _add_head(self, title: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(11)
        head.addWidget(icon_label(self._look, "mark", "accent", 25))
        head.addWidget(text_label(self._look, title, size=TITLE, weight=Weight.MEDIUM))
        head.addStretch(1)
        self.language = language_switch(self._look, self.language_wanted.emit)
        head.addWidget(self.language)
        self._column.addLayout(head)
        self._column.addSpacing(5)
        self._office = text_label(self._look, self.tr("Looking for the back office…"), ink="ink3", size=SMALL)
        self._office.setObjectName("office")
        self._column.addWidget(self._office)
        self._column.addSpacing(6)
        self._welcome = Message(self._look, "ok", "welcome")
        self._column.addWidget(self._welcome)
        self._column.addSpacing(11)

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = text_label(self._look, text, ink="ink2", size=SMALL, weight=Weight.MEDIUM)
        label.setBuddy(buddy)
        return label

    def _add_account(self) -> None:
        self.account = QLineEdit()
        self.account.setObjectName("account")
        self.account.setProperty("door", True)
        self.account.setFont(self._look.font(weight=Weight.MEDIUM))
        self.account.setMaxLength(128)
        self.account.setAccessibleName(self.tr("Account"))
        self.account.returnPressed.connect(self._on_return_pressed)
        self._column.addWidget(self._label(self.tr("Account"), self.account))
        self._column.addSpacing(4)
        self._column.addWidget(self.account)
        self._column.addSpacing(14)

    def _add_password(self) -> None:
        self.password = PasswordEdit(self._look)
        self.password.entered.connect(self._on_return_pressed)
        self.password.caps_seen.connect(self._on_caps_seen)
        self._column.addWidget(self._label(self.tr("Password"), self.password.edit))
        self._column.addSpacing(4)
        self._column.addWidget(self.password)
        self._column.addSpacing(3)
        self._caps = Message(self._look, "warn", "caps_lock")
        self._column.addWidget(self._caps)
        self._column.addSpacing(11)

    def _add_code(self) -> None:
        self.code = CodeBoxes(self._look)
        self.code.setAccessibleDescription(self.tr("Sends by itself at the sixth digit"))
        self.code.returnPressed.connect(self._on_return_pressed)
        self.code.completed.connect(self._on_code_completed)
        self._column.addWidget(self._label(self.tr("Code from your authenticator"), self.code))
        self._column.addSpacing(4)
        self._column.addWidget(self.code)
        self._column.addSpacing(4)
        self.error = Message(self._look, "danger", "sign_in_error")
        self._column.addWidget(self.error)
        self._column.addSpacing(14)

    def _add_foot(self, may_enrol: bool) -> None:
        self.button = Button(self._look, self._button_words, "primary", name="sign_in")
        self.button.setProperty("door", True)
        self.button.clicked.connect(self._submit)
        self._column.addWidget(self.button)
        self._add_activation(may_enrol)
        self._column.addWidget(line())
        self._column.addSpacing(10)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._seat_sign = icon_label(self._look, "monitor", "ink3")
        foot.addWidget(self._seat_sign)
        self._seat = text_label(self._look, self.tr("Looking at this workstation…"), ink="ink2", size=SMALL, wrap=True)
        self._seat.setObjectName("seat")
        foot.addWidget(self._seat, 1)
        self._column.addLayout(foot)
        words = self.tr(
            "One-user office: whoever holds this OS account and any valid password can go round its rules. "
            "An office installed as a service is stronger."
        )
        self._home = text_label(self._look, words, ink="ink3", size=SMALL, wrap=True)
        self._home.setObjectName("one_user")
        self._home.setContentsMargins(24, 6, 0, 0)
        self._home.hide()
        self._column.addWidget(self._home)
        self.report = ReportOffer(self._look)
        self._column.addWidget(self.report)
        self.report.hide()

    def offer_reports(self, is_offered: bool) -> None:
        """Whether a suspicion can be reported from here."""
        self.report.setVisible(is_offered)

    def _add_activation(self, may_enrol: bool) -> None:
        self._column.addSpacing(11 if may_enrol else 18)
        self.activation = Button(self._look, self.tr("I have an activation code"), "link", name="activation")
        self.activation.clicked.connect(self.activation_wanted)
        self.lost = Button(self._look, self.tr("Lost your authenticator?"), "link", name="lost")
        self.lost.clicked.connect(self.lost_wanted)
        line = HeadLine(ends=True)
        line.first.addWidget(self.activation)
        line.second.addWidget(self.lost)
        line.first.addStretch(1)
        self._column.addWidget(line)
        for widget in (self.activation, self.lost, line):
            widget.setVisible(may_enrol)
        self._column.addSpacing(10 if may_enrol else 0)

    # what others tell it -------------------------------------------------------------------------------------------
    def welcome(self, account: str, *, sees_customers: bool = True) -> None:
        """Say that a new account is ready, and fill it in."""
        self._greet(
            account,
            self.tr("Your account is ready. Masks and search work; a supervisor still hands you your class keys.")
            if sees_customers
            else self.tr("Your account is ready."),
        )

    def welcome_back(self, account: str) -> None:
        """Say that a new authenticator counts, and fill its account in."""
        self._greet(account, self.tr("Your new authenticator counts. Sign in with a code that it shows next."))

    def _greet(self, account: str, sentence: str) -> None:
        self.account.setText(account)
        self.error.say("")
        self._welcome.say(sentence)

    def show_office(self, office: "Office") -> None:
        """Name the back office and the workstation."""
        self._office.setText(self.tr("Back office: {name}").format(name=office.name))
        self._seat_sign.show_icon("monitor-check", "ok")
        self._seat.setText(self.tr("{seat}: known, keyring ready").format(seat=office.seat))
        self._home.setVisible(office.home == "one-user")

    def show_no_office(self, sentence: str) -> None:
        """Say why nobody can sign in here now."""
        self._office.setText(self.tr("Back office: not reached"))
        self._seat_sign.show_icon("triangle-alert", "danger")
        self._seat.setText(sentence)
        set_ink(self._seat, "danger")

    def set_busy(self, busy: bool) -> None:
        """While the key is derived, nothing can be typed and the button says so."""
        for widget in (self.account, self.password, self.code, self.button, self.activation, self.lost, self.language):
            widget.setEnabled(not busy)
        self.button.set_words(self.tr("Signing in…") if busy else self._button_words)

    def refuse(self, sentence: str) -> None:
        """Say why the sign-in failed; the code boxes are empty and have the focus."""
        self.set_busy(False)
        self.code.clear()
        self.code.set_wrong(True)
        self.error.say(sentence)
        (self.password if not self.password.text() else self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first_empty(self) -> None:
        """Where a person starts to type."""
        first = self.account if not self.account.text() else self.password
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the person does ------------------------------------------------------------------------------------------
    def _on_caps_seen(self, on: bool) -> None:
        self._caps.say(self.tr("Caps Lock is on") if on else "")

    def _on_return_pressed(self) -> None:
        for widget, empty in (
            (self.account, not self.account.text().strip()),
            (self.password, not self.password.text()),
            (self.code, not self.code.is_complete()),
        ):
            if empty:
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self._submit()

    def _on_code_completed(self, _code: str) -> None:
        """The sixth digit sends, where nothing else is missing."""
        if self.button.isEnabled() and self.account.text().strip() and self.password.text():
            self._submit()

    def _submit(self) -> None:
        account, code = self.account.text().strip(), self.code.text()
        if not account or not self.password.text() or not self.code.is_complete():
            self.error.say(self.tr("Account, password and the six digits are all needed."))
            return
        self.error.say("")
        self._welcome.say("")
        self._caps.say("")
        self.set_busy(True)
        self.submitted.emit(account, self.password.text(), code)

    def forget(self) -> None:
        """Empty password and code (signed in, or left)."""
        self.password.clear()
        self.code.clear()
        repolish(self)
