"""Who saw my data: the page in words, and the document in a file that its person chose."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from app.api.client import who_saw as calls
from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf, SomebodyMark, WhoSaw
from app.domain.access import Access, AccessKind, AccessList, Somebody
from app.domain.access_words import AccessLine, AccessWords
from app.domain.errors import WorkstationError
from app.domain.inventory import Inventory
from app.session.document_watch import watched
from app.session.errors import DocumentStopped
from app.session.identity import Identity, new_id
from app.session.shown_who_saw import Days, FoundAccesses, Language, SavedPdf, ShownDay, ShownLine, ShownWhoSaw
from app.storage.new_file import write_new_file

STOPPED = "stopped"


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

    def of_record(self, record: str, days: Days) -> FoundAccesses:
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

    def of_number(self, number: str, days: Days) -> FoundAccesses:
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

    def _ask(self, request: AskWhoSaw) -> FoundAccesses:
        answer = calls.who_saw(self._identity.client, request)
        return FoundAccesses(answer.record.hex(), list_of(answer))

    def shown(self, found: FoundAccesses, language: Language) -> ShownWhoSaw:
        """A list in words of a language, the newest first; nobody is asked."""
        words = AccessWords(language, self._inventory, self._identity.policy)
        accesses = found.accesses
        days = (
            ShownDay(day.heading, tuple(_line(words, line) for line in day.lines))
            for day in words.days(accesses, newest_first=True)
        )
        return ShownWhoSaw(
            record=found.record,
            number=accesses.customer_number,
            summary=words.summary(accesses),
            remarks=tuple(words.remarks(accesses)),
            days=tuple(days),
            columns=tuple(words.text(f"column.{name}") for name in ("time", "who", "what", "why", "how", "entry")),
            times=len(accesses.accesses),
            total=accesses.total,
        )

    def save_pdf(
        self,
        record: str,
        days: Days,
        language: Language,
        path: Path,
        on_entries: Callable[[int, int], None] = lambda _done, _total: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> SavedPdf:
        """Have the document made, and write it into a new file of the person's own.

        Args:
            record: whose, hex.
            days: which.
            language: of the document.
            path: where; what lies there is replaced only by the whole document.
            on_entries: called from another thread with entries of the log that the office has read, and with how many
                there are, once this takes more than a second.
            is_stopped: asked from that thread, and before the document is written.

        Raises:
            DocumentStopped: it was stopped; no file was written.
            TiraiError: see `of_record`; also InputRefusedError, code `too_much`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        since, until = self._times(days)
        key, client = new_id(), self._identity.client
        request = AskWhoSawPdf(id=key, record=bytes.fromhex(record), since_ms=since, until_ms=until, language=language)
        try:
            with watched(client, key, on_entries, is_stopped):
                answer = calls.who_saw_pdf(client, request)
        except WorkstationError as e:
            if e.code == STOPPED:
                raise DocumentStopped from e
            raise
        if is_stopped():
            raise DocumentStopped(answer.entry)
        write_new_file(path, answer.pdf)
        return SavedPdf(str(path), answer.entry, len(answer.pdf))


def _line(words: AccessWords, line: AccessLine) -> ShownLine:
    return ShownLine(words.figure(line.number), line.time, line.who, line.what, line.why, line.how, line.kind)


def list_of(found: WhoSaw) -> AccessList:
    """The list of a message."""
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
