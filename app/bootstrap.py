"""The composition root: the only place that picks concrete classes, and the bodies of Tirai's processes.

Nothing heavy is imported before the process that needs it runs: the guardian stays small, the first window waits for
Qt alone, the office and the keyring come with whoever asks first.
"""

import contextlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.domain.errors import TiraiError, WorkstationError
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.integrity.installed import OwnFilesError, require_for_command, require_rest, require_window
from app.own_program import own_program
from app.resource_files import resource_text
from app.storage.gateway_file import has_gateway, read_gateway
from app.storage.machine_policy.reading import read_machine_policy
from app.storage.places import Places, private_folder
from app.storage.service_place import ServicePlace

if TYPE_CHECKING:
    import socket
    from contextlib import AbstractContextManager

    from app.api.client.client import ApiClient
    from app.domain.display import Display
    from app.domain.gateway_address import GatewayAddress
    from app.domain.policy import Policy
    from app.domain.posture.words import Finding
    from app.domain.system_events import SystemEvents
    from app.guardian.destroy import WipeWork
    from app.guardian.guardian import Guardian, StartInfo
    from app.guardian.lost_exceptions import LostExceptions
    from app.guardian.watch import GuardianLink
    from app.guardian.wire import Locked, SessionBegun
    from app.session.enrol import Enrol
    from app.session.late_sign_in import LateResume, LateSignIn
    from app.session.lock_place import LockWord
    from app.session.make_office import MakeOffice, NewPerson
    from app.session.resume import Resume
    from app.session.shown import LockedSession, WipeLine
    from app.session.sign_in import SignIn
    from app.session.wipe_receipts import WipeWitness
    from app.storage.keyring_store import KeyStore
    from app.storage.text_log import TextLog
    from app.ui.application import TiraiApplication
    from app.ui.approval.window import ApprovalWindow
    from app.ui.choices import Choices
    from app.ui.language import Language
    from app.ui.main_window import MainWindow
    from app.ui.one_window import OneWindow
    from app.ui.tasks import Tasks
    from app.ui.use_cases import DeskUseCases

ONE_USER = "one-user"
MOVING_NOTE = "moving.json"
"""`app/backoffice/moving.py`: a move to a gateway was begun."""
OFFICE_FILE = "office.json"
"""The back office's name plate; named here too, so that a console's start need not import the back office."""
OFFICE_MADE = 10
"""How a console's process ends that has made an office: a fresh one follows, whose memory knows nothing of it."""
GAVE_UP = 6
"""How a console's process ends that could not lock or end in time for the machine's sleep or its end."""
_SEAT_LENGTH = 32
ACTIONS_FILE = Path("/etc/tirai/actions.toml")
"""Of the whole machine, and its administrator's: whoever writes it has values handed to programs."""


@dataclass(frozen=True, slots=True)
class Program:
    """One home of Tirai on this workstation.

    Attributes:
        places: its folders.
        theme: light, dark, contrast, or system, for windows.
        language: en or id, where the person named one; otherwise what the home remembers, or the system's.
        on_console: called in a console's process with its window, before the loop runs (the demo's hook).
        on_approval: the same for the desk approval.
        actions_file: IT's file of what may be done with fields that stay masked.
        managed: reads what the machine's administrator has settled, as it stands now.
        service: the office of the whole workstation, where this program works with that one; None: with the one of
            this home, or its gateway.
        is_service: whether this is that office itself, or root at work on it as its user.
    """

    places: Places
    theme: str = "system"
    language: str | None = None
    on_console: Callable[[object], None] | None = None
    on_approval: Callable[[object], None] | None = None
    actions_file: Path = ACTIONS_FILE
    managed: Callable[[], MachinePolicy] = read_machine_policy
    service: ServicePlace | None = None
    is_service: bool = False

    @classmethod
    def at(cls, home: Path | None, theme: str = "system", language: str | None = None) -> "Program":
        """The program for a home; its folders are made and checked.

        Raises:
            PlaceRefusedError: a folder is not this user's alone.
        """
        places = Places.find(home).prepare()
        return cls(places, theme, language, service=service_of(places.home) if home is None else None)

    @classmethod
    def of_service(cls, place: ServicePlace) -> "Program":
        """The program that is the office of the whole workstation, or works on its files as its user.

        Raises:
            PlaceRefusedError: its folder is not its user's alone.
        """
        places = place.places()
        private_folder(places.home)
        return cls(places, is_service=True)


def service_of(home: Path, place: ServicePlace | None = None) -> ServicePlace | None:
    """The office of the whole workstation, if people of this home work with that one.

    They do where it is installed, unless this home belongs to a gateway or holds an office of its own.
    """
    place = place or ServicePlace()
    has_own = has_gateway(home) or (home / OFFICE_FILE).exists()
    return place if place.is_here and not has_own else None


