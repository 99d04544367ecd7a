"""Routes about accounts, the book and class grants."""

from typing import Annotated

from fastapi import Depends, Query

from app.api.messages.accounts import Colleagues, GrantClasses, Invite, OwnGrants
from app.api.messages.book import BookPage
from app.api.messages.wire import MOST_ENTRIES, Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.auth.book_messages import entry_message
from app.backoffice import class_grants, sign_in

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


@router.get("/book")
def book(who: Who, after: Annotated[int, Query(ge=0, le=MOST_ENTRIES)] = 0) -> BookPage:
    """Entries of the book from a number on."""
    with who.office.database.lock:
        return BookPage(entries=tuple(entry_message(e) for e in who.office.book.entries[after:]))


@router.post("/accounts")
def invite(who: Who, body: Invite) -> Done:
    """Take an invitation."""
    who.service.enrolments.invite(who.session, body)
    return Done()


@router.get("/colleagues")
def colleagues(who: Who) -> Colleagues:
    """Accounts that wait for class keys."""
    return class_grants.waiting_colleagues(who.office, who.session)


@router.post("/class-grants")
def grant(who: Who, body: GrantClasses) -> Done:
    """Take class grants."""
    class_grants.grant_classes(who.office, who.session, body)
    who.service.feed.tell(Topic.COLLEAGUES)
    return Done()


@router.get("/class-grants/own")
def own_grants(who: Who) -> OwnGrants:
    """The class keys of whoever asks."""
    with who.office.database.reading() as db:
        return OwnGrants(grants=sign_in.own_grants(db, who.session.name))
