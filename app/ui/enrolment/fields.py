"""A field of a door with its name above."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.sign_in.password_edit import PasswordEdit
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label


def door_edit(look: Look, label: str, name: str, longest: int, features: tuple[str, ...] = ()) -> QLineEdit:
    """A line for a name or a written code."""
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setProperty("door", True)
    edit.setFont(look.font(weight=Weight.MEDIUM, features=features))
    edit.setMaxLength(longest)
    edit.setAccessibleName(label)
    return edit


def door_password(look: Look, label: str, name: str) -> PasswordEdit:
    """A line for a new password."""
    password = PasswordEdit(look)
    password.edit.setObjectName(name)
    password.edit.setAccessibleName(label)
    password.show_button.setObjectName(f"show_{name}")
    return password


def labelled(look: Look, label: str, field: QWidget) -> QVBoxLayout:
    """A field under its name."""
    column = QVBoxLayout()
    column.setSpacing(4)
    words = text_label(look, label, ink="ink2", size=SMALL, weight=Weight.MEDIUM)
    words.setBuddy(field)
    column.addWidget(words)
    column.addWidget(field)
    return column