def seat_name() -> str:
    """Name of this workstation on screens and in the log."""
    import platform

    return (platform.node() or "workstation")[:_SEAT_LENGTH]


def policy() -> "Policy":
    """The policy that came with the program: what an office's edits stay within."""
    from app.domain.policy import load_policy

    return load_policy(resource_text("policy", "default.toml"))


# the machine policy


def managed_here(program: Program) -> MachinePolicy:
    """What the machine's administrator has settled, for whoever is about to sign in; a refusal is noted for the log.

    Raises:
        MachinePolicyError: M1 to M3: it cannot be used, so nobody signs in.
        ShutHereError: M4, M5: it lets nobody in here.
    """
    from app.storage.log_notes import leave_note

    try:
        return _usable_here(program)
    except TiraiError as e:
        leave_note(program.places.home, "start.refused", "refused", "machine_policy", e.code)
        raise


def _usable_here(program: Program) -> MachinePolicy:
    from app.session.machine_door import require_usable

    managed, home = program.managed(), program.places.home
    is_elsewhere = program.service is not None or managed.is_managed("gateway_url") or has_gateway(home)
    if not program.is_service:  # what is settled for people's homes is not meant for the service's
        require_usable(managed, home, has_gateway=is_elsewhere)
    return managed


def managed_at_console(program: Program) -> MachinePolicy:
    """The same for a console, whose windows may have to be kept out of captures.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_captures_blocked
    from app.ui.capture.block import block_of_this_system

    managed = managed_here(program)
    block = block_of_this_system()
    require_captures_blocked(managed, is_blocked=block is not None and block.is_dependable)
    return managed


def managed_at_terminal(program: Program) -> MachinePolicy:
    """The same for a command that signs somebody in.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_commands

    managed = managed_here(program)
    require_commands(managed)
    return managed


def managed_at_approval(program: Program) -> MachinePolicy:
    """The same for a supervisor who signs in beside somebody else's session.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_desk_approval

    managed = managed_at_console(program)
    require_desk_approval(managed)
    return managed


def managed_on_screens(program: Program) -> MachinePolicy:
    """What screens wear and show as settled; nothing of a policy that cannot be used, of which the door tells."""
    try:
        return program.managed()
    except TiraiError:
        return NOTHING_MANAGED


def gateway_of(program: Program) -> "GatewayAddress | None":
    """The gateway of a home: the administrator's, or else the one of the home's own file; None where there is none.

    Raises:
        MachinePolicyError: the machine policy cannot be used.
        WorkstationError: the home's file is there and cannot be used.
    """
    managed = program.managed()
    if url := managed.text("gateway_url"):
        from app.domain.gateway_address import gateway_address

        return gateway_address(url, managed.texts("gateway_pins"), managed.text("gateway_ca"))
    return read_gateway(program.places.home)


def is_of_gateway(program: Program) -> bool:
    """Whether a home works with a gateway, by the administrator's word or its own file, a broken one too.

    Raises:
        MachinePolicyError: the machine policy cannot be used.
    """
    return program.managed().is_managed("gateway_url") or has_gateway(program.places.home)


def service_for(program: Program) -> ServicePlace | None:
    """The office of the whole workstation, where this home works with that one and with no gateway.

    Raises:
        MachinePolicyError: the machine policy cannot be used.
    """
    return program.service if program.service is not None and not is_of_gateway(program) else None


def _may_be_of_gateway(program: Program) -> bool:
    """The same, without a refusal: where nobody can tell, it may be."""
    try:
        return is_of_gateway(program)
    except TiraiError:
        return True


def keep_crashes(program: Program, process: str) -> "LostExceptions":
    """Have this process's lost exceptions written down, without any value."""
    from app.guardian.lost_exceptions import LostExceptions
    from app.storage.crash_reports import CrashReports
    from app.storage.text_log import LogLevel

    lost = LostExceptions(CrashReports(program.places.home, process), log_of(program, process)).install()
    lost.tell(LogLevel.INFO, f"begins, version {__version__}")
    return lost


def log_of(program: Program, process: str) -> "TextLog":
    """The log for IT, as one process of this home writes it."""
    from app.storage.text_log import TextLog

    return TextLog.under(managed_on_screens(program), program.places.home, process)


def make_screens(program: Program, process: str) -> "tuple[TiraiApplication, LostExceptions]":
    """The application of a process with windows: whoever sits there is told of lost exceptions, too."""
    from app.ui.application import make_application
    from app.ui.faults import keep_faults_with

    lost = keep_crashes(program, process)

    def keep(error: BaseException) -> tuple[str, str]:
        kept = lost.take(error)
        return (kept.number, str(kept.path or "")) if kept is not None else ("0", "")

    keep_faults_with(keep)
    managed = managed_on_screens(program)
    display, language = screen_display(program, managed), screen_language(program, managed)
    return make_application(["tirai"], display.theme, language=language, display=display, managed=managed), lost


