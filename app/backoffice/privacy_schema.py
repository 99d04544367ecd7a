"""The tables of the privacy desk: notices, and the ledger of consents.

Nothing here is a customer's value. A consent names record, purpose and notice, and carries its own receipt; the process
that serves customers' own pages needs to add rows to `consents` and to read published notices, and nothing else.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text

from app.backoffice.metadata import RowId, metadata

notices = Table(
    "notices",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("code", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, index=True),
    Column("written_by", Text, nullable=False),
    Column("written_ms", BigInteger, nullable=False),
    Column("published_by", Text, nullable=False, default=""),
    Column("published_ms", BigInteger),
)
"""Versions of the privacy notice (`app/domain/privacy/notice.py`); one that was published is never changed. The one in
force is the newest published."""

consents = Table(
    "consents",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=True),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("record", LargeBinary, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("notice", LargeBinary, ForeignKey("notices.id")),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_consents_record", "record", "purpose"),
    Index("ix_consents_time", "at_ms"),
)
"""What customers said to purposes, by the request's id: a request that comes twice counts once. Nothing is changed or
taken away. `account` is empty where the customer said it without an agent; `receipt` and `signature` are what
`tirai privacy verify-receipt` checks (`app/auth/consent_receipt.py`)."""
