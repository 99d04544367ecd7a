"""When consent was withdrawn and not given again: an event that times of retention count from, out of the ledger.

The rule is the ledger's own (`app/domain/privacy/consent.py:last_word`): a consent counts only if it lies behind every
withdrawal both by place and by clock.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from app.backoffice.privacy.standing import event_of
from app.backoffice.privacy_schema import consents
from app.backoffice.retention.days import day_of
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.privacy.consent import ConsentEvent, Said, last_word
from app.domain.retention.engine import rules_of

_table = consents.c


def withdrawable(inventory: Inventory) -> frozenset[str]:
    """Purposes whose withdrawal is an event of some rule."""
    events = (event for rule in rules_of(inventory) for event in rule.events)
    return frozenset(purpose for start, purpose in events if start is RetentionStart.CONSENT_WITHDRAWN)


def withdrawn_days(db: Connection, records: Sequence[bytes]) -> dict[bytes, dict[str, date]]:
    """By customer and purpose, the day of a withdrawal that counts."""
    words = defaultdict[bytes, list[ConsentEvent]](list)
    query = select(consents).where(_table.record.in_(records)).order_by(_table.number)
    for row in db.execute(query):
        words[row.record].append(event_of(row))
    found = defaultdict[bytes, dict[str, date]](dict)
    for record, events in words.items():
        for purpose in {event.purpose for event in events}:
            last = last_word(events, purpose)
            if last is not None and last.said is Said.WITHDRAWN:
                found[record][purpose] = day_of(last.at_ms)
    return found


def withdrawn(purpose: str, until_ms: int | None = None) -> Select[Any]:
    """The same as a query of one purpose: columns `record` and `at_ms`.

    Args:
        purpose: which.
        until_ms: only those before this moment.
    """
    said_no = (
        select(_table.record, func.max(_table.at_ms).label("at_ms"), func.max(_table.number).label("number"))
        .where(_table.purpose == purpose, ~_table.given)
        .group_by(_table.record)
        .subquery()
    )
    again = consents.alias()
    given_again = exists().where(
        again.c.record == said_no.c.record,
        again.c.purpose == purpose,
        again.c.given,
        again.c.number > said_no.c.number,
        again.c.at_ms > said_no.c.at_ms,
    )
    query = select(said_no.c.record, said_no.c.at_ms).where(~given_again)
    return query if until_ms is None else query.where(said_no.c.at_ms < until_ms)


def has_withdrawn(record: ColumnElement[Any], purpose: str, until_ms: int | None = None) -> ColumnElement[bool]:
    """Whether a customer's consent to a purpose is withdrawn, before a moment where one is named."""
    return record.in_(select(withdrawn(purpose, until_ms).subquery().c.record))