def tell_faults(application: "TiraiApplication", window: "MainWindow | ApprovalWindow") -> None:
    """Have a window show what nobody caught; later, since it may come out of a paint event."""
    from PySide6.QtCore import Qt

    application.faults.reported.connect(window.show_fault, Qt.ConnectionType.QueuedConnection)


def open_keyring(home: Path) -> "KeyStore":
    """Open the keyring; one that is refused is noted for the log of the office in `home`.

    Raises:
        KeyringAbsentError: K1.
        KeyringRefusedError: K2.
    """
    from app.storage.keyring_store import KeyringRefusedError, open_key_store
    from app.storage.log_notes import leave_note

    try:
        return open_key_store()
    except KeyringRefusedError as e:
        leave_note(home, "start.refused", "refused", "keyring", e.code)
        raise


def own_store(program: Program) -> "KeyStore":
    """What whoever works on an office's files keeps its halves in: the keyring, or the service's own place.

    Raises:
        KeyringAbsentError: K1.
        KeyringRefusedError: K2.
    """
    if program.is_service:
        from app.storage.service_keys import open_service_store

        return open_service_store(program.places.home)
    from app.storage.keyring_store import open_key_store

    return open_key_store()


def one_store(home: Path) -> "Callable[[], KeyStore]":
    """A way to the keyring that opens it once per process: every use shares one line to it.

    A keyring that was not open is asked again the next time.
    """
    opened: list[KeyStore] = []
    lock = threading.Lock()

    def store() -> "KeyStore":
        with lock:
            if not opened:
                opened.append(open_keyring(home))
            return opened[0]

    return store


# the office


def serve_office(program: Program) -> int:
    """The whole life of an embedded office, in its own process. Its nursery comes before its keys and threads.

    Raises:
        WorkstationError: no keyring, no office in this home.
        VerificationError: the front door does not open.
    """
    import app.api.server.import_child
    import app.mail.program  # noqa: F401  (before the nursery: its children have them, too)
    from app.api.server.serve import FaultLog, serve
    from app.api.server.service import Service
    from app.backoffice.clock import SystemClock
    from app.backoffice.office import BackOffice
    from app.backoffice.openings import put_in_order
    from app.guardian.action_line import begin_action
    from app.guardian.nursery import start_nursery
    from app.guardian.office_start import SOCKET_NAME
    from app.storage.actions_file import read_actions
    from app.storage.held_sessions import HeldSessions

    keep_crashes(program, "office")
    places = program.places
    if (places.home / MOVING_NOTE).exists():  # not before: it brings the database's driver
        from app.backoffice.moving import settle_move

        settle_move(places.home)
    nursery = start_nursery(import_body, action_body)
    store = open_keyring(places.home)
    seat_half = store.seat_half()
    store.close()
    office = BackOffice(places.home, seat_half, seat_name(), policy(), SystemClock(), put_in_order)
    held = HeldSessions(places)
    log = FaultLog(places.home / "office.log")
    service = Service(
        office,
        ONE_USER,
        log,
        nursery.child,
        places.socket,
        held.vanished,
        lambda: held.awaits_one,
        lambda: read_actions(program.actions_file),
        lambda action, value: begin_action(lambda: nursery.child(1), action, value),
    )
    return serve(service, places.socket(SOCKET_NAME))


def serve_service(place: ServicePlace) -> int:
    """The office of the whole workstation, as its system service runs it: keeps one office after another.

    Raises:
        NotAllowedError: not under the service's user.
        OwnFilesError: the installed program was altered.
        WorkstationError: there is no office yet, another one runs, or its sockets cannot be made.
    """
    import app.api.server.application
    import app.backoffice.openings
    import app.mail.program  # noqa: F401  (before the offices: none of them imports it anew)
    from app.backoffice.office import NamePlate
    from app.domain.errors import NotAllowedError
    from app.guardian.office_keeper import keep_office, notify, only_office, open_listener
    from app.guardian.office_start import SOCKET_NAME

    if not place.is_own_user:
        raise NotAllowedError(f"The office of this workstation runs as {place.user}: systemctl start tirai-office")
    program = Program.of_service(place)
    keep_crashes(program, "keeper")
    own_files_hold(program, require_for_command)
    NamePlate.read(program.places.home)
    with only_office(program.places.home), open_listener(place.socket(SOCKET_NAME)) as listener:
        return keep_office(lambda ready: service_body(program, listener, ready), (listener.fileno(),), notify)


