"""The thread in which approved orders run, so that nobody waits for them; what it leaves, others take further."""

import threading
from collections.abc import Callable

from app.backoffice.erasure.running import go_on
from app.backoffice.office import BackOffice


class ErasureJob:
    """The running orders of one office."""

    def __init__(
        self, office: BackOffice, changed: Callable[[], object], log_fault: Callable[[BaseException], str]
    ) -> None:
        """Work for this office.

        Args:
            office: the office.
            changed: told when something was erased or is over.
            log_fault: writes a fault down without values; the order goes on at the next look.
        """
        self._office, self._changed, self._log_fault = office, changed, log_fault
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False

    @property
    def is_running(self) -> bool:
        """Whether customers are being erased; the office does not leave before."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self) -> None:
        """Run what was approved."""
        with self._lock:
            self._again = True
            if not self.is_running:
                self._thread = threading.Thread(target=self._run, name="erasure", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._wanted():
            try:
                changed = go_on(self._office.opened)
            except Exception as e:  # noqa: BLE001  (it goes on later: at the next look, at the next opening)
                self._log_fault(e)
                return
            if changed:
                self._changed()

    def _wanted(self) -> bool:
        with self._lock:
            wanted, self._again = self._again, False
        return wanted
