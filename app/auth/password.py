"""What a password must be (NIST SP 800-63B-4 section 3.1.1.2): long, and not a word that everybody tries first.

No rule on kinds of characters, no expiry. The list of common passwords comes with the issue on accounts; here
length, repetition and the person's own names are judged.
"""

import unicodedata

from app.domain.errors import InputRefusedError

SHORTEST = 15
"""NIST SP 800-63B-4: 15 characters where a password can be a single factor, which a file slot makes it here."""
LONGEST = 256


def check_password(password: str, *names: str) -> None:
    """Accept a new password, or say what to do.

    Args:
        password: as typed.
        names: account, person and office names that must not be all of it.

    Raises:
        InputRefusedError: too short, too long, or too easily guessed.
    """
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        raise InputRefusedError(
            f"Use at least {SHORTEST} characters; four or five words are easy to remember.", code="password_short"
        )
    if len(text) > LONGEST:
        raise InputRefusedError(f"Use at most {LONGEST} characters.", code="password_long")
    rest = text.casefold()
    for name in names:
        for part in name.casefold().replace(".", " ").split():
            rest = rest.replace(part, "") if len(part) > 2 else rest
    if len(set(rest)) < 5:
        raise InputRefusedError(
            "This password repeats itself or is made of names; choose other words.", code="password_easy"
        )
