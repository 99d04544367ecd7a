"""Messages of privacy notices."""

from pydantic import Field

from app.api.messages.wire import MOST_ENTRIES, Id16, Key32, Message

LONGEST = 200_000


class WriteNotice(Message):
    """A draft: `text` is a notice as `app.domain.privacy.notice` writes it."""

    id: Id16
    text: str = Field(min_length=1, max_length=LONGEST)


class PublishNotice(Message):
    """Publish what was read: the text with this digest."""

    id: Id16
    digest: Key32


class DropNotice(Message):
    """Take a draft away."""

    id: Id16


class NoticeRow(Message):
    """One version.

    Attributes:
        text: the notice.
        may_publish: whether this person is somebody else than who wrote it, and one of the two a privacy officer.
        published_ms: when it was published; None: a draft.
    """

    id: Id16
    text: str = Field(max_length=LONGEST)
    digest: Key32
    written_by: str = Field(max_length=64)
    written_ms: int = Field(ge=0, le=MOST_ENTRIES)
    published_by: str = Field(max_length=64)
    published_ms: int | None = Field(default=None, ge=0, le=MOST_ENTRIES)
    may_publish: bool


class NoticeTold(Message):
    """Which notice whoever is taken down is told of.

    Attributes:
        code: of the published one in force, else what the inventory names.
        digest: of its text; None: none is published.
    """

    code: str = Field(max_length=32)
    digest: Key32 | None


class NoticeRows(Message):
    """Drafts, then what was published, the newest first."""

    notices: tuple[NoticeRow, ...] = Field(max_length=50)
