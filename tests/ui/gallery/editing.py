"""A field that is changed: the line, what is wrong, both masks in a conflict, versions, who else is there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.mask import Mask
from app.domain.role import Role
from app.session.shown_editing import ShownNeighbour, ShownVersion
from app.ui.console.edit_menu import EditMenu
from app.ui.console.edit_row import EditRow
from app.ui.console.screen import ConsoleScreen
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, field_row, wait

NOW = 1_795_766_000.0


def editing(gallery: Studio) -> None:
    """An edit from its first key to a conflict."""
    desk = fake_desk.FakeDesk(count=30)
    desk.editing.others = (ShownNeighbour("Yoga Pratama", "SBY-0420", ""),)
    window, console = gallery.console(desk)
    edit = _begin(console, "mobile_phone")
    QTest.keyClicks(edit.edit, "0812-98")
    wait(600)
    gallery.shoot(window, "console-edit")
    QTest.keyClicks(edit.edit, "765-432")
    desk.editing.somebody_changes("mobile_phone", Mask("+62", "11", 10))
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    wait(300)
    gallery.shoot(window, "console-edit-conflict")
    console.field_actions.editing._keep_theirs()
    wait(150)
    desk.editing.history = tuple(
        ShownVersion(NOW - 86_400 * at * 9, name, kind, mask)
        for at, (name, kind, mask) in enumerate(
            (
                ("Yoga Pratama", "edit", Mask("+62", "11", 10)),
                ("Ratna Dewanti", "edit", Mask("+62", "47", 10)),
                ("Hendra Kusuma", "import", Mask("+62", "08", 10)),
                ("Hendra Kusuma", "import", None),
            )
        )
    )
    row = field_row(console, "mobile_phone")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_H)
    wait(300)
    gallery.shoot(window, "console-edit-versions")
    window.close()
    wait(100)


def emptying(gallery: Studio) -> None:
    """A value is taken away: why, a conflict, and what stands there afterwards."""
    desk = fake_desk.FakeDesk(count=30)
    window, console = gallery.console(desk)
    edit = _begin(console, "email")
    assert edit.removing is not None
    edit.removing.begin.click()
    wait(150)
    gallery.shoot(window, "console-remove")
    desk.editing.somebody_changes("email", Mask("b", "@c", 10))
    edit.removing.wrong.click()
    wait(300)
    gallery.shoot(window, "console-remove-conflict")
    console.field_actions.editing._keep_theirs()
    wait(150)
    desk.editing.somebody_changes("second_phone")
    desk.editing.history = (
        ShownVersion(NOW, "Ratna Dewanti", "emptied"),
        ShownVersion(NOW - 86_400, "Yoga Pratama", "edit", Mask("+62", "11", 10)),
        ShownVersion(NOW - 86_400 * 9, "Hendra Kusuma", "import", Mask("+62", "47", 10)),
    )
    console.field_actions.editing.presence.look_again()
    wait(200)
    console.field_actions.editing.begin("second_phone")
    edit = _edit(console)
    edit.versions_wanted.emit()
    wait(300)
    gallery.shoot(window, "console-removed-versions")
    window.close()
    wait(100)


def editing_other_fields(gallery: Studio) -> None:
    """What has no row: open fields, and what nobody has kept yet."""
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    desk.editing.others = (
        ShownNeighbour("Ratna Dewanti", "SBY-0417", "Email"),
        ShownNeighbour("Yoga Pratama", "SBY-0420", ""),
    )
    window, console = gallery.console(desk)
    wait(150)
    console.field_actions.editing.choose()
    wait(150)
    gallery.shoot(window, "console-edit-choose")
    (menu,) = [one for one in window.findChildren(EditMenu) if one.isVisible()]
    menu.dismiss()
    console.field_actions.editing.begin("second_phone")
    edit = _edit(console)
    QTest.keyClicks(edit.edit, "12")
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    wait(300)
    gallery.shoot(window, "console-edit-refused")
    window.close()
    wait(100)


def _begin(console: ConsoleScreen, field: str) -> EditRow:
    wait(150)
    row = field_row(console, field)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_E)
    return _edit(console)


def _edit(console: ConsoleScreen) -> EditRow:
    (edit,) = [one for one in console.card.findChildren(EditRow) if one.isVisible()]
    return edit


SHOTS = (editing, emptying, editing_other_fields)
