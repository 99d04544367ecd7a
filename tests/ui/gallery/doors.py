"""The doors: sign-in, enrolment, a lost authenticator, the lock, and what an ended session leaves."""

from dataclasses import replace

from app.session.ends import NOTE_NOT_SAVED
from app.session.errors import SignInRefusal
from app.storage.outside_reports import NO_OFFICE, ReportNotKeptError
from app.ui.approval.window import ApprovalWindow
from app.ui.enrolment.screen import EnrolmentScreen
from app.ui.faults import fault_of
from app.ui.lock.screen import LockScreen
from app.ui.lost.screen import LostAuthenticatorScreen
from app.ui.sign_in.screen import SignInScreen
from tests.ui import fake_desk, fake_door, fake_making, fake_my_account
from tests.ui.fake_outside import FakeReports
from tests.ui.gallery.studio import Studio, wait


def sign_in(gallery: Studio) -> None:
    window = gallery.window()
    form = window.centralWidget().form  # type: ignore[union-attr]
    form.account.setText("ratna.dewanti")
    form.password.edit.setText("a long password 12")
    form._on_caps_seen(True)
    form.refuse(fault_of(fake_door.refused(SignInRefusal.USED_CODE)).sentence)
    form.code.setText("73")
    form.code.set_wrong(True)
    gallery.shoot(window, "sign-in")
    window.close()


def reports(gallery: Studio) -> None:
    """A suspicion that is reported while nobody is signed in."""
    window = gallery.window(new_enrolment=fake_making.FakeEnrol)
    door = window.centralWidget()
    assert isinstance(door, SignInScreen)
    assert door.reporting is not None
    door.reporting.open()
    gallery.shoot(window, "sign-in-report")
    window.close()
    fake = FakeReports()
    window = gallery.window(resume=fake_door.FakeLock(cause="by_hand"), idle_clock=lambda: 50_000.0, reports=fake)
    screen = window.centralWidget()
    assert isinstance(screen, LockScreen)
    assert screen.reporting is not None
    fake.refusal = ReportNotKeptError("None.", code=NO_OFFICE)
    screen.reporting.open()
    wait(150)
    gallery.shoot(window, "lock-report-refused")
    screen.reporting.open()
    assert screen.reporting.popover is not None
    screen.reporting.popover.rows[3].click()
    wait(150)
    gallery.shoot(window, "lock-report-kept")
    window.close()


def enrolment(gallery: Studio) -> None:
    window = gallery.window(new_enrolment=fake_making.FakeEnrol)
    gallery.shoot(window, "sign-in-first")
    window.show_enrolment()
    screen = window.centralWidget()
    assert isinstance(screen, EnrolmentScreen)
    screen.account.account.setText("ratna.dewanti")
    screen.account.code.setText(fake_making.ACTIVATION[:-4] + "AAAA")
    screen.card.go_on.click()
    wait(150)
    gallery.shoot(window, "enrol-code-refused")
    screen.account.code.setText(fake_making.ACTIVATION)
    screen.card.go_on.click()
    wait(150)
    for edit in (screen.password.pair.first, screen.password.pair.again):
        edit.edit.setText("too short")
    screen.card.go_on.click()
    wait(150)
    gallery.shoot(window, "enrol-password-refused")
    for edit in (screen.password.pair.first, screen.password.pair.again):
        edit.edit.setText(fake_making.PASSWORD)
    gallery.shoot(window, "enrol-password")
    screen.card.go_on.click()
    wait(150)
    screen.authenticator.code.setText("41")
    gallery.shoot(window, "enrol-authenticator")
    screen.authenticator.show_key.click()
    screen.authenticator.code.setText("000000")
    wait(150)
    gallery.shoot(window, "enrol-authenticator-refused")
    screen.authenticator.code.setText("731904")
    wait(150)
    gallery.shoot(window, "enrol-codes")
    screen.card.go_on.click()
    wait(150)
    gallery.shoot(window, "enrol-done")
    window.close()


def lost(gallery: Studio) -> None:
    window = gallery.window(new_enrolment=fake_making.FakeEnrol)
    window.show_lost_authenticator()
    screen = window.centralWidget()
    assert isinstance(screen, LostAuthenticatorScreen)
    gallery.shoot(window, "lost")
    screen.recovery.account.setText("ratna.dewanti")
    screen.recovery.password.edit.setText(fake_my_account.PASSWORD)
    screen.recovery.code.setText("K7QF-2MXP")
    screen.card.go_on.click()
    wait(150)
    gallery.shoot(window, "lost-refused")
    screen.recovery.code.setText(fake_my_account.RECOVERY_CODE)
    screen.card.go_on.click()
    wait(150)
    gallery.shoot(window, "lost-authenticator")
    screen.authenticator.code.setText(fake_my_account.CODE)
    wait(150)
    gallery.shoot(window, "lost-done")
    window.close()


def locked(gallery: Studio) -> None:
    lock = fake_door.FakeLock()
    window = gallery.window(resume=lock, idle_clock=lambda: 50_000.0)
    gallery.shoot(window, "lock")
    screen = window.centralWidget()
    assert isinstance(screen, LockScreen)
    lock.refusals.append(fake_door.refused(SignInRefusal.WRONG))
    screen.card._on_caps_seen(True)
    screen.card.submitted.emit("wrong words")
    wait(200)
    screen.card._on_caps_seen(True)
    gallery.shoot(window, "lock-refused")
    window.close()
    window = gallery.window(resume=fake_door.FakeLock(cause="by_hand"), idle_clock=lambda: 50_000.0)
    window.resize(1180, 640)
    gallery.shoot(window, "lock-by-hand")
    window.close()


def wiped(gallery: Studio) -> None:
    receipts = {
        "wiped": fake_desk.receipt(),
        "wiped-failed": fake_desk.receipt(failed=True),
        "wiped-idle": replace(fake_desk.receipt("idle"), details=(NOTE_NOT_SAVED,)),
        "wiped-office-lost": fake_desk.receipt("office_lost"),
        "wiped-cache-lost": fake_desk.receipt("cache_lost"),
        "wiped-too-many-tries": fake_desk.receipt("too_many_tries"),
    }
    for name, receipt in receipts.items():
        window = gallery.window(receipt=receipt)
        gallery.shoot(window, name)
        window.close()


def approval(gallery: Studio) -> None:
    window = ApprovalWindow(fake_door.FakeSignIn(), gallery.tasks, lambda: None, look=gallery.look)
    window.show()
    wait(80)
    gallery.shoot(window, "approval-sign-in")
    window._on_signed_in(fake_door.FakeApproval())
    wait(150)
    gallery.shoot(window, "approval")
    window.close()


SHOTS = (
    sign_in,
    reports,
    enrolment,
    lost,
    locked,
    wiped,
    approval,
)
