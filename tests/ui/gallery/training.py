"""Training: a lesson, a test, what came of it, the rules of conduct; and a card that waits for a lesson."""

from app.domain.role import Role
from app.domain.training.rule import RULES
from app.session.shown_training import LessonStanding
from app.ui.privacy.screen import PrivacyScreen
from app.ui.privacy.training.page import MISSED, TrainingPage
from app.ui.training.screen import TrainingScreen
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def training(gallery: Studio) -> None:
    """An agent takes a lesson; the next one fails."""
    desk = fake_desk.FakeDesk(Role.AGENT, count=30)
    desk.training.passed = {"law": LessonStanding.PASSED, "notes": LessonStanding.OVER}
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_lesson("masks")
    wait(300)
    screen = console.workspaces.screen_of("training")
    assert isinstance(screen, TrainingScreen)
    gallery.shoot(window, "training-lesson")
    screen.show_lesson("law")
    wait(200)
    gallery.shoot(window, "training-certificate")
    screen.show_lesson("masks")
    wait(200)
    screen.begin_test()
    wait(200)
    screen.quiz.rows[0].setChecked(True)
    gallery.shoot(window, "training-test")
    screen.quiz.handed_in.emit([0, 1, 2, 1, 0, 0, 1, 0, 0, 2, 0, 0])
    wait(200)
    gallery.shoot(window, "training-failed")
    screen.begin_test()
    wait(100)
    screen.quiz.handed_in.emit([0] * 12)
    wait(200)
    gallery.shoot(window, "training-passed")
    window.resize(1180, 640)
    screen.close_innermost()
    desk.training.rules_due = True
    screen.look_again()
    wait(100)
    screen.show_lesson(RULES)
    wait(200)
    gallery.shoot(window, "training-rules")
    window.close()
    wait(100)


def resting(gallery: Studio) -> None:
    """Rules and lessons are due, and the card says so."""
    desk = fake_desk.FakeDesk(Role.AGENT, count=30)
    desk.training.is_anything_asked = True
    desk.training.rests = "masks"
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.find_panel.enter()
    wait(300)
    gallery.shoot(window, "training-card-rests")
    window.close()
    wait(100)


def report(gallery: Studio) -> None:
    """A supervisor at who is due, and at the questions that are missed."""
    desk = fake_desk.FakeDesk(Role.SUPERVISOR)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("training")
    wait(200)
    page = screen.screen_of("training")
    assert isinstance(page, TrainingPage)
    page.people.setCurrentIndex(page.people.lines.index(0, 0))
    gallery.shoot(window, "training-report")
    page.sections.button(MISSED).click()
    wait(100)
    gallery.shoot(window, "training-report-questions")
    window.close()


SHOTS = (training, resting, report)
