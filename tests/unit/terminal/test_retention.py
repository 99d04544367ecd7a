"""`tirai retention dry-run`: what each rule would destroy today, in words and as JSON."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from app.api.messages.retention import DueByRule, RetentionNow
from app.cli import app
from app.domain.errors import InputRefusedError
from app.domain.field import RetentionStart
from app.domain.inventory_reader import load_inventory
from app.domain.retention.trusted_time import Doubt
from app.resource_files import resource_text
from app.session.erasures import names_of_rules
from app.terminal import retention

SAMPLE = bytes(range(16))
DUE = DueByRule(
    field="second_phone", start=RetentionStart.LAST_CONTACT, months=24, purpose="", law="UU X pasal 1", count=12,
    samples=(SAMPLE,),
)  # fmt: skip
KNOWN = ("second_phone:last_contact:24", "second_phone:consent_withdrawn:1:offers", "email:last_contact:24")


def now(doubt: Doubt = Doubt.NONE) -> RetentionNow:
    return RetentionNow(
        day="2026-11-29", office_day="2026-11-29", doubt=doubt, rules=(), customers=3, fields=(), subjects=(), held=2,
        unknown=1, ahead=(), by_rule=(DUE,) if doubt is Doubt.NONE else (),
    )  # fmt: skip


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, RetentionNow]:
    held = {"now": now()}

    @contextmanager
    def person(*_who: object) -> Iterator[SimpleNamespace]:
        erasures = SimpleNamespace(retention=lambda: held["now"])
        yield SimpleNamespace(erasures=erasures, rules_of_retention=lambda: KNOWN)

    monkeypatch.setattr(retention, "person", person)
    return held


def said(*words: str) -> str:
    done = CliRunner().invoke(app, ["retention", "dry-run", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.usefixtures("found")
def test_that_every_rule_is_named_with_its_count_and_ids_of_some() -> None:
    lines = said().splitlines()
    assert [line.split()[:2] for line in lines if ":last_contact:" in line or ":consent" in line] == [
        ["12", KNOWN[0]],
        ["0", KNOWN[1]],
        ["0", KNOWN[2]],
    ]
    assert SAMPLE.hex() in said()
    assert "Held by a legal hold: 2. Without any date: 1." in lines


@pytest.mark.usefixtures("found")
def test_that_one_rule_is_chosen_by_its_name_or_by_its_field() -> None:
    one = json.loads(said("--rule", KNOWN[0], "--json"))
    assert one["rules"] == [{"rule": KNOWN[0], "law": "UU X pasal 1", "due": 12, "samples": [SAMPLE.hex()]}]
    both = json.loads(said("--rule", "second_phone", "--json"))
    assert [rule["rule"] for rule in both["rules"]] == [*KNOWN[:2]]
    assert (both["day"], both["doubt"], both["held"]) == ("2026-11-29", None, 2)


@pytest.mark.usefixtures("found")
def test_that_a_rule_that_is_none_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="no such rule"):
        said("--rule", "shoe_size")


def test_that_a_clock_in_doubt_is_said(found: dict[str, RetentionNow]) -> None:
    found["now"] = now(next(one for one in Doubt if one is not Doubt.NONE))
    assert "clock is not believed" in said()
    assert json.loads(said("--json"))["doubt"]


def test_that_the_shipped_inventory_has_a_name_for_each_rule() -> None:
    names = names_of_rules(load_inventory(resource_text("inventory", "customer.toml")))
    assert len(names) == len(set(names))
    assert any(name.startswith("npwp:contract_end:120") for name in names)
    assert any(":consent_withdrawn:1:" in name for name in names)
