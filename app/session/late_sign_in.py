"""Signing in, before its use case exists: made by whoever needs it first, which is never the GUI thread.

What it imports (HTTP, messages, keys, the cache) costs several times what a window costs, so a window stands and takes
keys first. Invariant: nothing is asked of office or keyring before all of `after` has happened.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.incidents.words import Suspicion
    from app.session.approval import Approval
    from app.session.desk import Desk
    from app.session.ends import LockedSession
    from app.session.outside import OutsideReports
    from app.session.replacing import Replacing
    from app.session.resume import BackAtDesk, Resume
    from app.session.shown import Office
    from app.session.sign_in import SignIn

PATIENCE_S = 5.0
"""How long a window's first paint is waited for: one that is never shown must not keep its door shut."""


class LateSignIn:
    """The door's use case, with the calls of `SignIn` that a window makes; from any thread but the GUI's."""

    def __init__(
        self, make: Callable[[], "SignIn"], *, painted: threading.Event, swept: threading.Event | None = None
    ) -> None:
        """Wait before making it.

        Args:
            make: imports and makes the use case; called once.
            painted: the window has been painted; until then every import would delay it.
            swept: what dead sessions left is gone; None where no session's folder will be opened.
        """
        self._make, self._painted, self._swept = make, painted, swept
        self._made: SignIn | None = None
        self._making = threading.Lock()

    def prepare(self) -> "SignIn":
        """Make it now, if nobody has; returns it."""
        self._painted.wait(PATIENCE_S)
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def office(self) -> "Office":
        """See `SignIn.office`."""
        return self._ready().office()

    def sign_in(self, account: str, password: str, code: str) -> "Desk":
        """See `SignIn.sign_in`."""
        return self._ready().sign_in(account, password, code)

    def sign_in_to_approve(self, account: str, password: str, code: str) -> "Approval":
        """See `SignIn.sign_in_to_approve`."""
        return self._ready().sign_in_to_approve(account, password, code)

    def sign_in_to_replace(self, account: str, password: str, recovery_code: str) -> "Replacing":
        """See `SignIn.sign_in_to_replace`."""
        return self._ready().sign_in_to_replace(account, password, recovery_code)

    def _ready(self) -> "SignIn":
        made = self.prepare()
        if self._swept is not None:
            self._swept.wait()
        return made


class LateResume:
    """The lock screen's use case, made the same way.

    Attributes:
        lock: what is locked.
    """

    def __init__(self, lock: "LockedSession", make: Callable[[], "Resume"], *, painted: threading.Event) -> None:
        """See `LateSignIn`."""
        self.lock = lock
        self._make, self._painted = make, painted
        self._made: Resume | None = None
        self._making = threading.Lock()

    def prepare(self) -> "Resume":
        """Make it now, if nobody has; returns it."""
        self._painted.wait(PATIENCE_S)
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def resume(self, password: str) -> "BackAtDesk":
        """See `Resume.resume`."""
        return self.prepare().resume(password)

    def ask(self) -> None:
        """See `Resume.ask`."""
        self.prepare().ask()


class LateReports:
    """What reports suspicions while nobody is signed in, made the same way; no office is asked, so no sweep matters."""

    def __init__(self, make: Callable[[], "OutsideReports"], *, painted: threading.Event) -> None:
        """See `LateSignIn`."""
        self._make, self._painted = make, painted
        self._made: OutsideReports | None = None
        self._making = threading.Lock()

    def prepare(self) -> "OutsideReports":
        """Make it now, if nobody has; returns it."""
        self._painted.wait(PATIENCE_S)
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def check(self) -> None:
        """See `OutsideReports.check`."""
        self.prepare().check()

    def report(self, id_: str, suspicion: "Suspicion", words: str) -> None:
        """See `OutsideReports.report`."""
        self.prepare().report(id_, suspicion, words)
