"""What `tirai self-check` found last in a home, for the workstation's line on administrators' screens.

A plain file beside the office's: a time, the words of parts that failed, and how each part stood. Whoever is this OS
user can write it (software). One that is missing, broken, too long or not the owner's alone counts as no self-check.
"""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.self_check import MOST_PARTS, PART_NAME, CheckedPart, CheckState
from app.storage.open_flags import AS_BYTES
from app.storage.places import FILE_MODE, PlaceRefusedError, private_file

LAST_CHECK: Final = "self-check.json"
_LONGEST_BYTES: Final = 4096
_LATEST_MS: Final = 2**53


@dataclass(frozen=True, slots=True)
class LastCheck:
    """One self-check.

    Attributes:
        at_ms: when it ran, ms since 1970, by this workstation's clock.
        failed: the parts that were not as Tirai needs them, by name.
        parts: how each part stood.
    """

    at_ms: int
    failed: tuple[str, ...] = ()
    parts: tuple[CheckedPart, ...] = ()


def read_last_check(home: Path) -> LastCheck | None:
    """The last self-check, or None."""
    path = home / LAST_CHECK
    try:
        if private_file(path).st_size > _LONGEST_BYTES:
            return None
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError, PlaceRefusedError):
        return None
    return _check_of(said)


def _check_of(untrusted: object) -> LastCheck | None:
    if not isinstance(untrusted, dict) or set(untrusted) != {"at_ms", "failed", "parts"}:
        return None
    at_ms, failed, parts = untrusted["at_ms"], untrusted["failed"], untrusted["parts"]
    if type(at_ms) is not int or not 0 <= at_ms < _LATEST_MS:
        return None
    if not isinstance(failed, list) or not isinstance(parts, dict) or max(len(failed), len(parts)) > MOST_PARTS:
        return None
    if not all(isinstance(part, str) and PART_NAME.fullmatch(part) for part in (*failed, *parts)):
        return None
    if not all(state in set(CheckState) for state in parts.values()):
        return None
    return LastCheck(at_ms, tuple(failed), tuple(CheckedPart(n, CheckState(state)) for n, state in parts.items()))


def keep_last_check(home: Path, at_ms: int, failed: Sequence[str], parts: Sequence[CheckedPart] = ()) -> bool:
    """Keep what was found; whether that was possible. Never raises, and makes no home."""
    if not home.is_dir():
        return False
    stood = [(part.name, part.state.value) for part in parts if PART_NAME.fullmatch(part.name)][:MOST_PARTS]
    names = [part for part in failed if PART_NAME.fullmatch(part)][:MOST_PARTS]
    text = json.dumps({"at_ms": at_ms, "failed": names, "parts": dict(stood)})
    beside = home / f"{LAST_CHECK}.{os.getpid()}"
    with contextlib.suppress(OSError):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_BYTES, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(home / LAST_CHECK)
        return True
    return False
