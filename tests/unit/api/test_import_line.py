"""The line to an import's process: a closed set of messages, and an end that is noticed."""

import socket
import struct
from collections.abc import Iterator

import pytest

from app.api.messages.customers import ImportBegin
from app.api.server.import_child import ABSENT_S, SILENT_S, absent_s
from app.api.server.import_line import ImportOrder, ImportSays, LineEndedError, Noted, hear, say
from app.backoffice.database import AuditUnwritableError
from app.backoffice.office import SessionUnknownError
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError, WorkstationError

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(120)
        theirs.settimeout(120)
        yield ours, theirs


def order_with(file_key: bytes | None) -> ImportOrder:
    return ImportOrder(
        home="/h",
        file_key=file_key,
        import_id=b"i" * 16,
        session=b"s" * 16,
        token_hash=b"t" * 32,
        socket="/s",
        begin=ImportBegin(header=("a", "b"), inventory="x" * 200_000, dry_run=False),
    )


def test_that_behind_a_gateway_only_silence_abandons_an_import() -> None:
    """Its steps are handed on by a line each: a source that takes a minute for a chunk has none meanwhile."""
    assert absent_s(order_with(None)) == SILENT_S
    assert absent_s(order_with(b"k" * 32)) == ABSENT_S < SILENT_S


def test_that_an_order_arrives_whole(pair: Pair) -> None:
    order = order_with(b"k" * 32)
    import threading

    sending = threading.Thread(target=say, args=(pair[0], order))
    sending.start()
    assert hear(pair[1], ImportOrder) == order
    sending.join()
    assert "kkkk" not in repr(order)


@pytest.mark.parametrize(
    "error",
    [
        SessionUnknownError("over", code="session_over"),
        NotAllowedError("no", code="role"),
        InputRefusedError("bad", code="x"),
        VerificationError("forged"),
        AuditUnwritableError("full", code="audit"),
        WorkstationError("gone"),
    ],
)
def test_that_a_refusal_comes_out_as_it_went_in(pair: Pair, error: TiraiError) -> None:
    say(pair[0], ImportSays.refused(error))
    again = hear(pair[1], ImportSays).error()
    assert (type(again), again.message, again.code) == (type(error), error.message, error.code)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\x00\x00",
        struct.pack(">I", 5) + b"{}",
        struct.pack(">I", 2**31),
        struct.pack(">I", 2) + b"{}",
        struct.pack(">I", 4) + b"null",
        struct.pack(">I", 17) + b'{"word": "sudo!"}',
        struct.pack(">I", 28) + b'{"word": "ready", "more": 1}',
    ],
)
def test_that_anything_else_ends_the_line(pair: Pair, sent: bytes) -> None:
    pair[0].sendall(sent)
    pair[0].shutdown(socket.SHUT_WR)
    with pytest.raises(LineEndedError):
        hear(pair[1], ImportSays)


def test_that_nobody_to_speak_to_is_an_end_too(pair: Pair) -> None:
    pair[1].close()
    with pytest.raises(LineEndedError):
        say(pair[0], Noted())
