"""A store of links and answers in memory, which keeps what `PageStore` promises; and links to try."""

import hashlib
import secrets
import time
from dataclasses import dataclass, field, replace

from app.domain.privacy.notice import Content, Notice, Toggle
from app.domain.privacy.page import (
    AnswerState,
    LinkError,
    LinkProblem,
    PageAnswer,
    PageLink,
    PageNotice,
    PageResult,
)
from app.domain.privacy.purpose_state import PurposeState

HOSTILE = '<script>alert("x")</script>'
NOTICE = Notice(
    "2026-01",
    {
        "id": {content: f"Isi tentang {content.value}.\n\nParagraf kedua." for content in Content},
        "en": {content: f"What we say of {content.value}.\n\nA second paragraph." for content in Content},
    },
    (
        Toggle(("service",), {"id": "Melayani permintaan Anda", "en": "Serve your requests"}),
        Toggle(("accessibility",), {"id": "Menyesuaikan layanan", "en": "Adapt the service"}),
    ),
)
PURPOSES = {"service": PurposeState.GIVEN, "accessibility": PurposeState.MISSING}


@dataclass
class MemoryStore:
    """Links and answers."""

    notice_shown: PageNotice = field(default_factory=lambda: PageNotice(NOTICE, NOTICE.digest, "PT Contoh"))
    links: dict[bytes, PageLink] = field(default_factory=dict)
    left: dict[bytes, int] = field(default_factory=dict)
    answers: dict[tuple[bytes, str], PageAnswer] = field(default_factory=dict)
    numbers: dict[tuple[bytes, str], str] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)

    def new(self, uses: int = 1, valid_ms: int = 3_600_000, **changed: object) -> str:
        """A token of a new link."""
        token = secrets.token_urlsafe(32)
        link = PageLink(_digest(token), NOTICE.code, PURPOSES, expires_ms=_now() + valid_ms)
        self.links[link.digest] = replace(link, **changed)  # type: ignore[arg-type]
        self.left[link.digest] = uses
        return token

    def open(self, token: str) -> PageLink:
        link = self.links.get(_digest(token))
        if link is None:
            raise LinkError(LinkProblem.UNKNOWN)
        if link.expires_ms <= _now():
            raise LinkError(LinkProblem.EXPIRED)
        if not self.left[link.digest]:
            raise LinkError(LinkProblem.USED, link)
        return link

    def notice(self, link: PageLink, language: str) -> PageNotice:
        return self.notice_shown

    def answer(self, link: PageLink, answer: PageAnswer) -> str:
        key = (link.digest, answer.form)
        if key not in self.numbers:
            if not self.left[link.digest]:
                raise LinkError(LinkProblem.USED, link)
            self.left[link.digest] -= 1
            number = f"W-{len(self.numbers) + 1}"
            self.answers[key], self.numbers[key] = answer, number
            self.results[number] = PageResult(number, answer.kind, AnswerState.WAITING)
        return self.numbers[key]

    def result(self, link: PageLink, number: str) -> PageResult | None:
        own = {known for (digest, _), known in self.numbers.items() if digest == link.digest}
        return self.results.get(number) if number in own else None

    @property
    def last(self) -> PageAnswer:
        """The answer that came last."""
        return list(self.answers.values())[-1]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _now() -> int:
    return time.time_ns() // 1_000_000
