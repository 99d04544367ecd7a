"""Routes about class keys: their states, and the chunks in which data keys move to the next version."""

from typing import Annotated

from fastapi import Depends, Query

from app.api.messages.rotation import MOST_BOXES, Checked, Chunk, ClassKeyStates, ClassName, Resealed, Taken
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice import class_versions, resealing
from app.domain.data_class import DataClass

router = office_router("/v1/class-keys")
Who = Annotated[Asking, Depends(asking)]
Limit = Annotated[int, Query(ge=1, le=MOST_BOXES)]


@router.get("")
def states(who: Who) -> ClassKeyStates:
    """How far each class key's rotation has come."""
    return class_versions.class_key_states(who.office, who.session)


@router.get("/{data_class}/boxes")
def boxes(who: Who, data_class: ClassName, limit: Limit = MOST_BOXES) -> Chunk:
    """Boxes to seal anew."""
    return resealing.chunk_to_reseal(who.office, who.session, DataClass(data_class), limit)


@router.post("/boxes")
def resealed(who: Who, body: Resealed) -> Taken:
    """Take boxes sealed anew."""
    return resealing.take_resealed(who.office, who.session, body)


@router.get("/{data_class}/new-boxes")
def new_boxes(who: Who, data_class: ClassName, limit: Limit = MOST_BOXES) -> Chunk:
    """New boxes to check."""
    return resealing.chunk_to_check(who.office, who.session, DataClass(data_class), limit)


@router.post("/new-boxes")
def checked(who: Who, body: Checked) -> Taken:
    """Take the word of another session on new boxes."""
    return resealing.take_checked(who.office, who.session, body)
