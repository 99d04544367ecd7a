"""What must stay shut: another suite, another key, another context, a changed byte."""

import secrets
from collections.abc import Callable

import pytest

from app.crypto import hpke, signing, values
from app.crypto.account_keys import AccountKeys, open_slots, unwrap_account_keys, wrap_account_keys, wrap_file_key
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import PASSWORD_FLOOR, PasswordCost, password_root
from app.crypto.errors import SealError
from app.crypto.grants import open_class_key, seal_class_key

OFFICE, RECORD = bytes(range(32)), bytes(range(16))
KEY, OTHER_KEY = secrets.token_bytes(32), secrets.token_bytes(32)
SECRET, OTHER_SECRET = hpke.new_secret(), hpke.new_secret()
PUBLIC = hpke.public_of(SECRET)
CLASS_SECRET = hpke.new_secret()
CLASS_PUBLIC = hpke.public_of(CLASS_SECRET)
DATA_KEY, BOXED = values.new_data_key(OFFICE, "contact", 1, CLASS_PUBLIC)
RECORD_KEY = secrets.token_bytes(32)
BLOB = values.seal_value(OFFICE, DATA_KEY, RECORD_KEY, RECORD, "email", "contact", "sari@gading.example")
CTX = values.value_context(OFFICE, RECORD, "email", "contact", values.salt_of(BLOB))
HALF, SHARE = values.console_half(DATA_KEY.key, CTX), values.share(RECORD_KEY, CTX)
KEYS = AccountKeys.new()


def open_box(box: bytes) -> object:
    boxed = values.BoxedDataKey(BOXED.batch, "contact", 1, box, BOXED.check)
    return values.open_data_key(OFFICE, CLASS_SECRET, boxed)


OPENINGS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "wrapped key": (wrap(KEY, bytes(32), b"aad"), lambda b: unwrap(KEY, b, b"aad")),
    "hpke box": (hpke.seal(PUBLIC, b"data", b"info"), lambda b: hpke.unseal(SECRET, b, b"info")),
    "value": (BLOB, lambda b: values.open_value(HALF, SHARE, CTX, b)),
    "account keys": (
        wrap_account_keys(OFFICE, "ratna", KEY, KEYS),
        lambda b: unwrap_account_keys(OFFICE, "ratna", KEY, b),
    ),
    "slot": (wrap_file_key(KEY, OFFICE, "ratna", OTHER_KEY), lambda b: open_slots([b], KEY, OFFICE, "ratna")),
    "class grant": (
        seal_class_key(PUBLIC, CLASS_SECRET, OFFICE, "ratna", "contact", 1),
        lambda b: open_class_key(SECRET, b, OFFICE, "ratna", "contact", 1, CLASS_PUBLIC),
    ),
    "data key box": (BOXED.box, open_box),
}
KINDS = pytest.mark.parametrize("kind", OPENINGS)


@KINDS
def test_that_what_was_sealed_opens(kind: str) -> None:
    blob, opening = OPENINGS[kind]
    assert opening(blob)


@pytest.mark.attack("A41")
@KINDS
def test_that_every_other_suite_byte_is_refused(kind: str) -> None:
    blob, opening = OPENINGS[kind]
    for suite in (*range(1), *range(2, 256)):
        with pytest.raises(SealError, match=r"another suite|no slot opens"):
            opening(bytes([suite]) + blob[1:])


@KINDS
def test_that_a_changed_byte_anywhere_keeps_it_shut(kind: str) -> None:
    blob, opening = OPENINGS[kind]
    for at in {1, 2, 12, 13, 20, 40, len(blob) // 2, len(blob) - 17, len(blob) - 1} & set(range(len(blob))):
        # A blob's batch and salt are not part of what `open_value` is given: it takes ctx from what was asked for.
        if kind == "value" and at < 33:
            continue
        with pytest.raises(SealError):
            opening(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])


@KINDS
@pytest.mark.parametrize("length", [0, 1, 2, 12, 13, 32, 33, 34])
def test_that_a_cut_blob_is_refused_by_the_one_error(kind: str, length: int) -> None:
    blob, opening = OPENINGS[kind]
    with pytest.raises(SealError):
        opening(blob[:length])


