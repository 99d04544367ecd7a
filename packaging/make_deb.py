"""Build `build/deb/tirai-console_VERSION_ARCH.deb` and try it in a minimal Debian (`make deb`, `make gateway-deb`).

Steps: an environment with exactly the locked packages that the program needs; PyInstaller; the package's tree;
dependencies computed by dpkg-shlibdeps, which also fails on a library that nothing provides; lintian.
Invariants: same sources, same machine, same bytes (`--compare` builds twice and compares). The package fits the Debian
release it is built on, and newer ones with the same libraries.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from frozen import CONSOLE, GATEWAY, Bundle, freeze
from linux import console_tree, gateway_tree
from linux.deb import file_name, installed_kib, pack
from linux.elf import glibc_floor
from linux.judged import judge
from steps import BUILD, PACKAGING, ROOT, sha256

WORK = BUILD / "deb"


@dataclass(frozen=True)
class Kind:
    """One of the two packages: its tree, what it is frozen from, and the program that tries it."""

    laid: ModuleType
    bundle: Bundle
    trial: str

    @property
    def package(self) -> Path:
        """Its file."""
        return WORK / file_name(self.laid.NAME)

    @property
    def tree(self) -> Path:
        """What it installs."""
        return WORK / f"{self.laid.NAME}-tree"


KINDS = {
    "console": Kind(console_tree, CONSOLE, "try_deb.py"),
    "gateway": Kind(gateway_tree, GATEWAY, "try_gateway.py"),
}


def main() -> int:
    """Build, compare when asked, then try."""
    parser = argparse.ArgumentParser(prog="make deb", description=__doc__)
    parser.add_argument("--only-build", action="store_true", help="do not try the package")
    parser.add_argument("--only-try", action="store_true", help="try the package that is there")
    parser.add_argument("--only-pack", action="store_true", help="pack what was frozen before; do not try it")
    parser.add_argument("--compare", action="store_true", help="freeze and pack twice, and compare the bytes")
    parser.add_argument("--kind", choices=KINDS, default="console", help="which package")
    asked = parser.parse_args()
    os.umask(0o022)
    kind = KINDS[asked.kind]
    if not asked.only_try:
        if not asked.only_pack:
            freeze(kind.bundle)
        built(kind)
        if asked.compare and not is_same_again(kind):
            return 1
        if not judge(kind.package, kind.tree):
            return 1
    if asked.only_build or asked.only_pack:
        return 0
    return subprocess.call([sys.executable, str(PACKAGING / kind.trial), str(kind.package)], cwd=ROOT)


def built(kind: Kind) -> None:
    """Lay out and pack what was frozen; `NAME.json` says what came out."""
    began, package = time.monotonic(), kind.package
    tree = kind.laid.lay_out(kind.tree, kind.bundle.folder, kind.bundle.environment)
    found = kind.laid.about(tree)
    pack(tree, found, WORK)
    about = {
        "package": package.name,
        "bytes": package.stat().st_size,
        "sha256": sha256(package),
        "installed_kib": installed_kib(tree),
        "glibc": glibc_floor(tree / kind.laid.BUNDLE),
        "depends": found.depends.split(", "),
    }
    (WORK / f"{kind.laid.NAME}.json").write_text(json.dumps(about, indent=1) + "\n")
    size = f"{package.stat().st_size / 1e6:.1f} MB, {about['installed_kib']} KiB installed"
    print(f"{package}: {size}, glibc {about['glibc']} or newer; packed in {time.monotonic() - began:.0f} s", flush=True)


def is_same_again(kind: Kind) -> bool:
    """Freeze and pack once more; whether the bytes are the same."""
    first = sha256(kind.package)
    shutil.rmtree(kind.bundle.build / "dist")
    freeze(kind.bundle)
    built(kind)
    same = sha256(kind.package) == first
    print(f"built twice: {'the same bytes' if same else 'DIFFERENT'}, sha256 {first}", flush=True)
    return same


if __name__ == "__main__":
    sys.exit(main())
