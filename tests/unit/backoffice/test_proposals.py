"""Entries of two people at a real office: proposed, waiting, confirmed, refused, withdrawn, over."""

import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api.client.errors import SessionOverError
from app.auth.book import Kind, Proposal, State
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError
from app.session.accounts import AccountState, ResetReason
from app.session.class_keys import next_class_key
from app.session.command import CommandSession
from app.session.errors import SignInRefusedError
from app.session.proposals import Purpose, WhyNot
from tests.office.door import code_opens, entries, opened, rows_of
from tests.office.made import MadeOffice, made_office

LOST = ResetReason.LOST_PASSWORD


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("dewi", "Dewi Lestari", "administrator", ("*",), grant=False)
        office.hire("citra", "Citra Ayu", "supervisor", ("*",))
        yield office


@pytest.fixture
def name(office: MadeOffice, request: pytest.FixtureRequest) -> str:
    """An agent whom no other test uses."""
    name = f"p{zlib.crc32(request.node.name.encode())}"
    office.hire(name, "Ratna Dewanti")
    return name


def one(session: CommandSession, account: str) -> str:
    """The id of what waits for an account."""
    return next(w.id for w in session.accounts.proposals.waiting() if w.account == account)


def proposed(office: MadeOffice, name: str, reason: ResetReason = LOST) -> str:
    adi = office.command("adi")
    try:
        return adi.accounts.propose_reset(name, reason).code.reveal()
    finally:
        adi.end()


@pytest.mark.asvs("V6.4.3", "V6.4.4", "V6.4.6", "V6.5.6")
def test_that_a_reset_takes_two_and_the_person_comes_back_without_classes(office: MadeOffice, name: str) -> None:
    desk = office.bare(name)
    code = proposed(office, name)
    assert not code_opens(office, name, code)
    hendra = office.command("hendra")
    waiting = next(w for w in hendra.accounts.proposals.waiting() if w.account == name)
    assert (waiting.purpose, waiting.proposed_by, waiting.reason, waiting.why_not) == (
        Purpose.RESET, "adi", LOST, None
    )  # fmt: skip
    assert waiting.loses == (DataClass.CONTACT, DataClass.NOTE)
    assert waiting.last_holder_of == ()
    hendra.accounts.proposals.confirm(waiting.id)
    hendra.end()
    with pytest.raises(SessionOverError):
        desk.client.lease()
    desk.client.close()
    assert opened(office).book.account(name).state == State.RESET  # type: ignore[union-attr]
    assert not [g for g in rows_of(office, "class_grants") if g.account == name]
    row = next(a for a in rows_of(office, "accounts") if a.name == name)
    assert (row.verifier, row.wrapped_keys, row.totp, row.recovery_salt) == (b"", b"", b"", b"")
    assert not [c for c in rows_of(office, "recovery_codes") if c.account == name]
    with pytest.raises(SignInRefusedError):
        office.command(name)
    office.enrol(name, code)
    session = office.command(name)
    assert session.person.waits_for_classes
    session.end()


def test_that_each_step_of_two_stands_in_the_log(office: MadeOffice, name: str) -> None:
    proposed(office, name)
    hendra = office.command("hendra")
    key = one(hendra, name)
    hendra.accounts.proposals.confirm(key)
    hendra.end()
    mine = [e for e in entries(office) if e.reference == key]
    assert [(e.event, e.actor, e.acting_with, e.outcome) for e in mine] == [
        ("proposal", "adi", "", "ok"),
        ("proposal.confirm", "hendra", "adi", "ok"),
        ("account.reset", "hendra", name, "ok"),
    ]


