"""Backups, as the administrator's command asks for them: the office makes them, here one waits and is told."""

import time
from collections.abc import Callable

from app.api.client import backups as calls
from app.api.messages.backups import BackupBegin, BackupKeysFile, BackupState, DestroyPeriod, PeriodState
from app.auth.period_end import PeriodEnd
from app.domain.errors import InputRefusedError, TiraiError, VerificationError, WorkstationError
from app.session.identity import Identity

_LOOK_EVERY_S = 0.2
_KINDS: dict[str, type[TiraiError]] = {
    "backup_place": InputRefusedError,
    "backup_keys": VerificationError,
    "backup_keys_other": InputRefusedError,
}


def back_up(identity: Identity, folder: str, keys: str, tell: Callable[[int, int], None]) -> BackupState:
    """Have a backup made, and wait until it lies in its place.

    Args:
        identity: a signed-in administrator.
        folder: where it goes, absolute.
        keys: file for the copy of the period keys, absolute, apart from `folder`.
        tell: called with bytes done and bytes in all (0 while the copy is made).

    Raises:
        NotAllowedError: the role makes no backups, or the step-up is over.
        TiraiError: it failed; nothing stays of it.
    """
    client, renewed = identity.client, time.monotonic()
    state = calls.begin(client, BackupBegin(folder=folder, keys=keys))
    while state.state == "running":
        time.sleep(_LOOK_EVERY_S)
        if time.monotonic() - renewed > identity.policy.beat_s:
            identity.renew()
            renewed = time.monotonic()
        state = calls.state(client)
        tell(state.done, state.total)
    if state.state != "done":
        raise _KINDS.get(state.code, WorkstationError)(state.message, code=state.code)
    return state


def backup_periods(identity: Identity, keys: str) -> tuple[PeriodState, ...]:
    """The period keys that there are."""
    return calls.periods(identity.client, BackupKeysFile(keys=keys)).periods


def ordered_end(first: Identity, second: Identity, period: str, now: Callable[[], float] = time.time) -> PeriodEnd:
    """An order to destroy a period's key, signed by two people who are signed in here.

    Args:
        first: an administrator.
        second: a supervisor or a privacy officer.
        period: the period's name.
        now: this machine's time, s since 1970.
    """
    order = PeriodEnd(period, int(now() * 1000), first.account, second.account)
    return order.signed(first.office, first.keys.seed, second.keys.seed)


def destroy_period(identity: Identity, order: PeriodEnd, keys: str) -> str:
    """Destroy a period's key; the backups made under it never open again. The certificate."""
    return calls.destroy(identity.client, DestroyPeriod(order=order.text(), keys=keys)).certificate
