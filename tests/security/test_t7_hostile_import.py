"""T7: a hostile import file. A sentence with the place, and not one customer comes in.

Here (A35): hostile CSV files and workbooks at the office's door, as the command brings them. Enforced by *software*,
and by *process*: rows are read, judged and sealed in a process that ends with the import.

Further parts: `tests/unit/sources/test_hostile_files.py`, `tests/unit/sources/test_csv_file.py`,
`tests/unit/sources/test_xlsx_file.py`, `tests/unit/sources/test_records.py` (each reader, with generated files),
`test_import_process.py` (what its process leaves), `tests/e2e/test_imports.py` (kills, full disks, bounded memory).
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.backoffice import schema
from app.domain.errors import InputRefusedError
from app.session.command import ImportReport
from app.sources.opening import open_source
from tests.office.door import rows_of
from tests.office.made import MadeOffice, made_office
from tests.unit.sources.hostile import HOSTILE, Hostile

TRIGGERS = ("=1+1", "@SUM(A1)", "+cmd", "-2+3", "=HYPERLINK(0)")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_came_in(office: MadeOffice, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test but the one that imports: no import, no customer, no sealed value, no data key."""
    yield
    if "stay text" not in request.node.name.replace("_", " "):
        for name in ("imports", "customers", "sealed_values", "data_keys"):
            assert name in schema.metadata.tables
            assert rows_of(office, name) == []


def bring_in_file(office: MadeOffice, path: Path) -> ImportReport:
    """As the command does it: a person signs in, the file is opened, its rows are sent."""
    session = office.command("hendra")
    try:
        return session.bring_in(open_source(path))
    finally:
        session.end()


@pytest.mark.attack("A35")
@pytest.mark.parametrize(
    "hostile", [h for h in HOSTILE if h.name not in {"many bombs", "endless attribute"}], ids=lambda h: h.name
)
def test_that_a_hostile_file_brings_nothing_in(office: MadeOffice, tmp_path: Path, hostile: Hostile) -> None:
    path = tmp_path / "customers.csv"
    hostile.write(path)
    with pytest.raises(InputRefusedError, match=hostile.words):
        bring_in_file(office, path)


@pytest.mark.attack("A35")
def test_that_a_fault_after_many_good_rows_brings_nothing_in(office: MadeOffice, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    good = "".join(f"C-{n},Sari,billing\n" for n in range(1_200))
    path.write_text(f'customer_number,full_name,queue\n{good}C-9999,"Budi,billing\n', encoding="utf-8")
    with pytest.raises(InputRefusedError, match="Line 1202, column 8: A quote is opened and never closed"):
        bring_in_file(office, path)


def test_that_rows_as_heavy_as_they_may_be_are_judged_and_not_dropped(office: MadeOffice, tmp_path: Path) -> None:
    """30 rows of 1.2 million characters: sent by weight, since 500 of them would be 600 MB in one message."""
    path = tmp_path / "customers.csv"
    notes = ",".join(["x" * 60_000] * 20)
    header = "customer_number,full_name,queue," + ",".join(f"note{n}" for n in range(20))
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for n in range(30):
            file.write(f"C-{n},{'Sari' if n < 29 else 'S' * 300},billing,{notes}\n")
    report = bring_in_file(office, path)
    assert (report.rows, report.done) == (30, None)
    assert [(cell.line, cell.column) for cell in report.bad] == [(31, "full_name")]


@pytest.mark.attack("A35")
def test_that_signs_which_move_text_are_refused_by_place_and_never_shown(office: MadeOffice) -> None:
    rows = [
        {"customer_number": "C-1", "full_name": "Sari\u202eirawal", "queue": "billing"},
        {"customer_number": "C-2", "full_name": "Budi\x1b[2J", "queue": "billing"},
    ]
    report = office.bring_in(rows)
    assert report.done is None
    assert [(cell.line, cell.column) for cell in report.bad] == [(2, "full_name"), (3, "full_name")]
    assert all(cell.reason.isprintable() for cell in report.bad)
    assert "U+202E" in report.bad[0].reason
    assert "U+001B" in report.bad[1].reason


def test_that_cells_which_look_like_formulas_stay_text(office: MadeOffice) -> None:
    rows = [
        {"customer_number": f"C-{n}", "full_name": text, "queue": "billing"} for n, text in enumerate(TRIGGERS, start=1)
    ]
    assert office.bring_in(rows).done is not None
    values = [json.loads(customer.open_fields) for customer in rows_of(office, "customers")]
    assert sorted(v["full_name"] for v in values) == sorted(TRIGGERS)
