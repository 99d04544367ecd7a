"""The table of how often somebody has asked, over all gateways of an office (docs/adr/0053)."""

from sqlalchemy import BigInteger, Column, Float, LargeBinary, Table

from app.backoffice.schema import metadata

request_rates = Table(
    "request_rates",
    metadata,
    Column("bucket", LargeBinary, primary_key=True),
    Column("level", Float, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
"""Token buckets (`app/backoffice/team_rates.py`): a digest of whose, what was left, and when by the database's clock. A
row is of no use once its bucket is full again, and goes. A workstation has one process, and leaves the table empty."""
