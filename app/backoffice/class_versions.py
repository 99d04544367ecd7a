"""Versions of class keys that are still needed, and what goes when one is needed no more."""

from sqlalchemy import Connection, func, select

from app.api.messages.rotation import ClassKeyState, ClassKeyStates
from app.auth.book import Kind
from app.auth.book_entry import class_entry_name
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.proposal_rows import waiting_proposer
from app.backoffice.sessions import Session
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import NotAllowedError

_keys = schema.data_keys.c


def class_key_states(office: OpenOffice, session: Session) -> ClassKeyStates:
    """How far each class key's rotation has come: counts, no keys.

    Raises:
        NotAllowedError: neither passes class keys on nor makes accounts.
    """
    if not office.policy.may_grant_classes(session.role) and not office.policy.may_invite(session.role):
        raise NotAllowedError("Holders of class keys and administrators look after them.", code="role")
    with office.database.reading() as db:
        return ClassKeyStates(states=tuple(_state(office, db, c) for c in SEALED_CLASSES))


def _state(office: OpenOffice, db: Connection, data_class: DataClass) -> ClassKeyState:
    newest = office.book.class_version(data_class)
    of_class = _keys.data_class == data_class.value
    query = (
        select(
            func.count().label("boxes"),
            func.count(_keys.next_version).label("unchecked"),
            func.count(_keys.stuck_session).filter(_keys.next_version.is_(None)).label("stuck"),
        )
        .select_from(schema.data_keys)
        .where(of_class, _keys.version < newest)
    )
    old = db.execute(query).one()
    current = select(func.count()).select_from(schema.data_keys).where(of_class, _keys.version == newest)
    return ClassKeyState(
        data_class=data_class.value,
        version=newest,
        in_use=tuple(sorted(versions_in_use(office, db, data_class))),
        current=db.execute(current).scalar_one(),
        waiting=old.boxes - old.unchecked,
        unchecked=old.unchecked,
        stuck=old.stuck,
        proposed_by=waiting_proposer(office, db, Kind.CLASS, class_entry_name(data_class, newest + 1)),
    )


def versions_in_use(office: OpenOffice, db: Connection, data_class: DataClass) -> set[int]:
    """Versions of a class key that somebody needs to open what is there, and the newest, to which all goes."""
    newest = office.book.class_version(data_class)
    query = select(_keys.version).where(_keys.data_class == data_class.value, _keys.version < newest).distinct()
    return {newest, *db.execute(query).scalars()}


def drop_unused_grants(office: OpenOffice, db: Connection, data_class: DataClass) -> None:
    """Drop the class grants of versions that no box needs any more, and write it down."""
    table, used = schema.class_grants, versions_in_use(office, db, data_class)
    unused = (table.c.data_class == data_class.value, table.c.version.not_in(used))
    versions = sorted(db.execute(select(table.c.version).where(*unused).distinct()).scalars())
    if not versions:
        return
    dropped = db.execute(table.delete().where(*unused)).rowcount
    detail = f"versions={'+'.join(map(str, versions))} grants={dropped}"
    office.log.append(db, "class.rotated", data_class=data_class.value, detail=detail)


def drop_all_unused_grants(office: OpenOffice, db: Connection) -> None:
    """The same for every class, when the office's file is opened: the last old box may have gone with a note."""
    for data_class in SEALED_CLASSES:
        drop_unused_grants(office, db, data_class)
