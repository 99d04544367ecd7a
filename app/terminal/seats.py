"""`tirai seat`: workstations as administrators see them; wiping, revoking and allowing one.

An order is confirmed by receipts that the workstation signed, and by nothing else: `list` says which are missing.
"""

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.self_check import CheckState
from app.terminal import seat_codes
from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.plain import plain, plain_lines

if TYPE_CHECKING:
    from app.session.command import CommandSession
    from app.session.workstations import Ordered, WipeOrder, WipeReason, Workstation, WorkstationListing

seat_app = typer.Typer(no_args_is_help=True, help="Workstations: who is there, wiping, revoking.")

seat_codes.register(seat_app)

_REASONS = "lost, stolen, leaver, suspicion or drill"
Named = Annotated[str, typer.Argument(help="Its name, or as much of its id as tells it apart.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask again.")]


@seat_app.command("list")
def list_seats(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Every workstation: when it was last seen, its version, policy and self-check, who is there, what was ordered."""
    with person(home, account, secrets_stdin) as session:
        listing = session.workstations.listing()
    typer.echo(json.dumps(listing_json(listing)) if as_json else "\n".join(plain_lines(listing_lines(listing))))


@seat_app.command("wipe")
def wipe_seat(
    name: Annotated[str | None, typer.Argument(help="Its name or id; left out with --queue or --all.")] = None,
    reason: Annotated[str, typer.Option("--reason", help=f"{_REASONS}.")] = "suspicion",
    queue: Annotated[str | None, typer.Option("--queue", help="Those whose sessions may hold this queue.")] = None,
    everywhere: Annotated[bool, typer.Option("--all", help="Every workstation.")] = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Have what sessions left destroyed: at one workstation, at those of a queue, or at all; sessions there end."""
    why = _reason(reason)
    if (name is not None) + (queue is not None) + everywhere != 1:
        raise typer.BadParameter("Name one workstation, or --queue, or --all.")
    with person(home, account, secrets_stdin) as session:
        seat = _found(session, name) if name is not None else None
        _ask(yes or secrets_stdin, seat.name if seat is not None else queue or "all")
        ordered = _ordered(session, seat, queue, why)
    if as_json:
        typer.echo(json.dumps(asdict(ordered)))
        return
    many = "1 workstation" if len(ordered.orders) == 1 else f"{len(ordered.orders)} workstations"
    sessions = "1 session" if ordered.sessions == 1 else f"{ordered.sessions} sessions"
    typer.echo(f"Ordered for {many}, {sessions}. What runs there has ended.")
    typer.echo("It stays unconfirmed until the workstation's signed receipt is here: tirai seat list")


@seat_app.command("revoke")
def revoke_seat(
    name: Named, yes: Yes = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Let nobody sign in from a workstation; what runs there ends and is wiped."""
    with person(home, account, secrets_stdin) as session:
        seat = _found(session, name)
        _ask(yes or secrets_stdin, seat.name)
        session.workstations.revoke(seat.id)
    typer.echo(plain(f"{seat.name} is revoked. Nobody signs in from it until: tirai seat allow {seat.id[:8]}"))


@seat_app.command("allow")
def allow_seat(name: Named, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Let people sign in from a revoked workstation again."""
    with person(home, account, secrets_stdin) as session:
        seat = _found(session, name)
        session.workstations.allow(seat.id)
    typer.echo(plain(f"People may sign in from {seat.name} again."))


def _ordered(session: "CommandSession", seat: "Workstation | None", queue: str | None, why: "WipeReason") -> "Ordered":
    if seat is not None:
        return session.workstations.wipe(seat.id, why)
    return session.workstations.wipe_queue(queue, why) if queue is not None else session.workstations.wipe_all(why)


def _found(session: "CommandSession", name: str) -> "Workstation":
    from app.domain.errors import InputRefusedError

    word = name.strip()
    known = session.workstations.listing().workstations
    fits = [seat for seat in known if seat.name == word] or [
        seat for seat in known if word and seat.id.startswith(word.lower())
    ]
    if not fits:
        raise InputRefusedError("There is no such workstation; see: tirai seat list", code="no_seat")
    if len(fits) > 1:
        ids = ", ".join(seat.id[:8] for seat in fits)
        raise InputRefusedError(f"Several workstations have this name; give an id: {ids}", code="several")
    return fits[0]


def _reason(word: str) -> "WipeReason":
    from app.domain.errors import InputRefusedError
    from app.session.workstations import WipeReason

    known = {reason.value: reason for reason in WipeReason if reason is not WipeReason.REVOKED}
    if word not in known:
        raise InputRefusedError(f"Choose a reason: {_REASONS}.", code="reason")
    return known[word]


def _ask(is_sure: bool, word: str) -> None:
    from app.domain.errors import InputRefusedError
    from app.terminal.asking import ask

    if not is_sure and ask(f"Type the name to go on, anything else to stop ({word})") != word:
        raise InputRefusedError("Stopped; nothing was changed.")


# how it is said


def listing_json(listing: "WorkstationListing") -> list[dict[str, object]]:
    """Every workstation as JSON."""
    return [asdict(seat) for seat in listing.workstations]


def listing_lines(listing: "WorkstationListing") -> list[str]:
    """Every workstation in lines."""
    lines = [line for seat in listing.workstations for line in (*seat_lines(seat), "")]
    waiting = [
        f"{one.name}: code of {one.invited_by}, {'OVER since' if one.is_over else 'good until'} {_time(one.until)}"
        for one in listing.waiting
    ]
    if waiting:
        lines += ["Waiting to be enrolled:", *(f"  {line}" for line in waiting), ""]
    if listing.only_known:
        lines += ["Only known workstations sign in (policy).", ""]
    return lines[:-1] or ["Nobody has signed in from a workstation yet."]


def seat_lines(seat: "Workstation") -> list[str]:
    """One workstation in lines."""
    here = ", this one" if seat.is_here else ""
    revoked = f", REVOKED by {seat.changed_by}" if seat.state.value == "revoked" else ""
    old = " (not the one in force)" if seat.is_policy_old else ""
    lines = [
        f"{seat.name} ({seat.id[:8]}{here}){revoked}",
        f"  last seen {_time(seat.last_seen)}, Tirai {seat.version or 'unknown'}, policy {seat.policy}{old}",
        f"  machine policy: {f'{seat.machine[:12]}, from {seat.machine_from}' if seat.machine else 'none'}",
        f"  self-check: {_check(seat)}",
        f"  protection: {_protection(seat)}",
        f"  {_known(seat)}",
    ]
    if seat.twice_at is not None:
        lines.append(
            f"  SEEN TWICE, last {_time(seat.twice_at)}: two computers have its key; revoke it, enrol each anew"
        )
    for one in seat.sessions:
        locked = ", locked" if one.is_locked else ""
        lines.append(f"  {one.account}: {one.kind} since {_time(one.started_at)}{locked}")
    return [*lines, *map(_order_line, seat.orders)]


def _known(seat: "Workstation") -> str:
    """Whether the office knows it, by whose code, and when it last proved its key."""
    if seat.enrolled_at is None:
        return "NOT KNOWN to the office: tirai seat invite NAME, and at the workstation: tirai seat enrol"
    by = f" as {seat.enrolled_as}, invited by {seat.invited_by}" if seat.enrolled_as else ", the office stands on it"
    proved = f"proved its key {_time(seat.proved_at)}" if seat.proved_at is not None else "has not proved its key"
    return f"known since {_time(seat.enrolled_at)}{by}; {proved}"


def _check(seat: "Workstation") -> str:
    if seat.checked_at is None:
        return "never told"
    found = f"not as Tirai needs it: {', '.join(seat.check_failed)}" if seat.check_failed else "all as it should be"
    unknown = [part.name for part in seat.check_parts if part.state is CheckState.UNKNOWN]
    found += f", unknown: {', '.join(unknown)}" if unknown else ""
    return f"{found}, {_time(seat.checked_at)}"


def _protection(seat: "Workstation") -> str:
    """How its own system protects it; what is not known is said as that."""
    if not seat.posture:
        return "never told"
    parts = ", ".join(f"{one.part.value.replace('_', ' ')} {one.state.value}" for one in seat.posture)
    shut = "; values stay shut there" if any(one.shuts for one in seat.posture) else ""
    return f"{parts}, {_time(max(one.at for one in seat.posture))}{shut}"


def _order_line(order: "WipeOrder") -> str:
    came = f"{order.confirmed} of {order.sessions} receipts"
    if order.confirmed_at is not None:
        gone = f"files {order.files}, keyring entries {order.entries}"
        return f"  wipe {order.id[:8]}, {_time(order.at)} by {order.by} ({order.reason}): confirmed, {gone}"
    return (
        f"  wipe {order.id[:8]}, {_time(order.at)} by {order.by} ({order.reason}): {order.state.value.upper()}, {came}"
    )


def _time(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
