"""The back office's file, opened so that nothing of it changes: for drills."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from app.backoffice.database import Database
from app.storage import sqlcipher


class DatabaseToRead(Database):
    """An open file that nobody writes; file and folder stay as they are, to the byte.

    Where a part of the file still lies in a `-wal` beside it, since an office was not closed well, both are copied, as
    the ciphertext that they are, into a folder of our own that goes again.
    """

    def __init__(self, path: Path, file_key: bytes) -> None:
        """Open it. No office may run.

        Raises:
            EncryptedFileError: another key, not an encrypted file, or a damaged one.
        """
        self.lock = RLock()
        wal = path.with_name(f"{path.name}-wal")
        self._folder = tempfile.mkdtemp(prefix="tirai-") if wal.exists() and wal.stat().st_size else ""
        try:
            if self._folder:
                path = Path(shutil.copy(path, self._folder))
                shutil.copy(wal, self._folder)
            as_it_is = not self._folder
            self._engine = create_engine(
                "sqlite://",
                creator=lambda: sqlcipher.connect(path, file_key, memory_security=True, read_only=as_it_is),
                module=sqlcipher.DBAPI,
                poolclass=StaticPool,
                hide_parameters=True,
            )
            self._check_version()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Nobody writes here.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError("this file was opened to be read")
        yield

    def close(self) -> None:
        """Close the file; a copy goes."""
        if hasattr(self, "_engine"):
            self._engine.dispose()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
