"""Taking in what customers answered on their page: signed receipts in the ledger, or a request with its term.

Each answer is taken once, whole or not at all, in the order in which they came. A withdrawal is always written down,
and counts against every consent before it; a consent is refused where the customer has withdrawn since, where nobody
asks for it any more, and where a guardian would have to give it. It counts by the notice that its link showed. The
public process is not believed: an answer that does not bring its link's token, or says what its link does not ask, is
refused.
"""

import json
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from app.auth.consent_receipt import Receipt, signed
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.card_gate import kept
from app.backoffice.customer_page.links import drop_old_links
from app.backoffice.customer_page.store import content_info, digest_of, purposes_of
from app.backoffice.customer_sync import touch
from app.backoffice.customers import NumberRecordQueue
from app.backoffice.gateways import database_now_ms
from app.backoffice.office import OpenOffice
from app.backoffice.page_tables import page_answers, page_links, page_notices
from app.backoffice.privacy.consents import reopen
from app.backoffice.privacy.standing import event_of, ledger_of
from app.backoffice.privacy_schema import consents, notices
from app.backoffice.subject_requests.rows import wrapped_words
from app.backoffice.subject_tables import subject_requests
from app.crypto import hpke
from app.crypto.derive import same, sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError
from app.domain.privacy.consent import Channel, Said, Speaker, asks_for_consent
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.page import AnswerKind, AnswerState, PageAnswer
from app.domain.privacy.page_content import answer_from
from app.domain.privacy.under_age import may_be_under_age
from app.domain.subject_requests.clock import due_ms
from app.domain.subject_requests.words import NAMES_PURPOSES, NEEDS_PURPOSES, RequestState
from app.domain.subject_requests.words import Channel as RequestChannel

TAKEN: Final = "page.answer"
AT_ONCE: Final = 50
_answers = page_answers.c
_WAITS: Final = select(page_answers).where(_answers.state == AnswerState.WAITING.value)


def take_waiting(office: OpenOffice) -> int:
    """Take in what waits, in a transaction of its own; how many there were."""
    with office.database.reading() as db:
        if db.execute(_WAITS.limit(1)).first() is None:
            return 0
    with acting_for(OFFICE), office.writing() as db:
        return take_in(office, db)


def take_in(office: OpenOffice, db: Connection) -> int:
    """Take in what waits, oldest first, in a transaction that acts for the office; how many there were."""
    now = database_now_ms(db, office.clock)
    drop_old_links(db, now)
    rows = db.execute(_WAITS.order_by(_answers.received_ms, _answers.number).limit(AT_ONCE)).all()
    for row in rows:
        with db.begin_nested():
            _take(office, db, row, now)
    return len(rows)


def _take(office: OpenOffice, db: Connection, row: Row[Any], now: int) -> None:
    link = db.execute(select(page_links).where(page_links.c.digest == row.link)).one()
    customers = schema.customers  # a customer who is erased takes their links along
    customer = db.execute(select(customers).where(customers.c.record == link.record)).one()
    number, code = "", ""
    try:
        answer = _opened(office, row, link)
        at_ms = min(max(row.received_ms, link.made_ms), now)
        taking = _Taking(office, db, customer, link, row, answer, at_ms)
        number, code = taking.request() if answer.kind is AnswerKind.RIGHT else taking.words()
    except InputRefusedError as e:
        code = e.code
    partly = AnswerState.PARTLY if code else AnswerState.TAKEN
    state = partly if number else AnswerState.REFUSED
    done = {"state": state.value, "code": code, "office_number": number, "content": b""}
    db.execute(page_answers.update().where(_answers.link == row.link).values(**done, taken_ms=now))
    said = f"number={row.number} kind={row.kind}" + (f" became={number}" if number else "")
    outcome = "ok" if number else "refused"
    reference = row.link.hex()[:32]
    office.log.append(db, TAKEN, outcome, record=link.record.hex(), reference=reference, reason=code, detail=said)


def _opened(office: OpenOffice, row: Row[Any], link: Row[Any]) -> PageAnswer:
    """What was answered, once it is one that this link's page sends.

    Raises:
        InputRefusedError: code `content`.
    """
    try:
        content = hpke.unseal(office.keys.office_kem, row.content, content_info(office.id, row.link))
    except SealError as e:
        raise InputRefusedError("This is no answer of the page.", code="content") from e
    token, answer = answer_from(content)
    asked, others = purposes_of(link.purposes)
    holds = (
        same(digest_of(token), link.digest)
        and answer.kind.value == row.kind
        and answer.language in link.languages.split()
        and same(answer.notice_digest, link.notice)
        and {*answer.said} <= {*asked}
        and {*answer.purposes} <= {*asked, *others}
    )
    if not holds:
        raise InputRefusedError("This is no answer of the page.", code="content")
    return answer


