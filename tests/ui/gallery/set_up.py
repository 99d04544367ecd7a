"""The first office is made."""

from app.ui.setup.screen import SetUpScreen
from tests.ui import fake_making
from tests.ui.gallery.studio import Studio, wait


def set_up(gallery: Studio) -> None:
    window = gallery.window(make_office=fake_making.FakeMaking())
    screen = window.centralWidget()
    assert isinstance(screen, SetUpScreen)
    gallery.shoot(window, "set-up-office")
    screen.office.name.setText("Nusantara Care, Surabaya")
    for role, name, account in (("administrator", "Adi Nugroho", "adi"), ("supervisor", "Hendra Kusuma", "hendra")):
        if screen.card.page is screen.office:
            screen.card.go_on.click()
            wait(150)
        screen.person.display_name.setText(name)
        screen.person.account.setText(account)
        for edit in (screen.person.pair.first, screen.person.pair.again):
            edit.edit.setText(fake_making.PASSWORD)
        gallery.shoot(window, f"set-up-{role}")
        screen.card.go_on.click()
        wait(150)
        gallery.shoot(window, f"set-up-{role}-authenticator")
        screen.authenticator.code.setText("731904")
        wait(150)
        gallery.shoot(window, f"set-up-{role}-codes")
        screen.card.go_on.click()
        wait(150)
    gallery.shoot(window, "set-up-kit")
    window.close()
    gallery.shoot(window, "set-up-kit-warned")
    window.close()


SHOTS = (set_up,)
