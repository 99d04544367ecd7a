"""A41, T5: whoever writes the database, and one administrator alone, loosen no policy and put back no older one.

A version of the policy is an entry of the book, which office and consoles replay; the row with its text is compared
with the mark there (*key*). A fresh code of both people, that a withdrawn edit is gone, and that the office judges an
edit before it keeps it are *authority*.
"""

import contextlib
import json
import secrets
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.api.client import policy as calls
from app.api.messages.book import SignatureMark
from app.api.messages.policy import PolicyText, ProposePolicy, WaitingPolicy
from app.auth.book import BookError, Entry, Signature
from app.auth.book_messages import entry_message
from app.auth.policy_version import PolicyForgedError, PolicyVersion
from app.backoffice import policy_edits
from app.backoffice.policy_rows import TABLE, mark_in, waiting_edit
from app.crypto import signing
from app.crypto.derive import sha256
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError
from app.domain.policy import Access
from app.domain.policy_text import with_value
from app.domain.role import Role
from app.session.errors import RolledBackError
from app.session.identity import Identity
from app.session.policies import Policies, WhyNotConfirm
from app.session.shown import Action
from tests.office.door import opened
from tests.office.made import Bare, MadeOffice, made_office
from tests.security.canaries import office_file, planted, record_of
from tests.security.test_t5_database_writer import forged

pytestmark = pytest.mark.slow  # 23 s of processor time in all

WHY = "Fewer lookups while the numbers are looked at"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("policy")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.hire("palsu", "Nobody at all", "supervisor", ("*",), grant=False)  # adi's own, made by adi alone
        made.bring_in(planted(4)[0])
        yield made


@contextlib.contextmanager
def person(office: MadeOffice, account: str) -> Iterator[tuple[Identity, Policies]]:
    """Somebody's true keys and a session."""
    bare: Bare = office.bare(account, "console")
    identity = bare.identity
    try:
        yield identity, Policies(identity, lambda code: None, now=lambda: office.clock.now_ms() / 1000)
    finally:
        bare.end()


def edited(policies: Policies, table: str = "numbers", key: str = "lookups_shift", value: object = None) -> str:
    """The text in force with something else in one place."""
    shown = policies.shown()
    wanted = value if value is not None else shown.policy.lookups_shift - 1
    return with_value(policies.text(shown.version), table, key, wanted)  # type: ignore[arg-type]


def proposed(policies: Policies, text: str) -> str:
    policies.propose(policies.judge(text), WHY)
    waiting = policies.shown().waiting
    assert waiting is not None
    return waiting.id


def take_away(office: MadeOffice) -> None:
    """Nothing waits any more, whatever a test has made of it."""
    rows(office, "UPDATE policy_versions SET status = 'void' WHERE status = 'waiting'")


@pytest.fixture(autouse=True)
def nothing_waits(office: MadeOffice) -> Iterator[None]:
    yield
    take_away(office)


def change(office: MadeOffice, text_of: Callable[[Policies], str]) -> int:
    """An edit of two people; the version that it became."""
    with person(office, "adi") as (_adi, policies):
        proposed(policies, text_of(policies))
    with person(office, "hendra") as (_hendra, policies):
        waiting = policies.shown().waiting
        assert waiting is not None
        policies.confirm(waiting.id)
        return policies.shown().version


def entry_of_two(who: Identity, version: PolicyVersion, *consents: Signature) -> Entry:
    who.follow_book()
    draft = who.book.draft_of(version.proposal(who.office))
    return draft.signed(who.office, [(who.account, who.keys.seed)], consents)


def unchanged(office: MadeOffice, act: Callable[[], object]) -> TiraiError:
    """Neither book nor policy follow."""
    before = opened(office).book.length, opened(office).policy
    with pytest.raises(TiraiError) as refusal:
        act()
    assert (opened(office).book.length, opened(office).policy) == before
    return refusal.value


def events(office: MadeOffice) -> list[tuple[str, str, str]]:
    with opened(office).database.reading() as db:
        log = opened(office).log.page(db, 0, 100_000)
    return [(e.event, e.outcome, e.reason) for e in log if e.event.startswith("policy.")]


