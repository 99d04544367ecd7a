"""A large log in a real office: the made month again and again, with the entries around it that calls leave.

Rows are written past the chain, with hashes that are none: what is measured reads columns alone.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from app.api.messages.exposures import AskLines, LedgerScope
from app.backoffice import exposure_flags, schema
from app.backoffice.exposure_figures import overview
from app.backoffice.exposure_lines import lines
from app.backoffice.sessions import Session, session_by_id
from app.domain.exposures.words import Rule
from benchmarks.exposure_month import FIRST, made_month
from tests.office.made import MadeOffice, made_office

_DAY_MS = 24 * 3600 * 1000
_MONTH_MS = 28 * _DAY_MS
"""Whole weeks, so that weekdays stay where they are."""
_AROUND = ("caller_check", "verify", "caller_check.end")
_CHUNK = 20_000


def rows(count: int, last_number: int, until_ms: int) -> Iterator[dict[str, Any]]:
    """So many entries, the newest at `until_ms`."""
    month = made_month().entries
    ends_ms = round(FIRST.timestamp() * 1000) + _MONTH_MS
    of_month = [e for e in month if e.at_ms < ends_ms]
    number = last_number
    months = -(-count // (len(of_month) * (1 + len(_AROUND))))
    left = count
    for back in range(months - 1, -1, -1):
        moved = until_ms - ends_ms - back * _MONTH_MS
        for entry in of_month:
            for event in (*_AROUND[:2], entry.event, _AROUND[2]):
                if left == 0:
                    return
                left, number = left - 1, number + 1
                opens = event == entry.event
                told = entry if opens else replace(entry, event=event, outcome="ok", reason="", detail="")
                row = {c.name: getattr(told, c.name) for c in schema.audit.columns}
                yield row | {"number": number, "at_ms": entry.at_ms + moved, "hash": bytes(32)}


def fill(office: MadeOffice, count: int) -> None:
    """Write them."""
    opened = office.back_office.opened
    with opened.database.reading() as db:
        last, _head = opened.log.head(db)
    chunk: list[dict[str, Any]] = []

    def write() -> None:
        if chunk:
            with opened.database.writing() as db:
                db.execute(schema.audit.insert(), chunk)
            chunk.clear()

    for row in rows(count, last, office.clock.now_ms()):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            write()
    write()


def measured(folder: Path, count: int, repeats: int) -> dict[str, list[float]]:
    """Milliseconds of each question that the ledger's screen asks, in the office, at so many entries."""
    with made_office(folder) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.hire("agent03", "Yudha Saputra", grant=False)
        bare = office.bare("dewi")
        opened = office.back_office.opened
        with opened.database.reading() as db:
            session = session_by_id(opened, db, bare.identity.session)
        assert session is not None
        fill(office, count)
        opening = bytes(16)
        questions = _questions(office, session, opening)
        taken: dict[str, list[float]] = {name: [] for name in questions}
        for _ in range(repeats + 1):
            for name, ask in questions.items():
                started = time.perf_counter()
                ask()
                taken[name].append((time.perf_counter() - started) * 1000)
        bare.end()
    return {name: times[1:] for name, times in taken.items()}


def _questions(office: MadeOffice, session: Session, opening: bytes) -> dict[str, Callable[[], object]]:
    opened = office.back_office.opened
    of = {days: LedgerScope.model_validate({"opening": opening, "days": days}) for days in (1, 7, 30)}
    month = AskLines(opening=opening, days=30)
    return {
        "figures and plots, today": lambda: overview(opened, session, of[1]),
        "figures and plots, 7 days": lambda: overview(opened, session, of[7]),
        "figures and plots, 30 days": lambda: overview(opened, session, of[30]),
        "table, 30 days": lambda: lines(opened, session, month),
        "table, one person": lambda: lines(opened, session, month.model_copy(update={"person": "agent03"})),
        "table, one hour": lambda: lines(opened, session, month.model_copy(update={"hour": 11})),
        "table, no call": lambda: lines(opened, session, month.model_copy(update={"no_call": True})),
        "table, refusals": lambda: lines(opened, session, month.model_copy(update={"refused": True})),
        "flags": lambda: exposure_flags.raised(opened, session, opening),
        f"thresholds of {len(Rule)} rules": lambda: exposure_flags.thresholds(opened, session, opening),
    }


def lines_of(taken: dict[str, list[float]]) -> str:
    """As text: the middle one and the longest."""
    return "\n".join(f"{name:<28}{median(times):>8.0f} ms{max(times):>8.0f} ms" for name, times in taken.items())
