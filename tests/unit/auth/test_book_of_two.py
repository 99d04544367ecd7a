"""Entries of two people who sign at different times: the first the proposal, the second the entry (ADR 0019)."""

from dataclasses import replace
from typing import Any

import pytest

from app.auth.book import ROOT, SELF, Book, BookError, Kind, Signature, State, grant_entry_name
from app.auth.book_messages import entry_message, entry_of
from app.crypto import signing
from app.domain.data_class import DataClass
from app.domain.role import Role
from tests.unit.auth.written_book import POLICY, Refusing, Writing, kem


@pytest.fixture
def writing() -> Writing:
    return Writing()


def test_that_a_reset_is_proposed_by_one_and_confirmed_by_another(writing: Writing) -> None:
    writing.book.add(writing.of_two(writing.reset_of("ratna"), "adi", "hendra"))
    assert writing.book.account("ratna").state == State.RESET  # type: ignore[union-attr]
    writing.enrol("ratna", code="second code of ratna")
    again = Book.replay(writing.book.root, POLICY.holds, writing.book.entries)
    assert again.head == writing.book.head


def test_that_a_supervisor_proposes_and_an_administrator_confirms(writing: Writing) -> None:
    writing.book.add(writing.of_two(writing.reset_of("ratna"), "hendra", "adi"))
    writing.book.add(writing.of_two(writing.class_key(DataClass.NOTE, 2), "hendra", "adi"))
    assert writing.book.class_version(DataClass.NOTE) == 2


def test_that_a_proposal_outlives_a_book_that_grows(writing: Writing) -> None:
    proposal = writing.reset_of("ratna")
    mark = proposal.signed_by(writing.book.office, "adi", writing.seeds["adi"])
    writing.hire("budi", Role.AGENT)
    writing.book.add(writing.confirmed(proposal, "hendra", mark))


def test_that_an_entry_of_two_comes_over_the_wire_unchanged(writing: Writing) -> None:
    entry = writing.of_two(writing.reset_of("ratna"), "adi", "hendra")
    message = entry_message(entry)
    assert entry_of(type(message).model_validate_json(message.model_dump_json())) == entry


def test_that_consents_alone_write_nothing(writing: Writing) -> None:
    proposal = writing.reset_of("ratna")
    marks = [proposal.signed_by(writing.book.office, n, writing.seeds[n]) for n in ("adi", "hendra")]
    with Refusing(writing):
        writing.book.add(writing.confirmed(proposal, "", *marks))


@pytest.mark.parametrize("who", ["adi", "hendra"])
def test_that_nobody_confirms_their_own_proposal(writing: Writing, who: str) -> None:
    with Refusing(writing, "signed twice"):
        writing.book.add(writing.of_two(writing.reset_of("ratna"), who, who))


@pytest.mark.parametrize("pair", [("adi", "ratna"), ("ratna", "adi"), ("hendra", "ratna"), ("ratna", "hendra")])
def test_that_nobody_takes_part_in_a_reset_of_oneself(writing: Writing, pair: tuple[str, str]) -> None:
    with Refusing(writing):
        writing.book.add(writing.of_two(writing.reset_of("ratna"), *pair))


def test_that_an_agent_is_no_second_person(writing: Writing) -> None:
    writing.hire("budi", Role.AGENT)
    writing.hire("sinta", Role.PRIVACY_OFFICER)
    for second in ("budi", "sinta"):
        with Refusing(writing):
            writing.book.add(writing.of_two(writing.reset_of("ratna"), "adi", second))


@pytest.mark.parametrize(
    "said",
    [{"name": "budi"}, {"role": "supervisor"}, {"queues": ("*",)}, {"activation": bytes(32)}, {"kind": Kind.CLASS}],
)
def test_that_a_consent_holds_for_what_was_said_and_nothing_else(writing: Writing, said: dict[str, Any]) -> None:
    with Refusing(writing, "not signed by adi"):
        writing.book.add(writing.of_two(writing.reset_of("ratna"), "adi", "hendra", **said))


