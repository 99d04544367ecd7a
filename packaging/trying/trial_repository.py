"""A package's way into a minimal root, as a workstation takes it: apt, from a repository that this trial signed."""

from pathlib import Path

from linux.apt_repository import KEY_FILE, Repository
from steps import architecture, emptied
from supply.signing import throwaway_signer
from trying.apt_attacks import served
from trying.apt_machine import RootApt
from trying.debian_root import Root

_TOLD = 2000


def install_signed(root: Root, package: Path, name: str, work: Path) -> str:
    """Sign a repository with a key that ends at once, serve it on this machine, and have apt install from it.

    Args:
        root: where; the release's own lists are fetched there first.
        package: the file.
        name: of the package.
        work: the trial's folder; `trial` and `trial-key` are made there anew.

    Returns:
        Name and version, as dpkg has them.

    Raises:
        RuntimeError: apt refused; with its last words.
    """
    root.run("apt-get", "-qq", "update", user="root")
    signer, folder = throwaway_signer(work / "trial-key"), emptied(work / "trial")
    repository, apt = Repository(folder / "apt", architecture()), RootApt(root)
    repository.take([package])
    repository.sign(signer)
    signer.end()
    with served(folder) as address:
        apt.point(lambda key: repository.source(f"{address}/apt", key), repository.folder / KEY_FILE)
        for code, words in (apt.update(), apt.get(name)):
            if code != 0:
                raise RuntimeError(words[-_TOLD:])
    return root.run("dpkg-query", "-W", name).strip()
