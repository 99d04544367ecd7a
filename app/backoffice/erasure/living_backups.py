"""Which backups can still bring an erased customer back: those whose record keys' period was not destroyed.

Read from the log, which has each backup with its periods and each key that was destroyed, at a workstation and behind
gateways alike. Without the file of record keys no sealed value of a backup opens, so it is these periods that count.
"""

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.backup_keys import RECORDS_KEPT_MS

_log = schema.audit.c
_NAMED_BY = ("backup.begin", "office.restored")
"""A restored office does not know the backups that came after its own; the restore names their periods."""


def living_record_periods(db: Connection, before_ms: int) -> dict[str, int]:
    """Periods of record keys of backups that were begun before a time, and when each is due to be destroyed, ms."""
    begun = select(_log.at_ms, _log.detail).where(
        _log.event.in_(_NAMED_BY), _log.outcome == "ok", _log.at_ms <= before_ms
    )
    first: dict[str, int] = {}
    for at_ms, detail in db.execute(begun.order_by(_log.number)):
        for period in detail.partition("periods=")[2].split(" ")[0].split("+"):
            if period.startswith("records-"):
                first.setdefault(period, at_ms)
    gone = set(
        db.execute(select(_log.reference).where(_log.event == "backup.destroy_key", _log.outcome == "ok")).scalars()
    )
    return {period: at_ms + RECORDS_KEPT_MS for period, at_ms in sorted(first.items()) if period not in gone}
