"""Where a document is to lie: Qt's own dialog, so that no other program learns of it, and Qt keeps nothing of it."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from app.session.shown_who_saw import Language
from app.ui.language import tr as _tr
from app.ui.widgets.labels import repolish

AskPath = Callable[[QWidget, str, Callable[[Path], object]], QFileDialog | None]
"""Asks for a path, beginning with a name; calls back with it, or not at all."""


def file_name(number: str, language: Language, today: date) -> str:
    """A name for the document: the customer's number, nobody's name."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", number).strip("-.") or "customer"
    return f"who-saw-{plain}-{today.isoformat()}-{language}.pdf"


def ask_path(parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask, without waiting: the dialog goes with its parent, and with a lock."""
    # Qt would write the folders that were looked at into the person's settings.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    folder = first_folder()
    dialog = QFileDialog(parent, _tr("Save the document"), str(folder))
    dialog.setObjectName("who_saw_save")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setViewMode(QFileDialog.ViewMode.List)
    kind = name.rpartition(".")[2]
    dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(free_name(folder, name))
    _dress(dialog)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()
    return dialog


def first_folder() -> Path:
    """Where people keep documents, or their home where there is no such folder."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(named) if named and Path(named).is_dir() else Path.home()


def free_name(folder: Path, name: str) -> str:
    """The name, or the first with a number behind it that is not taken in the folder."""
    stem, _, kind = name.rpartition(".")
    names = (name, *(f"{stem}-{n}.{kind}" for n in range(2, 100)))
    return next((one for one in names if not (folder / one).exists()), name)


def _dress(dialog: QFileDialog) -> None:
    """Our words, and our buttons; the rest of its words are in `app/ui/qt_words.py`."""
    label = QFileDialog.DialogLabel
    words = {
        label.LookIn: _tr("Folder"),
        label.FileName: _tr("File name"),
        label.FileType: _tr("Kind"),
        label.Accept: _tr("Save"),
        label.Reject: _tr("Cancel"),
    }
    for what, text in words.items():
        dialog.setLabelText(what, text)
    dialog.setProperty("ground", "surface")
    dialog.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    repolish(dialog)
    for box in dialog.findChildren(QDialogButtonBox):
        for button in box.buttons():
            is_save = box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
            button.setProperty("kind", "primary" if is_save else "secondary")
            button.setIcon(QIcon())
            repolish(button)
    for edit in dialog.findChildren(QLineEdit):
        edit.setAccessibleName(_tr("File name"))
