"""The way to a gateway: httpx over TLS lines whose certificate and key are judged before the first byte goes out.

Invariants: each request has one time for all that it takes; only what never began is tried again here (`ApiClient`
repeats what may be repeated); nothing is read from the environment; nobody is followed elsewhere.
"""

import contextlib
import secrets
import select
import ssl
import threading
import time
from types import TracebackType

import httpx

from app.api.client.exchange import exchanged, left_s
from app.api.client.gateway_line import dialled, gateway_context, shaken
from app.domain.gateway_address import GatewayAddress

CONNECT_S = 8.0
"""For TCP and TLS together; a gateway that takes longer is tried again, perhaps at another address of its name."""
IDLE_S = 30.0
"""A line that nobody used so long is closed here, before something on the way forgets it silently."""
_TRIES = 3
_PAUSES_S = (0.2, 1.0)
"""Between two tries to connect, anywhere in between: consoles that lost a gateway together come back one by one."""
_MOST_LINES = 4


class HttpsTransport(httpx.BaseTransport):
    """httpx to one gateway, or to several behind one name. Safe to use from several threads.

    There is no line whose end is the office's end: gateways come and go under a session that stands, and the lease
    says how long a console may do without one.

    Attributes:
        url: the gateway's address.
        opens_a_file: whether a slot key opens anything there; a gateway has no file, and gets none.
    """

    opens_a_file = False

    def __init__(self, address: GatewayAddress) -> None:
        """Speak to the gateway at `address`.

        Raises:
            WorkstationError: what it must show cannot be known.
        """
        self._address, self.url = address, address.url
        self._context = gateway_context(address.authority)
        self._idle: list[tuple[ssl.SSLSocket, float]] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_MOST_LINES)
        self._hung_up, self._is_closed = 0, False

    def beside(self, _name: str) -> "HttpsTransport":
        """A way of its own to a process of this gateway, which hands on what is meant for that."""
        return HttpsTransport(self._address)

    def open_line(self) -> ssl.SSLSocket:
        """A line of its own to the gateway, judged, on which nothing was said yet.

        Raises:
            ForeignOfficeError: somebody else is there.
            httpx.TransportError: the gateway does not answer.
        """
        try:
            return self._connected(time.monotonic() + CONNECT_S)
        except OSError as e:
            raise httpx.TransportError(type(e).__name__) from e

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. The time for reading that came with it is the time for all of it.

        Raises:
            ForeignOfficeError: somebody else is there, or the answer is none that an office gives.
            httpx.TransportError: the gateway does not answer, or not to the end.
        """
        timeout_s: float | None = request.extensions.get("timeout", {}).get("read")
        until = time.monotonic() + (CONNECT_S if timeout_s is None else timeout_s)
        try:
            if not self._places.acquire(timeout=left_s(until)):
                raise TimeoutError("all lines are busy")
            try:
                return self._answer(request, until)
            finally:
                self._places.release()
        except OSError as e:
            raise httpx.TransportError(type(e).__name__, request=request) from e

    def _answer(self, request: httpx.Request, until: float) -> httpx.Response:
        line, hung_up = self._idle_line(), self._hung_up
        if line is None:
            try:
                line = self._connected_at_last(until)
            except OSError as e:
                raise httpx.ConnectTimeout(type(e).__name__, request=request) from e  # a `ConnectError` ends sessions
        try:
            answer, is_good = exchanged(line, request, until)
        except BaseException:
            _close(line)
            raise
        with self._lock:
            if is_good and hung_up == self._hung_up and not self._is_closed:
                self._idle.append((line, time.monotonic()))
                return answer
        _close(line)
        return answer

    def _idle_line(self) -> ssl.SSLSocket | None:
        """A line on which nothing was said since its last answer: not even an end."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                line, since = self._idle.pop()
            if time.monotonic() - since < IDLE_S and not line.pending() and not _can_be_read(line):
                return line
            _close(line)

    def _connected_at_last(self, until: float) -> ssl.SSLSocket:
        """A new line; nothing was sent on those that did not come about."""
        for left in reversed(range(_TRIES)):
            try:
                return self._connected(min(until, time.monotonic() + CONNECT_S))
            except OSError:
                pause_s = secrets.SystemRandom().uniform(*_PAUSES_S)
                if not left or time.monotonic() + pause_s >= until:
                    raise
                time.sleep(pause_s)
        raise AssertionError("the last try returns or raises")

    def _connected(self, until: float) -> ssl.SSLSocket:
        return shaken(dialled(self._address, until), self._address, self._context, until)

    def hang_up(self) -> None:
        """Close the lines that are open now; the next request makes another."""
        with self._lock:
            self._hung_up += 1
            idle, self._idle = self._idle, []
        for line, _ in idle:
            _close(line)

    def close(self) -> None:
        """Close all lines, and each that comes back: a request may have waited for its place meanwhile."""
        with self._lock:
            self._is_closed = True
        self.hang_up()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close all lines."""
        self.close()


def _can_be_read(line: ssl.SSLSocket) -> bool:
    return bool(select.select([line], [], [], 0)[0])


def _close(line: ssl.SSLSocket) -> None:
    with contextlib.suppress(OSError):
        line.close()
