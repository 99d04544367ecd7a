"""The page on which two people let somebody come back: what is asked, who may, what is said, what stays typed."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.erasure.readmission import BackBecause, NamedBy
from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.ui.privacy.pages import pages_of
from app.ui.privacy.readmitting.page import ReadmissionsPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui.fake_readmitting import DONE, OWN, WAITS, FakeReadmitting

Shown = tuple[ReadmissionsPage, FakeReadmitting]


@pytest.fixture
def shown(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Shown]:
    window, fake = QMainWindow(), FakeReadmitting()
    page = ReadmissionsPage(look, fake, tasks)
    window.setCentralWidget(page)
    window.resize(1150, 700)
    window.show()
    page.come()
    qtbot.waitUntil(lambda: len(page.table.lines.lines) == 3)
    yield page, fake
    page.stop()
    window.close()
    window.deleteLater()


def button(page: ReadmissionsPage, name: str) -> Button:
    found = page.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def test_that_both_roles_of_the_pair_have_the_page_and_nobody_else() -> None:
    having = {role for role in Role if "readmissions" in {page.key for page in pages_of(role)}}
    assert having == {Role.PRIVACY_OFFICER, Role.SUPERVISOR}


def test_that_one_person_names_them_with_a_reason_and_nothing_stays_typed(qtbot: QtBot, shown: Shown) -> None:
    page, fake = shown
    button(page, "propose_readmission").click()
    assert not fake.asked, "nobody is meant by an empty field"
    assert page.form.number.echoMode() is QLineEdit.EchoMode.PasswordEchoOnEdit
    by, reason = page.form.pickers
    by.setCurrentIndex(by.findData(NamedBy.NIK.value))
    reason.setCurrentIndex(reason.findData(BackBecause.CONSENT.value))
    page.form.number.setText(" 3578012345678901 ")
    page.form.reference.setText("REQ-9")
    fake.refusal = NotAllowedError("None.", code="not_kept_out")
    button(page, "propose_readmission").click()
    qtbot.waitUntil(lambda: "Nothing keeps anybody" in page.form.error.text())
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    button(page, "propose_readmission").click()
    qtbot.waitUntil(lambda: bool(fake.asked))
    assert fake.asked == [("propose", NamedBy.NIK, "3578012345678901", BackBecause.CONSENT, "REQ-9")]
    qtbot.waitUntil(lambda: "5" in page.head.said.label.text())
    assert (page.form.number.text(), page.form.reference.text()) == ("", "")


def test_that_the_second_person_names_them_again_and_who_proposed_cannot(qtbot: QtBot, shown: Shown) -> None:
    page, fake = shown
    page._choose(OWN.id)
    assert page.again.isHidden(), "nobody approves their own"
    assert button(page, "drop_readmission").text() == "Take back"
    page._choose(DONE.id)
    assert page.again.isHidden()
    assert button(page, "drop_readmission").isHidden()
    page._choose(WAITS.id)
    assert not page.again.isHidden()
    assert "Hendra Kusuma" in page.about.text()
    page.again.number.setText("C-00017")
    fake.refusal = NotAllowedError("Another.", code="other_person")
    button(page, "approve_readmission").click()
    qtbot.waitUntil(lambda: "not the person" in page.again.error.text())
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    button(page, "approve_readmission").click()
    qtbot.waitUntil(lambda: ("approve", WAITS.id, NamedBy.NUMBER, "C-00017") in fake.asked)
    qtbot.waitUntil(page.again.isHidden)
    assert page.again.number.text() == ""


def test_that_a_proposal_is_refused_and_another_choice_forgets_what_was_typed(qtbot: QtBot, shown: Shown) -> None:
    page, fake = shown
    page._choose(WAITS.id)
    page.again.number.setText("C-00017")
    page._choose(OWN.id)
    assert page.again.number.text() == ""
    button(page, "drop_readmission").click()
    qtbot.waitUntil(lambda: ("drop", OWN.id) in fake.asked)
    page.form.number.setText("C-1")
    page.forget()
    assert page.form.number.text() == "", "nothing of anybody stays behind another page"
