"""What a window of digits is: a rule per kind, the surest first.

Sources: card lengths and check digit ISO/IEC 7812-1, prefixes as the schemes publish them; NIK and family card PP
40/2019 (province, birth date, a woman's day plus 40); NPWP PMK 112/2022; phone numbers E.164 and libphonenumber.
"""

import re
from datetime import date

import phonenumbers
from stdnum import luhn

from app.scanner.clusters import Window
from app.scanner.context import Context
from app.scanner.find import What

HOME_REGION = "ID"
_CARD_PREFIX = re.compile(
    r"4|5[0-8]|6011|64[4-9]|65|62|60|63|67|3[47]|35(?:2[89]|[3-8])|30[0-5]|36|38|39|2(?:2[2-9]|[3-6]|7[01]|720)|9792"
    r"|220[0-4]"
)
_CARD_LENGTHS = {
    "3": (14, 15, 16),
    "4": (13, 16, 19),
    "2": (16,),
    "9": (16,),
    "5": (16, 18, 19, 13, 15),
    "6": (16, 17, 18, 19),
}
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
)
_NPWP_GROUPS = ((2, 3, 3, 1, 3, 3), (2, 3, 3, 4, 3))
_US_GROUPS = ((3, 3, 4), (1, 3, 3, 4))
MOBILE = re.compile(r"(?:08|628)[0-9]{8,12}")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9][ \t]{0,2}[-/][ \t]{0,2}(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]")
"""From a time to a time."""
_LANDLINE = re.compile(r"0(?:2[1-9]|3[1-8]|4[01356]|5[1-6]|6[1-5]|7[1-7]|9[0-8])[0-9]{5,9}")
_NAMED = (
    What.NATIONAL_ID,
    What.CARD,
    What.NIK,
    What.FAMILY_CARD,
    What.NPWP,
    What.BPJS,
    What.PHONE,
    What.ACCOUNT,
    What.PASSPORT,
)
_TODAY_YEAR = date.today().year


def kind_of(text: str, window: Window, context: Context) -> What | None:
    """What a window is, or nothing.

    Args:
        text: the plain text.
        window: the digits.
        context: the words before them.
    """
    digits, count = window.digits, len(window.digits)
    named = context.nearest(_NAMED)
    if is_card(digits) and not _is_longer_number(text, window):
        return _card_or_id(digits, named)
    if count == 16 and (found := _sixteen(digits, named, context)):
        return found
    if not _can_be_more(digits, named, text, window):
        return None
    if not _stands_alone(text, window, context):
        return None
    if found := _fifteen_or_less(window, named):
        return found
    if window.is_split:
        return None
    if named is What.NATIONAL_ID and 7 <= count <= 12:
        return What.NATIONAL_ID
    if _is_phone(text, window, named, context):
        return What.PHONE
    if named is What.ACCOUNT and 6 <= count <= 18 and not _is_money(window) and not context.is_money():
        return What.ACCOUNT
    if named is What.CARD and 15 <= count <= 16:
        return What.CARD  # typed wrongly: the check digit does not fit
    if named is What.PASSPORT and count == 9:
        return What.PASSPORT
    return None


def is_card(digits: str) -> bool:
    """Whether digits are a payment card's number: prefix, length and check digit."""
    if not 13 <= len(digits) <= 19 or digits[0] not in _CARD_LENGTHS or len(digits) not in _CARD_LENGTHS[digits[0]]:
        return False
    return bool(_CARD_PREFIX.match(digits)) and len(set(digits)) > 1 and bool(luhn.is_valid(digits))


def is_nik(digits: str) -> bool:
    """Whether 16 digits have a NIK's form: province, place, birth date, serial number."""
    if len(digits) != 16 or digits[:2] not in _PROVINCES or digits[2:4] == "00" or digits[12:] == "0000":
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12


def _card_or_id(digits: str, named: What | None) -> What:
    """One in ten numbers passes the check digit by chance: what is called an ID and looks like one is an ID."""
    if len(digits) == 16 and is_nik(digits) and named in (What.NIK, What.FAMILY_CARD, What.NPWP):
        return named
    return What.CARD


def _sixteen(digits: str, named: What | None, context: Context) -> What | None:
    if named is What.FAMILY_CARD or (named in (What.NIK, What.NPWP) and (is_nik(digits) or digits[0] == "0")):
        return named
    if named is What.NIK:
        return What.NIK
    if is_nik(digits) and (named is not None or context.other() < 0):
        return What.CARD if named is What.CARD else What.NIK if named is not What.ACCOUNT else What.ACCOUNT
    return None


