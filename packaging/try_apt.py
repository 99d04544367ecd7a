"""Try the signed repository in a minimal Debian (`make apt-check`): attacks, install, upgrade, downgrade, removal.

1. Six attacks, each served by HTTP as somebody in the network would: every one is refused and nothing is installed.
2. The good repository: installed with its dependencies, `dpkg --verify` finds every file as it was packed.
3. A newer version: refused while the program runs, and the old one goes on; then taken.
4. A repository that offers an older version: apt stays; by an administrator's word (`--allow-downgrades`) it goes back.
5. Disk full during an upgrade and during an install: an error, and after room is made it is installed.
6. Nobody answers: apt says so, and what is installed works on. A proxy: asked, and it changes nothing unseen.
7. Removed: settings stay, and what dead sessions left in a home is gone. Purged: nothing of the package's is left.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from linux.apt_repository import Repository
from linux.console_tree import BUNDLE, NAME
from linux.deb import file_name
from steps import BUILD, architecture, package_version
from supply.signing import Signer, throwaway_signer
from trying.apt_attacks import attack, complaint, proxy, served
from trying.apt_machine import RootApt
from trying.debian_root import Root, make_root, running, until
from trying.findings import Findings

WORK = BUILD / "apt-check"
EXIT_FAILED, EXIT_ENVIRONMENT = 1, 5


def main() -> int:
    """Try the package that `make deb` built."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    package = BUILD / "deb" / file_name(NAME)
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None or not package.is_file():
        print("Needs root, mmdebstrap and a built package (make deb ARGS=--only-build).", file=sys.stderr)
        return EXIT_ENVIRONMENT
    findings, folder = Findings(), WORK / "root"
    make_root(folder)
    keys = throwaway_signer(WORK / "own-key"), throwaway_signer(WORK / "other-key")
    with running(folder) as root, tempfile.TemporaryDirectory(dir=WORK) as work:
        try:
            try_repository(root, package, keys, Path(work), findings)
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the report is written
            findings.add("the rest", False, f"{type(error).__name__}: {error}")
    for each in keys:
        each.end()
    findings.write(WORK / "report.json", {"package": package.name})
    if findings.ok:
        shutil.rmtree(folder)
    return 0 if findings.ok else EXIT_FAILED


def try_repository(root: Root, package: Path, keys: tuple[Signer, Signer], work: Path, findings: Findings) -> None:
    """All parts, in order."""
    root.run("apt-get", "-qq", "update", user="root")
    apt, good = RootApt(root), Repository(work / "repository", architecture())
    good.take([package])
    good.sign(keys[0])
    for answer in attack(good, apt, keys, NAME, work):
        findings.add(answer.name, answer.ok, answer.words)
    changed = root.run("dpkg", "--verify", NAME, user="root", check=False)
    findings.add("dpkg --verify", changed == "", changed)
    newer, public = repacked(package, work, "0.1.0-99"), work / "own.pgp"
    with served(work) as address:

        def offer(name: str, *packages: Path) -> None:
            offered = Repository(work / name, architecture())
            offered.take(packages)
            offered.sign(keys[0])
            apt.point(lambda key: offered.source(f"{address}/{name}", key), public)
            code, words = apt.update()
            assert code == 0, words

        offer("newer", newer)
        with in_use(root):
            code, words = apt.upgrade()
            said = complaint(words, "Tirai is open")
            stays = apt.has(NAME) == package_version() and root.run("tirai", "wipe", check=False).startswith(
                "No session"
            )
            findings.add(
                "an upgrade while it runs is refused", code != 0 and bool(said) and stays, said or words[-300:]
            )
            code, words = apt.remove(NAME)
            said = complaint(words, "Tirai is open")
            findings.add("a removal while it runs is refused", code != 0 and bool(said) and bool(apt.has(NAME)), said)
        full_disk(root, apt, findings)
        code, words = apt.upgrade()
        findings.add("the newer version is taken", apt.has(NAME) == "0.1.0-99", apt.has(NAME) or words[-300:])
        offer("older", package)
        apt.upgrade()
        code, words = apt.get(NAME)
        findings.add("an older version is not taken", apt.has(NAME) == "0.1.0-99", complaint(words, "newest version"))
        code, words = apt.get(f"{NAME}={package_version()}")
        said = complaint(words, "downgrade")
        findings.add("nor by naming it alone", code != 0 and apt.has(NAME) == "0.1.0-99", said or words[-300:])
        code, words = apt.get(f"{NAME}={package_version()}", "--allow-downgrades")
        findings.add("an administrator goes back by saying so", apt.has(NAME) == package_version(), apt.has(NAME))
        removal(root, apt, findings)
        full_disk_at_first(root, apt, findings)
    without_a_network(root, apt, good, work, findings)
    through_a_proxy(root, apt, good, work, findings)


