"""One sealed value: two halves, one key, one blob.

    ctx = LP("value", O, record, field, class, salt)
    E   = expand(D, LP("console-half", ctx))      what a holder of the class key can make
    S   = HMAC(Z, LP("share", ctx))               what the back office releases, logged first
    K   = HMAC(E, LP("field-key", S))             used once, so the nonce is fixed
    blob = suite, batch (16), salt (16), AES-256-GCM(K, nonce 0, value 80 00.. to 32, aad ctx)

Neither half alone opens anything; a share for one value opens no other; a blob moved to another record or
field meets another ctx and stays shut.
"""

import secrets
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto import hpke
from app.crypto.aead import check_suite
from app.crypto.derive import expand, mac, same
from app.crypto.errors import SealError
from app.crypto.labels import SUITE, encoded, lp, lp_bytes
from app.crypto.mac_key import MacKey
from app.crypto.padding import padded, unpadded

BATCH_BYTES = 16
SALT_BYTES = 16
CHECK_BYTES = 16
_NONCE = bytes(12)
_BLOCK = 32
_HEAD = 1 + BATCH_BYTES + SALT_BYTES
_SALTS_AT_ONCE = 16


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """A data key D while the sealing process holds it."""

    batch: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class BoxedDataKey:
    """A data key as it is kept: boxed to a class key, with a check value.

    Attributes:
        batch: 16 bytes.
        data_class: the class it is boxed to.
        version: version of the class key.
        box: HPKE(class key; D).
        check: expand(D, LP("data-key-check", batch))[:16].
    """

    batch: bytes
    data_class: str
    version: int
    box: bytes
    check: bytes


def value_context(office: bytes, record: bytes, field: str, data_class: str, salt: bytes) -> bytes:
    """The ctx of one value: everything its key is bound to. No class version: rotation touches boxes alone."""
    return lp("value", office, record, field, data_class, salt)


def console_half(data_key: bytes, ctx: bytes) -> bytes:
    """E, the console's half of one value's key: 32 bytes."""
    return expand(data_key, lp("console-half", ctx))


def share(record_key: bytes, ctx: bytes) -> bytes:
    """S, the back office's half of one value's key: 32 bytes."""
    return mac(record_key, lp("share", ctx))


def _field_key(half: bytes, share_: bytes) -> bytes:
    return mac(half, lp_bytes("field-key", share_))


def new_data_key(office: bytes, data_class: str, version: int, class_public: bytes) -> tuple[DataKey, BoxedDataKey]:
    """A fresh data key and its box; the sealing process forgets the first when its batch is done."""
    batch, key = secrets.token_bytes(BATCH_BYTES), secrets.token_bytes(32)
    box = hpke.seal(class_public, key, lp("data-key", office, data_class, version, batch))
    return DataKey(batch, key), BoxedDataKey(batch, data_class, version, box, data_key_check(key, batch))


def data_key_check(key: bytes, batch: bytes) -> bytes:
    """The check value of a data key: 16 bytes."""
    return expand(key, lp("data-key-check", batch), CHECK_BYTES)


def open_data_key(office: bytes, class_secret: bytes, boxed: BoxedDataKey) -> bytes:
    """Open a boxed data key with a class key.

    Raises:
        SealError: another class key, batch or version, or the box holds another key than its check says.
    """
    info = lp("data-key", office, boxed.data_class, boxed.version, boxed.batch)
    key = hpke.unseal(class_secret, boxed.box, info)
    if not same(data_key_check(key, boxed.batch), boxed.check):
        raise SealError("the data key is not the one its check names")
    return key


def reseal_data_key(
    office: bytes, class_secret: bytes, boxed: BoxedDataKey, version: int, class_public: bytes
) -> BoxedDataKey:
    """The same data key, boxed to another version of its class key. Batch, check and every value stay as they are.

    Raises:
        SealError: the old box does not open, or holds another data key than its check names.
    """
    key = open_data_key(office, class_secret, boxed)
    box = hpke.seal(class_public, key, lp("data-key", office, boxed.data_class, version, boxed.batch))
    return BoxedDataKey(boxed.batch, boxed.data_class, version, box, boxed.check)


def seal_value(
    office: bytes, data_key: DataKey, record_key: bytes, record: bytes, field: str, data_class: str, value: str
) -> bytes:
    """Seal one value; no key holder is needed.

    Args:
        office: O, 32 bytes.
        data_key: D of the batch.
        record_key: Z of the customer.
        record: the record's id, 16 bytes.
        field: name of the field.
        data_class: its class.
        value: the plaintext.

    Returns:
        The blob.
    """
    return RecordSealer(office, record, record_key).seal(data_key.batch, MacKey(data_key.key), field, data_class, value)


class RecordSealer:
    """Seals many values of one record: what all of them share is made once."""

    __slots__ = ("_begin", "_key", "_salts")

    def __init__(self, office: bytes, record: bytes, record_key: bytes) -> None:
        """Seal for this office under the record's key Z."""
        self._begin, self._key, self._salts = lp("value", office, record), MacKey(record_key), b""

    def seal(self, batch: bytes, data_key: MacKey, field: str, data_class: str, value: str) -> bytes:
        """Seal one value under D of its batch and class; see `seal_value`."""
        salt = self._salt()
        ctx = self._begin + _named(field, data_class) + salt
        half, share_ = data_key.expand(lp_bytes("console-half", ctx)), self._key.mac(lp_bytes("share", ctx))
        key = _field_key(half, share_)
        return SUITE + batch + salt + AESGCM(key).encrypt(_NONCE, padded(value.encode(), _BLOCK), ctx)

    def verify_tag(self, field: str, form: str) -> bytes:
        """See `verify_tag`."""
        return self._key.mac(lp("verify", field, form))

    def _salt(self) -> bytes:
        """The next salt; asking the system for each alone takes as long as a MAC."""
        if not self._salts:
            self._salts = secrets.token_bytes(_SALTS_AT_ONCE * SALT_BYTES)
        salt, self._salts = self._salts[:SALT_BYTES], self._salts[SALT_BYTES:]
        return salt


@cache
def _named(field: str, data_class: str) -> bytes:
    """What stands in ctx between record and salt (`value_context`), with the salt's length."""
    return encoded(field, data_class) + SALT_BYTES.to_bytes(4)


def salt_of(blob: bytes) -> bytes:
    """The salt that a blob carries. Only a hint: ctx is always built from the *requested* record and field."""
    check_suite(blob)
    return blob[1 + BATCH_BYTES : _HEAD]


def batch_of(blob: bytes) -> bytes:
    """The batch whose data key a blob needs."""
    check_suite(blob)
    return blob[1 : 1 + BATCH_BYTES]


def open_value(half: bytes, share_: bytes, ctx: bytes, blob: bytes) -> str:
    """Join both halves and open one value.

    Raises:
        SealError: a half, the context or the blob is another's.
    """
    check_suite(blob)
    try:
        text = AESGCM(_field_key(half, share_)).decrypt(_NONCE, blob[_HEAD:], ctx)
        return unpadded(text, _BLOCK).decode()
    except (InvalidTag, ValueError) as e:
        raise SealError("a sealed value does not open") from e


def lookup_tag(index_key: bytes, kind: str, form: str) -> bytes:
    """Tag by which a whole value is found office-wide: HMAC(index key, LP("lookup", kind, form))."""
    return mac(index_key, lp("lookup", kind, form))


def verify_tag(record_key: bytes, field: str, form: str) -> bytes:
    """Tag by which one record's value is compared: HMAC(Z, LP("verify", field, form))."""
    return mac(record_key, lp("verify", field, form))
