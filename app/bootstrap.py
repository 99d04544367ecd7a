"""The composition root: the only place that picks concrete classes, and the bodies of Tirai's processes.

Nothing heavy is imported before the process that needs it runs: the guardian stays small, the first window waits for
Qt alone, the office and the keyring come with whoever asks first.
"""

import platform
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.own_program import own_program
from app.resource_files import resource_text
from app.storage.places import Places

if TYPE_CHECKING:
    import socket

    from app.api.client.client import ApiClient
    from app.domain.policy import Policy
    from app.guardian.destroy import WipeWork
    from app.guardian.guardian import StartInfo
    from app.guardian.wire import SessionBegun
    from app.session.enrol import Enrol
    from app.session.shown import WipeLine
    from app.session.sign_in import SignIn
    from app.storage.keyring_store import KeyStore
    from app.ui.language import Language

ONE_USER = "one-user"
_SEAT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Program:
    """One home of Tirai on this workstation.

    Attributes:
        places: its folders.
        theme: light, dark, contrast, or system, for windows.
        language: en or id, where the person named one; otherwise what the home remembers, or the system's.
        on_console: called in a console's process with its window, before the loop runs (the demo's hook).
        on_approval: the same for the desk approval.
    """

    places: Places
    theme: str = "light"
    language: str | None = None
    on_console: Callable[[object], None] | None = None
    on_approval: Callable[[object], None] | None = None

    @classmethod
    def at(cls, home: Path | None, theme: str = "light", language: str | None = None) -> "Program":
        """The program for a home; its folders are made and checked.

        Raises:
            PlaceRefusedError: a folder is not this user's alone.
        """
        return cls(Places.find(home).prepare(), theme, language)


def seat_name() -> str:
    """Name of this workstation on screens and in the log."""
    return (platform.node() or "workstation")[:_SEAT_LENGTH]


def policy() -> "Policy":
    """The policy in force."""
    from app.domain.policy import load_policy

    return load_policy(resource_text("policy", "default.toml"))


def one_store() -> "Callable[[], KeyStore]":
    """A way to the keyring that opens it once per process: every use shares one line to it.

    A keyring that was not open is asked again the next time.
    """
    from app.storage.keyring_store import KeyStore, open_key_store

    opened: list[KeyStore] = []
    lock = threading.Lock()

    def store() -> KeyStore:
        with lock:
            if not opened:
                opened.append(open_key_store())
            return opened[0]

    return store


# the office


def serve_office(program: Program) -> int:
    """The whole life of an embedded office, in its own process.

    Raises:
        WorkstationError: no keyring, no office in this home.
        VerificationError: the front door does not open.
    """
    from app.api.server.serve import FaultLog, serve
    from app.api.server.service import Service
    from app.backoffice.clock import SystemClock
    from app.backoffice.office import BackOffice
    from app.backoffice.openings import put_in_order
    from app.guardian.office_start import SOCKET_NAME
    from app.storage.keyring_store import open_key_store

    places = program.places
    store = open_key_store()
    seat_half = store.seat_half()
    store.close()
    office = BackOffice(places.home, seat_half, seat_name(), policy(), SystemClock(), put_in_order)
    return serve(Service(office, ONE_USER, FaultLog(places.home / "office.log")), places.socket(SOCKET_NAME))


def need_office(program: Program) -> None:
    """Refuse a home without an office before anybody types a secret.

    Raises:
        WorkstationError: there is none, or the keyring is not open.
    """
    from app.backoffice.office import NamePlate
    from app.storage.keyring_store import open_key_store

    NamePlate.read(program.places.home)
    open_key_store().close()


def start_office(program: Program) -> None:
    """Start the home's office if none lives. The caller must have one thread.

    Raises:
        WorkstationError: it does not come up; the message says why.
    """
    from app.guardian.office_start import ensure_office

    ensure_office(program.places, lambda: serve_office(program))


def connect(program: Program) -> "ApiClient":
    """A client for the home's office."""
    from app.api.client.client import ApiClient
    from app.api.client.transport import SocketTransport
    from app.guardian.office_start import SOCKET_NAME

    return ApiClient(SocketTransport(program.places.socket(SOCKET_NAME)))


# people at a terminal


def sign_in_at_terminal(program: Program) -> "SignIn":
    """Sign-in for commands; starts the office first, while this process has one thread."""
    from app.session.sign_in import SignIn

    start_office(program)
    return SignIn(
        program.places, lambda: connect(program), one_store(), policy(), start_office=lambda: None, announce=None
    )


def enrol_at_terminal(program: Program) -> "Enrol":
    """Enrolment with an activation code."""
    from app.session.enrol import Enrol

    start_office(program)
    return Enrol(lambda: connect(program), one_store(), policy())


# windows


def screen_language(program: Program) -> "Language":
    """What the screens of this home speak: as remembered, as named on the command line, or as the system does."""
    from app.storage.screen_settings import remembered_language
    from app.ui.language import language_for

    return language_for(remembered_language(program.places.home) or program.language)