def test_that_nobody_confirms_what_they_proposed(office: MadeOffice, name: str) -> None:
    adi = office.command("adi")
    adi.accounts.propose_reset(name, LOST)
    waiting = next(w for w in adi.accounts.proposals.waiting() if w.account == name)
    assert waiting.why_not is WhyNot.OWN
    with pytest.raises(NotAllowedError) as refusal:
        adi.accounts.proposals.confirm(waiting.id)
    assert refusal.value.code == "own"
    adi.accounts.proposals.drop(waiting.id)
    assert not [w for w in adi.accounts.proposals.waiting() if w.account == name]
    adi.end()


def test_that_a_reset_of_a_supervisor_is_confirmed_by_somebody_else(office: MadeOffice) -> None:
    proposed(office, "citra")
    citra = office.command("citra")
    waiting = next(w for w in citra.accounts.proposals.waiting() if w.account == "citra")
    assert waiting.why_not is WhyNot.ONESELF
    with pytest.raises(NotAllowedError) as refusal:
        citra.accounts.proposals.confirm(waiting.id)
    assert refusal.value.code == "oneself"
    citra.accounts.proposals.drop(waiting.id)  # to refuse it harms nobody
    citra.end()


def test_that_nobody_proposes_a_reset_of_oneself(office: MadeOffice) -> None:
    adi = office.command("adi")
    with pytest.raises(InputRefusedError) as refusal:
        adi.accounts.propose_reset("adi", LOST)
    assert refusal.value.code == "oneself"
    adi.end()


def test_that_a_reset_which_nobody_could_confirm_is_refused_at_once(tmp_path: Path) -> None:
    """Right after a set-up there are two people: one cannot confirm, the other would be reset."""
    with made_office(tmp_path) as office:
        adi = office.command("adi")
        with pytest.raises(InputRefusedError, match="another administrator first") as refusal:
            adi.accounts.propose_reset("hendra", LOST)
        assert refusal.value.code == "nobody_else"
        adi.end()


def test_that_a_reset_says_what_only_the_kit_opens_afterwards(office: MadeOffice) -> None:
    adi = office.command("adi")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(adi.accounts._identity.book), "held_alone", lambda _b, _n: frozenset({DataClass.SPECIAL}))
        proposed_ = adi.accounts.propose_reset("hendra", LOST)
    assert proposed_.last_holder_of == (DataClass.SPECIAL,)
    adi.accounts.proposals.waiting()
    adi.accounts.proposals.drop(proposed_.id)
    adi.end()


@pytest.mark.parametrize("who", ["hendra", "name"])
def test_that_only_an_administrator_proposes_a_reset(office: MadeOffice, name: str, who: str) -> None:
    session = office.command(name if who == "name" else who)
    with pytest.raises(NotAllowedError) as refusal:
        session.accounts.propose_reset("citra", LOST)
    assert refusal.value.code == "role"
    session.end()


def test_that_an_agent_sees_nothing_that_waits(office: MadeOffice, name: str) -> None:
    session = office.command(name)
    with pytest.raises(NotAllowedError) as refusal:
        session.accounts.proposals.waiting()
    assert refusal.value.code == "role"
    session.end()


def test_that_one_reset_waits_per_account(office: MadeOffice, name: str) -> None:
    proposed(office, name)
    dewi = office.command("dewi")
    with pytest.raises(InputRefusedError) as refusal:
        dewi.accounts.propose_reset(name, LOST)
    assert refusal.value.code == "waits"
    dewi.accounts.proposals.waiting()
    dewi.accounts.proposals.drop(one(dewi, name))  # refused by another administrator
    dewi.accounts.propose_reset(name, LOST)
    dewi.end()


def test_that_a_withdrawn_or_refused_proposal_is_over_and_its_code_dead(office: MadeOffice, name: str) -> None:
    code = proposed(office, name)
    hendra, citra = office.command("hendra"), office.command("citra")
    key = one(citra, name)
    hendra.accounts.proposals.waiting()
    hendra.accounts.proposals.drop(key)
    with pytest.raises(NotAllowedError) as refusal:
        citra.accounts.proposals.confirm(key)
    assert refusal.value.code == "over"
    hendra.end()
    citra.end()
    row = next(p for p in rows_of(office, "proposals") if p.id.hex() == key)
    assert (row.status, row.slot, row.decided_by) == ("refused", b"", "hendra")
    assert not code_opens(office, name, code)
    office.command(name).end()  # and the person goes on as before


