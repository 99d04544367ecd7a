"""The book's authority: each change that docs/architecture.md allows, and the refusals beside it."""

from dataclasses import replace
from typing import Any

import pytest

from app.auth.book import SELF, Book, BookError, Kind, Signature, State, class_entry_name, grant_entry_name
from app.auth.book_messages import entry_message, entry_of
from app.crypto import signing
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.role import Role
from tests.unit.auth.written_book import POLICY, ROOT_SEED, Refusing, Writing, kem


@pytest.fixture
def writing() -> Writing:
    return Writing()


# chain and signatures


def test_that_a_book_replays_to_the_same_state(writing: Writing) -> None:
    again = Book.replay(writing.book.root, POLICY.holds, writing.book.entries)
    assert again.head == writing.book.head
    assert again.accounts() == writing.book.accounts()
    assert again.granted("ratna") == {DataClass.CONTACT}


def test_that_a_book_comes_over_the_wire_unchanged(writing: Writing) -> None:
    messages = [entry_message(e) for e in writing.book.entries]
    again = [entry_of(type(m).model_validate_json(m.model_dump_json())) for m in messages]
    assert Book.replay(writing.book.root, POLICY.holds, again).head == writing.book.head


def test_that_another_root_takes_no_entry(writing: Writing) -> None:
    with pytest.raises(BookError, match="entry 0"):
        Book.replay(signing.public_of(signing.new_seed()), POLICY.holds, writing.book.entries)


@pytest.mark.parametrize("number", [-1, 0, 1, 99])
def test_that_an_entry_of_another_number_is_out_of_chain(writing: Writing, number: int) -> None:
    entry = replace(writing.book.draft(Kind.GRANT, "ratna#note"), number=number)
    with Refusing(writing, "out of chain"):
        writing.book.add(entry)


def test_that_an_entry_upon_another_past_is_out_of_chain(writing: Writing) -> None:
    entry = replace(writing.book.draft(Kind.GRANT, grant_entry_name("ratna", DataClass.NOTE)), previous=bytes(32))
    with Refusing(writing, "out of chain"):
        writing.book.add(writing.signed(entry, "hendra"))


def test_that_leaving_an_entry_out_breaks_the_replay(writing: Writing) -> None:
    entries = writing.book.entries
    for gap in range(len(entries) - 1):
        with pytest.raises(BookError, match="out of chain"):
            Book.replay(writing.book.root, POLICY.holds, (*entries[:gap], *entries[gap + 1 :]))


def test_that_swapped_entries_break_the_replay(writing: Writing) -> None:
    one, two, *rest = writing.book.entries
    with pytest.raises(BookError, match="out of chain"):
        Book.replay(writing.book.root, POLICY.holds, (two, one, *rest))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "mallory"},
        {"role": "supervisor"},
        {"queues": ("billing", "retention")},
        {"queues": ("bill", "ing")},
        {"kem": kem("mallory")},
        {"sign": bytes(32)},
    ],
)
def test_that_a_forged_part_of_an_entry_breaks_its_signature(writing: Writing, change: dict[str, Any]) -> None:
    entries = writing.book.entries
    at = next(i for i, e in enumerate(entries) if e.name == "ratna" and e.state == "active")
    forged = (*entries[:at], replace(entries[at], **change))
    with pytest.raises(BookError, match=f"entry {at}"):
        Book.replay(writing.book.root, POLICY.holds, forged)


def test_that_a_dropped_signature_changes_the_chain(writing: Writing) -> None:
    entry = writing.signed(writing.book.draft(Kind.CLASS, class_entry_name(DataClass.CONTACT, 2), kem=kem("c2")), "adi")
    both = replace(entry, signatures=(*entry.signatures, Signature("hendra", bytes(64))))
    assert entry.link(writing.book.office) != both.link(writing.book.office)


def test_that_an_unknown_signer_is_refused(writing: Writing) -> None:
    writing.public("mallory")
    with Refusing(writing, "nobody known"):
        writing.grant("ratna", DataClass.NOTE, "mallory")


def test_that_nobody_signs_twice(writing: Writing) -> None:
    with Refusing(writing, "signed twice"):
        writing.reset("ratna", "adi", "adi")


def test_that_a_signature_of_another_key_is_refused(writing: Writing) -> None:
    writing.seeds["hendra"] = signing.new_seed()
    with Refusing(writing, "not signed by hendra"):
        writing.grant("ratna", DataClass.NOTE, "hendra")


