"""An office in memory with invented people, for tests of the screens and for the gallery. It answers at once."""

import itertools
import queue
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.capture_exception import CaptureException
from app.domain.data_class import DataClass
from app.domain.exposures.words import ClosedBy
from app.domain.inventory_reader import load_inventory
from app.domain.kept_find import KeptFind
from app.domain.mask import Mask
from app.domain.policy_reader import load_policy
from app.domain.quota import Shut
from app.domain.role import Role
from app.domain.table_query import Among, OrderLackingError, TableColumn, TableQuery
from app.resource_files import resource_text
from app.session.ends import Receipt, WipeLine
from app.session.followed import Followed
from app.session.lock_place import LockWord, Place
from app.session.note_scan import finds_in
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
    ShownField,
    ShownNote,
    ShownRow,
    UnlockAsked,
)
from app.session.shown_why import ShownWhy
from app.session.why_masked import why_masked
from app.ui.language import spoken
from tests.ui.fake_accounts import FakeAccounts
from tests.ui.fake_acting import FakeActing
from tests.ui.fake_caller import FakeCaller
from tests.ui.fake_contacts import FakeContacts
from tests.ui.fake_deciding import FakeDeciding
from tests.ui.fake_editing import FakeEditing
from tests.ui.fake_exposures import FakeExposures
from tests.ui.fake_log import FakeLog
from tests.ui.fake_my_account import FakeMyAccount
from tests.ui.fake_new_contacts import FakeNewContacts
from tests.ui.fake_people import COLUMNS, MASKS, PEOPLE, PLANS, VALUES, card_sections, local, person
from tests.ui.fake_policy import FakePolicies
from tests.ui.fake_posture import FakePosture
from tests.ui.fake_privacy import FakePrivacy
from tests.ui.fake_rotation import FakeRotation
from tests.ui.fake_training import FakeTraining
from tests.ui.fake_who_saw import FakeWhoSaw
from tests.ui.fake_workstations import FakeWorkstations


@dataclass
class FakeFound:
    """A search's answer."""

    ids: "array[int]"
    ms: float = 0.4


