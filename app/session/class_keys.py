"""Passing class keys on: what a holder's console does for a new colleague, and when a class gets its next key."""

from app.api.messages.accounts import GrantClasses
from app.api.messages.door import SealedClassKey
from app.api.messages.proposals import SealedTo
from app.auth.book import Kind, Proposal, class_entry_name, grant_entry_name
from app.auth.book_messages import entry_message
from app.crypto import hpke
from app.crypto.grants import seal_class_key
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
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

    def act() -> tuple[DataClass, ...]:
        missing = identity.book.missing(account)
        return _grant(identity, account, [c for c in DataClass if c in missing and identity.holds(c)])

    return identity.signing_into_book(act)


def grant_again(identity: Identity, account: str) -> tuple[DataClass, ...]:
    """Seal the class keys that an account holds to it again: what it was given once does not open, or is damaged.

    Returns:
        The classes, of those that are held here.

    Raises:
        InputRefusedError: the account holds none of them.
        NotAllowedError: the step-up is over, or a version is not here.
        BookError: the account is not active.
    """

    def act() -> tuple[DataClass, ...]:
        granted = identity.book.granted(account)
        return _grant(identity, account, [c for c in DataClass if c in granted and identity.holds(c)])

    return identity.signing_into_book(act)


def _grant(identity: Identity, account: str, classes: list[DataClass]) -> tuple[DataClass, ...]:
    to = identity.book.active(account)
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


def next_class_key(identity: Identity, data_class: DataClass) -> tuple[Proposal, tuple[SealedTo, ...]]:
    """Make the next key of a class, sealed to each account that the book shows holding it, and to recovery.

    Public keys come from the book alone. The secret is forgotten here: whoever made it gets it back like everybody, by
    a grant, once the key stands in the book.

    Returns:
        What the book's entry will say, and the grants.

    Raises:
        NotAllowedError: the class is not held here.
    """
    book, secret = identity.book, hpke.new_secret()
    if data_class not in book.granted(identity.account):
        raise NotAllowedError("You do not hold this class.", code="no_class_key")
    version = book.class_version(data_class) + 1
    grants = tuple(
        SealedTo(
            account=to.name,
            sealed=seal_class_key(to.kem, secret, identity.office, to.name, data_class.value, version),
        )
        for to in book.recipients(data_class)
    )
    name, mark = class_entry_name(data_class, version), book.recipients_mark(data_class)
    return Proposal(Kind.CLASS, name, kem=hpke.public_of(secret), activation=mark), grants
