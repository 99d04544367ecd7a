"""People of a test office who have taken all lessons and accepted the rules: what other tests are not about."""

from collections.abc import Iterable

from sqlalchemy import select

from app.backoffice import training_tables
from app.backoffice.office import OpenOffice
from app.backoffice.training.acceptance import keep
from app.backoffice.training.certificates import issue
from app.domain.training.lesson import LESSONS

_TABLE = training_tables.rules_accepted


def train(office: OpenOffice, people: Iterable[str]) -> None:
    """Give each of these people what the lessons give, as the office does, without its entries in the log."""
    with office.writing() as db:
        known = set(db.execute(select(_TABLE.c.account)).scalars())
        for account in people:
            if account not in known:
                keep(office, db, account, office.clock.now_ms(), bytes(16), b"")
                for lesson in LESSONS:
                    issue(office, db, account, lesson, 12, 12)