def test_that_an_entry_without_signatures_is_refused(writing: Writing) -> None:
    for entry in (
        writing.book.draft(Kind.GRANT, grant_entry_name("ratna", DataClass.NOTE)),
        writing.book.draft(Kind.CLASS, class_entry_name(DataClass.NOTE, 2), kem=kem("n2")),
        writing.book.draft(Kind.ACCOUNT, "mallory", role="agent", state="invited", activation=bytes(32)),
    ):
        with Refusing(writing):
            writing.book.add(entry)


def test_that_an_account_that_is_not_active_signs_nothing(writing: Writing) -> None:
    writing.hire("sinta", Role.ADMINISTRATOR)
    writing.close("sinta", "adi")
    with Refusing(writing, "nobody known"):
        writing.invite("budi", Role.AGENT, "sinta")


# invitations


def test_that_an_administrator_invites_a_new_name(writing: Writing) -> None:
    entry = writing.invite("budi", Role.AGENT, "adi")
    assert writing.book.account("budi") == entry
    with pytest.raises(BookError, match="no active account"):
        writing.book.active("budi")


@pytest.mark.parametrize("who", ["hendra", "ratna", "recovery"])
def test_that_nobody_else_invites(writing: Writing, who: str) -> None:
    with Refusing(writing):
        writing.invite("budi", Role.AGENT, who)


@pytest.mark.parametrize("name", ["ratna", "hendra", "adi", "recovery"])
def test_that_nobody_is_invited_over_an_existing_name(writing: Writing, name: str) -> None:
    with Refusing(writing):
        writing.invite(name, Role.AGENT, "adi")


def test_that_not_even_two_invite_over_an_existing_or_a_closed_name(writing: Writing) -> None:
    with Refusing(writing):
        writing.invite("ratna", Role.AGENT, "adi", "hendra")
    writing.close("ratna", "adi")
    with Refusing(writing):
        writing.invite("ratna", Role.AGENT, "adi")


def test_that_an_invitation_brings_no_keys_and_needs_a_code(writing: Writing) -> None:
    keys: Any = {"kem": kem("budi"), "sign": writing.public("budi")}
    place: Any = {"role": "agent", "queues": ("billing",), "state": "invited"}
    with Refusing(writing):
        writing.add(Kind.ACCOUNT, "budi", "adi", **place, **keys, activation=writing.public("code"))
    with Refusing(writing):
        writing.add(Kind.ACCOUNT, "budi", "adi", **place)


def test_that_an_administrator_makes_no_active_account(writing: Writing) -> None:
    with Refusing(writing):
        writing.account("budi", Role.AGENT, "adi")


def test_that_nobody_but_the_root_makes_a_recovery_account(writing: Writing) -> None:
    with Refusing(writing):
        writing.invite("second.kit", Role.RECOVERY, "adi")
    with Refusing(writing):
        writing.change("ratna", "adi", role="recovery")


@pytest.mark.parametrize("name", ["root", "self", "ratna#contact"])
def test_that_no_account_takes_a_name_which_the_book_itself_uses(writing: Writing, name: str) -> None:
    with Refusing(writing):
        writing.invite(name, Role.AGENT, "adi")


@pytest.mark.parametrize(("role", "state"), [("boss", "invited"), ("", "invited"), ("agent", "asleep"), ("agent", "")])
def test_that_a_role_or_state_which_no_book_has_is_refused(writing: Writing, role: str, state: str) -> None:
    with Refusing(writing):
        writing.add(Kind.ACCOUNT, "budi", "adi", role=role, state=state, activation=bytes(32))


# the person's own keys


