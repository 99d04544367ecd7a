"""Routes of privacy notices."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.notices import DropNotice, NoticeRow, NoticeRows, NoticeTold, PublishNotice, WriteNotice
from app.api.messages.wire import Done
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.privacy.notices import drop, listed, may_publish, publish, told, write

router = office_router("/v1/privacy/notices")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def rows(who: Who) -> NoticeRows:
    """Drafts and published versions."""
    return NoticeRows(
        notices=tuple(
            NoticeRow(
                id=row.id,
                text=row.text,
                digest=row.digest,
                written_by=row.written_by,
                written_ms=row.written_ms,
                published_by=row.published_by,
                published_ms=row.published_ms,
                may_publish=may_publish(who.office, who.session, row.written_by),
            )
            for row in listed(who.office, who.session)
        )
    )


@router.get("/told")
def told_now(who: Who) -> NoticeTold:
    """Which notice whoever is taken down is told of."""
    code, digest = told(who.office, who.session)
    return NoticeTold(code=code, digest=digest)


@router.post("")
def write_draft(who: Who, body: WriteNotice) -> Done:
    """Write a draft, or write it anew."""
    write(who.office, who.session, body.id, body.text)
    return Done()


@router.post("/publish")
def publish_draft(who: Who, body: PublishNotice) -> Done:
    """Publish what somebody else wrote."""
    publish(who.office, who.session, body.id, body.digest)
    return Done()


@router.post("/drop")
def drop_draft(who: Who, body: DropNotice) -> Done:
    """Take a draft away."""
    drop(who.office, who.session, body.id)
    return Done()
