"""Routes of contacts: their wrap-up, those of a customer, and what waits for a person."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.contacts import ContactSaved, ContactsOf, SaveContact, Standing
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import contacts, contacts_read

router = office_router("/v1/contacts")
Who = Annotated[Asking, Depends(asking)]


@router.put("")
def save(who: Who, body: SaveContact) -> ContactSaved:
    """Store a state of a contact."""
    saved = contacts.save_contact(who.office, who.session, body)
    if saved.moves_last:
        who.service.feed.tell(Topic.CUSTOMERS)
    return saved


@router.get("/standing")
def standing(who: Who) -> Standing:
    """What waits for a person."""
    return contacts_read.standing(who.office, who.session)


@router.get("/of/{key}")
def contacts_of(who: Who, key: PathId) -> ContactsOf:
    """A customer's contacts."""
    return contacts_read.contacts_of(who.office, who.session, key)
