"""What waits between an import's chunks: it is staged whole, under the keys that count when it is written."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.api.messages.customers import ImportBegin, ImportRow, ImportRows
from app.backoffice.import_actors import ImportActor
from app.backoffice.import_staging import FEW, STAGED_AT_ONCE, StagerHere
from app.backoffice.importing import Import
from app.backoffice.master_rotation import MasterRotation
from app.backoffice.office import OpenOffice
from app.crypto.values import batch_of
from app.domain.data_class import DataClass
from app.domain.role import Role
from tests.office.door import rows_of
from tests.office.made import MadeOffice, made_office
from tests.office.rotating import rotate, work

CHUNK = 500
HEADER = ("customer_number", "full_name", "queue", "mobile_phone")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as office:
        office.command("hendra").end()  # the office is open from now on
        yield office


class Hendra:
    """Whoever imports here."""

    def now(self, office: OpenOffice, db: Connection) -> ImportActor:
        office.catch_up(db)
        return ImportActor("hendra", Role.SUPERVISOR, {"actor": "hendra"})


def begun(office: MadeOffice) -> Import:
    begin = ImportBegin(header=HEADER, mapping=None, queue=None, dry_run=False)
    return Import(office.back_office.opened, Hendra(), secrets.token_bytes(16), begin)


def chunk(first: int, count: int = CHUNK) -> ImportRows:
    return ImportRows(
        rows=tuple(
            ImportRow(line=n + 1, cells=(f"C-{n:06}", "Sari Wulandari", "billing", "0809-1234-5647"))
            for n in range(first, first + count)
        )
    )


def staged(office: MadeOffice) -> int:
    return len(rows_of(office, "customers"))


def test_that_many_rows_wait_for_others_and_few_do_not(office: MadeOffice) -> None:
    run, counts = begun(office), []
    for n in range(STAGED_AT_ONCE // CHUNK):
        run.rows(chunk(n * CHUNK))
        counts.append(staged(office))
    assert counts == [0] * (len(counts) - 1) + [STAGED_AT_ONCE]
    run.rows(chunk(STAGED_AT_ONCE))
    assert staged(office) == STAGED_AT_ONCE
    run.rows(chunk(STAGED_AT_ONCE + CHUNK, FEW - 1))
    assert staged(office) == STAGED_AT_ONCE + CHUNK + FEW - 1
    done = run.commit()
    assert (done.rows, done.new) == (STAGED_AT_ONCE + CHUNK + FEW - 1,) * 2
    assert done.queues[0][:2] == ("billing", done.rows)


def test_that_what_waited_over_a_rotation_is_sealed_anew(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    run, keys = begun(office), [1]
    monkeypatch.setattr(StagerHere, "_keys_now", lambda _self: tuple(keys))
    run.rows(chunk(0))
    before = {boxed.batch for boxed in run._stager._chunk.data_keys}  # type: ignore[attr-defined]
    keys.append(2)
    assert run.commit().new == CHUNK
    kept = {row.batch for row in rows_of(office, "data_keys")}
    used = {batch_of(row.blob) for row in rows_of(office, "sealed_values")}
    assert before
    assert not before & used
    assert used <= kept
    assert staged(office) == CHUNK


def test_that_a_stopped_import_has_nothing_waiting(office: MadeOffice) -> None:
    run = begun(office)
    run.rows(chunk(0))
    run.cancel()
    assert (staged(office), len(rows_of(office, "imports"))) == (0, 0)
    assert not run._stager._new  # type: ignore[attr-defined]


def test_that_records_of_a_thousand_begin_alike_and_differ_by_twelve_random_bytes(office: MadeOffice) -> None:
    run = begun(office)
    run.rows(chunk(0))
    run.rows(chunk(CHUNK))
    run.rows(chunk(2 * CHUNK, 20))
    run.commit()
    records = [row.record for row in rows_of(office, "customers")]
    assert len({record[:4] for record in records}) == 2
    assert len({record[4:] for record in records}) == len(records) == 2 * CHUNK + 20


def test_that_a_key_of_a_class_that_was_rotated_meanwhile_seals_nothing(office: MadeOffice) -> None:
    """A rotation goes over boxed data keys once; one that came later would be left under the old key."""
    run = begun(office)
    run.rows(chunk(0))
    waiting = {boxed.version for boxed in run._stager._chunk.data_keys}  # type: ignore[attr-defined]
    assert waiting == {1}, "the control"
    rotate(office, DataClass.CONTACT)
    work(office, "hendra")
    assert run.commit().new == CHUNK
    used = {batch_of(row.blob) for row in rows_of(office, "sealed_values") if row.data_class == DataClass.CONTACT.value}
    assert {row.version for row in rows_of(office, "data_keys") if row.batch in used} == {2}


def test_that_a_rotation_of_the_master_waits_for_an_import(office: MadeOffice) -> None:
    run = begun(office)
    run.rows(chunk(0))
    rotation = MasterRotation(office.back_office.opened, {"actor": "hendra"})
    rotation.begin()
    assert not rotation.switch()
    assert run.commit().new == CHUNK
    assert rotation.switch()
