"""Evidence from the audit log: that it is whole, complete, kept and looked at, and what it tells of."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from app.auth.audit_chain import AuditEntry, verify_chain
from app.backoffice import schema
from app.domain.compliance.finding import Found

if TYPE_CHECKING:
    from app.backoffice.compliance.look import Look

_AUDIT = schema.audit.c
_AT_ONCE = 5000
REVIEWED_DAYS = 92
ASSESSED_DAYS = 365
BACKED_UP_DAYS = 31
REVIEW_MADE, ASSESSMENT_MADE = "compliance.review_made", "compliance.assessment_made"


VERIFY: Final = (
    "A privacy officer has it verified: tirai audit verify.",
    "Petugas privasi memverifikasinya: tirai audit verify.",
)
REVIEW: Final = (
    "A privacy officer saves one: tirai compliance review, or on the page of compliance.",
    "Petugas privasi menyimpannya: tirai compliance review, atau di halaman Kepatuhan.",
)
BACK_UP: Final = ("An administrator makes one: tirai backup make.", "Administrator membuatnya: tirai backup make.")
ASSESS: Final = (
    "A privacy officer saves one: tirai compliance assessment, or on the page of compliance.",
    "Petugas privasi menyimpannya: tirai compliance assessment, atau di halaman Kepatuhan.",
)
"""How each is done, in English and in Indonesian."""


def log_whole(look: "Look") -> Found:
    """Each entry is chained to the one before, and the office's signatures stand where they stood."""
    return look.chain


def chain_of(look: "Look") -> Found:
    """Read the whole log; a log that nobody signed so far proves nothing."""
    marks = look.log.checkpoints(look.db)
    verdict = verify_chain(look.office, _entries(look), marks, look.book.office_entry.sign, None)
    if verdict.first_bad is not None:
        return Found(
            False,
            f"It does not hold: the first wrong entry is {verdict.first_bad}.",
            f"Catatan tidak utuh: entri pertama yang salah adalah {verdict.first_bad}.",
        )
    number, head = look.log.head(look.db)
    signed = marks[-1].number if marks else 0
    return Found(
        bool(marks),
        f"{number} entries were read and hold up to {head.hex()[:16]}; signed up to entry {signed}.",
        f"{number} entri dibaca dan utuh sampai {head.hex()[:16]}; ditandatangani sampai entri {signed}.",
    )


def _entries(look: "Look") -> Iterator[AuditEntry]:
    after = 0
    while page := look.log.page(look.db, after, _AT_ONCE):
        yield from page
        after = page[-1].number


def log_kept(look: "Look") -> Found:
    """The log has its first entry, and as many as its last one says."""
    first, last, count = look.db.execute(
        select(func.min(_AUDIT.number), func.max(_AUDIT.number), func.count(_AUDIT.number))
    ).one()
    return Found(
        first == 1 and last == count,
        f"{count} entries are there, numbered {first} to {last}.",
        f"Ada {count} entri, bernomor {first} sampai {last}.",
    )


def entries_complete(look: "Look") -> Found:
    """Whoever opened or changed something is named, with session and workstation; each entry has event and outcome."""
    nameless = or_(_AUDIT.actor == "", _AUDIT.session == "", _AUDIT.seat == "")
    opened = and_(_AUDIT.event.in_(("reveal", "use", "notes.read")), or_(nameless, _AUDIT.record == ""))
    bare = or_(_AUDIT.event == "", _AUDIT.outcome == "", _AUDIT.at_ms <= 0)
    lacking = look.count(select(_AUDIT.number).where(or_(opened, bare)))
    total = look.count(select(_AUDIT.number))
    return Found(
        lacking == 0,
        f"Of {total} entries, {lacking} lack event, outcome, time, person, session, workstation or customer.",
        f"Dari {total} entri, {lacking} tanpa kejadian, hasil, waktu, orang, sesi, komputer, atau pelanggan.",
    )


def reasons(look: "Look") -> Found:
    """Each value that was opened was opened for a reason."""
    opened = select(_AUDIT.number).where(_AUDIT.event == "reveal", _AUDIT.outcome == "ok")
    total, bare = look.count(opened), look.count(opened.where(_AUDIT.reason == ""))
    return Found(
        bare == 0 and bool(look.policy.reveal_reasons),
        f"{len(look.policy.reveal_reasons)} reasons are offered; of {total} values opened, {bare} had none.",
        f"{len(look.policy.reveal_reasons)} alasan ditawarkan; dari {total} nilai yang dibuka, {bare} tanpa alasan.",
    )


def log_verified(look: "Look") -> Found:
    """Somebody had the log verified within the last day."""
    return look.done_within("audit.verify", 1, VERIFY)


def access_review(look: "Look") -> Found:
    """Who holds which class was printed for review this quarter."""
    return look.done_within(REVIEW_MADE, REVIEWED_DAYS, REVIEW)


def backup(look: "Look") -> Found:
    """A backup was made this month."""
    return look.done_within("backup.make", BACKED_UP_DAYS, BACK_UP)


def assessment(look: "Look") -> Found:
    """A draft of the impact assessment was made within a year, where specific data is processed."""
    from app.domain.privacy.processing_record import processing_record

    if not processing_record(look.inventory).needs_impact_assessment:
        return Found(
            True, "The inventory has no specific data (article 4).", "Inventaris tidak memuat data spesifik (Pasal 4)."
        )
    return look.done_within(ASSESSMENT_MADE, ASSESSED_DAYS, ASSESS)
