"""A real office in this process: real server on a real socket, real SQLCipher file, real client, real processes for
imports; only the clock and the keyring's shelf are ours. People sign in as often as a test wants, because the clock
moves on by a step each time.
"""

import contextlib
import csv
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from sqlalchemy import Connection

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.messages.door import SessionKind, SignedIn
from app.api.server.serve import FaultLog, serve
from app.api.server.service import Service
from app.backoffice.office import BackOffice
from app.backoffice.openings import put_in_order
from app.backoffice.set_up import FirstPerson, Made, SetUp
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.actions import NO_ACTIONS, Actions
from app.domain.errors import TiraiError
from app.domain.inventory_reader import load_inventory
from app.domain.off_hours import Outside
from app.domain.policy import Policy
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.domain.training.rule import NOTHING_ASKED
from app.guardian.office_start import office_answers
from app.resource_files import resource_text
from app.session.approval import Approval
from app.session.command import CommandSession, ImportReport
from app.session.desk import Desk
from app.session.enrol import Enrol
from app.session.identity import Identity
from app.session.sign_in import SignIn
from app.session.witness import Remembered, mark_of_book, remember
from app.sources.csv_file import open_csv
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from tests.demo.people import Authenticator, DemoPerson
from tests.office.import_nursery import begin_action, new_import
from tests.office.moved_clock import MovedClock
from tests.office.quick import quicken
from tests.office.trained import train
from tests.patience import wait_longer

SEAT = "SBY-0417"
STEP_MS = 30_000
PATIENCE_S = 90

quicken()
wait_longer()


