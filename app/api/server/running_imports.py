"""The imports that run now, seen from the office: each in a process of its own, at the other end of a line.

The office judges header and role, hands the file key over, and never sees a row. The end of a line is the end of its
process, however it came; what that process staged and did not commit goes then, or when the disk has space again.
"""

import contextlib
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.api.messages.customers import ImportBegin, ImportBegun, ImportFate
from app.api.server.import_line import ImportOrder, ImportSays, LineEndedError, Noted, hear, say
from app.backoffice.acting import OFFICE, act_for, acting_for
from app.backoffice.import_leftovers import committed_entry, sweep_unfinished, withdraw
from app.backoffice.importing import judge
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.sessions import Session, session_by_id
from app.backoffice.source_marks import mark_of_source
from app.crypto.derive import sha256
from app.domain.errors import NotAllowedError, TiraiError, WorkstationError

MOST_AT_ONCE = 4
_START_S = 20.0
_END_S = 20.0


@dataclass(slots=True)
class _Running:
    id: bytes
    session: bytes
    who: dict[str, str]
    line: socket.socket
    path: Path
    ended: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End its process; `ended` is set when it is gone and tidied up."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)


class RunningImports:
    """Begins imports and notices their ends. Safe from any thread."""

    def __init__(
        self,
        office: BackOffice,
        new_child: Callable[[], socket.socket],
        socket_at: Callable[[str], Path],
        on_committed: Callable[[], None],
        log_fault: Callable[[BaseException], str],
        *,
        serves_others: bool = False,
    ) -> None:
        """Run imports.

        Args:
            office: whose.
            new_child: forks an import's process and returns the line to it.
            socket_at: path of a socket by its name.
            on_committed: called after customers came in.
            log_fault: writes a fault down without values.
            serves_others: whether the clients are other OS users'.
        """
        self._serves_others = serves_others
        self._office, self._new_child, self._socket_at = office, new_child, socket_at
        self._on_committed, self._log_fault = on_committed, log_fault
        self._running: dict[bytes, _Running] = {}
        self._lock = threading.Lock()

    @property
    def any_running(self) -> bool:
        """Whether the office is needed."""
        return bool(self._running)

    def begin(self, office: OpenOffice, session: Session, request: ImportBegin) -> ImportBegun:
        """Judge what can be judged before the rows, and have a process for them.

        Raises:
            TiraiError: what `judge` refuses, what the new process refuses, or that there is none.
        """
        judged = judge(office, session.role, request)
        import_id, token = secrets.token_bytes(16), secrets.token_bytes(32)
        name = f"import-{import_id[:8].hex()}"
        order = ImportOrder(
            home=str(self._office.home),
            file_key=self._office.file_key or None,
            database=self._office.database_words,
            master=tuple(office.keys.master.items()) if office.database.is_shared else (),
            import_id=import_id,
            session=session.id,
            token_hash=sha256(token),
            socket=str(self._socket_at(name)),
            is_for_everybody=self._serves_others,
            begin=request,
        )
        with self._lock:
            self._stop_ended(office)
            if len(self._running) >= MOST_AT_ONCE:
                raise WorkstationError("Other imports are running. Wait for one to end, then try again.", code="busy")
            line = self._start(order)
            running = _Running(import_id, session.id, session.log_fields(), line, self._socket_at(name))
            self._running[import_id] = running
        threading.Thread(target=self._attend, args=(running,), daemon=True).start()
        return ImportBegun(
            id=import_id,
            collected=judged.collected,
            not_collected=judged.plan.not_collected,
            socket=name,
            token=token,
            mark=self._mark(office, request),
        )

    def _mark(self, office: OpenOffice, request: ImportBegin) -> str:
        if request.source is None:
            return ""
        with office.database.reading() as db:
            return mark_of_source(db, request.source)

    def socket_of(self, import_id: bytes) -> Path | None:
        """Where the process of an import listens; None if it does not run here."""
        running = self._running.get(import_id)
        return None if running is None else running.path

    def _start(self, order: ImportOrder) -> socket.socket:
        line = self._new_child()
        line.settimeout(_START_S)
        try:
            say(line, order)
            answer = hear(line, ImportSays)
        except LineEndedError as e:
            line.close()
            raise WorkstationError(
                "The process for this import did not come up; nothing was imported. Try again.", code="N2"
            ) from e
        if answer.word != "ready":
            line.close()
            raise answer.error()
        line.settimeout(None)
        return line

    def end(self, office: OpenOffice, session: Session, import_id: bytes) -> ImportFate:
        """End an import's process and say what came of it.

        Raises:
            NotAllowedError: it is somebody else's.
            WorkstationError: its process does not end.
        """
        running = self._running.get(import_id)
        if running is not None:
            if running.session != session.id:
                raise NotAllowedError("This import is not running any more; begin again.", code="import_over")
            running.stop()
            if not running.ended.wait(_END_S):
                raise WorkstationError("The process of this import does not end; look again in a moment.", code="N3")
        entry = committed_entry(office, import_id)
        return ImportFate(committed=entry is not None, audit_entry=entry or 0)

    def end_all(self) -> None:
        """End every import and wait for it."""
        for running in list(self._running.values()):
            running.stop()
            running.ended.wait(_END_S)

    def _stop_ended(self, office: OpenOffice) -> None:
        """End imports whose session is over, and drop what earlier ones could not drop on a full disk."""
        with acting_for(OFFICE), office.writing() as db:
            for running in self._running.values():
                if session_by_id(office, db, running.session) is None:
                    running.stop()
            sweep_unfinished(db, self._office.live_imports(db) | frozenset(self._running))

    def _attend(self, running: _Running) -> None:
        """Listen until the process is gone, then tidy up behind it."""
        act_for(OFFICE)
        try:
            self._listen(running.line)
            withdraw(self._office.opened, running.id, running.who, "lost")
        except TiraiError:
            pass  # a full disk, or an office that is shut: what was staged is swept later
        except Exception as e:  # noqa: BLE001  (a thread of its own: nobody else would hear of it)
            self._log_fault(e)
        finally:
            running.line.close()
            running.path.unlink(missing_ok=True)
            with self._lock:
                self._running.pop(running.id, None)
            running.ended.set()

    def _listen(self, line: socket.socket) -> None:
        """After each commit, take over the inventory that came with the customers, and say so."""
        with contextlib.suppress(LineEndedError):
            while hear(line, ImportSays).word == "committed":
                office = self._office.opened
                with office.database.lock, office.database.reading() as db:
                    office.catch_up(db)
                self._on_committed()
                say(line, Noted())
