"""Who saw a customer's data, invented: any length, and every refusal that a test wants."""

import threading
from collections.abc import Callable
from pathlib import Path

from app.domain.access_words import AccessWords
from app.domain.errors import NotAllowedError
from app.session.errors import DocumentStopped
from app.session.shown_who_saw import Days, FoundAccesses, Language, SavedPdf, ShownDay, ShownLine, ShownWhoSaw
from tests.office.sample_accesses import INVENTORY, POLICY, sample

UNKNOWN = "C-000000"


class FakeWhoSaw:
    """Answers at once, unless a test shuts the gate."""

    def __init__(self, *, may_save: bool = True, count: int = 31) -> None:
        self.may_read, self.may_save = True, may_save
        self.count, self.most = count, 2_000
        self.asked: list[tuple[str, Days]] = []
        self.saved: list[tuple[str, Days, Language, Path]] = []
        self.refuse: Exception | None = None
        self.far: tuple[int, ...] = ()
        self.made_before_stop = 0
        self.gate = threading.Event()
        self.gate.set()

    def of_record(self, record: str, days: Days) -> FoundAccesses:
        return self._found(record, days)

    def of_number(self, number: str, days: Days) -> FoundAccesses:
        if number == UNKNOWN:
            raise NotAllowedError("No customer of your queues has this number.", code="no_customer")
        return self._found(number, days)

    def _found(self, asked: str, days: Days) -> FoundAccesses:
        self.asked.append((asked, days))
        self.gate.wait()
        if self.refuse is not None:
            raise self.refuse
        whole = sample(self.count)
        return FoundAccesses("ab" * 16, whole)

    def shown(self, found: FoundAccesses, language: Language) -> ShownWhoSaw:
        words, accesses = AccessWords(language, INVENTORY, POLICY), found.accesses
        days = tuple(
            ShownDay(
                day.heading,
                tuple(
                    ShownLine(words.figure(one.number), one.time, one.who, one.what, one.why, one.how, one.kind)
                    for one in day.lines
                ),
            )
            for day in words.days(accesses, newest_first=True)
        )
        return ShownWhoSaw(
            record=found.record,
            number=accesses.customer_number,
            summary=words.summary(accesses),
            remarks=tuple(words.remarks(accesses)),
            days=days,
            columns=tuple(words.text(f"column.{name}") for name in ("time", "who", "what", "why", "how", "entry")),
            times=min(self.most, len(accesses.accesses)),
            total=accesses.total,
        )

    def save_pdf(
        self,
        record: str,
        days: Days,
        language: Language,
        path: Path,
        on_entries: Callable[[int, int], None],
        is_stopped: Callable[[], bool],
    ) -> SavedPdf:
        self.saved.append((record, days, language, path))
        for far in self.far:
            on_entries(far, 1_000_000)
        self.gate.wait()
        if is_stopped():
            raise DocumentStopped(self.made_before_stop)
        if self.refuse is not None:
            raise self.refuse
        return SavedPdf(str(path), 88_191, 17_210)