def _fifteen_or_less(window: Window, named: What | None) -> What | None:
    count = len(window.digits)
    if count == 15 and (named is What.NPWP or window.groups in _NPWP_GROUPS):
        return What.NPWP
    if named is What.BPJS and 11 <= count <= 13:
        return What.BPJS
    return None


def _can_be_more(digits: str, named: What | None, text: str, window: Window) -> bool:
    """A quick look: digits that no word names are a phone number by their beginning, or by their groups."""
    if named is not None or digits[0] == "0" or digits[:2] == "62" or len(digits) in (10, 11, 15):
        return True
    return _begins_with_plus(text, window.start)


def _is_longer_number(text: str, window: Window) -> bool:
    """Whether the digits are a part of a longer run without any sign between: a serial number, no card."""
    before = text[window.start - 1] if window.start else " "
    after = text[window.end] if window.end < len(text) else " "
    return before.isdigit() or after.isdigit()


def _stands_alone(text: str, window: Window, context: Context) -> bool:
    """Not glued to letters, as in `HEMAT5000` or `100GB`; `WA0812...` is: the word names it."""
    before = text[window.start - 1] if window.start else " "
    after = text[window.end] if window.end < len(text) else " "
    if after.isalpha() or after == "%":
        return False
    if before.isalpha():
        return any(context.is_glued(what) for what in _NAMED)
    if before == "/" and MOBILE.fullmatch(window.digits):
        return True  # two numbers with a stroke between
    second = text[window.start - 2] if window.start > 1 else " "
    if before in ":.":
        return not (
            second.isdigit() or (before == ":" and second in ":/")
        )  # `10:30`, `1.5`, `::1`; `hp:0812...` counts
    return before not in "#$€£/"


def _is_money(window: Window) -> bool:
    """Thousands set off by dots or commas, as in `1.250.000`."""
    signs = set(window.between)
    return bool(signs) and signs <= {".", ","} and window.groups[0] <= 3 and set(window.groups[1:]) == {3}


def _is_phone(text: str, window: Window, named: What | None, context: Context) -> bool:
    digits, count = window.digits, len(window.digits)
    if named in (What.ACCOUNT, What.NATIONAL_ID, What.CARD, What.NIK, What.NPWP, What.BPJS, What.FAMILY_CARD):
        return False
    if _CLOCK.match(text, window.start):
        return False
    if _begins_with_plus(text, window.start):
        return 8 <= count <= 15 and _is_possible(f"+{digits}")
    if _is_money(window) or (named is None and context.is_other()):
        return False
    if digits.startswith("00") and 10 <= count <= 17:
        return _is_possible(f"+{digits[2:]}")
    if digits.startswith("08") and 9 <= count <= 14:
        return True
    if digits.startswith("628") and 10 <= count <= 15:
        return True
    if named is None and context.other() >= 0:
        return False
    if _looks_like_a_date(window):
        return False
    if named is What.PHONE:
        return 7 <= count <= 15
    if _LANDLINE.fullmatch(digits):
        return len(window.groups) > 1 or bracket_before(text, window.start) < window.start
    return window.groups in _US_GROUPS and set("".join(window.between)) <= set("-. ()")


def _begins_with_plus(text: str, start: int) -> bool:
    return plus_before(text, start) < start


def plus_before(text: str, start: int) -> int:
    """Where the `+` stands that belongs to a number, with a space or bracket between at most; else its own start."""
    at = text.rfind("+", max(0, start - 3), start)
    return at if at >= 0 and not text[at + 1 : start].strip(" (\n") else start


def bracket_before(text: str, start: int) -> int:
    """Where the bracket stands that an area code begins with; else its own start."""
    at = text.rfind("(", max(0, start - 2), start)
    return at if at >= 0 and not text[at + 1 : start].strip() else start


def _is_possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, HOME_REGION))
    except phonenumbers.NumberParseException:
        return False


def _looks_like_a_date(window: Window) -> bool:
    if len(window.groups) != 3:
        return False
    one, two, three = window.groups
    return (one <= 2 and two <= 2 and three in (2, 4)) or (one == 4 and two <= 2 and three <= 2)
