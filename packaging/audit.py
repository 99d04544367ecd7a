"""Look up known vulnerabilities of every locked package (`make audit`).

Source: the JSON of the index that pip is configured for, `INDEX/pypi/NAME/VERSION/json` (docs.pypi.org/api/json), whose
`vulnerabilities` come from OSV. Names and versions of open-source packages are all that leaves this machine.
Exit codes: 0 nothing is known against any of them; 1 something is; 5 the source could not be asked about all of them,
which is never taken for good news.
"""

import argparse
import concurrent.futures
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steps import BUILD, ROOT
from supply.locks import Locked, locked

LISTS = ("runtime.txt", "gateway.txt", "package.txt", "dev.txt", "lock.txt")
SHIPPED = ("runtime.txt", "gateway.txt")
EXIT_FOUND, EXIT_NOT_LOOKED = 1, 5
WAIT_S = 20
WHAT_TO_DO = """This is no good news: nobody looked. A mirror that has packages alone answers 404.
Ask an index that tells of versions, too, on a machine that reaches it: make audit ARGS="--index https://pypi.org/simple"
Without one, look the names and versions of requirements/*.txt up by hand: https://osv.dev. Exit code 5."""


@dataclass(frozen=True)
class Known:
    """What is known against one package.

    Attributes:
        entry: which one.
        shipped: whether it goes to people, or builds and tests only.
        advisories: ids with their aliases and what mends them; None when it could not be looked up.
        problem: why not.
    """

    entry: Locked
    shipped: bool
    advisories: list[dict[str, Any]] | None
    problem: str = ""


def main() -> int:
    """Ask, tell, and write `build/audit.json`."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--only", action="append", metavar="NAME", help="this package alone; may be given again")
    parser.add_argument("--index", help="another index than pip's, ending in /simple")
    asked = parser.parse_args()
    shipped = {(each.name, each.version) for each in locked(*(ROOT / "requirements" / name for name in SHIPPED))}
    entries = locked(*(ROOT / "requirements" / name for name in LISTS))
    entries = [each for each in entries if not asked.only or each.name in asked.only]
    source = json_source(asked.index or configured_index())
    print(f"Source: {source} (its vulnerabilities are OSV's). {len(entries)} packages.", flush=True)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: look(source, each, (each.name, each.version) in shipped), entries))
    return tell(source, found)


def configured_index() -> str:
    """The index that pip would ask."""
    line = [sys.executable, "-I", "-m", "pip", "config", "list"]
    told = subprocess.run(line, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    settings = dict(re.findall(r"^(\S+)='(.*)'$", told, re.MULTILINE))
    named = (settings.get(f"{place}.index-url") for place in (":env:", "install", "global"))
    return next((url for url in named if url), "https://pypi.org/simple")


def json_source(index: str) -> str:
    """Where the same index tells of a version."""
    return re.sub(r"/simple/?$", "", index.rstrip("/")) + "/pypi"


def look(source: str, entry: Locked, shipped: bool) -> Known:
    """Ask about one package."""
    try:
        with urllib.request.urlopen(f"{source}/{entry.name}/{entry.version}/json", timeout=WAIT_S) as answer:
            said = json.load(answer)
        advisories = [each for each in said["vulnerabilities"] if not each.get("withdrawn")]
    except urllib.error.HTTPError as error:
        return Known(entry, shipped, None, f"HTTP {error.code}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Known(entry, shipped, None, f"{type(error).__name__}: {getattr(error, 'reason', error)}")
    return Known(entry, shipped, advisories)


def tell(source: str, found: list[Known]) -> int:
    """Say what is known and what could not be looked up; the exit code."""
    bad = [each for each in found if each.advisories]
    unseen = [each for each in found if each.advisories is None]
    for each in bad:
        for advisory in each.advisories or ():
            names = ", ".join([str(advisory["id"]), *map(str, advisory.get("aliases") or ())])
            mended = ", ".join(map(str, advisory.get("fixed_in") or ())) or "no version yet"
            use = "shipped" if each.shipped else "for work only"
            print(f"{each.entry.name} {each.entry.version} ({use}): {names}; mended in {mended}")
    for problem in sorted({each.problem for each in unseen}):
        lost = [each.entry.name for each in unseen if each.problem == problem]
        shown = ", ".join(lost[:6]) + (f" and {len(lost) - 6} more" if len(lost) > 6 else "")
        print(f"COULD NOT LOOK: {problem}: {shown}", file=sys.stderr)
    report = {
        "source": source,
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "looked_up": len(found) - len(unseen),
        "not_looked_up": [each.entry.name for each in unseen],
        "known": {f"{each.entry.name} {each.entry.version}": each.advisories for each in bad},
    }
    BUILD.mkdir(exist_ok=True)
    Path(BUILD / "audit.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    nothing = "nobody knows what is known of them" if len(unseen) == len(found) else ""
    known = nothing or f"{len(bad)} of those have something known against them"
    print(f"{report['looked_up']} of {len(found)} looked up; {known}.", flush=True)
    if unseen:
        print(WHAT_TO_DO, file=sys.stderr)
        return EXIT_NOT_LOOKED
    return EXIT_FOUND if bad else 0


if __name__ == "__main__":
    sys.exit(main())
