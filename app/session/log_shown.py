"""What screens and commands are shown of the audit log: plain frozen words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What entries to look for; what is empty or None does not count.

    Attributes:
        since, until: seconds since 1970: from this time on, and before that.
        actor: account that did it, or with which it was done.
        event, outcome, data_class: words of the log.
        first, last: numbers of entries; `first` alone is that entry.
        record: a subject's id in hex.
    """

    since: float | None = None
    until: float | None = None
    actor: str = ""
    event: str = ""
    outcome: str = ""
    data_class: str = ""
    first: int | None = None
    last: int | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry; the words are those of `app.auth.audit_chain.AuditEntry`.

    Attributes:
        at: seconds since 1970, by the office's clock.
    """

    number: int
    at: float
    event: str
    outcome: str
    actor: str
    acting_with: str
    session: str
    seat: str
    record: str
    field: str
    data_class: str
    reason: str
    reference: str
    detail: str
    hash: str


@dataclass(frozen=True, slots=True)
class LogKey:
    """Where a page ended: the next one goes on behind it."""

    at_ms: int
    number: int


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries that fit, the newest first. A page may be short; `next` is None at the end."""

    entries: tuple[LogEntry, ...]
    next: LogKey | None


@dataclass(frozen=True, slots=True)
class LogPlace:
    """One entry in its chain, as this process has judged it.

    Attributes:
        entry: the entry.
        previous: the chain's hash before it, in hex; empty where the entry before it is not there.
        fits: whether its hash follows from its words and the hash before it.
        checkpoint: number of the first checkpoint at or after it, 0 for none yet.
        is_signed: whether the office's key signed that checkpoint.
        field_label, reason_label: field and reason in words, empty where inventory and policy do not know them now.
    """

    entry: LogEntry
    previous: str
    fits: bool
    checkpoint: int
    is_signed: bool
    field_label: str = ""
    reason_label: str = ""


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """What a verification came to.

    Attributes:
        at: when it was over, seconds since 1970.
        entries: how many entries hold.
        first_bad: number of the first wrong or missing entry, or None.
        why: as in `app.auth.audit_chain.Verdict`.
        seconds: how long it took.
    """

    at: float
    entries: int
    first_bad: int | None
    why: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether the whole log holds."""
        return self.first_bad is None
