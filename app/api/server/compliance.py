"""Routes of the office's proof: controls with their evidence, and the documents made of them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends

from app.api.messages.compliance import (
    MOST_PARTS,
    AskComplianceDocument,
    AskControls,
    AskPack,
    ComplianceDocument,
    Controls,
    ControlState,
    ProofFar,
)
from app.api.messages.compliance_figures import ComplianceFigures, FigurePart, FigureSeries
from app.api.messages.wire import Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.compliance.documents import assessment, pack, review
from app.backoffice.compliance.figures import figures
from app.backoffice.compliance.reports import controls_now, report
from app.domain.compliance.figures import Part, Series
from app.domain.compliance.finding import Finding
from app.domain.inventory import Purpose

router = office_router("/v1/privacy/compliance")
Who = Annotated[Asking, Depends(asking)]
_MAKES = {"report": report, "review": review, "assessment": assessment}


@router.post("/controls")
def controls(who: Who, body: AskControls) -> Controls:
    """Each control as it stands now."""
    with who.service.readings.begun(who.session.id, body.id) as reading:
        found = controls_now(who.office, who.session, reading.tell)
    return Controls(controls=tuple(map(_state, found)))


@router.get("/looks/{key}")
def how_far(who: Who, key: PathId) -> ProofFar:
    """How far it is what this session waits for."""
    reading = who.service.readings.how_far(who.session.id, key)
    return ProofFar(done=min(reading.done, MOST_PARTS), total=min(reading.total, MOST_PARTS))


@router.delete("/looks/{key}")
def stop(who: Who, key: PathId) -> Done:
    """Stop what this session does not wait for any more."""
    who.service.readings.stop(who.session.id, key)
    return Done()


@router.get("/figures")
def figures_over_time(who: Who) -> ComplianceFigures:
    """How the office has kept its duties over the months, and what is ahead."""
    found, purposes = figures(who.office, who.session), {one.name: one for one in who.office.inventory.purposes}
    return ComplianceFigures(
        requests=_series(found.requests, purposes),
        consents=_series(found.consents, purposes),
        ahead=_series(found.ahead, purposes),
        training=_series(found.training, purposes),
    )


def _series(series: Series, purposes: Mapping[str, Purpose]) -> FigureSeries:
    return FigureSeries(columns=series.columns, parts=tuple(_part(one, purposes.get(one.code)) for one in series.parts))


def _part(part: Part, purpose: Purpose | None) -> FigurePart:
    english, indonesian = (purpose.label("en"), purpose.label("id")) if purpose is not None else ("", "")
    return FigurePart(code=part.code, label_en=english, label_id=indonesian, counts=part.counts)


@router.post("/document")
def document(who: Who, body: AskComplianceDocument) -> ComplianceDocument:
    """A document of the office's proof."""
    with who.service.readings.begun(who.session.id, body.id) as reading:
        content, entry = _MAKES[body.kind](who.office, who.session, body.language, body.form, reading.tell)
    return ComplianceDocument(content=content, entry=entry)


@router.post("/pack")
def evidence_pack(who: Who, body: AskPack) -> ComplianceDocument:
    """All of it in one file that the office signs."""
    with who.service.readings.begun(who.session.id, body.id) as reading:
        content, entry = pack(who.office, who.session, body.language, reading.tell)
    return ComplianceDocument(content=content, entry=entry)


def _state(one: Finding) -> ControlState:
    control, found = one.control, one.found
    return ControlState(
        source=control.source.value,
        article=control.article,
        evidence=control.evidence,
        asks_en=control.en,
        asks_id=control.id,
        is_met=found.is_met,
        shown_en=found.en,
        shown_id=found.id,
        at_ms=one.at_ms,
    )
