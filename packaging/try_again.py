"""Build both Debian packages a second time, from a clone of the commit in another place, and compare the bytes.

The clone makes its environments anew from the hash-locked lists and freezes anew; it is given the first build's test
key for the manifest, since a key of its own would be another program. What differs is named by its path in the package.
RPMs and the MSI are made twice and compared where they are made.
"""

import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from linux import console_tree, gateway_tree
from linux.deb import file_name
from manifest import KEY_SETTING, TEST_KEY
from steps import BUILD, ROOT, emptied, run, sha256
from trying.findings import Findings

WORK = BUILD / "again"
KINDS = {"console": console_tree.NAME, "gateway": gateway_tree.NAME}
EXIT_FAILED, EXIT_ENVIRONMENT = 1, 5
AGAIN = "from make_deb import KINDS, built, freeze; k = KINDS['{kind}']; freeze(k.bundle); built(k)"
TOLD = 5


def main() -> int:
    """Build again what `make dist` built."""
    os.umask(0o022)
    about = BUILD / "dist.json"
    if not about.is_file():
        print("Nothing is built: make dist.", file=sys.stderr)
        return EXIT_ENVIRONMENT
    clone = cloned(json.loads(about.read_text(encoding="utf-8"))["commit"])
    findings = Findings()
    for kind, name in KINDS.items():
        first, second = (place / "build/deb" / file_name(name) for place in (ROOT, clone))
        began = time.monotonic()
        settings = {"PYTHONPATH": f"{clone}:{clone / 'packaging'}"}
        try:
            run(sys.executable, "-c", AGAIN.format(kind=kind), cwd=clone, settings=settings)
        except subprocess.CalledProcessError as error:
            findings.add(f"{first.name} built again", False, f"exit code {error.returncode}")
            continue
        same = sha256(first) == sha256(second)
        sees = sha256(first) if same else differing(first, second)
        findings.add(f"{first.name} built again, elsewhere: the same bytes", same, sees)
        print(f"{name}: again in {time.monotonic() - began:.0f} s", flush=True)
    findings.write(WORK / "report.json", {})
    if findings.ok:
        shutil.rmtree(clone)
    return 0 if findings.ok else EXIT_FAILED


def cloned(commit: str) -> Path:
    """The project at a commit, with the key of this build's manifest."""
    clone = emptied(WORK) / "tirai"
    run("git", "clone", "--quiet", "--no-checkout", ROOT, clone)
    run("git", "checkout", "--quiet", commit, cwd=clone)
    if not os.environ.get(KEY_SETTING):
        target = clone / TEST_KEY.relative_to(ROOT)
        target.parent.mkdir(parents=True)
        shutil.copyfile(TEST_KEY, target)
    return clone


def differing(first: Path, second: Path) -> list[str]:
    """Paths of files that differ between two packages, the first few."""
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        one, two = Path(folder) / "first", Path(folder) / "second"
        for package, tree in ((first, one), (second, two)):
            subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
        names = {str(path.relative_to(tree)) for tree in (one, two) for path in tree.rglob("*") if path.is_file()}
        _same, other, alone = filecmp.cmpfiles(one, two, sorted(names), shallow=False)
    return [*other, *alone][:TOLD] or ["the packages' own form alone"]


if __name__ == "__main__":
    sys.exit(main())
