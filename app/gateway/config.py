"""What a gateway is told: one TOML file, read into a frozen record, or refused with everything that is wrong with it.

Invariants: the file holds no secret, only where each lies; nothing of it comes from the environment; a file that
somebody besides root and the gateway's account could change is refused, since it names programs that the gateway runs.
`docs/gateway/install.md` lists every key.
"""

import ipaddress
import os
import re
import stat
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from app import __version__
from app.domain.errors import WorkstationError
from app.domain.request_limits import RATE_LIMITS, Rate, RateLimits
from app.domain.toml_places import TomlError, parse_toml
from app.domain.versions import VERSION, is_older
from app.gateway.reading import Fault, FaultsError, Sheet, Table, Wrong, one_of, path, text, whole, words
from app.gateway.secret_files import SecretPlace

USUAL_PLACE: Final = Path("/etc/tirai/gateway.toml")
LARGEST_BYTES: Final = 256 * 1024
NO_FILE: Final = "/dev/null/none"
"""For libpq, which looks into a file of the person's otherwise, and complains of one that is none, as `/dev/null`."""
_TABLES: Final = (
    "listen", "private", "database", "migrations", "master", "limits", "import", "log", "backup", "page",
    "workstations",
)  # fmt: skip
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.?")
_LONGEST_HOST = 253
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Balancer(StrEnum):
    """What stands before the gateway."""

    NONE = "none"
    """Nothing, or something that hides nothing: who connects is the caller."""
    PROXY_PROTOCOL = "proxy_protocol"
    """A balancer that passes TLS through and says before it who calls (the PROXY protocol, versions 1 and 2)."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Where consoles come.

    Attributes:
        host: the address; `0.0.0.0` or `::` for every one.
        port: 0 for any free one.
        certificate: the chain, PEM, the gateway's own first.
        key: its private key, PEM.
        balancer: what stands before it.
        balancers: networks whose word on who calls is believed.
    """

    host: str
    port: int
    certificate: Path
    key: SecretPlace
    balancer: Balancer = Balancer.NONE
    balancers: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Private:
    """Where health, readiness and metrics are answered; not for consoles.

    Attributes:
        host: the address.
        port: 0 for any free one.
    """

    host: str = "127.0.0.1"
    port: int = 9464


@dataclass(frozen=True, slots=True)
class DatabasePlace:
    """A database and the role that comes to it.

    Attributes:
        user: the role.
        host: the server's name or address; empty where `socket` is given.
        port: its port.
        database: its name.
        socket: the folder of a local server's socket.
        password_file: the role's password; None where the server asks for none (a socket's peer check).
        ca: certificates that vouch for the server, PEM; None for the machine's own trust store.
        pool: connections at most.
        direct: another way to the same database, past a pooler, for hearing what other gateways change; None where the
            usual way has none.
    """

    user: str
    host: str
    port: int
    database: str
    socket: Path | None = None
    password_file: SecretPlace | None = None
    ca: Path | None = None
    pool: int = 8
    direct: "DatabasePlace | None" = None

    @property
    def is_local(self) -> bool:
        """Whether nothing of it crosses a network."""
        return self.socket is not None or self.host in _LOOPBACK

    def arguments(self) -> dict[str, str]:
        """Words of libpq that say all of it, so that nothing is left to `PG...` variables or files of a home.

        A server on another machine is spoken to under TLS with its name checked, or not at all. The password is among
        the words: they go to the driver and into no message.

        Raises:
            SecretFileError: the password's file is not kept as a secret should be.
        """
        tls = {"sslmode": "disable"} if self.is_local and self.ca is None else {"sslmode": "verify-full"}
        if tls["sslmode"] != "disable":
            tls["sslrootcert"] = str(self.ca) if self.ca is not None else "system"
        return {
            "host": str(self.socket) if self.socket is not None else self.host,
            "port": str(self.port),
            "user": self.user,
            "dbname": self.database,
            "passfile": NO_FILE,
            **({"password": self.password_file.line()} if self.password_file is not None else {}),
            **tls,
        }


