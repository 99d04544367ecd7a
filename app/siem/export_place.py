"""How far an export has come, kept in a file: the last entry that was acknowledged, and the chain's hash after it.

Invariant: the file is replaced whole, so that a crash leaves the old or the new one. It moves only after what it tells
of is safe elsewhere: an entry may come twice, none is left out.
"""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import InputRefusedError, WorkstationError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """The last entry that is safe elsewhere.

    Attributes:
        number: of that entry; 0 for none yet.
        head: the chain's hash after it, 32 bytes.
    """

    number: int
    head: bytes


def read_place(path: Path, office: bytes) -> ExportPlace | None:
    """How far the export of this state file has come; None where there is none yet.

    Args:
        path: the state file.
        office: O.

    Raises:
        InputRefusedError: it is no such file, or another office's.
        WorkstationError: it cannot be read.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        theirs = bytes.fromhex(data["office"]) if data["format"] == _FORMAT else b""
        place = ExportPlace(int(data["number"]), bytes.fromhex(data["hash"]))
    except FileNotFoundError:
        return None
    except OSError as e:
        raise WorkstationError(f"{path} cannot be read.") from e
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise InputRefusedError(f"{path} is no state file of an export. Name another one with --state.") from e
    if theirs != office:
        raise InputRefusedError(f"{path} belongs to another office. Name another one with --state.")
    return place


def write_place(path: Path, office: bytes, place: ExportPlace) -> None:
    """Replace the state file durably; mode 0600.

    Raises:
        WorkstationError: the disk refused; the old file is there.
    """
    data = {"format": _FORMAT, "office": office.hex(), "number": place.number, "hash": place.head.hex()}
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(json.dumps(data) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as e:
        with suppress(OSError):
            beside.unlink()
        raise WorkstationError(f"{path} cannot be written; the export stops here.") from e
