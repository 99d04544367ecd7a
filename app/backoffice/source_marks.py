"""How far the databases were read that customers come from: kept with the import whose rows it belongs to.

A mark moves in the transaction that makes these rows visible, so that a killed import leaves both as they were.
"""

from sqlalchemy import Connection, select

from app.backoffice import schema


def mark_of_source(db: Connection, name: str) -> str:
    """The mark of a source; empty where it was never read, or has none."""
    table = schema.source_marks.c
    return db.execute(select(table.mark).where(table.name == name)).scalar() or ""


def keep_mark(db: Connection, name: str, mark: str, import_id: bytes) -> None:
    """Keep a mark.

    Args:
        db: the transaction of the import's commit.
        name: of the source.
        mark: how far it was read.
        import_id: which import brought the rows in.
    """
    table, values = schema.source_marks, {"mark": mark, "import_id": import_id}
    if not db.execute(table.update().where(table.c.name == name).values(values)).rowcount:
        db.execute(table.insert().values(name=name, **values))
