"""T4: what sync and table give a curious agent: nothing of other queues, and nothing once a customer has left.

Enforced by *authority* at the office (the rows that it sends) and by *software* in the console (what the cache keeps).
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.backoffice import customer_sync, schema
from app.domain.table_query import Among, Sort, TableQuery
from app.session.desk import Desk
from app.storage.screen_choices import ChoicesFile, choices_path
from app.ui.choices import Choices
from app.ui.table.state import TableState
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice, made_office

CANARY = "Kotakenari"
"""A city that one customer alone has."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        rows = [row | {"queue": "billing"} for row in demo_customers(9, 5)]
        rows[-1] |= {"queue": "delivery", "city": CANARY, "full_name": f"{CANARY} Elsewhere"}
        office.bring_in(rows)
        yield office


def record_of(office: MadeOffice, queue: str) -> bytes:
    table = schema.customers.c
    with office.back_office.opened.database.reading() as db:
        found: bytes = db.execute(select(table.record).where(table.queue == queue).order_by(table.id)).scalars().first()  # type: ignore[assignment]
    return found


def everything_of(desk: Desk) -> str:
    """All that stands in the tables of the cache, its index's terms included."""
    with desk._open.cache._guarded() as db:
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, found, 'row')")
        terms = db.execute("SELECT term FROM temp.terms").fetchall()
        rows = db.execute("SELECT * FROM customer").fetchall()
        items = db.execute("SELECT key FROM item").fetchall()
        db.execute("DROP TABLE temp.terms")
    return repr((terms, rows, items)).casefold()


def is_known(desk: Desk) -> bool:
    canary = CANARY.casefold()
    offered = {value.casefold() for value in desk.values_of("city")}
    found = desk.table(TableQuery(filters=(Among("city", (CANARY,)),), sort=Sort("name"))).ids
    return canary in offered or bool(found) or bool(desk.beginning(CANARY)) or canary in everything_of(desk)


@pytest.mark.attack("A48")
def test_that_a_table_offers_and_finds_nothing_of_another_queue(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    assert not is_known(desk)
    with office.back_office.opened.writing() as db:
        customer_sync.touch(db, record_of(office, "delivery"))
    assert not desk.follow().changed
    assert not is_known(desk)
    changes = desk._identity.client.customer_changes((0, 0), 2000)
    assert CANARY.casefold() not in changes.model_dump_json().casefold()
    desk.end("signed_out")


def test_that_a_customer_who_leaves_the_queues_leaves_rows_orders_values_and_index(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    with office.back_office.opened.writing() as db:
        customer_sync.move(db, record_of(office, "delivery"), "billing")
    desk.follow()
    assert is_known(desk)
    assert desk.table(TableQuery(sort=Sort("city"))).ids
    with office.back_office.opened.writing() as db:
        table = schema.customers.c
        record = db.execute(select(table.record).where(table.open_fields.contains(CANARY))).scalar_one()
        customer_sync.move(db, record, "delivery")
    assert desk.follow().gone
    assert not is_known(desk)
    desk.end("signed_out")


def test_that_the_file_of_choices_holds_keys_of_columns_and_open_values_alone(
    office: MadeOffice, tmp_path: Path
) -> None:
    """A view has no place for a search, a name, a number or a mask; what is typed as its name is scanned."""
    desk = office.desk("ratna")
    file = ChoicesFile(tmp_path, "ratna")
    choices = Choices(keep=file.hand)
    state = TableState(desk.columns, choices, desk.scan_note)
    person = desk.rows(list(desk.search("", None).ids))[0]
    state.filter_by("city", (person.city,))
    state.sort_by("phone")
    state.show(["name", "phone"])
    state.draw("phone", 200)
    assert state.save("+62 812 0455 9147") != ""
    assert state.save("Hari ini") == ""
    file.write()
    kept = json.loads(choices_path(tmp_path, "ratna").read_text("utf-8"))
    assert set(kept) == {"table_columns", "table_widths", "table_views"}
    text = json.dumps(kept)
    for secret in (person.name, person.number, person.record, str(person.phone), "0812", "9147"):
        assert secret not in text
    (view,) = (json.loads(one) for one in kept["table_views"])
    assert view == {
        "name": "Hari ini", "filters": {"city": [person.city]}, "sort": ["phone", False], "columns": ["name", "phone"],
    }  # fmt: skip
    desk.end("signed_out")
