"""Write docs/deployment/status.md from what the trials found; only what was never tried is written by hand, here."""

import time
from pathlib import Path
from typing import Any

from steps import ROOT

PAGE = ROOT / "docs/deployment/status.md"
NOT_VERIFIED = (
    "Ubuntu, and any Debian but the one that the packages were built on: dependencies are computed there.",
    "Fedora and RHEL: the RPMs were never installed; their libraries' names are computed.",
    "arm64: built and tried on amd64 alone.",
    "systemd as PID 1: units are verified and their commands run as their accounts; sandbox, restarts, and credentials "
    "that systemd itself hands over are not.",
    "A Wayland compositor: the story is played on X11.",
    "Keys on tokens: signatures here are by test keys in files.",
    "macOS: nothing was built.",
    "Real Windows: see the trial under Wine for what that shows.",
)


def write_page(
    reports: dict[str, dict[str, Any] | None], dist: dict[str, Any], artefacts: list[Path], audit: int | None
) -> None:
    """Write the page.

    Args:
        reports: findings by the trial's title; None was not run.
        dist: what `make dist` told of its parts.
        artefacts: files that people install.
        audit: exit code of the look for known vulnerabilities; None was not asked.
    """
    lines = [
        "# What was built and proved",
        "",
        "Written by `make dist-check` from what it found; do not edit. Trials run where nothing of a developer's is.",
        "",
        f"Version {dist['version']}, commit {dist['commit']}, {time.strftime('%Y-%m-%d', time.gmtime())}.",
        "",
        "## Artefacts",
        "",
        "| file | MB |",
        "|---|---:|",
        *(f"| `{path.name}` | {path.stat().st_size / 1e6:.1f} |" for path in artefacts),
        "",
        "| part | built here | seconds |",
        "|---|---|---:|",
        *(
            f"| {name} | {'yes' if part['ok'] else 'no: ' + part['why']} | {part['s']} |"
            for name, part in dist["parts"].items()
        ),
        "",
    ]
    for title, report in reports.items():
        lines += _trial(title, report)
    lines += ["## Known vulnerabilities", "", _audit(audit), "", "## Not verified", ""]
    lines += [f"- {text}" for text in NOT_VERIFIED]
    for title, report in reports.items():
        lines += [f"- {title}: {text}" for text in (report or {}).get("not_run", ())]
        if report is None:
            lines.append(f"- {title}: not run.")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}", flush=True)


def _trial(title: str, report: dict[str, Any] | None) -> list[str]:
    if report is None:
        return [f"## {title}", "", "Not run.", ""]
    parts = report["parts"]
    good = sum(part["ok"] for part in parts)
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(report["when"]))
    lines = [f"## {title}", "", f"{good} of {len(parts)} good, {sum(part['s'] for part in parts):.0f} s, {when}.", ""]
    lines += ["| tried | | s |", "|---|---|---:|"]
    lines += [f"| {_cell(part['part'])} | {'good' if part['ok'] else '**FAILED**'} | {part['s']} |" for part in parts]
    return [*lines, ""]


def _audit(code: int | None) -> str:
    return {
        None: "Not asked in this run.",
        0: "`make audit` looked every locked package up: nothing is known against any.",
        1: "`make audit` found something; it names package and advisory.",
    }.get(code, "`make audit` could not look all packages up from here: **not verified**.")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