@dataclass(frozen=True, slots=True)
class MasterPlace:
    """Where the master comes from: exactly one of a file and a command.

    Attributes:
        file: versions and keys.
        command: a program and its words; it is given the version as the last one.
        timeout_s: how long the command may take.
    """

    file: SecretPlace | None = None
    command: tuple[str, ...] = ()
    timeout_s: int = 10


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups come from and go.

    Attributes:
        database: the database, as the role that reads all of it.
        folder: the backups.
        keys: the file of period keys, on another medium.
        programs: the folder of `pg_dump` and `pg_restore`; None for where the system finds them.
        scratch: an empty database of the owner's on the same server, for drills; empty where there is none.
    """

    database: DatabasePlace
    folder: Path
    keys: Path
    programs: Path | None = None
    scratch: str = ""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """How links to customers' page are sent.

    Attributes:
        address: where the page is, `https://HOST` or `https://HOST:PORT`.
        command: IT's program and its words; it is handed a link on its standard input.
        timeout_s: how long it may take.
    """

    address: str
    command: tuple[str, ...]
    timeout_s: int = 20

    def link(self, token: str) -> str:
        """The link that a token opens."""
        return f"{self.address}/p/{token}"


@dataclass(frozen=True, slots=True)
class GatewayConfig:
    """Everything that one gateway is told.

    Attributes:
        file: where it was read.
        listen: where consoles come.
        private: where health and metrics are answered.
        database: the database, as the gateway's role.
        migrations: the database, as its owner; only where `tirai gateway migrate` runs.
        master: where M comes from.
        limits: how often one caller may ask.
        sources: the folder of declared sources for imports, or None.
        log: the folder of logs; None for the journal alone.
        backup: where backups go; only where they are made.
        page: how links to customers' page are sent, where they are.
        minimum_version: the oldest Tirai that workstations may have; empty: any that speaks the protocol.
    """

    file: Path
    listen: Listen
    private: Private
    database: DatabasePlace
    master: MasterPlace
    migrations: DatabasePlace | None = None
    limits: RateLimits = RATE_LIMITS
    sources: Path | None = None
    log: Path | None = None
    backup: BackupPlace | None = None
    page: PagePlace | None = None
    minimum_version: str = ""


def load_config(file: Path = USUAL_PLACE) -> GatewayConfig:
    """Read a configuration.

    Raises:
        WorkstationError: the file cannot be read, or others could have written it.
        FaultsError: with everything that is wrong with it.
    """
    return read_config(content_of(file, "packaging/gateway/gateway.toml"), file)


def read_config(content: str, file: Path) -> GatewayConfig:
    """Read a configuration's text.

    Raises:
        FaultsError: with everything that is wrong with it.
    """
    try:
        tables = parse_toml(content)
    except TomlError as e:
        fault = Fault(e.line, "TOML", e.reason, "mend this line; the rest is read once this is TOML")
        raise FaultsError(file, [fault]) from e
    sheet = Sheet(content, tables)
    sheet.refuse_unknown(_TABLES)
    config = GatewayConfig(
        file=file,
        listen=listen_of(sheet.table("listen")),
        private=_private(sheet.table("private")),
        database=database_of(sheet.table("database")),
        migrations=database_of(sheet.table("migrations")) if sheet.has("migrations") else None,
        master=_master(sheet.table("master")),
        limits=_limits(sheet.table("limits")),
        sources=folder_of(sheet.table("import"), "sources"),
        log=folder_of(sheet.table("log"), "folder"),
        backup=_backup(sheet.table("backup")) if sheet.has("backup") else None,
        page=_page(sheet.table("page")) if sheet.has("page") else None,
        minimum_version=_minimum(sheet.table("workstations")),
    )
    _judge_ports(sheet, config)
    if sheet.faults:
        raise FaultsError(file, sheet.faults)
    return config


def content_of(file: Path, example: str) -> str:
    """What a file says that nobody could have changed but root and this account.

    Args:
        file: a configuration.
        example: where one is, for whoever has none.

    Raises:
        WorkstationError: it cannot be read, or others could have written it.
    """
    try:
        fd = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(fd, "rb") as opened:
            found, raw = os.fstat(fd), opened.read(LARGEST_BYTES + 1)
        content = raw.decode("utf-8")
    except FileNotFoundError as e:
        raise WorkstationError(
            f"There is no {file}. Copy {example} there and fill it in, or name it: --config FILE.",
            code="no_config",
        ) from e
    except (OSError, UnicodeDecodeError) as e:
        raise WorkstationError(f"{file} cannot be read as a UTF-8 text file.", code="no_config") from e
    if len(raw) > LARGEST_BYTES or not stat.S_ISREG(found.st_mode):
        raise WorkstationError(f"{file} is no file of a configuration's size.", code="no_config")
    if found.st_uid not in {0, os.geteuid()} or found.st_mode & 0o022:
        raise WorkstationError(
            f"{file} can be changed by others than root and the server's account: chown root, chmod 0644 at most.",
            code="no_config",
        )
    return content


def listen_of(table: Table) -> Listen:
    """Where a server listens."""
    balancer = Balancer(table.take("balancer", one_of(Balancer), Balancer.NONE.value) or Balancer.NONE)
    networks = table.take("balancers", _networks, ())
    if balancer is Balancer.PROXY_PROTOCOL and not table.has("balancers"):
        what = "with proxy_protocol anybody could say that they call from elsewhere"
        table.fault("balancer", what, 'write balancers = ["10.0.0.4/32"], the addresses of the balancers')
    if balancer is Balancer.NONE and table.has("balancers"):
        table.fault("balancers", "these belong to a balancer", 'write balancer = "proxy_protocol", or take them out')
    listen = Listen(
        host=table.take("host", _address, "0.0.0.0"),  # noqa: S104 -- consoles come from everywhere
        port=table.take("port", whole(0, 65_535), 8443),
        certificate=table.take("certificate", path),
        key=table.take("key", _secret),
        balancer=balancer,
        balancers=networks,
    )
    table.done()
    return listen


def _private(table: Table) -> Private:
    usual = Private()
    private = Private(
        host=table.take("host", _address, usual.host),
        port=table.take("port", whole(0, 65_535), usual.port),
    )
    table.done()
    return private


def database_of(table: Table) -> DatabasePlace:
    """A database, and the role that comes to it."""
    place = _place(table, table.take("pool", whole(2, 200), 8))
    direct = table.take("direct", _database_url, None)
    if direct is not None:
        place = replace(place, direct=replace(direct, password_file=place.password_file, ca=place.ca))
    table.done()
    return place


def _place(table: Table, pool: int = 2) -> DatabasePlace:
    place = table.take("url", _database_url)
    password, ca = table.take("password_file", _secret, None), table.take("ca", path, None)
    if place is None:
        return DatabasePlace("", "", 0, "")
    if place.socket is None and not table.has("password_file"):
        instead = 'write password_file = "/etc/tirai/db-password" or "credential:db-password"'
        table.fault("url", "a role that comes by the network proves itself by a password", instead)
    return replace(place, password_file=password, ca=ca, pool=pool)


def _master(table: Table) -> MasterPlace:
    master = MasterPlace(
        file=table.take("file", _secret, None),
        command=table.take("command", _command, ()),
        timeout_s=table.take("timeout_s", whole(1, 120), 10),
    )
    if table.has("file") == table.has("command"):
        both = table.has("file")
        what = "the master comes from one place" if both else "it is not said where the master comes from"
        instead = "take one of file and command out" if both else 'write file = "credential:master", or command = [...]'
        table.fault("file" if both else "", what, instead)
    if table.has("timeout_s") and not table.has("command"):
        table.fault("timeout_s", "a file does not take time", "take it out")
    table.done()
    return master


def _limits(table: Table) -> RateLimits:
    usual = RateLimits()
    rates = {}
    for what in ("account", "workstation", "address", "door"):
        rate: Rate = getattr(usual, what)
        burst = table.take(f"{what}_at_once", whole(10, 1_000_000), rate.burst)
        per_s = table.take(f"{what}_per_s", whole(1, 100_000), int(rate.per_s))
        rates[what] = Rate(burst, per_s)
    table.done()
    return RateLimits(**rates)


def folder_of(table: Table, key: str) -> Path | None:
    """The folder that is all of a table."""
    found = table.take(key, path, None)
    table.done()
    return found


def _minimum(table: Table) -> str:
    """The oldest version that workstations may have; above this gateway's own nobody could sign in with any."""

    def judge(value: Any) -> str:
        if not isinstance(value, str) or VERSION.fullmatch(value) is None:
            raise Wrong("this is no version", 'write numbers and dots, as "1.2.0"')
        if is_older(__version__, value):
            raise Wrong(f"this gateway itself is {__version__}", "update the gateways first, then raise this")
        return value

    found = table.take("minimum_version", judge, "")
    table.done()
    return found


