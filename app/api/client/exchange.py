"""One request and its answer over a line to a gateway: HTTP/1.1 (RFC 9112), taken strictly.

Invariants: the whole exchange has one time, however slowly somebody answers; an answer is whole, in one piece of
bounded size and for nobody else, or it is refused; what comes behind an answer is never taken for the next one.
"""

import contextlib
import socket
import time

import h11
import httpx

from app.api.client.errors import ForeignOfficeError

LARGEST_ANSWER = 32 * 1024 * 1024
"""Twice the largest request that an office takes."""
_LARGEST_HEAD = 32 * 1024
_PIECE_BYTES = 16 * 1024
"""A TLS record (RFC 8446, section 5.1); the clock is looked at after each."""


def exchanged(line: socket.socket, request: httpx.Request, until: float) -> tuple[httpx.Response, bool]:
    """Send a request and wait for its answer.

    Args:
        line: to the gateway, under TLS.
        request: with its body in memory.
        until: when to give up (`time.monotonic()`, seconds).

    Returns:
        The answer, and whether the line is good for another request.

    Raises:
        ForeignOfficeError: the answer is none that an office gives.
        OSError: the line broke before the answer was whole, or the time was over.
    """
    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may have answered before it heard all
        _send(line, _as_bytes(talk, request), until)
    try:
        return _heard(talk, line, until)
    except h11.RemoteProtocolError as e:
        if talk.trailing_data[1]:
            raise ConnectionResetError("cut off") from e
        raise _no_gateway("speaks no HTTP") from e


def _as_bytes(talk: h11.Connection, request: httpx.Request) -> bytes:
    headers = [(name, value) for name, value in request.headers.raw if name.lower() not in _SAID_HERE]
    head = h11.Request(
        method=request.method, target=request.url.raw_path, headers=[*headers, (b"Accept-Encoding", b"identity")]
    )
    events: list[h11.Event] = [head, h11.Data(data=request.read()), h11.EndOfMessage()]
    return b"".join(talk.send(event) or b"" for event in events)


_SAID_HERE = {b"accept-encoding", b"connection"}
"""A packed answer could be a thousand times larger than it looks."""


def _send(line: socket.socket, data: bytes, until: float) -> None:
    for start in range(0, len(data), _PIECE_BYTES):
        line.settimeout(left_s(until))
        line.sendall(data[start : start + _PIECE_BYTES])


def _heard(talk: h11.Connection, line: socket.socket, until: float) -> tuple[httpx.Response, bool]:
    head, body = None, bytearray()
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            line.settimeout(left_s(until))
            talk.receive_data(line.recv(_PIECE_BYTES))
        elif isinstance(event, h11.Response):
            head = _judged(event)
        elif isinstance(event, h11.Data):
            body += event.data
            _check_size(len(body))
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            is_good = talk.their_state is h11.DONE and talk.our_state is h11.DONE and not talk.trailing_data[0]
            answer = httpx.Response(head.status_code, headers=head.headers.raw_items(), content=bytes(body))
            return answer, is_good
        else:  # nobody was asked whether to go on (100), nor to switch (101)
            raise _no_gateway("says what nobody asked for")


def _judged(head: h11.Response) -> h11.Response:
    """The head of an answer that a gateway gives.

    Raises:
        ForeignOfficeError: it leads elsewhere, or is packed, too large or without an end of its own.
    """
    headers = dict(head.headers)
    if 300 <= head.status_code < 400:
        raise _no_gateway("sends elsewhere, and was not followed")
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise _no_gateway("packs its answers, which nobody asked for")
    if b"content-length" not in headers and b"transfer-encoding" not in headers:
        raise _no_gateway("does not say where its answer ends")
    _check_size(int(headers.get(b"content-length", b"0")))
    return head


def _check_size(size: int) -> None:
    if size > LARGEST_ANSWER:
        raise _no_gateway("gives a larger answer than any is")


def _no_gateway(what: str) -> ForeignOfficeError:
    return ForeignOfficeError(
        f"What answers at the gateway's address {what}. Nothing of it was used. Tell IT.", code="L3"
    )


def left_s(until: float) -> float:
    """Seconds until then.

    Raises:
        TimeoutError: none.
    """
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left
