"""`tirai gateway check`: everything that a gateway needs, tried before it serves; changes nothing, tells every fault.

Invariant: a finding says what is wrong and what to do, and no value: no password, no key, no address of a caller.
"""

import datetime
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from app.backoffice.clock import SystemClock
from app.backoffice.gateway_look import Look, looking
from app.crypto.certificates import first_certificate
from app.crypto.errors import SealError
from app.domain.errors import InputRefusedError, TiraiError, VerificationError, WorkstationError
from app.gateway.config import GatewayConfig, load_config
from app.gateway.master import master_source
from app.gateway.programs import demand_unbendable
from app.gateway.reading import FaultsError

WARN_BEFORE: Final = datetime.timedelta(days=21)
_CLOCK_OFF_MS: Final = 2000
_ORDER: Final = (3, 6, 5)
"""Which of several exit codes counts: what is written wrongly first, then what is not what it should be."""


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    Attributes:
        level: how much it matters.
        what: `config`, `certificate`, `password`, `database`, `tables`, `master`, `clock`, `migrations`, `port`,
            `folder`, `backup`, `page`.
        said: in one line.
        exit_code: of a fault.
    """

    level: Level
    what: str
    said: str
    exit_code: int = 0


def check_gateway(file: Path, *, runs: bool = False) -> list[Finding]:
    """Look at everything.

    Args:
        file: the configuration.
        runs: a gateway runs here already, so its ports are taken.
    """
    try:
        config = load_config(file)
    except FaultsError as e:
        return [Finding(Level.FAULT, "config", fault.said(file), e.exit_code) for fault in e.faults]
    except TiraiError as e:
        return [_fault("config", e)]
    found = [Finding(Level.OK, "config", f"{file} is whole.")]
    for what, look in (
        ("certificate", partial(_certificate, config)),
        ("database", partial(_database, config)),
        ("migrations", partial(_migrations, config)),
        ("port", partial(_ports, config, runs)),
        ("folder", partial(_folders, config)),
        ("backup", partial(_backup, config)),
        ("page", partial(_page, config)),
    ):
        found += _tried(what, look)
    return found


def exit_code_of(findings: list[Finding]) -> int:
    """0, or the code that counts."""
    codes = {f.exit_code for f in findings if f.level is Level.FAULT}
    return next((code for code in _ORDER if code in codes), max(codes, default=0))


def _tried(what: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What a look finds, up to where it cannot go on."""
    found: list[Finding] = []
    try:
        found.extend(look())
    except TiraiError as e:
        found.append(_fault(what, e))
    return found


def _fault(what: str, error: TiraiError) -> Finding:
    return Finding(Level.FAULT, what, error.message, error.exit_code)


# the certificate


def _certificate(config: GatewayConfig) -> Iterator[Finding]:
    from app.api.server.tls import ServerTls

    listen = config.listen
    listen.key.read()
    try:
        ServerTls(listen.certificate, listen.key.path)
    except WorkstationError as e:
        raise VerificationError(e.message, code=e.code) from e
    try:
        shown = first_certificate(listen.certificate.read_bytes())
    except (OSError, SealError) as e:  # gone since
        raise WorkstationError(f"{listen.certificate} cannot be read.") from e
    left = shown.ends - datetime.datetime.now(datetime.UTC)
    hosts = ", ".join(shown.hosts)
    if not hosts:
        raise VerificationError(f"{listen.certificate} names no host (subjectAltName), so no console believes it.")
    said = f"{hosts}: good until {shown.ends:%F}; pin {shown.pin.hex()}"
    if left < WARN_BEFORE:
        yield Finding(Level.WARNING, "certificate", f"{said}. {left.days} days are left: renew it.")
    else:
        yield Finding(Level.OK, "certificate", f"{said}.")


# the database, its office and the master


def _database(config: GatewayConfig) -> Iterator[Finding]:
    place = config.database
    if place.ca is not None:
        _readable(place.ca)
    words, clock = place.arguments(), SystemClock()
    with looking(words) as look:
        stranger = look.stranger()  # first: another server may not know what is asked after this
        if stranger:
            yield Finding(Level.WARNING, "database", stranger)
        yield Finding(Level.OK, "database", f"{place.user} gets in: {look.server()}.")
        if abs(off := look.clock_off_ms(clock)) > _CLOCK_OFF_MS:
            raise WorkstationError(
                f"This machine's clock is {off / 1000:+.1f} s off the database's. Set both by NTP; "
                "codes and leases are judged by it.",
                code="clock",
            )
        yield Finding(Level.OK, "clock", "This machine's clock is the database's.")
        if place.pool > (most := look.most_connections()) // 2:
            yield Finding(
                Level.WARNING, "database", f"pool = {place.pool} takes most of the server's {most} connections."
            )
        found = _tried("tables", partial(_tables, look))
        yield from found
        if all(f.level is Level.OK for f in found):
            yield from _tried("master", partial(_office, config, look))


