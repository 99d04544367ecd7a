"""Read a hash-locked list of packages: name, version, hashes (pip's requirements format, as `make lock` writes it)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Locked:
    """One entry of a list.

    Attributes:
        name: as PyPI compares it.
        version: exactly this one.
        marker: where it is for, or nothing.
        hashes: SHA-256 of each file that may be installed.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked(*lists: Path) -> list[Locked]:
    """Every entry of some lists, each once, by name and version."""
    found = {(each.name, each.version): each for path in lists for each in _entries(path.read_text(encoding="utf-8"))}
    return [found[key] for key in sorted(found)]


def _entries(text: str) -> Iterator[Locked]:
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        head = re.match(r"([A-Za-z0-9_.-]+)==([^\s;]+)(?:\s*;\s*(.*?))?\s+--hash", line)
        if head is not None:
            hashes = tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", line)))
            yield Locked(head.group(1).lower(), head.group(2), (head.group(3) or "").strip(), hashes)
