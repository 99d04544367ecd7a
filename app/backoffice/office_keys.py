"""What the master wraps: record keys, TOTP secrets, pepper, index key, the back office's own seeds.

M wraps, never derives. The back office holds no class key, so none of this opens a sealed value alone. Each wrapped
thing stands beside the version of M that wrapped it, so that a rotation can move them one by one.
"""

import secrets
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.master import (
    IN_SETTINGS,
    MasterMissingError,
    MasterSource,
    MasterState,
    add_version,
    check_master,
)
from app.crypto import hpke, signing
from app.crypto.aead import unwrap, wrap
from app.crypto.labels import lp
from app.domain.errors import VerificationError, WorkstationError

_WRAPPED: Final = ("pepper", "index_key", "office_kem", "checkpoint_seed", "log_key")


@dataclass(frozen=True, slots=True, repr=False)
class OfficeKeys:
    """The keys of an open back office.

    Attributes:
        office: O.
        master: M by version: all that something is or may be wrapped under.
        master_version: the version that wraps now.
        pepper: for stored verifiers.
        index_key: for lookup tags.
        office_kem: HPKE secret of the back office.
        checkpoint_seed: Ed25519 seed of checkpoints.
        log_key: for keyed hashes of free text in the log.
    """

    office: bytes
    master: dict[int, bytes]
    master_version: int
    pepper: bytes
    index_key: bytes
    office_kem: bytes
    checkpoint_seed: bytes
    log_key: bytes

    @classmethod
    def create(cls, db: Connection, office: bytes, source: MasterSource = IN_SETTINGS) -> "OfficeKeys":
        """Make and store a fresh set under M in version 1.

        Raises:
            MasterMissingError, WorkstationError: the source does not have it.
        """
        fresh = {name: secrets.token_bytes(32) for name in _WRAPPED}
        fresh["office_kem"], fresh["checkpoint_seed"] = hpke.new_secret(), signing.new_seed()
        return cls(office, {}, 0, **fresh).moved(db, source)

    def moved(self, db: Connection, source: MasterSource) -> "OfficeKeys":
        """The same keys in another database that has none yet, under version 1 of another source's master.

        Raises:
            MasterMissingError, WorkstationError: the source does not have it.
        """
        master = source.added(db, 1)
        add_version(db, self.office, 1, MasterState.WRAPS, master)
        keys = replace(self, master={1: master}, master_version=1)
        keys.wrap_own(db)
        return keys

    @classmethod
    def load(cls, db: Connection, office: bytes, source: MasterSource = IN_SETTINGS) -> "OfficeKeys":
        """Read the set.

        Raises:
            VerificationError: a key is missing or another office's, or the master is.
            WorkstationError: the master's source cannot be asked now.
        """
        master, wraps = _masters(db, office, source)
        table = schema.settings.c
        rows = {row.name: row for row in db.execute(select(schema.settings).where(table.name.in_(_WRAPPED)))}
        keys = {}
        for name in _WRAPPED:
            if name not in rows:
                raise VerificationError("A key of the office is missing; open it by recovery.")
            keys[name] = unwrap(_of(master, rows[name].master_version), rows[name].value, _own_aad(office, name))
        return cls(office, master, wraps, **keys)

    def wrap_own(self, db: Connection) -> None:
        """Store the office's own keys under the version that wraps now."""
        table = schema.settings
        db.execute(table.delete().where(table.c.name.in_(_WRAPPED)))
        version = self.master_version
        for name in _WRAPPED:
            blob = wrap(self.master[version], getattr(self, name), _own_aad(self.office, name))
            db.execute(table.insert().values(name=name, value=blob, master_version=version))

    def wrap_record_key(self, record: bytes, record_key: bytes) -> tuple[int, bytes]:
        """Wrap Z under the M that wraps now: version and blob."""
        version = self.master_version
        return version, wrap(self.master[version], record_key, self._record_aad(record, version))

    def record_key(self, record: bytes, version: int, blob: bytes) -> bytes:
        """Open Z.

        Raises:
            SealError: another record's, or erased.
            MasterMissingError: it is under a version that is not here.
        """
        return unwrap(_of(self.master, version), blob, self._record_aad(record, version))

    def _record_aad(self, record: bytes, version: int) -> bytes:
        return lp("record-key", self.office, record, version)

    def wrapped_totp(self, account: str, secret: bytes) -> dict[str, object]:
        """The columns of an account that hold a TOTP secret, wrapped and bound to the account."""
        version = self.master_version
        return {"totp": wrap(self.master[version], secret, account.encode()), "totp_master": version}

    def totp(self, account: str, blob: bytes, version: int | None) -> bytes:
        """Open a TOTP secret.

        Raises:
            SealError: another account's, or there is none.
            MasterMissingError: it is under a version that is not here.
        """
        return unwrap(_of(self.master, version or self.master_version), blob, account.encode())

    def wrapped_new_totp(self, bound_to: bytes, secret: bytes) -> dict[str, object]:
        """The same for a secret that nobody has proved yet, bound to all that its row says."""
        version = self.master_version
        return {"totp": wrap(self.master[version], secret, bound_to), "totp_master": version}

    def new_totp(self, bound_to: bytes, blob: bytes, version: int) -> bytes:
        """Open one.

        Raises:
            SealError: another row's, or its row was altered.
            MasterMissingError: it is under a version that is not here.
        """
        return unwrap(_of(self.master, version), blob, bound_to)


def _masters(db: Connection, office: bytes, source: MasterSource) -> tuple[dict[int, bytes], int]:
    """M by version, and the version that wraps. One that is only added need not be here yet."""
    found: dict[int, bytes] = {}
    wraps = 0
    for row in db.execute(select(schema.master_versions).order_by(schema.master_versions.c.version)):
        try:
            master = source.key(db, row.version)
            check_master(office, row.version, master, row.proof)
        except (MasterMissingError, WorkstationError):
            if row.state == MasterState.ADDED:
                continue
            raise
        found[row.version] = master
        if row.state == MasterState.WRAPS:
            wraps = row.version
    if not wraps:
        raise VerificationError("The office does not say which master wraps; open it by recovery.")
    return found, wraps


def _of(master: dict[int, bytes], version: int | None) -> bytes:
    if version is None or version not in master:
        raise MasterMissingError("Something is wrapped under a version of the master that is not here. Call IT.")
    return master[version]


def _own_aad(office: bytes, name: str) -> bytes:
    return lp("office-key", office, name)
