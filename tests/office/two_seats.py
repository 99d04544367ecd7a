"""A made office with two workstations: two doors with counts of their own, before one file, as a gateway will have it.

Salts, slots and activation slots are the same at both doors; tries, waits and the workstation's own count are not.
"""

import threading
import time
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
from app.guardian.office_start import office_answers
from app.session.sign_in import SignedInKeys, SignIn
from tests.office.made import SEAT, MadeOffice

OTHER_SEAT = "SBY-0418"
SEATS = (SEAT, OTHER_SEAT)
_ELSEWHERE = b"another place..."


class OtherDoor(BackOffice):
    """The second workstation: a door of its own; file, keys and lock are the first one's."""

    def __init__(self, first: BackOffice, seat_half: bytes) -> None:
        super().__init__(first.home, seat_half, OTHER_SEAT, first.policy, first.clock, first._on_open)
        self.front_door = FrontDoor(first.home / "front-door-b", seat_half)
        self.front_door.set_profile(first.front_door.profile)
        self.lock = first.lock
        self._first = first

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
        with self.lock:
            opened = self._first.open(file_key)
            self._write_pending(opened)
            return opened

    def shut(self) -> None:
        """The first one shuts the file."""


class TwoSeats(MadeOffice):
    """Both workstations."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._same: dict[str, tuple[object, ...]] = {}

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        """Serve at both."""
        super().serve(linger_s, open_linger_s)
        self.other = OtherDoor(self.back_office, self.store.seat_half())
        self._other_service = Service(
            self.other, "one-user", FaultLog(self.places.home / "office.log"), self.new_import, self.places.socket
        )
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
        self._other_thread.join(20)
        super().stop()

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
