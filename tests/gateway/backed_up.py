"""An office behind a gateway for tests of its backups: at work, with its configuration, and new databases to go to."""

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.backoffice.backup import Made
from app.gateway import backing_up
from app.gateway.config import GatewayConfig, load_config
from tests.gateway.configured import configured
from tests.gateway.databases import BACKUP, GatewayDatabase, empty_database
from tests.office.team import TeamMade

KEYS = "backup-keys.json"


@dataclass
class Servers:
    """The servers' side of an office: what its IT has.

    Attributes:
        office: the office.
        folder: for backups, keys and configurations.
    """

    office: TeamMade
    folder: Path

    def config(self, name: str, database: GatewayDatabase | None = None, master: bytes | None = None) -> GatewayConfig:
        """A configuration for the office's database, or for another one.

        Args:
            name: of its folder, a new one.
            database: where to.
            master: M of version 1, if it is not the office's.
        """
        database = database or self.office.database
        file = configured(self.folder / name, database, self.office.authority)
        key = b64encode(master or self.office.master_key).decode()
        place = file.parent / "master"
        place.unlink()
        place.touch(0o600)
        place.write_text(json.dumps({"version": 1, "key": key}) + "\n")
        for needed in ("backups", "keys"):
            (self.folder / needed).mkdir(exist_ok=True)
        with file.open("a") as more:
            more.write(f"""
[backup]
url = "postgresql://{BACKUP}@127.0.0.1:{database.server.port}/{database.name}"
password_file = "{file.parent / "password"}"
folder = "{self.folder / "backups"}"
keys = "{self.folder / "keys" / KEYS}"
programs = "{database.server.programs}"
scratch = "{self.scratch.name}"
""")
        return load_config(file)

    @cached_property
    def scratch(self) -> GatewayDatabase:
        """The database for drills."""
        return self.empty()

    def empty(self) -> GatewayDatabase:
        """A new empty database of the owner's."""
        return empty_database(self.office.database.server)

    def back_up(self, name: str = "backing-up") -> Made:
        """Make a backup."""
        return backing_up.back_up(self.config(name))


def tables_of(database: GatewayDatabase) -> int:
    """How many tables there are."""
    counted = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    return int(str(database.execute(counted, "postgres")[0][0]))