class _Taking:
    """One answer that is taken in."""

    def __init__(
        self,
        office: OpenOffice,
        db: Connection,
        customer: NumberRecordQueue,
        link: Row[Any],
        row: Row[Any],
        answer: PageAnswer,
        at_ms: int,
    ) -> None:
        self._office, self._db, self._customer = office, db, customer
        self._link, self._row, self._answer, self._at_ms = link, row, answer, at_ms

    def words(self) -> tuple[str, str]:
        """Write each word into the ledger; number of the last receipt, and why another word was refused."""
        text = self._db.execute(select(page_notices.c.text).where(page_notices.c.digest == self._link.notice))
        notice = notice_from(text.scalar_one())
        number = refused = ""
        for purpose, said in self._answer.said.items():
            why = self._refusal(purpose, notice) if said is Said.GIVEN else ""
            if why:
                refused = why
            else:
                number = self._keep(purpose, said, notice)
        if number:
            touch(self._db, self._customer.record)
        return number, refused

    def _refusal(self, purpose: str, notice: Notice) -> str:
        office = self._office
        toggle = notice.toggle_for(purpose)
        if purpose not in {one.name for one in asks_for_consent(office.inventory)} or toggle is None:
            return "no_purpose"
        year = office.policy.office_hours.local(self._at_ms).year
        if may_be_under_age(office.inventory, json.loads(self._customer.masks), year):
            return "guardian"
        events = [event_of(row) for row in ledger_of(self._db, self._customer.record) if row.purpose == purpose]
        is_over = any(event.said is Said.WITHDRAWN and event.at_ms >= self._at_ms for event in events)
        return "withdrawn_now" if is_over else ""

    def _keep(self, purpose: str, said: Said, notice: Notice) -> str:
        office, db, record = self._office, self._db, self._customer.record
        at_ms = self._at_ms
        if said is Said.WITHDRAWN:
            at_ms = max([at_ms, *(row.at_ms for row in ledger_of(db, record) if row.purpose == purpose)])
        id_ = self._id(f"consent {purpose}")
        toggle, language = notice.toggle_for(purpose), self._answer.language
        question = toggle.label(language) if toggle is not None else ""
        text = Receipt(
            id=id_.hex(),
            office=office.id.hex(),
            office_name=office.plate.name,
            record=record.hex(),
            customer=self._customer.number,
            purpose=purpose,
            question=question,
            said=said.value,
            at_ms=at_ms,
            language=language,
            notice=notice.code,
            notice_hash=notice.digest.hex(),
            channel=Channel.WEB.value,
            agent="",
            speaker=Speaker.SELF.value,
            recording=self._row.number,
            means="",
        ).text()
        told = db.execute(select(notices.c.id).where(notices.c.digest == self._link.notice)).scalar()
        row = {"id": id_, "record": record, "purpose": purpose, "given": said is Said.GIVEN, "at_ms": at_ms}
        row |= {"notice": told, "channel": Channel.WEB.value, "account": "", "receipt": text}
        signature = signed(office.id, office.keys.checkpoint_seed, text)
        db.execute(consents.insert().values(**row, signature=signature))
        if said is Said.GIVEN:
            reopen(office, db, record, purpose, at_ms)
        return id_.hex()[:12]

    def request(self) -> tuple[str, str]:
        """Open a request, whose term runs from when the page took it."""
        office, db, customer, answer = self._office, self._db, self._customer, self._answer
        assert answer.right is not None, "judged when the content was read"
        id_, columns = self._id("request"), subject_requests.c
        number = 1 + (db.execute(select(func.max(columns.number))).scalar() or 0)
        words = kept(answer.details)
        every = tuple(purpose.name for purpose in office.inventory.purposes)
        named = answer.purposes if answer.right in NAMES_PURPOSES else ()
        purposes = named or (every if answer.right in NEEDS_PURPOSES else ())
        row = {"id": id_, "number": number, "record": customer.record, "queue": customer.queue}
        row |= {"kind": answer.right.value, "channel": RequestChannel.WEB.value, "purposes": " ".join(purposes)}
        row |= {"received_ms": self._at_ms, "opened_ms": office.clock.now_ms(), "opened_by": ""}
        row |= {"due_ms": due_ms(self._at_ms), "state": RequestState.OPEN.value, "revision": 1}
        db.execute(subject_requests.insert().values(**row, words=wrapped_words(office, customer, id_, words)))
        return str(number), ""

    def _id(self, what: str) -> bytes:
        """An id that this answer alone has, so that nothing is written twice."""
        return sha256(lp("page-row", self._office.id, self._row.link, what))[:16]
