"""The gateway's unit under systemd itself: without its database and with it, its credential, its sandbox, its end."""

import re
from collections.abc import Callable
from pathlib import Path

from trying.booted_root import booted
from trying.findings import Findings
from trying.unit import KERNEL, Unit

NAME, CREDENTIAL = "tirai-gateway", "db-password"
SETTINGS = "etc/tirai/gateway.toml"


def try_gateway_unit(folder: Path, password: str, asks: Callable[[], str], findings: Findings) -> None:
    """Boot the root and try the unit; settings and everything else are there already.

    Args:
        folder: of the root.
        password: of the database, for the file that the unit hands over.
        asks: one request to the gateway; nothing while nobody answers.
        findings: told of each part.
    """
    place = folder / "etc/tirai" / CREDENTIAL
    place.touch(0o600)
    place.write_text(password, encoding="utf-8")
    place.chmod(0o400)
    with booted(folder) as root:
        unit = Unit(root, NAME, CREDENTIAL, asks, findings)
        waits_for_its_database(unit, folder / SETTINGS)
        unit.try_sandbox(KERNEL)
        unit.try_kill()
        unit.try_stop()


def waits_for_its_database(unit: Unit, settings: Path) -> None:
    """A start without a database fails aloud, is tried again by itself, and succeeds once there is one."""
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"@127\.0\.0\.1:\d+/", "@127.0.0.1:9/", whole), encoding="utf-8")
    unit.systemctl("start", unit.name)
    before = unit.state()
    waits = before["ActiveState"] in {"activating", "failed"} and before["MainPID"] == "0"
    tells = [line for line in unit.journal() if "database" in line][:1]
    unit.tell("without its database it does not start, and says so", waits and bool(tells), tells)
    settings.write_text(whole, encoding="utf-8")
    answer, now = unit.answers(), unit.state()
    good = bool(answer) and now["SubState"] == "running" and int(now["NRestarts"]) > 0
    unit.tell("once there is one it serves by itself", good, [answer, now["NRestarts"]])
