"""The one collection of the office's tables, which `schema.py` and the modules beside it fill.

A new area has its tables in a module of its own; `schema.py` imports it, so that whoever has the schema has all tables.
"""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData()

RowId = BigInteger().with_variant(Integer, "sqlite")
"""The id of a row that the database counts."""
