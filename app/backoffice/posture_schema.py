"""The table of what workstations told of their own protection; beside `schema.py`, which has the rest."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, Text

from app.backoffice.schema import metadata

seat_posture = Table(
    "seat_posture",
    metadata,
    Column("seat", LargeBinary, ForeignKey("seats.id"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("heard_ms", BigInteger, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
)
"""What was found last of each part of a workstation. `at_ms` is by its clock; by the office's `heard_ms` is when it was
told last, and `since_ms` since when it stands so."""
