"""The log as JSON Lines: one entry a line, in a file that the next export goes on with, or on standard output.

The file is its own state: its last whole line says how far it came. Half a line, left by a crash, is cut off first.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from app.auth.audit_chain import AuditEntry
from app.domain.errors import InputRefusedError, WorkstationError
from app.siem.export_place import ExportPlace

LONGEST_LINE = 64 * 1024
_TEXTS = tuple(f.name for f in fields(AuditEntry) if f.name not in {"number", "at_ms", "hash"})


def line_of(office: bytes, entry: AuditEntry) -> bytes:
    """One entry as one line with its end, ASCII. What is empty is left out; the hash can be computed again from it."""
    words = {name: value for name in _TEXTS if (value := getattr(entry, name))}
    at = datetime.fromtimestamp(entry.at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    data = {"office": office.hex(), "number": entry.number, "at": at, "at_ms": entry.at_ms, **words}
    return json.dumps(data | {"hash": entry.hash.hex()}).encode("ascii") + b"\n"


def entry_of(line: bytes, office: bytes) -> AuditEntry:
    """The entry of a line.

    Raises:
        InputRefusedError: it is no entry, or one of another office.
    """
    try:
        data = json.loads(line)
        if bytes.fromhex(data["office"]) != office:
            raise InputRefusedError("These lines are those of another office.")
        words = {name: str(data.get(name, "")) for name in _TEXTS}
        return AuditEntry(int(data["number"]), int(data["at_ms"]), hash=bytes.fromhex(data["hash"]), **words)
    except (ValueError, KeyError, TypeError) as e:
        raise InputRefusedError("This is no line of an exported audit log.") from e


class LinesFile:
    """A file of lines, one's own alone (mode 0600), which grows at its end."""

    def __init__(self, path: Path, office: bytes) -> None:
        """Open or make it, and cut off half a line.

        Raises:
            InputRefusedError: it holds something else.
            WorkstationError: it cannot be opened.
        """
        self.path, self._office = path, office
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            self._file = os.fdopen(fd, "r+b")
        except OSError as e:
            raise WorkstationError(f"{path} cannot be opened as a plain file.") from e
        try:
            self.place = self._cut_to_last_line()
        except BaseException:
            self._file.close()
            raise

    def _cut_to_last_line(self) -> ExportPlace | None:
        """Where the last whole line ends, and what it says; what is behind it goes."""
        size = self._file.seek(0, os.SEEK_END)
        start = max(0, size - 2 * LONGEST_LINE)
        self._file.seek(start)
        tail = self._file.read()
        end = tail.rfind(b"\n") + 1
        if not end:
            if size > LONGEST_LINE:
                raise InputRefusedError(f"{self.path} holds something else than an exported log.")
            self._keep(0, tail)
            return None
        last = tail[tail.rfind(b"\n", 0, end - 1) + 1 : end]
        entry = entry_of(last, self._office)
        self._keep(start + end, tail[end:])
        return ExportPlace(entry.number, entry.hash)

    def _keep(self, length: int, half: bytes) -> None:
        if half and not half.startswith(b'{"office": "'[: len(half)]):
            raise InputRefusedError(f"{self.path} holds something else than an exported log.")
        self._file.truncate(length)
        self._file.seek(length)

    def take(self, entries: Sequence[AuditEntry]) -> None:
        """Write entries and wait for the disk.

        Raises:
            WorkstationError: the disk refused; the next export cuts off what is half there.
        """
        try:
            self._file.write(b"".join(line_of(self._office, entry) for entry in entries))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as e:
            raise WorkstationError(f"{self.path} cannot be written; the export stops here.") from e

    def close(self) -> None:
        """Close it."""
        self._file.close()


class LinesStream:
    """Lines for whoever reads standard output."""

    def __init__(self, stream: BinaryIO, office: bytes) -> None:
        """Write there."""
        self._stream, self._office = stream, office

    def take(self, entries: Sequence[AuditEntry]) -> None:
        """Write entries.

        Raises:
            WorkstationError: nobody reads any more.
        """
        try:
            self._stream.write(b"".join(line_of(self._office, entry) for entry in entries))
            self._stream.flush()
        except OSError as e:
            raise WorkstationError("Nobody reads the export any more; it stops here.") from e

    def close(self) -> None:
        """Leave it open: it is not ours."""
