"""Lay out what `tirai-console` installs: bundle, command, menu entry, sweep at each login, policy folder, man page.

The same tree becomes the .deb and the .rpm. Units of the system (`packaging/console/units/*.service`), accounts
(`*.sysusers`) and folders (`*.tmpfiles`) go in when they lie there, and the scripts then start and stop the units.
"""

import gzip
import shutil
import time
from pathlib import Path

from linux import icons
from linux.deb import About
from linux.elf import debian_packages
from linux.manual import manual
from steps import MAINTAINER, PACKAGING, ROOT, emptied, epoch, package_version
from supply.licences import write_licences

from app import __version__

NAME = "tirai-console"
BUNDLE = "usr/lib/tirai"
SOURCES = PACKAGING / "console"
SUMMARY = "console for contact-centre agents"
DESCRIPTION = """\
Customers' sensitive values stay absent from this workstation until one of
them is released, for one purpose and half a minute, with an audit entry.

Needs a Secret Service with a collection in memory, as gnome-keyring has.
"""
FILES = (
    ("/etc/tirai/policy.d/*.toml", "The organisation's policy for this machine; root's."),
    ("/var/lib/tirai", "The office of the whole workstation, where it is set up: tirai office setup."),
    ("~/.local/share/tirai", "A person's office or their gateway's address; stays."),
    ("~/.cache/tirai", "One folder per session; goes with the session."),
)


def lay_out(tree: Path, bundle: Path, environment: Path) -> Path:
    """Make the tree anew.

    Args:
        tree: where.
        bundle: the frozen program.
        environment: what it was frozen from, for the licences.
    """
    emptied(tree)
    shutil.copytree(bundle, tree / BUNDLE, symlinks=True)
    share, units = tree / "usr/share", tree / "usr/lib/systemd/user"
    put(SOURCES / "tirai-sweep.service", units / "tirai-sweep.service")
    wanted = units / "default.target.wants"
    wanted.mkdir()
    (wanted / "tirai-sweep.service").symlink_to("../tirai-sweep.service")
    put(SOURCES / "tirai-sweep.desktop", tree / "etc/xdg/autostart/tirai-sweep.desktop")
    put(SOURCES / "policy-README", tree / "etc/tirai/policy.d/README")
    put(SOURCES / "tirai.desktop", share / "applications/tirai.desktop")
    for folder in (SOURCES / "units", PACKAGING / "service"):
        put_units(tree, folder)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/tirai").symlink_to("../lib/tirai/tirai")
    write_metainfo(share / "metainfo/invalid.tirai.tirai.metainfo.xml")
    write_icons(share / "icons/hicolor")
    put(ROOT / "docs/deployment/service-home.md", share / "doc" / NAME / "deployment/service-home.md")
    write_manual(share / "man/man1", SUMMARY, FILES)
    write_documents(tree, NAME)
    write_licences(environment, share / "doc" / NAME / "third-party")
    return tree


def about(tree: Path) -> About:
    """What the control file says of the tree."""
    return About(
        name=NAME,
        summary=SUMMARY,
        description=DESCRIPTION,
        depends=f"{debian_packages(tree / BUNDLE, NAME)}, systemd | systemd-standalone-sysusers",
        scripts=SOURCES / "scripts",
        more={
            "Recommends": "gnome-keyring, dbus-user-session | dbus-x11",
            "Conflicts": "tirai-gateway",
        },
        programs=(f"{BUNDLE}/tirai",),
    )


def put(source: Path, target: Path) -> None:
    """Copy one file, with the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def put_units(tree: Path, folder: Path) -> None:
    """Units, accounts and folders of the system, where a package has any."""
    for kind, place in (
        ("*.service", "usr/lib/systemd/system"),
        ("*.socket", "usr/lib/systemd/system"),
        ("*.timer", "usr/lib/systemd/system"),
        ("*.sysusers.conf", "usr/lib/sysusers.d"),
        ("*.tmpfiles.conf", "usr/lib/tmpfiles.d"),
    ):
        for file in sorted(folder.glob(kind)):
            name = file.name.replace(".sysusers.", ".").replace(".tmpfiles.", ".")
            put(file, tree / place / name)


def write_metainfo(target: Path) -> None:
    """What software centres show (AppStream)."""
    day = time.strftime("%Y-%m-%d", time.gmtime(epoch()))
    text = (SOURCES / "metainfo.xml").read_text(encoding="utf-8")
    target.parent.mkdir(parents=True)
    target.write_text(text.replace("@VERSION@", __version__).replace("@DAY@", day), encoding="utf-8")


def write_icons(folder: Path) -> None:
    """The icon, scalable and by size."""
    (folder / "scalable/apps").mkdir(parents=True)
    (folder / "scalable/apps/tirai.svg").write_text(icons.icon_svg())
    for size in icons.SIZES:
        place = folder / f"{size}x{size}/apps"
        place.mkdir(parents=True)
        (place / "tirai.png").write_bytes(icons.icon_png(size))


def write_manual(folder: Path, summary: str, files: tuple[tuple[str, str], ...]) -> None:
    """The man page; `files` are places with what lies there."""
    folder.mkdir(parents=True)
    page = manual(summary, __version__, files).encode()
    (folder / "tirai.1.gz").write_bytes(gzip.compress(page, compresslevel=9, mtime=0))


def write_documents(tree: Path, name: str) -> None:
    """Copyright, the project's changes, the package's own, and what lintian is told to bear."""
    source = PACKAGING / name.removeprefix("tirai-")
    doc = tree / "usr/share/doc" / name
    put(source / "copyright", doc / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (doc / "changelog.gz").write_bytes(gzip.compress(changes, compresslevel=9, mtime=0))
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(epoch()))
    own = f"tirai ({package_version()}) stable; urgency=medium\n\n  * As changelog.gz beside this file says.\n\n"
    own += f" -- {MAINTAINER}  {day}\n"
    (doc / "changelog.Debian.gz").write_bytes(gzip.compress(own.encode(), compresslevel=9, mtime=0))
    put(source / "lintian-overrides", tree / "usr/share/lintian/overrides" / name)
