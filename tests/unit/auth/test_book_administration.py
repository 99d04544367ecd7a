"""What administrators may do to accounts, what they may not, and what becomes due by it."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.auth.book import SELF, BookError, Kind, State, class_entry_name, grant_entry_name
from app.crypto import signing
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.role import Role
from tests.unit.auth.written_book import Refusing, Writing, kem


@pytest.fixture
def writing() -> Writing:
    return Writing()


def hire_second_supervisor(writing: Writing) -> None:
    writing.hire("dewi", Role.SUPERVISOR)
    for data_class in SEALED_CLASSES:
        writing.grant("dewi", data_class, "hendra")


# a new activation code


def again(writing: Writing, name: str, *signers: str, code: str = "another code", **change: Any) -> None:
    writing.change(name, *signers, **{"activation": writing.public(code), **change})


def test_that_one_who_has_not_come_gets_another_code_and_the_old_one_is_dead(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    again(writing, "budi", "adi")
    with Refusing(writing, "not signed by self"):
        writing.enrol("budi")
    writing.enrol("budi", code="another code")


def test_that_a_code_which_the_book_has_seen_is_taken_for_nobody(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    for old in ("code of budi", "code of ratna"):
        with Refusing(writing):
            again(writing, "budi", "adi", code=old)
        with Refusing(writing):
            writing.reset("budi", "adi", "hendra", activation=writing.public(old))
        with Refusing(writing):
            writing.add(
                Kind.ACCOUNT, "citra", "adi", role="agent", queues=("*",), state="invited",
                activation=writing.public(old),
            )  # fmt: skip


def test_that_not_even_the_root_takes_a_code_twice(writing: Writing) -> None:
    with Refusing(writing):
        writing.reset("ratna", "root", activation=writing.public("code of ratna"))


@pytest.mark.parametrize("who", ["hendra", "ratna", SELF])
def test_that_nobody_else_gives_a_new_code(writing: Writing, who: str) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    with pytest.raises(BookError):
        writing.change("budi", who, activation=writing.public("x")) if who != SELF else writing.add(
            Kind.ACCOUNT, "budi", SELF, self_code="code of budi", role="agent", queues=("billing",), state="invited",
            activation=writing.public("x"),
        )  # fmt: skip


@pytest.mark.parametrize("change", [{"role": "supervisor"}, {"queues": ("*",)}])
def test_that_a_new_code_moves_nobody(writing: Writing, change: dict[str, Any]) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    with Refusing(writing):
        again(writing, "budi", "adi", **change)


@pytest.mark.parametrize("state", ["active", "reset", "closed"])
def test_that_an_administrator_alone_gives_a_code_to_nobody_who_was_there(writing: Writing, state: str) -> None:
    if state == "reset":
        writing.reset("ratna", "adi", "hendra")
    if state == "closed":
        writing.close("ratna", "adi")
    for wanted in ("invited", "reset"):
        with Refusing(writing):
            again(writing, "ratna", "adi", state=wanted, kem=b"", sign=b"")


# nobody oneself, and no gap


def test_that_nobody_moves_or_closes_oneself(writing: Writing) -> None:
    writing.hire("sinta", Role.ADMINISTRATOR)
    with Refusing(writing):
        writing.change("adi", "adi", role="supervisor")
    with Refusing(writing):
        writing.change("adi", "adi", "hendra", queues=("billing",))
    with Refusing(writing):
        writing.close("adi", "adi")
    writing.close("adi", "sinta")


def test_that_the_last_administrator_stays(writing: Writing) -> None:
    writing.hire("sinta", Role.ADMINISTRATOR)
    writing.close("adi", "sinta")
    assert writing.book.is_last_administrator("sinta")
    with Refusing(writing, "nobody known"):
        writing.close("sinta", "adi")
    with Refusing(writing):
        writing.close("sinta", "sinta")
    with Refusing(writing):
        writing.change("sinta", "sinta", role="agent")
    with Refusing(writing):
        writing.reset("sinta", "hendra", "ratna")


def test_that_a_role_change_leaves_no_class_without_a_holder(writing: Writing) -> None:
    with Refusing(writing):
        writing.change("hendra", "adi", role="agent")
    writing.hire("dewi", Role.SUPERVISOR)
    for data_class in (DataClass.IDENTITY, DataClass.FINANCIAL):
        writing.grant("dewi", data_class, "hendra")
    with Refusing(writing):
        writing.change("hendra", "adi", role="agent")
    writing.grant("dewi", DataClass.SPECIAL, "hendra")
    writing.change("hendra", "adi", role="agent")  # of note and contact nobody loses anything
    assert writing.book.granted("hendra") == {DataClass.CONTACT, DataClass.NOTE}


def test_that_a_last_holder_may_change_queues(writing: Writing) -> None:
    writing.change("hendra", "adi", queues=("billing",))
    assert writing.book.held_alone("hendra") == set(SEALED_CLASSES) - {DataClass.CONTACT}


def test_that_a_last_holder_can_be_reset_by_two(writing: Writing) -> None:
    """Whoever has lost the password has lost the class already; the recovery kit opens it again."""
    writing.hire("sinta", Role.ADMINISTRATOR)
    writing.reset("hendra", "adi", "sinta")
    assert DataClass.SPECIAL in writing.book.rotation_due


def test_that_closing_is_done_once_and_moves_nobody(writing: Writing) -> None:
    with Refusing(writing):
        writing.add(Kind.ACCOUNT, "ratna", "adi", role="supervisor", queues=("*",), state="closed")
    with Refusing(writing):
        writing.add(
            Kind.ACCOUNT, "ratna", "adi", role="agent", queues=("billing",), state="closed",
            activation=writing.public("x"),
        )  # fmt: skip
    writing.close("ratna", "adi")
    with Refusing(writing):
        writing.close("ratna", "adi")


def test_that_a_closed_account_is_opened_by_two_and_a_new_code(writing: Writing) -> None:
    writing.close("ratna", "adi")
    with Refusing(writing):
        writing.reset("ratna", "adi")
    writing.reset("ratna", "adi", "hendra")
    writing.enrol("ratna", code="second code of ratna")
    assert writing.book.granted("ratna") == frozenset()


# rotation


def test_that_nothing_is_due_in_a_fresh_office(writing: Writing) -> None:
    assert writing.book.rotation_due == ()
    writing.hire("budi", Role.AGENT)
    writing.change("ratna", "adi", queues=("delivery",))
    assert writing.book.rotation_due == ()


@pytest.mark.parametrize("how", ["close", "reset", "role"])
def test_that_a_class_is_due_where_somebody_lost_it(writing: Writing, how: str) -> None:
    hire_second_supervisor(writing)
    match how:
        case "close":
            writing.close("dewi", "adi")
        case "reset":
            writing.reset("dewi", "adi", "hendra")
        case "role":
            writing.change("dewi", "adi", role="agent")
    lost = set(SEALED_CLASSES) - ({DataClass.CONTACT, DataClass.NOTE} if how == "role" else set())
    assert set(writing.book.rotation_due) == lost


def test_that_a_new_version_settles_it_until_the_next_loss(writing: Writing) -> None:
    writing.close("ratna", "adi")
    assert list(writing.book.rotation_due) == [DataClass.CONTACT]
    writing.book.add(writing.of_two(writing.class_key(DataClass.CONTACT, 2), "hendra", "adi"))
    assert not writing.book.rotation_due
    writing.hire("budi", Role.AGENT)
    writing.grant("budi", DataClass.CONTACT, "hendra")
    writing.close("budi", "adi")
    assert writing.book.rotation_due == (DataClass.CONTACT,)


def test_that_closing_one_who_held_nothing_makes_nothing_due(writing: Writing) -> None:
    writing.hire("budi", Role.AGENT)
    writing.close("budi", "adi")
    assert writing.book.rotation_due == ()


# one administrator, who signs whatever they like with every key that they can come by

NAMES = ("adi", "hendra", "ratna", "fake", "other")
LUCK = st.randoms(use_true_random=False)


def some_move(luck: random.Random, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Kind, name, role, state, class, who signs what (the whole entry, or its proposal), whether the place is kept."""
    signers = {who: luck.random() < 0.7 for who in luck.sample(("adi", "adi", "fake", "other", SELF), 2)}
    return (
        luck.choice(("account", "account", "account", "class", "grant")),
        luck.choice(names),
        luck.choice(list(Role)).value,
        luck.choice(list(State)).value,
        luck.choice(SEALED_CLASSES),
        signers,
        luck.random() < 0.7,
    )


