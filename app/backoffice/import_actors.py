"""Who imports: a person in a session, or the office itself by a schedule that a person has set up.

Both are judged anew in each step of an import, since roles, sessions and sources may end meanwhile. A scheduled import
stands in the log under the actor `gateway`, with the account that set the source up in `acting_with`: nobody was there,
and somebody answers for it. It runs on that account's right, no further: when the account is closed or its role may
import no more, the source waits for somebody else to set it up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, select

from app.auth.book import BookError
from app.auth.names import GATEWAY
from app.backoffice import schema
from app.backoffice.jobs import Taken, check_taken
from app.backoffice.office import OpenOffice, SessionUnknownError
from app.backoffice.sessions import session_by_id
from app.domain.errors import NotAllowedError
from app.domain.role import Role

NO_IMPORTS = "This role brings no customers in; a supervisor does."


@dataclass(frozen=True, slots=True)
class ImportActor:
    """Whoever imports, as they are at this moment.

    Attributes:
        name: of the account, or `gateway`.
        role: on whose right.
        log_fields: who, for an audit entry.
    """

    name: str
    role: Role
    log_fields: Mapping[str, str]


class Importer(Protocol):
    """Tells whose import it is, anew for each step."""

    def now(self, office: OpenOffice, db: Connection) -> ImportActor:
        """Who that is now; book and policy are caught up with.

        Raises:
            SessionUnknownError: the session is over.
            NotAllowedError: they may import nothing any more.
        """


@dataclass(frozen=True, slots=True)
class SessionImporter:
    """A person, in the session of a command."""

    session: bytes

    def now(self, office: OpenOffice, db: Connection) -> ImportActor:
        """The person behind the session."""
        session = session_by_id(office, db, self.session)
        if session is None or session.kind != "command":
            raise SessionUnknownError("Your session is over; sign in again.", code="session_over")
        if not office.policy.may_import(session.role):
            raise NotAllowedError(NO_IMPORTS, code="role")
        return ImportActor(session.name, session.role, session.log_fields())


@dataclass(frozen=True, slots=True)
class SourceImporter:
    """The office, for a source that somebody has set up.

    Attributes:
        name: of the source.
        digest: of the declaration that is read now; another one was not set up by anybody.
        seat: which gateway.
        job: the job that it runs as; another gateway may take that over, and this one is through then.
    """

    name: str
    digest: bytes
    seat: str
    job: Taken

    def now(self, office: OpenOffice, db: Connection) -> ImportActor:
        """The office, and who set the source up.

        Raises:
            JobLostError: another gateway has the job.
        """
        check_taken(db, self.job)
        table = schema.import_sources
        row = db.execute(select(table).where(table.c.name == self.name)).first()
        if row is None:
            raise NotAllowedError("This source is not set up any more.", code="source_gone")
        if row.digest != self.digest:
            raise NotAllowedError(
                "The file of this source has changed since it was set up. Set it up again.", code="source_changed"
            )
        try:
            role = Role(office.book.active(row.set_up_by).role)
        except BookError:
            role = None
        if role is None or not office.policy.may_import(role):
            raise NotAllowedError(
                "Who set this source up may bring no customers in any more. Set it up again.", code="source_owner"
            )
        return ImportActor(GATEWAY, role, {"actor": GATEWAY, "acting_with": row.set_up_by, "seat": self.seat})
