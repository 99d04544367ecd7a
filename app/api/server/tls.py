"""What a gateway shows under TLS 1.3: a certificate and its key from files, changed while it serves.

Invariants: a certificate takes the place of the one before only when its key fits it and it is good now; otherwise the
one before stays. Lines that stand keep what they began with. No session is resumed (`num_tickets`): gateways share no
secret for it, and every line is a whole handshake. Nothing is taken from the environment (SSLKEYLOGFILE).
"""

import contextlib
import datetime
import os
import ssl
import stat
from collections.abc import Callable
from pathlib import Path

from app.crypto.certificates import Certificate, first_certificate
from app.crypto.errors import SealError
from app.domain.errors import WorkstationError

_OTHERS = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP


class ServerTls:
    """TLS of one gateway.

    Attributes:
        context: for whoever listens; the same one as long as it serves.
        certificate: what is shown now.
    """

    def __init__(
        self,
        certificate: Path,
        key: Path,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        """Read both files.

        Args:
            certificate: PEM: the server's certificate, then those between it and its authority.
            key: PEM, not encrypted; others may not read it.
            now: the time, UTC.

        Raises:
            WorkstationError: with what is wrong with which file.
        """
        self._files, self._now = (certificate, key), now
        self._marks = self._look()
        self.certificate, self._current = self._read()
        self.context = _context()
        self.context.sni_callback = self._choose

    def _choose(self, line: ssl.SSLObject | ssl.SSLSocket, _name: str | None, _context: ssl.SSLContext) -> None:
        """Called by each handshake once a client has said hello, whether it names a host or not."""
        line.context = self._current

    def reload(self) -> None:
        """Show what the files hold now, from the next handshake on.

        Raises:
            WorkstationError: they are not in order; what was shown before is shown.
        """
        self._marks = self._look()
        self.certificate, self._current = self._read()

    def reload_if_changed(self) -> bool:
        """The same if the files are others than at the last look.

        Raises:
            WorkstationError: as there; once for each change.
        """
        if self._look() == self._marks:
            return False
        self.reload()
        return True

    def _look(self) -> tuple[tuple[int, ...], ...]:
        marks = []
        for path in self._files:
            found: tuple[int, ...] = ()
            with contextlib.suppress(OSError):
                is_now = path.stat()
                found = (is_now.st_dev, is_now.st_ino, is_now.st_size, is_now.st_mtime_ns)
            marks.append(found)
        return tuple(marks)

    def _read(self) -> tuple[Certificate, ssl.SSLContext]:
        certificate, key = self._files
        check_key_file(key)
        try:
            shown = first_certificate(certificate.read_bytes())
        except OSError as e:
            raise WorkstationError(f"{certificate} cannot be read: {e.strerror}.") from e
        except SealError as e:
            raise WorkstationError(f"{certificate} holds no certificate (PEM) of a kind that is known here.") from e
        if not shown.begins <= self._now() < shown.ends:
            raise WorkstationError(f"{certificate} is not good today; from {shown.begins:%F} to {shown.ends:%F}.")
        context = _context()
        try:
            context.load_cert_chain(certificate, key, password=lambda: b"")
        except (OSError, ValueError) as e:
            raise WorkstationError(
                f"{key} is not the key of {certificate}, or is encrypted. The key must be PEM, without a password."
            ) from e
        return shown, context


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 0
    context.set_alpn_protocols(["http/1.1"])
    return context


def check_key_file(path: Path) -> None:
    """Refuse a key that others could read or change; root's may be readable for a group.

    Raises:
        WorkstationError: with what to do.
    """
    try:
        found = path.stat()
    except OSError as e:
        raise WorkstationError(f"{path} cannot be read: {e.strerror}.") from e
    if not stat.S_ISREG(found.st_mode):
        raise WorkstationError(f"{path} is refused: it is not a plain file.")
    if found.st_uid not in {0, os.geteuid()}:
        raise WorkstationError(f"{path} is refused: it belongs to another user.")
    if found.st_mode & _OTHERS or (found.st_uid != 0 and found.st_mode & stat.S_IRGRP):
        raise WorkstationError(f"{path} is refused: others could read or change it. Make a new key, then: chmod 600.")
