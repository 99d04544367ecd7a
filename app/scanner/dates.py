"""Birth dates: a date is one only beside a word that says so; other dates stay."""

import re
from collections.abc import Iterator
from datetime import date

from app.scanner.context import Context
from app.scanner.find import What

_MONTHS = (
    ("jan", "januari", "january"),
    ("feb", "februari", "pebruari", "february"),
    ("mar", "maret", "march", "mrt"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("agu", "agt", "ags", "agust", "agustus", "aug", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "nop", "november", "nopember"),
    ("des", "desember", "dec", "december"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_BREAK = r"[ \t\r\n]?"
_NAMES = "|".join(_BREAK.join(name) for name in sorted(_MONTH_OF, key=len, reverse=True))
_GAP = r"[ \t\r\n.,\-/]{0,3}"
_DAY = rf"([0-9](?:{_BREAK}[0-9])?)(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(
    rf"(?<![0-9]){_DAY}(?: of)?{_GAP}({_NAMES})\.?{_GAP}([0-9](?:{_BREAK}[0-9]){{1,3}})(?![0-9])",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<![a-z])({_NAMES})\.?{_GAP}{_DAY}{_GAP}([0-9](?:{_BREAK}[0-9]){{3}})(?![0-9])",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![0-9])[0-9](?:[ \t\r\n]?[./\-]?[ \t\r\n]?[0-9]){3,7}(?![0-9])")
_SPACE = re.compile(r"\s+")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_OLDEST = 1900


def birth_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and the date in ISO form of each birth date in a plain text; an unclear one as an empty text."""
    for pattern, order in ((_DAY_MONTH, "dmy"), (_MONTH_DAY, "mdy")):
        for match in pattern.finditer(text):
            if _is_named(text, match.start()):
                one, two, year = (_SPACE.sub("", match[n]).lower() for n in (1, 2, 3))
                day, month = (one, two) if order == "dmy" else (two, one)
                iso = _iso(_year(year), _MONTH_OF[month], int(day))
                if iso and len(year) in (2, 4):
                    yield *match.span(), iso
    for match in _FIGURES.finditer(text):
        digits = _NOT_DIGITS.sub("", match[0])
        if len(digits) <= 8 and _is_named(text, match.start()) and (iso := _of_figures(match[0], digits)) is not None:
            yield *match.span(), iso


def _is_named(text: str, start: int) -> bool:
    return Context(text, start).names(What.BIRTH_DATE)


def _of_figures(written: str, digits: str) -> str | None:
    """The date that figures say: day first, as here; a year first; a month first where nothing else fits."""
    parts = [part for part in re.split(r"[ \t\r\n]*[./\-][ \t\r\n]*", written) if part]
    parts = [re.sub(r"\s", "", part) for part in parts]
    if len(parts) == 3:
        one, two, three = parts
    elif len(digits) == 8:
        one, two, three = (
            (digits[:4], digits[4:6], digits[6:])
            if digits[:2] in ("19", "20")
            else (
                digits[:2],
                digits[2:4],
                digits[4:],
            )
        )
    elif len(digits) == 6:
        one, two, three = digits[:2], digits[2:4], digits[4:]
    else:
        return None
    if len(one) == 4:
        return _iso(int(one), int(two), int(three))
    if len(three) not in (2, 4) or len(one) > 2 or len(two) > 2:
        return None
    year = _year(three)
    return _iso(year, int(two), int(one)) or _iso(year, int(one), int(two))


def _year(figures: str) -> int:
    if len(figures) == 4:
        return int(figures)
    short = int(figures)
    return 2000 + short if 2000 + short <= date.today().year else 1900 + short


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if found.year >= _OLDEST and found <= date.today() else None