def test_that_a_wrapped_key_opens_for_its_own_use_only() -> None:
    with pytest.raises(SealError):
        unwrap(KEY, wrap(KEY, b"data", b"one use"), b"another use")
    with pytest.raises(SealError):
        unwrap(OTHER_KEY, wrap(KEY, b"data", b"aad"), b"aad")


def test_that_a_box_opens_with_its_own_info_and_secret_only() -> None:
    box = hpke.seal(PUBLIC, b"data", b"info")
    with pytest.raises(SealError):
        hpke.unseal(SECRET, box, b"another info")
    with pytest.raises(SealError):
        hpke.unseal(OTHER_SECRET, box, b"info")


@pytest.mark.parametrize("size", [0, 32, 1184, 1215, 1217])
def test_that_a_public_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(SealError):
        hpke.seal(bytes(size), b"data", b"info")


@pytest.mark.parametrize("size", [0, 32, 95, 97])
def test_that_a_secret_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(SealError):
        hpke.public_of(bytes(size))


@pytest.mark.parametrize(
    ("record", "field", "data_class"),
    [
        (bytes(16), "email", "contact"),
        (RECORD, "mobile_phone", "contact"),
        (RECORD, "email", "identity"),
    ],
)
def test_that_a_blob_moved_elsewhere_stays_shut(record: bytes, field: str, data_class: str) -> None:
    ctx = values.value_context(OFFICE, record, field, data_class, values.salt_of(BLOB))
    half, share = values.console_half(DATA_KEY.key, ctx), values.share(RECORD_KEY, ctx)
    with pytest.raises(SealError):
        values.open_value(half, share, ctx, BLOB)


ONE_HALF = {"no share": (HALF, bytes(32)), "no half": (bytes(32), SHARE), "the wrong way round": (SHARE, HALF)}


@pytest.mark.parametrize(("half", "share"), ONE_HALF.values(), ids=ONE_HALF)
def test_that_one_half_alone_opens_nothing(half: bytes, share: bytes) -> None:
    with pytest.raises(SealError):
        values.open_value(half, share, CTX, BLOB)


def test_that_the_share_of_one_value_opens_no_other() -> None:
    other = values.seal_value(OFFICE, DATA_KEY, RECORD_KEY, RECORD, "email", "contact", "sari@gading.example")
    ctx = values.value_context(OFFICE, RECORD, "email", "contact", values.salt_of(other))
    with pytest.raises(SealError):
        values.open_value(values.console_half(DATA_KEY.key, ctx), SHARE, ctx, other)


@pytest.mark.parametrize("value", ["", "a", "a" * 31, "a" * 32, "a" * 500, "ends in \0\0", "\x80", "é" * 16])
def test_that_any_text_comes_back_as_it_was(value: str) -> None:
    blob = values.seal_value(OFFICE, DATA_KEY, RECORD_KEY, RECORD, "email", "contact", value)
    ctx = values.value_context(OFFICE, RECORD, "email", "contact", values.salt_of(blob))
    half, share = values.console_half(DATA_KEY.key, ctx), values.share(RECORD_KEY, ctx)
    assert values.open_value(half, share, ctx, blob) == value


def test_that_values_of_one_block_have_one_length() -> None:
    blobs = {
        len(values.seal_value(OFFICE, DATA_KEY, RECORD_KEY, RECORD, "email", "contact", "x" * n)) for n in range(32)
    }
    assert len(blobs) == 1


def test_that_a_data_key_other_than_its_check_says_is_refused() -> None:
    _other, boxed = values.new_data_key(OFFICE, "contact", 1, CLASS_PUBLIC)
    false = values.BoxedDataKey(boxed.batch, "contact", 1, boxed.box, BOXED.check)
    with pytest.raises(SealError, match="its check"):
        values.open_data_key(OFFICE, CLASS_SECRET, false)


@pytest.mark.parametrize(
    ("data_class", "version", "batch"), [("identity", 1, None), ("contact", 2, None), ("contact", 1, bytes(16))]
)
def test_that_a_box_of_another_class_version_or_batch_stays_shut(
    data_class: str, version: int, batch: bytes | None
) -> None:
    moved = values.BoxedDataKey(batch or BOXED.batch, data_class, version, BOXED.box, BOXED.check)
    with pytest.raises(SealError):
        values.open_data_key(OFFICE, CLASS_SECRET, moved)


