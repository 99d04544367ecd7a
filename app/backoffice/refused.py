"""Refusals that stand in the log: who asked for what they may not."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.auth.book import MOVED
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError


@contextmanager
def refusals_logged(office: OpenOffice, session: Session, event: str, **fields: str) -> Iterator[None]:
    """Write down what the block refuses, but not that the book has grown meanwhile: that is tried again.

    Args:
        office: the open office.
        session: who asks.
        event: what they ask for.
        fields: further columns of the entry, without personal data.
    """
    try:
        yield
    except (NotAllowedError, InputRefusedError, VerificationError) as e:
        if e.code != MOVED:
            with office.writing() as db:
                office.log.append(db, event, "refused", reason=e.code or "book", **fields, **session.log_fields())
        raise
