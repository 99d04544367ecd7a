"""The desk approval: a supervisor decides on requests in a short-lived process without a cache."""

import contextlib

from app.api.messages.door import SignedIn
from app.domain.errors import TiraiError
from app.domain.inventory_reader import load_inventory
from app.session.deciding import Deciding
from app.session.identity import Identity
from app.session.people import person_of
from app.session.privacy.incidents import Incidents
from app.session.shown import Person


class Approval(Deciding):
    """A supervisor's signed-in approval."""

    def __init__(self, identity: Identity, answer: SignedIn, language: str = "en") -> None:
        """Approve as this identity."""
        super().__init__(identity, load_inventory(answer.inventory), language)
        self.person: Person = person_of(identity, answer)

    @property
    def incidents(self) -> Incidents:
        """Reporting a suspicion, from this window, too."""
        return Incidents(self._identity)

    def step_up(self, code: str) -> None:
        """Give a fresh code.

        Raises:
            SignInAnswerError: it is wrong or used.
        """
        self._identity.client.step_up(code)

    def end(self) -> None:
        """End the approval's session; an office that is away ends it by the lease."""
        with contextlib.suppress(TiraiError):
            self._identity.leave("signed_out")
