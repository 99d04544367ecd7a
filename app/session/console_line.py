"""What programs of this OS user say to an open console: a question and an answer, a line each.

A console listens on a socket of its own in the owner-only runtime folder (`app/ui/console_line.py`). A door asks there
before it signs anybody in, and a softphone's `tirai call` says that a call is on. Both ends look whose the other one
is. Nothing is told that the asking program does not know, and nobody signs in by it.

Form: a JSON object of texts in a line of at most `LONGEST` bytes: {"does": "call_start", "call": "..."}, answered by
{"answer": "on"}. A new question is a line in `QUESTIONS` and a handler in the console.

Imports little: a softphone waits for it.
"""

import hashlib
import json
import os
import socket
import stat
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.domain import patience

LONGEST: Final = 1_024
"""Bytes of a line, with its end."""
LONGEST_TEXT: Final = 128
"""Signs of one text; a SIP Call-ID is a token and a host (RFC 3261, 8.1.1.4)."""
MOST_CONSOLES: Final = 16
RETRY_S: Final = 0.02

QUESTIONS: Final[Mapping[str, frozenset[str]]] = {
    "raise": frozenset(),
    "state": frozenset(),
    "call_start": frozenset({"call"}),
    "call_end": frozenset({"call"}),
    "call_hold": frozenset({"call"}),
    "call_resume": frozenset({"call"}),
    "pop": frozenset({"phone", "call"}),
}
"""Questions, and the texts that may come with each."""

_NAME, _ENDING, _NAME_DIGITS = "console-", ".sock", 16


class Answer(StrEnum):
    """What a console answers."""

    HERE = "here"
    """It has come to the front."""
    OPEN = "open"
    LOCKED = "locked"
    """It is locked; what was said of a call is kept for the resume."""
    NOBODY = "nobody"
    """Its session is over."""
    ON = "on"
    ENDED = "ended"
    HELD = "held"
    NO_CALL = "no_call"
    TOLD = "told"
    """It knows who calls; what it does with that is its person's affair."""
    NO_CUSTOMERS = "no_customers"
    """Its person's role sees no customers."""
    SHUT = "shut"
    """The machine's administrator lets no softphone be heard here."""
    FULL = "full"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """A question.

    Attributes:
        does: which.
        texts: what comes with it; plain and bounded, never shown or logged as it is.
    """

    does: str
    texts: Mapping[str, str] = field(default_factory=dict)

    def to_line(self) -> bytes:
        """As it is sent."""
        return json.dumps({"does": self.does, **self.texts}).encode("ascii") + b"\n"


def is_plain(text: str) -> bool:
    """Whether a text is short and has no control signs."""
    return len(text) <= LONGEST_TEXT and text.isprintable()


def read_ask(untrusted_line: bytes) -> Ask | None:
    """The question of a line without its end, or None."""
    parts = _texts_of(untrusted_line)
    does = parts.pop("does", "")
    if does not in QUESTIONS or not parts.keys() <= QUESTIONS[does] or not all(map(is_plain, parts.values())):
        return None
    return Ask(does, parts)


def answer_line(answer: Answer) -> bytes:
    """An answer as it is sent."""
    return json.dumps({"answer": answer.value}).encode("ascii") + b"\n"


def _read_answer(untrusted_line: bytes) -> Answer | None:
    word = _texts_of(untrusted_line).get("answer", "")
    return Answer(word) if word in set(Answer) else None


def _texts_of(untrusted_line: bytes) -> dict[str, str]:
    """The texts of a line; nothing, where it is anything else than an object of texts."""
    try:
        found = json.loads(untrusted_line)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        return {}
    return found


def socket_name(account: str) -> str:
    """Name of an account's socket in the runtime folder, without its ending; a hash, so that it holds no account."""
    return _NAME + hashlib.sha256(account.strip().lower().encode()).hexdigest()[:_NAME_DIGITS]


def consoles_in(runtime: Path) -> list[Path]:
    """The sockets of consoles in a runtime folder that the caller has checked; dead ones, too."""
    try:
        return sorted(runtime.glob(f"{_NAME}*{_ENDING}"))[:MOST_CONSOLES]
    except OSError:
        return []


def ask(path: Path, question: Ask) -> Answer | None:
    """Ask a console. Blocks for `patience.CALLER_S` at most.

    Returns:
        Its answer; None where no console of this OS user gives one.
    """
    if not hasattr(socket, "AF_UNIX"):  # Windows: no console listens there
        return None
    until = time.monotonic() + patience.CALLER_S
    try:
        while (line := _asked_once(path, question, until)) == b"":
            time.sleep(RETRY_S)  # others crowd there, and it let this one go unheard
        return _read_answer(line) if line is not None else None
    except OSError:
        return None


def _asked_once(path: Path, question: Ask, until: float) -> bytes | None:
    """The answer's line; empty, where the other end hangs up without a word; None from a stranger."""
    with _connected(path, until) as line:
        if not is_own(line):
            return None
        line.settimeout(_left_s(until))
        try:
            line.sendall(question.to_line())
            return _line_of(line, until)
        except (BrokenPipeError, ConnectionResetError):
            return b""


def _connected(path: Path, until: float) -> socket.socket:
    """A line to a console; one whose queue is full is tried again until then.

    Raises:
        OSError: there is none, or the path is a link, no socket, or somebody else's.
    """
    found = path.lstat()
    if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError
    while True:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            line.settimeout(_left_s(until))
            line.connect(str(path))
        except BlockingIOError:
            line.close()
            time.sleep(RETRY_S)
        except OSError:
            line.close()
            raise
        else:
            return line


def _line_of(line: socket.socket, until: float) -> bytes:
    """A line with its end; empty, where the other end hangs up without a word.

    Raises:
        ConnectionError: it hangs up within a line, or goes on for too long.
    """
    found = b""
    while not found.endswith(b"\n"):
        line.settimeout(_left_s(until))
        part = line.recv(LONGEST - len(found))
        if not part and not found:
            return b""
        found += part
        if not part or len(found) >= LONGEST:
            raise ConnectionError
    return found


def _left_s(until: float) -> float:
    left_s = until - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s


def is_own(line: socket.socket) -> bool:
    """Whether the other end belongs to this OS user (Linux; other systems are refused at the start)."""
    peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", peer)[1] == os.getuid())
