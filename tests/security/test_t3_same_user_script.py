"""T3: a script of the same OS user, while nobody is signed in or the console is locked, and beside an open one.

Here (A3): the script reads every file and every keyring entry, makes all that can be made of them without a password,
and tries it on every encrypted file. H opens the front door: names of accounts, failed tries, salts, slots, which lets
passwords be guessed at one Argon2id each (a told limit); no customer. Control: with the password's C the same halves
open both files. Enforced by *key*.

Further parts: `tests/e2e/test_kills.py` and `tests/unit/guardian/test_process.py` (A4: memory of running processes, by
*process*), `test_damaged_cache.py` (a script that spoils the cache of an open session), `test_keyring_refusals.py`
(a script that puts another keyring in its place), `test_cache_with_its_key.py`, `tests/unit/test_clean_start.py`.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.backoffice.front_door import FrontDoor
from app.crypto.account_keys import PasswordKeys, cache_key, password_keys, slot_key
from app.crypto.derive import expand, mac, sha256, two
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import VerificationError
from app.session.lock_place import Place
from app.storage import sqlcipher
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import Canary, files_below, found_in, needles, planted

STATIONS = ("locked", "signed out")


@dataclass(frozen=True)
class Left:
    """What lies there when the person is away.

    Attributes:
        office: the office, stopped.
        files: every file, with its bytes.
        entries: everything in the keyring, as bytes.
        session: of the session that is locked or was ended.
        keys: what the password gives; the script does not have them, the control does.
    """

    office: MadeOffice
    files: list[tuple[Path, bytes]]
    entries: list[bytes]
    session: str
    keys: PasswordKeys


@pytest.fixture(scope="module")
def canaries() -> list[Canary]:
    return []


@pytest.fixture(scope="module", params=STATIONS)
def left(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, canaries: list[Canary]
) -> Iterator[Left]:
    with made_office(tmp_path_factory.mktemp("script")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        rows, canaries[:] = planted(6)
        office.bring_in(rows)
        desk = office.desk("ratna")
        salt, cost = office.back_office.front_door.salt_and_cost("ratna")
        if request.param == "locked":
            desk.lock("by_hand", Place())
        else:
            desk.end("signed_out")
        office.stop()
        texts = [*office.session_shelf.entries.values(), *office.lasting_shelf.entries.values()]
        assert len(office.session_shelf.entries) == (1 if request.param == "locked" else 0)
        root = office.places.home.parent
        keys = password_keys("ratna", office.people["ratna"].password, salt, cost)
        yield Left(office, list(files_below(root)), [as_bytes(text) for text in texts], desk.session, keys)


def as_bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return text.encode()


def makeable(left: Left) -> set[bytes]:
    """Keys of 32 bytes that files and keyring give without a password: halves, digests, and their combinations."""
    office_id, session = left.office.made.plate.office, bytes.fromhex(left.session)
    whole = {*left.entries, *(content for _path, content in left.files)}
    pieces = {w[at : at + 32] for w in whole for at in (0, 1, 16, 32, max(0, len(w) - 32))}
    found = {p for p in pieces if len(p) == 32} | {sha256(w) for w in whole} | {bytes(32), office_id}
    halves = [e for e in left.entries if len(e) == 32]
    guesses = [bytes(32), office_id, sha256(b"ratna"), *halves]
    for half, guess in itertools.product(halves, guesses):
        found |= {cache_key(office_id, "ratna", session, half, guess), slot_key(office_id, "ratna", half, guess)}
        found |= {two(half, guess, b""), expand(half, lp("front-door")), mac(half, guess)}
    return found


def encrypted(left: Left) -> list[Path]:
    paths = [path for path, _content in left.files if path.suffix == ".db"]
    assert left.office.places.home / "office.db" in paths
    return paths


@pytest.mark.attack("A3")
def test_that_no_file_shows_anything_of_a_customer(left: Left, canaries: list[Canary]) -> None:
    wanted = [*needles(canaries), b"Sari Wulandari", b"Ratna", b"Hendra"]
    assert [str(path) for path, content in left.files if found_in(content, wanted)] == []
    assert [entry for entry in left.entries if found_in(entry, wanted)] == []


@pytest.mark.attack("A3")
def test_that_nothing_made_of_files_and_keyring_opens_an_encrypted_file(left: Left) -> None:
    keys = makeable(left)
    assert len(keys) > 50
    for path, key in itertools.product(encrypted(left), keys):
        with pytest.raises(VerificationError):
            sqlcipher.connect(path, key, memory_security=False)


@pytest.mark.attack("A3")
def test_that_the_seat_half_opens_the_front_door_and_no_slot_in_it(left: Left, canaries: list[Canary]) -> None:
    """The told limit: account names, tries and salts, so passwords can be guessed; the file key stays shut."""
    door = FrontDoor(left.office.places.home / "front-door", left.office.store.seat_half())
    assert door.door("ratna") is not None
    shown = json.dumps({name: repr(known) for name, known in door._doors.items()}).encode()
    assert b"ratna" in shown
    assert found_in(shown, [*needles(canaries), b"Sari"]) == []
    for key in makeable(left):
        with pytest.raises(SealError):
            door.open_file_key(left.office.made.plate.office, "ratna", key)


def test_that_with_the_password_the_same_halves_open_both(left: Left) -> None:
    """The control, and what the one-user home leaves to whoever has the OS account and a password."""
    office_id, half = left.office.made.plate.office, left.office.store.seat_half()
    door = FrontDoor(left.office.places.home / "front-door", half)
    file_key = door.open_file_key(office_id, "ratna", slot_key(office_id, "ratna", half, left.keys.console))
    sqlcipher.connect(left.office.places.home / "office.db", file_key, memory_security=False).close()
    session_half = left.office.store.session(left.session)
    if session_half is not None:
        key = cache_key(office_id, "ratna", bytes.fromhex(left.session), session_half, left.keys.console)
        path = left.office.places.session_folder(left.session) / "cache.db"
        sqlcipher.connect(path, key, memory_security=False).close()
