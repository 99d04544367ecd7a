"""Passing class keys on: what a holder's console does for a new colleague."""

from app.api.messages.accounts import GrantClasses
from app.api.messages.door import SealedClassKey
from app.auth.book import Kind, grant_entry_name
from app.auth.book_messages import entry_message
from app.crypto.grants import seal_class_key
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.role import Role
from app.session.identity import Identity
from app.session.shown import NewColleague


def colleagues(identity: Identity) -> list[NewColleague]:
    """Accounts that wait for classes which this person holds.

    Raises:
        NotAllowedError: the role grants no classes.
    """
    return [
        NewColleague(c.account, c.display_name, Role(c.role), tuple(DataClass(k) for k in c.classes))
        for c in identity.client.colleagues().colleagues
    ]


def grant_classes(identity: Identity, account: str) -> tuple[DataClass, ...]:
    """Grant what an account's role may hold and it does not, of the classes held here.

    Public keys come from the book alone. Each version of a class key that something still needs goes along.

    Returns:
        The classes.

    Raises:
        InputRefusedError: nothing is missing.
        NotAllowedError: the step-up is over, or a version is not here.
        BookError: the account is not active.
    """
    return identity.signing_into_book(lambda: _grant(identity, account))


def _grant(identity: Identity, account: str) -> tuple[DataClass, ...]:
    to = identity.book.active(account)
    missing = identity.book.missing(account)
    classes = [c for c in DataClass if c in missing and identity.holds(c)]
    if not classes:
        raise InputRefusedError("This account has every class that you can hand on.")
    in_use = {DataClass(s.data_class): s.in_use for s in identity.client.class_keys().states}
    secrets = {(c, v): identity.class_key(c, v) for c in classes for v in in_use[c]}
    entries, keys = [], []
    for data_class in classes:
        draft = identity.book.draft(Kind.GRANT, grant_entry_name(account, data_class))
        entry = draft.signed(identity.office, [(identity.account, identity.keys.seed)])
        identity.book.add(entry)
        entries.append(entry_message(entry))
        for version in in_use[data_class]:
            secret = secrets[data_class, version]
            sealed = seal_class_key(to.kem, secret, identity.office, account, data_class.value, version)
            keys.append(SealedClassKey(data_class=data_class.value, version=version, sealed=sealed))
    try:
        identity.client.grant(GrantClasses(account=account, entries=tuple(entries), keys=tuple(keys)))
    except BaseException:
        identity.forget_entries(len(entries))
        raise
    return tuple(classes)
