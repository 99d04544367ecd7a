"""The words of the exposure ledger: kinds of openings, rules, why a value closed."""

from enum import StrEnum


class ExposureKind(StrEnum):
    """How something left the curtain."""

    REVEAL = "reveal"
    """Opened by the person's own right."""
    UNLOCK = "unlock"
    """Opened once, because a supervisor said so."""
    NOTES = "notes"
    """The notes of one customer, together."""
    USE = "use"
    """Used, and shown to nobody: dialled, mailed."""
    LOOKUP = "lookup"
    """A whole value was looked up; it finds a customer and shows nothing sealed."""

    @property
    def shows(self) -> bool:
        """Whether somebody saw a value: these are the exposures that figures, bars and rules count."""
        return self in SHOWING


SHOWING = frozenset({ExposureKind.REVEAL, ExposureKind.UNLOCK, ExposureKind.NOTES})


class Rule(StrEnum):
    """What is flagged."""

    BULK = "bulk"
    """One person, many exposures within one hour by the clock."""
    OFF_HOURS = "off_hours"
    """One person, exposures outside the hours of work, in one day."""
    SAME_CUSTOMER = "same_customer"
    """One customer, opened on many occasions within seven days. An occasion is one person on one day."""
    NO_CALL = "no_call"
    """One person, exposures in one day without an identity check, for reasons that take a caller."""
    REFUSALS = "refusals"
    """One person, many refusals in one day."""


class ClosedBy(StrEnum):
    """Why a value on a screen closed, as its console told."""

    TIME = "time"
    """Its view was over."""
    PERSON = "person"
    """Closed by hand."""
    ANOTHER = "another"
    """Another field or customer took its place."""
    LEFT = "left"
    """The window lost the focus."""
    REVOKED = "revoked"
    """A supervisor closed it."""
    SESSION = "session"
    """The session was locked or ended."""
