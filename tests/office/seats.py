"""A made office's people at a workstation of another OS user: with another H, and so another id and key.

The office's own door knows slots made with the first H alone, so slots are worked out with that one still.
"""

import contextlib
from collections.abc import Iterator
from unittest.mock import patch

from app.api.client.client import ApiClient
from app.api.client.errors import OfficeAwayError
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.guardian.destroy import WipeWork, wipe_sessions
from app.guardian.storage_work import storage_work
from app.guardian.wire import SessionBegun
from app.session.desk import Desk
from app.session.ends import Receipt
from app.session.wipe_receipts import WipeWitness
from app.storage.keyring_store import KeyStore
from tests.office.made import DictShelf, MadeOffice
from tests.patience import GUARDIANS

OTHER_HALF = b"the half of another OS user....."


def store_at(office: MadeOffice, half: bytes) -> KeyStore:
    """The keyring of another OS user, who knows the same office."""
    lasting = DictShelf()
    lasting.entries = dict(office.lasting_shelf.entries, seat=half.hex())
    return KeyStore(office.session_shelf, lasting)


def hands_of(office: MadeOffice, store: KeyStore | None = None, *, is_offline: bool = False) -> WipeWork:
    """A wipe helper's hands at a workstation: real files, real receipts; `is_offline`: it reaches no office."""

    def connect() -> ApiClient:
        if is_offline:
            raise OfficeAwayError("The cable is out.")
        return office.connect()

    witness = WipeWitness(office.places.home, connect, lambda: store or office.store)
    return storage_work(
        office.places,
        lambda begun, lines, cause: witness.ended(begun.session, begun.end_token, begun.office, lines, cause),
        lambda: store or office.store,
        witness.swept,
    )


def guardian_wipes(
    office: MadeOffice, desk: Desk, told: Receipt | None = None, cause: str = "wipe_now", work: WipeWork | None = None
) -> None:
    """What a guardian's helper does after a console is gone."""
    name, token = next((name, token) for id_, name, token in office.guardian.sessions if id_ == desk.session)
    begun = SessionBegun(desk.session, name, token, office.made.plate.office.hex())
    before = told.lines if told is not None else ()
    wipe_sessions(work or hands_of(office), [begun], GUARDIANS, report=True, cause=cause, before=before)


@contextlib.contextmanager
def at_another_seat(_office: MadeOffice, half: bytes = OTHER_HALF) -> Iterator[None]:
    """Whoever signs in within the block does so from another workstation."""
    with (
        patch("app.session.sign_in.seat_id", lambda office, _half: seat_id(office, half)),
        patch("app.session.sign_in.seat_sign_seed", lambda office, _half: seat_sign_seed(office, half)),
    ):
        yield
