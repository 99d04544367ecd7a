"""From invitation to first sign-in and class keys: the code opens once, the person alone has the keys."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event

from app.api.client.errors import SignInAnswerError
from app.api.messages.accounts import EnrolBegin, EnrolBegun, EnrolFinish, GrantClasses, Invite
from app.api.messages.door import SealedClassKey
from app.auth.activation import parse_code
from app.auth.book import MOVED, SELF, Kind, grant_entry_name
from app.auth.book_messages import entry_message
from app.backoffice import front_door
from app.backoffice.database import AuditUnwritableError
from app.backoffice.door_record import Door
from app.backoffice.enrolment import activation_proof
from app.backoffice.front_door import FrontDoor
from app.backoffice.office import FRONT_DOOR_FILE
from app.crypto import signing
from app.crypto.account_keys import AccountKeys, ActivationCode
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError, WorkstationError
from app.domain.role import Role
from app.session.enrol import Enrol
from app.session.errors import SignInRefusedError
from tests.demo.people import Authenticator
from tests.office.door import entries, opened, rows_of
from tests.office.made import MadeOffice, made_office

NOT_THIS = "does not open this account"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.command("adi").end()
        yield office


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """An account name that no other test uses."""
    import zlib

    return f"p{zlib.crc32(request.node.name.encode())}"


def enrolling(office: MadeOffice) -> Enrol:
    return Enrol(office.connect, lambda: office.store, office.policy)


def begin_of(office: MadeOffice, account: str, code: str, **change: object) -> EnrolBegin:
    parsed, it, nonce = parse_code(code), office.made.plate.office, bytes(16)
    proof = signing.sign(parsed.sign_seed(it, account), activation_proof(it, account, nonce))
    rest = {"account": account, "slot_key": parsed.slot_key(it, account), "nonce": nonce, "proof": proof}
    return EnrolBegin(**(rest | change))  # type: ignore[arg-type]


def begun(office: MadeOffice, account: str, code: str) -> EnrolBegun:
    client = office.connect()
    try:
        return client.enrol_begin(begin_of(office, account, code))
    finally:
        client.close()


def finish_of(office: MadeOffice, account: str, activation: str, begun_: EnrolBegun, **change: object) -> EnrolFinish:
    it, keys = opened(office), AccountKeys.new()
    place = {"role": begun_.role, "queues": begun_.queues, "state": "active"}
    draft = it.book.draft(Kind.ACCOUNT, account, **place, kem=keys.kem_public, sign=keys.sign_public)
    entry = draft.signed(it.id, [(SELF, parse_code(activation).sign_seed(it.id, account))])
    step = office.clock.now_ms() // 30_000
    authenticator = Authenticator(_base32(begun_.totp))
    rest = {
        "enrolment": begun_.enrolment, "code": authenticator.code_of(step), "salt": bytes(16),
        "memory_kib": PASSWORD_FLOOR.memory_kib, "passes": PASSWORD_FLOOR.passes, "lanes": 1, "verifier": bytes(32),
        "slot_key": bytes(32), "wrapped_keys": b"", "entry": entry_message(entry),
    }  # fmt: skip
    return EnrolFinish(**(rest | change))  # type: ignore[arg-type]


def _base32(secret: bytes) -> str:
    from base64 import b32encode

    return b32encode(secret).decode()


def refused(office: MadeOffice, request: EnrolFinish | EnrolBegin) -> NotAllowedError:
    client = office.connect()
    try:
        client.enrol_finish(request) if isinstance(request, EnrolFinish) else client.enrol_begin(request)
    except NotAllowedError as refusal:
        return refusal
    finally:
        client.close()
    raise AssertionError("it was taken")


# invitations


def test_that_an_invited_person_enrols_and_signs_in_without_a_class(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti", grant=False)
    session = office.command(name)
    assert session.person.role is Role.AGENT
    assert opened(office).book.granted(name) == frozenset()
    session.end()


@pytest.mark.asvs("V6.4.1")
def test_that_a_code_enrols_once(office: MadeOffice, name: str) -> None:
    code = office.invite(name, "Ratna Dewanti")
    office.enrol(name, code)
    assert NOT_THIS in refused(office, begin_of(office, name, code)).message


def test_that_an_invited_person_does_not_sign_in_before_enrolling(office: MadeOffice, name: str) -> None:
    office.invite(name, "Ratna Dewanti")
    with pytest.raises(SignInRefusedError):
        office.sign_in().sign_in_for_command(name, "kopi pagi di Braga", "123456")


def test_that_nobody_but_an_administrator_invites(office: MadeOffice, name: str) -> None:
    hendra = office.command("hendra")
    with pytest.raises(NotAllowedError) as refusal:
        hendra.invite(name, "Ratna Dewanti", Role.AGENT, ("billing",))
    assert refusal.value.code == "role"
    hendra.end()
    assert opened(office).book.account(name) is None


def test_that_an_old_code_does_not_invite(office: MadeOffice, name: str) -> None:
    adi = office.command("adi")
    office.clock.pass_s(office.policy.step_up_s + 1)
    with pytest.raises(NotAllowedError) as refusal:
        adi.invite(name, "Ratna Dewanti", Role.AGENT, ("billing",))
    assert refusal.value.code == "step_up"
    adi.end()


def test_that_an_existing_name_is_not_invited_again(office: MadeOffice) -> None:
    adi, length = office.command("adi"), opened(office).book.length
    for name in ("hendra", "adi", "recovery"):
        with pytest.raises((InputRefusedError, VerificationError)):
            adi.invite(name, "Somebody Else", Role.AGENT, ("billing",))
    adi.end()
    assert opened(office).book.length == length == len(rows_of(office, "book"))


@pytest.mark.parametrize(
    ("account", "display_name", "role", "queues"),
    [
        ("X", "Ratna", Role.AGENT, ("billing",)),
        ("ratna", "", Role.AGENT, ("billing",)),
        ("ratna", "x" * 81, Role.AGENT, ("billing",)),
        ("ratna", "two\nlines", Role.AGENT, ("billing",)),
        ("ratna", "Ratna", Role.RECOVERY, ("billing",)),
        ("ratna", "Ratna", Role.AGENT, ()),
        ("ratna", "Ratna", Role.AGENT, ("no queue!",)),
    ],
)
def test_that_an_invitation_of_another_form_is_refused(
    office: MadeOffice, account: str, display_name: str, role: Role, queues: tuple[str, ...]
) -> None:
    adi = office.command("adi")
    with pytest.raises(InputRefusedError):
        adi.invite(account, display_name, role, queues)
    adi.end()


@pytest.mark.parametrize("account", ["Ratna", "rаtna", "ratna dewanti", "x" * 60])
def test_that_a_changed_console_invites_no_name_that_looks_like_another(office: MadeOffice, account: str) -> None:
    adi = office.command("adi")
    it, code = adi._identity, ActivationCode.new(office.made.plate.office)
    activation = signing.public_of(code.sign_seed(it.office, account))
    draft = it.book.draft(
        Kind.ACCOUNT, account, role="agent", queues=("billing",), state="invited", activation=activation
    )
    entry = entry_message(draft.signed(it.office, [("adi", it.keys.seed)]))
    with pytest.raises(InputRefusedError):
        it.client.invite(Invite(entry=entry, display_name="R", slot_key=code.slot_key(it.office, account)))
    adi.end()
    assert opened(office).book.account(account) is None


# beginning


def test_that_a_wrong_code_a_wrong_account_and_a_wrong_proof_are_refused_alike(office: MadeOffice, name: str) -> None:
    code = office.invite(name, "Ratna Dewanti")
    refusals = [
        refused(office, begin_of(office, name, code, slot_key=bytes(32))),
        refused(office, begin_of(office, name, code, proof=bytes(64))),
        refused(office, begin_of(office, name, code, nonce=b"n" * 16)),
        refused(office, begin_of(office, "hendra", code)),
        refused(office, begin_of(office, "nobody", code)),
    ]
    assert {(r.code, r.message) for r in refusals} == {(refusals[0].code, refusals[0].message)}
    assert begun(office, name, code).display_name == "Ratna Dewanti"


@pytest.mark.asvs("V6.4.1")
def test_that_a_code_is_over_after_a_day(office: MadeOffice, name: str) -> None:
    code = office.invite(name, "Ratna Dewanti")
    office.clock.pass_s(office.policy.activation_s - 120)
    begun(office, name, code)
    office.clock.pass_s(121)
    assert NOT_THIS in refused(office, begin_of(office, name, code)).message


def test_that_another_offices_code_is_given_to_nobody(office: MadeOffice, name: str) -> None:
    code = office.invite(name, "Ratna Dewanti")
    from app.auth.activation import code_text

    other = code_text(replace(parse_code(code), office_pin=bytes(16)))
    enrol = enrolling(office)
    with pytest.raises(VerificationError, match="Another office"):
        enrol.begin(name, other)
    enrol.close()


@pytest.mark.asvs("V6.5.3")
def test_that_each_beginning_shows_a_fresh_authenticator_and_kills_the_last(office: MadeOffice, name: str) -> None:
    code = office.invite(name, "Ratna Dewanti")
    first, second = begun(office, name, code), begun(office, name, code)
    assert first.totp != second.totp
    assert refused(office, finish_of(office, name, code, first)).code == "enrolment_over"


# finishing


@pytest.mark.parametrize("code", ["000000", "", "x"])
def test_that_an_authenticator_must_show_a_right_code(office: MadeOffice, name: str, code: str) -> None:
    activation = office.invite(name, "Ratna Dewanti")
    begun_ = begun(office, name, activation)
    assert refused(office, finish_of(office, name, activation, begun_, code=code)).code == "wrong_code"
    assert opened(office).book.account(name).state == "invited"  # type: ignore[union-attr]


def test_that_wrong_codes_end_an_enrolment(office: MadeOffice, name: str) -> None:
    activation = office.invite(name, "Ratna Dewanti")
    begun_ = begun(office, name, activation)
    for _ in range(6):
        refused(office, finish_of(office, name, activation, begun_, code="000000"))
    assert refused(office, finish_of(office, name, activation, begun_)).code == "enrolment_over"


def test_that_an_enrolment_is_over_after_its_time(office: MadeOffice, name: str) -> None:
    activation = office.invite(name, "Ratna Dewanti")
    begun_ = begun(office, name, activation)
    office.clock.pass_s(office.policy.sign_in_s + 1)
    assert refused(office, finish_of(office, name, activation, begun_)).code == "enrolment_over"


def test_that_nobody_finishes_for_another_account(office: MadeOffice, name: str) -> None:
    mine, theirs = office.invite(name, "Ratna"), office.invite(f"{name}x", "Budi")
    begun_ = begun(office, name, mine)
    other = finish_of(office, f"{name}x", theirs, begun_)
    assert NOT_THIS in refused(office, other).message


def test_that_nobody_enrols_into_a_better_place(office: MadeOffice, name: str) -> None:
    activation = office.invite(name, "Ratna Dewanti")
    for better in ({"role": "supervisor"}, {"queues": ("*",)}):
        begun_ = begun(office, name, activation).model_copy(update=better)
        client = office.connect()
        with pytest.raises(VerificationError):
            client.enrol_finish(finish_of(office, name, activation, begun_))
        client.close()
    assert opened(office).book.account(name).state == "invited"  # type: ignore[union-attr]


@pytest.mark.parametrize("weak", [{"memory_kib": 1024}, {"passes": 1}])
def test_that_a_weak_password_derivation_is_refused(office: MadeOffice, name: str, weak: dict[str, int]) -> None:
    activation = office.invite(name, "Ratna Dewanti")
    begun_ = begun(office, name, activation)
    client = office.connect()
    with pytest.raises(InputRefusedError, match="too weak"):
        client.enrol_finish(finish_of(office, name, activation, begun_, **weak))
    client.close()


def test_that_a_short_password_is_refused_before_anything_is_sent(office: MadeOffice, name: str) -> None:
    enrol = enrolling(office)
    enrol.begin(name, office.invite(name, "Ratna Dewanti"))
    with pytest.raises(InputRefusedError, match="at least 15"):
        enrol.finish("short", "123456", PASSWORD_FLOOR)
    with pytest.raises(InputRefusedError, match="contains the name"):
        enrol.finish("Ratna Dewanti Ratna Dewanti", "123456", PASSWORD_FLOOR)
    enrol.close()


def test_that_the_code_which_enrolled_does_not_sign_in(office: MadeOffice, name: str) -> None:
    office.enrol(name, office.invite(name, "Ratna Dewanti"))
    person = office.people[name]
    with pytest.raises(SignInRefusedError) as refusal:
        office.sign_in().sign_in_for_command(
            name, person.password, person.authenticator.code_of(person.authenticator.last_step)
        )
    assert refusal.value.code == "used_code"


# beside others


def begun_enrol(office: MadeOffice, account: str) -> Enrol:
    """An enrolment whose person is about to type password and code."""
    enrol = enrolling(office)
    offer = enrol.begin(account, office.invite(account, "Ratna Dewanti"))
    office.people[account].authenticator = Authenticator(offer.secret.reveal())
    return enrol


def finish(office: MadeOffice, enrol: Enrol, account: str) -> None:
    enrol.finish(office.people[account].password, office.code(account), PASSWORD_FLOOR)
    enrol.close()


def test_that_two_people_enrol_at_once(office: MadeOffice, name: str) -> None:
    names = (f"{name}a", f"{name}b", f"{name}c")
    enrols = {account: begun_enrol(office, account) for account in names}
    codes = {account: office.code(account) for account in names}
    together = threading.Barrier(len(names))

    def finish_one(account: str) -> None:
        together.wait()
        enrols[account].finish(office.people[account].password, codes[account], PASSWORD_FLOOR)

    threads = [threading.Thread(target=finish_one, args=(account,)) for account in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for account in names:
        enrols[account].close()
        office.command(account).end()


def test_that_somebody_enrols_while_an_administrator_invites(office: MadeOffice, name: str) -> None:
    enrol = begun_enrol(office, name)
    for n in range(3):
        office.invite(f"{name}x{n}", "Budi Santoso")
    finish(office, enrol, name)
    office.command(name).end()


def test_that_an_administrator_invites_while_somebody_enrols(office: MadeOffice, name: str) -> None:
    """Between following the book and sending the entry, the book grows."""
    enrol = begun_enrol(office, f"{name}x")
    adi = office.command("adi")
    client = adi._identity.client
    real, moved = client.invite, list[int]()

    def late(request: Invite) -> None:
        moved.append(opened(office).book.length)
        if len(moved) == 1:
            finish(office, enrol, f"{name}x")
        real(request)

    client.invite = late  # type: ignore[method-assign]
    code = adi.invite(name, "Ratna Dewanti", Role.AGENT, ("billing",))
    adi.end()
    assert moved == [moved[0], moved[0] + 1]
    office._person(name, "Ratna Dewanti", "agent", ("billing",))
    office.enrol(name, code)
    office.command(name).end()


def test_that_class_keys_are_handed_on_while_the_book_grows(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti", grant=False)
    enrol = begun_enrol(office, f"{name}x")
    hendra = office.command("hendra")
    client = hendra._identity.client
    real, tries = client.grant, list[int]()

    def late(request: GrantClasses) -> None:
        tries.append(1)
        if len(tries) == 1:
            finish(office, enrol, f"{name}x")
        real(request)

    client.grant = late  # type: ignore[method-assign]
    assert set(hendra.grant(name)) == {DataClass.CONTACT, DataClass.NOTE}
    hendra.end()
    assert len(tries) == 2
    assert opened(office).book.granted(name) == {DataClass.CONTACT, DataClass.NOTE}


def test_that_an_entry_for_a_book_that_moved_uses_up_no_code(office: MadeOffice, name: str) -> None:
    activation = office.invite(name, "Ratna Dewanti")
    begun_ = begun(office, name, activation)
    late = finish_of(office, name, activation, begun_)
    office.invite(f"{name}x", "Budi Santoso")
    client = office.connect()
    for _ in range(9):
        with pytest.raises(VerificationError) as moved:
            client.enrol_finish(late)
        assert moved.value.code == MOVED
    client.enrol_finish(finish_of(office, name, activation, begun_))
    client.close()
    assert opened(office).book.account(name).state == "active"  # type: ignore[union-attr]


# the door goes with the transaction


def on_disk(office: MadeOffice, account: str) -> Door:
    """The account's door as another process would read it."""
    front = FrontDoor(office.places.home / FRONT_DOOR_FILE, office.store.seat_half())
    return front.door(account) or Door()


