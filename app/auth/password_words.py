"""The words that passwords are refused by: zxcvbn's list of common and breached passwords, and the program's own.

zxcvbn's list holds 30,000 entries of which 31 have 15 signs or more, so a password is also taken apart: see
`app/auth/password.py`. Everything is bundled; nothing of a password leaves the machine.
"""

import tomllib
from functools import cache

from app.resource_files import resource_text

_SHORTEST_WORD = 3


@cache
def own_words() -> dict[str, frozenset[str]]:
    """The program's own words by category: product, role, workplace, city, common."""
    return {name: frozenset(words) for name, words in tomllib.loads(resource_text("passwords", "words.toml")).items()}


@cache
def common_words() -> frozenset[str]:
    """All listed words and passwords, of letters and digits alone, in small letters."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    listed = {plain(word) for word in FREQUENCY_LISTS["passwords"]}
    for words in own_words().values():
        listed |= words
    return frozenset(word for word in listed if len(word) >= _SHORTEST_WORD)


def plain(text: str) -> str:
    """Letters and digits alone, small."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
