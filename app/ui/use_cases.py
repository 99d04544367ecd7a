"""What the screens need of the session: the use cases as they call them. `bootstrap` hands in the real ones.

All calls block and are made through `tasks`, never on the GUI thread.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.capture_exception import CaptureException
    from app.domain.data_class import DataClass
    from app.domain.exposures.words import ClosedBy
    from app.domain.kept_find import KeptFind
    from app.domain.table_query import TableColumn, TableQuery
    from app.session.ends import LockedSession, Receipt
    from app.session.followed import Followed
    from app.session.lock_place import LockWord, Place
    from app.session.shown import (
        Acted,
        Action,
        Budget,
        NewColleague,
        NoteFind,
        NoteKept,
        Office,
        OutboxState,
        Person,
        Reason,
        Revealed,
        ShownAct,
        ShownCheck,
        ShownCustomer,
        ShownNote,
        ShownRow,
        UnlockAsked,
        UnlockLimits,
        UnlockWaiting,
    )
    from app.session.shown_new_contact import NewContactForm
    from app.session.shown_why import ShownWhy
    from app.ui.accounts.use_cases import AccountUseCases
    from app.ui.approvals.use_cases import DecidingUseCases
    from app.ui.audit.use_cases import LogUseCases
    from app.ui.console.contact_use_cases import ContactUseCases
    from app.ui.console.editing_use_cases import EditingUseCases
    from app.ui.exposures.use_cases import ExposureUseCases
    from app.ui.lost.use_cases import ReplacingUseCases
    from app.ui.my_account.use_cases import MyAccountUseCases
    from app.ui.policy.use_cases import PolicyUseCases
    from app.ui.posture.use_cases import PostureUseCases
    from app.ui.privacy.incidents.use_cases import ReportUseCases
    from app.ui.privacy.use_cases import PrivacyUseCases
    from app.ui.training.use_cases import TrainingUseCases
    from app.ui.who_saw.use_cases import WhoSawUseCases
    from app.ui.workstations.use_cases import WorkstationUseCases


class RotationUseCases(Protocol):
    """Class keys (`app.session.rotation.Rotation`)."""

    def propose(self, data_class: DataClass) -> object:
        """Make the next key of a class, and propose it to an administrator."""

    def work(self, max_chunks: int | None = None) -> Iterator[RotationProgress]:
        """Seal data keys anew, chunk by chunk."""


class RotationProgress(Protocol):
    """What one run of that work has done so far."""

    @property
    def left(self) -> int:
        """What is left of the class in hand."""


class FoundIds(Protocol):
    """The answer of a search."""

    @property
    def ids(self) -> array[int]:
        """Ids in the order of the list."""

    @property
    def ms(self) -> float:
        """How long the search took, in milliseconds."""


class CallerUseCases(Protocol):
    """Who is calling (`app.session.caller_checks.CallerChecks`)."""

    def wanted(self, customer: ShownCustomer) -> ShownCheck:
        """The check of a customer before anything was asked; asks nobody."""

    def begin(self, record: str) -> ShownCheck:
        """Begin a check."""

    def answer(self, field: str, text: str) -> ShownCheck:
        """Have what a caller says compared."""

    def tick(self, field: str) -> ShownCheck:
        """The caller said what the mask shows."""

    def end(self) -> None:
        """The call is over."""

    def look_up(self, text: str) -> list[int]:
        """Customers who have this whole value."""

    def look_up_caller(self, number: str) -> list[int]:
        """Customers whose phone number this is (E.164), as a softphone told it."""


class ActingUseCases(Protocol):
    """What may be done with fields that stay masked (`app.session.acting.Acting`)."""

    def offered(self) -> tuple[ShownAct, ...]:
        """What this person may do."""

    def act(self, record: str, field: str, action: str, reason: str = "", text: str = "") -> Acted:
        """Have one field used; waits for the end, a minute at most."""

    def stop(self) -> None:
        """Stop what runs."""


class NewContactUseCases(Protocol):
    """Making a customer whom the office does not know."""

    def ask_notice(self) -> str:
        """Ask the office which notice holds now; its code."""

    def form(self) -> NewContactForm:
        """What is asked for; asks nobody, so it may be called on the GUI thread."""

    def new_request(self) -> str:
        """The id of a contact that is about to be made; asks nobody."""

    @property
    def may_make(self) -> bool:
        """Whether this role makes customers; asks nobody."""

    def make(self, request: str, values: Mapping[str, str], *, known: bool = False) -> int:
        """Have the office seal and keep a new customer; the same request may come twice.

        Args:
            request: from `new_request`; a new one when the values change.
            values: what was typed, by field.
            known: the person has seen who has such a number already, and makes one all the same.

        Returns:
            The customer's id in the cache, where the card finds it.

        Raises:
            NewContactRefusedError: fields are missing or wrong; it names them.
            KnownContactsError: customers of theirs have one of these phone numbers already.
        """


class DeskUseCases(Protocol):
    """One signed-in session (`app.session.desk.Desk`)."""

    @property
    def person(self) -> Person:
        """Who is signed in."""

    @property
    def session(self) -> str:
        """The session's id, hex."""

    def fill(self, on_progress: Callable[[int, int], None]) -> None:
        """Fill the session cache; progress is rows so far and total."""

    def follow(self) -> Followed:
        """Take over what changed at the office since the last time."""

    def when_cache_is_replaced(self, tell: Callable[[str], object]) -> None:
        """Have somebody told, in any thread, that the cache was damaged and is empty again."""

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns that a table may have."""

    def table(self, query: TableQuery) -> FoundIds:
        """Ids of the customers that a table shows, in its order."""

    def values_of(self, column: str) -> list[str]:
        """The values that may be chosen from to filter by a column."""

    def make_order(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        """Make ready to sort and filter by a column, while everything else goes on."""

    def prepare_column(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        """The same before anybody asks, where that is no great work."""

    def beginning(self, text: str) -> array[int]:
        """Ids of the customers whose name begins with a text."""

    def first_found(self, text: str) -> FoundIds | None:
        """The first screens of what a search in all queues finds, where they are there sooner; else None."""

    def search(self, text: str, queue: str | None, is_stopped: Callable[[], bool] = lambda: False) -> FoundIds:
        """Ids of the customers that fit; nothing of a search that is stopped."""

    def rows(self, ids: Sequence[int]) -> list[ShownRow]:
        """Rows for the list and the table."""

    def customer(self, id: int) -> ShownCustomer:  # noqa: A002 (the design's word)
        """One card."""

    def reasons(self, action: Action, data_class: DataClass, field: str = "") -> tuple[Reason, ...]:
        """Reasons that policy offers; for a field, those that fit what it is kept for."""

    def needs_code(self, data_class: DataClass) -> bool:
        """Whether this class opens only after a fresh code."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""

    def reveal(self, record: str, field: str, reason: str, text: str = "") -> Revealed:
        """Open one field."""

    def copied(self, record: str, field: str) -> None:
        """Have it written down that a revealed value is about to be copied."""

    def note_calls(self, keys: Sequence[str]) -> None:
        """Which calls a softphone says are on, by their digests; does not block."""

    def tell_calls(self) -> None:
        """Have it written down which calls have begun and ended."""

    def view_closed(self, entry: int, shown_s: float, cause: ClosedBy) -> None:
        """A value or notes have closed; kept for the next beat, so this call alone does not block."""

    @property
    def clipboard_s(self) -> int:
        """So many seconds a copied value stays in the clipboard."""

    @property
    def capture_exception(self) -> CaptureException | None:
        """IT's exception to the block of screen capture, if this session has begun under it."""

    def ask(self, record: str, field: str, reason: str, text: str) -> UnlockAsked:
        """Ask a supervisor for one field."""

    def deciders(self, record: str, data_class: DataClass) -> int:
        """How many who may decide on a request about this customer are at work now."""

    def withdraw(self, request: str) -> None:
        """Take a request back."""

    def requests(self) -> list[UnlockAsked]:
        """Own requests, waiting or just decided."""

    def open_unlocked(self, request: str) -> Revealed:
        """Open what a supervisor approved."""

    def new_note(self) -> str:
        """The id of a note that is about to be written; asks nobody, so it may be called on the GUI thread."""

    def scan_note(self, text: str) -> tuple[NoteFind, ...]:
        """Numbers of persons in a note, which are kept as masks."""

    def reasons_to_keep(self, find: str) -> tuple[Reason, ...]:
        """The reasons for which a find of this kind stays in a note as typed. Asks nobody."""

    def save_note(self, record: str, note: str, text: str, keeps: Sequence[KeptFind] = ()) -> NoteKept:
        """Seal and keep a note, at the office or in the outbox: the same id for every try and text of it."""

    def outbox(self) -> OutboxState:
        """What waits for the office at this seat."""

    def deliver(self) -> OutboxState:
        """Bring the office what waits for it."""

    def notes(self, record: str) -> list[ShownNote]:
        """The notes of a record: one logged read."""

    def note_count(self, record: str) -> int:
        """How many notes a record has."""

    def why_masked(self, field: str) -> ShownWhy:
        """Why a field is masked, and what it is kept for; asks nobody."""

    def budgets(self) -> Mapping[DataClass, Budget]:
        """What is left of this shift, by the classes that the role reveals."""

    def beat(self) -> Person:
        """Renew the lease."""

    @property
    def is_clock_set_back(self) -> bool:
        """Whether this workstation's clock was set back; asks nobody."""

    @property
    def idle_end_s(self) -> int:
        """So many seconds without use end the session."""

    @property
    def idle_lock_s(self) -> int:
        """So many seconds without use lock the console."""

    @property
    def call_idle_max_s(self) -> int:
        """So many seconds without use lock the console while a call is on."""

    def lock(self, cause: str, place: Place, unused_s: float = 0.0, left_s: float | None = None) -> LockWord:
        """Keep the place and lock; this process is to exit then."""

    def watch_office(self, on_gone: Callable[[], object]) -> None:
        """Have somebody told, in any thread, when the back office's process ends."""

    def watch_changes(self, on_change: Callable[[frozenset[str]], object], on_end: Callable[[], object]) -> None:
        """Hear of changes at the office, in any thread."""

    @property
    def is_code_fresh(self) -> bool:
        """Whether the last code still counts."""

    @property
    def code_left_s(self) -> float:
        """So many seconds the last code still counts, or 0."""

    @property
    def log(self) -> LogUseCases:
        """The audit log, for whoever may verify it."""

    @property
    def who_saw(self) -> WhoSawUseCases:
        """Who saw a customer's data, for those who answer that."""

    @property
    def privacy(self) -> PrivacyUseCases:
        """What the pages of the privacy desk ask."""

    @property
    def approvals(self) -> DecidingUseCases:
        """Other people's requests."""

    @property
    def exposures(self) -> ExposureUseCases:
        """What was shown to whom."""

    def colleagues(self) -> list[NewColleague]:
        """Accounts that wait for their class keys."""

    def grant(self, account: str, code: str) -> None:
        """Hand class keys over with a fresh code."""

    @property
    def acting(self) -> ActingUseCases:
        """What may be done with fields that stay masked."""

    @property
    def contacts(self) -> ContactUseCases:
        """The wrap-up of visits, and who waits."""

    @property
    def editing(self) -> EditingUseCases:
        """Changing fields of a customer."""

    @property
    def new_contacts(self) -> NewContactUseCases:
        """Making customers whom the office does not know."""

    @property
    def caller(self) -> CallerUseCases:
        """Who is calling."""

    @property
    def policies(self) -> PolicyUseCases:
        """The policy and its edits."""

    @property
    def policy_version(self) -> int:
        """The version of the policy that this console obeys; nobody is asked."""

    @property
    def workstations(self) -> WorkstationUseCases:
        """Everybody's workstations, for administrators."""

    @property
    def accounts(self) -> AccountUseCases:
        """Other people's accounts."""

    @property
    def my_account(self) -> MyAccountUseCases:
        """One's own account."""

    @property
    def training(self) -> TrainingUseCases:
        """Lessons, tests, and the rules of conduct."""

    @property
    def posture(self) -> PostureUseCases:
        """This workstation, and how its own system protects it."""

    @property
    def rotation(self) -> RotationUseCases:
        """The class keys that this person looks after."""

    def release_throttle(self, account: str, code: str = "") -> None:
        """Let a throttled person try again."""

    def end(self, cause: str, place: Place | None = None) -> Receipt:
        """Keep the note in hand, end the session, wipe, look again."""


