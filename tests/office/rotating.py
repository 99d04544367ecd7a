"""Class keys of a made office: how they stand, and what opens under them; and a copy of an office for each test."""

import contextlib
import copy
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from app.backoffice import schema
from app.domain.data_class import DataClass
from app.session.rotation import KeyState, Progress, Rotation
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from tests.office.door import opened
from tests.office.made import DictShelf, MadeOffice


@contextlib.contextmanager
def copy_of(made: MadeOffice, folder: Path) -> Iterator[MadeOffice]:
    """A copy of a stopped office, with files, people and keyring of its own; it serves until the block is left."""
    office = copy.copy(made)
    office.places = Places(folder / "home", folder / "cache", folder / "run").prepare()
    shutil.copytree(made.places.home, office.places.home, dirs_exist_ok=True)
    office.session_shelf, office.lasting_shelf = DictShelf(), DictShelf()
    office.lasting_shelf.entries |= made.lasting_shelf.entries
    office.store = KeyStore(office.session_shelf, office.lasting_shelf)
    office.people, office.clock = copy.deepcopy(made.people), copy.copy(made.clock)
    office.serve()
    try:
        yield office
    finally:
        office.stop()


def rotate(office: MadeOffice, data_class: DataClass) -> None:
    """Give a class a new key: hendra proposes, adi confirms."""
    for account, act in (("hendra", Rotation.propose), ("adi", Rotation.confirm)):
        session = office.bare(account, "command")
        act(Rotation(session.identity), data_class)
        session.end()


def work(office: MadeOffice, account: str, max_chunks: int | None = None) -> Progress:
    """One session of a holder works on what there is, then ends."""
    session = office.bare(account, "command")
    last = Progress()
    for progress in Rotation(session.identity).work(max_chunks):
        last = progress
    session.end()
    return last


def state(office: MadeOffice, data_class: DataClass, account: str = "hendra") -> KeyState:
    """How one class key stands, as somebody is told."""
    session = office.bare(account, "command")
    found = next(s for s in Rotation(session.identity).states() if s.data_class is data_class)
    session.end()
    return found


def grant_versions(office: MadeOffice, data_class: DataClass) -> dict[str, list[int]]:
    """The versions of a class key that the office keeps for each account."""
    table, kept = schema.class_grants, dict[str, list[int]]()
    query = select(table).where(table.c.data_class == data_class.value).order_by(table.c.version)
    with opened(office).database.reading() as db:
        for row in db.execute(query):
            kept.setdefault(row.account, []).append(row.version)
    return kept
