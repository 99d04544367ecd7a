"""The mark of a boot: the same for a boot and an office, another one elsewhere, none where no system tells it."""

from pathlib import Path

import pytest

from app.session import boot_mark as module
from app.session.boot_mark import boot_mark

OFFICE, OTHER = b"o" * 32, b"p" * 32


def test_that_it_is_of_one_boot_and_one_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "boot_id"
    monkeypatch.setattr(module, "_SAID_BY", said)
    assert boot_mark(OFFICE) == ""
    said.write_text("6a2f41a3-c54c-fce8-32d2-0324e1c32e22\n", "ascii")
    first = boot_mark(OFFICE)
    assert len(first) == 16
    assert first == boot_mark(OFFICE)
    assert first != boot_mark(OTHER)
    assert "6a2f41a3" not in first
    said.write_text("7a2f41a3-c54c-fce8-32d2-0324e1c32e22\n", "ascii")
    assert boot_mark(OFFICE) != first
