"""`tirai self-check`: what this workstation and this installation have, found by using it.

Each part is tried, not looked up: a file is encrypted and read back, an entry is written into the keyring and removed,
Qt's platform plug-in is loaded in a child process. Invariants: nothing of an office is opened or made, and none is
started; no name of a person or customer, no path of theirs, value or secret is told, so the answer may go to whoever
helps; unknown is never ok. A home that is there keeps when it ran and how each part stood, for administrators
(`app/storage/last_check.py`). The form of the answer is docs/deployment/self-check.md.
"""

import importlib.metadata
import importlib.util
import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import typer

from app import __version__
from app.domain.self_check import CheckedPart
from app.own_program import is_frozen
from app.storage.last_check import keep_last_check
from app.storage.service_place import ServicePlace
from app.terminal.checks import machine, office, program, protection
from app.terminal.checks.finding import CheckState, Finding, Told, tried
from app.terminal.checks.own_files import own_files
from app.terminal.checks.policy import policy
from app.terminal.checks.qt import platforms, qt_platform

FORM: Final = "tirai/self-check/v1"
EXIT_OK, EXIT_LACKING, EXIT_VERIFICATION = 0, 5, 6
_PACKAGES = {
    "Qt": "PySide6-Essentials",
    "sqlcipher3": "sqlcipher3",
    "cryptography": "cryptography",
    "keyring": "keyring",
    "secretstorage": "SecretStorage",
}
_SIGNS = {CheckState.OK: "ok ", CheckState.NOT: "NOT", CheckState.UNKNOWN: " ? "}
ADVICE: Final = {
    "own_files": "Install the package anew from your repository, and find out what changed it.",
    "hardening": "Look whether a kernel setting or a container keeps processes readable.",
    "own_code": "Take the library out that somebody other than root can change.",
    "swap": "Encrypt swap, or switch it off.",
    "platform": "Install the libraries of this display that the package names.",
    "resources": "Install the package anew.",
    "records": "Install the package anew.",
    "sqlcipher": "Install the package anew; do not put another SQLite in its place.",
    "hpke": "Install the package anew.",
    "keyring": "Install gnome-keyring, have the login unlock it, and take settings out that name another keyring.",
    "screen_capture": "Switch screen recording off by the system's own means; this system offers no block by window.",
    "system_locks": "Let the session reach the system's message bus.",
    "documents": "Install the package anew.",
    "policy": "Ask: tirai policy show",
    "office": "Look at the network, the gateway's address and its certificate.",
    "office_socket": "Ask: systemctl status tirai-office. Find out whose process listens in /run/tirai, and why.",
    "clock": "Have the clock kept by a time server.",
    "crash_reports": "Read them with: tirai crashes",
}


def self_check(home: Path | None, *, as_json: bool, is_quick: bool = False, is_strict: bool = False) -> int:
    """Try every part and tell.

    Args:
        home: the home to look for; nothing in it is opened.
        as_json: answer as one JSON object.
        is_quick: leave out the office and what takes seconds, the look at the machine's own protection.
        is_strict: what is only advised, or unknown, fails, too.

    Returns:
        0 when all that counts is ok, 6 where a verification failed, else 5.
    """
    own = office.program_of(home)
    findings = (*look(), *look_around(home, is_quick=is_quick))
    where, works_with = own.places.home, office.works_with(own)
    code = exit_code(findings, is_strict=is_strict)
    failed = [finding.name for finding in findings if finding.fails]
    keep_last_check(where, int(time.time() * 1000), failed, [CheckedPart(f.name, f.state) for f in findings])
    there = "present" if where.is_dir() else "not there"
    if as_json:
        typer.echo(json.dumps(answer(findings, code, there, works_with)))
        return code
    kind = "frozen bundle" if is_frozen() else "Python packages"
    typer.echo(f"Tirai {__version__} ({kind}); home: {there}; works with: {works_with}")
    typer.echo("  ".join(f"{name} {version}" for name, version in versions().items()))
    for finding in findings:
        typer.echo(f"  {_SIGNS[finding.state]}  {finding.name}: {finding.found}")
        if finding.advice:
            typer.echo(f"         {'' if finding.counts else 'Advised: '}{finding.advice}")
    return code


