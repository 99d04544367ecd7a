"""How root sets up, repairs and restores the office of a service: as the service's user, for as long as it works.

What is made belongs to that user then, and every check of owners holds. Root is kept in reserve for one thing: to give
the key of the front door to systemd (`app/storage/service_keys.py`).
"""

import os
from collections.abc import Callable

from app.domain.errors import NotAllowedError, WorkstationError
from app.guardian.process import harden
from app.storage.service_place import ServicePlace


def _effective_user() -> int:
    return os.geteuid()


def work_as_service(place: ServicePlace, ask_root: Callable[[], int] = _effective_user) -> None:
    """Go on as the service's user; nothing happens to whoever is that user already.

    Args:
        place: whose.
        ask_root: who this is, for tests.

    Raises:
        NotAllowedError: neither root nor the service's user.
        WorkstationError: there is no such user, or its folder cannot be made.
    """
    uid, gid = place.uid, place.gid
    if ask_root() == uid:
        return
    if ask_root() != 0:
        raise NotAllowedError("Only root sets up, repairs or restores the office of this workstation: sudo tirai ...")
    try:
        place.home.mkdir(mode=0o700, exist_ok=True)
        os.chown(place.home, uid, gid, follow_symlinks=False)
        os.setgroups([gid])
        os.setegid(gid)
        os.seteuid(uid)
    except OSError as e:
        raise WorkstationError(f"{place.home} cannot be used as its user: {e.strerror}.", code="O4") from e
    harden(keep=("QT_QPA_PLATFORM",))  # another user is another dumpability
