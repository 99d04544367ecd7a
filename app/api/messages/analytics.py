"""Messages about analytics exports: proposing, approving, making, and what came of them."""

from typing import Annotated

from pydantic import Field

from app.api.messages.since import since
from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Message
from app.domain.analytics.export_state import ExportState
from app.domain.analytics.settings import LONGEST_TEXT, MOST_QUASI

MOST_CUSTOMERS = 100_000_000
ROWS_AT_ONCE = 2_000


class ProposeExport(Message):
    """An export, signed by whoever proposes it (`app/auth/export_order.py`)."""

    id: Id16
    settings: str = Field(min_length=1, max_length=LONGEST_TEXT)
    proposed_ms: int = Field(ge=0, le=MOST_ENTRIES)
    signature: Blob


class ApproveExport(Message):
    """The second person's signature."""

    approval: Blob


class ExportRow(Message):
    """An export as it stands.

    Attributes:
        proposed_by, signature: who signed it, for whoever approves to check.
        until_ms: until when it may be approved and made.
        rows, exported, k, l, t_millionths: what it came to; 0 until it is done.
        found, learned: what the linkage test came to: people re-identified, and people of whom the sensitive value is
            certain.
        is_own: whether the asking person proposed it.
        held: how many customers were held back, since processing is restricted or objected to, as it was made; None:
            fewer than k, or it is not made.
    """

    id: Id16
    settings: str
    state: ExportState
    proposed_by: str
    proposed_ms: int
    signature: Blob
    until_ms: int
    decided_by: str
    ended_ms: int
    rows: int
    exported: int
    k: int
    l: int  # noqa: E741  (the measure's own name)
    t_millionths: int
    found: int
    learned: int
    is_own: bool
    held: Annotated[int | None, since(2), Field(ge=0, le=MOST_CUSTOMERS)] = None


class ExportRows(Message):
    """Exports, the newest first."""

    exports: tuple[ExportRow, ...]


class CoarseRow(Message):
    """One customer of an export: a pseudonym of this export alone, and coarse values in the order of its columns."""

    pseudonym: str
    values: tuple[str, ...] = Field(max_length=MOST_QUASI + 1)


class CoarseRows(Message):
    """Some customers.

    Attributes:
        after: where the next ones begin; None behind the last.
        held: with the last ones, how many customers are in none, since processing is restricted or objected to; None
            where they are fewer than the order's k.
    """

    rows: tuple[CoarseRow, ...] = Field(max_length=ROWS_AT_ONCE)
    after: int | None
    held: Annotated[int | None, since(2), Field(ge=0, le=MOST_CUSTOMERS)] = None


class EndExport(Message):
    """What an export came to; `ok` is whether its file stands, whole.

    `rows` is how many customers it was made of, `exported` how many are in it; `found` and `learned` are the linkage
    test's.
    """

    ok: bool
    rows: int = Field(default=0, ge=0, le=MOST_CUSTOMERS)
    exported: int = Field(default=0, ge=0, le=MOST_CUSTOMERS)
    k: int = Field(default=0, ge=0, le=MOST_CUSTOMERS)
    l: int = Field(default=0, ge=0, le=MOST_CUSTOMERS)  # noqa: E741  (the measure's own name)
    t_millionths: int = Field(default=0, ge=0, le=1_000_000)
    found: int = Field(default=0, ge=0, le=MOST_CUSTOMERS)
    learned: int = Field(default=0, ge=0, le=MOST_CUSTOMERS)
