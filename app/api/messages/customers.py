"""Messages about customers: pages of open fields and masks, and imports."""

from typing import Annotated

from pydantic import Field

from app.api.messages.wire import Blob, Id16, Key32, Message

SourceName = Annotated[str, Field(pattern="^[a-z][a-z0-9_-]{0,39}$")]
"""Name of a database that customers are read from."""

SourceMark = Annotated[str, Field(max_length=2048)]
"""How far it was read, in words of the one who reads it (`app/sources/sql_marks.py`)."""

MaskText = tuple[str, str, int]
"""Before the cloth, after it, pleats."""


class CustomerRow(Message):
    """One customer: open fields in the inventory's order, masks in the order of its sealed fields (None: empty).

    `last_contact_ms` is when somebody last finished a visit, ms since 1970, by the office (None: nobody yet).
    """

    id: int
    record: Id16
    number: str
    queue: str
    last_contact_ms: int | None = None
    open: tuple[str, ...]
    masks: tuple[MaskText | None, ...]


class CustomerPage(Message):
    """A page by id.

    Attributes:
        rows: customers above the id that was named.
        total: all that the account may see, if it was asked for; otherwise 0.
        change: how many changes of customers there had been; what came later is asked for from there.
    """

    rows: tuple[CustomerRow, ...]
    total: int
    change: int = 0


class CustomerChanges(Message):
    """What changed for a console behind a place in the sequence of changes.

    Attributes:
        rows: customers of the account's queues that came or changed, as they are now.
        gone: row numbers of customers that left these queues.
        place: where to go on: number of a change, and the row number in it.
        more: whether there is more at once.
        inventory: digest of the inventory by which the rows are laid out.
    """

    rows: tuple[CustomerRow, ...]
    gone: tuple[int, ...]
    place: tuple[int, int]
    more: bool
    inventory: Key32


class ImportBegin(Message):
    """What a file's header and options say.

    `source` is the name of a database that is read from where it was left.
    """

    header: tuple[Annotated[str, Field(max_length=4000)], ...] = Field(max_length=1000)
    mapping: str | None = Field(default=None, max_length=262_144)
    inventory: str | None = Field(default=None, max_length=262_144)
    queue: str | None = Field(default=None, max_length=200)
    dry_run: bool
    source: SourceName | None = None


class ImportBegun(Message):
    """The plan, and the process that takes the rows.

    Attributes:
        id: of the import.
        collected: labels of what comes in.
        not_collected: headers of what does not.
        socket: name of its process's socket, beside the office's.
        token: opens that socket to whoever began the import, and nothing else.
        mark: how far its source was read by the last import; empty where none was.
    """

    id: Id16
    collected: tuple[str, ...]
    not_collected: tuple[str, ...]
    socket: str = Field(pattern="^import-[0-9a-f]{16}$")
    token: Key32
    mark: SourceMark = ""


class ImportFate(Message):
    """What came of an import whose process is gone.

    Attributes:
        committed: whether all of it came in; otherwise none of it did.
        audit_entry: the entry that tells of it, or 0.
    """

    committed: bool
    audit_entry: int


class ImportRow(Message):
    """One untrusted row."""

    line: int = Field(ge=0, le=2**53)
    cells: tuple[Annotated[str, Field(max_length=1_048_576)], ...] = Field(max_length=10_000)


class ImportRows(Message):
    """Up to 1,000 rows.

    Attributes:
        rows: in the file's order.
        mark: with the last of them: how far the source was read. It is kept if the import comes in.
    """

    rows: tuple[ImportRow, ...] = Field(max_length=1000)
    mark: SourceMark = ""


class BadCell(Message):
    """A cell that is refused; never its value."""

    line: int
    column: str
    reason: str


class ImportProgress(Message):
    """How it goes."""

    rows: int
    bad: tuple[BadCell, ...]


class ImportDone(Message):
    """What came in, per queue, and how many accounts will see it; `kept_out` are rows of people who were erased."""

    rows: int
    new: int
    changed: int
    unchanged: int
    uncompared: int
    kept_out: int = 0
    queues: tuple[tuple[str, int, int], ...]
    audit_entry: int


class SealedPackage(Message):
    """What a console gets besides the share: the boxed data key and, for a reveal, the blob."""

    data_class: str
    version: int
    batch: Id16
    box: Blob
    check: Id16
    salt: Id16
