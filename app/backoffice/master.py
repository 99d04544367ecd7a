"""Where the master comes from: out of the office's encrypted file, or from outside the database of a gateway.

M comes in versions. One wraps; what an older one wrapped stays under it until a rotation has moved it
(`app/backoffice/master_rotation.py`). The table `master_versions` says which version does what, and holds none of
them: its `proof` is nothing, wrapped, so that a key typed in wrongly is refused before it wraps anything.
"""

import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Protocol

from sqlalchemy import Connection

from app.backoffice import schema
from app.backoffice.database import put_setting, setting
from app.crypto.aead import unwrap, wrap
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import VerificationError

MASTER_BYTES: Final = 32


class MasterState(StrEnum):
    """What a version of the master does."""

    ADDED = "added"
    """Those who will wrap with it may have it."""
    WRAPS = "wraps"
    """It wraps; there is exactly one."""
    LEAVES = "leaves"
    """It opens what it wrapped, which a rotation moves to the one that wraps."""


class MasterMissingError(VerificationError):
    """A version of the master is not to be had, or is another key than the one that wrapped (code `master`)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="master")


class MasterSource(Protocol):
    """Who has the master. It answers for one office and may ask it again and again."""

    def key(self, db: Connection, version: int) -> bytes:
        """M of a version, 32 bytes.

        Raises:
            MasterMissingError: it does not have that version.
            WorkstationError: it cannot be asked now.
        """

    def added(self, db: Connection, version: int) -> bytes:
        """M of a version that the office has not used yet, made now where this source makes its own.

        Raises:
            MasterMissingError, WorkstationError: as `key`.
        """

    def dropped(self, db: Connection, version: int) -> None:
        """Nothing is wrapped under this version any more."""


class MasterInSettings:
    """The master of an office on a workstation: rows of its SQLCipher file."""

    def key(self, db: Connection, version: int) -> bytes:
        """M of a version."""
        master = setting(db, _row(version))
        if master is None:
            raise MasterMissingError("The office's file lacks its master key; open it by recovery.")
        return master

    def added(self, db: Connection, version: int) -> bytes:
        """A fresh one, stored."""
        master = secrets.token_bytes(MASTER_BYTES)
        put_setting(db, _row(version), master)
        return master

    def dropped(self, db: Connection, version: int) -> None:
        """Forget it."""
        db.execute(schema.settings.delete().where(schema.settings.c.name == _row(version)))


IN_SETTINGS: Final = MasterInSettings()


class MasterHanded:
    """The master as one process hands it to its child over a private line, for as long as the child works."""

    def __init__(self, versions: Mapping[int, bytes]) -> None:
        """Have these versions and no other."""
        self._versions = dict(versions)

    def key(self, _db: Connection, version: int) -> bytes:
        """M of a version."""
        if version not in self._versions:
            raise MasterMissingError("The master has another version since this began. Begin again.")
        return self._versions[version]

    def added(self, db: Connection, version: int) -> bytes:
        """M of a version; none is made here."""
        return self.key(db, version)

    def dropped(self, _db: Connection, version: int) -> None:
        """Nothing: this process ends soon."""


def _row(version: int) -> str:
    return f"master_{version}"


def add_version(db: Connection, office: bytes, version: int, state: MasterState, master: bytes) -> None:
    """Take down a version that the office did not know."""
    proof = wrap(master, b"", _proof_aad(office, version))
    db.execute(schema.master_versions.insert().values(version=version, state=state.value, proof=proof))


def check_master(office: bytes, version: int, master: bytes, proof: bytes) -> None:
    """Demand that this is the key that the office knows by that number.

    Raises:
        MasterMissingError: it is another one.
    """
    try:
        unwrap(master, proof, _proof_aad(office, version))
    except (SealError, ValueError) as e:
        raise MasterMissingError(
            f"Version {version} of the master is another key than the one that this office was given under that "
            "number. Put the right one back; nothing was opened."
        ) from e


def _proof_aad(office: bytes, version: int) -> bytes:
    return lp("master-proof", office, version)
