"""T9: a log whose end was cut lets nobody in, and still names its first missing entry to whoever comes to verify it.

Enforced by *software* against somebody who holds the office's file: what counts is what this workstation remembers.
"""

from collections.abc import Iterator

import pytest

from app.auth.audit_chain import AuditEntry, Verdict
from app.domain.errors import VerificationError
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.witness import Remembered, recall
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import office_file


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("cut")) as made:
        for _ in range(4):
            made.command("hendra").end()
        yield made


def entries(office: MadeOffice) -> list[AuditEntry]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return opened.log.page(db, 0, 100_000)


def remembered(office: MadeOffice) -> Remembered:
    seen = recall(office.store, office.made.plate.office)
    assert seen is not None
    assert seen.audit is not None
    return seen


def cut(office: MadeOffice, count: int, *, stale: bool, checkpoints_too: bool = True) -> int:
    """Cut the end off a sleeping office's log; gives the first missing number.

    `stale` leaves a session open in the file that the cut entries do not tell of.
    """
    if stale:
        office.bare("adi").client.close()
        office.command("hendra").end()
    key, length = office.back_office.file_key, len(entries(office))
    assert length == remembered(office).audit.length  # type: ignore[union-attr]
    office.stop()
    with office_file(office, key) as db:
        db.execute("DELETE FROM audit WHERE number > ?", (length - count,))
        if checkpoints_too:
            db.execute("DELETE FROM checkpoints WHERE number > ?", (length - count,))
    office.serve()
    return length - count + 1


def verified(office: MadeOffice) -> Verdict:
    person = office.people["hendra"]
    session = office.sign_in().sign_in_to_verify("hendra", person.password, office.code("hendra"))
    verdict = session.verify_audit()
    session.end()
    return verdict


@pytest.mark.slow
@pytest.mark.attack("A28")
@pytest.mark.parametrize("checkpoints_too", [True, False])
@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize("count", [1, 3, 9])
def test_that_a_cut_log_names_its_first_missing_entry_and_leaves_the_witness(
    office: MadeOffice, count: int, stale: bool, checkpoints_too: bool
) -> None:
    missing = cut(office, count, stale=stale, checkpoints_too=checkpoints_too)
    before = remembered(office)
    assert verified(office).first_bad == missing
    assert remembered(office) == before


@pytest.mark.parametrize("count", [3, 9])
def test_that_somebody_who_was_turned_away_first_does_not_move_the_number(office: MadeOffice, count: int) -> None:
    missing = cut(office, count, stale=False)
    for account in ("adi", "hendra"):
        with pytest.raises(VerificationError):
            office.command(account)
    assert verified(office).first_bad == missing


def test_that_a_cut_log_does_not_come_right_by_verifying_it(office: MadeOffice) -> None:
    cut(office, 3, stale=False)
    assert not verified(office).ok
    again = verified(office)
    assert not again.ok
    with pytest.raises(VerificationError):
        office.command("hendra")


def test_that_a_whole_log_is_remembered_again_after_it_was_verified(office: MadeOffice) -> None:
    before = remembered(office)
    assert verified(office).ok
    after = remembered(office)
    assert after.audit.length == len(entries(office)) > before.audit.length  # type: ignore[union-attr]
    office.command("hendra").end()


@pytest.mark.parametrize("kind", ["command", "approval", "console"])
def test_that_only_somebody_with_password_and_code_is_told_of_the_cut_and_that_is_logged(
    office: MadeOffice, kind: str
) -> None:
    cut(office, 3, stale=False)
    door, password = office.sign_in(), office.people["hendra"].password
    enter = {"command": door.sign_in_for_command, "approval": door.sign_in_to_approve, "console": door.sign_in}[kind]
    for words, code in (("kopi pagi di Bandung", office.code("hendra")), (password, "000000")):
        with pytest.raises(SignInRefusedError) as wrong:
            enter("hendra", words, code)
        assert wrong.value.why is SignInRefusal.WRONG
    with pytest.raises(VerificationError, match="names the first missing entry") as refusal:
        enter("hendra", password, office.code("hendra"))
    assert refusal.value.code == "rolled_back"
    last = entries(office)[-1]
    assert (last.event, last.outcome, last.actor, last.reason) == ("sign_in", "failed", "hendra", "rolled_back")
    assert not office.store.session_ids()


def test_that_to_verify_is_no_way_around_password_code_and_throttle(office: MadeOffice) -> None:
    cut(office, 3, stale=False)
    door, password = office.sign_in(), office.people["hendra"].password
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            door.sign_in_to_verify("hendra", password, "000000")
    with pytest.raises(SignInRefusedError) as waits:
        door.sign_in_to_verify("hendra", password, office.code("hendra"))
    assert waits.value.why is SignInRefusal.THROTTLED
