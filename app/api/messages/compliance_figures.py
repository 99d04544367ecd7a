"""Messages of the figures of the office's proof. Numbers alone: no customer, and nobody's name."""

from typing import Annotated

from pydantic import Field

from app.api.messages.wire import Message

MOST_COLUMNS, MOST_PARTS = 36, 50


class FigurePart(Message):
    """One kind of what is counted, a number a column; its name in both languages where the inventory has one."""

    code: Annotated[str, Field(max_length=64)]
    label_en: Annotated[str, Field(max_length=200)] = ""
    label_id: Annotated[str, Field(max_length=200)] = ""
    counts: Annotated[tuple[Annotated[int, Field(ge=0, le=2**53)], ...], Field(max_length=MOST_COLUMNS)]


class FigureSeries(Message):
    """Columns (a month as `2026-11`, or a lesson's code), and the parts of which each is made."""

    columns: Annotated[tuple[Annotated[str, Field(max_length=32)], ...], Field(max_length=MOST_COLUMNS)]
    parts: Annotated[tuple[FigurePart, ...], Field(max_length=MOST_PARTS)]


class ComplianceFigures(Message):
    """Requests by month, consents in force by month, values that have to go by month, people by lesson."""

    requests: FigureSeries
    consents: FigureSeries
    ahead: FigureSeries
    training: FigureSeries
