"""An answer as bytes, before it is sealed to the office, and back: judged again, since the public process wrote it."""

import json
import unicodedata
from typing import Any

from app.domain.errors import InputRefusedError
from app.domain.privacy.consent import Said
from app.domain.privacy.page import LONGEST_DETAILS, MOST_PURPOSES, TOKEN, AnswerKind, PageAnswer
from app.domain.subject_requests.words import RequestKind

_PARTS = {"token", "kind", "said", "right", "purposes", "details", "language", "notice"}


def content_of(token: str, answer: PageAnswer) -> bytes:
    """The bytes; the link's token in them proves that whoever answered has the link."""
    told = {
        "token": token,
        "kind": answer.kind.value,
        "said": {purpose: word.value for purpose, word in answer.said.items()},
        "right": answer.right.value if answer.right is not None else None,
        "purposes": list(answer.purposes),
        "details": answer.details,
        "language": answer.language,
        "notice": answer.notice_digest.hex(),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def answer_from(untrusted: bytes) -> tuple[str, PageAnswer]:
    """Token and answer of such bytes.

    Raises:
        InputRefusedError: code `content`: they are no answer, or one that no page sends.
    """
    try:
        return _answer(json.loads(untrusted))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InputRefusedError) as e:
        raise InputRefusedError("This is no answer of the page.", code="content") from e


def _plain(text: str) -> str:
    """A text as officers read it: what the page lets through and a register does not keep is left out."""
    if len(text) > LONGEST_DETAILS:
        raise ValueError("details")
    shown = (sign for sign in unicodedata.normalize("NFC", text) if sign == "\n" or sign.isprintable())
    return "".join(shown).strip()


def _answer(told: Any) -> tuple[str, PageAnswer]:
    if set(told) != _PARTS or not TOKEN.fullmatch(told["token"]):
        raise ValueError("parts")
    kind, right = AnswerKind(told["kind"]), None if told["right"] is None else RequestKind(told["right"])
    said = {str(purpose): Said(word) for purpose, word in told["said"].items()}
    purposes = tuple(map(str, told["purposes"]))
    if max(len(said), len(purposes)) > MOST_PURPOSES or len(set(purposes)) != len(purposes):
        raise ValueError("purposes")
    is_right = kind is AnswerKind.RIGHT
    if is_right != (right is not None) or is_right == bool(said) or (purposes and not is_right):
        raise ValueError("kind")
    if kind is AnswerKind.CONSENT and Said.WITHDRAWN in said.values():
        raise ValueError("kind")
    details = _plain(told["details"])
    if details and not is_right:
        raise ValueError("details")
    answer = PageAnswer(
        kind, "", said, right, purposes, details, str(told["language"]), bytes.fromhex(told["notice"])
    )  # fmt: skip
    return told["token"], answer
