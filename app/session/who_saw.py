"""Who saw my data: the page in words, and the document in a file that its person chose."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from app.api.client import who_saw as calls
from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf, SomebodyMark, WhoSaw
from app.domain.access import Access, AccessKind, AccessList, Somebody
from app.domain.access_words import AccessWords
from app.domain.inventory import Inventory
from app.session.identity import Identity
from app.session.shown_who_saw import SavedPdf, ShownDay, ShownLine, ShownWhoSaw
from app.storage.new_file import write_new_file

Language = Literal["en", "id"]


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days of the office's calendar; None is open."""

    first: date | None = None
    last: date | None = None


class WhoSawCustomer:
    """What those do who answer a customer's question who saw their data."""

    def __init__(self, identity: Identity, inventory: Inventory) -> None:
        """Ask as this identity."""
        self._identity, self._inventory = identity, inventory

    @property
    def may_read(self) -> bool:
        """Whether the role sees the list; the office decides again."""
        return self._identity.policy.may_read_who_saw(self._identity.role)

    @property
    def may_save(self) -> bool:
        """Whether the role takes it out as a document; the office decides again."""
        return self._identity.policy.may_make_who_saw_pdf(self._identity.role)

    def of_record(self, record: str, days: Days) -> WhoSaw:
        """The list of a customer who is on the screen.

        Args:
            record: hex.
            days: which.

        Raises:
            NotAllowedError: code `role_who_saw` or `no_customer`.
            InputRefusedError: code `no_time`.
            VerificationError: code `log`: the log does not hold.
        """
        since, until = self._times(days)
        return self._ask(AskWhoSaw(record=bytes.fromhex(record), since_ms=since, until_ms=until))

    def of_number(self, number: str, days: Days) -> WhoSaw:
        """The list of the customer who has this number.

        Raises:
            TiraiError: see `of_record`.
        """
        since, until = self._times(days)
        return self._ask(AskWhoSaw(number=number.strip(), since_ms=since, until_ms=until))

    def _times(self, days: Days) -> tuple[int | None, int | None]:
        """When the first day begins, and the day after the last."""
        begins = self._identity.policy.office_hours.day_start_ms
        since = begins(days.first) if days.first is not None else None
        return since, begins(days.last + timedelta(days=1)) if days.last is not None else None

    def _ask(self, request: AskWhoSaw) -> WhoSaw:
        return calls.who_saw(self._identity.client, request)

    def shown(self, found: WhoSaw, language: Language) -> ShownWhoSaw:
        """A list in words of a language, the newest first; nobody is asked."""
        words = AccessWords(language, self._inventory, self._identity.policy)
        accesses = _list(found)
        days = (
            ShownDay(day.heading, tuple(ShownLine(**{n: getattr(line, n) for n in _LINE}) for line in day.lines))
            for day in words.days(accesses, newest_first=True)
        )
        return ShownWhoSaw(
            record=found.record.hex(),
            number=found.customer_number,
            summary=words.summary(accesses),
            remarks=tuple(words.remarks(accesses)),
            days=tuple(days),
            columns=tuple(words.text(f"column.{name}") for name in ("time", "who", "what", "why", "how", "entry")),
            times=len(found.rows),
            total=found.total,
        )

    def save_pdf(self, record: str, days: Days, language: Language, path: Path) -> SavedPdf:
        """Have the document made, and write it into a new file of the person's own.

        Args:
            record: whose, hex.
            days: which.
            language: of the document.
            path: where; what lies there is replaced only by the whole document.

        Raises:
            TiraiError: see `of_record`; also InputRefusedError, code `too_much`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        since, until = self._times(days)
        request = AskWhoSawPdf(record=bytes.fromhex(record), since_ms=since, until_ms=until, language=language)
        answer = calls.who_saw_pdf(self._identity.client, request)
        write_new_file(path, answer.pdf)
        return SavedPdf(str(path), answer.entry, len(answer.pdf))


_LINE = ("number", "time", "who", "what", "why", "how", "kind")


def file_name(number: str, language: Language, today: Callable[[], date] = date.today) -> str:
    """A name for the document: no name of a person in it."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", number).strip("-.") or "customer"
    return f"who-saw-{plain}-{today().isoformat()}-{language}.pdf"


def _list(found: WhoSaw) -> AccessList:
    rows = tuple(
        Access(
            row.number,
            row.at_ms,
            AccessKind(row.kind),
            _somebody(row.who),
            row.field,
            row.reason,
            _somebody(row.allowed_by) if row.allowed_by is not None else None,
            row.seconds,
            row.matched,
            row.notes,
        )
        for row in found.rows
    )
    return AccessList(
        found.customer_number, found.customer_name, rows, found.total, found.refused, None, None, found.log_since_ms,
        found.view_s,
    )  # fmt: skip


def _somebody(mark: SomebodyMark) -> Somebody:
    return Somebody(mark.role, mark.nth, mark.name)
