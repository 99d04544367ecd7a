"""The page of analytics exports: what is shown, who may, what is asked, what is said."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role
from app.ui.privacy.exporting.page import ExportsPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_exporting import APPROVED, MADE, WAITS, FakeExporting

OPEN: list[QMainWindow] = []


@pytest.fixture
def fake() -> Iterator[FakeExporting]:
    yield FakeExporting()
    while OPEN:
        window = OPEN.pop()
        window.close()
        window.deleteLater()


def shown(qtbot: QtBot, page: ExportsPage) -> ExportsPage:
    window = QMainWindow()
    OPEN.append(window)
    window.setCentralWidget(page)
    window.resize(1150, 700)
    window.show()
    page.begin()
    page.come()
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 3)
    return page


def choose(page: ExportsPage, known: tuple[str, ...], sensitive: str) -> None:
    for picker, value in zip(page.form.known, known, strict=False):
        picker.setCurrentIndex(picker.findData(value))
    page.form.sensitive.setCurrentIndex(page.form.sensitive.findData(sensitive))


def test_that_an_export_is_proposed_by_its_columns_and_a_refusal_is_said_at_the_form(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeExporting
) -> None:
    page = shown(qtbot, ExportsPage(look, fake, tasks))
    page.form.button.click()
    assert page.form.error.isVisible(), "nothing is chosen"
    assert fake.asked == []
    choose(page, ("birth_date:ten_years", "city:as_is"), "balance_due:band")
    page.form.k.setCurrentIndex(page.form.k.findData("10"))
    fake.refusal = InputRefusedError("No.", code="export_settings")
    page.form.button.click()
    qtbot.waitUntil(lambda: page.form.error.isVisible() and not page.acting.is_busy)
    page.form.button.click()
    asked = ("propose", (10, 2, 30), ("birth_date:ten_years", "city:as_is"), "balance_due:band")
    qtbot.waitUntil(lambda: asked in fake.asked)
    qtbot.waitUntil(lambda: not page.head.said.isHidden())
    assert page.form.chosen_known() == ()
    assert page.form.least() == (5, 2, 30)
    assert page.close_innermost()


def test_that_somebody_elses_order_is_approved_as_it_is_shown_and_what_waits_is_counted(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeExporting
) -> None:
    page, counts = ExportsPage(look, fake, tasks), list[int]()
    page.counted.connect(counts.append)
    shown(qtbot, page)
    assert counts[-1] == 1
    assert page.approve.isHidden(), "nothing is chosen"
    page.table.chosen.emit(WAITS.id, 0)
    assert not page.approve.isHidden()
    assert page.make.isHidden()
    assert "Tanggal lahir: ten years" in page.title.text()
    fake.refusal = NotAllowedError("No.", code="signature")
    page.approve.click()
    qtbot.waitUntil(lambda: "nobody has signed" in page.head.said.label.text())
    page.approve.click()
    qtbot.waitUntil(lambda: ("approve", WAITS.id) in fake.asked)
    qtbot.waitUntil(lambda: counts[-1] == 0)
    assert page.approve.isHidden()


def test_that_an_approved_export_is_made_into_a_file_and_tells_what_it_came_to(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeExporting, tmp_path: Path
) -> None:
    def ask(_parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(tmp_path / name)
        return None

    page = shown(qtbot, ExportsPage(look, fake, tasks, ask, lambda: date(2026, 11, 28)))
    page.table.chosen.emit(APPROVED.id, 0)
    page.make.click()
    path = tmp_path / "analytics-b2b2b2b2-2026-11-28.csv"
    qtbot.waitUntil(lambda: ("make", APPROVED.id, path) in fake.asked)
    qtbot.waitUntil(lambda: str(path) in page.head.said.label.text())
    qtbot.waitUntil(page.make.isHidden)
    assert "k = 5, l = 2, t = 0.29" in page.about.text()
    assert "0 are re-identified" in page.attack.text()
    assert page.drop.isHidden(), "what was made cannot be taken back"
    assert page.table.lines.lines[2].texts[3:] == ("5", "2", "0.29", "0")


def test_that_a_supervisor_approves_and_proposes_nothing(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeExporting
) -> None:
    fake.role = Role.SUPERVISOR
    page = shown(qtbot, ExportsPage(look, fake, tasks))
    assert page.form.isHidden()
    page.table.chosen.emit(MADE.id, 0)
    assert page.approve.isHidden()
    assert page.make.isHidden()


def test_that_what_is_being_made_can_be_stopped_and_nothing_is_said_to_be_saved(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeExporting, tmp_path: Path
) -> None:
    fake.waits_to_be_stopped = True

    def ask(_parent: QWidget, _name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(tmp_path / "x.csv")
        return None

    page = shown(qtbot, ExportsPage(look, fake, tasks, ask))
    page._choose(APPROVED.id)
    page.make.click()
    qtbot.waitUntil(page.making.isVisible)
    assert "2,000" in page.making.label.text()
    page.making.action.click()
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    assert page.making.isHidden()
    assert "Stopped" in page.head.said.label.text()
    assert [one for one in fake.asked if one[0] == "make"] == []
    assert page.make.isEnabled()
    fake.waits_to_be_stopped = False
    page.make.click()
    qtbot.waitUntil(lambda: "Saved" in page.head.said.label.text())


def test_that_as_many_known_fields_can_be_chosen_as_an_order_has(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeExporting
) -> None:
    page = shown(qtbot, ExportsPage(look, fake, tasks))
    assert [picker.isVisible() for picker in page.form.known] == [True, True, False, False, False, False]
    for at, picker in enumerate(page.form.known):
        assert picker.isVisible()
        picker.setCurrentIndex(1 + at % 3)
    assert len(page.form.chosen_known()) == 6
    page.form.clear()
    assert sum(picker.isVisible() for picker in page.form.known) == 2
