"""What may be done about a request as it stands. Pure: the office asks these rules before it writes anything.

Invariants: nothing is answered before the identity is checked, but a refusal for that very reason; no refusal and no
copy of the data without a second person, who is not the one that proposed it; what has ended stays as it ended.
"""

from dataclasses import dataclass

from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.domain.subject_requests.words import (
    BUNDLES,
    IDENTIFIES_OUTSIDERS,
    REFUSALS,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
)

GRANT_MS = 30 * 60 * 1000
"""So long an export grant may be used, by whoever proposed it."""
BUNDLES_IN_A_SHIFT = 20
"""So many copies one person makes in ten hours: a quota of its own."""
BUNDLE_FIELD = "bundle"
"""What a session signs in the place of a field's name when it asks for a copy of everything."""


def may_open(role: Role) -> bool:
    """Whether a role writes requests down: everybody who speaks with customers."""
    return role in {Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER}


def may_work(role: Role) -> bool:
    """Whether a role works the register."""
    return role is Role.PRIVACY_OFFICER


def may_second(role: Role) -> bool:
    """Whether a role is the second person: another privacy officer, or a supervisor."""
    return role in {Role.PRIVACY_OFFICER, Role.SUPERVISOR}


@dataclass(frozen=True, slots=True)
class RequestNow:
    """A request as it stands.

    Attributes:
        kind: of it.
        state: what became of it.
        is_identified: whether the identity is checked.
        proposal: what waits for a second person.
        proposed_by: who proposed it.
        is_bundled: whether the copy of the data was made.
        is_outsiders: whether somebody asked who is no customer.
        is_attached: whether somebody who was none was found to be one since.
        is_written: whether the letter about its end was made.
    """

    kind: RequestKind
    state: RequestState
    is_identified: bool
    proposal: Proposal
    proposed_by: str
    is_bundled: bool
    is_outsiders: bool = False
    is_attached: bool = False
    is_written: bool = False

    def must_be_open(self) -> None:
        """Refuse what has ended (code `ended`)."""
        if self.state is not RequestState.OPEN:
            raise NotAllowedError("This request has ended.", code="ended")

    def judge_identity(self, how: IdentityCheck) -> None:
        """The identity is checked once, in a way that there is.

        Raises:
            NotAllowedError: code `ended`, `identified` or `identity_way`.
        """
        self.must_be_open()
        if self.is_outsiders and how not in IDENTIFIES_OUTSIDERS:
            raise NotAllowedError("Nothing is known of this person. Have a document shown.", code="identity_way")
        if self.is_identified:
            raise NotAllowedError("The identity is checked already.", code="identified")

    def judge_attach(self) -> None:
        """Whether it may be found to be a customer's.

        Raises:
            NotAllowedError: code `ended`, `waits`, or `attached`: it is a customer's already.
        """
        self._must_be_free()
        if not self.is_outsiders:
            raise NotAllowedError("This request belongs to a customer already.", code="attached")

    def judge_detach(self) -> None:
        """Whether that may be undone.

        Raises:
            NotAllowedError: code `ended`, `waits`, or `not_attached`: nobody has attached it.
        """
        self._must_be_free()
        if not self.is_attached:
            raise NotAllowedError("Nobody has attached this request to a customer.", code="not_attached")

    def judge_sent(self) -> None:
        """Whether its letter may have gone out.

        Raises:
            NotAllowedError: code `not_ended`, or `no_letter`: none was made.
        """
        if self.state is RequestState.OPEN:
            raise NotAllowedError("End the request first.", code="not_ended")
        if not self.is_written:
            raise NotAllowedError("Make the letter first.", code="no_letter")

    def judge_refusal(self, reason: RefusalReason) -> None:
        """Whether a refusal may be proposed.

        Raises:
            NotAllowedError: code `ended`, `waits`, `no_reason` or `not_identified`.
        """
        self._must_be_free()
        if reason not in REFUSALS[self.kind]:
            raise NotAllowedError("The law does not let a request of this kind be refused for that.", code="no_reason")
        if (reason is RefusalReason.NOT_IDENTIFIED) == self.is_identified:
            raise NotAllowedError("Check the identity first.", code="not_identified")

    def judge_export(self) -> None:
        """Whether a copy of the data may be proposed.

        Raises:
            NotAllowedError: code `ended`, `waits`, `no_bundle` or `not_identified`.
        """
        self._must_be_free()
        if self.kind not in BUNDLES or self.is_outsiders:
            raise NotAllowedError("A request of this kind is not answered with a copy.", code="no_bundle")
        self._must_be_identified()

    def judge_second(self, account: str) -> None:
        """Whether this person may decide on what waits.

        Raises:
            NotAllowedError: code `ended`, `nothing_waits` or `own_proposal`.
        """
        self.must_be_open()
        if self.proposal is Proposal.NONE:
            raise NotAllowedError("Nothing waits for a second person.", code="nothing_waits")
        if account == self.proposed_by:
            raise NotAllowedError("You proposed this; somebody else decides on it.", code="own_proposal")

    def judge_done(self) -> None:
        """Whether it may be ended as done.

        Raises:
            NotAllowedError: code `ended`, `waits`, `not_identified` or `no_bundle_yet`.
        """
        self._must_be_free()
        self._must_be_identified()
        if self.kind in BUNDLES and not self.is_bundled and not self.is_outsiders:
            raise NotAllowedError("Make the copy of the data first.", code="no_bundle_yet")

    def _must_be_free(self) -> None:
        self.must_be_open()
        if self.proposal is not Proposal.NONE:
            raise NotAllowedError("Something waits for a second person already.", code="waits")

    def _must_be_identified(self) -> None:
        if not self.is_identified:
            raise NotAllowedError("Check the identity first.", code="not_identified")