def attempt(writing: Writing, mine: dict[str, bytes], move: tuple[Any, ...]) -> None:
    """One entry, signed by keys of `mine`; what the book takes counts."""
    kind, name, role, state, data_class, signers, keep = move
    book, old = writing.book, writing.book.account(name)
    match kind:
        case "class":
            draft = book.draft(
                Kind.CLASS,
                class_entry_name(data_class, book.class_version(data_class) + 1),
                kem=kem("m"),
                activation=book.recipients_mark(data_class),
            )
        case "grant":
            draft = book.draft(Kind.GRANT, grant_entry_name(name, data_class))
        case _:
            active = state == State.ACTIVE
            place = (old.role, old.queues) if keep and old else (role, ("*",))
            code = signing.new_seed()
            keys = (kem("mallory"), signing.public_of(mine.setdefault(f"new {name}", signing.new_seed())))
            if active and keep and old and old.state == State.ACTIVE:
                keys = (old.kem, old.sign)
            mine[f"next code of {name}"] = code
            draft = book.draft(
                Kind.ACCOUNT, name, role=place[0], queues=place[1], state=state,
                kem=keys[0] if active else b"", sign=keys[1] if active else b"",
                activation=signing.public_of(code) if state in {"invited", "reset"} else b"",
            )  # fmt: skip
    whole, consents = [], []
    for who, is_whole in signers.items():
        seed = mine.get(f"code of {name}" if who == SELF else who)
        if seed is None:
            continue
        if is_whole:
            whole.append((who, seed))
        else:
            consents.append(draft.proposal.signed_by(book.office, who, seed))
    try:
        book.add(draft.signed(book.office, whole, consents))
    except BookError:
        return
    if kind == "account" and draft.activation:
        mine[f"code of {name}"] = mine[f"next code of {name}"]
    if kind == "account" and state == State.ACTIVE and draft.sign != (old.sign if old else b""):
        mine[name] = mine.pop(f"new {name}")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(LUCK)
