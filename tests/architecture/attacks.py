"""Which test shows which attack, and who owns the rest: gathered from the tests' own marks, written to docs/attacks.md.

A test says what it shows: `@pytest.mark.attack("A5")`. What nothing shows yet, or not all of, stands with its owner and
reason in `docs/attacks/owners.toml`. `make attacks` writes the page; `tests/architecture/test_attacks.py` refuses a
stale or open one.
"""

import csv
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.marks import ROOT, marked

ATTACKS = ROOT / "docs" / "attacks" / "attacks.csv"
OWNERS = ROOT / "docs" / "attacks" / "owners.toml"
PAGE = ROOT / "docs" / "attacks.md"

HEAD = """# Attacks

Made by `make attacks` from the marks of the tests; do not edit. Every attack that we know of has a row: the tests that
try it, or who will own it and why it is not tried here. Enforcers and limits stand in the
[threat model](threat-model.md), whose adversaries T1 to T10 have a file each to begin with:
"""


@dataclass(frozen=True, slots=True)
class Attack:
    """One row.

    Attributes:
        id: A1 to A55.
        kind: what it goes at.
        text: what somebody does.
        must: what must come of it.
    """

    id: str
    kind: str
    text: str
    must: str


def attacks() -> list[Attack]:
    """All of them."""
    with ATTACKS.open(encoding="utf-8", newline="") as file:
        return [Attack(r["id"], r["kind"], r["attack"], r["must"]) for r in csv.DictReader(file)]


def owners() -> dict[str, str]:
    """Who owns what no test shows, and why."""
    return {key: str(value) for key, value in tomllib.loads(OWNERS.read_text(encoding="utf-8")).items()}


def tests_by_attack() -> dict[str, list[str]]:
    """Tests by the attack that they are marked with."""
    return marked("attack")


def first_files() -> dict[str, list[Path]]:
    """The file of each adversary, which a reader opens first: `tests/security/test_t<n>_*.py`."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "tests" / "security").glob("test_t*.py")):
        if match := re.match(r"test_t(\d+)_", path.name):
            found.setdefault(f"T{match[1]}", []).append(path)
    return found


def page() -> str:
    """The whole page."""
    by_test, by_owner, lines = tests_by_attack(), owners(), [HEAD]
    for adversary, paths in sorted(first_files().items(), key=lambda item: int(item[0][1:])):
        lines += [f"- {adversary}: `{path.relative_to(ROOT)}`" for path in paths]
    lines += ["", "| | goes at | somebody does | what must come of it | tried by |", "|---|---|---|---|---|"]
    for row in attacks():
        tests = ", ".join(f"`{test}`" for test in by_test.get(row.id, []))
        rest = f"*{'Rest' if tests else 'Not here'}:* {by_owner[row.id]}" if row.id in by_owner else ""
        tried = ". ".join(part for part in (tests, rest) if part) or "OPEN"
        lines.append(f"| {row.id} | {row.kind} | {row.text} | {row.must} | {tried} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    open_rows = [row.id for row in attacks() if row.id not in tests_by_attack() and row.id not in owners()]
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(attacks())} attacks, {len(open_rows)} open\n")
    sys.stdout.write("".join(f"  {row}\n" for row in open_rows))
    sys.exit(1 if open_rows else 0)
