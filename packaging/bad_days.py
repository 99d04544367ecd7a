"""The bad days of an installation, and which check shows what happens on each, for the page of `make dist-check`.

A check is a part of a trial (`Part`, by the trial's name and the part's words, where `*` is anything), or a test of the
project (`OwnTest`), which the trial `days` runs. `tests/packaging/test_bad_days.py` holds that each of them exists.
"""

import fnmatch
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from steps import BUILD, ROOT
from trying.findings import Findings

REPORT = BUILD / "bad-days/report.json"


@dataclass(frozen=True)
class Part:
    """A part of a trial."""

    trial: str
    words: str


@dataclass(frozen=True)
class OwnTest:
    """A test function, with all its cases."""

    file: str
    name: str


@dataclass(frozen=True)
class BadDay:
    """One of them.

    Attributes:
        what: goes wrong.
        then: what happens.
        checks: that show it.
    """

    what: str
    then: str
    checks: tuple[Part | OwnTest, ...]


_ATTACKER, _UPDATES = "tests/security/test_update_attacker.py", "tests/updating/test_updates.py"
_FILES, _SYSTEMS = (
    "tests/unit/storage/test_machine_policy_files.py",
    "tests/unit/storage/test_machine_policy_systems.py",
)
_JUDGED, _SUPPLY = "tests/unit/domain/test_machine_policy.py", "tests/packaging/test_supply.py"

BAD_DAYS = (
    BadDay("one byte of the .deb", "apt refuses it", (Part("apt", "one byte of the package"),)),
    BadDay("one byte of `Packages`", "apt refuses the index", (Part("apt", "Packages changed"),)),
    BadDay("one byte of `InRelease`", "apt refuses the index", (Part("apt", "InRelease text changed"),)),
    BadDay("one byte of an RPM", "rpm refuses it", (Part("rpm", "one byte changed: refused"),)),
    BadDay("one byte of the EXE", "the signature is bad", (Part("msi", "one byte changed in the program is refused"),)),
    BadDay("one byte of the MSI", "the signature is bad", (Part("msi", "one byte changed in the package is refused"),)),
    BadDay(
        "one byte of a bill of materials",
        "its signature is bad",
        (Part("supply", "tirai-* with a byte changed: refused"),),
    ),
    BadDay("one byte of SHA256SUMS", "its signature is bad", (Part("supply", "SHA256SUMS with a byte changed: *"),)),
    BadDay("one byte of what is installed", "the program does not start", (Part("console", "altered: *"),)),
    BadDay(
        "one bit of an update, or of its lists",
        "U5, U2: nothing is installed",
        (
            OwnTest(_ATTACKER, "test_a_package_with_one_bit_changed"),
            OwnTest(_ATTACKER, "test_a_list_with_one_bit_changed"),
        ),
    ),
    BadDay(
        "signed with another key",
        "refused by apt, rpm, Authenticode, gpgv and the update client",
        (
            Part("apt", "signed with another key"),
            Part("rpm", "by the key of stranger: refused"),
            Part("msi", "the * signed by another authority is refused"),
            OwnTest(_SUPPLY, "test_that_changed_sums_and_another_key_are_refused"),
            OwnTest(_ATTACKER, "test_a_root_of_other_keys_altogether"),
        ),
    ),
    BadDay(
        "no signature",
        "refused; rpm does so at `_pkgverify_level all` alone",
        (
            Part("apt", "no signature"),
            Part("rpm", "unsigned: *"),
            Part("msi", "the * without its signature is refused"),
            Part("console", "altered: a signature gone"),
            OwnTest(_ATTACKER, "test_no_signature_at_all"),
        ),
    ),
    BadDay(
        "an index past its end",
        "apt refuses it; U4",
        (Part("apt", "stale index"), OwnTest(_ATTACKER, "test_freeze_a_list_past_its_end")),
    ),
    BadDay(
        "an older version",
        "not taken; an administrator may say so",
        (
            Part("apt", "an older version is not taken"),
            Part("apt", "nor by naming it alone"),
            Part("msi", "an older version is refused"),
            OwnTest(_ATTACKER, "test_rollback_to_the_list_before"),
            OwnTest(_ATTACKER, "test_an_older_version_on_a_newer_list_is_nothing_to_install"),
        ),
    ),
    BadDay(
        "the disk is full during an install",
        "an error; nothing is installed, and it is once there is room",
        (
            Part("apt", "a full disk ends an install"),
            Part("apt", "with room it is installed"),
            Part("msi", "a full disk *"),
            OwnTest(_UPDATES, "test_a_full_disk_is_told_before_the_download"),
        ),
    ),
    BadDay(
        "the disk is full during an upgrade",
        "an error; the version before is whole",
        (Part("apt", "a full disk ends an upgrade"), Part("apt", "the version before is whole")),
    ),
    BadDay(
        "the program runs during an upgrade",
        "apt waits; Windows Installer does it, or wants a restart",
        (
            Part("apt", "an upgrade while it runs is refused"),
            Part("apt", "a removal while it runs is refused"),
            Part("msi", "the next version while a program has the old files open"),
        ),
    ),
    BadDay(
        "a policy file with a syntax error, an unknown key, a looser value",
        "nobody signs in; file and line are named",
        (
            OwnTest(_FILES, "test_that_a_wrong_text_is_refused_with_its_line"),
            OwnTest(_JUDGED, "test_that_a_wrong_value_is_refused_with_its_place"),
        ),
    ),
    BadDay(
        "a policy file of a wrong owner, or that others can write",
        "nobody signs in",
        (
            OwnTest(_FILES, "test_that_somebody_elses_file_and_folder_are_refused"),
            OwnTest(_FILES, "test_that_a_file_that_others_can_write_is_refused"),
            OwnTest(_FILES, "test_that_a_folder_that_others_can_write_is_refused"),
        ),
    ),
    BadDay(
        "a registry value of the wrong type",
        "nobody signs in",
        (OwnTest(_SYSTEMS, "test_that_a_value_of_another_type_or_name_is_refused"),),
    ),
    BadDay(
        "two policy files that disagree",
        "nobody signs in; both are named",
        (OwnTest(_JUDGED, "test_that_two_sources_that_disagree_are_refused_by_name"),),
    ),
    BadDay(
        "no network",
        "what is installed works on; updates say U1, the look for vulnerabilities that it could not look",
        (
            Part("apt", "without a network: *"),
            OwnTest(_UPDATES, "test_nobody_answers"),
            OwnTest(_UPDATES, "test_a_carried_repository_updates_a_machine_without_a_network"),
            OwnTest(_SUPPLY, "test_that_without_a_network_it_says_that_it_could_not_look"),
        ),
    ),
    BadDay(
        "a proxy",
        "the named one is asked; it changes nothing unseen",
        (
            Part("apt", "through a proxy: *"),
            OwnTest(_UPDATES, "test_the_proxy_that_is_named_is_asked_and_one_of_the_environment_is_not"),
        ),
    ),
)


