"""Streams of rows that are under way: one per session, each as fast as its console takes it, all within bounds.

The next rows are read when the console has taken the last ones, so that a stream holds one chunk at most. A console
that does not take a chunk in `STALLED_S` seconds is cut off, and goes on with its token when it can; while it is waited
for no connection of the database is held. `AT_ONCE` streams read at a time, however many there are: every other request
finds threads and connections free.

A stream that cannot go on just ends, without its last line. Its console asks again, and is told why in the usual way.
"""

import zlib
from collections.abc import AsyncGenerator, Callable

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from app.api.messages.wire import Message
from app.api.server.http_line import HttpLine
from app.backoffice.database import PoolTimeoutError
from app.backoffice.filling import Filling
from app.domain.errors import TiraiError

STALLED_S = 60.0
"""So long a console may take for a chunk of a thousand rows: a line of 1 kB/s is fast enough."""
AT_ONCE = 2
_GZIP_LEVEL, _GZIP_FORM = 1, 31
_Pack = Callable[[bytes, bool], bytes]
"""Of a piece, and whether it is the last one."""


class Fills:
    """Streams of one office's process.

    Args:
        log_fault: writes a fault down without values.
        stalled_s: see `STALLED_S`.
    """

    def __init__(self, log_fault: Callable[[BaseException], str], stalled_s: float = STALLED_S) -> None:
        self._log_fault, self._stalled_s = log_fault, stalled_s
        self._reading = CapacityLimiter(AT_ONCE)
        self._lines: dict[bytes, HttpLine] = {}

    async def stream(self, session: bytes, rows: Filling, line: HttpLine, *, packs: bool) -> AsyncGenerator[bytes]:
        """The pieces of one stream; an older one of the same session is cut off.

        Args:
            session: whose it is.
            rows: what it gives.
            line: where to.
            packs: whether it is compressed (gzip, RFC 1952).
        """
        if (older := self._lines.pop(session, None)) is not None:
            older.cut()
        self._lines[session] = line
        pack = _packer() if packs else _as_it_is
        try:
            yield pack(_line(rows.head()), False)
            while not rows.is_over and not line.is_lost:
                yield await run_sync(_next, rows, pack, limiter=self._reading)
                await line.taken(self._stalled_s)
        except TimeoutError:
            line.cut()
        except (TiraiError, PoolTimeoutError):
            return
        except Exception as e:  # noqa: BLE001  (the answer has begun: it cannot become another one)
            self._log_fault(e)
        finally:
            if self._lines.get(session) is line:
                del self._lines[session]

    def close(self) -> None:
        """The office leaves: cut all streams off. To be called in the loop's thread."""
        for line in self._lines.values():
            line.cut()


def _next(rows: Filling, pack: _Pack) -> bytes:
    lines, token = rows.next_rows()
    return pack(lines + _line(token), token.is_last)


def _line(message: Message) -> bytes:
    return message.model_dump_json().encode() + b"\n"


def _as_it_is(data: bytes, _is_last: bool) -> bytes:
    return data


def _packer() -> _Pack:
    """Compresses piece by piece; each can be read when it is there."""
    stream = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_FORM)

    def pack(data: bytes, is_last: bool) -> bytes:
        return stream.compress(data) + stream.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)

    return pack
