"""Looking through an installed folder and comparing it with its manifest. Nothing is followed out of the folder.

Invariants: links are looked at, not through; whatever is there and not in the manifest is a fault, wherever it lies,
since everything below the folder belongs to the package and much of it is a place that Python, Qt or the dynamic loader
take code from; a file's owner is the folder's owner or root.
"""

# ruff: noqa: PTH115, PTH116, PTH118

import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from app.integrity.manifest import NAME, SIGNATURE, Manifest, OwnFile

CHANGED, MISSING, EXTRA, LINK, MODE, OWNER = "changed", "missing", "extra", "link", "mode", "owner"
_BLOCK: Final = 1 << 20
_HAS_MODES: Final = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference.

    Attributes:
        kind: `changed`, `missing`, `extra`, `link`, `mode` or `owner`.
        path: below the folder.
    """

    kind: str
    path: str


def listed(root: str) -> dict[str, os.stat_result]:
    """Everything below a folder but folders that are as they should be: path to what `lstat` says."""
    return {path: found for path, found in _below(root, "") if path not in {NAME, SIGNATURE}}


def _below(root: str, above: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(os.path.join(root, above) if above else root) as entries:
        for entry in entries:
            path = f"{above}/{entry.name}" if above else entry.name
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(found.st_mode):
                yield from _below(root, path)
                if _HAS_MODES and found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                    yield path, found
            else:
                yield path, found


def places_at_fault(root: str, manifest: Manifest) -> tuple[Fault, ...]:
    """What can be told without reading a file: names, kinds, sizes, modes, owners, where links lead."""
    seen, faults = listed(root), []
    owners = {0, os.stat(root).st_uid}
    for file in manifest.files:
        found = seen.pop(file.path, None)
        kind = MISSING if found is None else _place_fault(file, found, owners)
        if kind:
            faults.append(Fault(kind, file.path))
    for link in manifest.links:
        found = seen.pop(link.path, None)
        if found is None:
            faults.append(Fault(MISSING, link.path))
        elif not stat.S_ISLNK(found.st_mode) or os.readlink(os.path.join(root, link.path)) != link.to:
            faults.append(Fault(LINK, link.path))
    faults += [Fault(MODE if stat.S_ISDIR(found.st_mode) else EXTRA, path) for path, found in seen.items()]
    return tuple(faults)


def _place_fault(file: OwnFile, found: os.stat_result, owners: Collection[int]) -> str:
    if not stat.S_ISREG(found.st_mode):
        return LINK
    if found.st_size != file.size:
        return CHANGED
    if _HAS_MODES and found.st_uid not in owners:
        return OWNER
    return MODE if _HAS_MODES and stat.S_IMODE(found.st_mode) != file.mode else ""


def contents_at_fault(root: str, manifest: Manifest, whens: Collection[str]) -> tuple[Fault, ...]:
    """Files whose bytes are others, among those that are checked at these moments; this reads them all."""
    faults = []
    for file in manifest.files:
        if file.when in whens:
            try:
                is_same = digest_of(os.path.join(root, file.path)) == file.sha256
            except OSError:
                faults.append(Fault(MISSING, file.path))
                continue
            if not is_same:
                faults.append(Fault(CHANGED, file.path))
    return tuple(faults)


def digest_of(path: str) -> str:
    """SHA-256 of a file in hex; a link at its end is refused.

    Raises:
        OSError: it cannot be read.
    """
    made = hashlib.sha256()
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    try:
        while block := os.read(descriptor, _BLOCK):
            made.update(block)
    finally:
        os.close(descriptor)
    return made.hexdigest()