def repacked(package: Path, work: Path, version: str) -> Path:
    """The same package under another version, packed in haste."""
    tree = work / "repacked"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(control.read_text().replace(f"Version: {package_version()}\n", f"Version: {version}\n"))
    made = work / package.name.replace(package_version(), version)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", tree, made], check=True, stdout=subprocess.DEVNULL
    )
    shutil.rmtree(tree)
    return made


@contextlib.contextmanager
def in_use(root: Root) -> Iterator[None]:
    """The program at work in the root: one that is held in the midst, so that it cannot end by itself."""
    begun = f'[ "$(readlink /proc/$!/exe)" = /{BUNDLE}/tirai ]'
    script = f"tirai self-check >/dev/null 2>&1 & until {begun}; do sleep 0.02; done; kill -STOP $!; sleep 600"
    with subprocess.Popen(root.line("sh", "-c", script)) as keeper:
        until("the program", 60, lambda: f"/{BUNDLE}/tirai" in root.programs())
        yield
        root.end(f"/{BUNDLE}/tirai")
        keeper.kill()
    until("its end", 60, lambda: f"/{BUNDLE}/tirai" not in root.programs())


def full_disk(root: Root, apt: RootApt, findings: Findings) -> None:
    """An upgrade onto a disk that has room for half of it: an error, and the version before is whole and works."""
    size = sum(path.lstat().st_size for path in (root.folder / BUNDLE).rglob("*")) // 1_000_000 + 60
    steps = (
        f"mkdir -p /run/full && mount -t tmpfs -o size={size}m tmpfs /run/full",
        f"cp -a /{BUNDLE}/. /run/full/ && mount --bind /run/full /{BUNDLE}",
    )
    subprocess.run(root.line("sh", "-c", " && ".join(steps), user="root"), check=True)
    code, words = apt.upgrade()
    said = complaint(words, "No space left")
    findings.add("a full disk ends an upgrade", code != 0 and bool(said), said or words[-300:])
    works = root.run("tirai", "wipe", check=False).startswith("No session")
    changed = root.run("dpkg", "--verify", NAME, user="root", check=False)
    findings.add("the version before is whole", works and changed == "", [apt.has(NAME), changed])
    subprocess.run(root.line("sh", "-c", f"umount /{BUNDLE} && umount /run/full", user="root"), check=True)


def full_disk_at_first(root: Root, apt: RootApt, findings: Findings) -> None:
    """The first install onto a disk that has no room for it: an error, and once there is room it is installed."""
    mount = f"mkdir -p /{BUNDLE} && mount -t tmpfs -o size=50m tmpfs /{BUNDLE}"
    subprocess.run(root.line("sh", "-c", mount, user="root"), check=True)
    code, words = apt.get(NAME)
    said, left = complaint(words, "No space left"), apt.has(NAME)
    subprocess.run(root.line("umount", f"/{BUNDLE}", user="root"), check=True)
    findings.add("a full disk ends an install", code != 0 and bool(said) and not left, said or words[-300:])
    code, words = apt.get(NAME)
    changed = root.run("dpkg", "--verify", NAME, user="root", check=False)
    good = code == 0 and apt.has(NAME) == package_version() and changed == ""
    findings.add("with room it is installed", good, apt.has(NAME) or words[-300:])


