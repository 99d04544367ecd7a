"""The person of a signed-in process, as screens show them."""

from app.api.messages.door import Lease, SignedIn
from app.session.identity import Identity
from app.session.shown import (
    EndedElsewhere,
    Factor,
    FactorChanged,
    Person,
    RecoveryUse,
    RecoveryUsed,
    SignInAlarm,
    UnusualSeen,
)


def person_of(identity: Identity, answer: SignedIn, lease: Lease | None = None) -> Person:
    """Who is signed in, with the newest end and lease."""
    entry = identity.entry
    waits = bool(identity.book.missing(identity.account) - identity.book.granted(identity.account))
    return Person(
        account=identity.account,
        display_name=answer.display_name,
        role=identity.role,
        queues=entry.queues,
        seat=identity.seat,
        ends_at=(lease.ends_ms if lease else answer.ends_ms) / 1000,
        lease_ends_at=(lease.lease_ms if lease else answer.lease_ms) / 1000,
        last_failed=tuple(ms / 1000 for ms in answer.failed_ms),
        waits_for_classes=waits,
        ended_elsewhere=tuple(EndedElsewhere(e.seat, e.started_ms / 1000) for e in answer.ended_elsewhere),
        recoveries=tuple(RecoveryUsed(RecoveryUse(r.use), r.at_ms / 1000) for r in answer.recoveries),
        factor_changes=tuple(FactorChanged(Factor(c.what), c.seat, c.at_ms / 1000) for c in answer.factor_changes),
        unusual=tuple(UnusualSeen(u.account, u.seat, u.at_ms / 1000, u.why) for u in answer.unusual),
        alarms=tuple(SignInAlarm(a.seat, a.at_ms / 1000, a.accounts) for a in answer.alarms),
    )
