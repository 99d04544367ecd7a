"""Receipts of wipes that no office has taken yet: small files beside the office's, until somebody delivers them.

Plain files: they are signed, and name a session's id and counts. Whoever is this OS user can remove them; then the
order stays unconfirmed. Invariant: a file goes only after the office has taken its receipt, or refused it for good.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.storage.open_flags import AS_BYTES, NO_LINK
from app.storage.places import FILE_MODE, PlaceRefusedError, checked_folder, checked_session_id, private_file

FOLDER: Final = "wipe-receipts"
MOST_KEPT: Final = 200
_LONGEST_BYTES: Final = 4096
_SUFFIX: Final = ".json"


def keep_receipt(home: Path, session: str, text: str) -> bool:
    """Keep a session's receipt; the first one stays. Whether one is kept now. Never raises, and makes no home.

    Args:
        home: of the office.
        session: the session's id, hex.
        text: the receipt as it is brought to the office.
    """
    if not home.is_dir():
        return False
    folder = home / FOLDER
    with contextlib.suppress(OSError, PlaceRefusedError):
        folder.mkdir(mode=0o700, exist_ok=True)
        checked_folder(folder)
        path = folder / f"{checked_session_id(session)}{_SUFFIX}"
        if path.exists():
            return True
        if sum(1 for _ in folder.iterdir()) >= MOST_KEPT:
            return False
        beside = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | AS_BYTES, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        return True
    return False


def kept_receipts(home: Path) -> Iterator[tuple[str, str]]:
    """Session ids and texts of what is kept, without files that no program of ours wrote."""
    try:
        paths = sorted(checked_folder(home / FOLDER).iterdir())
    except (OSError, PlaceRefusedError):
        return
    for path in paths:
        with contextlib.suppress(OSError, ValueError, PlaceRefusedError):
            session = checked_session_id(path.stem)
            if path.suffix == _SUFFIX and private_file(path).st_size <= _LONGEST_BYTES:
                yield session, path.read_text("ascii")


def forget_receipt(home: Path, session: str) -> None:
    """A receipt was taken, or refused for good."""
    with contextlib.suppress(OSError):
        (home / FOLDER / f"{checked_session_id(session)}{_SUFFIX}").unlink()
