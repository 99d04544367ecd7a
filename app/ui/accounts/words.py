"""Words of the accounts' workspace: states, reasons, and why something was refused."""

from app.domain.errors import TiraiError
from app.session.accounts import Account, AccountState, ResetReason
from app.session.proposals import Waiting, WhyNot
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.words import class_name, day_and_time


def state_name(account: Account) -> str:
    """The state of an account as its row says it."""
    if account.reset is not None:
        return _tr("Reset waits")
    if account.is_throttled:
        return _tr("Must wait")
    if account.state is AccountState.INVITED:
        return _tr("Invited") if account.code_until else _tr("Code is over")
    if account.is_shut_out:
        return _tr("Shut out")
    names = {
        AccountState.ACTIVE: _tr("Active"),
        AccountState.RESET: _tr("Reset"),
        AccountState.CLOSED: _tr("Closed"),
    }
    return names[account.state]


def state_sign(account: Account) -> tuple[str, str]:
    """Icon and colour role beside the state: colour is never the only sign."""
    if account.reset is not None:
        return "users", "warn"
    if account.is_throttled:
        return "timer", "warn"
    if account.state is AccountState.INVITED:
        return ("mail", "info") if account.code_until else ("triangle-alert", "warn")
    if account.is_shut_out:
        return "ban", "warn"
    signs = {
        AccountState.ACTIVE: ("circle-check", "ok"),
        AccountState.RESET: ("rotate-ccw", "info"),
        AccountState.CLOSED: ("ban", "ink3"),
    }
    return signs[account.state]


def state_sentence(account: Account) -> str:
    """What the state means and what comes next."""
    if account.state is AccountState.CLOSED:
        return _tr("Closed: sessions, classes and keys are gone. Opening it again takes a second person.")
    if account.is_shut_out:
        return _tr(
            "The office was opened with the recovery kit, without this account. A reset lets the person in again."
        )
    if account.state is AccountState.ACTIVE:
        return ""
    if account.code_until is None and account.state is AccountState.RESET:
        return _tr("Its activation code is over. A new one takes a second person again.")
    if account.code_until is None:
        return _tr("Its activation code is over. Make a new one.")
    return _tr("Waits for the person. The activation code is good until {t}.").format(t=when(account.code_until))


def when(at: float) -> str:
    """A day and a time, or a dash."""
    return day_and_time(at) if at else "–"


def reset_reason(reason: str) -> str:
    """Why an account is reset."""
    names: dict[str, str] = {
        ResetReason.LOST_PASSWORD: _tr("The password is forgotten"),
        ResetReason.LOST_AUTHENTICATOR: _tr("The authenticator is lost"),
        ResetReason.STOLEN: _tr("Possibly stolen"),
        ResetReason.OPEN_AGAIN: _tr("The closed account is opened again"),
        ResetReason.AFTER_RECOVERY: _tr("Opened with the recovery kit"),
        ResetReason.CODE_LOST: _tr("Activation code lost or over"),
    }
    return names.get(reason, reason)


def waiting_title(waiting: Waiting) -> str:
    """What waits for a second person."""
    if waiting.data_class is not None:
        return _tr("New key for {class_name}").format(class_name=class_name(waiting.data_class))
    if waiting.was_closed:
        return _tr("Open {name} again").format(name=waiting.account)
    return _tr("Reset {name}").format(name=waiting.account)


def why_not_confirm(why: WhyNot) -> str:
    """Why this person may not confirm."""
    sentences = {
        WhyNot.OWN: _tr("You asked for this; somebody else confirms it."),
        WhyNot.ONESELF: _tr("This is your own account; two others decide."),
        WhyNot.ROLE: _tr("Your role does not confirm this."),
    }
    return sentences[why]


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "new_code": _tr("Making a code…"),
        "end_sessions": _tr("Ending…"),
        "confirm_end_all": _tr("Ending…"),
        "release": _tr("Letting them try…"),
        "close_account": _tr("Closing…"),
        "propose_reset": _tr("Asking…"),
        "confirm_proposal": _tr("Confirming…"),
        "make_keys": _tr("Making keys…"),
        "send_form": _tr("Sending…"),
    }
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this workspace, else the general one."""
    sentences = {
        "oneself": _tr("Your own account is changed by somebody else."),
        "last_administrator": _tr("This is the last administrator. Make another one first."),
        "last_holder": _tr("Nobody else holds one of its classes. Hand it to somebody first."),
        "not_active": _tr("This account is not in use now."),
        "unchanged": _tr("Nothing was changed."),
        "closed": _tr("This account is closed already."),
        "not_yet": _tr("This person has not come yet; make a new activation code instead."),
        "waits": _tr("A reset waits already. Confirm it or take it back."),
        "nobody_else": _tr("There is no second person who could confirm this. Make another administrator first."),
        "over": _tr("This was decided, taken back, or is over."),
        "own": _tr("You asked for this; somebody else confirms it."),
        "role": _tr("Your role may not do this."),
        "account_name": _tr("An account name has 2 to 32 letters a-z, digits, dots or dashes; a letter comes first."),
        "queue_name": _tr("A queue name has 2 to 32 letters a-z, digits, dots or dashes; a letter comes first."),
        "no_queue": _tr("An agent works in at least one queue."),
        "person_name": _tr("Give the person’s name, up to 80 characters."),
        "in_use": _tr("The person has come already. Reset the account instead; that takes a second person."),
        "no_account": _tr("There is no such account any more."),
        "book_moved": _tr("Somebody else changed accounts just now. Try again."),
        "holders_changed": _tr("Others hold this class now than when its key was made. Refuse it, and make another."),
        "no_class_key": _tr("You do not hold this class, so you cannot make its next key."),
        "name_taken": _tr("There is an account of this name already. Choose another name."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
