"""Words of the workstations' workspace: states, orders, reasons, and why something was refused."""

from app.domain.errors import TiraiError
from app.domain.posture.words import State
from app.session.workstations import (
    Ordered,
    OrderState,
    WaitingWorkstation,
    WipeOrder,
    WipeReason,
    Workstation,
    WorkstationListing,
    WorkstationState,
)
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.saying import joined, said
from app.ui.words import day_and_time, number, one_or_many

SHORT_DIGEST = 12
SHOWN_WAITING = 5
CHOSEN = (WipeReason.LOST, WipeReason.STOLEN, WipeReason.LEAVER, WipeReason.SUSPICION, WipeReason.DRILL)
"""Reasons that somebody may choose, in the order of the list."""


@said
def state_name(workstation: Workstation) -> str:
    """How a workstation stands: revoked, seen twice, or how its newest order does, or how many are there."""
    if workstation.state is WorkstationState.REVOKED:
        return _tr("Revoked")
    if workstation.twice_at is not None:
        return _tr("Seen twice")
    if workstation.orders and workstation.orders[0].state is not OrderState.CONFIRMED:
        return order_state(workstation.orders[0])
    if not workstation.sessions:
        return _tr("Nobody there")
    many, one = _tr("{n} sessions"), _tr("{n} session")
    return one_or_many(len(workstation.sessions), one, many).format(n=len(workstation.sessions))


def state_sign(workstation: Workstation) -> tuple[str, str]:
    """Icon and colour role beside the state: colour is never the only sign."""
    if workstation.state is WorkstationState.REVOKED:
        return "ban", "danger"
    if workstation.twice_at is not None:
        return "copy", "danger"
    if workstation.orders and workstation.orders[0].state is not OrderState.CONFIRMED:
        return order_sign(workstation.orders[0])
    return ("circle-check", "ok") if workstation.sessions else ("circle", "ink3")


def order_state(order: WipeOrder) -> str:
    """How an order stands."""
    names = {
        OrderState.ORDERED: _tr("Wipe ordered"),
        OrderState.CONFIRMED: _tr("Wipe confirmed"),
        OrderState.UNCONFIRMED: _tr("Wipe unconfirmed"),
    }
    return names[order.state]


def order_sign(order: WipeOrder) -> tuple[str, str]:
    """Icon and colour role of an order."""
    signs = {
        OrderState.ORDERED: ("timer", "info"),
        OrderState.CONFIRMED: ("circle-check", "ok"),
        OrderState.UNCONFIRMED: ("triangle-alert", "warn"),
    }
    return signs[order.state]


def order_sentence(order: WipeOrder) -> str:
    """What came of an order."""
    if order.confirmed_at is not None:
        words = _tr("Confirmed at {t}: files {files}, keyring entries {entries}.")
        return words.format(t=day_and_time(order.confirmed_at), files=order.files, entries=order.entries)
    came = _tr("Receipts: {n} of {all}.").format(n=order.confirmed, all=order.sessions)
    if order.state is OrderState.ORDERED:
        return joined(" ", came, _tr("It is on its way."))
    return joined(" ", came, _tr("Without a signed receipt nobody can say that it is gone."))


def wipe_reason(reason: str) -> str:
    """Why a workstation is wiped."""
    names: dict[str, str] = {
        WipeReason.LOST: _tr("Lost"),
        WipeReason.STOLEN: _tr("Possibly stolen"),
        WipeReason.LEAVER: _tr("Somebody leaves"),
        WipeReason.SUSPICION: _tr("Suspicion"),
        WipeReason.DRILL: _tr("Drill"),
        WipeReason.REVOKED: _tr("Revoked"),
    }
    return names.get(reason, reason)


def check_words(workstation: Workstation) -> str:
    """What its last self-check came to."""
    if workstation.checked_at is None:
        return _tr("Never told")
    at = day_and_time(workstation.checked_at)
    if not workstation.check_failed:
        return _tr("All as it should be, {t}").format(t=at)
    return _tr("{parts} not as it should be, {t}").format(parts=", ".join(workstation.check_failed), t=at)


@said
def protection_words(workstation: Workstation) -> str:
    """How its own system protects it, by the worst that was told; what nobody can tell is never said to be good."""
    states = [part.state for part in workstation.posture]
    missing, not_known = states.count(State.MISSING), states.count(State.UNKNOWN)
    if not states:
        return _tr("Never told")
    if missing:
        return _tr("{n} missing").format(n=number(missing))
    return _tr("{n} unknown").format(n=number(not_known)) if not_known else _tr("As it should be")