class ApprovalUseCases(Protocol):
    """A supervisor's sign-in at an agent's desk (`app.session.approval.Approval`)."""

    @property
    def person(self) -> Person:
        """Who decides."""

    @property
    def limits(self) -> UnlockLimits:
        """How long policy lets an unlock be used, and each view last."""

    @property
    def incidents(self) -> ReportUseCases:
        """Reporting a suspicion."""

    def waiting(self) -> list[UnlockWaiting]:
        """Requests that wait."""

    def approve(self, request: str, usable_s: int) -> None:
        """Open the field for its agent, once."""

    def deny(self, request: str, why: str) -> None:
        """Refuse with a reason."""

    def end(self) -> None:
        """Leave."""


class SignInUseCases(Protocol):
    """The door (`app.session.sign_in.SignIn`)."""

    def office(self) -> Office:
        """The back office and the state of this workstation."""

    def sign_in(self, account: str, password: str, code: str) -> DeskUseCases:
        """Sign in to work."""

    def sign_in_to_approve(self, account: str, password: str, code: str) -> ApprovalUseCases:
        """Sign in to decide requests at this desk."""

    def sign_in_to_replace(self, account: str, password: str, recovery_code: str) -> ReplacingUseCases:
        """Sign in with a recovery code, to set up another authenticator and nothing else."""


class BackAtDesk(Protocol):
    """A resumed session, and where its person was."""

    @property
    def desk(self) -> DeskUseCases:
        """The session that goes on."""

    @property
    def place(self) -> Place:
        """Where its person was."""


class LockUseCases(Protocol):
    """A locked session (`app.session.late_sign_in.LateResume`)."""

    @property
    def lock(self) -> LockedSession:
        """What is locked."""

    def ask(self) -> None:
        """Hear what became of the session meanwhile; raises how it ended."""

    def resume(self, password: str) -> BackAtDesk:
        """Go on, with the password."""
