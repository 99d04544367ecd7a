"""Erasure, holds and retention as the privacy desk shows them: nothing of the wire, no row to be believed.

What the second person approves is what `look_at` has shown: the digest is worked out of those very customers.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.api.client import erasure as calls
from app.api.messages.erasure import AskCustomer, ErasureDetail, ErasureRow, HoldRow
from app.api.messages.retention import RetentionNow
from app.auth.erasure_order import Subject
from app.domain.erasure.words import Action, Fate, Ground, HoldReason, OrderState, Unusual
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Field, RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.terms import Term
from app.domain.retention.times import conflicts_of, field_times
from app.domain.retention.trusted_time import Doubt
from app.domain.role import Role
from app.session.erasures import Erasures
from app.session.identity import Identity
from app.session.privacy.many_letters import ManyLetters
from app.storage.new_file import write_new_file


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order.

    Attributes:
        id: hex.
        at, until, decided_at, ended_at, copies_until: seconds since 1970, 0 for never.
        may_approve: whether this person may be the second one.
        request: number of the request that it answers; 0: none of the register.
        told_at: when letters to its people were last written into a file, seconds since 1970; 0: never.
        untold: so many people are not told yet, and not erased before.
    """

    id: str
    number: int
    action: Action
    ground: Ground
    reference: str
    state: OrderState
    proposed_by: str
    at: float
    until: float
    decided_by: str
    decided_at: float
    ended_at: float
    unusual: tuple[Unusual, ...]
    customers: int
    done: int
    held: int
    left_out: int
    waits_for: int
    copies_until: float
    backups: tuple[str, ...]
    is_own: bool
    may_approve: bool
    request: int = 0
    told_at: float = 0.0
    untold: int = 0

    @property
    def wants_letters(self) -> bool:
        """Whether people of it have not asked and are there still: they are told by a letter (UU PDP art. 45)."""
        is_left = self.done + self.held + self.left_out < self.customers
        return is_left and not self.request and self.state in {OrderState.WAITING, OrderState.RUNNING}


@dataclass(frozen=True, slots=True)
class ShownSubject:
    """A customer of an order; without a number they are gone, or of other queues."""

    number: str
    fields: tuple[str, ...]
    fate: Fate


