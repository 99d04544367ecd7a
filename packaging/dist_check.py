"""Prove what `make dist` built, each part in a clean place, and write docs/deployment/status.md (`make dist-check`).

Every trial is a program of its own that writes a report; this one runs them, judges signatures, sums and bills of
materials, and writes the page from what they found. `--only` runs some again and takes the others' last reports, with
their age; with `--page` none is run. Exit codes: 0 all good; 1 a trial failed; 5 something could not be tried here,
which the page names.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bad_days
from deployment_status import Found, is_whole, write_page
from frozen import CONSOLE
from linux import console_tree, gateway_tree
from linux.deb import file_name
from make_dist import BILL, artefacts
from steps import BUILD, DIST, PACKAGING, ROOT, sha256
from supply.signing import is_good
from supply.sums import KEY_FILE, SUMS, wrong_files
from trying.findings import Findings

EXIT_FAILED, EXIT_NOT_TRIED = 1, 5
AUDITED = BUILD / "audit.json"
SCHEMA_CHECK = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
print(JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding="utf-8").read()) or "valid")
"""


@dataclass(frozen=True)
class Trial:
    """One trial.

    Attributes:
        title: on the page.
        words: its program and words below packaging/; empty for what is tried here (`HERE`).
        report: where its findings are.
    """

    title: str
    words: tuple[str, ...]
    report: Path


TRIALS = {
    "supply": Trial("Sums, signatures and bills of materials", (), BUILD / "supply-check/report.json"),
    "apt": Trial(
        "The apt repository, attacked and used in a minimal Debian", ("try_apt.py",), BUILD / "apt-check/report.json"
    ),
    "console": Trial(
        "tirai-console in a minimal Debian under Xvfb: the demo's story",
        ("try_deb.py", str(BUILD / "deb" / file_name(console_tree.NAME))),
        BUILD / "deb/report.json",
    ),
    "service": Trial(
        "The office of a whole workstation, as tirai-console brings it",
        ("try_service.py", str(BUILD / "deb" / file_name(console_tree.NAME))),
        BUILD / "service-check/report.json",
    ),
    "gateway": Trial(
        "tirai-gateway in a minimal Debian over PostgreSQL",
        ("try_gateway.py", str(BUILD / "deb" / file_name(gateway_tree.NAME))),
        BUILD / "gateway-check/report.json",
    ),
    "rpm": Trial("RPMs: built twice, signatures", ("make_rpm.py", "--leave-dist"), BUILD / "rpm/report.json"),
    "msi": Trial("The Windows installer under Wine", ("try_msi.py",), BUILD / "msi/report.json"),
    "again": Trial("Debian packages: two builds compared", ("try_again.py",), BUILD / "again/report.json"),
    "days": Trial("Bad days that need no package", (), bad_days.REPORT),
}
AUDIT = "audit"


def main() -> int:
    """Run the trials, write the page."""
    parser = argparse.ArgumentParser(prog="make dist-check", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=(*TRIALS, AUDIT), help="run this one again; may be given again"
    )
    parser.add_argument("--page", action="store_true", help="run nothing; write the page from the last reports")
    asked = parser.parse_args()
    if not artefacts():
        print("Nothing is built: make dist.", file=sys.stderr)
        return EXIT_NOT_TRIED
    wanted = set() if asked.page else set(asked.only or (*TRIALS, AUDIT))
    for name, trial in TRIALS.items():
        if name in wanted:
            print(f"--- {trial.title}", flush=True)
            trial.report.unlink(missing_ok=True)
            HERE[name]() if name in HERE else run_program(*trial.words)
    if AUDIT in wanted:
        AUDITED.unlink(missing_ok=True)
        run_program("audit.py")
    reports, audit = {name: read(trial.report) for name, trial in TRIALS.items()}, read(AUDITED)
    titles = {name: trial.title for name, trial in TRIALS.items()}
    write_page(Found(titles, reports, json.loads((BUILD / "dist.json").read_text()), artefacts(), audit))
    if any(report is not None and not report["ok"] for report in reports.values()):
        return EXIT_FAILED
    return EXIT_NOT_TRIED if None in (*reports.values(), audit) or not is_whole(audit) else 0


def run_program(*words: str) -> None:
    """Run a program of packaging/; what it found lies in its report."""
    subprocess.call([sys.executable, str(PACKAGING / words[0]), *words[1:]], cwd=ROOT)


def read(report: Path) -> dict[str, Any] | None:
    """A trial's findings with the time they were written, or None when it was not run."""
    if not report.is_file():
        return None
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found | {"when": report.stat().st_mtime}


def check_supply() -> None:
    """Sums and bills as a person who downloads them would check, and after somebody changed them."""
    findings, public = Findings(), DIST / KEY_FILE
    wrong = wrong_files(DIST)
    findings.add(
        "SHA256SUMS: good signature, every file is named and right",
        is_good(DIST / SUMS, DIST / f"{SUMS}.asc", public) and not wrong,
        wrong,
    )
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / SUMS
        changed.write_bytes(flipped((DIST / SUMS).read_bytes()))
        findings.add("SHA256SUMS with a byte changed: refused", not is_good(changed, DIST / f"{SUMS}.asc", public), "")
        for artefact in artefacts():
            bill = artefact.with_name(artefact.name + BILL)
            signature = bill.with_name(bill.name + ".asc")
            text = json.loads(bill.read_text(encoding="utf-8"))
            named = text["metadata"]["component"]["hashes"][0]["content"] == sha256(artefact)
            good = is_good(bill, signature, public) and named
            findings.add(
                f"{bill.name}: good signature, names this artefact", good, f"{len(text['components'])} components"
            )
            changed = Path(folder) / bill.name
            changed.write_bytes(flipped(bill.read_bytes()))
            findings.add(f"{bill.name} with a byte changed: refused", not is_good(changed, signature, public), "")
            valid = schema_says(bill)
            findings.add(f"{bill.name}: CycloneDX's own schema", valid == "valid", valid)
    findings.write(TRIALS["supply"].report, {})


def flipped(content: bytes) -> bytes:
    """The same with one bit changed in the middle."""
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def schema_says(bill: Path) -> str:
    """What CycloneDX's validator says; it comes from the list that packages are made with."""
    line = [str(CONSOLE.environment / "bin/python"), "-I", "-c", SCHEMA_CHECK, str(bill)]
    done = subprocess.run(line, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.strip().splitlines()[-1][:200] if done.stdout.strip() else f"exit code {done.returncode}"


HERE = {"supply": check_supply, "days": bad_days.run_tests}
"""Trials that are no program of their own."""


if __name__ == "__main__":
    sys.exit(main())