def test_that_an_administrator_gets_no_class_whatever_they_sign(luck: random.Random) -> None:
    """Also with further accounts of their own, of every role: no holder's key, no class."""
    writing = Writing()
    mine = {"adi": writing.seeds["adi"]}
    for name, role in (("fake", Role.SUPERVISOR), ("other", Role.ADMINISTRATOR)):
        writing.hire(name, role)
        mine[name] = writing.seeds[name]
    before = {c: writing.book.class_version(c) for c in SEALED_CLASSES}
    for _ in range(60):
        attempt(writing, mine, some_move(luck, NAMES))
    assert {c: writing.book.class_version(c) for c in SEALED_CLASSES} == before
    assert all(not writing.book.granted(name) for name in mine if writing.book.account(name))
    assert any(a.state == State.ACTIVE and a.role == Role.ADMINISTRATOR for a in writing.book.accounts())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(LUCK)
def test_that_an_administrator_with_one_account_takes_over_nobody(luck: random.Random) -> None:
    writing = Writing()
    mine = {"adi": writing.seeds["adi"]}
    keys = {n: writing.book.active(n).sign for n in ("hendra", "ratna")}
    for _ in range(60):
        attempt(writing, mine, some_move(luck, ("adi", "hendra", "ratna")))
    for name, key in keys.items():
        entry = writing.book.account(name)
        assert entry is not None
        assert entry.state == State.CLOSED or (entry.state, entry.sign) == (State.ACTIVE, key)
    assert writing.book.active("adi").role == Role.ADMINISTRATOR
