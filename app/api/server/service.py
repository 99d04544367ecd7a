"""What the routers work on: the back office and its helpers, and who is asking."""

import base64
import binascii
import contextlib
import re
import socket
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from app.api.server.feed import Feed, Topic
from app.api.server.fills import Fills
from app.api.server.rates import RequestRates
from app.api.server.running_imports import RunningImports
from app.backoffice.acting import OFFICE, act_for, acting_for
from app.backoffice.backup_job import BackupJob
from app.backoffice.customer_page.sending import SendLink
from app.backoffice.enrolment import Enrolments
from app.backoffice.erasure.job import ErasureJob
from app.backoffice.log_readings import LogReadings
from app.backoffice.office import BackOffice, OpenOffice, SessionUnknownError
from app.backoffice.own_authenticator import Authenticators
from app.backoffice.presence import Presence
from app.backoffice.reminders import remind
from app.backoffice.sessions import (
    Session,
    end_lapsed,
    end_vanished,
    is_all_locked,
    living_sessions,
    session_of,
    unlocked_consoles,
)
from app.backoffice.using import BeginAction, Uses
from app.domain.action_run import RunningAction
from app.domain.actions import NO_ACTIONS, Action, Actions
from app.domain.errors import NotAllowedError, WorkstationError

GATEWAY = "gateway"
"""The home that serves many workstations (`protection.md`)."""
SERVICE = "service"
"""The home that serves every OS user of one workstation, and runs under a user of its own."""
TOKEN_SCHEME = "Bearer "  # noqa: S105  (a scheme's name)


def _no_program(_action: Action, _value: str) -> RunningAction:
    raise WorkstationError("This office starts no programs for actions.", code="N4")