@contextlib.contextmanager
def no_commit(
    office: MadeOffice, at_commit: Callable[[], object] = lambda: None, *, but_first: int = 0
) -> Iterator[None]:
    """Within the block each transaction fails at its very end, when all was written; `but_first` go through before."""
    engine, passed = opened(office).database._engine, list[int]()

    def refuse(_connection: object) -> None:
        if len(passed) < but_first:  # the try of a code counts, whatever comes of it
            passed.append(1)
            return
        at_commit()
        raise OSError(5, "Input/output error")

    event.listen(engine, "commit", refuse)
    try:
        yield
    finally:
        event.remove(engine, "commit", refuse)


def test_that_a_failed_finish_leaves_no_slot_that_opens_the_file(office: MadeOffice, name: str) -> None:
    enrol, seen = begun_enrol(office, name), list[int]()
    length, code = opened(office).book.length, office.code(name)
    with (
        no_commit(office, lambda: seen.append(len(on_disk(office, name).slots)), but_first=1),
        pytest.raises(TiraiError),
    ):
        enrol.finish(office.people[name].password, code, PASSWORD_FLOOR)
    assert seen == [1], "the slot was there when the commit failed"
    assert on_disk(office, name).slots == []
    assert on_disk(office, name).activation
    assert opened(office).book.length == length == len(rows_of(office, "book"))
    finish(office, enrol, name)
    office.command(name).end()


