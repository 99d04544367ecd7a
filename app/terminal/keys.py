"""`tirai keys`: how class keys stand, their next versions, and the work of moving data keys to them.

A supervisor who holds a class proposes its next key, an administrator confirms it, and then holders run `reseal` until
nothing is left: one seals data keys anew, another checks. What is done is kept after each chunk.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.plain import plain

if TYPE_CHECKING:
    from app.domain.data_class import DataClass
    from app.session.rotation import KeyState, Progress

keys_app = typer.Typer(no_args_is_help=True, help="Class keys: state, next version, moving data keys to it.")

_CLASSES = "contact, identity, financial, special or note"
ClassName = Annotated[str, typer.Argument(help=f"The class: {_CLASSES}.")]


@keys_app.command("status")
def status(as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """How far each class key's rotation has come."""
    with person(home, account, secrets_stdin) as session:
        states = session.rotation.states()
    typer.echo(json.dumps([state_json(s) for s in states]) if as_json else "\n".join(state_lines(states)))


@keys_app.command("rotate")
def rotate(data_class: ClassName, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Propose a class's next key, as a supervisor who holds the class; an administrator confirms it."""
    name = _class_of(data_class)
    with person(home, account, secrets_stdin) as session:
        proposed = session.rotation.propose(name)
    typer.echo(f"The next key of {name.value}, version {proposed.version}, waits for an administrator for 24 hours:")
    typer.echo(f"\n  tirai keys confirm {name.value}\n")
    people = "the one person who holds" if proposed.people == 1 else f"the {proposed.people} people who hold"
    typer.echo(f"It is sealed to {people} the class, and to the recovery kit. If somebody comes to the class")
    typer.echo("or leaves it before then, it has to be proposed again.")


@keys_app.command("confirm")
def confirm(data_class: ClassName, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Confirm a class's next key, as an administrator."""
    name = _class_of(data_class)
    with person(home, account, secrets_stdin) as session:
        confirmed = session.rotation.confirm(name)
    typer.echo(f"{name.value} has key version {confirmed.version}, proposed by {confirmed.proposed_by}.")
    typer.echo("What is written from now on is sealed to it. Holders move older data keys with: tirai keys reseal")


@keys_app.command("reseal")
def reseal(as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Seal data keys anew to the newest class keys, and check others' work, as a supervisor or privacy officer."""
    stopped = False
    with person(home, account, secrets_stdin) as session, _progress() as show:
        done = None
        try:
            for done in session.rotation.work():
                show(done)
        except KeyboardInterrupt:
            stopped = True
        states = session.rotation.states()
    if as_json:
        typer.echo(
            json.dumps({"stopped": stopped, "done": done_json(done), "classes": [state_json(s) for s in states]})
        )
    else:
        typer.echo("\n".join(done_lines(done, states, stopped=stopped)))
    raise SystemExit(130 if stopped else 0)


@keys_app.command("mend")
def mend(
    name: Annotated[str, typer.Argument(help="Account that cannot open its class keys, or recovery.")],
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Seal class keys anew to somebody who holds them and cannot open theirs, as somebody who holds them too."""
    with person(home, account, secrets_stdin) as session:
        classes = session.rotation.mend(name)
    typer.echo(f"Sealed to {name} again: {', '.join(c.value for c in classes)}.")


def _class_of(name: str) -> "DataClass":
    from app.domain.data_class import SEALED_CLASSES, DataClass
    from app.domain.errors import InputRefusedError

    if name not in set(SEALED_CLASSES):
        raise InputRefusedError(f"Choose a class: {_CLASSES}.")
    return DataClass(name)


@contextmanager
def _progress() -> Iterator[Callable[["Progress"], None]]:
    """A line on the terminal that counts; the work itself waits for nobody to read it."""
    shown = False

    def show(done: "Progress") -> None:
        nonlocal shown
        if sys.stderr.isatty():
            shown = True
            sys.stderr.write(
                f"\r{done.resealed:,} sealed anew, {done.checked:,} checked, {done.left:,} left; Ctrl-C stops, "
                "what is done is kept "
            )
            sys.stderr.flush()

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write("\n")


def state_json(state: "KeyState") -> dict[str, Any]:
    """One class key for programs."""
    return {
        "class": state.data_class.value,
        "version": state.version,
        "in_use": list(state.in_use),
        "current": state.current,
        "waiting": state.waiting,
        "unchecked": state.unchecked,
        "stuck": state.stuck,
        "due": state.is_due,
        "proposed_by": state.proposed_by or None,
    }


def done_json(done: "Progress | None") -> dict[str, int]:
    """One run for programs."""
    names = ("resealed", "checked", "bad", "stuck")
    return {name: getattr(done, name) if done else 0 for name in names}


def state_lines(states: "tuple[KeyState, ...]") -> list[str]:
    """The class keys as a table, and what is to be done."""
    lines = [f"{'class':<10} {'version':>7} {'in use':>8} {'on newest':>10} {'to seal anew':>13} {'to check':>9}"]
    for s in states:
        used = ",".join(map(str, s.in_use))
        lines.append(
            f"{s.data_class.value:<10} {s.version:>7} {used:>8} {s.current:>10,} {s.waiting:>13,} {s.unchecked:>9,}"
        )
    return lines + _to_do(states)


def _to_do(states: "tuple[KeyState, ...]") -> list[str]:
    lines = [_next_key(s) for s in states if s.is_due or s.proposed_by]
    if any(s.waiting > s.stuck for s in states):
        lines.append("Older data keys wait to be sealed anew; a supervisor or privacy officer runs: tirai keys reseal")
    if any(s.unchecked for s in states):
        lines.append("New boxes wait to be checked; another supervisor or privacy officer runs: tirai keys reseal")
        lines.append("Where there is none who holds the class, the same person signs in again and runs it once more.")
    for s in states:
        if s.is_lacking:
            lines.append(
                f"Your key of {s.data_class.value} does not open. Somebody else who holds it runs: tirai keys mend"
            )
        if s.stuck:
            lines.append(f"{s.stuck:,} data keys of {s.data_class.value} did not open for whoever tried last.")
    return lines


def _next_key(state: "KeyState") -> str:
    name = state.data_class.value
    if state.proposed_by:
        return plain(
            f"The next key of {name}, proposed by {state.proposed_by}, waits for an administrator: "
            f"tirai keys confirm {name}"
        )
    return f"Somebody has lost {name} since its newest key: tirai keys rotate {name}"


def done_lines(done: "Progress | None", states: "tuple[KeyState, ...]", *, stopped: bool) -> list[str]:
    """What a run came to."""
    lines = ["Stopped; what was done is kept. Run it again to go on."] if stopped else []
    if done is None:
        lines.append("There was nothing to do for you.")
    else:
        lines.append(f"{done.resealed:,} data keys sealed anew, {done.checked:,} new boxes of others checked.")
    if done is not None and done.bad:
        lines.append(f"FALSE new boxes: {done.bad:,}. They are dropped, the old ones stay; the log says who made them.")
    return lines + _to_do(states)
