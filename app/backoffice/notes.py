"""Notes about a customer: sealed like a field of the class `note`, opened together as one logged read."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.api.messages.reveals import NoteCount, NoteSaved, ReadNotes, SaveNote, SealedNote, SealedNotes
from app.auth.session_card import reveal_request
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.card_gate import kept
from app.backoffice.class_grants import display_names
from app.backoffice.customers import find_record, package_of, record_key
from app.backoffice.import_sealing import store_data_key
from app.backoffice.office import OpenOffice
from app.backoffice.posture import need_posture
from app.backoffice.privacy.purpose_gate import need_unrestricted
from app.backoffice.quotas import check_limits
from app.backoffice.sessions import Session, check_session_signature, needs_step_up
from app.backoffice.training.gate import need_training
from app.crypto.values import batch_of, new_data_key, salt_of, seal_value, share, value_context
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.kept_find import KeptFind
from app.domain.policy import Access

READ_FIELD = "notes"
_LOG_EDITS_AFTER_MS = 5 * 60 * 1000
_MOST_NOTES = 200


def note_field(note: bytes) -> str:
    """The field name under which one note is sealed."""
    return f"note/{note.hex()}"


def save_note(office: OpenOffice, session: Session, request: SaveNote) -> NoteSaved:
    """Seal and store a note, or the newer text of an own note of this session.

    The first save stands in the log, and an edit more than five minutes after what the log last says of it. A text
    that was overtaken by a newer one, because its console had given its answer up, changes nothing.

    Raises:
        NotAllowedError: the customer is not in the account's queues, or the note is somebody else's or an earlier
            session's: what was written then stays.
    """
    note = gated(office, session, request)  # outside the turn of writing: a long text takes a while
    with office.writing() as db:
        return save_note_in(office, db, session, note)


@dataclass(frozen=True, slots=True, repr=False)
class GatedNote:
    """A note as it is kept, and the finds that stay in it: kind and reason of each."""

    request: SaveNote
    stays: tuple[tuple[str, str], ...]


def gated(office: OpenOffice, author: Session, request: SaveNote) -> GatedNote:
    """The note as it is kept, whatever a console has sent.

    Numbers of persons are their masks, but for those that the policy lets stay; no card number and no card code.
    """
    from app.scanner.keeping import as_kept  # loaded with the first note

    policy, role = office.policy, author.role
    keeps = [KeptFind(keep.text, keep.reason) for keep in request.keeps]
    note = as_kept(request.text, keeps, lambda reason, find: policy.lets_find_stay(role, find, reason))
    stays = tuple((what.value, reason) for what, reason in note.stays)
    return GatedNote(request.model_copy(update={"text": kept(note.text)}), stays)


def save_note_in(office: OpenOffice, db: Connection, session: Session, note: GatedNote) -> NoteSaved:
    """The same in the caller's transaction; refused before anything is written.

    Raises:
        NotAllowedError: see there.
        SealError: the customer is erased.
    """
    now, table, request = office.clock.now_ms(), schema.notes, note.request
    row = find_record(office, db, session, request.record)
    with for_the_office(db):  # an id is used up, in whichever queue
        old = db.execute(select(table).where(table.c.id == request.note)).first()
    if old is not None and (old.session, old.record) != (session.id, request.record):
        raise NotAllowedError("This note was written in another session; write a new one.", code="not_own")
    if old is not None and request.revision < old.revision:
        return NoteSaved(at_ms=old.changed_ms)
    blob = _seal(office, db, record_key(office, row), request)
    logs = old is None or now - old.logged_ms > _LOG_EDITS_AFTER_MS
    told: Counter[str] = Counter(old.stays.split() if old is not None else ())
    staying: Counter[str] = Counter(f"{what}:{reason}" for what, reason in note.stays)
    stays = " ".join(sorted((told | staying).elements()))
    if old is None:
        db.execute(
            table.insert().values(
                id=request.note,
                record=request.record,
                author=session.name,
                session=session.id,
                created_ms=now,
                changed_ms=now,
                logged_ms=now,
                revision=request.revision,
                stays=stays,
                blob=blob,
            )
        )
    else:
        logged_ms = now if logs else old.logged_ms
        changed = {"blob": blob, "changed_ms": now, "logged_ms": logged_ms, "revision": request.revision}
        changed["stays"] = stays
        db.execute(table.update().where(table.c.id == request.note).values(changed))
        db.execute(schema.data_keys.delete().where(schema.data_keys.c.batch == batch_of(old.blob)))
    if logs:
        _log(office, db, session, "note.write", request.record, request.note.hex())
    for one in sorted((staying - told).elements()):
        find, _, reason = one.partition(":")
        _log(office, db, session, "note.keep", request.record, request.note.hex(), reason=reason, detail=f"find={find}")
    return NoteSaved(at_ms=now)


def _seal(office: OpenOffice, db: Connection, record_key_: bytes, request: SaveNote) -> bytes:
    version = office.book.class_version(DataClass.NOTE)
    public = office.book.class_public(DataClass.NOTE, version)
    key, boxed = new_data_key(office.id, DataClass.NOTE.value, version, public)
    store_data_key(db, boxed, None)
    field = note_field(request.note)
    return seal_value(office.id, key, record_key_, request.record, field, DataClass.NOTE.value, request.text)


def read_notes(office: OpenOffice, session: Session, request: ReadNotes) -> SealedNotes:
    """Release the shares of all notes of one record, after one entry.

    Raises:
        NotAllowedError: role, class key, queue, signature, step-up, or code `notes_quota`, `notes_quota_pace`,
            `notes_off_hours`, `off_hours_code`. The refusal stands in the log.
    """
    message = reveal_request(office.id, session.id, request.record, READ_FIELD, "", "", request.request)
    try:
        check_session_signature(session, request.signature, message)
        return _release(office, session, request)
    except NotAllowedError as e:
        with office.writing() as db:
            _log(office, db, session, "notes.read", request.record, "", outcome="refused", reason=e.code)
        raise


def _release(office: OpenOffice, session: Session, request: ReadNotes) -> SealedNotes:
    table = schema.notes
    with office.writing() as db:
        _may_read(office, db, session)
        row = find_record(office, db, session, request.record)
        need_unrestricted(office, db, request.record)
        query = select(table).where(table.c.record == request.record).order_by(table.c.changed_ms.desc())
        rows = db.execute(query.limit(_MOST_NOTES)).all()
        number = _log(office, db, session, "notes.read", request.record, "", detail=f"notes={len(rows)}")
        z, names = record_key(office, row), display_names(db)
        notes = tuple(
            SealedNote(
                id=r.id,
                author=r.author,
                author_name=names.get(r.author, r.author),
                at_ms=r.changed_ms,
                package=package_of(db, r.blob),
                blob=r.blob,
                share=share(z, _context(office, request.record, r.id, r.blob)),
            )
            for r in rows
        )
    return SealedNotes(notes=notes, entry=number)


def _context(office: OpenOffice, record: bytes, note: bytes, blob: bytes) -> bytes:
    return value_context(office.id, record, note_field(note), DataClass.NOTE.value, salt_of(blob))


def _may_read(office: OpenOffice, db: Connection, session: Session) -> None:
    if office.policy.access(session.role, DataClass.NOTE) is not Access.REVEAL:
        raise NotAllowedError("Your role does not read notes.", code="role")
    if DataClass.NOTE not in office.book.granted(session.name):
        raise NotAllowedError("A supervisor still has to hand you the key of the notes.", code="no_class_key")
    need_training(office, db, session, DataClass.NOTE)
    need_posture(office, db, session.id)
    check_limits(office, db, session, DataClass.NOTE)
    if office.policy.needs_step_up(session.role, DataClass.NOTE):
        needs_step_up(office, session)


def count_notes(office: OpenOffice, session: Session, record: bytes) -> NoteCount:
    """How many notes a record has; nothing is opened."""
    with office.database.reading() as db:
        find_record(office, db, session, record)
        query = select(func.count()).select_from(schema.notes).where(schema.notes.c.record == record)
        return NoteCount(count=db.execute(query).scalar_one())


def _log(
    office: OpenOffice, db: Connection, session: Session, event: str, record: bytes, reference: str, **rest: str
) -> int:
    fields = {"record": record.hex(), "data_class": DataClass.NOTE.value, "reference": reference}
    return office.log.append(db, event, **fields, **rest, **session.log_fields())
