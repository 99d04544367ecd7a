"""The way to a syslog receiver: TCP (RFC 6587) or TLS (RFC 5425), a connection per batch.

Syslog over TCP acknowledges nothing. What comes nearest: when a batch is sent this side closes its half, and waits for
the receiver to close the other one. A receiver that dies with bytes unread makes its system answer with a reset
instead. So a batch counts as acknowledged once the receiver has read it to its end and closed in order (over TLS: with
its `close_notify`); everything else sends the batch again. That is *at least once*, up to the receiver's memory.
"""

import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from app.auth.audit_chain import AuditEntry
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.siem.syslog_form import frame, message_of

CONNECT_S: Final = 10.0
WAIT_S: Final = 30.0
"""So long one step of sending, or the receiver's answer at the end, may take."""
_PIECE: Final = 65_536
T = TypeVar("T")
PORTS: Final = {"tcp": 601, "tls": 6514}
"""Where none is named (RFC 3195, RFC 5425)."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where messages go.

    Attributes:
        host, port: of the receiver.
        authority: certificates of who vouches for it (PEM), for TLS; None for plain TCP.
        own: certificate and key of this side (PEM), where the receiver wants them.
    """

    host: str
    port: int
    authority: Path | None
    own: tuple[Path, Path] | None = None

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, by its address."""
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return False


def receiver_at(
    url: str, authority: Path | None, own: tuple[Path, Path] | None = None, *, in_the_clear: bool = False
) -> Receiver:
    """The receiver that `tcp://host:port` or `tls://host:port` names.

    Args:
        url: the address.
        authority: PEM file; TLS needs it, no other authority is believed.
        own: certificate and key.
        in_the_clear: plain TCP may leave this machine.

    Raises:
        InputRefusedError: it is none, or it would send names of colleagues over the network in the clear.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname or parts.path or parts.query or parts.username is not None:
        raise InputRefusedError("Name the receiver as tls://host:port or tcp://host:port.")
    if parts.scheme == "tls" and authority is None:
        raise InputRefusedError("Name the file of who vouches for the receiver: --ca FILE (PEM).")
    chosen = authority if parts.scheme == "tls" else None
    receiver = Receiver(parts.hostname, port or PORTS[parts.scheme], chosen, own if chosen else None)
    if chosen is None and not receiver.is_here and not in_the_clear:
        raise InputRefusedError(
            "Over tcp:// everybody on the way reads the log. Use tls://, or say --in-the-clear if you mean it."
        )
    return receiver


class SyslogLine:
    """Sends batches."""

    def __init__(self, receiver: Receiver, office: bytes, wait_s: float = WAIT_S) -> None:
        """Send there; the certificate of who vouches for it is read now.

        Raises:
            InputRefusedError: a certificate's file cannot be read.
        """
        self._receiver, self._office, self._wait_s = receiver, office, wait_s
        self._tls = _context(receiver) if receiver.authority is not None else None

    def take(self, entries: Sequence[AuditEntry]) -> None:
        """Send entries, and wait until the receiver has read them to the end.

        Raises:
            WorkstationError: it did not; they are sent again by the next export.
            VerificationError: the receiver's certificate does not hold.
        """
        where = f"{self._receiver.host}:{self._receiver.port}"
        frames = b"".join(frame(message_of(self._office, entry)) for entry in entries)
        try:
            with socket.create_connection((self._receiver.host, self._receiver.port), CONNECT_S) as line:
                line.settimeout(self._wait_s)
                if self._tls is None:
                    _send_plainly(line, frames)
                else:
                    _send_over_tls(self._tls, line, self._receiver.host, frames)
        except ssl.SSLCertVerificationError as e:
            raise VerificationError(f"The certificate of {where} does not hold: {e.verify_message}.") from e
        except (OSError, _NotReadError) as e:
            raise WorkstationError(
                f"The receiver at {where} did not take all messages. Nothing is lost: the next export sends them again."
            ) from e

    def close(self) -> None:
        """Nothing stays open between batches."""


class _NotReadError(Exception):
    """The receiver says something, or breaks off, where it should close."""


def _send_plainly(line: socket.socket, frames: bytes) -> None:
    line.sendall(frames)
    line.shutdown(socket.SHUT_WR)
    if line.recv(1):
        raise _NotReadError


def _send_over_tls(context: ssl.SSLContext, line: socket.socket, host: str, frames: bytes) -> None:
    """Send, close this half with `close_notify`, and wait for the receiver's.

    Through memory, since a socket's own `unwrap` also comes back when the receiver answers with an alert.
    """
    tls = _Tls(context, line, host)
    tls.do(tls.half.do_handshake)
    for at in range(0, len(frames), _PIECE):
        piece = frames[at : at + _PIECE]
        tls.do(lambda piece=piece: tls.half.write(piece))  # type: ignore[misc]  # mypy on defaults of lambdas
    with contextlib.suppress(ssl.SSLWantReadError):
        tls.half.unwrap()
    tls.flush()
    try:
        if tls.do(lambda: tls.half.read(1)):
            raise _NotReadError
    except ssl.SSLZeroReturnError:
        return


class _Tls:
    """A TLS connection over a socket, a step at a time."""

    def __init__(self, context: ssl.SSLContext, line: socket.socket, host: str) -> None:
        self._line, self._in, self._out = line, ssl.MemoryBIO(), ssl.MemoryBIO()
        self.half = context.wrap_bio(self._in, self._out, server_hostname=host)

    def do(self, step: Callable[[], T]) -> T:
        """Take a step, and bring what it needs over the socket."""
        while True:
            try:
                done = step()
            except ssl.SSLWantReadError:
                self.flush()
                self._feed()
                continue
            except ssl.SSLError:
                with contextlib.suppress(OSError):
                    self.flush()  # the alert that says why
                raise
            self.flush()
            return done

    def flush(self) -> None:
        """Send what waits."""
        if waiting := self._out.read():
            self._line.sendall(waiting)

    def _feed(self) -> None:
        if came := self._line.recv(_PIECE):
            self._in.write(came)
        else:
            self._in.write_eof()


def _context(receiver: Receiver) -> ssl.SSLContext:
    """By hand: `create_default_context` would obey SSLKEYLOGFILE. TLS 1.3, certificate and name verified."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_verify_locations(cafile=str(receiver.authority))
        if receiver.own is not None:
            certificate, key = receiver.own
            context.load_cert_chain(str(certificate), str(key), password=_no_password)
    except (OSError, ssl.SSLError) as e:
        raise InputRefusedError("A certificate or its key cannot be read; PEM files are wanted.") from e
    return context


def _no_password() -> str:
    """Instead of a question at the terminal that would wait for ever."""
    raise OSError
