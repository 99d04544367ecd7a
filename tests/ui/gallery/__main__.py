"""Pictures of every screen and state, offscreen: `python -m tests.ui.gallery OUT [light dark contrast en id]`.

Without a theme or a language among the words: all of them.
"""

import itertools
import os
import sys
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.ui.application import _on_qt_message, make_application
from app.ui.language import Language
from app.ui.theme.tokens import ThemeName
from tests.ui.gallery import Gallery


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_on_qt_message)
    words = sys.argv[2:]
    themes = [word for word in words if word in set(ThemeName)] or list(ThemeName)
    languages = [Language(word) for word in words if word in set(Language)] or list(Language)
    for theme, language in itertools.product(themes, languages):
        app = make_application(["gallery"], theme, language=language, hooks=False)
        app.setQuitOnLastWindowClosed(False)
        gallery = Gallery(app, theme, language, out)
        gallery.all()
        gallery.tasks.close()
    QApplication.quit()


if __name__ == "__main__":
    main()
