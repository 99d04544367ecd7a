"""Workstations: the table, each kind in the drawer, the questions."""

from PySide6.QtWidgets import QPushButton

from app.domain.role import Role
from app.ui.workstations.screen import WorkstationsScreen
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def workstations(gallery: Studio) -> None:
    """An administrator at the workstations."""
    desk = fake_desk.FakeDesk(Role.ADMINISTRATOR)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("workstations")
    screen = console.workspaces.screen_of("workstations")
    assert isinstance(screen, WorkstationsScreen)
    wait(200)
    gallery.shoot(window, "workstations")
    _press(screen, "wipe_many")
    gallery.shoot(window, "workstations-wipe-several")
    _press(screen, "wipe_many_question_cancel")
    _press(screen, "invite")
    gallery.shoot(window, "workstations-invite")
    screen.invite.name_edit.setText("SBY-0507")
    desk.workstations.refusal = "own_office"
    _press(screen, "invite_now")
    wait(150)
    gallery.shoot(window, "workstations-invite-refused")
    desk.workstations.refusal = ""
    _press(screen, "invite_now")
    wait(150)
    gallery.shoot(window, "workstations-code")
    _press(screen, "copy_seat_code")
    gallery.shoot(window, "workstations-code-copied")
    screen.code.clipboard.clear()
    _press(screen, "seat_code_noted")
    wait(150)
    screen.show_nobody()
    for one in desk.workstations.known:
        screen.table.select(one.id)
        screen.show_workstation(one.id)
        gallery.shoot(window, f"workstation-{one.name[-2:]}")
    busy = desk.workstations.known[1]
    screen.table.select(busy.id)
    screen.show_workstation(busy.id)
    _press(screen, "ask_wipe")
    gallery.shoot(window, "workstation-wipe")
    desk.workstations.refusal = "nothing_there"
    _press(screen, "wipe_now")
    wait(150)
    gallery.shoot(window, "workstation-refused")
    desk.workstations.refusal, desk.workstations.has_code = "", False
    _press(screen, "wipe_now")
    wait(150)
    gallery.shoot(window, "workstation-step-up")
    screen.acting.stop()
    desk.workstations.has_code = True
    screen.detail.close_question()
    _press(screen, "ask_revoke")
    gallery.shoot(window, "workstation-revoke")
    _press(screen, "revoke_now")
    wait(150)
    gallery.shoot(window, "workstation-revoked")
    screen.table.search.setText("qqq")
    gallery.shoot(window, "nothing-workstations")
    window.close()


def _press(screen: WorkstationsScreen, name: str) -> None:
    screen.findChildren(QPushButton, name)[-1].click()


SHOTS = (workstations,)
