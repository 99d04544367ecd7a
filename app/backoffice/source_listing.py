"""Sources as those who may import see them: the declarations beside this gateway, and what became of each.

A declaration that cannot be used is listed with its fault, which names a line and no value. Whoever sets a source up
names the digest of what they were shown, so that nobody answers for another file.
"""

import re
from pathlib import Path

from app.api.messages.sources import AddSource, SourceRow, SourceRows
from app.backoffice import jobs
from app.backoffice.import_sources import KIND, SetUpSource, check_may_import, digest_of, set_up, sources
from app.backoffice.jobs import JobNow
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError, TiraiError
from app.sources.sql_declaration import SqlDeclaration, declaration_of

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MOST = 1_000
_NOTHING = bytes(32)


def source_rows(office: OpenOffice, session: Session, folder: Path) -> SourceRows:
    """All sources: those declared here, and those set up.

    Raises:
        NotAllowedError: the role imports nothing.
    """
    check_may_import(office, session)
    declared = {path.stem for path in folder.glob("*.toml") if _NAME.fullmatch(path.stem)}
    with office.database.reading() as db:
        known = {source.name: source for source in sources(db)}
        runs = {job.key: job for job in jobs.jobs_of(db, KIND)}
    names = sorted(declared | known.keys())[:_MOST]
    return SourceRows(sources=tuple(_row(folder, name, known.get(name), runs.get(name)) for name in names))


def add_source(office: OpenOffice, session: Session, folder: Path, request: AddSource) -> None:
    """Set a source up.

    Raises:
        NotAllowedError: the role imports nothing.
        InputRefusedError: there is no such declaration here, it cannot be used, or another one was seen.
    """
    check_may_import(office, session)
    raw = _raw(folder, request.name)
    if raw is None:
        raise InputRefusedError("This gateway has no declaration of that name.", code="no_source")
    if digest_of(raw) != request.digest:
        raise InputRefusedError("The declaration has changed since you saw it. Look again.", code="source_changed")
    set_up(office, session, request.name, raw, _declared(raw, request.name, folder).schedule)


def _row(folder: Path, name: str, known: SetUpSource | None, run: JobNow | None) -> SourceRow:
    raw = _raw(folder, name)
    fault, declared = "", None
    if raw is None:
        fault = "This gateway has no declaration of that name."
    else:
        try:
            declared = _declared(raw, name, folder)
        except TiraiError as error:
            fault = error.message
    digest = digest_of(raw) if raw is not None else _NOTHING
    return SourceRow(
        name=name,
        address=declared.address.shown if declared else "",
        reads=(declared.view or declared.query) if declared else "",
        schedule=_schedule(declared) if declared else "",
        digest=digest,
        fault=fault,
        set_up_by=known.set_up_by if known else "",
        has_changed=known is not None and known.digest != digest,
        due_ms=run.due_ms if run else 0,
        runs_at=run.taken_by if run else "",
        rows=run.progress if run else 0,
        ended_ms=(run.ended_ms or 0) if run else 0,
        error=run.error if run else "",
        said=run.said if run else "",
    )


def _raw(folder: Path, name: str) -> bytes | None:
    try:
        return (folder / f"{name}.toml").read_bytes()
    except OSError:
        return None


def _declared(raw: bytes, name: str, folder: Path) -> SqlDeclaration:
    try:
        declared = declaration_of(raw.decode("utf-8"), folder)
    except UnicodeDecodeError:
        raise InputRefusedError("The declaration is no UTF-8 text.", code="sql_declaration") from None
    if declared.name != name:
        raise InputRefusedError("The declaration's name is not its file's.", code="source_name")
    return declared


def _schedule(declared: SqlDeclaration) -> str:
    schedule = declared.schedule
    if schedule is None:
        return ""
    if schedule.at_min is not None:
        return f"at {schedule.at_min // 60:02}:{schedule.at_min % 60:02} {schedule.time_zone}"
    minutes = schedule.every_s // 60
    return f"every {minutes // 60}h" if minutes % 60 == 0 else f"every {minutes}m"
