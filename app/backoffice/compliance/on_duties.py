"""Evidence from the privacy desk: notices, consents, requests, incidents, erasure, training, workstations."""

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, and_, func, or_, select

from app.auth import consent_receipt
from app.auth.book import State
from app.backoffice.compliance.look import Look
from app.backoffice.erasure_tables import erasures
from app.backoffice.incident_tables import incidents
from app.backoffice.posture_schema import seat_posture
from app.backoffice.privacy_schema import consents, notices
from app.backoffice.schema import seats
from app.backoffice.subject_tables import request_letters, subject_requests
from app.backoffice.training import acceptance, certificates
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.compliance.finding import DAY_MS, Found, counted
from app.domain.role import Role

if TYPE_CHECKING:
    from app.auth.book import Entry

_TOLD_WITHIN_MS: Final = 3 * DAY_MS
"""UU PDP article 46: 3 x 24 hours."""
_LOOKED_BACK_DAYS, _SEEN_DAYS = 365, 30
_ERASED_WITHIN_DAYS: Final = 35
"""As long as a backup keeps record keys: no destruction waits longer."""


def notice_published(look: Look) -> Found:
    """Two people have published a notice."""
    table = notices.c
    published = select(table.id).where(table.published_ms.is_not(None), table.published_by != table.written_by)
    count = look.count(published)
    return Found(
        count > 0,
        f"{counted(count, 'notice was', 'notices were')} published by a second person; each is in Indonesian.",
        f"{count} pemberitahuan diterbitkan oleh orang kedua; masing-masing berbahasa Indonesia.",
    )


def consent_receipts(look: Look) -> Found:
    """Each consent and withdrawal has a receipt that the office signed."""
    table, public = consents.c, look.book.office_entry.sign
    total = bad = 0
    for row in look.db.execute(select(table.receipt, table.signature).execution_options(yield_per=1000)):
        total += 1
        try:
            signing.check(public, row.signature, consent_receipt.body(look.office, row.receipt))
        except SealError:
            bad += 1
    return Found(
        bad == 0,
        f"{counted(total, 'receipt of consent or withdrawal was', 'receipts of consent and withdrawal were')} checked; "
        f"{counted(bad, 'does', 'do')} not hold.",
        f"{total} bukti persetujuan dan penarikan diperiksa; {bad} tidak sah.",
    )


def requests_in_time(look: Look) -> Found:
    """No request of a data subject is, or was within a year, answered late."""
    table = subject_requests.c
    recent = select(table.id).where(table.received_ms >= look.now_ms - _LOOKED_BACK_DAYS * DAY_MS)
    late = or_(
        and_(table.ended_ms.is_(None), table.due_ms < look.now_ms),
        and_(table.ended_ms.is_not(None), table.ended_ms > table.due_ms),
    )
    total, bad = look.count(recent), look.count(recent.where(late))
    over = recent.where(table.ended_ms.is_not(None))
    first = select(request_letters.c.request, func.min(request_letters.c.sent_ms).label("at_ms"))
    sent = first.group_by(request_letters.c.request).subquery()
    unsent = look.count(over.where(table.id.not_in(select(request_letters.c.request))))
    out_late = look.count(over.join(sent, sent.c.request == table.id).where(sent.c.at_ms > table.due_ms))
    return Found(
        bad == 0,
        f"{counted(total, 'request', 'requests')} came within a year; "
        f"{counted(bad, 'is or was', 'are or were')} late. Of those that ended, {counted(unsent, 'has', 'have')} no "
        f"letter that is written down as sent; of {out_late} it went out after the term.",
        f"{total} permintaan masuk dalam setahun; {bad} terlambat. Dari yang sudah selesai, {unsent} belum dicatat "
        f"suratnya sebagai terkirim; {out_late} suratnya keluar sesudah tenggat.",
    )


def incidents_told(look: Look) -> Found:
    """Each confirmed breach was told to the authority and to the subjects within 3 x 24 hours."""
    table = incidents.c
    recent = select(table.id).where(
        table.is_drill.is_(False), table.t0_ms.is_not(None), table.t0_ms >= look.now_ms - _LOOKED_BACK_DAYS * DAY_MS
    )
    told = [func.coalesce(one, look.now_ms) - table.t0_ms for one in (table.authority_ms, table.subjects_ms)]
    total, bad = look.count(recent), look.count(recent.where(or_(*(one > _TOLD_WITHIN_MS for one in told))))
    return Found(
        bad == 0,
        f"{counted(total, 'breach is', 'breaches are')} known of the last year; "
        f"{counted(bad, 'was', 'were')} not told to authority and subjects within 72 hours.",
        f"{total} kegagalan diketahui dalam setahun; {bad} tidak diberitahukan dalam 72 jam kepada lembaga dan subjek.",
    )