def service_body(program: Program, listener: "socket.socket", ready: int) -> int:
    """One office of the whole workstation, until its keys have to go."""
    import os
    import signal

    from app.api.server.serve import FaultLog, serve_listener
    from app.api.server.service import SERVICE, Service
    from app.backoffice.clock import SystemClock
    from app.backoffice.openings import put_in_order
    from app.backoffice.service_office import ServiceOffice
    from app.guardian.action_line import begin_action
    from app.guardian.children import STOP_SIGNALS
    from app.guardian.nursery import start_nursery
    from app.storage.actions_file import read_actions

    keep_crashes(program, "office")
    places = program.places
    nursery = start_nursery(import_body, action_body)
    half = own_store(program).known_seat_half()
    if half is None:
        raise WorkstationError("The key of the front door is gone. As root: tirai office recover")
    office = ServiceOffice(places.home, half, seat_name(), policy(), SystemClock(), put_in_order)
    service = Service(
        office,
        SERVICE,
        FaultLog(places.home / "office.log"),
        nursery.child,
        places.socket,
        actions=lambda: read_actions(program.actions_file),
        begin_action=lambda action, value: begin_action(lambda: nursery.child(1), action, value),
    )

    def stop(_number: int, _frame: object) -> None:  # the server hears it first, and raises it again when it has left
        service.stopping = True

    def on_ready() -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, stop)
        os.write(ready, b"1")
        os.close(ready)

    return serve_listener(service, listener, places.runtime, on_ready)


def import_body(line: "socket.socket") -> int:
    """The process of one import."""
    from app.api.server.import_child import be_import
    from app.backoffice.clock import SystemClock

    return be_import(line, policy(), lambda _home: SystemClock())


def source_body(line: "socket.socket") -> int:
    """The process of one import by a gateway's schedule."""
    from app.api.server.source_child import be_source
    from app.backoffice.clock import ServersClock

    return be_source(line, policy(), ServersClock)


def action_body(line: "socket.socket") -> int:
    """The process of one action."""
    from app.clean_start import can_be_changed
    from app.guardian.action_child import be_action
    from app.mail.program import NAME, send_mail

    return be_action(line, {NAME: partial(send_mail, is_loose=can_be_changed)})


def need_office(program: Program) -> None:
    """Refuse a home without an office or a gateway before anybody types a secret.

    Raises:
        WorkstationError: there is none, or the keyring is not open.
    """
    managed_at_terminal(program)
    if (place := service_for(program)) is not None:
        _need_service(place)
    elif gateway_of(program) is None:
        from app.backoffice.office import NamePlate

        NamePlate.read(program.places.home)
    open_keyring(program.places.home).close()


def _need_service(place: ServicePlace) -> None:
    """Refuse to go on without the office of the whole workstation.

    Raises:
        WorkstationError: it does not run.
    """
    from app.guardian.office_start import SOCKET_NAME

    if not place.socket(SOCKET_NAME).exists():
        raise WorkstationError(
            "The office of this workstation does not run. IT sets it up with: tirai office setup, and looks at it "
            "with: systemctl status tirai-office. (For an office of your own: tirai --home FOLDER.)",
            code="O6",
        )


def need_no_gateway(program: Program) -> None:
    """Refuse to make or change an office in a home of a gateway or a service, or where the administrator lets none be.

    Raises:
        WorkstationError: so it is.
    """
    managed_here(program)
    if service_for(program) is not None:
        raise WorkstationError(
            "The office of this workstation is a service; root works on it: sudo tirai office setup, recover or "
            "restore. For an office of your own, name a folder with --home."
        )
    if is_of_gateway(program):
        raise WorkstationError(
            "This workstation belongs to a gateway, whose office is not made here. Name another folder with --home, "
            "or leave the gateway first: tirai gateway forget."
        )


def need_no_office(program: Program) -> None:
    """Refuse a gateway for a home that has an office of its own: nobody would know with which of them one works.

    Raises:
        WorkstationError: it has one.
    """
    if (program.places.home / OFFICE_FILE).exists():
        raise WorkstationError(
            "This folder holds an office of its own. Name another folder with --home, or move the office away first."
        )


def start_office(program: Program) -> None:
    """Start the home's office if none lives; a gateway is not started from here. The caller must have one thread.

    Raises:
        WorkstationError: it does not come up; the message says why.
    """
    if is_of_gateway(program):
        return
    _usable_here(program)
    if program.is_service:
        raise WorkstationError("People work with the office of this workstation without --home.")
    if (place := service_for(program)) is not None:
        _need_service(place)
        return
    from app.guardian.office_start import ensure_office

    ensure_office(program.places, lambda: serve_office(program))


def start_office_if_let(program: Program) -> None:
    """The same, for a guardian: what the machine policy shuts, the door says.

    Raises:
        WorkstationError: as for `start_office`.
    """
    from app.domain.machine_policy.errors import MachinePolicyError, ShutHereError

    with contextlib.suppress(MachinePolicyError, ShutHereError):
        start_office(program)