def test_that_a_signature_under_an_entry_is_no_consent_and_the_other_way_round(writing: Writing) -> None:
    proposal = writing.reset_of("ratna")
    whole = writing.confirmed(proposal, "adi").signatures[0]
    consent = proposal.signed_by(writing.book.office, "adi", writing.seeds["adi"])
    for mark in (replace(whole, signer="adi#proposal"), replace(consent, signer="adi")):
        with Refusing(writing, "not signed by adi"):
            writing.book.add(writing.confirmed(proposal, "hendra", mark))


@pytest.mark.parametrize("name", ["adi#", "adi#Proposal", "adi#proposal#proposal", "#proposal", "root#proposal"])
def test_that_another_mark_in_a_signers_name_is_nobody(writing: Writing, name: str) -> None:
    proposal = writing.reset_of("ratna")
    seed = writing.seeds[ROOT if name.startswith(ROOT) else "adi"]
    mark = Signature(name, signing.sign(seed, proposal.body(writing.book.office)))
    with Refusing(writing, "nobody known"):
        writing.book.add(writing.confirmed(proposal, "hendra", mark))


def test_that_an_activation_code_consents_to_nothing(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    proposal = writing.reset_of("budi")
    mark = Signature(
        f"{SELF}#proposal", signing.sign(writing.seeds["code of budi"], proposal.body(writing.book.office))
    )
    with Refusing(writing, "nobody known"):
        writing.book.add(writing.confirmed(proposal, "adi", mark))


def test_that_a_consent_falls_with_the_account_that_gave_it(writing: Writing) -> None:
    """Whoever was closed, reset or moved meanwhile has consented to nothing."""
    writing.hire("dewi", Role.ADMINISTRATOR)
    entry = writing.reset_of("ratna")
    mark = entry.signed_by(writing.book.office, "dewi", writing.seeds["dewi"])
    writing.change("dewi", "adi", role="agent")
    with Refusing(writing):
        writing.book.add(writing.confirmed(entry, "hendra", mark))
    writing.change("dewi", "adi", role="administrator")
    writing.reset("dewi", "adi", "hendra")
    with Refusing(writing, "nobody known"):
        writing.book.add(writing.confirmed(entry, "hendra", mark))
    writing.seeds["dewi"] = signing.new_seed()
    writing.enrol("dewi", code="second code of dewi")
    with Refusing(writing, "not signed by dewi"):
        writing.book.add(writing.confirmed(entry, "hendra", mark))


def test_that_a_consent_falls_when_the_person_was_moved(writing: Writing) -> None:
    proposal = writing.reset_of("ratna")
    mark = proposal.signed_by(writing.book.office, "adi", writing.seeds["adi"])
    writing.change("ratna", "adi", queues=("delivery",))
    with Refusing(writing):
        writing.book.add(writing.confirmed(proposal, "hendra", mark))


def test_that_a_reset_is_not_replayed(writing: Writing) -> None:
    proposal = writing.reset_of("ratna")
    mark = proposal.signed_by(writing.book.office, "adi", writing.seeds["adi"])
    writing.book.add(writing.confirmed(proposal, "hendra", mark))
    with Refusing(writing):
        writing.book.add(writing.confirmed(proposal, "hendra", mark))
    writing.enrol("ratna", code="second code of ratna")
    with Refusing(writing):
        writing.book.add(writing.confirmed(proposal, "hendra", mark))


def test_that_a_class_key_is_not_replayed(writing: Writing) -> None:
    proposal = writing.class_key(DataClass.NOTE, 2)
    mark = proposal.signed_by(writing.book.office, "hendra", writing.seeds["hendra"])
    writing.book.add(writing.confirmed(proposal, "adi", mark))
    with Refusing(writing):
        writing.book.add(writing.confirmed(proposal, "adi", mark))
    with Refusing(writing, "not signed by hendra"):
        writing.book.add(writing.confirmed(writing.class_key(DataClass.NOTE, 3), "adi", mark))


@pytest.mark.parametrize("change", ["role", "reset", "closed", "grant", "other keys"])
def test_that_a_proposed_class_key_falls_when_its_holders_are_others(writing: Writing, change: str) -> None:
    """Its secret is sealed already: to somebody who has lost the class, or to keys that are void."""
    proposal = writing.class_key(DataClass.CONTACT, 2)
    mark = proposal.signed_by(writing.book.office, "hendra", writing.seeds["hendra"])
    match change:
        case "role":
            writing.change("ratna", "adi", role="administrator")
        case "closed":
            writing.close("ratna", "adi")
        case "grant":
            writing.hire("budi", Role.AGENT)
            writing.grant("budi", DataClass.CONTACT, "hendra")
        case _:
            writing.reset("ratna", "adi", "hendra")
            if change == "other keys":
                writing.enrol("ratna", code="second code of ratna", kem=kem("ratna again"))
                writing.grant("ratna", DataClass.CONTACT, "hendra")
    with Refusing(writing):
        writing.book.add(writing.confirmed(proposal, "adi", mark))
    writing.book.add(writing.of_two(writing.class_key(DataClass.CONTACT, 2), "hendra", "adi"))


def test_that_a_proposed_class_key_outlives_what_changes_none_of_its_holders(writing: Writing) -> None:
    proposal = writing.class_key(DataClass.CONTACT, 2)
    mark = proposal.signed_by(writing.book.office, "hendra", writing.seeds["hendra"])
    writing.hire("budi", Role.AGENT)
    writing.grant("ratna", DataClass.NOTE, "hendra")
    writing.change("ratna", "adi", queues=("delivery",))
    writing.book.add(writing.confirmed(proposal, "adi", mark))


def test_that_what_one_person_may_write_is_never_consented_to(writing: Writing) -> None:
    """Consents have no place in the book, so an old one could come back: none is taken where nothing forbids that."""
    old = writing.book.active("ratna")
    moved = replace(old.proposal, queues=("delivery",))
    closed = replace(old.proposal, state="closed", kem=b"", sign=b"")
    invited = replace(writing.reset_of("ratna", "code of budi"), name="budi", state="invited")
    for proposal in (moved, closed, invited):
        for first, second in (("adi", "hendra"), ("hendra", "adi")):
            with Refusing(writing):
                writing.book.add(writing.of_two(proposal, first, second))
    grant = replace(old.proposal, kind=Kind.GRANT, name=grant_entry_name("ratna", DataClass.NOTE))
    with Refusing(writing):
        writing.book.add(writing.of_two(grant, "hendra", "adi"))


def test_that_a_supervisor_who_holds_nothing_makes_no_class_key(writing: Writing) -> None:
    """An administrator alone can make such an account; then one person would know the next class key."""
    writing.hire("dewi", Role.SUPERVISOR)
    for pair in (("adi", "dewi"), ("dewi", "adi")):
        with Refusing(writing):
            writing.book.add(writing.of_two(writing.class_key(DataClass.NOTE, 2), *pair))
    with Refusing(writing):
        writing.add(Kind.CLASS, "note#2", "adi", "dewi", kem=kem("n2"))
    writing.grant("dewi", DataClass.NOTE, "hendra")
    writing.book.add(writing.of_two(writing.class_key(DataClass.NOTE, 2), "dewi", "adi"))


def test_that_a_proposal_is_checked_before_a_second_person_signs(writing: Writing) -> None:
    proposal = writing.reset_of("ratna")
    mark = proposal.signed_by(writing.book.office, "adi", writing.seeds["adi"])
    assert writing.book.check_proposal(proposal, mark) == "adi"
    forged = replace(proposal, activation=bytes(32))
    with pytest.raises(BookError, match="not signed by adi"):
        writing.book.check_proposal(forged, mark)
    with pytest.raises(BookError):
        writing.book.check_proposal(proposal, replace(mark, signer="adi"))
    with pytest.raises(BookError, match="as one"):
        writing.book.check_proposal(proposal, writing.confirmed(proposal, "adi").signatures[0])
