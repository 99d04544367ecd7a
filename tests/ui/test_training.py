"""Training, the screen: what a person reads, answers and is told, by keys alone; and how a field leads there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.domain.training.rule import RULES
from app.session.shown_training import LessonStanding
from app.ui.console.field_row import Offer
from app.ui.console.screen import ConsoleScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.training.lesson_list import LessonModel
from app.ui.training.screen import TrainingScreen
from app.ui.widgets.curtain_states import CurtainState
from tests.ui.conftest import Signed, with_keys
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_training import FakeTraining, lessons


@pytest.fixture
def fake() -> FakeTraining:
    return FakeTraining()


def at_once(_parent: QWidget, _name: str, take: Callable[[Path], object]) -> None:
    """Stands where the dialog would."""
    take(Path("/home/ratna/law.json"))


@pytest.fixture
def screen(qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeTraining) -> TrainingScreen:
    made = TrainingScreen(look, fake, tasks, at_once, lambda: date(2026, 11, 28), ("console", "my_account"))
    with_keys(made)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.begin()
    made.come()
    qtbot.waitUntil(lambda: made.text.reader.toPlainText() != "")
    return made


def type_into(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def take_test(qtbot: QtBot, screen: TrainingScreen, *digits: Qt.Key) -> None:
    """Answer by digits and Return; the first answer is right."""
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is screen.quiz and screen.quiz.quiz is not None)
    for digit in digits:
        type_into(screen.quiz.rows[0], digit)
        type_into(screen.quiz.rows[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is screen.verdict)


ONE, TWO = Qt.Key.Key_1, Qt.Key.Key_2


def test_that_the_lesson_that_is_due_comes_first_with_its_text_and_facts(screen: TrainingScreen) -> None:
    assert screen.list.current == "law"
    assert screen.text.reader.toPlainText().startswith("A number is a person")
    assert "About 7 minutes" in screen.text.facts.text()
    assert screen.text.standing.text() == "Not taken yet."
    assert not screen.text.save.isVisible()


def test_that_the_text_has_headings_and_no_markup(screen: TrainingScreen) -> None:
    assert "##" not in screen.text.reader.toPlainText()
    assert screen.text.reader.accessibleName() == lessons().lesson("law", "en").title


def test_that_nothing_of_the_text_is_slanted_and_what_is_stressed_is_heavier(screen: TrainingScreen) -> None:
    document, weights = screen.text.reader.document(), dict[str, int]()
    block = document.begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            letters = at.fragment().charFormat()
            assert not letters.fontItalic()
            weights[at.fragment().text()] = int(letters.fontWeight())
            at += 1
        block = block.next()
    assert (weights["identity"], weights["General data"], weights["The rules in seven lines"]) == (500, 600, 600)


def test_that_each_row_says_how_it_stands_to_a_reader(screen: TrainingScreen, fake: FakeTraining, qtbot: QtBot) -> None:
    fake.passed = {"law": LessonStanding.PASSED, "masks": LessonStanding.OVER}
    screen.look_again()
    model = screen.list.lessons
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: str(model.index(1).data(role)).endswith(", passed"))
    assert str(model.index(2).data(role)).endswith(", over")
    assert str(model.index(0).data(role)) == "Rules of conduct, accepted"


def test_that_the_model_of_lessons_keeps_the_rules_of_models(qtbot: QtBot, look: Look, fake: FakeTraining) -> None:
    model = LessonModel(look)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.take(fake.state())
    fake.passed = {"law": LessonStanding.PASSED}
    model.take(fake.state())
    assert model.rowCount() == 7
    del qtbot


def test_that_a_test_is_taken_by_digits_and_return_and_passed(
    screen: TrainingScreen, qtbot: QtBot, fake: FakeTraining
) -> None:
    with qtbot.waitSignal(screen.learnt):
        take_test(qtbot, screen, *[ONE] * 9, TWO, TWO, TWO)
    assert screen.verdict.title.text() == "Passed"
    assert screen.verdict.sentence.text() == "9 of 12 right; 9 pass."
    assert fake.passed == {"law": LessonStanding.PASSED}
    screen.verdict.go_on.click()
    assert screen.list.current == "masks"


def test_that_a_failed_test_tells_why_each_wrong_answer_is_wrong(screen: TrainingScreen, qtbot: QtBot) -> None:
    take_test(qtbot, screen, *[TWO] * 12)
    assert screen.verdict.title.text() == "Not passed"
    whys = [q.choices[1].why for q in lessons().lesson("law", "en").questions[:12]]
    shown = {label.text() for label in screen.verdict.findChildren(type(screen.verdict.title))}
    assert set(whys) <= shown
    assert {"You meet it in: Console", "You meet it in: Who saw my data"} <= shown
    assert screen.verdict.retry.isVisible()
    assert not screen.verdict.go_on.isVisible()


def test_that_nothing_is_handed_in_before_each_question_has_an_answer(screen: TrainingScreen, qtbot: QtBot) -> None:
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.quiz.quiz is not None)
    type_into(screen.quiz.rows[0], Qt.Key.Key_Return)
    assert screen.quiz.at == 0
    screen.quiz._go(11)
    type_into(screen.quiz.rows[0], ONE)
    assert not screen.quiz.hand_in.isEnabled()


def test_that_what_was_chosen_stands_when_one_goes_back(screen: TrainingScreen, qtbot: QtBot) -> None:
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.quiz.quiz is not None)
    type_into(screen.quiz.rows[0], TWO, Qt.Key.Key_Return)
    screen.quiz.back.click()
    assert [row.isChecked() for row in screen.quiz.rows] == [False, True, False]
    qtbot.waitUntil(screen.quiz.rows[1].hasFocus)


def test_that_an_answer_is_named_for_a_reader_with_its_digit(screen: TrainingScreen, qtbot: QtBot) -> None:
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.quiz.quiz is not None)
    row = screen.quiz.rows[0]
    node = QAccessible.queryAccessibleInterface(row)
    assert node.text(QAccessible.Text.Name) == f"1, {row.text()}"
    assert node.state().checkable


def test_that_a_long_answer_takes_the_lines_that_it_needs(screen: TrainingScreen, qtbot: QtBot) -> None:
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.quiz.quiz is not None)
    row = screen.quiz.rows[0]
    row.setText("a rather long answer " * 20)
    assert row.heightForWidth(300) > 4 * row.heightForWidth(10_000)


def test_that_used_tries_are_said_and_no_test_begins(screen: TrainingScreen, qtbot: QtBot, fake: FakeTraining) -> None:
    fake.tries = {"law": 0}
    screen.look_again()
    qtbot.waitUntil(lambda: not screen.text.begin.isEnabled())
    assert screen.text.tries.text().startswith("The tests of today are used.")


def test_that_a_refusal_is_said_and_the_lesson_comes_back(
    screen: TrainingScreen, qtbot: QtBot, fake: FakeTraining
) -> None:
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.quiz.quiz is not None)
    fake.refuse = NotAllowedError("Over.", code="quiz_over")
    screen.quiz.handed_in.emit([0] * 12)
    qtbot.waitUntil(screen.said.isVisible)
    assert screen.said.label.text() == "This test is over. Begin another one."
    assert screen.stack.currentWidget() is screen.text


def test_that_rules_are_accepted_with_the_version_that_was_read(
    screen: TrainingScreen, qtbot: QtBot, fake: FakeTraining
) -> None:
    fake.rules_due = True
    screen.look_again()
    screen.show_lesson(RULES)
    qtbot.waitUntil(lambda: screen.text.accept.isVisible() and "Only for a task" in screen.text.reader.toPlainText())
    with qtbot.waitSignal(screen.learnt):
        screen.text.accept.click()
    assert fake.accepted == [1]


def test_that_a_certificate_is_saved_where_one_chooses(
    screen: TrainingScreen, qtbot: QtBot, fake: FakeTraining
) -> None:
    fake.passed = {"law": LessonStanding.PASSED}
    screen.look_again()
    qtbot.waitUntil(screen.text.save.isVisible)
    screen.text.save.click()
    qtbot.waitUntil(screen.said.isVisible)
    assert fake.saved == [("law", Path("/home/ratna/law.json"))]
    assert "tirai training verify" in screen.said.label.text()


def test_that_a_certificate_is_kept_as_a_page_in_the_language_that_is_read(
    qtbot: QtBot, look: Look, tasks: Tasks, fake: FakeTraining
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, name: str, take: Callable[[Path], object]) -> None:
        asked.append(name)
        take(Path("/home/ratna/law.pdf"))

    fake.passed = {"law": LessonStanding.PASSED}
    made = TrainingScreen(look, fake, tasks, ask, lambda: date(2026, 11, 28))
    qtbot.addWidget(made)
    made.show()
    made.begin()
    made.come()
    made.show_lesson("law")
    qtbot.waitUntil(lambda: made.list.current == "law")
    made.text.paper.click()
    qtbot.waitUntil(made.said.isVisible)
    assert asked == ["tirai-training-law-2026-11-28.pdf"]
    assert fake.pages == [("law", "en", Path("/home/ratna/law.pdf"))]
    assert not made.text.paper.is_busy
    assert "/home/ratna/law.pdf" in made.said.label.text()
    fake.refuse = NotAllowedError("None.", code="no_certificate")
    made.text.paper.click()
    qtbot.waitUntil(lambda: made.said.property("tone") == "danger")
    assert not made.text.paper.is_busy


def test_that_a_lesson_leads_to_its_screen_and_to_none_that_its_reader_lacks(
    screen: TrainingScreen, qtbot: QtBot, fake: FakeTraining
) -> None:
    assert screen.text.lead.text() == "Show: Console"
    with qtbot.waitSignal(screen.screen_wanted) as wanted:
        screen.text.lead.click()
    assert wanted.args == ["console"]
    screen.show_lesson(RULES)
    assert not screen.text.lead.isVisible()
    screen._screens = frozenset()
    screen.show_lesson("masks")
    assert not screen.text.lead.isVisible()


def test_that_esc_goes_one_step_back(screen: TrainingScreen, qtbot: QtBot) -> None:
    screen.text.begin.click()
    qtbot.waitUntil(lambda: screen.quiz.quiz is not None)
    assert screen.close_innermost()
    assert screen.stack.currentWidget() is screen.text
    assert not screen.close_innermost()


# the console -------------------------------------------------------------------------------------------------------

Make = Callable[..., Signed]


def resting(console: Make, rests: str) -> ConsoleScreen:
    desk = FakeDesk(count=30)
    desk.training.is_anything_asked, desk.training.rests = True, rests
    screen = console(desk).window.console
    assert isinstance(screen, ConsoleScreen)
    return screen


def training_of(screen: ConsoleScreen) -> TrainingScreen:
    found = screen.workspaces.screen_of("training")
    assert isinstance(found, TrainingScreen)
    return found


def test_that_a_field_says_that_a_lesson_opens_it_and_one_key_goes_there(console: Make, qtbot: QtBot) -> None:
    screen = resting(console, "masks")
    row = next(row for row in screen.card.rows() if row.field.name == "mobile_phone")
    assert (row.offer, row.curtain.state) == (Offer.LEARN, CurtainState.RESTING)
    row.setFocus()
    assert "lesson “Masks and reveals” opens this" in row.spoken_why()
    type_into(row, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: screen.workspaces.current == "training")
    qtbot.waitUntil(lambda: training_of(screen).list.current == "masks")


def test_that_the_card_opens_when_the_lesson_is_passed(console: Make, qtbot: QtBot) -> None:
    screen = resting(console, "law")
    screen.going.show_lesson("law")
    training = training_of(screen)
    qtbot.waitUntil(lambda: training.list.current == "law")
    take_test(qtbot, training, *[ONE] * 12)
    screen.going.show_workspace("console")
    qtbot.waitUntil(lambda: all(row.offer is not Offer.LEARN for row in screen.card.rows()))


def test_that_the_screen_of_a_lesson_comes_to_the_front(console: Make, qtbot: QtBot) -> None:
    screen = resting(console, "law")
    screen.going.show_lesson("incidents")
    training = training_of(screen)
    qtbot.waitUntil(training.text.lead.isVisible)
    qtbot.waitUntil(lambda: training.text.lead.text() == "Show: My account")
    training.text.lead.click()
    assert screen.workspaces.current == "my_account"


def test_that_what_is_due_is_said_in_a_strip_that_leads_there(console: Make, qtbot: QtBot) -> None:
    screen = resting(console, "law")
    strip = screen.notices.training
    qtbot.waitUntil(lambda: not strip.isHidden())
    assert strip.label.text() == "6 lessons are due; what they open rests until then."
    strip.action.click()
    qtbot.waitUntil(lambda: screen.workspaces.current == "training")


def test_that_rules_come_to_the_front_at_sign_in_and_can_be_left(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    desk = FakeDesk(count=30)
    desk.training.is_anything_asked, desk.training.rules_due = True, True
    signed = Signed(look, tasks, desk)
    signed.window.show()
    signed.window._on_signed_in(desk)
    screen = signed.window.console
    assert screen is not None
    qtbot.waitUntil(lambda: screen.workspaces.current == "training")
    qtbot.waitUntil(training_of(screen).text.accept.isVisible)
    training_of(screen).back.click()
    assert screen.workspaces.current == "console"
    assert not screen.notices.training.isHidden()
    signed.window._console = None
    signed.window.close()
    signed.window.deleteLater()


def test_that_nobody_with_a_customer_before_them_is_led_away(console: Make, qtbot: QtBot) -> None:
    screen = resting(console, RULES)
    screen._desk.training.rules_due = True  # type: ignore[attr-defined]
    screen.training_watch.look()
    qtbot.waitUntil(lambda: "rules of conduct" in screen.notices.training.label.text())
    assert screen.workspaces.current == "console"


def test_that_nothing_is_asked_where_policy_wants_nothing(console: Make) -> None:
    screen = console().window.console
    assert screen is not None
    assert screen.notices.training.isHidden()
    assert screen.workspaces.screen_of("training") is None