def connect(program: Program) -> "ApiClient":
    """A client for the home's gateway, or for the office that lives in it. Nothing else makes one.

    Raises:
        WorkstationError: the home belongs to a gateway, and what is said of it cannot be used.
    """
    if (gateway := gateway_of(program)) is not None:
        return client_of(gateway)
    from app.api.client.client import ApiClient
    from app.api.client.transport import SocketTransport
    from app.guardian.office_start import SOCKET_NAME

    if (place := program.service) is not None:
        transport = SocketTransport(place.socket(SOCKET_NAME), place.uid, is_of_machine=True)
        return ApiClient(transport, workstation=seat_name())
    return ApiClient(SocketTransport(program.places.socket(SOCKET_NAME)))


def client_of(gateway: "GatewayAddress") -> "ApiClient":
    """A client for a gateway.

    Raises:
        WorkstationError: whom to trust cannot be read.
    """
    from app.api.client.client import ApiClient
    from app.api.client.https_transport import HttpsTransport

    return ApiClient(HttpsTransport(gateway), workstation=seat_name())


# people at a terminal


def sign_in_at_terminal(program: Program) -> "SignIn":
    """Sign-in for commands; starts the office first, and again where that one was just leaving.

    A command has one thread until it has signed in.
    """
    from app.session.sign_in import SignIn

    own_files_hold(program, require_for_command)
    managed_at_terminal(program)
    start_office(program)
    return SignIn(
        program.places,
        lambda: connect(program),
        one_store(program.places.home),
        policy(),
        start_office=lambda: start_office(program),
        announce=None,
        managed=lambda: managed_at_terminal(program),
    )


def enrol_at_terminal(program: Program) -> "Enrol":
    """Enrolment with an activation code."""
    from app.session.enrol import Enrol

    own_files_hold(program, require_for_command)
    managed_at_terminal(program)
    start_office(program)
    return Enrol(lambda: connect(program), one_store(program.places.home), policy(), lambda: start_office(program))


def enrol_at_window(program: Program, store: "Callable[[], KeyStore]", start_office: Callable[[], None]) -> "Enrol":
    """Enrolment at a console's door; called off the GUI thread, because it opens the keyring."""
    from app.session.enrol import Enrol

    own_files_hold(program)
    managed_at_console(program)
    return Enrol(lambda: connect(program), store, policy(), start_office)


# making an office in a window


def has_office(program: Program) -> bool:
    """Whether people of this home have an office to sign in to: its own, the workstation's, or a gateway's."""
    is_elsewhere = program.service is not None or _may_be_of_gateway(program)
    return is_elsewhere or (program.places.home / OFFICE_FILE).exists()


def office_to_make(program: Program) -> "MakeOffice | None":
    """The set-up's use case where there is no office and no gateway, else None."""
    if has_office(program) or not managed_on_screens(program).allows("own_office_allowed"):
        return None
    from app.session.make_office import MakeOffice

    store = one_store(program.places.home)

    def making(name: str) -> _Making:
        own_files_hold(program)
        managed_here(program)
        return _Making(program, name, store())

    return MakeOffice(making)


class _Making:
    """A set-up of the back office, as the session's use case wants it."""

    def __init__(self, program: Program, name: str, store: "KeyStore") -> None:
        from app.backoffice.clock import SystemClock
        from app.backoffice.office import KIT_FILE
        from app.backoffice.set_up import SetUp
        from app.domain.inventory import load_inventory

        home = program.places.home
        inventory = load_inventory(resource_text("inventory", "customer.toml"))
        self._store, self.kit_file = store, str(home / KIT_FILE)
        self._set_up = SetUp(home, name, inventory, policy(), SystemClock(), seat_name(), store.seat_half())

    def add(self, person: "NewPerson", code: str) -> tuple[str, ...]:
        """Take a person in after a right code; their recovery codes."""
        from app.backoffice.set_up import FirstPerson

        first = FirstPerson(person.account, person.display_name, person.role, person.password, person.totp)
        return self._set_up.add(first, code)

    def finish(self) -> tuple[str, ...]:
        """Put everything in its place and pin the office on this workstation; the kit's codes."""
        from app.session.witness import Remembered, mark_of_book, remember

        made = self._set_up.finish(
            lambda plate, book: remember(self._store, plate.office, Remembered(None, mark_of_book(book)))
        )
        return made.kit_codes

    def cancel(self) -> None:
        """Leave nothing behind."""
        self._set_up.cancel()


# windows