# --- the way it is meant to go


def test_that_an_edit_of_two_is_in_force_at_once_and_for_consoles_with_their_next_beat(office: MadeOffice) -> None:
    ratna = office.desk("ratna")
    id_ = ratna.search("", None).ids[0]
    assert _actions(ratna.customer(id_), DataClass.CONTACT) == {Action.REVEAL}
    number = change(office, lambda p: edited(p, "role.agent", "reveals", ["note"]))
    assert opened(office).policy.access(Role.AGENT, DataClass.CONTACT) is Access.NEVER
    refusal = unchanged(
        office, lambda: ratna.reveal(record_of(ratna, _number(ratna, id_)), "mobile_phone", "call_back")
    )
    assert isinstance(refusal, NotAllowedError)
    ratna.beat()
    assert ratna.policy_version == number
    assert _actions(ratna.customer(id_), DataClass.CONTACT) == {Action.NONE}
    assert ratna.reasons(Action.REVEAL, DataClass.CONTACT)
    ratna.end("signed_out")
    assert ("policy.changed", "ok", "") in events(office)
    again = office.desk("ratna")
    assert again.policy_version == number
    again.end("signed_out")
    change(office, lambda p: p.text(0))  # back to the first as a new edit
    assert opened(office).policy.access(Role.AGENT, DataClass.CONTACT) is Access.REVEAL
    assert opened(office).book.policy_version == number + 1


def test_that_an_unlock_does_not_outlive_the_right_to_ask_for_it(office: MadeOffice) -> None:
    ratna = office.desk("ratna")
    asked = ratna.ask(record_of(ratna, "C-"), "mothers_name", "confirm_identity", "checking was not enough")
    approval = office.approval("hendra")
    assert asked.id in [w.id for w in approval.waiting()]
    approval.approve(asked.id, 120)
    approval.end()
    change(office, lambda p: edited(p, "role.agent", "asks", ["financial"]))
    refusal = unchanged(office, lambda: ratna.open_unlocked(asked.id))
    assert refusal.code == "unlock"
    change(office, lambda p: p.text(0))
    assert ratna.open_unlocked(asked.id)
    ratna.end("signed_out")


def test_that_a_check_of_callers_asks_for_fields_that_there_are(office: MadeOffice) -> None:
    with person(office, "adi") as (_adi, policies):
        text = edited(policies, "caller_check", "fields", ["nik", "shoe_size"])
        refusal = unchanged(office, lambda: policies.propose(policies.judge(text), WHY))
    assert refusal.code == "policy"
    line = int(refusal.message.partition("line ")[2].partition(":")[0])
    assert text.split("\n")[line - 1].startswith("fields")


def _actions(customer: object, data_class: DataClass) -> set[Action]:
    sections = dict(customer.sections)  # type: ignore[attr-defined]
    return {field.action for field in sections[data_class] if field.reason != "empty"}


def _number(desk: object, id_: int) -> str:
    return str(desk.customer(id_).number)  # type: ignore[attr-defined]


def test_that_the_versions_say_who_signed_them_as_the_book_has_it(office: MadeOffice) -> None:
    number = change(office, edited)
    with person(office, "ratna") as (_ratna, policies):
        shown = policies.shown()
        changes = policies.changes(number)
    newest = shown.versions[0]
    assert changes is not None
    assert [change.of for change in changes] == [("lookups_shift",)]
    assert newest.confirmed_at > 0
    assert (newest.number, newest.proposed_by, newest.confirmed_by, newest.why) == (number, "adi", "hendra", WHY)
    assert [v.number for v in shown.versions] == list(range(number, 0, -1))
    assert shown.waiting is None
    assert not shown.may_edit


def test_that_whoever_proposed_is_told_who_refused_it_and_nobody_else_is(office: MadeOffice) -> None:
    with person(office, "adi") as (_adi, policies):
        mine = proposed(policies, edited(policies))
        with person(office, "hendra") as (_hendra, others):
            others.shown()
            others.drop(mine)
            assert others.shown().refused == ""
        shown = policies.shown()
    assert (shown.waiting, shown.refused, bool(shown.refused_by)) == (None, mine, True)


