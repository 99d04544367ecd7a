"""Who takes part in entries of two people, at the office: roles, and which of the two. The book judges again.

A reset is proposed by an administrator; a class key by the supervisor whose console made it, never by an
administrator, who would know it. Nobody confirms an own proposal or a reset of oneself.
"""

from app.api.messages.proposals import Propose
from app.auth.book import Kind, Proposal, State
from app.auth.book_entry import class_parts, well_formed
from app.auth.book_rules import RESETTING
from app.backoffice.office import OpenOffice
from app.backoffice.rotation import check_class_key
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role


def takes_part(session: Session) -> None:
    """Demand a role that takes part in entries of two.

    Raises:
        NotAllowedError: it is another one.
    """
    if session.role.value not in RESETTING:
        raise NotAllowedError("Only administrators and supervisors take part in this.", code="role")


def may_propose(office: OpenOffice, session: Session, proposal: Proposal) -> None:
    """Demand the role that proposes this.

    Raises:
        NotAllowedError: it is another one.
    """
    if proposal.kind is Kind.CLASS:
        if session.role is not Role.SUPERVISOR:
            raise NotAllowedError("A supervisor who holds the class proposes its next key.", code="role")
    elif not office.policy.may_invite(session.role):
        raise NotAllowedError("Only an administrator proposes a reset.", code="role")


def may_confirm(session: Session, proposal: Proposal, proposed_by: str) -> None:
    """Demand somebody who may be the second person.

    Raises:
        NotAllowedError: code `role`, `own` or `oneself`.
    """
    takes_part(session)
    if proposal.kind is Kind.CLASS and session.role is not Role.ADMINISTRATOR:
        raise NotAllowedError("An administrator confirms a class key.", code="role")
    if proposed_by == session.name:
        raise NotAllowedError("Somebody else has to confirm what you proposed.", code="own")
    if proposal.kind is Kind.ACCOUNT and proposal.name == session.name:
        raise NotAllowedError("Nobody confirms a reset of their own account.", code="oneself")


def must_fit(office: OpenOffice, session: Session, proposal: Proposal, request: Propose) -> None:
    """Refuse at once what the book would refuse at the confirmation.

    Raises:
        NotAllowedError: a class key of a class that is not held.
        InputRefusedError: no such class or account, oneself, or parts that do not belong together.
        VerificationError: a class key that is not the next, or was sealed to others than hold the class.
    """
    if not well_formed(office.book.draft_of(proposal)):
        raise InputRefusedError("No entry of the book says this.", code="entry")
    if proposal.kind is Kind.CLASS:
        if request.slot_key is not None:
            raise InputRefusedError("A class key brings no activation code.", code="entry")
        if class_parts(proposal.name)[0] not in office.book.granted(session.name):
            raise NotAllowedError("You do not hold this class.", code="no_class_key")
        check_class_key(office, proposal, request.grants)
        return
    old = office.book.account(proposal.name)
    if old is None or old.role == Role.RECOVERY or proposal.state != State.RESET:
        raise InputRefusedError("There is no such account.", code="no_account")
    if proposal.name == session.name:
        raise InputRefusedError("Another administrator has to propose the reset of your account.", code="oneself")
    if old.state == State.INVITED:
        raise InputRefusedError("Nobody has used this account yet; give a new activation code.", code="not_yet")
    if (old.role, old.queues) != (proposal.role, proposal.queues) or request.slot_key is None or request.grants:
        raise InputRefusedError("A reset keeps role and queues, and brings an activation code.", code="entry")
