"""Words of requests: kinds, channels, clocks, states, reasons, and why something was refused."""

from app.domain.errors import TiraiError
from app.domain.subject_requests.clock import Standing, Timing
from app.domain.subject_requests.words import (
    Channel,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
    SentBy,
)
from app.session.privacy.shown_requests import ShownRequest
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import hours_minutes


def kind_name(kind: RequestKind) -> str:
    """What somebody asks for."""
    names = {
        RequestKind.ACCESS: _tr("Access and a copy"),
        RequestKind.CORRECTION: _tr("Correction"),
        RequestKind.RESTRICTION: _tr("Restriction"),
        RequestKind.OBJECTION: _tr("Objection"),
        RequestKind.WITHDRAWAL: _tr("Withdrawal of consent"),
        RequestKind.PORTABILITY: _tr("Data for another organisation"),
        RequestKind.ERASURE: _tr("Erasure"),
    }
    return names[kind]


def channel_name(channel: Channel) -> str:
    """How it came."""
    names = {
        Channel.PHONE: _tr("By phone"),
        Channel.EMAIL: _tr("By e-mail"),
        Channel.LETTER: _tr("By letter"),
        Channel.IN_PERSON: _tr("In person"),
        Channel.WEB: _tr("By the web page"),
    }
    return names[channel]


def identity_name(identity: IdentityCheck) -> str:
    """How it was found that a request is the subject's own."""
    names = {
        IdentityCheck.CALLER: _tr("Checked in the call"),
        IdentityCheck.DOCUMENT: _tr("By a document"),
        IdentityCheck.KNOWN_ADDRESS: _tr("Confirmed at an address that we have"),
        IdentityCheck.REPRESENTATIVE: _tr("A representative with proof"),
    }
    return names[identity]


def sent_name(way: SentBy) -> str:
    """By which way a letter went out."""
    names = {
        SentBy.POST: _tr("By post"),
        SentBy.EMAIL: _tr("By e-mail"),
        SentBy.HANDED_OVER: _tr("Handed over"),
        SentBy.READ_ALOUD: _tr("Read aloud and handed over"),
    }
    return names[way]


@said
def days_ago_words(days: int) -> str:
    """A day that is over, or this one."""
    names = (_tr("Today"), _tr("Yesterday"))
    return names[days] if days < len(names) else _tr("{n} days ago").format(n=days)


def refusal_name(reason: RefusalReason) -> str:
    """Why the law lets it be refused."""
    names = {
        RefusalReason.DEFENCE: _tr("National defence and security (art. 15)"),
        RefusalReason.LAW_ENFORCEMENT: _tr("Law enforcement (art. 15)"),
        RefusalReason.STATE_INTEREST: _tr("Administration of the state (art. 15)"),
        RefusalReason.FINANCIAL_SUPERVISION: _tr("Supervision of the financial system (art. 15)"),
        RefusalReason.STATISTICS: _tr("Statistics and research (art. 15)"),
        RefusalReason.SAFETY: _tr("It would endanger somebody (art. 33)"),
        RefusalReason.OTHER_PERSON: _tr("It would disclose another person’s data (art. 33)"),
        RefusalReason.NATIONAL_SECURITY: _tr("Against national security (art. 33)"),
        RefusalReason.KEPT_BY_LAW: _tr("A law demands to keep it (PP 71/2019)"),
        RefusalReason.NOT_IDENTIFIED: _tr("The person could not be identified"),
    }
    return names[reason]


@said
def row_state(one: ShownRequest) -> str:
    """The same in a row of the register, with whether its letter went out."""
    if one.state is RequestState.OPEN:
        return state_name(one)
    letter = _tr("letter not sent yet") if one.sent_at is None else _tr("letter sent")
    return f"{state_name(one)}, {letter}"


@said
def state_name(one: ShownRequest) -> str:
    """What became of it, or what it waits for."""
    if one.state is RequestState.DONE:
        return _tr("Answered")
    if one.state is RequestState.REFUSED:
        return _tr("Refused")
    if one.state is RequestState.TAKEN_BACK:
        return _tr("Taken back")
    if one.proposal is not Proposal.NONE:
        return _tr("Waits for a second person")
    return _tr("Open") if one.identity is not None else _tr("Identity to check")


