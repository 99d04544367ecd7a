"""A made office on a disk of 24 MiB that is full at a moment of an import: what is said, and what is there afterwards.

Run in a mount namespace of its own, as its root: `unshare -m python full_disk_play.py FOLDER` (`-Urm` for an ordinary
user). It mounts a `tmpfs` there and prints one JSON line per moment.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.domain.errors import TiraiError  # noqa: E402 (run as a program)
from app.session.command import CommandSession  # noqa: E402
from app.sources.csv_file import open_csv  # noqa: E402
from tests.office.door import rows_of  # noqa: E402
from tests.office.made import MadeOffice, made_office  # noqa: E402

ROWS = 1_200
"""Three chunks."""
MOMENTS = ("before the beginning", "after 500 rows", "after 1,000 rows", "before the commit")


class Disk:
    """The small disk."""

    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", str(folder)], check=True)

    def fill(self) -> None:
        """To the last byte."""
        with self.ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    def free(self) -> None:
        self.ballast.unlink()


def moment_of(session: CommandSession, office: MadeOffice, disk: Disk, path: Path, moment: str) -> dict[str, Any]:
    """An import during which the disk is full from one moment on."""
    at = {"before the beginning": 0, "after 500 rows": 500, "after 1,000 rows": 1000, "before the commit": ROWS}[moment]
    if not at:
        disk.fill()
    said = ""
    try:
        done = session.bring_in(open_csv(path), on_rows=lambda rows: disk.fill() if rows == at else None).done
    except TiraiError as error:
        said, done = error.message, None
    read = session.colleagues() is not None
    disk.free()
    session.end()
    console = office.bare("hendra")
    seen = console.client.customer_page(0, 1).total
    console.end()
    return {"moment": moment, "said": said, "done": done is not None, "seen": seen, "answers": read}


def file_of(folder: Path, first: int) -> Path:
    path = folder / f"{first}.csv"
    lines = [f"C-{n:06},Sari,billing,Jalan {'x' * 100} {n}" for n in range(first, first + ROWS)]
    path.write_text("\n".join(["customer_number,full_name,queue,street_address", *lines, ""]), "utf-8")
    return path


def main() -> int:
    folder = Path(sys.argv[1])
    disk = Disk(folder)
    with made_office(folder / "office") as office, tempfile.TemporaryDirectory() as files:
        for turn, moment in enumerate(MOMENTS):
            path = file_of(Path(files), turn * ROWS)
            print(json.dumps(moment_of(office.command("hendra"), office, disk, path, moment)), flush=True)
        session = office.command("hendra")
        last = session.bring_in(open_csv(file_of(Path(files), len(MOMENTS) * ROWS))).done
        verdict = session.verify_audit()
        session.end()
        staged = sum(not row.committed for row in rows_of(office, "imports"))
        print(json.dumps({"last": last.new if last else 0, "log_holds": verdict.ok, "staged": staged}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
