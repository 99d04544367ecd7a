"""What guardian and children say to each other: a closed set of JSON lines over a socket pair.

Invariants: one line is at most `LINE_BYTES`; an unknown word, a missing or extra part, a wrong type or length is
refused, and the other side then treats the line as closed. No key, password or customer's value has a word here;
the end token can end its session and nothing else.
"""

import json
import re
from dataclasses import dataclass, fields

from app.guardian.limits import LINE_BYTES

_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GENERATION = re.compile(r"[1-9][0-9]{0,14}")
_SECONDS = re.compile(r"[0-9]{1,6}")
_CAUSE = re.compile(r"[a-z_]{1,32}")
_SHORT = 256
_LONG = 4096


class WireError(ValueError):
    """A line that is not of the closed set; its content is not repeated."""


@dataclass(frozen=True, slots=True)
class SessionBegun:
    """Console: a session is about to have a folder and a keyring entry. Said *before* either exists.

    Attributes:
        session: the session's id, as the office gave it.
        name: display name of the account, for the receipt.
        end_token: lets the guardian tell the office that the session is over; opens nothing.
        office: whose session, O in hex: what a receipt of its wipe names.
    """

    session: str
    name: str
    end_token: str
    office: str


@dataclass(frozen=True, slots=True)
class FolderHeld:
    """Console: the lock of the session's folder, whose descriptor travels with this line."""

    session: str


@dataclass(frozen=True, slots=True)
class FolderNamed:
    """Console, on Windows: the lock of the session's folder, by the number of its own handle to it.

    Attributes:
        session: which.
        handle: a number of the console's own, of which the guardian takes a copy.
    """

    session: str
    handle: str


@dataclass(frozen=True, slots=True)
class CacheWritten:
    """Console: this generation stands in the session's cache. Whoever opens it later refuses an earlier one.

    Attributes:
        session: whose cache.
        generation: a whole number from 1 on, as decimal digits.
    """

    session: str
    generation: str


@dataclass(frozen=True, slots=True)
class LeaseKept:
    """Console: its office lets the session go on for so long, heard from or not.

    Attributes:
        session: which.
        left: seconds until the lease ends, as decimal digits.
    """

    session: str
    left: str


@dataclass(frozen=True, slots=True)
class Locked:
    """Console: the session is locked; this process exits now, and another one stands at the lock screen.

    Attributes:
        session: which.
        cause: why it was locked; see `session.lock_place.LockWord`.
        account, role, seat: who resumes, for the lock screen.
        unused: for how many seconds nobody has used it, as decimal digits.
        ends_in: seconds until the session ends by itself, as decimal digits.
        over: the cause of that end: `idle`, `session_over` or `lease_over`.
    """

    session: str
    cause: str
    account: str
    role: str
    seat: str
    unused: str
    ends_in: str
    over: str


@dataclass(frozen=True, slots=True)
class LockStands:
    """Console: the lock screen is there."""

    session: str


@dataclass(frozen=True, slots=True)
class Trying:
    """Console: a password is about to be tried at the lock screen. Said before it is judged."""

    session: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """Console: the session goes on, in this process."""

    session: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """Console: the session was wiped, with what came of it; the console exits now.

    Attributes:
        cause: one of the causes of `Receipt`.
        receipt: the receipt as JSON (`receipts.to_json`).
    """

    cause: str
    receipt: str


@dataclass(frozen=True, slots=True)
class OpenApproval:
    """Console: a supervisor wants to approve at this desk."""


@dataclass(frozen=True, slots=True)
class NeedOffice:
    """Console: the office does not answer; start one if none lives."""


@dataclass(frozen=True, slots=True)
class RaiseWindow:
    """Guardian: come to the front, you were asked for again."""


@dataclass(frozen=True, slots=True)
class Swept:
    """Guardian: what dead sessions left is gone; only now may a session begin.

    Attributes:
        receipt: of what was found, as JSON (`receipts.to_json`); empty where nothing was.
    """

    receipt: str


