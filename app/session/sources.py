"""Databases that the gateway reads by a schedule, as a command sees them. All calls block."""

from collections.abc import Callable
from dataclasses import dataclass

from app.api.client import sources as calls
from app.api.messages.sources import AddSource, SourceRow
from app.domain.errors import InputRefusedError
from app.session.identity import Identity


@dataclass(frozen=True, slots=True)
class ReadSource:
    """One source; words as `app/api/messages/sources.py` tells them, times in seconds since 1970, 0 for none."""

    name: str
    address: str
    reads: str
    schedule: str
    fault: str
    set_up_by: str
    has_changed: bool
    due_at: float
    runs_at: str
    rows: int
    ended_at: float
    error: str
    said: str


class ReadSources:
    """What a person who may import does about them."""

    def __init__(self, identity: Identity) -> None:
        """Ask as this identity."""
        self._client = identity.client

    def listing(self) -> list[ReadSource]:
        """All of them.

        Raises:
            NotAllowedError: the role imports nothing.
            WorkstationError: there is no gateway, or it has no folder of declarations.
        """
        return [_shown(row) for row in calls.source_rows(self._client).sources]

    def add(self, name: str, agrees: Callable[[ReadSource], bool]) -> bool:
        """Set one up, if whoever looks at its declaration agrees; what they saw is what counts.

        Raises:
            NotAllowedError: the role imports nothing.
            InputRefusedError: there is no such declaration, it cannot be used, or it changed meanwhile.
        """
        row = next((row for row in calls.source_rows(self._client).sources if row.name == name), None)
        if row is None or row.fault:
            raise InputRefusedError(row.fault if row else "This gateway has no declaration of that name.")
        if not agrees(_shown(row)):
            return False
        calls.add_source(self._client, AddSource(name=name, digest=row.digest))
        return True

    def run(self, name: str) -> None:
        """Have one be read as soon as a gateway is free.

        Raises:
            NotAllowedError: the role imports nothing.
            InputRefusedError: nobody has set it up.
        """
        calls.run_source(self._client, name)

    def remove(self, name: str) -> None:
        """Have one be read no more; what came from it stays.

        Raises:
            NotAllowedError: the role imports nothing.
            InputRefusedError: nobody has set it up.
        """
        calls.remove_source(self._client, name)


def _shown(row: SourceRow) -> ReadSource:
    return ReadSource(
        name=row.name,
        address=row.address,
        reads=row.reads,
        schedule=row.schedule,
        fault=row.fault,
        set_up_by=row.set_up_by,
        has_changed=row.has_changed,
        due_at=row.due_ms / 1_000,
        runs_at=row.runs_at,
        rows=row.rows,
        ended_at=row.ended_ms / 1_000,
        error=row.error,
        said=row.said,
    )
