"""Reveal and open: one customer's card, and one field through the socket with its audit entry on the disk.

The peer of a card is a bare SQLCipher read of the same row by its id: one statement on an open file. The peer of a
reveal is what cannot be left out, and nothing else: one SQLite commit that waits for the disk (WAL, synchronous FULL,
400 bytes), and one call on the office's own socket that asks for nothing (`/v1/hello`, the same client without
messages). The two take turns, reveal by reveal, in one process.

The further rows take the way apart: the office in a process of its own behind its socket, as in production; the same
decision called in this process (what the socket costs); the same without waiting for the disk (what the audit's fsync
costs); and the floor: box, both halves and value, opened in memory with nobody asked.
"""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.api.messages.reveals import RevealAnswer
from app.backoffice.reveal import reveal as reveal_at_office
from app.backoffice.sessions import session_by_id
from app.crypto.values import new_data_key, salt_of, seal_value, share
from app.domain.data_class import DataClass
from app.session.desk import Desk
from app.session.revealing import _request
from app.storage import sealing, sqlcipher
from benchmarks.harness import Goal, Report, arguments, in_own_process, in_turns, percentile, work_folder
from benchmarks.made_office import LOOK_EVERY_S, filled_office, generous, office_of_its_own, signed_in, without_fsync
from benchmarks.plain_sqlite import KEY
from tests.office.made import MadeOffice

Act = Callable[[int], object]
FIELD = "mobile_phone"
PEOPLE = 200
EACH = 120
"""Reveals of one turn; the quota of a shift is raised to its ceiling for it."""


def through_socket(folder: Path, lazy_disk: bool) -> list[float]:
    """Milliseconds of each reveal, from the use case to the value."""
    with office_of_its_own(folder, without_fsync if lazy_disk else lambda: None) as office:
        filled_office(office, PEOPLE)
        desk = signed_in(office)
        desk.fill(lambda _done, _total: None)
        records = [row.record for row in desk.rows(desk.search("", None).ids)]
        reason = next(r.code for r in desk._identity.policy.reveal_reasons if not r.needs_text)
        taken = _each(lambda i: desk.reveal(records[i % len(records)], FIELD, reason))
        desk.end("signed_out")
    return taken


def beside_the_least(folder: Path) -> dict[str, list[float]]:
    """Milliseconds of each reveal and card, and of their peers, one after the other."""
    with office_of_its_own(folder) as office:
        filled_office(office, PEOPLE)
        desk = signed_in(office)
        desk.fill(lambda _done, _total: None)
        ids = list(desk.search("", None).ids)
        records = [row.record for row in desk.rows(ids)]
        reason = next(r.code for r in desk._identity.policy.reveal_reasons if not r.needs_text)
        commit, read = _bare_commit(folder / "bare.db"), _bare_read(folder / "bare-cipher.db", desk)
        http = desk._identity.client._http

        def least(_i: int) -> None:
            commit()
            assert http.get("/v1/hello").status_code == 200

        opened = _alternating(lambda i: desk.customer(ids[i % len(ids)]), lambda i: read(ids[i % len(ids)]), EACH * 5)
        cached = [desk._cache.use(lambda cache: _each(lambda i: cache.row(ids[i % len(ids)]))), []]
        revealed = _alternating(lambda i: desk.reveal(records[i % len(records)], FIELD, reason), least, EACH)
        desk.end("signed_out")
    return {"card": opened[0], "read": opened[1], "row": cached[0], "reveal": revealed[0], "least": revealed[1]}


def _bare_commit(path: Path) -> Callable[[], None]:
    """One row into a plain file, and the wait for the disk."""
    plain = sqlcipher.DBAPI.connect(str(path), isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL").fetchone()
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
    words = "w" * 400

    def commit() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO entry (words) VALUES (?)", (words,))
        plain.execute("COMMIT")

    return commit


def _bare_read(path: Path, desk: Desk) -> Callable[[int], object]:
    """The cache's row by its id from another SQLCipher file that holds the same rows, and nothing else."""
    with desk._cache.use(lambda cache: cache._guarded()) as kept:
        rows = kept.execute("SELECT * FROM customer").fetchall()
    bare = sqlcipher.connect(path, KEY, memory_security=False, create=True)
    bare.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT)")
    bare.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return lambda id_: bare.execute("SELECT * FROM customer WHERE id = ?", (id_,)).fetchone()


