"""The table of analytics exports."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from app.backoffice.schema import metadata

analytics_exports = Table(
    "analytics_exports",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("settings", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_ms", BigInteger, nullable=False, index=True),
    Column("signature", LargeBinary, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_ms", BigInteger),
    Column("approval", LargeBinary, nullable=False, default=b""),
    Column("session", LargeBinary, nullable=False, default=b""),
    Column("key", LargeBinary, nullable=False, default=b""),
    Column("ended_ms", BigInteger),
    Column("customers", Integer, nullable=False, default=0),
    Column("exported", Integer, nullable=False, default=0),
    Column("k", Integer, nullable=False, default=0),
    Column("l", Integer, nullable=False, default=0),
    Column("t_millionths", Integer, nullable=False, default=0),
    Column("found", Integer, nullable=False, default=0),
    Column("learned", Integer, nullable=False, default=0),
    Column("held", Integer),
)
"""Exports that two people order. `key` makes the pseudonyms of one making, by `session`; else it is empty. `held`: how
many customers were held back from it, by the office's own count as it ended; empty for fewer than k."""