def _backup(table: Table) -> BackupPlace:
    backup = BackupPlace(
        database=_place(table),
        folder=table.take("folder", path),
        keys=table.take("keys", path),
        programs=table.take("programs", path, None),
        scratch=table.take("scratch", _name, ""),
    )
    if backup.folder is not None and backup.keys is not None and backup.folder in backup.keys.parents:
        what = "keys beside the backups end no period"
        table.fault("keys", what, "name a file on another medium than the backups")
    table.done()
    return backup


def _page(table: Table) -> PagePlace:
    page = PagePlace(
        address=table.take("address", _page_address),
        command=table.take("command", _command),
        timeout_s=table.take("timeout_s", whole(1, 30), 20),
    )
    table.done()
    return page


def _judge_ports(sheet: Sheet, config: GatewayConfig) -> None:
    listen, private = config.listen, config.private
    if listen.port and listen.port == private.port:
        what = "consoles and metrics cannot share a port"
        sheet.table("private").fault("port", what, "write another port than [listen] has")


# judges of a gateway's own values


def _address(value: Any) -> str:
    word = text(value)
    try:
        return str(ipaddress.ip_address(word))
    except ValueError:
        if word == "localhost":
            return word
    raise Wrong("this is no address of this machine", 'write its number, as "0.0.0.0", "127.0.0.1" or "::"')


