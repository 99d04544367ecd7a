"""One administrator alone who wants data, and a DBA who writes rows about accounts and proposals.

The administrator has an own account, a patched console that refuses nothing, and accounts that they make and enrol
themselves. What the book forbids is enforced by *key*: each console replays it, too. That the office takes a proposal
away (withdrawn, refused, over) and asks for fresh codes is *authority*. Two administrators who work together, or one
with a second account of their own, can reset somebody; they get no class by it.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app.api.client import accounts as calls
from app.api.client.errors import SessionOverError
from app.api.messages.accounts import GrantClasses, Invite
from app.api.messages.book import SignatureMark
from app.api.messages.door import SealedClassKey
from app.api.messages.proposals import Propose, SealedTo, WaitingProposal
from app.auth.activation import parse_code
from app.auth.book import Entry, Kind, Proposal, Signature, State, class_entry_name, grant_entry_name
from app.auth.book_messages import entry_message, proposal_message, proposal_of
from app.crypto import hpke, signing
from app.crypto.account_keys import ActivationCode
from app.crypto.grants import seal_class_key
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from app.session.accounts import ResetReason
from app.session.identity import Identity
from tests.office.door import code_opens, opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office
from tests.security.canaries import office_file, planted


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("administration")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("palsu", "Nobody at all", "supervisor", ("*",), grant=False)  # adi's own, made by adi alone
        made.bring_in(planted(2)[0])
        yield made


@contextlib.contextmanager
def patched(office: MadeOffice, account: str = "adi") -> Iterator[Identity]:
    """The person's true keys and a session, without the console's own refusals."""
    bare: Bare = office.bare(account, "command")
    bare.identity.follow_book()
    try:
        yield bare.identity
    finally:
        bare.client.close()


def signed(who: Identity, said: Proposal, *consents: Signature) -> Entry:
    who.follow_book()
    return who.book.draft_of(said).signed(who.office, [(who.account, who.keys.seed)], consents)


def refused(act: Callable[[], object], office: MadeOffice) -> TiraiError:
    """The office takes nothing of it over: neither into the book nor at the door."""
    length, door = opened(office).book.length, office.back_office.front_door.door("hendra")
    before = (door.slots, door.activation) if door else None
    with pytest.raises((NotAllowedError, VerificationError, TiraiError)) as refusal:
        act()
    assert not isinstance(refusal.value, SessionOverError), "the session lives: it is the deed that is refused"
    door = office.back_office.front_door.door("hendra")
    assert opened(office).book.length == length
    assert ((door.slots, door.activation) if door else None) == before
    return refusal.value


def fresh(who: Identity, account: str) -> tuple[ActivationCode, bytes, bytes]:
    """A code for an account, its public key and its slot key."""
    code = ActivationCode.new(who.office)
    return code, signing.public_of(code.sign_seed(who.office, account)), code.slot_key(who.office, account)


def ways(who: Identity, entry: Entry, slot_key: bytes) -> dict[str, Callable[[], object]]:
    """Every route by which an administrator brings an entry about an account alone."""
    message = entry_message(entry)
    return {
        "invite": lambda: who.client.invite(Invite(entry=message, display_name="X", slot_key=slot_key)),
        "code": lambda: calls.new_code(who.client, message, slot_key),
        "change": lambda: calls.change_account(who.client, message),
        "close": lambda: calls.close_account(who.client, message),
    }


WAYS = ("invite", "code", "change", "close")


# --- an administrator alone


@pytest.mark.parametrize("data_class", SEALED_CLASSES)
def test_that_an_administrator_grants_no_class_to_themselves_or_to_an_account_of_theirs(
    office: MadeOffice, data_class: DataClass
) -> None:
    for name in ("adi", "palsu"):
        with patched(office) as adi, patched(office, "palsu") as palsu:
            for who in (adi, palsu):
                secret = hpke.new_secret()
                entry = signed(who, Proposal(Kind.GRANT, grant_entry_name(name, data_class)))
                sealed = seal_class_key(who.book.active(name).kem, secret, who.office, name, data_class.value, 1)
                key = SealedClassKey(data_class=data_class.value, version=1, sealed=sealed)
                request = GrantClasses(account=name, entries=(entry_message(entry),), keys=(key,))
                refused(lambda: who.client.grant(request), office)  # noqa: B023  (called at once)
                with pytest.raises(VerificationError):
                    who.book.check_next(entry)


@pytest.mark.parametrize("data_class", SEALED_CLASSES)
def test_that_an_administrator_makes_no_class_key_with_an_account_of_theirs(
    office: MadeOffice, data_class: DataClass
) -> None:
    """Else what is imported from then on would be sealed to a key that one person knows."""
    with patched(office) as adi, patched(office, "palsu") as palsu:
        version = palsu.book.class_version(data_class) + 1
        mark = palsu.book.recipients_mark(data_class)
        secret = hpke.new_secret()
        said = Proposal(
            Kind.CLASS, class_entry_name(data_class, version), kem=hpke.public_of(secret), activation=mark
        )  # fmt: skip
        grants = tuple(
            SealedTo(account=to.name, sealed=seal_class_key(to.kem, secret, palsu.office, to.name, data_class, version))
            for to in palsu.book.recipients(data_class)
        )
        consent = said.signed_by(palsu.office, "palsu", palsu.keys.seed)
        signature = SignatureMark(signer=consent.signer, value=consent.value)
        request = Propose(proposal=proposal_message(said), signature=signature, reason="rotation", grants=grants)
        assert refused(lambda: calls.propose(palsu.client, request), office).code == "no_class_key"
        with pytest.raises(VerificationError):
            adi.book.check_next(signed(adi, said, consent))


@pytest.mark.attack("A55")
@pytest.mark.asvs("V6.4.4")
def test_that_an_administrator_resets_and_enrols_nobody_alone(office: MadeOffice) -> None:
    with patched(office) as adi:
        old = adi.book.active("hendra")
        _code, key, slot_key = fresh(adi, "hendra")
        for state in (State.RESET, State.INVITED):
            said = Proposal(Kind.ACCOUNT, "hendra", old.role, old.queues, state.value, activation=key)
            for way in WAYS:
                refused(ways(adi, signed(adi, said), slot_key)[way], office)


def test_that_a_code_of_a_reset_opens_nothing_before_a_second_person_confirms(office: MadeOffice) -> None:
    session = office.command("adi")
    code = session.accounts.propose_reset("hendra", ResetReason.STOLEN).code.reveal()
    assert not code_opens(office, "hendra", code)
    (waiting,) = [w for w in session.accounts.proposals.waiting() if w.account == "hendra"]
    session.accounts.proposals.drop(waiting.id)
    session.end()
    assert not code_opens(office, "hendra", code)
    office.command("hendra").end()


def test_that_nobody_confirms_an_own_proposal_at_the_office(office: MadeOffice) -> None:
    """By the own consent and the own signature, by the signature alone, and with the name of another over it."""
    with patched(office) as adi:
        waiting = proposed(adi, "ratna")
        said, consent = proposal_of(waiting.proposal), Signature(waiting.signature.signer, waiting.signature.value)
        for consents in ((consent,), (), (replace(consent, signer="hendra#proposal"),)):
            entry = signed(adi, said, *consents)
            assert refused(lambda: confirm(adi, waiting, entry), office).code == "own"  # noqa: B023
            with pytest.raises(VerificationError):
                adi.book.check_next(entry)
        calls.drop_proposal(adi.client, waiting.id)


def test_that_a_second_account_which_is_no_second_persons_role_confirms_nothing(office: MadeOffice) -> None:
    with patched(office) as adi, patched(office, "ratna") as ratna:
        waiting = proposed(adi, "palsu")
        consent = Signature(waiting.signature.signer, waiting.signature.value)
        entry = signed(ratna, proposal_of(waiting.proposal), consent)
        assert refused(lambda: confirm(ratna, waiting, entry), office).code == "role"
        with pytest.raises(VerificationError):
            ratna.book.check_next(entry)
        calls.drop_proposal(adi.client, waiting.id)


@pytest.mark.asvs("V6.4.1")
def test_that_no_activation_key_is_used_twice(office: MadeOffice) -> None:
    """Neither for the same account again nor for another one: not the code of an enrolment, nor an old invitation."""
    first = office.invite("budi", "Budi Santoso")
    with patched(office) as adi:
        old = adi.book.account("budi")
        assert old is not None
        for name in ("budi", "somebody"):
            said = replace(old.proposal, name=name)
            for way in ("invite", "code"):
                refused(ways(adi, signed(adi, said), parse_code(first).slot_key(adi.office, name))[way], office)
    office.enrol("budi", first)
    assert not code_opens(office, "budi", first)
    with patched(office) as adi:
        used = Proposal(Kind.ACCOUNT, "budi", "agent", ("billing",), "reset", activation=old.activation)
        consent = used.signed_by(adi.office, "adi", adi.keys.seed)
        signature = SignatureMark(signer=consent.signer, value=consent.value)
        request = Propose(
            proposal=proposal_message(used), signature=signature, reason="stolen", slot_key=bytes(32)
        )  # fmt: skip
        calls.propose(adi.client, request)  # whoever confirms it learns that the book refuses
    with patched(office, "hendra") as hendra:
        (waiting,) = [w for w in calls.waiting_proposals(hendra.client).proposals if w.proposal.name == "budi"]
        entry = signed(hendra, used, consent)
        refused(lambda: confirm(hendra, waiting, entry), office)
        calls.drop_proposal(hendra.client, waiting.id)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", State)
def test_that_a_closed_account_is_opened_by_nobody_alone(office: MadeOffice, way: str, state: State) -> None:
    name = f"c{WAYS.index(way)}{list(State).index(state)}"
    office.invite(name, "Citra Ayu")
    session = office.command("adi")
    session.accounts.close(name)
    session.end()
    with patched(office) as adi:
        old = adi.book.account(name)
        assert old is not None
        _code, key, slot_key = fresh(adi, name)
        keys = (hpke.public_of(hpke.new_secret()), signing.public_of(signing.new_seed()))
        said = replace(
            old.proposal, state=state.value, kem=keys[0] if state is State.ACTIVE else b"",
            sign=keys[1] if state is State.ACTIVE else b"",
            activation=key if state in {State.INVITED, State.RESET} else b"",
        )  # fmt: skip
        refused(ways(adi, signed(adi, said), slot_key)[way], office)


def test_that_an_administrator_gives_nobody_other_keys_and_no_state_but_their_own(office: MadeOffice) -> None:
    """By the routes that change and close: keys of the administrator's choice, and an active state out of nothing."""
    with patched(office) as adi:
        old = adi.book.active("hendra")
        keys = {"kem": hpke.public_of(hpke.new_secret()), "sign": signing.public_of(signing.new_seed())}
        for said in (
            replace(old.proposal, **keys),  # type: ignore[arg-type]
            replace(old.proposal, queues=("billing",), **keys),  # type: ignore[arg-type]
            replace(old.proposal, name="nobody"),
            replace(old.proposal, name="recovery", role="recovery"),
            replace(old.proposal, role="recovery"),
        ):
            for way in WAYS:
                refused(ways(adi, signed(adi, said), bytes(32))[way], office)


