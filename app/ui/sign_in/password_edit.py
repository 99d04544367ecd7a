"""The password field: Show, and a hint while Caps Lock is on (as far as this desktop lets a program know).

Invariant: a password that is shown hides again by itself: ten seconds after the last letter, when the focus goes
elsewhere, and with the window's focus. What is typed is on no accessibility bus (`app/ui/accessible.py:SecretLine`).

The focus moves while a window goes, too. What listens to it is therefore a declared `Slot`, which a half-gone field
still has, and reads nothing of the field; the application's focus is followed only as long as letters are shown.
"""

from PySide6.QtCore import QEvent, QMetaObject, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QWidget

from app.ui.accessible import heard_as, secret_line
from app.ui.theme.fonts import BODY, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import repolish

DOTS, DOT_GAP = 18, 1.5
"""Size of the font whose bullets hide a password, and the room between them, in px."""
SHOWN_MS = 10_000
"""How long a password stays readable after the last letter."""


class PasswordLine(QLineEdit):
    """Where the letters go."""

    caps_seen = Signal(bool)
    lit = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Caps Lock shows itself by a capital without Shift, or a small letter with it."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell the frame about the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.lit.emit(event.type() == QEvent.Type.FocusIn)
        return super().event(event)


class PasswordEdit(QFrame):
    """A password with Show inside its edge.

    Signals:
        caps_seen: whether the last letter says that Caps Lock is on.
        entered: Return was pressed.
    """

    caps_seen = Signal(bool)
    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("field", True)
        self.setFixedHeight(look.px(36))
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 4, 0)
        self.edit = PasswordLine()
        self.edit.setObjectName("password")
        self.edit.setProperty("bare", True)
        self._show(False)
        self.edit.setAccessibleName(self.tr("Password"))
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.caps_seen.connect(self.caps_seen)
        self.edit.lit.connect(self._on_edit_lit)
        self.edit.returnPressed.connect(self.entered)
        row.addWidget(self.edit, 1)
        self.show_button = Button(look, self.tr("Show"), "quiet", icon="eye", name="show_password")
        self.show_button.setCheckable(True)
        self.show_button.setFixedHeight(look.px(28))
        self.show_button.toggled.connect(self._on_show_toggled)
        row.addWidget(self.show_button)
        self.setFocusProxy(self.edit)
        self._hiding = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._hiding.timeout.connect(self.hide_again)
        self.edit.textEdited.connect(self._on_edited)
        self._following: QMetaObject.Connection | None = None

    def take(self) -> str:
        """The password, and an empty field."""
        text = self.edit.text()
        self.clear()
        return text

    def text(self) -> str:
        """What is typed so far."""
        return self.edit.text()

    def clear(self) -> None:
        """Empty the field and hide what is typed next. `QLineEdit.clear` would let Undo bring the password back."""
        self.edit.setText("")
        self.hide_again()

    def hide_again(self) -> None:
        """Show dots instead of letters."""
        self.show_button.setChecked(False)

    def _on_edited(self, _text: str) -> None:
        if self.show_button.isChecked():
            self._hiding.start()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new not in (self.edit, self.show_button):
            self.hide_again()

    def _follow_focus(self, follows: bool) -> None:
        """Hear where the application's focus goes, or no longer."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if follows and self._following is None:
            self._following = application.focusChanged.connect(self._on_focus_changed)
        elif not follows and self._following is not None:
            QObject.disconnect(self._following)
            self._following = None

    def _on_show_toggled(self, shown: bool) -> None:
        self._show(shown)
        self._follow_focus(shown)
        if shown:
            self._hiding.start()
        else:
            self._hiding.stop()
        self.show_button.set_words(self.tr("Hide") if shown else self.tr("Show"))
        self.show_button.set_glyph("eye-off" if shown else "eye")

    def _show(self, shown: bool) -> None:
        """Letters, or dots that stand far enough apart to be counted."""
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        font = self._look.font(BODY if shown else DOTS, Weight.MEDIUM)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0 if shown else DOT_GAP)
        self.edit.setFont(font)

    @Slot(bool)
    def _on_edit_lit(self, lit: bool) -> None:
        self.setProperty("lit", lit)
        repolish(self)


heard_as("PasswordLine", secret_line)
