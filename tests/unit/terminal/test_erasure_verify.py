"""`tirai erasure verify`: a certificate is what its office signed, or it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.auth.book import ROOT, Entry, Kind
from app.auth.erasure_certificate import office_of, signed_certificate
from app.crypto import hpke, signing
from app.crypto.derive import sha256
from app.domain.errors import InputRefusedError, VerificationError
from app.terminal.erasure import erasure_app

ROOT_SEED, SEED = signing.new_seed(), signing.new_seed()
PUBLIC = signing.public_of(ROOT_SEED)
PERSON = {"account": "hendra", "name": "Hendra\x1b[2J", "at": "2026-11-28T10:00:00+00:00", "signature": ""}
FACTS: dict[str, Any] = {
    "number": 7, "action": "erase", "office_name": "Nusantara Care", "made": "2026-11-28T10:30:00+00:00",
    "proposed": PERSON, "approved": PERSON, "fates": {"erased": 1}, "remarks": ["log_keeps_pseudonym"],
    "backups": [{"period": "records-2026-W48", "until": "2027-01-02T00:00:00+00:00"}],
}  # fmt: skip


def office_entry() -> Entry:
    entry = Entry(
        1, bytes(32), Kind.OFFICE, "office", "", (), "", hpke.public_of(hpke.new_secret()), signing.public_of(SEED),
        b"", (),
    )  # fmt: skip
    return entry.signed(sha256(PUBLIC), [(ROOT, ROOT_SEED)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "certificate.json"
    path.write_text(signed_certificate(FACTS, PUBLIC, office_entry(), SEED), "utf-8")
    return path


def test_that_a_certificate_is_told_in_plain_text(file: Path) -> None:
    told = CliRunner().invoke(erasure_app, ["verify", str(file)]).output
    assert "no. 7" in told
    assert "records-2026-W48" in told
    assert "\x1b" not in told
    as_json = json.loads(CliRunner().invoke(erasure_app, ["verify", str(file), "--json"]).output)
    assert as_json["ok"]
    assert as_json["office"] == office_of(as_json["certificate"]).hex()


def test_that_a_changed_one_and_another_offices_are_refused(file: Path) -> None:
    other = CliRunner().invoke(erasure_app, ["verify", str(file), "--office", "00" * 32])
    assert isinstance(other.exception, VerificationError)
    file.write_text(file.read_text("utf-8").replace('"number": 7', '"number": 8'), "utf-8")
    assert isinstance(CliRunner().invoke(erasure_app, ["verify", str(file)]).exception, VerificationError)
    file.write_text("{}", "utf-8")
    assert isinstance(CliRunner().invoke(erasure_app, ["verify", str(file)]).exception, InputRefusedError)


def test_that_the_proof_of_a_destroyed_backup_key_is_told(file: Path) -> None:
    people = [{"account": "adi", "signature": ""}, {"account": "dewi\x1b[2J", "signature": ""}]
    facts = {"period": "office-2025-11", "office_name": "Nusantara Care", "destroyed": "2026-11-28", "people": people}
    file.write_text(signed_certificate(facts, PUBLIC, office_entry(), SEED), "utf-8")
    told = CliRunner().invoke(erasure_app, ["verify", str(file)]).output
    assert "office-2025-11 of Nusantara Care was destroyed by adi and dewi" in told
    assert "\x1b" not in told
