"""Handing the log on: to a file, or to a SIEM. The office writes down that it begins and what came of it."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from app.api.messages.audit import Export, ExportEnd
from app.auth.audit_chain import AuditEntry, first_hash
from app.domain.errors import InputRefusedError, TiraiError
from app.session.identity import Identity, new_id
from app.session.log_reading import entry_of
from app.siem.export_place import ExportPlace
from app.siem.exporting import Exported, Taker, export

GROUP = 500
"""So many entries are acknowledged together."""
FOLLOW_S = 5.0
To = Literal["jsonl", "syslog_tcp", "syslog_tls", "archive"]


def export_log(
    identity: Identity,
    to: To,
    place: ExportPlace,
    taker: Taker,
    *,
    keep: Callable[[ExportPlace], None] = lambda _place: None,
    on_group: Callable[[], None] = lambda: None,
    follows: bool = False,
) -> Exported:
    """Hand on all entries behind a place; with `follows`, those that come as well, until somebody interrupts it.

    Args:
        identity: who exports.
        to: the form, for the log.
        place: the last entry that is safe elsewhere.
        taker: where they go.
        keep: told of the new place after each batch that is safe.
        on_group: called before each group, and while nothing comes.
        follows: whether to wait for more at the end.

    Raises:
        NotAllowedError: the role does not read the log.
        AuditUnwritableError: the office cannot write it down, so nothing is exported.
        VerificationError: the log does not follow what was exported before.
        WorkstationError: file or receiver took no more; the next export goes on behind the last place.
    """
    id = new_id()  # noqa: A001 (the message's word)
    identity.client.audit_export(Export(id=id, to=to, first=place.number + 1))
    safe = [place]

    def note(new: ExportPlace) -> None:
        keep(new)
        safe[0] = new

    whole = False
    try:
        export(identity.office, _groups(identity, place.number, on_group, follows=follows), place, taker, note)
        whole = True
    except KeyboardInterrupt:
        whole = follows
        if not follows:
            raise
    finally:
        done = Exported(safe[0].number - place.number, safe[0])
        end = ExportEnd(id=id, entries=done.entries, last=done.place.number, whole=whole)
        with contextlib.nullcontext() if whole else contextlib.suppress(TiraiError):
            identity.client.audit_exported(end)
    return done


def _groups(
    identity: Identity, number: int, on_group: Callable[[], None], *, follows: bool
) -> Iterator[Sequence[AuditEntry]]:
    """Entries behind a number, as many together as are acknowledged together."""
    while True:
        rows = identity.client.audit_page(number).rows
        on_group()
        if not rows and not follows:
            return
        if not rows:
            time.sleep(FOLLOW_S)
            continue
        entries = [entry_of(row) for row in rows]
        yield from (entries[at : at + GROUP] for at in range(0, len(entries), GROUP))
        number = max(number + 1, entries[-1].number)


def place_before(identity: Identity, number: int) -> ExportPlace:
    """The place before an entry, to begin with it.

    Raises:
        InputRefusedError: there is no such entry.
    """
    if number <= 1:
        return ExportPlace(0, first_hash(identity.office))
    before = identity.client.audit_detail(number).previous
    if before is None:
        raise InputRefusedError(f"The log has no entry {number - 1}, so nothing can begin behind it.")
    return ExportPlace(number - 1, before)
