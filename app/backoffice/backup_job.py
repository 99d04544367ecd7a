"""The backup that runs in the office's process, on a thread of its own: whoever asked looks how far it is.

An administrator with a fresh code makes backups and destroys period keys; one backup runs at a time.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from app.api.messages.backups import (
    BackupBegin,
    BackupKeysFile,
    BackupState,
    DestroyPeriod,
    PeriodEnded,
    PeriodState,
    PeriodStates,
)
from app.auth.period_end import period_end_of
from app.backoffice.backup import Made, check_places, load_keys, make_backup
from app.backoffice.backup_keys import KEYS_FILE
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.period_ends import DESTROYED, destroy_period
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.role import Role


class BackupJob:
    """The backups of one office."""

    def __init__(self, office: BackOffice, log_fault: Callable[[BaseException], str]) -> None:
        """Work for this office; faults are written down without values."""
        self._office, self._log_fault = office, log_fault
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._state = BackupState(state="none")

    @property
    def is_running(self) -> bool:
        """Whether a backup is being made; the office does not leave before."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, session: Session, request: BackupBegin) -> BackupState:
        """Begin a backup.

        Raises:
            NotAllowedError: role or step-up, or one runs already.
            InputRefusedError: the places do not do.
        """
        office, home = self._office.opened, self._office.home
        _may(office, session)
        folder, keys = Path(request.folder), Path(request.keys)
        check_places(home, folder, keys)
        with self._lock:
            if self.is_running:
                raise NotAllowedError("A backup is being made already. Wait until it is done.", code="busy")
            self._state = BackupState(state="running")
            work = (office, home, folder, keys, session.log_fields())
            self._thread = threading.Thread(target=self._run, args=work, name="backup", daemon=True)
            self._thread.start()
        return self._state

    def state(self, session: Session) -> BackupState:
        """How far it is.

        Raises:
            NotAllowedError: the role makes no backups.
        """
        _may(self._office.opened, session, fresh=False)
        return self._state

    def _run(self, office: OpenOffice, home: Path, folder: Path, keys: Path, who: dict[str, str]) -> None:
        try:
            self._state = _done(make_backup(office, home, folder, keys, who, self._tell))
        except TiraiError as e:
            self._state = BackupState(state="failed", code=e.code or "backup", message=e.message)
        except Exception as e:  # noqa: BLE001  (whoever asked is told; the office goes on)
            number = self._log_fault(e)
            message = f"Something went wrong on the office's side (no. {number}). Nothing stays of this backup."
            self._state = BackupState(state="failed", code="fault", message=message)

    def _tell(self, done: int, total: int) -> None:
        self._state = BackupState(state="running", done=done, total=total)

    # period keys

    def keys(self, session: Session, request: BackupKeysFile) -> PeriodStates:
        """Which period keys there are, in the home and in a copy.

        Raises:
            NotAllowedError: the role makes no backups.
            InputRefusedError, VerificationError: the copy is another's, or was changed.
        """
        office = self._office.opened
        _may(office, session, fresh=False)
        now = office.clock.now_ms()
        keys = load_keys(office, self._office.home / KEYS_FILE, _absolute(request.keys))
        return PeriodStates(
            periods=tuple(
                PeriodState(period=p.name, made_ms=p.made_ms, destroyed_ms=p.destroyed_ms, is_due=p.is_due(now))
                for p in keys.periods
            )
        )

    def destroy(self, session: Session, request: DestroyPeriod) -> PeriodEnded:
        """Destroy a period's key by the word of two people, of whom this one is the first.

        Raises:
            NotAllowedError: role or step-up, or the two have not signed.
            InputRefusedError: there is no such period.
        """
        office = self._office.opened
        _may(office, session)
        copy, order = _absolute(request.keys), period_end_of(request.order)
        with refusals_logged(office, session, DESTROYED, reference=order.period[:32]):
            if order.first != session.name:
                raise NotAllowedError("An order is brought by whoever signed it first.", code="signature")
            files = (self._office.home / KEYS_FILE, copy)
            return PeriodEnded(certificate=destroy_period(office, order, session.log_fields(), *files))


def _may(office: OpenOffice, session: Session, *, fresh: bool = True) -> None:
    if session.role is not Role.ADMINISTRATOR:
        raise NotAllowedError("Only an administrator makes backups.", code="role")
    if fresh:
        needs_step_up(office, session)


def _absolute(untrusted: str) -> Path:
    path = Path(untrusted)
    if not path.is_absolute() or not path.parent.is_dir():
        raise InputRefusedError("Name the file of backup keys with its whole path.", code="backup_place")
    return path


def _done(made: Made) -> BackupState:
    return BackupState(
        state="done",
        office_file=str(made.office_file),
        records_file=str(made.records_file),
        size_bytes=made.size_bytes,
        customers=made.customers,
        destroyed=made.destroyed,
    )
