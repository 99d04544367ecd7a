"""Taking suspicions that were reported at a workstation while nobody was signed in.

Whoever brings one is a courier: it is nobody's word but that of the workstation, whose key signed it. The office learns
of it now, so its clock runs from now; when it was made stands beside it, by a clock that nobody vouches for. What is
refused stands in the log, up to `MOST_REFUSED` times a session, and never among the incidents.
"""

from sqlalchemy import Connection, select

from app.api.messages.incidents import LONGEST_WORDS, BringSuspicions, BroughtSuspicions, SuspicionFate
from app.auth.outside_report import OutsideReport, open_report
from app.backoffice import schema
from app.backoffice.card_gate import kept
from app.backoffice.incident_tables import incidents
from app.backoffice.incidents.reporting import put
from app.backoffice.incidents.rows import found, log
from app.backoffice.office import OpenOffice
from app.backoffice.outbox_marks import seat_id_of
from app.backoffice.sessions import Session
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.domain.errors import InputRefusedError
from app.domain.incidents.words import Origin
from app.domain.plain_words import plain_words

BROUGHT = "incident.brought"
MOST_REFUSED = 20
_LATEST_MS = 2**53
_LONGEST_ACCOUNT = 128


class _RefusedError(Exception):
    """A report is not taken: `reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def bring(office: OpenOffice, session: Session, said: BringSuspicions) -> BroughtSuspicions:
    """Take what a session brings; the same again changes nothing."""
    with office.database.reading() as db:
        seat = seat_id_of(db, session.id)
        key = db.execute(select(schema.seats.c.public_key).where(schema.seats.c.id == seat)).scalar()
    opened = [_opened(office, seat, key, sealed) for sealed in said.reports]
    fates = []
    with office.writing() as db:
        for sealed, report in zip(said.reports, opened, strict=True):
            if isinstance(report, str):
                _log_refused(office, db, session, report, sha256(sealed).hex()[:32])
                fates.append(SuspicionFate(outcome="refused", reason=report))
            else:
                fates.append(_taken(office, db, session, report))
        if said.foreign:
            _log_refused(office, db, session, "foreign", detail=f"files={said.foreign}")
    return BroughtSuspicions(fates=tuple(fates))


def _opened(office: OpenOffice, seat: bytes, key: bytes | None, sealed: bytes) -> OutsideReport | str:
    """A report whose words may be kept, or why there is none."""
    try:
        opened = open_report(office.id, office.keys.office_kem, sealed)
    except SealError:
        return "seal"
    try:
        opened.check_seat(seat, key or b"")
    except SealError:
        return "seat"
    report = opened.report
    is_locked = report.origin is Origin.LOCKED
    is_right = report.origin is not Origin.SIGNED_IN and is_locked == bool(report.account)
    if not is_right or not 0 <= report.made_ms < _LATEST_MS or len(report.account) > _LONGEST_ACCOUNT:
        return "form"
    try:
        if plain_words(report.words, most=LONGEST_WORDS) != report.words:
            return "words"
    except InputRefusedError:
        return "words"
    return report


def _taken(office: OpenOffice, db: Connection, session: Session, report: OutsideReport) -> SuspicionFate:
    old = db.execute(select(incidents).where(incidents.c.id == report.id)).first()
    if old is not None:
        same = (report.origin.value, report.suspicion.value, report.made_ms)
        if (old.origin, old.suspicion, old.made_ms) == same:
            return SuspicionFate(outcome="already")
        _log_refused(office, db, session, "taken", report.id.hex())
        return SuspicionFate(outcome="refused", reason="taken")
    words = kept(report.words)
    put(
        office, db, report.id, report.suspicion, words,
        reported_by="", reported_at=session.seat, origin=report.origin.value, made_ms=report.made_ms,
        locked_account=report.account if _is_account(office, report.account) else "", brought_by=session.name,
    )  # fmt: skip
    written = f" words={office.log.keyed_hash(words)}" if words else ""
    detail = f"origin={report.origin.value} made_ms={report.made_ms}{written}"
    log(office, db, session, BROUGHT, found(db, report.id), detail)
    office.log.checkpoint(db)
    return SuspicionFate(outcome="taken")


def _is_account(office: OpenOffice, name: str) -> bool:
    return bool(name) and office.book.account(name) is not None


def _log_refused(
    office: OpenOffice, db: Connection, session: Session, reason: str, reference: str = "", detail: str = ""
) -> None:
    who = session.log_fields()
    known = office.log.count(db, BROUGHT, session.name, session.started_ms, "refused", session=session.id.hex())
    if known < MOST_REFUSED:
        office.log.append(db, BROUGHT, "refused", reason=reason, reference=reference, detail=detail, **who)
