"""The team's home: the demo's office behind two gateways, and a desk for each of two people.

Everything lies in one folder (`build/team-home`), made afresh each time through the product's own commands: the demo's
office, `tirai gateway migrate`, `move-in`, `serve` and `use`. PostgreSQL is one of its own (tests/gateway). Each desk
has a home, a message bus and a keyring of its own, as a workstation has.
"""

import contextlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.backoffice.office import NamePlate
from tests.demo.office import HENDRA, RATNA, DemoOffice, DemoTerminal, fresh_office
from tests.demo.people import DemoPerson
from tests.demo.team_proxy import TeamProxy
from tests.demo.terminal import ROOT, TIMEOUT_S, CommandFailedError
from tests.gateway.configured import configured
from tests.gateway.databases import empty_database
from tests.gateway.pki import Authority
from tests.gateway.ports import free_port
from tests.gateway.postgres_server import PostgresServer, running_server
from tests.gateway.served import ServedGateway
from tests.keyring_session import private_keyring

GATEWAYS = 2
_KIT_CODE = re.compile(r"Kit code \d: (\S+)")
_PORT = re.compile(r"^port = \d+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Desk:
    """A workstation: one person's console.

    Attributes:
        person: who sits there.
        folder: all that belongs to it.
        environment: for its processes: a bus and a keyring of its own.
    """

    person: DemoPerson
    folder: Path
    environment: Mapping[str, str]

    @property
    def home(self) -> Path:
        """Tirai's home on this workstation."""
        return self.folder / "tirai"

    @property
    def cache(self) -> Path:
        """Where its sessions' caches lie."""
        return Path(self.environment["XDG_CACHE_HOME"]) / "tirai"


class TeamHome:
    """Gateways, their database, the proxy before them, and the desks.

    Attributes:
        office: the demo's office, as it was before it moved in.
        desks: by account.
        gateways: the processes, in the order of the proxy's backends.
        proxy: before them, once they serve.
        screens: commands that ran here, each with what it printed.
        authority: file (PEM) of what certified the gateways.
        mark: of the office, once it is set up.
    """

    def __init__(self, office: DemoOffice, server: PostgresServer, desks: Sequence[Desk]) -> None:
        self.office, self._server = office, server
        self.desks = {desk.person.account: desk for desk in desks}
        self.gateways: list[ServedGateway] = []
        self.proxy: TeamProxy
        self._screens: list[tuple[str, str]] = []
        self._stack = contextlib.ExitStack()
        self._certifies = Authority(office.folder / "authority")
        self.authority = self._certifies.file

    def set_up(self) -> None:
        """Office, people, keys: as in `make run`."""
        self.office.set_up()
        self._kit = _KIT_CODE.findall("\n".join(text for _command, text in self.office.terminal.printed))
        self.mark = NamePlate.read(self.office.home).office.hex()

    def move_in(self) -> None:
        """Make the gateways' tables and move the office in, with two holders of its kit."""
        first = configured(self.office.folder / "gateway-1", empty_database(self._server), self._certifies)
        self._configs = [first, *(_beside(first, number) for number in range(2, GATEWAYS + 1))]
        self._tirai("gateway", "migrate", "--config", str(first))
        self.office.stop()
        home = str(self.office.home)
        codes = f"{self._kit[0]}\n{self._kit[1]}\n"
        self._tirai("gateway", "move-in", "--config", str(first), "--codes-stdin", "--home", home, said=codes)

    def serve(self) -> None:
        """Start the gateways and the proxy, and tell each desk where they are."""
        for config in self._configs:
            gateway = ServedGateway(config)
            self._stack.callback(gateway.kill)
            self.gateways.append(gateway)
            self._show("gateway serve", gateway.said)
        ports = [gateway.port for gateway in self.gateways]
        self.proxy = self._stack.enter_context(TeamProxy(ports, lambda line: print(line, flush=True)))
        for desk in self.desks.values():
            place = (f"https://127.0.0.1:{self.proxy.port}", "--ca", str(self.authority), "--office", self.mark)
            self._tirai("gateway", "use", *place, "--home", str(desk.home), environment=desk.environment)

    def kill_one(self) -> str:
        """SIGKILL the gateway that has more lines; what was seen of it."""
        at = max(range(len(self.gateways)), key=lambda n: self.proxy.backends[n].lines)
        backend = self.proxy.backends[at]
        had = backend.lines
        self.gateways[at].kill()
        return f"SIGKILL to gateway {at + 1} (process {self.gateways[at].pid}), which had {had} lines of the consoles."

    def passed(self) -> list[str]:
        """What the proxy passed on."""
        backends = enumerate(self.proxy.backends, 1)
        return [f"gateway {n}: {one.taken} lines taken, {one.cut} cut off by it" for n, one in backends]

    def terminal_at(self, person: DemoPerson) -> DemoTerminal:
        """A terminal at somebody's desk."""
        desk = self.desks[person.account]
        return DemoTerminal(desk.home, desk.environment)

    def take_screens(self) -> list[tuple[str, str]]:
        """What ran since the last time."""
        taken, self._screens = [*self.office.terminal.take_screens(), *self._screens], []
        return taken

    def show(self, screens: list[tuple[str, str]]) -> None:
        """Take what a terminal at a desk showed."""
        self._screens += screens

    def _tirai(self, *words: str, said: str = "", environment: Mapping[str, str] | None = None) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "app", *words],
            input=said,
            env=dict(environment or self.office.environment),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
        self._show(shlex.join(words), done.stdout)
        if done.returncode != 0:
            raise CommandFailedError(f"tirai {shlex.join(words)} ended with {done.returncode}")

    def _show(self, command: str, text: str) -> None:
        print(f"\n$ tirai {command}\n{text.rstrip()}", flush=True)
        self._screens.append((f"tirai {command}", text))

    def close(self) -> None:
        """End proxy and gateways."""
        self._stack.close()


def _beside(first: Path, number: int) -> Path:
    """The configuration of another gateway of the same office on this machine: other ports, its own log."""
    folder = first.parent.with_name(f"gateway-{number}")
    folder.mkdir(mode=0o700)
    text = _PORT.sub(lambda _found: f"port = {free_port()}", first.read_text())
    file = folder / first.name
    file.write_text(text.replace(f'folder = "{first.parent}"', f'folder = "{folder}"'))
    return file


@contextlib.contextmanager
def fresh_team(folder: Path, people: Sequence[DemoPerson] = (RATNA, HENDRA)) -> Iterator[TeamHome]:
    """An empty folder with PostgreSQL, an office's keyring and a desk for each of these people; all ends with it."""
    with fresh_office(folder) as office, running_server() as server, contextlib.ExitStack() as stack:
        display = {name: office.environment[name] for name in _DISPLAY if name in office.environment}
        desks = []
        for person in people:
            own = folder / f"desk-{person.account}"
            own.mkdir(mode=0o700)
            desks.append(Desk(person, own, stack.enter_context(private_keyring(own)) | display))
        home = TeamHome(office, server, desks)
        try:
            yield home
        finally:
            home.close()


_DISPLAY = ("XAUTHORITY", "WAYLAND_DISPLAY")
