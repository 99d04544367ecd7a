"""The policy as a console sees it: what is in force, its versions, the edit that waits; proposing, confirming.

Everything shown was compared with the book first. What an edit changes is worked out here, from the policy that this
console obeys, so that the second person signs what they were shown and not what the office says of it (ADR 0034).
"""

import difflib
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.api.client import policy as calls
from app.api.messages.book import SignatureMark
from app.api.messages.policy import PolicyText, ProposePolicy, VersionRow, WaitingPolicy
from app.auth.book import BookError, Signature
from app.auth.book_messages import entry_message
from app.auth.book_rules import SECONDING
from app.auth.policy_version import PolicyForgedError, PolicyVersion, policy_mark
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.policy import Policy, PolicyError
from app.domain.policy_difference import Change, difference
from app.domain.policy_edit import opens_nothing, read_edit
from app.domain.policy_text import without_table
from app.domain.role import Role
from app.session.identity import Identity
from app.session.policy_versions import fetch_version, version_of


class WhyNotConfirm(StrEnum):
    """Why somebody may not confirm an edit."""

    OWN = "own"
    ROLE = "role"
    CLASSES = "classes"


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version that was in force once, or is.

    Attributes:
        number: from 1.
        at: when it was proposed, seconds since 1970, by the proposer's console.
        why: in the proposer's words.
        proposed_by, confirmed_by: account names, as the book says.
        proposed_by_name, confirmed_by_name: people's names, as the office's table says.
        confirmed_at: when it was confirmed, seconds since 1970, as the office's table says; 0 where it does not.
    """

    number: int
    at: float
    why: str
    proposed_by: str
    proposed_by_name: str
    confirmed_by: str
    confirmed_by_name: str
    confirmed_at: float = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """What a text would change.

    Attributes:
        text: TOML.
        policy: what the text says.
        over: the version that it was compared with.
        changes: thing by thing.
        lines: of TOML, as a unified difference.
    """

    text: str
    policy: Policy
    over: int
    changes: tuple[Change, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingEdit:
    """An edit that waits for its second person.

    Attributes:
        id: hex.
        number: the version that it would be.
        edit: what it changes.
        at, until: seconds since 1970.
        why: in the proposer's words.
        proposed_by, proposed_by_name: the first person.
        why_not: why this person may not confirm it; None: they may, with a fresh code.
        may_drop: whether this person may refuse it, or take it back.
    """

    id: str
    number: int
    edit: Edit
    at: float
    until: float
    why: str
    proposed_by: str
    proposed_by_name: str
    why_not: WhyNotConfirm | None
    may_drop: bool

    @property
    def is_own(self) -> bool:
        """Whether this person proposed it."""
        return self.why_not is WhyNotConfirm.OWN


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """The policy in force.

    Attributes:
        policy: what is obeyed.
        base: what came with the program, within which edits stay.
        version: its number, 0: what came with the program.
        fits: whether the version still fits the program; else it opens nothing until it is edited.
        versions: all, the newest first.
        waiting: the edit that waits, for those who take part.
        may_edit: whether this person proposes edits.
        refused, refused_by: the edit of their own that was refused last, hex, and who refused it; else empty.
    """

    policy: Policy
    base: Policy
    version: int
    fits: bool
    versions: tuple[ShownVersion, ...]
    waiting: WaitingEdit | None
    may_edit: bool
    refused: str = ""
    refused_by: str = ""


class Policies:
    """The policy of one office, for one person."""

    def __init__(
        self, identity: Identity, step_up: Callable[[str], None], *, now: Callable[[], float] = time.time
    ) -> None:
        """Work as this identity.

        Args:
            identity: who is signed in.
            step_up: gives a fresh code.
            now: seconds since 1970.
        """
        self._identity, self._now = identity, now
        self.step_up = step_up
        self._seen: dict[str, WaitingPolicy] = {}

    def shown(self) -> PolicyShown:
        """What is in force, and what waits.

        Raises:
            PolicyForgedError: the office shows a version that nobody signed.
        """
        identity = self._identity
        identity.follow_book()
        answer = calls.history(identity.client)
        identity.follow_book()
        rows = [self._version(row) for row in answer.versions if row.number <= identity.policy_version]
        return PolicyShown(
            policy=identity.office_policy,
            base=identity.base,
            version=identity.policy_version,
            fits=not (identity.policy_version and opens_nothing(identity.office_policy)),
            versions=tuple(reversed(rows)),
            waiting=self._waiting(answer.waiting),
            may_edit=identity.role is Role.ADMINISTRATOR,
            refused=answer.refused.id.hex() if answer.refused else "",
            refused_by=answer.refused.by_name if answer.refused else "",
        )

    def text(self, number: int) -> str:
        """The TOML of a version, to begin an edit with; 0: what came with the program.

        Raises:
            PolicyForgedError: the office shows another text than was signed.
        """
        if number == 0:
            return without_table(self._identity.base.text, "capture_exception")
        return fetch_version(self._identity.client, self._identity.book, number).text

    def changes(self, number: int) -> tuple[Change, ...] | None:
        """What a version changed from the one before it; None where one of the two does not fit the program any more.

        Raises:
            PolicyForgedError: the office shows another text than was signed.
        """
        base = self._identity.base
        try:
            before, after = (read_edit(self.text(n), base) if n else base for n in (number - 1, number))
        except PolicyError:
            return None
        return difference(before, after)

    def judge(self, text: str) -> Edit:
        """What a text would change.

        Raises:
            PolicyError: it is no policy, or says more than it may; with line and reason.
        """
        identity = self._identity
        policy = read_edit(text, identity.base)
        before = without_table(identity.office_policy.text, "capture_exception")
        lines = difflib.unified_diff(before.splitlines(), text.splitlines(), lineterm="", n=1)
        return Edit(text, policy, identity.policy_version, difference(identity.office_policy, policy), tuple(lines)[2:])

    def propose(self, edit: Edit, why: str) -> None:
        """Sign an edit that `judge` has shown, and have the office keep it for its second person.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: code `waits`, `policy_moved`, `policy_same`, `policy` or `clock`.
        """
        identity = self._identity
        identity.follow_book()
        if edit.over != identity.policy_version:
            raise InputRefusedError("The policy has changed meanwhile; look at it again.", code="policy_moved")
        version = PolicyVersion(edit.over + 1, int(self._now() * 1000), why, edit.text)
        mark = version.proposal(identity.office).signed_by(identity.office, identity.account, identity.keys.seed)
        said = PolicyText(number=version.number, at_ms=version.at_ms, why=version.why, text=version.text)
        signature = SignatureMark(signer=mark.signer, value=mark.value)
        calls.propose(identity.client, ProposePolicy(version=said, signature=signature))

    def confirm(self, edit: str) -> None:
        """Sign an edit that `shown` has shown, as the second person; it is in force from now on.

        Raises:
            NotAllowedError: code `own`, `role`, `classes`, `over` (withdrawn, refused, expired), or `step_up`.
            BookError: the book refuses it: the first person has changed since.
            PolicyError: it does not fit any more.
        """
        waiting = self._of(edit)
        version, identity = version_of(waiting.version), self._identity
        read_edit(version.text, identity.base)

        def sign() -> None:
            proposal, mark = version.proposal(identity.office), _mark(waiting)
            identity.book.check_proposal(proposal, mark)
            draft = identity.book.draft_of(proposal)
            entry = draft.signed(identity.office, [(identity.account, identity.keys.seed)], [mark])
            identity.book.check_next(entry)
            calls.confirm(identity.client, waiting.id, entry_message(entry))

        if (why_not := self._why_not(_mark(waiting).signer.partition("#")[0])) is not None:
            raise NotAllowedError(_WORDS[why_not], code=why_not.value)
        identity.signing_into_book(sign)
        identity.follow_book()

    def drop(self, edit: str) -> None:
        """Take an own edit back, or refuse somebody else's.

        Raises:
            NotAllowedError: code `role` or `over`.
        """
        calls.drop(self._identity.client, self._of(edit).id)

    def _of(self, edit: str) -> WaitingPolicy:
        if edit not in self._seen:
            raise NotAllowedError("This edit was decided already, or its time is over.", code="over")
        return self._seen[edit]

    def _version(self, row: VersionRow) -> ShownVersion:
        """A version, as the book has it.

        Raises:
            PolicyForgedError: its row is not what was signed.
        """
        book = self._identity.book
        entry = book.policy_entries()[row.number - 1]
        if policy_mark(book.office, row.number, row.at_ms, row.why, row.digest) != entry.activation:
            raise PolicyForgedError("The office shows a version that nobody signed.", code="policy_forged")
        first = [s.signer.partition("#")[0] for s in entry.signatures if "#" in s.signer]
        second = [s.signer for s in entry.signatures if "#" not in s.signer]
        return ShownVersion(
            number=row.number,
            at=row.at_ms / 1000,
            why=row.why,
            proposed_by="".join(first),
            proposed_by_name=row.proposed_by_name,
            confirmed_by="".join(second),
            confirmed_by_name=row.confirmed_by_name,
            confirmed_at=row.confirmed_ms / 1000,
        )

    def _waiting(self, message: WaitingPolicy | None) -> WaitingEdit | None:
        """What waits; what nobody of the book has signed, or does not come next, is left out."""
        self._seen = {}
        if message is None:
            return None
        book, version = self._identity.book, version_of(message.version)
        try:
            by = book.check_proposal(version.proposal(book.office), _mark(message))
            edit = self.judge(version.text)
        except (BookError, PolicyError):
            return None
        if version.number != book.policy_version + 1:
            return None
        self._seen[message.id.hex()] = message
        return WaitingEdit(
            id=message.id.hex(),
            number=version.number,
            edit=edit,
            at=version.at_ms / 1000,
            until=message.until_ms / 1000,
            why=version.why,
            proposed_by=by,
            proposed_by_name=message.proposed_by_name,
            why_not=self._why_not(by),
            may_drop=self._identity.role.value in {*SECONDING, Role.ADMINISTRATOR},
        )

    def _why_not(self, by: str) -> WhyNotConfirm | None:
        identity = self._identity
        if by == identity.account:
            return WhyNotConfirm.OWN
        if identity.role.value not in SECONDING:
            return WhyNotConfirm.ROLE
        return WhyNotConfirm.CLASSES if identity.book.missing(identity.account) else None


_WORDS = {
    WhyNotConfirm.OWN: "Somebody else has to confirm what you proposed.",
    WhyNotConfirm.ROLE: "A supervisor or a privacy officer confirms an edit of the policy.",
    WhyNotConfirm.CLASSES: "Only who holds every class of their role confirms this.",
}


def _mark(message: WaitingPolicy) -> Signature:
    return Signature(message.signature.signer, message.signature.value)
