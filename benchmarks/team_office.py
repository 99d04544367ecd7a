"""An office with many agents behind gateways, for measuring: made as an embedded one, moved in, served by processes.

Every agent has a workstation of their own. V is derived once per account, beforehand: a console's Argon2id is its own
workstation's work, and here hundreds of them share the gateways' processors.
"""

import contextlib
import csv
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.backoffice import enrolment
from app.backoffice.clock import SystemClock
from app.crypto.account_keys import password_keys
from app.crypto.derive import PasswordCost
from app.domain.role import Role
from app.gateway.arriving import move_in
from app.gateway.config import load_config
from app.sources.csv_file import open_csv
from benchmarks.harness import cpu_s
from benchmarks.made_office import ended_s, without_fsync
from tests.demo.customers import HEADERS, demo_customers
from tests.gateway.configured import configured
from tests.gateway.databases import GatewayDatabase, migrated_database
from tests.gateway.pki import Authority
from tests.gateway.ports import free_port
from tests.gateway.postgres_server import SUPERUSER, running_server
from tests.gateway.served import ServedGateway
from tests.office.kit import two_codes
from tests.office.made import MadeOffice
from tests.office.moved_clock import LEAD

QUEUE = "billing"
POOL = 16
NO_LIMITS = """
[limits]
account_at_once = 1000000
account_per_s = 100000
workstation_at_once = 1000000
workstation_per_s = 100000
address_at_once = 1000000
address_per_s = 100000
door_at_once = 1000000
door_per_s = 100000
"""
"""All consoles have one address here, which no office's consoles have."""
BY_CLOCK = """
import time; from pathlib import Path; from app.backoffice.clock import ServersClock as C
C.now_ms = lambda _self: time.time_ns() // 1_000_000 + int(Path({lead!r}).read_text())
C.boot_s = lambda self: self.now_ms() / 1000
import app.bootstrap.program as B; from dataclasses import replace; from app.domain.off_hours import Outside
_shipped = B.policy()
B.policy = lambda: replace(_shipped, off_hours=dict.fromkeys(_shipped.off_hours, Outside.OPEN))
"""
"""Codes are good once in half a minute, and nobody waits for them here; and it is measured by day and by night."""
_STEP_MS = 30_000
_PORT = re.compile(r"^port = \d+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Agent:
    """What the console of one agent knows.

    Attributes:
        account: account name.
        office: O.
        verifier: V.
        wrapping: W, which opens the account's keys.
        secret: the authenticator's.
        seat_half: H of the workstation.
        lead: the file that says how far the office's clock is ahead, ms.
    """

    account: str
    office: bytes
    verifier: bytes
    wrapping: bytes
    secret: str
    seat_half: bytes
    lead: Path


class LoadOffice:
    """The office, its database and its gateways.

    Attributes:
        agents: who works there.
        customers: of their queue.
        authority: whom consoles trust.
        database: behind the gateways.
    """

    def __init__(self, folder: Path, database: GatewayDatabase, consoles: int, customers: int) -> None:
        """Make it, hire, bring the customers in, and move it behind gateways."""
        made = MadeOffice(folder)
        self._made, self._folder, self.database = made, folder, database
        self.lead = made.places.home.with_name(LEAD)
        made.serve()
        self.customers = [one | {"queue": QUEUE} for one in demo_customers(customers)]
        _bring_in(made, self.customers)
        accounts = [f"agent{n:04}" for n in range(consoles)]
        _hire(made, accounts)
        self.agents = _agents(made, accounts, self.lead)
        print(f"{consoles} people are hired.", flush=True)
        made.stop()
        self.authority = Authority(folder / "authority")
        self._config = configured(folder / "server", database, self.authority)
        text = self._config.read_text().replace("[migrations]", f"pool = {POOL}\n[migrations]")
        self._config.write_text(text + NO_LIMITS)
        config = load_config(self._config)
        half = made.store.seat_half()
        move_in(made.places.home, two_codes(made), half, made.policy, SystemClock(), config, lambda _what, _n: None)

    def serve(self, before: str = "") -> ServedGateway:
        """Begin another gateway.

        Args:
            before: words of Python that run before it.
        """
        self._config.write_text(_PORT.sub(lambda _found: f"port = {free_port()}", self._config.read_text()))
        return ServedGateway(self._config, before=BY_CLOCK.format(lead=str(self.lead)) + before)

    def pass_a_step(self) -> None:
        """Have everybody's authenticator show another code."""
        self._made.clock.pass_s(2 * _STEP_MS / 1000)

    def entries(self) -> dict[str, int]:
        """How many entries the log has, by event and outcome."""
        rows = self._asked("SELECT event, outcome, count(*) FROM audit GROUP BY 1, 2")
        return {f"{event} {outcome}": int(str(count)) for event, outcome, count in rows}

    def wal_bytes(self) -> int:
        """How much the database has written ahead so far."""
        return int(str(self._asked("SELECT pg_current_wal_insert_lsn() - '0/0'")[0][0]))

    def postgres_cpu_s(self) -> float:
        """Processor seconds of PostgreSQL's processes, those that ended included."""
        head = self.database.server.pid
        children = Path(f"/proc/{head}/task/{head}/children").read_text().split()
        lives = cpu_s(head)
        for child in children:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just ended: see below
                lives += cpu_s(int(child))
        return lives + ended_s(head)

    def sizes(self) -> list[tuple[str, int, int]]:
        """Tables with rows: name, rows, bytes with indexes and what lies beside; the largest first."""
        names = [str(name) for (name,) in self._asked("SELECT relname FROM pg_stat_user_tables")]
        found = []
        for name in names:
            words = f"SELECT (SELECT count(*) FROM {name}), pg_total_relation_size('{name}')"
            rows, size = (int(str(value)) for value in self._asked(words)[0])
            if rows:
                found.append((name, rows, size))
        return sorted(found, key=lambda one: -one[2])

    def _asked(self, words: str) -> list[tuple[object, ...]]:
        return self.database.execute(words, SUPERUSER)


@contextlib.contextmanager
def load_office(folder: Path, consoles: int, customers: int) -> Iterator[LoadOffice]:
    """The office until the block is left; PostgreSQL waits for the disk (`fsync`), as it does in life."""
    folder.mkdir(mode=0o700, exist_ok=True)
    without_fsync()  # of the file from which the office moves in
    _without_recovery_codes()
    with running_server(fsync=True) as server:
        yield LoadOffice(folder, migrated_database(server), consoles, customers)


def _without_recovery_codes() -> None:
    """Have people enrol without recovery codes, which nobody uses here: ten Argon2id each, most of a hiring's time."""
    enrolment.give_recovery_codes = lambda _office, _db, _account: ()  # type: ignore[attr-defined, assignment]


def _bring_in(made: MadeOffice, customers: Sequence[dict[str, str]]) -> None:
    path = made.places.home.parent / "customers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS.values())
        writer.writerows([customer[name] for name in HEADERS] for customer in customers)
    session = made.command("hendra")
    session.bring_in(open_csv(path))
    session.end()


def _hire(made: MadeOffice, accounts: Sequence[str]) -> None:
    """Invite, enrol and grant, each by one session for all."""
    session = made.command("adi")
    codes = {}
    for account in accounts:
        made._person(account, account.title(), "agent", (QUEUE,))
        codes[account] = session.invite(account, account.title(), Role.AGENT, (QUEUE,))
    session.end()
    for number, account in enumerate(accounts):
        made.enrol(account, codes[account])
        if number % 50 == 49:
            print(f"{number + 1} people have enrolled.", flush=True)
    session = made.command("hendra")
    for account in accounts:
        session.grant(account)
    session.end()


def _agents(made: MadeOffice, accounts: Sequence[str], lead: Path) -> list[Agent]:
    office, agents = made.made.plate.office, []
    with contextlib.closing(made.connect()) as client:
        for account in accounts:
            salt, person = client.salt(account), made.people[account]
            cost = PasswordCost(salt.memory_kib, salt.passes, salt.lanes)
            keys = password_keys(account, person.password, salt.salt, cost)
            half, secret = secrets.token_bytes(32), person.authenticator.secret
            agents.append(Agent(account, office, keys.verifier, keys.wrapping, secret, half, lead))
    return agents


def office_ms(lead: Path) -> int:
    """The office's time."""
    return time.time_ns() // 1_000_000 + int(lead.read_text(encoding="ascii"))
