"""A console and its office on a disk of 24 MiB that is full: what is said of a note, and what is there afterwards.

Run in a mount namespace of its own, as its root: `unshare -m python outbox_disk_play.py FOLDER`. Prints one JSON line.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.domain.errors import TiraiError  # noqa: E402 (run as a program)
from app.session.desk import Desk  # noqa: E402
from app.session.errors import OfficeAwayError  # noqa: E402
from app.session.noting import DRAFT_ITEM  # noqa: E402
from tests.demo.customers import demo_customers  # noqa: E402
from tests.e2e.full_disk_play import Disk  # noqa: E402
from tests.office.made import made_office  # noqa: E402

STATES = 8


def saved(desk: Desk, record: str, note: str, text: str) -> str:
    """Save; the code of the refusal, or empty."""
    try:
        desk.save_note(record, note, text)
    except TiraiError as error:
        return error.code
    return ""


def no_answer(*_: Any, **__: Any) -> None:
    raise OfficeAwayError("no answer in time")


def until_full(disk: Disk) -> None:
    """To the last byte, again and again: what SQLite gives back is taken, too."""
    disk.fill()
    with disk.ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x")


def main() -> int:
    folder = Path(sys.argv[1])
    disk = Disk(folder)
    with made_office(folder / "office") as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(demo_customers(4, 3))
        desk = office.desk("ratna")
        record = desk.customer(desk.search("", None).ids[0]).record
        first, second = desk.new_note(), desk.new_note()
        client = desk._identity.client
        really, client.save_note = client.save_note, no_answer  # type: ignore[method-assign,assignment]
        saved(desk, record, first, "acknowledged before")
        until_full(disk)
        tries = [saved(desk, record, second, f"state {n}") for n in range(STATES // 2)]
        client.save_note = really  # type: ignore[method-assign]
        tries += [saved(desk, record, second, f"state {n}") for n in range(STATES // 2, STATES)]
        drafts = [draft.text for draft in desk._unsaved.values()]
        draft = json.loads(desk._open.items[DRAFT_ITEM])["text"]
        disk.free()
        desk.deliver()
        before = [note.text.reveal() for note in desk.notes(record)]
        saved(desk, record, second, "and then there was room")
        after = [note.text.reveal() for note in desk.notes(record) if note.id == second]
        told = {"tries": tries, "kept": before, "draft": draft, "drafts": drafts, "after": after}
        print(json.dumps({**told, "refused": desk.deliver().refused}), flush=True)
        with contextlib.suppress(TiraiError):
            desk.end("signed_out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
