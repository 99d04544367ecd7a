"""The recovery account's slot: the file key, sealed to the kit's public half, beside the office's file.

It holds no secret, changes with the file key, and so is no part of the kit.
"""

from pathlib import Path

from app.backoffice.office import RECOVERY_SLOT_FILE
from app.crypto import hpke
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import VerificationError


def recovery_slot(public: bytes, file_key: bytes, office: bytes) -> bytes:
    """The slot: HPKE(recovery account; file key; LP("recovery-file", O))."""
    return hpke.seal(public, file_key, lp("recovery-file", office))


def open_recovery_slot(home: Path, secret: bytes, office: bytes) -> bytes:
    """The file key of the office in `home`.

    Args:
        home: its folder.
        secret: the recovery account's HPKE secret.
        office: O.

    Raises:
        VerificationError: the slot is not there, or another office's.
    """
    try:
        return hpke.unseal(secret, (home / RECOVERY_SLOT_FILE).read_bytes(), lp("recovery-file", office))
    except (OSError, SealError) as e:
        raise VerificationError(
            f"{home / RECOVERY_SLOT_FILE} is missing or damaged, so the kit does not open this file. Restore a backup.",
            code="recovery_slot",
        ) from e
