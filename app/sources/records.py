"""Untrusted text to normalised values, one rule per kind; and the form over which lookup and verify tags are made.

Invariants: `normalise` of a normalised value is that value; what it refuses it names by a reason and never by the
text; no value keeps control, bidirectional or NUL characters; every result is NFC and bounded.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from stdnum import luhn
from stdnum.id import npwp as stdnum_npwp

from app.domain.errors import InputRefusedError
from app.domain.inventory import Field, Inventory
from app.domain.kinds import Kind
from app.sources.csv_file import UntrustedRow
from app.sources.mapping import ColumnPlan

TEXT_LIMIT = 1_000
LONG_TEXT_LIMIT = 4_000
NAME_LIMIT = 200
WORD_LIMIT = 100
HOME_REGION = "ID"
"""Region of numbers that are written without a country code."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\n\r\t")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co"})
_SILENT_IN_NUMBERS = frozenset("\u00a0\u202a\u202c\u200e\u2010\u2011\u2013")
"""Signs that phones and word processors paste around numbers."""
_NOT_ASCII_DIGITS = re.compile("[^0-9]+")
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")
_EMAIL = re.compile(r"[^\s@<>(),;:\\\"\[\]]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_TIME_OF_DAY = re.compile(
    r"(?<=[0-9]{2})[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?Z| ?[+-][0-9]{2}:?[0-9]{2})?$"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?: 0?0:00(?::00)?)?")
_INDONESIAN_MONEY = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?")
_ENGLISH_MONEY = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_PLAIN_MONEY = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,2})?")
_CURRENCY = re.compile(r"^(?:rp\.?|idr)\s*|(?:,-|\s*idr)$", re.IGNORECASE)


class BadCellError(InputRefusedError):
    """A cell's text is not a value of its kind.

    Attributes:
        reason_code: a word for programs, for example `check_digit`.
        sentence: what is wrong, without the text itself.
    """

    def __init__(self, reason_code: str, sentence: str) -> None:
        super().__init__(sentence, code=reason_code)
        self.reason_code = reason_code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that keeps a row out: place and reason, never its text."""

    line: int
    column: str
    field: str
    reason_code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row after the inventory's judgement.

    Attributes:
        values: field name to normalised value; empty cells are absent. Not in `repr`.
        bad: what keeps it out; empty for a good row.
    """

    line: int
    values: Mapping[str, str] = field(repr=False)
    bad: tuple[BadCell, ...]


def normalise(kind: Kind, untrusted_text: str) -> str:
    """The one form in which a value of this kind is sealed, masked and compared; empty text stays empty.

    Raises:
        BadCellError: the text is not a value of this kind.
    """
    if (
        untrusted_text.isascii() and untrusted_text.isprintable()
    ):  # most cells; no sign of theirs is refused or combines
        text = untrusted_text.strip()
        return _RULES[kind](text) if text else ""
    for sign in untrusted_text:
        if unicodedata.category(sign) in _REFUSED_CATEGORIES and sign not in _BREAKS:
            raise BadCellError("control_character", f"A control or private character (U+{ord(sign):04X})")
    text = unicodedata.normalize("NFC", untrusted_text).strip()
    return unicodedata.normalize("NFC", _RULES[kind](text)) if text else ""


def verify_form(kind: Kind, normalised: str) -> str:
    """The form over which lookup and verify tags of a normalised value are made.

    Two spellings of one thing have one form: names without case and punctuation, numbers as digits, an NPWP of 15
    digits as the 16 that replaced it. A value of signs alone keeps them, so that no two such values look alike.
    """
    if kind in _DIGIT_KINDS:
        digits = _NOT_ASCII_DIGITS.sub("", normalised)
        return digits.zfill(16) if kind is Kind.NPWP and digits else digits or normalised
    folded = _folded(normalised)
    if kind in _SIGNED_KINDS:
        return "".join(folded.split())
    if kind in _IDENTIFIER_KINDS:
        return "".join(c for c in folded if c.isalnum()) or folded
    words = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in folded).split()
    return " ".join(words) or folded


def _folded(text: str) -> str:
    if text.isascii():  # the same, as a call
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def read_row(row: UntrustedRow, plan: ColumnPlan, inventory: Inventory, header: tuple[str, ...]) -> ReadRow:
    """Keep what the inventory declares, normalised; say which cells are bad and why."""
    values: dict[str, str] = {}
    bad: list[BadCell] = []
    for declared in inventory.fields:
        if declared.name not in plan.collected:
            continue
        try:
            value = _cell(declared, plan.text_of(declared.name, row.cells))
        except BadCellError as error:
            column = plan.column_of(declared.name, header)
            bad.append(BadCell(row.line, column, declared.name, error.reason_code, error.sentence))
            continue
        if value:
            values[declared.name] = value
    return ReadRow(row.line, values, tuple(bad))


