"""Reveal: one field opened through the socket, with its audit entry on the disk, beside the bare chain of keys.

The rows take the way apart: the office in a process of its own behind its socket, as in production; the same decision
called in this process (what the socket costs); the same without waiting for the disk (what the audit's fsync costs);
and the floor: box, both halves and value, opened in memory with nobody asked.
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
from app.session.revealing import _request
from app.storage import sealing
from benchmarks.harness import Goal, Report, arguments, in_own_process, in_turns, percentile, work_folder
from benchmarks.made_office import filled_office, generous, office_of_its_own, signed_in, without_fsync
from tests.office.made import MadeOffice

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


def in_this_process(folder: Path, lazy_disk: bool) -> list[float]:
    """Milliseconds of each reveal with the office's decision called as a function; the same checks and entry."""
    if lazy_disk:
        without_fsync()
    folder.mkdir(mode=0o700, exist_ok=True)
    office = MadeOffice(folder)
    office.policy = generous(office.policy)
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
    asked = arguments(__doc__, repeats=5)
    settings = {"customers": PEOPLE, "reveals of each turn": EACH, "repeats": asked.repeats}
    report = Report("reveal", "Reveal", settings)
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
