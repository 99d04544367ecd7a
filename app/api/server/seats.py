"""Routes about workstations, for administrators: who is there, orders to wipe, revoking."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.seats import (
    ChangeSeat,
    InviteSeats,
    OrderWipe,
    SeatCodes,
    SeatRows,
    WipeOrdered,
    WithdrawInvitation,
)
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import seat_codes, seats, wipe_orders

router = office_router("/v1/seats")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def seat_rows(who: Who) -> SeatRows:
    """Every workstation."""
    return seats.seat_rows(who.office, who.session)


@router.post("/wipe")
def wipe(who: Who, body: OrderWipe) -> WipeOrdered:
    """Order a wipe; consoles that are named hear of it with this change, or with their next call."""
    with who.service.changing(Topic.ACCOUNTS), who.service.changing(Topic.WORKSTATIONS):
        return wipe_orders.order_wipe(who.office, who.session, body)


@router.post("/revoke")
def revoke(who: Who, body: ChangeSeat) -> Done:
    """Let nobody sign in from a workstation."""
    with who.service.changing(Topic.ACCOUNTS), who.service.changing(Topic.WORKSTATIONS):
        seats.revoke_seat(who.office, who.session, body)
    return Done()


@router.post("/allow")
def allow(who: Who, body: ChangeSeat) -> Done:
    """Let people sign in from a workstation again."""
    with who.service.changing(Topic.WORKSTATIONS):
        seats.allow_seat(who.office, who.session, body)
    return Done()


@router.post("/invite")
def invite(who: Who, body: InviteSeats) -> SeatCodes:
    """Make one-time codes by which workstations become known; they come back this once."""
    with who.service.changing(Topic.WORKSTATIONS):
        return seat_codes.invite_seats(who.office, who.session, body)


@router.post("/withdraw")
def withdraw(who: Who, body: WithdrawInvitation) -> Done:
    """Take a code back that nobody has used yet."""
    with who.service.changing(Topic.WORKSTATIONS):
        seat_codes.withdraw_invitation(who.office, who.session, body)
    return Done()