def screen_language(program: Program, managed: MachinePolicy = NOTHING_MANAGED) -> "Language":
    """What the screens of this home speak.

    As the administrator has settled, as remembered, as named on the command line, as is recommended, or as the system
    does.
    """
    from app.storage.screen_settings import remembered_language
    from app.ui.language import language_for

    suggested = managed.suggested("language")
    chosen = managed.text("language") or remembered_language(program.places.home) or program.language
    return language_for(chosen or (suggested if isinstance(suggested, str) else None))


def screen_display(program: Program, managed: MachinePolicy = NOTHING_MANAGED) -> "Display":
    """How the screens of this home look before somebody is known.

    As they did last, else as is recommended; a theme by name comes before that, what the administrator has settled
    before everything.
    """
    from app.domain.display import Display
    from app.domain.managed_display import settled_display, suggested_display
    from app.storage.screen_settings import remembered_display

    display = remembered_display(program.places.home) or suggested_display(managed)
    named = display if program.theme == Display().theme else replace(display, theme=program.theme)
    return settled_display(named, managed)


def remember_screen_display(program: Program, display: "Display") -> None:
    """Keep how the screens look for the next window; what cannot be kept holds for this window alone."""
    import logging

    from app.storage.screen_settings import remember_display

    try:
        remember_display(program.places.home, display)
    except OSError as e:
        logging.getLogger("tirai.ui").warning("look not remembered: %s", type(e).__name__)


def remember_screen_language(program: Program, language: str) -> None:
    """Keep a choice of language for the next window; one that cannot be kept holds for this window alone."""
    import logging

    from app.storage.screen_settings import remember_language

    try:
        remember_language(program.places.home, language)
    except OSError as e:
        logging.getLogger("tirai.ui").warning("language not remembered: %s", type(e).__name__)


def screen_choices(program: Program, account: str, tasks: "Tasks") -> "Choices":
    """What this person chose for their screens here; what cannot be kept holds for this session alone.

    Where somebody drives the windows (`on_console`), the tour would stand in the way.
    """
    import logging

    from app.storage.screen_choices import ChoicesFile, read_choices
    from app.ui.choices import Choice, Choices

    file = ChoicesFile(program.places.home, account)

    def failed(error: Exception) -> None:
        logging.getLogger("tirai.ui").warning("choices for the screens not kept: %s", type(error).__name__)

    def keep(choices: Mapping[str, Choice]) -> None:
        file.hand(choices)
        tasks.run(file.write, None, failed)

    seen: dict[str, Choice] = {"tour_seen": True} if program.on_console is not None else {}
    return Choices({**read_choices(program.places.home, account), **seen}, keep)


def own_files_hold(program: Program, look: Callable[[], None] = require_rest) -> None:
    """Refuse, with a note for the office's log, where the installed program's own files are not those that were built.

    Args:
        program: whose home.
        look: which of them, and when: at the door everything again.

    Raises:
        OwnFilesError: F1 or F2.
    """
    from app.storage.log_notes import leave_note

    try:
        look()
    except OwnFilesError as e:
        leave_note(program.places.home, "start.refused", "refused", "own_files", f"{e.code} {e.detail}")
        raise


def run_console(program: Program, receipt_fd: int | None = None) -> int:
    """Be the guardian of a console, until its window closes."""
    from app.guardian.process import require_linux
    from app.guardian.watch import read_receipt
    from app.storage.making_folder import sweep_making

    require_linux()
    keep_crashes(program, "guardian")
    sweep_making(program.places.home)
    own_files_hold(program, require_window)
    if program.language is not None:
        remember_screen_language(program, program.language)
    receipt = read_receipt(receipt_fd) if receipt_fd is not None else None
    while (code := _guardian(program, receipt).run()) == OFFICE_MADE:
        receipt = None
    return code


def _guardian(program: Program, receipt: str | None) -> "Guardian":
    from app.guardian.guardian import Guardian

    return Guardian(
        lambda line, start: console_body(program, line, start),
        lambda line, start: approval_body(program, line, start),
        wipe_work(program),
        start_office=lambda: start_office_if_let(program),
        first_receipt=receipt,
        sweeps_first=not has_office(program),
    )


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


def own_command(program: Program) -> list[str]:
    """The command line that makes a fresh Tirai of this home."""
    home = ["--home", str(program.places.home)] if program.service is None else []
    return [*own_program(), "console", *home, "--theme", program.theme]


def _after_first_paint(painted: threading.Event) -> None:
    """What the window did not have to wait for: whoever waits goes on, and a dead console's copy is cleared."""
    from app.ui.application import clear_left_copies

    painted.set()
    clear_left_copies()


def _stand_for(desk: "DeskUseCases", one: "OneWindow", lost: "LostExceptions") -> None:
    one.stand_for(desk.person.account)
    lost.reports.session = desk.session
    import logging

    logging.getLogger("tirai.console").info("a session stands")


