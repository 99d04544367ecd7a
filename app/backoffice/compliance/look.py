"""One look at the office: what a piece of evidence may ask.

All evidence of a report reads over one connection, so that it tells of one moment, and acts for the office: a count
over one person's queues would be no proof.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.auth.book import Book
from app.backoffice import schema
from app.backoffice.audit_log import AuditLog
from app.backoffice.master import MasterSource
from app.backoffice.office import OpenOffice
from app.domain.compliance.finding import DAY_MS, Found
from app.domain.inventory import Inventory
from app.domain.policy import Policy

AUDIT = schema.audit.c


@dataclass(slots=False)
class Look:
    """What there is to look at.

    Attributes:
        db: the connection that all of it is read over, acting for the office.
        office: O.
        book, policy, inventory, log, master: the office's own.
        host: the office itself, for evidence of parts that ask for it.
        now_ms: by the office's clock.
    """

    db: Connection
    office: bytes
    book: Book
    policy: Policy
    inventory: Inventory
    log: AuditLog
    master: MasterSource
    host: OpenOffice
    now_ms: int

    @classmethod
    def at(cls, office: OpenOffice, db: Connection) -> "Look":
        """Look at an office as it is now."""
        now_ms = office.clock.now_ms()
        return cls(
            db, office.id, office.book, office.policy, office.inventory, office.log, office.master, office, now_ms
        )

    @property
    def is_postgres(self) -> bool:
        """Whether the office lies in PostgreSQL, behind gateways."""
        return self.db.dialect.name == "postgresql"

    def count(self, query: Select[Any]) -> int:
        """How many rows a query has."""
        return int(self.db.execute(select(func.count()).select_from(query.subquery())).scalar_one())

    def last(self, event: str) -> int | None:
        """When the log last told of an event that went well, ms since 1970."""
        query = select(func.max(AUDIT.at_ms)).where(AUDIT.event == event, AUDIT.outcome == "ok")
        found: int | None = self.db.execute(query).scalar()
        return found

    def done_within(self, event: str, days: int, to_do: tuple[str, str]) -> Found:
        """Whether the log told of an event in the last days, and when it was.

        Args:
            event: its word in the log.
            days: so long it holds.
            to_do: how it is done, in English and in Indonesian, said where it does not hold.
        """
        last = self.last(event)
        if last is None:
            return Found(False, f"The log tells of none so far. {to_do[0]}", f"Log belum memuatnya. {to_do[1]}")
        age = max(0, self.now_ms - last) // DAY_MS
        en, id_ = ("today", "hari ini") if age == 0 else (f"{age} days ago", f"{age} hari lalu")
        is_met = self.now_ms - last <= days * DAY_MS
        en, id_ = f"The last one was {en}; it holds for {days} days.", f"Yang terakhir {id_}; berlaku {days} hari."
        return Found(is_met, en if is_met else f"{en} {to_do[0]}", id_ if is_met else f"{id_} {to_do[1]}")

    @cached_property
    def chain(self) -> Found:
        """Whether the whole log holds: read once, however many controls ask for it."""
        from app.backoffice.compliance.on_log import chain_of

        return chain_of(self)
