"""What consoles kept while the office was away: taken in order, once per session and number.

Whoever brings an entry, any console of its seat, is a courier and proves nothing by it; the account's signature does,
against the book as it is now. Gaps and strangers are refused. What was taken is done under its author's rights of now;
a wish that they do not allow is kept here, sealed as it came, and those behind it go on. Each delivery, each refusal
and each such wish stands in the log, in the transaction of what it tells of.
"""

from dataclasses import dataclass, replace

from pydantic import ValidationError
from sqlalchemy import Connection, Row, select

from app.api.messages.contacts import SaveContact, WrapUp
from app.api.messages.outbox import Delivered, Delivery, Fate
from app.api.messages.reveals import KeptInNote, SaveNote
from app.auth.book import Entry as BookEntry
from app.auth.book import State
from app.auth.contact_entry import contact_of
from app.auth.outbox_entry import EntryKind, OutboxEntry, link_of, note_of, open_entry
from app.auth.session_card import SessionCard
from app.backoffice import schema
from app.backoffice.acting import acting_in
from app.backoffice.contacts import save_contact_in
from app.backoffice.erasure.destroying import is_erased, record_in
from app.backoffice.notes import gated, save_note_in
from app.backoffice.office import OpenOffice
from app.backoffice.outbox_keys import drop_if_done, payload_of
from app.backoffice.outbox_marks import OutboxMark, mark_of, put_mark, seat_id_of
from app.backoffice.sessions import Session
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError

DELIVER = "outbox.deliver"
ERASED, NO_KEY = "erased", "no_key"
"""What this wish was about is gone, or the key of it: nothing of it is kept, not even sealed."""
_UNREADABLE = (ERASED, NO_KEY)


class _RefusedError(Exception):
    """An entry is not believed, or not its turn: `reason`, and the entry itself if it opened."""

    def __init__(self, reason: str, entry: OutboxEntry | None = None) -> None:
        super().__init__(reason)
        self.reason, self.entry = reason, entry


@dataclass(frozen=True, slots=True)
class _Author:
    """Who wrote an entry: a session of the past, with the account's rights of now."""

    session: Session

    @classmethod
    def of(cls, row: Row[tuple[object, ...]], account: BookEntry) -> "_Author":
        card = SessionCard(row.account, row.id, b"", b"", row.seat, row.ends_ms)  # its keys died with its process
        return cls(Session(row.id, row.kind, account, row.seat, card, b"", 0, row.started_ms))


def deliver(office: OpenOffice, courier: Session, delivery: Delivery) -> Delivered:
    """Take entries of one session, up to the first that is refused."""
    fates: list[Fate] = []
    taken: list[OutboxEntry] = []
    with office.writing() as db:
        for sealed in delivery.entries:
            try:
                entry, fate = _take(office, db, courier, sealed)
            except _RefusedError as refused:
                _log_refusal(office, db, courier, delivery.session, sealed, refused)
                fates.append(Fate(outcome="refused", reason=refused.reason))
                break
            fates.append(fate)
            taken += [entry] if fate.outcome != "already" else []
        if taken:
            _log_taken(office, db, courier, taken)
            drop_if_done(db, delivery.session)
    return Delivered(fates=tuple(fates))


def _take(office: OpenOffice, db: Connection, courier: Session, sealed: bytes) -> tuple[OutboxEntry, Fate]:
    try:
        opened = open_entry(office.id, office.keys.office_kem, sealed)
    except SealError as e:
        raise _RefusedError("seal") from e
    entry = opened.entry
    account = office.book.account(entry.account)
    if account is None or account.state != State.ACTIVE:
        raise _RefusedError("account", entry)
    try:
        opened.check_author(account.sign)
    except SealError as e:
        raise _RefusedError("signature", entry) from e
    row = db.execute(select(schema.sessions).where(schema.sessions.c.id == entry.session)).first()
    if row is None or (row.account, row.kind) != (entry.account, "console"):
        raise _RefusedError("session", entry)
    if row.seat_id != seat_id_of(db, courier.id):
        raise _RefusedError("seat", entry)
    mark, link = mark_of(office, db, entry.session), link_of(sealed)
    if entry.number <= mark.taken:
        if _link_at(db, entry) != link:
            raise _RefusedError("fork", entry)
        return entry, Fate(outcome="already")
    _check_turn(mark, entry)
    author = _Author.of(row, account).session
    with acting_in(db, author.acting):  # whoever brings it may have other queues
        reason = _done(office, db, author, entry)
    kept = {"reason": reason, "sealed": sealed if reason and reason not in _UNREADABLE else None}
    where = {"session": entry.session, "number": entry.number}
    what = {"link": link, "kind": entry.kind.value, "id": entry.id}
    db.execute(schema.outbox_entries.insert().values(**where, **what, **kept))
    put_mark(db, mark.with_entry(entry, link, is_resumed=courier.id == entry.session))
    return entry, Fate(outcome="unusable" if reason else "taken", reason=reason)


