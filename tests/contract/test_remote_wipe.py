"""A wipe that an administrator orders: how it reaches a console, and what confirms it."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.client.seats import order_wipe
from app.api.messages.seats import OrderWipe
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.guardian.destroy import sweep
from app.session.command import CommandSession
from app.session.desk import Desk
from app.session.ends import LockedSession
from app.session.errors import SessionOverError
from app.session.lock_place import Place
from app.session.resume import Resume
from app.session.workstations import OrderState, WipeOrder, WipeReason
from app.storage.kept_receipts import kept_receipts
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.coming_back import clients_closed, locked, resumed
from tests.office.door import rows_of
from tests.office.made import MadeOffice
from tests.office.seats import OTHER_HALF, at_another_seat, guardian_wipes, hands_of, store_at
from tests.patience import GUARDIANS

pytestmark = pytest.mark.slow  # whole offices again and again: in `make test-all`


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as made, clients_closed(made):
        made.hire("ratna", "Ratna Dewanti", grant=False)
        made.hire("yoga", "Yoga Pratama", queues=("delivery",), grant=False)
        made.bring_in(demo_customers(12, 7))
        yield made


def order(admin: CommandSession, name: str = "") -> WipeOrder:
    """The newest order of the workstation where this is about, or of any."""
    orders = [one for seat in admin.workstations.listing().workstations for one in seat.orders]
    return max(orders, key=lambda one: one.at)


def here(admin: CommandSession) -> str:
    return next(seat.id for seat in admin.workstations.listing().workstations if seat.is_here)


def events(office: MadeOffice, name: str) -> list[tuple[str, str]]:
    return [(row.outcome, row.reason) for row in rows_of(office, "audit") if row.event == name]


def obey(office: MadeOffice, desk: Desk) -> None:
    """What console and guardian do when a call is answered with the order."""
    told = desk.end("wipe_now")
    guardian_wipes(office, desk, told)


def remains(office: MadeOffice, desk: Desk) -> tuple[bool, bool]:
    """Whether folder and keyring entry of a session are there."""
    return office.places.session_folder(desk.session).exists(), office.store.session(desk.session) is not None


def test_that_an_order_reaches_the_next_call_wipes_and_is_confirmed_by_a_receipt(office: MadeOffice) -> None:
    desk, admin = office.desk("ratna"), office.command("adi")
    assert remains(office, desk) == (True, True)
    ordered = admin.workstations.wipe(here(admin), WipeReason.STOLEN)
    assert (len(ordered.orders), ordered.sessions) == (1, 1)
    sent = order(admin)
    assert (sent.state, sent.by, sent.reason, sent.confirmed) == (OrderState.ORDERED, "adi", "stolen", 0)
    for call in (desk.beat, desk.budgets, desk.requests):
        with pytest.raises(SessionOverError) as over:
            call()
        assert over.value.code == "wipe_now"
        assert over.value.order.hex() == ordered.orders[0]
    assert order(admin).state is OrderState.UNCONFIRMED, "told, and not proved"
    obey(office, desk)
    assert remains(office, desk) == (False, False)
    done = order(admin)
    assert (done.state, done.confirmed, done.entries) == (OrderState.CONFIRMED, 1, 1)
    assert done.files > 0
    assert done.confirmed_at is not None
    assert events(office, "wipe.order") == [("ok", "stolen")]
    assert events(office, "wipe.receipt") == [("ok", "")]
    admin.end()


def test_that_the_session_that_orders_goes_on(office: MadeOffice) -> None:
    admin, desk = office.desk("adi"), office.desk("ratna")
    admin.workstations.wipe_all(WipeReason.DRILL)
    admin.beat()
    with pytest.raises(SessionOverError):
        desk.beat()
    obey(office, desk)
    admin.end("signed_out")


def test_that_a_missing_receipt_is_never_taken_for_one(office: MadeOffice) -> None:
    """The console wiped and said so, but nobody signed it: days later the order is unconfirmed still."""
    desk, admin = office.desk("ratna"), office.command("adi")
    admin.workstations.wipe_all(WipeReason.LOST)
    with pytest.raises(SessionOverError):
        desk.beat()
    desk.end("wipe_now")
    guardian_wipes(office, desk, work=hands_of(office, store_at(office, b"")))
    for _day in range(3):
        office.clock.pass_s(86_400)
        admin = office.command("adi")
        assert order(admin).state is OrderState.UNCONFIRMED
        admin.end()
    assert remains(office, desk) == (False, False)


def test_that_an_order_that_reaches_nobody_is_unconfirmed_once_the_lease_is_over(office: MadeOffice) -> None:
    office.desk("ratna")
    admin = office.command("adi")
    admin.workstations.wipe_all(WipeReason.LOST)
    office.clock.pass_s(office.policy.lease_s - 60)
    assert order(admin).state is OrderState.ORDERED
    admin._identity.renew()
    office.clock.pass_s(61)
    assert order(admin).state is OrderState.UNCONFIRMED
    admin.end()


def test_that_a_receipt_of_a_workstation_without_an_office_is_delivered_by_whoever_comes_next(
    office: MadeOffice,
) -> None:
    desk, admin = office.desk("ratna"), office.command("adi")
    admin.workstations.wipe_all(WipeReason.LOST)
    guardian_wipes(office, desk, cause="lease_over", work=hands_of(office, is_offline=True))
    assert remains(office, desk) == (False, False)
    assert [session for session, _text in kept_receipts(office.places.home)] == [desk.session]
    assert order(admin).state is not OrderState.CONFIRMED
    office.command("yoga").end()
    assert not list(kept_receipts(office.places.home))
    assert order(admin).state is OrderState.CONFIRMED
    admin.end()


def test_that_a_sweep_proves_what_a_dead_workstation_left(office: MadeOffice) -> None:
    """Everything was killed at once, and the order was given meanwhile: the next start sweeps and signs."""
    desk, admin = office.desk("ratna"), office.command("adi")
    for fd in office.guardian.locks:  # nobody holds the folder any more
        os.close(fd)
    office.guardian.locks.clear()
    admin.workstations.wipe_all(WipeReason.STOLEN)
    sweep(hands_of(office), GUARDIANS)
    assert remains(office, desk) == (False, False)
    office.command("yoga").end()
    assert order(admin).state is OrderState.CONFIRMED
    admin.end()


def lock_screen(office: MadeOffice, lock: LockedSession, token: bytes = b"") -> Resume:
    """The lock screen's use case, with the token that the guardian has; it has no key and asks with no password."""
    known = next(token for id_, _name, token in office.guardian.sessions if id_ == lock.session)
    shop = (office.places, office.connect, lambda: office.store, office.policy, lock, office.guardian)
    return Resume(*shop, start_office=office.serve, end_token=token or bytes.fromhex(known))


