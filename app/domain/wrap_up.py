"""How a visit to a customer ends: outcomes, one of which is required, and tags. Both are lists of the policy.

No text of one's own: what is chosen stands in the open in the office, in its log and in the caches, so it must hold
nothing of a person. A word that is not offered any more is *retired*: it stays declared, so that old contacts can be
read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.two_languages import TwoLanguages

MOST_OFFERED = 9
"""As many as there are digit keys to choose with."""
MOST_WORDS = 60
MOST_TAGS = 4
"""Tags of one contact."""
LONGEST_LABEL = 40
_CODE = re.compile("[a-z][a-z_]{0,31}")
_KEYS = {"outcome": ("code", "label_en", "label_id", "needs_call_back", "retired"),
         "tag": ("code", "label_en", "label_id", "retired")}  # fmt: skip


class WrapUpError(ValueError):
    """A declared word is refused.

    Attributes:
        key: which part of it, or empty.
        index: which word, from 0.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, reason: str, key: str = "", index: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.key, self.index = reason, key, index


@dataclass(frozen=True, slots=True)
class WrapWord:
    """An outcome or a tag.

    Attributes:
        code: what the office keeps.
        needs_call_back: an outcome that says when the customer is called back.
        retired: it is not offered any more.
    """

    code: str
    label_en: str
    label_id: str
    needs_call_back: bool = False
    retired: bool = False

    def label(self, language: str) -> str:
        """The label in this language; Indonesian for `id...`, otherwise English."""
        return TwoLanguages(self.label_en, self.label_id, language)


def offered(words: Sequence[WrapWord]) -> tuple[WrapWord, ...]:
    """Those that can be chosen, in the order of the policy."""
    return tuple(word for word in words if not word.retired)


def read_wrap_words(kind: str, found: object) -> tuple[WrapWord, ...]:
    """The words that a policy declares.

    Args:
        kind: `outcome` or `tag`.
        found: its tables.

    Raises:
        WrapUpError: with index, key and reason.
    """
    if not isinstance(found, list) or not found or len(found) > MOST_WORDS:
        raise WrapUpError(f"[[{kind}]] is declared from 1 to {MOST_WORDS} times")
    words = tuple(_word(kind, item, index) for index, item in enumerate(found))
    codes = [word.code for word in words]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise WrapUpError(f"the {kind} {code!r} is declared twice", "code", index)
    if not 1 <= len(offered(words)) <= MOST_OFFERED:
        raise WrapUpError(f"from 1 to {MOST_OFFERED} [[{kind}]] are offered; the others are retired", "retired")
    return words


def _word(kind: str, item: object, index: int) -> WrapWord:
    if not isinstance(item, Mapping):
        raise WrapUpError(f"[[{kind}]] must be a table", "", index)
    for key in item:
        if key not in _KEYS[kind]:
            raise WrapUpError(f"unknown key {key!r}", key, index)
    for key in _KEYS[kind]:
        if key not in item:
            raise WrapUpError(f"{key} is missing", "", index)
        _judge(key, item[key], index)
    return WrapWord(**item)


def _judge(key: str, value: Any, index: int) -> None:
    if key in ("needs_call_back", "retired"):
        if not isinstance(value, bool):
            raise WrapUpError(f"{key} must be true or false", key, index)
    elif key == "code":
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            raise WrapUpError("code must be a word of a to z and _, 32 at most", key, index)
    elif not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_LABEL:
        raise WrapUpError(f"{key} must be a text of {LONGEST_LABEL} characters at most", key, index)


def missing_code(base: Sequence[WrapWord], edited: Sequence[WrapWord]) -> str:
    """A code that an edit has taken away, so that old contacts could not be read; empty for none."""
    kept = {word.code for word in edited}
    return next((word.code for word in base if word.code not in kept), "")
