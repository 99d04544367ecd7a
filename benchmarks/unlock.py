"""Unlock: from an agent's request to the value on their screen, without the time that people think.

One office in a process of its own behind its socket, two consoles' sessions with their streams of changes, as in
production. The agent asks; the supervisor's stream tells, and their console reads the queue; they approve; the agent's
stream tells, and their console reads how the request stands; it opens. Beside it the floor: the same chain of keys in
memory, with nobody asked. Then the way of a revocation, which closes what is open.
"""

import itertools
import secrets
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from app.crypto import hpke, signing
from app.crypto.grants import unlock_info
from app.crypto.values import new_data_key, salt_of, seal_value, share
from app.domain.data_class import DataClass
from app.session.desk import Desk
from app.session.shown import RequestState
from app.storage import sealing
from benchmarks.harness import Goal, Report, arguments, in_own_process, in_turns, percentile, work_folder
from benchmarks.made_office import filled_office, office_of_its_own, signed_in

FIELD, REASON, WHY = "bank_account", "refund", "the caller wants the refund there"
PEOPLE = 200
EACH = 60
"""Unlocks of one turn."""
PATIENCE_S, PAUSE_S = 30.0, 0.1


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one unlock's parts, and of all of it."""

    ask: float
    appear: float
    approve: float
    arrive: float
    open: float
    revoke: float

    @property
    def whole(self) -> float:
        """From the request to the value."""
        return self.ask + self.appear + self.approve + self.arrive + self.open


class Ear:
    """One console's stream of changes."""

    def __init__(self, desk: Desk) -> None:
        self._told = threading.Event()
        desk.watch_changes(lambda topics: self._told.set() if "unlocks" in topics else None, lambda: None)

    def until(self, so: Callable[[], bool]) -> None:
        """Look whenever the stream tells of a change, until it is so."""
        while True:
            assert self._told.wait(PATIENCE_S), "the stream tells nothing"
            self._told.clear()
            if so():
                return

    def hears(self) -> bool:
        """Whether the office tells it of a change that was just made."""
        return self._told.wait(PAUSE_S)

    def forget(self) -> None:
        """What was told so far is old."""
        self._told.clear()


def round_trips(folder: Path) -> list[Took]:
    """Each unlock of one turn."""
    with office_of_its_own(folder) as office:
        filled_office(office, PEOPLE)
        agent, supervisor = signed_in(office), signed_in(office, "hendra")
        agent.fill(lambda _done, _total: None)
        rows = agent.rows(agent.search("", None).ids)
        records = [row.record for row in rows if _has(agent, row.id)]
        ears = Ear(agent), Ear(supervisor)
        _wait_for_streams(agent, ears, records[0])
        taken = [_one(agent, supervisor, ears, records[i % len(records)]) for i in range(3 + EACH)][3:]
        agent.end("signed_out")
        supervisor.end("signed_out")
    return taken


def _wait_for_streams(agent: Desk, ears: tuple[Ear, Ear], record: str) -> None:
    """A stream that was asked for stands a moment later: ask and take back until both are told of it."""
    for _ in range(100):
        agent.withdraw(agent.ask(record, FIELD, REASON, WHY).id)
        if all(ear.hears() for ear in ears):
            return
    raise RuntimeError("The streams of changes tell nothing.")


def _has(desk: Desk, id_: int) -> bool:
    return any(f.name == FIELD and f.mask is not None for _, fs in desk.customer(id_).sections for f in fs)


def _one(agent: Desk, supervisor: Desk, ears: tuple[Ear, Ear], record: str) -> Took:
    at_agent, at_supervisor = ears
    for ear in ears:
        ear.forget()
    marks = [time.perf_counter()]

    def mark() -> None:
        marks.append(time.perf_counter())

    request = agent.ask(record, FIELD, REASON, WHY).id
    mark()
    at_supervisor.until(lambda: any(r.id == request for r in supervisor.approvals.waiting()))
    mark()
    at_agent.forget()
    supervisor.approvals.approve(request, 60)
    mark()
    at_agent.until(lambda: _stands(agent, request, RequestState.APPROVED))
    mark()
    agent.open_unlocked(request).value.forget()
    mark()
    at_agent.forget()
    supervisor.approvals.revoke(request)
    at_agent.until(lambda: _stands(agent, request, RequestState.REVOKED))
    mark()
    parts = [(after - before) * 1000 for before, after in itertools.pairwise(marks)]
    return Took(*parts)


def _stands(agent: Desk, request: str, state: RequestState) -> bool:
    return any(r.id == request and r.state is state for r in agent.requests())


def bare_chain() -> list[float]:
    """Milliseconds of the keys alone: box opened, half sealed and signed, checked, unsealed, joined, value opened."""
    office, record, record_key, session = (secrets.token_bytes(n) for n in (32, 16, 32, 16))
    class_secret, session_secret, seed = hpke.new_secret(), hpke.new_secret(), signing.new_seed()
    name = DataClass.FINANCIAL.value
    key, box = new_data_key(office, name, 1, hpke.public_of(class_secret))
    blob = seal_value(office, key, record_key, record, FIELD, name, "0093 4417 8820 88")
    ctx = sealing.value_context(office, record, FIELD, name, salt_of(blob))

    def unlock() -> None:
        info = unlock_info(office, record, session, ctx)
        half = sealing.own_half(office, class_secret, box, ctx)
        sealed = hpke.seal(hpke.public_of(session_secret), half, info)
        signature = signing.sign(seed, sealed)
        signing.check(signing.public_of(seed), signature, sealed)
        sealing.value_of(sealing.unsealed_half(session_secret, sealed, info), share(record_key, ctx), ctx, blob)

    taken = []
    for _ in range(3 + EACH):
        started = time.perf_counter()
        unlock()
        taken.append((time.perf_counter() - started) * 1000)
    return taken[3:]


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3)
    report = Report("unlock", "Unlock", {"customers": PEOPLE, "unlocks of each turn": EACH, "repeats": asked.repeats})
    parts: dict[str, list[float]] = {field.name: [] for field in fields(Took)}
    tails: dict[str, list[float]] = {"ours": [], "bare": []}
    with work_folder() as folder:
        count = iter(range(1_000_000))

        def ours() -> float:
            taken: list[Took] = in_own_process(round_trips, folder / str(next(count)))
            for name, medians in parts.items():
                medians.append(statistics.median(getattr(took, name) for took in taken))
            tails["ours"].append(percentile([took.whole for took in taken], 0.99))
            return statistics.median(took.whole for took in taken)

        def bare() -> float:
            taken: list[float] = in_own_process(bare_chain)
            tails["bare"].append(percentile(taken, 0.99))
            return statistics.median(taken)

        whole = in_turns({"ours": ours, "bare": bare}, asked.repeats)
    floor = "chain of keys alone, in memory"
    report.add(
        "request to value, p50", whole["ours"], whole["bare"], unit="ms", peer_name=floor, goal=Goal(500, of="ours")
    )
    report.add("request to value, p99", tails["ours"], tails["bare"], unit="ms", peer_name=floor)
    said = {
        "ask": "the agent asks",
        "appear": "it stands in the supervisor's queue",
        "approve": "the supervisor approves: keys, signature, office",
        "arrive": "the agent's console knows",
        "open": "it opens",
        "revoke": "a revocation, until the agent's console knows",
    }
    for name, words in said.items():
        report.add(words, parts[name], unit="ms", goal=Goal(1000, of="ours") if name == "revoke" else None)
    report.finish()


if __name__ == "__main__":
    main()
