"""The process of one import: opens the office's file, serves one client on a socket of its own, and is gone.

Rows, data keys and record keys are in this process and in no other of the office's. It leaves after the commit or the
cancel; when its client has left, or its session is over; and at once at the end of the line to the office. It leaves
without closing the database: SQLite, told to close, would take the office for gone if its locks were lost, and remove
the log file under it (`docs/adr/0015-imports-in-their-own-process.md`).
"""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from app.api.server import import_steps, problems
from app.api.server.gate import Gate
from app.api.server.import_beside import Helper, StagerBeside, be_stager
from app.api.server.import_line import ImportOrder, ImportSays, LineEndedError, hear, say
from app.api.server.import_steps import ImportService
from app.api.server.serve import FaultLog, listener_at, server_of
from app.backoffice.acting import OFFICE, act_for
from app.backoffice.clock import Clock
from app.backoffice.database import Database
from app.backoffice.import_actors import SessionImporter
from app.backoffice.import_staging import StagerHere
from app.backoffice.importing import Import, judge
from app.backoffice.master import MasterHanded
from app.backoffice.office import DATABASE_FILE, NamePlate, OpenOffice
from app.backoffice.postgres import DatabaseAwayError
from app.domain.errors import TiraiError
from app.domain.policy import Policy

ABSENT_S = 10.0
"""Without any line from its client an import is abandoned."""
SILENT_S = 120.0
"""A client that is there and sends nothing for so long has left it, too."""
PAGE_CACHE_KIB = 64 * 1024
"""The index of lookup tags of a hundred thousand customers fits into it; tags come in no order, so that each page that
does not is read and decrypted for every few of them."""
_LOOK_EVERY_S = 1.0


def be_import(
    line: socket.socket,
    policy: Policy,
    clock_at: Callable[[Path], Clock],
    begin_beside: Callable[[Callable[[socket.socket], int]], Helper],
) -> int:
    """An import's whole life.

    Args:
        line: to the office; the order comes first.
        policy: who may what.
        clock_at: the clock that counts in an office's folder.
        begin_beside: forks the second process.

    Returns:
        Exit code.
    """
    try:
        order = hear(line, ImportOrder)
    except LineEndedError:
        return 1
    act_for(OFFICE)  # it stages what any queue will see; whose it is was judged, and is judged at each step
    home, path = Path(order.home), Path(order.socket)
    log_fault = FaultLog(home / "office.log", "import")
    helper = begin_beside(lambda line: be_stager(line, partial(_stager, order, policy, clock_at(home)), log_fault))
    try:
        office = _opened(order, policy, clock_at(home))
        importer, begin = SessionImporter(order.session), order.begin
        run = Import(office, importer, order.import_id, begin, lambda here: StagerBeside(here, helper))
    except TiraiError as error:
        say(line, ImportSays.refused(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001  (the office sees the line end, and the log says where)
        log_fault(error)
        return 1
    service = ImportService(run, order.token_hash, log_fault, line, absent_s=absent_s(order))
    with listener_at(path, for_everybody=order.is_for_everybody) as listener:
        threading.Thread(target=service.watch_office, daemon=True).start()
        say(line, ImportSays(word="ready"))
        asyncio.run(_serve(service, listener))
    path.unlink(missing_ok=True)
    return 0


def _stager(order: ImportOrder, policy: Policy, clock: Clock) -> StagerHere:
    """What seals and stages, in a process that has opened the office for itself."""
    office, importer = _opened(order, policy, clock, PAGE_CACHE_KIB), SessionImporter(order.session)
    with office.database.reading() as db:
        office.catch_up(db)
        judged = judge(office, importer.now(office, db).role, order.begin)
    return StagerHere(office, importer, order.import_id, judged.inventory, judged.queue)


def _opened(order: ImportOrder, policy: Policy, clock: Clock, page_cache_kib: int = 0) -> OpenOffice:
    """The office that an order names, as this process has it."""
    home = Path(order.home)
    if order.file_key is not None:
        file = Database(home / DATABASE_FILE, order.file_key, page_cache_kib=page_cache_kib)
        return OpenOffice(file, NamePlate.read(home), policy, clock)
    from app.backoffice.postgres import PostgresDatabase
    from app.backoffice.team_office import plate_of

    database = PostgresDatabase(order.database, pool=2)
    return OpenOffice(database, plate_of(database), policy, clock, MasterHanded(dict(order.master)))


def make_import_application(service: ImportService) -> FastAPI:
    """The ASGI application of one import."""
    app = bare_import_application()
    app.state.service = service
    return app


def bare_import_application() -> FastAPI:
    """The same without an import: enough to describe it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    problems.install(app)
    app.include_router(import_steps.router)
    app.add_middleware(Gate)
    return app


async def _serve(service: ImportService, listener: socket.socket) -> None:
    server = server_of(make_import_application(service), keep_alive_s=int(SILENT_S))
    watch = asyncio.create_task(_leave_when_done(server, service))
    await server.serve(sockets=[listener])
    watch.cancel()


async def _leave_when_done(server: uvicorn.Server, service: ImportService) -> None:
    looked = time.monotonic()
    while not service.leaving:
        await asyncio.sleep(0.02)
        if time.monotonic() - looked < _LOOK_EVERY_S or service.is_busy:
            continue
        try:
            if _is_left(server, service) or not await asyncio.to_thread(service.run.session_lives):
                await asyncio.to_thread(_give_up, service)
        except DatabaseAwayError:
            pass  # it may come back; what this import wrote waits there, and the console asks for it or leaves
        except Exception as e:  # noqa: BLE001  (the watch goes on: an import that never leaves keeps its rows)
            service.log_fault(e)
        looked = time.monotonic()
    server.should_exit = True


def _is_left(server: uvicorn.Server, service: ImportService) -> bool:
    silent_s = time.monotonic() - service.last_request
    return silent_s > (SILENT_S if server.server_state.connections else service.absent_s)


def absent_s(order: ImportOrder) -> float:
    """Seconds after which an import without any line is abandoned.

    A gateway hands each step on by a line of its own, so that between two steps there is none: only silence counts.
    """
    return SILENT_S if order.file_key is None else ABSENT_S


def _give_up(service: ImportService) -> None:
    service.leaving = True
    with contextlib.suppress(TiraiError):  # what stays is swept by the office
        service.run.cancel()