@dataclass(slots=True)
class Service:
    """One running back office.

    Attributes:
        office: the authority.
        home: which home this is, for screens.
        enrolments, imports: what is in progress.
        log_fault: writes a fault down without values and gives its number.
        new_import: forks a process for an import and returns the line to it.
        socket_at: path of a socket by its name.
        vanished: which of these consoles' sessions have lost all their processes; in a home where that can be seen.
        looks_again_soon: whether it could tell more of them in a moment.
        rates: how often who may ask.
        is_clock_off: whether this machine's clock is so far off that nobody is answered; a gateway's alone.
        stopping: set to have the server leave at once.
        look: has the server look at once whether anybody needs it; set by the server.
        last_request: monotonic time of the last request, seconds; any request restarts the wait before leaving.
        feed: tells consoles what they may want to look at again (requests, decisions, colleagues).
        presence: which customer each console has in front.
        fills: streams of rows on their way to consoles.
        readings: documents for which the whole log is being read.
        actions: IT's actions as they stand now; none where IT has set none.
        begin_action: starts an action's program and hands it a value.
        sources: where databases that are read by a schedule are declared; nowhere in an office of one workstation.
        send_page: has IT's program send a customer the link to their page; None where none does.
        minimum_version: the oldest Tirai that a console may sign in with; empty: any that speaks the protocol.
    """

    office: BackOffice
    home: str
    log_fault: Callable[[BaseException], str]
    new_import: Callable[[], socket.socket]
    socket_at: Callable[[str], Path]
    vanished: Callable[[Collection[bytes]], Collection[bytes]] = lambda _living: ()
    looks_again_soon: Callable[[], bool] = lambda: False
    actions: Callable[[], Actions] = lambda: NO_ACTIONS
    begin_action: BeginAction = _no_program
    sources: Path | None = None
    send_page: SendLink | None = None
    minimum_version: str = ""
    enrolments: Enrolments = field(init=False)
    backups: BackupJob = field(init=False)
    fills: Fills = field(init=False)
    imports: RunningImports = field(init=False)
    authenticators: Authenticators = field(init=False)
    erasures: ErasureJob = field(init=False)
    uses: Uses = field(init=False)
    last_request: float = 0.0
    feed: Feed = field(default_factory=Feed)
    presence: Presence = field(default_factory=Presence)
    readings: LogReadings = field(default_factory=LogReadings)
    rates: RequestRates = field(default_factory=RequestRates)
    is_clock_off: bool = False
    _called_to_mind: float = 0.0
    stopping: bool = False
    look: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        """Make what needs the office."""
        self.enrolments = Enrolments(self.office)
        self.fills = Fills(self.log_fault)
        self.backups = BackupJob(self.office, self.log_fault)
        self.authenticators = Authenticators(self.office)
        self.erasures = ErasureJob(self.office, self._tell_of_erasures, self.log_fault)
        self.uses = Uses(self.actions, self.begin_action)
        self.imports = RunningImports(
            self.office,
            self.new_import,
            self.socket_at,
            self.tell_of_customers,
            self.log_fault,
            serves_others=self.home == SERVICE,
        )

    @contextmanager
    def changing(self, topic: Topic) -> Iterator[None]:
        """Tell of a change once the block has made it; a block that was refused has made none."""
        yield
        self.feed.tell(topic)

    def leave_front(self, session: bytes) -> None:
        """A console has no customer in front any more; whoever has the same one open hears of it."""
        if self.presence.leave(session):
            self.feed.tell(Topic.PRESENCE)

    def _tell_of_erasures(self) -> None:
        self.feed.tell(Topic.CUSTOMERS)
        self.feed.tell(Topic.ERASURES)

    def tell_of_customers(self) -> None:
        """Have consoles ask for customers that came or changed."""
        self.feed.tell(Topic.CUSTOMERS)

    def leaves_for_locks(self) -> bool:
        """Whether every living session is locked and nothing else runs: this process leaves, and a shut one follows.

        From then on nobody signs in or resumes here: it would be lost with this process.
        """
        return self._leaves_if(self._only_locks_are_left)

    def leaves_with_its_keys(self, rest_s: float) -> bool:
        """Whether the file is open, nobody needs it and nobody asked anything for `rest_s` seconds: as with locks."""
        return self._leaves_if(lambda: self.office.is_open and self._rests(rest_s) and self.is_idle())

    def _rests(self, rest_s: float) -> bool:
        return time.monotonic() - self.last_request > rest_s

    def _leaves_if(self, is_unneeded: Callable[[], bool]) -> bool:
        if is_unneeded():
            with self.office.lock:  # nobody signs in, resumes or enrols meanwhile: look again
                self.office.is_leaving = is_unneeded()
        return self.office.is_leaving

    def _only_locks_are_left(self) -> bool:
        return not self._is_at_work() and self.office.is_open and is_all_locked(self.office.opened)

    def _is_at_work(self) -> bool:
        if self.imports.any_running or self.uses.any_running:
            return True
        return self.enrolments.any_open() or self.backups.is_running or self.erasures.is_running

    def end_vanished(self) -> None:
        """End the sessions whose console and guardian are both gone, so that nobody is left who could tell of it."""
        if self.office.is_open and (living := unlocked_consoles(self.office.opened)):
            gone = self.vanished(living)
            if gone:
                end_vanished(self.office.opened, gone)

    def call_to_mind(self) -> None:
        """Every few minutes, write down which terms have come near or are over: an office may stay open for days."""
        now = time.monotonic()
        if self.office.is_open and now - self._called_to_mind >= REMIND_EVERY_S:
            self._called_to_mind = now
            with acting_for(OFFICE), self.office.opened.writing() as db:
                remind(self.office.opened, db)

    def is_idle(self) -> bool:
        """Whether nobody needs this process: no living session, no import, no half-finished enrolment."""
        if self._is_at_work():
            return False
        if not self.office.is_open:
            return True
        end_lapsed(self.office.opened)
        return not living_sessions(self.office.opened)


@dataclass(frozen=True, slots=True)
class Asking:
    """A living session, and the office that it is in."""

    service: Service
    office: OpenOffice
    session: Session


def service_of(request: Request) -> Service:
    """The service behind a request."""
    service: Service = request.app.state.service
    return service


