"""One signed-in console: everything a screen can ask for. All calls block; screens make them off the GUI thread."""

import contextlib
import itertools
import json
import logging
import math
import os
import select
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.api.client import decisions
from app.api.client.lifeline import Lifeline
from app.api.client.live_line import LiveLine
from app.api.messages.door import Lease, SignedIn, WipeStepReport
from app.api.messages.reveals import AskUnlock, CopyNotice, KeptInNote, OwnRequest, ReadNotes, SaveNote
from app.auth.outbox_entry import EntryKind, note_payload
from app.auth.session_card import reveal_request
from app.crypto.account_keys import PasswordKeys
from app.domain.capture_exception import CaptureException
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.exposures.words import ClosedBy
from app.domain.kept_find import KeptFind
from app.domain.policy import ReasonFor
from app.domain.quota import Shut
from app.domain.reading import reading_form
from app.domain.system_events import SystemEvent
from app.domain.table_query import OrderLackingError, TableColumn, TableQuery
from app.session import class_keys
from app.session.accounts import Accounts
from app.session.acting import Acting
from app.session.call_log import CallLog
from app.session.caller_checks import CallerChecks
from app.session.cards import Cards
from app.session.clock_rule import ClockRule
from app.session.contacts import Contacts
from app.session.deciding import Deciding
from app.session.editing import Editing
from app.session.ends import NOTE_NOT_SAVED, NOTE_WAITS, Receipt, WipeLine
from app.session.errors import CacheLostError, SessionOverError
from app.session.exposures import Exposures
from app.session.followed import Followed
from app.session.found import FEW, FIRST_FOUND, Found
from app.session.identity import Identity, boxed, new_id
from app.session.kept_cache import KeptCache
from app.session.lock_place import OFFICE_LOST, PLACE_ITEM, LockWord, Place
from app.session.log_reading import LogReading
from app.session.my_account import MyAccount
from app.session.new_contacts import NewContacts
from app.session.note_scan import finds_in, masked
from app.session.open_cache import OpenCache, halves_of
from app.session.outbox import Outbox
from app.session.outside import OutsideBringing
from app.session.people import person_of
from app.session.policies import Policies
from app.session.posture import Look, OwnPosture
from app.session.privacy.desk import PrivacyDesk
from app.session.release import ThrottledAccount, release, throttled
from app.session.revealing import OpenedValue, reveal_own, reveal_unlocked
from app.session.rotation import Rotation
from app.session.shown import (
    Action,
    Budget,
    NewColleague,
    NoteFind,
    NoteKept,
    OutboxState,
    Person,
    Reason,
    RequestState,
    Revealed,
    Secret,
    ShownCustomer,
    ShownNote,
    ShownRow,
    UnlockAsked,
)
from app.session.shown_why import ShownWhy
from app.session.training import Training
from app.session.view_ends import ViewEnds
from app.session.who_saw import WhoSawCustomer
from app.session.why_masked import why_masked
from app.session.wipe_lines import wipe_lines
from app.session.workstations import Workstations
from app.storage import sealing
from app.storage.last_check import read_last_check
from app.storage.outbox import OutboxFolder
from app.storage.sqlcipher import DatabaseError

PREPARED_ROWS = 200_000
"""Up to so many customers a table's columns are made ready before somebody sorts by them; beyond, when they do."""
NOTES_FIELD = "notes"
DRAFT_ITEM = "draft"
VIEW_ENDS_ITEM = "view_ends"
OFFICE_ENDS_S = 2.0
"""So long a lock before a sleep waits for the office to leave with its keys; it stays where others still work."""
LOCK_WAIT_S = 0.6
"""So long a lock waits for the office's answer: a little longer than for its line."""
LAST_DELIVERY_S = 2.0
"""At an end, so long is each answer waited for before what waits is left to the next console."""


@dataclass(frozen=True, slots=True, repr=False)
class _Draft:
    """One state of a note; a later one of the same note has a higher revision, also after a resume."""

    record: str
    note: str
    text: str
    revision: int
    keeps: tuple[KeptFind, ...] = ()


