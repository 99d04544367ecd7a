"""Setting an authenticator up: scan the QR code (or type the key), then prove it by a code.

Invariant: `forget` leaves neither the picture nor the key in a widget; the screen calls it whenever the page is left.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.session.shown import Secret
from app.ui.enrolment.qr_code import QrCode
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.strips import Message


class AuthenticatorPage(QWidget):
    """The page with the QR code.

    Signals:
        completed: six digits are there; the page is busy until `refuse`.
        changed: the digits have changed.
    """

    completed = Signal(str)
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._key: Secret | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        self.qr = QrCode(look)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        row.addLayout(self._column, 1)
        self._title = self._say_what_to_do()
        self._add_key()
        self._add_code()
        self._column.addStretch(1)

    # parts ---------------------------------------------------------------------------------------------------------
    def _say_what_to_do(self) -> QLabel:
        title = text_label(self._look, "", weight=Weight.SEMIBOLD, wrap=True)
        self._column.addWidget(title)
        self._column.addSpacing(3)
        words = self.tr(
            "Any app that makes 6-digit codes will do. The picture is shown once and is not kept on this workstation."
        )
        self._column.addWidget(text_label(self._look, words, ink="ink2", wrap=True))
        self._column.addSpacing(12)
        return title

    def _add_key(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(text_label(self._look, self.tr("Cannot scan?"), ink="ink3", size=SMALL))
        self.show_key = Button(self._look, self.tr("Show the key as text"), "link", name="show_key")
        self.show_key.clicked.connect(self._on_show_key_clicked)
        row.addWidget(self.show_key)
        row.addStretch(1)
        self._column.addLayout(row)
        self.key = text_label(self._look, "", weight=Weight.MEDIUM, features=VALUES, wrap=True)
        self.key.setObjectName("key_text")
        self.key.hide()
        self._column.addWidget(self.key)
        self._column.addSpacing(12)

    def _add_code(self) -> None:
        self.code = CodeBoxes(self._look, name="enrol_code")
        words = text_label(
            self._look, self.tr("Type the code that the app shows now"), ink="ink2", size=SMALL, weight=Weight.MEDIUM
        )
        words.setBuddy(self.code)
        self._column.addWidget(words)
        self._column.addSpacing(4)
        self._column.addWidget(self.code)
        self._column.addSpacing(6)
        self.code.completed.connect(self.completed)
        self.code.textChanged.connect(self._on_digits_changed)
        self._hint = QWidget()
        hint = QHBoxLayout(self._hint)
        hint.setContentsMargins(0, 0, 0, 0)
        hint.setSpacing(5)
        hint.addWidget(icon_label(self._look, "info", "ink3", 14))
        hint.addWidget(text_label(self._look, self.tr("Sends by itself at the sixth digit"), ink="ink3", size=SMALL), 1)
        self._column.addWidget(self._hint)
        self.error = Message(self._look, "danger", "code_error")
        self._column.addWidget(self.error)

    # what others tell it -------------------------------------------------------------------------------------------
    def show_offer(self, uri: Secret, key: Secret, whose: str = "") -> None:
        """Show what the authenticator takes.

        Args:
            uri: otpauth URI, for the QR code.
            key: the same as Base32 text.
            whose: the person, where several share the screen.
        """
        words = self.tr("Scan this with the authenticator on {name}’s phone") if whose else ""
        self._title.setText(words.format(name=whose) or self.tr("Scan this with the authenticator on your phone"))
        self._key = key
        self._hide_key()
        self.qr.show_secret(uri)
        self.code.clear()
        self.say("")
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str) -> None:
        """Say why it goes no further."""
        self._hint.setVisible(not sentence)
        self.error.say(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why the code was not taken; the boxes are empty and have the focus."""
        self.code.clear()
        self.code.set_wrong(True)
        self.say(sentence)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Show nothing of a secret any more."""
        self._key = None
        self.qr.forget()
        self._hide_key()
        self.code.clear()
        self.say("")

    # what the person does ------------------------------------------------------------------------------------------
    def _on_show_key_clicked(self) -> None:
        if self._key is None or not self.key.isHidden():
            self._hide_key()
            return
        text = self._key.reveal()
        self.key.setText(" ".join(text[i : i + 4] for i in range(0, len(text), 4)))
        self.key.show()
        self.show_key.set_words(self.tr("Hide the key"))

    def _hide_key(self) -> None:
        self.key.clear()
        self.key.hide()
        self.show_key.set_words(self.tr("Show the key as text"))

    def _on_digits_changed(self, text: str) -> None:
        if text:
            self.say("")
        self.changed.emit()
