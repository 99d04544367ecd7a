"""The table over a real office: the inventory's columns, orders and filters, and the last contact of a visit."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from app.backoffice import customer_sync, schema
from app.domain.table_query import Among, Between, FilterKind, Sort, TableQuery
from app.session.desk import Desk
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("table")) as made:
        made.bring_in(demo_customers(40, 7))
        yield made


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("hendra")
    yield desk
    desk.end("signed_out")


def test_that_columns_are_the_inventory_s_and_only_contact_masks_are_among_them(desk: Desk) -> None:
    columns = {column.key: column for column in desk.columns}
    assert [key for key in columns if columns[key].is_usual] == [
        "name", "number", "city", "phone", "last_contact", "queue",
    ]  # fmt: skip
    assert {key for key, column in columns.items() if column.filter is FilterKind.AMONG} == {
        "city", "province", "language", "plan", "offers_consent", "queue",
    }  # fmt: skip
    assert columns["last_contact"].filter is FilterKind.DAYS
    masked = {key for key, column in columns.items() if column.is_masked}
    assert "phone" in masked
    assert not masked & {"nik", "birth_date", "card_number", "bank_account", "health_note", "mothers_name"}


def test_that_every_column_sorts_all_rows_both_ways(desk: Desk) -> None:
    for column in desk.columns:
        up = desk.table(TableQuery(sort=Sort(column.key))).ids
        down = desk.table(TableQuery(sort=Sort(column.key, is_down=True))).ids
        assert sorted(up) == sorted(down) == sorted(desk.search("", None).ids)
    names = [row.name.casefold() for row in desk.rows(desk.table(TableQuery(sort=Sort("name"))).ids)]
    assert names == sorted(names)


def test_that_filters_and_search_hold_together(desk: Desk) -> None:
    cities = [value for value in desk.values_of("city") if value][:2]
    query = TableQuery(filters=(Among("city", tuple(cities)),), sort=Sort("number"))
    rows = desk.rows(desk.table(query).ids)
    assert {row.city for row in rows} == set(cities)
    one = desk.table(TableQuery(rows[0].name, None, query.filters, query.sort)).ids
    assert rows[0].id in one
    assert len(one) <= len(rows)
    assert not desk.table(TableQuery(queue="nowhere", filters=query.filters)).ids


def test_that_a_column_that_is_no_more_is_left_out_and_its_values_are_refused(desk: Desk) -> None:
    everybody = desk.search("", None).ids
    assert desk.table(TableQuery(filters=(Among("loyalty", ("gold",)),), sort=Sort("loyalty"))).ids == everybody
    with pytest.raises(ValueError, match="no such column"):
        desk.values_of("loyalty")


def test_that_a_visit_moves_the_last_contact_on(office: MadeOffice, desk: Desk) -> None:
    id_ = desk.search("", None).ids[0]
    (record,) = (bytes.fromhex(row.record) for row in desk.rows([id_]))
    now_s = time.time()
    today = time.strftime("%Y-%m-%d", time.localtime(now_s))  # of that moment: midnight may come meanwhile
    assert id_ not in desk.table(TableQuery(filters=(Between("last_contact", first=today),))).ids
    with office.back_office.opened.writing() as db:
        table = schema.customers
        db.execute(update(table).where(table.c.record == record).values(last_contact_ms=int(now_s * 1000)))
        customer_sync.touch(db, record)
    assert desk.follow().changed == {id_}
    assert desk.rows([id_])[0].last_contact == today
    assert list(desk.table(TableQuery(filters=(Between("last_contact", first=today),))).ids) == [id_]
