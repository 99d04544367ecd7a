"""Refusals of a sign-in, a code or a current password, with what may be said."""

from dataclasses import dataclass

from app.auth.throttle import tries_left, wait_after
from app.auth.totp import CodeVerdict, Judgement
from app.domain.errors import NotAllowedError


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody is refused; only what may be said."""

    code: str
    tries_left: int = 0
    wait_s: int = 0
    minutes_off: int = 0


class SignInRefused(NotAllowedError):  # noqa: N818  (a refusal is the expected answer, not a fault)
    """The office refuses a sign-in, a code or a password.

    `reason` is what the log keeps: which factor it was. It is not in the answer.
    """

    def __init__(self, refusal: Refusal, reason: str = "", sentence: str = "") -> None:
        super().__init__(sentence or "Account, password or code is not right.", code=refusal.code)
        self.refusal = refusal
        self.reason = reason or refusal.code


def wrong(failed: int, reason: str = "wrong") -> SignInRefused:
    """Account, password or code: nothing more is said."""
    return SignInRefused(Refusal("wrong", tries_left=tries_left(failed), wait_s=wait_after(failed)), reason)


def code_refusal(judgement: Judgement, failed: int, otherwise: SignInRefused) -> SignInRefused:
    """What is said of a code that is not taken, beside a right password.

    Args:
        judgement: how it was judged.
        failed: failed tries in a row; 0 where they do not count.
        otherwise: what is said of a wrong one.
    """
    left = tries_left(failed) if failed else 0
    match judgement.verdict:
        case CodeVerdict.USED:
            return SignInRefused(Refusal("used_code", wait_s=judgement.wait_s, tries_left=left))
        case CodeVerdict.CLOCK_OFF:
            return SignInRefused(Refusal("clock_off", minutes_off=max(1, round(judgement.off_s / 60)), tries_left=left))
        case _:
            return otherwise