def remember_screen_language(program: Program, language: str) -> None:
    """Keep a choice of language for the next window; one that cannot be kept holds for this window alone."""
    import logging

    from app.storage.screen_settings import remember_language

    try:
        remember_language(program.places.home, language)
    except OSError as e:
        logging.getLogger("tirai.ui").warning("language not remembered: %s", type(e).__name__)


def run_console(program: Program, receipt_fd: int | None = None) -> int:
    """Be the guardian of a console, until its window closes."""
    from app.guardian.guardian import Guardian
    from app.guardian.watch import read_receipt

    if program.language is not None:
        remember_screen_language(program, program.language)
    guardian = Guardian(
        lambda line, start: console_body(program, line, start),
        lambda line, start: approval_body(program, line, start),
        wipe_work(program),
        start_office=lambda: start_office(program),
        first_receipt=read_receipt(receipt_fd) if receipt_fd is not None else None,
    )
    return guardian.run()


def wipe_work(program: Program) -> "WipeWork":
    """What guardian and console wipe with."""
    from app.guardian.storage_work import storage_work

    return storage_work(program.places, lambda begun, lines: report_end(program, begun, lines))


def report_end(program: Program, begun: "SessionBegun", lines: "tuple[WipeLine, ...]") -> int | None:
    """Tell the office that a session is over and wiped; None if it does not answer. Runs in a wipe helper."""
    from app.api.messages.door import EndReport, WipeStepReport
    from app.domain.errors import TiraiError

    wipe = tuple(WipeStepReport(what=line.what, outcome=line.outcome) for line in lines)
    report = EndReport(
        session=bytes.fromhex(begun.session),
        end_token=bytes.fromhex(begun.end_token),
        cause="console_died",
        wipe=wipe,
    )
    client = connect(program)
    try:
        return client.report_end(report)
    except TiraiError:
        return None
    finally:
        client.close()


def own_command(program: Program) -> list[str]:
    """The command line that makes a fresh Tirai of this home."""
    return [
        *own_program(),
        "console",
        "--home",
        str(program.places.home),
        "--theme",
        program.theme,
    ]


def console_body(program: Program, line: "socket.socket", start: "StartInfo") -> int:
    """A console's process, from the fork to its exit code."""
    from app.guardian.receipts import from_json
    from app.guardian.watch import watched
    from app.session.shown import Receipt
    from app.session.sign_in import SignIn
    from app.ui.application import make_application
    from app.ui.language import spoken
    from app.ui.main_window import MainWindow
    from app.ui.tasks import Tasks

    application = make_application(["tirai"], program.theme, language=screen_language(program))
    windows: list[MainWindow] = []
    link = watched(
        line,
        wipe_work(program),
        own_command(program),
    )
    sign_in = SignIn(
        program.places,
        lambda: connect(program),
        one_store(),
        policy(),
        start_office=link.ask_office,
        announce=_Announce(link),
        language=spoken,
    )

    def on_ended(receipt: Receipt) -> None:
        link.send_ended(receipt)
        application.exit(0)

    window = MainWindow(
        sign_in,
        look=application.look,
        tasks=Tasks(),
        on_signed_in=lambda _desk: None,
        on_ended=on_ended,
        on_approval_wanted=link.ask_approval,
        receipt=from_json(start.receipt) if start.receipt else None,
        on_language=lambda language: remember_screen_language(program, language),
    )
    windows.append(window)
    application.faults.reported.connect(window.show_fault)
    window.show()
    if program.on_console is not None:
        program.on_console(window)
    return application.exec()


class _Announce:
    """Tells the guardian of a session."""

    def __init__(self, link: "object") -> None:
        from app.guardian.watch import GuardianLink

        assert isinstance(link, GuardianLink)
        self._link = link

    def begun(self, session: str, name: str, end_token: str) -> None:
        """A session is about to have a folder and a keyring entry."""
        self._link.send_session(session, name, end_token, "")

    def held(self, session: str, lock_fd: int) -> None:
        """The folder's lock."""
        self._link.send_lock(session, lock_fd)


def approval_body(program: Program, line: "socket.socket", _start: "StartInfo") -> int:
    """The desk approval's process."""
    import os

    from app.guardian.watch import GuardianLink
    from app.session.sign_in import SignIn
    from app.ui.application import make_application
    from app.ui.approval.window import ApprovalWindow
    from app.ui.language import spoken
    from app.ui.tasks import Tasks

    application = make_application(["tirai"], program.theme, language=screen_language(program))
    link = GuardianLink(line, lambda: os._exit(0))
    link.start()
    sign_in = SignIn(
        program.places,
        lambda: connect(program),
        one_store(),
        policy(),
        start_office=link.ask_office,
        language=spoken,
    )
    window = ApprovalWindow(sign_in, Tasks(), on_done=lambda: application.exit(0), look=application.look)
    window.show()
    if program.on_approval is not None:
        program.on_approval(window)
    return application.exec()