def _locked(word: "LockWord") -> "Locked":
    """What the guardian is told of a lock; the log has its cause."""
    import logging

    from app.guardian.wire import Locked

    logging.getLogger("tirai.console").info("locked (%s)", word.cause)
    unused, ends_in = str(word.unused_s), str(word.ends_in_s)
    return Locked(word.session, word.cause, word.account, word.role, word.seat, unused, ends_in, word.over)


def console_body(program: Program, line: "socket.socket", start: "StartInfo") -> int:
    """A console's process, from the fork to its exit code."""
    import gc

    gc.disable()  # the application's collector takes over; until then there is nothing but imports
    from app.guardian.receipts import from_json
    from app.guardian.watch import watched
    from app.session.late_sign_in import LateResume, LateSignIn
    from app.session.shown import Receipt
    from app.ui.first_paint import FirstPaint
    from app.ui.main_window import MainWindow
    from app.ui.one_window import OneWindow
    from app.ui.tasks import Tasks

    application, lost = make_screens(program, "console")
    windows: list[MainWindow] = []
    tasks, painted, swept = Tasks(), threading.Event(), threading.Event()

    def on_swept(receipt: str) -> None:
        """In the GUI's queue before the office's answer can be: see `SignInScreen`."""
        tasks.on_gui(lambda: windows[0].sweep_over(from_json(receipt) if receipt else None))()
        swept.set()

    def on_painted() -> None:
        _after_first_paint(painted)
        begin_late(tasks, windows[0], resume or sign_in)

    work, command = wipe_work(program), own_command(program)
    link = watched(line, work, command, on_swept=on_swept, sessions=start.sessions)
    if start.is_swept:
        swept.set()
    store = one_store(program.places.home)
    sign_in = LateSignIn(lambda: console_sign_in(program, store, link), painted=painted, swept=swept)

    def on_ended(receipt: Receipt) -> None:
        link.send_ended(receipt)
        application.exit(0)

    def on_locked(word: "LockWord") -> None:
        link.send_locked(_locked(word))
        application.exit(0)

    locked = start.lock
    resume = None
    if locked is not None:
        resume = LateResume(
            locked, lambda: console_resume(program, store, link, locked, start.sessions), painted=painted
        )

    one = OneWindow(program.places.socket, application, account=locked.account if locked else "")
    window = MainWindow(
        sign_in,
        look=application.look,
        tasks=tasks,
        on_signed_in=lambda desk: _stand_for(desk, one, lost),
        one_window=one,
        on_ended=on_ended,
        on_approval_wanted=link.ask_approval,
        receipt=from_json(start.receipt) if start.receipt else None,
        is_swept=start.is_swept,
        on_language=lambda language: remember_screen_language(program, language),
        on_display=lambda display: remember_screen_display(program, display),
        new_enrolment=lambda: enrol_at_window(program, store, link.ask_office),
        make_office=office_to_make(program),
        on_office_made=lambda: application.exit(OFFICE_MADE),
        on_locked=on_locked,
        resume=resume,
        capture=application.capture,
        choices=lambda account: screen_choices(program, account, tasks),
    )
    if locked is not None:
        link.send_lock_stands(locked.session)
    windows.append(window)
    FirstPaint(window, on_painted)
    tell_faults(application, window)
    heed_stops(application, window)
    window.place()
    if program.on_console is not None:
        program.on_console(window)
    return application.exec()


def console_sign_in(program: Program, store: "Callable[[], KeyStore]", link: "GuardianLink") -> "SignIn":
    """The sign-in of a console's window; called off the GUI thread, because its imports take their time."""
    from app.guardian.process import require_own_code
    from app.session.sign_in import SignIn
    from app.ui.language import spoken

    require_own_code()
    own_files_hold(program)
    return SignIn(
        program.places,
        lambda: connect(program),
        store,
        policy(),
        start_office=link.ask_office,
        announce=_Announce(link),
        language=spoken,
        look_at_posture=lambda: look_at_posture(program),
        managed=lambda: managed_at_console(program),
    )


def console_resume(
    program: Program,
    store: "Callable[[], KeyStore]",
    link: "GuardianLink",
    lock: "LockedSession",
    sessions: "tuple[SessionBegun, ...]",
) -> "Resume":
    """What resumes a locked session; called off the GUI thread."""
    from app.guardian.process import require_own_code
    from app.session.resume import Resume
    from app.ui.language import spoken

    require_own_code()
    own_files_hold(program)
    is_there = _may_be_of_gateway(program)  # an office of this home left with its keys as this was locked
    return Resume(
        program.places,
        lambda: connect(program),
        store,
        policy(),
        lock,
        _Announce(link),
        start_office=link.ask_office,
        language=spoken,
        look_at_posture=lambda: look_at_posture(program),
        end_token=bytes.fromhex(sessions[-1].end_token) if is_there and sessions else b"",
        managed=lambda: managed_at_console(program),
    )


