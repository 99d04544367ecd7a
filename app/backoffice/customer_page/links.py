"""Making a one-time link to a customer's own page, by reference: no address is known here, and no agent sees the token.

A link shows the notice in force, in the language in which the customer last answered, and asks about the purposes that
rest on consent. A child's asks only about what was agreed to, so that it can be withdrawn: a guardian agrees for a
child, and a link does not tell who opens it. A request may name every purpose, as at a desk.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from app.backoffice.customer_page.store import digest_of
from app.backoffice.customers import NumberRecordQueue, find_record
from app.backoffice.gateways import database_now_ms
from app.backoffice.office import OpenOffice
from app.backoffice.page_tables import page_links, page_notices
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy.notices import in_force
from app.backoffice.privacy.standing import standing_of
from app.backoffice.privacy_schema import consents
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.crypto import hpke
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.privacy.consent import asks_for_consent, fields_under_consent, state_of
from app.domain.privacy.duties import Duty
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.page import TOKEN_BYTES, VALID_MS
from app.domain.privacy.purpose_state import PurposeState
from app.domain.privacy.under_age import may_be_under_age

MADE: Final = "page.link"
DAY_MS: Final = 24 * 3_600_000
MOST_OF_CUSTOMER, MOST_OF_ACCOUNT = 5, 60
"""Links in a day: to one customer, and by one person."""
_KEPT_MS: Final = 30 * DAY_MS


@dataclass(frozen=True, slots=True, repr=False)
class NewLink:
    """A link that was just made: the only moment at which its token exists in the office.

    Attributes:
        token: what opens it.
        customer: the customer's number: whoever sends the link knows the address by it.
        languages: of the page, the first one first.
        expires_ms: until when.
    """

    token: str
    customer: str
    languages: tuple[str, ...]
    expires_ms: int


def make_link(office: OpenOffice, session: Session, record: bytes) -> NewLink:
    """Make one.

    Raises:
        NotAllowedError: code `role_privacy`, `not_in_queue`, or `links`: there were enough today. Logged.
        InputRefusedError: code `no_page_notice`: none is in force. Logged.
    """
    with refusals_logged(office, session, MADE, record=record.hex()):
        must_have(session, Duty.RECORD_CONSENT)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with office.writing() as db:
            customer = find_record(office, db, session, record)
            now = database_now_ms(db, office.clock)
            _bound(db, session, record, now)
            notice = _shown_notice(office, db)
            languages = _languages(db, record, notice)
            link = NewLink(token, customer.number, languages, now + VALID_MS)
            db.execute(
                page_links.insert().values(
                    digest=digest_of(token),
                    record=record,
                    notice=notice.digest,
                    purposes=json.dumps(_purposes(office, _asked(office, db, customer, notice))),
                    languages=" ".join(link.languages),
                    made_by=session.name,
                    made_ms=now,
                    expires_ms=link.expires_ms,
                )
            )
            reference = digest_of(token).hex()[:32]
            office.log.append(db, MADE, record=record.hex(), reference=reference, **session.log_fields())
    return link


def drop_old_links(db: Connection, now_ms: int) -> None:
    """Forget links whose time was over a month ago, with their answers; the ledger and the register have what came."""
    db.execute(page_links.delete().where(page_links.c.expires_ms < now_ms - _KEPT_MS))


def _bound(db: Connection, session: Session, record: bytes, now: int) -> None:
    links = page_links.c
    recent = select(func.count()).select_from(page_links).where(links.made_ms > now - DAY_MS)
    of_customer = db.execute(recent.where(links.record == record)).scalar_one()
    of_account = db.execute(recent.where(links.made_by == session.name)).scalar_one()
    if of_customer >= MOST_OF_CUSTOMER or of_account >= MOST_OF_ACCOUNT:
        raise NotAllowedError("Enough links were made today. Try again tomorrow.", code="links")


def _shown_notice(office: OpenOffice, db: Connection) -> Notice:
    """The notice in force, with a row of it that the public process may read."""
    row = in_force(db)
    if row is None:
        raise InputRefusedError("Publish a privacy notice first; the page shows it.", code="no_page_notice")
    known = select(page_notices.c.digest).where(page_notices.c.digest == row.digest)
    if db.execute(known).first() is None:
        said = {"digest": row.digest, "text": row.text, "sender": office.plate.name, "office": office.id}
        seal_to = hpke.public_of(office.keys.office_kem)
        db.execute(page_notices.insert().values(**said, seal_to=seal_to))
    return notice_from(row.text)


def _languages(db: Connection, record: bytes, notice: Notice) -> tuple[str, ...]:
    """The notice's languages; the one in which the customer last answered a question comes first, else Indonesian."""
    words = consents.c
    query = select(words.receipt).where(words.record == record).order_by(words.number.desc()).limit(1)
    last = db.execute(query).scalar()
    spoken = json.loads(last).get("language", "") if last is not None else ""
    return tuple(sorted(notice.languages, key=lambda language: language != spoken))


def _purposes(office: OpenOffice, asked: dict[str, str]) -> dict[str, str | dict[str, str]]:
    """Every purpose in the inventory's order: how it stands where the page asks about it, else what it is called."""
    told = {one.name: {"id": str(one.label("id")), "en": str(one.label("en"))} for one in office.inventory.purposes}
    return {name: asked.get(name, labels) for name, labels in told.items()}


def _asked(office: OpenOffice, db: Connection, customer: NumberRecordQueue, notice: Notice) -> dict[str, str]:
    """The purposes that the page asks about, each with how it stands."""
    standing = standing_of(db, customer.record)
    year = office.policy.office_hours.local(office.clock.now_ms()).year
    is_child = may_be_under_age(office.inventory, json.loads(customer.masks), year)
    asked = {}
    for purpose in asks_for_consent(office.inventory):
        fields = fields_under_consent(office.inventory, purpose)
        state = state_of(purpose, fields[0] if fields else None, standing)
        if notice.toggle_for(purpose.name) is not None and (not is_child or state is PurposeState.GIVEN):
            asked[purpose.name] = state.value
    return asked
