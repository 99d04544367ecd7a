"""Orders to erase that somebody carries out by hand, step by step, and what has to hold after each of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from app.auth.erasure_order import Subject
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure import running
from app.backoffice.erasure.destroying import WHAT_GOES
from app.backoffice.erasure.job import ErasureJob
from app.backoffice.erasure_tables import erasure_subjects, erasures, suppressed
from app.backoffice.office import OpenOffice
from app.domain.erasure.words import Action, Fate, Ground, OrderState
from app.session.erasures import Erasures
from tests.office.made import MadeOffice

_subjects, _log = erasure_subjects.c, schema.audit.c


@contextmanager
def approved(office: MadeOffice, records: list[bytes], patch: pytest.MonkeyPatch) -> Iterator[None]:
    """An order that nobody has begun to carry out, with its people still there: the office leaves with the last one."""
    patch.setattr(ErasureJob, "begin", lambda _job: None)
    people = [office.bare(account, "command") for account in ("hendra", "dewi")]
    hendra, dewi = (Erasures(one.identity, now=lambda: office.clock.now_ms() / 1000) for one in people)
    hendra.propose(Action.ERASE, Ground.REQUESTED, "DSR-1", [Subject(record) for record in records])
    dewi.approve(dewi.order(dewi.orders()[0].id.hex()))
    yield
    for one in people:
        one.end()


def whole_or_gone(office: OpenOffice, records: list[bytes]) -> int:
    """Demand that every customer is whole or gone, in rows, fate and log alike; how many are gone."""
    gone = 0
    with acting_for(OFFICE), office.database.reading() as db:
        (order,) = db.execute(select(erasures)).all()
        fates = dict(db.execute(select(_subjects.record, _subjects.fate)).all())
        told = [row.record for row in db.execute(select(_log.record).where(_log.event == running.CUSTOMER_GONE))]
        people = set(db.execute(select(suppressed.c.person)).scalars())
        for record in records:
            left = {t.name for t in WHAT_GOES if db.execute(select(t).where(t.c.record == record)).first()}
            is_gone = not left
            assert is_gone or {"customers", "sealed_values"} <= left
            assert fates[record] == (Fate.ERASED if is_gone else Fate.PENDING).value
            assert told.count(record.hex()) == is_gone
            gone += is_gone
        assert len(people) == gone
        done = db.execute(select(_log.number).where(_log.event == running.ORDER_DONE)).all()
        is_over = order.state == OrderState.DONE.value
        assert bool(order.certificate) == is_over
        assert len(done) == is_over, "the end is told once, with its certificate"
        assert not is_over or (gone == len(records) and order.purged_ms)
    return gone
