"""Build all that can be built on this machine into `dist/` (`make dist`), with bills of materials and signed sums.

Parts: both Debian packages, the apt repository, both RPMs, and the Windows installer where its tools are. A part that
cannot be built here is named, and ends the command with 5 after the others are done. `make dist-check` proves them.
`--again` builds one part from another commit than the rest, which is written down beside it.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from frozen import CONSOLE, GATEWAY, Bundle
from linux import console_tree, gateway_tree
from linux.deb import file_name
from steps import BUILD, DIST, PACKAGING, ROOT, said
from supply.locks import locked
from supply.sbom import bill, bill_of_lock
from supply.signing import Purpose, signer_for
from supply.sums import copied, write_sums

from app import __version__

EXIT_NOT_ALL = 5
PARTS = {
    "tirai-console (.deb)": ("make_deb.py", "--kind", "console", "--only-build"),
    "tirai-gateway (.deb)": ("make_deb.py", "--kind", "gateway", "--only-build"),
    "apt repository": ("make_apt_repo.py",),
    "RPMs": ("make_rpm.py",),
    "Windows installer": ("make_msi.py",),
}
BUNDLES: dict[str, Bundle] = {console_tree.NAME: CONSOLE, gateway_tree.NAME: GATEWAY}
BILL = ".cdx.json"
KEPT = {"make_deb.py": "deb/tirai-{kind}_*.deb", "make_msi.py": f"msi/tirai-console-{__version__}-*.msi"}
"""What a part left when it was built before."""


def main() -> int:
    """Build the parts, then write what stands beside them."""
    parser = argparse.ArgumentParser(prog="make dist", description=__doc__)
    parser.add_argument(
        "--keep", action="store_true", help="take what `make deb`, `make gateway-deb` and `make msi` built"
    )
    parser.add_argument("--again", action="append", choices=PARTS, help="build this part alone; may be given again")
    asked = parser.parse_args()
    os.umask(0o022)
    DIST.mkdir(exist_ok=True)
    head = said("git", "rev-parse", "--short", "HEAD")
    about: dict[str, Any] = {"commit": head, "version": __version__, "parts": {}}
    if asked.again:
        about = json.loads((BUILD / "dist.json").read_text(encoding="utf-8"))
    told = about["parts"]
    for name, words in PARTS.items():
        if name in (asked.again or PARTS):
            told[name] = built(name, words, keep=asked.keep) | {"commit": head}
    packages = [BUILD / "deb" / file_name(name) for name in BUNDLES]
    packages += sorted(BUILD.glob(f"msi/tirai-console-{__version__}-*.msi"))
    copied([path for path in packages if path.is_file()], DIST)
    (BUILD / "dist.json").write_text(json.dumps(about, indent=1) + "\n")
    beside()
    lacking = [name for name, part in told.items() if not part["ok"]]
    for name in lacking:
        print(f"NOT BUILT: {name}: {told[name]['why']}", file=sys.stderr)
    return EXIT_NOT_ALL if lacking else 0


def built(name: str, words: tuple[str, ...], *, keep: bool) -> dict[str, object]:
    """Build one part; how it ended and how long it took."""
    program, began = PACKAGING / words[0], time.monotonic()
    if not program.is_file():
        return {"ok": False, "s": 0, "why": f"packaging/{words[0]} is not there"}
    if keep and words[0] in KEPT and list(BUILD.glob(KEPT[words[0]].format(kind=words[2] if len(words) > 2 else ""))):
        return {"ok": True, "s": 0, "why": "kept"}
    print(f"--- {name}", flush=True)
    code = subprocess.call([sys.executable, str(program), *words[1:]], cwd=ROOT)
    return {"ok": code == 0, "s": round(time.monotonic() - began), "why": "" if code == 0 else f"exit code {code}"}


def artefacts() -> list[Path]:
    """Files in dist that people install, in the order of their names."""
    return sorted(path for path in DIST.iterdir() if path.suffix in {".deb", ".rpm", ".msi"})


def beside() -> None:
    """A signed bill of materials for each artefact, then the signed sums over everything."""
    signer = signer_for(Purpose.RELEASE)
    for old in (*DIST.glob(f"*{BILL}"), *DIST.glob(f"*{BILL}.asc")):
        old.unlink()
    for artefact in artefacts():
        target = artefact.with_name(artefact.name + BILL)
        bundle = next((each for name, each in BUNDLES.items() if artefact.name.startswith(name)), None)
        if artefact.suffix == ".msi" or bundle is None:
            entries = locked(ROOT / "requirements/windows.txt")
            target.write_text(bill_of_lock(artefact, __version__, entries), encoding="utf-8")
        else:
            text = bill(artefact, __version__, bundle.environment, bundle.locks)
            target.write_text(text, encoding="utf-8")
        signer.sign_beside(target)
    write_sums(DIST, signer)
    signer.end()
    print(f"{DIST}: {len(artefacts())} artefacts, each with its bill; SHA256SUMS signed by {signer.fingerprint}")


if __name__ == "__main__":
    sys.exit(main())
