"""`tirai update`: look, bring, install; each in a process that holds no key, opens no office and draws no window."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.terminal.commands import Json

if TYPE_CHECKING:
    from app.updating.settings import UpdatePlaces, UpdateSettings
    from app.updating.steps import Outcome

update_app = typer.Typer(no_args_is_help=True, help="Updates, where the organisation does not bring them itself.")
Carried = Annotated[
    Path | None, typer.Option("--from", help="A repository that was carried here, with metadata and targets in it.")
]


@update_app.command("check")
def check(as_json: Json = False) -> None:
    """Whether a newer version is there for this machine. Exit code 0 either way; --json says which."""
    from app.updating.steps import look

    with _places_to_look() as places:
        _step(look, places, as_json)


@update_app.command("fetch")
def fetch(as_json: Json = False) -> None:
    """Bring the newest version for this machine, verified; as the account tirai-update, which may do nothing else."""
    from app.updating.settings import UpdatePlaces
    from app.updating.steps import bring

    _step(bring, UpdatePlaces(), as_json)


@update_app.command("install")
def install(carried: Carried = None, as_json: Json = False) -> None:
    """Verify again what was brought, and hand it to the package manager; as root, and without the network."""
    from app.updating.settings import UpdatePlaces
    from app.updating.steps import hand_over

    def by_root(*words: Any) -> "Outcome":
        _must_be_root()
        return hand_over(*words, carried=carried)

    _step(by_root, UpdatePlaces(), as_json, is_carried=carried is not None)


def _step(step: Callable[..., "Outcome"], places: "UpdatePlaces", as_json: bool, *, is_carried: bool = False) -> None:
    """Take one step and tell what came of it; where updates are managed there is none, and nothing is read for it."""
    from app.updating.settings import Updates, root_of_trust
    from app.updating.steps import Here, Outcome, State

    settings = update_settings()
    if settings.updates is Updates.MANAGED and not is_carried:
        _tell(Outcome(State.MANAGED), as_json)
        return
    _tell(step(settings, places, root_of_trust(), Here.of_this_machine()), as_json)


def update_settings() -> "UpdateSettings":
    """What the machine policy says of updates.

    Raises:
        MachinePolicyError: it cannot be used.
    """
    from app.storage.machine_policy.reading import read_machine_policy
    from app.updating.settings import Updates, UpdateSettings

    policy = read_machine_policy()
    updates = Updates(policy.text("updates") or Updates.MANAGED)
    return UpdateSettings(updates, policy.text("updates_from"), policy.text("updates_proxy"))


def _must_be_root() -> None:
    from app.domain.errors import NotAllowedError

    if sys.platform != "win32" and os.geteuid() != 0:
        raise NotAllowedError("Packages are installed by root: sudo tirai update install.", code="root")


@contextlib.contextmanager
def _places_to_look() -> Iterator["UpdatePlaces"]:
    """Folders for a look by anybody: the machine's own where one may write there, else a folder that goes again."""
    from app.updating.settings import UpdatePlaces

    usual = UpdatePlaces()
    if os.access(usual.incoming, os.W_OK):
        yield usual
        return
    with tempfile.TemporaryDirectory(prefix="tirai-update-") as folder:
        yield UpdatePlaces(Path(folder))


_SENTENCES = {
    "managed": "Updates are managed by your organisation. Nobody was asked.",
    "nothing": "Nothing was brought yet: tirai update fetch.",
    "newest": "This is the newest version for this machine: {here}.",
    "there": "Version {version} is there ({size} MB). This is {here}.",
    "brought": "Version {version} was brought and verified. It is installed by: tirai update install.",
    "installed": "Version {version} was installed in the place of {here}.",
}


def _tell(outcome: "Outcome", as_json: bool) -> None:
    from app import __version__

    release = outcome.release
    if as_json:
        told: dict[str, object] = {"ok": True, "state": outcome.state.value, "installed": __version__}
        if release is not None:
            told |= {"version": release.version, "package": release.name, "bytes": release.length}
        typer.echo(json.dumps(told))
        return
    words = {"here": __version__}
    if release is not None:
        words |= {"version": release.version, "size": f"{release.length / 1e6:.1f}"}
    typer.echo(_SENTENCES[outcome.state.value].format(**words))
