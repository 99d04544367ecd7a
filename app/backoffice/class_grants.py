"""Class grants: a holder passes class keys to a new colleague; the office only keeps what it cannot open."""

from sqlalchemy import Connection, select

from app.api.messages.accounts import Colleague, Colleagues, GrantClasses
from app.auth.book import MOVED, Kind
from app.auth.book_messages import entry_of
from app.backoffice import schema
from app.backoffice.class_versions import versions_in_use
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, needs_step_up
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError


def waiting_colleagues(office: OpenOffice, session: Session) -> Colleagues:
    """Accounts that lack a class which this person may pass on.

    Raises:
        NotAllowedError: the role grants no classes.
    """
    _may_grant(office, session)
    own = office.book.granted(session.name)
    with office.database.reading() as db:
        names = display_names(db)
    waiting = []
    for entry in office.book.accounts():
        missing = office.book.missing(entry.name) & own
        if missing and entry.name != session.name:
            classes = tuple(c.value for c in DataClass if c in missing)
            waiting.append(
                Colleague(
                    account=entry.name,
                    display_name=names.get(entry.name, entry.name),
                    role=entry.role,
                    classes=classes,
                )
            )
    return Colleagues(colleagues=tuple(waiting))


def grant_classes(office: OpenOffice, session: Session, request: GrantClasses) -> None:
    """Take signed class grants and their sealed keys, all or none.

    Raises:
        NotAllowedError: role or step-up.
        BookError: the signer is no holder, or the role of the account has not the class.
        VerificationError: a class key's version is missing, or is one that nothing needs.
    """
    _may_grant(office, session)
    needs_step_up(office, session)
    entries = [entry_of(e) for e in request.entries]
    wanted = {f"{request.account}#{k.data_class}" for k in request.keys}
    if not entries or {e.name for e in entries} != wanted or any(e.kind is not Kind.GRANT for e in entries):
        raise InputRefusedError("Grants and keys do not belong together.")
    table = schema.class_grants
    with office.writing() as db:
        for entry in entries:
            office.write_book(db, entry)
        _check_versions(office, db, request)
        for key in request.keys:
            same = (table.c.account == request.account, table.c.data_class == key.data_class)
            db.execute(table.delete().where(*same, table.c.version == key.version))
            db.execute(
                table.insert().values(
                    account=request.account, data_class=key.data_class, version=key.version, sealed=key.sealed
                )
            )
        classes = "+".join(sorted({k.data_class for k in request.keys}))
        office.log.append(
            db, "class.grant", acting_with=request.account, detail=f"classes={classes}", **session.log_fields()
        )


def _check_versions(office: OpenOffice, db: Connection, request: GrantClasses) -> None:
    """Each class comes with every version that something still needs, so that a rotation leaves nobody behind."""
    for data_class in {DataClass(k.data_class) for k in request.keys}:
        brought = sorted(k.version for k in request.keys if k.data_class == data_class.value)
        if brought != sorted(versions_in_use(office, db, data_class)):
            raise VerificationError("The class keys have moved on meanwhile; hand them on again.", code=MOVED)


def _may_grant(office: OpenOffice, session: Session) -> None:
    if not office.policy.may_grant_classes(session.role):
        raise NotAllowedError("Only somebody who holds a class passes it on.", code="role")


def display_names(db: Connection) -> dict[str, str]:
    """People's names by account, for screens, on the caller's connection."""
    rows = db.execute(select(schema.accounts.c.name, schema.accounts.c.display_name))
    return {row.name: row.display_name for row in rows}
