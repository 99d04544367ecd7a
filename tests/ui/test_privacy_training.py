"""The page of the report of training: who is due, who failed where, what is missed; and why it cannot be read."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.ui.privacy.training.page import EVERYBODY, FAILED, MISSED, TrainingPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_training_report import FakeTrainingReport


@pytest.fixture
def page(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[tuple[TrainingPage, FakeTrainingReport]]:
    window, fake = QMainWindow(), FakeTrainingReport()
    made = TrainingPage(look, fake, tasks)
    window.setCentralWidget(made)
    window.resize(1150, 700)
    window.show()
    made.come()
    qtbot.waitUntil(lambda: bool(made.people.lines.lines))
    yield made, fake
    window.close()
    window.deleteLater()


def people(page: TrainingPage) -> list[str]:
    return [line.key for line in page.people.lines.lines]


def test_that_those_who_are_due_come_first_with_what_they_lack(page: tuple[TrainingPage, FakeTrainingReport]) -> None:
    shown, _fake = page
    assert people(shown) == ["sari", "yoga"]
    assert "2 of 4 people are due" in shown.summary.text()
    sari, yoga = (line.texts for line in shown.people.lines.lines)
    assert sari[1] == "7 due"
    assert sari[2] == "Rules of conduct, Why and the law\nand 5 more"
    assert (yoga[1], yoga[2]) == ("3 due", "Why and the law, Who is calling\nand 1 more")
    assert yoga[3] == "Who is calling 3"
    shown.people.setCurrentIndex(shown.people.lines.index(1, 0))
    assert "Yoga Pratama (yoga): Why and the law: over since" in shown.detail.text()
    assert "Who is calling: not passed yet. Tests failed: 3." in shown.detail.text()


def test_that_everybody_and_those_who_failed_are_chosen(page: tuple[TrainingPage, FakeTrainingReport]) -> None:
    shown, _fake = page
    shown.sections.button(EVERYBODY).click()
    assert people(shown) == ["budi", "ratna", "sari", "yoga"]
    assert [line.texts[1] for line in shown.people.lines.lines][:2] == ["Nothing due", "Ends soon"]
    shown.sections.button(FAILED).click()
    assert people(shown) == ["ratna", "yoga"]


def test_that_questions_are_told_with_no_name(page: tuple[TrainingPage, FakeTrainingReport]) -> None:
    shown, fake = page
    shown.sections.button(MISSED).click()
    assert shown.stack.currentWidget() is shown.questions
    first = shown.questions.lines.lines[0].texts
    assert (first[0], first[2:]) == ("Who is calling", ("12", "7", "58 %"))
    said = " ".join(text for line in shown.questions.lines.lines for text in line.texts)
    assert not any(one.name in said or one.account in said for one in fake.report().learners)
    shown.questions.setCurrentIndex(shown.questions.lines.index(1, 0))
    assert shown.detail.text() == "What is a mask?"


def test_that_a_refusal_is_said_and_taken_away_by_esc(
    qtbot: QtBot, page: tuple[TrainingPage, FakeTrainingReport]
) -> None:
    shown, fake = page
    fake.refusal = NotAllowedError("Your role does not do this.", code="role_privacy")
    shown.look_again()
    qtbot.waitUntil(lambda: not shown.head.said.isHidden())
    assert shown.close_innermost()
    assert not shown.close_innermost()
