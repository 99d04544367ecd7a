"""The client's calls about contacts. A state of a contact may come twice: its id and revision count once."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.contacts import ContactSaved, ContactsOf, SaveContact, Standing
from app.domain import patience


def save_contact(client: ApiClient, request: SaveContact) -> ContactSaved:
    """Store a state of a contact; not waited for as long as for other answers, since it can go to the outbox."""
    return client.call("PUT", "/v1/contacts", ContactSaved, request, again=True, timeout_s=patience.NOTE_S)


def standing(client: ApiClient) -> Standing:
    """What waits for a person."""
    return client.call("GET", "/v1/contacts/standing", Standing, again=True)


def contacts_of(client: ApiClient, record: bytes) -> ContactsOf:
    """A customer's contacts."""
    return client.call("GET", f"/v1/contacts/of/{in_path(record)}", ContactsOf, again=True)
