"""An invented audit log: as many entries as a test wants, made as they are asked for."""

import hashlib
import threading
from collections.abc import Callable

from app.domain.errors import InputRefusedError
from app.domain.two_languages import TwoLanguages
from app.session.errors import VerificationStopped
from app.session.log_shown import LogEntry, LogFilter, LogKey, LogPage, LogPlace, LogVerdict
from app.ui.language import spoken

NOW = 1_796_000_000.0
PAGE = 200
_PEOPLE = ("ratna.dewanti", "eko.prasetyo", "hendra.kusuma", "sari.wulandari", "citra.lestari")
_KINDS = (
    ("reveal", "ok", "mobile_phone", "contact", "call_back"),
    ("reveal", "ok", "nik", "identity", "confirm_identity"),
    ("sign_in", "ok", "", "", ""),
    ("reveal", "refused", "health_note", "special", "role"),
    ("verify", "ok", "birth_date", "identity", ""),
    ("notes.read", "ok", "", "note", ""),
    ("sign_in", "failed", "", "", "wrong"),
    ("unlock.approve", "ok", "bank_account", "financial", "refund"),
    ("session.lock", "ok", "", "", "idle"),
)

_LABELS = {
    "bank_account": ("Bank account", "Nomor rekening"),
    "refund": ("Refund to this account", "Mengembalikan dana ke rekening ini"),
}


def _hex(number: int, digits: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:digits]


def entry(number: int, length: int) -> LogEntry:
    """One invented entry."""
    event, outcome, field, data_class, reason = _KINDS[number % len(_KINDS)]
    is_unlock = event == "reveal" and number % 4 == 1
    return LogEntry(
        number=number,
        at=NOW - (length - number) * 41.0,
        event=event,
        outcome=outcome,
        actor=_PEOPLE[number * 7 % len(_PEOPLE)],
        acting_with="hendra.kusuma" if is_unlock else "",
        session=_hex(number // 9, 32),
        seat=f"SBY-04{number % 30:02d}",
        record=_hex(-number, 32) if data_class else "",
        field=field,
        data_class=data_class,
        reason=reason,
        reference=_hex(-9 * number, 32) if field else "",
        detail="caller=identified" if event == "reveal" else "kind=console" if event == "sign_in" else "",
        hash=_hex(number, 64),
    )


class FakeLog:
    """Answers at once, unless a test shuts the gate."""

    def __init__(self, length: int = 88_190) -> None:
        self.length = length
        self.searches: list[LogFilter] = []
        self.pages: list[LogKey | None] = []
        self.short = False
        self.refuse: Exception | None = None
        self.unsigned_from = length
        self.misfit = 0
        self.verdict = LogVerdict(NOW, length, None, "", 9.0)
        self.progress = [(done, length) for done in (20_000, 52_000)]
        self.gate = threading.Event()
        self.gate.set()
        self.verifications = self.stops = 0

    def page(self, wanted: LogFilter, after: LogKey | None = None) -> LogPage:
        if after is None:
            self.searches.append(wanted)
        self.pages.append(after)
        if self.refuse is not None:
            raise self.refuse
        start = (after.number if after else self.length + 1) - 1
        looked = range(start, max(0, start - (30 if self.short else 2000)), -1)
        found = [e for n in looked if _fits(e := entry(n, self.length), wanted)][:PAGE]
        last = found[-1].number if len(found) == PAGE else (looked[-1] if looked else 0)
        if last <= 1:
            return LogPage(tuple(found), None)
        return LogPage(tuple(found), LogKey(int(entry(last, self.length).at * 1000), last))

    def place(self, number: int) -> LogPlace:
        if not 1 <= number <= self.length:
            raise InputRefusedError("The log has no such entry.", code="no_entry")
        signed = -(-number // 100) * 100
        mark = signed if signed <= self.length else 0
        before = entry(number - 1, self.length).hash
        found = entry(number, self.length)
        return LogPlace(found, before, number != self.misfit, mark, True, _label(found.field), _label(found.reason))

    def verify(self, on_entries: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> LogVerdict:
        self.verifications += 1
        for done, total in self.progress:
            on_entries(done, total)
        while not self.gate.wait(0.01):
            if is_stopped():
                self.stops += 1
                raise VerificationStopped
        if self.refuse is not None:
            raise self.refuse
        return self.verdict


def _label(code: str) -> str:
    english, indonesian = _LABELS.get(code, ("", ""))
    return TwoLanguages(english, indonesian, spoken().value)


def _fits(found: LogEntry, wanted: LogFilter) -> bool:
    last = wanted.last if wanted.last is not None else wanted.first
    return (
        (wanted.since is None or found.at >= wanted.since)
        and (wanted.until is None or found.at < wanted.until)
        and (not wanted.actor or wanted.actor in (found.actor, found.acting_with))
        and wanted.event in ("", found.event)
        and wanted.outcome in ("", found.outcome)
        and wanted.data_class in ("", found.data_class)
        and wanted.record in ("", found.record)
        and (wanted.first is None or found.number >= wanted.first)
        and (last is None or found.number <= last)
    )
