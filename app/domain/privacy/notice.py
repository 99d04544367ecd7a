"""Privacy notices: documents of seven contents (UU PDP article 21), Indonesian always, English if the office likes.

A notice is data: texts by content and language, and the questions of consent. Its digest names it for ever: a receipt
says what somebody was told by it. `notice_lint.py` judges it, `notice_draft.py` begins one from the inventory.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from app.domain.errors import InputRefusedError

LONGEST_TEXT, LONGEST_LABEL, MOST_TOGGLES = 8_000, 300, 40
LANGUAGES: Final = ("id", "en")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,32}")
_MARK: Final = b"tirai/notice/v1\n"


class Content(StrEnum):
    """What a notice must say: UU PDP article 21(1), letters a to g."""

    LEGALITY = "legality"
    PURPOSE = "purpose"
    TYPES = "types"
    KEPT = "kept"
    DETAIL = "detail"
    PERIOD = "period"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Toggle:
    """One question of consent.

    Attributes:
        purposes: what it asks about; a good one asks about one.
        labels: its text, by language.
        is_ticked: whether it is ticked before anybody has said anything; a good one is not.
    """

    purposes: tuple[str, ...]
    labels: Mapping[str, str]
    is_ticked: bool = False

    def label(self, language: str) -> str:
        """Its text in a language, in Indonesian where there is no other."""
        return self.labels.get(language) or self.labels.get("id", "")


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of a notice.

    Attributes:
        code: its name for people, such as 2026-01.
        texts: by language, then by content.
        toggles: the questions of consent, in order.
    """

    code: str
    texts: Mapping[str, Mapping[Content, str]] = field(default_factory=dict)
    toggles: tuple[Toggle, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it says anything."""
        return tuple(one for one in LANGUAGES if any(text.strip() for text in self.texts.get(one, {}).values()))

    def text(self, language: str, content: Content) -> str:
        """One content; empty where it is missing."""
        return self.texts.get(language, {}).get(content, "")

    def toggle_for(self, purpose: str) -> Toggle | None:
        """The question about one purpose alone."""
        return next((one for one in self.toggles if one.purposes == (purpose,)), None)

    def as_json(self) -> str:
        """The one text that says it, whatever it was made from."""
        told = {
            "code": self.code,
            "texts": {
                language: {content.value: self.text(language, content) for content in Content}
                for language in LANGUAGES
                if language in self.languages
            },
            "toggles": [
                {"purposes": list(one.purposes), "labels": dict(sorted(one.labels.items())), "ticked": one.is_ticked}
                for one in self.toggles
            ],
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> bytes:
        """SHA-256 of `tirai/notice/v1`, a line's end and the text in UTF-8."""
        return hashlib.sha256(_MARK + self.as_json().encode()).digest()


def notice_from(untrusted_text: str) -> Notice:
    """The notice of a text that `as_json` gave, or that somebody has sent.

    Raises:
        InputRefusedError: code `notice_text`: it is no notice, or larger than one may be.
    """
    try:
        return _notice(json.loads(untrusted_text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
        raise InputRefusedError("This is no notice.", code="notice_text") from e


def _notice(told: Any) -> Notice:
    if set(told) != {"code", "texts", "toggles"} or not _CODE.fullmatch(told["code"]):
        raise ValueError("parts")
    if not set(told["texts"]) <= set(LANGUAGES) or len(told["toggles"]) > MOST_TOGGLES:
        raise ValueError("languages")
    texts = {
        language: {Content(key): _plain(text, LONGEST_TEXT) for key, text in texts.items()}
        for language, texts in told["texts"].items()
    }
    return Notice(told["code"], texts, tuple(map(_toggle, told["toggles"])))


def _toggle(told: Any) -> Toggle:
    if set(told) != {"purposes", "labels", "ticked"} or not set(told["labels"]) <= set(LANGUAGES):
        raise ValueError("toggle")
    if type(told["ticked"]) is not bool or len(told["purposes"]) > MOST_TOGGLES:
        raise ValueError("toggle")
    labels = {language: _plain(text, LONGEST_LABEL) for language, text in told["labels"].items()}
    return Toggle(tuple(_plain(one, 40) for one in told["purposes"]), labels, told["ticked"])


def _plain(text: Any, most: int) -> str:
    """A text of a person: composed, without control signs but line ends."""
    if not isinstance(text, str) or len(text) > most:
        raise ValueError("text")
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in whole):
        raise ValueError("signs")
    return whole
