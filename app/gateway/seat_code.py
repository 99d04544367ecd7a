"""A workstation's code, made at the server itself, for when nobody can sign in to make one."""

from app.api.messages.seats import InviteSeats
from app.auth.seat_code import seat_code_text
from app.backoffice.office import OpenOffice
from app.backoffice.seat_codes import invited
from app.crypto.account_keys import ACTIVATION_BYTES, ActivationCode
from app.domain.errors import InputRefusedError
from app.gateway.opening import who_cares


def made_by_hand(office: OpenOffice, name: str, valid_h: int) -> tuple[str, float]:
    """Make a code, written into the log with the machine and its account.

    Args:
        office: the office, opened by hand.
        name: what the workstation is to be called.
        valid_h: hours for which it counts.

    Returns:
        The code as text, and until when it counts (seconds since 1970).

    Raises:
        InputRefusedError: it is no name.
    """
    who = who_cares()
    try:
        request = InviteSeats(names=(name,), valid_h=valid_h)
    except ValueError:
        raise InputRefusedError(
            "A workstation's name has 1 to 32 letters, digits, dots, dashes and underscores.", code="seat_name"
        ) from None
    by = f"gateway: {who['seat']}, {who['reason']}"[:64]
    with office.writing() as db:
        answer = invited(office, db, request, by, who)
    code = ActivationCode(answer.codes[0].secret, office.id[:ACTIVATION_BYTES])
    return seat_code_text(code), answer.until_ms / 1000
