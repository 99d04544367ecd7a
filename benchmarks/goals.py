"""The goals of speed, in one table: which row of which benchmark stands for each, against whom, and how far it may go.

A benchmark finds its goals here by the names of its rows (`goal_of`); `benchmarks/documents.py` writes the whole table,
with what was measured beside each goal. A goal is a ratio of one run, ours to the peer's in the row's unit, so that a
busy machine decides little.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

MILLION: Final = "1,000,000"
"""How the name of a row begins that has a million of something: only `make bench-full` makes those."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a row should reach.

    Attributes:
        bound: the number.
        of: `ratio` (ours / peer, in the row's unit) or `ours`.
        at_least: whether more is better.
    """

    bound: float
    of: str = "ratio"
    at_least: bool = False

    def is_met(self, ours: float, ratio: float | None) -> bool | None:
        """Whether it is; None where there is nothing to judge."""
        value = ours if self.of == "ours" else ratio
        if value is None:
            return None
        return value >= self.bound if self.at_least else value <= self.bound

    def missed_by(self, ours: float, ratio: float | None) -> float | None:
        """How many times as far as it may; None where it is met, or there is nothing to judge or to divide by."""
        value = ours if self.of == "ours" else ratio
        if value is None or self.is_met(ours, ratio):
            return None
        over, under = (self.bound, value) if self.at_least else (value, self.bound)
        return over / under if under else None

    def text(self, unit: str) -> str:
        """The goal in a cell of the table."""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g} {'x' if self.of == 'ratio' else unit}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One goal of the contract.

    Attributes:
        what: what it is about.
        bench: the benchmark that measures it.
        row: its rows, as a pattern of their names.
        goal: how far they may go.
        million: whether it is asked for at a million, too.
        unit: where the goal is of ours.
    """

    what: str
    bench: str
    row: str
    goal: Goal
    million: bool = False
    unit: str = "ms"


FILL: Final = "cache fill through the real API, with the search index"
SEARCH: Final = "search as one types"
TABLE: Final = "table"
PEERS: Final = "open to the first result"

GOALS: Final = (
    Wanted(FILL, "fill", "*: fill, from the office to the last row", Goal(0.65, at_least=True), million=True),
    Wanted(FILL, "cache_fill", "fill with search", Goal(0.9, at_least=True)),
    Wanted(FILL, "fill", "*: first search, after the first rows", Goal(100, "ours"), million=True),
    Wanted(FILL, "fill", "*: longest turn of the GUI thread meanwhile", Goal(50, "ours"), million=True),
    Wanted("changes into a live cache", "changes", "*: 1,000 changes", Goal(2), million=True),
    Wanted("fill through the gateway", "gateway_fill", "*: bytes delivered", Goal(0.5, at_least=True)),
    Wanted("fill through the gateway", "gateway_fill", "*: end to end", Goal(0.25, at_least=True)),
    Wanted("import from a file", "import_customers", "*: import, whole way", Goal(0.04, at_least=True)),
    Wanted("import from a file", "import_customers", "*: import, two cores against one*", Goal(1.6, at_least=True)),
    *(
        Wanted(SEARCH, "search", f"*: {kind}, first screen, {part}", Goal(1.8), million=True)
        for kind in ("? letter*", "two beginnings")
        for part in ("p50", "p99")
    ),
    Wanted(SEARCH, "search", "*: first screen, slowest p99 of these", Goal(10, "ours"), million=True),
    Wanted("one record opened", "reveal", "one record opened", Goal(2)),
    Wanted("one field revealed", "reveal", "one field revealed", Goal(2)),
    Wanted("console, from a cold start", "first_window", "start to first paint", Goal(1.4)),
    Wanted("console, from a cold start", "first_window", "start to a letter in the field", Goal(1.6)),
    Wanted("guardian", "footprint", "guardian: start", Goal(2)),
    Wanted("guardian", "footprint", "guardian: resident memory", Goal(1.6)),
    Wanted("lock, and resume", "lock", "Ctrl+L to lock screen painted", Goal(1.2)),
    Wanted("lock, and resume", "lock", "resume to the record back, less Argon2id", Goal(1.2)),
    Wanted("wipe, the keyring's entry gone", "wipe", "*: key gone, against 10,000", Goal(1.3), million=True),
    Wanted(TABLE, "table", "*: first paint", Goal(2), million=True),
    Wanted(TABLE, "table", "*: frame of a wheel, p*", Goal(1.3), million=True),
    Wanted(TABLE, "table", "*: frame of a jump, p*", Goal(1.3), million=True),
    Wanted("console, resident memory", "footprint", "console with 100,000 customers", Goal(1.8)),
    Wanted("console, resident memory", "footprint", "1,000,000 customers against 100,000", Goal(1.1), million=True),
    Wanted(PEERS, "peers", "10,000 records: *, before *", Goal(1)),
    Wanted(PEERS, "peers", "50,000 records: *, before KeePassXC*", Goal(0.05)),
    Wanted(PEERS, "peers", "50,000 records: *, before *", Goal(1)),
    Wanted("audit log", "audit", "*: durable append", Goal(2)),
    Wanted("audit log", "audit", "*: judge the chain, an entry (CPU)", Goal(4)),
    Wanted("gateway under many consoles", "team_load", "*: calls a second", Goal(0.15, at_least=True)),
    Wanted("gateway under many consoles", "team_load", "*: a call, p99", Goal(10)),
    Wanted("gateway under many consoles", "team_load", "*: errors", Goal(0, "ours"), unit="errors"),
)
"""The contract. Where a row fits two, the first one holds."""


def goal_of(bench: str, row: str) -> Goal | None:
    """The contract's goal for a row of a benchmark, if there is one."""
    return next((one.goal for one in GOALS if one.bench == bench and fnmatchcase(row, one.row)), None)
