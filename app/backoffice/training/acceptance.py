"""Who accepted which rules of conduct: once per version, signed by the session, written into the log."""

from sqlalchemy import Connection, bindparam, select

from app.api.messages.training import AcceptRules, ReadText
from app.auth.rules_acceptance import rules_accepted
from app.backoffice import training_tables
from app.backoffice.office import OpenOffice
from app.backoffice.ready import Ready
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, check_session_signature
from app.backoffice.training.library import library, rules_digest
from app.crypto.derive import mac, same
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError

EVENT = "rules.accepted"
_TABLE = training_tables.rules_accepted
_ACCEPTED = Ready(
    select(_TABLE).where(_TABLE.c.account == bindparam("account"), _TABLE.c.version == bindparam("version"))
)


def rules(language: str) -> ReadText:
    """The newest rules of conduct."""
    found = library().rules(language)
    return ReadText(title=found.title, text=found.text, version=found.version, digest=rules_digest())


def accept(office: OpenOffice, session: Session, request: AcceptRules) -> None:
    """Take an acceptance; the same again changes nothing.

    Raises:
        NotAllowedError: code `signature`.
        InputRefusedError: code `rules_moved`: other rules are the newest.
    """
    with refusals_logged(office, session, EVENT), office.writing() as db:
        if (request.version, request.digest) != (library().rules("en").version, rules_digest()):
            raise InputRefusedError("Newer rules of conduct have come. Read those.", code="rules_moved")
        message = rules_accepted(office.id, session.id, session.name, request.version, request.digest)
        check_session_signature(session, request.signature, message)
        if accepted_ms(office, db, session.name):
            return
        at_ms = office.clock.now_ms()
        row = {"account": session.name, "version": request.version, "digest": request.digest, "at_ms": at_ms}
        db.execute(_TABLE.delete().where(_TABLE.c.account == session.name, _TABLE.c.version == request.version))
        keep(office, db, session.name, at_ms, session.id, request.signature)
        office.log.append(db, EVENT, detail=f"version={row['version']}", **session.log_fields())


def keep(office: OpenOffice, db: Connection, account: str, at_ms: int, session: bytes, signature: bytes) -> None:
    """Keep that somebody accepted the newest rules, under the office's mark."""
    row = {
        "account": account,
        "version": library().rules("en").version,
        "digest": rules_digest(),
        "at_ms": at_ms,
        "session": session,
        "signature": signature,
    }
    db.execute(_TABLE.insert().values(**row, mark=_mark(office, row)))


def accepted_ms(office: OpenOffice, db: Connection, account: str) -> int:
    """When somebody accepted the newest rules; 0: not yet, or the office did not write the row."""
    version = library().rules("en").version
    row = _ACCEPTED.first(db, account=account, version=version)
    if row is None or row.digest != rules_digest() or not same(row.mark, _mark(office, row._asdict())):
        return 0
    return int(row.at_ms)


def _mark(office: OpenOffice, row: dict[str, object]) -> bytes:
    said = [row[name] for name in ("account", "version", "digest", "at_ms", "session", "signature")]
    return mac(office.keys.log_key, lp("rules-accepted-row", office.id, *said))  # type: ignore[arg-type]
