"""The time that retention believes, kept from look to look (`app/domain/retention/trusted_time.py`).

A clock that somebody set, forward or back, makes nothing due until a privacy officer with a fresh code says that the
date is right; that stands in the log.
"""

import json
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from app.backoffice.database import put_setting, setting
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.retention.trusted_time import Doubt, TimeNow, TimeSeen, look
from app.domain.role import Role

CONFIRMED = "retention.date"
_SETTING = "retention_time"
_KEEP_EVERY_MS = 600_000


def time_now(office: OpenOffice, db: Connection) -> TimeNow:
    """What is believed now; changes nothing."""
    return look(_seen(db), *_clocks(office))


def keep_time(office: OpenOffice, db: Connection) -> TimeNow:
    """The same, kept for the next look; in a transaction that writes."""
    seen, now = _seen(db), time_now(office, db)
    if seen is None or seen.boot_id != now.seen.boot_id or now.seen.at_ms - seen.at_ms >= _KEEP_EVERY_MS:
        _keep(db, now.seen)
    return now


def keep_first_time(office: OpenOffice) -> None:
    """Begin to compare, where nobody has looked at the time before."""
    with office.database.reading() as db:
        is_first = _seen(db) is None
    if is_first:
        with office.writing() as db:
            keep_time(office, db)


def today(office: OpenOffice, db: Connection) -> tuple[date, Doubt]:
    """The day that is believed, in UTC, and why the clock is not."""
    now = time_now(office, db)
    return datetime.fromtimestamp(now.seen.at_ms / 1000, UTC).date(), now.doubt


def confirm_date(office: OpenOffice, session: Session, day: date) -> None:
    """Say that the office's date is right, after it had jumped or nobody had been there for days.

    Raises:
        NotAllowedError: code `role`; or a stale code.
        InputRefusedError: code `clock`: the office has another date than the person.
    """
    with refusals_logged(office, session, CONFIRMED), office.writing() as db:
        if session.role is not Role.PRIVACY_OFFICER:
            raise NotAllowedError("A privacy officer says whether the date is right.", code="role")
        wall, boot_id, boot_ms = _clocks(office)
        if datetime.fromtimestamp(wall / 1000, UTC).date() != day:
            raise InputRefusedError("The office's clock has another date. Have it set first.", code="clock")
        needs_step_up(office, session)
        before = time_now(office, db)
        _keep(db, TimeSeen(wall, boot_id, boot_ms))
        detail = f"doubt={before.doubt.value or '-'} day={day.isoformat()}"
        office.log.append(db, CONFIRMED, detail=detail, **session.log_fields())


def _clocks(office: OpenOffice) -> tuple[int, str, int]:
    clock = office.clock
    return clock.now_ms(), clock.boot_id(), int(clock.boot_s() * 1000)


def _seen(db: Connection) -> TimeSeen | None:
    raw = setting(db, _SETTING)
    return TimeSeen(*json.loads(raw)) if raw is not None else None


def _keep(db: Connection, seen: TimeSeen) -> None:
    put_setting(db, _SETTING, json.dumps([seen.at_ms, seen.boot_id, seen.boot_ms]).encode())
