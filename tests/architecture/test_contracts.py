"""The rules of the house that a program can check, each an English sentence."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted((ROOT / "app").rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
EMPTY_NAMES = {"utils", "util", "common", "manager", "managers", "helpers", "misc", "base"}


def names_of(modules: list[Path]) -> list[str]:
    return [str(module.relative_to(ROOT)) for module in modules]


def test_that_every_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_that_the_contracts_say_what_lives_where() -> None:
    names = {contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]}
    assert names >= {
        "Qt lives in the screens only",
        "Only storage opens the encrypted database",
        "Only storage reaches the keyring",
        "Only crypto calls the cryptographic library",
        "Only the back office and the sources speak SQL through SQLAlchemy",
    }


def test_that_a_file_is_named_for_what_it_does() -> None:
    assert len(MODULES) > 1_000
    empty = [module for module in MODULES if EMPTY_NAMES & set(module.relative_to(ROOT).with_suffix("").parts)]
    assert not names_of(empty)


def test_that_a_file_begins_by_saying_what_it_is_for() -> None:
    silent = [module for module in MODULES if not ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))]
    assert not names_of(silent), "no module docstring"


@pytest.mark.parametrize("lock", LOCKS, ids=names_of(LOCKS))
def test_that_a_lock_holds_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9.-]+==", text, flags=re.MULTILINE)
    hashed = re.findall(r"^[a-z0-9.-]+==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE)
    assert pinned
    assert len(pinned) == len(hashed)
    assert "://" not in text


def test_that_python_3_11_never_gets_the_qt_that_aborts_on_it() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pins = dict(
            re.findall(r"^pyside6-essentials==([0-9.]+) ; python_full_version ([<>=]+) '3\.12'", text, re.MULTILINE)
        )
        old = [version for version, relation in pins.items() if relation == "<"]
        assert len(old) == 1
        assert tuple(map(int, old[0].split("."))) < (6, 12)


def test_that_the_set_up_can_be_read_by_an_old_python() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