def erasures_done(look: Look) -> Found:
    """What two people ordered is erased, and whatever is over has its certificate."""
    table = erasures.c
    waits = select(table.id).where(
        table.state == "running", table.decided_ms < look.now_ms - _ERASED_WITHIN_DAYS * DAY_MS
    )
    bare = select(table.id).where(table.state == "done", table.certificate == "")
    done = look.count(select(table.id).where(table.state == "done"))
    stuck, lacking = look.count(waits), look.count(bare)
    return Found(
        stuck == 0 and lacking == 0,
        f"{counted(done, 'order is', 'orders are')} done, {lacking} of them without a certificate; "
        f"{counted(stuck, 'waits', 'wait')} for more than "
        f"{_ERASED_WITHIN_DAYS} days.",
        f"{done} perintah selesai, {lacking} tanpa berita acara; {stuck} menunggu lebih dari "
        f"{_ERASED_WITHIN_DAYS} hari.",
    )


def trained(look: Look) -> Found:
    """Whoever opens sealed data has a certificate, signed and not over, of each lesson that the class needs."""
    rule = look.policy.training
    due = [one for one in _people(look) if not _passed(look, one) >= _needed(look, one)]
    if not rule.lessons:
        return Found(False, "The policy asks for no lesson.", "Kebijakan tidak mensyaratkan satu pelajaran pun.")
    return Found(
        not due,
        f"{counted(len(rule.lessons), 'lesson is', 'lessons are')} asked for; "
        f"{len(due)} of {len(_people(look))} people lack one, or theirs is "
        "over.",
        f"{len(rule.lessons)} pelajaran disyaratkan; {len(due)} dari {len(_people(look))} orang belum atau sudah "
        "kedaluwarsa.",
    )


def rules_accepted(look: Look) -> Found:
    """Whoever opens sealed data has accepted the rules of conduct."""
    people = _people(look)
    lacking = [one for one in people if not acceptance.accepted_ms(look.host, look.db, one.name)]
    return Found(
        bool(people) and not lacking,
        f"{len(lacking)} of {len(people)} people have not accepted the newest rules of conduct.",
        f"{len(lacking)} dari {len(people)} orang belum menerima tata tertib terbaru.",
    )


def posture(look: Look) -> Found:
    """Each workstation of the last month told how its system protects it, and nothing is missing or unknown."""
    since = look.now_ms - _SEEN_DAYS * DAY_MS
    seen: Select[Any] = select(seats.c.id).where(seats.c.last_seen_ms >= since, seats.c.state == "known")
    told = select(seat_posture.c.seat).where(seat_posture.c.heard_ms >= since)
    not_ok = select(seat_posture.c.seat).where(seat_posture.c.state != "ok")
    total = look.count(seen)
    silent, bad = look.count(seen.where(seats.c.id.not_in(told))), look.count(seen.where(seats.c.id.in_(not_ok)))
    return Found(
        total > 0 and silent == 0 and bad == 0,
        f"{counted(total, 'workstation was', 'workstations were')} at work this month; {silent} told nothing, "
        f"at {bad} something is missing or "
        "unknown (disk encryption, firewall, antivirus, screen lock, updates).",
        f"{total} komputer dipakai bulan ini; {silent} tidak melapor, pada {bad} ada yang kurang atau tidak "
        "diketahui (enkripsi disk, firewall, antivirus, kunci layar, pembaruan).",
    )


def _people(look: Look) -> "tuple[Entry, ...]":
    """Accounts at work whose role opens something sealed."""
    return tuple(
        one
        for one in look.book.accounts()
        if one.state == State.ACTIVE and one.role != Role.RECOVERY and look.policy.roles[Role(one.role)].reveals
    )


def _needed(look: Look, one: "Entry") -> frozenset[str]:
    reveals = look.policy.roles[Role(one.role)].reveals
    return frozenset(code for data_class in reveals for code in look.policy.training.opens.get(data_class, ()))


def _passed(look: Look, one: "Entry") -> frozenset[str]:
    newest = certificates.newest_by_lesson(look.host, look.db, one.name)
    return frozenset(lesson for lesson, held in newest.items() if held.expires_ms > look.now_ms)
