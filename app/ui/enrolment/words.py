"""Why an enrolment or a set-up goes no further, in words that say what to do."""

from app.domain.errors import TiraiError
from app.ui.faults import fault_of
from app.ui.language import tr as _tr


def why_not(error: Exception) -> str:
    """The sentence for a refusal."""
    sentence = _by_code(error.code) if isinstance(error, TiraiError) else ""
    return sentence or fault_of(error).sentence


def _by_code(code: str) -> str:
    return _about_passwords(code) or _about_codes(code) or _about_names(code)


def _about_passwords(code: str) -> str:
    match code:
        case "password_short":
            return _tr("Use at least 15 characters; four or five words are easy to remember.")
        case "password_long":
            return _tr("Use at most 256 characters.")
        case "password_easy":
            return _tr("This password repeats itself; choose other words.")
        case "password_common":
            return _tr("This password is on lists that attackers try first; choose other words.")
        case "password_named":
            return _tr("Names of you, the office or the program make up too much of this; choose other words.")
        case _:
            return ""


def _about_codes(code: str) -> str:
    match code:
        case "activation_form":
            return _tr("This is not an activation code. Copy all 13 groups from the paper or message.")
        case "activation":
            return _tr("The activation code does not open this account. Check both, or ask for a new code.")
        case "other_office":
            return _tr("Another office answers here than the one that made this activation code. Call IT (O1).")
        case "enrolment_over":
            return _tr("This set-up took longer than 5 minutes, or too many codes did not fit. Start again.")
        case "clock_off":
            return _tr("The clock here is some minutes off. Codes will not fit until IT sets it.")
        case _:
            return ""


def _about_names(code: str) -> str:
    match code:
        case "account_name":
            return _tr("An account name has 2 to 32 letters a-z, digits, dots or dashes; a letter comes first.")
        case "office_name":
            return _tr("Give the office a name of up to 60 characters.")
        case "person_name":
            return _tr("Give the person’s name, up to 80 characters.")
        case "name_taken":
            return _tr("Two people set an office up; this account name belongs to the first.")
        case "office_exists":
            return _tr("An office was made here meanwhile. Nothing of this set-up is kept; close and open Tirai.")
        case _:
            return ""
