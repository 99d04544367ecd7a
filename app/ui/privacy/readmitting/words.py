"""Words of letting somebody come back."""

from app.domain.erasure.readmission import MOST_A_DAY, BackBecause, NamedBy
from app.domain.errors import TiraiError
from app.session.privacy.readmitting import ShownReadmission
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.privacy.keeping.words import state_name
from app.ui.saying import said
from app.ui.words import day_and_time, number


def named_by_name(by: NamedBy) -> str:
    """By what a person is named."""
    names = {
        NamedBy.NUMBER: _tr("Customer number"),
        NamedBy.NIK: _tr("NIK"),
        NamedBy.NPWP: _tr("NPWP"),
        NamedBy.PASSPORT: _tr("Passport number"),
    }
    return names[by]


def reason_name(reason: BackBecause) -> str:
    """Why they may come back."""
    names = {
        BackBecause.CONTRACT: _tr("They are a customer again (art. 20 (2) b)"),
        BackBecause.CONSENT: _tr("They have agreed anew (art. 20 (2) a)"),
        BackBecause.LEGAL_DUTY: _tr("A law demands it (art. 20 (2) c)"),
        BackBecause.SOMEBODY_ELSE: _tr("Somebody else has this number now"),
    }
    return names[reason]


@said
def progress(one: ShownReadmission) -> str:
    """What becomes of it, in a sentence."""
    if one.may_decide and one.is_own:
        text = _tr("Somebody else names the same person until {t}. Whom it is about is kept nowhere.")
        return text.format(t=day_and_time(one.until))
    if one.may_decide:
        text = _tr("Proposed by {name}. Name the same person until {t}, by a value from their papers.")
        return text.format(name=one.proposed_by, t=day_and_time(one.until))
    if not one.decided_by:
        return state_name(one.state)
    return _tr("{state}: {name}, {t}.").format(
        state=state_name(one.state), name=one.decided_by, t=day_and_time(one.decided_at)
    )


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {"propose_readmission": _tr("Proposing…"), "approve_readmission": _tr("Approving…")}
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this page, else the general one."""
    sentences = {
        "role": _tr("Supervisors and privacy officers do this; one of the two people is a privacy officer."),
        "own": _tr("You did the first part; somebody else does this."),
        "over": _tr("This was decided, taken back, or is over."),
        "value": _tr("That is no value of its kind. Look at the person’s papers again."),
        "not_kept_out": _tr("Nothing keeps anybody of this value out. They can be taken in as they are."),
        "other_person": _tr("This is not the person who was proposed."),
        "quota": _tr("One person names {n} people a day at most. Somebody else may go on.").format(
            n=number(MOST_A_DAY)
        ),
        "reference": _tr("Name the contract, the request or the case: letters, digits and . / _ - alone."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