def test_that_the_office_has_it_after_a_new_start(office: MadeOffice) -> None:
    change(office, edited)
    quota = opened(office).policy.lookups_shift
    office.stop()
    office.serve()
    hendra = office.command("hendra")
    assert opened(office).policy.lookups_shift == quota
    hendra.end()


# --- one administrator alone


@pytest.mark.attack("A11")
def test_that_nobody_confirms_an_own_edit(office: MadeOffice) -> None:
    with person(office, "adi") as (adi, policies):
        key = proposed(policies, edited(policies))
        waiting = policies.shown().waiting
        assert waiting is not None
        assert waiting.why_not is WhyNotConfirm.OWN
        assert unchanged(office, lambda: policies.confirm(key)).code == "own"
        version = PolicyVersion(waiting.number, int(waiting.at * 1000), waiting.why, waiting.edit.text)
        mark = version.proposal(adi.office).signed_by(adi.office, "adi", adi.keys.seed)
        entry = entry_message(entry_of_two(adi, version, mark))
        assert unchanged(office, lambda: calls.confirm(adi.client, bytes.fromhex(key), entry)).code == "role"
    assert ("policy.changed", "refused", "role") in events(office)


@pytest.mark.parametrize("account", ["palsu", "ratna"])
def test_that_an_account_which_an_administrator_makes_or_an_agent_confirms_none(
    office: MadeOffice, account: str
) -> None:
    with person(office, "adi") as (_adi, policies):
        key = proposed(policies, edited(policies))
        waiting = policies.shown().waiting
        assert waiting is not None
    version = PolicyVersion(waiting.number, int(waiting.at * 1000), waiting.why, waiting.edit.text)
    with opened(office).database.reading() as db:
        row = waiting_edit(opened(office), db)
        assert row is not None
        mark = mark_in(row)
    with person(office, account) as (who, _policies):
        entry = entry_of_two(who, version, mark)
        with pytest.raises(BookError):
            who.book.check_next(entry)
        refusal = unchanged(office, lambda: calls.confirm(who.client, bytes.fromhex(key), entry_message(entry)))
    assert refusal.code == ("classes" if account == "palsu" else "role")


def test_that_only_an_administrator_proposes_and_nobody_for_another(office: MadeOffice) -> None:
    for account in ("hendra", "dewi", "ratna", "palsu"):
        with person(office, account) as (_who, policies):
            text = edited(policies)
            assert unchanged(office, lambda: policies.propose(policies.judge(text), WHY)).code == "role"  # noqa: B023
    with person(office, "adi") as (adi, policies):
        version = PolicyVersion(adi.book.policy_version + 1, office.clock.now_ms(), WHY, edited(policies))
        said = PolicyText(number=version.number, at_ms=version.at_ms, why=version.why, text=version.text)
        mark = SignatureMark(signer="hendra#proposal", value=bytes(64))
        unchanged(office, lambda: calls.propose(adi.client, ProposePolicy(version=said, signature=mark)))


def test_that_an_old_code_proposes_and_confirms_nothing(office: MadeOffice) -> None:
    with person(office, "adi") as (_adi, policies), person(office, "hendra") as (_hendra, second):
        office.clock.pass_s(opened(office).policy.step_up_s + 1)
        text = edited(policies)
        assert unchanged(office, lambda: policies.propose(policies.judge(text), WHY)).code == "step_up"
    with person(office, "adi") as (_adi, policies), person(office, "hendra") as (_hendra, second):
        key = proposed(policies, edited(policies))
        assert second.shown().waiting is not None
        office.clock.pass_s(opened(office).policy.step_up_s + 1)
        assert unchanged(office, lambda: second.confirm(key)).code == "step_up"


