"""What guardian and console wipe with, and who is told."""

from typing import TYPE_CHECKING

from app.bootstrap.own_things import log_of
from app.bootstrap.program import Program
from app.bootstrap.way_to_office import connect

if TYPE_CHECKING:
    from app.guardian.destroy import WipeWork
    from app.guardian.wire import SessionBegun
    from app.session.ends import WipeLine
    from app.session.wipe_receipts import WipeWitness


def wipe_work(program: Program) -> "WipeWork":
    """What guardian and console wipe with."""
    from app.guardian.storage_work import storage_work

    return storage_work(
        program.places,
        lambda begun, lines, cause: report_end(program, begun, lines, cause),
        on_swept=lambda session, lines: wipe_witness(program).swept(session, lines),
    )


def report_end(program: Program, begun: "SessionBegun", lines: "tuple[WipeLine, ...]", cause: str) -> int | None:
    """Tell the office that a session is over and wiped; None if it does not answer. Runs in a wipe helper.

    A shut office keeps the word until somebody opens its file, and has no number for it yet.
    """
    from app.storage.text_log import LogLevel

    log_of(program, "wipe").write(LogLevel.INFO, f"a session ended ({cause}) and was wiped")
    return wipe_witness(program).ended(begun.session, begun.end_token, begun.office, lines, cause)


def wipe_witness(program: Program) -> "WipeWitness":
    """What signs receipts of wipes and has the office take them; it opens the keyring without asking anybody."""
    from app.session.wipe_receipts import WipeWitness
    from app.storage.keyring_store import open_key_store

    return WipeWitness(program.places.home, lambda: connect(program), lambda: open_key_store(is_silent=True))
