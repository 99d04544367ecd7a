"""Messages of the calls that are on at a console."""

from typing import Annotated

from pydantic import Field

from app.api.messages.wire import Message

CallKey = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
"""What a console keeps of a call's id: a digest (`app/session/calls.py:call_key`)."""
MOST_CALLS = 16


class CallsNow(Message):
    """All calls that are on at this session's console now; what is not among them is over."""

    calls: tuple[CallKey, ...] = Field(max_length=MOST_CALLS)
