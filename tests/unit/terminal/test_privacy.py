"""`tirai privacy verify-receipt` says whether a receipt is whole, and `unused-fields` which fields nobody uses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError
from app.domain.inventory_reader import load_inventory
from app.domain.privacy.consent import Channel, Speaker
from app.domain.privacy.unused import DAYS, FieldUse, field_uses
from app.resource_files import resource_text
from app.terminal import privacy
from tests.unit.auth.test_consent_receipt import FILE, RECEIPT


def checked(*words: str) -> tuple[int, str, BaseException | None]:
    done = CliRunner().invoke(app, ["privacy", "verify-receipt", *words])
    return done.exit_code, done.stdout, done.exception


def test_that_a_whole_receipt_is_told(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(FILE, "utf-8")
    code, said, _ = checked(str(file), "--office", RECEIPT.office)
    assert code == 0
    assert "The receipt is whole." in said
    assert "Consent: given\nTo: Saya setuju… (offers)\n" in said
    assert {*privacy.HOW} == {*Channel}, "each channel has its words"
    assert {*privacy.WHO} == {*Speaker}
    assert f"How: {privacy.HOW[Channel(RECEIPT.channel)]}" in said
    assert json.loads(checked(str(file), "--json")[1]) == {"ok": True, **json.loads(RECEIPT.text())}


def test_that_a_changed_one_and_another_offices_do_not_hold(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(FILE, "utf-8")
    assert isinstance(checked(str(file), "--office", "00" * 32)[2], VerificationError)
    file.write_text(FILE.replace("C-1", "C-2"), "utf-8")
    assert isinstance(checked(str(file))[2], VerificationError)


def test_that_what_cannot_be_a_receipt_is_not_read(tmp_path: Path) -> None:
    assert isinstance(checked(str(tmp_path / "nothing.json"))[2], InputRefusedError)
    file = tmp_path / "large.json"
    file.write_bytes(b" " * 70_000)
    assert isinstance(checked(str(file))[2], InputRefusedError)


INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
DAY_MS = 86_400_000
NOW_MS = 1_795_000_000_000


def uses(log_days: int, *used: str) -> tuple[FieldUse, ...]:
    known = dict.fromkeys(used, (3, NOW_MS - DAY_MS))
    return field_uses(INVENTORY, known, NOW_MS - log_days * DAY_MS, NOW_MS)


def unused_fields(monkeypatch: pytest.MonkeyPatch, found: tuple[FieldUse, ...] | Exception, *words: str) -> str:
    """What the command says, signed in as somebody for whom the office answers so."""

    def asked() -> tuple[FieldUse, ...]:
        if isinstance(found, Exception):
            raise found
        return found

    @contextmanager
    def person(*_who: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(record=SimpleNamespace(uses=asked))

    monkeypatch.setattr(privacy, "person", person)
    done = CliRunner().invoke(app, ["privacy", "unused-fields", *words])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_that_fields_that_nobody_used_are_named_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = [field.name for field in INVENTORY.sealed_fields]
    idle = sealed.pop()
    said = unused_fields(monkeypatch, uses(DAYS, *sealed)).splitlines()
    assert said[0] == f"{idle}: nobody opened, used or compared it in 90 days. Stop collecting it?"
    opened = len(INVENTORY.fields) - len(sealed) - 1
    assert said[1:] == [
        f"Used: {len(sealed)} fields. Open (a card that is shown asks nobody, so the log cannot tell): {opened} fields."
    ]
    all_used = unused_fields(monkeypatch, uses(DAYS, *sealed, idle))
    assert all_used.startswith("Each sealed field was used in the last 90 days.")


def test_that_a_young_log_says_that_it_is_too_young(monkeypatch: pytest.MonkeyPatch) -> None:
    said = unused_fields(monkeypatch, uses(DAYS - 1))
    assert "Stop collecting" not in said
    assert said.count("not used yet; the log is younger than 90 days.") == len(INVENTORY.sealed_fields)


def test_that_a_program_gets_every_field_and_a_refusal_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = uses(DAYS, "nik")
    told = json.loads(unused_fields(monkeypatch, found, "--json"))
    assert told["days"] == 90
    assert [one["field"] for one in told["fields"]] == [field.name for field in INVENTORY.fields]
    by_name = {one["field"]: one for one in told["fields"]}
    assert by_name["nik"] == {"field": "nik", "usage": "used", "times": 3, "last_ms": NOW_MS - DAY_MS}
    assert (by_name["npwp"]["usage"], by_name["city"]["usage"]) == ("unused", "unknown")
    with pytest.raises(NotAllowedError):
        unused_fields(monkeypatch, NotAllowedError("Not you.", code="role_privacy"), "--json")
