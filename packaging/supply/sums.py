"""SHA256SUMS over every file that is handed on, signed: one signature for whoever takes a file by hand."""

import shutil
from pathlib import Path

from steps import sha256
from supply.signing import Signer

SUMS = "SHA256SUMS"
KEY_FILE = "tirai-release.pgp"


def write_sums(folder: Path, signer: Signer) -> Path:
    """Write SHA256SUMS, its detached signature and the public key; names are sorted, folders are not entered.

    Returns:
        The signature.
    """
    sums = folder / SUMS
    for old in (sums, sums.with_name(SUMS + ".asc")):
        old.unlink(missing_ok=True)
    signer.write_public(folder / KEY_FILE)
    files = sorted(path for path in folder.iterdir() if path.is_file())
    sums.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in files))
    return signer.sign_beside(sums)


def wrong_files(folder: Path) -> list[str]:
    """Files that are not what SHA256SUMS says, or that it does not name, or that are missing."""
    rows = [line.split("  ", 1) for line in (folder / SUMS).read_text().splitlines()]
    said = {name: digest for digest, name in rows}
    there = {path.name: sha256(path) for path in folder.iterdir() if path.is_file()}
    for name in (SUMS, SUMS + ".asc"):
        there.pop(name, None)
    return sorted(name for name in said | there if said.get(name) != there.get(name))


def copied(files: list[Path], folder: Path) -> list[Path]:
    """Copy artefacts into the folder that is handed on."""
    return [Path(shutil.copy2(file, folder / file.name)) for file in files]
