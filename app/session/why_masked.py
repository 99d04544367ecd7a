"""Why a field is masked: its class, who may open it, what it is kept for; from policy and inventory, asking nobody."""

from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.field import LegalBasis
from app.domain.inventory import Inventory
from app.domain.policy import Access, Policy
from app.domain.role import Role

PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)
"""Roles that people work in, as they are listed."""


@dataclass(frozen=True, slots=True)
class ShownWhy:
    """What there is to know of a masked field; nothing of a customer.

    Attributes:
        data_class: its class.
        opens, asks, decides: roles that open it themselves, may ask for it, and decide on a request.
        purposes: what it is kept for, in the person's language.
        basis: on which ground of the law.
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
    basis: LegalBasis
    months: int
    counted_from: str
    view_s: int
    needs_code: bool
    is_specific: bool


def why_masked(inventory: Inventory, policy: Policy, role: Role, name: str, language: str) -> ShownWhy:
    """Why this field is masked for this role.

    Raises:
        KeyError: no such field.
    """
    field = inventory.field(name)
    of_class = field.data_class
    return ShownWhy(
        data_class=of_class,
        opens=tuple(one for one in PEOPLE if policy.access(one, of_class) is Access.REVEAL),
        asks=tuple(one for one in PEOPLE if policy.access(one, of_class) is Access.ASK),
        decides=tuple(one for one in PEOPLE if policy.may_decide(one, of_class)),
        purposes=tuple(inventory.purpose(purpose).label(language) for purpose in field.purposes),
        basis=field.legal_basis,
        months=field.retention.months,
        counted_from=field.retention.start.value,
        view_s=policy.view_s,
        needs_code=policy.needs_step_up(role, of_class),
        is_specific=field.pdp_category.value == "specific",
    )
