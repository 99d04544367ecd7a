"""Erasures as whoever signs in proposes, approves and follows them; holds beside them.

The second person signs the digest that is worked out here of the customers that the office shows, after the first
person's signature was checked against the book: nobody approves another list than was proposed.
"""

import time
from collections.abc import Callable, Sequence

from app.api.client import erasure as calls
from app.api.client import retention as retention_calls
from app.api.messages.erasure import (
    ApproveErasure,
    ErasureDetail,
    ErasureProposed,
    ErasureRow,
    HoldRow,
    ProposeErasure,
    SetHold,
    SubjectMark,
)
from app.api.messages.retention import ConfirmDate, RetentionNow
from app.auth.erasure_certificate import checked_certificate
from app.auth.erasure_order import ErasureOrder, Subject, digest_of
from app.crypto.errors import SealError
from app.domain.erasure.words import PARTICIPANTS, Action, Ground, HoldReason
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.engine import rules_of
from app.session.identity import Identity, new_id


def name_of_rule(field: str, start: RetentionStart, months: int, purpose: str) -> str:
    """The name of a rule: `phone:last_contact:24`, and behind it the purpose whose consent was withdrawn."""
    return ":".join([field, start.value, str(months), *([purpose] if purpose else [])])


def names_of_rules(inventory: Inventory) -> tuple[str, ...]:
    """The names of all rules of an inventory, each once, field by field."""
    names = (
        name_of_rule(rule.field, term.start, term.months, term.purpose)
        for rule in rules_of(inventory)
        for term in (*(term for ceiling in rule.ceilings for term in ceiling), *rule.floors)
    )
    return tuple(dict.fromkeys(names))


class Erasures:
    """What one person does with them."""

    def __init__(self, identity: Identity, *, now: Callable[[], float] = time.time) -> None:
        """Work as this identity.

        Args:
            identity: who is signed in.
            now: seconds since 1970.
        """
        self._identity, self._now = identity, now

    @property
    def takes_part(self) -> bool:
        """Whether this person's role proposes and approves."""
        return self._identity.role in PARTICIPANTS

    def orders(self) -> tuple[ErasureRow, ...]:
        """All orders, the newest first."""
        return calls.orders(self._identity.client).orders

    def propose(self, action: Action, ground: Ground, reference: str, subjects: Sequence[Subject]) -> ErasureProposed:
        """Propose an order.

        Raises:
            NotAllowedError: see `app/backoffice/erasure/orders.py`.
            InputRefusedError: see there.
        """
        who, made_ms = self._identity, int(self._now() * 1000)
        order = ErasureOrder(new_id(), action, ground, reference, made_ms, digest_of(subjects))
        return calls.propose(
            who.client,
            ProposeErasure(
                id=order.id,
                action=action,
                ground=ground,
                reference=reference,
                proposed_ms=made_ms,
                subjects=tuple(SubjectMark(record=s.record, fields=s.fields) for s in subjects),
                signature=who.sign_as_account(order.body(who.office)),
            ),
        )

    def order(self, key: str) -> ErasureDetail:
        """One order with its customers; whoever is to approve it looks at this.

        Raises:
            NotAllowedError: code `signature`: nobody of the book has proposed what the office shows.
        """
        found = calls.order(self._identity.client, bytes.fromhex(key))
        self._checked(found)
        return found

    def approve(self, shown: ErasureDetail) -> None:
        """Approve an order as it was shown.

        Raises:
            NotAllowedError: code `own`, `role`, `over` or `signature`; or a stale code.
        """
        who, order = self._identity, self._checked(shown)
        approval = who.sign_as_account(order.approval(who.office))
        calls.approve(who.client, order.id, ApproveErasure(approval=approval))

    def drop(self, key: str) -> None:
        """Take an own order back, or refuse somebody else's."""
        calls.drop(self._identity.client, bytes.fromhex(key))

    def certificate(self, key: str) -> str:
        """The certificate of an order, checked to be this office's.

        Raises:
            VerificationError: it is not.
        """
        text = calls.certificate(self._identity.client, bytes.fromhex(key)).text
        checked_certificate(text, self._identity.office)
        return text

    def certificate_pdf(self, key: str, language: str) -> bytes:
        """The same on paper, in `en` or `id`."""
        return calls.certificate_pdf(self._identity.client, bytes.fromhex(key), language).pdf

    def holds(self) -> tuple[HoldRow, ...]:
        """Holds that stand."""
        return calls.holds(self._identity.client).holds

    def hold(self, record: str, reason: HoldReason, reference: str) -> None:
        """Hold a customer, from now on."""
        request = SetHold(record=bytes.fromhex(record), reason=reason, reference=reference)
        calls.set_hold(self._identity.client, request)

    def lift(self, hold: str) -> None:
        """Lift a hold that somebody else has set."""
        calls.lift_hold(self._identity.client, bytes.fromhex(hold))

    def retention(self) -> RetentionNow:
        """What is due today: a dry run."""
        return retention_calls.dry_run(self._identity.client)

    def confirm_date(self, day: str) -> None:
        """Say that the office's date is right; with a fresh code.

        Raises:
            InputRefusedError: code `clock`: the office has another one.
        """
        retention_calls.confirm_date(self._identity.client, ConfirmDate(day=day))

    def destroy_what_is_due(self, shown: RetentionNow) -> ErasureProposed:
        """Propose to destroy what a dry run has shown; another person approves.

        Raises:
            InputRefusedError: nothing is due.
        """
        subjects = [Subject(s.record, s.fields) for s in shown.subjects]
        if not subjects:
            raise InputRefusedError("Nothing is due.", code="nothing_due")
        return self.propose(Action.DESTROY, Ground.TIME_OVER, f"RET-{shown.day}", subjects)

    def _checked(self, shown: ErasureDetail) -> ErasureOrder:
        who, row = self._identity, shown.row
        subjects = digest_of(Subject(s.record, s.fields) for s in shown.subjects)
        order = ErasureOrder(row.id, row.action, row.ground, row.reference, row.proposed_ms, subjects)
        who.follow_book()
        first = who.book.account(shown.proposed_by)
        try:
            order.check(who.office, first.sign if first is not None else b"", shown.signature)
        except SealError as e:
            raise NotAllowedError(
                "The office shows an order that nobody has signed like this. Refuse it.", code="signature"
            ) from e
        return order