@dataclass(frozen=True, slots=True)
class StopNow:
    """Guardian: it was told to stop; end the session and leave. For systems that have no signal for that."""


ChildSays = (
    SessionBegun
    | FolderHeld
    | FolderNamed
    | CacheWritten
    | LeaseKept
    | Locked
    | LockStands
    | Trying
    | Resumed
    | SessionEnded
    | OpenApproval
    | NeedOffice
)
GuardianSays = RaiseWindow | Swept | StopNow
Message = ChildSays | GuardianSays

CHILD_WORDS: dict[str, type[Message]] = {
    "session": SessionBegun,
    "held": FolderHeld,
    "named": FolderNamed,
    "written": CacheWritten,
    "lease": LeaseKept,
    "locked": Locked,
    "lock_stands": LockStands,
    "trying": Trying,
    "resumed": Resumed,
    "ended": SessionEnded,
    "open_approval": OpenApproval,
    "need_office": NeedOffice,
}
GUARDIAN_WORDS: dict[str, type[Message]] = {"raise": RaiseWindow, "swept": Swept, "stop": StopNow}
_WORD_OF = {kind: word for words in (CHILD_WORDS, GUARDIAN_WORDS) for word, kind in words.items()}


def encode(message: Message) -> bytes:
    """One line, newline included.

    Raises:
        WireError: the message is longer than a line may be, or one of its parts is not acceptable.
    """
    parts = {f.name: getattr(message, f.name) for f in fields(message)}
    _check(parts)
    line = json.dumps({"say": _WORD_OF[type(message)], **parts}, ensure_ascii=True, separators=(",", ":")).encode()
    if len(line) >= LINE_BYTES:
        raise WireError("too long")
    return line + b"\n"


def decode(untrusted_line: bytes, words: dict[str, type[Message]]) -> Message:
    """The message of one line.

    Args:
        untrusted_line: without its newline.
        words: which side is speaking, `CHILD_WORDS` or `GUARDIAN_WORDS`.

    Raises:
        WireError: anything but a message of that side.
    """
    try:
        parts = json.loads(untrusted_line)
    except (ValueError, RecursionError) as error:
        raise WireError("not a JSON line") from error
    kind = words.get(str(parts.pop("say", ""))) if isinstance(parts, dict) else None
    if kind is None:
        raise WireError("not a word of this side")
    if set(parts) != {f.name for f in fields(kind)}:
        raise WireError("parts missing or extra")
    _check(parts)
    return kind(**parts)


class LineReader:
    """Cuts a stream of bytes into messages of one side; keeps at most one unfinished line."""

    def __init__(self, words: dict[str, type[Message]]) -> None:
        self._words = words
        self._rest = b""

    def feed(self, untrusted: bytes) -> list[Message]:
        """Messages that `untrusted` completes.

        Raises:
            WireError: a line is too long or not of the closed set; nothing more may be read.
        """
        *lines, self._rest = (self._rest + untrusted).split(b"\n")
        if any(len(line) > LINE_BYTES for line in (*lines, self._rest)):
            raise WireError("too long")
        return [decode(line, self._words) for line in lines]


def _check(parts: dict[str, object]) -> None:
    for name, value in parts.items():
        if not isinstance(value, str) or not _acceptable(name, value):
            raise WireError(f"part {name} is not acceptable")


def _acceptable(name: str, value: str) -> bool:
    if name == "session":
        return _SESSION_ID.fullmatch(value) is not None
    if name == "generation":
        return _GENERATION.fullmatch(value) is not None
    if name == "handle":
        return _GENERATION.fullmatch(value) is not None
    if name in ("unused", "ends_in", "left"):
        return _SECONDS.fullmatch(value) is not None
    if name in ("cause", "over", "role"):
        return _CAUSE.fullmatch(value) is not None
    if name in ("name", "account", "seat"):
        return len(value) <= _SHORT
    if name == "receipt":
        return len(value) < LINE_BYTES
    return len(value) <= _LONG