class DictShelf:
    """A keyring shelf in memory."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self._maker = threading.Lock()

    def get(self, name: str) -> str | None:
        return self.entries.get(name)

    def put(self, name: str, text: str) -> None:
        self.entries[name] = text

    def delete(self, name: str) -> bool:
        return self.entries.pop(name, None) is not None

    def names(self) -> list[str]:
        return list(self.entries)

    @contextlib.contextmanager
    def only_maker(self) -> Iterator[None]:
        with self._maker:
            yield


class QuietGuardian:
    """Stands where a guardian would listen; remembers what it was told."""

    def __init__(self) -> None:
        self.sessions: list[tuple[str, str, str]] = []
        self.locks: list[int] = []
        self.generations: dict[str, int] = {}
        self.leases: dict[str, float] = {}
        self.tries: list[str] = []
        self.resumes: list[str] = []

    def begun(self, session: str, name: str, end_token: str, _office: str) -> None:
        self.sessions.append((session, name, end_token))

    def held(self, session: str, lock_fd: int) -> None:
        self.locks.append(lock_fd)

    def making(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def written(self, session: str, generation: int) -> None:
        self.generations[session] = generation

    def leased(self, session: str, left_s: float) -> None:
        self.leases[session] = left_s

    def trying(self, session: str) -> None:
        self.tries.append(session)

    def resumed(self, session: str) -> None:
        self.resumes.append(session)


@dataclass(frozen=True)
class Bare:
    """A signed-in process of one kind, without screen and cache: straight to the office, past its own refusals."""

    identity: Identity
    answer: SignedIn

    @property
    def client(self) -> ApiClient:
        return self.identity.client

    def end(self) -> None:
        if not self.client._http.is_closed:
            with contextlib.suppress(TiraiError):
                self.identity.leave("signed_out")


class MadeOffice:
    """An office with its people."""

    new_import = staticmethod(new_import)
    actions: Actions = NO_ACTIONS
    new_clock: type[MovedClock] | None = None
    """Another than `MovedClock`, which a test may have changed."""
    new_office: type[BackOffice] = BackOffice
    new_service: type[Service] = Service
    home_word = "one-user"
    is_for_machine = False
    look_every_s = 0.05
    """So often it looks whether anybody needs it."""
    trains: bool = False
    """Whether people have to take their lessons; else who is hired has taken them."""

    def __init__(
        self, folder: Path, inventory: str | None = None, *, checks_callers: bool = False, trains: bool = False
    ) -> None:
        self.places = Places(folder / "home", folder / "cache", folder / "run").prepare()
        self.clock = (self.new_clock or MovedClock)()
        self.policy: Policy = load_policy(resource_text("policy", "default.toml"))
        if not checks_callers:  # most tests have nobody on the line
            nobody = replace(self.policy.caller_check, required_for=frozenset())
            self.policy = replace(self.policy, caller_check=nobody)
        if not trains:  # most tests are about something else than what people have learnt
            self.policy = replace(self.policy, training=NOTHING_ASKED)
        # Tests run by day and by night.
        self.policy = replace(self.policy, off_hours=dict.fromkeys(self.policy.off_hours, Outside.OPEN))
        self.trains = trains
        self.session_shelf, self.lasting_shelf = DictShelf(), DictShelf()
        self.store = KeyStore(self.session_shelf, self.lasting_shelf)
        self.guardian = QuietGuardian()
        self.people: dict[str, DemoPerson] = {}
        self.inventory_text = inventory or resource_text("inventory", "customer.toml")
        self.made = self._set_up()
        self.back_office: BackOffice
        self.service: Service
        self._thread: threading.Thread | None = None

    # making

    def _set_up(self) -> Made:
        making = SetUp(
            self.places.home,
            "Nusantara Care",
            load_inventory(self.inventory_text),
            self.policy,
            self.clock,
            SEAT,
            self.door_half(),
            PASSWORD_FLOOR,
            is_for_machine=self.is_for_machine,
        )
        for account, name, role in (
            ("adi", "Adi Nugroho", Role.ADMINISTRATOR),
            ("hendra", "Hendra Kusuma", Role.SUPERVISOR),
        ):
            person = self._person(account, name, role.value, ("*",))
            secret = secrets.token_bytes(20)
            person.authenticator = Authenticator(_base32(secret))
            making.add(FirstPerson(account, name, role, person.password, secret), self.code(person), PASSWORD_FLOOR)
        self.file_key = making._file_key
        made = making.finish()
        remember(self.store, made.plate.office, Remembered(None, mark_of_book(making.book)))
        return made

    def door_half(self) -> bytes:
        """Under what the front door is wrapped."""
        return self.store.seat_half()

    def _person(self, account: str, name: str, role: str, queues: tuple[str, ...]) -> DemoPerson:
        person = DemoPerson(account, name, role, queues, f"kata sandi {secrets.token_hex(12)}")
        self.people[account] = person
        return person

    def code(self, person: DemoPerson | str) -> str:
        """A code that was not used yet; the office's clock moves on if need be."""
        person = self.people[person] if isinstance(person, str) else person
        step = max(self.clock.now_ms() // STEP_MS, person.authenticator.last_step + 1)
        if step > self.clock.now_ms() // STEP_MS:
            self.clock.ahead_ms += step * STEP_MS - self.clock.now_ms()
        person.authenticator.last_step = step
        return person.authenticator.code_of(step)

    def code_to_type(self, person: DemoPerson | str) -> str:
        """A code that was not used yet, for a window that is only coming up: good for a minute at least."""
        person = self.people[person] if isinstance(person, str) else person
        now = self.clock.now_ms() // STEP_MS
        step = max(now + 1, person.authenticator.last_step + 1)  # the office takes the next one, too
        if step > now + 1:
            self.clock.ahead_ms += (step - 1) * STEP_MS - self.clock.now_ms()
        person.authenticator.last_step = step
        return person.authenticator.code_of(step)

    # running

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        """Serve in a thread of this process until the office is idle for `linger_s`, or for `open_linger_s` if open."""
        self.back_office = self.new_office(
            self.places.home, self.door_half(), SEAT, self.policy, self.clock, put_in_order
        )
        self.clock.lead_others(self.places.home)
        self.service = self.new_service(
            self.back_office,
            self.home_word,
            FaultLog(self.places.home / "office.log"),
            self.new_import,
            self.places.socket,
            actions=lambda: self.actions,
            begin_action=begin_action,
        )
        path = self.places.socket("office")
        path.unlink(missing_ok=True)
        self._thread = threading.Thread(
            target=serve,
            args=(self.service, path, linger_s),
            kwargs={
                "look_every_s": self.look_every_s,
                "open_linger_s": linger_s if open_linger_s is None else open_linger_s,
            },
            daemon=True,
        )
        self._thread.start()
        while not office_answers(path):
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop serving; afterwards nobody has the file open."""
        if self._thread is not None:
            self.service.stopping = True
            self._thread.join(PATIENCE_S)
            assert not self._thread.is_alive(), "the office does not stop, so its file is still in use"
            self._thread = None

    def must_leave(self) -> None:
        """Wait until the office that had the keys is gone, since all its sessions are locked."""
        assert self._thread is not None
        self._thread.join(120)
        assert not self._thread.is_alive(), "the office left at once"

    @contextlib.contextmanager
    def forging(self) -> Iterator[Connection]:
        """A hand beneath the office: whoever holds its file and the file's key."""
        with self.back_office.opened.database.writing() as db:
            yield db

    def transport(self) -> httpx.BaseTransport:
        """A way to the office."""
        return SocketTransport(self.places.socket("office"))

    def line(self) -> socket.socket:
        """A line to the office on which nothing was said yet, for a test's own words."""
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE_S)
        line.connect(str(self.places.socket("office")))
        return line

    def connect(self) -> ApiClient:
        return ApiClient(self.transport())

    def sign_in(self) -> SignIn:
        return SignIn(
            self.places,
            self.connect,
            lambda: self.store,
            self.policy,
            start_office=lambda: None,
            announce=self.guardian,
        )

    # people

    def invite(self, account: str, name: str, role: str = "agent", queues: tuple[str, ...] = ("billing",)) -> str:
        """Make an account; returns its activation code."""
        self._person(account, name, role, queues)
        session = self.command("adi")
        try:
            return session.invite(account, name, Role(role), queues)
        finally:
            session.end()

    def enrol(self, account: str, code: str) -> None:
        """Enrol an invited person."""
        person = self.people[account]
        enrol = Enrol(self.connect, lambda: self.store, self.policy)
        offer = enrol.begin(account, code)
        person.authenticator = Authenticator(offer.secret.reveal())
        enrol.finish(person.password, self.code(person), PASSWORD_FLOOR)
        enrol.close()
        if not self.trains:  # real processes, too, open such an office, under the policy that is shipped
            train(self.back_office.opened, self.people)

    def hire(
        self,
        account: str,
        name: str,
        role: str = "agent",
        queues: tuple[str, ...] = ("billing",),
        *,
        grant: bool = True,
    ) -> DemoPerson:
        """Invite, enrol and grant."""
        self.enrol(account, self.invite(account, name, role, queues))
        if grant:
            session = self.command("hendra")
            session.grant(account)
            session.end()
        return self.people[account]

    def command(self, account: str) -> CommandSession:
        return self.sign_in().sign_in_for_command(account, self.people[account].password, self.code(account))

    def desk(self, account: str) -> Desk:
        desk = self.sign_in().sign_in(account, self.people[account].password, self.code(account))
        desk.fill(lambda _done, _total: None)
        return desk

    def approval(self, account: str) -> Approval:
        return self.sign_in().sign_in_to_approve(account, self.people[account].password, self.code(account))

    def bare(self, account: str, kind: SessionKind = "console") -> Bare:
        signed = self.sign_in()._sign_in(account, self.people[account].password, self.code(account), kind)
        return Bare(signed.identity, signed.answer)

    def bring_in(self, rows: Sequence[dict[str, str]], **options: object) -> ImportReport:
        """Import rows as the supervisor, from a CSV file."""
        path = self.places.home.parent / f"{secrets.token_hex(4)}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        session = self.command("hendra")
        try:
            return session.bring_in(open_csv(path), **options)  # type: ignore[arg-type]
        finally:
            session.end()
            path.unlink()


def _base32(secret: bytes) -> str:
    from base64 import b32encode

    return b32encode(secret).decode()


@contextlib.contextmanager
def made_office(
    folder: Path, inventory: str | None = None, *, checks_callers: bool = False, trains: bool = False
) -> Iterator[MadeOffice]:
    """An office that serves until the block is left.

    Policy wants no identified callers unless `checks_callers`, and no certificates of lessons unless `trains`.
    """
    office = MadeOffice(folder, inventory, checks_callers=checks_callers, trains=trains)
    office.serve()
    try:
        yield office
    finally:
        office.stop()
