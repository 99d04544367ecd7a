"""The mask rules, one table, by kind: what may stay visible beside the curtain.

Invariants: a mask never shows more than its rule, whatever the text; a value that does not have the exact form of
its kind shows nothing; a short value is never shown whole; the cloth's width depends on the kind alone
(`ui.md` section 3). Classes `special` and `note` show nothing whatever the kind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.field import Field, MaskChoice
from app.domain.kinds import Kind
from app.domain.mask import Mask

Kept = tuple[str, str]
"""What a rule keeps: before the cloth, after it."""

NOTHING: Kept = ("", "")

# E.164 country codes form a prefix code: 1 and 7 have one digit, these two, all others three (ITU-T E.164 annex D).
_TWO_DIGIT_RANGES = (
    *((20, 20), (27, 27), (30, 34), (36, 36), (39, 41), (43, 49), (51, 58), (60, 66)),
    *((81, 82), (84, 84), (86, 86), (90, 95), (98, 98)),
)
_TWO_DIGIT_COUNTRIES = frozenset(str(code) for first, last in _TWO_DIGIT_RANGES for code in range(first, last + 1))
_UNASSIGNED_ZONES = frozenset({"28", "83", "89"})

_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
_EMAIL = re.compile(r"(?P<local>[^\s@]{1,64})@(?P<domain>[^\s@]{1,255})")
_NIK = re.compile(r"[0-9]{16}")
_NPWP = re.compile(r"[0-9]{15,16}")
_PAN = re.compile(r"[0-9]{13,19}")
_ACCOUNT = re.compile(r"[0-9A-Z]{6,34}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PAN_SHOWN_BOTH_ENDS = 16
"""From this length first 6 and last 4 stay (PCI DSS 3.4.1); below, the hidden middle would be guessed: last 4 only."""
_CITY_LIMIT = 40


def _country(digits: str) -> str:
    """The country code that E.164 digits begin with, or nothing when there is none such."""
    if digits[0] in "17":
        return digits[0]
    zone = digits[:2]
    if zone in _TWO_DIGIT_COUNTRIES:
        return zone
    return "" if zone in _UNASSIGNED_ZONES else digits[:3]


def _phone(text: str, _city: str) -> Kept:
    """Country code and last two digits."""
    if not _E164.fullmatch(text):
        return NOTHING
    country = _country(text[1:])
    if not country or 2 * (len(country) + 2) > len(text) - 1:
        return NOTHING
    return f"+{country}", text[-2:]


def _email(text: str, _city: str) -> Kept:
    """First letter, and first letter of the domain; a part of one letter is not shown."""
    parts = _EMAIL.fullmatch(text)
    if not parts:
        return NOTHING
    local, label = parts["local"], parts["domain"].partition(".")[0]
    before = local[0] if len(local) > 1 and local[0].isalnum() else ""
    after = f"@{label[0]}" if len(label) > 1 and label[0].isalnum() else ""
    return before, after


def _address(text: str, city: str) -> Kept:
    """The city, taken from the city's own open field; nothing when the address is hardly more than that."""
    shown = " ".join(city.split())
    if not shown or len(shown) > _CITY_LIMIT or not shown.isprintable() or any(c.isdigit() for c in shown):
        return NOTHING
    return NOTHING if len(text) < 2 * len(shown) else ("", shown)


def _last(pattern: re.Pattern[str], count: int) -> Callable[[str, str], Kept]:
    """A rule that keeps the last `count` characters of a text of exactly this form."""

    def rule(text: str, _city: str) -> Kept:
        return ("", text[-count:]) if pattern.fullmatch(text) else NOTHING

    return rule


def _pan(text: str, _city: str) -> Kept:
    """First six and last four at most (PCI DSS 3.4.1)."""
    if not _PAN.fullmatch(text):
        return NOTHING
    before = f"{text[:4]} {text[4:6]}" if len(text) >= _PAN_SHOWN_BOTH_ENDS else ""
    return before, text[-4:]


def _birth_date(text: str, _city: str) -> Kept:
    """The year."""
    return ("", text[:4]) if _ISO_DATE.fullmatch(text) else NOTHING


def _hidden(_text: str, _city: str) -> Kept:
    """Nothing."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class MaskRule:
    """One row of the table: the cloth's width, and what is kept beside it."""

    pleats: int
    keep: Callable[[str, str], Kept]


MASK_RULES: dict[Kind, MaskRule] = {
    Kind.TEXT: MaskRule(10, _hidden),
    Kind.LONG_TEXT: MaskRule(16, _hidden),
    Kind.NAME: MaskRule(10, _hidden),
    Kind.NUMBER: MaskRule(10, _hidden),
    Kind.TICKET: MaskRule(10, _hidden),
    Kind.QUEUE: MaskRule(10, _hidden),
    Kind.CITY: MaskRule(10, _hidden),
    Kind.CHOICE: MaskRule(10, _hidden),
    Kind.PHONE: MaskRule(10, _phone),
    Kind.EMAIL: MaskRule(10, _email),
    Kind.ADDRESS: MaskRule(16, _address),
    Kind.NIK: MaskRule(16, _last(_NIK, 4)),
    Kind.NPWP: MaskRule(10, _last(_NPWP, 4)),
    Kind.PASSPORT: MaskRule(10, _hidden),
    Kind.PAN: MaskRule(6, _pan),
    Kind.ACCOUNT: MaskRule(10, _last(_ACCOUNT, 2)),
    Kind.BIRTH_DATE: MaskRule(6, _birth_date),
    Kind.DATE: MaskRule(6, _hidden),
    Kind.MONEY: MaskRule(6, _hidden),
}

_NEVER_SHOWN = frozenset({DataClass.SPECIAL, DataClass.NOTE})


def mask_for(kind: Kind, normalised: str, city: str = "", data_class: DataClass | None = None) -> Mask:
    """The mask of a normalised value of this kind.

    Args:
        kind: the field's kind.
        normalised: the value as `app.sources.records.normalise` gives it; any other form shows nothing.
        city: the record's own city if that is a separate, open field; only addresses use it.
        data_class: the field's class; `special` and `note` show nothing.
    """
    rule = MASK_RULES[kind]
    before, after = NOTHING if data_class in _NEVER_SHOWN else rule.keep(normalised, city)
    return Mask(before=before, after=after, pleats=rule.pleats)


def mask_of(field: Field, normalised: str, city: str = "") -> Mask:
    """The mask of a value of this field: as its kind says, or nothing when the inventory hides the field."""
    if field.mask is MaskChoice.HIDDEN:
        return Mask(before="", after="", pleats=MASK_RULES[field.kind].pleats)
    return mask_for(field.kind, normalised, city, field.data_class)
