"""Audit: a log of very many entries, verified from a console, looked into, and written, beside the bare hash and disk.

The office runs in a process of its own, as in production; the log is put into its file beforehand, rightly chained and
signed. *Judging* is the verifier alone over entries in memory; its peer hashes the same bytes in a bare loop, two
SHA-256 an entry, as the chain's form wants it. *Verifying* is all of it: the office reads and sends, the console
judges. A search is what the screen does when a filter is chosen, its own entry in the log included.
"""

import hashlib
import os
import random
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from statistics import median

from app.auth.audit_chain import AuditEntry, Checkpoint, Witness, first_hash, verify_chain
from app.backoffice import schema
from app.backoffice.audit_log import CHECKPOINT_EVERY
from app.backoffice.office import OpenOffice
from app.crypto import signing
from app.crypto.labels import lp
from app.session.log_reading import LogReading
from app.session.log_shown import LogFilter
from app.session.witness import Remembered, accept, recall
from app.storage import sqlcipher
from benchmarks.harness import Report, arguments, in_own_process, in_turns, percentile, work_folder
from benchmarks.made_office import LOOK_EVERY_S, OfficeOfItsOwn, office_of_its_own, without_memory_security
from tests.office.made import MadeOffice

ENTRIES = 100_000
"""In a full run ten times as many."""
GROWING = (1_000, 10_000, 100_000)
"""Entries of one turn of judging, in memory; the last stands in the table."""
MOST_BEHIND = 200_000
"""Behind so many entries at most one more is written."""
APPENDED = 300
"""Entries of one turn of writing; each is a transaction that waits for the disk."""
CHUNK = 20_000
PEOPLE, SUBJECTS, SPACING_MS = 40, 100_000, 15_000
_TEXTS = tuple(f.name for f in fields(AuditEntry) if f.name not in {"number", "at_ms", "hash"})


def made_up(chance: random.Random, number: int, at_ms: int) -> AuditEntry:
    """One entry of a contact centre's day: half reveals, a few refusals."""
    words = {
        "actor": f"agent.{chance.randrange(PEOPLE):02}",
        "session": f"{chance.randrange(20_000):032x}",
        "seat": f"SBY-{chance.randrange(60):04}",
    }
    part = chance.random()
    subject = {"record": f"{chance.randrange(SUBJECTS):032x}"}
    if part < 0.5:
        outcome = "ok" if chance.random() < 0.97 else "refused"
        unlocked = {"acting_with": "hendra"} if chance.random() < 0.02 else {}
        data_class = "special" if chance.random() < 0.001 else "contact"
        what = {"field": "mobile_phone", "data_class": data_class, "reason": "call_back", "reference": f"{number:032x}"}
        more = subject | unlocked | what | {"detail": "caller=identified"}
        return AuditEntry(number, at_ms, "reveal", outcome, **words, **more)  # type: ignore[arg-type]
    if part < 0.7:
        return AuditEntry(number, at_ms, "notes.read", "ok", **words, **subject, data_class="note")  # type: ignore[arg-type]
    if part < 0.9:
        return AuditEntry(number, at_ms, "verify", "ok", **words, **subject, field="birth_date")  # type: ignore[arg-type]
    outcome = "ok" if chance.random() < 0.95 else "failed"
    return AuditEntry(number, at_ms, "sign_in", outcome, **words, detail="kind=console ")  # type: ignore[arg-type]


def fill(opened: OpenOffice, n: int) -> Witness:
    """Put so many entries behind the office's own, chained and signed; the log's length and head then."""
    chance = random.Random(6)
    with opened.database.reading() as db:
        number, head = opened.log.head(db)
    at_ms = opened.clock.now_ms() - n * SPACING_MS
    names = [column.name for column in schema.audit.columns]
    for start in range(0, n, CHUNK):
        rows, marks = [], []
        for _ in range(min(CHUNK, n - start)):
            number, at_ms = number + 1, at_ms + SPACING_MS
            entry = made_up(chance, number, at_ms).chained(opened.id, head)
            head = entry.hash
            rows.append({name: getattr(entry, name) for name in names})
            if number % CHECKPOINT_EVERY == 0:
                signature = signing.sign(opened.keys.checkpoint_seed, Checkpoint.body(opened.id, number, head))
                marks.append({"number": number, "hash": head, "signature": signature})
        with opened.writing() as db:
            db.execute(schema.audit.insert(), rows)
            if marks:
                db.execute(schema.checkpoints.insert(), marks)
    return Witness(number, head)


def fill_in_this_process(office: OfficeOfItsOwn, n: int) -> None:
    """Have the office serve here for a moment, fill its log, and have this workstation remember that it saw it."""
    office.stop()
    secure = sqlcipher.connect
    without_memory_security()
    try:
        MadeOffice.serve(office)
        office.command("hendra").end()
        seen = fill(office.back_office.opened, n)
        MadeOffice.stop(office)
    finally:
        sqlcipher.connect = secure
    known = recall(office.store, office.made.plate.office)
    assert known is not None
    accept(office.store, office.made.plate.office, Remembered(seen, known.book))
    office.serve()