def test_that_a_disk_which_is_full_after_the_enrolment_takes_no_recovery_codes_away(
    office: MadeOffice, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    activation = office.invite(name, "Budi", "agent", ("billing",))
    settle = FrontDoor.settle

    def full(_door: FrontDoor) -> None:
        raise AuditUnwritableError("full", code="audit")

    def and_full(door: FrontDoor, account: str) -> None:
        with monkeypatch.context() as at_the_end:
            at_the_end.setattr(FrontDoor, "save", full)
            settle(door, account)

    monkeypatch.setattr(FrontDoor, "settle", and_full)
    office.enrol(name, activation)
    office.command(name).end()
    with pytest.raises(NotAllowedError, match=NOT_THIS):
        begun(office, name, activation)


@pytest.mark.parametrize("what", ["enrol", "invite"])
def test_that_a_slot_which_a_crash_left_goes_when_the_file_is_next_opened(
    office: MadeOffice, name: str, what: str
) -> None:
    """The process dies between the door's file and the commit: the file on disk has the slot, the book has nobody."""
    door_file, left = office.places.home / FRONT_DOOR_FILE, list[bytes]()
    enrol = begun_enrol(office, f"{name}e")
    code, adi = office.code(f"{name}e"), office.command("adi")
    acts: dict[str, Callable[[], object]] = {
        "enrol": lambda: enrol.finish(office.people[f"{name}e"].password, code, PASSWORD_FLOOR),
        "invite": lambda: adi.invite(name, "Ratna Dewanti", Role.AGENT, ("billing",)),
    }
    counted = 1 if what == "enrol" else 0
    with no_commit(office, lambda: left.append(door_file.read_bytes()), but_first=counted), pytest.raises(TiraiError):
        acts[what]()
    adi.end()
    enrol.close()
    office.stop()
    door_file.write_bytes(left[0])
    ghost = on_disk(office, f"{name}e").slots if what == "enrol" else [on_disk(office, name).activation]
    assert ghost != [b""]
    assert ghost
    office.serve()
    office.command("adi").end()
    assert on_disk(office, f"{name}e").slots == []
    assert bool(on_disk(office, f"{name}e").activation), "whoever is invited may still come"
    assert on_disk(office, name).activation == b""
    assert on_disk(office, "hendra").slots
    office.command("hendra").end()


def test_that_a_full_disk_at_the_door_leaves_the_invited_name_free(
    office: MadeOffice, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    adi, length = office.command("adi"), opened(office).book.length

    def full(_path: object, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(front_door, "write_durably", full)
        with pytest.raises(WorkstationError) as refusal:
            adi.invite(name, "Ratna Dewanti", Role.AGENT, ("billing",))
    assert refusal.value.code == "audit"
    assert opened(office).book.account(name) is None
    assert opened(office).book.length == length == len(rows_of(office, "book"))
    assert name not in {r.name for r in rows_of(office, "accounts")}
    assert not on_disk(office, name).activation
    code = adi.invite(name, "Ratna Dewanti", Role.AGENT, ("billing",))
    adi.end()
    office._person(name, "Ratna Dewanti", "agent", ("billing",))
    office.enrol(name, code)
    office.command(name).end()


# class keys


def test_that_a_waiting_colleague_is_seen_by_holders_and_granted(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti", grant=False)
    hendra = office.command("hendra")
    assert name in {c.account for c in hendra.colleagues()}
    assert set(hendra.grant(name)) == {DataClass.CONTACT, DataClass.NOTE}
    assert name not in {c.account for c in hendra.colleagues()}
    with pytest.raises(InputRefusedError, match="every class"):
        hendra.grant(name)
    hendra.end()
    grant = entries(office, "class.grant")[-1]
    assert (grant.actor, grant.acting_with, grant.detail) == ("hendra", name, "classes=contact+note")


def test_that_an_administrator_grants_nothing(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti", grant=False)
    adi = office.command("adi")
    with pytest.raises(NotAllowedError):
        adi.colleagues()
    draft = adi._identity.book.draft(Kind.GRANT, grant_entry_name(name, DataClass.CONTACT))
    entry = entry_message(draft.signed(adi._identity.office, [("adi", adi._identity.keys.seed)]))
    key = SealedClassKey(data_class="contact", version=1, sealed=b"")
    with pytest.raises(NotAllowedError) as refusal:
        adi._identity.client.grant(GrantClasses(account=name, entries=(entry,), keys=(key,)))
    assert refusal.value.code == "role"
    adi.end()


@pytest.mark.parametrize("data_class", ["identity", "special", "open", "nonsense"])
def test_that_a_changed_console_grants_nothing_beyond_the_role(office: MadeOffice, name: str, data_class: str) -> None:
    office.hire(name, "Ratna Dewanti", grant=False)
    hendra = office.command("hendra")
    it = hendra._identity
    it.follow_book()
    draft = it.book.draft(Kind.GRANT, f"{name}#{data_class}")
    entry = entry_message(draft.signed(it.office, [("hendra", it.keys.seed)]))
    key = SealedClassKey(data_class=data_class, version=1, sealed=b"")
    with pytest.raises(VerificationError, match="not allowed"):
        it.client.grant(GrantClasses(account=name, entries=(entry,), keys=(key,)))
    hendra.end()
    assert opened(office).book.granted(name) == frozenset()
    assert not [r for r in rows_of(office, "class_grants") if r.account == name]


def test_that_grants_and_keys_belong_together_and_all_or_none_are_taken(office: MadeOffice, name: str) -> None:
    office.hire(name, "Ratna Dewanti", grant=False)
    hendra = office.command("hendra")
    it = hendra._identity
    it.follow_book()
    draft = it.book.draft(Kind.GRANT, grant_entry_name(name, DataClass.CONTACT))
    good = draft.signed(it.office, [("hendra", it.keys.seed)])
    key = SealedClassKey(data_class="contact", version=1, sealed=b"")
    with pytest.raises(InputRefusedError, match="belong together"):
        it.client.grant(GrantClasses(account=name, entries=(entry_message(good),), keys=()))
    bad = replace(good, number=good.number + 1, previous=good.link(it.office), name=f"{name}#identity")
    bad = bad.signed(it.office, [("hendra", it.keys.seed)])
    both = (entry_message(good), entry_message(bad))
    keys = (key, SealedClassKey(data_class="identity", version=1, sealed=b""))
    with pytest.raises(VerificationError):
        it.client.grant(GrantClasses(account=name, entries=both, keys=keys))
    hendra.end()
    assert opened(office).book.granted(name) == frozenset()
    assert opened(office).book.length == len(rows_of(office, "book"))


def test_that_a_step_up_refusal_is_no_sign_in_refusal(office: MadeOffice) -> None:
    hendra = office.command("hendra")
    with pytest.raises(SignInAnswerError) as refusal:
        hendra._identity.client.step_up("000000")
    assert refusal.value.code == "wrong_code"
    hendra.end()
