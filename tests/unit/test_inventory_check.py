"""`tirai inventory check`: an estimate per sealed field, a warning below 2^40, a refusal with its line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.inventory import InventoryError
from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text


def test_that_the_shipped_inventory_is_estimated_field_by_field() -> None:
    said = CliRunner().invoke(app, ["inventory", "check"]).output
    fields = load_inventory(resource_text("inventory", "customer.toml")).sealed_fields
    assert [line.split()[0] for line in said.splitlines()[1 : len(fields) + 1]] == [f.name for f in fields]
    assert "about 2^17" in said
    assert "Warning: under 2^40" in said
    assert "Card number: at least 60 months" in said
    assert "The longest time decides." in said


def test_that_a_machine_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "inventory.toml"
    file.write_text(resource_text("inventory", "customer.toml"), encoding="utf-8")
    answer = json.loads(CliRunner().invoke(app, ["inventory", "check", str(file), "--json"]).output)
    card = next(guess for guess in answer["fields"] if guess["field"] == "card_number")
    assert card == {
        "field": "card_number",
        "class": "financial",
        "candidates": 100_000,
        "bits": 16.6,
        "tags": True,
        "guessable": True,
    }


def test_that_an_inventory_without_tags_brings_no_warning(tmp_path: Path) -> None:
    file = tmp_path / "inventory.toml"
    text = resource_text("inventory", "customer.toml").replace("verify = true\n", "")
    file.write_text(text.replace('search = "exact"', 'search = "none"'), encoding="utf-8")
    assert "Warning" not in CliRunner().invoke(app, ["inventory", "check", str(file)]).output


@pytest.mark.parametrize("content", ["", "title = 3\n"])
def test_that_a_wrong_inventory_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "inventory.toml"
    file.write_text(content, encoding="utf-8")
    refused = CliRunner().invoke(app, ["inventory", "check", str(file)])
    assert isinstance(refused.exception, InventoryError)
    assert refused.exception.exit_code == 3


def test_that_contradicting_times_are_told_with_what_decides() -> None:
    retention = json.loads(CliRunner().invoke(app, ["inventory", "check", "--json"]).output)["retention"]
    card = next(one for one in retention["conflicts"] if one["field"] == "card_number")
    assert (card["certain"], card["decides"], card["least"]["months"], card["most"]["months"]) == (True, "most", 60, 24)