def look_at_posture(program: Program) -> "tuple[Finding, ...]":
    """How this workstation's own system protects it; blocks."""
    from app.system.posture.looking import look_here

    return look_here(program.places.home)


def heed_stops(application: "TiraiApplication", window: "MainWindow") -> None:
    """What tells a console from outside to stop ends its session first; without one its process just ends."""
    from app.guardian.children import STOP_SIGNALS
    from app.ui.system_stop import LogoutWatch, StopSignals

    def stop(number: int) -> None:
        if not window.end_session("stopped"):
            application.exit(128 + number)

    LogoutWatch(application, lambda: window.end_session("os_logout"), lambda: window.has_session)
    StopSignals(STOP_SIGNALS, application).stopped.connect(stop)


def begin_late(tasks: "Tasks", window: "MainWindow", door: "LateSignIn | LateResume") -> None:
    """What a window begins once it was painted."""
    tasks.run(lambda: prepare_console(door))
    tasks.run(system_events, window.follow_system)


def prepare_console(door: "LateSignIn | LateResume") -> None:
    """Import, off the GUI thread and while somebody types, what a sign-in and the screens behind the door need."""
    door.prepare()
    load_screens()


def load_screens() -> None:
    """Import every screen behind the door, and what reads phone numbers, so that none is when it is first shown."""
    import phonenumbers  # noqa: F401

    import app.ui.accounts.screen
    import app.ui.audit.screen
    import app.ui.console.screen
    import app.ui.exposures.screen
    import app.ui.my_account.screen
    import app.ui.policy.screen
    import app.ui.privacy.compliance.page
    import app.ui.privacy.notices.page
    import app.ui.privacy.record.page
    import app.ui.privacy.screen
    import app.ui.training.screen
    import app.ui.who_saw.screen
    import app.ui.workstations.screen  # noqa: F401


def system_events() -> "SystemEvents":
    """What follows this system; called off the GUI thread, after the first paint."""
    import os

    from app.system.choice import events_of_this_system

    return events_of_this_system(give_up=lambda: os._exit(GAVE_UP))


class _Announce:
    """Tells the guardian of a session."""

    def __init__(self, link: "GuardianLink") -> None:
        self._link = link

    def begun(self, session: str, name: str, end_token: str, office: str) -> None:
        """A session is about to have a folder and a keyring entry."""
        self._link.send_session(session, name, end_token, office)

    def held(self, session: str, lock_fd: int) -> None:
        """The folder's lock."""
        self._link.send_lock(session, lock_fd)

    def making(self) -> "AbstractContextManager[None]":
        """Folder, file or keyring entry are being made."""
        return self._link.making()

    def written(self, session: str, generation: int) -> None:
        """What stands in the session's cache now."""
        self._link.send_written(session, generation)

    def leased(self, session: str, left_s: float) -> None:
        """The office lets the session go on for so long."""
        self._link.send_lease(session, left_s)

    def trying(self, session: str) -> None:
        """A password is about to be tried at the lock screen."""
        self._link.send_trying(session)

    def resumed(self, session: str) -> None:
        """The session goes on here."""
        self._link.send_resumed(session)


def approval_body(program: Program, line: "socket.socket", _start: "StartInfo") -> int:
    """The desk approval's process."""
    import os

    from app.guardian.watch import GuardianLink
    from app.session.late_sign_in import LateSignIn
    from app.ui.approval.window import ApprovalWindow
    from app.ui.first_paint import FirstPaint
    from app.ui.tasks import Tasks

    application, _ = make_screens(program, "approval")
    link = GuardianLink(line, lambda: os._exit(0))
    link.start()
    painted = threading.Event()
    sign_in = LateSignIn(lambda: approval_sign_in(program, link), painted=painted)
    tasks = Tasks()
    window = ApprovalWindow(sign_in, tasks, on_done=lambda: application.exit(0), look=application.look)

    def on_painted() -> None:
        painted.set()
        tasks.run(system_events, window.system.begin)

    FirstPaint(window, on_painted)
    tell_faults(application, window)
    window.show()
    if program.on_approval is not None:
        program.on_approval(window)
    return application.exec()


def approval_sign_in(program: Program, link: "GuardianLink") -> "SignIn":
    """The sign-in of the approval's window; called off the GUI thread."""
    from app.guardian.process import require_own_code
    from app.session.sign_in import SignIn
    from app.ui.language import spoken

    require_own_code()
    own_files_hold(program)
    return SignIn(
        program.places,
        lambda: connect(program),
        one_store(program.places.home),
        policy(),
        start_office=link.ask_office,
        language=spoken,
        managed=lambda: managed_at_approval(program),
    )
