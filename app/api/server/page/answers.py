"""From a form to an answer, or to what is wrong with it. Pure: a link and what was sent go in.

What a link does not ask about cannot be answered through it, whatever a form says.
"""

from collections.abc import Mapping
from typing import Final

from app.api.server.page.form import FormError, plain_text
from app.api.server.page.screens import Filled
from app.domain.privacy.consent import Said
from app.domain.privacy.page import LONGEST_DETAILS, AnswerKind, PageAnswer, PageLink
from app.domain.subject_requests.words import NAMES_PURPOSES, NEEDS_PURPOSES, RequestKind

CONSENT_FIELDS: Final = frozenset({"form", "lang", "do"})
RIGHTS_FIELDS: Final = frozenset({"form", "lang", "do", "right", "details"})
CONSENT_PREFIX, RIGHTS_PREFIX = "c.", "p."
_WORDS: Final = {"yes": Said.GIVEN, "no": Said.WITHDRAWN}


def consent_filled(link: PageLink, form: Mapping[str, str]) -> Filled:
    """The words of a form of consent; `withdraw` is *no* to every purpose.

    Raises:
        FormError: it answers what the link does not ask.
    """
    if form.get("do") == "withdraw":
        return Filled(said=dict.fromkeys(link.purposes, Said.WITHDRAWN))
    words = {}
    for name, value in form.items():
        if name.startswith(CONSENT_PREFIX):
            code = name.removeprefix(CONSENT_PREFIX)
            if code not in link.purposes or value not in _WORDS:
                raise FormError("not asked")
            words[code] = _WORDS[value]
    return Filled(said=words, errors={} if words else {"q0": "error.nothing"})


def right_filled(link: PageLink, form: Mapping[str, str]) -> Filled:
    """A form of rights, with what is wrong with it.

    Raises:
        FormError: it holds what no form of the page offers.
    """
    try:
        right = RequestKind(form["right"]) if form.get("right") else None
    except ValueError as e:
        raise FormError("no right") from e
    purposes = frozenset(name.removeprefix(RIGHTS_PREFIX) for name in form if name.startswith(RIGHTS_PREFIX))
    if not purposes <= set(link.may_name):
        raise FormError("not asked")
    errors: dict[str, str] = {}
    if right is None:
        errors["r0"] = "error.right"
    elif right in NEEDS_PURPOSES and not purposes:
        errors["p0"] = "error.purposes"
    elif right not in NAMES_PURPOSES and purposes:
        errors["p0"] = "error.purposes.extra"
    details = form.get("details", "")
    try:
        details = plain_text(details)
    except FormError:
        details, errors["details"] = "", "error.signs"
    if len(details) > LONGEST_DETAILS:
        errors["details"] = "error.text"
    elif right is RequestKind.CORRECTION and not details and "details" not in errors:
        errors["details"] = "error.correction"
    return Filled(right=right, purposes=purposes, details=details, errors=errors)


def answer_of(filled: Filled, form: str, language: str, digest: bytes) -> PageAnswer:
    """What to keep of a form that has no errors.

    Args:
        filled: the form.
        form: names it.
        language: of the page.
        digest: of the notice that stood there.
    """
    if filled.right is not None:
        return PageAnswer(
            kind=AnswerKind.RIGHT, form=form, right=filled.right, purposes=tuple(sorted(filled.purposes)),
            details=filled.details, language=language, notice_digest=digest,
        )  # fmt: skip
    kind = AnswerKind.WITHDRAWAL if Said.WITHDRAWN in filled.said.values() else AnswerKind.CONSENT
    return PageAnswer(kind=kind, form=form, said=filled.said, language=language, notice_digest=digest)
