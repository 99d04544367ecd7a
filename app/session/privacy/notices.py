"""Privacy notices: drafts and published versions, what keeps a draft back, and the first draft from the inventory."""

from dataclasses import dataclass

from app.api.client import notices as calls
from app.api.messages.notices import DropNotice, NoticeRow, PublishNotice, WriteNotice
from app.domain.inventory import Inventory
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.notice_draft import draft
from app.domain.privacy.notice_lint import NoticeFault, lint
from app.session.identity import Identity, new_id


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """One version.

    Attributes:
        id: hex.
        notice: what it says.
        faults: what keeps it from being published, by this session's inventory.
        written_by, written_at: whose draft, and since when.
        published_by, published_at: by whom and when; None: a draft.
        may_publish: whether this person may publish it.
        is_in_force: whether customers are told this one now.
    """

    id: str
    notice: Notice
    faults: tuple[NoticeFault, ...]
    written_by: str
    written_at: float
    published_by: str = ""
    published_at: float | None = None
    may_publish: bool = False
    is_in_force: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.published_at is None


class Notices:
    """Notices for one session.

    Args:
        identity: who signed in.
        inventory: against which they are judged; the office judges again.
    """

    def __init__(self, identity: Identity, inventory: Inventory) -> None:
        self._identity, self._inventory = identity, inventory

    def listing(self) -> tuple[ShownNotice, ...]:
        """Drafts, then what was published, the newest first.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        rows = calls.rows(self._identity.client).notices
        newest = max((row.published_ms for row in rows if row.published_ms is not None), default=None)
        return tuple(self._shown(row, newest) for row in rows)

    def begin(self) -> str:
        """Write a first draft from the inventory; its id.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        id_ = new_id()
        told = draft(self._inventory, self._identity.policy, self._inventory.notice)
        calls.write(self._identity.client, WriteNotice(id=id_, text=told.as_json()))
        return id_.hex()

    def judge(self, notice: Notice) -> tuple[NoticeFault, ...]:
        """What keeps a notice back; asks nobody."""
        return lint(notice, self._inventory)

    def label(self, kind: str, name: str, language: str) -> str:
        """The label of a purpose or a field that a fault names; its name where there is none."""
        named = self._inventory.purposes if kind == "purpose" else self._inventory.fields
        return next((one.label(language) for one in named if one.name == name), name)

    def write(self, id_: str, notice: Notice) -> None:
        """Keep a draft.

        Raises:
            NotAllowedError: code `role_privacy` or `published`.
            InputRefusedError: code `notice_text`.
        """
        calls.write(self._identity.client, WriteNotice(id=bytes.fromhex(id_), text=notice.as_json()))

    def publish(self, shown: ShownNotice) -> None:
        """Publish what was read.

        Raises:
            NotAllowedError: code `own_notice`, `no_officer`, `published` or `changed`.
            InputRefusedError: code `notice_faults` or `no_notice`.
        """
        calls.publish(self._identity.client, PublishNotice(id=bytes.fromhex(shown.id), digest=shown.notice.digest))

    def drop(self, id_: str) -> None:
        """Take a draft away.

        Raises:
            NotAllowedError: code `published`.
            InputRefusedError: code `no_notice`.
        """
        calls.drop(self._identity.client, DropNotice(id=bytes.fromhex(id_)))

    def _shown(self, row: NoticeRow, newest: int | None) -> ShownNotice:
        notice, is_draft = notice_from(row.text), row.published_ms is None
        return ShownNotice(
            id=row.id.hex(),
            notice=notice,
            faults=lint(notice, self._inventory) if is_draft else (),
            written_by=row.written_by,
            written_at=row.written_ms / 1000,
            published_by=row.published_by,
            published_at=None if row.published_ms is None else row.published_ms / 1000,
            may_publish=row.may_publish,
            is_in_force=row.published_ms is not None and row.published_ms == newest,
        )