@pytest.mark.attack("A49")
@pytest.mark.asvs("V7.4.2")
def test_that_a_closed_accounts_session_is_dead_with_the_same_word(office: MadeOffice) -> None:
    office.hire("tono", "Tono Hartanto")
    tono = office.bare("tono")
    session = office.command("adi")
    session.accounts.close("tono")
    session.end()
    for call in (tono.client.lease, tono.client.quota, lambda: tono.client.customer_page(0, 10)):
        with pytest.raises(SessionOverError):
            call()
    tono.client.close()


# --- a DBA who writes rows


def test_that_a_forged_proposal_is_shown_to_nobody_and_confirmed_by_nobody(office: MadeOffice) -> None:
    """The DBA names an activation key of their own, or an initiator who proposed nothing."""
    with patched(office) as adi:
        waiting = proposed(adi, "ratna")
    _code, key, _slot = fresh(adi, "ratna")
    forgeries = {"activation": key, "proposed_by": "palsu", "role": "supervisor", "name": "hendra"}
    for column, value in forgeries.items():
        with written(office, "proposals", column, value, waiting.id):
            hendra = office.command("hendra")
            assert waiting.id.hex() not in {w.id for w in hendra.accounts.proposals.waiting()}
            hendra.end()
            with patched(office, "hendra") as patched_hendra:
                (row,) = [w for w in calls.waiting_proposals(patched_hendra.client).proposals if w.id == waiting.id]
                mark = Signature(row.signature.signer, row.signature.value)
                entry = signed(patched_hendra, proposal_of(row.proposal), mark)
                refused(lambda: confirm(patched_hendra, row, entry), office)  # noqa: B023
    with patched(office) as adi:
        calls.drop_proposal(adi.client, waiting.id)


