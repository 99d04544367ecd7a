"""`tirai gateway backup`, `restore` and `restore-drill`: what a configuration says of them, put together."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.auth.period_end import LONGEST, period_end_of
from app.auth.recovery_kit import OpenKit
from app.backoffice.backup import Made
from app.backoffice.clock import ServersClock
from app.backoffice.period_ends import destroy_period
from app.backoffice.recovery_drill import Check
from app.backoffice.restore import Source, source_of
from app.backoffice.team_backup import Tell, make_team_backup, untold
from app.backoffice.team_restore import Place, Restored, drill_team, restore_team
from app.domain.errors import InputRefusedError, WorkstationError
from app.domain.policy_reader import load_policy
from app.gateway.config import BackupPlace, DatabasePlace, GatewayConfig
from app.gateway.master import master_source
from app.gateway.opening import opened_office, who_cares
from app.gateway.pg_programs import dumping, loading
from app.resource_files import resource_text


def back_up(config: GatewayConfig, tell: Tell = untold) -> Made:
    """Back up the office of a configuration, while gateways serve.

    Args:
        config: of a gateway.
        tell: progress, in bytes.

    Raises:
        TiraiError: it was not made, and nothing stays of it.
    """
    place = backup_place(config)
    words = place.database.arguments()
    dump = dumping(words, place.programs)
    with opened_office(config) as office:
        return make_team_backup(office, words, dump, place.folder, place.keys, who_cares(), tell)


def backup_place(config: GatewayConfig) -> BackupPlace:
    """Where a configuration says that backups come from and go.

    Raises:
        WorkstationError: it does not say (code `no_backup`).
    """
    if config.backup is None:
        raise WorkstationError(
            f"{config.file} has no [backup]. Run this where it has; docs/gateway/backup.md says what goes in.",
            code="no_backup",
        )
    return config.backup


def source_for(
    config: GatewayConfig, main: Path, records: Path | None, keys: Path | None, certificates: Sequence[Path] = ()
) -> Source:
    """Check the files of a backup from outside.

    Args:
        config: names the file of period keys, unless `keys` does.
        main: the main file.
        records: the record keys, or None for the ones beside it.
        keys: the file of period keys.
        certificates: of erasures after the last backup.

    Raises:
        InputRefusedError, VerificationError: see `app.backoffice.restore.source_of`.
    """
    return source_of(main, records, keys or backup_place(config).keys, "gateway", certificates)


def restore(config: GatewayConfig, source: Source, kit: OpenKit, tell: Tell = untold) -> Restored:
    """Restore into the empty database of a configuration.

    Raises:
        TiraiError: it was not restored; no gateway serves what is there.
    """
    return restore_team(source, kit, restore_place(config), who_cares(), tell)


def drill(config: GatewayConfig, source: Source, kit: OpenKit, tell: Tell = untold) -> tuple[Check, ...]:
    """Restore into the scratch database of a configuration, try everything, and empty it again.

    Raises:
        TiraiError: it would not restore.
    """
    owner, scratch = _owner(config), backup_place(config).scratch
    if not scratch or scratch in {owner.database, config.database.database}:
        raise InputRefusedError(
            "Name an empty database of the owner's, beside the office's own: [backup] scratch.", code="no_scratch"
        )
    return drill_team(source, kit, restore_place(config, replace(owner, database=scratch)), tell)


def destroy_key(config: GatewayConfig, order: Path) -> str:
    """Destroy a period's key in the file of keys of a configuration.

    Args:
        config: of a gateway.
        order: the file that two people have signed.

    Returns:
        The certificate.

    Raises:
        TiraiError: the order does not hold, or there is no such key.
    """
    try:
        with order.open("rb") as file:
            text = file.read(LONGEST).decode()
    except (OSError, ValueError) as e:
        raise InputRefusedError(f"{order} cannot be read.", code="order") from e
    keys = backup_place(config).keys
    if not keys.exists():
        raise InputRefusedError(f"There is no {keys}: it holds the keys of backups.", code="backup_keys")
    with opened_office(config) as office:
        return destroy_period(office, period_end_of(text), who_cares(), keys)


def _owner(config: GatewayConfig) -> DatabasePlace:
    if config.migrations is None:
        raise WorkstationError(
            f"{config.file} has no [migrations]: the owner's way to the database. Run this where it has.",
            code="no_migrations",
        )
    return config.migrations


def restore_place(config: GatewayConfig, owner: DatabasePlace | None = None) -> Place:
    """Where a configuration says that an office is restored.

    Args:
        config: of a gateway.
        owner: another way than that of `[migrations]`.

    Raises:
        WorkstationError: it does not say who owns the tables.
        SecretFileError: a password's file is not kept as one.
    """
    words = (owner or _owner(config)).arguments()
    programs = config.backup.programs if config.backup is not None else None
    policy = load_policy(resource_text("policy", "default.toml"))
    master = master_source(config.master)
    return Place(words, config.database.user, loading(words, programs), master, policy, ServersClock())