def test_that_a_proposal_waits_a_day(office: MadeOffice, name: str) -> None:
    proposed(office, name)
    hendra = office.command("hendra")
    key = one(hendra, name)
    hendra.end()
    office.clock.pass_s(office.policy.activation_s + 1)
    hendra = office.command("hendra")
    assert key not in {w.id for w in hendra.accounts.proposals.waiting()}
    hendra.end()
    proposed(office, name)
    assert next(p.status for p in rows_of(office, "proposals") if p.id.hex() == key) == "expired"


@pytest.mark.asvs("V7.5.3")
def test_that_an_old_code_proposes_and_confirms_nothing(office: MadeOffice, name: str) -> None:
    adi, hendra = office.command("adi"), office.command("hendra")
    adi.accounts.propose_reset(name, LOST)
    key = one(hendra, name)
    office.clock.pass_s(office.policy.step_up_s + 1)
    for act in (lambda: adi.accounts.propose_reset("citra", LOST), lambda: hendra.accounts.proposals.confirm(key)):
        with pytest.raises(NotAllowedError) as refusal:
            act()
        assert refusal.value.code == "step_up"
    hendra.accounts.step_up(office.code("hendra"))
    hendra.accounts.proposals.confirm(key)
    adi.end()
    hendra.end()


def test_that_the_new_code_opens_for_a_day_from_the_confirmation_on(office: MadeOffice, name: str) -> None:
    code = proposed(office, name)
    office.clock.pass_s(office.policy.activation_s - 600)
    hendra = office.command("hendra")
    hendra.accounts.proposals.confirm(one(hendra, name))
    hendra.end()
    office.clock.pass_s(3600)
    adi = office.command("adi")
    account = next(a for a in adi.accounts.listing().accounts if a.account == name)
    assert account.state is AccountState.RESET
    assert account.code_until is not None
    adi.end()
    office.enrol(name, code)


def test_that_a_proposal_ends_when_the_account_changes(office: MadeOffice, name: str) -> None:
    adi, hendra = office.command("adi"), office.command("hendra")
    adi.accounts.propose_reset(name, LOST)
    key = one(hendra, name)
    adi.accounts.change(name, queues=("delivery",))
    with pytest.raises((NotAllowedError, VerificationError)):
        hendra.accounts.proposals.confirm(key)
    assert key not in {w.id for w in hendra.accounts.proposals.waiting()}
    adi.end()
    hendra.end()


def test_that_a_closed_account_opens_again_by_two(office: MadeOffice, name: str) -> None:
    adi, hendra = office.command("adi"), office.command("hendra")
    adi.accounts.close(name)
    code = adi.accounts.propose_reset(name, ResetReason.OPEN_AGAIN).code.reveal()
    waiting = next(w for w in hendra.accounts.proposals.waiting() if w.account == name)
    assert waiting.was_closed
    hendra.accounts.proposals.confirm(waiting.id)
    adi.end()
    hendra.end()
    office.enrol(name, code)
    office.command(name).end()


