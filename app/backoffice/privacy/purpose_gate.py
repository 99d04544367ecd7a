"""The gate before work with a customer's field: what it is for must be open to this customer (UU PDP articles 20, 28).

It stands where a value is opened, asked for, used or changed, and before a customer's notes while all purposes are
restricted. Comparing what a caller says opens nothing and stays possible: whoever restricts must be able to lift it.
"""

from sqlalchemy import Connection

from app.backoffice.office import OpenOffice
from app.backoffice.privacy.standing import limit_of, limits_of, standing_of
from app.domain.errors import NotAllowedError
from app.domain.field import Field
from app.domain.privacy.consent import judge
from app.domain.privacy.purpose_state import PurposeState
from app.domain.privacy.say import CODES, SAY

OWN_REQUEST = "subject_request"
"""The reason of work that answers the customer's own request: the law wants it done, whatever is shut (article 30 ff.).
Policy offers it with an identified caller alone."""


def need_purpose(
    office: OpenOffice, db: Connection, record: bytes, field: Field, reason: str = "", *, wanted: str = ""
) -> str:
    """Demand a purpose that is open; what the log says of it.

    Args:
        office: the open office.
        db: the transaction of the work.
        record: whose.
        field: what is worked with.
        reason: why, as policy has it.
        wanted: the purpose that this reason is for, if policy says so; then no other one opens the field.

    Raises:
        NotAllowedError: code `purpose_missing`, `purpose_withdrawn`, `purpose_restricted` or `purpose_objected`;
            `purpose_other` where the field is not kept for what is wanted.
    """
    if reason == OWN_REQUEST:
        return "purpose=own_request"
    if wanted and wanted not in field.purposes:
        raise NotAllowedError("The reason is for something that this field is not kept for.", code="purpose_other")
    verdict = judge(office.inventory, field, standing_of(db, record), wanted)
    if not verdict.state.is_open:
        raise shut(verdict.state)
    return f"purpose={verdict.purpose.name}"


def need_unrestricted(office: OpenOffice, db: Connection, record: bytes) -> None:
    """Demand that not all purposes are held for a customer.

    Raises:
        NotAllowedError: code `purpose_restricted`; where nothing but objections or withdrawals does it, theirs.
    """
    held = {row.purpose: PurposeState(limit_of(row).value) for row in limits_of(db, record)}
    if held.keys() >= {purpose.name for purpose in office.inventory.purposes}:
        states = set(held.values())
        raise shut(states.pop() if len(states) == 1 else PurposeState.RESTRICTED)


def shut(state: PurposeState) -> NotAllowedError:
    """The refusal; its sentence is what the customer may be told."""
    code = CODES[state]
    return NotAllowedError(SAY[code][1], code=code)