def test_that_a_locked_session_hears_of_an_order_and_cannot_be_resumed_after_it(office: MadeOffice) -> None:
    desk, admin = office.desk("ratna"), office.command("adi")
    lock = locked(office, desk.lock("by_hand", Place()))
    at_lock = lock_screen(office, lock)
    at_lock.ask()  # it waits still
    ordered = admin.workstations.wipe_all(WipeReason.SUSPICION)
    for _ in range(2):
        with pytest.raises(SessionOverError) as heard:
            at_lock.ask()
        assert (heard.value.code, heard.value.order.hex()) == ("wipe_now", ordered.orders[0])
    assert order(admin).state is OrderState.UNCONFIRMED, "it was told at the lock screen, with nobody there"
    with pytest.raises(SessionOverError) as guessed:
        lock_screen(office, lock, bytes(32)).ask()
    assert guessed.value.code == "session_over", "who has another token is told nothing"
    with pytest.raises(SessionOverError) as over:
        resumed(office, lock)
    assert over.value.code == "wipe_now"
    guardian_wipes(office, desk)
    assert order(admin).state is OrderState.CONFIRMED
    admin.end()


def test_that_a_queue_takes_the_workstations_that_may_hold_it(office: MadeOffice) -> None:
    with at_another_seat(office):
        yoga = office.desk("yoga")
    ratna, admin = office.desk("ratna"), office.command("adi")
    ordered = admin.workstations.wipe_queue("delivery", WipeReason.DRILL)
    assert (len(ordered.orders), ordered.sessions) == (1, 1)
    ratna.beat()
    with pytest.raises(SessionOverError):
        yoga.beat()
    guardian_wipes(office, yoga, yoga.end("wipe_now"), work=hands_of(office, store_at(office, OTHER_HALF)))
    assert order(admin).state is OrderState.CONFIRMED
    with pytest.raises(InputRefusedError) as nothing:
        admin.workstations.wipe_queue("delivery", WipeReason.DRILL)
    assert nothing.value.code == "nothing_there"
    ratna.end("signed_out")
    admin.end()


