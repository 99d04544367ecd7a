"""The pages of erasure, holds and retention: what is shown, who may, what is asked, what is said."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.erasure.words import Action, Ground, HoldReason
from app.domain.retention.trusted_time import Doubt
from app.ui.privacy.keeping.erasure_page import ErasurePage
from app.ui.privacy.keeping.holds_page import HoldsPage
from app.ui.privacy.keeping.retention_page import RetentionPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.workspace import Workspace
from tests.ui.fake_erasing import DONE, DRY, HELD, HOLD, RUNS, UNTOLD, WAITS, FakeErasing

OPEN: list[QMainWindow] = []


@pytest.fixture
def fake() -> Iterator[FakeErasing]:
    yield FakeErasing()
    while OPEN:
        window = OPEN.pop()
        window.close()
        window.deleteLater()


def shown(page: QWidget) -> None:
    window = QMainWindow()
    OPEN.append(window)
    window.setCentralWidget(page)
    window.resize(1150, 700)
    window.show()
    assert isinstance(page, Workspace)
    page.begin()
    page.come()


def test_that_an_order_is_looked_at_before_it_is_approved_and_then_followed(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing
) -> None:
    page, counts = ErasurePage(look, fake, tasks), list[int]()
    page.counted.connect(counts.append)
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 3)
    assert counts[-1] == 1
    assert page.approve.isHidden(), "nothing is chosen"
    page.table.chosen.emit(WAITS.id, 0)
    qtbot.waitUntil(lambda: "C-00042" in page.subjects.text())
    assert not page.approve.isHidden()
    assert "It answers request 7." in page.about.text()
    assert "90 days" in page.unusual.label.text()
    page.approve.click()
    qtbot.waitUntil(lambda: ("approve", WAITS.id) in fake.asked)
    qtbot.waitUntil(page.approve.isHidden)
    assert "workstation has not heard" in page.about.text()
    qtbot.waitUntil(lambda: fake.asked.count(("look", WAITS.id)) == 2)  # what became of its customers is read anew
    page.table.chosen.emit(RUNS.id, 0)
    assert "records-2026-W48" in page.about.text()
    assert page.save.isHidden()


def test_that_a_proposal_names_customer_action_and_ground_and_a_refusal_is_said_at_the_form(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing
) -> None:
    page = ErasurePage(look, fake, tasks)
    shown(page)
    page.form.sent.emit()
    assert not [one for one in fake.asked if one[0] == "propose"], "without a number nothing is asked"
    grounds = [page.ground.itemData(at) for at in range(page.ground.count())]
    assert Ground.TIME_OVER.value not in grounds
    page.action.setCurrentIndex(page.action.findData(Action.DESTROY.value))
    page.ground.setCurrentIndex(page.ground.findData(Ground.NO_CASE.value))
    page.form.number.setText("C-00042")
    page.form.reference.setText("DSR-1")
    fake.refusal = HELD
    page.form.sent.emit()
    qtbot.waitUntil(page.form.error.isVisible)
    page.form.sent.emit()
    qtbot.waitUntil(lambda: ("propose", "C-00042", Action.DESTROY, Ground.NO_CASE, "DSR-1") in fake.asked)
    qtbot.waitUntil(lambda: "13" in page.head.said.label.text())
    assert page.form.number.text() == ""
    qtbot.waitUntil(lambda: "13" in page.title.text())
    assert not page.unusual.isHidden(), "whoever proposes reads what is unusual about it, too"
    assert page.refuse.text() == "Take back"
    assert page.close_innermost()


def test_that_a_certificate_is_saved_on_paper_for_an_order_that_is_over(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing, tmp_path: Path
) -> None:
    def ask(_parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(tmp_path / name)
        return None

    page = ErasurePage(look, fake, tasks, ask, lambda: date(2026, 11, 28))
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 3)
    page.table.chosen.emit(DONE.id, 0)
    page.save.click()
    path = tmp_path / "certificate-10-2026-11-28.pdf"
    qtbot.waitUntil(lambda: ("save", DONE.id, "en", path) in fake.asked)


def test_that_a_hold_is_set_alone_and_lifted_by_somebody_else(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing
) -> None:
    page = HoldsPage(look, fake, tasks)
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 1)
    page.form.number.setText("C-00042")
    page.form.sent.emit()
    qtbot.waitUntil(lambda: ("hold", "C-00042", HoldReason.DISPUTE, "") in fake.asked)
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    assert page.lift.isHidden()
    page.table.chosen.emit(HOLD.id, 0)
    page.lift.click()
    qtbot.waitUntil(lambda: not page.table.lines.lines)
    assert page.table.isHidden()
    assert "Nobody is held" in page.listing.empty.text(), "an empty page says that it is"
    fake.standing = [replace(HOLD, may_lift=False)]
    page.look_again()
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 1)
    assert page.listing.empty.isHidden()
    page.table.chosen.emit(HOLD.id, 0)
    assert page.lift.isHidden()


def test_that_a_dry_run_says_what_is_due_and_ahead_and_proposes_it(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing
) -> None:
    page = RetentionPage(look, fake, tasks)
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 3)
    assert "3 customers" in page.figures.text()
    assert "214" in page.figures.text()
    assert DRY.samples[0] in page.more.text()
    assert "Nov 26: 40" in page.ahead.accessibleDescription()
    assert page.doubt.isHidden()
    page.destroy_due.click()
    qtbot.waitUntil(lambda: ("destroy",) in fake.asked)
    fake.dry = replace(DRY, customers=0, subjects=0)
    page.look_again()
    qtbot.waitUntil(lambda: "nothing is due" in page.figures.text())
    assert page.destroy_due.isHidden()


def test_that_a_clock_in_doubt_is_said_and_a_privacy_officer_says_that_it_is_right(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing
) -> None:
    fake.dry = replace(DRY, office_day="2027-11-28", doubt=Doubt.AHEAD, subjects=0, customers=0)
    page = RetentionPage(look, fake, tasks)
    shown(page)
    qtbot.waitUntil(lambda: not page.doubt.isHidden())
    assert "2027-11-28" in page.doubt.label.text()
    assert page.destroy_due.isHidden()
    page.doubt.action.click()
    qtbot.waitUntil(lambda: ("date", "2027-11-28") in fake.asked)
    qtbot.waitUntil(page.doubt.isHidden)


def test_that_an_order_which_nobody_asked_for_says_that_nobody_was_told_and_makes_the_letters(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing, tmp_path: Path
) -> None:
    def ask(_parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(tmp_path / name)
        return None

    fake.known.append(UNTOLD)
    page = ErasurePage(look, fake, tasks, ask, lambda: date(2026, 11, 28))
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 4)
    for asked_for in (WAITS, RUNS, DONE):  # by a request, or nobody is left
        page.table.chosen.emit(asked_for.id, 0)
        assert page.letters.isHidden()
        assert "art. 45" not in page.unusual.label.text()
    page.table.chosen.emit(UNTOLD.id, 0)
    assert "art. 45" in page.unusual.label.text()
    page.letters.click()
    path = tmp_path / "erasure-9-letters-2026-11-28.zip"
    qtbot.waitUntil(lambda: ("letters", UNTOLD.id, path) in fake.asked)
    qtbot.waitUntil(lambda: "214 letters" in page.head.said.label.text())
    fake.known[-1] = replace(UNTOLD, told_at=UNTOLD.at + 60, untold=0)
    page.look_again()
    qtbot.waitUntil(lambda: "Letters to its people were written" in page.about.text())
    assert "art. 45" not in page.unusual.label.text()


def test_that_letters_are_stopped_on_their_way_and_then_nobody_counts_as_told(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing, tmp_path: Path
) -> None:
    def ask(_parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(tmp_path / name)
        return None

    fake.known, fake.waits = [UNTOLD], threading.Event()
    page = ErasurePage(look, fake, tasks, ask, lambda: date(2026, 11, 28))
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 1)
    page.table.chosen.emit(UNTOLD.id, 0)
    page.letters.click()
    qtbot.waitUntil(lambda: "40 of 214 letters" in page.making.label.text())
    page.making.action.click()
    assert "Stopping" in page.making.label.text()
    fake.waits.set()
    qtbot.waitUntil(page.making.isHidden)
    assert "nobody counts as told" in page.head.said.label.text()
    assert not [one for one in fake.asked if one[0] == "letters"]


def test_that_a_chosen_field_says_what_contradicts_what_decides_and_what_is_due_by_it(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeErasing
) -> None:
    page = RetentionPage(look, fake, tasks)
    shown(page)
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 3)
    assert "1 field a least time" in page.more.text()
    page.table.chosen.emit("1", 0)
    text = page.rule.text()
    for words in ("Permenkominfo 20/2016 pasal 15 (3)", "the longest time decides", "43 (1) b", "214 customers"):
        assert words in text
    assert DRY.rules[1].by[0].samples[0] in text
    page.table.chosen.emit("2", 0)
    assert "stands against" not in page.rule.text()
