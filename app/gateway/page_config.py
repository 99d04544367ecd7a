"""What the customers' page is told: one TOML file of its own, so that its account reads nothing of a gateway's.

Its tables are a gateway's by the same names: `listen`, `database`, `log`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.toml_places import TomlError, parse_toml
from app.gateway.config import DatabasePlace, Listen, content_of, database_of, folder_of, listen_of
from app.gateway.reading import Fault, FaultsError, Sheet

USUAL_PLACE: Final = Path("/etc/tirai/page.toml")
_TABLES: Final = ("listen", "database", "log")


@dataclass(frozen=True, slots=True)
class PageConfig:
    """All of it.

    Attributes:
        listen: where customers come.
        database: the office's database, as the page's role.
        log: the folder of its log and reports; None for the folder of its run.
    """

    listen: Listen
    database: DatabasePlace
    log: Path | None


def load_page_config(file: Path) -> PageConfig:
    """Read a configuration.

    Raises:
        WorkstationError: the file cannot be read, or others could have written it.
        FaultsError: with everything that is wrong with it.
    """
    content = content_of(file, "packaging/gateway/page.toml")
    try:
        tables = parse_toml(content)
    except TomlError as e:
        fault = Fault(e.line, "TOML", e.reason, "mend this line; the rest is read once this is TOML")
        raise FaultsError(file, [fault]) from e
    sheet = Sheet(content, tables)
    sheet.refuse_unknown(_TABLES)
    config = PageConfig(
        listen_of(sheet.table("listen")),
        database_of(sheet.table("database")),
        folder_of(sheet.table("log"), "folder"),
    )
    if sheet.faults:
        raise FaultsError(file, sheet.faults)
    return config