def test_that_all_is_one_order_per_workstation(office: MadeOffice) -> None:
    with at_another_seat(office):
        yoga = office.desk("yoga")
    ratna, admin = office.desk("ratna"), office.command("adi")
    ordered = admin.workstations.wipe_all(WipeReason.DRILL)
    assert (len(ordered.orders), ordered.sessions) == (2, 2)
    obey(office, ratna)
    states = [one.state for seat in admin.workstations.listing().workstations for one in seat.orders]
    assert sorted(states) == [OrderState.CONFIRMED, OrderState.ORDERED]
    guardian_wipes(office, yoga, work=hands_of(office, store_at(office, OTHER_HALF)))
    admin.end()


def test_that_a_session_begun_after_the_order_is_left_alone(office: MadeOffice) -> None:
    desk, admin = office.desk("ratna"), office.command("adi")
    admin.workstations.wipe_all(WipeReason.DRILL)
    later = office.desk("yoga")
    later.beat()
    with pytest.raises(SessionOverError):
        desk.beat()
    obey(office, desk)
    later.beat()
    later.end("signed_out")
    admin.end()


def test_that_a_second_order_about_the_same_session_is_confirmed_by_the_same_receipt(office: MadeOffice) -> None:
    desk, admin = office.desk("ratna"), office.command("adi")
    admin.workstations.wipe_all(WipeReason.DRILL)
    admin.workstations.wipe_all(WipeReason.STOLEN)
    obey(office, desk)
    (seat,) = admin.workstations.listing().workstations
    assert [one.state for one in seat.orders] == [OrderState.CONFIRMED] * 2
    with pytest.raises(InputRefusedError):
        admin.workstations.wipe_all(WipeReason.STOLEN)
    admin.end()


def test_that_a_stream_tells_a_console_at_once(office: MadeOffice) -> None:
    desk, admin = office.desk("ratna"), office.command("adi")
    told, ended = threading.Event(), threading.Event()
    desk.watch_changes(lambda topics: told.set() if "over" in topics else None, ended.set)
    # the stream stands once it has answered to a change
    admin.workstations.wipe_all(WipeReason.DRILL)
    assert ended.wait(120)
    admin.end()


def test_that_one_workstation_or_one_queue_is_named(office: MadeOffice) -> None:
    admin = office.command("adi")
    both = OrderWipe(seat=bytes.fromhex(here(admin)), queue="billing", reason="drill")
    with pytest.raises(InputRefusedError):
        order_wipe(admin._identity.client, both)
    with pytest.raises((InputRefusedError, NotAllowedError, TiraiError)):
        admin.workstations.wipe_all(WipeReason.REVOKED)
    admin.end()


def test_that_a_place_is_kept_by_no_wiped_session(office: MadeOffice) -> None:
    """A lock that comes with the order cannot save the cache: the session is over, and wiped."""
    desk, admin = office.desk("ratna"), office.command("adi")
    admin.workstations.wipe_all(WipeReason.DRILL)
    with pytest.raises(SessionOverError) as over:
        desk.lock("by_hand", Place())
    assert over.value.code == "wipe_now"
    obey(office, desk)
    assert remains(office, desk) == (False, False)
    admin.end()
