"""The back office's file, opened so that nothing of it changes: for drills and trials."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from app.backoffice.database import Database
from app.domain.errors import WorkstationError
from app.storage import sqlcipher


class DatabaseToRead(Database):
    """An open file that nobody writes; file and folder stay as they are, to the byte."""

    def __init__(self, path: Path, file_key: bytes) -> None:
        """Open it. No office may run.

        Raises:
            WorkstationError: the file was not closed well, so that a part of it lies beside it.
            EncryptedFileError: another key, not an encrypted file, or a damaged one.
        """
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists() and wal.stat().st_size:
            raise WorkstationError(
                "The office was not closed well. Sign in once and out again, wait a minute, then do this again.",
                code="not_closed",
            )
        self.lock = RLock()
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: sqlcipher.connect(path, file_key, memory_security=True, read_only=True),
            module=sqlcipher.DBAPI,
            poolclass=StaticPool,
            hide_parameters=True,
        )
        try:
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
        """Close the file."""
        self._engine.dispose()
