"""The vendors' exports as they are: every row is good, and what nobody declared stays out."""

from pathlib import Path

import pytest

from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text
from app.sources.mapping import MappingError, plan_columns, ready_mapping, ready_mappings
from app.sources.opening import open_source
from app.sources.records import read_row
from app.sources.source import UntrustedRow
from tests.unit.sources.exports import LAYOUTS, ZENDESK_BULK, write_export


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return load_inventory(resource_text("inventory", "customer.toml"))


READ = {
    "salesforce": [
        {
            "customer_number": "0035g00000TiraiAA1",
            "full_name": "Sari Wulandari",
            "city": "Bandung",
            "province": "Jawa Barat",
            "customer_since": "2021-05-04",
            "last_contact": "2026-09-30",
            "mobile_phone": "+6280912345647",
            "second_phone": "+62215551234",
            "email": "sari@gading.example",
            "street_address": "Jl. Kenanga 12 RT 03 40115",
            "birth_date": "1987-03-28",
        },
        {"customer_number": "0035g00000TiraiAA2", "full_name": "Budiarto", "customer_since": "2024-02-29"},
    ],
    "hubspot": [
        {
            "customer_number": "901",
            "full_name": "Zoë Sitompul",
            "city": "Medan",
            "province": "Sumatera Utara",
            "customer_since": "2024-03-12",
            "language": "id",
            "last_contact": "2026-10-02",
            "mobile_phone": "+6280912345648",
            "second_phone": "+62215551234",
            "email": "zoe@gading.example",
            "street_address": "Jl. Melati 5",
            "birth_date": "1990-12-01",
        },
    ],
    "zendesk": [
        {
            "customer_number": "361045678901",
            "full_name": "Putu Wirawan",
            "customer_since": "2022-07-08",
            "language": "id",
            "mobile_phone": "+6280912345649",
            "email": "putu@gading.example",
        },
    ],
}


def test_that_there_is_a_layout_and_a_reading_for_each_ready_mapping() -> None:
    assert set(ready_mappings()) == set(LAYOUTS) == set(READ)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("vendor", LAYOUTS)
def test_that_an_export_is_read_as_its_vendor_lays_it_out(
    tmp_path: Path, inventory: Inventory, vendor: str, encoding: str
) -> None:
    file = open_source(write_export(tmp_path, vendor, encoding))
    plan = plan_columns(file.header, inventory, ready_mapping(vendor))
    assert plan.missing_required == ()
    read = [read_row(row, plan, inventory, file.header) for row in file]
    assert [cell for row in read for cell in row.bad] == []
    assert [dict(row.values) for row in read] == READ[vendor]
    assert set(plan.not_collected) < set(LAYOUTS[vendor])


def test_that_zendesks_bulk_layout_gives_the_external_id(inventory: Inventory) -> None:
    plan = plan_columns(ZENDESK_BULK, inventory, ready_mapping("zendesk"))
    assert plan.collected["customer_number"] == ZENDESK_BULK.index("external_id")
    assert plan.missing_required == ()


def test_that_only_ready_names_lead_to_a_mapping() -> None:
    for name in ("", "..", "../policy/default", "salesforce.toml", "SALESFORCE", "none"):
        assert ready_mapping(name) is None


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ('[joined]\nfull_name = ["A"]\n', "two or more"),
        ('[joined]\nfull_name = ["A", "A"]\n', "mapped twice"),
        ('[joined]\nfull_name = ["A", "C"]\n', "no column 'C'"),
        ('[joined]\nshoe = ["A", "B"]\n', "does not declare"),
        ('[columns]\nA = "city"\n[joined]\nfull_name = ["A", "B"]\n', "mapped twice"),
        ("[optional]\nA = 3\n", "name of a field"),
        ("columns = 3\n", "missing or empty"),
    ],
)
def test_that_a_wrong_join_is_refused(inventory: Inventory, mapping: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        plan_columns(("A", "B"), inventory, mapping)


def test_that_a_bad_joined_cell_names_all_its_columns(inventory: Inventory) -> None:
    header = ("No", "A", "B")
    plan = plan_columns(header, inventory, '[columns]\nNo = "customer_number"\n[joined]\nfull_name = ["A", "B"]\n')
    (bad,) = read_row(UntrustedRow(7, ("1", "", "x\u202e")), plan, inventory, header).bad
    assert (bad.line, bad.column) == (7, "A + B")
    assert "U+202E" in bad.sentence
    assert "\u202e" not in bad.sentence
