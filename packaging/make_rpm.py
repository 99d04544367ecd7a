"""Make signed RPMs from the trees of the Debian packages (`make rpm`), and prove the signature.

Each is packed twice and compared, signed, and shown to `rpm -K` under `_pkgverify_level all`: as it is, with a byte
changed, without the key, and unsigned. rpm takes an unsigned package unless that level is set: tell IT.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from linux import console_tree, gateway_tree, rpm
from steps import BUILD, DIST, sha256
from supply.signing import Purpose, Signer, signer_for, throwaway_signer
from trying.findings import Findings

WORK = BUILD / "rpm"
KEY_FILE = "tirai-rpm.asc"


def main() -> int:
    """Build, compare, sign, try."""
    parser = argparse.ArgumentParser(prog="make rpm", description=__doc__)
    parser.add_argument("--leave-dist", action="store_true", help="judge what is in dist/, and put nothing there")
    leave = parser.parse_args().leave_dist
    os.umask(0o022)
    kinds = [kind for kind in (console_tree, gateway_tree) if (BUILD / "deb" / f"{kind.NAME}-tree/DEBIAN").is_dir()]
    if not kinds:
        print("No package's tree is here: make deb ARGS=--only-build, make gateway-deb.", file=sys.stderr)
        return 5
    signer, findings, sizes = signer_for(Purpose.RPM), Findings(), {}
    for kind in kinds:
        tree, began = BUILD / "deb" / f"{kind.NAME}-tree", time.monotonic()
        more = f"Conflicts: {({console_tree.NAME, gateway_tree.NAME} - {kind.NAME}).pop()}"
        about = (tree, kind.NAME, kind.SUMMARY, kind.DESCRIPTION, Path(kind.BUNDLE), more)
        digest = sha256(rpm.build(*about))
        package = rpm.build(*about)
        findings.add(f"{package.name} packed twice: the same bytes", sha256(package) == digest, digest)
        with tempfile.TemporaryDirectory(dir=WORK) as folder:
            try_signature(package, signer, findings, Path(folder))
            if leave:
                good, words = rpm.check(DIST / package.name, Path(folder) / "own")
                findings.add(f"dist/{package.name}: signed, taken", good, said(words))
        if not leave:
            DIST.mkdir(exist_ok=True)
            shutil.copy2(package, DIST / package.name)
        sizes[package.name] = [package.stat().st_size, round(time.monotonic() - began)]
        print(f"{DIST / package.name}: {package.stat().st_size / 1e6:.1f} MB", flush=True)
    if not leave:
        signer.write_public(DIST / KEY_FILE, armored=True)
    signer.end()
    findings.write(WORK / "report.json", {"packages": sizes})
    (WORK / "packages.json").write_text(json.dumps(sizes))
    return 0 if findings.ok else 1


def try_signature(package: Path, signer: Signer, findings: Findings, folder: Path) -> None:
    """Sign the package, and have rpm judge it and what is wrong with it."""
    stranger = throwaway_signer(WORK / "stranger", "rsa3072")
    for name, each in (("own", signer), ("stranger", stranger)):
        each.write_public(folder / f"{name}.asc", armored=True)
        rpm.trust(folder / name, folder / f"{name}.asc")
    good, _ = rpm.check(package, folder / "own", all_signed=False)
    strict, words = rpm.check(package, folder / "own")
    findings.add(
        "unsigned: taken by rpm as it comes, refused by _pkgverify_level all", good and not strict, said(words)
    )
    rpm.sign(package, signer)
    good, words = rpm.check(package, folder / "own")
    findings.add("signed: taken", good, said(words))
    changed = bytearray(package.read_bytes())
    changed[len(changed) // 2] ^= 1
    (folder / package.name).write_bytes(changed)
    good, words = rpm.check(folder / package.name, folder / "own")
    findings.add("one byte changed: refused", not good, said(words))
    for name in ("stranger", "nobody"):
        good, words = rpm.check(package, folder / name)
        findings.add(f"by the key of {name}: refused", not good, said(words))
    stranger.end()


def said(words: str) -> list[str]:
    """What rpm says is not good; without any, what it says of signatures."""
    rows = [row.strip() for row in words.splitlines()[1:]]
    bad = [row for row in rows if not row.endswith(": OK")]
    return [row.split("/", 1)[-1][-120:] for row in bad or rows if "ignature" in row or "igest" in row][:3]


if __name__ == "__main__":
    sys.exit(main())