@pytest.mark.parametrize(
    ("account", "data_class", "version"), [("budi", "contact", 1), ("ratna", "identity", 1), ("ratna", "contact", 2)]
)
def test_that_a_class_grant_is_for_one_account_class_and_version(account: str, data_class: str, version: int) -> None:
    box = seal_class_key(PUBLIC, CLASS_SECRET, OFFICE, "ratna", "contact", 1)
    with pytest.raises(SealError):
        open_class_key(SECRET, box, OFFICE, account, data_class, version, CLASS_PUBLIC)


def test_that_a_false_class_key_is_refused_although_it_opens() -> None:
    box = seal_class_key(PUBLIC, OTHER_SECRET, OFFICE, "ratna", "contact", 1)
    with pytest.raises(SealError, match="not the one the book shows"):
        open_class_key(SECRET, box, OFFICE, "ratna", "contact", 1, CLASS_PUBLIC)


def test_that_account_keys_of_another_person_stay_shut() -> None:
    blob = wrap_account_keys(OFFICE, "ratna", KEY, KEYS)
    with pytest.raises(SealError):
        unwrap_account_keys(OFFICE, "budi", KEY, blob)


def test_that_account_keys_of_another_length_are_refused() -> None:
    from app.crypto.labels import lp

    with pytest.raises(SealError, match="another length"):
        unwrap_account_keys(OFFICE, "ratna", KEY, wrap(KEY, bytes(96), lp("account-keys", OFFICE, "ratna")))


def test_that_the_second_slot_opens_while_two_lie_side_by_side() -> None:
    slots = [wrap_file_key(OTHER_KEY, OFFICE, "ratna", KEY), wrap_file_key(KEY, OFFICE, "ratna", KEY)]
    assert open_slots(slots, KEY, OFFICE, "ratna") == KEY
    with pytest.raises(SealError, match="no slot"):
        open_slots([], KEY, OFFICE, "ratna")


def test_that_a_signature_fits_one_key_and_one_message() -> None:
    seed = signing.new_seed()
    mark = signing.sign(seed, b"message")
    signing.check(signing.public_of(seed), mark, b"message")
    for public, signature, message in (
        (signing.public_of(signing.new_seed()), mark, b"message"),
        (signing.public_of(seed), mark, b"massage"),
        (signing.public_of(seed), mark[:-1], b"message"),
        (b"", mark, b"message"),
        (bytes(33), mark, b"message"),
    ):
        with pytest.raises(SealError):
            signing.check(public, signature, message)


@pytest.mark.attack("A41")
@pytest.mark.parametrize(
    "cost", [PasswordCost(19 * 1024 - 1, 2, 1), PasswordCost(19 * 1024, 1, 1), PasswordCost(64 * 1024, 3, 0)]
)
def test_that_a_server_which_asks_for_a_weaker_derivation_gets_none(cost: PasswordCost) -> None:
    with pytest.raises(ValueError, match="under the floor"):
        password_root("kopi pagi di Braga", bytes(16), cost)


def test_that_no_secret_shows_in_a_repr() -> None:
    from app.crypto.account_keys import ActivationCode, password_keys

    derived = password_keys("ratna", "kopi pagi di Braga", bytes(16), PASSWORD_FLOOR)
    for thing, secret in (
        (KEYS, KEYS.seed),
        (derived, derived.console),
        (ActivationCode(bytes(range(16)), OFFICE[:16]), bytes(range(16))),
    ):
        assert secret.hex() not in repr(thing)
        assert repr(secret) not in repr(thing)


def test_that_a_data_key_does_not_show_in_a_repr() -> None:
    assert repr(DATA_KEY.key) not in repr(DATA_KEY)


def test_that_a_signature_that_was_good_before_stands_for_itself_alone() -> None:
    seed, message = signing.new_seed(), b"session card"
    public, signature = signing.public_of(seed), signing.sign(seed, message)
    for _ in range(2):
        signing.check_again(public, signature, message)
        for other in (
            (signing.public_of(signing.new_seed()), signature, message),
            (public, signing.sign(signing.new_seed(), message), message),
            (public, signature, message + b"."),
        ):
            with pytest.raises(SealError):
                signing.check_again(*other)
