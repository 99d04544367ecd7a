"""How an analytics export stands."""

from enum import StrEnum


class ExportState(StrEnum):
    """How an export stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"
    """Taken back, or refused."""