@said
def clock_words(standing: Standing) -> str:
    """How it stands with its clock."""
    left = hours_minutes(abs(standing.left_ms) / 1000)
    if standing.timing is Timing.CLOCK_OFF:
        return _tr("The office’s clock is behind: unknown")
    if standing.timing is Timing.ENDED_IN_TIME:
        return _tr("In time")
    if standing.timing is Timing.ENDED_LATE:
        return _tr("Late by {t}").format(t=left)
    if standing.timing is Timing.LATE:
        return _tr("Overdue by {t}").format(t=left)
    return _tr("{t} left").format(t=left)


def clock_sign(standing: Standing) -> tuple[str, str]:
    """Icon and tone of a clock: colour is never the only sign."""
    signs = {
        Timing.RUNNING: ("timer", "info"),
        Timing.SOON: ("triangle-alert", "warn"),
        Timing.LATE: ("circle-alert", "danger"),
        Timing.ENDED_IN_TIME: ("circle-check", "ok"),
        Timing.ENDED_LATE: ("circle-alert", "danger"),
        Timing.CLOCK_OFF: ("circle-question-mark", "warn"),
    }
    return signs[standing.timing]


@said
def term_words(one: ShownRequest) -> str:
    """Whose term it is."""
    if one.term.is_law:
        return _tr("3 × 24 hours (UU PDP art. {n})").format(n=one.term.duty)
    return _tr("3 × 24 hours, our own aim (UU PDP art. {n} sets none)").format(n=one.term.right)


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "approve_request": _tr("Approving…"),
        "deny_request": _tr("Sending it back…"),
        "letter_en": _tr("Making the PDF…"),
        "letter_id": _tr("Making the PDF…"),
        "make_bundle": _tr("Making the copy…"),
    }
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal about requests, else the general one."""
    sentences = {
        "ended": _tr("This request has ended."),
        "identified": _tr("The identity is checked already."),
        "waits": _tr("Something waits for a second person already."),
        "no_reason": _tr("The law does not let a request of this kind be refused for that."),
        "not_identified": _tr("Check the identity first."),
        "nothing_waits": _tr("Nothing waits for a second person any more."),
        "own_proposal": _tr("You proposed this; somebody else decides on it."),
        "no_bundle_yet": _tr("Make the copy of the data first."),
        "no_edit": _tr("Nothing of this customer was changed since. Correct the field on the card first."),
        "not_erased": _tr("Have the customer erased first: that is another page here, and takes two people."),
        "nothing_held": _tr("This request holds nothing any more."),
        "changed": _tr("Somebody else has changed this just now. Look again."),
        "no_request": _tr("There is no such request in your queues."),
        "not_in_queue": _tr("This customer is not in your queues."),
        "purposes": _tr("Choose which purposes it is about."),
        "words": _tr("Write plain text, at most 1,000 characters."),
        "role": _tr("Your role may not do this."),
        "not_searched": _tr("Look the person up in the console first. Your lookup stands in the log."),
        "not_all_queues": _tr("Only who sees every queue can say that nothing is held about somebody."),
        "no_words": _tr("Write down who asks, and where the letter goes."),
        "kind": _tr("Somebody who is no customer cannot ask for that."),
        "identity_way": _tr("Nothing is known of this person. Have a document shown."),
        "attached": _tr("This request belongs to a customer already."),
        "not_attached": _tr("Nobody has attached this request to a customer."),
        "not_ended": _tr("End the request first."),
        "no_letter": _tr("Make the letter first."),
        "too_early": _tr("The request had not ended on that day. Choose a later one."),
        "reference": _tr("A reference has letters, digits and . / _ - alone: no name and no address."),
        "no_customer": _tr("No customer of your queues has this number."),
        "ordered": _tr("An order to erase that customer answers this request. Take the order back first."),
        "no_grant": _tr("The permission to make the copy is over. Propose it again."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