def _alternating(ours: Act, peer: Act, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each, in turns; the first few are a warm-up."""
    taken: tuple[list[float], list[float]] = ([], [])
    for i in range(count + 5):
        for at in (0, 1) if i % 2 == 0 else (1, 0):
            started = time.perf_counter()
            (ours, peer)[at](i)
            taken[at].append((time.perf_counter() - started) * 1000)
    return taken[0][5:], taken[1][5:]


def in_this_process(folder: Path, lazy_disk: bool) -> list[float]:
    """Milliseconds of each reveal with the office's decision called as a function; the same checks and entry."""
    if lazy_disk:
        without_fsync()
    folder.mkdir(mode=0o700, exist_ok=True)
    office = MadeOffice(folder)
    office.policy, office.look_every_s = generous(office.policy), LOOK_EVERY_S
    office.serve()
    try:
        filled_office(office, PEOPLE)
        desk = signed_in(office)
        desk.fill(lambda _done, _total: None)
        records = [row.record for row in desk.rows(desk.search("", None).ids)]
        identity, opened = desk._identity, office.back_office.opened
        reason = next(r.code for r in identity.policy.reveal_reasons if not r.needs_text)
        with opened.database.reading() as db:
            session = session_by_id(opened, db, identity.session)
        assert session is not None

        def reveal(i: int) -> None:
            record = bytes.fromhex(records[i % len(records)])
            asked = _request(identity, record, FIELD, reason, "", None)
            _opened(identity, record, reveal_at_office(opened, session, asked))

        taken = _each(reveal)
        desk.end("signed_out")
    finally:
        office.stop()
    return taken


def _opened(identity: Any, record: bytes, answer: RevealAnswer) -> str:
    from app.session.identity import boxed

    ctx = sealing.value_context(identity.office, record, FIELD, answer.package.data_class, answer.package.salt)
    half = sealing.own_half(identity.office, identity.class_secret(answer.package), boxed(answer.package), ctx)
    return sealing.value_of(half, answer.share, ctx, answer.blob)


def bare_chain() -> list[float]:
    """Milliseconds of the chain of keys alone: box opened, both halves made and joined, value opened."""
    from app.crypto import hpke

    office, record, record_key = secrets.token_bytes(32), secrets.token_bytes(16), secrets.token_bytes(32)
    secret = hpke.new_secret()
    name = DataClass.CONTACT.value
    key, box = new_data_key(office, name, 1, hpke.public_of(secret))
    blob = seal_value(office, key, record_key, record, FIELD, name, "+62 809 1234 5678")

    def reveal(_i: int) -> None:
        ctx = sealing.value_context(office, record, FIELD, name, salt_of(blob))
        half = sealing.own_half(office, secret, box, ctx)
        sealing.value_of(half, share(record_key, ctx), ctx, blob)

    return _each(reveal)


def _each(reveal: Callable[[int], object]) -> list[float]:
    for i in range(5):
        reveal(i)
    taken = []
    for i in range(EACH):
        started = time.perf_counter()
        reveal(i)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3)
    settings = {"customers": PEOPLE, "reveals of each turn": EACH, "repeats": asked.repeats}
    report = Report("reveal", "Open and reveal", settings)
    tails: dict[str, list[float]] = {}
    with work_folder() as folder:
        count = iter(range(1_000_000))

        def median_of(name: str, work: Callable[..., list[float]], *more: object) -> Callable[[], float]:
            def turn() -> float:
                place = [] if work is bare_chain else [folder / str(next(count))]
                taken = in_own_process(work, *place, *more)
                tails.setdefault(name, []).append(percentile(taken, 0.99))
                return percentile(taken, 0.5)

            return turn

        taken = in_turns(
            {
                "socket": median_of("socket", through_socket, False),
                "direct": median_of("direct", in_this_process, False),
                "lazy": median_of("lazy", in_this_process, True),
                "bare": median_of("bare", bare_chain),
            },
            asked.repeats,
        )
        beside = [in_own_process(beside_the_least, folder / f"beside-{at}") for at in range(asked.repeats)]
    for row, ours, peer, name in (
        ("one record opened", "card", "read", "a bare SQLCipher read of its row"),
        ("its row from the cache alone", "row", "read", "a bare SQLCipher read of its row"),
        ("one field revealed", "reveal", "least", "one SQLite commit with fsync and one empty call"),
    ):
        sides = ([percentile(turn[side], 0.5) for turn in beside] for side in (ours, peer))
        report.add(row, *sides, unit="ms", peer_name=name)
    report.add(
        "reveal, p50",
        taken["socket"],
        taken["bare"],
        unit="ms",
        peer_name="chain of keys alone, in memory",
        goal=Goal(100, of="ours"),
    )
    report.add("reveal, p99", tails["socket"], tails["bare"], unit="ms", peer_name="chain of keys alone, in memory")
    report.add("socket and messages", taken["socket"], taken["direct"], unit="ms", peer_name="the same in one process")
    report.add("audit entry on the disk", taken["direct"], taken["lazy"], unit="ms", peer_name="the same without fsync")
    report.finish()


if __name__ == "__main__":
    main()
