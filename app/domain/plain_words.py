"""Free text that people type and others read: lines of plain text, whatever it looks like.

Markup is text like any other, and is shown as such; what is refused are signs that no keyboard makes and that change
how the rest is shown.
"""

import unicodedata

from app.domain.errors import InputRefusedError

_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain_words(text: str, *, most: int, lines: bool = True) -> str:
    """The text in composed form, without blanks at its ends.

    Args:
        text: as it was typed.
        most: longest, in characters.
        lines: whether it may have several.

    Raises:
        InputRefusedError: code `words`: it is too long, or holds signs that are no text.
    """
    found = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    kept = found.replace("\n", "") if lines else found
    if len(found) > most or any(unicodedata.category(sign) in _REFUSED for sign in kept):
        raise InputRefusedError("Write plain text, and less of it.", code="words")
    return found
