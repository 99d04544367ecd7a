"""What a workstation remembers: longer is fine, shorter or other is refused, and it never remembers less."""

from dataclasses import dataclass

import pytest

from app.api.messages.door import WitnessMark
from app.auth.audit_chain import Witness, first_hash, link
from app.crypto.derive import sha256
from app.session.errors import RolledBackError
from app.session.witness import Remembered, check_audit, check_book, mark, recall, remember
from app.storage.keyring_store import KeyStore
from tests.office.made import DictShelf

OFFICE = bytes(range(32))
DIGESTS = tuple(sha256(bytes([n])) for n in range(9))


def head(length: int) -> bytes:
    now = first_hash(OFFICE)
    for digest in DIGESTS[:length]:
        now = link(now, digest)
    return now


def at(length: int) -> Witness:
    return Witness(length, head(length))


def now(length: int) -> WitnessMark:
    return WitnessMark(length=length, head=head(length))


@pytest.fixture
def store() -> KeyStore:
    return KeyStore(DictShelf(), DictShelf())


# the log


@pytest.mark.parametrize("seen", range(8))
def test_that_a_log_which_grew_is_believed_by_its_digests(seen: int) -> None:
    check_audit(now(8), DIGESTS[seen:8], at(seen))


def test_that_a_log_which_did_not_grow_is_believed() -> None:
    check_audit(now(5), (), at(5))


def test_that_a_first_look_believes_what_it_sees() -> None:
    check_audit(now(5), (), None)


@pytest.mark.parametrize(
    ("shown", "digests"),
    [
        (now(4), ()),
        (now(0), ()),
        (WitnessMark(length=5, head=bytes(32)), ()),
        (WitnessMark(length=6, head=bytes(32)), DIGESTS[5:6]),
        (now(8), DIGESTS[5:7]),
        (now(8), DIGESTS[4:8]),
        (now(8), ()),
        (WitnessMark(length=5, head=head(8)), DIGESTS[5:8]),
        (WitnessMark(length=9, head=head(8)), DIGESTS[5:8]),
        (now(8), (DIGESTS[6], DIGESTS[5], DIGESTS[7])),
    ],
)
def test_that_a_shorter_or_another_log_is_refused(shown: WitnessMark, digests: tuple[bytes, ...]) -> None:
    with pytest.raises(RolledBackError, match="administrator"):
        check_audit(shown, digests, at(5))


# the book


@dataclass
class Past:
    """A book that knows its past heads."""

    length: int

    def hash_at(self, length: int) -> bytes | None:
        return head(length) if 0 <= length <= self.length else None


@pytest.mark.parametrize("length", [5, 6, 8])
def test_that_a_book_which_contains_what_was_seen_is_believed(length: int) -> None:
    check_book(Past(length), at(5))  # type: ignore[arg-type]
    check_book(Past(length), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("length", "seen"), [(4, at(5)), (0, at(1)), (8, Witness(5, bytes(32))), (8, Witness(9, head(8)))]
)
def test_that_a_shorter_or_another_book_is_refused(length: int, seen: Witness) -> None:
    with pytest.raises(RolledBackError, match="administrator"):
        check_book(Past(length), seen)  # type: ignore[arg-type]


# the keyring


def test_that_what_is_remembered_comes_back(store: KeyStore) -> None:
    assert recall(store, OFFICE) is None
    for one in (Remembered(None, at(3)), Remembered(at(4), at(5)), Remembered(mark(now(7)), at(6))):
        remember(store, OFFICE, one)
        assert recall(store, OFFICE) == one
    assert recall(store, bytes(32)) is None


def test_that_a_chain_once_seen_is_never_remembered_shorter(store: KeyStore) -> None:
    remember(store, OFFICE, Remembered(at(7), at(4)))
    remember(store, OFFICE, Remembered(at(5), at(6)))
    assert recall(store, OFFICE) == Remembered(at(7), at(6))
    remember(store, OFFICE, Remembered(None, None))
    assert recall(store, OFFICE) == Remembered(at(7), at(6))


def test_that_a_witness_fits_into_a_small_keyring_item(store: KeyStore) -> None:
    assert len(Remembered(Witness(2**40, bytes(32)), Witness(2**40, bytes(32))).text()) < 1000
