"""A book of an office in full work, for tests that write into it, and the demand that it refuses."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from app.auth.book import (
    ROOT,
    SELF,
    Book,
    BookError,
    Entry,
    Kind,
    Proposal,
    Signature,
    class_entry_name,
    grant_entry_name,
)
from app.crypto import signing
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.resource_files import resource_text

POLICY = load_policy(resource_text("policy", "default.toml"))
ROOT_SEED = signing.new_seed()


def kem(name: str) -> bytes:
    """A stand-in for an HPKE public half; the book looks at its size only."""
    return hashlib.shake_256(name.encode()).digest(1216)


class Writing:
    """A book of an office in full work, and the seeds of everybody in it."""

    def __init__(self) -> None:
        self.seeds: dict[str, bytes] = {ROOT: ROOT_SEED}
        self.book = Book(signing.public_of(ROOT_SEED), POLICY.holds)
        self.add(Kind.OFFICE, "office", ROOT, kem=kem("office"), sign=self.public("office"))
        self.account("recovery", Role.RECOVERY, ROOT)
        self.account("adi", Role.ADMINISTRATOR, ROOT)
        self.account("hendra", Role.SUPERVISOR, ROOT)
        for data_class in SEALED_CLASSES:
            self.add(Kind.CLASS, class_entry_name(data_class, 1), ROOT, kem=kem(f"{data_class}1"))
            for holder in ("recovery", "hendra"):
                self.add(Kind.GRANT, grant_entry_name(holder, data_class), ROOT)
        self.hire("ratna", Role.AGENT)
        self.grant("ratna", DataClass.CONTACT, "hendra")

    def public(self, name: str) -> bytes:
        return signing.public_of(self.seeds.setdefault(name, signing.new_seed()))

    def signed(self, entry: Entry, *signers: str, self_code: str = "") -> Entry:
        seeds = [(s, self.seeds[self_code if s == SELF else s]) for s in signers]
        return entry.signed(self.book.office, seeds)

    def add(self, kind: Kind, name: str, *signers: str, self_code: str = "", **rest: object) -> Entry:
        if kind is Kind.CLASS and signers != (ROOT,) and name.partition("#")[0] in SEALED_CLASSES:
            rest.setdefault("activation", self.book.recipients_mark(DataClass(name.partition("#")[0])))
        entry = self.signed(self.book.draft(kind, name, **rest), *signers, self_code=self_code)
        self.book.add(entry)
        return entry

    def account(self, name: str, role: Role, *signers: str) -> Entry:
        keys: Any = {"kem": kem(name), "sign": self.public(name)}
        return self.add(Kind.ACCOUNT, name, *signers, role=role.value, queues=("*",), state="active", **keys)

    def invite(self, name: str, role: Role, *signers: str, queues: tuple[str, ...] = ("billing",)) -> Entry:
        code = self.public(f"code of {name}")
        return self.add(Kind.ACCOUNT, name, *signers, role=role.value, queues=queues, state="invited", activation=code)

    def enrol(self, name: str, *, code: str = "", **change: object) -> Entry:
        old = self.book.account(name)
        assert old is not None
        keys: Any = {"kem": kem(name), "sign": self.public(name)}
        rest: Any = {"role": old.role, "queues": old.queues, "state": "active", **keys, **change}
        return self.add(Kind.ACCOUNT, name, SELF, self_code=code or f"code of {name}", **rest)

    def hire(self, name: str, role: Role) -> None:
        self.invite(name, role, "adi")
        self.enrol(name)

    def change(self, name: str, *signers: str, **change: object) -> Entry:
        """An account's newest entry with something changed."""
        old = self.book.account(name)
        assert old is not None
        same = ("role", "queues", "state", "kem", "sign", "activation")
        return self.add(Kind.ACCOUNT, name, *signers, **({n: getattr(old, n) for n in same} | change))

    def reset(self, name: str, *signers: str, self_code: str = "", **change: object) -> Entry:
        old = self.book.account(name)
        assert old is not None
        code = self.public(f"second code of {name}")
        rest: Any = {"role": old.role, "queues": old.queues, "state": "reset", "activation": code, **change}
        return self.add(Kind.ACCOUNT, name, *signers, self_code=self_code, **rest)

    def close(self, name: str, *signers: str) -> Entry:
        old = self.book.account(name)
        assert old is not None
        return self.add(Kind.ACCOUNT, name, *signers, role=old.role, queues=old.queues, state="closed")

    def grant(self, name: str, data_class: DataClass, *signers: str) -> Entry:
        return self.add(Kind.GRANT, grant_entry_name(name, data_class), *signers)

    def of_two(self, proposal: Proposal, proposer: str, confirmer: str, **consent: Any) -> Entry:
        """An entry that one signed as a proposal (`consent`: what they signed otherwise), and another as it stands."""
        said = replace(proposal, **consent)
        mark = said.signed_by(self.book.office, proposer, self.seeds[proposer])
        return self.confirmed(proposal, confirmer, mark)

    def confirmed(self, proposal: Proposal, confirmer: str, *consents: Signature) -> Entry:
        """The entry that comes next, of a proposal, signed whole by the confirmer."""
        signers = [(confirmer, self.seeds[confirmer])] if confirmer else []
        return self.book.draft_of(proposal).signed(self.book.office, signers, consents)

    def reset_of(self, name: str, code: str = "") -> Proposal:
        """What a reset of an account would say."""
        old = self.book.account(name)
        assert old is not None
        key = self.public(code or f"second code of {name}")
        return Proposal(Kind.ACCOUNT, name, old.role, old.queues, "reset", activation=key)

    def class_key(self, data_class: DataClass, version: int) -> Proposal:
        """What the next version of a class key would say."""
        name, mark = class_entry_name(data_class, version), self.book.recipients_mark(data_class)
        return Proposal(Kind.CLASS, name, kem=kem(f"{data_class}{version}"), activation=mark)


class Refusing:
    """Demands that the book refuses, and stays as it was."""

    def __init__(self, writing: Writing, match: str = "not allowed") -> None:
        self._writing, self._raises = writing, pytest.raises(BookError, match=match)
        self._before = (writing.book.length, writing.book.head, writing.book.accounts())

    def __enter__(self) -> None:
        self._raises.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        caught = self._raises.__exit__(kind, error, trace)  # type: ignore[arg-type]
        book = self._writing.book
        assert (book.length, book.head, book.accounts()) == self._before
        return bool(caught)
