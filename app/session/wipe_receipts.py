"""Signing receipts of wipes at a workstation, and delivering those that no office has taken yet.

The key comes from H each time something is signed (`protection.md`, section 2) and is kept nowhere.
"""

import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from app.api.client.client import ApiClient
from app.api.client.seats import bring_receipt
from app.api.messages.door import Ended, EndReport, WipeStepReport
from app.api.messages.seats import BroughtReceipt
from app.auth.wipe_receipt import WipeReceipt
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.domain.errors import TiraiError
from app.session.ends import WipeLine
from app.storage.kept_receipts import forget_receipt, keep_receipt, kept_receipts
from app.storage.keyring_store import KeyStore

KEYRING, FILES = "keyring", "cache"
REFUSED = "receipt_"
"""How the codes begin of refusals for good, which stand in the office's log."""


def sign_receipt(
    office: bytes, half: bytes, session: str, lines: Iterable[WipeLine], order: bytes = b""
) -> BroughtReceipt | None:
    """The receipt of a wipe; None where something is left, or where it is not known that nothing is.

    Args:
        office: O.
        half: H of this OS user.
        session: whose remains went, hex.
        lines: what the wipe found, after looking again.
        order: the order that was obeyed, if one is known.
    """
    by_what = {line.what: line for line in lines}
    if not {KEYRING, FILES} <= set(by_what) or not all(by_what[what].ok for what in (KEYRING, FILES)):
        return None
    id_, seat = bytes.fromhex(session), seat_id(office, half)
    files, entries = by_what[FILES].count, by_what[KEYRING].count
    receipt = WipeReceipt(order or id_, seat, id_, files, entries, int(time.time() * 1000))
    return BroughtReceipt(
        subject=receipt.subject,
        seat=seat,
        session=id_,
        files=files,
        entries=entries,
        at_ms=receipt.at_ms,
        signature=receipt.signed(office, seat_sign_seed(office, half)),
    )


def keep_for_later(home: Path, receipt: BroughtReceipt) -> bool:
    """Keep a receipt until the next console or command of this seat delivers it; whether that was possible."""
    return keep_receipt(home, receipt.session.hex(), receipt.model_dump_json())


def deliver_kept(home: Path, client: ApiClient) -> int:
    """Bring the office what is kept here; how many receipts it took. One that does not answer gets them later."""
    taken = 0
    for session, text in list(kept_receipts(home)):
        try:
            bring_receipt(client, BroughtReceipt.model_validate_json(text))
            taken += 1
        except ValidationError:
            pass  # none of ours
        except TiraiError as error:
            if not error.code.startswith(REFUSED):
                break
        forget_receipt(home, session)
    return taken


@dataclass(frozen=True, slots=True)
class WipeWitness:
    """Signs what a wipe came to, and brings it to the office, now or later. Runs in a wipe helper.

    Attributes:
        home: where receipts wait.
        connect: makes a client.
        open_store: opens the keyring without asking anybody; where it does not open, nothing is signed.
    """

    home: Path
    connect: Callable[[], ApiClient]
    open_store: Callable[[], KeyStore]

    def ended(self, session: str, end_token: str, office: str, lines: Sequence[WipeLine], cause: str) -> int | None:
        """Tell the office that a session is over and wiped; the audit entry's number, None if it does not answer.

        A shut office keeps the word until somebody opens its file, and has no number for it yet; the receipt waits
        here, where it is before anybody is asked.

        Args:
            session: whose end, hex.
            end_token: of that session, hex.
            office: O, hex, as its console told it.
            lines: what the wipe found of this session.
            cause: of the end.
        """
        receipt = self._signed(session, lines, office)
        if receipt is not None:
            keep_for_later(self.home, receipt)
        report = EndReport(
            session=bytes.fromhex(session),
            end_token=bytes.fromhex(end_token),
            cause=cause,
            wipe=tuple(WipeStepReport(what=line.what, outcome=line.outcome) for line in lines),
            receipt=receipt,
        )
        ended: Ended | None = None
        with contextlib.suppress(TiraiError), contextlib.closing(self.connect()) as client:
            ended = client.tell_end(report)
            if ended.receipt:
                forget_receipt(self.home, session)
            deliver_kept(self.home, client)
        return ended.entry or None if ended is not None else None

    def swept(self, session: str, lines: Sequence[WipeLine]) -> None:
        """A sweep has wiped what a dead session left: keep its receipt for whoever comes next from here."""
        receipt = self._signed(session, lines, "")
        if receipt is not None:
            keep_for_later(self.home, receipt)

    def _signed(self, session: str, lines: Sequence[WipeLine], office: str) -> BroughtReceipt | None:
        try:
            with contextlib.closing(self.open_store()) as store:
                id_ = bytes.fromhex(office) or self._office(store)
                half = store.known_seat_half()
                return sign_receipt(id_, half, session, lines) if id_ and half else None
        except (TiraiError, ValueError):
            return None  # unconfirmed then, which is the truth

    def _office(self, store: KeyStore) -> bytes:
        """O of the one office that this OS user knows; empty where there is none, or several."""
        known = store.known_offices()
        return bytes.fromhex(known[0]) if len(known) == 1 else b""
