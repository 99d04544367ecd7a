"""Scan a note: all finds in order, none over another; and the note with masks in their place.

The time is in proportion to the length, whatever the text: patterns have bounded repetitions, and each group of digits
is looked at in windows of nineteen digits at most.
"""

from collections.abc import Collection, Iterator

from app.domain.kinds import Kind
from app.domain.masks import mask_for
from app.scanner.clusters import Cluster, Window, clusters
from app.scanner.context import Context
from app.scanner.dates import birth_dates
from app.scanner.find import Find, What
from app.scanner.gate import cards
from app.scanner.numbers import MOBILE, bracket_before, is_card, kind_of, plus_before
from app.scanner.plain_text import plain
from app.scanner.words import card_codes, emails, ibans, national_ids, passports, plates

_KIND_OF = {
    What.CARD: Kind.PAN,
    What.NIK: Kind.NIK,
    What.FAMILY_CARD: Kind.NIK,
    What.NPWP: Kind.NPWP,
    What.PHONE: Kind.PHONE,
    What.EMAIL: Kind.EMAIL,
    What.ACCOUNT: Kind.ACCOUNT,
    What.BIRTH_DATE: Kind.BIRTH_DATE,
    What.PASSPORT: Kind.PASSPORT,
}
_Found = tuple[What, int, int, str]


def scan(text: str) -> list[Find]:
    """Find numbers of persons in a note.

    Args:
        text: the note.

    Returns:
        The finds in order; indices are of the text as given, in code points.
    """
    seen = plain(text)
    found = list(_all(seen.text))
    found.sort(key=lambda one: (one[1], -one[2]))
    finds: list[Find] = []
    end = 0
    for what, start, stop, value in _without_overlap(found, seen.text):
        first, last = seen.span(start, stop)
        if first >= end:
            finds.append(Find(what, first, last, _mask(what, value)))
            end = last
    return finds


def masked(text: str, finds: Collection[Find]) -> str:
    """The note with the mask of each find in its place."""
    parts, at = [], 0
    for find in sorted(finds, key=lambda one: one.start):
        parts += [text[at : find.start], find.mask]
        at = find.end
    return "".join([*parts, text[at:]])


def _all(text: str) -> Iterator[_Found]:
    yield from emails(text)
    yield from ibans(text)
    yield from cards(text)
    yield from card_codes(text)
    yield from passports(text)
    yield from national_ids(text)
    yield from plates(text)
    for start, stop, iso in birth_dates(text):
        yield What.BIRTH_DATE, start, stop, iso
    for cluster in clusters(text):
        yield from _in_cluster(text, cluster)


def _in_cluster(text: str, cluster: Cluster) -> Iterator[_Found]:
    """The numbers of a cluster: from each group on the longest window that is something, cards before all else."""
    at = 0
    while at < len(cluster.groups):
        window, what = _best(text, cluster, at)
        if window is None or what is None:
            at += 1
            continue
        start = plus_before(text, window.start) if what is What.PHONE else window.start
        if start == window.start and what is What.PHONE:
            start = bracket_before(text, start)
        yield what, start, window.end, _value_of(text, what, window)
        at = window.last


def _best(text: str, cluster: Cluster, at: int) -> tuple[Window | None, What | None]:
    windows = list(cluster.windows(at))
    if not windows:
        return None, None
    context = Context(text, windows[0].start)
    found = [(window, what) for window in windows if (what := kind_of(text, window, context)) is not None]
    sure = next((one for one in found if one[1] in (What.NIK, What.FAMILY_CARD, What.NPWP)), None)
    card = next((one for one in found if one[1] is What.CARD and is_card(one[0].digits)), None)
    if card is not None and (sure is None or len(card[0].digits) >= len(sure[0].digits)):
        return card
    return found[0] if found else (None, None)


def _value_of(text: str, what: What, window: Window) -> str:
    digits = window.digits
    if what is not What.PHONE:
        return digits
    if plus_before(text, window.start) < window.start:
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("62"):
        return f"+{digits}"
    return f"+62{digits[1:]}" if digits.startswith("0") else digits


def _without_overlap(found: list[_Found], text: str) -> Iterator[_Found]:
    """Of finds over each other the one that holds the other; else a card; else the longer one.

    What is left of a mobile number goes with a card that takes a part of it and of what stands behind a stroke: by
    chance two numbers side by side have a card's digits between them.
    """
    kept: list[_Found] = []
    for one in found:
        while kept and one[1] < kept[-1][2]:
            last = kept[-1]
            if one[2] <= last[2]:
                break
            if one[1] > last[1] and _rank(one) <= _rank(last):
                if _is_cut(last, one, text):
                    kept[-1] = (last[0], last[1], one[2], "")
                break
            kept.pop()
            if _is_cut(one, last, text):
                one = (one[0], last[1], one[2], "")  # noqa: PLW2901 (with the other's room)
        else:
            kept.append(one)
    yield from kept


def _is_cut(card: _Found, other: _Found, text: str) -> bool:
    """Whether a card has taken a part of a mobile number, and of what stands behind a stroke."""
    digits = "".join(sign for sign in text[other[1] : other[2]] if sign.isdigit())
    return card[0] is What.CARD and "/" in text[card[1] : card[2]] and bool(MOBILE.fullmatch(digits))


def _rank(one: _Found) -> tuple[bool, int]:
    return one[0] in (What.CARD, What.CARD_CODE), one[2] - one[1]


def _mask(what: What, value: str) -> str:
    kind = _KIND_OF.get(what)
    return str(mask_for(kind, value)) if kind is not None and value else "•••"