def token_of(request: Request) -> bytes:
    """The token in the request's header.

    Raises:
        SessionUnknownError: there is none.
    """
    header = request.headers.get("Authorization", "")
    with contextlib.suppress(binascii.Error, ValueError):
        if token := base64.b64decode(header.removeprefix(TOKEN_SCHEME), validate=True):
            return token
    raise SessionUnknownError("Sign in first.", code="session_over")


_ANY = ("/v1/session/", "/v1/book", "/v1/class-grants", "/v1/policy/text")
_PEOPLE = ("/v1/accounts", "/v1/proposals")
_OWN = ("/v1/own", "/v1/throttled")
REMIND_EVERY_S: float = 300.0
"""So often an embedded office that stays open looks for terms."""
_ROUTES = {
    "console": (
        *_ANY,
        *_PEOPLE,
        "/v1/policy",
        "/v1/customers",
        "/v1/caller-checks",
        "/v1/lookups",
        "/v1/reveals",
        "/v1/uses",
        "/v1/unlocks",
        "/v1/notes",
        "/v1/contacts",
        "/v1/outbox",
        "/v1/cache",
        "/v1/audit",
        "/v1/calls",
        "/v1/colleagues",
        "/v1/class-keys",
        "/v1/exposures",
        "/v1/analytics",
        "/v1/erasures",
        "/v1/holds",
        "/v1/readmissions",
        "/v1/retention",
        "/v1/views",
        "/v1/who-saw",
        "/v1/privacy",
        "/v1/seats",
        "/v1/subject-requests",
        "/v1/incidents",
        "/v1/training",
        *_OWN,
    ),
    "approval": (*_ANY, "/v1/unlocks"),
    "command": (
        *_ANY,
        "/v1/policy",
        "/v1/backups",
        *_PEOPLE,
        "/v1/colleagues",
        "/v1/imports",
        "/v1/audit",
        "/v1/seats",
        "/v1/sources",
        "/v1/class-keys",
        "/v1/analytics",
        "/v1/erasures",
        "/v1/holds",
        "/v1/readmissions",
        "/v1/retention",
        "/v1/privacy/compliance",
        "/v1/privacy/consents",
        "/v1/privacy/customer",
        "/v1/privacy/record",
        "/v1/training",
        *_OWN,
    ),
    "replace": ("/v1/session/lease", "/v1/session/end", "/v1/own/authenticator"),
}
"""What a kind of session may ask for at all; roles are judged behind it."""
_EXACTLY = {
    "command": re.compile(r"/v1/subject-requests|/v1/incidents(/[^/]+/letters)?"),
    "approval": re.compile(r"/v1/incidents"),
}
"""The same, and nothing beside it: a customer's page at a desk writes requests down and does no more about them,
letters to those whom an incident touched are made by a command, which has to find the incident, and whoever approves at
a desk reports a suspicion."""


def reaches(kind: str, path: str) -> bool:
    """Whether a kind of session may ask for a path at all."""
    exactly = _EXACTLY.get(kind)
    return path.startswith(_ROUTES[kind]) or (exactly is not None and exactly.fullmatch(path) is not None)


def at_door(request: Request) -> None:
    """Somebody asks who has no session yet.

    Raises:
        TooOftenError: too many do from there, at any gateway.
    """
    service_of(request).rates.judge_door(request.client.host if request.client else "")


async def asking(request: Request) -> Asking:
    """Who is asking; what answers them works for them from here on.

    It judges in a thread, but says for whom here: routes that run in threads get a copy of this task's context, not of
    another thread's.

    Raises:
        SessionUnknownError: nobody whose session lives.
        NotAllowedError: this kind of session has no business here.
        TooOftenError: it asks too often.
    """
    who = await run_in_threadpool(_who_asks, request)
    act_for(who.session.acting)
    return who


def _who_asks(request: Request) -> Asking:
    service = service_of(request)
    office = service.office.opened
    session = session_of(office, token_of(request))
    if not reaches(session.kind, request.url.path):
        raise NotAllowedError("This kind of session does not do that.", code="kind")
    service.rates.judge_session(session, request.url.path)
    return Asking(service, office, session)