def from_a_console(folder: Path, n: int, repeats: int) -> dict[str, list[float]]:
    """Seconds of each verification and milliseconds of each search, of a supervisor's session."""
    taken: dict[str, list[float]] = {}
    with office_of_its_own(folder) as office:
        fill_in_this_process(office, n)
        session = office.command("hendra")
        log = LogReading(session._identity)
        midst = log.page(LogFilter(first=n // 2)).entries[0]
        searches = {
            "person, a day": LogFilter(actor=midst.actor, since=midst.at - 43_200, until=midst.at + 43_200),
            "refused reveals": LogFilter(event="reveal", outcome="refused"),
            "one subject": LogFilter(record=next(e.record for e in log.page(LogFilter(event="reveal")).entries)),
        }
        for name, wanted in searches.items():
            log.page(wanted)
            taken[name] = [_ms(lambda wanted=wanted: log.page(wanted)) for _ in range(20)]  # type: ignore[misc]
        for _ in range(repeats):
            verdict = log.verify()
            assert verdict.ok, verdict
            taken.setdefault("verify", []).append(verdict.seconds)
        session.end()
    return taken


def judging(count: int, repeats: int) -> dict[str, list[float]]:
    """CPU microseconds an entry, of so many: the verifier, and the bare loop over the same bytes."""
    office, chance = bytes(32), random.Random(6)
    head, log = first_hash(office), []
    for number in range(1, count + 1):
        entry = made_up(chance, number, number * SPACING_MS).chained(office, head)
        head = entry.hash
        log.append(entry)
    bodies = [lp("audit-entry", office, e.number, e.at_ms, *(getattr(e, name) for name in _TEXTS)) for e in log]
    links = [lp("audit-link", bytes(32), bytes(32))] * len(bodies)

    def verify() -> None:
        assert verify_chain(office, log, [], b"", None).ok

    def bare() -> None:
        sha256 = hashlib.sha256
        for body, joint in zip(bodies, links, strict=True):
            sha256(body).digest()
            sha256(joint).digest()

    def us(work: Callable[[], None]) -> Callable[[], float]:
        def turn() -> float:
            started = time.process_time()
            work()
            return (time.process_time() - started) / count * 1e6

        return turn

    return in_turns({"verify": us(verify), "bare": us(bare)}, repeats)


def appending(folder: Path, n: int, repeats: int) -> dict[str, list[float]]:
    """Milliseconds of one durable entry, median of a turn: in a log of `n`, and a bare write with fsync."""
    folder.mkdir(mode=0o700)
    office = MadeOffice(folder)
    office.look_every_s = LOOK_EVERY_S
    office.serve()
    office.command("hendra").end()
    opened = office.back_office.opened
    fill(opened, n)
    chance, line = random.Random(7), os.urandom(400)
    fd = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append() -> None:
        made = made_up(chance, 1, 1)
        with opened.writing() as db:
            opened.log.append(db, made.event, made.outcome, **{name: getattr(made, name) for name in _TEXTS[2:]})

    def bare() -> None:
        os.write(fd, line)
        os.fsync(fd)

    def median(work: Callable[[], None]) -> Callable[[], float]:
        return lambda: percentile([_ms(work) for _ in range(APPENDED)], 0.5)

    try:
        return in_turns({"append": median(append), "bare": median(bare)}, repeats)
    finally:
        os.close(fd)
        office.stop()


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3, n=ENTRIES, full=(10 * ENTRIES, 2))
    settings = {"entries": f"{asked.n:,}", "repeats": asked.repeats}
    report = Report("audit", "Audit log", settings, is_full=asked.full)
    behind = min(asked.n, MOST_BEHIND)
    with work_folder() as folder:
        console = in_own_process(from_a_console, folder / "console", asked.n, asked.repeats)
        written = in_own_process(appending, folder / "appending", behind, asked.repeats)
    judged: dict[str, list[float]] = {}
    for count in GROWING:
        judged = in_own_process(judging, count, asked.repeats)
        for name, series in (("verify", "judge the chain"), ("bare", "bare SHA-256 loop")):
            report.grow(series, count, median(judged[name]) * count / 1000, "CPU ms")
    report.add(
        f"{GROWING[-1]:,} entries: judge the chain, an entry (CPU)",
        judged["verify"],
        judged["bare"],
        unit="µs",
        peer_name="bare SHA-256 loop, same bytes",
    )
    report.add(
        f"{behind:,} entries: durable append",
        written["append"],
        written["bare"],
        unit="ms",
        peer_name="bare write and fsync",
    )
    report.add(f"{asked.n:,} entries: verify all from a console", console.pop("verify"), unit="s")
    for name, taken in console.items():
        report.add(f"{asked.n:,} entries: search: {name}, p50", [percentile(taken, 0.5)], unit="ms")
        report.add(f"{asked.n:,} entries: search: {name}, slowest of 20", [max(taken)], unit="ms")
    report.finish()


if __name__ == "__main__":
    main()
