"""Columns to fields: by name, by label, by mapping; what nobody declares is not collected."""

import pytest

from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text
from app.sources.mapping import MAPPING_LIMIT, MappingError, plan_columns


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return load_inventory(resource_text("inventory", "customer.toml"))


def test_that_a_header_leads_by_name_and_by_label_whatever_its_capitals(inventory: Inventory) -> None:
    plan = plan_columns(("CUSTOMER_NUMBER", "nama LENGKAP", "Email", "queue"), inventory)
    assert plan.collected == {"customer_number": 0, "full_name": 1, "email": 2, "queue": 3}
    assert plan.not_collected == ()
    assert plan.missing_required == ()


def test_that_undeclared_columns_are_not_collected(inventory: Inventory) -> None:
    plan = plan_columns(("Nomor pelanggan", "facebook_profile", "score"), inventory)
    assert plan.not_collected == ("facebook_profile", "score")
    assert plan.missing_required == ("full_name",)


def test_that_a_mapping_goes_before_labels(inventory: Inventory) -> None:
    header = ("ID", "Nama", "Kota", "Domisili", "Antrean")
    mapping = '[columns]\nID = "customer_number"\n"nama " = "full_name"\nDomisili = "province"\n'
    plan = plan_columns(header, inventory, mapping)
    assert plan.collected == {"customer_number": 0, "full_name": 1, "city": 2, "province": 3, "queue": 4}


def test_that_a_mapped_column_does_not_feed_its_label_too(inventory: Inventory) -> None:
    plan = plan_columns(("Surel", "Email"), inventory, '[columns]\nSurel = "full_name"\n')
    assert plan.collected == {"full_name": 0, "email": 1}


def test_that_two_columns_for_one_field_are_refused(inventory: Inventory) -> None:
    with pytest.raises(MappingError, match="Columns 1 and 2 both feed the field 'email'"):
        plan_columns(("Surel", "Email"), inventory)


@pytest.mark.parametrize(
    ("mapping", "line", "words"),
    [
        ('[columns]\nNama = "full_name"\nUmur = "city"\n', 3, "no column 'Umur'"),
        ('[columns]\n\nNama = "shoe_size"\n', 3, "does not declare"),
        ("[columns]\nNama = 3\n", 2, "does not declare"),
        ('[columns]\nNama = "city"\nID = "city"\n', 3, "mapped twice"),
        ('[columns]\nNama = "city"\nnama = "email"\n', 3, "mapped twice"),
        ('[colums]\nNama = "city"\n', 1, "unknown table 'colums'"),
        ("", 1, "missing or empty"),
        ("[columns]\n", 1, "missing or empty"),
        ("[columns\n", 1, "Expected"),
        ('[columns]\nNama = "city"\nNama = "email"\n', 3, "overwrite"),
        ("#" * (MAPPING_LIMIT + 1), 1, "longer than"),
    ],
)
def test_that_a_wrong_mapping_is_refused_with_its_line(
    inventory: Inventory, mapping: str, line: int, words: str
) -> None:
    with pytest.raises(MappingError) as refused:
        plan_columns(("ID", "Nama"), inventory, mapping)
    assert words in refused.value.reason
    assert refused.value.line == line
    assert refused.value.exit_code == 3
