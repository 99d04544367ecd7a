"""What a password and a seat give: W, V, C; the wrapped account keys; the keys of cache and slot.

    root = Argon2id(password); W, V, C = expand(root, LP("password-w" | "-v" | "-c", account))
    account keys (HPKE 96, Ed25519 seed 32) = wrap(W, both, LP("account-keys", O, account))
    cache key = two(h, C, LP("cache", O, account, session)); slot key = two(H, C, LP("slot", O, account))

W never leaves the console, V goes to the back office, C opens things on this workstation. None is stored.
"""

import secrets
from dataclasses import dataclass

from app.crypto import hpke, signing
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import PASSWORD_FLOOR, PasswordCost, expand, mac, password_root, two
from app.crypto.errors import SealError
from app.crypto.labels import lp


@dataclass(frozen=True, slots=True, repr=False)
class PasswordKeys:
    """The three keys that a password gives for one account, 32 bytes each."""

    wrapping: bytes
    verifier: bytes
    console: bytes


@dataclass(frozen=True, slots=True, repr=False)
class AccountKeys:
    """A person's key pairs, unwrapped: HPKE secret (96 bytes) and Ed25519 seed (32 bytes)."""

    kem: bytes
    seed: bytes

    @classmethod
    def new(cls) -> "AccountKeys":
        """Fresh key pairs."""
        return cls(hpke.new_secret(), signing.new_seed())

    @property
    def kem_public(self) -> bytes:
        """Public half for HPKE, as the book shows it."""
        return hpke.public_of(self.kem)

    @property
    def sign_public(self) -> bytes:
        """Public half for signatures, as the book shows it."""
        return signing.public_of(self.seed)


def password_keys(account: str, password: str, salt: bytes, cost: PasswordCost) -> PasswordKeys:
    """Derive W, V and C. One Argon2id, some 0.2 s: never on a GUI thread."""
    root = password_root(password, salt, cost)
    w, v, c = (expand(root, lp(f"password-{x}", account)) for x in "wvc")
    return PasswordKeys(w, v, c)


def wrap_account_keys(office: bytes, account: str, wrapping: bytes, keys: AccountKeys) -> bytes:
    """Wrap a person's keys under W."""
    return wrap(wrapping, keys.kem + keys.seed, lp("account-keys", office, account))


def unwrap_account_keys(office: bytes, account: str, wrapping: bytes, blob: bytes) -> AccountKeys:
    """Open a person's keys.

    Raises:
        SealError: another password or account, or a changed blob.
    """
    raw = unwrap(wrapping, blob, lp("account-keys", office, account))
    if len(raw) != hpke.SECRET_BYTES + signing.SEED_BYTES:
        raise SealError("account keys of another length")
    return AccountKeys(raw[: hpke.SECRET_BYTES], raw[hpke.SECRET_BYTES :])


def stored_verifier(pepper: bytes, account: str, verifier: bytes) -> bytes:
    """What the back office stores of V: HMAC(pepper, LP("verifier", account, V))."""
    return mac(pepper, lp("verifier", account, verifier))


def stored_recovery_code(pepper: bytes, account: str, code: str, salt: bytes) -> bytes:
    """What the back office stores of a recovery code: HMAC(pepper, LP("recovery-code", account, Argon2id(code, salt))).

    At the floor: a code has 80 random bits (`app/auth/recovery_codes.py`).
    """
    return mac(pepper, lp("recovery-code", account, password_root(code, salt, PASSWORD_FLOOR)))


def cache_key(office: bytes, account: str, session: bytes, session_half: bytes, console: bytes) -> bytes:
    """Key of a session cache: needs h (keyring) and C (password)."""
    return two(session_half, console, lp("cache", office, account, session))


def slot_key(office: bytes, account: str, seat_half: bytes, console: bytes) -> bytes:
    """Key of an account's slot of the back office's file: needs H (keyring) and C (password)."""
    return two(seat_half, console, lp("slot", office, account))


def seat_id(office: bytes, seat_half: bytes) -> bytes:
    """Which OS user of which workstation this is, without a name: expand(H, LP("seat-id", O)), 16 bytes."""
    return expand(seat_half, lp("seat-id", office), 16)


def seat_sign_seed(office: bytes, seat_half: bytes) -> bytes:
    """Seed of the Ed25519 key with which a seat signs receipts of wipes: expand(H, LP("seat-sign", O)), 32 bytes.

    It is worked out whenever something is signed and kept nowhere: who may read H may sign.
    """
    return expand(seat_half, lp("seat-sign", office))


SLOT_KEY_BYTES = 32


def wrap_file_key(key: bytes, office: bytes, account: str, file_key: bytes) -> bytes:
    """A slot: the file key under a slot key (or an activation slot key).

    Raises:
        SealError: there is no slot key; only who belongs to a gateway brings none.
    """
    if len(key) != SLOT_KEY_BYTES:
        raise SealError("no slot key was brought")
    return wrap(key, file_key, lp("slot", office, account))


def open_slots(slots: list[bytes], key: bytes, office: bytes, account: str) -> bytes:
    """Open the first slot that fits: during a password change two lie side by side.

    Raises:
        SealError: none opens.
    """
    for slot in slots:
        try:
            return unwrap(key, slot, lp("slot", office, account))
        except SealError:
            continue
    raise SealError("no slot opens")


ACTIVATION_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False)
class ActivationCode:
    """A one-time activation code: 128 random bits, and which office it belongs to.

    What a person types is `secret` and the first 16 bytes of O in Base32, in groups of four: so the code also
    pins the office (a server with another root is refused).
    """

    secret: bytes
    office_pin: bytes

    @classmethod
    def new(cls, office: bytes) -> "ActivationCode":
        """A fresh code for this office."""
        return cls(secrets.token_bytes(ACTIVATION_BYTES), office[:ACTIVATION_BYTES])

    def sign_seed(self, office: bytes, account: str) -> bytes:
        """Seed of the Ed25519 key that the invitation names."""
        return expand(self.secret, lp("activation-sign", office, account))

    def slot_key(self, office: bytes, account: str) -> bytes:
        """Key of the activation slot, good for 24 h."""
        return expand(self.secret, lp("activation-slot", office, account))
