"""Changes of customers reach consoles that are filled already: new rows, other rows, rows that leave. Real office."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from app.api.messages.wire import MOST_ENTRIES
from app.backoffice import customer_sync, schema
from app.domain.errors import WorkstationError
from app.session.desk import Desk
from app.session.followed import Followed
from app.session.following import PLACE_ITEM
from app.storage.session_cache import SessionCache
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice

EVERYBODY = demo_customers(40, 5)


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        office.bring_in(rows("billing"))
        yield office


def rows(queue: str, count: int = 12, first: int = 0) -> list[dict[str, str]]:
    return [row | {"queue": queue} for row in EVERYBODY[first : first + count]]


def cache_of(desk: Desk) -> SessionCache:
    return desk._open.cache


def numbers(desk: Desk) -> set[str]:
    return {row.number for row in desk.rows(list(desk.search("", None).ids))}


def id_of(desk: Desk, number: str) -> int:
    return desk.search(number, None).ids[0]


def test_that_nothing_new_is_an_empty_answer(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    assert desk.follow() == Followed(total=12, is_done=True)
    assert desk.follow() == Followed(total=12, is_done=True)
    desk.end("signed_out")


def test_that_new_customers_of_the_queues_come_in_and_others_do_not(office: MadeOffice) -> None:
    desk, later = office.desk("ratna"), rows("billing", 4, 12)
    elsewhere = rows("delivery", 3, 16)
    office.bring_in([*later, *elsewhere])
    followed = desk.follow()
    assert len(followed.changed) == 4
    assert numbers(desk) == {row["customer_number"] for row in (*rows("billing"), *later)}
    desk.end("signed_out")


def test_that_a_changed_row_is_here_with_its_words_and_its_mask(office: MadeOffice) -> None:
    desk, first = office.desk("ratna"), rows("billing")[0]
    office.bring_in([first | {"city": "Ambon", "mobile_phone": "0809 7777 6655"}])
    id_ = id_of(desk, first["customer_number"])
    assert desk.follow().changed == {id_}
    assert list(desk.search("ambon", None).ids) == [id_]
    phone = desk.rows([id_])[0].phone
    assert phone is not None
    assert phone.after == "55"
    desk.end("signed_out")


def test_that_a_row_that_moves_to_another_queue_leaves_the_cache_and_its_index(office: MadeOffice) -> None:
    desk, first = office.desk("ratna"), rows("billing")[0]
    id_ = id_of(desk, first["customer_number"])
    office.bring_in([first | {"queue": "delivery"}])
    assert desk.follow().gone == {id_}
    assert not desk.rows([id_])
    assert not desk.search(first["customer_number"], None).ids
    with cache_of(desk)._guarded() as db:
        assert db.execute("SELECT count(*) FROM found WHERE rowid = ?", (id_,)).fetchone() == (0,)
    office.bring_in([first])
    assert desk.follow().changed == {id_}
    assert desk.rows([id_])
    desk.end("signed_out")


def test_that_touched_moved_and_forgotten_customers_are_told_of(office: MadeOffice) -> None:
    desk, table = office.desk("ratna"), schema.customers
    with office.back_office.opened.writing() as db:
        records = db.execute(select(table.c.record).order_by(table.c.id)).scalars().all()
        customer_sync.touch(db, records[0], records[1])
        customer_sync.move(db, records[2], "delivery")
        customer_sync.move(db, records[3], "billing")  # where it was
        customer_sync.forget(db, records[4])
        for dependent in (schema.sealed_values, schema.customers):
            db.execute(dependent.delete().where(dependent.c.record == records[4]))
    ids = [row.id for row in desk.rows(list(desk.search("", None).ids))]
    followed = desk.follow()
    assert followed.changed == {ids[0], ids[1], ids[3]}
    assert followed.gone == {ids[2], ids[4]}
    assert len(desk.search("", None).ids) == 10
    desk.end("signed_out")


def test_that_many_changes_come_page_by_page(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.session.following.PAGE", 5)
    desk = office.desk("ratna")
    known = [row | {"city": "Ambon"} for row in rows("billing")]
    moved = [known[0] | {"queue": "delivery"}, known[1] | {"queue": "delivery"}]
    office.bring_in([*moved, *known[2:], *rows("billing", 11, 12)])
    followed = desk.follow()
    assert (len(followed.changed), len(followed.gone)) == (21, 2)
    assert len(desk.search("ambon", None).ids) == 10
    assert len(desk.search("", None).ids) == 21
    desk.end("signed_out")


def test_that_what_changes_during_a_fill_is_not_missed(office: MadeOffice) -> None:
    desk = office.sign_in().sign_in("ratna", office.people["ratna"].password, office.code("ratna"))
    first, changes = rows("billing")[0], iter((True,))

    def meanwhile(_rows: int, _total: int) -> None:
        if next(changes, False):
            office.bring_in([first | {"city": "Ambon"}, *rows("billing", 2, 12)])

    desk.fill(meanwhile)
    desk.follow()
    assert len(desk.search("ambon", None).ids) == 1
    assert len(desk.search("", None).ids) == 14
    desk.end("signed_out")


def test_that_the_place_stands_with_the_rows(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    office.bring_in(rows("billing", 2, 12))
    desk.follow()
    place = cache_of(desk).get(PLACE_ITEM)
    assert place is not None
    assert json.loads(place) == [2, MOST_ENTRIES]
    desk.end("signed_out")


def test_that_another_inventory_is_said_and_nothing_is_mixed(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    office.bring_in(rows("billing", 2, 12), inventory=office.inventory_text.replace('"Plan"', '"Tariff"'))
    with pytest.raises(WorkstationError) as refused:
        desk.follow()
    assert refused.value.code == "inventory"
    assert len(desk.search("", None).ids) == 12
    desk.end("signed_out")


@pytest.mark.one_user("SQLite's own words for how it looks")
def test_that_nothing_new_costs_no_look_at_every_customer(office: MadeOffice) -> None:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    desk = office.desk("ratna")
    office.bring_in(rows("billing", 2, 12))
    opened = office.back_office.opened
    event.listen(opened.database._engine, "before_cursor_execute", note)
    try:
        assert desk.follow().is_done
    finally:
        event.remove(opened.database._engine, "before_cursor_execute", note)
    (touched,) = (statement for statement in seen if "changed > 0" in statement)
    (came,) = (statement for statement in seen if "customers.changed < ?" in statement)
    with opened.database.reading() as db:
        for statement, index in ((touched, "ix_customers_changed"), (came, "ix_customers_import_id")):
            plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple([1] * statement.count("?"))).fetchall()
            assert any(index in row[3] for row in plan), plan
            assert not any("TEMP B-TREE" in row[3] for row in plan), plan
    desk.end("signed_out")
