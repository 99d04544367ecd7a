"""Letters to many people, made part by part and written into one ZIP: whole, or not at all; Stop comes between parts.

Of the letters about an erasure the office is told once the file is written: nobody of an order goes before that.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.api.client import erasure as erasure_calls
from app.api.client import incidents as incident_calls
from app.api.messages.erasure import AskNotices, SayNoticesKept
from app.api.messages.incidents import AskEachLetter
from app.domain.errors import InputRefusedError
from app.session.errors import DocumentStopped
from app.session.identity import Identity
from app.session.privacy.letters_zip import PackedLetter, zip_of_letters
from app.session.privacy.shown_incidents import SavedLetters
from app.storage.new_file import write_new_file

Tell = Callable[[int, int], object]
"""Told how many are done, and of how many."""
_MORE: Final = ("times", "classes")


def _never() -> bool:
    return False


class ManyLetters:
    """What one session makes of them.

    Args:
        identity: who signed in.
    """

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def of_order(self, order: bytes, path: Path, tell: Tell, is_stopped: Callable[[], bool] = _never) -> int:
        """The letter to each person of an order to erase; how many there are. Who is gone or of other queues gets none.

        Args:
            order: its id.
            path: a new file of the person's own.
            tell: told how far it is.
            is_stopped: asked before each part and before the file is written.

        Raises:
            DocumentStopped: it was stopped; there is no file, and nobody counts as told.
            NotAllowedError: code `role`, `no_order`, `over` or `no_letters`.
            FileRefusedError: it cannot be written there; nothing half-written is left, and nobody counts as told.
        """
        letters, done, total = list[PackedLetter](), 0, 1
        while done < total:
            _may_go_on(is_stopped)
            part = erasure_calls.letters(self._identity.client, order, AskNotices(after=done))
            letters += [PackedLetter(one.customer_number, one.reference, one.pdf) for one in part.letters]
            done, total = part.done, part.total
            tell(done, total)
        _may_go_on(is_stopped)
        packed = zip_of_letters(letters)
        write_new_file(path, packed)
        if letters:
            said = SayNoticesKept(letters=len(letters), digest=hashlib.sha256(packed).digest())
            erasure_calls.letters_kept(self._identity.client, order, said)
        return len(letters)

    def of_incident(
        self, incident: bytes, path: Path, tell: Tell, is_stopped: Callable[[], bool] = _never
    ) -> SavedLetters:
        """The letter to each customer whom an incident touched.

        Raises:
            DocumentStopped: it was stopped; there is no file.
            NotAllowedError: code `role`, `no_incident`, `state` or `no_scope`.
            VerificationError: code `log`: the log does not hold.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        after, letters = "", list[PackedLetter]()
        while True:
            _may_go_on(is_stopped)
            part = incident_calls.letters_to_each(self._identity.client, incident, AskEachLetter(after=after))
            letters += [
                PackedLetter(one.customer_number, one.reference, one.pdf, (str(one.times), " ".join(one.classes)))
                for one in part.letters
            ]
            tell(part.done, part.total)
            after = part.after
            if not after:
                break
        _may_go_on(is_stopped)
        write_new_file(path, zip_of_letters(letters, _MORE))
        return SavedLetters(len(letters), part.gone)

    def order_of(self, number: int) -> bytes:
        """The id of the order of this number.

        Raises:
            InputRefusedError: code `no_order`.
        """
        for one in erasure_calls.orders(self._identity.client).orders:
            if one.number == number:
                return one.id
        raise InputRefusedError("There is no order of this number.", code="no_order")

    def incident_of(self, number: int) -> bytes:
        """The id of the incident of this number.

        Raises:
            InputRefusedError: code `no_incident`.
        """
        for one in incident_calls.all_incidents(self._identity.client).incidents:
            if one.number == number:
                return one.id
        raise InputRefusedError("There is no incident of this number.", code="no_incident")


def _may_go_on(is_stopped: Callable[[], bool]) -> None:
    if is_stopped():
        raise DocumentStopped