def test_that_of_two_who_confirm_at_once_one_does(office: MadeOffice, name: str) -> None:
    proposed(office, name)
    hendra, citra = office.command("hendra"), office.command("citra")
    key = one(hendra, name)
    citra.accounts.proposals.waiting()
    outcomes: list[str] = []

    def confirm(session: CommandSession) -> None:
        try:
            session.accounts.proposals.confirm(key)
            outcomes.append("ok")
        except TiraiError as e:
            outcomes.append(e.code)

    both = [threading.Thread(target=confirm, args=(s,)) for s in (hendra, citra)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(outcomes) == 2
    assert outcomes.count("ok") == 1, "the other learns that it is over, or that the book has it already"
    assert len([e for e in entries(office, "account.reset") if e.acting_with == name]) == 1
    hendra.end()
    citra.end()


@pytest.mark.parametrize(
    "change",
    [
        {"role": "boss"}, {"state": "active"}, {"activation": b"short"}, {"queues": ("delivery",)},
        {"role": "supervisor"}, {"name": "nobody"}, {"name": "recovery", "role": "recovery", "queues": ()},
    ],
)  # fmt: skip
def test_that_no_proposal_waits_that_the_book_would_not_take(
    office: MadeOffice, name: str, change: dict[str, Any]
) -> None:
    adi = office.command("adi")
    said = Proposal(Kind.ACCOUNT, name, "agent", ("billing",), "reset", activation=bytes(32))
    with pytest.raises(InputRefusedError):
        adi.accounts.proposals.propose(replace(said, **change), "stolen", slot_key=bytes(32))
    with pytest.raises(InputRefusedError):
        adi.accounts.proposals.propose(said, "stolen")
    adi.end()
    assert not [p for p in rows_of(office, "proposals") if p.name == name]


# class keys


def propose_key(session: CommandSession, data_class: DataClass) -> None:
    identity = session.accounts._identity
    identity.follow_grants()
    key, grants = next_class_key(identity, data_class)
    session.accounts.proposals.propose(key, "rotation", grants=grants)


def test_that_a_class_key_is_proposed_by_a_holder_and_confirmed_by_an_administrator(
    office: MadeOffice, name: str
) -> None:
    hendra, adi, citra = office.command("hendra"), office.command("adi"), office.command("citra")
    before = opened(office).book.class_version(DataClass.CONTACT)
    propose_key(hendra, DataClass.CONTACT)
    waiting = next(w for w in adi.accounts.proposals.waiting() if w.data_class is DataClass.CONTACT)
    assert (waiting.purpose, waiting.version) == (Purpose.CLASS_KEY, before + 1)
    citra.accounts.proposals.waiting()
    with pytest.raises(NotAllowedError) as refusal:
        citra.accounts.proposals.confirm(waiting.id)
    assert refusal.value.code == "role"
    adi.accounts.proposals.confirm(waiting.id)
    assert opened(office).book.class_version(DataClass.CONTACT) == before + 1
    agent = office.command(name)
    assert (DataClass.CONTACT, before + 1) in agent.accounts._identity.class_keys
    for session in (hendra, adi, citra, agent):
        session.end()
    assert not rows_of(office, "proposed_grants")


def test_that_a_class_key_that_was_sealed_to_others_makes_room_for_another(office: MadeOffice, name: str) -> None:
    hendra, adi = office.command("hendra"), office.command("adi")
    propose_key(hendra, DataClass.NOTE)
    waiting = next(w for w in adi.accounts.proposals.waiting() if w.data_class is DataClass.NOTE)
    adi.accounts.close(name)
    with pytest.raises(VerificationError) as refusal:
        adi.accounts.proposals.confirm(waiting.id)
    assert refusal.value.code == "holders_changed"
    propose_key(hendra, DataClass.NOTE)
    (waiting,) = [w for w in adi.accounts.proposals.waiting() if w.data_class is DataClass.NOTE]
    adi.accounts.proposals.confirm(waiting.id)
    assert DataClass.NOTE not in opened(office).book.rotation_due
    adi.end()
    hendra.end()


def test_that_an_administrator_proposes_no_class_key(office: MadeOffice) -> None:
    hendra, adi = office.command("hendra"), office.command("adi")
    key, grants = next_class_key(hendra.accounts._identity, DataClass.SPECIAL)
    with pytest.raises(NotAllowedError) as refusal:
        adi.accounts.proposals.propose(key, "rotation", grants=grants)
    assert refusal.value.code == "role"
    adi.end()
    hendra.end()
