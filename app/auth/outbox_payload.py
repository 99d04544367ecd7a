"""What an entry of the outbox says about a customer, under a key of that customer which the office can forget.

Payload = LP("outbox-bound", record, wrap(K, the payload itself, LP("outbox-about", O, session, record))), where K is
the record's key of the session's root (`app/crypto/puncture.py`). The root is in the memory of the console and in the
office. Once the one has died and the other has cut the record's key out, the entry opens no more, whoever has the
office's keys.
A payload that is not bound was kept by an earlier console; it is taken as it is.
"""

from struct import error as struct_error

from app.auth.contact_entry import contact_of
from app.auth.outbox_entry import ID_BYTES, EntryKind, note_of
from app.crypto.aead import unwrap, wrap
from app.crypto.errors import SealError
from app.crypto.labels import lp, unlp
from app.crypto.puncture import PuncturedKey

_BOUND = "outbox-bound"


def bound(root: bytes, office: bytes, session: bytes, kind: EntryKind, payload: bytes) -> bytes:
    """A payload under its customer's key; one about nobody stays as it is.

    Args:
        root: of the session.
        office: O.
        session: whose outbox it goes into.
        kind: what it carries.
        payload: as `note_payload` or `contact_payload` made it.
    """
    record = record_of(kind, payload)
    if record is None:
        return payload
    key = PuncturedKey.of_root(root).key_of(record)
    return lp(_BOUND, record, wrap(key, payload, _aad(office, session, record)))


def unbound(key: PuncturedKey | None, office: bytes, session: bytes, payload: bytes) -> bytes:
    """The payload itself.

    Args:
        key: what the office has of the session's root; None: nothing.
        office: O.
        session: whose entry it is.
        payload: as the entry carries it.

    Raises:
        SealError: the customer's key is gone, or this is another customer's, session's or office's.
    """
    parts = _parts(payload)
    if parts is None:
        return payload
    if key is None:
        raise SealError("the key of this outbox is gone")
    record, sealed = parts
    return unwrap(key.key_of(record), sealed, _aad(office, session, record))


def record_of(kind: EntryKind, payload: bytes) -> bytes | None:
    """Whom a payload is about, bound or not; None: nobody, or it has another form."""
    if not payload or kind.closes:
        return None
    if (parts := _parts(payload)) is not None:
        return parts[0]
    try:
        return note_of(payload)[0] if kind is EntryKind.NOTE else contact_of(payload).record
    except (SealError, ValueError):
        return None


def _aad(office: bytes, session: bytes, record: bytes) -> bytes:
    return lp("outbox-about", office, session, record)


def _parts(payload: bytes) -> tuple[bytes, bytes] | None:
    try:
        record, sealed = unlp(payload, _BOUND)
    except (ValueError, struct_error):
        return None
    return (record, sealed) if len(record) == ID_BYTES else None
