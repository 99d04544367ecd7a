"""Suspicions reported while nobody was signed in: a folder in the home, a sealed file each, until they are brought.

`suspicions/office` holds to whom they are sealed (`app/auth/outside_report.py`); this module knows bytes only. It is no
cache: wipes and the end of a session leave it. Invariants: a report is on disk, with its name, before `put` returns; it
goes only after its office has it. What no program of ours wrote is never brought as a report: it is set aside under
another name, once, and told by number. Whoever is this OS user can remove all of it.
"""

import contextlib
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.storage.new_file import FileRefusedError, write_new_file
from app.storage.places import PlaceRefusedError, checked_folder, private_file, private_folder

FOLDER: Final = "suspicions"
MOST_KEPT: Final = 20
PAUSE_S: Final = 20.0
"""So long after one the next is kept: a hand that reports has more to do in between."""
LONGEST_BYTES: Final = 16 * 1024
MOST_SET_ASIDE: Final = 50

NO_OFFICE, FULL, TOO_SOON, DISK = "reports_no_office", "reports_full", "reports_too_soon", "reports_disk"

_OFFICE: Final = "office"
_REFUSED: Final = ".refused"
_MAGIC: Final = b"tirai-suspicion\n"
_OFFICE_BYTES: Final = 32
_ID: Final = re.compile("[0-9a-f]{32}")
_HALF_MADE: Final = re.compile(r"\.(?:[0-9a-f]{32}|office)\.[0-9a-f]{8}")
_HALF_MADE_S: Final = 60.0


class ReportNotKeptError(WorkstationError):
    """A report is not kept. Codes: `reports_no_office`, `reports_full`, `reports_too_soon`, `reports_disk`."""


@dataclass(frozen=True, slots=True, repr=False)
class Lying:
    """What lies in the folder.

    Attributes:
        reports: sealed, by id in hex, the oldest first.
        foreign: names of files that no program of ours wrote, or that are not the owner's alone.
    """

    reports: dict[str, bytes]
    foreign: tuple[str, ...]


class OutsideFolder:
    """The folder of one home, for reports to one office."""

    def __init__(self, home: Path, clock: Callable[[], float] = time.time) -> None:
        """Nothing is made before something is kept.

        Args:
            home: in which.
            clock: seconds since 1970.
        """
        self._home, self._clock = home, clock

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._home / FOLDER

    def keep_office(self, office: bytes, kept: bytes) -> None:
        """Keep to whom reports are sealed from now on.

        Raises:
            FileRefusedError, PlaceRefusedError: it cannot be kept here.
        """
        if not self._home.is_dir():
            return
        private_folder(self.path)
        write_new_file(self.path / _OFFICE, _MAGIC + office + kept)

    def office(self) -> tuple[bytes, bytes] | None:
        """O and its key as it was kept, or None where nobody signed in here yet."""
        found = self._read(_OFFICE)
        return None if found is None else (found[0], found[1])

    def check_room(self) -> None:
        """Refuse a report that could not be kept now.

        Raises:
            ReportNotKeptError: no office, too many, or too soon after another.
        """
        office = self.office()
        if office is None:
            raise ReportNotKeptError("Nobody has signed in here yet, so nothing can be sealed.", code=NO_OFFICE)
        mine = [name for name in self._names() if (found := self._read(name)) is not None and found[0] == office[0]]
        if len(mine) >= MOST_KEPT:
            raise ReportNotKeptError("Too many reports wait here already.", code=FULL)
        if any(0 <= self._clock() - self._made(name) < PAUSE_S for name in mine):
            raise ReportNotKeptError("Another report was kept a moment ago.", code=TOO_SOON)

    def put(self, key: str, office: bytes, sealed: bytes) -> None:
        """Keep a report; it is on disk when this returns. The same again changes nothing.

        Raises:
            ReportNotKeptError: it is not kept.
        """
        if not _ID.fullmatch(key) or len(sealed) > LONGEST_BYTES - len(_MAGIC) - _OFFICE_BYTES:
            raise ValueError("no id, or no report")
        if self._read(key) is not None:
            return
        self.check_room()
        try:
            private_folder(self.path)
            write_new_file(self.path / key, _MAGIC + office + sealed)
        except (FileRefusedError, PlaceRefusedError) as e:
            raise ReportNotKeptError("The report cannot be kept on this disk.", code=DISK) from e

    def lying(self, office: bytes) -> Lying:
        """What waits for an office; another office's waits on, and is not told."""
        self._tidy()
        reports: dict[str, bytes] = {}
        foreign: list[str] = []
        for name in self._names():
            found = self._read(name)
            if found is None:
                foreign.append(name)
            elif found[0] == office:
                reports[name] = found[1]
        strange = [name for name in self._others() if not _HALF_MADE.fullmatch(name)]
        return Lying(dict(sorted(reports.items(), key=lambda one: self._made(one[0]))), (*foreign, *strange))

    def waiting(self) -> int:
        """How many reports lie here, for whichever office."""
        return sum(self._read(name) is not None for name in self._names())

    def forget(self, key: str) -> None:
        """Its office has it."""
        with contextlib.suppress(OSError):
            (self.path / key).unlink()

    def set_aside(self, name: str) -> None:
        """It is none, or its office refuses it: it stays under another name, and is not brought again.

        Of very many the later ones go: they are no reports, and say nothing that the earlier ones do not.
        """
        aside = [one for one in self._all() if one.endswith(_REFUSED)]
        path = self.path / name
        with contextlib.suppress(OSError):
            if len(aside) >= MOST_SET_ASIDE and not path.is_dir():
                path.unlink()
            else:
                path.rename(self.path / f"{secrets.token_hex(8)}{_REFUSED}")

    def _names(self) -> list[str]:
        return [name for name in self._all() if _ID.fullmatch(name)]

    def _others(self) -> list[str]:
        return [name for name in self._all() if not (_ID.fullmatch(name) or name == _OFFICE or name.endswith(_REFUSED))]

    def _all(self) -> list[str]:
        with contextlib.suppress(OSError, PlaceRefusedError):
            return sorted(path.name for path in checked_folder(self.path).iterdir())
        return []

    def _read(self, name: str) -> tuple[bytes, bytes] | None:
        """Office and the rest of a file; None for none, and for what is no file of ours."""
        path = self.path / name
        with contextlib.suppress(OSError, PlaceRefusedError):
            if private_file(path).st_size <= LONGEST_BYTES:
                data = path.read_bytes()
                head = len(_MAGIC) + _OFFICE_BYTES
                if data.startswith(_MAGIC) and len(data) > head:
                    return data[len(_MAGIC) : head], data[head:]
        return None

    def _made(self, name: str) -> float:
        with contextlib.suppress(OSError):
            return (self.path / name).lstat().st_mtime
        return 0.0

    def _tidy(self) -> None:
        """Remove what a killed process was writing (`write_new_file`): nothing of it was acknowledged."""
        for name in self._others():
            if _HALF_MADE.fullmatch(name) and not 0 <= self._clock() - self._made(name) < _HALF_MADE_S:
                self.forget(name)
