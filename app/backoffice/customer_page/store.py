"""Links and answers as the public page has them: rows of three tables, by the few columns that its role may touch.

It stands alone: no key but the public one, no book, no log. Whatever it writes is sealed before it leaves the process.
"""

import json
import secrets
from base64 import b32encode
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from app.backoffice.clock import Clock
from app.backoffice.gateways import database_now_ms
from app.backoffice.page_tables import page_answers, page_links, page_notices
from app.crypto import hpke
from app.crypto.derive import sha256
from app.crypto.labels import lp
from app.domain.privacy.notice import notice_from
from app.domain.privacy.page import (
    TOKEN,
    AnswerKind,
    AnswerState,
    LinkError,
    LinkProblem,
    PageAnswer,
    PageLink,
    PageNotice,
    PageResult,
)
from app.domain.privacy.page_content import content_of
from app.domain.privacy.purpose_state import PurposeState

_links, _answers = page_links.c, page_answers.c
_NUMBER_BYTES = 10


def digest_of(token: str) -> bytes:
    """What names a link in the tables: SHA-256 of its token."""
    return sha256(token.encode())


def content_info(office: bytes, link: bytes) -> bytes:
    """What an answer's content is sealed for."""
    return lp("page-answer", office, link)


def purposes_of(text: str) -> tuple[dict[str, PurposeState], dict[str, dict[str, str]]]:
    """The purposes of a link's row: how those stand that it asks about, and what the others are called by language."""
    told = json.loads(text).items()
    asked = {name: PurposeState(state) for name, state in told if isinstance(state, str)}
    return asked, {name: labels for name, labels in told if name not in asked}


@dataclass(frozen=True, slots=True)
class _Opened(PageLink):
    """A link with what proves it, and what purposes are called that it does not ask about."""

    token: str = field(default="", repr=False)
    notice_digest: bytes = b""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class RowPageStore:
    """A `PageStore` over the office's tables."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]], clock: Clock) -> None:
        """Work with these tables.

        Args:
            transaction: begins one; it commits at its end.
            clock: of a home without a database's own.
        """
        self._transaction, self._clock = transaction, clock

    def open(self, token: str) -> PageLink:
        """What a token opens.

        Raises:
            LinkError: nothing.
        """
        if not TOKEN.fullmatch(token):
            raise LinkError(LinkProblem.UNKNOWN)
        shown = (_links.notice, _links.purposes, _links.languages, _links.expires_ms, page_notices.c.text)
        query = select(*shown).join(page_notices, page_notices.c.digest == _links.notice)
        with self._transaction() as db:
            row = db.execute(query.where(_links.digest == digest_of(token))).first()
            if row is None:
                raise LinkError(LinkProblem.UNKNOWN)
            if row.expires_ms <= database_now_ms(db, self._clock):
                raise LinkError(LinkProblem.EXPIRED)
            is_used = _answer_row(db, digest_of(token)) is not None
        purposes, labels = purposes_of(row.purposes)
        link = _Opened(
            digest_of(token),
            notice_from(row.text).code,
            purposes,
            tuple(row.languages.split()),
            row.expires_ms,
            about=(*json.loads(row.purposes),),
            token=token,
            notice_digest=row.notice,
            labels=labels,
        )
        if is_used:
            raise LinkError(LinkProblem.USED, link)
        return link

    def notice(self, link: PageLink, language: str) -> PageNotice:
        """The notice of a link."""
        assert isinstance(link, _Opened), "a link that this store opened"
        row = self._notice_row(link)
        labels = {name: said.get(language) or said.get("id", name) for name, said in link.labels.items()}
        return PageNotice(notice_from(row.text), row.digest, row.sender, labels)

    def answer(self, link: PageLink, answer: PageAnswer) -> str:
        """Keep an answer; gives its number.

        Raises:
            LinkError: another answer was first, or the link's time is over.
        """
        assert isinstance(link, _Opened), "a link that this store opened"
        shown = self._notice_row(link)
        content = hpke.seal(shown.seal_to, content_of(link.token, answer), content_info(shown.office, link.digest))
        form = sha256(answer.form.encode())
        row = {"link": link.digest, "form": form, "number": _new_number(), "kind": answer.kind.value}
        with self._transaction() as db:
            now = database_now_ms(db, self._clock)
            known = _answer_row(db, link.digest)
            if known is None and link.expires_ms <= now:
                raise LinkError(LinkProblem.EXPIRED)
            if known is None:
                try:
                    with db.begin_nested():
                        db.execute(page_answers.insert().values(**row, content=content, received_ms=now))
                    return str(row["number"])
                except IntegrityError:  # somebody was first; or the link has gone
                    known = _answer_row(db, link.digest)
        if known is None or known.form != form:
            raise LinkError(LinkProblem.USED, link)
        return str(known.number)

    def result(self, link: PageLink, number: str) -> PageResult | None:
        """What became of an answer of this link; None: there is none."""
        with self._transaction() as db:
            row = _answer_row(db, link.digest)
        if row is None or row.number != number:
            return None
        return PageResult(row.number, AnswerKind(row.kind), AnswerState(row.state), row.office_number)

    def _notice_row(self, link: PageLink) -> Row[Any]:
        assert isinstance(link, _Opened), "a link that this store opened"
        with self._transaction() as db:
            return db.execute(select(page_notices).where(page_notices.c.digest == link.notice_digest)).one()


def _answer_row(db: Connection, link: bytes) -> Any:
    shown = (_answers.form, _answers.number, _answers.kind, _answers.state, _answers.office_number)
    return db.execute(select(*shown).where(_answers.link == link)).first()


def _new_number() -> str:
    """Drawn, so that it tells nobody how many there are."""
    return f"W-{b32encode(secrets.token_bytes(_NUMBER_BYTES)).decode()}"
