"""`tirai gateway init` and `move-in`: how an office comes into a gateway's database, new or from a workstation."""

from pathlib import Path

from app.auth.recovery_kit import OpenKit
from app.backoffice.clock import Clock
from app.backoffice.database import Database
from app.backoffice.front_door import FrontDoor
from app.backoffice.gateway_look import looking
from app.backoffice.moving import MOVED_FILE, NOTE_FILE, Moved, Target, Tell, move_office, settle_move
from app.backoffice.office import DATABASE_FILE, FRONT_DOOR_FILE, NAME_FILE, OpenOffice
from app.backoffice.recovery import opened_by_kit
from app.backoffice.set_up import Made, SetUp
from app.domain.errors import InputRefusedError, WorkstationError
from app.domain.policy import Policy
from app.gateway.config import GatewayConfig
from app.gateway.master import master_source


def target_of(config: GatewayConfig) -> Target:
    """Where a configuration says that an office goes.

    Raises:
        WorkstationError: it does not say who owns the tables.
        SecretFileError: a password's file is not kept as one.
    """
    if config.migrations is None:
        raise WorkstationError(
            f"{config.file} has no [migrations]: the owner's way to the database. Run this where it has.",
            code="no_migrations",
        )
    words = config.database.arguments()
    words.pop("password", None)
    secret = config.database.password_file
    return Target(config.migrations.arguments(), words, str(secret.path) if secret is not None else "")


def demand_place(config: GatewayConfig) -> None:
    """Demand a database and a master that an office can come to, before anybody is asked for anything.

    Raises:
        TiraiError: what is missing.
    """
    owner = target_of(config).owner
    with looking(owner):
        pass
    with looking(config.database.arguments()) as look:
        look.check_tables()
        look.demand_master(master_source(config.master))


def demand_free_place(config: GatewayConfig) -> None:
    """The same, where no office may be yet.

    Raises:
        TiraiError: what is missing, or that there is an office.
    """
    demand_place(config)
    with looking(config.database.arguments()) as look:
        if look.has_office():
            raise InputRefusedError("There is an office in this database already. Give it one of its own.")


def bring_new_office(
    making: SetUp, home: Path, made: Made, policy: Policy, clock: Clock, config: GatewayConfig
) -> Moved:
    """Bring an office that two people have just made in a folder of its own.

    Raises:
        TiraiError: it did not arrive; there is none.
    """
    source = OpenOffice(Database(home / DATABASE_FILE, making.file_key), made.plate, policy, clock)
    try:
        door = FrontDoor(home / FRONT_DOOR_FILE, making.seat_half)
        return move_office(source, home, door, target_of(config), master_source(config.master), lambda _what, _n: None)
    finally:
        source.database.close()


def demand_office(home: Path) -> None:
    """Demand an office in a home, or one that was moved from it.

    Raises:
        InputRefusedError: there is none.
    """
    if not any((home / name).exists() for name in (NAME_FILE, NOTE_FILE, MOVED_FILE)):
        raise InputRefusedError(f"There is no office in {home} to move. Name its folder: --home FOLDER.", code="none")


def move_in(
    home: Path, kit: OpenKit, seat_half: bytes, policy: Policy, clock: Clock, config: GatewayConfig, tell: Tell
) -> Moved:
    """Take a workstation's office over, opened by two holders of its kit; no process of it runs.

    Run again after an interruption, it ends what was begun, or begins anew.

    Args:
        home: the office's folder.
        kit: its recovery kit, opened.
        seat_half: H of the workstation, for its front door.
        policy: the program's own.
        clock: the clock that counts.
        config: of the gateway.
        tell: progress.

    Raises:
        TiraiError: it has not moved, and goes on here.
    """
    if settle_move(home):
        return Moved("", {}, 0)
    demand_office(home)
    with opened_by_kit(home, kit, policy, clock) as opened:
        door = FrontDoor(home / FRONT_DOOR_FILE, seat_half)
        return move_office(opened.office, home, door, target_of(config), master_source(config.master), tell)
