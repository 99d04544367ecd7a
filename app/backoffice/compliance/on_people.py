"""Evidence from accounts, sessions and workstations."""

from sqlalchemy import func, or_, select

from app.auth.book import State
from app.backoffice import schema
from app.backoffice.compliance.look import AUDIT, Look
from app.domain.compliance.finding import DAY_MS, Found, counted
from app.domain.role import Role

UNUSED_DAYS = 90
_SESSION_MOST_S = 12 * 60 * 60
_SEEN_DAYS = 30
_GRACE_MS = 60 * 60 * 1000


def unused_accounts(look: Look) -> Found:
    """Each account at work was used, or made, in the last 90 days."""
    active = {one.name for one in look.book.accounts() if one.state == State.ACTIVE and one.role != Role.RECOVERY}
    since = look.now_ms - UNUSED_DAYS * DAY_MS
    events = ("sign_in", "session.resume", "account.enrol", "recovery.accept")
    recent = select(AUDIT.actor).where(AUDIT.event.in_(events), AUDIT.outcome == "ok", AUDIT.at_ms >= since)
    unused = active - set(look.db.execute(recent.distinct()).scalars())
    return Found(
        not unused,
        f"{counted(len(active), 'account is', 'accounts are')} at work; "
        f"{counted(len(unused), 'was', 'were')} not used for {UNUSED_DAYS} days.",
        f"{len(active)} akun aktif; {len(unused)} tidak dipakai selama {UNUSED_DAYS} hari.",
    )


def sessions_end(look: Look) -> Found:
    """The policy ends sessions in time, and none that is not ended is past its end."""
    table, most = schema.sessions.c, look.policy.session_s
    late = look.now_ms - _GRACE_MS
    over = look.db.execute(
        select(func.count(table.id)).where(table.ended_ms.is_(None), table.ends_ms < late)
    ).scalar_one()
    return Found(
        0 < most <= _SESSION_MOST_S and over == 0,
        f"The policy ends sessions after {most} s; {over} are open an hour and more past their end.",
        f"Kebijakan mengakhiri sesi setelah {most} dtk; {over} masih terbuka sejam atau lebih setelah akhirnya.",
    )


def workstations(look: Look) -> Found:
    """Each workstation of the last month checked itself there, and missed nothing."""
    table = schema.seats.c
    since = look.now_ms - _SEEN_DAYS * DAY_MS
    seen = select(table.id).where(table.last_seen_ms >= since, table.state == "known")
    total = look.count(seen)
    bad = look.count(seen.where(or_(table.check_ms.is_(None), table.check_ms < since, table.check_failed != "")))
    return Found(
        total > 0 and bad == 0,
        f"{counted(total, 'workstation was', 'workstations were')} at work this month; "
        f"the self-check of {bad} is missing or found something.",
        f"{total} komputer dipakai bulan ini; pada {bad} pemeriksaan diri tidak ada atau menemukan sesuatu.",
    )
