"""A caller's number as softphones hand it over, in its international form.

Softphones name a caller by whatever the telephone exchange sent: with or without country code, with separators, as
`sip:` or `tel:` address (RFC 3261, 19.1; RFC 3966), or by a word where the number is withheld (RFC 3323, 4.1.1.3).
Judged by libphonenumber, as an import judges numbers (`records.py`). Imports little: a phone rings meanwhile.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

import phonenumbers

from app.domain.errors import InputRefusedError

HOME_REGION: Final = "ID"
"""Region of numbers that are written without a country code."""
LONGEST: Final = 128

_ADDRESS: Final = re.compile(r'(?:"[^"]*"\s*|[^<"]*)<([^<>]*)>.*')
_SCHEME: Final = re.compile(r"(?:sips?|tel):", re.IGNORECASE)
_SEPARATORS: Final = frozenset(" .-()/\u00a0\u2010\u2011\u2013\u202a\u202c\u200e")
_WITHHELD: Final = frozenset(
    {
        "anonymous",
        "private",
        "private number",
        "restricted",
        "unavailable",
        "unknown",
        "withheld",
    }
)


def caller_number(untrusted: str) -> str:
    """The number in E.164; empty where it is withheld.

    Args:
        untrusted: what the softphone puts in the place of the number.

    Raises:
        InputRefusedError: code `not_a_phone`: it is neither. The text is not repeated.
    """
    text = untrusted.strip()
    if not text:
        return ""
    if len(text) > LONGEST:
        raise _refused()
    address = _ADDRESS.fullmatch(text)
    text = address[1].strip() if address else text
    scheme = _SCHEME.match(text)
    if scheme:
        text = unquote(text[scheme.end() :]).split(";", 1)[0]
    if text.lower() in _WITHHELD or text.lower().startswith("anonymous@"):
        return ""
    digits = "".join(map(_sign, text.partition("@")[0]))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    try:
        number = phonenumbers.parse(digits, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise _refused() from None
    if "+" in digits[1:] or not phonenumbers.is_possible_number(number):
        raise _refused()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _sign(sign: str) -> str:
    """A digit as ASCII has it, a plus, or nothing for a separator."""
    if sign in "+\uff0b":
        return "+"
    if sign in _SEPARATORS:
        return ""
    try:
        return str(unicodedata.decimal(sign))
    except ValueError:
        raise _refused() from None


def _refused() -> InputRefusedError:
    return InputRefusedError(
        "This is no phone number. Give it with country code, or as it is dialled in Indonesia.", code="not_a_phone"
    )
