"""Administration of accounts at a real office: list, change, close, new code, end of sessions."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.api.client.errors import SessionOverError
from app.auth.book import State
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role
from app.session.accounts import Account, AccountState
from app.session.command import CommandSession
from app.session.errors import SignInRefusedError
from tests.demo.customers import demo_customers
from tests.office.door import code_opens, entries, nothing_can_be_written, opened, rows_of
from tests.office.made import MadeOffice, made_office

Signing = Callable[[], CommandSession]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """An account name that no other test uses."""
    return f"p{zlib.crc32(request.node.name.encode())}"


@pytest.fixture
def adi(office: MadeOffice) -> Iterator[Signing]:
    """Adi's session, from the first call on: whoever hires somebody for a test signs in as adi before."""
    opened_: list[CommandSession] = []

    def session() -> CommandSession:
        if not opened_:
            opened_.append(office.command("adi"))
        return opened_[0]

    yield session
    for one in opened_:
        one.end()


def listed(session: CommandSession, name: str) -> Account:
    return next(a for a in session.accounts.listing().accounts if a.account == name)


# listing


def test_that_the_listing_names_the_queues_of_accounts_and_of_customers_once(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        customers = demo_customers(40, 7)
        office.hire("ratna", "Ratna Dewanti", queues=("retention", customers[0]["queue"]), grant=False)
        office.bring_in(customers)
        session = office.command("adi")
        queues = session.accounts.listing().queues
        session.end()
        assert queues == tuple(sorted({"retention", *(row["queue"] for row in customers)}))
        assert len(queues) > 2


def test_that_the_table_shows_every_account_but_the_kits(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    desk = office.bare(name)
    accounts = adi().accounts.listing().accounts
    assert {"adi", "hendra", name} <= {a.account for a in accounts}
    assert "recovery" not in {a.account for a in accounts}
    ratna = listed(adi(), name)
    assert (ratna.display_name, ratna.role, ratna.queues) == ("Ratna Dewanti", Role.AGENT, ("billing",))
    assert (ratna.held, ratna.missing) == ((DataClass.CONTACT, DataClass.NOTE), ())
    assert [s.kind for s in ratna.sessions] == ["console"]
    assert ratna.last_sign_in is not None
    assert (ratna.may_close, ratna.may_change, ratna.may_be_reset, ratna.may_have_code) == (True, True, True, False)
    desk.client.close()


def test_that_the_table_says_who_cannot_be_closed(adi: Signing) -> None:
    hendra, me = listed(adi(), "hendra"), listed(adi(), "adi")
    assert {DataClass.IDENTITY, DataClass.FINANCIAL, DataClass.SPECIAL} <= set(hendra.held_alone)
    assert not hendra.may_close
    assert (me.is_self, me.is_last_administrator, me.may_close, me.may_change) == (True, True, False, False)


def test_that_the_table_shows_failed_tries(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    for _ in range(2):
        with pytest.raises(SignInRefusedError):
            office.sign_in().sign_in_for_command(name, "not the password at all", "123456")
    assert listed(adi(), name).failed == 2


def test_that_a_supervisor_sees_the_table_and_an_agent_does_not(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    hendra, ratna = office.command("hendra"), office.command(name)
    assert hendra.accounts.listing().accounts
    with pytest.raises(NotAllowedError) as refusal:
        ratna.accounts.listing()
    assert refusal.value.code == "role"
    hendra.end()
    ratna.end()


def test_that_the_table_says_who_waits_and_a_supervisor_releases(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            office.sign_in().sign_in_for_command(name, "not the password at all", "123456")
    assert listed(adi(), name).is_throttled
    hendra = office.command("hendra")
    hendra.accounts.release(name)
    assert not listed(hendra, name).is_throttled
    hendra.end()


# change


def test_that_another_role_drops_the_classes_that_it_lacks(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Sinta Maharani", "supervisor", ("*",))
    adi().accounts.change(name, role=Role.AGENT, queues=("billing",))
    assert opened(office).book.granted(name) == {DataClass.CONTACT, DataClass.NOTE}
    kept = {g.data_class for g in rows_of(office, "class_grants") if g.account == name}
    assert kept == {"contact", "note"}
    assert set(adi().accounts.listing().rotation_due) >= {DataClass.IDENTITY, DataClass.FINANCIAL, DataClass.SPECIAL}
    entry = [e for e in entries(office, "account.change") if e.acting_with == name][-1]
    assert (entry.actor, entry.reason, entry.detail) == ("adi", "agent", "from=supervisor queues=billing")


def test_that_a_change_ends_the_sessions_of_the_account(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    desk = office.bare(name)
    adi().accounts.change(name, queues=("delivery",))
    with pytest.raises(SessionOverError):
        desk.client.lease()
    desk.client.close()
    session = office.command(name)
    assert session.person.queues == ("delivery",)
    session.end()


def test_that_a_change_of_nothing_is_refused(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    with pytest.raises(InputRefusedError) as refusal:
        adi().accounts.change(name, role=Role.AGENT)
    assert refusal.value.code == "unchanged"


@pytest.mark.parametrize("queues", [(), ("Not A Queue!",)])
def test_that_an_agent_has_queues_with_names(
    office: MadeOffice, adi: Signing, name: str, queues: tuple[str, ...]
) -> None:
    office.hire(name, "Ratna Dewanti")
    with pytest.raises(InputRefusedError):
        adi().accounts.change(name, queues=queues)


def test_that_the_last_holder_keeps_the_role_and_is_told_why(adi: Signing) -> None:
    with pytest.raises(InputRefusedError, match="identity") as refusal:
        adi().accounts.change("hendra", role=Role.AGENT, queues=("billing",))
    assert refusal.value.code == "last_holder"
    with pytest.raises(InputRefusedError) as refusal:
        adi().accounts.close("hendra")
    assert refusal.value.code == "last_holder"


def test_that_nobody_moves_or_closes_oneself(adi: Signing) -> None:
    with pytest.raises(InputRefusedError) as closing:
        adi().accounts.close("adi")
    with pytest.raises(InputRefusedError) as moving:
        adi().accounts.change("adi", role=Role.SUPERVISOR)
    assert (closing.value.code, moving.value.code) == ("oneself", "oneself")


def test_that_the_office_takes_no_queue_that_is_no_name(
    office: MadeOffice, adi: Signing, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from a console that lets anything pass."""
    office.hire(name, "Ratna Dewanti")
    monkeypatch.setattr("app.session.accounts.places_of", lambda _role, queues: queues)
    for queues in (("Billing",), ("a queue of its own",), ("-",)):
        with pytest.raises(InputRefusedError) as inviting:
            adi().accounts.invite(f"{name}x", "Somebody", Role.AGENT, queues)
        with pytest.raises(InputRefusedError) as moving:
            adi().accounts.change(name, queues=queues)
        assert (inviting.value.code, moving.value.code) == ("queue_name", "queue_name")


# close


@pytest.mark.asvs("V7.4.2")
def test_that_a_closed_account_loses_everything_at_once(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    desk = office.bare(name)
    adi().accounts.close(name)
    with pytest.raises(SessionOverError):
        desk.client.customer_page(0, 10)
    desk.client.close()
    assert not [g for g in rows_of(office, "class_grants") if g.account == name]
    row = next(a for a in rows_of(office, "accounts") if a.name == name)
    assert (row.verifier, row.wrapped_keys, row.totp, row.recovery_salt) == (b"", b"", b"", b"")
    assert not [c for c in rows_of(office, "recovery_codes") if c.account == name]
    door = office.back_office.front_door.door(name)
    assert door is not None
    assert not door.slots
    assert not door.activation
    with pytest.raises(SignInRefusedError):
        office.command(name)
    assert listed(adi(), name).state is AccountState.CLOSED
    with pytest.raises(InputRefusedError) as refusal:
        adi().accounts.close(name)
    assert refusal.value.code == "closed"


def test_that_one_who_was_invited_and_never_came_is_closed(office: MadeOffice, adi: Signing, name: str) -> None:
    code = office.invite(name, "Ratna Dewanti")
    adi().accounts.close(name)
    assert not code_opens(office, name, code)


def test_that_a_closing_that_cannot_be_written_changes_nothing(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    length = opened(office).book.length
    with nothing_can_be_written(office), pytest.raises(Exception, match="cannot write"):
        adi().accounts.close(name)
    assert opened(office).book.length == length
    assert office.back_office.front_door.door(name).slots  # type: ignore[union-attr]
    office.command(name).end()


# a new code


@pytest.mark.asvs("V6.4.1")
def test_that_a_new_code_kills_the_old_one(office: MadeOffice, adi: Signing, name: str) -> None:
    first = office.invite(name, "Ratna Dewanti")
    office.clock.pass_s(office.policy.activation_s + 1)
    assert not code_opens(office, name, first)
    second = adi().accounts.new_code(name).reveal()
    assert not code_opens(office, name, first)
    office.enrol(name, second)
    assert opened(office).book.active(name).state == State.ACTIVE


def test_that_one_who_has_come_gets_no_code_from_one_person(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    with pytest.raises(InputRefusedError) as refusal:
        adi().accounts.new_code(name)
    assert refusal.value.code == "in_use"


# sessions


@pytest.mark.asvs("V7.4.5")
def test_that_an_administrator_ends_the_sessions_of_one(office: MadeOffice, adi: Signing, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    desk, hendra = office.bare(name), office.command("hendra")
    assert adi().accounts.end_sessions(name) == 1
    with pytest.raises(SessionOverError) as over:
        desk.client.lease()
    assert over.value.code == "ended_by_administrator"
    hendra.accounts.listing()
    hendra.end()
    desk.client.close()
    office.command(name).end()  # and they may come again
    entry = [e for e in entries(office, "sessions.end") if e.acting_with == name][-1]
    assert entry.detail == "ended=1"
    assert [e for e in entries(office, "session.end") if e.reason == "ended_by_administrator"]


@pytest.mark.asvs("V7.4.5")
def test_that_an_administrator_ends_the_sessions_of_everybody_else(office: MadeOffice, adi: Signing) -> None:
    hendra = office.command("hendra")
    assert adi().accounts.end_sessions() >= 1
    with pytest.raises(SessionOverError):
        hendra.accounts.listing()
    hendra.end()
    adi().accounts.listing()


# who may


ACTS: dict[str, Callable[[CommandSession, str], object]] = {
    "invite": lambda s, n: s.accounts.invite(f"{n}x", "Somebody", Role.AGENT, ("billing",)),
    "change": lambda s, n: s.accounts.change(n, queues=("delivery",)),
    "close": lambda s, n: s.accounts.close(n),
    "code": lambda s, n: s.accounts.new_code(f"{n}y"),
    "end one": lambda s, n: s.accounts.end_sessions(n),
    "end all": lambda s, _n: s.accounts.end_sessions(),
}


@pytest.mark.slow
@pytest.mark.asvs("V7.5.3")
@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("code", ["role", "step_up"])
def test_that_only_an_administrator_with_a_fresh_code_does_it(
    office: MadeOffice, name: str, what: str, code: str
) -> None:
    office.hire(name, "Ratna Dewanti")
    office.invite(f"{name}y", "Somebody Else")
    session = office.command("hendra" if code == "role" else "adi")
    if code == "step_up":
        office.clock.pass_s(office.policy.step_up_s + 1)
    length = opened(office).book.length
    with pytest.raises(NotAllowedError) as refusal:
        ACTS[what](session, name)
    assert refusal.value.code == code
    assert opened(office).book.length == length
    session.end()


def test_that_a_refusal_stands_in_the_log(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti")
    hendra = office.command("hendra")
    with pytest.raises(NotAllowedError):
        hendra.accounts.close(name)
    hendra.end()
    entry = [e for e in entries(office, "account.close") if e.acting_with == name][-1]
    assert (entry.actor, entry.outcome, entry.reason) == ("hendra", "refused", "role")
