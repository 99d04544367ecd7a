"""Accounts and what waits for a second person, as a terminal shows them and as JSON."""

import time
from typing import Any

from app.session.accounts import Account, Listing
from app.session.proposals import Waiting, WhyNot
from app.terminal.plain import plain_lines

_REASONS = {
    "lost_password": "the password is lost",
    "lost_authenticator": "the authenticator is lost",
    "stolen": "something was stolen",
    "open_again": "the account is to be opened again",
    "after_recovery": "the office was opened with the recovery kit",
    "code_lost": "the activation code is lost or over",
    "rotation": "the class is due for a new key",
}
_WHY_NOT = {
    WhyNot.OWN: "You proposed this; somebody else has to confirm it.",
    WhyNot.ONESELF: "This is your own account; somebody else has to confirm it.",
    WhyNot.ROLE: "Your role does not confirm this.",
}


def listing_json(listing: Listing) -> dict[str, Any]:
    """The table for programs; times are seconds since 1970."""
    return {
        "accounts": [_account_json(account) for account in listing.accounts],
        "rotation_due": [c.value for c in listing.rotation_due],
    }


def _account_json(account: Account) -> dict[str, Any]:
    return {
        "account": account.account,
        "name": account.display_name,
        "role": account.role.value,
        "queues": list(account.queues),
        "state": account.state.value,
        "classes": [c.value for c in account.held],
        "missing": [c.value for c in account.missing],
        "held_alone": [c.value for c in account.held_alone],
        "last_sign_in": account.last_sign_in,
        "sessions": [{"kind": s.kind, "seat": s.seat, "started": s.started_at} for s in account.sessions],
        "failed": account.failed,
        "wait_s": account.wait_s,
        "codes_wait_s": account.codes_wait_s,
        "until_released": account.until_released,
        "code_until": account.code_until,
        "shut_out": account.is_shut_out,
        "reset_proposed_by": account.reset.proposed_by if account.reset else None,
    }


def listing_lines(listing: Listing) -> list[str]:
    """The table for people, a line each, with what is out of the ordinary under it."""
    lines = [f"{'account':<20} {'role':<16} {'state':<8} {'last sign-in':<17} queues"]
    for account in listing.accounts:
        last = _when(account.last_sign_in) if account.last_sign_in else "never"
        queues = ", ".join(account.queues)
        state = "shut out" if account.is_shut_out else account.state.value
        lines.append(f"{account.account:<20} {account.role.value:<16} {state:<8} {last:<17} {queues}")
        lines += [f"    {note}" for note in _notes(account)]
    if listing.rotation_due:
        classes = ", ".join(c.value for c in listing.rotation_due)
        lines += ["", f"Due for a new class key, since somebody has lost them: {classes}."]
    return plain_lines(lines)


def _notes(account: Account) -> list[str]:
    notes = [f"{account.display_name}"]
    if account.held:
        notes.append(f"holds {_classes(account.held)}")
    if account.missing:
        notes.append(f"waits for {_classes(account.missing)}")
    if account.held_alone:
        notes.append(f"nobody else holds {_classes(account.held_alone)}")
    if account.sessions:
        notes.append("signed in: " + ", ".join(f"{s.kind} at {s.seat}" for s in account.sessions))
    if account.is_throttled:
        notes.append(f"{account.failed} failed tries; waits until released or in time: tirai account release")
    if account.is_shut_out and not account.reset:
        notes.append("the office was opened with the kit, without this account; let it in: tirai account reset")
    if account.code_until:
        notes.append(f"activation code opens until {_when(account.code_until)}")
    if account.reset:
        notes.append(f"a reset waits for a second person; {account.reset.proposed_by} proposed it")
    return notes


def waiting_lines(waiting: Waiting) -> list[str]:
    """What waits, so that a second person knows what they sign."""
    why = _REASONS.get(waiting.reason, waiting.reason)
    by = f"{waiting.proposed_by} ({waiting.proposed_by_name})"
    lines = [
        _title(waiting),
        f"  Proposed by {by} at {_when(waiting.proposed_at)}: {why}. Waits until {_when(waiting.until)}.",
    ]
    if waiting.loses:
        lines.append(f"  It takes these classes away, for a holder to hand on anew: {_classes(waiting.loses)}.")
    if waiting.last_holder_of:
        lines.append(f"  Nobody else holds {_classes(waiting.last_holder_of)}: only the recovery kit opens them then.")
    if waiting.why_not:
        lines.append(f"  {_WHY_NOT[waiting.why_not]}")
    return plain_lines(lines)


def _title(waiting: Waiting) -> str:
    if waiting.data_class is not None:
        return f"Key {waiting.version} of the class {waiting.data_class.value}"
    role = waiting.role.value if waiting.role else ""
    what = "Opening again" if waiting.was_closed else "Reset"
    return f"{what} of {waiting.account} ({waiting.display_name}, {role}, {', '.join(waiting.queues)})"


def _classes(classes: tuple[Any, ...]) -> str:
    return ", ".join(c.value for c in classes)


def _when(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
