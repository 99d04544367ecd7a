"""The front door: counted before judged, the same for strangers, whole after a power cut, shut without H."""

import os
import stat
from pathlib import Path

import pytest

from app.auth.throttle import wait_after
from app.backoffice.front_door import FrontDoor, write_durably
from app.crypto import aead
from app.crypto.account_keys import wrap_file_key
from app.crypto.derive import PASSWORD_COST, PASSWORD_FLOOR
from app.crypto.errors import SealError
from app.domain.errors import VerificationError, WorkstationError

H, OFFICE, FILE_KEY = bytes(range(32)), b"o" * 32, b"f" * 32
SLOT_KEY = b"s" * 32
SALT = b"salt of 16 bytes"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "front-door"


@pytest.fixture
def front(path: Path) -> FrontDoor:
    front = FrontDoor(path, H)
    front.set_password("ratna", SALT, PASSWORD_FLOOR, wrap_file_key(SLOT_KEY, OFFICE, "ratna", FILE_KEY))
    return front


def again(path: Path) -> FrontDoor:
    """What another process reads."""
    return FrontDoor(path, H)


# tries


def test_that_a_try_is_on_disk_before_it_is_judged(front: FrontDoor, path: Path) -> None:
    def judge() -> None:
        raise KeyboardInterrupt  # the process dies here

    with pytest.raises(KeyboardInterrupt):  # noqa: PT012
        front.count_try("ratna", 1, 10.0, "boot")
        judge()
    assert again(path).door("ratna").failed_count == 1  # type: ignore[union-attr]


def test_that_a_try_is_fsynced(front: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    real, synced = os.fsync, []

    def sync(fd: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(fd).st_mode))
        real(fd)

    monkeypatch.setattr(os, "fsync", sync)
    front.count_try("ratna", 1, 10.0, "boot")
    assert synced == [False, True]


