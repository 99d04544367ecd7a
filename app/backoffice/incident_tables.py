"""Tables of incidents (`app/backoffice/incidents/`)."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from app.backoffice.metadata import metadata

incidents = Table(
    "incidents",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("is_drill", Boolean, nullable=False),
    Column("suspicion", Text, nullable=False),
    Column("words", LargeBinary),
    Column("reported_ms", BigInteger, nullable=False),
    Column("reported_by", Text, nullable=False),
    Column("reported_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("t0_ms", BigInteger, nullable=False),
    Column("since_ms", BigInteger),
    Column("until_ms", BigInteger),
    Column("account", Text, nullable=False, default=""),
    Column("seat", Text, nullable=False, default=""),
    Column("data_class", Text, nullable=False, default=""),
    Column("how", LargeBinary),
    Column("handling", LargeBinary),
    Column("recovery", LargeBinary),
    Column("authority_ms", BigInteger),
    Column("subjects_ms", BigInteger),
    Column("public_ms", BigInteger),
    Column("closed_ms", BigInteger),
    Column("closed_by", Text, nullable=False, default=""),
    Column("origin", Text, nullable=False, default="signed_in"),
    Column("made_ms", BigInteger),
    Column("locked_account", Text, nullable=False, default=""),
    Column("brought_by", Text, nullable=False, default=""),
)
"""Suspicions and what became of them. One that nobody signed in has reported has no `reported_by`, but the time of its
workstation, whose session was locked there, and who brought it. `words`, `how`, `handling` and `recovery` are wrapped
under a key of the office. Whom one touched stands in no row: it is found in the log each time."""

incident_notes = Table(
    "incident_notes",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("incident", LargeBinary, ForeignKey("incidents.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Index("ix_incident_notes_incident", "incident", "at_ms"),
)
"""What somebody wrote to an incident, for its timeline or as a lesson; wrapped like the rest."""
