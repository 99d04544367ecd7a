"""A language of no country: English with accents, each sentence in brackets and 40 % longer, made as it is asked for.

Where it fits, a translation will. It never ships: no file of it exists.
"""

import math
import re

from PySide6.QtCore import QCoreApplication, QTranslator

from app.ui.language import Language, speak, speak_through

LONGER = 0.4
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "àçéîñöšûýžÀÇÉÎÑÖŠÛÝŽ")
_KEPT = re.compile(r"(\{\w*\}|&.|%\d)")


def pseudo(text: str) -> str:
    """`Sign in` becomes `[Šîîgñ îîñ]`; places to fill stay as they are."""
    parts = [part if _KEPT.fullmatch(part) else _longer(part) for part in _KEPT.split(text)]
    return f"[{''.join(parts)}]"


def _longer(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: _longer_word(word.group()), text)


def _longer_word(word: str) -> str:
    middle = len(word) // 2
    more = math.ceil(len(word) * LONGER)
    return (word[:middle] + word[middle] * more + word[middle:]).translate(_ACCENTS)


class PseudoTranslator(QTranslator):
    """Gives every sentence its long form."""

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        return False

    def translate(self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        return pseudo(source) if source else ""


def speak_pseudo(application: QCoreApplication) -> None:
    """Speak it; `speak` goes back to a language."""
    speak(application, Language.ENGLISH)
    speak_through(application, PseudoTranslator(application))
