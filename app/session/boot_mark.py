"""Which boot of its machine a console runs in, as a workstation tells its office: two machines never share one."""

from pathlib import Path

from app.crypto.derive import sha256
from app.crypto.labels import lp

_SAID_BY = Path("/proc/sys/kernel/random/boot_id")
_BYTES = 8


def boot_mark(office: bytes) -> str:
    """A mark for this office alone, of no use elsewhere; empty where the system tells none (Linux does).

    The first 8 bytes of SHA-256(LP("seat-boot", O, boot id)), in hex. The id is random, and new with each boot
    (random(4)).
    """
    try:
        said = _SAID_BY.read_text("ascii").strip()
    except OSError:
        return ""
    return sha256(lp("seat-boot", office, said))[:_BYTES].hex()
