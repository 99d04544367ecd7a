"""Statements that are made once give what SQLAlchemy gives, and fail as it fails."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, bindparam, create_engine, select
from sqlalchemy.exc import IntegrityError, NoResultFound, OperationalError
from sqlalchemy.pool import StaticPool

from app.backoffice import schema
from app.backoffice.ready import Ready
from app.storage import sqlcipher

IMPORTS = schema.imports
ROW = {
    "id": b"\x01" * 16, "account": "sari", "at_ms": 5, "committed": True, "committed_ms": 6, "change": 7,
    "kind": "file", "alive_ms": 8, "masters": "1",
}  # fmt: skip
KEEP = Ready(IMPORTS.insert())
BY_ID = select(IMPORTS).where(IMPORTS.c.id == bindparam("key"))
BY_BOOL = select(IMPORTS.c.account).where(IMPORTS.c.committed, IMPORTS.c.at_ms > bindparam("at_ms"))


@pytest.fixture
def db() -> Iterator[Connection]:
    engine = create_engine(
        "sqlite://", creator=sqlcipher.memory, module=sqlcipher.DBAPI, poolclass=StaticPool, hide_parameters=True
    )
    schema.metadata.create_all(engine)
    with engine.connect() as db:
        KEEP.run(db, **ROW)
        yield db
    engine.dispose()


def test_that_a_row_is_the_same_by_name_place_and_type(db: Connection) -> None:
    usual = db.execute(BY_ID, {"key": ROW["id"]}).one()
    ready = Ready(BY_ID).one(db, key=ROW["id"])
    assert ready._asdict() == usual._asdict()
    assert [type(value) for value in ready] == [type(value) for value in usual]
    assert ready.committed is True


def test_that_a_constant_goes_in_with_the_value(db: Connection) -> None:
    assert [row.account for row in Ready(BY_BOOL.limit(1)).all(db, at_ms=4)] == ["sari"]
    assert Ready(BY_BOOL.limit(1)).all(db, at_ms=5) == []


def test_that_nothing_is_none_and_one_wants_one(db: Connection) -> None:
    assert Ready(BY_ID).first(db, key=b"\x02" * 16) is None
    with pytest.raises(NoResultFound):
        Ready(BY_ID).one(db, key=b"\x02" * 16)


def test_that_a_value_that_is_not_said_is_a_mistake(db: Connection) -> None:
    with pytest.raises(KeyError):
        Ready(BY_ID).first(db)


def test_that_a_fault_is_sqlalchemys_and_tells_no_value(db: Connection) -> None:
    with pytest.raises(IntegrityError) as twice:
        KEEP.run(db, **ROW | {"account": "tunjung canary"})
    assert "tunjung" not in str(twice.value)
    db.connection.driver_connection.execute("DROP TABLE imports")  # type: ignore[union-attr]
    with pytest.raises(OperationalError):
        Ready(BY_ID).first(db, key=ROW["id"])
