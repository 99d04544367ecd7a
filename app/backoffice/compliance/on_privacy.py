"""Evidence of what the privacy desk's gates do: retention kept, purposes gated, exports ordered, sign-ins judged.

Each is judged anew from rows, log and book; nothing is believed because a gate stands in the code.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select

from app.auth.export_order import ExportOrder
from app.backoffice import schema
from app.backoffice.analytics_schema import analytics_exports
from app.backoffice.compliance.look import AUDIT, Look
from app.backoffice.retention.clock import today
from app.backoffice.retention.past_time import MOST_COUNTED, committed, late_customers
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.backoffice.told import tells
from app.backoffice.unusual_sign_ins import EVENT
from app.crypto.errors import SealError
from app.domain.analytics.export_state import ExportState
from app.domain.analytics.settings import bounds_of
from app.domain.compliance.finding import DAY_MS, Found, counted
from app.domain.retention.trusted_time import Doubt
from app.domain.subject_requests.words import RequestKind

_GRACE_DAYS: Final = 35
"""Two people order what is due, and no destruction waits longer than this (`on_duties.erasures_done`)."""
_LOOKED_BACK_DAYS: Final = 90
_ORDERED: Final = (ExportState.APPROVED.value, ExportState.RUNNING.value, ExportState.DONE.value)
_SECOND_MS: Final = 1000
_HUNDREDTH: Final = 10_000
"""In millionths."""


def retention_kept(look: Look) -> Found:
    """Nothing lies past its time for longer than an order takes; while the date is in doubt, that is not known.

    The database says whose dates are old enough, the engine judges these (`app/backoffice/retention/past_time.py`).
    """
    day, doubt = today(look.host, look.db)
    if doubt is not Doubt.NONE:
        return Found(
            False,
            "The office's date is in doubt, so nothing is known to be due; a privacy officer says that it is right.",
            "Tanggal kantor diragukan, sehingga tidak diketahui apa yang jatuh tempo; petugas privasi memastikannya.",
        )
    total, late = committed(look.db), late_customers(look.db, look.inventory, day - timedelta(days=_GRACE_DAYS))
    more = late >= MOST_COUNTED
    return Found(
        late == 0,
        f"{counted(total, 'customer was', 'customers were')} looked at; "
        f"of {late}{' and more' if more else ''} something lies there "
        f"{_GRACE_DAYS} days past its time.",
        f"{total} pelanggan diperiksa; pada {late}{' atau lebih' if more else ''} ada yang tersimpan {_GRACE_DAYS} "
        "hari lewat masanya.",
    )


def purposes_gated(look: Look) -> Found:
    """Each value that was opened names an open purpose, and none that was held for its customer then."""
    opened = select(AUDIT.number).where(AUDIT.event == "reveal", AUDIT.outcome == "ok")
    total, bare = look.count(opened), look.count(opened.where(AUDIT.detail.not_like("%purpose=%")))
    held, of = processing_holds.c, subject_requests.c
    query = select(held.record, held.purpose, held.since_ms).join(subject_requests, of.id == held.request)
    limits = look.db.execute(query.where(of.kind != RequestKind.WITHDRAWAL.value)).all()
    broken = 0
    for one in limits:
        under = opened.where(AUDIT.record == one.record.hex(), AUDIT.at_ms > one.since_ms)
        said = look.db.execute(under.with_only_columns(AUDIT.detail)).scalars()
        broken += sum(f"purpose={one.purpose}" in detail.split() for detail in said)
    return Found(
        bare == 0 and broken == 0,
        f"Of {total} values opened, {bare} name no purpose; {broken} were opened under one of the {len(limits)} "
        "purposes that are held for a customer.",
        f"Dari {total} nilai yang dibuka, {bare} tanpa tujuan; {broken} dibuka untuk salah satu dari {len(limits)} "
        "tujuan yang ditahan bagi pelanggan.",
    )


def exports_ordered(look: Look) -> Found:
    """Each analytics export was signed by two people, reached its k and l, and nobody is found in it."""
    table = analytics_exports
    keys = _keys_by_account(look)
    rows = look.db.execute(select(table).where(table.c.state.in_(_ORDERED))).all()
    unsigned = sum(not _is_ordered(look, row, keys) for row in rows)
    made = [row for row in rows if row.state == ExportState.DONE.value]
    weak = sum(_is_weak(row) for row in made)
    found = sum(row.found > 0 for row in made)
    return Found(
        unsigned == 0 and weak == 0 and found == 0,
        f"{counted(len(rows), 'export was', 'exports were')} approved, "
        f"{unsigned} of them without two valid signatures; {counted(len(made), 'was', 'were')} made, "
        f"{weak} of them past their k, l or t, and in {found} somebody is re-identified.",
        f"{len(rows)} ekspor disetujui, {unsigned} di antaranya tanpa dua tanda tangan yang sah; {len(made)} dibuat, "
        f"{weak} melewati k, l, atau t-nya, dan pada {found} ada yang teridentifikasi kembali.",
    )


def _is_weak(row: Row[Any]) -> bool:
    k, different, most_t = bounds_of(row.settings)
    return bool(row.k < k or row.l < different or row.t_millionths > most_t * _HUNDREDTH)


def _is_ordered(look: Look, row: Row[Any], keys: Mapping[str, Iterable[bytes]]) -> bool:
    order = ExportOrder(row.id, row.settings, row.proposed_ms)
    if row.decided_by == row.proposed_by:
        return False
    first = any(_holds(order.check, look.office, key, row.signature) for key in keys.get(row.proposed_by, ()))
    return first and any(
        _holds(order.check_approval, look.office, key, row.approval) for key in keys.get(row.decided_by, ())
    )


def _holds(check: Callable[[bytes, bytes, bytes], None], office: bytes, public: bytes, signature: bytes) -> bool:
    try:
        check(office, public, signature)
    except SealError:
        return False
    return True


def _keys_by_account(look: Look) -> dict[str, list[bytes]]:
    """Every key that the book has ever shown for an account: who left has signed all the same."""
    keys: dict[str, list[bytes]] = defaultdict(list)
    for entry in look.host.book.entries:
        if entry.sign and entry.sign not in keys[entry.name]:
            keys[entry.name].append(entry.sign)
    return keys


@dataclass(frozen=True, slots=True)
class _First:
    """An account's first sign-in from a workstation."""

    account: str
    seat: bytes
    at_ms: int


