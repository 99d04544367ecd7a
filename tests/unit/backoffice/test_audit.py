"""The log as it is kept and read: what a person with the database changes is named by number."""

import hashlib
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, func, select

from app.auth.audit_chain import Checkpoint, Verdict
from app.backoffice import schema
from app.backoffice.audit_log import CHECKPOINT_EVERY
from app.crypto import signing
from app.domain.errors import NotAllowedError, VerificationError
from tests.office.door import entries, opened, rows_of
from tests.office.made import MadeOffice, made_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", grant=False)
        yield office


class Undo(Exception):  # noqa: N818  (not an error: it ends a transaction)
    """Ends what a forger did."""


def judged_after(office: MadeOffice, *statements: str) -> Verdict:
    """The verdict after somebody with the database has run these; then everything is as before."""
    kept = {name: rows_of(office, name) for name in ("audit", "checkpoints")}
    session = office.command("hendra")
    with opened(office).database.writing() as db:
        for statement in statements:
            db.exec_driver_sql(statement)
    try:
        return session.verify_audit()
    finally:
        with opened(office).database.writing() as db:
            _put_back(db, kept)
        session.end()


def _put_back(db: Connection, kept: dict[str, list[object]]) -> None:
    """The old rows, and nothing of what was written upon the forged ones."""
    for name, rows in kept.items():
        table = schema.metadata.tables[name]
        db.execute(table.delete())
        if rows:
            db.execute(table.insert(), [row._asdict() for row in rows])  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def forget(office: MadeOffice) -> Iterator[None]:
    """What a forged log made this workstation remember is forgotten."""
    shelf = dict(office.lasting_shelf.entries)
    yield
    office.lasting_shelf.entries.clear()
    office.lasting_shelf.entries.update(shelf)


def test_that_an_untouched_log_holds(office: MadeOffice) -> None:
    assert judged_after(office).ok


@pytest.mark.parametrize("column", ["event", "outcome", "actor", "seat", "reason", "detail", "record"])
def test_that_an_edited_column_is_named(office: MadeOffice, column: str) -> None:
    verdict = judged_after(office, f"UPDATE audit SET {column} = 'x' WHERE number = 3")
    assert (verdict.first_bad, verdict.why) == (3, "edited")


def test_that_a_deleted_entry_is_named(office: MadeOffice) -> None:
    verdict = judged_after(office, "DELETE FROM audit WHERE number = 4")
    assert (verdict.first_bad, verdict.why) == (4, "missing")


def test_that_swapped_entries_are_named(office: MadeOffice) -> None:
    verdict = judged_after(
        office,
        "UPDATE audit SET number = 100000 WHERE number = 2",
        "UPDATE audit SET number = 2 WHERE number = 3",
        "UPDATE audit SET number = 3 WHERE number = 100000",
    )
    assert (verdict.first_bad, verdict.why) == (2, "edited")


def test_that_a_forged_checkpoint_is_named(office: MadeOffice) -> None:
    number = rows_of(office, "checkpoints")[0].number
    forged = signing.sign(bytes(32), Checkpoint.body(opened(office).id, number, bytes(32))).hex()
    verdict = judged_after(office, f"UPDATE checkpoints SET signature = x'{forged}' WHERE number = {number}")
    assert (verdict.first_bad, verdict.why) == (number, "checkpoint")


def test_that_a_cut_tail_keeps_everybody_out(office: MadeOffice) -> None:
    office.command("hendra").end()
    office.command("hendra").end()
    kept = {name: rows_of(office, name) for name in ("audit", "checkpoints")}
    with opened(office).database.writing() as db:
        last = db.execute(select(func.max(schema.audit.c.number))).scalar_one()
        db.execute(schema.audit.delete().where(schema.audit.c.number > last - 6))
        db.execute(schema.checkpoints.delete().where(schema.checkpoints.c.number > last - 6))
    try:
        with pytest.raises(VerificationError, match="older than this workstation remembers"):
            office.command("hendra")
    finally:
        with opened(office).database.writing() as db:
            _put_back(db, kept)
    office.command("hendra").end()


def test_that_a_checkpoint_is_signed_at_each_hundredth_entry(office: MadeOffice) -> None:
    it = opened(office)
    with it.writing() as db:
        for _ in range(CHECKPOINT_EVERY):
            it.log.append(db, "test")
    number = len(entries(office)) // CHECKPOINT_EVERY * CHECKPOINT_EVERY
    mark = next(r for r in rows_of(office, "checkpoints") if r.number == number)
    body = Checkpoint.body(it.id, mark.number, mark.hash)
    signing.check(it.book.office_entry.sign, mark.signature, body)


def test_that_an_agent_does_not_read_the_log(office: MadeOffice) -> None:
    session = office.command("ratna")
    client = session._identity.client
    readings: tuple[Callable[[], object], ...] = (
        lambda: client.audit_page(0),
        client.checkpoints,
        lambda: client.log_verified(ok=True),
    )
    for call in readings:
        with pytest.raises(NotAllowedError) as refusal:
            call()
        assert refusal.value.code == "role"
    session.end()


@pytest.mark.parametrize("account", ["adi", "hendra"])
def test_that_a_verification_is_itself_an_entry(office: MadeOffice, account: str) -> None:
    session = office.command(account)
    assert session.verify_audit().ok
    session.end()
    last = [e for e in entries(office) if e.event == "audit.verify"][-1]
    assert (last.actor, last.outcome) == (account, "ok")


def test_that_free_text_has_a_keyed_hash_that_only_this_office_makes(office: MadeOffice) -> None:
    log = opened(office).log
    assert log.keyed_hash("why") == log.keyed_hash("why")
    assert log.keyed_hash("why") != log.keyed_hash("how")
    assert log.keyed_hash("why") != hashlib.sha256(b"why").hexdigest()[:32]


def test_that_an_entry_whose_change_fails_is_not_there(office: MadeOffice) -> None:
    it, before = opened(office), len(entries(office))
    with pytest.raises(Undo), it.writing() as db:  # noqa: PT012
        it.log.append(db, "test")
        raise Undo
    assert len(entries(office)) == before