def _cell(declared: Field, untrusted_text: str) -> str:
    """A cell's value; empty only where the field may be.

    Raises:
        BadCellError: not a value of its kind, or missing.
    """
    value = normalise(declared.kind, untrusted_text)
    if not value and declared.required:
        raise BadCellError("required", "This field may not be empty")
    return value


def _one_line(limit: int) -> Callable[[str], str]:
    """A rule for one line of text: line breaks and runs of spaces become one space."""

    def rule(text: str) -> str:
        return _bounded(" ".join(_clean(text).split()), limit)

    return rule


def _long_text(text: str) -> str:
    """Several lines, kept as lines."""
    lines = _clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _bounded("\n".join(" ".join(line.split()) for line in lines).strip(), LONG_TEXT_LIMIT)


def _clean(text: str) -> str:
    """The text, if nothing in it can move, hide or fake other text."""
    if not text.isascii() and (sign := next((sign for sign in text if sign in _BIDI), "")):
        words = f"A character that changes the direction of writing (U+{ord(sign):04X})"
        raise BadCellError("direction_character", words)
    return text


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadCellError("too_long", f"Longer than {limit} characters")
    return text


def _digits(text: str, name: str, separators: str = " .-") -> str:
    """The decimal digits of a number in any script, without separators.

    Raises:
        BadCellError: another sign, or a number that a spreadsheet has rounded.
    """
    _bounded(text, WORD_LIMIT)
    if text.isascii() and text.isdigit():
        return text
    if _SCIENTIFIC.fullmatch(text):
        raise BadCellError("rounded", "A spreadsheet has rounded this number; export the column as text")
    kept: list[str] = []
    for sign in text.lstrip("'"):
        if sign.isdecimal():
            kept.append(str(unicodedata.decimal(sign)))
        elif sign not in separators and sign not in _SILENT_IN_NUMBERS:
            raise BadCellError("not_digits", f"{name} has only digits")
    return "".join(kept)


