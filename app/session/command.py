"""What a command of the terminal does once its person is signed in: invite, grant, import, verify the log."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.api.client.client import ApiClient
from app.api.client.consents import send_page
from app.api.client.errors import OfficeAwayError
from app.api.messages.backups import BackupState, PeriodState
from app.api.messages.consents import SendPage
from app.api.messages.customers import BadCell, ImportBegin, ImportBegun, ImportDone, ImportRow, ImportRows
from app.api.messages.door import SignedIn
from app.auth.audit_chain import AuditEntry, Verdict
from app.auth.names import account_name
from app.auth.period_end import PeriodEnd
from app.domain.data_class import DataClass
from app.domain.errors import TiraiError, WorkstationError
from app.domain.inventory_reader import load_inventory
from app.domain.privacy.means import BY_THEMSELVES, Speaking
from app.domain.role import Role
from app.session import backups
from app.session.accounts import Accounts
from app.session.analytics import AnalyticsExports
from app.session.class_keys import colleagues, grant_classes
from app.session.erasures import Erasures, names_of_rules
from app.session.identity import Identity
from app.session.log_archive import LogArchives, Step, Tell
from app.session.log_export import To, export_log, place_before
from app.session.log_reading import entries_after, judge
from app.session.my_account import MyAccount
from app.session.people import person_of
from app.session.privacy.compliance import Proofs
from app.session.privacy.many_letters import ManyLetters
from app.session.privacy.page_at_desk import PageAtDesk
from app.session.privacy.record import ProcessingRecords
from app.session.privacy.training_report import TrainingReports
from app.session.readmissions import Readmissions
from app.session.release import ThrottledAccount, release, throttled
from app.session.rotation import Rotation
from app.session.shown import NewColleague, Person
from app.session.sources import ReadSources
from app.session.training import Training
from app.session.witness import Remembered
from app.session.workstations import Workstations
from app.siem.export_place import ExportPlace
from app.siem.exporting import Exported, Taker
from app.sources.source import SelectiveSource, Source, UntrustedRow, chunks

CHUNK = 500
CHUNK_CHARACTERS = 1_048_576
_IMPORT_LOST = "The process that imported has ended, so nothing was imported. Run the import again."
_REPORT_LOST = (
    "All rows came in (audit entry {entry}), but the process that imported ended before it could report. "
    "Run the import again to see the report: rows that are there count as unchanged."
)
_OFFICE_LOST = "The office ended during the import, so nothing was imported. Run the import again."
_ALL_OR_NONE = (
    "The office ended while the import was made visible: all rows came in, or none did. "
    "Run the import again: rows that are there count as unchanged."
)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to.

    Attributes:
        rows: rows read.
        plan: which columns come in.
        bad: bad cells, never their values.
        done: what came in, or None for a dry run or a refusal.
        keys: what names the row of a bad cell where it comes from, by its line; for sources whose rows have a key.
        remarks: what the source has to say besides its rows.
    """

    rows: int
    plan: ImportBegun
    bad: tuple[BadCell, ...]
    done: ImportDone | None
    keys: Mapping[int, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


class CommandSession:
    """A signed-in command."""

    def __init__(self, identity: Identity, answer: SignedIn, remembered: Remembered | None) -> None:
        """Work as this identity."""
        self._identity = identity
        self._remembered, self._inventory = remembered, answer.inventory
        self.person: Person = person_of(identity, answer)
        self.accounts = Accounts(identity)
        self.sources = ReadSources(identity)

    @property
    def rotation(self) -> Rotation:
        """The class keys that this person looks after; a long work renews the lease."""
        return Rotation(self._identity, renews=True)

    @cached_property
    def workstations(self) -> Workstations:
        """Workstations, for administrators."""
        return Workstations(self._identity)

    @cached_property
    def analytics(self) -> AnalyticsExports:
        """Analytics exports."""
        return AnalyticsExports(self._identity, load_inventory(self._inventory))

    @cached_property
    def readmissions(self) -> Readmissions:
        """Who was erased and may come back."""
        return Readmissions(self._identity)

    @cached_property
    def erasures(self) -> Erasures:
        """Erasures, and what retention makes due."""
        return Erasures(self._identity)

    def rules_of_retention(self) -> tuple[str, ...]:
        """The names of all rules by which the office's inventory makes something due."""
        return names_of_rules(load_inventory(self._inventory))

    @cached_property
    def my_account(self) -> MyAccount:
        """The person's own account."""
        return MyAccount(self._identity)

    @cached_property
    def proofs(self) -> Proofs:
        """What the office shows of itself, for privacy officers."""
        return Proofs(self._identity)

    def page_at_desk(self, number: str, speaking: Speaking = BY_THEMSELVES) -> PageAtDesk:
        """The page of the customer who has this number, to be shown at this desk.

        Args:
            number: the customer's.
            speaking: who sits at it: they themselves, a child's guardian, somebody with a disability and who helps.

        Raises:
            NotAllowedError: code `role_privacy` or `no_customer`.
            InputRefusedError: code `notice`, `guardian`, `of_age` or `means`.
        """
        return PageAtDesk(self._identity, load_inventory(self._inventory), number, speaking)

    def send_page(self, number: str) -> float:
        """Have the customer who has this number sent a link to their page; until when it is good, Unix seconds.

        Raises:
            NotAllowedError: code `role_privacy`, `no_customer`, `page_not_offered` or `links`.
            InputRefusedError: code `no_page_notice`.
            WorkstationError: it was not sent, and its link opens nothing.
        """
        return send_page(self._identity.client, SendPage(number=number)).expires_ms / 1000

    @cached_property
    def letters(self) -> ManyLetters:
        """Letters to many people."""
        return ManyLetters(self._identity)

    @cached_property
    def record(self) -> ProcessingRecords:
        """The record of processing activities, for the privacy desk's people."""
        return ProcessingRecords(self._identity, load_inventory(self._inventory))

    def throttled(self) -> list[ThrottledAccount]:
        """Accounts that wait at this workstation.

        Raises:
            NotAllowedError: the role does not see them.
        """
        return throttled(self._identity)

    def release_throttle(self, account: str) -> None:
        """Let an account try again at once; the sign-in was the step-up.

        Raises:
            NotAllowedError: the role releases nobody.
            InputRefusedError: nobody of this name waits.
        """
        release(self._identity, account)

    def invite(self, name: str, display_name: str, role: Role, queues: tuple[str, ...]) -> str:
        """Make an account.

        Returns:
            The activation code as text, shown once.

        Raises:
            InputRefusedError: a name, a role or a queue is none.
            NotAllowedError: only an administrator makes accounts.
            BookError: the name is taken.
        """
        return self.accounts.invite(name, display_name, role, queues).reveal()

    def colleagues(self) -> list[NewColleague]:
        """Accounts that wait for class keys."""
        return colleagues(self._identity)

    def grant(self, account: str) -> tuple[DataClass, ...]:
        """Hand class keys to an account; the sign-in was the step-up."""
        return grant_classes(self._identity, account_name(account))

    def bring_in(
        self,
        file: Source,
        *,
        inventory: str | None = None,
        mapping: str | None = None,
        queue: str | None = None,
        dry_run: bool = False,
        whole: bool = False,
        on_rows: Callable[[int], None] = lambda _rows: None,
    ) -> ImportReport:
        """Import customers: all or nothing.

        Args:
            file: the opened source.
            inventory: TOML text of another inventory, or None for the office's.
            mapping: TOML text of a mapping, or None.
            queue: queue of every row, or None to read it from the file.
            dry_run: judge only.
            whole: read a source from its beginning, however far it was read before.
            on_rows: called with the number of rows so far.

        Raises:
            InputRefusedError: file, inventory or mapping are refused; nothing is imported.
            NotAllowedError: the role imports nothing.
        """
        client = self._identity.client
        source = file.name if isinstance(file, SelectiveSource) else None
        begin = ImportBegin(
            header=file.header, mapping=mapping, inventory=inventory, queue=queue, dry_run=dry_run, source=source
        )
        plan = client.import_begin(begin)
        if isinstance(file, SelectiveSource):
            file = file.without(plan.not_collected).after("" if whole else plan.mark)
        keys = dict[int, str]()
        with contextlib.closing(client.at_import(plan)) as its_process:
            try:
                rows, bad = self._send(file, plan, its_process, on_rows, keys)
                remarks = file.remarks if isinstance(file, SelectiveSource) else ()
                if dry_run or bad:
                    its_process.import_cancel(plan.id)
                    return ImportReport(rows, plan, bad, None, keys, remarks)
                return ImportReport(rows, plan, bad, self._commit(plan, its_process), keys, remarks)
            except OfficeAwayError as e:
                raise self._lost(plan, _OFFICE_LOST) from e
            except BaseException:
                with contextlib.suppress(TiraiError):  # its process drops what it has when nobody is there, too
                    its_process.import_cancel(plan.id)
                raise

    def _send(
        self,
        file: Source,
        plan: ImportBegun,
        its_process: ApiClient,
        on_rows: Callable[[int], None],
        keys: dict[int, str],
    ) -> tuple[int, tuple[BadCell, ...]]:
        """Bring all rows; how many there are, and the bad cells. The keys of their rows go to `keys`."""
        rows, renewed = 0, time.monotonic()
        bad: list[BadCell] = []
        for chunk in chunks(file, CHUNK, CHUNK_CHARACTERS):
            sent = tuple(ImportRow(line=row.line, cells=row.cells) for row in chunk)
            progress = its_process.import_rows(plan.id, ImportRows(rows=sent))
            rows, bad = progress.rows, [*bad, *progress.bad]
            keys |= _keys_of(chunk, progress.bad)
            renewed = self._renew_after(renewed)
            on_rows(rows)
        if isinstance(file, SelectiveSource) and file.mark:
            its_process.import_rows(plan.id, ImportRows(rows=(), mark=file.mark))
        return rows, tuple(bad)

    def _commit(self, plan: ImportBegun, its_process: ApiClient) -> ImportDone:
        try:
            return its_process.import_commit(plan.id)
        except OfficeAwayError as e:
            raise self._lost(plan, _ALL_OR_NONE) from e

    def _lost(self, plan: ImportBegun, without_office: str) -> TiraiError:
        """What became of an import whose process does not answer: the office says, once that process is surely gone."""
        try:
            fate = self._identity.client.import_end(plan.id)
        except OfficeAwayError:
            return WorkstationError(without_office, code="import_lost")
        except TiraiError as e:
            return e
        if fate.committed:
            return WorkstationError(_REPORT_LOST.format(entry=fate.audit_entry), code="report_lost")
        return WorkstationError(_IMPORT_LOST, code="import_lost")

    def _renew_after(self, renewed: float) -> float:
        """Renew the lease once a minute: a long import is no absence."""
        if time.monotonic() - renewed < self._identity.policy.beat_s:
            return renewed
        self._identity.renew()
        return time.monotonic()

    def office_key(self) -> tuple[bytes, bytes]:
        """The key with which the office signs, as the book shows it, and the office's id: key, O."""
        return self._identity.book.office_entry.sign, self._identity.office

    @property
    def training(self) -> Training:
        """The lessons of this person."""
        return Training(self._identity, "en")

    def training_reports(self, language: str) -> TrainingReports:
        """The report of training, for supervisors and privacy officers; questions in a language."""
        return TrainingReports(self._identity, language)

    def verify_audit(self, on_entries: Callable[[int, int], None] = lambda _entries, _total: None) -> Verdict:
        """Read the whole log and judge it here, against checkpoints and what this workstation remembers.

        Args:
            on_entries: called with entries so far, and with about how many there are; what it raises stops it.
        """
        identity = self._identity
        renewed = [time.monotonic()]

        def tell(done: int, total: int) -> None:
            renewed[0] = self._renew_after(renewed[0])
            on_entries(done, total)

        verdict = judge(
            identity,
            self._remembered.audit if self._remembered else None,
            "" if identity.keeps_witness else identity.session.hex(),
            tell,
        )
        identity.keeps_witness = identity.keeps_witness or verdict.ok
        return verdict

    @property
    def office(self) -> bytes:
        """O, 32 bytes."""
        return self._identity.office

    def place_before(self, number: int) -> ExportPlace:
        """Where an export begins that begins with this entry."""
        return place_before(self._identity, number)

    def export_audit(
        self, to: To, place: ExportPlace, taker: Taker, keep: Callable[[ExportPlace], None], *, follows: bool = False
    ) -> Exported:
        """Hand the log on behind a place; see `app.session.log_export`."""
        renewed = [time.monotonic()]

        def renew() -> None:
            renewed[0] = self._renew_after(renewed[0])

        return export_log(self._identity, to, place, taker, keep=keep, on_group=renew, follows=follows)

    def archives(self, folder: Path, tell: Tell = lambda _step, _number, _last: None) -> LogArchives:
        """The log's archives in a folder; long work tells how far it is, and renews the lease."""
        renewed = [time.monotonic()]

        def go_on(step: Step, number: int, last: int) -> None:
            renewed[0] = self._renew_after(renewed[0])
            tell(step, number, last)

        return LogArchives(self._identity, folder, go_on)

    def _entries(self, on_entries: Callable[[int], None]) -> Iterator[AuditEntry]:
        return entries_after(self._identity, 0, on_entries)

    def back_up(self, folder: str, keys: str, tell: Callable[[int, int], None]) -> BackupState:
        """Have a backup made; see `app.session.backups`."""
        return backups.back_up(self._identity, folder, keys, tell)

    def backup_periods(self, keys: str) -> tuple[PeriodState, ...]:
        """The period keys of backups."""
        return backups.backup_periods(self._identity, keys)

    def order_backup_period_end(
        self, second: "CommandSession", period: str, now: Callable[[], float] = time.time
    ) -> PeriodEnd:
        """An order to destroy a period's key, signed by this administrator and a second person."""
        return backups.ordered_end(self._identity, second._identity, period, now)

    def destroy_backup_period(self, order: PeriodEnd, keys: str) -> str:
        """Destroy a period's key: its backups never open again. The office's certificate of it."""
        return backups.destroy_period(self._identity, order, keys)

    def end(self) -> None:
        """End the command's session; an office that is away ends it by the lease."""
        with contextlib.suppress(TiraiError):
            self._identity.leave("signed_out")


def _keys_of(chunk: tuple[UntrustedRow, ...], bad: tuple[BadCell, ...]) -> dict[int, str]:
    """The keys of rows with bad cells, by their lines."""
    lines = {cell.line for cell in bad}
    return {row.line: row.key for row in chunk if row.line in lines and row.key}
