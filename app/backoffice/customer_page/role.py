"""What the role of the public page's process may do in PostgreSQL: a few columns of three tables, and nothing else.

It reads no record, nobody's name for who made a link, and no content of an answer, its own either; it adds one answer
to a link, and changes and takes away nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, text

PAGE_RIGHTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "page_notices": {"SELECT": ("digest", "text", "sender", "office", "seal_to")},
        "page_links": {"SELECT": ("digest", "notice", "purposes", "languages", "expires_ms")},
        "page_answers": {
            "SELECT": ("link", "form", "number", "kind", "state", "office_number"),
            "INSERT": ("link", "form", "number", "kind", "content", "received_ms"),
        },
    }
)
"""By table: verb and columns."""


def apply_page_rights(db: Connection, page: str) -> None:
    """Give the page's role what it needs, and take away the rest; twice is as once.

    Args:
        db: the owner's connection, in a transaction.
        page: the role, which is there.
    """
    quoted = db.dialect.identifier_preparer.quote_identifier
    role = quoted(page)
    database = quoted(str(db.execute(text("SELECT current_database()")).scalar_one()))
    everything = (
        f"DATABASE {database}",
        "SCHEMA public",
        "ALL TABLES IN SCHEMA public",
        "ALL SEQUENCES IN SCHEMA public",
    )
    for what in everything:
        db.exec_driver_sql(f"REVOKE ALL ON {what} FROM {role}")
    db.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {role}")
    db.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {role}")
    for table, verbs in PAGE_RIGHTS.items():
        for verb, columns in verbs.items():
            db.exec_driver_sql(f"GRANT {verb} ({', '.join(map(quoted, columns))}) ON {quoted(table)} TO {role}")
