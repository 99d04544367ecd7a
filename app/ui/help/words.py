"""The words of the help: who may, what to do, what a field is kept for, what happens at the end."""

from collections.abc import Sequence

from app.domain.data_class import DataClass
from app.domain.field import LegalBasis
from app.domain.role import Role
from app.session.shown_why import ShownWhy
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.shortcuts import cap_for
from app.ui.words import hours_minutes, in_a_sentence, listed, role_name


@said
def _roles(roles: Sequence[Role]) -> str:
    """`Supervisor, Privacy officer`, as a list in a sentence."""
    names = [role_name(role) if at == 0 else in_a_sentence(role_name(role)) for at, role in enumerate(roles)]
    return listed(*names)


@said
def class_words(why: ShownWhy) -> str:
    """What its class is, in a sentence."""
    words = {
        DataClass.CONTACT: _tr("Contact data: how the customer is reached."),
        DataClass.IDENTITY: _tr("Identity data: it proves who somebody is, and opens accounts elsewhere."),
        DataClass.FINANCIAL: _tr("Financial data: money can be taken with it."),
        DataClass.SPECIAL: _tr("Specific data under UU PDP: health and the like, which harms most when it leaks."),
        DataClass.NOTE: _tr("Words about the customer: they may hold anything."),
    }
    absent = _tr("Only the mask is on this workstation; the value comes from the back office when it is opened.")
    return " ".join(part for part in (words.get(why.data_class, ""), absent) if part)


@said
def who_words(why: ShownWhy) -> str:
    """Who opens it, who asks, who decides."""
    parts = []
    if why.opens:
        parts.append(_tr("{roles}: open it, with a reason.").format(roles=_roles(why.opens)))
    if why.asks and why.decides:
        words = _tr("{roles}: ask for it. Who decides: {deciders}.")
        parts.append(words.format(roles=_roles(why.asks), deciders=_roles(why.decides)))
    return "\n".join(parts) or _tr("Nobody opens it in Tirai.")


@said
def what_to_do(why: ShownWhy, reason: str, *, can_verify: bool) -> str:
    """What this person does now."""
    own = {
        "may_reveal": _tr(
            "Press {reveal} and choose a reason. It opens for {n} seconds and is written down with your name."
        ),
        "supervisor_opens": _tr("Press {ask} and say why. Whoever decides opens it for you, once."),
        "privacy_officer_only": _tr("If the customer’s matter needs it, ask a privacy officer."),
        "no_class_key": _tr("Wait until a supervisor has handed you the key of this class; it takes them a minute."),
        "training": _tr("Take the lesson for this class; then it opens. {learn} leads there."),
        "rules": _tr("Read and accept the rules of conduct; then it opens. {learn} leads there."),
        "quota": _tr("Your reveals of this shift are used. Press {ask}, or go on with the mask."),
        "quota_pace": _tr("Wait a little, or press {ask}."),
        "off_hours": _tr("Outside your hours of work: press {ask}."),
    }
    text = own.get(reason, "").format(
        reveal=cap_for("reveal"), ask=cap_for("ask"), learn=cap_for("learn"), n=why.view_s
    )
    parts = []
    if can_verify:
        first = _tr("First let the caller say it: {verify} compares, and nothing is shown. That is usually enough.")
        parts.append(first.format(verify=cap_for("verify")))
    parts += [text] if text else []
    if why.needs_code and reason == "may_reveal":
        parts.append(_tr("It asks for a fresh code from your authenticator."))
    return " ".join(parts)


def basis_words(basis: str) -> str:
    """The ground of the law on which it is held (UU PDP article 20).

    Raises:
        ValueError: no such ground.
    """
    words = {
        LegalBasis.CONSENT: _tr("the customer’s consent"),
        LegalBasis.CONTRACT: _tr("the contract with the customer"),
        LegalBasis.LEGAL_OBLIGATION: _tr("a duty by law"),
        LegalBasis.VITAL_INTEREST: _tr("somebody’s life or health"),
        LegalBasis.PUBLIC_TASK: _tr("a public task"),
        LegalBasis.LEGITIMATE_INTEREST: _tr("a legitimate interest"),
    }
    return words[LegalBasis(basis)]


def kept_words(why: ShownWhy) -> str:
    """On which ground and how long it is kept."""
    starts = {
        "collected": _tr("Ground: {basis}. Kept for {n} months after it was given."),
        "last_contact": _tr("Ground: {basis}. Kept for {n} months after the last contact."),
        "contract_end": _tr("Ground: {basis}. Kept for {n} months after the contract ends."),
    }
    return starts[why.counted_from].format(basis=basis_words(why.basis), n=why.months)


def ends_words(lock_s: int, end_s: int) -> tuple[tuple[str, str, str], ...]:
    """What happens at each end: icon, what, in sentences.

    Args:
        lock_s: unused time until the console locks, in seconds.
        end_s: unused time until the session ends, in seconds.
    """
    return (
        (
            "lock",
            _tr("Lock ({key})").format(key=cap_for("lock")),
            _tr(
                "The screen is covered at once and this program ends, so that nothing stays in memory. Your note, the "
                "open customer and the search come back with your password. It also happens by itself after {t} unused."
            ).format(t=hours_minutes(lock_s)),
        ),
        (
            "log-out",
            _tr("Sign out ({key})").format(key=cap_for("sign_out")),
            _tr(
                "Your note is saved first. Then the session ends at the back office, and a receipt tells what was "
                "wiped here. It also happens by itself after {t} unused."
            ).format(t=hours_minutes(end_s)),
        ),
        (
            "eraser",
            _tr("The wipe"),
            _tr(
                "The key of the local copy leaves the keyring, so the copy cannot be read any more; then the copy, "
                "the clipboard and the memory go. It happens after a crash, too, and when the power fails."
            ),
        ),
    )
