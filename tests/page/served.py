"""The page on loopback, served by a thread of the test."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn

from app.api.server.page.application import PageParts, page_application
from app.api.server.serve import config_of
from app.domain.request_limits import PageLimits, Rate
from tests.page.memory import MemoryStore

MANY = Rate(10_000, 1_000)
PATIENT = PageLimits(address=MANY, form=MANY, link=MANY, all_forms=MANY)
"""One machine plays all customers."""


class _Beside(uvicorn.Server):
    """A server in a thread, which hears no signals."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


@contextlib.contextmanager
def served(store: MemoryStore) -> Iterator[str]:
    """Serve a store; the address."""
    faults: list[BaseException] = []
    server = _Beside(config_of(page_application(PageParts(store, faults.append), PATIENT, is_tls=False)))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
    assert not faults
