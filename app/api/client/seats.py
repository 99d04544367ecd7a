"""The client's calls about workstations, and about receipts of wipes."""

from app.api.client.client import ApiClient
from app.api.messages.seats import (
    BroughtReceipt,
    ChangeSeat,
    EnrolSeat,
    InviteSeats,
    OrderWipe,
    SeatCodes,
    SeatEnrolled,
    SeatRows,
    WipeOrdered,
    WithdrawInvitation,
)
from app.api.messages.wire import Done


def seat_rows(client: ApiClient) -> SeatRows:
    """Every workstation."""
    return client.call("GET", "/v1/seats", SeatRows)


def order_wipe(client: ApiClient, request: OrderWipe) -> WipeOrdered:
    """Order a wipe."""
    return client.call("POST", "/v1/seats/wipe", WipeOrdered, request)


def revoke_seat(client: ApiClient, seat: bytes) -> None:
    """Let nobody sign in from a workstation."""
    client.call("POST", "/v1/seats/revoke", Done, ChangeSeat(seat=seat))


def allow_seat(client: ApiClient, seat: bytes) -> None:
    """Let people sign in from a workstation again."""
    client.call("POST", "/v1/seats/allow", Done, ChangeSeat(seat=seat))


def bring_receipt(client: ApiClient, receipt: BroughtReceipt) -> None:
    """Bring a receipt that nobody could be told of before."""
    client.call("POST", "/v1/door/receipt", Done, receipt)


def invite_seats(client: ApiClient, request: InviteSeats) -> SeatCodes:
    """Have one-time codes made for workstations."""
    return client.call("POST", "/v1/seats/invite", SeatCodes, request)


def withdraw_invitation(client: ApiClient, invitation: bytes) -> None:
    """Take a code back that nobody has used."""
    client.call("POST", "/v1/seats/withdraw", Done, WithdrawInvitation(invitation=invitation))


def enrol_seat(client: ApiClient, request: EnrolSeat) -> SeatEnrolled:
    """Show this workstation's code; nobody is signed in."""
    return client.call("POST", "/v1/door/seat", SeatEnrolled, request)
