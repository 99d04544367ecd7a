"""The public page's own way to PostgreSQL: short transactions of a role that sees a few columns, and nobody's rows.

It asks for no version of the tables and says for nobody that it works: its role may read nothing of the kind.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from app.backoffice.customer_page.role import PAGE_RIGHTS, apply_page_rights
from app.backoffice.postgres import AWAY_HINT, DatabaseAwayError
from app.domain.errors import WorkstationError

USUAL_ROLE = "tirai_page"
_CONNECT_S, _STATEMENT_TIMEOUT = 5, "5s"
_SEEN = (
    "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname = 'public' AND (has_any_column_privilege(c.oid, 'SELECT') "
    "OR has_any_column_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE'))"
)
"""Tables of which the role may read, change or take away anything."""


def give_rights(owner: Engine, role: str = USUAL_ROLE) -> bool:
    """Give the page's role what it needs, where there is such a role.

    Args:
        owner: the way of the tables' owner.
        role: its name.

    Returns:
        Whether there is one.
    """
    with owner.begin() as db:
        is_there = db.execute(text("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = :role"), {"role": role}).first()
        if is_there is not None:
            apply_page_rights(db, role)
    return is_there is not None


class PageDatabase:
    """A small pool of connections."""

    def __init__(self, words: Mapping[str, str], pool: int) -> None:
        """Make it; nothing is asked yet.

        Args:
            words: libpq's words for the way to the database, as the page's role.
            pool: connections at most.
        """
        self._engine = create_engine(
            "postgresql+psycopg://",
            pool_size=pool,
            max_overflow=0,
            pool_timeout=_CONNECT_S,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": _CONNECT_S, **words, "prepare_threshold": None},
        )

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction; it commits at its end.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        try:
            with self._engine.begin() as db:
                db.execute(text(f"SET LOCAL statement_timeout = '{_STATEMENT_TIMEOUT}'"))
                yield db
        except (OperationalError, InterfaceError, NoConnectionError) as e:
            raise DatabaseAwayError(AWAY_HINT) from e

    def check_role(self) -> None:
        """Refuse a role that sees anything that the page does not need: who takes this process must find nothing.

        Raises:
            WorkstationError: code `page_role`.
            DatabaseAwayError: the database does not answer.
        """
        with self.transaction() as db:
            seen = set(db.execute(text(_SEEN)).scalars())
        if seen != set(PAGE_RIGHTS):
            what = "sees more than the customers' page needs" if seen - set(PAGE_RIGHTS) else "lacks its rights"
            raise WorkstationError(f"This role {what}. Give the page a role of its own.", code="page_role")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