def sign_ins_judged(look: Look) -> Found:
    """Each sign-in of the last months from a workstation that was new for its account stands in the log as unusual."""
    since = look.now_ms - _LOOKED_BACK_DAYS * DAY_MS
    table = schema.sessions.c
    firsts = select(table.account, table.seat_id, func.min(table.started_ms).label("at_ms"))
    first_of: dict[str, int] = {}
    new: list[_First] = []
    for row in look.db.execute(firsts.group_by(table.account, table.seat_id).order_by(func.min(table.started_ms))):
        if first_of.setdefault(row.account, row.at_ms) < row.at_ms and row.at_ms >= since:
            new.append(_First(row.account, bytes(row.seat_id), row.at_ms))
    judged = [one for one in new if _tells(look, one)]
    silent = sum(not _is_logged(look, one) for one in judged)
    flagged = look.count(select(AUDIT.number).where(AUDIT.event == EVENT, AUDIT.at_ms >= since))
    return Found(
        silent == 0,
        f"{flagged} sign-ins were flagged as unusual in {_LOOKED_BACK_DAYS} days; {len(judged)} came from a "
        f"workstation new for the account, {silent} of them without a flag.",
        f"{flagged} proses masuk ditandai tidak biasa dalam {_LOOKED_BACK_DAYS} hari; {len(judged)} dari komputer "
        f"kerja yang baru bagi akunnya, {silent} di antaranya tanpa tanda.",
    )


def _tells(look: Look, one: _First) -> bool:
    table = schema.sessions.c
    query = select(table.kind).where(
        table.account == one.account, table.seat_id == one.seat, table.started_ms == one.at_ms
    )
    return any(tells(kind) for kind in look.db.execute(query).scalars())


def _is_logged(look: Look, one: _First) -> bool:
    flag = select(AUDIT.number).where(AUDIT.actor == one.account, AUDIT.event == EVENT)
    told = flag.where(AUDIT.reference == one.seat.hex(), AUDIT.at_ms >= one.at_ms - _SECOND_MS)
    return look.db.execute(told.limit(1)).first() is not None
