"""The client's calls of editing, of versions, of who else is there, and of new customers."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.editing import (
    CustomerMade,
    EditField,
    EmptyField,
    FieldEdited,
    FieldVersions,
    NewCustomer,
    OpenRecord,
    RecordState,
)


def in_front(client: ApiClient, request: OpenRecord) -> RecordState:
    """Say which customer is in front, and hear how it stands."""
    return client.call("PUT", "/v1/customers/front", RecordState, request, again=True)


def edit_field(client: ApiClient, request: EditField) -> FieldEdited:
    """Change one field; the same request may come twice."""
    return client.call("POST", "/v1/customers/edits", FieldEdited, request, again=True)


def empty_field(client: ApiClient, request: EmptyField) -> FieldEdited:
    """Take the value of one field away; the same request may come twice."""
    return client.call("POST", "/v1/customers/emptied", FieldEdited, request, again=True)


def field_versions(client: ApiClient, record: bytes, field: str) -> FieldVersions:
    """The versions of one field."""
    return client.call("GET", f"/v1/customers/{in_path(record)}/versions/{field}", FieldVersions)


def make_customer(client: ApiClient, request: NewCustomer) -> CustomerMade:
    """Make a customer; the same request may come twice."""
    return client.call("POST", "/v1/customers/new", CustomerMade, request, again=True)
