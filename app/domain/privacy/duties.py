"""Which role does what at the privacy desk. The office decides by it; screens show what it allows."""

from enum import StrEnum
from typing import Final

from app.domain.role import Role


class Duty(StrEnum):
    """What is done there."""

    READ_RECORD = "read_record"
    """Read the record of processing and the fields that nobody uses; have the record made as a document."""
    WRITE_NOTICES = "write_notices"
    """Draft and propose a notice."""
    PUBLISH_NOTICES = "publish_notices"
    """Publish another person's notice."""
    READ_CONSENTS = "read_consents"
    """See how many have agreed to what."""
    RECORD_CONSENT = "record_consent"
    """Write down what a customer said, with a receipt."""
    READ_TRAINING = "read_training"
    """See who is due with which lesson, and where tests fail."""
    PROVE = "prove"
    """Look at each control with its evidence, review who holds what, and take proof out of Tirai."""


_OFFICE: Final = frozenset({Role.SUPERVISOR, Role.PRIVACY_OFFICER})
ROLES: Final = {
    Duty.READ_RECORD: _OFFICE,
    Duty.WRITE_NOTICES: _OFFICE,
    Duty.PUBLISH_NOTICES: _OFFICE,
    Duty.READ_CONSENTS: _OFFICE,
    Duty.RECORD_CONSENT: frozenset({Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER}),
    Duty.READ_TRAINING: _OFFICE,
    Duty.PROVE: frozenset({Role.PRIVACY_OFFICER}),
}


def may(role: Role, duty: Duty) -> bool:
    """Whether a role has a duty."""
    return role in ROLES[duty]
