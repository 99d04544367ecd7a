"""IT's program that sends a customer the link to their page: it knows addresses, and Tirai's people do not.

The link goes to its standard input as one line of JSON with `customer`, `language`, `link` and `expires`; nothing of it
is on a command line or in an environment, and what the program says goes nowhere.

Invariants: no shell; a program that others could change is not run; it has its time, and what it started ends with it;
so many run at once, and no more, so that one that hangs keeps nobody but its like from being answered.
"""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.backoffice.customer_page.links import NewLink
from app.backoffice.customer_page.sending import PageNotSentError
from app.gateway.config import PagePlace
from app.gateway.programs import demand_unbendable, has_ended, program_environment

AT_ONCE: Final = 4


class PageCommand:
    """Sends one link after the other; `app.backoffice.customer_page.sending.SendLink`."""

    def __init__(self, place: PagePlace) -> None:
        """Run what a configuration names."""
        self._place, self._free = place, threading.Semaphore(AT_ONCE)

    def __call__(self, link: NewLink) -> None:
        """Send one.

        Raises:
            PageNotSentError: code `page_busy` (others are being sent), or why the program did not do it.
        """
        if not self._free.acquire(blocking=False):
            raise PageNotSentError("Other pages are being sent. Try again in a moment.", code="page_busy")
        try:
            self._send(link)
        finally:
            self._free.release()

    def _send(self, link: NewLink) -> None:
        program = Path(self._place.command[0])
        demand_unbendable(program, PageNotSentError)
        try:
            child = subprocess.Popen(  # noqa: S603 -- IT's own program, named in a file that only root writes
                self._place.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=program_environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as e:
            raise PageNotSentError(f"{program} cannot be run: {e.strerror}.") from e
        with child:
            try:
                in_time = self._handed_over(child, link)
            finally:
                os.killpg(child.pid, signal.SIGKILL)  # what it started, too; its own number is not free before a wait
        if not in_time:
            took = f"within {self._place.timeout_s:g} s"
            raise PageNotSentError(f"The program that sends pages did not end {took}, and was stopped.")
        if child.returncode != 0:
            raise PageNotSentError(f"The program that sends pages ended with {child.returncode}. Run it by hand.")

    def _handed_over(self, child: "subprocess.Popen[bytes]", link: NewLink) -> bool:
        """Whether it ended in time. A pipe takes a line of this size at once, whether it is read or not."""
        assert child.stdin is not None
        deadline = time.monotonic() + self._place.timeout_s
        with contextlib.suppress(BrokenPipeError):  # it left without reading; its exit code counts
            child.stdin.write(self._line(link))
            child.stdin.close()
        return has_ended(child, deadline)

    def _line(self, link: NewLink) -> bytes:
        expires = datetime.fromtimestamp(link.expires_ms / 1000, UTC).isoformat(timespec="seconds")
        said = {"customer": link.customer, "language": link.languages[0], "link": self._place.link(link.token)}
        return json.dumps(said | {"expires": expires}).encode() + b"\n"