def _phone(text: str) -> str:
    """E.164 by libphonenumber; a number without country code is Indonesian."""
    international = text.lstrip("'\u202a\u200e ").startswith(("+", "\uff0b", "(+"))
    digits = _digits(text.replace("+", "", 1).replace("\uff0b", "", 1), "A phone number", " .-()/")
    if digits.startswith("00"):
        international, digits = True, digits[2:]
    try:
        number = phonenumbers.parse(f"+{digits}" if international else digits, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise BadCellError("not_a_phone", "Not a phone number") from error
    if not phonenumbers.is_possible_number(number):
        raise BadCellError("not_a_phone", "Not a phone number: wrong length for its country")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    """The address with its domain in small letters."""
    local, _, domain = _bounded(_clean(text), 254).rpartition("@")
    address = f"{local}@{domain.lower()}"
    if not _EMAIL.fullmatch(address) or ".." in address:
        raise BadCellError("not_an_email", "Not an e-mail address")
    return address


def _nik(text: str) -> str:
    """16 digits whose 7th to 12th are a birth date, a woman's day with 40 added (PP 40/2019 and Dukcapil's form)."""
    digits = _digits(text, "A NIK")
    if len(digits) != 16:
        raise BadCellError("wrong_length", "A NIK has 16 digits")
    if not _is_nik(digits):
        raise BadCellError("not_plausible", "The place or birth date inside this NIK does not exist")
    return digits


def _is_nik(digits: str) -> bool:
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    day = day - 40 if day > 40 else day
    if digits[0] == "0" or digits[2:4] == "00" or digits[12:] == "0000":
        return False
    return any(_is_date(century + year, month, day) for century in (1900, 2000))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _npwp(text: str) -> str:
    """15 digits with their check digit; or 16: a NIK, or a zero before the old 15 (PMK 112/2022)."""
    digits = _digits(text, "An NPWP", " .-/")
    if len(digits) == 16:
        if digits[0] == "0":
            _npwp(digits[1:])
        elif not _is_nik(digits):
            raise BadCellError("not_plausible", "An NPWP of 16 digits is a NIK, or begins with zero")
        return digits
    if len(digits) != 15:
        raise BadCellError("wrong_length", "An NPWP has 15 or 16 digits")
    if not stdnum_npwp.is_valid(digits):
        raise BadCellError("check_digit", "The check digit of this NPWP is wrong")
    return digits


def _pan(text: str) -> str:
    """13 to 19 digits with a Luhn check digit (ISO/IEC 7812-1)."""
    digits = _digits(text, "A card number")
    if not 13 <= len(digits) <= 19:
        raise BadCellError("wrong_length", "A card number has 13 to 19 digits")
    if not luhn.is_valid(digits) or not digits.strip("0"):
        raise BadCellError("check_digit", "The check digit of this card number is wrong")
    return digits


def _alphanumeric(name: str, shortest: int, longest: int) -> Callable[[str], str]:
    """A rule for numbers that may have Latin letters: capitals, no separators."""

    def rule(text: str) -> str:
        if _SCIENTIFIC.fullmatch(text):
            raise BadCellError("rounded", "A spreadsheet has rounded this number; export the column as text")
        kept = re.sub(r"[ .\-/]", "", text.lstrip("'")).upper()
        if not kept.isascii() or not kept.isalnum():
            raise BadCellError("not_alphanumeric", f"{name} has only letters and digits")
        if not shortest <= len(kept) <= longest:
            raise BadCellError("wrong_length", f"{name} has {shortest} to {longest} characters")
        return kept

    return rule


def _date(text: str) -> str:
    """ISO 8601, from that or from day first with `/`, `-` or `.`, as Indonesia writes."""
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif local := _DAY_FIRST.fullmatch(text):
        day, month, year = int(local[1]), int(local[3]), int(local[4])
    else:
        raise BadCellError("not_a_date", "Not a date; write 1987-03-28 or 28/03/1987")
    if not 1850 <= year <= 2200 or not _is_date(year, month, day):
        raise BadCellError("no_such_date", "There is no such date")
    return f"{year:04}-{month:02}-{day:02}"


def _day(text: str) -> str:
    """A date, also one that a program wrote with the time of day, which is dropped: the day as it stands there."""
    return _date(_TIME_OF_DAY.sub("", text))


def _money(text: str) -> str:
    """Digits, and a point with two digits when there are cents; a single point before three digits groups them."""
    _bounded(_clean(text), WORD_LIMIT)
    amount = _CURRENCY.sub("", _CURRENCY.sub("", text).strip()).replace("\u00a0", "").replace(" ", "")
    negative = amount.startswith("-")
    amount = amount.removeprefix("-")
    if _INDONESIAN_MONEY.fullmatch(amount):
        amount = amount.replace(".", "").replace(",", ".")
    elif _ENGLISH_MONEY.fullmatch(amount):
        amount = amount.replace(",", "")
    elif _PLAIN_MONEY.fullmatch(amount):
        amount = amount.replace(",", ".")
    else:
        raise BadCellError("not_money", "Not an amount; write 412500 or 412.500,00")
    whole, _, cents = amount.partition(".")
    whole, cents = whole.lstrip("0") or "0", cents.ljust(2, "0")
    if len(whole) > 15:
        raise BadCellError("not_money", "An amount has at most 15 digits")
    sign = "-" if negative and (whole, cents) != ("0", "00") else ""
    return f"{sign}{whole}" if cents == "00" else f"{sign}{whole}.{cents}"


_RULES: dict[Kind, Callable[[str], str]] = {
    Kind.TEXT: _one_line(TEXT_LIMIT),
    Kind.LONG_TEXT: _long_text,
    Kind.NAME: _one_line(NAME_LIMIT),
    Kind.NUMBER: _one_line(WORD_LIMIT),
    Kind.TICKET: _one_line(WORD_LIMIT),
    Kind.QUEUE: _one_line(WORD_LIMIT),
    Kind.CITY: _one_line(WORD_LIMIT),
    Kind.CHOICE: _one_line(WORD_LIMIT),
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.ADDRESS: _one_line(TEXT_LIMIT),
    Kind.NIK: _nik,
    Kind.NPWP: _npwp,
    Kind.PASSPORT: _alphanumeric("A passport number", 5, 12),
    Kind.PAN: _pan,
    Kind.ACCOUNT: _alphanumeric("A bank account", 5, 34),
    Kind.BIRTH_DATE: _date,
    Kind.DATE: _day,
    Kind.MONEY: _money,
}
_DIGIT_KINDS = frozenset({Kind.PHONE, Kind.NIK, Kind.NPWP, Kind.PAN})
_SIGNED_KINDS = frozenset({Kind.EMAIL, Kind.BIRTH_DATE, Kind.DATE, Kind.MONEY})
"""Kinds whose signs (`@`, `-`, `.`) mean something."""
_IDENTIFIER_KINDS = frozenset({Kind.NUMBER, Kind.TICKET, Kind.ACCOUNT, Kind.PASSPORT})
