"""Who waits at this workstation after failed tries, and how a supervisor lets them try again."""

from dataclasses import dataclass

from app.api.client import own_account as calls
from app.auth.names import account_name
from app.auth.throttle import UNTIL_RELEASED_S
from app.session.identity import Identity


@dataclass(frozen=True, slots=True)
class ThrottledAccount:
    """An account whose tries wait, or whose codes are not taken.

    Attributes:
        account: account name.
        display_name: the person's name.
        failed: failed tries in a row.
        last_at: when the last one was, seconds since 1970; 0 if it is not known.
        wait_s: seconds until the next try is judged.
        codes_wait_s: seconds until codes are taken again, 0 where they are taken.
        until_released: whether codes are not taken before somebody releases the account, however long it takes.
    """

    account: str
    display_name: str
    failed: int
    last_at: float
    wait_s: int
    codes_wait_s: int
    until_released: bool


def throttled(identity: Identity) -> list[ThrottledAccount]:
    """Everybody who waits here."""
    return [
        ThrottledAccount(
            t.account,
            t.display_name,
            t.failed,
            t.last_ms / 1000,
            t.wait_s,
            t.codes_wait_s,
            t.codes_wait_s >= UNTIL_RELEASED_S,
        )
        for t in calls.throttled(identity.client).accounts
    ]


def release(identity: Identity, account: str) -> None:
    """Let an account try again at once."""
    calls.release_throttle(identity.client, account_name(account))
