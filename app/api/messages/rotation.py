"""Messages about class keys: their states, and the chunks in which data keys move to the next version."""

from typing import Annotated

from pydantic import Field

from app.api.messages.wire import Blob, Id16, Key32, Message

MOST_BOXES = 500
"""Data keys in one chunk."""

Version = Annotated[int, Field(ge=1, le=1_000_000)]
ClassName = Annotated[str, Field(pattern="^(contact|identity|financial|special|note)$")]


class ClassKeyState(Message):
    """One class key.

    Attributes:
        version: the newest version, to which new data keys are boxed.
        in_use: versions that a box still needs, the newest included.
        current: data keys boxed to the newest version.
        waiting: data keys that wait to be sealed anew.
        unchecked: data keys whose new box nobody else has opened yet.
        stuck: of those that wait, how many the last session could not open.
        proposed_by: account whose proposal of the next version waits for an administrator, or empty.
    """

    data_class: ClassName
    version: Version
    in_use: tuple[int, ...]
    current: int
    waiting: int
    unchecked: int
    stuck: int
    proposed_by: str


class ClassKeyStates(Message):
    """Every class key."""

    states: tuple[ClassKeyState, ...]


class Boxed(Message):
    """A boxed data key."""

    batch: Id16
    version: Version
    box: Blob
    check: Id16


class Chunk(Message):
    """Data keys of one class to seal anew or to check, and how many there are in all; none: nothing is left to do."""

    version: Version
    boxes: tuple[Boxed, ...] = Field(max_length=MOST_BOXES)
    left: int


class NewBox(Message):
    """A data key's box under the newest class key."""

    batch: Id16
    box: Blob


class Resealed(Message):
    """A chunk sealed anew, signed by the session: new boxes, and batches whose old box did not open."""

    data_class: ClassName
    version: Version
    boxes: tuple[NewBox, ...] = Field(max_length=MOST_BOXES)
    stuck: tuple[Id16, ...] = Field(max_length=MOST_BOXES)
    signature: Blob


class JudgedBox(Message):
    """One new box, by its digest."""

    batch: Id16
    digest: Key32


class Checked(Message):
    """A chunk of new boxes opened by another session, and signed by it."""

    data_class: ClassName
    version: Version
    good: tuple[JudgedBox, ...] = Field(max_length=MOST_BOXES)
    bad: tuple[JudgedBox, ...] = Field(max_length=MOST_BOXES)
    signature: Blob


class Taken(Message):
    """How many of a chunk counted: what somebody else did meanwhile does not."""

    taken: int
