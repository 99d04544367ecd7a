"""Messages about databases that a gateway reads by a schedule."""

from pydantic import Field

from app.api.messages.customers import SourceName
from app.api.messages.wire import Key32, Message


class SourceRow(Message):
    """One source: its declaration beside the gateway that answers, and what the office knows of it.

    Attributes:
        name: of the source.
        address: kind, account, server and database; empty where the declaration cannot be read.
        reads: the view, or the query.
        schedule: in words of the declaration: `every 6h`, `at 02:30 Asia/Jakarta`.
        digest: of the declaration; whoever sets the source up names the one that they saw.
        fault: why the declaration cannot be used, or nothing.
        set_up_by: account, or nothing where nobody has set it up.
        has_changed: whether the declaration is another one than was set up.
        due_ms: when it is read next, ms since 1970, or 0.
        runs_at: the gateway that reads it now, or nothing.
        rows: how many rows that run has brought so far.
        ended_ms: when the last run ended, ms since 1970, or 0.
        error: why it failed, for programs; empty where it did not.
        said: the same, or what it brought, for people.
    """

    name: SourceName
    address: str = ""
    reads: str = ""
    schedule: str = ""
    digest: Key32
    fault: str = ""
    set_up_by: str = ""
    has_changed: bool = False
    due_ms: int = 0
    runs_at: str = ""
    rows: int = 0
    ended_ms: int = 0
    error: str = ""
    said: str = ""


class SourceRows(Message):
    """All sources, by name."""

    sources: tuple[SourceRow, ...] = Field(max_length=1000)


class AddSource(Message):
    """Set a source up, by the declaration that was seen."""

    name: SourceName
    digest: Key32


class NamedSource(Message):
    """One source."""

    name: SourceName