def test_that_a_person_sets_their_own_keys_with_the_code(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    writing.enrol("budi")
    assert writing.book.active("budi").kem == kem("budi")
    assert writing.book.granted("budi") == frozenset()
    assert writing.book.missing("budi") == {DataClass.CONTACT, DataClass.NOTE}


def test_that_a_code_works_once(writing: Writing) -> None:
    with Refusing(writing, "nobody known"):
        writing.enrol("ratna", kem=kem("mallory"))


def test_that_the_code_of_another_sets_no_keys(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    writing.invite("sinta", Role.AGENT, "adi")
    with Refusing(writing, "not signed by self"):
        writing.enrol("budi", code="code of sinta")


@pytest.mark.parametrize(
    "change",
    [
        {"role": "supervisor"},
        {"queues": ("*",)},
        {"state": "invited"},
        {"state": "closed", "kem": b"", "sign": b""},
        {"kem": b"", "sign": b""},
        {"kem": bytes(1215)},
        {"sign": bytes(31)},
    ],
)
def test_that_a_person_sets_their_keys_and_nothing_else(writing: Writing, change: dict[str, Any]) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    with Refusing(writing):
        writing.enrol("budi", **change)


def test_that_an_administrator_does_not_enrol_for_somebody(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    keys: Any = {"kem": kem("mallory"), "sign": writing.public("mallory")}
    with Refusing(writing):
        writing.change("budi", "adi", state="active", activation=b"", **keys)


def test_that_a_code_signs_nothing_but_its_own_account(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    with Refusing(writing, "nobody known"):
        writing.add(Kind.GRANT, grant_entry_name("budi", DataClass.CONTACT), SELF, self_code="code of budi")
    with Refusing(writing, "nobody known"):
        writing.add(Kind.CLASS, class_entry_name(DataClass.NOTE, 2), SELF, self_code="code of budi", kem=kem("x"))


# change of place


def test_that_an_administrator_changes_role_and_queues(writing: Writing) -> None:
    writing.change("ratna", "adi", queues=("delivery",))
    assert writing.book.active("ratna").queues == ("delivery",)
    assert writing.book.granted("ratna") == {DataClass.CONTACT}


@pytest.mark.parametrize("who", ["hendra", "ratna"])
def test_that_nobody_else_changes_a_place(writing: Writing, who: str) -> None:
    with Refusing(writing):
        writing.change("ratna", who, queues=("*",))


@pytest.mark.parametrize("change", [{"kem": kem("mallory")}, {"sign": bytes(32)}, {"activation": bytes(32)}])
def test_that_an_administrator_alone_never_changes_a_persons_keys(writing: Writing, change: dict[str, bytes]) -> None:
    with Refusing(writing):
        writing.change("ratna", "adi", **change)
    with Refusing(writing):
        writing.change("ratna", "adi", "hendra", **change)


def test_that_a_role_which_loses_a_class_drops_its_grant(writing: Writing) -> None:
    writing.hire("sinta", Role.SUPERVISOR)
    for data_class in (DataClass.CONTACT, DataClass.FINANCIAL):
        writing.grant("sinta", data_class, "hendra")
    writing.change("sinta", "adi", role="agent")
    assert writing.book.granted("sinta") == {DataClass.CONTACT}
    with Refusing(writing):
        writing.grant("ratna", DataClass.FINANCIAL, "sinta")


def test_that_a_role_given_back_does_not_bring_the_grant_back(writing: Writing) -> None:
    writing.hire("sinta", Role.SUPERVISOR)
    writing.grant("sinta", DataClass.FINANCIAL, "hendra")
    writing.change("sinta", "adi", role="agent")
    writing.change("sinta", "adi", role="supervisor")
    assert DataClass.FINANCIAL in writing.book.missing("sinta")


# reset


def test_that_administrator_and_a_second_person_reset_an_account(writing: Writing) -> None:
    writing.reset("ratna", "adi", "hendra")
    assert writing.book.granted("ratna") == frozenset()
    with Refusing(writing, "nobody known"):
        writing.grant("hendra", DataClass.CONTACT, "ratna")
    writing.enrol("ratna", code="second code of ratna")
    assert writing.book.missing("ratna") == {DataClass.CONTACT, DataClass.NOTE}


def test_that_the_first_code_is_dead_after_a_reset(writing: Writing) -> None:
    writing.reset("ratna", "adi", "hendra")
    with Refusing(writing, "not signed by self"):
        writing.enrol("ratna", code="code of ratna")


@pytest.mark.parametrize("signers", [("adi",), ("hendra",), ("hendra", "ratna"), ("adi", "ratna"), ("ratna",)])
def test_that_nobody_resets_alone_or_without_an_administrator(writing: Writing, signers: tuple[str, ...]) -> None:
    with Refusing(writing):
        writing.reset("ratna", *signers)


def test_that_an_administrators_own_reset_needs_two_others(writing: Writing) -> None:
    with Refusing(writing):
        writing.reset("adi", "adi", "hendra")
    writing.hire("sinta", Role.ADMINISTRATOR)
    writing.reset("adi", "sinta", "hendra")
    assert writing.book.account("adi").state == State.RESET  # type: ignore[union-attr]


def test_that_an_activation_code_is_no_second_person(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    with Refusing(writing):
        writing.reset("budi", "adi", SELF, self_code="code of budi")


@pytest.mark.parametrize(
    "change", [{"role": "supervisor"}, {"queues": ("*",)}, {"activation": b""}, {"kem": kem("m"), "sign": bytes(32)}]
)
def test_that_a_reset_changes_no_place_and_keeps_no_keys(writing: Writing, change: dict[str, Any]) -> None:
    with Refusing(writing):
        writing.reset("ratna", "adi", "hendra", **change)


# closing


def test_that_an_administrator_closes_an_account(writing: Writing) -> None:
    writing.close("ratna", "adi")
    assert writing.book.granted("ratna") == frozenset()
    with pytest.raises(BookError):
        writing.book.active("ratna")


def test_that_nobody_else_closes_an_account(writing: Writing) -> None:
    with Refusing(writing):
        writing.close("ratna", "hendra")


def test_that_a_classs_last_holder_is_not_closed(writing: Writing) -> None:
    with Refusing(writing):
        writing.close("hendra", "adi")
    writing.hire("sinta", Role.SUPERVISOR)
    for data_class in SEALED_CLASSES[:-1]:
        writing.grant("sinta", data_class, "hendra")
    with Refusing(writing):
        writing.close("hendra", "adi")
    writing.grant("sinta", SEALED_CLASSES[-1], "hendra")
    writing.close("hendra", "adi")
    assert writing.book.granted("hendra") == frozenset()


def test_that_nobody_but_the_root_touches_the_recovery_account(writing: Writing) -> None:
    with Refusing(writing):
        writing.close("recovery", "adi")
    with Refusing(writing):
        writing.change("recovery", "adi", role="agent")
    with Refusing(writing):
        writing.reset("recovery", "adi", "hendra")
    assert writing.book.granted("recovery") == set(SEALED_CLASSES)


# classes


def test_that_administrator_and_supervisor_make_the_next_class_key(writing: Writing) -> None:
    writing.add(Kind.CLASS, class_entry_name(DataClass.CONTACT, 2), "adi", "hendra", kem=kem("c2"))
    assert writing.book.class_version(DataClass.CONTACT) == 2
    assert writing.book.class_public(DataClass.CONTACT, 1) == kem("contact1")
    assert writing.book.class_public(DataClass.CONTACT, 2) == kem("c2")


def test_that_a_class_key_is_for_those_who_hold_the_class_and_for_recovery(writing: Writing) -> None:
    to = writing.book.recipients(DataClass.CONTACT)
    assert [(e.name, e.kem) for e in to] == [(n, kem(n)) for n in ("hendra", "ratna", "recovery")]


@pytest.mark.parametrize("mark", [b"", bytes(32), bytes(31)])
def test_that_a_class_key_for_unnamed_people_is_refused(writing: Writing, mark: bytes) -> None:
    with Refusing(writing):
        name = class_entry_name(DataClass.CONTACT, 2)
        writing.add(Kind.CLASS, name, "adi", "hendra", kem=kem("c2"), activation=mark)


@pytest.mark.parametrize("signers", [("adi",), ("hendra",), ("ratna",), ("hendra", "ratna"), ("adi", "ratna")])
def test_that_nobody_re_keys_a_class_alone_or_with_the_wrong_person(writing: Writing, signers: tuple[str, ...]) -> None:
    with Refusing(writing):
        writing.add(Kind.CLASS, class_entry_name(DataClass.CONTACT, 2), *signers, kem=kem("mallory"))


@pytest.mark.parametrize("version", [0, 1, 3, -1])
def test_that_a_class_key_is_never_replaced_or_skipped(writing: Writing, version: int) -> None:
    with Refusing(writing):
        writing.add(Kind.CLASS, class_entry_name(DataClass.CONTACT, version), "adi", "hendra", kem=kem("x"))


@pytest.mark.parametrize("name", ["contact", "contact#", "contact#two", "secret#1", "#1"])
def test_that_a_class_of_another_name_is_refused(writing: Writing, name: str) -> None:
    with Refusing(writing):
        writing.add(Kind.CLASS, name, "adi", "hendra", kem=kem("x"))


@pytest.mark.parametrize(
    "name", ["contact#+2", "contact#02", "contact# 2", "contact#2\n", "contact#0_2", "contact#\u0662"]
)
def test_that_a_class_key_has_one_spelling(writing: Writing, name: str) -> None:
    with Refusing(writing):
        writing.add(Kind.CLASS, name, "adi", "hendra", kem=kem("c2"))


@pytest.mark.parametrize(
    "beside",
    [{"role": "a note of my own"}, {"queues": ("billing",)}, {"state": "active"}, {"sign": bytes(32)}],
)
def test_that_a_signer_has_no_room_in_the_book_for_anything_of_their_own(
    writing: Writing, beside: dict[str, Any]
) -> None:
    """Every console replays it at each sign-in, for ever."""
    writing.hire("budi", Role.AGENT)
    name = class_entry_name(DataClass.CONTACT, 2)
    with Refusing(writing):
        writing.add(Kind.CLASS, name, "adi", "hendra", kem=kem("c2"), **beside)
    for more in (beside, {"kem": kem("x")}, {"activation": bytes(32)}):
        with Refusing(writing):
            writing.add(Kind.GRANT, grant_entry_name("budi", DataClass.CONTACT), "hendra", **more)


@pytest.mark.parametrize("queues", [("q" * 33,), ("*",) * 101])
def test_that_an_account_has_queues_of_a_bounded_number_and_length(writing: Writing, queues: tuple[str, ...]) -> None:
    with Refusing(writing):
        writing.invite("budi", Role.AGENT, "adi", queues=queues)


def test_that_a_class_key_of_another_size_is_refused(writing: Writing) -> None:
    with Refusing(writing):
        writing.add(Kind.CLASS, class_entry_name(DataClass.CONTACT, 2), "adi", "hendra", kem=bytes(32))


def test_that_nobody_but_the_root_names_the_back_office(writing: Writing) -> None:
    for signers in (("adi",), ("adi", "hendra")):
        with Refusing(writing):
            writing.add(Kind.OFFICE, "office", *signers, kem=kem("mallory"), sign=bytes(32))


# grants


def test_that_a_holder_grants_within_the_role(writing: Writing) -> None:
    writing.grant("ratna", DataClass.NOTE, "hendra")
    assert writing.book.granted("ratna") == {DataClass.CONTACT, DataClass.NOTE}
    assert writing.book.missing("ratna") == frozenset()


def test_that_one_who_was_granted_a_class_passes_it_on(writing: Writing) -> None:
    writing.hire("budi", Role.AGENT)
    writing.grant("budi", DataClass.CONTACT, "ratna")
    assert writing.book.granted("budi") == {DataClass.CONTACT}


@pytest.mark.parametrize("signers", [("adi",), ("ratna",), ("adi", "hendra"), ("adi", "ratna")])
def test_that_nobody_grants_what_they_do_not_hold(writing: Writing, signers: tuple[str, ...]) -> None:
    with Refusing(writing):
        writing.grant("ratna", DataClass.NOTE, *signers)


@pytest.mark.parametrize("data_class", [DataClass.IDENTITY, DataClass.FINANCIAL, DataClass.SPECIAL])
def test_that_a_grant_beyond_the_role_is_refused(writing: Writing, data_class: DataClass) -> None:
    with Refusing(writing):
        writing.grant("ratna", data_class, "hendra")


def test_that_an_administrator_is_granted_nothing(writing: Writing) -> None:
    for data_class in SEALED_CLASSES:
        with Refusing(writing):
            writing.grant("adi", data_class, "hendra")


def test_that_a_grant_goes_to_an_active_account_only(writing: Writing) -> None:
    writing.invite("budi", Role.AGENT, "adi")
    for name in ("budi", "nobody"):
        with Refusing(writing):
            writing.grant(name, DataClass.CONTACT, "hendra")
    writing.close("ratna", "adi")
    with Refusing(writing):
        writing.grant("ratna", DataClass.CONTACT, "hendra")


@pytest.mark.parametrize("name", ["ratna", "ratna#", "ratna#open", "ratna#contact#1", "#contact"])
def test_that_a_grant_of_another_name_is_refused(writing: Writing, name: str) -> None:
    with Refusing(writing):
        writing.add(Kind.GRANT, name, "hendra")


# what the book says


def test_that_the_book_knows_its_past_heads(writing: Writing) -> None:
    before = (writing.book.length, writing.book.head)
    writing.hire("budi", Role.AGENT)
    assert writing.book.hash_at(before[0]) == before[1]
    assert writing.book.hash_at(writing.book.length + 1) is None
    assert writing.book.hash_at(-1) is None


def test_that_the_book_before_its_last_entry_is_the_book_before(writing: Writing) -> None:
    head = writing.book.head
    writing.invite("budi", Role.AGENT, "adi")
    assert writing.book.without_last().head == head


def test_that_a_class_key_which_the_book_does_not_show_is_none() -> None:
    book = Book(signing.public_of(ROOT_SEED), POLICY.holds)
    assert book.class_version(DataClass.NOTE) == 0
    with pytest.raises(BookError, match="no such class key"):
        book.class_public(DataClass.NOTE, 1)
    with pytest.raises(BookError, match="no back office"):
        _ = book.office_entry
