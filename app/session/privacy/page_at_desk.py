"""A customer's own page at a desk: links and answers of one sitting, over the session of whoever shows it.

It keeps what `PageStore` promises. The one link lives in this process and for a quarter of an hour. What the customer
says is written down at once by the office, whose receipt it is; the same form sent twice is written down once, since
its ids come from the form.
"""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Final

from app.api.client import consents as calls
from app.api.client import subject_requests as request_calls
from app.api.messages.consents import CustomerPrivacy, RecordConsent
from app.api.messages.subject_requests import OpenRequest
from app.auth.session_card import consent_request
from app.crypto.derive import same, sha256
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory import Inventory
from app.domain.privacy.consent import Channel, Said, Speaker
from app.domain.privacy.means import BY_THEMSELVES, Speaking
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.page import (
    LONGEST_DETAILS,
    TOKEN_BYTES,
    AnswerKind,
    AnswerState,
    LinkError,
    LinkProblem,
    PageAnswer,
    PageLink,
    PageNotice,
    PageResult,
)
from app.domain.subject_requests.words import Channel as RequestChannel
from app.session.identity import Identity

SITTING_MS: Final = 15 * 60_000
MOST_ANSWERS: Final = 10
_PREFIX: Final = 5
_REFUSALS: Final = frozenset({"guardian", "of_age", "no_purpose", "no_question", "notice", "withdrawn_now"})
"""Why the office does not write one word down, whatever else was said."""


