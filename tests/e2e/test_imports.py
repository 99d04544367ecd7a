"""Imports that meet a kill, a full disk, an absent client, a large file: all rows come in or none; the office lives.

The process of the import is the real one (`tests/office/import_nursery.py`). Where a moment matters, it is held by what
the program itself waits for: the writer's turn, the office's word; never by a time.
"""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.backoffice.office import DATABASE_FILE
from app.backoffice.writers_turn import WritersTurn
from app.domain.errors import TiraiError, WorkstationError
from app.session.command import CommandSession, ImportReport
from app.sources.csv_file import open_csv
from tests.e2e import full_disk_play
from tests.office.door import entries, rows_of
from tests.office.import_nursery import nursery
from tests.office.made import MadeOffice, made_office
from tests.office.raw_import import PATIENCE_S, RawImport, on_full_disk, peer_of, wait_until_gone

HEADER = ("customer_number", "full_name", "queue", "mobile_phone")
NOTHING_CAME = "The process that imported has ended, so nothing was imported. Run the import again."
FULL = "The office's disk takes nothing more, so nothing was imported. Free disk space, then import again (A1)."
TABLES = ("imports", "customers", "sealed_values", "data_keys")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as made:
        yield made


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[CommandSession]:
    session = office.command("hendra")
    yield session
    session.end()


def cells(n: int) -> tuple[str, ...]:
    return (f"C-{n:06}", "Sari Wulandari", "billing", f"0809 {n // 10_000:04} {n % 10_000:04}")


def file_of(folder: Path, count: int, first: int = 0) -> Path:
    """A CSV file of so many customers."""
    path = folder / f"{count}-{first}.csv"
    lines = [",".join(cells(n)) for n in range(first, first + count)]
    path.write_text("\n".join([",".join(HEADER), *lines, ""]), "utf-8")
    return path


def child_of(office: MadeOffice) -> int:
    """The process of the one import that runs."""
    (path,) = office.places.socket("office").parent.glob("import-*")
    return peer_of(path)


def bring_in(office: MadeOffice, path: Path, on_rows: Callable[[int], None] = lambda _rows: None) -> ImportReport:
    session = office.command("hendra")
    try:
        return session.bring_in(open_csv(path), on_rows=on_rows)
    finally:
        session.end()


def seen(office: MadeOffice) -> int:
    """How many customers a console gets; the office answers, so it lives."""
    console = office.bare("hendra")
    total = console.client.customer_page(0, 1).total
    console.end()
    return total


def check_nothing_came_in(office: MadeOffice, folder: Path, logged: bool = True) -> None:
    """Not a row of any table stays, the log tells of the refusal, and the same file comes in afterwards."""
    until = time.monotonic() + PATIENCE_S
    while office.service.imports.any_running:  # its process leaves after its last answer
        assert time.monotonic() < until
        time.sleep(0.01)
    assert {name: len(rows_of(office, name)) for name in TABLES} == dict.fromkeys(TABLES, 0)
    assert seen(office) == 0
    if logged:
        assert [e.outcome for e in entries(office, "import")][-1] == "refused"
    assert not list(office.places.socket("office").parent.glob("import-*"))
    assert bring_in(office, file_of(folder, 20)).done is not None
    assert seen(office) == 20


# kills


def kill_after(pid: int, delay_s: float) -> None:
    time.sleep(delay_s)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(3))
def test_that_a_process_killed_at_a_random_moment_brings_in_all_or_nothing(
    office: MadeOffice, tmp_path: Path, round_: int
) -> None:
    killer: list[threading.Thread] = []

    def on_rows(_rows: int) -> None:
        if not killer:
            killer.append(threading.Thread(target=kill_after, args=(child_of(office), random.uniform(0, 1.5))))
            killer[0].start()

    said = ""
    try:
        bring_in(office, file_of(tmp_path, 1500), on_rows)
    except WorkstationError as error:
        said = error.message
    killer[0].join()
    if said == NOTHING_CAME:
        check_nothing_came_in(office, tmp_path)
    else:
        assert said == "" or said.startswith("All rows came in (audit entry")
        assert seen(office) == 1500


def test_that_a_process_killed_before_its_commit_brings_nothing_in(office: MadeOffice, tmp_path: Path) -> None:
    turn = WritersTurn(office.places.home / DATABASE_FILE)
    with contextlib.ExitStack() as waits:

        def hold_and_kill(_rows: int) -> None:
            pid = child_of(office)
            waits.enter_context(turn.taken())  # the commit waits for the turn, and the kill finds it there
            threading.Thread(target=kill_and_pass, args=(pid,)).start()

        def kill_and_pass(pid: int) -> None:
            kill_after(pid, 0.3)
            wait_until_gone(pid)
            waits.close()

        with pytest.raises(WorkstationError) as lost:
            bring_in(office, file_of(tmp_path, 20), hold_and_kill)
    turn.close()
    assert (lost.value.message, lost.value.exit_code) == (NOTHING_CAME, 5)
    check_nothing_came_in(office, tmp_path)