def yes_no(is_so: bool) -> str:
    """A cell that says one of two things."""
    return _tr("Yes") if is_so else _tr("No")


def known_words(workstation: Workstation) -> str:
    """Since when the office knows it."""
    if workstation.enrolled_at is None:
        return _tr("No")
    if not workstation.enrolled_as:
        return _tr("Since {t}; the office stands on it").format(t=day_and_time(workstation.enrolled_at))
    return _tr("Since {t}, as {name}").format(t=day_and_time(workstation.enrolled_at), name=workstation.enrolled_as)


def proved_words(workstation: Workstation) -> str:
    """When it last proved its key; whoever has not would be left outside."""
    return day_and_time(workstation.proved_at) if workstation.proved_at is not None else _tr("Never")


@said
def rollout_words(listing: WorkstationListing) -> str:
    """How many would be left outside, or are, and which codes wait."""
    unknown = sum(1 for one in listing.workstations if one.enrolled_at is None and one.state is WorkstationState.KNOWN)
    outside = (
        _tr("Only known workstations sign in. Not known here: {n}.")
        if listing.only_known
        else _tr("Every workstation may sign in. Not known: {n}.")
    ).format(n=number(unknown))
    waiting = [one for one in listing.waiting if not one.is_over]
    if not waiting:
        return outside
    names = ", ".join(one.name for one in waiting[:SHOWN_WAITING])
    more = ", …" if len(waiting) > SHOWN_WAITING else ""
    codes = one_or_many(
        len(waiting), _tr("{n} code waits to be used: {names}"), _tr("{n} codes wait to be used: {names}")
    )
    return joined(" ", outside, codes.format(n=number(len(waiting)), names=names + more))


def invitation_state(one: WaitingWorkstation) -> str:
    """How a code stands that nobody has used."""
    return _tr("Out of time") if one.is_over else _tr("Waits")


def invitation_sign(one: WaitingWorkstation) -> tuple[str, str]:
    """Icon and colour role of its state."""
    return ("circle-x", "warn") if one.is_over else ("timer", "info")


def invitation_words(one: WaitingWorkstation) -> str:
    """Until when a code counts, or did, and who made it."""
    words = _tr("Until {t}; by {name}") if not one.is_over else _tr("Ended {t}; by {name}")
    return words.format(t=day_and_time(one.until), name=one.invited_by)


def valid_words(hours: int) -> str:
    """How long a code counts."""
    days = hours // 24
    return one_or_many(days, _tr("{n} day"), _tr("{n} days")).format(n=number(days))


def more_words(many: int) -> str:
    """How many codes are not shown."""
    return _tr("And {n} more; tirai seat list shows all.").format(n=number(many))


def policy_words(workstation: Workstation) -> str:
    """Which policy it obeys."""
    words = _tr("Version {n}") if not workstation.is_policy_old else _tr("Version {n}, not the one in force")
    return words.format(n=workstation.policy)


def machine_words(workstation: Workstation) -> str:
    """What the administrator of that machine has settled, by its digest: machines that say the same show the same."""
    if not workstation.machine:
        return _tr("Nothing set")
    return workstation.machine[:SHORT_DIGEST]


def ordered_words(ordered: Ordered) -> str:
    """What was ordered."""
    many = _tr("Ordered for {n} workstations. Sessions there have ended; receipts follow.")
    one = _tr("Ordered. Sessions there have ended; the receipt follows.")
    return one_or_many(len(ordered.orders), one, many).format(n=len(ordered.orders))


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "wipe_now": _tr("Ordering…"),
        "wipe_many_now": _tr("Ordering…"),
        "invite_now": _tr("Making the code…"),
        "revoke_now": _tr("Revoking…"),
        "allow": _tr("Allowing…"),
    }
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this workspace, else the general one."""
    sentences = {
        "role": _tr("Your role may not do this."),
        "no_seat": _tr("There is no such workstation any more."),
        "nothing_there": _tr("No session has left anything there. There is nothing to wipe."),
        "own_seat": _tr("You sit at this workstation; revoke it from another one."),
        "is_revoked": _tr("This workstation is revoked already."),
        "seat_name": _tr("A name has 1 to 32 letters, digits, dots, dashes and underscores."),
        "own_office": _tr("This office stands on its workstation and knows it; codes are for those of a gateway."),
        "too_many_codes": _tr("Too many codes wait to be used; let some of them end first."),
        "no_invitation": _tr("This code was used or taken back already."),
        "not_revoked": _tr("This workstation is not revoked."),
    }
    if isinstance(error, TiraiError) and error.code in sentences:
        return sentences[error.code]
    return fault_of(error).sentence
