"""`tirai account list`, `role`, `queues`, `code`, `close`, `end-sessions`, `reset`: other people's accounts.

These are an administrator's. `waiting`, `confirm` and `withdraw` are for whoever takes part in what needs two people.
The sign-in of a command is its fresh code. An activation code is printed once and kept nowhere.
"""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person

if TYPE_CHECKING:
    from app.domain.role import Role
    from app.session.command import CommandSession
    from app.session.proposals import Waiting

Name = Annotated[str, typer.Argument(help="Account name.")]
_REASONS = "lost_password, lost_authenticator, stolen, open_again, after_recovery or code_lost"


def register(account_app: typer.Typer) -> None:
    """Put the commands beside the other ones about accounts."""
    for name, command in (
        ("list", list_accounts),
        ("role", role),
        ("queues", queues),
        ("code", code),
        ("close", close),
        ("end-sessions", end_sessions),
        ("reset", reset),
        ("waiting", waiting),
        ("confirm", confirm),
        ("withdraw", withdraw),
    ):
        account_app.command(name)(command)


def list_accounts(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Every account: role, queues, state, classes, sessions, waits; and which class keys are due for a new version."""
    from app.terminal.account_lines import listing_json, listing_lines

    with person(home, account, secrets_stdin) as session:
        listing = session.accounts.listing()
    typer.echo(json.dumps(listing_json(listing), ensure_ascii=False) if as_json else "\n".join(listing_lines(listing)))


def role(
    name: Name,
    new_role: Annotated[str, typer.Argument(metavar="ROLE", help="The new role.")],
    queue: Annotated[list[str] | None, typer.Option("--queue", help="Other queues, too; may be given again.")] = None,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Give somebody another role. Their sessions end; class keys that the role lacks go."""
    wanted = _role(new_role)
    with person(home, account, secrets_stdin) as session:
        session.accounts.change(name, role=wanted, queues=tuple(queue) if queue else None)
        due = session.accounts.rotation_due
    typer.echo(f"{name} is {wanted.value} from now on. Running sessions of {name} have ended.")
    typer.echo("Class keys that the role has and that are missing: a holder hands them on, with: tirai account grant")
    _say_due([c.value for c in due])


def queues(
    name: Name,
    queue: Annotated[list[str], typer.Argument(metavar="QUEUE...", help="All queues of the account; * means every.")],
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Say in which queues somebody works. Their sessions end."""
    with person(home, account, secrets_stdin) as session:
        session.accounts.change(name, queues=tuple(queue))
    typer.echo(f"{name} works in: {', '.join(queue)}. Running sessions of {name} have ended.")


def code(name: Name, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Give a new activation code to somebody who has not come yet; the old one is dead."""
    with person(home, account, secrets_stdin) as session:
        activation = session.accounts.new_code(name).reveal()
    typer.echo("The old code is dead. Give this one to the person; it works once, for 24 hours:")
    typer.echo(f"\n  {activation}\n")
    typer.echo(f"They use it with: tirai account activate {name}")


def close(name: Name, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Close an account: its sessions end at once, its class keys and factors go. Opening it again takes two people."""
    with person(home, account, secrets_stdin) as session:
        session.accounts.close(name)
        due = session.accounts.rotation_due
    typer.echo(f"The account {name} is closed: sessions have ended, class keys and factors are gone.")
    _say_due([c.value for c in due])


def end_sessions(
    name: Annotated[str | None, typer.Argument(help="Account name.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody's but your own.")] = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """End the running sessions of one account, or with --all of everybody else."""
    if (name is None) != everybody:
        raise typer.BadParameter("Name an account, or say --all.")
    with person(home, account, secrets_stdin) as session:
        ended = session.accounts.end_sessions(name)
    whose = f"of {name}" if name else "of everybody else"
    typer.echo(f"Sessions {whose} that were ended: {ended}. Their consoles notice within a minute and wipe.")


def reset(
    name: Name,
    reason: Annotated[str, typer.Option("--reason", help=f"{_REASONS}.")],
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Propose a reset, or to open a closed account again; it takes a second person."""
    from app.domain.errors import InputRefusedError
    from app.session.accounts import ResetReason

    if reason not in set(ResetReason):
        raise InputRefusedError(f"Choose a reason: {_REASONS}.")
    with person(home, account, secrets_stdin) as session:
        proposed = session.accounts.propose_reset(name, ResetReason(reason))
    typer.echo("A supervisor or another administrator has to confirm this within 24 hours:")
    typer.echo(f"\n  tirai account confirm {name}\n")
    typer.echo("Keep this activation code for the person. It works once, for 24 hours from the confirmation on:")
    typer.echo(f"\n  {proposed.code.reveal()}\n")
    typer.echo("Until then everything is as it was.")
    if proposed.last_holder_of:
        classes = ", ".join(c.value for c in proposed.last_holder_of)
        typer.echo(f"Nobody else holds {classes}: after a reset only the recovery kit opens them.")


def waiting(home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """What waits for a second person."""
    from app.terminal.account_lines import waiting_lines

    with person(home, account, secrets_stdin) as session:
        found = session.accounts.proposals.waiting()
    typer.echo("\n\n".join("\n".join(waiting_lines(w)) for w in found) or "Nothing waits for a second person.")


def confirm(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Confirm a reset as the second person: make sure who the person is first."""
    from app.terminal.account_lines import waiting_lines

    with person(home, account, secrets_stdin) as session:
        found = _waiting_for(session, name)
        typer.echo("\n".join(waiting_lines(found)))
        if not (yes or secrets_stdin):
            _ask_to_confirm(name)
        session.accounts.proposals.confirm(found.id)
    typer.echo(f"\nThe account {name} is reset. The activation code that {found.proposed_by} keeps works from now on,")
    typer.echo(f"for 24 hours. The person uses it with: tirai account activate {name}")


def withdraw(name: Name, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Withdraw your own proposal of a reset, or refuse somebody else's."""
    with person(home, account, secrets_stdin) as session:
        found = _waiting_for(session, name)
        session.accounts.proposals.drop(found.id)
    done = "withdrawn" if found.is_own else f"refused; {found.proposed_by} proposed it"
    typer.echo(f"The reset of {name} is {done}. Its activation code is dead.")


def _waiting_for(session: "CommandSession", name: str) -> "Waiting":
    from app.domain.errors import InputRefusedError

    for found in session.accounts.proposals.waiting():
        if found.account == name.strip().lower():
            return found
    raise InputRefusedError(f"No reset of {name} waits for a second person.", code="over")


def _ask_to_confirm(name: str) -> None:
    from app.domain.errors import InputRefusedError
    from app.terminal.asking import ask

    if ask(f"Type the account name to confirm, anything else to stop ({name})") != name:
        raise InputRefusedError("Stopped; nothing was changed.")


def _role(word: str) -> "Role":
    from app.domain.errors import InputRefusedError
    from app.session.accounts import INVITABLE

    known = {r.value: r for r in INVITABLE}
    if word not in known:
        raise InputRefusedError(f"Choose a role: {', '.join(known)}.")
    return known[word]


def _say_due(classes: list[str]) -> None:
    if classes:
        typer.echo(f"Due for a new class key, since somebody has lost them: {', '.join(classes)}.")
        typer.echo("A supervisor who holds the class proposes it with: tirai keys rotate")
