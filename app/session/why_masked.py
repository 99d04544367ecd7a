"""Why a field is masked: its class, who may open it, what it is kept for; from policy and inventory, asking nobody."""

from app.domain.inventory import Inventory
from app.domain.policy import Access, Policy
from app.domain.retention.times import longest_of
from app.domain.role import Role
from app.session.shown_why import ShownWhy

PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)
"""Roles that people work in, as they are listed."""


def why_masked(inventory: Inventory, policy: Policy, role: Role, name: str, language: str) -> ShownWhy:
    """Why this field is masked for this role.

    Raises:
        KeyError: no such field.
    """
    field = inventory.field(name)
    of_class, longest = field.data_class, longest_of(inventory, field)
    return ShownWhy(
        data_class=of_class,
        opens=tuple(one for one in PEOPLE if policy.access(one, of_class) is Access.REVEAL),
        asks=tuple(one for one in PEOPLE if policy.access(one, of_class) is Access.ASK),
        decides=tuple(one for one in PEOPLE if policy.may_decide(one, of_class)),
        purposes=tuple(inventory.purpose(purpose).label(language) for purpose in field.purposes),
        basis=field.legal_basis.value,
        months=longest.months,
        counted_from=longest.start.value,
        view_s=policy.view_s,
        needs_code=policy.needs_step_up(role, of_class),
        is_specific=field.pdp_category.value == "specific",
    )
