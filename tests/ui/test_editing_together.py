"""Two people at one customer: two real windows on a real office, with real keys. They see each other, nobody loses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.mask import Mask
from app.session.desk import Desk
from app.ui.console.edit_row import EditRow
from app.ui.console.screen import ConsoleScreen
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice, made_office
from tests.ui.conftest import named

CUSTOMERS = [c for c in demo_customers(60, 7) if c["queue"] == "billing" and c["email"] and c["mobile_phone"]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path, checks_callers=True) as made:
        made.hire("ratna", "Ratna Dewanti")
        made.hire("yoga", "Yoga Pratama")
        made.bring_in(CUSTOMERS)
        yield made


class Place:
    """One person's window."""

    def __init__(self, office: MadeOffice, look: Look, tasks: Tasks, who: str, qtbot: QtBot) -> None:
        door = office.sign_in()
        self.desk: Desk = door.sign_in(who, office.people[who].password, office.code(who))
        self.window = MainWindow(
            door,
            look=look,
            tasks=tasks,
            on_signed_in=lambda _desk: None,
            on_ended=lambda _receipt: None,
            on_approval_wanted=lambda: None,
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window._on_signed_in(self.desk)
        self._qtbot = qtbot

    @property
    def console(self) -> ConsoleScreen:
        assert self.window.console is not None
        return self.window.console

    def open_first(self) -> None:
        self._qtbot.waitUntil(lambda: self.console.model.rowCount() > 0)
        self.console.find_panel.enter()
        self._qtbot.waitUntil(lambda: self.console.card.customer is not None)

    @property
    def also_open(self) -> str:
        label = self.console.card.editing._label
        return label.text() if label is not None else ""

    def mask(self, field: str) -> Mask | None:
        row = self.console.card.row(field)
        return row.field.mask if row is not None else None

    def begin(self, field: str) -> EditRow:
        def has_pencil() -> bool:
            row = self.console.card.row(field)
            return row is not None and row.marks.can_edit

        self._qtbot.waitUntil(has_pencil)
        self.window.activateWindow()
        row = self.console.card.row(field)
        assert row is not None
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_E)
        (edit,) = [one for one in self.console.card.findChildren(EditRow) if one.isVisible()]
        return edit

    def leave(self) -> None:
        """Sign out, as a person does."""
        ended: list[object] = []
        self.console.ended.connect(ended.append)
        self.console.end("signed_out")
        self._qtbot.waitUntil(lambda: bool(ended))
        self.window.close()
        self.window.deleteLater()

    @property
    def is_editing(self) -> bool:
        return self.console.field_actions.editing.is_open


@pytest.fixture
def places(office: MadeOffice, look: Look, qtbot: QtBot) -> Iterator[tuple[Place, Place]]:
    lanes = Tasks(), Tasks()
    both = Place(office, look, lanes[0], "ratna", qtbot), Place(office, look, lanes[1], "yoga", qtbot)
    for place in both:
        place.open_first()
    yield both
    for place, tasks in zip(both, lanes, strict=True):
        place.leave()
        tasks.close()


def says(edit: EditRow) -> str:
    return edit._foot.text()


@pytest.mark.slow
def test_that_two_people_see_each_other_and_choose_where_they_collide(
    places: tuple[Place, Place], qtbot: QtBot
) -> None:
    ratna, yoga = places
    qtbot.waitUntil(lambda: ratna.also_open == "Also open by Yoga Pratama (SBY-0417)")
    hers, his = ratna.begin("email"), yoga.begin("email")
    qtbot.waitUntil(lambda: yoga.also_open == "Also open by Ratna Dewanti (SBY-0417), changing Email")
    qtbot.waitUntil(lambda: says(his) == "Ratna Dewanti is changing this, too.")
    QTest.keyClicks(hers.edit, "ratna.baru@contoh.example")
    QTest.keyClick(hers.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not ratna.is_editing)
    qtbot.waitUntil(lambda: "Somebody changed this while you typed" in says(his))
    QTest.keyClicks(his.edit, "yoga.lain@surat.example")
    QTest.keyClick(his.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: his._choice is not None)
    assert his._choice is not None
    assert his._choice.spoken.startswith("Ratna Dewanti changed this at ")
    QTest.keyClick(his._choice.put, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not yoga.is_editing)
    qtbot.waitUntil(lambda: ratna.mask("email") == Mask("y", "@s", 10) == yoga.mask("email"))


def test_that_what_identifies_a_caller_waits_in_its_line_until_the_caller_is_checked(
    places: tuple[Place, Place], qtbot: QtBot
) -> None:
    ratna, customer = places[0], places[0].console.card.customer
    assert customer is not None
    values = next(c for c in CUSTOMERS if c["customer_number"] == customer.number)
    edit = ratna.begin("mobile_phone")
    QTest.keyClicks(edit.edit, "0812-3456-7899")
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Check who is calling first" in says(edit))
    qtbot.waitUntil(lambda: ratna.window.focusWidget() is named(ratna.window, "check_nik"))
    for field in ("nik", "birth_date"):
        line = named(ratna.window, f"check_{field}")
        QTest.keyClicks(line, values[field])
        QTest.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not line.isVisible())  # noqa: B023  (before the next one)
    edit.edit.setFocus()
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not ratna.is_editing)
    qtbot.waitUntil(lambda: ratna.mask("mobile_phone") == Mask("+62", "99", 10))
