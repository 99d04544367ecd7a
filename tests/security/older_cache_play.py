"""A console writes its cache and tells its guardian the generations; then an older copy lies there. Prints JSON."""

import json
import shutil
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.guardian.forked import fork_with_line
from app.guardian.process import harden
from app.guardian.ward import Ward
from app.guardian.watch import GuardianLink
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import EncryptedFileError

KEY = bytes(range(32))
FILES = ("cache.db", "cache.db-wal")


def console(line: socket.socket, folder: Path) -> int:
    """Write, and tell each generation; leave a copy from the middle."""
    link = GuardianLink(line, lambda: None)
    link.send_session("s1", "Ratna Dewanti", "00", "")
    cache = SessionCache.create(folder, KEY, ["name"], ["name"])
    cache.on_written = lambda generation: link.send_written("s1", generation)
    cache.put("draft", b"first")
    (folder / "older").mkdir(mode=0o700)
    for name in FILES:
        shutil.copy2(folder / name, folder / "older")
    cache.put("draft", b"second")
    cache.finish_fill()
    cache.close()
    link.send_written("s1", 1)
    return 0


def stranger(line: socket.socket) -> int:
    """Tell of a cache whose session was not announced."""
    GuardianLink(line, lambda: None).send_written("s2", 9)
    return 0


def opened(folder: Path, at_least: int) -> str:
    """What comes of opening the cache."""
    try:
        cache = SessionCache.open(folder, KEY, at_least)
    except EncryptedFileError as refusal:
        return refusal.code
    cache.close()
    return "opens"


def main(folder: Path) -> None:
    """Play it."""
    harden()
    ward = Ward(fork_with_line(lambda line: console(line, folder)))
    assert ward.child.wait(30)
    ward.hear()
    told = ward.generations["s1"]
    said: dict[str, object] = {"told": told, "newest": opened(folder, told)}
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
        shutil.copy2(folder / "older" / name, folder)
    said["older"] = opened(folder, told)
    said["older_without_the_guardian"] = opened(folder, 0)
    other = Ward(fork_with_line(stranger))
    assert other.child.wait(30)
    other.hear()
    said["a_strangers"] = other.generations
    said["stranger_is_shut_out"] = other.broke_protocol
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
