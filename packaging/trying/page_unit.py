"""The unit of customers' page under systemd itself: its port, its credentials, and what of a gateway it cannot see."""

from collections.abc import Callable
from pathlib import Path

from trying.booted_root import booted
from trying.findings import Findings
from trying.unit import BIND, KERNEL, Unit

NAME, CREDENTIAL = "tirai-page", "db-password"
ROLE = "tirai_page"
PORT = 443
"""As its settings come with it: below 1024, by the unit's only capability."""
_LOG = "/var/log/tirai-gateway"
_GATEWAYS = (
    ("reads the master", "grep -q . /etc/tirai/master"),
    ("reads the gateway's state", "ls -A /var/lib/tirai-gateway | grep -q ."),
    ("reads the gateway's log", f"ls -A {_LOG} | grep -q ."),
    ("reads the gateway's certificate", "ls -A /etc/tirai/tls | grep -q ."),
)
"""Root sees other things in these places there: an empty file, empty folders."""


def lay_page_settings(folder: Path, place: str, password: str, chain: str, key: str) -> None:
    """What IT writes: where the database is, in the file that came with the package, and the secrets.

    Args:
        folder: of the root.
        place: of the database: host, port and name.
        password: of its role.
        chain: of the certificate, PEM.
        key: of the certificate, PEM.
    """
    settings = folder / "etc/tirai/page.toml"
    whole, known = settings.read_text(encoding="utf-8"), f"{ROLE}@db.example:5432/tirai"
    if known not in whole:
        raise RuntimeError(f"the settings that come with it have no {known}")
    settings.write_text(whole.replace(known, f"{ROLE}@{place}"), encoding="utf-8")
    secrets = folder / "etc/tirai/page"
    secrets.mkdir(exist_ok=True)
    secrets.chmod(0o755)
    for name, text, mode in (("db-password", password, 0o400), ("key.pem", key, 0o400), ("chain.pem", chain, 0o644)):
        file = secrets / name
        file.touch(0o600)
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)


def try_page_unit(folder: Path, asks: Callable[[], str], findings: Findings) -> None:
    """Boot the root and try the unit; settings and secrets are there already.

    Args:
        folder: of the root.
        asks: one request to the page; nothing while nobody answers.
        findings: told of each part.
    """
    with booted(folder) as root:
        unit = Unit(root, NAME, CREDENTIAL, asks, findings, capabilities=BIND)
        unit.systemctl("start", unit.name)
        answer = unit.answers()
        unit.tell(f"it serves at port {PORT}", bool(answer), answer or unit.journal()[-3:])
        root.run("touch", f"{_LOG}/trial", user="root")
        unit.try_sandbox(KERNEL, *_GATEWAYS)
        unit.try_kill()
        unit.try_stop()
