"""The office's process on a private socket: serves, and leaves some time after it was last needed.

Its keys do not wait so long. It leaves at once when every living session is locked, and a moment after the last session
has ended: whoever comes next has another one started, which is shut until a password opens it.
"""

import asyncio
import contextlib
import logging
import math
import os
import socket
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from app.api.server.application import make_application
from app.api.server.http_line import HttpProtocol
from app.api.server.service import Service
from app.domain.crash_outline import outline_of
from app.storage.crash_reports import CrashReports

LINGER_S = 60.0
"""`protection.md` section 4: the back office leaves 60 s after the last session; here as long as it is shut."""
OPEN_LINGER_S = 1.0
"""As long after the last request an *open* office leaves when no session lives: somebody may be about to sign in."""
_LOOK_EVERY_S, _LOOK_EVERY_WITH_KEYS_S = 2.0, 0.25
LEAVES_WITHIN_S = 3
"""A line that came in just as the server began to leave, and is kept busy, would hold it and its keys for ever."""
_LOG_BYTES = 1_000_000


def serve(
    service: Service,
    socket_path: Path,
    linger_s: float = LINGER_S,
    look_every_s: float = _LOOK_EVERY_S,
    open_linger_s: float = OPEN_LINGER_S,
) -> int:
    """Serve until nobody has needed the office for `linger_s` seconds.

    Args:
        service: what to serve.
        socket_path: where to listen, in an owner-only folder.
        linger_s: how long a shut office waits for somebody.
        look_every_s: how often to look whether a session lives.
        open_linger_s: how long an open one without a session does.

    Returns:
        Exit code.
    """
    _sweep_imports(socket_path.parent)
    with listener_at(socket_path) as listener:
        return _serve_on(listener, service, linger_s, look_every_s, open_linger_s)


def serve_listener(service: Service, listener: socket.socket, folder: Path, on_ready: Callable[[], None]) -> int:
    """Serve what a keeper listens on, until no session needs the keys of this process; a shut one does not leave.

    Args:
        service: what to serve.
        listener: inherited.
        folder: where its sockets lie.
        on_ready: called when whoever connects is going to be answered.

    Returns:
        Exit code.
    """
    _sweep_imports(folder)
    on_ready()
    return _serve_on(listener, service, math.inf, _LOOK_EVERY_S, OPEN_LINGER_S)


def _sweep_imports(folder: Path) -> None:
    for left in folder.glob("import-*"):
        left.unlink(missing_ok=True)  # an office that was killed took their processes along


def _serve_on(
    listener: socket.socket, service: Service, linger_s: float, look_every_s: float, open_linger_s: float
) -> int:
    server = server_of(make_application(service))
    watch = _leave_when_idle(server, service, linger_s, look_every_s, open_linger_s)
    asyncio.run(_run(server, watch, listener))
    service.imports.end_all()  # before the file is shut: see `import_child`
    service.office.shut()
    return 0


def listener_at(path: Path, *, for_everybody: bool = False) -> socket.socket:
    """A listening socket in a folder where this user alone can put one.

    Args:
        path: where.
        for_everybody: whether others reach it, too, who show a token then; else this user alone.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    old = os.umask(0o111 if for_everybody else 0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(old)
    listener.listen(64)
    return listener


def server_of(application: FastAPI, keep_alive_s: int = 75) -> uvicorn.Server:
    """A server that says nothing of itself and logs nothing."""
    return uvicorn.Server(config_of(application, keep_alive_s))


def config_of(application: ASGIApp, keep_alive_s: int = 75) -> uvicorn.Config:
    """How every server of Tirai serves an application: quietly, HTTP alone."""
    return uvicorn.Config(
        application,
        http=HttpProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=keep_alive_s,
        timeout_graceful_shutdown=LEAVES_WITHIN_S,
        server_header=False,
    )


async def _run(server: uvicorn.Server, watch: Coroutine[None, None, None], listener: socket.socket) -> None:
    watching = asyncio.create_task(watch)
    await server.serve(sockets=[listener])
    watching.cancel()


async def _leave_when_idle(
    server: uvicorn.Server, service: Service, linger_s: float, look_every_s: float, open_linger_s: float
) -> None:
    needed, told, loop = time.monotonic(), asyncio.Event(), asyncio.get_running_loop()

    def look() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it has left
            loop.call_soon_threadsafe(told.set)

    service.look = look
    look_s = look_every_s
    while not server.should_exit:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), look_s)
        told.clear()
        if service.stopping:
            server.should_exit = True
            continue
        try:
            idle, leaves = await asyncio.to_thread(_looked, service, open_linger_s)
            server.should_exit = server.should_exit or leaves
        except Exception as e:  # noqa: BLE001  (the watch goes on: an office that never leaves keeps its keys)
            service.log_fault(e)
            continue
        soon = service.looks_again_soon() or (idle and service.office.is_open)
        look_s = min(look_every_s, _LOOK_EVERY_WITH_KEYS_S) if soon else look_every_s
        needed = max(needed if idle else time.monotonic(), service.last_request)
        if time.monotonic() - needed > linger_s:
            server.should_exit = True
    service.feed.close()  # else the server would wait for the streams
    service.fills.close()


def _looked(service: Service, open_linger_s: float) -> tuple[bool, bool]:
    """Do what time asks for; whether nobody needs the office, and whether it has to leave."""
    service.end_vanished()
    service.call_to_mind()
    idle = service.is_idle()
    for_locks, with_keys = service.leaves_for_locks(), service.leaves_with_its_keys(open_linger_s)
    return idle, for_locks or with_keys


class FaultLog:
    """Faults of the office, written without values: a line with number, type and places, and a crash report."""

    def __init__(self, path: Path, process: str = "office") -> None:
        """Write to this file, which begins anew at a megabyte, and reports beside it."""
        self._path, self._reports = path, CrashReports(path.parent, process)
        logging.getLogger("uvicorn.error").disabled = True

    def __call__(self, error: BaseException) -> str:
        """Write a fault down; returns its number."""
        number, outline = self._reports.keep(error).number, outline_of(error).parts[0]
        places = " < ".join(reversed(outline.places))
        mode = "w" if self._path.exists() and self._path.stat().st_size > _LOG_BYTES else "a"
        with self._path.open(mode, encoding="utf-8") as log:
            log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {number} {outline.kind} {places}\n")
        return number