@pytest.mark.parametrize(
    "words",
    [{"name": "contact#one"}, {"name": "secret#2"}, {"name": "contact"}, {"kind": "account", "role": "boss"}],
)
def test_that_words_which_no_book_has_hide_nothing_that_waits(office: MadeOffice, words: dict[str, str]) -> None:
    """A supervisor signs nonsense and a DBA writes it: what others proposed is shown all the same."""
    said = {"kind": "class", "name": "contact#2", "role": "", "state": ""} | words
    if said["kind"] == "account":
        said |= {"name": "ratna", "state": "reset"}
    with patched(office) as adi, patched(office, "hendra") as hendra:
        true, nonsense = proposed(adi, "ratna"), proposed(adi, "palsu")
        proposal = Proposal(Kind(said["kind"]), said["name"], said["role"], (), said["state"])
        mark = proposal.signed_by(hendra.office, "hendra", hendra.keys.seed)
        row = {**said, "queues": "[]", "activation": b"", "proposed_by": "hendra", "signature": mark.value}
        with office_file(office) as db:
            columns = ", ".join(f"{column} = ?" for column in row)
            db.execute(f"UPDATE proposals SET {columns} WHERE id = ?", (*row.values(), nonsense.id))
    session = office.command("hendra")
    assert [w.id for w in session.accounts.proposals.waiting()] == [true.id.hex()]
    session.end()
    with office_file(office) as db:
        db.execute("UPDATE proposals SET status = 'void' WHERE id IN (?, ?)", (nonsense.id, true.id))