def _networks(value: Any) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    try:
        return tuple(ipaddress.ip_network(word) for word in words(value))
    except ValueError as e:
        if isinstance(e, Wrong):
            raise
        raise Wrong("there is something else than a network", 'write ["10.0.0.4/32", "fd00::/64"]') from e


def _name(value: Any) -> str:
    word = text(value)
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", word):
        raise Wrong("this is no name of a database", "write small letters, digits and _")
    return word


def _secret(value: Any) -> SecretPlace:
    try:
        return SecretPlace.of(text(value))
    except Wrong:
        raise
    except ValueError as e:
        instead = 'write where it lies, "/etc/tirai/NAME" or "credential:NAME", and never the secret itself'
        raise Wrong("this names no place of a secret", instead) from e


def _page_address(value: Any) -> str:
    instead = 'write "https://HOST"; a link is /p/TOKEN below it'
    try:
        url = urlsplit(text(value))
        port = url.port
    except Wrong:
        raise
    except ValueError as e:
        raise Wrong("this is no address of a page", instead) from e
    rest = url.path.strip("/") or url.query or url.fragment or "@" in url.netloc
    if url.scheme != "https" or rest or not _is_host(url.hostname or ""):
        raise Wrong("this is no address of a page", instead)
    host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
    return f"https://{host}" + (f":{port}" if port else "")


def _command(value: Any) -> tuple[str, ...]:
    argv = words(value)
    if not Path(argv[0]).is_absolute():
        raise Wrong("the program is named without its path", 'write ["/usr/local/bin/...", "..."]; no shell finds it')
    return argv


_URL = 'write "postgresql://ROLE@HOST:5432/DATABASE"'


def _database_url(value: Any) -> DatabasePlace:
    try:
        url = urlsplit(text(value))
        port = url.port or 5432
    except Wrong:
        raise
    except ValueError as e:
        raise Wrong("this is no address of a database", _URL) from e
    if url.password is not None:
        raise Wrong("a password stands in the address", f"{_URL}, and the password's file as password_file")
    if url.scheme != "postgresql" or url.fragment:
        raise Wrong("this is no address of a PostgreSQL database", _URL)
    user, database = unquote(url.username or ""), unquote(url.path.removeprefix("/"))
    if not user or not database or "/" in database:
        raise Wrong("role or database is not named", _URL)
    socket = _socket(url)
    if socket is None and not _is_host(url.hostname or ""):
        raise Wrong("the server is not named", _URL)
    return DatabasePlace(user, url.hostname or "", port, database, socket)


def _socket(url: SplitResult) -> Path | None:
    """The folder of a socket, the one thing that may stand behind the question mark."""
    if not url.query:
        return None
    key, _, value = url.query.partition("=")
    folder = Path(unquote(value))
    if key != "host" or url.hostname or "&" in value or not folder.is_absolute():
        instead = f'{_URL}; a local server\'s socket is "postgresql://ROLE@/DATABASE?host=/run/postgresql"'
        raise Wrong("nothing but a socket's folder is said behind the question mark", instead)
    return folder


def _is_host(word: str) -> bool:
    try:
        ipaddress.ip_address(word)
    except ValueError:
        return len(word) <= _LONGEST_HOST and bool(_HOST.fullmatch(word))
    return True
