"""The next version of a class key, as far as the office goes: grants that come with its proposal, and its beginning.

The office cannot open the grants; it keeps them with the proposal and hands them out once the book has taken the key.
What a proposal is, and who confirms it, stands in `proposals`; how data keys follow, in `resealing`.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from app.api.messages.proposals import SealedTo
from app.auth.book_entry import Entry, Proposal, class_parts
from app.backoffice import schema
from app.backoffice.class_versions import drop_unused_grants
from app.backoffice.office import OpenOffice
from app.backoffice.resealing import forget_unchecked
from app.domain.errors import InputRefusedError


def check_class_key(office: OpenOffice, said: Entry | Proposal, grants: Iterable[SealedTo]) -> None:
    """Whether a class key is the next one, and comes sealed to exactly those whom the book shows holding the class.

    Raises:
        BookError: code `holders_changed`: another version is next, or others hold the class.
        InputRefusedError: the grants are not those that the key names.
    """
    office.book.check_class_key(said)
    data_class, _version = class_parts(said.name)
    if sorted(g.account for g in grants) != [e.name for e in office.book.recipients(data_class)]:
        raise InputRefusedError("A class key comes sealed to each who holds the class, and to nobody else.")


def begin_version(office: OpenOffice, db: Connection, entry: Entry, grants: Iterable[SealedTo], **who: str) -> None:
    """Put the grants of a class key in their place, in the transaction in which the book took it.

    Args:
        office: the open office; its book has the entry.
        db: a connection in `OpenOffice.writing`.
        entry: the class key's entry.
        grants: what came with its proposal.
        who: who confirmed and who proposed, for the log.
    """
    data_class, version = class_parts(entry.name)
    rows = [
        {"account": g.account, "data_class": data_class.value, "version": version, "sealed": g.sealed} for g in grants
    ]
    db.execute(schema.class_grants.insert(), rows)
    forget_unchecked(db, data_class)
    detail = f"version={version} grants={len(rows)}"
    office.log.append(db, "class.key", data_class=data_class.value, detail=detail, **who)
    drop_unused_grants(office, db, data_class)
