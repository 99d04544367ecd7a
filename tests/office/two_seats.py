"""A made office with two workstations: two doors with counts of their own, before one file, as a gateway will have it.

Salts, slots and activation slots are the same at both doors; tries, waits and the workstation's own count are not.
What waited at either is written down when the file opens. It leaves, at both, only when it is let go.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.messages.door import SessionKind
from app.api.server.serve import FaultLog, serve
from app.api.server.service import Service
from app.backoffice.door_record import Door
from app.backoffice.front_door import FrontDoor
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.session_ends import judge_noted_ends
from app.guardian.office_start import office_answers
from app.session.sign_in import SignedInKeys, SignIn
from tests.office.made import PATIENCE_S, SEAT, MadeOffice

OTHER_SEAT = "SBY-0418"
SEATS = (SEAT, OTHER_SEAT)
_ELSEWHERE = b"another place..."


class FirstDoor(BackOffice):
    """The first workstation; its file is that of both."""

    other: BackOffice

    def open(self, file_key: bytes) -> OpenOffice:
        with self.lock:
            opened = super().open(file_key)
            for door in (self, self.other):
                door._write_pending(opened)
                judge_noted_ends(door)
            return opened


class OtherDoor(BackOffice):
    """The second workstation: a door of its own; file, keys and lock are the first one's."""

    def __init__(self, first: FirstDoor, seat_half: bytes) -> None:
        super().__init__(first.home, seat_half, OTHER_SEAT, first.policy, first.clock, first._on_open)
        self.front_door = FrontDoor(first.home / "front-door-b", seat_half)
        self.front_door.set_profile(first.front_door.profile)
        self.lock = first.lock
        self._first = first
        first.other = self

    @property
    def file_key(self) -> bytes:
        return self._first.file_key

    @property
    def opened(self) -> OpenOffice:
        return self._first.opened

    @property
    def is_open(self) -> bool:
        return self._first.is_open

    def open(self, file_key: bytes) -> OpenOffice:
        return self._first.open(file_key)

    def shut(self) -> None:
        """The first one shuts the file."""


class HeldService(Service):
    """A service that leaves when it is let go; what is at work at the other workstation keeps it, too."""

    beside: Service | None = None

    def leaves_now(self) -> bool:
        """Whether it leaves, because every living session is locked."""
        return super()._leaves_if(self._only_locks_are_left)

    def _leaves_if(self, is_unneeded: Callable[[], bool]) -> bool:
        return self.office.is_leaving

    def _is_at_work(self) -> bool:
        return super()._is_at_work() or (self.beside is not None and Service._is_at_work(self.beside))


class TwoSeats(MadeOffice):
    """Both workstations."""

    new_office = FirstDoor
    new_service = HeldService
    back_office: FirstDoor
    service: HeldService

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._same: dict[str, tuple[object, ...]] = {}

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        """Serve at both."""
        super().serve(linger_s, open_linger_s)
        self.other = OtherDoor(self.back_office, self.store.seat_half())
        self._other_service = HeldService(
            self.other, "one-user", FaultLog(self.places.home / "office.log"), self.new_import, self.places.socket
        )
        self.service.beside, self._other_service.beside = self._other_service, self.service
        path = self.places.socket("office-b")
        path.unlink(missing_ok=True)
        self._other_thread = threading.Thread(
            target=serve,
            args=(self._other_service, path, linger_s),
            kwargs={"look_every_s": 0.02, "open_linger_s": linger_s if open_linger_s is None else open_linger_s},
            daemon=True,
        )
        self._other_thread.start()
        while not office_answers(path):
            time.sleep(0.002)
        self.mirror()

    def stop(self) -> None:
        """Stop both."""
        self._other_service.stopping = True
        self.service.stopping = True
        self._other_thread.join(120)
        super().stop()

    def is_at_work(self) -> bool:
        """Whether somebody is in the middle of an enrolment."""
        return self.service._is_at_work()

    def let_go(self) -> bool:
        """Let the office leave if only locks are left; whether it did. Its threads have ended and the file is shut."""
        left = self._other_service.leaves_now()
        assert self.service.leaves_now() == left
        if left:
            assert self._thread is not None
            for thread in (self._other_thread, self._thread):
                thread.join(PATIENCE_S)
                assert not thread.is_alive(), "it leaves by itself"
            self._thread = None
            assert not self.back_office.is_open
        return left

    def door_at(self, seat: str) -> FrontDoor:
        """A workstation's door."""
        return self.back_office.front_door if seat == SEAT else self.other.front_door

    def connect_at(self, seat: str) -> ApiClient:
        """A line to the office from a workstation."""
        return ApiClient(SocketTransport(self.places.socket("office" if seat == SEAT else "office-b")))

    def enter(self, seat: str, kind: SessionKind, account: str, password: str, code: str) -> SignedInKeys:
        """Sign in at a workstation."""
        door = SignIn(
            self.places, lambda: self.connect_at(seat), lambda: self.store, self.policy, start_office=lambda: None
        )
        if seat == SEAT:
            return door._sign_in(account, password, code, kind)
        with patch("app.session.sign_in.seat_id", lambda _office, _half: _ELSEWHERE):
            return door._sign_in(account, password, code, kind)

    def mirror(self) -> None:
        """Have both doors open to the same passwords and activation codes: what one has changed, the other takes."""
        doors = [self.door_at(seat) for seat in SEATS]
        for name in {name for door in doors for name in door._doors}:
            for here, there in (doors, doors[::-1]):
                now = _opens(here._doors.get(name, Door()))
                if now != self._same.get(name, _opens(Door())):
                    self._same[name] = now
                    taken = there._doors.setdefault(name, Door())
                    taken.salt, taken.cost, taken.slots = now[0], now[1], list(now[2])  # type: ignore[assignment,call-overload]
                    taken.activation, taken.activation_until_ms = now[3], now[4]  # type: ignore[assignment]
                    there.save()
                    break


def _opens(door: Door) -> tuple[object, ...]:
    return door.salt, door.cost, tuple(door.slots), door.activation, door.activation_until_ms
