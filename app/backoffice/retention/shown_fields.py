"""An open field of a customer in the words of the database that is asked."""

from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, cast, type_coerce

from app.backoffice import schema


def shown_text(db: Connection, field: str) -> ColumnElement[Any]:
    """What an open field of `customers` says, compared byte by byte; NULL where there is none.

    Args:
        db: says which database it is.
        field: a name of the inventory.
    """
    column = schema.customers.c.open_fields
    if db.dialect.name != "postgresql":
        text: ColumnElement[Any] = type_coerce(column, JSON)[field].as_string()
        return text
    text = cast(column, JSON)[field].as_string()
    return text.collate("C")
