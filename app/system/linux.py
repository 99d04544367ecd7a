"""Linux: the login manager and the desktop's screen savers, each heard in a thread of its own.

Invariants: the descriptor that holds the machine up is never closed while a session is open: the kernel closes it as
the process ends, after its memory has gone. A console that is still there some seconds after the machine wanted to
sleep or stop gives up: the guardian then wipes what could not be locked.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from app.domain import patience
from app.domain.system_events import WAITED_FOR, Followed, SystemEvent, Tell, Told
from app.system.bus import Bus, BusError
from app.system.login import heed_login, hold_up, login_event
from app.system.screen_savers import heed_screen_savers, screen_event


class LinuxEvents:
    """What the system tells (`SystemEvents`).

    Args:
        give_up: ends this process at once.
        give_up_s: how long a lock or an end may take once the machine waits for it; `patience.HELD_UP_S` if none is
            given.
    """

    def __init__(self, give_up: Callable[[], object], give_up_s: float | None = None) -> None:
        self._give_up = give_up
        self._give_up_s = patience.HELD_UP_S if give_up_s is None else give_up_s
        self._tell_hook: Tell = lambda _event: None
        self._told: Told = lambda _followed: None
        self._followed = Followed()
        self._changing = threading.Lock()
        self._heard: list[Bus] = []
        self._is_closed, self._may_hold, self._wants_hold = False, True, False
        self._held: int | None = None
        self._patience: threading.Timer | None = None

    def follow(self, tell: Tell, told: Told) -> None:
        """See `SystemEvents`."""
        self._tell_hook, self._told = tell, told
        for name, work in (("login-manager", self._hear_login), ("screen-savers", self._hear_screen)):
            threading.Thread(target=work, name=name, daemon=True).start()

    def hold(self) -> None:
        """See `SystemEvents`."""
        self._wants_hold = True
        threading.Thread(target=self._hold, name="hold-up", daemon=True).start()

    def let_go(self) -> None:
        """See `SystemEvents`."""
        with self._changing:
            self._wants_hold = False
            held, self._held = self._held, None
        if held is not None:
            os.close(held)
        self._be_patient()

    def close(self) -> None:
        """See `SystemEvents`."""
        with self._changing:
            self._is_closed = True
            for bus in self._heard:
                bus.interrupt()
        self.let_go()

    def _hear_login(self) -> None:
        with contextlib.suppress(BusError), self._line("SYSTEM") as bus:
            session = heed_login(bus)
            self._say(sleep=self._may_hold, session=bool(session))
            bus.listen(lambda signal: self._tell(login_event(signal, session)))
        self._say(sleep=False, session=False)

    def _hear_screen(self) -> None:
        with contextlib.suppress(BusError), self._line("SESSION") as bus:
            heed_screen_savers(bus)
            self._say(screen=True)
            bus.listen(lambda signal: self._tell(screen_event(signal)))
        self._say(screen=False)

    @contextlib.contextmanager
    def _line(self, which: Literal["SYSTEM", "SESSION"]) -> Iterator[Bus]:
        with contextlib.closing(Bus(which)) as bus:
            with self._changing:
                self._heard.append(bus)
                if self._is_closed:
                    bus.interrupt()
            try:
                yield bus
            finally:
                with self._changing:
                    self._heard.remove(bus)

    def _hold(self) -> None:
        try:
            with contextlib.closing(Bus("SYSTEM")) as bus:
                held, begun = hold_up(bus)
        except BusError:
            self._may_hold = False  # it would sleep before this console has locked
            self._say(sleep=False)
            return
        with self._changing:
            is_wanted = self._wants_hold
            spare, self._held = (self._held, held) if is_wanted else (held, None)
        if spare is not None:
            os.close(spare)
        if is_wanted:
            self._tell(begun)

    def _say(self, **changes: bool) -> None:
        with self._changing:
            self._followed = replace(self._followed, **changes)
            self._told(self._followed)

    def _tell(self, event: SystemEvent | None) -> None:
        if event is None:
            return
        if event is SystemEvent.AWAKE:
            self._be_patient()
        elif event in WAITED_FOR and self._held is not None:
            self._be_patient()
            self._patience = threading.Timer(self._give_up_s, self._give_up)
            self._patience.daemon = True
            self._patience.start()
        self._tell_hook(event)

    def _be_patient(self) -> None:
        """Nothing waits any more."""
        patience, self._patience = self._patience, None
        if patience is not None:
            patience.cancel()


def followed_here() -> Followed:
    """How far this system would be heard now."""
    sleep = session = screen = False
    with contextlib.suppress(BusError), contextlib.closing(Bus("SYSTEM")) as bus:
        session = bool(heed_login(bus))
        sleep = True
    with contextlib.suppress(BusError), contextlib.closing(Bus("SESSION")) as bus:
        heed_screen_savers(bus)
        screen = True
    return Followed(sleep, session, screen)
