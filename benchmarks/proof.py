"""What the compliance report costs an embedded office: each piece of evidence, and the figures, over many customers.

    python -m benchmarks.proof [--n 100000] [--repeats 3]

Seconds of processor time. Retention stands beside the engine over every customer, which has to find the same. It is
asked of the office as it is shipped, of which nothing is late, and of one whose contracts ended years ago.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

from sqlalchemy import Connection

from app.backoffice.acting import for_the_office
from app.backoffice.compliance import evidence
from app.backoffice.compliance.figures import figures_of
from app.backoffice.compliance.look import Look
from app.backoffice.retention.clock import today
from app.backoffice.retention.due import customers_to_judge, kept_of, lasting_fields
from app.backoffice.retention.past_time import MOST_COUNTED, late_customers
from app.backoffice.retention.to_come import due_days
from app.domain.inventory import Inventory
from app.domain.retention.engine import ahead, due_of, rules_of
from benchmarks.harness import arguments, machine, work_folder
from benchmarks.made_office import filled_office
from tests.office.made import made_office

T = TypeVar("T")
_SHOWN: Final = 6
"""The dearest of all pieces of evidence."""


def timed(work: Callable[[], T], repeats: int = 1) -> tuple[T, float]:
    """What it gives, and the median seconds of processor time that this thread took for it."""
    times = []
    for _ in range(repeats):
        began = time.thread_time()
        found = work()
        times.append(time.thread_time() - began)
    return found, median(times)


def late_one_by_one(db: Connection, inventory: Inventory, day: date) -> int:
    """The engine over every customer."""
    rules, lasting = rules_of(inventory), lasting_fields(inventory)
    return sum(due_of(kept, rules, day, lasting) is not None for kept in kept_of(db, inventory, customers_to_judge()))


def ahead_one_by_one(db: Connection, inventory: Inventory) -> Counter[date]:
    """The same for what is ahead."""
    rules = rules_of(inventory)
    every = kept_of(db, inventory, customers_to_judge())
    return Counter(day for kept in every for _name, day in ahead(kept, rules))


def measured(folder: Path, n: int, repeats: int) -> None:
    """Make the office, and ask it."""
    with made_office(folder) as office:
        filled_office(office, n)
        opened = office.back_office.opened
        with opened.database.reading() as db, for_the_office(db):
            look = Look.at(opened, db)
            retention(look, repeats)
            took = {name: timed(partial(evidence.seen, look, name))[1] for name in evidence.EVIDENCE}
            for name, seconds in sorted(took.items(), key=lambda one: -one[1])[:_SHOWN]:
                print(f"{name:24}{seconds:8.2f} s")
            print(f"all {len(took)} pieces of evidence: {sum(took.values()):.2f} s")
            print(f"figures over time: {timed(lambda: figures_of(opened, db, look.now_ms))[1]:.2f} s")


def retention(look: Look, repeats: int) -> None:
    """One by one and by the database, which have to agree."""
    ended = replace(look.inventory, record=replace(look.inventory.record, contract_end="customer_since"))
    day = today(look.host, look.db)[0] - timedelta(days=35)
    for words, inventory in (("as shipped", look.inventory), ("contracts ended", ended)):
        before, old = timed(partial(late_one_by_one, look.db, inventory, day))
        now, new = timed(partial(late_customers, look.db, inventory, day), repeats)
        assert now == min(before, MOST_COUNTED), (before, now)
        print(f"late, {words}: {before}; one by one {old:.2f} s, by the database {new:.2f} s", flush=True)
        days, old = timed(partial(ahead_one_by_one, look.db, inventory))
        grouped, new = timed(partial(due_days, look.db, inventory), repeats)
        assert grouped == days
        print(f"ahead, {words}: {days.total()}; one by one {old:.2f} s, by the database {new:.2f} s", flush=True)


if __name__ == "__main__":
    given = arguments(__doc__, 3, 100_000)
    print(machine())
    with work_folder() as place:
        measured(place, given.n, given.repeats)
