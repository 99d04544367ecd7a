"""Write docs/deployment/status.md from what the trials found; only what was never tried is written by hand, here.

Nothing of the machine comes onto the page: no path, no address, no name of a host.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bad_days import BAD_DAYS, judged
from steps import BUILD, ROOT

PAGE = ROOT / "docs/deployment/status.md"
NOT_VERIFIED = (
    "Ubuntu, and any Debian but the one that the packages were built on: dependencies are computed there.",
    "Fedora and RHEL: the RPMs were never installed; their libraries' names are computed.",
    "arm64: built and tried on amd64 alone.",
    "systemd as PID 1: it ran the units of the gateway, of customers' page and of a workstation's office, in "
    "namespaces of its own; the other units were verified. No limit of memory was tried, and no start at a machine's "
    "boot.",
    "A Wayland compositor: the story is played on X11.",
    "Keys on tokens: signatures here are by test keys in files.",
    "A second machine: both builds that are compared were made on one.",
    "macOS: nothing was built.",
    "Real Windows: see the trial under Wine for what that shows.",
)


@dataclass(frozen=True)
class Found:
    """What the page is written from.

    Attributes:
        titles: of the trials, by name.
        reports: findings by the trial's name; None was not run.
        dist: what `make dist` told of its parts.
        artefacts: files that people install.
        audit: what the look for known vulnerabilities found; None was not asked.
    """

    titles: Mapping[str, str]
    reports: Mapping[str, dict[str, Any] | None]
    dist: dict[str, Any]
    artefacts: list[Path]
    audit: dict[str, Any] | None


def write_page(found: Found) -> None:
    """Write the page."""
    dist = found.dist
    lines = [
        "# What was built and proved",
        "",
        "Written by `make dist-check` from what it found; do not edit. Trials run where nothing of a developer's",
        "is. The machine had two processors and other work: times say what to expect, no more.",
        "",
        f"Version {dist['version']}, built from commit {_commits(dist)}; page of {_day(time.time())}.",
        "",
        "## Artefacts",
        "",
        "| file | MB | installed, MB | glibc, or newer |",
        "|---|---:|---:|---|",
        *_artefacts(found),
        "",
        "Those that are named `TEST`, and all signatures here, are a test's: [release](../release.md).",
        "",
        "| part | built here | seconds |",
        "|---|---|---:|",
        *(
            f"| {name} | {'yes' if part['ok'] else 'no: ' + part['why']} | {part['s'] or 'kept from before'} |"
            for name, part in dist["parts"].items()
        ),
        "",
        "## Trials",
        "",
        "| | good | seconds | when (UTC) |",
        "|---|---:|---:|---|",
        *(_row(found.titles[name], report) for name, report in found.reports.items()),
        "",
        "## Bad days",
        "",
        "| what goes wrong | what happens | shown by | |",
        "|---|---|---|---|",
        *_bad_days(found.reports),
        "",
    ]
    for name, report in found.reports.items():
        if report is not None and name != "days":
            lines += _trial(found.titles[name], report)
    lines += ["## Known vulnerabilities", "", _audit(found.audit), "", "## Not verified", ""]
    lines += [f"- {text}" for text in NOT_VERIFIED]
    for name, report in found.reports.items():
        lines += [f"- {found.titles[name]}: {text}." for text in (report or {}).get("not_run", ())]
        if report is None:
            lines.append(f"- {found.titles[name]}: not run.")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}", flush=True)


def is_whole(audit: dict[str, Any] | None) -> bool:
    """Whether every locked package was looked up and nothing is known against any."""
    return audit is not None and not audit["not_looked_up"] and not audit["known"]


def _commits(dist: dict[str, Any]) -> str:
    """The commit, and of each part that was built from another one its own."""
    others = [f"{name}: {part['commit']}" for name, part in dist["parts"].items() if _is_other(part, dist)]
    return f"{dist['commit']} ({', '.join(others)})" if others else str(dist["commit"])


def _is_other(part: dict[str, Any], dist: dict[str, Any]) -> bool:
    return bool(part.get("commit", dist["commit"]) != dist["commit"])


def _artefacts(found: Found) -> Iterator[str]:
    """A row for each file: its size, and what was written down when it was made."""
    made = [json.loads(path.read_text(encoding="utf-8")) for path in _notes()]
    for path in found.artefacts:
        note: dict[str, Any] = next((each for each in made if each["package"] == path.name), {})
        size = note.get("installed_kib", 0) * 1024 or note.get("installed_bytes", 0)
        shown = f"{size / 1e6:.0f}" if size else ""
        yield f"| `{path.name}` | {path.stat().st_size / 1e6:.1f} | {shown} | {note.get('glibc', '')} |"


def _notes() -> Iterator[Path]:
    """What `make deb`, `make gateway-deb` and `make msi` wrote beside their packages."""
    for path in (*(BUILD / "deb").glob("tirai-*.json"), *(BUILD / "msi").glob("tirai-*.json")):
        if path.is_file():
            yield path


def _row(title: str, report: dict[str, Any] | None) -> str:
    if report is None:
        return f"| {title} | **not run** | | |"
    parts = report["parts"]
    good = sum(part["ok"] for part in parts)
    shown = f"{good} of {len(parts)}" if report["ok"] else f"**{good} of {len(parts)}**"
    return f"| {title} | {shown} | {sum(part['s'] for part in parts):.0f} | {_moment(report['when'])} |"


def _bad_days(reports: Mapping[str, dict[str, Any] | None]) -> Iterator[str]:
    for day in BAD_DAYS:
        checks = list(judged(day, reports))
        shown = "; ".join(_cell(words) for words, _ok in checks)
        states = [ok for _words, ok in checks]
        state = "**FAILED**" if False in states else "good" if None not in states else "**not all run**"
        yield f"| {day.what} | {day.then} | {shown} | {state} |"


def _trial(title: str, report: dict[str, Any]) -> list[str]:
    lines = [f"## {title}", "", "| tried | | s |", "|---|---|---:|"]
    parts = report["parts"]
    lines += [f"| {_cell(part['part'])} | {'good' if part['ok'] else '**FAILED**'} | {part['s']} |" for part in parts]
    return [*lines, ""]


def _audit(audit: dict[str, Any] | None) -> str:
    if audit is None:
        return "`make audit` was not asked in this run."
    if audit["known"]:
        named = ", ".join(sorted(audit["known"]))
        return f"`make audit` knows something against {named}; it names the advisories."
    if audit["not_looked_up"]:
        count = len(audit["not_looked_up"])
        return f"`make audit` could not look {count} packages up from here: **not verified**."
    return f"`make audit` looked {audit['looked_up']} locked packages up: nothing is known against any."


def _day(when: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(when))


def _moment(when: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(when))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