def _tables(look: Look) -> Iterator[Finding]:
    look.check_tables()
    yield Finding(Level.OK, "tables", "The tables are this release's, and the role has no right too many.")


def _office(config: GatewayConfig, look: Look) -> Iterator[Finding]:
    name, version, coming = look.check_office(master_source(config.master))
    yield Finding(Level.OK, "master", f"Version {version} of the master opens the keys of {name}.")
    for number in coming:
        yield Finding(
            Level.WARNING, "master", f"Version {number} is being brought in and is not here, or is another key. Put it."
        )


def _migrations(config: GatewayConfig) -> Iterator[Finding]:
    if config.migrations is None:
        return
    with looking(config.migrations.arguments()):
        yield Finding(Level.OK, "migrations", f"{config.migrations.user} gets in.")


# places


def _ports(config: GatewayConfig, runs: bool) -> Iterator[Finding]:
    if runs:
        return
    for what, host, port in (
        ("listen", config.listen.host, config.listen.port),
        ("private", config.private.host, config.private.port),
    ):
        yield from _tried("port", partial(_port, what, host, port))


def _port(what: str, host: str, port: int) -> Iterator[Finding]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
            tried.listen(1)
        except (OSError, OverflowError) as e:
            why = e.strerror if isinstance(e, OSError) else "no such port"
            raise WorkstationError(
                f"[{what}] cannot listen at {host}, port {port}: {why}. If that is a gateway that runs here: --running."
            ) from e
    yield Finding(Level.OK, "port", f"[{what}] port {port} is free.")


def _folders(config: GatewayConfig) -> Iterator[Finding]:
    for key, folder in (("import.sources", config.sources), ("log.folder", config.log)):
        if folder is not None:
            yield from _tried("folder", partial(_folder, key, folder))


def _folder(key: str, folder: Path) -> Iterator[Finding]:
    try:
        found = folder.stat()
    except OSError as e:
        raise WorkstationError(f"{key}: {folder} cannot be looked at: {e.strerror}.") from e
    if not stat.S_ISDIR(found.st_mode):
        raise WorkstationError(f"{key}: {folder} is no folder.")
    if found.st_mode & 0o022:
        raise WorkstationError(f"{key}: {folder} can be changed by others: chmod go-w.")
    yield Finding(Level.OK, "folder", f"{key} is there.")


def _page(config: GatewayConfig) -> Iterator[Finding]:
    if config.page is None:
        return
    program = Path(config.page.command[0])
    demand_unbendable(program)
    yield Finding(Level.OK, "page", f"Links to {config.page.address} are sent by {program}; it was not run.")


def _backup(config: GatewayConfig) -> Iterator[Finding]:
    place = config.backup
    if place is None:
        return
    for name in ("pg_dump", "pg_restore"):
        if shutil.which(name, path=str(place.programs) if place.programs is not None else None) is None:
            where = place.programs or "PATH"
            raise WorkstationError(f"backup: no {name} in {where}. Install PostgreSQL's client, or name its folder.")
    for key, folder in (("folder", place.folder), ("keys", place.keys.parent)):
        if not folder.is_dir():
            raise InputRefusedError(f"backup.{key}: the folder {folder} is not there. Make it, or mount it.")
    with looking(place.database.arguments()) as look:
        if not look.reads_everything():
            raise WorkstationError(
                f"backup: {place.database.user} may not read everything. Make it as docs/gateway/database.md says: "
                "BYPASSRLS, and a member of pg_read_all_data."
            )
    if place.scratch and config.migrations is not None:
        with looking(replace(config.migrations, database=place.scratch).arguments()):
            pass
    yield Finding(Level.OK, "backup", f"Programs and places of backups are there, and {place.database.user} gets in.")


def _readable(file: Path) -> None:
    try:
        first_certificate(file.read_bytes())
    except OSError as e:
        raise WorkstationError(f"{file} cannot be read: {e.strerror}.") from e
    except SealError as e:
        raise VerificationError(f"{file} holds no certificate (PEM).") from e
