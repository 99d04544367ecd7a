"""`tirai gateway migrate`: the owner's way to the database, from a file of its own or from the configuration.

Where the role of customers' page is there, its rights are set, too.
"""

from pathlib import Path

from app.backoffice.customer_page.connecting import give_rights
from app.backoffice.migrating import Migrated, migrate, owner_engine
from app.domain.errors import WorkstationError
from app.gateway.config import load_config
from app.gateway.secret_files import SecretPlace

USUAL_ROLE = "tirai_gateway"


def migrate_by_url(file: Path, gateway: str = USUAL_ROLE) -> Migrated:
    """Migrate the database that a file names.

    Args:
        file: one line, the owner's URL with its password; kept as a secret is.
        gateway: the gateway's role.

    Raises:
        SecretFileError: the file is not kept so.
        TiraiError: see `app.backoffice.migrating.migrate`.
    """
    owner = owner_engine(SecretPlace(file=file.absolute()).line())
    done = migrate(owner, gateway)
    give_rights(owner)
    return done


def migrate_by_config(file: Path) -> Migrated:
    """Migrate the database of a configuration, as the role of its `[migrations]`.

    Raises:
        WorkstationError: it has none (code `no_migrations`).
        TiraiError: the configuration is refused, or see `app.backoffice.migrating.migrate`.
    """
    config = load_config(file)
    if config.migrations is None:
        raise WorkstationError(
            f"{file} has no [migrations]: the owner's way to the database. Run this where it has, or name the owner's "
            "URL: --database-url-file FILE.",
            code="no_migrations",
        )
    owner = owner_engine("postgresql://", config.migrations.arguments())
    done = migrate(owner, config.database.user)
    give_rights(owner)
    return done
