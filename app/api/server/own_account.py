"""Routes about one's own account, and about the throttle that a supervisor releases."""

from typing import Annotated

from fastapi import Depends, Query

from app.api.messages import own_account as messages
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import own_account, own_password, release

router = office_router("/v1")
Who = Annotated[Asking, Depends(asking)]


@router.get("/own")
def own(who: Who) -> messages.OwnAccount:
    """What the office knows of one's own factors."""
    return own_account.own_account(who.office, who.session)


@router.get("/own/sign-ins")
def sign_ins(who: Who, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> messages.OwnSignIns:
    """Own sign-ins and failed tries."""
    return own_account.own_sign_ins(who.office, who.session, limit)


@router.get("/own/sessions")
def running(who: Who) -> messages.OwnSessions:
    """Own running sessions."""
    return own_account.own_sessions(who.office, who.session)


@router.post("/own/sessions/end-others")
def end_others(who: Who) -> messages.OthersEnded:
    """End every own session but this one."""
    with who.service.changing(Topic.ACCOUNTS):
        return own_account.end_other_sessions(who.office, who.session)


@router.get("/own/password")
def profile(who: Who) -> messages.Profile:
    """What a new password is derived with here."""
    cost = who.service.office.front_door.profile
    return messages.Profile(cost=(cost.memory_kib, cost.passes, cost.lanes))


@router.put("/own/password")
def change_password(who: Who, body: messages.NewPassword) -> messages.FreshToken:
    """Take another password."""
    return messages.FreshToken(token=own_password.change_password(who.service.office, who.session, body))


@router.put("/own/password/parameters")
def strengthen_password(who: Who, body: messages.NewPassword) -> Done:
    """Take the same password under stronger parameters."""
    own_password.strengthen_password(who.service.office, who.session, body)
    return Done()


@router.post("/own/authenticator")
def authenticator_begin(who: Who, body: messages.AuthenticatorBegin) -> messages.AuthenticatorBegun:
    """Begin to replace the authenticator."""
    return who.service.authenticators.begin(who.session, body)


@router.post("/own/authenticator/finish")
def authenticator_finish(who: Who, body: messages.AuthenticatorFinish) -> Done:
    """Take the new authenticator."""
    who.service.authenticators.finish(who.session, body)
    return Done()


@router.post("/own/recovery-codes")
def recovery_codes(who: Who, body: messages.NewRecoveryCodes) -> messages.RecoveryCodes:
    """Make new recovery codes."""
    return own_account.new_recovery_codes(who.office, who.session, body)


@router.get("/throttled")
def throttled(who: Who) -> messages.ThrottledAccounts:
    """Accounts that wait."""
    return release.throttled_accounts(who.service.office, who.session)


@router.post("/throttled/release")
def release_throttle(who: Who, body: messages.ReleaseThrottle) -> Done:
    """Let an account try again at once."""
    release.release_throttle(who.service.office, who.session, body.account)
    who.service.feed.tell(Topic.ACCOUNTS)
    return Done()
