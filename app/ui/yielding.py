"""Text fields give up the keys of the window (ui.md section 7): on some platforms Ctrl+K, E, D and H edit a line in Qt.

Qt asks the focused widget first (ShortcutOverride), and a text field takes what it knows. A filter on the one that has
the focus says no for every key of the table's scope WINDOW. Undo and redo are the field's own while it has something to
undo or redo, and the window's otherwise.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.ui.shortcuts import Scope, command_of, line_of

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class Yielding(QObject):
    """Follows the focus of an application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, _FIELDS):
            old.removeEventFilter(self)
        if isinstance(new, _FIELDS):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Say no to a key of the window."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        name = command_of(event)
        if not name or line_of(name).scope is not Scope.WINDOW:
            return False
        if name in {"undo", "redo"} and _has_own(watched, name):
            return False
        event.ignore()
        return True


def _has_own(field: QObject, name: str) -> bool:
    """Whether a field has something of its own to undo or redo."""
    if isinstance(field, QComboBox | QAbstractSpinBox):
        field = field.findChild(QLineEdit) or field
    if isinstance(field, QLineEdit):
        return not field.isReadOnly() and (field.isUndoAvailable() if name == "undo" else field.isRedoAvailable())
    if isinstance(field, QPlainTextEdit | QTextEdit):
        document = field.document()
        return not field.isReadOnly() and (document.isUndoAvailable() if name == "undo" else document.isRedoAvailable())
    return False
