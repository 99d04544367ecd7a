"""What a password must be (NIST SP 800-63B-4 section 3.1.1.2): long, and not what everybody tries first.

No rule on kinds of signs, no expiry; signs are code points of the NFC form, and all of them count. Refused, with the
reason: shorter than 15; over 256; a few signs repeated; one or two listed words, whatever digits, signs, repetitions
and leet spelling stand around them; anything that contains a name of the person, the account, the organisation or the
product. Four or five unconnected words pass.
"""

import unicodedata
from collections.abc import Callable, Iterable

from app.auth.password_strength import Strength, strength_of
from app.auth.password_words import common_words, own_words, plain
from app.domain.errors import InputRefusedError

SHORTEST = 15
"""NIST SP 800-63B-4: 15 characters where a password can be a single factor, which a file slot makes it here."""
LONGEST = 256
_FEWEST_SIGNS = 4
_SHORTEST_NAME = 4
"""Names of three letters stand in too many words; they count where they stand alone."""
_LEET = (str.maketrans("013457@$!", "oleastasi"), str.maketrans("013457@$!", "oieastasi"))
_DATE = 8
_SHORT = 4
_FEWEST_GUESSES_LOG10 = 8
_WHY = {"password_easy": "repeats", "password_named": "names", "password_common": "words"}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")


def check_password(password: str, *names: str) -> None:
    """Accept a new password, or say what to do.

    Args:
        password: as typed.
        names: account, person and office names that it must not contain.

    Raises:
        InputRefusedError: code password_short, password_long, password_easy, password_named or password_common.
    """
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        raise InputRefusedError(
            f"Use at least {SHORTEST} characters; four or five words are easy to remember.", code="password_short"
        )
    if len(text) > LONGEST:
        raise InputRefusedError(f"Use at most {LONGEST} characters.", code="password_long")
    if len(set(text.casefold())) < _FEWEST_SIGNS or _unit(text.casefold()) is not None:
        raise InputRefusedError("This password repeats itself; choose other words.", code="password_easy")
    forms = {plain(text), *(plain(text.casefold().translate(leet)) for leet in _LEET)}
    if _contains_name(text, forms, names):
        raise InputRefusedError(
            "This password contains the name of you, your account, your office or the program. Choose other words.",
            code="password_named",
        )
    if any(_is_listed(form) for form in forms) or _is_guessed_at_once(text, names):
        raise InputRefusedError(
            "This password is one that everybody tries first, or made of such words. Choose four or five other words.",
            code="password_common",
        )


def judged(password: str, *names: str) -> Strength:
    """How easily it is guessed, for showing while it is typed: what would be refused is not praised.

    Args:
        password: as typed so far.
        names: as for `check_password`.
    """
    strength = strength_of(password, *names)
    try:
        check_password(password, *names)
    except InputRefusedError as e:
        if (hint := _WHY.get(e.code)) is not None:
            return Strength(min(strength.score, 1), hint, strength.guesses_log10)
    return strength


def _is_guessed_at_once(text: str, names: Iterable[str]) -> bool:
    """Whether zxcvbn guesses it in fewer than 10^8 tries: rows of keys, alphabets, dates, whatever the list lacks."""
    return strength_of(text, *names).guesses_log10 < _FEWEST_GUESSES_LOG10


def _contains_name(text: str, forms: set[str], names: Iterable[str]) -> bool:
    parts = {plain(part) for name in names for part in _parts(name)} | {plain(name) for name in names}
    long = {part for part in parts if len(part) >= _SHORTEST_NAME} | own_words()["product"]
    alone = {plain(word) for word in _parts(text)}
    return any(name in form for name in long for form in forms) or bool({p for p in parts if len(p) == 3} & alone)


def _parts(name: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in name).split()


def _unit(text: str) -> str | None:
    """What a text repeats, if it is one short thing over and over: the last time it may be cut."""
    for length in range(1, len(text) // 2 + 1):
        unit = text[:length]
        if (unit * (len(text) // length + 1)).startswith(text):
            return unit
    return None


def _is_listed(form: str) -> bool:
    """Whether letters and digits are one or two listed pieces: words, repetitions, dates, rows of keys, in any order.

    Up to eight digits, a date, are stripped wherever they stand; more of them carry a weight of their own.
    """
    if len(form) < _SHORTEST_NAME:  # what it is made of are other signs
        return False
    letters = "".join(sign for sign in form if not sign.isdigit())
    few_digits = len(form) - len(letters) <= _DATE
    return _one_or_two(form) or (few_digits and bool(letters) and _one_or_two(letters))


def _one_or_two(text: str) -> bool:
    return _is_piece(text) or any(
        any(map(_is_piece, _with_and_without_date(text[:i], str.rstrip)))
        and any(map(_is_piece, _with_and_without_date(text[i:], str.lstrip)))
        for i in range(1, len(text))
    )


def _with_and_without_date(text: str, strip: Callable[[str, str], str]) -> set[str]:
    bare = strip(text, "0123456789")
    return {text, bare} if bare and len(text) - len(bare) <= _DATE else {text}


def _is_piece(text: str) -> bool:
    if text in common_words() or text[::-1] in common_words():
        return True
    if len(text) <= _DATE and (text.isdigit() or len(set(text)) <= 2):
        return True
    if any(text in row or text in row[::-1] for row in _ROWS):
        return True
    unit = _unit(text)
    return unit is not None and (len(unit) <= _SHORT or _is_piece(unit) or unit * 2 in common_words())
