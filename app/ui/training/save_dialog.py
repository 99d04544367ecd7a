"""Where a certificate is to lie: Qt's own dialog, as for documents."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.who_saw import save_dialog

AskPath = Callable[[QWidget, str, Callable[[Path], object]], QFileDialog | None]


def ask_path(parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask, without waiting."""
    dialog = save_dialog.ask_path(parent, name, on_chosen)
    dialog.setNameFilter("JSON (*.json)")
    dialog.setDefaultSuffix("json")
    dialog.selectFile(name)
    return dialog