LOOSER = [
    ("role.agent", "reveals", ["contact", "note", "identity"]),
    ("role.agent", "holds", ["contact", "note", "identity"]),
    ("role.supervisor", "decides", ["contact", "identity", "financial", "special"]),
    ("role.administrator", "sees_customers", True),
    ("numbers", "view_s", 31),
    ("clipboard", "classes", ["contact"]),
]


@pytest.mark.parametrize(("table", "key", "value"), LOOSER, ids=[f"{t} {k}" for t, k, _v in LOOSER])
def test_that_two_people_together_loosen_nothing_beyond_the_base(
    office: MadeOffice, table: str, key: str, value: object
) -> None:
    with person(office, "adi") as (adi, policies):
        text = edited(policies, table, key, value)
        with pytest.raises(InputRefusedError, match=r"line \d+"):
            policies.judge(text)
        version = PolicyVersion(adi.book.policy_version + 1, office.clock.now_ms(), WHY, text)
        signed = version.proposal(adi.office).signed_by(adi.office, "adi", adi.keys.seed)
        said = PolicyText(number=version.number, at_ms=version.at_ms, why=version.why, text=version.text)
        mark = SignatureMark(signer=signed.signer, value=signed.value)
        refusal = unchanged(office, lambda: calls.propose(adi.client, ProposePolicy(version=said, signature=mark)))
    assert refusal.code == "policy"
    assert "line" in str(refusal)
    assert ("policy.proposed", "refused", "policy") in events(office)


def test_that_an_edit_takes_from_no_class_the_last_who_decides(office: MadeOffice) -> None:
    with person(office, "adi") as (_adi, policies):
        text = edited(policies, "role.supervisor", "decides", ["contact", "identity"])
        text = with_value(text, "role.privacy_officer", "decides", ["special", "identity"])
        with pytest.raises(InputRefusedError, match="nobody would decide"):
            policies.judge(text)


def test_that_a_second_edit_waits_for_the_first_and_an_unchanged_one_for_nothing(office: MadeOffice) -> None:
    with person(office, "adi") as (_adi, policies):
        same = policies.judge(policies.text(policies.shown().version))
        assert same.changes == ()
        assert unchanged(office, lambda: policies.propose(same, WHY)).code == "policy_same"
        proposed(policies, edited(policies))
        other = policies.judge(edited(policies, "numbers", "view_s", 20))
        assert unchanged(office, lambda: policies.propose(other, WHY)).code == "waits"


def test_that_a_time_of_another_day_is_not_signed(office: MadeOffice) -> None:
    with person(office, "adi") as (adi, policies):
        edit = policies.judge(edited(policies))
        early = Policies(adi, lambda _code: None, now=lambda: office.clock.now_ms() / 1000 - 86_400)
        early.shown()
        assert unchanged(office, lambda: early.propose(edit, WHY)).code == "clock"


# --- two people, and what changes between them


def test_that_of_two_who_confirm_at_once_one_is_told(office: MadeOffice) -> None:
    with person(office, "adi") as (_adi, policies):
        key = proposed(policies, edited(policies))
    with person(office, "hendra") as (_hendra, first), person(office, "dewi") as (_dewi, second):
        assert first.shown().waiting is not None
        assert second.shown().waiting is not None
        number, start = opened(office).book.policy_version, threading.Barrier(2)

        def confirm(policies: Policies) -> TiraiError | None:
            start.wait()
            try:
                policies.confirm(key)
            except TiraiError as error:
                return error
            return None

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(confirm, (first, second)))
    (late,) = [error for error in outcomes if error is not None]
    assert late.code == "over" or isinstance(late, BookError)
    assert opened(office).book.policy_version == number + 1


@pytest.mark.parametrize("gone", ["withdrawn", "refused", "expired"])
def test_that_an_edit_which_is_gone_is_not_confirmed(office: MadeOffice, gone: str) -> None:
    with person(office, "adi") as (_adi, policies):
        key = proposed(policies, edited(policies))
        with person(office, "hendra") as (_hendra, second):
            assert second.shown().waiting is not None
            if gone == "withdrawn":
                policies.drop(key)
            elif gone == "refused":
                with person(office, "dewi") as (_dewi, other):
                    other.shown()
                    other.drop(key)
        if gone == "expired":
            office.clock.pass_s(opened(office).policy.activation_s + 1)
    with person(office, "hendra") as (_hendra, second):
        second._seen[key] = _Kept(office, key).message
        assert unchanged(office, lambda: second.confirm(key)).code == "over"


