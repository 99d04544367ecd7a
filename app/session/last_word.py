"""A session's last word: told to the office, or kept in the outbox where the office does not hear it."""

import contextlib
import logging
import threading
import time

from app.api.messages.door import WipeStepReport
from app.auth.outbox_entry import EntryKind
from app.domain import patience
from app.domain.errors import TiraiError
from app.session.ends import WipeLine
from app.session.errors import SessionOverError
from app.session.identity import Identity
from app.session.outbox import Outbox


class LastWord:
    """What one session says as it locks or ends."""

    def __init__(self, identity: Identity, outbox: Outbox) -> None:
        """Say it for this person, or leave it in this outbox."""
        self._identity, self._outbox = identity, outbox

    def lock(self, cause: str) -> None:
        """Tell the office; nobody waits for it, nor for the keyring that remembers it."""
        refused: list[Exception] = []

        def tell() -> None:
            try:
                self._identity.lock(cause, self._outbox.mark)
            except Exception as error:  # noqa: BLE001 (whatever it is, the office has perhaps not heard)
                refused.append(error)

        telling = threading.Thread(target=tell, name="tell-lock", daemon=True)
        telling.start()
        telling.join(patience.LOCKED_S)
        if refused and isinstance(refused[0], SessionOverError):
            raise refused[0]
        if refused or telling.is_alive():
            self.keep(EntryKind.LOCK)
        for error in refused:
            _note(error)

    def bring_outbox(self) -> bool:
        """Bring the office what waits; False if it answered and did not take all of it."""
        before = self._outbox.state()
        with contextlib.suppress(TiraiError):
            after = self._outbox.deliver(patience.LAST_DELIVERY_S)
            return (after.refused, after.unusable) == (before.refused, before.unusable)
        return True

    def keep(self, kind: EntryKind) -> None:
        """The office does not hear it: whoever delivers brings it; a disk that takes none leaves the session open."""
        with contextlib.suppress(TiraiError):
            self._outbox.keep(kind)

    def end(self, cause: str, lines: tuple[WipeLine, ...]) -> tuple[int | None, WipeLine]:
        """Tell the office; the audit entry's number if it heard, and the receipt's line about the session."""
        wipe = tuple(WipeStepReport(what=line.what, outcome=line.outcome) for line in lines)
        started = time.perf_counter()
        try:
            entry = self._identity.leave(cause, wipe, self._outbox.mark)
        except Exception as error:  # noqa: BLE001 (all is wiped; what is left is the receipt)
            self.keep(EntryKind.END)
            _note(error)
            return None, WipeLine("session", "ended", "office_away")
        return entry, WipeLine("session", "revoked", ms=(time.perf_counter() - started) * 1000)


def _note(error: Exception) -> None:
    """Write down by its name what nobody expected; the lock or the end goes on."""
    if not isinstance(error, TiraiError):
        logging.getLogger("tirai.session").warning("a last word was not told: %s", type(error).__name__)
