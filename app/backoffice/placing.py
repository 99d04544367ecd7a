"""Putting a finished office in its place: everything first, its name plate last.

Invariant: an office exists once `office.json` lies in its home. What an interrupted attempt left there is put aside,
never overwritten.
"""

import os
import secrets
from pathlib import Path

from app.backoffice.backup_keys import KEYS_FILE
from app.backoffice.office import DATABASE_FILE, FRONT_DOOR_FILE, KIT_FILE, RECOVERY_SLOT_FILE, NamePlate

_PARTS = (DATABASE_FILE, FRONT_DOOR_FILE, KIT_FILE, RECOVERY_SLOT_FILE, KEYS_FILE)


def put_in_place(folder: Path, home: Path, plate: NamePlate) -> None:
    """Move what was made in `folder`, on the same file system, into `home`; the folder goes."""
    for leftover in _PARTS:
        for path in home.glob(f"{leftover}*"):
            path.rename(path.with_name(f"put-aside-{secrets.token_hex(4)}-{path.name}"))
    for path in folder.iterdir():
        path.rename(home / path.name)
    folder.rmdir()
    sync_folder(home)
    plate.write(home)


def sync_folder(path: Path) -> None:
    """Make what was renamed in a folder last a power cut."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