class Desk:
    """A session of one person at one console."""

    def __init__(
        self,
        identity: Identity,
        answer: SignedIn,
        cache: OpenCache,
        language: str = "en",
        clock: Callable[[], float] = time.monotonic,
        *,
        has_fresh_code: bool = True,
        outbox: Outbox | None = None,
        clock_rule: ClockRule | None = None,
        look_at_posture: Look | None = None,
    ) -> None:
        """Work as this identity over this cache.

        Args:
            identity: who signed in, with keys and client.
            answer: what the office said at the sign-in.
            cache: the session cache.
            language: of labels, `en` or `id`.
            clock: seconds that never go back; judges how old the last code is.
            has_fresh_code: a code came with the sign-in; none does with a resume.
            outbox: the session's, if it was resumed; else a fresh one.
            clock_rule: judges whether the clock was set back.
            look_at_posture: looks at how this workstation is protected.
        """
        self._identity = identity
        self._accounts = Accounts(identity, self.step_up)
        self._policies = Policies(identity, self.step_up)
        self.posture = OwnPosture(look_at_posture, lambda: identity.policy)
        identity.has_protection = self.posture.has
        self._clock = clock
        self._code_at = clock() if has_fresh_code else -math.inf
        self._clock_rule = clock_rule or ClockRule()
        self._clock_rule.told(answer.now_ms / 1000)
        self._answer = answer
        self._open = cache
        self._cache = KeptCache(cache, identity.client)
        self._language = language
        self.training = Training(identity, language, name=person_of(identity, answer, None).display_name)
        self._cards = Cards(cache.inventory, lambda: identity.policy, identity.role, language, self.training.missing)
        self._lease: Lease | None = None
        self._numbers: dict[str, str] = {}
        self._last_note = ""
        self._outbox = outbox or Outbox(OutboxFolder(cache.places.home), identity)
        self._outside = OutsideBringing(cache.places.home, identity)
        self._unsaved: dict[str, _Draft] = {}
        self._parked: set[str] = set()
        self._calls = CallLog(identity.client, is_resumed=not has_fresh_code)
        self._view_ends = ViewEnds(identity.client, cache.items.get(VIEW_ENDS_ITEM))
        self._note_revisions = itertools.count(1 + _last_revision(cache.items.get(DRAFT_ITEM)))
        self._drafting = threading.Lock()
        self._lifeline: Lifeline | None = None
        self._live: LiveLine | None = None
        exception = identity.policy.capture_exception
        self._excepted = exception if exception is not None and exception.holds(time.time()) else None

    @property
    def person(self) -> Person:
        """Who is signed in, as of the last lease."""
        return person_of(self._identity, self._answer, self._lease)

    @property
    def session(self) -> str:
        """The session's id, hex."""
        return self._identity.session.hex()

    # finding

    def fill(self, on_progress: Callable[[int, int], None]) -> None:
        """Fill the cache with the customers of the person's queues; search works from the first chunk on.

        Args:
            on_progress: called with rows so far and total.

        Raises:
            OfficeAwayError: what came so far stays, and the next fill goes on there.
            CacheLostError: the cache was damaged and none can be made; the session cannot go on.
        """
        if not self._identity.policy.may_see_customers(self._identity.role):
            on_progress(0, 0)
            return
        self._cache.fill(on_progress)

    def follow(self) -> Followed:
        """Take over what changed at the office since the last time.

        Raises:
            OfficeAwayError: the next call goes on where this one stopped.
            WorkstationError: the office has other fields now (`inventory`): lock and resume to see them.
            CacheLostError: the cache was damaged and none can be made; the session cannot go on.
        """
        if not self._identity.policy.may_see_customers(self._identity.role):
            return Followed()
        return self._cache.follow()

    def when_cache_is_replaced(self, tell: Callable[[str], object]) -> None:
        """Have somebody told, in any thread, when the cache was damaged and is empty again: it wants to be filled.

        Args:
            tell: called with what was done to it (`cache_damage.Damage`).
        """
        self._cache.on_replaced = tell

    def first_found(self, text: str) -> Found | None:
        """The first screens of what `search` finds in all queues, where that is there sooner; else None."""
        started = time.perf_counter()
        ids = self._cache.use(lambda cache: cache.first_ids(text, FIRST_FOUND) if cache.count() > FEW else None)
        return None if ids is None else Found(ids, (time.perf_counter() - started) * 1000)

    def search(self, text: str, queue: str | None, is_stopped: Callable[[], bool] = lambda: False) -> Found:
        """Ids of the customers that match, and how long it took; nothing of a search that is stopped."""
        started = time.perf_counter()
        ids = self._cache.use(lambda cache: cache.ids(text, queue, is_stopped=is_stopped))
        return Found(ids, (time.perf_counter() - started) * 1000)

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns that a table may have."""
        return self._cards.columns.all

    def table(self, query: TableQuery) -> Found:
        """Ids of the customers that a table shows, in its order, and how long it took.

        Raises:
            OrderLackingError: `make_order` has to make columns ready first.
        """
        started = time.perf_counter()
        placed = self._cards.columns.placed(query)
        self._need_orders(placed.columns)
        ids = self._cache.use(lambda cache: cache.ids_of(placed))
        return Found(ids, (time.perf_counter() - started) * 1000)

    def values_of(self, column: str) -> list[str]:
        """The values that may be chosen from to filter by a column; none while the cache is being filled.

        Raises:
            ValueError: there is no such column.
            OrderLackingError: `make_order` has to make it ready first.
        """
        place = self._cards.columns.place_of(column)
        self._need_orders((place,))
        return self._cache.use(lambda cache: cache.values_of(place))

    def make_order(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        """Make ready to sort and filter by a column; everything else goes on beside it.

        Args:
            column: its key.
            on_progress: called with steps done and all steps.
            is_stopped: asked between small pieces; what was begun is gone then.

        Raises:
            ValueError: there is no such column.
            CacheLostError: the session is over.
        """
        place = self._cards.columns.place_of(column)
        self._cache.use(lambda cache: cache.make_order(place, on_progress, is_stopped))

    def prepare_column(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        """Make ready to sort and filter by a column before anybody asks, where that is no great work."""
        if self._cache.use(lambda cache: cache.count()) <= PREPARED_ROWS:
            self.make_order(column, on_progress, is_stopped)

    def _need_orders(self, places: Sequence[str]) -> None:
        if lacking := self._cache.use(lambda cache: cache.lacking(places)):
            raise OrderLackingError(tuple(map(self._cards.columns.key_at, lacking)))

    def beginning(self, text: str) -> "array[int]":
        """Ids of the customers whose name begins with a text, by name."""
        return self._cache.use(lambda cache: cache.ids_beginning(text))

    def rows(self, ids: Sequence[int]) -> list[ShownRow]:
        """Customers for list or table."""
        return [self._cards.row(row) for row in self._cache.use(lambda cache: cache.rows(ids))]

    def customer(self, id: int) -> ShownCustomer:  # noqa: A002  (the field's own name)
        """One customer's card.

        Raises:
            NotAllowedError: the customer is not in the cache any more.
            WorkstationError: the cache is being filled, and the customer may still come.
        """
        row = self._cache.use(lambda cache: cache.row(id))
        if row is None:
            self._cache.need_filled()
            raise NotAllowedError("This customer is not in your queues.", code="not_in_queue")
        shown = self._cards.customer(row, self._identity.held)
        self._numbers[shown.record] = shown.number
        return shown

    # opening

    def reasons(self, action: Action, data_class: DataClass, field: str = "") -> tuple[Reason, ...]:
        """The reasons that policy offers.

        Args:
            action: for what.
            data_class: of what.
            field: its name; a reason for a purpose that the field is not kept for is left out: the office refuses it.
        """
        policy = self._identity.policy
        if action is Action.ASK:
            offered = policy.reasons_to_ask(self._identity.role, data_class)
        else:
            offered = policy.reasons(ReasonFor.REVEAL, data_class)
        if field:
            purposes = ("", *self._open.inventory.field(field).purposes)
            offered = tuple(reason for reason in offered if reason.purpose in purposes)
        callers = data_class in policy.caller_check.required_for
        return tuple(Reason(r.code, r.label(self._language), r.needs_text, callers and r.needs_caller) for r in offered)

    def needs_code(self, data_class: DataClass) -> bool:
        """Whether this class opens only with a fresh code, and the last one is too old for it.

        A hint for screens: the office judges by its own clock and refuses with the code `step_up`.
        """
        return not self.is_code_fresh and self._identity.policy.needs_step_up(self._identity.role, data_class)

    @property
    def is_code_fresh(self) -> bool:
        """Whether the last code still counts by this console's clock; the office judges by its own."""
        return self.code_left_s > 0

    @property
    def code_left_s(self) -> float:
        """So many seconds the last code still counts by this console's clock, or 0."""
        return max(0.0, self._code_at + self._identity.policy.step_up_s - self._clock())

    def step_up(self, code: str) -> None:
        """Give a fresh code; it counts for `step_up_s` from now.

        Raises:
            SignInAnswerError: the code is wrong or used.
            SessionOverError: too many wrong ones.
        """
        given = self._clock()
        self._keep_token(self._identity.client.step_up(code))
        self._code_at = given

    @property
    def policies(self) -> Policies:
        """The policy: what is in force, its versions, edits that need two people."""
        return self._policies

    @property
    def policy_version(self) -> int:
        """The version of the policy that this console obeys; nobody is asked."""
        return self._identity.policy_version

    @property
    def accounts(self) -> Accounts:
        """Other people's accounts, for administrators, and proposals that wait for a second person."""
        return self._accounts

    @cached_property
    def workstations(self) -> Workstations:
        """Workstations, for administrators."""
        return Workstations(self._identity, self.step_up)

    @property
    def rotation(self) -> Rotation:
        """The class keys that this person looks after; its work belongs off the GUI thread, between other things."""
        return Rotation(self._identity)

    @cached_property
    def caller(self) -> CallerChecks:
        """Who is calling: identity checks, and the lookup of whole values."""

        def ids_of(records: list[str]) -> list[int]:
            return self._cache.use(lambda cache: cache.ids_of_records(records))

        return CallerChecks(self._identity, self._open.inventory, self._language, ids_of)

    @cached_property
    def contacts(self) -> Contacts:
        """The wrap-up of visits, those before, and who waits."""

        def ids_of(records: list[str]) -> list[int]:
            return self._cache.use(lambda cache: cache.ids_of_records(records))

        return Contacts(self._identity, self._outbox, self._language, ids_of)

    @cached_property
    def acting(self) -> Acting:
        """What may be done with fields that stay masked."""
        return Acting(self._identity, self._open.inventory, self._language)

    @cached_property
    def editing(self) -> Editing:
        """Changing fields of a customer."""
        return Editing(self._identity, self._open.inventory, self._language)

    @cached_property
    def new_contacts(self) -> NewContacts:
        """Making customers whom the office does not know."""

        def ids_of(records: list[str]) -> list[int]:
            return self._cache.use(lambda cache: cache.ids_of_records(records))

        return NewContacts(self._identity, self._open.inventory, self._language, self.follow, ids_of)

    @cached_property
    def approvals(self) -> Deciding:
        """Other people's requests, for those who decide."""
        return Deciding(self._identity, self._open.inventory, self._language)

    @cached_property
    def log(self) -> LogReading:
        """The audit log, for whoever may verify it."""
        return LogReading(self._identity, self._open.inventory, self._language)

    @cached_property
    def exposures(self) -> Exposures:
        """What was shown to whom, for those who may see it."""
        return Exposures(self._identity, self._open.inventory, self._language)

    @cached_property
    def who_saw(self) -> WhoSawCustomer:
        """Who saw a customer's data, for those who answer that."""
        return WhoSawCustomer(self._identity, self._open.inventory)

    @cached_property
    def privacy(self) -> PrivacyDesk:
        """What the pages of the privacy desk ask."""
        return PrivacyDesk(self._identity, self._open.inventory, self._language, self.step_up)

    @cached_property
    def my_account(self) -> MyAccount:
        """The person's own account."""
        return MyAccount(self._identity, self._keep_token, on_code=self._took_code, on_password=self._took_password)

    def throttled(self) -> list[ThrottledAccount]:
        """Accounts that wait at this workstation, for supervisors and administrators.

        Raises:
            NotAllowedError: the role does not see them.
        """
        return throttled(self._identity)

    def release_throttle(self, account: str, code: str = "") -> None:
        """Let an account try again at once, with a fresh code; empty if the last one counts still.

        Raises:
            NotAllowedError: the role releases nobody, or a fresh code is needed (`step_up`).
            InputRefusedError: nobody of this name waits.
            SignInAnswerError: the code is wrong or used.
        """
        if code:
            self.step_up(code)
        release(self._identity, account)

    def _keep_token(self, token: bytes) -> None:
        """The cache keeps the token for a lock."""
        with contextlib.suppress(CacheLostError):  # the next use tells
            self._cache.keep("token", token)

    def _took_code(self) -> None:
        self._code_at = self._clock()

    def _took_password(self, derived: PasswordKeys, wrapped_keys: bytes) -> None:
        """The lock screen will ask for the new password, so the cache opens with it from now on."""
        with contextlib.suppress(CacheLostError):  # the next use tells
            self._cache.rekey(halves_of(self._identity, derived), wrapped_keys)

    def reveal(self, record: str, field: str, reason: str, text: str = "") -> Revealed:
        """Open one field that the role may open, for 30 s.

        Raises:
            NotAllowedError: the office refuses.
            OfficeAwayError: there is no reveal while offline.
        """
        data_class = self._open.inventory.field(field).data_class
        self._calls.tell()
        opened = reveal_own(self._identity, bytes.fromhex(record), field, data_class, reason, text)
        return self._revealed(field, opened, self._label(ReasonFor.REVEAL, data_class, reason))

    def _revealed(self, field: str, opened: OpenedValue, reason: str, opened_by: str = "") -> Revealed:
        declared, policy = self._open.inventory.field(field), self._identity.policy
        secret, may_copy = Secret(reading_form(declared.kind, opened.value)), declared.data_class in policy.copied
        is_settled = declared.data_class in self._identity.office_policy.copied and not may_copy
        return Revealed(secret, policy.view_s, reason, opened_by, may_copy, opened.entry, is_settled)

    def note_calls(self, keys: Sequence[str]) -> None:
        """A softphone says that these calls are on; nobody is asked now."""
        self._calls.now(keys if self._identity.policy.may_see_customers(self._identity.role) else ())

    def tell_calls(self) -> None:
        """Have the office write down which calls have begun and ended.

        Raises:
            OfficeAwayError: it does not answer; the next beat, opening or call tells it.
        """
        self._calls.tell()

    def view_closed(self, entry: int, shown_s: float, cause: ClosedBy) -> None:
        """A value has closed, which the office hears with the next beat; nobody is asked now.

        Args:
            entry: `Revealed.entry` or `ShownNote.entry`.
            shown_s: for how long it stood open.
            cause: why it closed.
        """
        self._view_ends.closed(entry, shown_s, cause)

    def copied(self, record: str, field: str) -> None:
        """Have it written down that a revealed value is about to be copied.

        Raises:
            NotAllowedError: policy does not let it be copied.
            OfficeAwayError: it cannot be written down; nothing is to be copied.
        """
        self._identity.client.copied(CopyNotice(record=bytes.fromhex(record), field=field))

    @property
    def clipboard_s(self) -> int:
        """So many seconds a copied value stays in the clipboard."""
        return self._identity.policy.clipboard_s

    @property
    def capture_exception(self) -> CaptureException | None:
        """IT's exception to the block of screen capture, if this session has begun under it."""
        return self._excepted

    def _label(self, what: ReasonFor, data_class: DataClass, code: str) -> str:
        offered = self._identity.policy.reasons(what, data_class)
        return next((r.label(self._language) for r in offered if r.code == code), code)

    def ask(self, record: str, field: str, reason: str, text: str) -> UnlockAsked:
        """Ask a supervisor for one field.

        Raises:
            NotAllowedError: the role may not ask, or the words are missing.
        """
        request = new_id()
        asked = AskUnlock(request=request, record=bytes.fromhex(record), field=field, reason=reason, words=text)
        answer = self._identity.client.ask_unlock(asked)
        return next(_asked(r) for r in answer.requests if r.id == request)

    def deciders(self, record: str, data_class: DataClass) -> int:
        """How many who may decide on a request about this customer are at work now."""
        return decisions.deciders(self._identity.client, bytes.fromhex(record)).online.get(data_class.value, 0)

    def withdraw(self, request: str) -> None:
        """Take an own request back."""
        self._identity.client.withdraw(bytes.fromhex(request))

    def requests(self) -> list[UnlockAsked]:
        """Own requests that wait or were just decided."""
        return [_asked(r) for r in self._identity.client.own_requests().requests]

    def open_unlocked(self, request: str) -> Revealed:
        """Open what a supervisor opened for this session, once.

        Raises:
            NotAllowedError: it is over or used.
        """
        own = next((r for r in self._identity.client.own_requests().requests if r.id.hex() == request), None)
        if own is None:
            raise NotAllowedError("No supervisor has opened this field for you.", code="unlock")
        data_class = self._open.inventory.field(own.field).data_class
        self._calls.tell()
        opened = reveal_unlocked(self._identity, own, data_class)
        return self._revealed(own.field, opened, "", own.decided_name)

    def why_masked(self, field: str) -> ShownWhy:
        """Why a field is masked, and what it is kept for, from policy and inventory.

        Raises:
            KeyError: no such field.
        """
        identity = self._identity
        return why_masked(self._open.inventory, identity.policy, identity.role, field, self._language)

    def budgets(self) -> dict[DataClass, Budget]:
        """What is left of this shift, by the classes that the role reveals."""
        return {
            DataClass(c.data_class): Budget(
                c.used, c.shift, c.pace_used, c.pace_count, c.pace_s, Shut(c.shut) if c.shut else None, c.wait_s,
                c.needs_code,
            )
            for c in self._identity.client.quota().classes
        }  # fmt: skip

    # notes

    def new_note(self) -> str:
        """The id of a note that is about to be written. Nothing is asked."""
        return new_id().hex()

    @staticmethod
    def scan_note(text: str) -> tuple[NoteFind, ...]:
        """Numbers of persons in a note, which are kept as masks. Asks nobody."""
        return finds_in(text)

    def reasons_to_keep(self, find: str) -> tuple[Reason, ...]:
        """The reasons for which a find of this kind stays in a note as typed; none for most."""
        role, language = self._identity.role, self._language
        known = self._identity.policy.keep_reasons
        return tuple(Reason(one.code, one.label(language), needs_text=False) for one in known if one.lets(role, find))

    def save_note(self, record: str, note: str, text: str, keeps: Sequence[KeptFind] = ()) -> NoteKept:
        """Save a note, or keep it in the outbox; the draft lies in the encrypted cache before.

        Numbers of persons in it become masks before anything is kept, but for those that stay for a reason.

        Args:
            record: whose.
            note: from `new_note`, the same for every try and every text of this note: the office may have kept what it
                did not answer.
            text: all of it.
            keeps: finds that are to stay as typed.

        Raises:
            NotAllowedError: the office does not take it, and would not later.
            OutboxUnwritableError: neither office nor outbox can take it now; it is a draft still.
        """
        draft = self._begin_draft(record, note, text, keeps)
        key, whose = bytes.fromhex(note), bytes.fromhex(record)
        try:
            kept = tuple(KeptInNote(text=keep.text, reason=keep.reason) for keep in draft.keeps)
            self._identity.client.save_note(
                SaveNote(note=key, record=whose, text=draft.text, revision=draft.revision, keeps=kept)
            )
        except InputRefusedError:
            raise
        except TiraiError as error:
            if isinstance(error, NotAllowedError) and not isinstance(error, SessionOverError):
                raise
            self._keep_for_later(draft)
            return NoteKept(error)
        self._end_draft(draft)
        self._last_note = self._numbers.get(record, "")
        return NoteKept()

    def _begin_draft(self, record: str, note: str, text: str, keeps: Sequence[KeptFind]) -> _Draft:
        policy, role = self._identity.policy, self._identity.role
        text = masked(text, keeps, lambda reason, find: policy.lets_find_stay(role, find, reason))
        with self._drafting:
            draft = _Draft(record, note, text, next(self._note_revisions), tuple(keeps))
            self._unsaved[note] = draft
            self._keep_draft(draft, text)
        return draft

    def _end_draft(self, draft: _Draft) -> None:
        """Office or outbox have it; a later state of the same note may be on its way."""
        with self._drafting:
            if self._unsaved.get(draft.note) == draft:
                del self._unsaved[draft.note]
                self._keep_draft(draft, "")

    def _keep_draft(self, draft: _Draft, text: str) -> None:
        data = {"record": draft.record, "note": draft.note, "text": text, "revision": draft.revision}
        # The cache may be gone, or its disk full: office or outbox get the note all the same.
        with contextlib.suppress(CacheLostError, DatabaseError):
            self._cache.keep(DRAFT_ITEM, json.dumps(data).encode())

    def _keep_for_later(self, draft: _Draft) -> None:
        payload = note_payload(bytes.fromhex(draft.record), draft.revision, draft.text, draft.keeps)
        self._outbox.keep(EntryKind.NOTE, payload, bytes.fromhex(draft.note))
        self._parked.add(draft.record)
        self._end_draft(draft)

    def _keep_all_for_later(self, place: Place | None) -> set[str]:
        """Put what the office has not acknowledged into the outbox, before this process goes.

        Returns:
            Records whose last words are not kept.
        """
        note = place.note if place is not None else None
        if place is not None and note is not None and place.record and note.text != note.kept:
            known = self._unsaved.get(note.id)
            if (note.is_held or note.text.strip()) and (known is None or known.text != masked(note.text, note.keeps)):
                self._begin_draft(place.record, note.id, note.text, note.keeps)
        lost = set()
        for draft in list(self._unsaved.values()):
            try:
                self._keep_for_later(draft)
            except TiraiError:
                lost.add(draft.record)
        contact = place.contact if place is not None else None
        if contact is not None and contact.is_begun:
            try:
                self.contacts.keep_for_later(contact)
            except TiraiError:
                lost.add(contact.record)
        return lost

    def _numbered(self, place: Place) -> Place:
        """The place with the wrap-up in hand under a number of its own: the outbox gets this very state."""
        if place.contact is None:
            return place
        return replace(place, contact=self.contacts.next_state(place.contact))

    def outbox(self) -> OutboxState:
        """What waits for the office at this seat; nothing is asked."""
        return self._outbox.state()

    def deliver(self) -> OutboxState:
        """Bring the office what waits for it at this seat, whoever wrote it.

        What was reported here while nobody was signed in goes first. What keeps it back is told to nobody, and holds
        nothing else up.

        Raises:
            OfficeAwayError: it does not answer; what waits goes on waiting.
        """
        try:
            self._outside.bring()
        except TiraiError as error:
            logging.getLogger("tirai.session").warning("suspicions wait here: %s", error.code or type(error).__name__)
        return self._outbox.deliver()

    def notes(self, record: str) -> list[ShownNote]:
        """Open the notes of a record: one logged read.

        Raises:
            NotAllowedError: the class `note` is not held.
        """
        identity, key, request = self._identity, bytes.fromhex(record), new_id()
        identity.need_class(DataClass.NOTE)
        message = reveal_request(identity.office, identity.session, key, NOTES_FIELD, "", "", request)
        answer = identity.client.read_notes(ReadNotes(request=request, record=key, signature=identity.sign(message)))
        shown = []
        for note in answer.notes:
            field = f"note/{note.id.hex()}"
            salt = note.package.salt
            ctx = sealing.value_context(identity.office, key, field, DataClass.NOTE.value, salt)
            half = sealing.own_half(identity.office, identity.class_secret(note.package), boxed(note.package), ctx)
            text = sealing.value_of(half, note.share, ctx, note.blob)
            shown.append(ShownNote(note.id.hex(), note.author_name, note.at_ms / 1000, Secret(text), answer.entry))
        return shown

    def note_count(self, record: str) -> int:
        """How many notes there are; nothing is opened."""
        return self._identity.client.note_count(bytes.fromhex(record))

    # the session

    def beat(self) -> Person:
        """Look after the cache, renew the lease, remember what it witnesses, follow the book.

        Raises:
            CacheLostError: the cache was damaged and none can be made; the session cannot go on.
            SessionOverError: the session is over.
            OfficeAwayError: the office does not answer.
            RolledBackError: log or book do not follow what was seen in this session.
        """
        self._cache.check()
        check = read_last_check(self._open.places.home)
        self._lease = self._identity.renew(self._outbox.mark, check, self.posture.told())
        self._open.announce.leased(self.session, (self._lease.lease_ms - self._lease.now_ms) / 1000)
        self._outbox.heard(self._lease.outbox)
        self._clock_rule.told(self._lease.now_ms / 1000)
        self._cache.tell()
        self._view_ends.tell()
        self._calls.tell()
        return self.person

    @property
    def is_clock_set_back(self) -> bool:
        """Whether this workstation's clock is behind where it was; nobody is asked."""
        return self._clock_rule.is_set_back

    @property
    def idle_lock_s(self) -> int:
        """So many seconds without use lock the console."""
        return self._identity.policy.idle_lock_s

    @property
    def idle_end_s(self) -> int:
        """So many seconds without use end the session."""
        return self._identity.policy.idle_end_s

    @property
    def call_idle_max_s(self) -> int:
        """So many seconds without use lock the console while a call is on."""
        return self._identity.policy.call_idle_max_s

    def watch_office(self, on_gone: Callable[[], object]) -> None:
        """Have somebody told, in any thread, when the office's process ends; while that watch stands, nothing more.

        Raises:
            OfficeAwayError: it is not there.
        """
        if self._lifeline is None or not self._lifeline.is_open:
            self._lifeline = self._identity.client.lifeline(on_gone)

    def watch_changes(self, on_change: Callable[[frozenset[str]], object], on_end: Callable[[], object]) -> None:
        """Hear of changes at the office, in any thread, over one stream; while that stands, nothing more.

        Args:
            on_change: called with topics (`unlocks`, `accounts`, `colleagues`, `customers`, `policy`); with `open` once
                the stream stands, from when on nothing is missed.
            on_end: called once when the stream ends.

        Raises:
            OfficeAwayError: it is not there.
        """
        if self._live is None or not self._live.is_open:
            self._live = self._identity.client.live(on_change, on_end)

    def colleagues(self) -> list[NewColleague]:
        """New colleagues who wait for class keys; nobody, for a role that grants none."""
        if not self._identity.policy.may_grant_classes(self._identity.role):
            return []
        return class_keys.colleagues(self._identity)

    def grant(self, account: str, code: str) -> None:
        """Hand class keys to a new colleague, with a fresh code.

        Raises:
            SignInAnswerError: the code is wrong or used.
        """
        self.step_up(code)
        class_keys.grant_classes(self._identity, account)

    def lock(self, cause: str, place: Place, unused_s: float = 0.0, left_s: float | None = None) -> LockWord:
        """Lock: keep the place, and in the outbox what the office lacks; close the cache, tell the office.

        This process is to exit now.

        An office that does not answer at once does not hold the lock up; it hears of it at the resume.

        Args:
            cause: see `LockWord`; an office that is lost is not asked.
            place: where the person is.
            unused_s: for how long nobody has used the console.
            left_s: seconds until the end for want of use, where that is more than the time unused leaves: after a call.

        Raises:
            CacheLostError: the place cannot be kept; the session ends.
            SessionOverError: the session is over.
        """
        identity, person, place = self._identity, self.person, self._numbered(place)
        self._cache.keep(PLACE_ITEM, place.without_numbers().to_bytes())
        self._cache.keep(VIEW_ENDS_ITEM, self._view_ends.kept())
        self._keep_all_for_later(place)  # it is in the cache, too; the session may end before anybody comes back
        self._outbox.shut()
        self._open.shut()
        office = self._lifeline.process() if self._lifeline is not None and cause == SystemEvent.SLEEP else None
        if self._lifeline is not None:
            self._lifeline.close()
        if cause == OFFICE_LOST:
            identity.client.close()
            self._say_last_word(EntryKind.LOCK)
        else:
            self._tell_lock(cause)
        if office is not None:
            _wait_for_end(office)
        idle_end_s, now = identity.policy.idle_end_s, self._clock_rule.now()
        idle_s = idle_end_s - unused_s if left_s is None else min(left_s, idle_end_s)
        waits = {"idle": idle_s, "session_over": person.ends_at - now, "lease_over": person.lease_ends_at - now}
        over = min(waits, key=lambda cause: waits[cause])  # the first of those that end together
        ends_in_s = max(0, int(waits[over]))
        return LockWord(
            self.session, cause, person.account, person.role.value, person.seat, int(unused_s), ends_in_s, over
        )

    def _tell_lock(self, cause: str) -> None:
        """Tell the office; nobody waits for it, nor for the keyring that remembers it."""
        refused: list[TiraiError] = []

        def tell() -> None:
            try:
                self._identity.lock(cause, self._outbox.mark)
            except TiraiError as error:
                refused.append(error)

        telling = threading.Thread(target=tell, name="tell-lock", daemon=True)
        telling.start()
        telling.join(LOCK_WAIT_S)
        if refused and isinstance(refused[0], SessionOverError):
            raise refused[0]
        if refused or telling.is_alive():
            self._say_last_word(EntryKind.LOCK)

    def end(self, cause: str, place: Place | None = None) -> Receipt:
        """End the session: key first, then files, look again; tell the office; what is left is this process.

        What the office has not acknowledged goes into the outbox before, and to the office if it answers now.

        Args:
            cause: signed_out, window_closed, session_over, office_lost, idle or cache_lost.
            place: where the person is: the note in hand is kept.
        """
        name = self.person.display_name
        lost = self._keep_all_for_later(self._numbered(place) if place is not None else None)
        self._outbox.shut()
        if self._lifeline is not None:
            self._lifeline.close()
        lines = wipe_lines(self._open.wipe())
        if self._outbox.waits and not self._deliver_last():
            lost |= self._parked
        note, details = self._last_words(lost)
        self._view_ends.tell()
        entry, session_line = self._revoke(cause, lines)
        rest = (WipeLine("clipboard", "left_alone"), WipeLine("memory", "ended"), session_line)
        return Receipt(cause, time.time(), name, (*lines, *rest), entry, note, details)

    def _deliver_last(self) -> bool:
        """Bring the office what waits; False if it answered and did not take all of it."""
        before = self._outbox.state()
        with contextlib.suppress(TiraiError):
            after = self._outbox.deliver(LAST_DELIVERY_S)
            return (after.refused, after.unusable) == (before.refused, before.unusable)
        return True

    def _last_words(self, lost: set[str]) -> tuple[str, tuple[str, ...]]:
        """The note of a receipt: whose last words are lost, or else wait, or else were saved."""
        if lost:
            return self._numbers_of(lost), (NOTE_NOT_SAVED,)
        parked = self._numbers_of(self._parked)
        return (parked, (NOTE_WAITS,)) if self._outbox.waits else (parked or self._last_note, ())

    def _numbers_of(self, records: set[str]) -> str:
        return ", ".join(sorted({self._numbers.get(record, "") for record in records} - {""}))

    def _say_last_word(self, kind: EntryKind) -> None:
        """The office does not hear it: whoever delivers brings it; a disk that takes none leaves the session open."""
        with contextlib.suppress(TiraiError):
            self._outbox.keep(kind)

    def _revoke(self, cause: str, lines: tuple[WipeLine, ...]) -> tuple[int | None, WipeLine]:
        wipe = tuple(WipeStepReport(what=line.what, outcome=line.outcome) for line in lines)
        started = time.perf_counter()
        try:
            entry = self._identity.leave(cause, wipe, self._outbox.mark)
        except TiraiError:
            self._say_last_word(EntryKind.END)
            return None, WipeLine("session", "ended", "office_away")
        return entry, WipeLine("session", "revoked", ms=(time.perf_counter() - started) * 1000)


def _last_revision(draft: bytes | None) -> int:
    """The highest revision that this session has used, before a lock, too."""
    return int(json.loads(draft)["revision"]) if draft else 0


def _wait_for_end(process: int) -> None:
    """Wait for a process's end, by its descriptor, so that the machine does not sleep on what it holds."""
    try:
        poll = select.poll()
        poll.register(process, select.POLLIN)
        poll.poll(OFFICE_ENDS_S * 1000)
    finally:
        os.close(process)


def _asked(request: OwnRequest) -> UnlockAsked:
    return UnlockAsked(
        id=request.id.hex(),
        record=request.record.hex(),
        field=request.field,
        state=RequestState(request.state),
        asked_at=request.asked_ms / 1000,
        until=request.until_ms / 1000,
        decided_by=request.decided_name,
        why=request.why,
        deciders=request.deciders,
    )