def test_that_a_try_which_cannot_be_counted_is_not_judged(front: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises((OSError, WorkstationError)):
        front.count_try("ratna", 1, 10.0, "boot")


def test_that_waits_come_after_the_fifth_try_and_pass(front: FrontDoor) -> None:
    for n in range(5):
        assert front.wait_s("ratna", 100.0, "boot") == 0
        assert front.count_try("ratna", n, 100.0, "boot") == n + 1
    assert front.wait_s("ratna", 100.0, "boot") == 60
    assert front.wait_s("ratna", 159.5, "boot") == 1
    assert front.wait_s("ratna", 160.0, "boot") == 0


def test_that_another_process_waits_too(front: FrontDoor, path: Path) -> None:
    for n in range(6):
        front.count_try("ratna", n, 100.0, "boot")
    assert again(path).wait_s("ratna", 100.0, "boot") == 120


def test_that_a_wait_starts_again_after_a_reboot(front: FrontDoor, path: Path) -> None:
    for n in range(6):
        front.count_try("ratna", n, 100_000.0, "one boot")
    rebooted = again(path)
    assert rebooted.wait_s("ratna", 5.0, "next boot") == 120
    assert rebooted.wait_s("ratna", 65.0, "next boot") == 60
    assert again(path).wait_s("ratna", 65.0, "next boot") == 60
    assert rebooted.wait_s("ratna", 125.0, "next boot") == 0


def test_that_a_sign_in_forgives_and_tells_of_the_tries_before_it(front: FrontDoor, path: Path) -> None:
    for n in range(3):
        front.count_try("ratna", 1000 + n, 10.0, "boot")
    assert front.forgive("ratna") == [1000, 1001]
    assert again(path).door("ratna").failed_count == 0  # type: ignore[union-attr]
    assert front.wait_s("ratna", 10.0, "boot") == 0


def test_that_one_account_does_not_make_another_wait(front: FrontDoor) -> None:
    for n in range(9):
        front.count_try("mallory", n, 10.0, "boot")
    assert front.wait_s("mallory", 10.0, "boot") == wait_after(9)
    assert front.wait_s("ratna", 10.0, "boot") == 0


# strangers


def test_that_a_stranger_gets_the_same_salt_each_time_and_everywhere(front: FrontDoor, path: Path) -> None:
    salt, cost = front.salt_and_cost("nobody")
    assert (len(salt), cost) == (16, PASSWORD_COST)
    assert front.salt_and_cost("nobody") == again(path).salt_and_cost("nobody") == (salt, cost)
    front.count_try("nobody", 1, 10.0, "boot")
    assert front.salt_and_cost("nobody") == (salt, cost)
    assert front.salt_and_cost("somebody")[0] != salt


def test_that_a_known_account_gets_its_own_salt(front: FrontDoor) -> None:
    assert front.salt_and_cost("ratna") == (SALT, PASSWORD_FLOOR)


def test_that_an_invited_account_looks_like_a_stranger(front: FrontDoor) -> None:
    before = front.salt_and_cost("budi")
    front.invite("budi", b"slot", 10)
    assert front.salt_and_cost("budi") == before


def test_that_a_stranger_is_tried_against_a_slot_too(front: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bytes] = []

    def unwrap(key: bytes, blob: bytes, aad: bytes) -> bytes:
        tried.append(key)
        return aead.unwrap(key, blob, aad)

    monkeypatch.setattr("app.crypto.account_keys.unwrap", unwrap)
    for account in ("ratna", "nobody"):
        tried.clear()
        with pytest.raises(SealError, match="no slot opens"):
            front.open_file_key(OFFICE, account, b"w" * 32)
        assert tried == [b"w" * 32]


def test_that_no_key_opens_a_strangers_slot(front: FrontDoor) -> None:
    with pytest.raises(SealError):
        front.open_file_key(OFFICE, "nobody", SLOT_KEY)
    with pytest.raises(SealError):
        front.open_file_key(OFFICE, "nobody", front._key)


def test_that_strangers_are_kept_to_two_hundred_and_crowd_nobody_out(front: FrontDoor, path: Path) -> None:
    front.invite("budi", b"slot", 10)
    for n in range(230):
        front.count_try(f"stranger{n}", n, 10.0, "boot")
    read = again(path)
    assert read.door("stranger0") is None
    assert read.door("stranger229") is not None
    assert sum(read.door(f"stranger{n}") is not None for n in range(230)) == 200
    assert read.door("ratna") is not None
    assert read.door("budi") is not None


# slots


def test_that_the_right_slot_key_opens_the_file_key(front: FrontDoor, path: Path) -> None:
    assert again(path).open_file_key(OFFICE, "ratna", SLOT_KEY) == FILE_KEY
    for account, office in (("budi", OFFICE), ("ratna", b"x" * 32)):
        with pytest.raises(SealError):
            front.open_file_key(office, account, SLOT_KEY)


def test_that_during_a_password_change_both_slots_open_and_then_the_new_one_alone(front: FrontDoor) -> None:
    front.set_password("ratna", b"n" * 16, PASSWORD_FLOOR, wrap_file_key(b"n" * 32, OFFICE, "ratna", FILE_KEY))
    assert front.open_file_key(OFFICE, "ratna", SLOT_KEY) == FILE_KEY
    assert front.open_file_key(OFFICE, "ratna", b"n" * 32) == FILE_KEY
    front.settle("ratna")
    assert front.open_file_key(OFFICE, "ratna", b"n" * 32) == FILE_KEY
    with pytest.raises(SealError):
        front.open_file_key(OFFICE, "ratna", SLOT_KEY)


def test_that_an_activation_slot_opens_until_its_time_and_until_it_is_used(front: FrontDoor) -> None:
    front.invite("budi", wrap_file_key(SLOT_KEY, OFFICE, "budi", FILE_KEY), 1000)
    assert front.open_activation(OFFICE, "budi", SLOT_KEY, 1000) == FILE_KEY
    for account, key, now in (("budi", SLOT_KEY, 1001), ("budi", b"w" * 32, 10), ("ratna", SLOT_KEY, 10)):
        with pytest.raises(SealError):
            front.open_activation(OFFICE, account, key, now)
    front.set_password("budi", SALT, PASSWORD_FLOOR, wrap_file_key(SLOT_KEY, OFFICE, "budi", FILE_KEY))
    front.settle("budi")
    with pytest.raises(SealError):
        front.open_activation(OFFICE, "budi", SLOT_KEY, 10)


def test_that_an_activation_slot_does_not_sign_anybody_in(front: FrontDoor) -> None:
    front.invite("budi", wrap_file_key(SLOT_KEY, OFFICE, "budi", FILE_KEY), 1000)
    with pytest.raises(SealError):
        front.open_file_key(OFFICE, "budi", SLOT_KEY)


# transactions and crashes


def test_that_a_failed_change_leaves_the_door_as_it_was_here_and_on_disk(front: FrontDoor, path: Path) -> None:
    def fail() -> None:
        raise RuntimeError

    for account in ("ratna", "budi"):
        before = again(path).door(account)
        with pytest.raises(RuntimeError), front.changing(account):  # noqa: PT012
            front.set_password(account, b"n" * 16, PASSWORD_FLOOR, wrap_file_key(b"n" * 32, OFFICE, account, FILE_KEY))
            assert front.open_file_key(OFFICE, account, b"n" * 32) == FILE_KEY
            fail()
        assert front.door(account) == again(path).door(account) == before
        with pytest.raises(SealError):
            again(path).open_file_key(OFFICE, account, b"n" * 32)
    assert front.open_file_key(OFFICE, "ratna", SLOT_KEY) == FILE_KEY


def test_that_a_change_which_succeeds_stays(front: FrontDoor, path: Path) -> None:
    with front.changing("budi"):
        front.invite("budi", b"slot", 10)
    assert again(path).door("budi").activation == b"slot"  # type: ignore[union-attr]


def test_that_slots_of_accounts_which_the_book_does_not_have_go(front: FrontDoor, path: Path) -> None:
    front.invite("invited", b"slot", 10)
    front.invite("ghost", b"slot", 10)
    front.set_password("half", SALT, PASSWORD_FLOOR, wrap_file_key(SLOT_KEY, OFFICE, "half", FILE_KEY))
    front.invite("both", b"slot", 10)
    front.set_password("both", SALT, PASSWORD_FLOOR, b"x")
    front.count_try("ghost", 1, 1.0, "boot")
    front.keep_only({"ratna"}, {"invited", "both"})
    read = again(path)
    doors = {name: read.door(name) for name in ("ratna", "invited", "ghost", "half", "both")}
    assert {n: (bool(d.slots), bool(d.activation)) for n, d in doors.items() if d} == {
        "ratna": (True, False), "invited": (False, True), "ghost": (False, False), "half": (False, False),
        "both": (False, True),
    }  # fmt: skip
    assert doors["ghost"].failed_count == 1  # type: ignore[union-attr]


# the file


def test_that_another_seat_half_is_refused_with_what_to_do(front: FrontDoor, path: Path) -> None:
    assert front.door("ratna")
    with pytest.raises(VerificationError, match="activation code"):
        FrontDoor(path, b"x" * 32)


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b"\x02" + b[1:], lambda b: b + b"x"])
def test_that_a_damaged_file_is_refused_not_begun_anew(front: FrontDoor, path: Path, damage: object) -> None:
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(VerificationError):
        FrontDoor(path, H)
    assert path.read_bytes() == before
    assert front.door("ratna")


def test_that_the_file_names_nobody_without_h(front: FrontDoor, path: Path) -> None:
    front.note({"event": "sign_in", "actor": "ratna"})
    assert b"ratna" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_that_events_wait_on_disk_until_they_stand_in_the_log(front: FrontDoor, path: Path) -> None:
    front.note({"event": "sign_in"})
    assert again(path).pending == [{"event": "sign_in"}]
    front.count_try("ratna", 1, 1.0, "boot")
    assert again(path).pending == [{"event": "sign_in"}]
    front.forget_pending()
    assert again(path).pending == []


# writing durably


class PowerCutError(OSError):
    """The machine stops here."""


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_that_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    path = tmp_path / "file"
    write_durably(path, b"old")

    def cut(*_args: object) -> None:
        raise PowerCutError

    monkeypatch.setattr(os if where == "fsync" else Path, where, cut)
    with pytest.raises(PowerCutError):
        write_durably(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_that_the_new_file_is_whole_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_durably(path, b"old")
    steps: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(fd: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file")
        real_sync(fd)

    def replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        assert self.read_bytes() == b"new"
        assert target.read_bytes() == b"old"
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    write_durably(path, b"new")
    assert steps == ["file", "rename", "folder"]
    assert path.read_bytes() == b"new"