def _link_at(db: Connection, entry: OutboxEntry) -> bytes | None:
    table = schema.outbox_entries
    query = select(table.c.link).where(table.c.session == entry.session, table.c.number == entry.number)
    link: bytes | None = db.execute(query).scalar()
    return link


def _check_turn(mark: OutboxMark, entry: OutboxEntry) -> None:
    if entry.number > mark.taken + 1:
        raise _RefusedError("gap", entry)
    if entry.previous != mark.link:
        raise _RefusedError("order", entry)
    if mark.ends_at is not None and entry.number > mark.ends_at and entry.kind is not EntryKind.END:
        raise _RefusedError("closed", entry)


def _done(office: OpenOffice, db: Connection, author: Session, entry: OutboxEntry) -> str:
    """Do what an entry asks for; why it cannot be done, or empty."""
    if entry.kind.closes:
        return ""
    try:
        entry = replace(entry, payload=payload_of(db, office.id, entry))
    except SealError:
        return _failed(office, db, author, entry, NO_KEY)
    try:
        if entry.kind is EntryKind.CONTACT:
            save_contact_in(office, db, author, _contact_in(entry))
        else:
            record, revision, text, keeps = note_of(entry.payload)
            kept = tuple(KeptInNote(text=keep.text, reason=keep.reason) for keep in keeps)
            note = SaveNote(note=entry.id, record=record, text=text, revision=revision, keeps=kept)
            save_note_in(office, db, author, gated(office, author, note))
    except NotAllowedError as e:
        reason = e.code
    except SealError:
        reason = ERASED
    except ValidationError:
        reason = "form"
    else:
        return ""
    return _failed(office, db, author, entry, reason)


def _failed(office: OpenOffice, db: Connection, author: Session, entry: OutboxEntry, why: str) -> str:
    """Log that a wish cannot be done; why."""
    about = record_in(entry)
    reason = ERASED if about is not None and is_erased(db, about) else why
    fields = {"reference": entry.id.hex(), "reason": reason, "detail": f"number={entry.number}"}
    data_class = "note" if entry.kind is EntryKind.NOTE else ""
    office.log.append(db, DELIVER, "failed", data_class=data_class, **fields, **author.log_fields())
    return reason


def _contact_in(entry: OutboxEntry) -> SaveContact:
    """The state of a contact that an entry carries.

    Raises:
        SealError, ValidationError: it is none.
    """
    kept = contact_of(entry.payload)
    chosen = WrapUp(
        outcome=kept.outcome, tags=kept.tags, call_back_day=kept.call_back_day, call_back_at=kept.call_back_at
    )
    return SaveContact(
        contact=entry.id,
        record=kept.record,
        revision=kept.revision,
        started_ms=kept.started_ms,
        ended_ms=kept.ended_ms or None,
        wrap_up=chosen,
        note=kept.note or None,
        call=kept.call,
    )


def _log_taken(office: OpenOffice, db: Connection, courier: Session, taken: list[OutboxEntry]) -> None:
    first, last = taken[0], taken[-1]
    notes = len({entry.id for entry in taken if entry.kind is EntryKind.NOTE})
    contacts = len({entry.id for entry in taken if entry.kind is EntryKind.CONTACT})
    visits = f" contacts={contacts}" if contacts else ""
    detail = f"from={first.number} to={last.number} notes={notes}{visits} last={last.kind.value}"
    who = {"actor": first.account, "session": first.session.hex(), "seat": courier.seat}
    office.log.append(db, DELIVER, detail=detail, acting_with=_other(courier, first), **who)


def _other(courier: Session, entry: OutboxEntry) -> str:
    return courier.name if courier.name != entry.account else ""


def _log_refusal(
    office: OpenOffice, db: Connection, courier: Session, session: bytes, sealed: bytes, refused: _RefusedError
) -> None:
    """Once per entry: a console that died before it heard brings it again.

    Whom an entry names is not proven here, so the log names its courier, and the session that the courier named.
    """
    digest, table = sha256(sealed), schema.outbox_refused
    if db.execute(select(table.c.digest).where(table.c.digest == digest)).first() is not None:
        return
    db.execute(table.insert().values(digest=digest, reason=refused.reason, at_ms=office.clock.now_ms()))
    entry = refused.entry
    detail = f"session={session.hex()}" + (f" number={entry.number}" if entry is not None else "")
    fields = {"reason": refused.reason, "reference": digest.hex()[:32], "detail": detail}
    office.log.append(db, DELIVER, "refused", **fields, **courier.log_fields())
