"""`tirai privacy verify-receipt`: says what a whole receipt says, and that another one does not hold."""

import json
from pathlib import Path

from typer.testing import CliRunner

from app.cli import app
from app.domain.errors import InputRefusedError, VerificationError
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
    assert "given: Saya setuju… (offers)" in said
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
