"""Routes about erasing and destroying customers, their certificates, and legal holds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.api.messages.erasure import (
    ApproveErasure,
    AskCustomer,
    AskNotices,
    Certificate,
    CertificatePdf,
    CustomerMark,
    EachNotices,
    ErasureDetail,
    ErasureProposed,
    ErasureRows,
    Holds,
    HoldSet,
    ProposeErasure,
    SayNoticesKept,
    SetHold,
)
from app.api.messages.wire import Done
from app.api.server.feed import Topic
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.erasure import holds, notices, orders, overview
from app.backoffice.erasure.running import go_on

router = APIRouter()
_erasures, _holds = office_router("/v1/erasures"), office_router("/v1/holds")
Who = Annotated[Asking, Depends(asking)]
PaperLanguage = Annotated[str, Path(pattern="^(en|id)$")]


@_erasures.get("")
def list_orders(who: Who) -> ErasureRows:
    """All orders; whoever looks takes those that run a step further."""
    _further(who)
    return overview.orders(who.office, who.session)


@_erasures.post("")
def propose(who: Who, body: ProposeErasure) -> ErasureProposed:
    """Propose an order."""
    with who.service.changing(Topic.ERASURES):
        return orders.propose(who.office, who.session, body)


@_erasures.post("/customer")
def customer(who: Who, body: AskCustomer) -> CustomerMark:
    """Which customer has a number."""
    return overview.customer(who.office, who.session, body)


@_erasures.get("/{key}")
def one_order(who: Who, key: PathId) -> ErasureDetail:
    """One order with its customers."""
    return overview.order(who.office, who.session, key)


@_erasures.post("/{key}/approve")
def approve(who: Who, key: PathId, body: ApproveErasure) -> Done:
    """Approve as the second person; it runs."""
    with who.service.changing(Topic.ERASURES):
        orders.approve(who.office, who.session, key, body)
    who.service.erasures.begin()
    return Done()


@_erasures.post("/{key}/letters")
def letters(who: Who, key: PathId, body: AskNotices) -> EachNotices:
    """The next letters to its people."""
    with who.service.changing(Topic.ERASURES):
        return notices.notices_to_each(who.office, who.session, key, body)


@_erasures.post("/{key}/letters/kept")
def letters_kept(who: Who, key: PathId, body: SayNoticesKept) -> Done:
    """They lie in a file; what waited for them goes on."""
    with who.service.changing(Topic.ERASURES):
        notices.notices_kept(who.office, who.session, key, body)
    who.service.erasures.begin()
    return Done()


@_erasures.delete("/{key}")
def drop(who: Who, key: PathId) -> Done:
    """Withdraw or refuse."""
    with who.service.changing(Topic.ERASURES):
        orders.drop(who.office, who.session, key)
    return Done()


@_erasures.get("/{key}/certificate")
def certificate(who: Who, key: PathId) -> Certificate:
    """The certificate of an order that is over."""
    return overview.certificate(who.office, who.session, key)


@_erasures.get("/{key}/certificate/{language}")
def certificate_paper(who: Who, key: PathId, language: PaperLanguage) -> CertificatePdf:
    """The same on paper."""
    return overview.certificate_paper(who.office, who.session, key, language)


@_holds.get("")
def standing_holds(who: Who) -> Holds:
    """Holds that stand."""
    return holds.standing_holds(who.office, who.session)


@_holds.post("")
def set_hold(who: Who, body: SetHold) -> HoldSet:
    """Hold a customer."""
    with who.service.changing(Topic.ERASURES):
        return HoldSet(id=holds.set_hold(who.office, who.session, body))


@_holds.delete("/{key}")
def lift_hold(who: Who, key: PathId) -> Done:
    """Lift a hold."""
    with who.service.changing(Topic.ERASURES):
        holds.lift_hold(who.office, who.session, key)
    return Done()


def _further(who: Asking) -> None:
    if go_on(who.office):
        who.service.tell_of_customers()


router.include_router(_erasures)
router.include_router(_holds)
