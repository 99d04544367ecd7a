"""Tables of requests of data subjects and of the work that they hold (`app/backoffice/subject_requests/`)."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from app.backoffice.metadata import metadata

subject_requests = Table(
    "subject_requests",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("record", LargeBinary, nullable=False),
    Column("queue", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("purposes", Text, nullable=False),
    Column("words", LargeBinary),
    Column("received_ms", BigInteger, nullable=False),
    Column("opened_ms", BigInteger, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("identity", Text, nullable=False, default=""),
    Column("identity_by", Text, nullable=False, default=""),
    Column("identity_ms", BigInteger),
    Column("proposal", Text, nullable=False, default=""),
    Column("proposed_by", Text, nullable=False, default=""),
    Column("refusal", Text, nullable=False, default=""),
    Column("decided_by", Text, nullable=False, default=""),
    Column("grant_until_ms", BigInteger),
    Column("bundle_ms", BigInteger),
    Column("ended_by", Text, nullable=False, default=""),
    Column("ended_ms", BigInteger),
    Column("letter_ms", BigInteger),
    Index("ix_subject_requests_record", "record"),
    Index("ix_subject_requests_state", "state", "due_ms"),
)
"""The register (UU PDP art. 14). `words` is what was asked in the person's own words, wrapped under the customer's key;
the row stays when the customer is erased. Who is no customer has the empty record and no queue until somebody attaches
the request to a customer, and their words are wrapped under a key of the office until
`app/backoffice/subject_requests/outsiders.py` empties them. `received_ms` and
`due_ms` are written once."""

request_attachments = Table(
    "request_attachments",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("request", LargeBinary, ForeignKey("subject_requests.id"), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("is_attached", Boolean, nullable=False),
    Column("identity", Text, nullable=False, default=""),
    Column("done_by", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("ix_request_attachments_request", "request", "number"),
)
"""Who found that a request of no customer is a customer's, how that was made sure of, and who undid it. The last row of
a request counts; none is ever changed or taken away (`app/backoffice/subject_requests/attaching.py`)."""

request_letters = Table(
    "request_letters",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("request", LargeBinary, ForeignKey("subject_requests.id"), nullable=False),
    Column("way", Text, nullable=False),
    Column("reference", Text, nullable=False, default=""),
    Column("sent_ms", BigInteger, nullable=False),
    Column("told_by", Text, nullable=False),
    Column("told_ms", BigInteger, nullable=False),
    Index("ix_request_letters_request", "request", "number"),
)
"""That a letter went out, as a person has said it: how, when, and what proves it. The last row of a request is shown,
the first one says when its answer left; a row is never changed (`app/backoffice/subject_requests/sending.py`)."""

processing_holds = Table(
    "processing_holds",
    metadata,
    Column("record", LargeBinary, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("request", LargeBinary, ForeignKey("subject_requests.id"), nullable=False),
    Column("since_ms", BigInteger, nullable=False),
)
"""Purposes under which nothing is done with a customer's data, and the request that holds them."""
