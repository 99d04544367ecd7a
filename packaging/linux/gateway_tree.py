"""Lay out what `tirai-gateway` installs: bundle without Qt, units, account, folders, examples as settings, man page.

Invariants: nothing runs as root; the units are installed and not started, because a gateway without its master and its
certificate has nothing to serve; no secret is in the package, and no folder of it is open to others.
"""

import shutil
from pathlib import Path

from linux.console_tree import put, put_units, write_documents, write_manual
from linux.deb import About
from linux.elf import debian_packages
from steps import PACKAGING, ROOT, emptied
from supply.licences import write_licences

NAME = "tirai-gateway"
BUNDLE = "usr/lib/tirai"
SOURCES = PACKAGING / "gateway"
SUMMARY = "server of a Tirai office over PostgreSQL"
DESCRIPTION = """\
One office for many workstations: serves consoles by TLS, keeps its book,
audit log and customers in PostgreSQL, and holds the master outside of it.
Also serves customers' page, and makes and restores backups.

Has no console and needs no display; consoles are in tirai-console.
"""
EXAMPLES = ("nginx.conf", "haproxy.cfg")
FILES = (
    ("/etc/tirai/gateway.toml", "The gateway's configuration; it names where secrets lie and holds none."),
    ("/etc/tirai/page.toml", "The same for customers' page."),
    ("/var/lib/tirai-gateway, /var/log/tirai-gateway", "State and log."),
)
PAGES = ("install.md", "database.md", "backup.md", "page.md")


def lay_out(tree: Path, bundle: Path, environment: Path) -> Path:
    """Make the tree anew.

    Args:
        tree: where.
        bundle: the frozen program.
        environment: what it was frozen from, for the licences.
    """
    emptied(tree)
    shutil.copytree(bundle, tree / BUNDLE, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/tirai").symlink_to("../lib/tirai/tirai")
    put_units(tree, SOURCES)
    for name in ("gateway.toml", "page.toml"):
        put(SOURCES / name, tree / "etc/tirai" / name)
    doc = tree / "usr/share/doc" / NAME
    for name in EXAMPLES:
        put(SOURCES / name, doc / "examples" / name)
    for name in PAGES:
        put(ROOT / "docs/gateway" / name, doc / name)
    write_manual(tree / "usr/share/man/man1", SUMMARY, FILES)
    write_documents(tree, NAME)
    write_licences(environment, doc / "third-party")
    return tree


def about(tree: Path) -> About:
    """What the control file says of the tree."""
    libraries = debian_packages(tree / BUNDLE, NAME)
    return About(
        name=NAME,
        summary=SUMMARY,
        description=DESCRIPTION,
        depends=f"{libraries}, systemd | systemd-standalone-sysusers, ca-certificates",
        scripts=SOURCES / "scripts",
        more={"Recommends": "postgresql-client", "Conflicts": "tirai-console"},
        programs=(f"{BUNDLE}/tirai",),
    )
