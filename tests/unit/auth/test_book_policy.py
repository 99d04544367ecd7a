"""Versions of the policy in the book: an administrator and one who holds every class of a deciding role (ADR 0034)."""

import pytest

from app.auth.book import ROOT, Book, Kind, Proposal, grant_entry_name, policy_entry_name
from app.auth.book_messages import entry_message, entry_of
from app.auth.policy_version import PolicyForgedError, PolicyVersion
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.role import Role
from tests.unit.auth.written_book import POLICY, Refusing, Writing

O = bytes(32)  # noqa: E741  (the design's letter)
FIRST = PolicyVersion(1, 1_000, "Fewer lookups", "[numbers]\nlookups_shift = 20\n")


@pytest.fixture
def writing() -> Writing:
    return Writing()


def said(writing: Writing, number: int = 1) -> Proposal:
    return PolicyVersion(number, 1_000, "Why", f"# {number}\n").proposal(writing.book.office)


def test_that_two_people_write_one_version_after_another(writing: Writing) -> None:
    for number in (1, 2, 3):
        writing.book.add(writing.of_two(said(writing, number), "adi", "hendra"))
        assert (writing.book.policy_version, writing.book.policy_mark) == (number, said(writing, number).activation)
    again = Book.replay(writing.book.root, POLICY.holds, writing.book.entries)
    assert (again.head, again.policy_version) == (writing.book.head, 3)
    assert [e.name for e in again.policy_entries()] == [policy_entry_name(n) for n in (1, 2, 3)]


def test_that_a_version_comes_over_the_wire_unchanged(writing: Writing) -> None:
    entry = writing.of_two(said(writing), "adi", "hendra")
    message = entry_message(entry)
    assert entry_of(type(message).model_validate_json(message.model_dump_json())) == entry


def test_that_a_privacy_officer_with_all_classes_is_a_second_person(writing: Writing) -> None:
    writing.hire("sinta", Role.PRIVACY_OFFICER)
    with Refusing(writing):
        writing.book.add(writing.of_two(said(writing), "adi", "sinta"))
    for data_class in SEALED_CLASSES:
        writing.grant("sinta", data_class, "hendra")
    writing.book.add(writing.of_two(said(writing), "adi", "sinta"))


@pytest.mark.attack("A11")
@pytest.mark.parametrize("pair", [("adi", "adi"), ("hendra", "hendra")])
def test_that_nobody_is_the_second_person_of_their_own_version(writing: Writing, pair: tuple[str, str]) -> None:
    with Refusing(writing, "signed twice"):
        writing.book.add(writing.of_two(said(writing), *pair))


def test_that_accounts_an_administrator_makes_alone_are_no_second_person(writing: Writing) -> None:
    writing.hire("palsu", Role.SUPERVISOR)
    writing.hire("budi", Role.ADMINISTRATOR)
    writing.change("ratna", "adi", role="supervisor")  # keeps the class that an agent is handed as a matter of course
    for second in ("palsu", "budi", "ratna"):
        with Refusing(writing):
            writing.book.add(writing.of_two(said(writing), "adi", second))


def test_that_two_people_without_an_administrator_write_none(writing: Writing) -> None:
    writing.hire("sinta", Role.SUPERVISOR)
    for data_class in SEALED_CLASSES:
        writing.grant("sinta", data_class, "hendra")
    with Refusing(writing):
        writing.book.add(writing.of_two(said(writing), "sinta", "hendra"))


def test_that_one_signature_is_not_enough(writing: Writing) -> None:
    mark = said(writing).signed_by(writing.book.office, "adi", writing.seeds["adi"])
    for entry in (writing.confirmed(said(writing), "hendra"), writing.confirmed(said(writing), "", mark)):
        with Refusing(writing):
            writing.book.add(entry)


@pytest.mark.attack("A41")
def test_that_a_version_is_the_next_or_none_and_an_older_one_finds_no_place(writing: Writing) -> None:
    first = writing.of_two(said(writing), "adi", "hendra")
    writing.book.add(first)
    for number in (1, 3):
        with Refusing(writing):
            writing.book.add(writing.of_two(said(writing, number), "adi", "hendra"))
    with Refusing(writing, "out of chain"):
        writing.book.add(first)
    writing.book.add(writing.of_two(said(writing, 2), "adi", "hendra"))


def test_that_not_even_the_root_leaves_a_number_out(writing: Writing) -> None:
    with Refusing(writing):
        writing.add(Kind.POLICY, "policy#2", ROOT, activation=bytes(32))


@pytest.mark.parametrize("name", ["policy", "policy#0", "policy#+1", "policy#01", "policy#-1", "other#1", "#1"])
def test_that_a_version_has_one_name(writing: Writing, name: str) -> None:
    with Refusing(writing):
        writing.book.add(writing.of_two(Proposal(Kind.POLICY, name, activation=bytes(32)), "adi", "hendra"))


@pytest.mark.parametrize("rest", [{"role": "agent"}, {"queues": ("x",)}, {"kem": b"x"}, {"activation": b"short"}])
def test_that_a_version_says_nothing_beside_its_mark(writing: Writing, rest: dict[str, object]) -> None:
    proposal = Proposal(Kind.POLICY, "policy#1", **{"activation": bytes(32), **rest})  # type: ignore[arg-type]
    with Refusing(writing):
        writing.book.add(writing.of_two(proposal, "adi", "hendra"))


def test_that_a_second_person_who_has_lost_the_role_signs_nothing(writing: Writing) -> None:
    writing.hire("sinta", Role.SUPERVISOR)
    for data_class in SEALED_CLASSES:
        writing.grant("sinta", data_class, "hendra")
    entry = said(writing)
    writing.change("sinta", "adi", role="agent")
    with Refusing(writing):
        writing.book.add(writing.of_two(entry, "adi", "sinta"))


def test_that_the_mark_binds_each_part() -> None:
    other = [
        PolicyVersion(2, 1_000, FIRST.why, FIRST.text),
        PolicyVersion(1, 1_001, FIRST.why, FIRST.text),
        PolicyVersion(1, 1_000, "Else", FIRST.text),
        PolicyVersion(1, 1_000, FIRST.why, FIRST.text.replace("20", "21")),
    ]
    assert len({v.mark(O) for v in (FIRST, *other)} | {FIRST.mark(bytes(31) + b"1")}) == 6
    FIRST.check(O, FIRST.mark(O))
    for version in other:
        with pytest.raises(PolicyForgedError):
            version.check(O, FIRST.mark(O))


def test_that_grants_are_needed_one_by_one(writing: Writing) -> None:
    writing.hire("sinta", Role.SUPERVISOR)
    for data_class in [c for c in SEALED_CLASSES if c is not DataClass.SPECIAL]:
        writing.add(Kind.GRANT, grant_entry_name("sinta", data_class), "hendra")
    with Refusing(writing):
        writing.book.add(writing.of_two(said(writing), "adi", "sinta"))
