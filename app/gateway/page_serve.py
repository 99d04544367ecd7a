"""The customers' page in public: a process, an account and a role of its own, without a key or anybody's data."""

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from app.api.server.page.application import PageParts, page_application
from app.api.server.serve import FaultLog
from app.api.server.tls import ServerTls
from app.api.server.tls_server import listening_at, tls_server_of
from app.backoffice.clock import SystemClock
from app.backoffice.customer_page.connecting import PageDatabase
from app.backoffice.customer_page.store import RowPageStore
from app.gateway.page_config import load_page_config
from app.guardian.process import harden

LOG_FILE = "page.log"


def serve_page(file: Path, tell: Callable[[str], object] = print) -> int:
    """Serve until told to stop.

    Args:
        file: the configuration.
        tell: says what happens, a line each; no value, no name.

    Returns:
        Exit code.

    Raises:
        TiraiError: it cannot serve, and why.
    """
    config = load_page_config(file)
    harden()
    database = PageDatabase(config.database.arguments(), config.database.pool)
    with _log_folder(config.log) as folder, contextlib.closing(database):
        database.check_role()
        parts = PageParts(RowPageStore(database.transaction, SystemClock()), FaultLog(folder / LOG_FILE, "page"))
        config.listen.key.read()
        tls = ServerTls(config.listen.certificate, config.listen.key.path)
        server = tls_server_of(page_application(parts), tls, tell, config.listen.balancers)
        with listening_at(config.listen.host, config.listen.port) as listener:
            host, port = listener.getsockname()[:2]
            for number in (signal.SIGTERM, signal.SIGINT):  # the server says them once more when it has left
                signal.signal(number, lambda _number, _frame: None)
            tell(f"Serving customers' page at {host}, port {port}.")
            asyncio.run(server.serve(sockets=[listener]))
    return 0


@contextlib.contextmanager
def _log_folder(given: Path | None) -> Iterator[Path]:
    """The folder of the log: what the configuration says, or one that goes with the process."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="page-", dir=os.path.realpath(tempfile.gettempdir())) as folder:
        yield Path(folder)
