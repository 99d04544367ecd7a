"""Three programs at a real X11 display: a console that copies and dies, one that looks, a clipboard manager.

`python -m tests.security.clipboard_play WORD` says what it saw as one JSON line, or stays until it is killed.
"""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ui.application import clear_left_copies
from app.ui.clipboard.keeper import MARK_FORMAT, ClipboardKeeper, select_nothing


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def tell(**seen: object) -> None:
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()


def board() -> QClipboard:
    return QApplication.clipboard()


def copy(text: str) -> None:
    """A console that copies, and stays."""
    keeper = ClipboardKeeper(board())
    keeper.put(text, 3_600)  # its end is not what others look at here
    wait(200)
    tell(copied=board().ownsClipboard(), selects=board().ownsSelection())
    wait(3_600_000)
    del keeper


def manage(_text: str) -> None:
    """A clipboard manager: takes over all formats of what others copy, and keeps them when those are gone."""
    while not board().mimeData().hasFormat(MARK_FORMAT):
        wait(50)
    theirs, kept = board().mimeData(), QMimeData()
    for name in theirs.formats():
        if not name.isupper() and not name.replace("_", "").isupper():  # words of X11 itself
            kept.setData(name, theirs.data(name))
    board().setMimeData(kept)
    wait(100)
    tell(kept=board().ownsClipboard())
    wait(3_600_000)


def select(text: str) -> None:
    """A field of a console in which everything is selected."""
    select_nothing(board())
    field = QLineEdit(text)
    field.show()
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    wait(200)
    tell(selected=field.selectedText(), owns=board().ownsSelection())
    wait(3_600_000)


def look(_text: str) -> None:
    """Another program of the person."""
    wait(100)
    tell(
        clipboard=board().text(),
        selection=board().text(QClipboard.Mode.Selection),
        formats=board().mimeData().formats(),
    )


def begin(_text: str) -> None:
    """A fresh console at its start."""
    clear_left_copies()
    wait(100)
    tell(clipboard=board().text())


def main() -> int:
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    app = QApplication(["clipboard"])
    window = QWidget()
    window.show()
    does = {"copy": copy, "manage": manage, "select": select, "look": look, "begin": begin}[sys.argv[1]]
    text = Path(sys.argv[2]).read_text() if len(sys.argv) > 2 else ""
    does(text)
    app.processEvents()
    time.sleep(0.05)
    return 0


if __name__ == "__main__":
    sys.exit(main())
