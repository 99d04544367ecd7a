"""`tirai wipe --everything`: before Tirai is removed, or a workstation given away, nothing of a person stays.

Packages do not touch homes and cannot open a keyring (docs/adr/0072): the person whose they are does it by this, or IT
as that person. Invariants: nobody is signed in and no office runs while it happens; the keyring's entries go first, so
that files that could not be removed are of no use; without the keyring nothing is begun.
"""

import typer

from app.bootstrap.program import Program
from app.domain.errors import InputRefusedError, WorkstationError
from app.guardian.office_start import without_office
from app.storage.keyring_store import open_key_store
from app.storage.outside_reports import OutsideFolder
from app.storage.wiping import remove_folder, sweep
from app.terminal.asking import ask

EXIT_INCOMPLETE = 5
WORD = "destroy"


def leave_nothing(program: Program, *, sure: bool) -> int:
    """Destroy sessions, the office or the way to a gateway, and what the keyring holds.

    Args:
        program: whose home.
        sure: do not ask.

    Returns:
        0 when nothing is left, 5 when something could not be removed.

    Raises:
        InputRefusedError: the person did not agree.
        WorkstationError: somebody is signed in, or the keyring is not open.
    """
    places = program.places
    store = open_key_store()
    typer.echo(f"Goes for good: {places.home} with the office, or the way to a gateway, that lies there,")
    typer.echo("and Tirai's entries in your keyring, with which any other office of yours opens, too.")
    if waiting := OutsideFolder(places.home).waiting():
        typer.echo(
            f"Suspicions that were reported here and that no office has yet go, too: {waiting}. A sign-in brings them."
        )
    if not sure and ask(f"An office without a backup is lost. Type {WORD} to go on") != WORD:
        raise InputRefusedError("Nothing was destroyed.")
    failures: list[str] = []
    with without_office(places, lambda: typer.echo("Waiting for the office to end ...")):
        for report in sweep(places, store):
            failures += [step.detail for step in report.steps if step.detail]
        if any(places.cache_root.iterdir()) and not failures:
            raise WorkstationError("Somebody is still signed in. Sign out everywhere, then try again.", code="O3")
        entries = store.forget()
        for folder in (places.home, places.cache_root, places.runtime):
            failures += remove_folder(folder)
    for failure in failures:
        typer.echo(failure, err=True)
    typer.echo(f"{entries} entries of the keyring are gone{'' if failures else ', and nothing is left in your home'}.")
    return EXIT_INCOMPLETE if failures else 0
