"""Where a document is to lie: Qt's own dialog, so that no other program learns of it, and Qt keeps nothing of it."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.session.shown_who_saw import Language
from app.ui.language import tr as _tr

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
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
    dialog = QFileDialog(parent, _tr("Save the document"), str(Path(folder) / name))
    dialog.setObjectName("who_saw_save")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()
    return dialog
