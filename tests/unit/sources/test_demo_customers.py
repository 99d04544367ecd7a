"""The demo's customers: the same from the same seed, valid in form, and nobody's."""

from collections import Counter
from pathlib import Path

import pytest
from stdnum import luhn

from app.domain.data_class import DataClass
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text
from app.sources.csv_file import CsvFile, open_csv
from app.sources.mapping import ColumnPlan, plan_columns
from app.sources.records import ReadRow, read_row
from tests.demo.customers import UNDECLARED, demo_customers, write_customers

COUNT = 1_000


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return load_inventory(resource_text("inventory", "customer.toml"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> CsvFile:
    return open_csv(write_customers(tmp_path_factory.mktemp("demo") / "customers.csv", COUNT))


@pytest.fixture(scope="module")
def plan(file: CsvFile, inventory: Inventory) -> ColumnPlan:
    return plan_columns(file.header, inventory)


@pytest.fixture(scope="module")
def rows(file: CsvFile, plan: ColumnPlan, inventory: Inventory) -> list[ReadRow]:
    return [read_row(row, plan, inventory, file.header) for row in file]


def test_that_one_seed_makes_one_file(tmp_path: Path) -> None:
    one, again = write_customers(tmp_path / "a", 50), write_customers(tmp_path / "b", 50)
    other = write_customers(tmp_path / "c", 50, seed=1)
    assert one.read_bytes() == again.read_bytes() != other.read_bytes()


def test_that_the_file_feeds_every_field_and_two_columns_to_nobody(plan: ColumnPlan, inventory: Inventory) -> None:
    assert set(plan.collected) == {field.name for field in inventory.fields}
    assert plan.not_collected == UNDECLARED
    assert plan.missing_required == ()


def test_that_every_row_is_good(rows: list[ReadRow]) -> None:
    assert len(rows) == COUNT
    assert [cell for row in rows for cell in row.bad] == []


def test_that_each_class_has_values(rows: list[ReadRow], inventory: Inventory) -> None:
    for data_class in (DataClass.CONTACT, DataClass.IDENTITY, DataClass.FINANCIAL, DataClass.SPECIAL):
        for field in inventory.in_class(data_class):
            assert any(field.name in row.values for row in rows), field.name


def test_that_customer_numbers_and_niks_are_each_somebodys_own(rows: list[ReadRow]) -> None:
    for field in ("customer_number", "nik", "full_name"):
        most = Counter(row.values[field] for row in rows if field in row.values).most_common(1)[0][1]
        assert most == 1 or field == "full_name"


def test_that_a_nik_holds_its_owners_birth_date_and_nobodys_district(rows: list[ReadRow]) -> None:
    women = 0
    for values in (row.values for row in rows if "nik" in row.values):
        year, month, day = values["birth_date"].split("-")
        women += int(values["nik"][6]) >= 4
        assert values["nik"][4:6] == "99"
        assert int(values["nik"][6:8]) % 40 == int(day) % 40
        assert values["nik"][8:12] == f"{month}{year[2:]}"
    assert COUNT // 3 < women < 2 * COUNT // 3


def test_that_numbers_are_valid_in_form_and_nobodys(rows: list[ReadRow]) -> None:
    for values in (row.values for row in rows):
        assert luhn.is_valid(values["card_number"])
        assert len(values["card_number"]) == 16
        assert values["mobile_phone"].startswith("+62809")
        assert values.get("npwp", "0" * 9 + "99")[9:11] == "99"
        assert values["email"].rsplit(".", 1)[1] in ("example", "com", "org", "net")


def test_that_the_demo_has_three_queues_of_some_size(rows: list[ReadRow]) -> None:
    queues = Counter(row.values["queue"] for row in rows)
    assert set(queues) == {"billing", "delivery", "retention"}
    assert min(queues.values()) > COUNT // 5


def test_that_the_customers_of_the_mock_ups_come_first(rows: list[ReadRow]) -> None:
    sari = rows[0].values
    assert (sari["full_name"], sari["customer_number"], sari["city"]) == ("Sari Wulandari", "C-104288", "Bandung")
    assert sari["mobile_phone"].endswith("47")
    assert sari["card_number"].startswith("541275")
    assert sari["card_number"].endswith("4417")
    assert sari["nik"].endswith("0004")
    assert sari["npwp"].endswith("4000")
    assert sari["bank_account"].endswith("88")


def test_that_few_customers_can_be_made_too() -> None:
    assert [len(demo_customers(n)) for n in (0, 1, 10, 11)] == [0, 1, 10, 11]
