"""How an office's book and log stand: sound in themselves, and against what a workstation remembers of them.

A judgement for people who hold the kit: they may go on with a log that is shorter than it was, or another one, and
are told what that means first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.auth.audit_chain import AuditEntry, Verdict, Witness, verify_chain
from app.backoffice.office import OpenOffice
from app.domain.errors import VerificationError

_PAGE = 5000


@dataclass(frozen=True, slots=True)
class Standing:
    """How both chains stand.

    Attributes:
        audit: length and head of the log.
        book: length and head of the book.
        verdict: whether the log is sound in itself.
        audit_seen, book_seen: what the workstation remembers, or None.
        audit_is_other, book_is_other: long enough, but not the one that is remembered.
    """

    audit: Witness
    book: Witness
    verdict: Verdict
    audit_seen: Witness | None
    book_seen: Witness | None
    audit_is_other: bool
    book_is_other: bool

    @property
    def audit_lost(self) -> int:
        """Entries of the log that the workstation remembers and that are not here."""
        return max(0, self.audit_seen.length - self.audit.length) if self.audit_seen else 0

    @property
    def book_lost(self) -> int:
        """Entries of the book that the workstation remembers and that are not here."""
        return max(0, self.book_seen.length - self.book.length) if self.book_seen else 0

    @property
    def is_older(self) -> bool:
        """Whether something that is remembered is not here."""
        return bool(self.audit_lost or self.book_lost)

    @property
    def is_wrong(self) -> bool:
        """Whether the log is not sound, or one of the two is not the one that is remembered."""
        return not self.verdict.ok or self.audit_is_other or self.book_is_other

    @property
    def sentences(self) -> tuple[str, ...]:
        """What people are told."""
        return tuple(_sentences(self))

    @property
    def numbers(self) -> str:
        """The same for the log."""
        bad = f" first_bad={self.verdict.first_bad} why={self.verdict.why}" if not self.verdict.ok else ""
        other = "".join(
            f" {what}=other" for what, is_it in (("log", self.audit_is_other), ("book", self.book_is_other)) if is_it
        )
        return (
            f"entries={self.audit.length} lost={self.audit_lost} book={self.book.length} book_lost={self.book_lost}"
            f"{other}{bad}"
        )


def standing_of(office: OpenOffice, audit_seen: Witness | None, book_seen: Witness | None) -> Standing:
    """Read the whole log, and compare both chains with what is remembered. The book was replayed on opening."""
    with office.database.reading() as db:
        length, head = office.log.head(db)
    book = Witness(office.book.length, office.book.head)
    return Standing(
        Witness(length, head),
        book,
        _verdict(office),
        audit_seen,
        book_seen,
        audit_seen is not None
        and audit_seen.length <= length
        and _hash_at(office, audit_seen.length) != audit_seen.head,
        book_seen is not None
        and book_seen.length <= book.length
        and office.book.hash_at(book_seen.length) != book_seen.head,
    )


def accept_standing(standing: Standing, *, older: bool, wrong: bool) -> None:
    """Demand that everything is as it is remembered, or that somebody has said to go on.

    Args:
        standing: how it stands.
        older: go on although entries are lost.
        wrong: go on although the log is not sound, or is another one.

    Raises:
        VerificationError: it is not, and nobody has; the message says what to do.
    """
    if standing.is_wrong and not wrong:
        raise VerificationError(
            f"{' '.join(standing.sentences)} Find out why first. To go on with it as it is: --accept-wrong.",
            code="chain_wrong",
        )
    if standing.is_older and not older:
        raise VerificationError(f"{' '.join(standing.sentences)} To go on without them: --accept-older.", code="older")


def _verdict(office: OpenOffice) -> Verdict:
    with office.database.reading() as db:
        marks = office.log.checkpoints(db)
    return verify_chain(office.id, _entries(office), marks, office.book.office_entry.sign, None)


def _entries(office: OpenOffice) -> Iterator[AuditEntry]:
    after = 0
    with office.database.reading() as db:
        while page := office.log.page(db, after, _PAGE):
            yield from page
            after = page[-1].number


def _hash_at(office: OpenOffice, length: int) -> bytes | None:
    if not length:
        return None
    with office.database.reading() as db:
        page = office.log.page(db, length - 1, 1)
    return page[0].hash if page and page[0].number == length else None


def _sentences(standing: Standing) -> Iterator[str]:
    verdict = standing.verdict
    if not verdict.ok:
        yield f"The audit log does not hold: the first bad entry is {verdict.first_bad} ({verdict.why})."
    for name, seen, here, is_other in (
        ("audit log", standing.audit_seen, standing.audit, standing.audit_is_other),
        ("book", standing.book_seen, standing.book, standing.book_is_other),
    ):
        if seen is None:
            yield f"This workstation remembers nothing of the {name}, so it cannot say whether anything is missing."
        elif is_other:
            yield f"The {name} is not the one that this workstation remembers."
        elif lost := seen.length - here.length:
            if lost > 0:
                yield (
                    f"The {name} is older than this workstation remembers: it ends with entry {here.length}, "
                    f"and {lost} later {'entry is' if lost == 1 else 'entries are'} lost."
                )
            else:
                yield f"The {name} holds all that this workstation remembers, and {-lost} more."
        else:
            yield f"The {name} is as this workstation remembers it: {here.length} entries."
