"""What a screen is told of a masked field: who may open it, what it is kept for. Plain words; nothing of a customer."""

from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.role import Role


@dataclass(frozen=True, slots=True)
class ShownWhy:
    """What there is to know of a masked field; nothing of a customer.

    Attributes:
        data_class: its class.
        opens, asks, decides: roles that open it themselves, may ask for it, and decide on a request.
        purposes: what it is kept for, in the person's language.
        basis: on which ground of the law (`app.domain.field.LegalBasis`).
        months, counted_from: how long it is kept, and from when: collected, last_contact, contract_end.
        view_s: so many seconds it stays open.
        needs_code: whether this person opens it with a fresh code alone.
        is_specific: whether it is specific data under UU PDP.
    """

    data_class: DataClass
    opens: tuple[Role, ...]
    asks: tuple[Role, ...]
    decides: tuple[Role, ...]
    purposes: tuple[str, ...]
    basis: str
    months: int
    counted_from: str
    view_s: int
    needs_code: bool
    is_specific: bool