class PageAtDesk:
    """One customer's sitting.

    Attributes:
        token: of its link.
        ends_ms: when it is over.
    """

    def __init__(
        self,
        identity: Identity,
        inventory: Inventory,
        number: str,
        speaking: Speaking = BY_THEMSELVES,
        now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        """Begin it.

        Args:
            identity: whose session it is.
            inventory: which purposes there are.
            number: the customer's.
            speaking: who sits at the page, and how that was made sure of.
            now_ms: the clock.

        Raises:
            NotAllowedError: code `role_privacy` or `no_customer`.
            InputRefusedError: code `notice` (none is in force), `guardian` (a guardian agrees for them, and nobody said
                that one sits here), `of_age` (no guardian speaks for them) or `means` (none of this speaker's).
        """
        self._identity, self._inventory, self._now_ms = identity, inventory, now_ms
        self._speaking = speaking
        if not speaking.holds:
            raise InputRefusedError("Say how this was made sure of.", code="means")
        found = calls.at_desk(identity.client, number)
        if not found.privacy.notice:
            raise InputRefusedError("No privacy notice is in force. Publish one first.", code="notice")
        is_guardian = speaking.speaker is Speaker.GUARDIAN
        if found.privacy.is_child and not is_guardian:
            what = "A parent or guardian speaks for this customer (UU PDP article 25): --speaker guardian."
            raise InputRefusedError(what, code="guardian")
        if is_guardian and found.privacy.is_of_age:
            what = "This customer is of age and speaks for themselves."
            raise InputRefusedError(what, code="of_age")
        self._record = found.record
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self.ends_ms = now_ms() + SITTING_MS
        self._results: dict[str, PageResult] = {}
        self._numbers: dict[str, str] = {}
        self._lock = threading.Lock()

    def open(self, token: str) -> PageLink:
        """See `PageStore.open`."""
        if not same(sha256(token.encode()), sha256(self.token.encode())):
            raise LinkError(LinkProblem.UNKNOWN)
        if self._now_ms() >= self.ends_ms:
            raise LinkError(LinkProblem.EXPIRED)
        panel = calls.panel(self._identity.client, self._record)
        link = self._link(panel)
        if len(self._numbers) >= MOST_ANSWERS:
            raise LinkError(LinkProblem.USED, link)
        return link

    def _link(self, panel: CustomerPrivacy) -> PageLink:
        notice = self._notice(panel)
        asked = {one.name: one.state for one in panel.purposes if one.asks and notice.toggle_for(one.name) is not None}
        return PageLink(
            digest=sha256(self.token.encode()),
            notice=panel.notice,
            purposes=asked,
            about=tuple(one.name for one in self._inventory.purposes),
            languages=tuple(one for one in ("id", "en") if one in notice.languages) or ("id",),
            expires_ms=self.ends_ms,
            speaking=self._speaking,
        )

    @staticmethod
    def _notice(panel: CustomerPrivacy) -> Notice:
        if not panel.notice:
            raise LinkError(LinkProblem.EXPIRED)
        return notice_from(panel.notice)

    def notice(self, link: PageLink, language: str) -> PageNotice:
        """See `PageStore.notice`; a link of a desk carries the notice's text."""
        notice = notice_from(link.notice)
        labels = {one.name: str(one.label(language)) for one in self._inventory.purposes}
        return PageNotice(notice, notice.digest, self._inventory.controller.name, labels)

    def answer(self, link: PageLink, answer: PageAnswer) -> str:
        """See `PageStore.answer`. One at a time: two clicks are one answer."""
        with self._lock:
            if answer.form not in self._numbers:
                if len(self._numbers) >= MOST_ANSWERS:
                    raise LinkError(LinkProblem.USED, link)
                result = self._asked_for(answer) if answer.kind is AnswerKind.RIGHT else self._said(answer)
                self._results[result.number], self._numbers[answer.form] = result, result.number
            return self._numbers[answer.form]

    def result(self, _link: PageLink, number: str) -> PageResult | None:
        """See `PageStore.result`."""
        return self._results.get(number)

    def _said(self, answer: PageAnswer) -> PageResult:
        """Write down each word, withdrawals first; what the office refuses does not undo the others."""
        refused = 0
        for purpose, said in sorted(answer.said.items(), key=lambda one: one[1] is Said.GIVEN):
            try:
                calls.record_consent(self._identity.client, self._signed(answer, purpose, said))
            except (NotAllowedError, InputRefusedError) as e:
                if e.code not in _REFUSALS:
                    raise
                refused += 1
        told = {0: AnswerState.TAKEN, len(answer.said): AnswerState.REFUSED}.get(refused, AnswerState.PARTLY)
        return PageResult(_form_id(answer)[:_PREFIX].hex().upper(), answer.kind, told)

    def _signed(self, answer: PageAnswer, purpose: str, said: Said) -> RecordConsent:
        identity = self._identity
        own = sha256(answer.form.encode() + b"\0" + purpose.encode())
        request = RecordConsent(
            request=_form_id(answer)[:_PREFIX] + own[: 16 - _PREFIX],  # the receipt's id begins with the number
            record=self._record,
            purpose=purpose,
            said=said,
            channel=Channel.DESK,
            language="en" if answer.language == "en" else "id",
            notice=answer.notice_digest,
            speaker=self._speaking.speaker,
            recording=self._speaking.reference,
            means=self._speaking.means,
        )
        signature = identity.sign(consent_request(identity.office, identity.session, request.signed_text()))
        return request.model_copy(update={"signature": signature})

    def _asked_for(self, answer: PageAnswer) -> PageResult:
        if answer.right is None:
            raise InputRefusedError("A request names a right.", code="right")
        asked = OpenRequest(
            id=_form_id(answer),
            record=self._record,
            kind=answer.right,
            channel=RequestChannel.IN_PERSON,
            purposes=answer.purposes,
            words=self._with_speaker(answer.details),
        )
        opened = request_calls.open_request(self._identity.client, asked)
        return PageResult(str(opened.number), answer.kind, AnswerState.TAKEN)

    def _with_speaker(self, details: str) -> str:
        """The words of a request, and who asks for the customer: whoever checks the identity has to know it."""
        speaking = self._speaking
        if speaking.speaker is Speaker.SELF:
            return details
        said = f"[{' '.join(part for part in (speaking.speaker.value, speaking.means, speaking.reference) if part)}]"
        return f"{said} {details}".strip()[:LONGEST_DETAILS]


def _form_id(answer: PageAnswer) -> bytes:
    return sha256(answer.form.encode())[:16]
