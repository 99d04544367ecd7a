"""Routes of editing: which customer is in front, one field changed or emptied, its versions, a new customer."""

from typing import Annotated

from fastapi import Depends, Path

from app.api.messages.editing import (
    Beside,
    CustomerMade,
    EditField,
    EmptyField,
    FieldEdited,
    FieldVersions,
    NewCustomer,
    OpenRecord,
    RecordState,
)
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import field_states, new_customers
from app.backoffice.customers import find_record
from app.backoffice.editing import edit_field
from app.backoffice.emptying import empty_field
from app.backoffice.presence import Front

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]
FieldName = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,39}$")]


@router.put("/customers/front")
def front(who: Who, body: OpenRecord) -> RecordState:
    """Say which customer is in front, and hear who else has it there and how its fields stand."""
    office, session, record = who.office, who.session, body.record
    if record is None:
        who.service.leave_front(session.id)
        return RecordState(others=(), fields=())
    with office.database.reading() as db:
        customer = find_record(office, db, session, record)
        editing = body.editing if office.inventory.has(body.editing) else ""
        if who.service.presence.put(session.id, Front(record, editing)):
            who.service.feed.tell(Topic.PRESENCE)
        others = who.service.presence.neighbours(office, db, session, record)
        fields = field_states.field_states(office, db, customer, field_states.edited_fields(office, session))
    beside = tuple(Beside(name=one.name, seat=one.seat, editing=one.editing) for one in others)
    return RecordState(others=beside, fields=fields)


@router.post("/customers/edits")
def edit(who: Who, body: EditField) -> FieldEdited:
    """Change one field, or hear who did meanwhile."""
    with who.service.changing(Topic.CUSTOMERS), who.service.changing(Topic.PRESENCE):
        return edit_field(who.office, who.session, body)


@router.post("/customers/emptied")
def empty(who: Who, body: EmptyField) -> FieldEdited:
    """Take the value of one field away, or hear who changed it meanwhile."""
    with who.service.changing(Topic.CUSTOMERS), who.service.changing(Topic.PRESENCE):
        return empty_field(who.office, who.session, body)


@router.get("/customers/{key}/versions/{field}")
def versions(who: Who, key: PathId, field: FieldName) -> FieldVersions:
    """The versions of one field: who, when, masks."""
    return field_states.field_versions(who.office, who.session, key, field)


@router.post("/customers/new")
def new(who: Who, body: NewCustomer) -> CustomerMade:
    """Make a customer."""
    with who.service.changing(Topic.CUSTOMERS):
        return new_customers.make_customer(who.office, who.session, body)
