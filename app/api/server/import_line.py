"""The line between the office and one import's process: a closed set of messages, each after its length.

The file key travels here, once, from the office to a child that nobody can read; customers' values never do.
"""

import socket
import struct
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from app.api.messages.customers import ImportBegin
from app.api.messages.wire import Id16, Key32, Message
from app.backoffice.database import AuditUnwritableError
from app.backoffice.office import SessionUnknownError
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError, WorkstationError

M = TypeVar("M", bound=Message)
_LENGTH = struct.Struct(">I")
_LONGEST = 8 * 1024 * 1024

_KINDS: dict[str, type[TiraiError]] = {
    "session": SessionUnknownError,
    "not_allowed": NotAllowedError,
    "input": InputRefusedError,
    "verification": VerificationError,
    "disk": AuditUnwritableError,
    "workstation": WorkstationError,
}
"""By the first that fits."""


class LineEndedError(Exception):
    """The other side is gone, or says what it may not say."""


class ImportOrder(Message):
    """Office: run this import.

    Attributes:
        home: the office's folder, or the gateway's.
        file_key: opens its file.
        database: libpq's words for the gateways' database, where the office has no file.
        master: versions of the master, there.
        import_id, session: which import, and whose.
        token_hash: SHA-256 of the token that its client will show.
        socket: where to listen for that client.
        is_for_everybody: whether that client is another OS user's.
        begin: what the client asked for.
    """

    home: str
    file_key: Key32 | None = None
    database: dict[str, str] = Field(default_factory=dict)
    master: tuple[tuple[int, Key32], ...] = ()
    import_id: Id16
    session: Id16
    token_hash: Key32
    socket: str
    is_for_everybody: bool = False
    begin: ImportBegin


class ImportSays(Message):
    """Child: it listens, or it was refused, or the import is committed; the office answers the last with `Noted`."""

    word: Literal["ready", "refused", "committed"]
    kind: str = ""
    code: str = ""
    sentence: str = ""

    @classmethod
    def refused(cls, error: TiraiError) -> "ImportSays":
        """A refusal as a message."""
        kind = next(name for name, kind in _KINDS.items() if isinstance(error, kind) or name == "workstation")
        return cls(word="refused", kind=kind, code=error.code, sentence=error.message)

    def error(self) -> TiraiError:
        """The refusal again."""
        return _KINDS.get(self.kind, WorkstationError)(self.sentence, code=self.code)


class Noted(Message):
    """Office: it knows what was committed."""


def say(line: socket.socket, message: Message) -> None:
    """Send one message.

    Raises:
        LineEndedError: nobody listens.
    """
    data = message.model_dump_json().encode()
    try:
        line.sendall(_LENGTH.pack(len(data)) + data)
    except OSError as e:
        raise LineEndedError(type(e).__name__) from e


def hear(line: socket.socket, kind: type[M], *, longest: int = _LONGEST) -> M:
    """Receive one message.

    Args:
        line: from whom.
        kind: of the message.
        longest: bytes; what says that it is longer is not read.

    Raises:
        LineEndedError: the other side is gone, too slow, or says something else.
    """
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size))
    if length > longest:
        raise LineEndedError("too long")
    try:
        return kind.model_validate_json(_exactly(line, length))
    except ValidationError as e:
        raise LineEndedError("not of the closed set") from e


def _exactly(line: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        try:
            part = line.recv(count - len(data))
        except OSError as e:
            raise LineEndedError(type(e).__name__) from e
        if not part:
            raise LineEndedError("end of file")
        data += part
    return bytes(data)
