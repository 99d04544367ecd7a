"""Receipts of wipes that somebody made up, changed, or brought again: refused, written down, and no order confirmed.

Enforced by *key*: only H of the workstation signs. Its own OS user can read H; that is said in ADR 0050.
"""

import contextlib
import secrets
from collections.abc import Iterator

import pytest

from app.api.client.seats import bring_receipt
from app.api.messages.seats import BroughtReceipt
from app.backoffice.wipe_receipts import MOST_REFUSED
from app.crypto import signing
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.domain.errors import VerificationError
from app.session.command import CommandSession
from app.session.desk import Desk
from app.session.ends import WipeLine
from app.session.errors import SessionOverError
from app.session.wipe_receipts import sign_receipt
from app.session.workstations import OrderState, WipeReason
from tests.office.coming_back import clients_closed
from tests.office.door import rows_of
from tests.office.made import MadeOffice, made_office
from tests.office.seats import guardian_wipes

GONE = (WipeLine("keyring", "removed", count=1), WipeLine("cache", "removed", count=4))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("receipts")) as made, clients_closed(made):
        made.hire("ratna", "Ratna Dewanti", grant=False)
        yield made


@contextlib.contextmanager
def ordered(office: MadeOffice) -> Iterator[tuple[Desk, CommandSession]]:
    """A console that was told to wipe, and the administrator who waits for its receipt."""
    desk, admin = office.desk("ratna"), office.command("adi")
    admin.workstations.wipe_all(WipeReason.STOLEN)
    with pytest.raises(SessionOverError):
        desk.beat()
    yield desk, admin
    guardian_wipes(office, desk, desk.end("wipe_now"))
    assert newest(admin) is OrderState.CONFIRMED, "the control: the true one is taken after all"
    admin.end()


def newest(admin: CommandSession) -> OrderState:
    orders = [one for seat in admin.workstations.listing().workstations for one in seat.orders]
    return max(orders, key=lambda one: one.at).state


def true_receipt(office: MadeOffice, session: str) -> BroughtReceipt:
    signed = sign_receipt(office.made.plate.office, office.store.seat_half(), session, GONE)
    assert signed is not None
    return signed


def refused(office: MadeOffice, receipt: BroughtReceipt) -> str:
    with contextlib.closing(office.connect()) as client, pytest.raises(VerificationError) as refusal:
        bring_receipt(client, receipt)
    return refusal.value.code


def refusals(office: MadeOffice, session: str) -> list[str]:
    found = [row for row in rows_of(office, "audit") if row.event == "wipe.receipt" and row.session == session]
    return [row.reason for row in found if row.outcome == "refused"]


@pytest.mark.parametrize("lie", ["another key", "another seat", "files", "entries", "time", "session"])
def test_that_a_forged_receipt_confirms_nothing_and_stands_in_the_log(office: MadeOffice, lie: str) -> None:
    with ordered(office) as (desk, admin):
        true, o = true_receipt(office, desk.session), office.made.plate.office
        other = true_receipt(office, secrets.token_bytes(16).hex())
        half = secrets.token_bytes(32)
        lies: dict[str, dict[str, object]] = {
            "another key": {"signature": signing.sign(seat_sign_seed(o, half), b"whatever")},
            "another seat": {"seat": seat_id(o, half)},
            "files": {"files": true.files + 1},
            "entries": {"entries": 0},
            "time": {"at_ms": true.at_ms + 1},
            "session": {"signature": other.signature},
        }
        assert refused(office, true.model_copy(update=lies[lie])) == "receipt_forged"
        assert refusals(office, desk.session) == ["forged"]
        assert newest(admin) is OrderState.UNCONFIRMED


def test_that_a_receipt_is_taken_once(office: MadeOffice) -> None:
    with ordered(office) as (desk, _admin):
        session = desk.session
    assert refused(office, true_receipt(office, session)) == "receipt_replayed"
    assert refusals(office, session) == ["replayed"]


def test_that_a_receipt_of_an_earlier_wipe_confirms_no_later_order(office: MadeOffice) -> None:
    with ordered(office) as (earlier, _admin):
        old = true_receipt(office, earlier.session)
    with ordered(office) as (later, admin):
        assert refused(office, old) == "receipt_replayed"
        as_new = old.model_copy(update={"session": bytes.fromhex(later.session)})
        assert refused(office, as_new) == "receipt_forged"
        assert newest(admin) is OrderState.UNCONFIRMED


def test_that_a_receipt_names_no_order_of_something_else(office: MadeOffice) -> None:
    with ordered(office) as (desk, admin):
        o, half, other = office.made.plate.office, office.store.seat_half(), secrets.token_bytes(16)
        named = sign_receipt(o, half, desk.session, GONE, other)
        assert named is not None
        assert refused(office, named) == "receipt_other_order"
        assert newest(admin) is OrderState.UNCONFIRMED


def test_that_no_receipt_is_taken_of_a_session_that_runs(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    assert refused(office, true_receipt(office, desk.session)) == "receipt_still_runs"
    desk.beat()
    desk.end("signed_out")


def test_that_of_sessions_that_there_are_not_nothing_is_written_down(office: MadeOffice) -> None:
    before = len(rows_of(office, "audit"))
    assert refused(office, true_receipt(office, secrets.token_bytes(16).hex())) == "receipt_no_session"
    assert len(rows_of(office, "audit")) == before


def test_that_refused_receipts_do_not_fill_the_log(office: MadeOffice) -> None:
    with ordered(office) as (desk, _admin):
        for nth in range(MOST_REFUSED + 3):
            forged = true_receipt(office, desk.session).model_copy(update={"files": 1_000 + nth})
            assert refused(office, forged) == "receipt_forged"
        assert refusals(office, desk.session) == ["forged"] * MOST_REFUSED


@pytest.mark.parametrize("what", ["keyring", "cache"])
def test_that_a_wipe_that_failed_has_no_receipt(office: MadeOffice, what: str) -> None:
    lines = [WipeLine(line.what, "failed", "still_there") if line.what == what else line for line in GONE]
    o, half = office.made.plate.office, office.store.seat_half()
    assert sign_receipt(o, half, "00" * 16, lines) is None
    assert sign_receipt(o, half, "00" * 16, [line for line in GONE if line.what != what]) is None
