"""How well typed words fit a command's name. Pure; no Qt.

Every typed word has to fit somewhere: at the beginning, at the beginning of a word, as the beginnings of words that
follow each other (`so` for *Sign out*), inside, as letters in order (`lk` for *Lock*), or with one slip of the finger.
Marks over letters and capitals do not count.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

START, WORD, INITIALS, INSIDE, IN_ORDER, SLIP = 100, 80, 60, 50, 25, 20
SLIP_FROM = 4
"""Letters a word has to have before a slip is forgiven."""
SPREAD = 3
"""Letters in order count only while they stand in a part of the text at most so many times as long."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well it fits.

    Attributes:
        score: more is better.
        places: letters of the text that were typed, for drawing them stronger.
    """

    score: int
    places: frozenset[int]


def fit(query: str, text: str) -> Fit | None:
    """How well the words of a query fit a text; None: not at all. An empty query fits everything alike."""
    folded = _folded(text)
    score, places = 0, set[int]()
    for word in _folded(query).split():
        found = _fit_word(word, folded)
        if found is None:
            return None
        score += found.score
        places |= found.places
    return Fit(score, frozenset(places))


def best_fit(query: str, shown: str, others: Iterable[str] = ()) -> Fit | None:
    """The best fit of what is shown and its other names; only what is shown has places. A tie goes to what is shown."""
    best = fit(query, shown)
    for other in others:
        found = fit(query, other)
        if found is not None and (best is None or found.score > best.score):
            best = Fit(found.score, best.places if best is not None else frozenset())
    return best


def _folded(text: str) -> str:
    """Small letters without marks, one for each letter of the text."""
    return "".join(unicodedata.normalize("NFKD", sign)[0].lower()[:1] or sign for sign in text)


def _starts(text: str) -> list[int]:
    """Where words begin."""
    return [at for at, sign in enumerate(text) if sign.isalnum() and (at == 0 or not text[at - 1].isalnum())]


def _fit_word(word: str, text: str) -> Fit | None:
    starts = _starts(text)
    if text.startswith(word):
        return Fit(START, frozenset(range(len(word))))
    at = next((start for start in starts if text.startswith(word, start)), -1)
    if at >= 0:
        return Fit(WORD, frozenset(range(at, at + len(word))))
    return (
        _fit_initials(word, text, starts)
        or _fit_inside(word, text)
        or _fit_in_order(word, text, starts)
        or _fit_slip(word, text, starts)
    )


def _fit_initials(word: str, text: str, starts: list[int]) -> Fit | None:
    initials = "".join(text[start] for start in starts)
    at = initials.find(word) if len(word) > 1 else -1
    return Fit(INITIALS, frozenset(starts[at : at + len(word)])) if at >= 0 else None


def _fit_inside(word: str, text: str) -> Fit | None:
    at = text.find(word) if len(word) > 1 else -1
    return Fit(INSIDE, frozenset(range(at, at + len(word)))) if at >= 0 else None


def _fit_in_order(word: str, text: str, starts: list[int]) -> Fit | None:
    """From the beginning of a word on, and not too far apart."""
    if len(word) < 2:
        return None
    for start in starts:
        places, at = list[int](), start - 1
        for sign in word:
            at = text.find(sign, at + 1)
            if at < 0:
                break
            places.append(at)
        if len(places) == len(word) and places[0] == start and places[-1] - start < SPREAD * len(word):
            return Fit(IN_ORDER - (places[-1] - start - len(word)) // 2, frozenset(places))
    return None


def _fit_slip(word: str, text: str, starts: list[int]) -> Fit | None:
    """One letter wrong, missing, too many, or two that changed places, against the beginning of a word."""
    if len(word) < SLIP_FROM:
        return None
    for start in starts:
        for length in (len(word), len(word) - 1, len(word) + 1):
            part = text[start : start + length]
            if len(part) == length and part[0] == word[0] and _is_slip(word, part):
                return Fit(SLIP, frozenset(range(start, start + length)))
    return None


def _is_slip(typed: str, meant: str) -> bool:
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    rest, wanted = typed[same:], meant[same:]
    changed = len(rest) > 1 and len(wanted) > 1 and rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return changed or rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]
