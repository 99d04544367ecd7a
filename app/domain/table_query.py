"""What a table of customers shows: which of them, in which order, in which columns.

`by` names a column by its key: a role (`name`, `number`, `city`, `queue`, `ticket`, `last_contact`, `phone`), or a
field of the inventory.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import TiraiError


@dataclass(frozen=True, slots=True)
class Sort:
    """In the order of a column; rows without a value come last, upwards and downwards."""

    by: str
    is_down: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """Rows whose value is one of these; the empty text stands for none."""

    by: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Rows whose day lies in a span.

    Attributes:
        first, last: ISO days that still count; empty: no bound.
        with_none: whether rows without a day count, too.
    """

    by: str
    first: str = ""
    last: str = ""
    with_none: bool = False


Filter = Among | Between


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Which customers, in which order.

    Attributes:
        text: what was typed, as in every search.
        queue: of one queue, or of all.
        filters: all of them hold.
        sort: None: those whose name begins with the text first, else as they came.
    """

    text: str = ""
    queue: str | None = None
    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """By which columns it filters and sorts."""
        return (*(asked.by for asked in self.filters), *(() if self.sort is None else (self.sort.by,)))

    @property
    def asks(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.text.strip() or self.queue is not None or self.filters)


class OrderLackingError(TiraiError):
    """Sorting or filtering by some columns takes a while to make ready; it is made when it is asked for.

    Attributes:
        columns: their keys.
    """

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__("Make these columns ready to sort and filter first.", code="order_lacking")
        self.columns = columns


class FilterKind(StrEnum):
    """How a column is filtered."""

    NONE = "none"
    AMONG = "among"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column that a table may have.

    Attributes:
        key: its name in queries, settings and saved views.
        label: in the language of the screen.
        kind: the kind of its field, for how a value is written.
        filter: how it is filtered.
        is_masked: whether it shows masks behind a small curtain.
        is_usual: whether it is shown until somebody chooses otherwise.
    """

    key: str
    label: str
    kind: str
    filter: FilterKind = FilterKind.NONE
    is_masked: bool = False
    is_usual: bool = True
