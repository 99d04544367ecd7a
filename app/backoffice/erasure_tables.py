"""The tables of erasure: orders, their customers and workstations, holds, and who must not come back.

What stands here of an erased customer is a pseudonym (the record's id, as in the log) and keyed hashes.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from app.backoffice.metadata import metadata

erasures = Table(
    "erasures",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("action", Text, nullable=False),
    Column("ground", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("unusual", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, index=True),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_ms", BigInteger),
    Column("approval", LargeBinary, nullable=False, default=b""),
    Column("purged_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("certificate", Text, nullable=False, default=""),
)
"""Orders to erase or destroy. `digest` is of the customers as both people saw them (`app/auth/erasure_order.py`);
`signature` and `approval` are theirs, and no order runs whose signatures do not fit. `purged_ms`: when the database's
own leftovers were written over; `certificate`: the signed proof, once it is over."""

erasure_subjects = Table(
    "erasure_subjects",
    metadata,
    Column("order_id", LargeBinary, ForeignKey("erasures.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("record", LargeBinary, nullable=False, index=True),
    Column("fields", Text, nullable=False, default=""),
    Column("fate", Text, nullable=False),
    Column("change", BigInteger, nullable=False, default=0),
    Column("erased_ms", BigInteger),
    Column("entry", BigInteger),
    Column("counts", Text, nullable=False, default="{}"),
    Index("ix_erasure_subjects_fate", "order_id", "fate"),
)
"""The customers of an order, each done in one transaction. `fields`: only these, with spaces between; empty: the whole
customer. `change` is the number by which consoles hear of it, `counts` what went, by sort."""

erasure_copies = Table(
    "erasure_copies",
    metadata,
    Column("order_id", LargeBinary, ForeignKey("erasures.id"), primary_key=True),
    Column("session", LargeBinary, ForeignKey("sessions.id"), primary_key=True),
    Column("change", BigInteger, nullable=False),
    Column("told_ms", BigInteger),
    Index("ix_erasure_copies_session", "session"),
)
"""Consoles that may have had a copy when customers went. `told_ms`: when one was told of the last of them."""

holds = Table(
    "holds",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("record", LargeBinary, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_ms", BigInteger, nullable=False),
    Column("lifted_by", Text, nullable=False, default=""),
    Column("lifted_ms", BigInteger),
)
"""Legal holds: while one stands, nothing of its customer is erased, whoever has approved it."""

suppressed = Table(
    "suppressed",
    metadata,
    Column("tag", LargeBinary, primary_key=True),
    Column("person", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("order_id", LargeBinary, ForeignKey("erasures.id"), nullable=False),
)
"""Who must not come back by an import: keyed hashes of whole values (`app/backoffice/erasure/suppression.py`), of each
person under a random id that stands nowhere else."""

readmissions = Table(
    "readmissions",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("people", LargeBinary, nullable=False),
    Column("hashes", Integer, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_ms", BigInteger),
)
"""Who is to come back (`app/backoffice/erasure/readmission.py`). `people`: ids of `suppressed` one after the other, as
long as it waits; afterwards nothing tells whom it was about."""
