"""Words of the own account's screen."""

from app.domain.errors import TiraiError
from app.session.my_account import OwnSession, OwnSignIn
from app.ui.enrolment.words import why_not
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import day_and_time


def since(at: float) -> str:
    """Since when a factor stands."""
    return _tr("Set on {t}").format(t=day_and_time(at)) if at else ""


def kind_name(kind: str) -> str:
    """What a session is for."""
    names = {
        "console": _tr("Console"),
        "approval": _tr("Approval at the desk"),
        "command": _tr("Command"),
        "replace": _tr("New authenticator, with a recovery code"),
    }
    return names.get(kind, kind)


def sign_in_words(sign_in: OwnSignIn) -> str:
    """What became of a try."""
    if sign_in.ok:
        return kind_name(sign_in.kind)
    reasons = {
        "used_code": _tr("Refused: the code was used already"),
        "clock_off": _tr("Refused: the clock was off"),
        "codes_refused": _tr("Refused: too many wrong codes before"),
        "rolled_back": _tr("Refused: the log is older than it was"),
    }
    return reasons.get(sign_in.reason, _tr("Refused: password or code did not fit"))


@said
def session_words(session: OwnSession) -> str:
    """What runs, and until when."""
    words = _tr("{kind}, until {t}").format(kind=kind_name(session.kind), t=day_and_time(session.ends_at))
    return words + (", " + _tr("this one") if session.this else "")


def why_refused(error: Exception) -> str:
    """Why a change of a factor was refused."""
    sentences = {
        "wrong": _tr("Password or code is not right. Nothing was changed."),
        "changed_late": _tr(
            "Your new password counts from now on. The office's disk is full, so your other sessions were not ended: "
            "sign out everywhere, and call IT (A1)."
        ),
        "change_over": _tr("This took longer than five minutes. Begin again."),
        "recovery_code_form": _tr("This is not a recovery code. Copy all four groups from your page."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or why_not(error)
