"""A value's way out, console side: sign the request, join both halves, hand a `Secret` on. Nothing is written.

1. `reveal_own`: the role may; E comes from the class key.
2. `reveal_unlocked`: a supervisor sealed E to this session; their signature is checked against the book first.
"""

from dataclasses import dataclass

from app.api.messages.reveals import OwnRequest, RevealAnswer, RevealRequest
from app.auth.session_card import reveal_request
from app.auth.unlock_grant import UnlockGrant
from app.crypto import signing
from app.crypto.grants import unlock_info
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, VerificationError
from app.domain.role import Role
from app.session.identity import Identity, boxed, new_id
from app.storage import sealing


@dataclass(frozen=True, slots=True, repr=False)
class OpenedValue:
    """A value, and the number of its opening in the log."""

    value: str
    entry: int


def reveal_own(
    identity: Identity,
    record: bytes,
    field: str,
    data_class: DataClass,
    reason: str,
    words: str,
) -> OpenedValue:
    """Open one field that the role may open.

    Raises:
        NotAllowedError: the office refuses, or the class key is missing.
        SealError: what came does not open.
    """
    identity.need_class(data_class)
    answer = identity.client.reveal(_request(identity, record, field, reason, words, None))
    ctx = _context(identity, record, field, data_class, answer)
    half = sealing.own_half(identity.office, identity.class_secret(answer.package), boxed(answer.package), ctx)
    return OpenedValue(sealing.value_of(half, answer.share, ctx, answer.blob), answer.entry)


def reveal_unlocked(identity: Identity, request: OwnRequest, data_class: DataClass) -> OpenedValue:
    """Open one field that a supervisor opened for this session.

    Raises:
        NotAllowedError: the grant is over, used, or for something else.
        SealError: the grant was not signed by that supervisor, or what came does not open.
    """
    if request.sealed_half is None:  # not approved, or no more: the office says why, and writes it down
        identity.client.reveal(_request(identity, request.record, request.field, "unlock", "", request.id))
        raise VerificationError("The office answered under a grant that it has not shown.")
    identity.need_protection()
    check_grant(identity, request, data_class)
    asked = _request(identity, request.record, request.field, "unlock", "", request.id)
    answer = identity.client.reveal(asked)
    if answer.sealed_half is None or answer.package.salt != request.salt:
        raise VerificationError("The office answered with another value than the supervisor approved.")
    ctx = _context(identity, request.record, request.field, data_class, answer)
    info = unlock_info(identity.office, request.id, identity.session, ctx)
    half = sealing.unsealed_half(identity.session_kem, answer.sealed_half, info)
    return OpenedValue(sealing.value_of(half, answer.share, ctx, answer.blob), answer.entry)


def check_grant(identity: Identity, request: OwnRequest, data_class: DataClass) -> None:
    """Check that the grant was signed by somebody who may: another person, whom the book shows holding the class.

    Raises:
        NotAllowedError: it is not approved.
        SealError: the signature is not that supervisor's.
        BookError: the book does not know them.
    """
    if request.sealed_half is None or request.signature is None or request.salt is None:
        raise NotAllowedError("No supervisor has opened this field for you.", code="unlock")
    identity.follow_book()
    grant = UnlockGrant(
        request.id,
        identity.account,
        identity.session,
        request.record,
        request.field,
        request.salt,
        request.until_ms,
        request.views,
        request.sealed_half,
    )
    supervisor = identity.book.active(request.decided_by)
    decides = identity.policy.may_decide(Role(supervisor.role), data_class)
    if supervisor.name == identity.account or not decides or data_class not in identity.book.granted(supervisor.name):
        raise NotAllowedError("The grant was signed by somebody who may not decide on it.", code="unlock")
    signing.check(supervisor.sign, request.signature, grant.body(identity.office))


def _request(
    identity: Identity,
    record: bytes,
    field: str,
    reason: str,
    words: str,
    unlock: bytes | None,
) -> RevealRequest:
    request = new_id()
    message = reveal_request(identity.office, identity.session, record, field, reason, words, request)
    return RevealRequest(
        request=request,
        record=record,
        field=field,
        reason=reason,
        words=words,
        unlock=unlock,
        signature=identity.sign(message),
    )


def _context(identity: Identity, record: bytes, field: str, data_class: DataClass, answer: RevealAnswer) -> bytes:
    """Ctx from what was *asked for*; an answer about another class does not open."""
    return sealing.value_context(identity.office, record, field, data_class.value, answer.package.salt)