class _Kept:
    """A waiting edit that a console kept, whatever became of it."""

    def __init__(self, office: MadeOffice, key: str) -> None:
        with opened(office).database.reading() as db:
            row = db.execute(select(TABLE).where(TABLE.c.id == bytes.fromhex(key))).one()
        text = PolicyText(number=row.number, at_ms=row.at_ms, why=row.why, text=row.text)
        mark = mark_in(row)
        self.message = WaitingPolicy(
            id=row.id,
            version=text,
            signature=SignatureMark(signer=mark.signer, value=mark.value),
            proposed_by_name="",
            until_ms=0,
        )


def test_that_a_proposer_who_lost_the_role_has_proposed_nothing(office: MadeOffice) -> None:
    office.hire("budi", "Budi Lain", "administrator", (), grant=False)
    with person(office, "budi") as (_budi, policies):
        key = proposed(policies, edited(policies))
    desk = office.desk("adi")
    desk.accounts.change("budi", role=Role.SUPERVISOR)
    desk.end("signed_out")
    with person(office, "hendra") as (_hendra, second):
        assert second.shown().waiting is None
        second._seen[key] = _Kept(office, key).message
        unchanged(office, lambda: second.confirm(key))
    assert ("policy.void", "ok", "") in events(office)


# --- whoever writes the database


def rows(office: MadeOffice, sql: str, *values: object) -> None:
    with office_file(office) as db:
        db.execute(sql, values)
        db.commit()


def looser(text: str) -> str:
    return with_value(text, "numbers", "lookups_shift", 1_000)


@pytest.mark.attack("A41", "A6")
@pytest.mark.parametrize("deed", ["text", "why", "time", "removed", "older", "added"])
def test_that_a_policy_which_nobody_signed_opens_no_office(office: MadeOffice, deed: str) -> None:
    first = change(office, edited)
    newest = change(office, edited)
    with forged(office) as db:
        (text,) = db.execute("SELECT text FROM policy_versions WHERE number = ?", (newest,)).fetchone()
        match deed:
            case "text":
                db.execute("UPDATE policy_versions SET text = ? WHERE number = ?", (looser(text), newest))
            case "why":
                db.execute("UPDATE policy_versions SET why = 'Else' WHERE number = ?", (newest,))
            case "time":
                db.execute("UPDATE policy_versions SET at_ms = at_ms + 1 WHERE number = ?", (newest,))
            case "removed":
                db.execute("DELETE FROM policy_versions WHERE number = ?", (newest,))
            case "older":
                db.execute("DELETE FROM policy_versions WHERE number = ?", (newest,))
                db.execute("UPDATE policy_versions SET number = ? WHERE number = ?", (newest, first))
            case "added":  # beside the true one: it is not believed, and the true one is
                db.execute(
                    "INSERT INTO policy_versions SELECT ?, number, at_ms, why, ?, proposed_by, signature,"
                    " proposed_ms - 1, until_ms, status, decided_by, decided_ms FROM policy_versions WHERE number = ?",
                    (secrets.token_bytes(16), looser(text), newest),
                )
        db.commit()
        office.serve()
        if deed == "added":
            office.command("hendra").end()
            return
        with pytest.raises(VerificationError) as refusal:
            office.command("hendra")
        assert refusal.value.code == "policy_forged"


