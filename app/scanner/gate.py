"""Cards that must not get through, whatever stands around them: what the office looks for in any free text.

Harder than the scanner of notes, which weighs words and kinds: any one to four signs that are no letters may stand
between two groups of digits, every group may begin a card, and a digit more may be glued to either end.
"""

import re
from collections.abc import Iterator

from app.domain.kinds import Kind
from app.domain.masks import mask_for
from app.scanner.clusters import Cluster
from app.scanner.find import What
from app.scanner.numbers import is_card
from app.scanner.plain_text import PlainText, plain
from app.scanner.words import card_codes

_RUN = re.compile(r"[0-9](?:(?:[^\w]|_){0,4}[0-9])*")
_GROUP = re.compile(r"[0-9]+")
_SHORTEST, _LONGEST_RUN = 13, 22
"""Digits of the shortest card; and of a run without any sign in which a card of 15 or 16 is still looked for."""


def cards(text: str) -> Iterator[tuple[What, int, int, str]]:
    """Cards in a plain text: kind, start, end and digits; a text's windows are bounded by its groups."""
    for match in _RUN.finditer(text):
        groups = tuple(group.span() for group in _GROUP.finditer(text, match.start(), match.end()))
        yield from _in_run(Cluster(text, groups))


def _in_run(run: Cluster) -> Iterator[tuple[What, int, int, str]]:
    at = 0
    while at < len(run.groups):
        found = next((w for w in run.windows(at) if len(w.digits) >= _SHORTEST and is_card(w.digits)), None)
        if found is not None:
            yield What.CARD, found.start, found.end, found.digits
            at = found.last
            continue
        yield from _glued(run, at)
        at += 1


def _glued(run: Cluster, at: int) -> Iterator[tuple[What, int, int, str]]:
    """A card in a group that is a few digits longer than one."""
    start, end = run.groups[at]
    if not 16 < end - start <= _LONGEST_RUN:
        return
    for length in (16, 15):
        for first in range(start, end - length + 1):
            digits = run.text[first : first + length]
            if is_card(digits):
                yield What.CARD, first, first + length, digits
                return


def without_cards(text: str) -> str:
    """A text as it may be kept: card numbers and card codes are their masks (PCI DSS 3.3.1, 3.5.1).

    Args:
        text: what somebody wrote, at whatever console.
    """
    seen = plain(text)
    parts, end = [], 0
    for _what, start, stop, digits in _in_order(seen):
        first, last = seen.span(start, stop)
        parts += [text[end:first], str(mask_for(Kind.PAN, digits)) if len(digits) > 4 else "•••"]
        end = last
    return "".join([*parts, text[end:]])


def _in_order(seen: PlainText) -> list[tuple[What, int, int, str]]:
    found: list[tuple[What, int, int, str]] = []
    for one in sorted([*cards(seen.text), *card_codes(seen.text)], key=lambda one: (one[1], -one[2])):
        if not found or one[1] >= found[-1][2]:
            found.append(one)
    return found
