"""What the book says at one moment: accounts, class keys, class grants, and what follows from them.

Changed by `take` alone, after `book_rules` has allowed the entry. Sets and accounts are replaced, never changed in
place: other threads go through them while an entry is taken over.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.auth.book_entry import Entry, Kind, State, class_parts, grant_parts, policy_number
from app.crypto.derive import sha256
from app.crypto.labels import lp
from app.domain.data_class import DataClass
from app.domain.role import Role

Holds = Callable[[Role], frozenset[DataClass]]
"""Which class keys a role may hold, as policy says."""


@dataclass(slots=True)
class BookState:
    """Where a replay stands.

    Attributes:
        holds: which class keys a role may hold.
        accounts: the newest entry of each account.
        classes: public halves of the class keys.
        held: the classes of each account.
        holding: the accounts of each class, the recovery account too.
        activations: every activation key that any entry ever named: none is taken twice.
        lost: classes that somebody has lost since their newest version.
        policy_version: number of the newest version of the policy, 0 where nobody has edited it.
        policy_mark: the mark of its text, 32 bytes, or empty.
        office: the entry of the back office.
    """

    holds: Holds
    accounts: dict[str, Entry] = field(default_factory=dict)
    classes: dict[tuple[DataClass, int], bytes] = field(default_factory=dict)
    held: dict[str, frozenset[DataClass]] = field(default_factory=dict)
    holding: dict[DataClass, frozenset[str]] = field(default_factory=dict)
    activations: frozenset[bytes] = frozenset()
    lost: frozenset[DataClass] = frozenset()
    policy_version: int = 0
    policy_mark: bytes = b""
    office: Entry | None = None

    def holders(self, data_class: DataClass) -> frozenset[str]:
        """The people who hold a class; the recovery account is none."""
        return self.holding.get(data_class, frozenset()) - {Role.RECOVERY.value}

    def recipients(self, data_class: DataClass) -> tuple[Entry, ...]:
        """The accounts to which a class's next key is sealed: who holds it, the recovery account too, by name."""
        return tuple(self.accounts[name] for name in sorted(self.holding.get(data_class, frozenset())))

    def recipients_mark(self, data_class: DataClass) -> bytes:
        """SHA-256(LP("class-recipients", account, HPKE public, ...)): what a class key's entry says of them."""
        return sha256(lp("class-recipients", *(part for e in self.recipients(data_class) for part in (e.name, e.kem))))

    def granted(self, name: str) -> frozenset[DataClass]:
        """The classes that an account holds."""
        return self.held.get(name, frozenset())

    def holds_all(self, name: str, role: str) -> bool:
        """Whether an account holds each class that its role may hold and that has a key."""
        wanted = self.holds(Role(role)) & {c for c, _version in self.classes}
        return bool(wanted) and wanted <= self.granted(name)

    def held_alone(self, name: str) -> frozenset[DataClass]:
        """The classes that nobody but this person holds."""
        alone = {name, Role.RECOVERY.value}
        return frozenset(c for c in self.granted(name) if self.holding[c] <= alone)

    def is_last_administrator(self, name: str) -> bool:
        """Whether no other account is an active administrator."""
        own = self.accounts.get(name)
        return own is not None and _administers(own) and sum(map(_administers, self.accounts.values())) == 1

    def class_version(self, data_class: DataClass) -> int:
        """The newest version of a class key, 0 where there is none."""
        return max((v for c, v in self.classes if c is data_class), default=0)

    def take(self, entry: Entry) -> None:
        """Take over an entry that was allowed."""
        match entry.kind:
            case Kind.OFFICE:
                self.office = entry
            case Kind.POLICY:
                self.policy_version, self.policy_mark = policy_number(entry.name), entry.activation
            case Kind.CLASS:
                data_class, version = class_parts(entry.name)
                self.classes = {**self.classes, (data_class, version): entry.kem}
                self.lost = self.lost - {data_class}
            case Kind.GRANT:
                name, data_class = grant_parts(entry.name)
                self.held[name] = self.granted(name) | {data_class}
                self.holding[data_class] = self.holding.get(data_class, frozenset()) | {name}
            case Kind.ACCOUNT:
                self.accounts = {**self.accounts, entry.name: entry}
                self.activations = self.activations | ({entry.activation} if entry.activation else set())
                self._drop_lost_grants(entry)

    def _drop_lost_grants(self, entry: Entry) -> None:
        kept = self.holds(Role(entry.role)) if entry.state == State.ACTIVE else frozenset()
        lost = self.granted(entry.name) - kept
        if not lost:
            return
        self.held[entry.name] = self.granted(entry.name) & kept
        for data_class in lost:
            self.holding[data_class] = self.holding[data_class] - {entry.name}
        self.lost = self.lost | lost


def _administers(entry: Entry) -> bool:
    return entry.state == State.ACTIVE and entry.role == Role.ADMINISTRATOR
