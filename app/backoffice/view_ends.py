"""When a shown value closed again, as its console tells: in batches, later, and holding nothing up.

Enforced by *software*: a changed console may tell a shorter time, or nothing; the ledger then says "up to 30 s". It can
tell of its own openings alone, of each once, and of no longer time than has passed.
"""

from sqlalchemy import Connection, Row, select

from app.api.messages.exposures import ClosedView, ViewsClosed
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError

EVENT = "view.closed"
SHOWING_EVENTS = ("reveal", "notes.read")
_SLACK_MS = 2_000
"""Between the office's entry and the console's clock."""


def close_views(office: OpenOffice, session: Session, told: ViewsClosed) -> None:
    """Write down when values closed; one that is known already stays as it was.

    Raises:
        NotAllowedError: code `no_view`: an entry is none of this session's openings, or has not been open for so long.
            Logged, and nothing of the batch is taken.
    """
    with refusals_logged(office, session, EVENT), office.writing() as db:
        for view in told.views:
            opening = _opening(db, session, view.entry)
            most_ms = _most_ms(office, opening)
            if view.shown_ms > most_ms:
                raise NotAllowedError("This session has opened nothing for so long.", code="no_view")
            if not _is_known(db, view.entry):
                _store(office, db, session, view)


def _opening(db: Connection, session: Session, entry: int) -> Row[tuple[object, ...]]:
    table = schema.audit
    mine = (table.c.session == session.id.hex(), table.c.event.in_(SHOWING_EVENTS), table.c.outcome == "ok")
    row = db.execute(select(table).where(table.c.number == entry, *mine)).first()
    if row is None:
        raise NotAllowedError("This session has opened nothing under that number.", code="no_view")
    return row


def _most_ms(office: OpenOffice, opening: Row[tuple[object, ...]]) -> int:
    """The longest that it can have stood open; a clock that was set back since bounds nothing."""
    view_ms = office.policy.view_s * 1000
    passed_ms = office.clock.now_ms() - opening.at_ms
    if opening.event != "reveal":
        view_ms = office.policy.session_s * 1000
    return int(min(view_ms, passed_ms) if passed_ms >= 0 else view_ms) + _SLACK_MS


def _is_known(db: Connection, entry: int) -> bool:
    return db.execute(select(schema.view_ends.c.entry).where(schema.view_ends.c.entry == entry)).first() is not None


def _store(office: OpenOffice, db: Connection, session: Session, view: ClosedView) -> None:
    db.execute(schema.view_ends.insert().values(entry=view.entry, shown_ms=view.shown_ms, cause=view.cause.value))
    detail = f"entry={view.entry} ms={view.shown_ms}"
    office.log.append(db, EVENT, reason=view.cause.value, detail=detail, **session.log_fields())
