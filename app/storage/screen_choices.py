"""What one person chose for their screens at this workstation: widths, density, single keys, a tour that was seen.

A small file for each person beside `screen.toml`. Its name is a digest of the account and its content no personal data:
whoever has it and a list of accounts finds out which is whose, and nothing else. Like `screen.toml` it decides no
right, so one that is missing, broken, too long or not the owner's alone counts as nothing chosen.
"""

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.storage.places import FILE_MODE, PlaceRefusedError, private_file

Choice = bool | int | str | tuple[int, ...] | tuple[str, ...]

LONGEST_BYTES: Final = 16_384
_NAME_DIGITS: Final = 16


def choices_path(home: Path, account: str) -> Path:
    """Where a person's choices lie."""
    digest = hashlib.sha256(b"tirai screen choices\0" + account.encode()).hexdigest()
    return home / f"screen-{digest[:_NAME_DIGITS]}.json"


def read_choices(home: Path, account: str) -> dict[str, Choice]:
    """What this person chose here; nothing where the file cannot be used."""
    path = choices_path(home, account)
    try:
        if private_file(path).st_size > LONGEST_BYTES:
            return {}
        untrusted = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError, PlaceRefusedError):
        return {}
    if not isinstance(untrusted, dict):
        return {}
    found = ((key, _choice(value)) for key, value in untrusted.items())
    return {key: value for key, value in found if value is not None}


def _choice(untrusted: object) -> Choice | None:
    if isinstance(untrusted, bool | int | str):
        return untrusted
    if isinstance(untrusted, list):
        if all(isinstance(one, int) and not isinstance(one, bool) for one in untrusted):
            return tuple(untrusted)
        if all(isinstance(one, str) for one in untrusted):
            return tuple(untrusted)
    return None


class ChoicesFile:
    """Writes one person's choices; from any thread, the newest last."""

    def __init__(self, home: Path, account: str) -> None:
        self._path = choices_path(home, account)
        self._lock = threading.Lock()
        self._newest: dict[str, Choice] = {}

    def hand(self, choices: Mapping[str, Choice]) -> None:
        """Take what is to be written next; does not block."""
        self._newest = dict(choices)

    def write(self) -> None:
        """Write what was handed last; the file is written beside and put in place whole.

        Raises:
            ValueError: more than a file of choices may hold.
            OSError: the file cannot be written.
        """
        with self._lock:
            text = json.dumps(self._newest, indent=1, sort_keys=True)
            if len(text.encode()) > LONGEST_BYTES:
                raise ValueError("The choices for the screens are too long.")
            beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(beside, flags, FILE_MODE), "w", encoding="utf-8") as file:
                file.write(text)
            beside.replace(self._path)
