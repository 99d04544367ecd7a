"""Certificates: made when a test was passed, signed by the office, believed only with that signature."""

import secrets

from sqlalchemy import Connection, Row, bindparam, select

from app.api.messages.since import all_said
from app.api.messages.training import CertificateMessage
from app.auth.training_certificate import TrainingCertificate
from app.backoffice import training_tables
from app.backoffice.office import OpenOffice
from app.backoffice.ready import Ready
from app.backoffice.training.library import lesson_digest, library
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.training.rule import DAY_MS

_TABLE = training_tables.training_certificates
_OF_ACCOUNT = Ready(select(_TABLE).where(_TABLE.c.account == bindparam("account")).order_by(_TABLE.c.passed_ms))


def issue(office: OpenOffice, db: Connection, account: str, lesson: str, right: int, asked: int) -> CertificateMessage:
    """Make, sign and keep a certificate, in the caller's transaction."""
    now = office.clock.now_ms()
    certificate = TrainingCertificate(
        id=secrets.token_bytes(16),
        account=account,
        lesson=lesson,
        version=library().lesson(lesson, "en").version,
        digest=lesson_digest(lesson),
        passed_ms=now,
        expires_ms=now + office.policy.training.valid_days * DAY_MS,
        right=right,
        asked=asked,
    )
    signature = signing.sign(office.keys.checkpoint_seed, certificate.body(office.id))
    message = message_of(certificate, signature)
    with all_said():
        db.execute(_TABLE.insert().values(message.model_dump()))
    return message


def message_of(certificate: TrainingCertificate, signature: bytes) -> CertificateMessage:
    """A certificate as it is told."""
    parts = {name: getattr(certificate, name) for name in TrainingCertificate.__slots__}
    return CertificateMessage(**parts, signature=signature)


def newest_by_lesson(office: OpenOffice, db: Connection, account: str) -> dict[str, CertificateMessage]:
    """The newest certificate of each lesson that this office signed for this account; it may be over."""
    rows = _OF_ACCOUNT.all(db, account=account)
    return {row.lesson: message for row in rows if (message := _signed(office, row)) is not None}


def passed_lessons(office: OpenOffice, db: Connection, account: str) -> frozenset[str]:
    """Lessons whose certificate counts now."""
    now = office.clock.now_ms()
    newest = newest_by_lesson(office, db, account)
    return frozenset(lesson for lesson, one in newest.items() if one.passed_ms <= now < one.expires_ms)


def _signed(office: OpenOffice, row: Row[tuple[object, ...]]) -> CertificateMessage | None:
    """The certificate of a row; None for one that the office did not sign: whoever writes rows opens nothing."""
    values = row._asdict()
    signature = values.pop("signature")
    try:
        certificate = TrainingCertificate(**values)
        certificate.check(office.id, office.book.office_entry.sign, signature)
    except (SealError, OverflowError, ValueError):
        return None
    return message_of(certificate, signature)
