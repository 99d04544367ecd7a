"""The bodies of offices and of what they start: the home's, the workstation's, imports, actions."""

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from app.bootstrap.own_things import keep_crashes, log_of, open_keyring, own_files_hold, own_store
from app.bootstrap.program import MOVING_NOTE, ONE_USER, Program, policy, seat_name
from app.domain.errors import TiraiError, WorkstationError
from app.integrity.installed import require_for_command
from app.storage.service_place import ServicePlace

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator


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
    with _refusals_written(program, "keeper"):
        NamePlate.read(program.places.home)
        with only_office(program.places.home), open_listener(place.socket(SOCKET_NAME)) as listener:
            return keep_office(lambda ready: service_body(program, listener, ready), (listener.fileno(),), notify)


@contextlib.contextmanager
def _refusals_written(program: Program, process: str) -> "Iterator[None]":
    """What refuses a start goes into the log for IT and, once it opens again, into the office's own; then further.

    The sentence itself is said where the process ends: systemd has it in its journal.
    """
    from app.storage.log_notes import leave_note
    from app.storage.text_log import LogLevel

    try:
        yield
    except TiraiError as error:
        log_of(program, process).write(LogLevel.ERROR, f"refused to start: {error.message}")
        leave_note(program.places.home, "start.refused", "refused", "service", error.code)
        raise


def service_body(program: Program, listener: "socket.socket", ready: int) -> int:
    """One office of the whole workstation, until its keys have to go."""
    with _refusals_written(program, "office"):
        return _service_office(program, listener, ready)


def _service_office(program: Program, listener: "socket.socket", ready: int) -> int:
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
    from app.guardian.beside import begin_beside

    return be_import(line, policy(), lambda _home: SystemClock(), begin_beside)


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