@pytest.mark.attack("A41")
@pytest.mark.parametrize("deed", ["signature", "removed", "replaced"])
def test_that_the_books_entry_of_a_version_is_not_changed_and_not_cut(office: MadeOffice, deed: str) -> None:
    number = change(office, edited)
    with forged(office) as db:
        name = f"policy#{number}"
        match deed:
            case "signature":
                told = db.execute("SELECT signatures FROM book WHERE name = ?", (name,)).fetchone()[0]
                (signer, value), *others = json.loads(told)
                forgery = bytes([b64decode(value)[0] ^ 1]) + b64decode(value)[1:]
                marks = json.dumps([[signer, b64encode(forgery).decode()], *others])
                db.execute("UPDATE book SET signatures = ? WHERE name = ?", (marks, name))
            case "removed":
                db.execute("DELETE FROM book WHERE name = ?", (name,))
                db.execute("DELETE FROM policy_versions WHERE number = ?", (number,))
            case "replaced":
                mark = sha256(b"another text")
                db.execute("UPDATE book SET activation = ? WHERE name = ?", (mark, name))
        db.commit()
        office.serve()
        with pytest.raises((VerificationError, RolledBackError)):
            office.command("hendra").end()


@pytest.mark.attack("A41")
def test_that_a_console_refuses_a_text_that_the_book_does_not_name(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office that lies: it has another text, an older one, or none."""
    ratna = office.desk("ratna")
    before = ratna.policy_version, ratna._identity.policy
    older = opened(office)
    number = change(office, edited)
    true = calls.version_text(ratna._identity.client, number)
    assert true is not None
    lies = {
        "looser": true.model_copy(update={"text": looser(true.text)}),
        "another time": true.model_copy(update={"at_ms": true.at_ms + 1}),
        "none": None,
        "older": true.model_copy(update={"number": number - 1}),
    }
    for lie in lies.values():
        monkeypatch.setattr(policy_edits, "version_text", lambda _office, _number, said=lie: said)
        with pytest.raises(PolicyForgedError):
            ratna.beat()
        assert (ratna.policy_version, ratna._identity.policy) == before
        with pytest.raises(PolicyForgedError):
            office.command("hendra")
    monkeypatch.undo()
    ratna.beat()
    assert ratna.policy_version == number
    ratna.end("signed_out")
    assert older is opened(office)


@pytest.mark.attack("A41")
def test_that_a_row_of_a_waiting_edit_is_not_what_is_signed(office: MadeOffice) -> None:
    """The second person's console shows nothing that the first did not sign."""
    with person(office, "adi") as (_adi, policies):
        key = proposed(policies, edited(policies))
    rows(office, "UPDATE policy_versions SET text = replace(text, 'view_s = 30', 'view_s = 29') WHERE id = ?",
         bytes.fromhex(key))  # fmt: skip
    with person(office, "hendra") as (hendra, second):
        assert second.shown().waiting is None
        message = _Kept(office, key).message
        version = PolicyVersion(
            message.version.number, message.version.at_ms, message.version.why, message.version.text
        )
        mark = Signature(message.signature.signer, message.signature.value)
        entry = entry_message(entry_of_two(hendra, version, mark))
        unchanged(office, lambda: calls.confirm(hendra.client, bytes.fromhex(key), entry))


def test_that_a_signature_of_nobody_proposes_nothing(office: MadeOffice) -> None:
    with person(office, "adi") as (adi, policies):
        version = PolicyVersion(adi.book.policy_version + 1, office.clock.now_ms(), WHY, edited(policies))
        signed = version.proposal(adi.office).signed_by(adi.office, "adi", signing.new_seed())
        said = PolicyText(number=version.number, at_ms=version.at_ms, why=version.why, text=version.text)
        mark = SignatureMark(signer=signed.signer, value=signed.value)
        refusal = unchanged(office, lambda: calls.propose(adi.client, ProposePolicy(version=said, signature=mark)))
    assert isinstance(refusal, VerificationError)


def test_that_nothing_of_an_edits_words_is_in_the_log(office: MadeOffice) -> None:
    change(office, edited)
    with opened(office).database.reading() as db:
        log = opened(office).log.page(db, 0, 100_000)
    details = [e.detail for e in log if e.event.startswith("policy.") and e.outcome == "ok"]
    assert details
    assert all(d.startswith("version=") and WHY not in d for d in details)
