"""Finds of a note that stay as typed, because somebody gave a reason that the policy offers.

A note's scanner puts masks in the place of numbers of persons. Some numbers belong into a note: a company's hotline,
the neighbour who takes the parcel. The policy says which kinds stay, for which reasons and for which roles; card
numbers and card codes never do (PCI DSS 3.3.1, 3.5.1).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.role import Role
from app.domain.two_languages import TwoLanguages

KEEPABLE = frozenset(
    {
        "nik",
        "national_id",
        "family_card",
        "npwp",
        "bpjs",
        "passport",
        "phone",
        "email",
        "account",
        "birth_date",
        "plate",
    }
)
"""Kinds of finds that a policy may let stay: all but cards and card codes (`scanner.find.NEVER_KEPT`)."""
MOST_REASONS = 9
"""As many as there are digit keys to choose with."""
MOST_KEPT = 20
"""Finds of one note that stay."""
LONGEST_FIND = 320
"""Characters of one; an e-mail address may have 320 (RFC 3696, errata 1690)."""
_LONGEST_LABEL = 60
_CODE = re.compile("[a-z][a-z_]{0,31}")
_KEYS = ("code", "label_en", "label_id", "finds", "roles")


@dataclass(frozen=True, slots=True, repr=False)
class KeptFind:
    """A find that stays.

    Attributes:
        text: as it stands in the note.
        reason: the code of its reason.
    """

    text: str
    reason: str


class KeepReasonError(ValueError):
    """A declared reason is refused.

    Attributes:
        reason: what is wrong, in one sentence.
        key: which part of it, or empty.
        index: which reason, from 0.
    """

    def __init__(self, reason: str, key: str = "", index: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.key, self.index = reason, key, index


@dataclass(frozen=True, slots=True)
class KeepReason:
    """Why a find may stay as typed.

    Attributes:
        code: what the log keeps.
        finds: kinds of finds that it lets stay.
        roles: who may give it.
    """

    code: str
    label_en: str
    label_id: str
    finds: frozenset[str]
    roles: frozenset[Role]

    def label(self, language: str) -> str:
        """The label in this language; Indonesian for `id...`, otherwise English."""
        return TwoLanguages(self.label_en, self.label_id, language)

    def lets(self, role: Role, find: str) -> bool:
        """Whether it lets this kind of find stay, for this role."""
        return role in self.roles and find in self.finds


def read_keep_reasons(found: object) -> tuple[KeepReason, ...]:
    """The reasons that a policy declares; none, and every find is masked.

    Raises:
        KeepReasonError: with index, key and reason.
    """
    if not isinstance(found, list) or len(found) > MOST_REASONS:
        raise KeepReasonError(f"[[keep_reason]] is declared {MOST_REASONS} times at most")
    reasons = tuple(_reason(item, index) for index, item in enumerate(found))
    codes = [reason.code for reason in reasons]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise KeepReasonError(f"the reason {code!r} is declared twice", "code", index)
    return reasons


def _reason(item: object, index: int) -> KeepReason:
    if not isinstance(item, Mapping):
        raise KeepReasonError("[[keep_reason]] must be a table", "", index)
    for key in item:
        if key not in _KEYS:
            raise KeepReasonError(f"unknown key {key!r}", key, index)
    for key in _KEYS:
        if key not in item:
            raise KeepReasonError(f"{key} is missing", "", index)
    if not isinstance(item["code"], str) or not _CODE.fullmatch(item["code"]):
        raise KeepReasonError("code must be a word of a to z and _, 32 at most", "code", index)
    for key in ("label_en", "label_id"):
        _judge_label(key, item[key], index)
    finds = _listed("finds", item["finds"], KEEPABLE, index)
    roles = _listed("roles", item["roles"], frozenset(Role), index)
    return KeepReason(item["code"], item["label_en"], item["label_id"], finds, frozenset(Role(role) for role in roles))


def _judge_label(key: str, value: Any, index: int) -> None:
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > _LONGEST_LABEL:
        raise KeepReasonError(f"{key} must be a text of {_LONGEST_LABEL} characters at most", key, index)


def _listed(key: str, value: Any, known: frozenset[str], index: int) -> frozenset[str]:
    if not isinstance(value, list) or not value or any(word not in known for word in value):
        raise KeepReasonError(f"{key} must list some of: {', '.join(sorted(known))}", key, index)
    return frozenset(value)


def looser_keeping(base: Sequence[KeepReason], edited: Sequence[KeepReason]) -> tuple[int, str, str] | None:
    """Where an edit lets more stay than its base: index, key and sentence."""
    known = {reason.code: reason for reason in base}
    for index, reason in enumerate(edited):
        before = known.get(reason.code)
        if before is None:
            return index, "code", "only IT lets more of a note's finds stay"
        for key in ("finds", "roles"):
            if getattr(reason, key) - getattr(before, key):
                return index, key, "only IT lets more of a note's finds stay"
    return None
