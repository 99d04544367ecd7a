"""One stream of rows from the office (`app/api/messages/filling.py`), over a line of its own, chunk by chunk.

Nothing of it is believed before it was judged, and no chunk is given before its token has come. A stream that breaks
off, stays silent, takes more than `CHUNK_S` seconds for a chunk or says something else than agreed raises; what came
before stands, and another stream goes on from the last token.
"""

import contextlib
import http.client
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from app.api.client.bounded_lines import PIECE_BYTES, lines_of, unpacked
from app.api.client.errors import ForeignOfficeError, OfficeAwayError
from app.api.client.exchange import left_s
from app.api.messages.filling import (
    LONGEST_LINE_BYTES,
    MOST_CHUNK_BYTES,
    MOST_ROWS,
    FillHead,
    FillRow,
    FillToken,
    NotARowError,
    RowReader,
)
from app.api.messages.wire import Message

M = TypeVar("M", bound=Message)

CHUNK_S = 120.0
"""Twice as long as an office waits for a console that takes one."""
_ROW, _LARGEST_PROBLEM = b"[", 65_536
_Taken = tuple[list[bytes], FillToken]
"""A chunk's lines, which nobody has judged yet."""


@dataclass(frozen=True, slots=True)
class FillChunk:
    """Rows, and the token behind them.

    Attributes:
        rows: their numbers rise, also from chunk to chunk.
        token: goes on behind them.
        is_last: whether there are no more.
    """

    rows: list[FillRow]
    token: bytes
    is_last: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The office's answer is no stream.

    Attributes:
        status: of HTTP.
        kind: its media type.
        body: what it says.
    """

    status: int
    kind: str
    body: bytes

    @classmethod
    def read(cls, answer: http.client.HTTPResponse) -> "Refused":
        """Read it, as far as a refusal goes."""
        return cls(answer.status, answer.headers.get("Content-Type", ""), answer.read(_LARGEST_PROBLEM))


class FillLine:
    """One stream; a context that ends it.

    Attributes:
        refused: what the office said in place of a stream.
    """

    def __init__(
        self,
        line: socket.socket,
        headers: dict[str, str],
        path: str,
        body: bytes,
        *,
        packs: bool,
        silent_s: float,
    ) -> None:
        """Ask for the stream and wait until the office answers.

        Args:
            line: connected, its peer checked; nothing was sent over it.
            headers: of the request.
            path: of the stream.
            body: of the request.
            packs: whether to ask for a compressed one.
            silent_s: after so many seconds without a word the stream is dead.

        Raises:
            OfficeAwayError: it does not answer.
        """
        self._connection = http.client.HTTPConnection("office")
        self._connection.sock = line
        self._line = line
        line.settimeout(silent_s)
        coding = {"Accept-Encoding": "gzip" if packs else "identity", "Connection": "close"}
        try:
            with _named():
                self._connection.request("POST", path, body, headers | coding)
                self._answer = self._connection.getresponse()
                is_stream = self._answer.status == http.client.OK
                self.refused = None if is_stream else Refused.read(self._answer)
        except BaseException:
            self._connection.close()
            line.close()
            raise
        self._is_closed = False
        self._silent_s, self._until = silent_s, time.monotonic() + CHUNK_S
        self._lines = self._bounded()

    def _bounded(self) -> Iterator[bytes]:
        def read() -> bytes:
            with _named():
                self._line.settimeout(min(self._silent_s, left_s(self._until)))
                try:
                    return self._answer.read1(PIECE_BYTES)
                except AttributeError as e:  # another thread has closed it, and the library looks at what it took away
                    if self._is_closed:
                        raise ConnectionAbortedError("closed") from e
                    raise

        coding = self._answer.headers.get("Content-Encoding", "identity")
        return lines_of(unpacked(read) if coding == "gzip" else read, LONGEST_LINE_BYTES)

    def head(self) -> FillHead:
        """The first line.

        Raises:
            OfficeAwayError: the stream ends before.
            ForeignOfficeError: something else came.
        """
        return _read(FillHead.model_validate_json, self._next())

    def chunks(self, reader: RowReader, after: int, ahead: int = 0) -> Iterator[FillChunk]:
        """The chunks, as they come.

        Args:
            reader: by the inventory that the head names.
            after: the number of the last row that an earlier stream gave.
            ahead: so many more are taken off the line, by a thread of their own, while one is worked on: the office
                reads the next ones meanwhile. They are judged one by one, when it is their turn.

        Raises:
            OfficeAwayError: the stream breaks off, or stays silent.
            ForeignOfficeError: something else came.
        """
        for lines, token in _ahead(self._taken(), ahead) if ahead else self._taken():
            try:
                rows = reader.read(lines, after)
            except NotARowError:
                raise _foreign() from None
            after = rows[-1].id if rows else after
            yield FillChunk(rows, token.token, token.is_last)

    def _taken(self) -> Iterator[_Taken]:
        is_last = False
        while not is_last:
            lines, token = self._chunk()
            is_last = token.is_last
            yield lines, token

    def _chunk(self) -> _Taken:
        lines, size, self._until = list[bytes](), 0, time.monotonic() + CHUNK_S
        while (line := self._next())[:1] == _ROW:
            lines.append(line)
            size += len(line)
            if len(lines) > MOST_ROWS or size > MOST_CHUNK_BYTES:
                raise _foreign()
        return lines, _read(FillToken.model_validate_json, line)

    def _next(self) -> bytes:
        line = next(self._lines, None)
        if line is None:
            raise OfficeAwayError("The back office broke off. Try again in a moment.")
        return line

    def close(self) -> None:
        """End it; any thread, also while another one reads."""
        self._is_closed = True
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._line, socket.SHUT_RDWR)  # TLS's own forgets what another thread reads with
        self._connection.close()
        with contextlib.suppress(OSError, ValueError):
            self._answer.close()
        self._line.close()

    def __enter__(self) -> "FillLine":
        """Use it."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End it."""
        self.close()


def _ahead(chunks: Iterator[_Taken], most: int) -> Iterator[_Taken]:
    """The same; up to so many are read while one is worked on."""
    with ThreadPoolExecutor(1, thread_name_prefix="tirai-fill") as reader:
        coming = deque(reader.submit(next, chunks, None) for _ in range(most))
        try:
            while (chunk := coming.popleft().result()) is not None:
                coming.append(reader.submit(next, chunks, None))
                yield chunk
        finally:
            for left in coming:
                left.cancel()


@contextlib.contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as e:
        raise OfficeAwayError("The back office does not answer. Try again in a moment.") from e


def _read(judge: Callable[[bytes], M], untrusted: bytes) -> M:
    try:
        return judge(untrusted)
    except ValidationError:
        raise _foreign() from None


def _foreign() -> ForeignOfficeError:
    return ForeignOfficeError("The office's answer has another shape than agreed; update the console.")
