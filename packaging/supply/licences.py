"""Licences of everything that is in a bundle, and what the LGPL of Qt asks of whoever hands it on."""

import re
import shutil
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

from steps import PACKAGING, ROOT
from supply.locks import locked

BUILDERS = {"pip", "setuptools"}
"""What stands in an environment without being asked for."""


def bundled(environment: Path) -> list[Distribution]:
    """The packages of an environment that its bundle may hold, by name."""
    requirements = ROOT / "requirements"
    used = {each.name for each in locked(requirements / "runtime.txt", requirements / "gateway.txt")}
    builders = {each.name for each in locked(requirements / "package.txt")} - used | BUILDERS
    found = [PathDistribution(path) for path in environment.glob("lib/python*/site-packages/*.dist-info")]
    return sorted((each for each in found if canonical(each) not in builders), key=canonical)


def canonical(package: Distribution) -> str:
    """A package's name as PyPI compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", str(package.metadata["Name"])).lower()


def write_licences(environment: Path, target: Path) -> None:
    """Copy licence files as their makers ship them, and Qt's notice with the versions that are in.

    Args:
        environment: what the bundle was frozen from.
        target: a folder; one below it for each package.
    """
    target.mkdir(parents=True)
    rows = []
    for package in bundled(environment):
        name = f"{canonical(package)}-{package.version}"
        rows.append(f"{canonical(package)} {package.version}: {licence_of(package) or 'see its files'}\n")
        for file in sorted(str(each) for each in package.files or () if is_licence(Path(each))):
            place = target / name / Path(file).name
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(Path(str(package.locate_file(file))), place)
    (target / "LICENCES").write_text("".join(rows), encoding="utf-8")
    versions = {canonical(each): each.version for each in bundled(environment)}
    if (qt := versions.get("pyside6-essentials")) is not None:
        notice = (PACKAGING / "supply/qt-notice.txt").read_text(encoding="utf-8")
        (target / "QT-NOTICE").write_text(notice.replace("@QT@", qt), encoding="utf-8")


def licence_of(package: Distribution) -> str:
    """The licence that a package declares: SPDX expression, classifier, or its own short words."""
    said = package.metadata
    if "License-Expression" in said:
        return said["License-Expression"]
    classified = [text.split(" :: ")[-1] for text in said.get_all("Classifier") or () if text.startswith("License ::")]
    if classified:
        return ", ".join(classified)
    return said["License"].split("\n", 1)[0][:80] if "License" in said else ""


def is_licence(path: Path) -> bool:
    """Whether a file of a package's metadata is a licence or a notice."""
    if not any(part.endswith(".dist-info") for part in path.parts):
        return False
    named = re.match(r"(licen[cs]e|copying|notice|authors)", path.name, re.IGNORECASE)
    return bool(named) or "licenses" in path.parts
