"""Peers: from the start of a process to the first rows it finds, in files that one would keep customers in instead.

Each holds the same customers, open fields and masks, and is asked for one customer by number (*exact*) and for the
first 50 whose name begins so (*prefix*). Ours and one peer take turns; what each does differently stands in the notes.
Peers of Python stand in a virtual environment of their own below `build/` (`benchmarks/peers.txt`), KeePassXC's command
line in the machine's packages; who is absent is named.
"""

import base64
import csv
import json
import secrets
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from shutil import which
from xml.sax.saxutils import escape

from app.storage.cache_rows import CacheRow
from benchmarks import peer_scripts
from benchmarks.customers import many_cache_rows
from benchmarks.harness import ROOT, Report, arguments, in_turns, work_folder
from benchmarks.peer_scripts import PASSWORD
from benchmarks.plain_sqlite import fill, new_cache, open_fields

ENVIRONMENT = ROOT / "build" / "peers"
LISTED = Path(__file__).with_name("peers.txt")
SIZES = (1_000, 10_000, 50_000)
LONG_S = 2.0
"""Who takes longer is measured once, with one turn of ours; the table says so."""
PATIENCE_S = 600.0
VERY_LONG = {"pykeepass": 10_000}
"""Up to so many records; beyond, in a full run alone (a minute and more for each turn)."""
NOTES = (
    "What differs: ours and sqlite3mc open with a key in hand, as a console has it from the keyring; Fernet and DuckDB "
    "with a key in a file or a statement; KeePassXC and pykeepass derive one from a password, at the least that "
    "`keepassxc-cli import` takes (100 ms). Those two find what contains a text, the others what begins so. The files "
    "of Fernet and KeePass are read whole, and written whole with each change. DuckDB writes encrypted files without "
    "its downloaded extension only with `force_mbedtls_unsafe`, so it keeps nothing safe here.",
)


@dataclass(frozen=True, slots=True)
class Peer:
    """One program.

    Attributes:
        name: in the table.
        make: makes its file out of rows; the file.
        command: what is run for a file, `exact` or `prefix`, and a text.
        asks: what it wants on its standard input.
    """

    name: str
    make: Callable[[Path, Sequence[CacheRow]], Path]
    command: Callable[[Path, str, str], list[str]]
    asks: str = ""

    def run_ms(self, place: Path, kind: str, text: str) -> float:
        """Milliseconds from the spawn to the end."""
        began = time.perf_counter()
        done = subprocess.run(
            self.command(place, kind, text),
            input=self.asks,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            timeout=PATIENCE_S,
        )
        taken = (time.perf_counter() - began) * 1000
        if done.returncode or not done.stdout.strip():
            raise RuntimeError(f"{self.name} found nothing: {done.stderr[-1000:]}")
        return taken


@cache
def _name_at() -> int:
    names, _searched, name = open_fields()
    return names.index(name)


def _names(row: CacheRow) -> str:
    return row.open[_name_at()]


def _cells(row: CacheRow) -> list[str]:
    return [row.number, _names(row), json.dumps(row.open, ensure_ascii=False), json.dumps(row.masks)]


def make_ours(folder: Path, rows: Sequence[CacheRow]) -> Path:
    """A session cache."""
    place = folder / "ours"
    made = new_cache(place)
    fill(made, rows)
    made.close()
    return place


def make_fernet(folder: Path, rows: Sequence[CacheRow]) -> Path:
    """One encrypted JSON file, its key beside it."""
    from cryptography.fernet import Fernet

    key, place = Fernet.generate_key(), folder / "fernet"
    if place.exists():
        return place
    place.with_name("fernet.key").write_bytes(key)
    place.write_bytes(Fernet(key).encrypt(json.dumps([_cells(row) for row in rows]).encode()))
    return place


def _made_by(script: str, name: str) -> Callable[[Path, Sequence[CacheRow]], Path]:
    """Have a program in the peers' environment make its file from a CSV file."""

    def make(folder: Path, rows: Sequence[CacheRow]) -> Path:
        if (folder / name).exists():
            return folder / name
        source = folder / "rows.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(map(_cells, rows))
        subprocess.run([_python(), "-c", script, str(folder / name), str(source)], check=True, capture_output=True)
        return folder / name

    return make


def make_keepass(folder: Path, rows: Sequence[CacheRow]) -> Path:
    """A database of KeePassXC's: an entry for each, number as its title, name as its user."""
    source, place = folder / "rows.xml", folder / "customers.kdbx"
    if place.exists():
        return place
    with source.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><DatabaseName>c</DatabaseName></Meta><Root>'
        )
        file.write(f"<Group><UUID>{_uuid()}</UUID><Name>Root</Name>")
        for row in rows:
            number, name, opened, masks = map(escape, _cells(row))
            values = {"Title": number, "UserName": name, "Password": "", "URL": "", "Notes": opened, "masks": masks}
            texts = (f"<String><Key>{key}</Key><Value>{value}</Value></String>" for key, value in values.items())
            file.write(f"<Entry><UUID>{_uuid()}</UUID>{''.join(texts)}</Entry>")
        file.write("</Group></Root></KeePassFile>")
    words = ["keepassxc-cli", "import", "-q", "-p", "-t", "100", str(source), str(place)]
    subprocess.run(words, input=f"{PASSWORD}\n{PASSWORD}\n", text=True, check=True, capture_output=True)
    source.unlink()
    return place


