"""Tables of customers' page: one-time links, what they show, what was answered (`app/backoffice/customer_page/`).

The public process reads and adds by a role that sees some of these columns and nothing else of the database
(`app/backoffice/customer_page/role.py`). What it adds is sealed to the office as a whole; a link's row has its token's
digest alone, and an answer must bring the token: whoever reads these tables can answer for nobody.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text

from app.backoffice.metadata import metadata

LARGEST_CONTENT = 32_768

page_notices = Table(
    "page_notices",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("text", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("office", LargeBinary, nullable=False),
    Column("seal_to", LargeBinary, nullable=False),
)
"""Published notices that links show, with who answers for the data, O, and the key that answers are sealed to."""

page_links = Table(
    "page_links",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("record", LargeBinary, nullable=False),
    Column("notice", LargeBinary, ForeignKey("page_notices.digest"), nullable=False),
    Column("purposes", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Index("ix_page_links_record", "record", "made_ms"),
    Index("ix_page_links_made", "made_by", "made_ms"),
    Index("ix_page_links_expires", "expires_ms"),
)
"""One-time links by SHA-256 of their token; `purposes` are codes, each with the state in which it stood, or
with its names where the page does not ask about it, as JSON."""

page_answers = Table(
    "page_answers",
    metadata,
    Column("link", LargeBinary, ForeignKey("page_links.digest", ondelete="CASCADE"), primary_key=True),
    Column("form", LargeBinary, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("code", Text, nullable=False, server_default=""),
    Column("office_number", Text, nullable=False, server_default=""),
    Column("taken_ms", BigInteger),
    CheckConstraint(f"length(content) <= {LARGEST_CONTENT}", name="content_size"),
    CheckConstraint("length(form) = 32 AND length(number) <= 40 AND length(kind) <= 16", name="answer_size"),
    Index("ix_page_answers_state", "state", "received_ms"),
)
"""One answer to each link, as a whole sealed to the office until it is taken in; then its content is emptied. A link
that goes takes it along."""
