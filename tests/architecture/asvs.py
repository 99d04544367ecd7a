"""Which test shows which requirement of OWASP ASVS 5.0: gathered from the tests' own marks, written to docs/asvs.md.

A test says what it shows: `@pytest.mark.asvs("V6.2.1")`. What nothing shows stands with its reason in
`docs/asvs/not-here.toml`. `make asvs` writes the page; `tests/architecture/test_asvs.py` refuses a stale or open one.
"""

import csv
import sys
import tomllib
from dataclasses import dataclass

from tests.architecture import marks
from tests.architecture.marks import ROOT

REQUIREMENTS = ROOT / "docs" / "asvs" / "requirements.csv"
REASONS = ROOT / "docs" / "asvs" / "not-here.toml"
PAGE = ROOT / "docs" / "asvs.md"

HEAD = """# OWASP ASVS 5.0: sign-in and sessions

Made by `make asvs` from the marks of the tests; do not edit. Chapters V6 and V7, the rows that apply to a desktop
console with an embedded office. The requirements are paraphrased from the OWASP Application Security Verification
Standard 5.0 (CC BY-SA 4.0); other chapters follow with the parts they concern.
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the standard, paraphrased."""

    id: str
    level: str
    section: str
    text: str


def requirements() -> list[Requirement]:
    """The rows that apply."""
    with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
        return [Requirement(r["id"], r["level"], r["section"], r["requirement"]) for r in csv.DictReader(file)]


def reasons() -> dict[str, str]:
    """Why no test covers a row."""
    return {key: str(value) for key, value in tomllib.loads(REASONS.read_text(encoding="utf-8")).items()}


def marked() -> dict[str, list[str]]:
    """Tests by the requirement that they are marked with, as `path:function`."""
    return marks.marked("asvs")


def page() -> str:
    """The whole page."""
    by_test, by_reason = marked(), reasons()
    lines, section = [HEAD.rstrip()], ""
    for row in requirements():
        if row.section != section:
            section = row.section
            lines += ["", f"## {section}", "", "| row | level | asks for | shown by |", "|---|---|---|---|"]
        tests = ", ".join(f"`{test}`" for test in by_test.get(row.id, []))
        shown = tests or f"*No test:* {by_reason.get(row.id, 'OPEN')}"
        lines.append(f"| {row.id} | {row.level} | {row.text.replace('|', '/')} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    open_rows = [row.id for row in requirements() if row.id not in marked() and row.id not in reasons()]
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(requirements())} rows, {len(open_rows)} open\n")
    sys.stdout.write("".join(f"  {row}\n" for row in open_rows))
    sys.exit(1 if open_rows else 0)
