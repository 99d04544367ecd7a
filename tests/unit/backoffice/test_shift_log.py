"""What an account opened, followed through the log: always what the whole log says, whatever happens meanwhile."""

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.pool import StaticPool

from app.auth.audit_chain import AuditEntry
from app.backoffice import schema, shift_log
from app.backoffice.shift_log import OPENED, TELLS_TIME, ShiftLog
from app.domain.quota import never_earlier
from app.storage import sqlcipher

OFFICE = bytes(32)
TABLE = schema.audit


@pytest.fixture
def db() -> Iterator[Connection]:
    engine = create_engine("sqlite://", creator=sqlcipher.memory, module=sqlcipher.DBAPI, poolclass=StaticPool)
    schema.metadata.create_all(engine)
    with engine.connect() as db:
        yield db
    engine.dispose()


def append(db: Connection, at_ms: int, event: str, actor: str = "ratna", outcome: str = "ok", **rest: str) -> None:
    """Append an entry, rightly chained."""
    last = db.execute(select(TABLE.c.number, TABLE.c.hash).order_by(TABLE.c.number.desc()).limit(1)).first()
    number, head = (last.number, last.hash) if last else (0, bytes(32))
    entry = AuditEntry(number + 1, at_ms, event, outcome, actor, **rest).chained(OFFICE, head)  # type: ignore[arg-type]
    db.execute(TABLE.insert().values({name: getattr(entry, name) for name in AuditEntry.__slots__}))


def whole(db: Connection, account: str, since_ms: int) -> list[tuple[str, int]]:
    """The same from the whole log, as the rule has it."""
    mine = [row for row in db.execute(select(TABLE).order_by(TABLE.c.number)) if row.actor == account]
    mine = [row for row in mine if row.event in TELLS_TIME]
    begin = min((row.number for row in mine if row.at_ms > since_ms), default=None)
    if begin is None:
        return []
    told = [row for row in mine if row.number >= begin and (row.event not in OPENED or row.outcome == "ok")]
    late = zip(told, never_earlier(row.at_ms for row in told), strict=True)
    return [(row.data_class, at_ms) for row, at_ms in late if row.event in OPENED and not row.acting_with]


def cut(db: Connection, number: int) -> None:
    """What somebody does who has the database."""
    db.execute(TABLE.delete().where(TABLE.c.number > number))


@pytest.mark.parametrize("seed", range(6))
def test_that_it_says_what_the_whole_log_says(db: Connection, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on and back, others write, entries vanish and others come in their place."""
    monkeypatch.setattr(shift_log, "_MOST_BEHIND", 20)
    chance, now_ms, log = random.Random(seed), 1_000_000, ShiftLog()
    for _ in range(80):
        now_ms += chance.choice((-40_000, 500, 2_000, 9_000, 30_000))
        what = chance.random()
        if what < 0.1:
            cut(db, (db.execute(select(func.max(TABLE.c.number))).scalar() or 0) - chance.randrange(1, 5))
        for _ in range(chance.choice((0, 1, 1, 2, 30))):
            append(
                db,
                now_ms + chance.randrange(-3_000, 3_000),
                chance.choice((*TELLS_TIME, "reveal", "verify")),
                chance.choice(("ratna", "ratna", "budi")),
                chance.choice(("ok", "ok", "ok", "refused")),
                data_class=chance.choice(("contact", "payment")),
                acting_with=chance.choice(("", "", "", "hendra")),
            )
        for account in ("ratna", "budi"):
            since_ms = now_ms - 100_000
            assert log.opened(db, account, since_ms) == whole(db, account, since_ms)


def test_that_an_entry_that_was_rolled_back_does_not_count(db: Connection) -> None:
    log = ShiftLog()
    append(db, 10, "sign_in")
    append(db, 20, "reveal", data_class="contact")
    assert log.opened(db, "ratna", 0) == [("contact", 20)]
    append(db, 30, "reveal", data_class="payment")
    assert len(log.opened(db, "ratna", 0)) == 2
    cut(db, 2)  # as the transaction's end does
    append(db, 40, "reveal", "budi", data_class="contact")
    assert log.opened(db, "ratna", 0) == [("contact", 20)]


def test_that_what_is_known_is_not_read_again(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a shift's last reveal would cost as many rows as the shift has."""
    log = ShiftLog()
    append(db, 10, "reveal", data_class="contact")
    log.opened(db, "ratna", 0)
    monkeypatch.setattr(shift_log, "_ALL", None)
    append(db, 20, "reveal", data_class="contact")
    assert [at_ms for _class, at_ms in log.opened(db, "ratna", 0)] == [10, 20]