def test_that_a_process_killed_after_its_commit_has_brought_all_in_and_the_client_is_told(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for the office's word before it answers its client; there it is killed."""
    monkeypatch.setattr(office.service.imports, "_on_committed", lambda: os.kill(child_of(office), signal.SIGKILL))
    with pytest.raises(WorkstationError) as lost:
        bring_in(office, file_of(tmp_path, 20))
    number = entries(office, "import")[-1].number
    assert lost.value.message.startswith(f"All rows came in (audit entry {number}), but the process")
    assert lost.value.code == "report_lost"
    monkeypatch.undo()
    assert seen(office) == 20
    again = bring_in(office, file_of(tmp_path, 20)).done
    assert again is not None
    assert (again.new, again.changed, again.unchanged) == (0, 0, 20)


def test_that_a_person_who_stops_an_import_leaves_nothing_of_it(office: MadeOffice, tmp_path: Path) -> None:
    pids: list[int] = []

    def stop(_rows: int) -> None:
        pids.append(child_of(office))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(office, file_of(tmp_path, 600), stop)
    wait_until_gone(pids[0])
    check_nothing_came_in(office, tmp_path)


def impatient() -> None:
    """In the processes of imports: wait half a second for a client that is away, not ten; not before its first rows."""
    from app.api.server import import_child

    import_child.ABSENT_S, is_left = 0.5, import_child._is_left
    import_child._is_left = lambda server, service: service.run._counts.rows > 0 and is_left(server, service)


def test_that_an_import_whose_client_is_gone_ends_and_leaves_nothing(
    office: MadeOffice, hendra: CommandSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.service.imports, "_new_child", nursery(f"{__name__}:impatient").child)
    running = RawImport(hendra._identity.client, HEADER)
    pid = running.pid(office)  # it may leave from its first rows on
    running.rows(cells(1))
    running.client.close()
    wait_until_gone(pid)
    running.end()
    check_nothing_came_in(office, tmp_path)


# how many, and how long


def test_that_a_few_imports_run_at_once_and_an_ended_one_makes_room(office: MadeOffice, hendra: CommandSession) -> None:
    client = hendra._identity.client
    running = [RawImport(client, HEADER, dry_run=True) for _ in range(4)]
    with pytest.raises(WorkstationError, match="Other imports are running"):
        RawImport(client, HEADER, dry_run=True)
    running[0].end()
    running[0] = RawImport(client, HEADER, dry_run=True)
    for import_ in running:
        import_.cancel()


def test_that_an_office_with_a_running_import_is_not_idle(
    office: MadeOffice, hendra: CommandSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = RawImport(hendra._identity.client, HEADER)
    monkeypatch.setattr("app.api.server.service.living_sessions", lambda _office: 0)
    assert not office.service.is_idle()
    running.end()
    assert office.service.is_idle()


def test_that_consoles_are_told_to_look_again_after_an_import(office: MadeOffice, tmp_path: Path) -> None:
    before = office.service.feed.count
    bring_in(office, file_of(tmp_path, 2))
    assert office.service.feed.count > before


# a full disk: the kernel refuses every write of the import's process


def test_that_a_disk_full_at_any_chunk_brings_nothing_in(office: MadeOffice, tmp_path: Path) -> None:
    for at in (500, 1000):
        with contextlib.ExitStack() as full:

            def fill(rows: int, at: int = at, full: contextlib.ExitStack = full) -> None:
                if rows == at:
                    full.enter_context(on_full_disk(child_of(office)))

            with pytest.raises(WorkstationError) as refusal:
                bring_in(office, file_of(tmp_path, 1200), fill)
        assert (refusal.value.message, refusal.value.code, refusal.value.exit_code) == (FULL, "audit", 5)
        assert seen(office) == 0
    check_nothing_came_in(office, tmp_path)


def test_that_a_disk_full_at_the_commit_brings_nothing_in(office: MadeOffice, tmp_path: Path) -> None:
    with contextlib.ExitStack() as full, pytest.raises(WorkstationError) as refusal:
        bring_in(office, file_of(tmp_path, 20), lambda _rows: full.enter_context(on_full_disk(child_of(office))))
    assert refusal.value.message == FULL
    check_nothing_came_in(office, tmp_path)


def test_that_a_disk_full_at_a_cancel_leaves_rows_to_the_next_import(
    office: MadeOffice, hendra: CommandSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its process nor the office can remove what it staged; both say so or go on, and it goes later."""
    running = RawImport(hendra._identity.client, HEADER)
    running.rows(cells(1))
    monkeypatch.setattr("app.api.server.running_imports.withdraw", lambda *_all: None)
    with running.on_full_disk(office), pytest.raises(WorkstationError, match="Free disk space"):
        running.cancel()
    running.end()
    assert seen(office) == 0
    assert len(rows_of(office, "customers")) == 1
    assert bring_in(office, file_of(tmp_path, 20, first=100)).done is not None
    assert len(rows_of(office, "customers")) == seen(office) == 20


def without_disk() -> None:
    """In the processes of imports: none of them can write a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_that_a_disk_full_at_the_beginning_is_said_before_a_row_is_read(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.service.imports, "_new_child", nursery(f"{__name__}:without_disk").child)
    rows: list[int] = []
    with pytest.raises(WorkstationError) as refusal:
        bring_in(office, file_of(tmp_path, 20), rows.append)
    assert (refusal.value.message, rows) == (FULL, [])
    monkeypatch.undo()
    check_nothing_came_in(office, tmp_path, logged=False)


@pytest.mark.slow
@pytest.mark.attack("A29")
def test_that_a_disk_that_is_really_full_brings_in_all_or_nothing_and_the_office_goes_on(tmp_path: Path) -> None:
    """A file system of 24 MiB, filled to the last byte by something else at four moments (`full_disk_play.py`)."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    can_mount = [*unshare, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if shutil.which("unshare") is None or subprocess.run(can_mount, capture_output=True, check=False).returncode:
        pytest.skip("nobody here may mount a small file system, not even in a namespace of their own")
    play = [*unshare, sys.executable, str(Path(__file__).with_name("full_disk_play.py")), str(tmp_path)]
    told = subprocess.run(play, capture_output=True, text=True, check=False, timeout=200)
    assert told.returncode == 0, told.stderr
    *moments, end = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(moments) == 4
    expected = 0
    for moment in moments:
        expected += full_disk_play.ROWS if moment["done"] else 0
        assert moment["seen"] == expected, moment
        assert moment["answers"], "the office answers while its disk is full"
        assert moment["done"] or "Free disk space" in moment["said"], moment
    assert not any(moment["done"] for moment in moments[:2]), "the control: the disk was full"
    assert end == {"last": full_disk_play.ROWS, "log_holds": True, "staged": 0}


# a large file


def peak_kib(pid: int) -> int:
    """The most memory that a process has had so far (`VmHWM`), KiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def peak_of_import(office: MadeOffice, path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The peak of an import's process, its commit included, KiB."""
    peaks: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(office.service.imports, "_on_committed", lambda: peaks.append(peak_kib(child_of(office))))
        assert bring_in(office, path).done is not None
    return peaks[0]


HEAVY = 6_000
"""Characters of a column that nobody declared, in each row of a heavy file; in a hundred thousand rows, fewer."""


def careless() -> None:
    """In the processes of imports: keep what was read."""
    from app.backoffice.importing import Import

    rows, kept = Import.rows, []

    def keeping(self: Import, request: object) -> object:
        kept.append(request)
        return rows(self, request)  # type: ignore[arg-type]

    Import.rows = keeping  # type: ignore[method-assign, assignment]


def limit_kib(rows: int) -> int:
    """What so many rows more may cost: caches that fill up, and each row's number, to find numbers that stand twice."""
    return 8 * 1024 + rows * 200 // 1024


def peak_at(folder: Path, count: int, monkeypatch: pytest.MonkeyPatch, heavy: int = HEAVY) -> int:
    """The peak of an import of so many heavy rows into an empty office."""
    with made_office(folder) as office:
        path = file_of(folder, count)
        header, *lines = path.read_text("utf-8").splitlines()
        path.write_text("".join([f"{header},remarks\n", *(f"{line},{'x' * heavy}\n" for line in lines)]), "utf-8")
        return peak_of_import(office, path, monkeypatch)


LARGE = pytest.param(20_000, 100_000, 1_000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])


@pytest.mark.attack("A35")
@pytest.mark.parametrize(("few", "many", "heavy"), [(2_000, 6_000, HEAVY), LARGE])
def test_that_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, many: int, heavy: int
) -> None:
    small, large = (peak_at(tmp_path / str(count), count, monkeypatch, heavy) for count in (few, many))
    print(f"VmHWM of the import's process, KiB: {few:,} rows {small:,}; {many:,} rows {large:,}")
    assert large - small < limit_kib(many - few), (small, large)
    assert large < 256 * 1024, (small, large)


@pytest.mark.slow
def test_that_an_import_which_kept_its_rows_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control, with the smaller pair."""
    monkeypatch.setattr(MadeOffice, "new_import", staticmethod(nursery(f"{__name__}:careless").child))
    small, large = (peak_at(tmp_path / str(count), count, monkeypatch) for count in (2_000, 6_000))
    assert large - small > limit_kib(4_000), (small, large)


def test_that_an_office_without_a_nursery_refuses_imports_and_goes_on(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket as sockets

    from app.guardian.nursery import Nursery

    line, theirs = sockets.socketpair()
    theirs.close()
    monkeypatch.setattr(office.service.imports, "_new_child", Nursery(line).child)
    with pytest.raises(TiraiError, match="cannot begin a process any more"):
        bring_in(office, file_of(tmp_path, 20))
    line.close()
    assert seen(office) == 0
