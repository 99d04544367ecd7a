"""Have the formats' own tools judge a package: lintian, appstreamcli, desktop-file-validate, man, systemd-analyze."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


def judge(package: Path, tree: Path) -> bool:
    """Run every judge that is here, tell what each says; whether nobody complains."""
    good = [said_nothing(name, line) for name, line in judges(package, tree)]
    return all(good)


def judges(package: Path, tree: Path) -> list[tuple[str, list[str]]]:
    """The judges for what the tree has."""
    found = [("lintian", ["lintian", "--fail-on", "error,warning", "--tag-display-limit", "0", str(package)])]
    if entries := sorted(tree.rglob("*.desktop")):
        found.append(("desktop-file-validate", ["desktop-file-validate", *map(str, entries)]))
    if infos := sorted(tree.glob("usr/share/metainfo/*.xml")):
        found.append(("appstreamcli", ["appstreamcli", "validate", "--no-net", *map(str, infos)]))
    found += [
        ("man", ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(page)]) for page in tree.rglob("*.1.gz")
    ]
    return found


def said_nothing(name: str, line: Sequence[str]) -> bool:
    """Run one; a judge that is not installed is said, and judges nothing."""
    if shutil.which(line[0]) is None:
        print(f"{name} is not installed here: NOT judged by it.", flush=True)
        return True
    with tempfile.TemporaryFile("w+") as words:
        quiet = name == "man"
        done = subprocess.run(line, check=False, stdout=subprocess.DEVNULL if quiet else words, stderr=words)
        words.seek(0)
        text = words.read().strip()
    good = done.returncode == 0 and not (quiet and text)
    print(f"{'ok    ' if good else 'FAILED'} {name}" + (f"\n{text}" if text and not good else ""), flush=True)
    return good