def own_tests() -> list[OwnTest]:
    """Every test that is named, once, in order."""
    return list(dict.fromkeys(check for day in BAD_DAYS for check in day.checks if isinstance(check, OwnTest)))


def run_tests() -> None:
    """Run them, in an interpreter of their own, and write the report."""
    findings = Findings()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "junit.xml"
        line = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", f"--junitxml={target}"]
        line += ["--basetemp", f"{folder}/pytest", *(f"{test.file}::{test.name}" for test in own_tests())]
        subprocess.run(line, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        cases = list(ElementTree.parse(target).iter("testcase")) if target.is_file() else []
    for test in own_tests():
        own = [case for case in cases if _is_of(case, test)]
        wrong = [case.get("name") for case in own if any(True for _ in case)]
        findings.add(_words(test), bool(own) and not wrong, wrong or f"{len(own)} cases")
    findings.write(REPORT, {})


def _is_of(case: ElementTree.Element, test: OwnTest) -> bool:
    module = test.file.removesuffix(".py").replace("/", ".")
    return case.get("classname") == module and (case.get("name") or "").partition("[")[0] == test.name


def _words(test: OwnTest) -> str:
    return test.name.removeprefix("test_").removeprefix("that_").replace("_", " ")


def judged(day: BadDay, reports: Mapping[str, Mapping[str, Any] | None]) -> Iterator[tuple[str, bool | None]]:
    """Each check of a day with how it went; None where it was not run.

    Args:
        day: which.
        reports: findings by the trial's name; None was not run.
    """
    for check in day.checks:
        trial, words = ("days", _words(check)) if isinstance(check, OwnTest) else (check.trial, check.words)
        parts = (reports.get(trial) or {}).get("parts", ())
        found = [part["ok"] for part in parts if fnmatch.fnmatchcase(part["part"], words)]
        shown = f"`{check.file}`: {words}" if isinstance(check, OwnTest) else f"{trial}: {words}"
        yield shown.replace("*", "…"), all(found) if found else None