def _uuid() -> str:
    return base64.b64encode(secrets.token_bytes(16)).decode()


def _script(python: Path | str, script: str) -> Callable[[Path, str, str], list[str]]:
    return lambda place, kind, text: [str(python), "-c", script, str(place), kind, text]


def _keepassxc(place: Path, kind: str, text: str) -> list[str]:
    term = f"+title:{text}" if kind == "exact" else f"user:{text}"
    return ["keepassxc-cli", "search", "-q", str(place), term]


def _python() -> str:
    return str(ENVIRONMENT / "bin" / "python")


def environment_stands() -> bool:
    """Make the peers' environment if it is not there; whether it is."""
    if not (ENVIRONMENT / "made").exists():
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        words = [_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(LISTED)]
        if subprocess.run(words, check=False).returncode != 0:
            return False
        (ENVIRONMENT / "made").touch()
    return True


OURS = Peer("ours", make_ours, _script(sys.executable, peer_scripts.OURS))
FERNET = Peer("a JSON file under Fernet", make_fernet, _script(sys.executable, peer_scripts.FERNET))


def present() -> tuple[list[Peer], list[str]]:
    """Who can be measured here, and a note for each who cannot."""
    peers, absent = [FERNET], []
    has_keepassxc = which("keepassxc-cli") is not None
    if has_keepassxc:
        peers.append(Peer("KeePassXC's CLI", make_keepass, _keepassxc, asks=f"{PASSWORD}\n"))
    else:
        absent.append("**KeePassXC is absent** (package keepassxc): it and pykeepass were not measured.")
    if not environment_stands():
        absent.append("**DuckDB, sqlite3mc and pykeepass are absent**: `benchmarks/peers.txt` could not be installed.")
        return peers, absent
    for name, script, make in (
        ("DuckDB, encrypted", peer_scripts.DUCKDB, _made_by(peer_scripts.DUCKDB_MAKE, "duckdb")),
        ("sqlite3mc (AEGIS), same tables", peer_scripts.SQLITE3MC, _made_by(peer_scripts.SQLITE3MC_MAKE, "sqlite3mc")),
    ):
        peers.append(Peer(name, make, _script(_python(), script)))
    if has_keepassxc:  # it makes the file
        peers.append(Peer("pykeepass", make_keepass, _script(_python(), peer_scripts.PYKEEPASS)))
    return peers, absent


def versions() -> str:
    """Whom exactly."""
    said = [line for line in LISTED.read_text(encoding="ascii").split() if "==" in line]
    if which("keepassxc-cli"):
        told = subprocess.run(["keepassxc-cli", "--version"], capture_output=True, text=True, check=True).stdout
        said.append(f"KeePassXC {told.strip()}")
    return ", ".join(said)


def measured(report: Report, n: int, folder: Path, peers: Sequence[Peer], repeats: int) -> None:
    """One number of records."""
    if not peers:
        return
    rows = many_cache_rows(n)
    (folder := folder / str(n)).mkdir()
    middle = rows[n // 2]
    texts = {"exact": middle.number, "prefix": _names(middle)[:4]}
    ours = OURS.make(folder, rows)
    for kind, text in texts.items():
        OURS.run_ms(ours, kind, text)
        for peer in peers:
            try:
                place = peer.make(folder, rows)
                first = peer.run_ms(place, kind, text)  # a warm-up, or all there is
            except (RuntimeError, subprocess.SubprocessError) as error:
                report.notes.append(f"**{peer.name}, {n:,} records, {kind}: not measured**: {str(error)[-200:]}")
                continue
            if first > LONG_S * 1000:
                taken = {"ours": [OURS.run_ms(ours, kind, text)], "peer": [first]}
            else:
                turns = {
                    "ours": partial(OURS.run_ms, ours, kind, text),
                    "peer": partial(peer.run_ms, place, kind, text),
                }
                taken = in_turns(turns, repeats)
            name, times = f"{n:,} records: {kind}, before {peer.name}", len(taken["peer"])
            said = peer.name if times > 1 else f"{peer.name}, measured once"
            report.add(name, taken["ours"], taken["peer"], unit="ms", peer_name=said)
            if kind == "prefix":
                report.grow(peer.name, n, sorted(taken["peer"])[len(taken["peer"]) // 2], "ms")
                if peer is peers[0]:
                    report.grow("ours", n, sorted(taken["ours"])[len(taken["ours"]) // 2], "ms")


def main() -> None:
    """Measure and report; a full run measures what the ordinary one leaves out, and nothing else."""
    asked = arguments(__doc__, repeats=3, n=SIZES[-1], full=(SIZES[-1], 1))
    peers, absent = present()
    counts = [size for size in SIZES if size <= asked.n] or [asked.n]
    settings = {"records": ", ".join(f"{n:,}" for n in counts), "repeats": asked.repeats, "peers": versions()}
    report = Report("peers", "Open to the first result", settings, is_full=asked.full)
    report.notes = absent if asked.full else [*NOTES, *absent]
    with work_folder() as folder:
        for n in counts:
            those = [peer for peer in peers if (n > VERY_LONG.get(peer.name, n)) == asked.full]
            measured(report, n, folder, those, asked.repeats)
            left = [] if asked.full else [peer.name for peer in peers if peer not in those]
            report.notes += [f"{name} with {n:,} records: in `make bench-full` alone." for name in left]
    report.finish()


if __name__ == "__main__":
    main()
