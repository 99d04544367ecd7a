"""A language of no country: English with accents, each sentence in brackets and 40 % longer, made as it is asked for.

Where it fits, a translation will. It never ships: no file of it exists.
"""

import re

from PySide6.QtCore import QCoreApplication, QTranslator

from app.ui.language import Language, speak, speak_through

LONGER = 0.4
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "àçéîñöšûýžÀÇÉÎÑÖŠÛÝŽ")
_WORD = re.compile(r"[^\W\d_]+")
_KEPT = re.compile(r"(\{\w*\}|&.|%\d)")


def pseudo(text: str) -> str:
    """`Sign in` becomes `[Šîgñ îñ]`, longer by 40 % with its brackets; places to fill stay as they are."""
    more = max(1.0, LONGER * len(_KEPT.sub("", text)) - len("[]"))
    letters = sum(map(len, _WORD.findall(_KEPT.sub("", text))))
    given, seen = 0, 0

    def longer(word: re.Match[str]) -> str:
        nonlocal given, seen
        seen += len(word.group())
        extra = round(more * seen / letters) - given
        given += extra
        middle = len(word.group()) // 2
        return (word.group()[:middle] + word.group()[middle] * extra + word.group()[middle:]).translate(_ACCENTS)

    parts = [part if _KEPT.fullmatch(part) else _WORD.sub(longer, part) for part in _KEPT.split(text)]
    return f"[{''.join(parts)}]"


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
