"""A bounded load on gateways, on loopback: `python -m benchmarks.team_load [--consoles 500] [--gateways 1 2]`.

So many simulated consoles sign in, each from a workstation of its own, and hear the stream of changes; each fills 2,000
rows; then callers are served, `--at-once` of them at a time, for so many seconds: lookup, check, verify, reveal, note,
lease, over real TLS, PostgreSQL (`fsync` on) and `tirai gateway serve` processes. V is derived once per account
beforehand, at the real Argon2id floor. The log must have exactly the entries that were acknowledged, and nothing may
fail. The peer sends the same statements by psycopg, without HTTP, in the same run (`benchmarks/team_peer.py`).
"""

import argparse
import itertools
import math
import multiprocessing
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from app.domain.gateway_address import GatewayAddress
from benchmarks.harness import Report, cpu_s, percentile, work_folder
from benchmarks.team_console import CALLS, Console, Seen
from benchmarks.team_office import POOL, Agent, LoadOffice, load_office
from benchmarks.team_peer import RECORDER, Round, Tape, least_write, recorded, replay, takes_lock
from tests.gateway.served import ServedGateway

PROCESSES = 2
"""That simulate consoles."""
WRITES_S = 10.0
MOST_ROUNDS = 4
"""Of each console and measurement: below what policy lets one person look up and open."""
PHASES = ("sign_in", "fill", "work", "end")


@dataclass(slots=True)
class Load:
    """What one number of gateways did.

    Attributes:
        gateways: how many.
        seen: what all consoles saw.
        seconds: by phase.
        expected: entries that the log must have of it, by event and outcome.
        found: those that it has.
        gateway_cpu_s: processor seconds of the gateways while callers were served.
        postgres_cpu_s: the same of PostgreSQL.
        wal_bytes: written ahead meanwhile.
    """

    gateways: int
    seen: Seen = field(default_factory=Seen)
    seconds: dict[str, float] = field(default_factory=dict)
    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gateway_cpu_s: float = 0.0
    postgres_cpu_s: float = 0.0
    wal_bytes: int = 0

    @property
    def is_right(self) -> bool:
        """Whether nothing failed and the log has what was acknowledged, no more and no less."""
        return not self.seen.errors and self.expected == self.found

    @property
    def work_calls(self) -> int:
        """Calls of all rounds."""
        return sum(len(self.seen.times.get(call, [])) for call in CALLS)

    @property
    def per_s(self) -> float:
        """Calls a second, while callers were served."""
        return self.work_calls / self.seconds["work"]


def main() -> int:
    """Measure, print, keep the document."""
    asked = _asked()
    report = Report(
        "team_load",
        "Gateways under load",
        {
            "consoles": asked.consoles,
            "at once": asked.at_once,
            "pool of each gateway": POOL,
            "rows of a fill": asked.customers,
            "seconds": asked.seconds,
            "synchronous_commit and fsync": "on",
        },
        is_full=asked.full,
    )
    with work_folder() as folder, load_office(folder / "office", asked.consoles, asked.customers) as office:
        folder.chmod(0o711)
        loads = []
        for count in asked.gateways:
            loads.append(_load(office, count, asked))
            _say(loads[-1])
        peer, one_writer, writers = _peers(office, folder, asked)
        sizes = office.sizes()
    for load in loads:
        _add(report, load, asked.consoles, peer)
    _say_peer(peer)
    for name, some in (("1 connection", one_writer), (f"{asked.at_once} connections", writers)):
        late = percentile(some.times["write"], 0.99)
        print(f"least write with an entry, {name}: {some.per_s:.0f}/s, p99 {late:.1f} ms")
    _say_sizes(sizes)
    report.add("PostgreSQL: least writes a second, 1 connection", [one_writer.per_s], unit="writes/s")
    report.add(f"PostgreSQL: least writes a second, {asked.at_once} connections", [writers.per_s], unit="writes/s")
    report.finish(asked.results)
    return 0 if all(load.is_right for load in loads) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--consoles", type=int, default=500, help="simulated consoles (500)")
    parser.add_argument("--gateways", type=int, nargs="+", default=[1, 2], help="how many gateways, each in turn (1 2)")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long callers are served (20)")
    parser.add_argument("--customers", type=int, default=2_000, help="rows of each fill (2000)")
    parser.add_argument("--results", type=Path, help="where the document goes (build/bench)")
    parser.add_argument("--full", action="store_true", help="keep it as a full run's")
    parser.add_argument("--at-once", type=int, default=16, help="consoles in hand at once (16)")
    return parser.parse_args()


