"""The three steps of an update: look, bring, hand over. Each is a process of its own, without keys, cache or office.

Bringing talks to the network as an account that may write to one folder. Handing over talks to no network as root, and
believes nothing of what the other brought: it goes through all signatures again, with what *it* saw last.
"""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tuf.ngclient import FetcherInterface

from app import __version__
from app.domain.errors import WorkstationError
from app.updating.fetching import METADATA, TARGETS, FolderFetcher, WebFetcher
from app.updating.machine import command_for, kind_here, machine_id
from app.updating.release import Release, newest_for
from app.updating.repository import Repository
from app.updating.settings import UpdatePlaces, Updates, UpdateSettings, must_be_ours

_CARRIED = "https://carried.invalid"
"""The address of a folder: nobody asks it (RFC 6761, section 6.4)."""


class State(StrEnum):
    """What came of a step."""

    MANAGED = "managed"
    NOTHING = "nothing"
    """Nothing was brought yet."""
    NEWEST = "newest"
    THERE = "there"
    BROUGHT = "brought"
    INSTALLED = "installed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step's end.

    Attributes:
        state: what came of it.
        release: the one it is about, if any.
    """

    state: State
    release: Release | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """This machine, as far as an update is concerned.

    Attributes:
        installed: version that runs.
        kind: of packages.
        machine: its own steady word.
    """

    installed: str
    kind: str
    machine: str

    @classmethod
    def of_this_machine(cls) -> "Here":
        """Ask the system.

        Raises:
            WorkstationError: updates are not made for it.
        """
        return cls(__version__, kind_here(), machine_id())


def look(settings: UpdateSettings, places: UpdatePlaces, root: bytes, here: Here) -> Outcome:
    """Whether a newer version is there for this machine.

    Raises:
        TiraiError: settings, network or signatures.
    """
    if settings.updates is Updates.MANAGED:
        return Outcome(State.MANAGED)
    _repository, release = _newest(*_from_network(settings, places), root, here)
    return Outcome(State.NEWEST) if release is None else Outcome(State.THERE, release)


def bring(settings: UpdateSettings, places: UpdatePlaces, root: bytes, here: Here) -> Outcome:
    """Bring the newest version for this machine into `incoming`, verified.

    Raises:
        TiraiError: settings, network, signatures or room.
    """
    if settings.updates is Updates.MANAGED:
        return Outcome(State.MANAGED)
    repository, release = _newest(*_from_network(settings, places), root, here)
    if release is None:
        return Outcome(State.NEWEST)
    if not repository.is_whole(release, places.incoming / TARGETS):
        repository.bring(release, places.seen / "packages")
    _forget_others(places, release)
    return Outcome(State.BROUGHT, release)


def hand_over(
    settings: UpdateSettings,
    places: UpdatePlaces,
    root: bytes,
    here: Here,
    *,
    carried: Path | None = None,
    run: Callable[[Sequence[str]], int] = subprocess.call,
) -> Outcome:
    """Verify what lies in `incoming`, or in a folder that was carried here, and give it to the package manager.

    Args:
        settings: who updates.
        places: folders.
        root: the first root of trust.
        here: this machine.
        carried: a repository on a medium, for machines without a network.
        run: runs the package manager and gives its exit code.

    Raises:
        TiraiError: settings, signatures, room, or the package manager failed.
    """
    if settings.updates is not Updates.INSTALL and carried is None:
        return Outcome(State.MANAGED)
    must_be_ours(places.state)
    for folder in (places.trusted, places.verified):
        must_be_ours(folder)
    source = carried or places.incoming
    if carried is None and not (source / METADATA).is_dir():
        return Outcome(State.NOTHING)
    fetcher = FolderFetcher(source)
    repository, release = _newest(places.trusted, _CARRIED, fetcher, root, here)
    if release is None:
        return Outcome(State.NEWEST)
    package = repository.bring(release, places.verified)
    try:
        code = run(command_for(release, package))
    finally:
        package.unlink(missing_ok=True)
    if code != 0:
        what = f"The package manager ended with {code} at version {release.version}"
        raise WorkstationError(f"{what}. Its own words stand above; what was installed before stays.", code="U10")
    return Outcome(State.INSTALLED, release)


def _from_network(settings: UpdateSettings, places: UpdatePlaces) -> tuple[Path, str, FetcherInterface]:
    settings.must_be_whole()
    return places.seen, settings.address, WebFetcher(places.incoming, proxy=settings.proxy)


def _newest(
    trusted: Path, address: str, fetcher: FetcherInterface, root: bytes, here: Here
) -> tuple[Repository, Release | None]:
    repository = Repository(trusted, root, address, fetcher)
    return repository, newest_for(repository.releases(), kind=here.kind, installed=here.installed, machine=here.machine)


def _forget_others(places: UpdatePlaces, release: Release) -> None:
    """Older packages make no room scarce; the copy for the one that installs is enough."""
    shutil.rmtree(places.seen / "packages", ignore_errors=True)
    for package in (places.incoming / TARGETS).glob("*"):
        if not package.name.endswith(f".{release.name}"):
            package.unlink(missing_ok=True)