def without_a_network(root: Root, apt: RootApt, good: Repository, work: Path, findings: Findings) -> None:
    """Nobody answers where the repository is said to be."""
    apt.point(lambda key: good.source("http://127.0.0.1:9/tirai", key), work / "own.pgp")
    code, words = apt.update()
    said = complaint(words, "Could not connect|Connection refused|Unable to connect")
    works = root.run("tirai", "wipe", check=False).startswith("No session")
    findings.add("without a network: apt says so, the program works", code != 0 and bool(said) and works, said)


def through_a_proxy(root: Root, apt: RootApt, good: Repository, work: Path, findings: Findings) -> None:
    """A proxy on the way is asked, and what it changes is refused: nothing rests on the way."""
    apt.point(lambda key: good.source("http://packages.example/repository", key), work / "own.pgp")
    setting = root.folder / "etc/apt/apt.conf.d/99proxy"
    with proxy(work, "packages.example") as (address, asked):
        setting.write_text(f'Acquire::http::Proxy "{address}";\n')
        code, words = apt.update()
        findings.add("through a proxy: the index is fetched", code == 0 and bool(asked), f"{len(asked)} questions")
        content = good.in_release.read_text(encoding="utf-8")
        good.in_release.write_text(content.replace("Label: Tirai", "Label: Tiral"), encoding="utf-8")
        (good.suite / "Release.gpg").unlink()
        apt.point(lambda key: good.source("http://packages.example/repository", key), work / "own.pgp")
        code, words = apt.update()
        said = complaint(words, "manipulated|BADSIG|not signed|invalid")
        findings.add("through a proxy: what it changes is refused", code != 0 and bool(said), said or words[-300:])
    setting.unlink()


def removal(root: Root, apt: RootApt, findings: Findings) -> None:
    """Remove, then purge: what goes and what stays."""
    dead, office = root.home / ".cache/tirai/5e55", root.home / ".local/share/tirai"
    for folder in (dead, office):
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        (folder / "cache.db").write_bytes(b"left")
        root.give(root.home / folder.relative_to(root.home).parts[0])
    policy = root.folder / "etc/tirai/policy.d/10-house.toml"
    policy.write_text("# of the house\n")
    code, words = apt.remove(NAME)
    gone = (
        not dead.exists() and not (root.folder / BUNDLE).exists() and not (root.folder / "usr/bin/tirai").is_symlink()
    )
    findings.add(
        "removed: sessions' leftovers go", code == 0 and gone, sorted(map(str, (root.folder / BUNDLE).rglob("*")))[:5]
    )
    said = complaint(words, "still has an office")
    findings.add(
        "removed: settings and offices stay, and are named", policy.exists() and office.exists() and bool(said), said
    )
    code, words = apt.remove(NAME, purge=True)
    left = [str(path) for path in left_of_package(root)]
    findings.add(
        "purged: nothing of the package is left, homes are untouched", code == 0 and not left and office.exists(), left
    )


def left_of_package(root: Root) -> list[Path]:
    """Files outside homes whose name is Tirai's; the repository's own source, key and pin are the administrator's."""
    ours = {
        "etc/apt/sources.list.d/tirai.sources",
        "etc/apt/keyrings/tirai-archive.pgp",
        "etc/apt/preferences.d/tirai.pref",
    }
    found = []
    for top in ("etc", "usr", "var/lib", "opt"):
        found += [
            path
            for path in (root.folder / top).rglob("*tirai*")
            if not path.is_relative_to(root.folder / "var/lib/apt")
        ]
    return [path.relative_to(root.folder) for path in found if str(path.relative_to(root.folder)) not in ours]


if __name__ == "__main__":
    sys.exit(main())
