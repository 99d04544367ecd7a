"""Looking how far a document is while the office makes it: what takes over a second says so, and can be stopped."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from app.api.client import who_saw as calls
from app.api.client.client import ApiClient
from app.domain.errors import TiraiError

LOOK_AFTER_S, LOOK_EVERY_S = 1.0, 0.3
"""Nothing is told of what is over within a second."""


class Far(Protocol):
    """So much is done, of so much."""

    @property
    def done(self) -> int:
        """Parts or entries."""

    @property
    def total(self) -> int:
        """0: nothing is known."""


@dataclass(frozen=True, slots=True)
class Asks:
    """The calls that tell how far a document is, and stop it."""

    how_far: Callable[[ApiClient, bytes], Far]
    stop: Callable[[ApiClient, bytes], None]


WHO_SAW: Final = Asks(calls.pdf_how_far, calls.stop_pdf)


@contextmanager
def watched(
    client: ApiClient,
    request: bytes,
    on_entries: Callable[[int, int], object],
    is_stopped: Callable[[], bool],
    asks: Asks = WHO_SAW,
) -> Iterator[None]:
    """Ask the office how far it is, from a thread of its own, until the block is left.

    Args:
        client: the session's line.
        request: the document's id.
        on_entries: called with entries of the log so far, and how many there are.
        is_stopped: asked at each look; then the office is told to stop.
        asks: the calls for this kind of document.
    """
    is_over = threading.Event()

    def look() -> None:
        wait_s = LOOK_AFTER_S
        while not is_over.wait(wait_s):
            wait_s = LOOK_EVERY_S
            with contextlib.suppress(TiraiError):  # whoever waits for the document hears of an office that is away
                if is_stopped():
                    asks.stop(client, request)
                    continue
                far = asks.how_far(client, request)
                if far.total and not is_over.is_set():
                    on_entries(far.done, far.total)

    thread = threading.Thread(target=look, name="tirai-document", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
