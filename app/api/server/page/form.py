"""What a form sends (application/x-www-form-urlencoded), read strictly: known names, bounded, composed, no signs.

A name that no form of the page has, one that stands there twice or bytes that are no UTF-8 refuse the whole form: no
browser sends them.
"""

import unicodedata
from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

MOST_FIELDS = 64


class FormError(ValueError):
    """What was sent is no form of the page."""


def read_form(body: bytes, single: Collection[str], prefixed: str = "") -> Mapping[str, str]:
    """What was filled in.

    Args:
        body: as it came; its length is the guard's to judge.
        single: names that it may have.
        prefixed: names that begin so may stand there, too.

    Raises:
        FormError: it is none of the page's.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=MOST_FIELDS,
            errors="strict",
        )  # fmt: skip
    except ValueError as e:
        raise FormError("no form") from e
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found or not (name in single or (prefixed and name.startswith(prefixed))):
            raise FormError("a field that no form has")
        found[name] = value
    return found


def plain_text(untrusted_text: str) -> str:
    """A text of a person: composed, one kind of line's end, no control sign; at most two line ends after each other.

    Raises:
        FormError: it has signs that nobody types.
    """
    whole = unicodedata.normalize("NFC", untrusted_text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in whole):
        raise FormError("signs")
    while "\n\n\n" in whole:
        whole = whole.replace("\n\n\n", "\n\n")
    return whole
