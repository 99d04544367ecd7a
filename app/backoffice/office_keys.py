"""What the master wraps: record keys, TOTP secrets, pepper, index key, the back office's own seeds.

M wraps, never derives. The back office holds no class key, so none of this opens a sealed value alone.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection

from app.backoffice.database import put_setting, setting
from app.crypto import hpke, signing
from app.crypto.aead import unwrap, wrap
from app.crypto.labels import lp
from app.domain.errors import VerificationError

_WRAPPED = ("pepper", "index_key", "office_kem", "checkpoint_seed", "log_key")


@dataclass(frozen=True, slots=True, repr=False)
class OfficeKeys:
    """The keys of an open back office.

    Attributes:
        office: O.
        master: M by version; the newest wraps.
        pepper: for stored verifiers.
        index_key: for lookup tags.
        office_kem: HPKE secret of the back office.
        checkpoint_seed: Ed25519 seed of checkpoints.
        log_key: for keyed hashes of free text in the log.
    """

    office: bytes
    master: dict[int, bytes]
    pepper: bytes
    index_key: bytes
    office_kem: bytes
    checkpoint_seed: bytes
    log_key: bytes

    @property
    def master_version(self) -> int:
        """The version that wraps now."""
        return max(self.master)

    @classmethod
    def create(cls, db: Connection, office: bytes) -> "OfficeKeys":
        """Make and store a fresh set, M in version 1."""
        master = secrets.token_bytes(32)
        put_setting(db, "master_1", master)
        fresh = {name: secrets.token_bytes(32) for name in _WRAPPED}
        fresh["office_kem"], fresh["checkpoint_seed"] = hpke.new_secret(), signing.new_seed()
        for name, key in fresh.items():
            put_setting(db, name, wrap(master, key, lp("office-key", office, name)))
        return cls(office, {1: master}, **fresh)

    @classmethod
    def load(cls, db: Connection, office: bytes) -> "OfficeKeys":
        """Read the set.

        Raises:
            VerificationError: a key is missing or another office's.
        """
        master = setting(db, "master_1")
        if master is None:
            raise VerificationError("The office's file lacks its master key; open it by recovery.")
        keys = {}
        for name in _WRAPPED:
            keys[name] = unwrap(master, setting(db, name) or b"", lp("office-key", office, name))
        return cls(office, {1: master}, **keys)

    def wrap_record_key(self, record: bytes, record_key: bytes) -> tuple[int, bytes]:
        """Wrap Z under the newest M: version and blob."""
        version = self.master_version
        return version, wrap(self.master[version], record_key, self._record_aad(record, version))

    def record_key(self, record: bytes, version: int, blob: bytes) -> bytes:
        """Open Z.

        Raises:
            SealError: another record's, or erased.
        """
        return unwrap(self.master[version], blob, self._record_aad(record, version))

    def _record_aad(self, record: bytes, version: int) -> bytes:
        return lp("record-key", self.office, record, version)

    def wrap_totp(self, account: str, secret: bytes) -> bytes:
        """Wrap a TOTP secret, bound to its account."""
        return wrap(self.master[self.master_version], secret, account.encode())

    def totp(self, account: str, blob: bytes) -> bytes:
        """Open a TOTP secret."""
        return unwrap(self.master[self.master_version], blob, account.encode())
