"""The log in a console: what a supervisor's desk reads and judges, as the command does, and what an agent's may not."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import Row, select

from app.backoffice import schema
from app.domain.errors import NotAllowedError
from app.session.errors import VerificationStopped
from app.session.log_shown import LogFilter
from tests.contract.conftest import Home
from tests.office.door import entries, opened, zeros
from tests.office.made import MadeOffice


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti")
        it = opened(made)
        with it.writing() as db:
            for _ in range(4_500):
                it.log.append(db, "notes.read", actor="ratna")
        yield made


def test_that_a_console_finds_entries_and_verifies_the_whole_log(office: MadeOffice) -> None:
    desk = office.desk("hendra")
    page = desk.log.page(LogFilter(event="sign_in", outcome="ok"))
    assert page.entries[0].actor == "hendra"
    assert desk.log.place(page.entries[0].number).fits
    seen: list[tuple[int, int]] = []
    verdict = desk.log.verify(lambda done, total: seen.append((done, total)))
    assert verdict.ok
    assert verdict.entries >= 4_500
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert all(done <= total for done, total in seen)
    assert len(seen) >= 3
    written = entries(office)[-1]
    assert (written.event, written.outcome, written.detail) == ("audit.verify", "ok", f"entries={verdict.entries}")
    desk.end("signed_out")


def test_that_a_stopped_verification_says_nothing_and_writes_that_the_log_was_read(office: MadeOffice) -> None:
    desk = office.desk("hendra")
    before = len(entries(office))
    seen: list[int] = []
    with pytest.raises(VerificationStopped):
        desk.log.verify(lambda done, _total: seen.append(done), lambda: bool(seen))
    assert len(seen) == 1
    assert [(e.event, e.detail) for e in entries(office)[before:]] == [("audit.read", "by=whole")]
    desk.end("signed_out")


@pytest.mark.attack("A28")
@pytest.mark.parametrize(
    ("statement", "first_bad", "why"),
    [
        ("UPDATE audit SET actor = 'budi' WHERE number = 3210", 3210, "edited"),
        ("DELETE FROM audit WHERE number = 3210", 3210, "missing"),
        ("UPDATE checkpoints SET signature = ZEROS WHERE number = 3200", 3200, "checkpoint"),
    ],
)
def test_that_a_console_names_the_first_bad_entry_and_has_it_written_down(
    office: MadeOffice, statement: str, first_bad: int, why: str
) -> None:
    desk, it = office.desk("hendra"), opened(office)
    with it.database.reading() as db:
        kept = {name: db.execute(select(schema.metadata.tables[name])).all() for name in ("audit", "checkpoints")}
    with office.forging() as db:
        db.exec_driver_sql(statement.replace("ZEROS", zeros(office, 64)))
    try:
        verdict = desk.log.verify()
        assert (verdict.first_bad, verdict.why) == (first_bad, why)
        assert entries(office)[-1].detail.endswith(f"first_bad={first_bad}")
    finally:
        desk.end("signed_out")
        put_back(office, kept)


@pytest.mark.attack("A28")
def test_that_a_tail_cut_under_an_open_console_is_named_by_what_the_console_saw(office: MadeOffice) -> None:
    desk, it = office.desk("hendra"), opened(office)
    with it.database.reading() as db:
        kept = {name: db.execute(select(schema.metadata.tables[name])).all() for name in ("audit", "checkpoints")}
    missing = desk._identity.seen.length - 5
    with office.forging() as db:
        db.exec_driver_sql(f"DELETE FROM audit WHERE number >= {missing}")
        db.exec_driver_sql(f"DELETE FROM checkpoints WHERE number >= {missing}")
    try:
        verdict = desk.log.verify()
        assert (verdict.first_bad, verdict.why) == (missing, "tail_cut")
    finally:
        desk.end("signed_out")
        put_back(office, kept)


def test_that_an_entry_comes_with_the_words_of_its_field_and_its_reason_and_codes_that_are_none_stay_alone(
    office: MadeOffice,
) -> None:
    it = opened(office)
    with it.writing() as db:
        given = it.log.append(db, "reveal", actor="ratna", field="mobile_phone", reason="call_back")
        other = it.log.append(db, "session.lock", actor="ratna", reason="idle")
    desk = office.desk("hendra")
    place = desk.log.place(given)
    assert (place.field_label, place.reason_label) == ("Mobile phone", "Call back on this line")
    place = desk.log.place(other)
    assert (place.field_label, place.reason_label) == ("", "")
    desk.end("signed_out")


@pytest.fixture(autouse=True)
def forget(office: MadeOffice) -> Iterator[None]:
    """What a forged log made this workstation remember is forgotten."""
    shelf = dict(office.lasting_shelf.entries)
    yield
    office.lasting_shelf.entries.clear()
    office.lasting_shelf.entries.update(shelf)


def put_back(office: MadeOffice, kept: dict[str, Sequence[Row[Any]]]) -> None:
    """The true rows, and nothing of what was written upon the forged ones."""
    with office.forging() as db:
        for name, rows in kept.items():
            table = schema.metadata.tables[name]
            db.execute(table.delete())
            db.execute(table.insert(), [dict(row._mapping) for row in rows])


def test_that_an_agents_console_reads_nothing_of_it(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    for look in (lambda: desk.log.page(LogFilter()), lambda: desk.log.place(1), desk.log.verify):
        with pytest.raises(NotAllowedError) as refusal:
            look()
        assert refusal.value.code == "role"
    desk.end("signed_out")