@dataclass(frozen=True, slots=True)
class ShownHold:
    """A hold that stands; `at` in seconds since 1970."""

    id: str
    number: str
    reason: HoldReason
    reference: str
    set_by: str
    at: float
    is_own: bool
    may_lift: bool


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """Months from an event, and the article that says so; empty: the inventory alone does."""

    start: RetentionStart
    months: int
    law: str = ""


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A least time against a longest one; `wins`: the least one decides, since its law comes first."""

    least: ShownTerm
    most: ShownTerm
    wins: bool


@dataclass(frozen=True, slots=True)
class ShownDue:
    """Of how many customers a time makes a field due, and ids of some."""

    term: ShownTerm
    count: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownRule:
    """How long a field is kept for some of its purposes.

    Attributes:
        label: of the field.
        purposes: which; their labels.
        least: at least so long.
        most: at most so long; the first that is over ends it.
        due: of how many customers the field is due.
        conflicts: where its times contradict each other.
        by: what is due, by the time that decides.
    """

    label: str
    purposes: tuple[str, ...]
    least: tuple[ShownTerm, ...]
    most: tuple[ShownTerm, ...]
    due: int
    conflicts: tuple[ShownConflict, ...] = ()
    by: tuple[ShownDue, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRetention:
    """A dry run.

    Attributes:
        day: that is believed.
        office_day: that the office's clock says.
        doubt: why it is not believed.
        customers: due whole.
        samples: ids of some that are due.
        subjects: how many customers an order would name.
        ahead: months such as `2027-03`, and how many values go in each.
        may_confirm: whether this person says that the date is right.
    """

    day: str
    office_day: str
    doubt: Doubt
    rules: tuple[ShownRule, ...]
    customers: int
    samples: tuple[str, ...]
    subjects: int
    held: int
    unknown: int
    ahead: tuple[tuple[str, int], ...]
    may_confirm: bool


_SAMPLES = 5


class Erasing:
    """What the pages ask.

    Args:
        identity: who signed in.
        inventory: for labels of fields.
        language: of labels.
        step_up: gives a fresh code in a console's way.
        now: seconds since 1970.
    """

    def __init__(
        self,
        identity: Identity,
        inventory: Inventory,
        language: str,
        step_up: Callable[[str], None],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._identity, self._inventory, self._language = identity, inventory, language
        self._erasures = Erasures(identity, now=now)
        self._looked: dict[str, ErasureDetail] = {}
        self._dry: RetentionNow | None = None
        self.step_up = step_up

    # orders
    def orders(self) -> tuple[ShownOrder, ...]:
        """All orders, the newest first."""
        return tuple(map(self._order, self._erasures.orders()))

    def look_at(self, order: str) -> tuple[ShownSubject, ...]:
        """The customers of an order; who has looked may approve.

        Raises:
            NotAllowedError: code `signature`: nobody has proposed what the office shows.
        """
        found = self._erasures.order(order)
        self._looked = {order: found}
        return tuple(ShownSubject(s.customer_number, tuple(s.fields.split()), s.fate) for s in found.subjects)

    def propose(self, number: str, action: Action, ground: Ground, reference: str) -> int:
        """Propose to erase the customer of a number; the order's own number.

        Raises:
            InputRefusedError: code `reference`: it has another form; or see `app/session/erasures.py`.
        """
        _must_refer(reference)
        record = self._record(number)
        return self._erasures.propose(action, ground, reference, [Subject(record)]).number

    def approve(self, order: str) -> None:
        """Approve an order that was looked at."""
        if order not in self._looked:
            raise NotAllowedError("Look at the order first.", code="over")
        self._erasures.approve(self._looked[order])

    def drop(self, order: str) -> None:
        """Take an own order back, or refuse somebody else's."""
        self._erasures.drop(order)

    def save_notices(
        self, order: str, path: Path, tell: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> int:
        """Have the letter to each person of an order made, and write them into one ZIP; see `ManyLetters.of_order`."""
        return ManyLetters(self._identity).of_order(bytes.fromhex(order), path, tell, is_stopped)

    def save_certificate(self, order: str, language: str, path: Path) -> None:
        """Write the certificate of an order, checked to be this office's: on paper, and beside it the signed JSON.

        Args:
            order: which.
            language: of the paper, `en` or `id`.
            path: of the PDF; the JSON has its name with another end.

        Raises:
            VerificationError: it is not.
            FileRefusedError: the place is taken or cannot be written.
        """
        text = self._erasures.certificate(order)
        write_new_file(path, self._erasures.certificate_pdf(order, language))
        write_new_file(path.with_suffix(".json"), text.encode())

    # holds
    def holds(self) -> tuple[ShownHold, ...]:
        """Holds that stand."""
        return tuple(map(self._hold, self._erasures.holds()))

    def hold(self, number: str, reason: HoldReason, reference: str) -> None:
        """Hold the customer of a number.

        Raises:
            InputRefusedError: code `reference`: it has another form.
        """
        _must_refer(reference)
        self._erasures.hold(self._record(number).hex(), reason, reference)

    def lift(self, hold: str) -> None:
        """Lift a hold that somebody else has set."""
        self._erasures.lift(hold)

    # retention
    def dry_run(self) -> ShownRetention:
        """What is due today."""
        self._dry = found = self._erasures.retention()
        due = {one.field: one.count for one in found.fields}
        return ShownRetention(
            day=found.day,
            office_day=found.office_day,
            doubt=found.doubt,
            rules=tuple(
                rule for field in self._inventory.fields for rule in self._rules(field, due.get(field.name, 0), found)
            ),
            customers=found.customers,
            samples=tuple(s.record.hex()[:12] for s in found.subjects[:_SAMPLES]),
            subjects=len(found.subjects),
            held=found.held,
            unknown=found.unknown,
            ahead=tuple((one.month, one.fields) for one in found.ahead),
            may_confirm=self._identity.role is Role.PRIVACY_OFFICER,
        )

    def destroy_what_is_due(self) -> int:
        """Propose to destroy what the last dry run has shown; the order's number."""
        if self._dry is None:
            raise NotAllowedError("Look first.", code="over")
        return self._erasures.destroy_what_is_due(self._dry).number

    def confirm_date(self, day: str) -> None:
        """Say that the office's date is right."""
        self._erasures.confirm_date(day)

    def _record(self, number: str) -> bytes:
        return calls.customer(self._identity.client, AskCustomer(number=number)).record

    def _rules(self, field: Field, due: int, found: RetentionNow) -> Iterator[ShownRule]:
        """A field's times; what is due of it stands in the first of these lines."""
        conflicts = tuple(
            ShownConflict(_term(one.least), _term(one.most), one.wins) for one in conflicts_of(self._inventory, field)
        )
        by = tuple(
            ShownDue(ShownTerm(one.start, one.months, one.law), one.count, tuple(s.hex()[:12] for s in one.samples))
            for one in found.by_rule
            if one.field == field.name
        )
        for at, kept in enumerate(field_times(self._inventory, field)):
            yield ShownRule(
                label=field.label(self._language),
                purposes=tuple(self._inventory.purpose(name).label(self._language) for name in kept.purposes),
                least=tuple(_term(one.term) for one in kept.least),
                most=tuple(map(_term, kept.most)),
                due=due if at == 0 else 0,
                conflicts=conflicts,
                by=by if at == 0 else (),
            )

    def _order(self, row: ErasureRow) -> ShownOrder:
        is_open = row.state is OrderState.WAITING and not row.is_own
        return ShownOrder(
            id=row.id.hex(),
            number=row.number,
            action=row.action,
            ground=row.ground,
            reference=row.reference,
            state=row.state,
            proposed_by=row.proposed_by_name,
            at=row.proposed_ms / 1000,
            until=row.until_ms / 1000,
            decided_by=row.decided_by_name,
            decided_at=row.decided_ms / 1000,
            ended_at=row.ended_ms / 1000,
            unusual=row.unusual,
            customers=row.customers,
            done=row.done,
            held=row.held,
            left_out=row.left_out,
            waits_for=row.waits_for,
            copies_until=row.copies_until_ms / 1000,
            backups=row.backups,
            is_own=row.is_own,
            may_approve=is_open and self._erasures.takes_part,
            request=row.request,
            told_at=row.told_ms / 1000,
            untold=row.untold,
        )

    def _hold(self, row: HoldRow) -> ShownHold:
        return ShownHold(
            id=row.id.hex(),
            number=row.customer_number,
            reason=row.reason,
            reference=row.reference,
            set_by=row.set_by_name,
            at=row.set_ms / 1000,
            is_own=row.is_own,
            may_lift=self._identity.role is Role.PRIVACY_OFFICER and not row.is_own,
        )


_REFERENCE = re.compile("[A-Za-z0-9./_-]{0,40}")


def _must_refer(reference: str) -> None:
    if not _REFERENCE.fullmatch(reference):
        raise InputRefusedError("A reference has letters, digits and . / _ - alone.", code="reference")


def _term(term: Term) -> ShownTerm:
    return ShownTerm(term.start, term.months, term.law)