class FakeDesk:
    """A session on a list of invented people."""

    def __init__(self, role: Role = Role.AGENT, *, count: int = 4_812, waits: bool = False) -> None:
        self.person = person(role, waits=waits)
        self.session = "5e" * 16
        self.clipboard_s, self.copies = 20, False
        self.is_copy_settled = False  # the office would let it, and the machine's administrator does not
        self.copied_fields: list[str] = []
        self.views_closed: list[tuple[int, float, ClosedBy]] = []
        self.calls_now: tuple[str, ...] = ()
        self.calls_told: list[tuple[str, ...]] = []
        self.refuse_copy: Exception | None = None
        self.capture_exception: CaptureException | None = None
        self.count = count
        self.asked: list[UnlockAsked] = []
        self.reveals: list[tuple[str, str, str, str]] = []
        self.saved: list[tuple[str, str, str]] = []
        self.tried: list[str] = []
        self._note_ids = (f"n{at}" for at in itertools.count(1))
        self.ended: list[str] = []
        self.locks: list[tuple[str, Place, float]] = []
        self.refuse_lock: Exception | None = None
        self.granted: list[tuple[str, str]] = []
        self.notes_read = 0
        self.fills = self.watched = self.follows = 0
        self.prepared: list[str] = []
        self.unordered: set[str] = set()  # columns of a large cache, whose order is not made yet
        self.making: list[str] = []  # those whose making has begun
        self.may_make = threading.Event()  # and may come to its end
        self.queries: list[TableQuery] = []
        self.cities: dict[int, str] = {}  # what a sync finds changed: id -> another city
        self.left: set[int] = set()  # and gone
        self._told: frozenset[int] = frozenset()
        self.refuse_follow: Exception | None = None
        self.refuse_fill: Exception | None = None
        self.refuse_note: Exception | None = None
        self.away: Exception | None = None
        self.loses = False
        self.waiting: list[tuple[str, str, str]] = []
        self.outbox_state = OutboxState()
        self.places: list[Place | None] = []
        self.tell_replaced: Callable[[str], object] = lambda _damage: None
        self._on_gone: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.asked_rows: list[list[int]] = []
        self.refuse_reveal: Exception | None = None
        self.view_s = 30
        self.sparse: set[int] = set()
        self.wants_code: set[DataClass] = set()
        self.codes: list[str] = []
        self.refuse_code: Exception | None = None
        self.used = 11
        self.own_budgets: dict[DataClass, Budget] = {}
        self.who_decides = 3
        self.accounts = FakeAccounts()
        self.my_account = FakeMyAccount()
        self.posture = FakePosture()
        self.training = FakeTraining()
        self.policies = FakePolicies(role)
        self.rotation = FakeRotation(self.accounts)
        self.caller = FakeCaller()
        self.new_contacts = FakeNewContacts(local)
        self.contacts = FakeContacts(lambda word: word.label(spoken().value))
        self.acting = FakeActing()
        self.editing = FakeEditing(role, local)
        self.approvals = FakeDeciding(local)
        self.exposures = FakeExposures(local, role)
        self.log = FakeLog()
        self.workstations = FakeWorkstations()
        self.privacy = FakePrivacy(role)
        self.who_saw = FakeWhoSaw(may_save=role is Role.PRIVACY_OFFICER)
        self.who_saw.may_read = role in (Role.SUPERVISOR, Role.PRIVACY_OFFICER)
        self.is_code_fresh, self.checks_callers = True, False
        self._on_change: Callable[[frozenset[str]], object] | None = None
        self._listens = threading.Event()

    @property
    def code_left_s(self) -> float:
        return 252.0 if self.is_code_fresh else 0.0

    idle_end_s = idle_lock_s = call_idle_max_s = 900
    is_clock_set_back = False

    @property
    def policy_version(self) -> int:
        return self.policies.version

    def lock(self, cause: str, place: Place, unused_s: float = 0.0, left_s: float | None = None) -> LockWord:
        self.locks.append((cause, place, unused_s))
        if self.refuse_lock is not None:
            raise self.refuse_lock
        ends_in_s = 600 if left_s is None else int(left_s)
        return LockWord("5e" * 16, cause, "ratna.dewanti", "agent", "SBY-0417", int(unused_s), ends_in_s, "idle")

    def release_throttle(self, account: str, code: str = "") -> None:
        self.accounts.release(account)

    def when_cache_is_replaced(self, tell: Callable[[str], object]) -> None:
        self.tell_replaced = tell

    def watch_office(self, on_gone: Callable[[], object]) -> None:
        self._on_gone.put(on_gone)
        self.watched += 1

    def office_gone(self) -> None:
        """Tell whoever watches, or is about to: a console that is just being made asks on another thread."""
        self._on_gone.get(timeout=60)()

    def watch_changes(self, on_change: Callable[[frozenset[str]], object], on_end: Callable[[], object]) -> None:
        self._on_change = on_change
        self._listens.set()

    def tell_changed(self, topics: frozenset[str]) -> None:
        """Tell whoever listens, or is about to."""
        assert self._listens.wait(60), "nobody listens"
        assert self._on_change is not None
        self._on_change(topics)

    def fill(self, on_progress: Callable[[int, int], None]) -> None:
        self.fills += 1
        if self.refuse_fill is not None:
            raise self.refuse_fill
        on_progress(self.count // 2, self.count)
        on_progress(self.count, self.count)

    def follow(self) -> Followed:
        self.follows += 1
        if self.refuse_follow is not None:
            raise self.refuse_follow
        changed, gone = frozenset(self.cities), frozenset(self.left)
        followed = Followed(changed - self._told, gone - self._told, self.count - len(self.left), is_done=True)
        self._told |= changed | gone
        return followed

    def first_found(self, text: str) -> FakeFound | None:
        return None

    def search(self, text: str, queue: str | None, is_stopped: Callable[[], bool] = lambda: False) -> FakeFound:
        words = text.lower().split()
        hits = array("q")
        for id_ in range(self.count):
            if id_ in self.left:
                continue
            name, number, city, in_queue, ticket = PEOPLE[id_ % len(PEOPLE)]
            haystack = f"{name} {number} {city} {ticket}".lower().split()
            fits = all(any(part.startswith(word) for part in haystack) for word in words)
            if fits and (queue is None or queue == in_queue):
                hits.append(id_)
        return FakeFound(hits)

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        return tuple(replace(column, label=local(column.label)) for column in COLUMNS)

    def table(self, query: TableQuery) -> FakeFound:
        self._need_orders(query.columns)
        self.queries.append(query)
        ids = list(self.search(query.text, query.queue).ids)
        for asked in query.filters:
            if isinstance(asked, Among):
                among = {value.casefold() for value in asked.values}
                ids = [id_ for id_ in ids if self._value(id_, asked.by).casefold() in among]
            else:
                last = asked.last or "9999"
                ids = [id_ for id_ in ids if asked.first <= self._value(id_, asked.by) <= last]
        if query.sort is not None:
            by = query.sort.by
            ids.sort(key=lambda id_: self._value(id_, by).casefold(), reverse=query.sort.is_down)
        return FakeFound(array("q", ids))

    def _value(self, id_: int, by: str) -> str:
        row = self._row(id_)
        return str(row.more[by] if by in row.more else getattr(row, by))

    def _need_orders(self, columns: Sequence[str]) -> None:
        if lacking := tuple(column for column in columns if column in self.unordered):
            raise OrderLackingError(lacking)

    def values_of(self, column: str) -> list[str]:
        self._need_orders((column,))
        return sorted({self._value(id_, column) for id_ in range(min(self.count, 400))})

    def make_order(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        self.making.append(column)
        for done in itertools.count(1):
            on_progress(min(done, 90), 100)
            if is_stopped():
                return
            if self.may_make.wait(0.005):
                break
        self.unordered.discard(column)

    def prepare_column(
        self, column: str, on_progress: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> None:
        self.prepared.append(column)

    def beginning(self, text: str) -> "array[int]":
        return array("q", (id_ for id_ in range(self.count) if self._row(id_).name.lower().startswith(text.lower())))

    def rows(self, ids: Sequence[int]) -> list[ShownRow]:
        self.asked_rows.append(list(ids))
        return [self._row(id_) for id_ in ids if id_ not in self.left]

    def _row(self, id_: int) -> ShownRow:
        name, number, city, queue, ticket = PEOPLE[id_ % len(PEOPLE)]
        city = self.cities.get(id_, city)
        day = f"2026-{1 + id_ % 11:02d}-{1 + id_ % 27:02d}" if id_ % 7 else ""
        more: dict[str, str | Mask] = {"plan": PLANS[id_ % len(PLANS)], "email": MASKS["email"]}
        return ShownRow(id_, f"r{id_}", name, number, city, queue, ticket, MASKS["mobile_phone"], day, more)

    def customer(self, id: int) -> ShownCustomer:  # noqa: A002
        row = self._row(id)
        facts = (
            ShownField("language", local("Language"), "choice", DataClass.OPEN, text="Indonesia"),
            ShownField("plan", local("Plan"), "text", DataClass.OPEN, text="Pascabayar 150"),
            ShownField("balance", local("Balance due"), "money", DataClass.OPEN, text="Rp 412.500"),
            ShownField("last_contact", local("Last contact"), "date", DataClass.OPEN, text="28 Feb, 09:14"),
        )
        subtitle = (row.city, local("customer since 2019"), local("ticket {t}").format(t=row.ticket))
        return ShownCustomer(id, row.record, row.name, row.number, subtitle, facts, self._card_sections(id))

    def _card_sections(self, id_: int) -> tuple[tuple[DataClass, tuple[ShownField, ...]], ...]:
        sections = self.training.resting(card_sections(sparse=id_ in self.sparse))
        if not self.person.waits_for_classes:
            return sections
        return tuple(
            (c, tuple(field._replace(action=Action.NONE, reason="no_class_key") for field in fields))
            for c, fields in sections
        )

    def why_masked(self, field: str) -> ShownWhy:
        inventory = load_inventory(resource_text("inventory", "customer.toml"))
        policy = load_policy(resource_text("policy", "default.toml"))
        return why_masked(inventory, policy, self.person.role, field, spoken().value)

    def reasons(self, action: Action, data_class: DataClass, field: str = "") -> tuple[Reason, ...]:
        del field
        if action is Action.REVEAL:
            return (
                Reason("call_back", local("Call back on this line")),
                Reason("delivery", local("Read out to confirm delivery")),
                Reason("correct", local("Correct a wrong number")),
                Reason("other", local("Other, say why"), needs_text=True),
            )
        if data_class is DataClass.CONTACT:
            spent, late = local("My own reveals are used up for now"), local("I work outside my hours")
            return (Reason("quota_spent", spent), Reason("off_hours", late))
        needs = self.checks_callers
        refund = Reason("refund", local("Refund to account"), needs_caller=needs)
        return (refund, Reason("dispute", local("Dispute on this card"), needs_caller=needs))

    def needs_code(self, data_class: DataClass) -> bool:
        return data_class in self.wants_code

    def step_up(self, code: str) -> None:
        self.codes.append(code)
        if self.refuse_code is not None:
            raise self.refuse_code
        self.wants_code.clear()
        self.refuse_reveal = None

    def reveal(self, record: str, field: str, reason: str, text: str = "") -> Revealed:
        if self.refuse_reveal is not None:
            raise self.refuse_reveal
        self.reveals.append((record, field, reason, text))
        value = Secret(VALUES.get(field, "value of " + field))
        entry, is_settled = len(self.reveals), self.is_copy_settled
        return Revealed(value, self.view_s, "Call back", "", self.copies and not is_settled, entry, is_settled)

    def note_calls(self, keys: Sequence[str]) -> None:
        self.calls_now = tuple(keys)

    def tell_calls(self) -> None:
        if self.calls_told[-1:] != [self.calls_now]:
            self.calls_told.append(self.calls_now)

    def view_closed(self, entry: int, shown_s: float, cause: ClosedBy) -> None:
        self.views_closed.append((entry, shown_s, cause))

    def copied(self, _record: str, field: str) -> None:
        if self.refuse_copy is not None:
            raise self.refuse_copy
        self.copied_fields.append(field)

    def ask(self, record: str, field: str, reason: str, text: str) -> UnlockAsked:
        now = time.time()
        asked = UnlockAsked(f"q{len(self.asked)}", record, field, RequestState.WAITING, now, now + 120)
        self.asked.append(asked)
        return replace(asked, deciders=self.who_decides)

    def withdraw(self, request: str) -> None:
        self.set_request(request, RequestState.WITHDRAWN)

    def set_request(self, request: str, state: RequestState, *, by: str = "", why: str = "") -> None:
        self.asked = [
            replace(a, state=state, decided_by=by, why=why, until=time.time() + 120) if a.id == request else a
            for a in self.asked
        ]

    def requests(self) -> list[UnlockAsked]:
        waits = RequestState.WAITING
        return [replace(a, deciders=self.who_decides if a.state is waits else None) for a in self.asked]

    def deciders(self, record: str, data_class: DataClass) -> int:
        return self.who_decides

    def open_unlocked(self, request: str) -> Revealed:
        self.set_request(request, RequestState.USED)
        return Revealed(Secret("5412 7512 3456 4417"), self.view_s, "Dispute on this card", "Hendra Kusuma")

    def new_note(self) -> str:
        return next(self._note_ids)

    @staticmethod
    def scan_note(text: str) -> tuple[NoteFind, ...]:
        return finds_in(text)

    @staticmethod
    def reasons_to_keep(find: str) -> tuple[Reason, ...]:
        if find not in ("phone", "email"):
            return ()
        return (
            Reason("not_a_person", "It is no number of a person"),
            Reason("other_person", "Somebody else is to be called or written to"),
        )

    def save_note(self, record: str, note: str, text: str, keeps: Sequence[KeptFind] = ()) -> NoteKept:
        self.tried.append(note)
        self.note_keeps = tuple(keeps)
        if self.refuse_note is not None:
            raise self.refuse_note
        if self.away is not None:
            self.waiting.append((record, note, text))
            return NoteKept(self.away)
        self.saved.append((record, note, text))
        return NoteKept()

    def outbox(self) -> OutboxState:
        return replace(self.outbox_state, waits=len({note for _record, note, _text in self.waiting}))

    def deliver(self) -> OutboxState:
        if self.away is not None:
            raise self.away
        if self.loses and self.waiting:
            self.outbox_state = replace(self.outbox_state, unusable=self.outbox_state.unusable + 1)
        else:
            self.saved += self.waiting
        self.waiting.clear()
        return self.outbox()

    def notes(self, record: str) -> list[ShownNote]:
        self.notes_read += 1
        now = time.time()
        own = {note: text for r, note, text in self.saved if r == record}
        return [
            *(ShownNote(id_, "Ratna Dewanti", now, Secret(text), 900) for id_, text in own.items()),
            ShownNote("e1", "Bagus Hartono", now - 86_400, Secret("Asked about the late fee; solved."), 900),
            ShownNote("e2", "Ratna Dewanti", now - 900_000, Secret("Invoice sent again by reference."), 900),
        ]

    def note_count(self, record: str) -> int:
        own = {note for r, note, _text in self.saved if r == record}
        return 2 + len(own)

    def budgets(self) -> dict[DataClass, Budget]:
        used = self.used + len(self.reveals)
        spent = Budget(used, 40, 0, 10, 600, Shut.QUOTA if used >= 40 else None, 7_200 if used >= 40 else 0)
        return {DataClass.CONTACT: spent, DataClass.NOTE: Budget(3, 200, 1, 30, 600)} | self.own_budgets

    def beat(self) -> Person:
        return self.person

    def colleagues(self) -> list[NewColleague]:
        if self.person.role is not Role.SUPERVISOR:
            return []
        waiting = NewColleague("intan.maharani", "Intan Maharani", Role.AGENT, (DataClass.CONTACT, DataClass.NOTE))
        return [] if self.granted else [waiting]

    def grant(self, account: str, code: str) -> None:
        self.granted.append((account, code))

    def end(self, cause: str, place: Place | None = None) -> Receipt:
        self.ended.append(cause)
        self.places.append(place)
        return receipt(cause)


def receipt(cause: str = "signed_out", *, failed: bool = False) -> Receipt:
    """A receipt with five lines."""
    cache = WipeLine("cache", "failed" if failed else "removed", count=4, size_bytes=38_000_000, ms=412)
    lines = (
        WipeLine("keyring", "removed", ms=6),
        cache,
        WipeLine("clipboard", "left_alone"),
        WipeLine("memory", "ended", ms=900),
        WipeLine("session", "revoked", ms=31),
    )
    return Receipt(cause, 1_772_532_129.0, "Ratna Dewanti", lines, 88_214, "C-104288")