def test_that_a_withdrawn_proposal_which_a_dba_brings_back_still_needs_its_second_person(office: MadeOffice) -> None:
    """The honest limit of ADR 0019: that it is withdrawn is the office's word. Nothing happens without hendra."""
    with patched(office) as adi:
        waiting = proposed(adi, "ratna")
        calls.drop_proposal(adi.client, waiting.id)
        with written(office, "proposals", "status", "waiting", waiting.id):
            consent = Signature(waiting.signature.signer, waiting.signature.value)
            entry = signed(adi, proposal_of(waiting.proposal), consent)
            refused(lambda: confirm(adi, waiting, entry), office)
            hendra = office.command("hendra")
            (shown,) = [w for w in hendra.accounts.proposals.waiting() if w.account == "ratna"]
            assert shown.proposed_by == "adi", "and hendra sees what it is"
            hendra.end()


def test_that_rows_about_a_closed_account_open_nothing(office: MadeOffice) -> None:
    """Verifier, keys and authenticator put back as they were, with the slot: the book shows the account closed."""
    office.hire("joko", "Joko Widagdo")
    row = next(a for a in rows_of(office, "accounts") if a.name == "joko")
    door = office.back_office.front_door.door("joko")
    assert door is not None
    slots = list(door.slots)
    session = office.command("adi")
    session.accounts.close("joko")
    session.end()
    with office_file(office) as db:
        db.execute(
            "UPDATE accounts SET verifier = ?, wrapped_keys = ?, totp = ? WHERE name = 'joko'",
            (row.verifier, row.wrapped_keys, row.totp),
        )
    office.back_office.front_door.door("joko").slots = slots  # type: ignore[union-attr]
    with pytest.raises(NotAllowedError):
        office.command("joko")


# --- what both use


def proposed(adi: Identity, name: str) -> WaitingProposal:
    """A reset that adi proposes; as the office keeps it."""
    old = adi.book.active(name)
    _code, key, slot_key = fresh(adi, name)
    said = Proposal(Kind.ACCOUNT, name, old.role, old.queues, "reset", activation=key)
    consent = said.signed_by(adi.office, adi.account, adi.keys.seed)
    signature = SignatureMark(signer=consent.signer, value=consent.value)
    request = Propose(proposal=proposal_message(said), signature=signature, reason="stolen", slot_key=slot_key)
    made = calls.propose(adi.client, request)
    return next(w for w in calls.waiting_proposals(adi.client).proposals if w.id == made.id)


def confirm(who: Identity, waiting: WaitingProposal, entry: Entry) -> None:
    calls.confirm_proposal(who.client, waiting.id, entry_message(entry))


@contextlib.contextmanager
def written(office: MadeOffice, table: str, column: str, value: object, key: bytes) -> Iterator[None]:
    """A column of a row as a DBA writes it, put back afterwards."""
    with office_file(office) as db:
        (true,) = db.execute(f"SELECT {column} FROM {table} WHERE id = ?", (key,)).fetchone()
        db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, key))
    try:
        yield
    finally:
        with office_file(office) as db:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (true, key))
