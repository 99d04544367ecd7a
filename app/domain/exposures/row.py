"""One line of the audit log as the rules see it: an opening, or a refusal of one. Made from columns, without I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.exposures.words import ExposureKind

OPENED_EVENTS: Mapping[str, ExposureKind] = {
    "reveal": ExposureKind.REVEAL,
    "notes.read": ExposureKind.NOTES,
    "use": ExposureKind.USE,
    "lookup": ExposureKind.LOOKUP,
}
"""Events that tell of an opening; a reveal with a reference is one that a supervisor unlocked."""
REFUSED_EVENTS = ("reveal", "notes.read", "use", "lookup", "unlock.ask", "verify", "value.copied")
"""Events whose outcome `refused` counts as a refusal of whoever asked."""
DENIED_EVENT = "unlock.refuse"
"""A supervisor's no: a refusal of the agent, whom the entry names beside the supervisor."""
NO_REFUSALS = frozenset({"step_up", "off_hours_code", "use_busy"})
"""Codes that only send a person to give a fresh code, or to try again in a moment."""
CALL_MARKS = ("check=", "call=", "phone=")
"""In an entry's detail: an identity check of this customer was open, and the opening rests on it (`check=`) or not; or
none was, and a softphone had told the console that a call is on, whoever called (`phone=`)."""
UNLOCK_REASON = "unlock"
"""What stands as reason of a reveal that a supervisor unlocked; the agent's own reason stands with the request."""


class Logged(Protocol):
    """The columns of an audit entry that count here (`app/auth/audit_chain.py:AuditEntry`)."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def at_ms(self) -> int: ...  # noqa: D102
    @property
    def event(self) -> str: ...  # noqa: D102
    @property
    def outcome(self) -> str: ...  # noqa: D102
    @property
    def actor(self) -> str: ...  # noqa: D102
    @property
    def acting_with(self) -> str: ...  # noqa: D102
    @property
    def record(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def reference(self) -> str: ...  # noqa: D102
    @property
    def detail(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Row:
    """An opening, or a refusal.

    Attributes:
        entry: number in the log, which orders where a clock was moved.
        at_ms: time by the office's clock.
        agent: account.
        kind: how; of a refusal, what was asked for.
        record: hex, or empty.
        reason: code.
        on_call: whether an identity check of this customer was open, or a softphone told of a call.
        refused: whether it is a refusal.
    """

    entry: int
    at_ms: int
    agent: str
    kind: ExposureKind
    record: str
    reason: str
    on_call: bool
    refused: bool = False

    @property
    def shows(self) -> bool:
        """Whether a value was shown."""
        return not self.refused and self.kind.shows


def row_of(logged: Logged) -> Row | None:
    """What an audit entry is to the rules; None for one that is neither an opening nor a refusal."""
    event, outcome = logged.event, logged.outcome
    on_call = any(mark in logged.detail for mark in CALL_MARKS)
    kind = OPENED_EVENTS.get(event, ExposureKind.REVEAL)
    if event == "reveal" and logged.reference:
        kind = ExposureKind.UNLOCK
    if event == DENIED_EVENT:
        if outcome != "ok":
            return None
        return Row(
            logged.number, logged.at_ms, logged.acting_with, ExposureKind.UNLOCK, logged.record, "", on_call, True
        )
    if outcome == "refused":
        if event not in REFUSED_EVENTS or logged.reason in NO_REFUSALS:
            return None
        return Row(logged.number, logged.at_ms, logged.actor, kind, logged.record, logged.reason, on_call, True)
    if event not in OPENED_EVENTS:
        return None
    return Row(logged.number, logged.at_ms, logged.actor, kind, logged.record, logged.reason, on_call)
