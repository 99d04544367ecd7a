"""The team's story at two consoles: Ratna asks for a card number, Hendra approves it at a desk of his own.

Between the two a gateway is killed: the request was told to one that is gone, and is decided and opened at the other.
"""

from collections.abc import Generator

from app.ui.approvals.screen import ApprovalsScreen
from app.ui.console.field_row import Offer
from tests.demo.driver import NotSeenError, Pause, Until, click, scroll_to, seen
from tests.demo.office import HENDRA, RATNA
from tests.demo.story import CARD, WHY, Acting, ConsoleStory, Steps

STEPS = (
    *("set_up", "import", "move_in", "gateways"),
    *("sign_in", "search", "masked", "supervisor", "ask", "kill", "approve", "open", "reveal", "note"),
    *("end", "supervisor_end", "audit"),
)
PATIENCE_S = 120


class TeamConsoleStory(ConsoleStory):
    """A console of a team: looks from outside are of its own desk."""

    def _ask_outside(self, name: str) -> Generator[Until | Pause, None, tuple[int, int]]:
        account = self._person.account
        asked = f"{account}-{name}"
        self._spool.say("ask", name=asked, account=account)
        yield Until("the look from outside", lambda: self._spool.answered(asked))
        answer = self._spool.answered(asked) or {}
        return answer["entries"], answer["files"]

    def _word(self, kind: str, patience_s: float = PATIENCE_S) -> Until:
        return Until(f"the word {kind}", lambda: self._spool.all(kind), patience_s)


class AgentStory(TeamConsoleStory):
    """What Ratna does."""

    def _steps(self) -> Steps:
        return (
            ("sign_in", self._sign_in),
            ("search", self._search),
            ("masked", self._masked),
            ("ask", self._ask_from_afar),
            ("open", self._open_what_was_approved),
            ("reveal", self._reveal),
            ("note", self._note),
        )

    def _ask_from_afar(self) -> Acting:
        verified = yield from self._verify()
        yield self._word("supervisor_is_here")
        _row, asked = yield from self._ask("send_request")
        return [*verified, *asked]

    def _open_what_was_approved(self) -> Acting:
        self._spool.say("asked")
        row = self._row(CARD)
        yield Until("the approval in the row", lambda: row.offer is Offer.OPEN, PATIENCE_S)
        scroll_to(row.button)
        lit = yield from self._open_unlocked(row)
        return lit


class SupervisorStory(TeamConsoleStory):
    """What Hendra does at his own desk."""

    _person, _began, _end = HENDRA, "supervisor_began", "supervisor_end"

    def _steps(self) -> Steps:
        return (("supervisor", self._sit_down), ("approve", self._approve))

    def _sit_down(self) -> Acting:
        form = yield from self._come_in("supervisor-form")
        outside = yield from self._session_seen_outside()
        yield Pause(0.2)
        self._picture("supervisor")
        self._spool.say("supervisor_is_here")
        return [*form, *seen(self._console.bar), *seen(self._console.status), outside]

    def _approve(self) -> Acting:
        yield self._word("killed")
        console = self._console
        notice = console.request_waits
        yield Until("a quiet notice", notice.isVisible, PATIENCE_S)
        noticed = notice.label.text()
        click(notice.action)
        approvals = console.findChild(ApprovalsScreen)
        if approvals is None:
            raise NotSeenError("there is no page for approvals")
        detail = approvals.detail
        yield Until("the request", lambda: detail.request is not None and detail.decision.isVisible(), PATIENCE_S)
        if detail.request is None or detail.request.words != WHY:
            raise NotSeenError("the request is not the one that Ratna wrote")
        yield Pause(0.2)
        self._picture("approve")
        shown = seen(detail)
        click(detail.decision.approve)
        yield Until("that it is open", lambda: bool(approvals.open.newest()), PATIENCE_S)
        return [noticed, *shown]


STORIES = {RATNA.account: AgentStory, HENDRA.account: SupervisorStory}
