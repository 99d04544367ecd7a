"""An erasure that is killed at any statement: each customer is whole or gone, nothing is told early, and it goes on.

A kill leaves the files as they are at that moment, so they are copied before statements, log of pages and all; what is
opened afterwards is what the next office would find.
"""

import functools
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from app.auth.erasure_certificate import checked_certificate
from app.backoffice.database import Database
from app.backoffice.erasure import running
from app.backoffice.erasure_tables import erasures
from app.backoffice.log_proof import check_whole
from app.backoffice.office import OpenOffice
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.erasing import approved, whole_or_gone
from tests.office.made import MadeOffice, made_office

pytestmark = pytest.mark.slow  # kills

TWO = 2
EACH = 5
"""Of so many statements one is tried; where it begins moves from customer to customer."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as made:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in([c | {"queue": "billing"} for c in demo_customers(3, 5)])
        yield made


def images(office: MadeOffice, folder: Path) -> list[Path]:
    """Carry out what was approved, one customer at a time, keeping the files as they lie before statements."""
    opened, home, count = office.back_office.opened, office.places.home, 0
    here = threading.get_ident()

    def keep(*_about: Any) -> None:
        nonlocal count
        if threading.get_ident() != here:
            return  # the office's own looks; the files may be half-way written back just then
        count += 1
        if count % EACH == 0:
            image = folder / f"{count:04}"
            image.mkdir()
            for path in home.glob("office.db*"):
                if not path.name.endswith("-shm"):  # of the process alone: the next one makes it anew
                    shutil.copyfile(path, image / path.name)

    engine = opened.database._engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        assert running.go_on(opened)
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    return sorted(folder.iterdir())


@pytest.mark.attack("A51")
def test_that_an_erasure_killed_at_any_statement_is_never_half_told_and_goes_on(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [row.record for row in rows_of(office, "customers")][:TWO]
    monkeypatch.setattr(running, "step_in", functools.partial(running.step_in, most=1))
    with approved(office, records, monkeypatch):
        opened, key = office.back_office.opened, office.back_office.file_key
        kept = images(office, tmp_path)
    found = set()
    for image in kept:
        database = Database(image / "office.db", key)
        try:
            again = OpenOffice(database, opened.plate, opened.base, opened.clock)
            found.add(whole_or_gone(again, records))
            running.go_on(again)
            assert whole_or_gone(again, records) == len(records)
            check_whole(again)
            with database.reading() as db:
                text = db.execute(select(erasures.c.certificate)).scalar_one()
            assert checked_certificate(text, again.id)["fates"] == {"erased": len(records)}
            assert not running.go_on(again), "and it is over once"
        finally:
            database.close()
    assert found == {0, 1, TWO}, "before, between and after"
