"""One's own account."""

from app.domain.role import Role
from tests.ui import fake_desk, fake_my_account
from tests.ui.gallery.studio import Studio, wait


def my_account(gallery: Studio) -> None:
    """One's own account."""
    desk = fake_desk.FakeDesk(Role.AGENT, count=30)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("my_account")
    own = console.workspaces.my_account
    assert own is not None
    wait(300)
    gallery.shoot(window, "my-account")
    own.password.button.click()
    own.password.current.password.edit.setText("wrong")
    own.password.current.code.boxes.setText("000000")
    for edit in (own.password.pair.first, own.password.pair.again):
        edit.edit.setText("rather short words")
    own.password.send.click()
    wait(400)
    gallery.shoot(window, "my-password")
    own.forget()
    own.authenticator.button.click()
    own.authenticator.lost.click()
    own.authenticator.current.password.edit.setText(fake_my_account.PASSWORD)
    own.authenticator.recovery.setText("K7QF")
    own.authenticator.send.click()
    wait(200)
    gallery.shoot(window, "my-authenticator-lost")
    own.authenticator.recovery.setText(fake_my_account.RECOVERY_CODE)
    own.authenticator.send.click()
    wait(200)
    gallery.shoot(window, "my-authenticator")
    own.forget()
    own.recovery.button.click()
    own.recovery.current.password.edit.setText(fake_my_account.PASSWORD)
    own.recovery.current.code.boxes.setText(fake_my_account.CODE)
    own.recovery.send.click()
    wait(200)
    gallery.shoot(window, "my-codes")
    window.close()
    wait(100)


SHOTS = (my_account,)