def answer(findings: Sequence[Finding], code: int, home: str, works_with: str) -> dict[str, object]:
    """The answer for programs; its form is stable: names are added, and none changes its meaning within a form."""
    return {
        "form": FORM,
        "ok": code == EXIT_OK,
        "exit": code,
        "version": __version__,
        "frozen": is_frozen(),
        "home": home,
        "works_with": str(works_with),
        "versions": versions(),
        "failed": [finding.name for finding in findings if finding.fails],
        "unknown": [finding.name for finding in findings if finding.state is CheckState.UNKNOWN],
        "checks": {
            f.name: {
                "state": f.state.value,
                "ok": f.ok,
                "counts": f.counts,
                "found": f.found,
                "advice": f.advice,
                "details": dict(f.details),
            }
            for f in findings
        },
    }


def exit_code(findings: Sequence[Finding], *, is_strict: bool = False) -> int:
    """0, 5 or 6, as decided for all commands."""
    failing = [finding for finding in findings if finding.fails or (is_strict and not finding.ok)]
    if any(finding.is_proof for finding in failing):
        return EXIT_VERIFICATION
    return EXIT_LACKING if failing else EXIT_OK


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that matter for protection."""
    return {"Python": platform.python_version()} | {name: _version(package) for name, package in _PACKAGES.items()}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def look() -> tuple[Finding, ...]:
    """Try what Tirai needs. Call it from a process with one thread, after hardening: it forks."""
    shown = platforms(os.environ) if has_screens() else ()
    parts: tuple[tuple[str, Callable[[], str | Told]], ...] = (
        ("hardening", protection.hardening),
        ("own_code", protection.own_code),
        *((f"platform_{name}", partial(qt_platform, name)) for name in shown),
        ("resources", program.resources),
        ("records", program.records),
        ("sqlcipher", protection.sqlcipher),
        ("hpke", protection.hpke),
        ("keyring", protection.keyring),
        ("documents", program.documents),
        ("version", program.version),
        ("policy", policy),
    )
    return (_own_files(), *(tried(name, part, _advice(name)) for name, part in parts))


def has_screens() -> bool:
    """Whether this installation has windows; a gateway's package has none."""
    return importlib.util.find_spec("PySide6") is not None


def _own_files() -> Finding:
    """A checkout is not an installed program, and nothing fails for that; strictly, it is not known to be whole."""
    found = tried("own_files", own_files, _advice("own_files"))
    if found.state is not CheckState.UNKNOWN:
        return found
    return Finding(found.name, found.state, found.found, found.advice, counts=False, details=found.details)


def look_around(home: Path | None, *, is_quick: bool) -> tuple[Finding, ...]:
    """Look at what is advised, and at the office; threads may be made."""
    own = office.program_of(home)
    where = own.places.home
    asked = None if is_quick else office.AskedOffice(own)
    parts: list[tuple[str, Callable[[], str | Told]]] = [
        ("swap", protection.swapping),
        *((("screen_capture", protection.screen_capture),) if has_screens() else ()),
        ("system_locks", machine.system_locks),
        ("crash_reports", partial(program.crash_reports, where)),
        ("lease", partial(office.lease, home)),
        ("clock", partial(machine.clock, where, lambda: asked.now_ms if asked is not None else None)),
    ]
    if asked is not None:
        parts.append(("office", asked.told))
    around = tuple(tried(name, part, _advice(name), counts=False) for name, part in parts)
    if own.service is not None and office.works_with(own) is office.WorksWith.SERVICE:
        around = (*around, service_socket(own.service))
    return (*around, *(() if is_quick else machine.posture(where)))


def service_socket(place: ServicePlace) -> Finding:
    """A service that does not run is advised, one of somebody else's fails the check."""
    found = tried("office_socket", partial(office.service_socket, place), _advice("office_socket"))
    if found.state is not CheckState.UNKNOWN:
        return found
    return Finding(found.name, found.state, found.found, found.advice, counts=False, details=found.details)


def _advice(name: str) -> str:
    return ADVICE.get(name, ADVICE["platform"] if name.startswith("platform_") else "")
