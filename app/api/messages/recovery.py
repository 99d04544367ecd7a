"""What a person is told at sign-in of a use of the recovery kit."""

from typing import Literal

from app.api.messages.wire import Message

Use = Literal["open", "accept", "restore", "grant"]


class RecoveryUse(Message):
    """Two kit holders have opened the office, gone on with its log, restored it, or granted classes."""

    at_ms: int
    use: Use
