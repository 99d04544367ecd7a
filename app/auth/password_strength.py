"""How easily a password is guessed, by zxcvbn: feedback while somebody types a new one.

What is refused is decided by `app/auth/password.py`, which asks here for what its lists lack. zxcvbn is imported with
the first question, since it carries its word lists along.
"""

from dataclasses import dataclass

_JUDGED = 72
"""zxcvbn takes no more signs; what is that long is judged by its beginning."""
_HINTS = {
    "dictionary": "words",
    "spatial": "keyboard",
    "repeat": "repeats",
    "sequence": "sequence",
    "regex": "date",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Strength:
    """How easily a password is guessed.

    Attributes:
        score: 0 (at once) to 4 (very hard).
        hint: what makes it easy: words, names, keyboard, repeats, sequence, date; empty if nothing does.
        guesses_log10: how many guesses, as a power of ten.
    """

    score: int
    hint: str
    guesses_log10: float = 0.0


def strength_of(password: str, *names: str) -> Strength:
    """Judge a password.

    Args:
        password: as typed, of any length.
        names: account, person and office names, which count as words that everybody tries.
    """
    from zxcvbn import zxcvbn

    if not password:
        return Strength(0, "")
    words = [part for name in names for part in [name, *name.replace(".", " ").split()] if len(part) > 2]
    result = zxcvbn(password[:_JUDGED], user_inputs=[*words, "tirai"])
    score = int(result["score"])
    hint = "" if score >= 4 else _hint(result["sequence"])
    return Strength(score, hint, float(result["guesses_log10"]))


def _hint(sequence: "list[dict[str, object]]") -> str:
    """What the easiest long part is made of."""
    easy = [part for part in sequence if part["pattern"] in _HINTS]
    if not easy:
        return ""
    longest = max(easy, key=lambda part: len(str(part["token"])))
    if longest.get("dictionary_name") == "user_inputs":
        return "names"
    return _HINTS[str(longest["pattern"])]
