"""A small disk of its own for one database: a tmpfs that root mounts, a tablespace of PostgreSQL's, filled by a file.

What is full is what grows: the server's own files and its log of changes (WAL) lie elsewhere and go on.
"""

import contextlib
import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.gateway.postgres_server import PostgresServer
from tests.ordinary_user import NOBODY

_MIB = 1024 * 1024


class NoDiskError(Exception):
    """None can be mounted here; its text says why."""


class SmallDisk:
    """A mounted disk.

    Attributes:
        tablespace: its name for the server.
    """

    tablespace = "small_disk"

    def __init__(self, folder: Path) -> None:
        self._folder, self._ballast = folder, folder / "ballast"

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Within the block not one page more fits."""
        file = os.open(self._ballast, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            for piece in (b"\0" * _MIB, b"\0" * 4096):
                with contextlib.suppress(_FullError):
                    while True:
                        _write(file, piece)
            yield
        finally:
            os.close(file)
            self._ballast.unlink()


class _FullError(Exception):
    """Nothing more fits."""


def _write(file: int, piece: bytes) -> None:
    try:
        if os.write(file, piece) < len(piece):
            raise _FullError
    except OSError as e:
        if e.errno != errno.ENOSPC:
            raise
        raise _FullError from e


@contextlib.contextmanager
def small_disk(server: PostgresServer, mib: int = 64) -> Iterator[SmallDisk]:
    """Mount one for a server; afterwards no database may be left on it.

    Raises:
        NoDiskError: only root may, and not in each container.
    """
    if os.geteuid() != 0:
        raise NoDiskError("NOT RUN: only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="tirai-disk-", dir="/tmp"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0700,uid={NOBODY},gid={NOBODY}", "tirai-test", folder],
        capture_output=True,
        check=False,
    )
    try:
        if mounted.returncode:
            raise NoDiskError("NOT RUN: this machine lets root mount no disk (a container without CAP_SYS_ADMIN)")
        place = folder / "data"
        place.mkdir(mode=0o700)
        os.chown(place, NOBODY, NOBODY)
        server.execute(f"CREATE TABLESPACE {SmallDisk.tablespace} LOCATION '{place}'")
        try:
            yield SmallDisk(folder)
        finally:
            server.execute(f"DROP TABLESPACE {SmallDisk.tablespace}")
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()
