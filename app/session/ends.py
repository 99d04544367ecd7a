"""What is told of a session that ended or locked: the guardian carries it from one console to the next."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WipeLine:
    """One row of the receipt: what was destroyed, looked for again, and how it went."""

    what: str  # keyring | cache | clipboard | memory | session
    outcome: str  # removed | was_not_there | left_alone | ended | revoked | failed
    detail: str = ""
    count: int = 0
    size_bytes: int = 0
    ms: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether nothing is left of it."""
        return self.outcome != "failed"


NOTE_NOT_SAVED = "note_not_saved"
"""Among a receipt's details: the office did not take the last words of a note before the end."""
NOTE_WAITS = "note_waits"
"""Among a receipt's details: the last words of a note are in this seat's outbox."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person is shown when a session has ended."""

    cause: str
    """signed_out, window_closed, idle, console_died, guardian_died, session_over, signed_in_again,
    signed_in_elsewhere, ended_by_person, ended_by_administrator, other_workstation, wipe_now, lease_over,
    office_lost, cache_lost, too_many_tries, by_hand, shutdown, os_logout, stopped or sweep."""
    at: float
    display_name: str
    lines: tuple[WipeLine, ...]
    audit_entry: int | None = None
    note: str = ""
    """Number of the customer whose note was saved; with `NOTE_NOT_SAVED` of those whose last words were not, with
    `NOTE_WAITS` of those whose last words wait in the outbox."""
    details: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether everything is gone."""
        return all(line.ok for line in self.lines)


@dataclass(frozen=True, slots=True)
class LockedSession:
    """A locked session, as its guardian knows it and its lock screen shows it: no key, nothing of a customer.

    Attributes:
        session: its id, hex.
        account, display_name, role, seat: who resumes it, and where.
        cause: why it was locked; see `lock_place.LockWord`.
        at: when, seconds since 1970.
        ends_at_boot_s: when it ends by itself, by the machine's boot clock.
        unused_s: for how long nobody had used it then.
        generation: what stands in its cache at least; an earlier one is an older copy.
        tries: so many wrong passwords end it.
    """

    session: str
    account: str
    display_name: str
    role: str
    seat: str
    cause: str
    at: float
    ends_at_boot_s: float
    unused_s: float
    generation: int
    tries: int
