"""The card of the lock screen: who, since when and why, the password, how long the session still waits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.role import Role
from app.session.ends import LockedSession
from app.ui.lock import words
from app.ui.saying import filled
from app.ui.sign_in.outside import ReportOffer
from app.ui.sign_in.password_edit import PasswordEdit
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Avatar
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.strips import Message
from app.ui.words import minutes_seconds, role_name

WIDTH, PADDING, AVATAR = 408, 28, 44


class LockCard(QFrame):
    """The card.

    Signals:
        submitted: a password; the card is busy until `refuse`.
        end_wanted: end the session.
    """

    submitted = Signal(str)
    end_wanted = Signal()

    def __init__(self, look: Look, lock: LockedSession) -> None:
        super().__init__()
        self._look, self._lock = look, lock
        self.setProperty("ground", "sheet")
        fix_panel(self, look, WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(PADDING, 26, PADDING, 24)
        self._column.setSpacing(0)
        self._add_person()
        self._add_why()
        self._add_password()
        self._add_foot()
        self.setTabOrder(self.password.edit, self.button)
        self.setTabOrder(self.button, self.password.show_button)
        self.setTabOrder(self.password.show_button, self.end)
        self.setTabOrder(self.end, self.report.button)

    def _add_person(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Avatar(self._look, self._lock.display_name, AVATAR))
        names = QVBoxLayout()
        names.setSpacing(1)
        name = text_label(self._look, self._lock.display_name, size=TITLE, weight=Weight.MEDIUM, wrap=True)
        name.setObjectName("locked_name")
        names.addWidget(name)
        who = filled("{}  ·  {}", role_name(Role(self._lock.role)), self._lock.seat)
        names.addWidget(text_label(self._look, who, ink="ink2", size=SMALL))
        row.addLayout(names, 1)
        self._column.addLayout(row)
        self._column.addSpacing(16)

    def _add_why(self) -> None:
        box = QFrame()
        box.setProperty("ground", "card")
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        sign = icon_label(self._look, "lock-keyhole", "ink2")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        self.why = text_label(self._look, words.title(self._lock), weight=Weight.SEMIBOLD, wrap=True)
        self.why.setObjectName("locked_why")
        column.addWidget(self.why)
        calm = self.tr(
            "Your draft and the open customer come back after you resume. No customer data is on this screen."
        )
        column.addWidget(text_label(self._look, calm, ink="ink2", size=SMALL, wrap=True))
        row.addLayout(column, 1)
        self._column.addWidget(box)
        self._column.addSpacing(16)

    def _add_password(self) -> None:
        label = text_label(self._look, self.tr("Password"), ink="ink2", size=SMALL, weight=Weight.MEDIUM)
        self.password = PasswordEdit(self._look)
        self.password.entered.connect(self._submit)
        self.password.caps_seen.connect(self._on_caps_seen)
        label.setBuddy(self.password.edit)
        self._column.addWidget(label)
        self._column.addSpacing(4)
        self._column.addWidget(self.password)
        self._column.addSpacing(3)
        self._caps = Message(self._look, "warn", "caps_lock")
        self._column.addWidget(self._caps)
        self.error = Message(self._look, "danger", "resume_error")
        self._column.addWidget(self.error)
        self._column.addSpacing(12)

    def _add_foot(self) -> None:
        self.button = Button(self._look, self.tr("Resume"), "primary", name="resume")
        self.button.setProperty("door", True)
        self.button.clicked.connect(self._submit)
        self._column.addWidget(self.button)
        self._column.addSpacing(12)
        row = QHBoxLayout()
        self.left = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        self.left.setObjectName("ends_in")
        row.addWidget(self.left)
        row.addStretch(1)
        self.end = Button(self._look, self.tr("End session"), "link", name="end_session")
        self.end.clicked.connect(self.end_wanted)
        row.addWidget(self.end)
        self._column.addLayout(row)
        self.report = ReportOffer(self._look)
        self._column.addWidget(self.report)

    def offer_reports(self, is_offered: bool) -> None:
        """Whether a suspicion can be reported from here."""
        self.report.setVisible(is_offered)

    def show_left(self, seconds: float) -> None:
        """How long the session still waits."""
        self.left.setText(self.tr("Session ends itself in {t}").format(t=minutes_seconds(seconds)))

    def set_busy(self, busy: bool) -> None:
        """While the key is derived, nothing can be typed and the button says so."""
        for widget in (self.password, self.button, self.end):
            widget.setEnabled(not busy)
        self.button.set_words(self.tr("Resuming…") if busy else self.tr("Resume"))

    def refuse(self, sentence: str) -> None:
        """Say why it is still locked; the field is empty and has the focus."""
        self.set_busy(False)
        self.password.clear()
        self.error.say(sentence)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_caps_seen(self, on: bool) -> None:
        self._caps.say(self.tr("Caps Lock is on") if on else "")

    def _submit(self) -> None:
        if not self.password.text():
            self.error.say(self.tr("Type your password."))
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.error.say("")
        self._caps.say("")
        self.set_busy(True)
        self.submitted.emit(self.password.take())
