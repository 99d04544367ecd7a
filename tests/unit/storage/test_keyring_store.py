"""The key store keeps halves in a real (private) keyring, and believes no keyring that answers otherwise."""

import contextlib
import gc
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import secretstorage

from app.storage import keyring_store
from app.storage.keyring_store import KeyringAbsentError, KeyringRefusedError, KeyStore, open_key_store
from app.storage.secret_service import _SecretServiceShelf

HALF = bytes(range(32))
SESSION_COLLECTION = "/org/freedesktop/secrets/collection/session"
pytestmark = pytest.mark.filterwarnings("error")


class DictionaryShelf:
    """A shelf in memory; `answer` replaces whatever is read."""

    def __init__(self, answer: str | None = None) -> None:
        self.kept: dict[str, str] = {}
        self.answer = answer

    def get(self, name: str) -> str | None:
        return self.answer or self.kept.get(name)

    def put(self, name: str, text: str) -> None:
        self.kept[name] = text

    def delete(self, name: str) -> bool:
        return self.kept.pop(name, None) is not None

    def names(self) -> list[str]:
        return list(self.kept)

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


class ForgetfulShelf(DictionaryShelf):
    """What a null keyring does."""

    def put(self, name: str, text: str) -> None:
        pass


@contextlib.contextmanager
def the_bus() -> Iterator[Any]:
    with contextlib.closing(secretstorage.dbus_init()) as bus:
        yield bus


def _remove(store: KeyStore, session_id: str, answers: list[bool]) -> None:
    answers.append(store.delete_session(session_id))


def _open_descriptors() -> set[tuple[str, str]]:
    """Numbers with what they are; whoever looks has the folder itself open."""
    found = set()
    for path in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.add((path.name, str(path.readlink())))
    return {(number, what) for number, what in found if not what.startswith("/proc/")}


# With a real keyring


@pytest.mark.usefixtures("open_keyring")
def test_that_a_session_half_is_kept_listed_and_removed() -> None:
    store = open_key_store()
    store.put_session("s1", HALF)
    store.put_session("s2", bytes(32))
    store.put_session("s1", HALF)
    assert (store.session("s1"), store.session("s3")) == (HALF, None)
    assert open_key_store().session_ids() == ["s1", "s2"]
    assert (store.delete_session("s1"), store.delete_session("s1")) == (True, False)
    assert (store.session("s1"), store.session_ids()) == (None, ["s2"])


@pytest.mark.usefixtures("open_keyring")
def test_that_a_session_half_is_in_memory_and_the_seat_half_in_the_login_collection(tmp_path: Path) -> None:
    store = open_key_store()
    store.put_session("s1", HALF)
    seat = store.seat_half()
    store.put_witness("o1", "w")
    with the_bus() as bus:
        session = secretstorage.Collection(bus, SESSION_COLLECTION)
        login = secretstorage.get_default_collection(bus)
        assert [item.get_attributes()["username"] for item in session.get_all_items()] == ["session:s1"]
        kept = {item.get_attributes()["username"]: item.get_secret() for item in login.get_all_items()}
    assert kept == {"seat": seat.hex().encode(), "witness:o1": b"w"}
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert HALF.hex().encode() not in path.read_bytes()
            assert seat.hex().encode() not in path.read_bytes()


@pytest.mark.usefixtures("open_keyring")
def test_that_the_seat_half_is_made_once_and_then_the_same() -> None:
    first = open_key_store().seat_half()
    assert len(first) == 32
    assert open_key_store().seat_half() == first


@pytest.mark.usefixtures("open_keyring")
def test_that_processes_that_start_together_make_one_seat_half() -> None:
    program = "from app.storage.keyring_store import open_key_store; print(open_key_store().seat_half().hex())"
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(6)]
    halves = {process.communicate(timeout=240)[0].strip() for process in started}
    assert halves == {open_key_store().seat_half().hex()}


