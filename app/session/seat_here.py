"""This workstation at the office's door: what it calls itself, that it has its key, and how it becomes known."""

import re
from collections.abc import Callable

from app import __version__
from app.api.client import seats as calls
from app.api.client.client import ApiClient
from app.api.messages.seats import EnrolSeat, SeatHere, SeatProof
from app.auth.seat_code import parse_seat_code
from app.auth.seat_proof import enrol_proof
from app.crypto import signing
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.crypto.derive import sha256
from app.domain.errors import VerificationError
from app.session.identity import new_id
from app.session.waking import hello_of
from app.session.witness import Remembered, recall, remember
from app.storage.keyring_store import KeyStore

LONGEST_SEAT = 32


def seat_word(name: str) -> str:
    """A workstation's name as it is told: letters, digits, dots and dashes."""
    return re.sub(r"[^\w.-]", "-", name)[:LONGEST_SEAT] or "workstation"


def seat_here(seed: bytes, name: str) -> SeatHere:
    """What it says of itself; `seed` is that of its key."""
    return SeatHere(key=signing.public_of(seed), name=seat_word(name), version=__version__)


def proved(seed: bytes, seat: bytes, body: Callable[[bytes], bytes]) -> SeatProof:
    """A proof that it has its key.

    Args:
        seed: of the key.
        seat: its id.
        body: what is signed with a nonce (`app/auth/seat_proof.py`).
    """
    nonce = new_id()
    return SeatProof(seat=seat, nonce=nonce, signature=signing.sign(seed, body(nonce)))


class EnrolWorkstation:
    """Makes this workstation known to the office, with a one-time code and without an account."""

    def __init__(
        self,
        connect: Callable[[], ApiClient],
        open_store: Callable[[], KeyStore],
        name: str,
        start_office: Callable[[], None] = lambda: None,
    ) -> None:
        """Enrol here.

        Args:
            connect: makes a client.
            open_store: opens the keyring, where the half lies that id and key come from.
            name: what this workstation calls itself.
            start_office: has an office started if none answers.
        """
        self._connect, self._open_store, self._name, self._start_office = connect, open_store, name, start_office

    def enrol(self, untrusted_code: str) -> str:
        """Show the code; from then on the office knows this workstation, and it the office.

        Returns:
            What IT calls it.

        Raises:
            InputRefusedError: it is no code of a workstation.
            VerificationError: another office answers here than the one that made the code (`other_office`).
            NotAllowedError: the code is wrong, used or over, or the workstation is revoked.
        """
        code = parse_seat_code(untrusted_code)
        store, client = self._open_store(), self._connect()
        try:
            root = hello_of(client, self._start_office).root
            office, half = sha256(root), store.seat_half()
            if office[: len(code.office_pin)] != code.office_pin:
                raise VerificationError(
                    "Another office answers here than the one that made this code.", code="other_office"
                )
            here, seed = seat_id(office, half), seat_sign_seed(office, half)
            client.show_seat(here)
            proof = proved(seed, here, lambda nonce: enrol_proof(office, here, nonce, code.secret))
            asked = EnrolSeat(secret=code.secret, seat=seat_here(seed, self._name), proof=proof)
            name = calls.enrol_seat(client, asked).name
            if recall(store, office) is None:
                remember(store, office, Remembered())
            return name
        finally:
            client.close()