# the load


def _load(office: LoadOffice, count: int, asked: argparse.Namespace) -> Load:
    office.pass_a_step()
    gateways = [office.serve() for _ in range(count)]
    try:
        before = office.entries()
        load = _driven(office, gateways, asked)
        after = office.entries()
    finally:
        for gateway in gateways:
            gateway.end()
    load.expected = load.seen.entries
    load.found = Counter({what: n - before.get(what, 0) for what, n in after.items() if n != before.get(what, 0)})
    return load


def _driven(office: LoadOffice, gateways: Sequence[ServedGateway], asked: argparse.Namespace) -> Load:
    """Have processes simulate the consoles, phase by phase, all in step."""
    fresh = multiprocessing.get_context("spawn")
    step, answers = fresh.Barrier(PROCESSES + 1), fresh.SimpleQueue()
    addresses = [GatewayAddress("127.0.0.1", one.port, authority=str(office.authority.file)) for one in gateways]
    threads = max(1, asked.at_once // PROCESSES)
    processes = []
    for at in range(PROCESSES):
        share = [(agent, addresses[n % len(addresses)]) for n, agent in enumerate(office.agents)][at::PROCESSES]
        words = (share, office.customers, at, threads, asked.seconds, step, answers)
        processes.append(fresh.Process(target=_simulate, args=words))
    _started(processes, step)
    load = Load(len(gateways))
    for phase in PHASES:
        step.wait()
        began, used = time.perf_counter(), _used(office, gateways)
        step.wait()
        load.seconds[phase] = time.perf_counter() - began
        if phase == "work":
            now = _used(office, gateways)
            load.gateway_cpu_s, load.postgres_cpu_s = now[0] - used[0], now[1] - used[1]
            load.wal_bytes = now[2] - used[2]
    for _ in processes:
        load.seen.add(answers.get())
    _joined(processes)
    return load


def _started(processes: Sequence[Any], step: Barrier) -> None:
    """Start processes that go in step; where one of them fails, nobody waits for it."""
    for process in processes:
        process.start()

    def watch() -> None:
        left = {process.sentinel: process for process in processes}
        while left:
            for sentinel in wait(list(left)):
                process = left.pop(int(str(sentinel)))
                process.join()
                if process.exitcode:
                    step.abort()

    threading.Thread(target=watch, daemon=True).start()


def _joined(processes: Sequence[Any]) -> None:
    """Wait until they have ended well.

    Raises:
        RuntimeError: one has not.
    """
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a process of the load failed; its words stand above")


def _used(office: LoadOffice, gateways: Sequence[ServedGateway]) -> tuple[float, float, int]:
    """Processor seconds of gateways and of PostgreSQL, and bytes written ahead, so far."""
    return sum(cpu_s(one.pid) for one in gateways), office.postgres_cpu_s(), office.wal_bytes()


def _simulate(
    share: Sequence[tuple[Agent, GatewayAddress]],
    customers: Sequence[dict[str, str]],
    place: int,
    threads: int,
    seconds: float,
    step: Barrier,
    answers: Any,
) -> None:
    """One process of consoles; every phase begins and ends with the others'."""
    consoles = [Console(agent, address) for agent, address in share]
    callers = itertools.count(place * len(customers) // PROCESSES)

    def serve(console: Console) -> None:
        console.serve_caller(customers, next(callers))

    acts: dict[str, Callable[[Console], object]] = {
        "sign_in": Console.sign_in,
        "fill": Console.fill,
        "work": serve,
        "end": Console.end,
    }
    for phase in PHASES:
        step.wait()
        rounds, until = (MOST_ROUNDS, time.monotonic() + seconds) if phase == "work" else (1, math.inf)
        _by_threads(consoles * rounds, acts[phase], threads, until)
        step.wait()
    seen = Seen()
    for console in consoles:
        seen.add(console.seen)
    answers.put(seen)


def _by_threads(consoles: Sequence[Console], act: Callable[[Console], object], threads: int, until: float) -> None:
    """Take consoles in their order, each in one thread at a time, until all are done or the time is over."""
    waiting, lock = iter(consoles), threading.Lock()
    faults: list[BaseException] = []

    def work() -> None:
        try:
            while time.monotonic() < until:
                with lock:
                    console = next(waiting, None)
                if console is None:
                    return
                with console.in_hand:
                    act(console)
        except BaseException as e:  # noqa: BLE001 (raised below)
            faults.append(e)

    hands = [threading.Thread(target=work) for _ in range(min(threads, len(consoles)))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    if faults:
        raise faults[0]


# the peer


@dataclass(frozen=True, slots=True)
class Peer:
    """What bare statements did.

    Attributes:
        times: milliseconds by call.
        seconds: how long.
        statements: of one round, by call.
        locks: how often each call takes the writers' lock.
    """

    times: dict[str, list[float]]
    seconds: float
    statements: dict[str, int]
    locks: dict[str, int]

    @property
    def per_s(self) -> float:
        """Calls a second."""
        return sum(map(len, self.times.values())) / self.seconds


def _peers(office: LoadOffice, folder: Path, asked: argparse.Namespace) -> tuple[Peer, Peer, Peer]:
    """The rounds; and the least writes, over one connection and over all."""
    office.pass_a_step()
    tape = Tape(folder / "tape")
    gateway = office.serve(RECORDER.format(path=str(folder / "tape")))
    address = GatewayAddress("127.0.0.1", gateway.port, authority=str(office.authority.file))
    rounds: list[Round] = []
    for at, agent in enumerate(office.agents[: asked.at_once]):
        console = Console(agent, address, hears=False)
        console.sign_in()
        rounds.append(recorded(console, tape, office.customers, at))
        assert not console.seen.errors, console.seen.errors
    digests, ms = console.long_proof()
    print(f"a lease whose proof has {digests:,} digests: {ms:.0f} ms", flush=True)
    gateway.end()
    least = [least_write(round_) for round_ in rounds]
    some_s = min(asked.seconds, WRITES_S)
    return (
        _replayed(office, rounds, asked.seconds),
        _replayed(office, least[:1], some_s),
        _replayed(office, least, some_s),
    )


def _replayed(office: LoadOffice, rounds: Sequence[Round], seconds: float) -> Peer:
    """All rounds at once, in as many processes as the consoles had."""
    fresh = multiprocessing.get_context("spawn")
    step, answers = fresh.Barrier(PROCESSES + 1), fresh.SimpleQueue()
    words = office.database.words()
    processes = [
        fresh.Process(target=_replay, args=(words, rounds[at::PROCESSES], seconds, step, answers))
        for at in range(PROCESSES)
    ]
    _started(processes, step)
    step.wait()
    began = time.perf_counter()
    step.wait()
    took_s = time.perf_counter() - began
    times: dict[str, list[float]] = {}
    for _ in processes:
        for call, some in answers.get().items():
            times.setdefault(call, []).extend(some)
    _joined(processes)
    counted = {call: sum(map(len, transactions)) for call, transactions in rounds[0].items()}
    locks = {call: sum(map(takes_lock, transactions)) for call, transactions in rounds[0].items()}
    return Peer(times, took_s, counted, locks)


def _replay(words: dict[str, str], rounds: Sequence[Round], seconds: float, step: Barrier, answers: Any) -> None:
    times: dict[str, list[float]] = {call: [] for round_ in rounds for call in round_}
    step.wait()
    until = time.monotonic() + seconds

    faults: list[BaseException] = []

    def send(round_: Round) -> None:
        try:
            replay(words, round_, lambda: time.monotonic() >= until, lambda call, ms: times[call].append(ms))
        except BaseException as e:  # noqa: BLE001 (raised below)
            faults.append(e)

    hands = [threading.Thread(target=send, args=(round_,)) for round_ in rounds]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    step.wait()
    answers.put({} if faults else times)
    if faults:
        raise faults[0]


# saying it


def _say(load: Load) -> None:
    seen, seconds = load.seen, load.seconds
    print(f"\n### {load.gateways} gateway{'s' if load.gateways > 1 else ''}\n")
    print(f"sign-ins: {len(seen.times.get('sign_in', [])) / seconds['sign_in']:.1f}/s in {seconds['sign_in']:.1f} s")
    print(f"fill: {seen.rows / seconds['fill']:,.0f} rows/s, {seen.rows:,} rows in {seconds['fill']:.1f} s")
    calls = max(1, load.work_calls)
    print(f"callers: {load.per_s:.1f} calls/s, {load.work_calls} calls in {seconds['work']:.1f} s")
    print(f"a call: {load.gateway_cpu_s * 1000 / calls:.1f} ms of a gateway's processor,", end=" ")
    print(f"{load.postgres_cpu_s * 1000 / calls:.1f} ms of PostgreSQL's, {load.wal_bytes / calls:,.0f} bytes of WAL")
    print("\n| call | count | p50 ms | p99 ms |\n|---|---:|---:|---:|")
    for call, times in seen.times.items():
        print(f"| {call} | {len(times)} | {percentile(times, 0.5):.1f} | {percentile(times, 0.99):.1f} |")
    print(f"\nerrors: {seen.errors.total()} {dict(seen.errors) or ''}")
    same = (
        "equal"
        if load.expected == load.found
        else f"NOT EQUAL: {load.expected - load.found}, {load.found - load.expected}"
    )
    print(f"audit entries: expected {load.expected.total()}, found {load.found.total()}, {same}")
    print(f"events of the streams of changes: {seen.told}", flush=True)


def _say_peer(peer: Peer) -> None:
    print(f"\n### The same statements by psycopg: {peer.per_s:.1f} calls/s\n")
    print("| call | statements | writers' locks | count | p50 ms | p99 ms |\n|---|---:|---:|---:|---:|---:|")
    for call, times in peer.times.items():
        middle, late = percentile(times, 0.5), percentile(times, 0.99)
        print(f"| {call} | {peer.statements[call]} | {peer.locks[call]} | {len(times)} | {middle:.1f} | {late:.1f} |")


def _say_sizes(sizes: Sequence[tuple[str, int, int]]) -> None:
    print("\n### Tables at the end\n\n| table | rows | bytes a row, with indexes |\n|---|---:|---:|")
    for name, rows, size in sizes[:14]:
        print(f"| {name} | {rows:,} | {size / rows:,.0f} |")


def _add(report: Report, load: Load, consoles: int, peer: Peer) -> None:
    name = f"{consoles} consoles, {load.gateways} gateway{'s' if load.gateways > 1 else ''}"
    ours = [ms for call in CALLS for ms in load.seen.times.get(call, [])]
    theirs = [ms for call in CALLS for ms in peer.times[call]]
    by = "same statements by psycopg"
    report.add(
        f"{name}: calls a second",
        [load.per_s],
        [peer.per_s],
        unit="calls/s",
        peer_name=by,
    )
    late, their_late = percentile(ours, 0.99), percentile(theirs, 0.99)
    report.add(f"{name}: a call, p99", [late], [their_late], unit="ms", peer_name=by)
    report.add(f"{name}: errors", [float(load.seen.errors.total())], unit="errors")
    for phase, unit, count in (
        ("sign_in", "sign-ins/s", len(load.seen.times["sign_in"])),
        ("fill", "rows/s", load.seen.rows),
    ):
        report.add(f"{name}: {phase}", [count / load.seconds[phase]], unit=unit)


if __name__ == "__main__":
    sys.exit(main())