@pytest.mark.usefixtures("open_keyring")
def test_that_threads_may_use_one_store() -> None:
    store = open_key_store()
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            half = bytes([number]) * 32
            for _ in range(5):
                store.put_session(f"t{number}", half)
                assert store.session(f"t{number}") == half
            assert store.delete_session(f"t{number}")
        except BaseException as fault:  # noqa: BLE001 (handed to the test)
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, store.session_ids()) == ([], [])


@pytest.mark.usefixtures("open_keyring")
def test_that_a_half_removed_twice_at_once_is_gone_and_no_fault() -> None:
    store = open_key_store()
    for round_ in range(20):
        store.put_session(f"s{round_}", HALF)
        answers: list[bool] = []
        threads = [threading.Thread(target=_remove, args=(store, f"s{round_}", answers)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(answers), any(answers), store.session(f"s{round_}")) == (3, True, None)


@pytest.mark.usefixtures("open_keyring")
def test_that_every_duplicate_of_a_half_is_removed() -> None:
    store = open_key_store()
    attributes = {"service": "tirai", "username": "session:s1"}
    with the_bus() as bus:
        collection = secretstorage.Collection(bus, SESSION_COLLECTION)
        for label in ("one", "other"):
            collection.create_item(label, attributes | {"application": label}, b"00", replace=False)
    assert store.delete_session("s1")
    assert store.session_ids() == []


@pytest.mark.usefixtures("open_keyring")
def test_that_entries_of_others_are_neither_listed_nor_removed() -> None:
    store = open_key_store()
    with the_bus() as bus:
        collection = secretstorage.Collection(bus, SESSION_COLLECTION)
        collection.create_item("a", {"service": "other", "username": "session:s1"}, b"00")
        collection.create_item("b", {"service": "tirai", "username": "session:../x"}, b"00")
        collection.create_item("c", {"service": "tirai"}, b"00")
    assert store.session_ids() == []
    assert not store.delete_session("s1")
    with the_bus() as bus:
        assert len(list(secretstorage.Collection(bus, SESSION_COLLECTION).get_all_items())) == 3


@pytest.mark.usefixtures("open_keyring")
def test_that_a_locked_login_keyring_is_absent_but_its_sessions_can_be_wiped() -> None:
    store = open_key_store()
    store.put_session("s1", HALF)
    with the_bus() as bus:
        secretstorage.get_default_collection(bus).lock()
    for attempt in (open_key_store, store.seat_half):
        with pytest.raises(KeyringAbsentError, match=r"K1\. It is locked") as caught:
            attempt()
        assert caught.value.code == "K1"
    wiper = open_key_store(sessions_only=True)
    assert (wiper.session_ids(), wiper.delete_session("s1"), wiper.session_ids()) == (["s1"], True, [])
    with pytest.raises(KeyringAbsentError, match="wiping only"):
        wiper.seat_half()


@pytest.mark.usefixtures("open_keyring")
def test_that_wiping_does_not_wait_for_settings_to_be_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    open_key_store().put_session("s1", HALF)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert open_key_store(sessions_only=True).delete_session("s1")


@pytest.mark.usefixtures("open_keyring")
def test_that_no_connection_is_left_open() -> None:
    gc.collect()
    before = _open_descriptors()
    store = open_key_store()
    store.put_session("s1", HALF)
    store.seat_half()
    store.delete_session("s1")
    with the_bus() as bus:
        secretstorage.get_default_collection(bus).lock()
    with pytest.raises(KeyringAbsentError):
        store.seat_half()
    assert _open_descriptors() - before == set(), "another test's may be closed meanwhile"


@pytest.mark.usefixtures("open_keyring")
def test_that_wiping_is_not_bent_by_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    open_key_store().put_session("s1", HALF)
    for name in ("GET_PASSWORD", "SCHEME", "GET_PREFERRED_COLLECTION", "PREFERRED_COLLECTION"):
        monkeypatch.setenv(f"KEYRING_PROPERTY_{name}", "KeePassXC")
    wiper = open_key_store(sessions_only=True)
    assert (wiper.session("s1"), wiper.delete_session("s1"), wiper.session("s1")) == (HALF, True, None)


@pytest.mark.usefixtures("open_keyring")
def test_that_a_broken_connection_is_made_anew() -> None:
    store = open_key_store()
    store.put_session("s1", HALF)
    shelf = store._sessions
    assert isinstance(shelf, _SecretServiceShelf)
    shelf._bus._line.sock.shutdown(socket.SHUT_RDWR)
    assert store.session("s1") == HALF


@pytest.mark.usefixtures("open_keyring")
def test_that_a_forked_child_uses_a_connection_of_its_own() -> None:
    store = open_key_store()
    store.put_session("s1", HALF)
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            store.put_session("s2", bytes(32))
            os._exit(0 if store.session("s1") == HALF else 1)
        os._exit(2)
    for _ in range(20):
        assert store.session("s1") == HALF
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.session_ids() == ["s1", "s2"]


def test_that_without_a_bus_the_keyring_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    for sessions_only in (False, True):
        with pytest.raises(KeyringAbsentError) as caught:
            open_key_store(sessions_only=sessions_only)
        assert caught.value.message.startswith(keyring_store.K1_SENTENCE)


# Without one


def test_that_a_keyring_that_forgets_at_once_is_refused() -> None:
    store = KeyStore(ForgetfulShelf(), ForgetfulShelf())
    attempts: tuple[Callable[[], object], ...] = (
        lambda: store.put_session("s1", HALF),
        store.seat_half,
        lambda: store.put_witness("o", "w"),
    )
    for attempt in attempts:
        with pytest.raises(KeyringRefusedError, match="did not give back") as caught:
            attempt()
        assert caught.value.code == "K2"


def test_that_forgetting_leaves_a_session_where_one_shelf_holds_everything() -> None:
    """Windows lists both kinds of entries together."""
    shelf = DictionaryShelf()
    store = KeyStore(shelf, shelf)
    store.put_session("s1", HALF)
    store.put_witness("ab", "w")
    store.seat_half()
    assert (store.session_ids(), store.known_offices()) == (["s1"], ["ab"])
    assert store.forget() == 2
    assert (store.session_ids(), store.known_offices(), store.known_seat_half()) == (["s1"], [], None)


def test_that_a_keyring_that_answers_something_else_is_refused() -> None:
    store = KeyStore(DictionaryShelf("00" * 32), DictionaryShelf())
    with pytest.raises(KeyringRefusedError):
        store.put_session("s1", HALF)


@pytest.mark.parametrize("changed", ["zz", "00" * 31, "00" * 33, "not hex at all"])
def test_that_a_changed_entry_is_refused_without_showing_it(changed: str) -> None:
    store = KeyStore(DictionaryShelf(changed), DictionaryShelf(changed))
    attempts: tuple[Callable[[], object], ...] = (lambda: store.session("secret-name"), store.seat_half)
    for attempt in attempts:
        with pytest.raises(KeyringRefusedError, match="changed by another program") as caught:
            attempt()
        assert changed not in caught.value.message
        assert "secret-name" not in caught.value.message


def test_that_a_witness_is_short_and_a_half_has_32_bytes() -> None:
    store = KeyStore(DictionaryShelf(), DictionaryShelf())
    store.put_witness("o", "x" * 999)
    assert store.witness("o") == "x" * 999
    with pytest.raises(ValueError, match="1,000"):
        store.put_witness("o", "x" * 1000)
    with pytest.raises(ValueError, match="32 bytes"):
        store.put_session("s1", b"short")
    with pytest.raises(ValueError, match="session id"):
        store.session("a/b")


def test_that_importing_the_store_loads_no_keyring_library() -> None:
    program = """
import sys
import app.storage.keyring_store, app.storage.wiping
assert not {"keyring", "secretstorage", "jeepney", "sqlcipher3"} & set(sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[3], check=False).returncode == 0
